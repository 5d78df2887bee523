//! Every test: Rust, the pages' own, journeys in a real browser, and readers written by others.

use crate::{
    app, paths,
    process::{self, cargo, command, say, succeeds},
    system::{self, Need},
    wasm::Flavour,
};
use anyhow::{Result, bail};
use clap::ValueEnum;
use std::path::PathBuf;

/// A part of the tests that can be run alone.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Part {
    /// `cargo test` of every package, the journeys through the real binary included
    Rust,
    /// The pages' unit tests
    Pages,
    /// Journeys in Chromium, and JavaScript readers of tiles and styles
    Browser,
    /// The Python reader of tiles, and GDAL over our exports
    Python,
}

type Test = (Part, fn() -> Result<()>);

const PARTS: [Test; 4] = [(Part::Rust, rust), (Part::Pages, pages), (Part::Browser, browser), (Part::Python, python)];

/// Runs the parts named, or all.
///
/// # Errors
/// When something to stand on is missing, or a test fails; a part that fails does not keep the next from running.
pub fn run(only: &[Part]) -> Result<()> {
    let wants = |part| only.is_empty() || only.contains(&part);
    install(&wants)?;
    // The pages first: the server is built again when they change.
    if wants(Part::Pages) || wants(Part::Browser) {
        app::build(Flavour::Test)?;
    }
    // The binary and the test programs in one selection, so that nothing is compiled twice with other features.
    run_cargo(&["build", "--workspace", "--bins", "--tests"])?;
    let mut failures = Vec::new();
    for (part, test) in PARTS.into_iter().filter(|(part, _)| wants(*part)) {
        if let Err(error) = test() {
            say(&format!("{error:#}"));
            failures.push(part.to_possible_value().map_or(String::new(), |value| value.get_name().to_owned()));
        }
    }
    if failures.is_empty() {
        say("every test passed");
        return Ok(());
    }
    bail!("tests failed: {}", failures.join(", "))
}

fn install(wants: &dyn Fn(Part) -> bool) -> Result<()> {
    if wants(Part::Browser) {
        system::need(&[
            Need { package: "chromium", is_there: || chromium().is_some() },
            Need { package: "fontconfig", is_there: || process::has("fc-list") },
            Need { package: "fonts-noto-cjk", is_there: has_chinese_font },
        ])?;
    }
    if wants(Part::Python) {
        system::need(&[
            Need { package: "python3", is_there: || process::has("python3") },
            Need { package: "gdal-bin", is_there: || process::has("ogr2ogr") },
            Need {
                package: "python3-venv",
                is_there: || succeeds(command("python3").args(["-m", "ensurepip", "--version"])),
            },
        ])?;
    }
    Ok(())
}

/// The browser to test in: the one `CHROMIUM` names, or Debian's.
fn chromium() -> Option<PathBuf> {
    let named = std::env::var_os("CHROMIUM").filter(|path| !path.is_empty()).map(PathBuf::from);
    named.or_else(|| process::find("chromium"))
}

fn has_chinese_font() -> bool {
    let shown = process::output(command("fc-list").args([":lang=zh-cn", "family"]));
    shown.is_ok_and(|families| !families.trim().is_empty())
}

fn run_cargo(arguments: &[&str]) -> Result<()> {
    process::run(cargo().args(arguments).env("WANGGE_BIN", binary()))
}

fn binary() -> PathBuf {
    paths::native_target().join("debug/wangge")
}

fn rust() -> Result<()> {
    run_cargo(&["test", "--workspace", "--no-fail-fast"])
}

fn pages() -> Result<()> {
    process::run(system::npm(&paths::app()).args(["run", "test"]))
}

fn browser() -> Result<()> {
    let folder = paths::root().join("tests/browser");
    system::npm_ci(&folder)?;
    let journeys = crate::fingerprint::sorted(&folder)?;
    let journeys = journeys.iter().filter(|file| file.to_string_lossy().ends_with(".test.mjs"));
    process::run(
        // One after the other: each has a browser with a software GPU, and machines may have two cores.
        command("node")
            .current_dir(&folder)
            .args(["--test", "--test-concurrency=1", "--test-reporter=spec"])
            .args(journeys)
            .env("CHROMIUM", chromium().unwrap_or_default())
            .env("WANGGE_BIN", binary()),
    )
}

fn python() -> Result<()> {
    let folder = paths::root().join("tests/oracle");
    let environment = folder.join(".venv");
    let wanted = crate::fingerprint::of(&[folder.join("requirements.txt")], &[])?;
    let stamp = environment.join(".stamp");
    if !crate::fingerprint::is_stamped(&stamp, &wanted) {
        process::run(command("python3").args(["-m", "venv", "--clear"]).arg(&environment))?;
        process::run(
            command(environment.join("bin/pip"))
                .args(["install", "--quiet", "--disable-pip-version-check", "--requirement"])
                .arg(folder.join("requirements.txt")),
        )?;
        crate::fingerprint::stamp(&stamp, &wanted)?;
    }
    process::run(
        command(environment.join("bin/python"))
            .current_dir(&folder)
            .args(["-m", "unittest", "--verbose", "mvt", "export"])
            .env("WANGGE_BIN", binary()),
    )
}
