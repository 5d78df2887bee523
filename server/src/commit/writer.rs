//! The writer's thread: takes what is waiting as one batch, never waits for more.

use super::{
    intake::Submission,
    now,
    outcome::{CommitFailure, Outcome},
    snapshotter::Asker,
};
use crate::{
    live::LiveHub,
    store::{Store, StoreError},
    tiles::Tiles,
};
use parking_lot::RwLock;
use std::{error::Error, sync::Arc};
use tokio::sync::mpsc;
use wangge_core::domain::{Command, District};

/// Commands of a batch, about: enough that the wait for the disk is shared, few enough that nobody waits long.
const BATCH_COMMANDS: usize = 4096;

/// What the writer's thread owns.
pub(super) struct Writer {
    pub(super) district: Arc<RwLock<District>>,
    pub(super) store: Arc<dyn Store>,
    pub(super) tiles: Arc<Tiles>,
    pub(super) live: Arc<LiveHub>,
    pub(super) snapshots: Asker,
    /// Whether the last write failed: said once, not at every batch.
    pub(super) writes_fail: bool,
}

impl Writer {
    /// Runs until the last sender is gone and everything taken is answered.
    pub(super) fn run(mut self, mut intake: mpsc::Receiver<Submission>) {
        while let Some(first) = intake.blocking_recv() {
            let mut count = first.commands.len();
            let mut waiting = vec![first];
            while count < BATCH_COMMANDS
                && let Ok(next) = intake.try_recv()
            {
                count += next.commands.len();
                waiting.push(next);
            }
            if !self.settle(waiting) {
                // What is still waiting is answered by the closing channel.
                return;
            }
        }
    }

    /// Commits and answers submissions; false when nothing more may be written.
    fn settle(&mut self, waiting: Vec<Submission>) -> bool {
        let mut open: Vec<Open> = Vec::with_capacity(waiting.len());
        let mut batches: Vec<Batch> = Vec::new();
        for submission in waiting {
            let owner = open.len();
            for command in submission.commands {
                let alone = command.stands_alone();
                match batches.last_mut().filter(|b| !alone && !b.alone) {
                    Some(batch) => batch.add(owner, command),
                    None => batches.push(Batch { alone, owners: vec![owner], commands: vec![command] }),
                }
            }
            open.push(Open { submission: Some(submission.answer), wanted: submission.count, outcomes: Vec::new() });
        }
        let mut sound = true;
        for Batch { owners, commands, .. } in batches {
            let count = commands.len();
            let outcomes = if sound {
                self.commit(commands, now()).unwrap_or_else(|broken| {
                    tracing::error!("{broken}; no more writes are taken, `wangge check` says what is wrong");
                    sound = false;
                    vec![Outcome::Failed(CommitFailure::Other); count]
                })
            } else {
                vec![Outcome::Failed(CommitFailure::Closed); count]
            };
            for (owner, outcome) in owners.iter().zip(outcomes) {
                open[*owner].outcomes.push(outcome);
            }
            open.iter_mut().for_each(Open::answer_if_whole);
        }
        open.iter_mut().for_each(Open::answer_if_whole);
        sound
    }

    pub(super) fn note_failure(&mut self, error: &StoreError) {
        if !std::mem::replace(&mut self.writes_fail, true) {
            let cause = error.source().map(ToString::to_string).unwrap_or_default();
            tracing::error!(%error, cause, "writes fail; reads go on, and writes work again once there is space");
        }
    }

    pub(super) fn note_success(&mut self) {
        if std::mem::replace(&mut self.writes_fail, false) {
            tracing::info!("writes work again");
        }
    }
}

/// Commands committed together, each with the submission it came with.
struct Batch {
    alone: bool,
    owners: Vec<usize>,
    commands: Vec<Command>,
}

impl Batch {
    fn add(&mut self, owner: usize, command: Command) {
        self.owners.push(owner);
        self.commands.push(command);
    }
}

/// A submission not yet answered.
struct Open {
    submission: Option<tokio::sync::oneshot::Sender<Vec<Outcome>>>,
    wanted: usize,
    outcomes: Vec<Outcome>,
}

impl Open {
    fn answer_if_whole(&mut self) {
        if self.outcomes.len() == self.wanted
            && let Some(answer) = self.submission.take()
        {
            // An error says that the caller went away; what it asked for is recorded all the same.
            let _ = answer.send(std::mem::take(&mut self.outcomes));
        }
    }
}
