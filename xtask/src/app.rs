//! The pages: engine and bundle with compressed neighbours, ready in web/app/dist for the server to embed.

use crate::{
    fingerprint, paths,
    process::{run, say},
    sizes, system,
    wasm::{self, Flavour},
};
use anyhow::Result;

/// Folders in web/app that are results, not inputs.
const RESULTS: [&str; 2] = ["node_modules", "dist"];

/// Builds the engine and the pages.
///
/// # Errors
/// When a step fails.
pub fn build(flavour: Flavour) -> Result<()> {
    system::need_node()?;
    wasm::build(flavour)?;
    let app = paths::app();
    system::npm_ci(&app)?;

    // The engine's files are among the inputs: another flavour of it is another bundle.
    let stamp = paths::wasm_target().join("app.stamp");
    let inputs = fingerprint::of(std::slice::from_ref(&app), &RESULTS)?;
    if fingerprint::is_stamped(&stamp, &inputs) && paths::dist().join("index.html").is_file() {
        say("the pages are as they were");
    } else {
        run(system::npm(&app).args(["run", "build"]))?;
        fingerprint::stamp(&stamp, &inputs)?;
    }
    sizes::print(&paths::dist())
}
