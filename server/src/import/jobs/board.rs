//! The jobs there are, and what may be done to one where it is.

use super::{
    super::{Prepared, features::Features, progress::Stage, refusals::Refusals},
    JobLimits,
    job::{Job, JobError, JobState},
};
use jiff::Timestamp;
use parking_lot::{Mutex, MutexGuard};
use std::{
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};
use uuid::Uuid;

/// Jobs that are over and still listed.
const REMEMBERED: usize = 20;
/// Time between two words about the progress of one job.
const WORD_EVERY: Duration = Duration::from_millis(100);

type Tell = Box<dyn Fn(&Job) + Send + Sync>;

/// A job with what belongs to it.
pub(super) struct Entry {
    pub(super) job: Job,
    pub(super) prepared: Option<Prepared>,
    pub(super) features: Option<Arc<Features>>,
    pub(super) refusals: Option<Arc<Refusals>>,
    /// Set to stop what is being read.
    pub(super) stop: Arc<AtomicBool>,
    folder: PathBuf,
    told: Option<Instant>,
}

impl Entry {
    /// Whether it is in one of these states.
    pub(super) fn must_be(&self, states: &[JobState], wanted: &'static str) -> Result<(), JobError> {
        if states.contains(&self.job.state) { Ok(()) } else { Err(self.elsewhere(wanted)) }
    }

    pub(super) fn elsewhere(&self, wanted: &'static str) -> JobError {
        JobError::Elsewhere { id: self.job.id, state: self.job.state, wanted }
    }

    /// Enters a state in which something is done to the rows.
    pub(super) fn begin(&mut self, state: JobState) {
        let job = &mut self.job;
        (job.state, job.stage, job.done_bytes, job.bytes, job.rows) = (state, None, 0, 0, 0);
        job.expires_at = None;
    }

    /// Forgets what was found and waits to be read again.
    pub(super) fn look_again(&mut self, reason: Option<String>) {
        self.forget();
        self.job.plan = None;
        self.job.reason = reason;
        self.begin(JobState::Looking);
    }

    /// Enters a state in which a person is waited for, until a moment.
    pub(super) fn wait(&mut self, state: JobState, reason: Option<String>, until: Timestamp) {
        self.job.state = state;
        self.job.reason = reason;
        self.job.stage = None;
        self.job.expires_at = Some(until);
    }

    /// Ends it. What was set aside goes; the refused rows of one that is done stay to be fetched.
    pub(super) fn end(&mut self, state: JobState, reason: Option<String>) {
        self.stop.store(true, Ordering::Relaxed);
        self.job.state = state;
        self.job.reason = reason;
        self.job.stage = None;
        self.job.expires_at = None;
        self.prepared = None;
        if state != JobState::Done {
            self.forget();
        }
    }

    fn forget(&mut self) {
        self.prepared = None;
        self.features = None;
        self.refusals = None;
    }

    /// Where the files came to lie, in the order they came.
    pub(super) fn paths(&self) -> Vec<PathBuf> {
        self.job.files.iter().map(|file| self.folder.join("files").join(&file.name)).collect()
    }

    /// Where the work on it keeps what does not fit into memory.
    pub(super) fn work(&self) -> PathBuf {
        self.folder.join("work")
    }
}

/// Every job.
pub(super) struct Board {
    entries: Mutex<Vec<Entry>>,
    folder: PathBuf,
    limits: JobLimits,
    tell: Tell,
    closed: AtomicBool,
}

impl Board {
    pub(super) fn new(folder: PathBuf, limits: JobLimits, tell: Tell) -> Self {
        Self { entries: Mutex::default(), folder, limits, tell, closed: AtomicBool::new(false) }
    }

    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Stops everything; no job is taken any more.
    pub(super) fn close(&self) {
        self.closed.store(true, Ordering::Relaxed);
        self.entries.lock().iter().for_each(|entry| entry.stop.store(true, Ordering::Relaxed));
    }

    pub(super) fn is_closed(&self) -> bool {
        self.closed.load(Ordering::Relaxed)
    }

