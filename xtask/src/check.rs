//! Everything that must hold before a commit, apart from the tests: format, lints, docs, shaders, TypeScript, house rules.

use crate::{
    paths,
    process::{cargo, run as run_command, say},
    shaders, system,
};
use anyhow::{Result, bail};

type Check = (&'static str, fn() -> Result<()>);

const CHECKS: [Check; 6] = [
    ("format", format),
    ("lints", lints),
    ("docs", docs),
    ("shaders", shaders::check),
    ("house rules", house_rules),
    ("typescript", typescript),
];

/// Runs every check, also after one that failed.
///
/// # Errors
/// When one fails; the message names all that did.
pub fn run() -> Result<()> {
    let mut failures = Vec::new();
    for (name, check) in CHECKS {
        if let Err(error) = check() {
            say(&format!("{name}: {error:#}"));
            failures.push(name);
        }
    }
    if failures.is_empty() {
        say("everything holds");
        return Ok(());
    }
    bail!("checks failed: {}", failures.join(", "))
}

fn format() -> Result<()> {
    run_command(cargo().args(["fmt", "--all", "--check"]))
}

fn lints() -> Result<()> {
    run_command(cargo().args(["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]))
}

fn docs() -> Result<()> {
    run_command(cargo().args(["doc", "--workspace", "--no-deps"]).env("RUSTDOCFLAGS", "-D warnings"))
}

fn house_rules() -> Result<()> {
    run_command(cargo().args(["test", "--package", "wangge-tests", "--test", "architecture"]))
}

fn typescript() -> Result<()> {
    let app = paths::app();
    system::npm_ci(&app)?;
    run_command(system::npm(&app).args(["run", "check"]))?;
    run_command(system::npm(&app).args(["run", "types:check"]))
}
