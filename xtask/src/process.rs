//! Running other programs, with errors that name the command.

use crate::paths;
use anyhow::{Context, Result, bail};
use std::{
    ffi::OsStr,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::Instant,
};

/// Says what is being done now.
pub fn say(words: &str) {
    eprintln!("xtask: {words}");
}

/// A command run from the root of the repository.
pub fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    command.current_dir(paths::root());
    command
}

/// The cargo that runs this program.
pub fn cargo() -> Command {
    command(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// Runs a command; its output goes where ours goes.
///
/// # Errors
/// When it cannot be started, or ends with anything but success.
pub fn run(command: &mut Command) -> Result<()> {
    let words = words(command);
    say(&words);
    let started = Instant::now();
    let status = command.status().with_context(|| format!("cannot start `{words}`"))?;
    if !status.success() {
        bail!("`{words}` ended with {status}");
    }
    say(&format!("done in {:.1} s", started.elapsed().as_secs_f64()));
    Ok(())
}

/// What a command prints on its standard output.
///
/// # Errors
/// When it cannot be started, or ends with anything but success.
pub fn output(command: &mut Command) -> Result<String> {
    let words = words(command);
    let output = command.stderr(Stdio::inherit()).output().with_context(|| format!("cannot start `{words}`"))?;
    if !output.status.success() {
        bail!("`{words}` ended with {}", output.status);
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Whether a command can be started and ends with success; what it prints is dropped.
pub fn succeeds(command: &mut Command) -> bool {
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|s| s.success())
}

/// A program of this name in the search path.
pub fn find(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(program)).find(|file| file.is_file())
}

/// Whether a program of this name is in the search path.
pub fn has(program: &str) -> bool {
    find(program).is_some()
}

fn words(command: &Command) -> String {
    let parts = std::iter::once(command.get_program()).chain(command.get_args());
    let names = parts.map(|part| {
        let text = part.to_string_lossy().into_owned();
        match Path::new(&text).file_name().filter(|_| text.starts_with('/')) {
            Some(name) => name.to_string_lossy().into_owned(),
            None => text,
        }
    });
    names.collect::<Vec<_>>().join(" ")
}
