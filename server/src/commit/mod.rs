//! The only writer: commands in, durable events out, and the district that follows from them.
//!
//! Handlers read the district under its lock and hand commands to [`Service::submit`]; nobody else changes anything.

mod batch;
mod intake;
mod merge;
mod outcome;
#[cfg(test)]
pub(crate) mod sample;
mod segment_writer;
mod snapshotter;
mod staging;
mod startup;
#[cfg(test)]
mod tests;
mod writer;

pub use outcome::{CommitFailure, OpenError, Outcome};
pub use staging::{StageError, Staging};
pub use startup::{Replayed, replay};

use crate::{
    auth::Access,
    live::LiveHub,
    store::{SqliteStore, Store, StoreError},
    tiles::Tiles,
};
use intake::{Intake, Submission};
use jiff::Timestamp;
use parking_lot::RwLock;
use snapshotter::Snapshotter;
use std::{path::Path, sync::Arc};
use wangge_core::domain::{Command, District, seq::Seq};

/// How a service is opened.
#[derive(Debug, Clone)]
pub struct ServiceOptions {
    /// Who is let in.
    pub access: Access,
    /// Bytes of compressed tiles kept.
    pub tile_cache_bytes: usize,
    /// Events and imported rows after which a snapshot is written while running.
    pub snapshot_every: u64,
    /// Events the stream remembers after a start, for viewers that come back.
    pub remembered_events: u64,
}

impl Default for ServiceOptions {
    fn default() -> Self {
        Self {
            access: Access::nobody(),
            tile_cache_bytes: 256 << 20,
            snapshot_every: 100_000,
            remembered_events: 10_000,
        }
    }
}

/// Everything a handler needs: the district to read, its tiles, its stream, and the way to the writer.
pub struct Service {
    /// The district as it is now. Take the lock briefly and never across an await.
    pub district: Arc<RwLock<District>>,
    /// Tiles drawn from it.
    pub tiles: Arc<Tiles>,
    /// What changed, for viewers.
    pub live: Arc<LiveHub>,
    /// Who is let in.
    pub access: Access,
    /// When this process opened the log.
    pub started_at: Timestamp,
    store: Arc<dyn Store>,
    intake: Intake,
    snapshotter: Snapshotter,
}

impl Service {
    /// Service over the log of a data folder, which is made when missing; ready when this returns.
    ///
    /// # Errors
    /// [`OpenError`] when the folder is in use, of a newer format, damaged, or cannot be read.
    pub fn open(data_dir: &Path, options: ServiceOptions) -> Result<Arc<Self>, OpenError> {
        Self::start(Arc::new(SqliteStore::open(data_dir)?), options)
    }

    /// The same over the log that must already be in a data folder.
    ///
    /// # Errors
    /// [`StoreError::NotHere`] inside [`OpenError`] when there is none, and those of [`Service::open`].
    pub fn open_existing(data_dir: &Path, options: ServiceOptions) -> Result<Arc<Self>, OpenError> {
        Self::start(Arc::new(SqliteStore::open_existing(data_dir)?), options)
    }

    /// Service over a log that is open: replays it and starts the writer.
    ///
    /// # Errors
    /// [`OpenError`] when the log cannot be replayed.
    pub fn start(store: Arc<dyn Store>, options: ServiceOptions) -> Result<Arc<Self>, OpenError> {
        let started_at = now();
        let recovered = startup::recover(&*store, options.remembered_events)?;
        let district = Arc::new(RwLock::new(recovered.district));
        let tiles = Arc::new(Tiles::new(options.tile_cache_bytes));
        let live = Arc::new(LiveHub::new());
        recovered.remembered.into_iter().for_each(|changes| live.remember(changes));
        let snapshotter = Snapshotter::start(district.clone(), store.clone(), recovered.snapshot_n)?;
        let writer = writer::Writer {
            district: district.clone(),
            store: store.clone(),
            tiles: tiles.clone(),
            live: live.clone(),
            snapshots: snapshotter.asker(options.snapshot_every),
            writes_fail: false,
        };
        let intake = Intake::start(writer, district.clone())?;
        Ok(Arc::new(Self { district, tiles, live, access: options.access, started_at, store, intake, snapshotter }))
    }

    /// What became of each command, in order; answered once everything accepted is durable.
    pub async fn submit(&self, commands: Vec<Command>) -> Vec<Outcome> {
        let count = commands.len();
        let (submission, answer) = Submission::new(commands);
        let sender = self.intake.sender();
        let taken = match sender {
            Some(sender) => sender.send(submission).await.is_ok(),
            None => false,
        };
        let answered = if taken { answer.await.ok() } else { None };
        answered.unwrap_or_else(|| closed(count))
    }

    /// The same for a thread that is not part of the async runtime, which it would block.
    pub fn submit_blocking(&self, commands: Vec<Command>) -> Vec<Outcome> {
        let count = commands.len();
        let (submission, answer) = Submission::new(commands);
        let taken = self.intake.sender().is_some_and(|sender| sender.blocking_send(submission).is_ok());
        let answered = if taken { answer.blocking_recv().ok() } else { None };
        answered.unwrap_or_else(|| closed(count))
    }

    /// Whether commands are taken: not when closed, nor after the log and the district came apart.
    pub fn takes_writes(&self) -> bool {
        self.intake.is_open()
    }

    /// The log, to be read; only the writer writes to it.
    pub fn log(&self) -> &dyn Store {
        &*self.store
    }

    /// Place in the log of the last event applied.
    pub fn seq(&self) -> Seq {
        self.district.read().seq()
    }

    /// Takes no more commands, finishes those taken, and writes a snapshot. Blocks; a second call does nothing.
    ///
    /// # Errors
    /// [`StoreError`] when the snapshot could not be written; the log is whole all the same.
    pub fn close(&self) -> Result<(), StoreError> {
        self.intake.close();
        self.snapshotter.close()
    }
}

impl Drop for Service {
    /// Finishes what was taken and lets go of the log; a snapshot is for [`Service::close`].
    fn drop(&mut self) {
        self.intake.close();
        self.snapshotter.stop();
    }
}

/// Now by this machine's clock, in whole microseconds, as the log keeps it.
fn now() -> Timestamp {
    let now = Timestamp::now();
    Timestamp::from_microsecond(now.as_microsecond()).unwrap_or(now)
}

fn closed(count: usize) -> Vec<Outcome> {
    vec![Outcome::Failed(CommitFailure::Closed); count]
}
