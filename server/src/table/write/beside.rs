//! A file that is written beside its place and put there when it is whole, so that nobody ever finds half of it.

use super::WriteError;
use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
    sync::atomic::{AtomicU64, Ordering},
};

/// Tells files of one process apart.
static NEXT: AtomicU64 = AtomicU64::new(0);

/// A place and the file that will come there; the file goes when this is dropped before it is settled.
pub struct Beside {
    place: Option<PathBuf>,
    partial: PathBuf,
}

impl Beside {
    /// A file for a place.
    pub fn new(place: PathBuf) -> Self {
        let name = place.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let partial = place.with_file_name(format!(".{name}.{}.partial", mark()));
        Self { place: Some(place), partial }
    }

    /// A file that is never put anywhere.
    pub(super) fn temporary() -> Self {
        Self { place: None, partial: std::env::temp_dir().join(format!("wangge-{}.partial", mark())) }
    }

    /// Where to write.
    pub fn partial(&self) -> &Path {
        &self.partial
    }

    /// An error of the file, told with the name a person knows.
    pub(super) fn error(&self, source: io::Error) -> WriteError {
        let path = self.place.as_ref().unwrap_or(&self.partial).clone();
        WriteError::File { path, source }
    }

    /// An error of a format's machinery that is one of the file, told with the name a person knows.
    pub(super) fn blame(&self, error: WriteError) -> WriteError {
        match error {
            WriteError::Output(source) => self.error(source),
            other => other,
        }
    }

    /// Puts the file in its place once its bytes are on disk.
    ///
    /// # Errors
    /// [`WriteError::File`] when it cannot be put there; it is gone then.
    pub fn settle(mut self) -> Result<(), WriteError> {
        let Some(place) = self.place.take() else { return Ok(()) };
        let settled =
            File::open(&self.partial).and_then(|file| file.sync_all()).and_then(|()| fs::rename(&self.partial, &place));
        settled.map_err(|source| WriteError::File { path: place, source })
    }
}

impl Drop for Beside {
    fn drop(&mut self) {
        // After a rename there is nothing to remove.
        if let Err(error) = fs::remove_file(&self.partial)
            && error.kind() != io::ErrorKind::NotFound
        {
            tracing::debug!(%error, "unfinished file stays");
        }
    }
}

fn mark() -> String {
    format!("{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_in_its_place_whole_or_not_at_all() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("doors.csv");
        fs::write(&place, "old").unwrap();
        let dropped = Beside::new(place.clone());
        fs::write(dropped.partial(), "half").unwrap();
        drop(dropped);
        assert_eq!(fs::read_to_string(&place).unwrap(), "old");
        let settled = Beside::new(place.clone());
        fs::write(settled.partial(), "whole").unwrap();
        settled.settle().unwrap();
        assert_eq!(fs::read_to_string(&place).unwrap(), "whole");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing else is left");
    }
}
