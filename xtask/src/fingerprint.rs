//! Fingerprints of input files, so that a step whose inputs did not change can be left out.

use anyhow::{Context, Result};
use std::{
    fs,
    hash::{DefaultHasher, Hash, Hasher},
    path::{Path, PathBuf},
};

/// Fingerprint of files and folders, their names and contents, in a fixed order; what does not exist counts as such.
///
/// Folders whose name is in `without` are left out.
///
/// # Errors
/// When a file cannot be read.
pub fn of(inputs: &[PathBuf], without: &[&str]) -> Result<String> {
    let mut hasher = DefaultHasher::new();
    for input in inputs {
        add(input, without, &mut hasher)?;
    }
    Ok(format!("{:016x}", hasher.finish()))
}

fn add(path: &Path, without: &[&str], hasher: &mut DefaultHasher) -> Result<()> {
    path.hash(hasher);
    if path.is_dir() {
        for entry in sorted(path)? {
            let name = entry.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
            if !without.contains(&name.as_str()) {
                add(&entry, without, hasher)?;
            }
        }
    } else if path.is_file() {
        fs::read(path).with_context(|| format!("cannot read {}", path.display()))?.hash(hasher);
    }
    Ok(())
}

/// Everything in a folder, by name.
///
/// # Errors
/// When the folder cannot be read.
pub fn sorted(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).with_context(|| format!("cannot read folder {}", folder.display()))?;
    let mut paths = entries.map(|e| Ok(e?.path())).collect::<Result<Vec<_>>>()?;
    paths.sort();
    Ok(paths)
}

/// Every file below a folder, by name; folders whose name is in `without` are left out.
///
/// # Errors
/// When a folder cannot be read.
pub fn files_below(folder: &Path, without: &[&str]) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for path in sorted(folder)? {
        let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        if path.is_dir() && !without.contains(&name.as_str()) {
            files.extend(files_below(&path, without)?);
        } else if path.is_file() {
            files.push(path);
        }
    }
    Ok(files)
}

/// Whether the stamp file says that these inputs were dealt with.
pub fn is_stamped(stamp: &Path, fingerprint: &str) -> bool {
    fs::read_to_string(stamp).is_ok_and(|text| text == fingerprint)
}

/// Notes in the stamp file that these inputs were dealt with.
///
/// # Errors
/// When it cannot be written.
pub fn stamp(stamp: &Path, fingerprint: &str) -> Result<()> {
    if let Some(folder) = stamp.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(stamp, fingerprint).with_context(|| format!("cannot write {}", stamp.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_byte_and_a_new_name_change_the_fingerprint_and_left_out_folders_do_not() {
        let folder = tempfile::tempdir().unwrap();
        let inputs = [folder.path().to_path_buf()];
        fs::write(folder.path().join("a"), "1").unwrap();
        let first = of(&inputs, &["out"]).unwrap();
        fs::create_dir(folder.path().join("out")).unwrap();
        fs::write(folder.path().join("out/x"), "x").unwrap();
        assert_eq!(first, of(&inputs, &["out"]).unwrap());
        fs::write(folder.path().join("a"), "2").unwrap();
        let second = of(&inputs, &["out"]).unwrap();
        fs::rename(folder.path().join("a"), folder.path().join("b")).unwrap();
        let third = of(&inputs, &["out"]).unwrap();
        assert!(first != second && second != third);
    }
}