    /// Makes a job whose files come in; answers its folder too.
    pub(super) fn open(&self) -> Result<(Uuid, PathBuf), JobError> {
        let mut entries = self.entries.lock();
        if self.is_closed() {
            return Err(JobError::Closed);
        }
        let waiting = entries.iter().filter(|entry| !entry.job.state.is_over()).count();
        if waiting >= self.limits.waiting {
            return Err(JobError::Full { waiting });
        }
        let id = Uuid::now_v7();
        let folder = self.folder.join(id.to_string());
        let entry = Entry {
            job: Job::receiving(id),
            prepared: None,
            features: None,
            refusals: None,
            stop: Arc::default(),
            folder: folder.clone(),
            told: None,
        };
        entries.push(entry);
        let over = entries.iter().filter(|entry| entry.job.state.is_over()).count();
        let mut surplus = over.saturating_sub(REMEMBERED);
        entries.retain(|entry| {
            let goes = surplus > 0 && entry.job.state.is_over();
            surplus -= usize::from(goes);
            if goes {
                remove(&entry.folder);
            }
            !goes
        });
        Ok((id, folder))
    }

    /// Bytes that may still come in.
    pub(super) fn room(&self) -> u64 {
        let entries = self.entries.lock();
        let held = entries.iter().filter(|e| !e.job.state.is_over()).flat_map(|e| &e.job.files).map(|f| f.bytes);
        self.limits.bytes.saturating_sub(held.sum())
    }

    pub(super) fn limits(&self) -> JobLimits {
        self.limits
    }

    /// Every job, newest first, without plans.
    pub(super) fn list(&self) -> Vec<Job> {
        self.entries.lock().iter().rev().map(|entry| entry.job.without_plan()).collect()
    }

    pub(super) fn read<T>(&self, id: Uuid, of: impl FnOnce(&Entry) -> T) -> Result<T, JobError> {
        self.entries.lock().iter().find(|entry| entry.job.id == id).map(of).ok_or(JobError::Unknown(id))
    }

    /// Changes a job and tells of it; one whose change is refused stays as it was. Files of a job that is over go.
    pub(super) fn change(
        &self,
        id: Uuid,
        with: impl FnOnce(&mut Entry) -> Result<(), JobError>,
    ) -> Result<Job, JobError> {
        let job = {
            let mut entry = self.entry(id)?;
            with(&mut entry)?;
            if entry.job.state.is_over() {
                remove(&entry.folder.join("files"));
                if entry.refusals.is_none() {
                    remove(&entry.folder);
                }
            }
            entry.job.clone()
        };
        (self.tell)(&job.without_plan());
        Ok(job)
    }

    /// Notes how far a job is, and tells of it unless it was told just before.
    pub(super) fn progress(&self, id: Uuid, stage: Stage, done_bytes: u64, bytes: u64, rows: u64) {
        let word = {
            let Ok(mut entry) = self.entry(id) else { return };
            let job = &mut entry.job;
            let news = job.stage != Some(stage);
            (job.stage, job.done_bytes, job.bytes, job.rows) = (Some(stage), done_bytes, bytes, rows);
            if !news && entry.told.is_some_and(|told| told.elapsed() < WORD_EVERY) {
                return;
            }
            entry.told = Some(Instant::now());
            entry.job.without_plan()
        };
        (self.tell)(&word);
    }

    /// Takes back jobs nobody came back for.
    pub(super) fn expire(&self, now: Timestamp) {
        let late: Vec<Uuid> = {
            let entries = self.entries.lock();
            entries.iter().filter(|e| e.job.expires_at.is_some_and(|at| at <= now)).map(|e| e.job.id).collect()
        };
        for id in late {
            let gone = self.change(id, |entry| {
                if entry.job.state == JobState::Done {
                    // Only its refused rows were still there.
                    entry.job.expires_at = None;
                    entry.refusals = None;
                    entry.features = None;
                } else {
                    entry.end(JobState::Cancelled, Some("nobody confirmed it in time".to_owned()));
                }
                Ok(())
            });
            if let Err(error) = gone {
                tracing::debug!(%error, "an import was gone before its time was over");
            }
        }
    }

    /// Forgets a job whose files never came in whole.
    pub(super) fn drop_unfinished(&self, id: Uuid) {
        let mut entries = self.entries.lock();
        if let Some(at) = entries.iter().position(|e| e.job.id == id && e.job.state == JobState::Receiving) {
            let entry = entries.remove(at);
            remove(&entry.folder);
        }
    }

    fn entry(&self, id: Uuid) -> Result<parking_lot::MappedMutexGuard<'_, Entry>, JobError> {
        MutexGuard::try_map(self.entries.lock(), |entries| entries.iter_mut().find(|entry| entry.job.id == id))
            .map_err(|_| JobError::Unknown(id))
    }
}

fn remove(folder: &Path) {
    if let Err(error) = std::fs::remove_dir_all(folder)
        && error.kind() != std::io::ErrorKind::NotFound
    {
        tracing::debug!(%error, "files of an import stay until the next start");
    }
}
