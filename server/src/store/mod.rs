//! The durable log: events, the segments they name, and snapshots of what follows from them.
//!
//! It knows nothing of what the events mean; what follows from them is the business of `commit`.

mod ahead;
pub mod error;
pub mod lock;
pub mod sqlite;

pub use ahead::read_ahead;
pub use error::StoreError;
pub use lock::FolderLock;
pub use sqlite::SqliteStore;

use std::ops::ControlFlow;
use wangge_core::domain::{
    SegmentData,
    event::{Record, SegmentRef},
};

/// A snapshot that was written whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SnapshotInfo {
    /// The last event it contains.
    pub n: u64,
    /// Its bytes.
    pub bytes: u64,
}

/// What a reader of the log does with each event: its number, and the event or why it cannot be read.
pub type EachEvent<'a> = dyn FnMut(u64, Result<Record, StoreError>) -> ControlFlow<()> + 'a;

/// A durable log. Every call blocks; when a writing call returns, what it wrote survives a power cut.
pub trait Store: Send + Sync {
    /// Life of the log: changes when it is restored from a copy.
    fn epoch(&self) -> u32;

    /// Number of the last event; 0 in an empty log.
    ///
    /// # Errors
    /// [`StoreError`] when the log cannot be read.
    fn last_n(&self) -> Result<u64, StoreError>;

    /// Appends events in one durable write: all of them or none. Numbers go on from the last without a gap, and every
    /// segment an event names is already there.
    ///
    /// # Errors
    /// [`StoreError::Full`] when there is no space; the log is then as before and takes writes again once there is.
    fn append(&self, records: &[Record]) -> Result<(), StoreError>;

    /// Calls `each` with the events from number `from` on, in order, until it breaks.
    ///
    /// # Errors
    /// [`StoreError`] when the log itself cannot be read; one unreadable event is handed to `each`.
    fn read_events(&self, from: u64, each: &mut EachEvent<'_>) -> Result<(), StoreError>;

    /// Writes a segment and names it. It is durable at the latest with the event that names it; until an then it belongs to nobody and is
    /// cleared at the next start.
    ///
    /// # Errors
    /// [`StoreError::Full`] when there is no space.
    fn write_segment(&self, data: &SegmentData) -> Result<SegmentRef, StoreError>;

    /// Forgets segments that no event names; one that an event names stays.
    ///
    /// # Errors
    /// [`StoreError`] when they stay: they are cleared at the next start.
    fn forget_segments(&self, segments: &[SegmentRef]) -> Result<(), StoreError>;

    /// What a segment holds, its checksum verified.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] when the bytes are not what the reference names; [`StoreError::UnknownSegment`].
    fn read_segment(&self, segment: &SegmentRef) -> Result<SegmentData, StoreError>;

    /// Writes a snapshot that contains every event up to `n`, and forgets all but the newest two. A snapshot cut short
    /// is never listed.
    ///
    /// # Errors
    /// [`StoreError::Full`] when there is no space.
    fn write_snapshot(&self, n: u64, bytes: &[u8]) -> Result<(), StoreError>;

    /// Snapshots there are, newest first.
    ///
    /// # Errors
    /// [`StoreError`] when the list cannot be read.
    fn snapshots(&self) -> Result<Vec<SnapshotInfo>, StoreError>;

    /// Bytes of the snapshot at `n`, its checksum verified.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] when the bytes are not what was written.
    fn read_snapshot(&self, n: u64) -> Result<Vec<u8>, StoreError>;
}
