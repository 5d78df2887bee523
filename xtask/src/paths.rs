//! Where things lie in the repository.

use std::path::{Path, PathBuf};

/// Root of the repository: the folder above xtask.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new("."))
}

/// The pages.
pub fn app() -> PathBuf {
    root().join("web/app")
}

/// The built pages, as the server embeds them.
pub fn dist() -> PathBuf {
    app().join("dist")
}

/// Where the pages find the built engine.
pub fn engine_package() -> PathBuf {
    app().join("src/engine/pkg")
}

/// Target folder of builds for the browser. They use another compiler than native ones where Debian's is used.
pub fn wasm_target() -> PathBuf {
    root().join("target-wasm")
}

/// Target folder of native builds: the one this program was built into.
pub fn native_target() -> PathBuf {
    let from_exe = std::env::current_exe().ok().and_then(|exe| Some(exe.parent()?.parent()?.to_path_buf()));
    from_exe.unwrap_or_else(|| root().join("target"))
}
