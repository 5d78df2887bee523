//! The one binary: engine, pages and server in target/release/wangge, and the demo that runs it.

use crate::{
    app, paths,
    process::{cargo, command, run, say},
    wasm::Flavour,
};
use anyhow::{Context, Result, bail};
use std::path::PathBuf;

/// Every bench of the server.
const BENCHES: [&str; 4] = ["fanout", "import", "tiles", "visits"];

/// Builds everything for release; answers the binary's path.
///
/// # Errors
/// When a step fails.
pub fn release() -> Result<PathBuf> {
    app::build(Flavour::Release)?;
    run(cargo().args(["build", "--release", "--package", "wangge"]))?;
    let binary = paths::native_target().join("release/wangge");
    let size = std::fs::metadata(&binary).with_context(|| format!("no binary at {}", binary.display()))?.len();
    say(&format!("{} ({:.1} MB)", binary.display(), size as f64 / 1e6));
    Ok(binary)
}

/// Builds everything and serves the demo district.
///
/// # Errors
/// When the build fails, or the server ends with anything but success.
pub fn demo(arguments: &[String]) -> Result<()> {
    let binary = release()?;
    let status = command(&binary).arg("demo").args(arguments).status()?;
    if !status.success() {
        bail!("wangge demo ended with {status}");
    }
    Ok(())
}

/// Runs every bench, or those named, against the optimised server.
///
/// # Errors
/// When one cannot be built or run.
pub fn bench(names: &[String]) -> Result<()> {
    let all = BENCHES.map(str::to_owned);
    let names = if names.is_empty() { &all[..] } else { names };
    run(cargo().args(["bench", "--package", "wangge"]).args(names.iter().flat_map(|name| ["--bench", name])))
}
