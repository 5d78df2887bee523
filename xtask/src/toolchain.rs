//! A compiler that can build for the browser (`wasm32-unknown-unknown`), found or made.
//!
//! In this order: the active toolchain if it has the target's std; the private one made before in `WASM_TC_DIR`;
//! with `WASM_TC_MODE=auto`, what `rustup target add` brings; else Debian's, see [`crate::debian`].

use crate::{
    debian,
    process::{self, command, say},
};
use anyhow::{Result, bail};
use std::path::{Path, PathBuf};

/// The target's name.
pub const TARGET: &str = "wasm32-unknown-unknown";

/// A compiler that can build for the browser.
pub enum WasmToolchain {
    /// The one cargo uses anyway.
    Active,
    /// A compiler kept for this alone.
    Private(PathBuf),
}

impl WasmToolchain {
    /// A cargo command that uses this compiler.
    pub fn cargo(&self) -> std::process::Command {
        let mut cargo = process::cargo();
        if let Self::Private(rustc) = self {
            cargo.env("RUSTC", rustc).env_remove("RUSTC_WRAPPER");
        }
        cargo
    }

    /// What tells this compiler from another of the same version: cargo looks at the version only, and what was
    /// compiled against another std cannot be used.
    ///
    /// # Errors
    /// When the compiler is not there.
    pub fn mark(&self) -> Result<String> {
        match self {
            Self::Active => Ok("active".to_owned()),
            Self::Private(rustc) => {
                let made = std::fs::metadata(rustc)?.modified()?.duration_since(std::time::UNIX_EPOCH)?;
                Ok(format!("{} {}", rustc.display(), made.as_nanos()))
            }
        }
    }
}

/// What may be downloaded to get the target.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mode {
    /// rustup may be asked.
    Auto,
    /// Only Debian's packages.
    Debian,
}

impl Mode {
    fn from_environment() -> Result<Self> {
        match std::env::var("WASM_TC_MODE").as_deref() {
            Err(_) | Ok("" | "auto") => Ok(Self::Auto),
            Ok("debian") => Ok(Self::Debian),
            Ok(other) => bail!("WASM_TC_MODE is {other:?}; it must be auto or debian"),
        }
    }
}

/// Finds the compiler, or makes one.
///
/// # Errors
/// When there is none and none can be made; the message says what to install.
pub fn find_or_make() -> Result<WasmToolchain> {
    let mode = Mode::from_environment()?;
    if has_target_std(&active_sysroot()?) {
        return Ok(WasmToolchain::Active);
    }
    let folder = private_folder()?;
    let rustc = folder.join("bin/rustc");
    if rustc.is_file() && folder.join(".done").is_file() {
        say(&format!("compiling for the browser with the compiler in {}", folder.display()));
        return Ok(WasmToolchain::Private(rustc));
    }
    if mode == Mode::Auto && process::has("rustup") {
        say(&format!("rustup target add {TARGET}"));
        if process::succeeds(command("rustup").args(["target", "add", TARGET])) && has_target_std(&active_sysroot()?) {
            return Ok(WasmToolchain::Active);
        }
        say("rustup could not add it; trying Debian's compiler");
    }
    debian::make(&folder, &active_sysroot()?)?;
    Ok(WasmToolchain::Private(rustc))
}

fn active_sysroot() -> Result<PathBuf> {
    Ok(PathBuf::from(process::output(command("rustc").args(["--print", "sysroot"]))?.trim()))
}

/// Whether the target's compiled std is in a sysroot.
fn has_target_std(sysroot: &Path) -> bool {
    let folder = sysroot.join("lib/rustlib").join(TARGET).join("lib");
    let is_std = |name: &str| name.starts_with("libstd-") && name.ends_with(".rlib");
    std::fs::read_dir(folder)
        .is_ok_and(|entries| entries.flatten().any(|entry| is_std(&entry.file_name().to_string_lossy())))
}

fn private_folder() -> Result<PathBuf> {
    if let Some(folder) = std::env::var_os("WASM_TC_DIR").filter(|folder| !folder.is_empty()) {
        return Ok(PathBuf::from(folder));
    }
    match std::env::var_os("HOME") {
        Some(home) => Ok(Path::new(&home).join(".cache/wasm-web-toolchain")),
        None => bail!("neither WASM_TC_DIR nor HOME is set; set WASM_TC_DIR to a folder for the browser's compiler"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sysroot_has_the_target_only_with_its_compiled_std() {
        let sysroot = tempfile::tempdir().unwrap();
        let folder = sysroot.path().join("lib/rustlib").join(TARGET).join("lib");
        assert!(!has_target_std(sysroot.path()));
        std::fs::create_dir_all(&folder).unwrap();
        assert!(!has_target_std(sysroot.path()));
        std::fs::write(folder.join("libstd-0123.rlib"), "").unwrap();
        assert!(has_target_std(sysroot.path()));
    }
}
