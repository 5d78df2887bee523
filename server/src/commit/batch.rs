//! One batch: check each command with the earlier ones staged, append once, apply, tell.

use super::{
    merge,
    outcome::{CommitFailure, Outcome},
    writer::Writer,
};
use jiff::Timestamp;
use parking_lot::RwLockWriteGuard;
use wangge_core::domain::{
    ApplyError, Checked, Command, Refusal, Staged, apply, check,
    event::{Record, SegmentRows},
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

/// What is to be written: each event with the rows of the segments it names.
type Written = (Record, Vec<SegmentRows>);

impl Writer {
    /// Outcomes of the commands of one batch, in order. The commands are durable, or none of them is.
    pub(super) fn commit(&mut self, commands: Vec<Command>, now: Timestamp) -> Result<Vec<Outcome>, Broken> {
        let (verdicts, written, last) = self.check_all(commands, now);
        if !written.is_empty() {
            let (records, rows): (Vec<Record>, Vec<Vec<SegmentRows>>) = written.into_iter().unzip();
            if let Err(error) = self.store.append(&records) {
                self.note_failure(&error);
                return Ok(vec![Outcome::Failed(CommitFailure::of(&error)); verdicts.len()]);
            }
            self.note_success();
            self.apply_all(&records, &rows)?;
            self.snapshots.count(records.len() + rows.iter().flatten().map(SegmentRows::len).sum::<usize>());
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

    fn check_all(&self, commands: Vec<Command>, now: Timestamp) -> (Vec<Verdict>, Vec<Written>, Seq) {
        // Readers are not held up: only this thread ever changes the district.
        let district = self.district.read();
        let last = district.seq();
        let mut staged = Staged::default();
        let mut written: Vec<Written> = Vec::new();
        let mut verdicts = Vec::with_capacity(commands.len());
        for command in commands {
            verdicts.push(match check(&district, &staged, &command, now) {
                Err(refusal) => Verdict::Refused(refusal),
                Ok(Checked::Nothing) => Verdict::Nothing,
                Ok(Checked::Repeat { n }) => Verdict::Repeated(n),
                Ok(Checked::Accept(event)) => {
                    let n = last.n + written.len() as u64 + 1;
                    staged.add(&event, n);
                    let rows = match command {
                        Command::Import { segments, .. } => segments.into_iter().map(|(_, rows)| rows).collect(),
                        _ => Vec::new(),
                    };
                    written.push((Record { n, recorded_at: now, event }, rows));
                    Verdict::Accepted(n)
                }
            });
        }
        (verdicts, written, last)
    }

    fn apply_all(&self, records: &[Record], rows: &[Vec<SegmentRows>]) -> Result<(), Broken> {
        let mut district = self.district.write();
        let mut changes = None;
        for (record, rows) in records.iter().zip(rows) {
            let one = apply(&mut district, record, rows).map_err(|cause| Broken { n: record.n, cause })?;
            merge::add(&mut changes, one);
        }
        // Readers may look again, while nobody can change anything until caches and viewers know.
        let district = RwLockWriteGuard::downgrade(district);
        if let Some(changes) = changes.map(merge::finish) {
            self.tiles.forget(&district, &changes);
            self.live.publish(&district, &changes);
        }
        Ok(())
    }
}
