//! The pages: engine, bundle and compressed neighbours, ready in web/app/dist for the server to embed.

use crate::{
    compress, fingerprint, paths,
    process::{run, say},
    system,
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

    let quality = compress::Quality::from(flavour);
    let stamp = paths::wasm_target().join("app.stamp");
    let inputs = fingerprint::of(std::slice::from_ref(&app), &RESULTS)? + quality.id();
    if fingerprint::is_stamped(&stamp, &inputs) && paths::dist().join("index.html").is_file() {
        say("the pages are as they were");
    } else {
        run(system::npm(&app).args(["run", "build"]))?;
        compress::beside_every_file(&paths::dist(), quality)?;
        fingerprint::stamp(&stamp, &inputs)?;
    }
    compress::print_sizes(&paths::dist())
}

/// Fingerprint of the built pages; a build that embeds them depends on it.
///
/// # Errors
/// When they cannot be read.
pub fn fingerprint_of_dist() -> Result<String> {
    fingerprint::of(&[paths::dist()], &[])
}
