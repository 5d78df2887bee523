//! What the machine must have: Debian packages, Node, npm packages from lock files.

use crate::{
    fingerprint,
    process::{self, command, output, run, say, succeeds},
};
use anyhow::{Context, Result, bail};
use std::{path::Path, process::Command};

/// Oldest Node that the pages' tools run on.
const NODE: (u32, u32) = (20, 19);

/// A thing the machine must have, and where it comes from.
pub struct Need {
    /// Debian package.
    pub package: &'static str,
    /// Whether it is there.
    pub is_there: fn() -> bool,
}

/// Installs what is missing where that is allowed: Debian packages, as root.
///
/// # Errors
/// When something is missing and cannot be installed; the message is one sentence that says what to install.
pub fn need(needs: &[Need]) -> Result<()> {
    let missing: Vec<&str> = needs.iter().filter(|need| !(need.is_there)()).map(|need| need.package).collect();
    if missing.is_empty() {
        return Ok(());
    }
    if !is_root() || !process::has("apt-get") {
        bail!(
            "please install {} (on Debian or Ubuntu: sudo apt-get install {})",
            missing.join(", "),
            missing.join(" ")
        );
    }
    succeeds(command("apt-get").args(["update", "-qq"]));
    run(command("apt-get").args(["install", "--yes", "-qq"]).args(&missing).env("DEBIAN_FRONTEND", "noninteractive"))
        .with_context(|| format!("please install {}", missing.join(", ")))?;
    match needs.iter().find(|need| !(need.is_there)()) {
        Some(need) => bail!("the Debian package {} is installed and still does not work", need.package),
        None => Ok(()),
    }
}

fn is_root() -> bool {
    output(command("id").arg("-u")).is_ok_and(|id| id.trim() == "0")
}

/// Makes sure that Node and npm are there and new enough.
///
/// # Errors
/// When they are not; the message is one sentence that says what to install.
pub fn need_node() -> Result<()> {
    let wanted = format!("please install Node {}.{} or newer, with npm", NODE.0, NODE.1);
    if !process::has("node") || !process::has("npm") {
        bail!("{wanted}");
    }
    let version = output(command("node").arg("--version"))?;
    match node_version(&version) {
        Some(found) if found >= NODE => Ok(()),
        _ => bail!("{wanted}; found {}", version.trim()),
    }
}

fn node_version(text: &str) -> Option<(u32, u32)> {
    let mut parts = text.trim().strip_prefix('v')?.split('.');
    Some((parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
}

/// An npm command run in a folder.
pub fn npm(folder: &Path) -> Command {
    let mut npm = command("npm");
    npm.current_dir(folder)
        .env("npm_config_fund", "false")
        .env("npm_config_audit", "false")
        .env("npm_config_update_notifier", "false");
    npm
}

/// Installs a folder's npm packages from its lock file; does nothing when the lock file is the one installed.
///
/// # Errors
/// When npm fails.
pub fn npm_ci(folder: &Path) -> Result<()> {
    need_node()?;
    let lock = fingerprint::of(&[folder.join("package.json"), folder.join("package-lock.json")], &[])?;
    let stamp = folder.join("node_modules/.lock-stamp");
    if fingerprint::is_stamped(&stamp, &lock) {
        return Ok(());
    }
    say(&format!("npm packages of {}", folder.strip_prefix(crate::paths::root()).unwrap_or(folder).display()));
    run(npm(folder).arg("ci"))?;
    fingerprint::stamp(&stamp, &lock)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nodes_words_about_its_version_are_read() {
        assert_eq!(node_version("v20.20.2\n"), Some((20, 20)));
        assert!(node_version("v18.1.0") < Some(NODE));
        assert_eq!(node_version("what"), None);
    }
}
