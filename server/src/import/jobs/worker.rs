//! The thread that looks at jobs and takes them, one after the other.

use super::{
    super::{ImportError, ImportRequest, Prepared, look, progress::Progress, progress::Stage},
    board::{Board, Entry},
    job::{JobError, JobState},
};
use crate::commit::Service;
use jiff::{SignedDuration, Timestamp};
use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
        mpsc,
    },
    time::Duration,
};
use uuid::Uuid;

/// Time between looks for jobs nobody came back for.
const TICK: Duration = Duration::from_secs(20);

/// What is to be done next.
#[derive(Debug, Clone, Copy)]
pub(super) enum Order {
    /// Read a job's files.
    Look(Uuid),
    /// Write a job's rows.
    Take(Uuid),
}

/// Works until nobody can give orders any more.
pub(super) fn run(service: &Arc<Service>, board: &Board, orders: &mpsc::Receiver<Order>) {
    loop {
        match orders.recv_timeout(TICK) {
            Ok(order) if !board.is_closed() => carry_out(service, board, order),
            Ok(_) | Err(mpsc::RecvTimeoutError::Timeout) => {}
            Err(mpsc::RecvTimeoutError::Disconnected) => return,
        }
        board.expire(Timestamp::now());
    }
}

fn carry_out(service: &Arc<Service>, board: &Board, order: Order) {
    let (Order::Look(id) | Order::Take(id)) = order;
    // The readers of many formats stand on other people's parsers: one that panics ends its job, not this thread.
    let done = catch_unwind(AssertUnwindSafe(|| match order {
        Order::Look(id) => look_at(service, board, id),
        Order::Take(id) => take(board, id),
    }));
    let ended = match done {
        Ok(Ok(())) => return,
        Ok(Err(error)) => {
            tracing::debug!(%error, "an import was not where it was expected");
            return;
        }
        Err(_) => board.change(id, |entry| {
            entry.end(JobState::Failed, Some("the import broke; the server's log says where".to_owned()));
            Ok(())
        }),
    };
    if let Err(error) = ended {
        tracing::debug!(%error, "an import that broke is gone");
    }
}

fn look_at(service: &Arc<Service>, board: &Board, id: Uuid) -> Result<(), JobError> {
    let (options, paths, work, stop) = board.read(id, |entry| {
        entry.must_be(&[JobState::Looking], "it was taken back")?;
        Ok::<_, JobError>((entry.job.options.clone(), entry.paths(), entry.work(), entry.stop.clone()))
    })??;
    let request = ImportRequest::understand(&options, paths)?;
    std::fs::create_dir_all(&work)?;
    let looked = look(service, &request, &work, &Watch { board, id, stop: &stop });
    let until = Timestamp::now() + SignedDuration::try_from(board.limits().patience).unwrap_or(SignedDuration::MAX);
    board.change(id, |entry| {
        entry.must_be(&[JobState::Looking], "it was taken back")?;
        match looked {
            Ok(prepared) => show(entry, prepared, until),
            Err(ImportError::Cancelled) => entry.end(JobState::Cancelled, Some("taken back".to_owned())),
            Err(error) if error.is_ours() => entry.end(JobState::Failed, Some(error.to_string())),
            Err(error) => entry.wait(JobState::Refused, Some(error.to_string()), until),
        }
        Ok(())
    })?;
    Ok(())
}

fn show(entry: &mut Entry, prepared: Prepared, until: Timestamp) {
    let plan = prepared.plan().clone();
    let state = if plan.would_take { JobState::Ready } else { JobState::Refused };
    entry.wait(state, plan.why_not.clone(), until);
    entry.features = Some(prepared.features());
    entry.refusals = Some(prepared.refusals());
    entry.job.plan = Some(plan);
    entry.prepared = Some(prepared);
}

fn take(board: &Board, id: Uuid) -> Result<(), JobError> {
    let mut prepared = None;
    let mut stop = Arc::default();
    board.change(id, |entry| {
        entry.must_be(&[JobState::Taking], "it was taken back")?;
        prepared = entry.prepared.take();
        stop = entry.stop.clone();
        Ok(())
    })?;
    let Some(prepared) = prepared else { return Err(JobError::Closed) };
    let taken = prepared.take(&Watch { board, id, stop: &stop });
    let until = Timestamp::now() + SignedDuration::try_from(board.limits().patience).unwrap_or(SignedDuration::MAX);
    board.change(id, |entry| {
        match taken {
            Ok(report) => {
                entry.job.taken = report.taken;
                entry.job.seq = report.seq;
                entry.end(JobState::Done, None);
                // Its refused rows can be fetched for a while.
                entry.job.expires_at = Some(until);
            }
            Err(error) if error.is_ours() => entry.end(JobState::Failed, Some(error.to_string())),
            Err(error) => entry.wait(JobState::Refused, Some(error.to_string()), until),
        }
        Ok(())
    })?;
    Ok(())
}

/// Somebody at a page who waits for a job.
struct Watch<'a> {
    board: &'a Board,
    id: Uuid,
    stop: &'a AtomicBool,
}

impl Progress for Watch<'_> {
    fn at(&self, stage: Stage, done_bytes: u64, bytes: u64, rows: u64) {
        self.board.progress(self.id, stage, done_bytes, bytes, rows);
    }

    fn is_cancelled(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }
}
