//! Types of the pages from the server's own description of itself: `wangge openapi` → openapi.json → schema.ts.

use crate::{
    paths,
    process::{cargo, command, output, run},
    system,
};
use anyhow::Result;
use std::fs;

/// Writes web/app/openapi.json, and the TypeScript types made from it.
///
/// # Errors
/// When the server does not build, or npm fails.
pub fn write() -> Result<()> {
    // The selection of the tests: another one has other features, and compiles everything anew.
    run(cargo().args(["build", "--workspace", "--bins", "--tests"]))?;
    let document = output(command(paths::native_target().join("debug/wangge")).arg("openapi"))?;
    fs::write(paths::app().join("openapi.json"), document)?;
    system::npm_ci(&paths::app())?;
    run(system::npm(&paths::app()).args(["run", "types"]))
}
