//! The map engine as the browser loads it: compiled, bound to JavaScript, and made small for release.

use crate::{
    fingerprint, paths,
    process::{command, run, say},
    system, toolchain,
};
use anyhow::{Context, Result, anyhow};
use std::{fs, path::Path};

/// How much work goes into making files small.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Flavour {
    /// Built in a third of the time, for tests and development.
    Test,
    /// As shipped.
    Release,
}

impl Flavour {
    /// Cargo profile of the engine.
    fn profile(self) -> &'static str {
        match self {
            Self::Test => "web-test",
            Self::Release => "web",
        }
    }
}

/// What wasm-opt may use. Never `--all-features`: binaryen 132 then writes an encoding that Chromium 156 refuses.
const FEATURES: [&str; 7] = [
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// Builds the engine into the place where the pages import it from.
///
/// # Errors
/// When a step fails.
pub fn build(flavour: Flavour) -> Result<()> {
    let compiler = toolchain::find_or_make()?;
    let target = paths::wasm_target();
    empty_for_another_compiler(&target, &compiler.mark()?)?;
    run(compiler
        .cargo()
        .args([
            "build",
            "--package",
            "wangge-map",
            "--lib",
            "--target",
            toolchain::TARGET,
            "--profile",
            flavour.profile(),
        ])
        .env("CARGO_TARGET_DIR", &target))?;
    let compiled = target.join(toolchain::TARGET).join(flavour.profile()).join("wangge_map.wasm");
    let worker = paths::root().join("web/engine/worker.js");
    let package = paths::engine_package();

    let stamp = target.join("engine.stamp");
    let inputs = fingerprint::of(&[compiled.clone(), worker.clone()], &[])? + flavour.profile();
    let results = ["wangge_map.js", "wangge_map.d.ts", "wangge_map_bg.wasm", "worker.js"];
    if fingerprint::is_stamped(&stamp, &inputs) && results.iter().all(|name| package.join(name).is_file()) {
        say("the engine is as it was");
        return Ok(());
    }
    bind(&compiled, &package)?;
    if flavour == Flavour::Release {
        shrink(&package.join("wangge_map_bg.wasm"))?;
    }
    fs::copy(&worker, package.join("worker.js")).with_context(|| format!("cannot copy {}", worker.display()))?;
    fingerprint::stamp(&stamp, &inputs)
}

/// Empties the target folder when it was filled by another compiler.
fn empty_for_another_compiler(target: &Path, mark: &str) -> Result<()> {
    let stamp = target.join("compiler.stamp");
    if target.exists() && !fingerprint::is_stamped(&stamp, mark) {
        say("another compiler than last time: building the engine from nothing");
        fs::remove_dir_all(target)?;
    }
    fingerprint::stamp(&stamp, mark)
}

/// Writes the JavaScript and the types around the compiled engine.
fn bind(compiled: &Path, package: &Path) -> Result<()> {
    say("wasm-bindgen");
    if package.exists() {
        fs::remove_dir_all(package)?;
    }
    fs::create_dir_all(package)?;
    let mut bindgen = wasm_bindgen_cli_support::Bindgen::new();
    bindgen.input_path(compiled).out_name("wangge_map").typescript(true).remove_producers_section(true);
    // Function names in a stack trace of a test are worth their bytes; shrinking drops them.
    bindgen.web(true).and_then(|web| web.generate(package)).map_err(|cause| anyhow!("wasm-bindgen: {cause:#}"))
}

/// Makes the engine smaller and faster with wasm-opt.
fn shrink(wasm: &Path) -> Result<()> {
    let folder = paths::root().join("xtask/wasm-opt");
    system::npm_ci(&folder)?;
    let smaller = wasm.with_extension("smaller");
    let tool = folder.join("node_modules/binaryen/bin/wasm-opt");
    run(command("node").arg(tool).arg("-O3").args(FEATURES).arg(wasm).arg("-o").arg(&smaller))?;
    fs::rename(smaller, wasm)?;
    Ok(())
}
