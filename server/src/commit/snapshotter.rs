//! Snapshots, written by a thread of their own so that the writer goes on.

use super::outcome::OpenError;
use crate::store::{Store, StoreError};
use parking_lot::{Mutex, RwLock};
use std::{
    sync::{
        Arc,
        mpsc::{self, SyncSender},
    },
    thread::JoinHandle,
};
use wangge_core::domain::District;

/// Writes snapshots when asked, and a last one when closed.
pub(super) struct Snapshotter {
    work: Arc<Work>,
    running: Mutex<Option<(SyncSender<()>, JoinHandle<()>)>>,
}

struct Work {
    district: Arc<RwLock<District>>,
    store: Arc<dyn Store>,
    /// The last event in the newest sound snapshot.
    written: Mutex<u64>,
}

impl Work {
    fn write(&self) -> Result<(), StoreError> {
        let mut written = self.written.lock();
        // The bytes are made under the lock, written after it.
        let (n, bytes) = {
            let district = self.district.read();
            let n = district.seq().n;
            if n == *written {
                return Ok(());
            }
            (n, district.to_snapshot().map_err(|e| StoreError::corrupt(format!("snapshot {n}"), e))?)
        };
        self.store.write_snapshot(n, &bytes)?;
        tracing::debug!(n, bytes = bytes.len(), "snapshot written");
        *written = n;
        Ok(())
    }
}

impl Snapshotter {
    /// Starts the thread; `written` is the event the newest sound snapshot ends with.
    pub(super) fn start(
        district: Arc<RwLock<District>>,
        store: Arc<dyn Store>,
        written: u64,
    ) -> Result<Self, OpenError> {
        let work = Arc::new(Work { district, store, written: Mutex::new(written) });
        let (ask, asked) = mpsc::sync_channel(1);
        let worker = work.clone();
        let thread = std::thread::Builder::new()
            .name("wangge-snapshot".to_owned())
            .spawn(move || {
                while asked.recv().is_ok() {
                    if let Err(error) = worker.write() {
                        tracing::warn!(%error, "snapshot not written; the log has everything, the next start takes longer");
                    }
                }
            })
            .map_err(OpenError::Thread)?;
        Ok(Self { work, running: Mutex::new(Some((ask, thread))) })
    }

    /// What the writer counts with: asks for a snapshot after `every` events and rows.
    pub(super) fn asker(&self, every: u64) -> Asker {
        let ask = self.running.lock().as_ref().map(|(ask, _)| ask.clone());
        Asker { ask, every: every.max(1), since: 0 }
    }

    /// Waits for a snapshot being written; true when the thread had not been stopped before. The writer has ended.
    pub(super) fn stop(&self) -> bool {
        let Some((ask, thread)) = self.running.lock().take() else { return false };
        drop(ask);
        if thread.join().is_err() {
            tracing::error!("the snapshot thread ended by a panic");
        }
        true
    }

    /// The same, and writes the last snapshot.
    pub(super) fn close(&self) -> Result<(), StoreError> {
        if self.stop() { self.work.write() } else { Ok(()) }
    }
}

/// Counts what was written since the last snapshot.
pub(super) struct Asker {
    ask: Option<SyncSender<()>>,
    every: u64,
    since: u64,
}

impl Asker {
    /// Counts events and imported rows.
    pub(super) fn count(&mut self, more: usize) {
        self.since += more as u64;
        if self.since >= self.every
            && let Some(ask) = &self.ask
        {
            self.since = 0;
            // Full: one is being written and another is asked for already.
            let _ = ask.try_send(());
        }
    }
}
