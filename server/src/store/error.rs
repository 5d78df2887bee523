//! What can go wrong with a store.

use std::path::PathBuf;

/// Why a store could not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// No space left, or the disk refused a write. Reads go on, and a later write works again once there is space.
    #[error("the disk is full or refuses writes; free some space")]
    Full(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// Another process holds the data folder.
    #[error(
        "data folder {} is in use by {}; stop it or name another folder with --data",
        folder.display(), holder(*pid)
    )]
    InUse {
        /// The folder.
        folder: PathBuf,
        /// The process that holds it, when it could be read.
        pid: Option<u32>,
    },
    /// The database is locked by a program that is not this one.
    #[error("the database is locked by another program, such as an open sqlite3 shell; close it")]
    Locked(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// Bytes that are not what was written.
    #[error("{place} is damaged: {reason}")]
    Corrupt {
        /// What is damaged, such as `event 17`.
        place: String,
        /// What is wrong with it.
        reason: String,
    },
    /// Written by a newer version of this program.
    #[error("the data folder has format {found}, this program knows formats up to {known}; use a newer wangge")]
    NewerFormat {
        /// The format found.
        found: u32,
        /// The newest format known.
        known: u32,
    },
    /// There is no database in the folder.
    #[error("there is no wangge database in {}; `wangge import` or `wangge demo --data` makes one", .0.display())]
    NotHere(PathBuf),
    /// A segment that an event names was never written.
    #[error("segment {0} is not in the store; segments are written before the event that names them")]
    UnknownSegment(u64),
    /// A file or folder could not be used.
    #[error("{path}: {source}", path = path.display())]
    File {
        /// The file or folder.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// The database engine failed in another way.
    #[error("the database failed")]
    Engine(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl StoreError {
    /// A damaged place.
    pub fn corrupt(place: impl Into<String>, reason: impl ToString) -> Self {
        Self::Corrupt { place: place.into(), reason: reason.to_string() }
    }

    /// A file or folder that could not be used; a full disk is told apart.
    pub fn file(path: impl Into<PathBuf>, source: std::io::Error) -> Self {
        match source.kind() {
            std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => Self::Full(Box::new(source)),
            _ => Self::File { path: path.into(), source },
        }
    }
}

fn holder(pid: Option<u32>) -> String {
    pid.map_or_else(|| "another process".to_owned(), |pid| format!("process {pid}"))
}
