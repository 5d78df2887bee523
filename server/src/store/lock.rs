//! The lock of a data folder: one process at a time.

use super::error::StoreError;
use std::{
    fs::{File, OpenOptions, TryLockError},
    io::{Read, Seek, Write},
    path::{Path, PathBuf},
};

/// Name of the lock file in the data folder.
pub const LOCK_FILE: &str = "lock";

/// Holds a data folder for this process until dropped; the system lets go of it when the process ends, however it ends.
#[derive(Debug)]
pub struct FolderLock {
    _file: File,
    folder: PathBuf,
}

impl FolderLock {
    /// The folder, made when missing, held for this process.
    ///
    /// # Errors
    /// [`StoreError::InUse`] with the holder's process id when another process has it; [`StoreError::File`] when the
    /// folder cannot be made or written.
    pub fn acquire(folder: &Path) -> Result<Self, StoreError> {
        make_folder(folder)?;
        let path = folder.join(LOCK_FILE);
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path)
            .map_err(|e| StoreError::file(&path, e))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(StoreError::InUse { folder: folder.to_path_buf(), pid: read_pid(&mut file) });
            }
            Err(TryLockError::Error(e)) => return Err(StoreError::file(&path, e)),
        }
        // The number only helps whoever finds the folder taken; on a full disk the lock itself still holds.
        let written =
            file.set_len(0).and_then(|()| file.rewind()).and_then(|()| writeln!(file, "{}", std::process::id()));
        if let Err(error) = written {
            tracing::debug!(%error, "process id not written to the lock file");
        }
        Ok(Self { _file: file, folder: folder.to_path_buf() })
    }

    /// The folder held.
    pub fn folder(&self) -> &Path {
        &self.folder
    }
}

fn read_pid(file: &mut File) -> Option<u32> {
    let mut text = String::new();
    file.read_to_string(&mut text).ok()?;
    text.trim().parse().ok()
}

/// Makes the folder and lets its name in the folder above survive a power cut.
fn make_folder(folder: &Path) -> Result<(), StoreError> {
    if folder.is_dir() {
        return Ok(());
    }
    std::fs::create_dir_all(folder).map_err(|e| StoreError::file(folder, e))?;
    if let Some(above) = folder.parent().filter(|p| !p.as_os_str().is_empty()) {
        sync_folder(above)?;
    }
    Ok(())
}

/// Waits until the names in a folder are on disk.
///
/// # Errors
/// [`StoreError::File`] when the folder cannot be opened or synced.
pub fn sync_folder(folder: &Path) -> Result<(), StoreError> {
    File::open(folder).and_then(|f| f.sync_all()).map_err(|e| StoreError::file(folder, e))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_in_use_names_the_folder_and_the_process() {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("a/b");
        let held = FolderLock::acquire(&data).unwrap();
        let refused = FolderLock::acquire(&data).unwrap_err();
        let text = refused.to_string();
        assert!(text.contains(data.to_str().unwrap()), "{text}");
        assert!(text.contains(&format!("process {}", std::process::id())), "{text}");
        drop(held);
        FolderLock::acquire(&data).unwrap();
    }
}
