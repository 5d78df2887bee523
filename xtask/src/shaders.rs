//! Every shader through naga, without a GPU.

use crate::{fingerprint, paths, process::say};
use anyhow::{Context, Result, bail};
use naga::{
    front::wgsl,
    valid::{Capabilities, ValidationFlags, Validator},
};
use std::fs;

/// Parses and validates every `.wgsl` file of the engine.
///
/// # Errors
/// At the first shader that is wrong, with naga's words.
pub fn check() -> Result<()> {
    let files = fingerprint::files_below(&paths::root().join("web/engine"), &["target", "node_modules"])?;
    let shaders: Vec<_> = files.iter().filter(|file| file.extension().is_some_and(|ending| ending == "wgsl")).collect();
    if shaders.is_empty() {
        bail!("no .wgsl file found below web/engine");
    }
    for shader in &shaders {
        let text = fs::read_to_string(shader)?;
        validate(&text).with_context(|| shader.display().to_string())?;
    }
    say(&format!("{} shaders are valid", shaders.len()));
    Ok(())
}

fn validate(text: &str) -> Result<()> {
    let module = match wgsl::parse_str(text) {
        Ok(module) => module,
        Err(error) => bail!("{}", error.emit_to_string(text)),
    };
    match Validator::new(ValidationFlags::all(), Capabilities::empty()).validate(&module) {
        Ok(_) => Ok(()),
        Err(error) => bail!("{}", error.emit_to_string(text)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shader_that_returns_the_wrong_type_is_refused() {
        assert!(validate("@fragment fn f() -> @location(0) vec4<f32> { return vec4<f32>(1.0); }").is_ok());
        assert!(validate("@fragment fn f() -> @location(0) vec4<f32> { return 1u; }").is_err());
    }
}
