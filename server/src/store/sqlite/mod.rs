//! The store in one SQLite file: write-ahead log, full synchronisation.
//!
//! One connection writes, one reads, so a long read never holds up the log. A third writes what counts only once an event
//! names it, and does not wait for the disk: the event's own wait, on the same file, covers it. Sources: sqlite.org/wal.html,
//! sqlite.org/pragma.html#pragma_synchronous (FULL: a commit is on disk when it returns).

mod events;
mod parts;
mod schema;
mod segments;
mod snapshots;
#[cfg(test)]
mod tests;

use super::{EachEvent, FolderLock, SnapshotInfo, Store, StoreError};
use parking_lot::Mutex;
use rusqlite::{Connection, ErrorCode, OpenFlags, ffi};
use std::{path::Path, time::Duration};
use wangge_core::domain::{
    SegmentData,
    event::{Record, SegmentRef},
};

/// Name of the database in the data folder.
pub const DATABASE_FILE: &str = "wangge.db";

/// A log in a data folder, held for this process.
pub struct SqliteStore {
    writing: Mutex<Connection>,
    /// Used while `writing` is held, so that the two never meet in the database.
    segments: Mutex<Connection>,
    reading: Mutex<Connection>,
    epoch: u32,
    _lock: FolderLock,
}

impl SqliteStore {
    /// The log in a folder; folder and log are made when missing. What an earlier process left half written is cleared.
    ///
    /// # Errors
    /// [`StoreError::InUse`], [`StoreError::NewerFormat`], [`StoreError::Corrupt`], [`StoreError::Full`].
    pub fn open(folder: &Path) -> Result<Self, StoreError> {
        Self::open_locked(FolderLock::acquire(folder)?)
    }

    /// The log that is already in a folder.
    ///
    /// # Errors
    /// [`StoreError::NotHere`] when there is none, and those of [`SqliteStore::open`].
    pub fn open_existing(folder: &Path) -> Result<Self, StoreError> {
        if !folder.join(DATABASE_FILE).is_file() {
            return Err(StoreError::NotHere(folder.to_path_buf()));
        }
        Self::open(folder)
    }

    fn open_locked(lock: FolderLock) -> Result<Self, StoreError> {
        let path = lock.folder().join(DATABASE_FILE);
        let writing = connect(&path)?;
        let epoch = schema::prepare(&writing)?;
        parts::clear_unfinished(&writing)?;
        let segments = connect(&path)?;
        segments.execute_batch("PRAGMA synchronous = NORMAL").map_err(engine)?;
        let [writing, segments, reading] = [writing, segments, connect(&path)?].map(Mutex::new);
        Ok(Self { writing, segments, reading, epoch, _lock: lock })
    }

    /// Keeps the file from growing past a number of pages: how tests fill the disk.
    #[cfg(test)]
    pub(crate) fn limit_pages(&self, pages: Option<u32>) {
        for connection in [self.writing.lock(), self.segments.lock()] {
            let now: u32 = connection.query_row("PRAGMA page_count", [], |r| r.get(0)).unwrap();
            let most = pages.map_or(1_073_741_823, |more| now + more);
            connection.query_row(&format!("PRAGMA max_page_count = {most}"), [], |_| Ok(())).unwrap();
        }
    }

    /// Runs a statement behind the store's back: how tests damage it.
    #[cfg(test)]
    pub(crate) fn damage(&self, sql: &str) {
        assert!(self.damaged(sql) > 0, "{sql} changed nothing");
    }

    /// The same where there may be nothing to damage yet; says how many rows it changed.
    #[cfg(test)]
    pub(crate) fn damaged(&self, sql: &str) -> usize {
        self.writing.lock().execute(sql, []).unwrap()
    }
}

fn connect(path: &Path) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags).map_err(engine)?;
    connection.busy_timeout(Duration::from_secs(5)).map_err(engine)?;
    connection.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(())).map_err(engine)?;
    connection.execute_batch("PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON").map_err(engine)?;
    Ok(connection)
}

/// The engine's error as the store's: full, locked and damaged are told apart.
fn engine(error: rusqlite::Error) -> StoreError {
    let rusqlite::Error::SqliteFailure(failure, _) = &error else {
        return StoreError::Engine(Box::new(error));
    };
    match (failure.code, failure.extended_code) {
        (ErrorCode::DiskFull, _)
        | (
            ErrorCode::SystemIoFailure,
            ffi::SQLITE_IOERR_WRITE
            | ffi::SQLITE_IOERR_FSYNC
            | ffi::SQLITE_IOERR_DIR_FSYNC
            | ffi::SQLITE_IOERR_TRUNCATE
            | ffi::SQLITE_IOERR_SHMSIZE
            | ffi::SQLITE_IOERR_SHMOPEN,
        ) => StoreError::Full(Box::new(error)),
        (ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked, _) => StoreError::Locked(Box::new(error)),
        (ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase, _) => StoreError::corrupt(DATABASE_FILE, error),
        _ => StoreError::Engine(Box::new(error)),
    }
}

impl Store for SqliteStore {
    fn epoch(&self) -> u32 {
        self.epoch
    }

    fn last_n(&self) -> Result<u64, StoreError> {
        events::last_n(&self.reading.lock())
    }

    fn append(&self, records: &[Record]) -> Result<(), StoreError> {
        events::append(&mut self.writing.lock(), self.epoch, records)
    }

    fn read_events(&self, from: u64, each: &mut EachEvent<'_>) -> Result<(), StoreError> {
        events::read(&self.reading, from, each)
    }

    fn write_segment(&self, data: &SegmentData) -> Result<SegmentRef, StoreError> {
        segments::write(&self.writing, &self.segments, data)
    }

    fn forget_segments(&self, segments: &[SegmentRef]) -> Result<(), StoreError> {
        segments::forget(&self.writing, segments)
    }

    fn read_segment(&self, segment: &SegmentRef) -> Result<SegmentData, StoreError> {
        segments::read(&self.reading, segment)
    }

    fn write_snapshot(&self, n: u64, bytes: &[u8]) -> Result<(), StoreError> {
        snapshots::write(&self.writing, n, bytes)
    }

    fn snapshots(&self) -> Result<Vec<SnapshotInfo>, StoreError> {
        snapshots::list(&self.reading.lock())
    }

    fn read_snapshot(&self, n: u64) -> Result<Vec<u8>, StoreError> {
        snapshots::read(&self.reading.lock(), n)
    }
}
