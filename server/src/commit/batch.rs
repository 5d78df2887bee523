//! One batch: check each command with the earlier ones staged, append once, apply, tell.

use super::{
    merge,
    outcome::{CommitFailure, OpenError, Outcome},
    staging::StageError,
    writer::Writer,
};
use crate::store::read_ahead;
use jiff::Timestamp;
use parking_lot::{RwLockReadGuard, RwLockWriteGuard};
use wangge_core::domain::{
    ApplyError, Changes, Checked, Command, District, Refusal, RefusalKind, Staged, apply, apply_reading, check,
    event::{Event, Record},
    seq::Seq,
};

/// A batch that is durable but cannot be applied: a broken invariant, after which nothing more may be written.
#[derive(Debug, thiserror::Error)]
#[error("event {n} is recorded but does not fit the district: {cause}")]
pub(super) struct Broken {
    n: u64,
    cause: ApplyError,
}

/// What the check said of one command.
enum Verdict {
    Accepted(u64),
    Repeated(u64),
    Nothing,
    Refused(Refusal),
}

impl Writer {
    /// Outcomes of the commands of one batch, in order. The commands are durable, or none of them is.
    pub(super) fn commit(&mut self, commands: Vec<Command>, now: Timestamp) -> Result<Vec<Outcome>, Broken> {
        let (verdicts, records, last) = self.check_all(commands, now);
        if !records.is_empty() {
            // What may put every door elsewhere is done to a copy, so that readers do not wait for it.
            let recorded = if records.iter().any(|record| record.event.remakes()) {
                self.record_beside(&records)
            } else {
                self.record_in_place(&records)?
            };
            if let Err(error) = recorded {
                return Ok(vec![error.into(); verdicts.len()]);
            }
            self.snapshots.count(records.len() + records.iter().map(imported_rows).sum::<usize>());
        }
        let at = |n| Seq { epoch: last.epoch, n };
        let outcome = |verdict| match verdict {
            Verdict::Accepted(n) => Outcome::Accepted(at(n)),
            Verdict::Repeated(n) => Outcome::Repeated(at(n)),
            Verdict::Nothing => Outcome::Repeated(last),
            Verdict::Refused(refusal) => Outcome::Refused(refusal),
        };
        Ok(verdicts.into_iter().map(outcome).collect())
    }

    fn check_all(&self, commands: Vec<Command>, now: Timestamp) -> (Vec<Verdict>, Vec<Record>, Seq) {
        // Readers are not held up: only this thread ever changes the district.
        let district = self.district.read();
        let last = district.seq();
        let mut staged = Staged::default();
        let mut records: Vec<Record> = Vec::new();
        let mut verdicts = Vec::with_capacity(commands.len());
        for command in commands {
            verdicts.push(match check(&district, &staged, &command, now) {
                Err(refusal) => Verdict::Refused(refusal),
                Ok(Checked::Nothing) => Verdict::Nothing,
                Ok(Checked::Repeat { n }) => Verdict::Repeated(n),
                Ok(Checked::Accept(event)) => {
                    let n = last.n + records.len() as u64 + 1;
                    staged.add(&event, n);
                    records.push(Record { n, recorded_at: now, event });
                    Verdict::Accepted(n)
                }
            });
        }
        (verdicts, records, last)
    }

    /// Appends events and applies them to the district the readers see. What is durable has to fit.
    fn record_in_place(&mut self, records: &[Record]) -> Result<Result<(), StageError>, Broken> {
        if let Err(failure) = self.append(records) {
            return Ok(Err(failure.into()));
        }
        let mut district = self.district.write();
        let mut changes = None;
        for record in records {
            let one = apply(&mut district, record, &[]).map_err(|cause| Broken { n: record.n, cause })?;
            merge::add(&mut changes, one);
        }
        self.tell(RwLockWriteGuard::downgrade(district), changes);
        Ok(Ok(()))
    }

    /// Applies events to a copy, appends them, and lets the readers see the copy. What does not fit is not recorded.
    fn record_beside(&mut self, records: &[Record]) -> Result<(), StageError> {
        let mut copy = self.district.read().clone();
        let mut changes = None;
        for record in records {
            let one = self.apply_beside(&mut copy, record).map_err(|cause| does_not_fit(record, &cause))?;
            merge::add(&mut changes, one);
        }
        self.append(records)?;
        let mut district = self.district.write();
        let before = std::mem::replace(&mut *district, copy);
        self.tell(RwLockWriteGuard::downgrade(district), changes);
        drop(before);
        Ok(())
    }

    fn apply_beside(&self, copy: &mut District, record: &Record) -> Result<Changes, OpenError> {
        let segments = match &record.event {
            Event::Imported { segments, .. } => &segments[..],
            _ => &[],
        };
        Ok(read_ahead(&*self.store, segments, |bench| apply_reading(copy, record, bench))??)
    }

    fn append(&mut self, records: &[Record]) -> Result<(), CommitFailure> {
        match self.store.append(records) {
            Ok(()) => self.note_success(),
            Err(error) => {
                self.note_failure(&error);
                return Err(CommitFailure::of(&error));
            }
        }
        Ok(())
    }

    /// Tells caches and viewers. Readers may look again meanwhile, but nobody can change anything until all know.
    fn tell(&self, district: RwLockReadGuard<'_, District>, changes: Option<Changes>) {
        if let Some(changes) = changes.map(merge::finish) {
            self.tiles.forget(&district, &changes);
            self.live.publish(&district, &changes);
        }
    }
}

/// What is told of an event that cannot be applied. The rows of an import were checked, doors that stand twice excepted.
fn does_not_fit(record: &Record, cause: &OpenError) -> StageError {
    if let OpenError::Apply(ApplyError::Twice { id, .. }) = cause {
        let message = format!("household {id:?} stands twice in the import; each may come in once");
        return Refusal { kind: RefusalKind::Conflict, field: "id", message }.into();
    }
    tracing::error!(n = record.n, %cause, "an import does not fit the district; nothing of it is recorded");
    CommitFailure::Other.into()
}

fn imported_rows(record: &Record) -> usize {
    match &record.event {
        Event::Imported { segments, .. } => segments.iter().map(|segment| segment.rows as usize).sum(),
        _ => 0,
    }
}
