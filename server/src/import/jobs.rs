//! Imports that come in while the server serves: received, looked at, shown, confirmed or taken back.
//!
//! They live in memory and one folder each, and survive nothing: a start finds the folders and clears them.

mod board;
mod job;
mod upload;
mod worker;

pub use job::{Job, JobError, JobFile, JobState};
pub use upload::Upload;

use super::{ImportOptions, ImportRequest};
use crate::commit::Service;
use board::{Board, Entry};
use std::{
    io,
    path::{Path, PathBuf},
    sync::{Arc, mpsc},
    thread::JoinHandle,
    time::Duration,
};
use uuid::Uuid;

/// How much is taken in at once.
#[derive(Debug, Clone, Copy)]
pub struct JobLimits {
    /// Jobs that may be under way at once: received, waiting, read, or waiting for a person.
    pub waiting: usize,
    /// Bytes of all their files together.
    pub bytes: u64,
    /// How long a job that was looked at waits for a person.
    pub patience: Duration,
}

impl Default for JobLimits {
    fn default() -> Self {
        Self { waiting: 4, bytes: 8 << 30, patience: Duration::from_secs(3600) }
    }
}

/// Every job, and the thread that works on one after the other.
pub struct Jobs {
    board: Arc<Board>,
    orders: Option<mpsc::Sender<worker::Order>>,
    worker: Option<JoinHandle<()>>,
}

impl Jobs {
    /// Jobs of a service. `folder` is theirs alone: what is in it is cleared now, and it goes when they do. `tell` hears
    /// of every change of a job, of its progress at most ten times a second, without its plan.
    ///
    /// # Errors
    /// When the folder cannot be cleared, or no thread started.
    pub fn start(
        service: Arc<Service>,
        folder: PathBuf,
        limits: JobLimits,
        tell: impl Fn(&Job) + Send + Sync + 'static,
    ) -> io::Result<Self> {
        clear(&folder)?;
        let board = Arc::new(Board::new(folder, limits, Box::new(tell)));
        let (orders, waiting) = mpsc::channel();
        let theirs = board.clone();
        let worker = std::thread::Builder::new()
            .name("wangge-import".to_owned())
            .spawn(move || worker::run(&service, &theirs, &waiting))?;
        Ok(Self { board, orders: Some(orders), worker: Some(worker) })
    }

    /// A new job whose files come in now.
    ///
    /// # Errors
    /// [`JobError::Full`] when as many are under way as may be.
    pub fn receive(&self) -> Result<Upload, JobError> {
        Upload::open(self.board.clone(), self.orders.clone().ok_or(JobError::Closed)?)
    }

    /// The folder of all jobs; what lies in it goes when they do.
    pub fn folder(&self) -> &Path {
        self.board.folder()
    }

    /// Every job, newest first, without plans.
    pub fn list(&self) -> Vec<Job> {
        self.board.list()
    }

    /// A job with its plan.
    ///
    /// # Errors
    /// [`JobError::Unknown`].
    pub fn get(&self, id: Uuid) -> Result<Job, JobError> {
        self.board.read(id, |entry| entry.job.clone())
    }

    /// What a job would change, for a map: at most `limit` features of each sort of change.
    ///
    /// # Errors
    /// [`JobError::Unknown`], or [`JobError::Elsewhere`] when it was not looked at yet.
    pub fn features(&self, id: Uuid, limit: usize) -> Result<serde_json::Value, JobError> {
        let features = self.looked(id, |entry| entry.features.clone())?;
        Ok(features.collection(limit))
    }

    /// Writes the refused rows of a job to a file, in the format of its ending.
    ///
    /// # Errors
    /// [`JobError::Unknown`], [`JobError::Elsewhere`] when it was not looked at yet, or [`JobError::Io`].
    pub fn write_rejects(&self, id: Uuid, path: &Path) -> Result<(), JobError> {
        let refusals = self.looked(id, |entry| entry.refusals.clone())?;
        refusals.write(path).map_err(io::Error::other)?;
        Ok(())
    }

    /// Looks again at the files of a job, understood another way.
    ///
    /// # Errors
    /// [`JobError::Unknown`], [`JobError::Option`], or [`JobError::Elsewhere`] unless it is ready or refused.
    pub fn look_again(&self, id: Uuid, options: ImportOptions) -> Result<Job, JobError> {
        ImportRequest::understand(&options, Vec::new())?;
        let orders = self.orders.as_ref().ok_or(JobError::Closed)?;
        let job = self.board.change(id, |entry| {
            entry.must_be(&[JobState::Ready, JobState::Refused], "it must be ready or refused")?;
            entry.job.options = options;
            entry.look_again(None);
            Ok(())
        })?;
        orders.send(worker::Order::Look(id)).map_err(|_| JobError::Closed)?;
        Ok(job)
    }

    /// Takes a job's rows in, as its plan says.
    ///
    /// # Errors
    /// [`JobError::Unknown`]; [`JobError::Elsewhere`] unless it is ready; [`JobError::Refused`] when its plan says so;
    /// [`JobError::Changed`] when the district is not the one it was looked at with, and it is looked at again.
    pub fn confirm(&self, id: Uuid) -> Result<Job, JobError> {
        let orders = self.orders.as_ref().ok_or(JobError::Closed)?;
        let mut changed = false;
        let job = self.board.change(id, |entry| {
            if let (JobState::Refused, Some(reason)) = (entry.job.state, &entry.job.reason) {
                return Err(JobError::Refused { id, reason: reason.clone() });
            }
            entry.must_be(&[JobState::Ready], "it must be ready")?;
            changed = !entry.prepared.as_ref().is_some_and(super::Prepared::is_current);
            if changed {
                entry.look_again(Some("the district changed; it is looked at again".to_owned()));
            } else {
                entry.begin(JobState::Taking);
            }
            Ok(())
        })?;
        let order = if changed { worker::Order::Look(id) } else { worker::Order::Take(id) };
        orders.send(order).map_err(|_| JobError::Closed)?;
        if changed { Err(JobError::Changed(id)) } else { Ok(job) }
    }

    /// Takes a job back: nothing of it comes in, its files go. One that is over is forgotten.
    ///
    /// # Errors
    /// [`JobError::Unknown`], or [`JobError::Elsewhere`] while its rows are written.
    pub fn cancel(&self, id: Uuid) -> Result<Job, JobError> {
        let job = self.board.change(id, |entry| {
            if entry.job.state == JobState::Taking {
                return Err(entry.elsewhere("its rows are being written; wait until it is done"));
            }
            if !entry.job.state.is_over() {
                entry.end(JobState::Cancelled, Some("taken back".to_owned()));
            }
            Ok(())
        })?;
        Ok(job)
    }

    fn looked<T>(&self, id: Uuid, of: impl FnOnce(&Entry) -> Option<T>) -> Result<T, JobError> {
        let elsewhere = |entry: &Entry| entry.elsewhere("it was not looked at to the end");
        self.board.read(id, |entry| of(entry).ok_or_else(|| elsewhere(entry)))?
    }
}

impl Drop for Jobs {
    /// Stops what is read, finishes what is written, and clears the folder.
    fn drop(&mut self) {
        drop(self.orders.take());
        self.board.close();
        if self.worker.take().is_some_and(|worker| worker.join().is_err()) {
            tracing::error!("the thread of imports ended by a panic");
        }
        if let Err(error) = clear(self.board.folder()) {
            tracing::warn!(%error, "files of imports stay until the next start");
        }
    }
}

/// Removes a folder and all in it.
fn clear(folder: &Path) -> io::Result<()> {
    match std::fs::remove_dir_all(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}
