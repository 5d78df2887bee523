//! Types of the pages from the server's own description of itself: `wangge openapi` → openapi.json → schema.ts.

use crate::{
    paths,
    process::{cargo, output, run},
    system,
};
use anyhow::Result;
use std::fs;

/// Writes web/app/openapi.json, and the TypeScript types made from it.
///
/// # Errors
/// When the server does not build, or npm fails.
pub fn write() -> Result<()> {
    let document = output(cargo().args(["run", "--quiet", "--package", "wangge", "--", "openapi"]))?;
    fs::write(paths::app().join("openapi.json"), document)?;
    system::npm_ci(&paths::app())?;
    run(system::npm(&paths::app()).args(["run", "types"]))
}
