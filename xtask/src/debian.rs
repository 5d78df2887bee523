//! The browser's compiler from Debian's packages: rustc-web unpacked into a private folder, std built once from its source.
//!
//! The packages are unpacked, not installed, because they conflict with rustup's. Takes about two minutes and 600 MB.

use crate::{
    process::{self, command, output, run, say},
    toolchain::TARGET,
};
use anyhow::{Context, Result, bail};
use std::{
    fs,
    path::{Path, PathBuf},
};

const HOST: &str = "x86_64-unknown-linux-gnu";

/// Makes the compiler in `folder`; `folder/bin/rustc` is then ready to use.
///
/// `sysroot` is the active toolchain's, whose linker is borrowed.
///
/// # Errors
/// When a package cannot be had, or std does not build.
pub fn make(folder: &Path, sysroot: &Path) -> Result<()> {
    if !process::has("apt-get") || !process::has("dpkg") {
        bail!("the browser's target is missing: install it with `rustup target add {TARGET}`");
    }
    say(&format!(
        "making the browser's compiler in {} from Debian's rustc-web, once, about two minutes",
        folder.display()
    ));
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| format!("cannot empty {}", folder.display()))?;
    }
    unpack(folder)?;
    write_wrapper(folder)?;
    lend_linker(folder, sysroot)?;
    build_std(folder)?;
    fs::write(folder.join(".done"), "")?;
    Ok(())
}

fn unpack(folder: &Path) -> Result<()> {
    let packages = folder.join("debs");
    fs::create_dir_all(&packages)?;
    // An old list may still do; what is truly missing is reported by the download.
    process::succeeds(command("apt-get").args(["update", "-qq"]));
    let dev = dependency("rustc-web", "libstd-rust-web-dev")?;
    let std = dependency(&dev, "libstd-rust-web-")?;
    let llvm = dependency(&std, "libllvm")?;
    let names = ["rustc-web", &dev, &std, &llvm, "rust-web-src"];
    run(command("apt-get").current_dir(&packages).args(["download", "-qq"]).args(names))?;
    for package in crate::fingerprint::sorted(&packages)? {
        let name = package.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        if !name.starts_with("rust-web-src") {
            run(command("dpkg").arg("-x").arg(&package).arg(folder))?;
            continue;
        }
        // Only the standard library's source: 60 MB of the package's 500.
        let script = "dpkg --fsys-tarfile \"$1\" | tar -x -C \"$2\" --wildcards './usr/lib/rustlib/src*' \
                      './usr/src/rustc-*/library*' './usr/src/rustc-*/Cargo.lock'";
        run(command("bash").args(["-o", "pipefail", "-c", script, "unpack"]).arg(&package).arg(folder))?;
    }
    fs::remove_dir_all(packages)?;
    Ok(())
}

/// Name of the dependency of a package that starts with `prefix`.
fn dependency(package: &str, prefix: &str) -> Result<String> {
    let listing = output(command("apt-cache").args(["depends", package]))?;
    named_dependency(&listing, prefix)
        .with_context(|| format!("Debian's {package} depends on no {prefix}*; use `rustup target add {TARGET}`"))
}

fn named_dependency(listing: &str, prefix: &str) -> Option<String> {
    let mut names = listing.lines().filter_map(|line| line.trim().strip_prefix("Depends: "));
    names.find(|name| name.starts_with(prefix)).map(str::to_owned)
}

/// Writes `bin/rustc`, which runs the unpacked compiler with its own libraries; nothing else on the machine sees them.
fn write_wrapper(folder: &Path) -> Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let usr = folder.join("usr");
    let libraries = usr.join("lib/x86_64-linux-gnu");
    let script =
        format!("#!/bin/sh\nLD_LIBRARY_PATH={} exec {} \"$@\"\n", libraries.display(), usr.join("bin/rustc").display());
    let wrapper = folder.join("bin/rustc");
    fs::create_dir_all(folder.join("bin"))?;
    fs::write(&wrapper, script)?;
    fs::set_permissions(&wrapper, fs::Permissions::from_mode(0o755))?;
    Ok(())
}

/// Puts the active toolchain's rust-lld where the unpacked compiler looks for it.
fn lend_linker(folder: &Path, sysroot: &Path) -> Result<()> {
    let linker = sysroot.join("lib/rustlib").join(HOST).join("bin/rust-lld");
    if !linker.is_file() {
        bail!("the active toolchain has no rust-lld; install Rust with rustup");
    }
    let place = linker_place(folder);
    if let Some(parent) = place.parent() {
        fs::create_dir_all(parent)?;
    }
    std::os::unix::fs::symlink(linker, place)?;
    Ok(())
}

fn linker_place(folder: &Path) -> PathBuf {
    folder.join("usr/lib/rustlib").join(HOST).join("bin/rust-lld")
}

/// Builds std for the browser once and places it in the sysroot, so that every later build is an ordinary one.
fn build_std(folder: &Path) -> Result<()> {
    let work = folder.join("stdbuild");
    fs::create_dir_all(work.join("src"))?;
    fs::write(work.join("src/lib.rs"), "")?;
    fs::write(
        work.join("Cargo.toml"),
        "[package]\nname = \"stdbuild\"\nversion = \"0.0.0\"\nedition = \"2021\"\n[lib]\ncrate-type = [\"rlib\"]\n\
         [profile.release]\nopt-level = 3\ndebug = false\npanic = \"abort\"\n[workspace]\n",
    )?;
    let target = work.join("target");
    run(process::cargo()
        .current_dir(&work)
        .args(["build", "--quiet", "--release", "-Z", "build-std=std,panic_abort,proc_macro", "--target", TARGET])
        .env("RUSTC", folder.join("bin/rustc"))
        .env("RUSTC_BOOTSTRAP", "1")
        // Without bitcode in std, `lto = "fat"` cannot find the section `.llvmbc`.
        .env("RUSTFLAGS", "-C embed-bitcode=yes")
        .env("CARGO_TARGET_DIR", &target)
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker_place(folder)))?;
    let place = folder.join("usr/lib/rustlib").join(TARGET).join("lib");
    fs::create_dir_all(&place)?;
    for library in crate::fingerprint::sorted(&target.join(TARGET).join("release/deps"))? {
        let name = library.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        if name.ends_with(".rlib") && !name.starts_with("libstdbuild") {
            fs::copy(&library, place.join(name))?;
        }
    }
    fs::remove_dir_all(work)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dependency_is_found_by_the_start_of_its_name() {
        let listing = "rustc-web\n  Depends: libc6\n  Depends: libstd-rust-web-dev\n  Recommends: cargo-web\n";
        assert_eq!(named_dependency(listing, "libstd-rust-web-dev").as_deref(), Some("libstd-rust-web-dev"));
        assert_eq!(named_dependency(listing, "cargo"), None);
    }
}
