//! An import under way: rows are checked as they come and written in segments at once, so that memory stays flat however
//! large the file; then one command names them, and they are in or not.

use super::{
    Command, Service,
    outcome::{CommitFailure, Outcome},
    segment_writer::{Piece, SegmentWriter},
};
use crate::store::Store;
use parking_lot::RwLock;
use std::{ops::Range, sync::Arc};
use wangge_core::domain::{
    District, DoorColumns, ImportCheck, Refusal, RowCounts, RowKind,
    event::{SegmentRef, SegmentRows},
};

/// Rows of a segment, at most.
const SEGMENT_ROWS: usize = 50_000;
/// Rows checked under one hold of the district: short enough that the writer does not wait for it.
const LOOK_ROWS: usize = 4096;

/// Why rows could not be staged.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StageError {
    /// A row cannot be taken, and the import with it.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The rows could not be written.
    #[error(transparent)]
    Failed(#[from] CommitFailure),
}

impl From<StageError> for Outcome {
    fn from(error: StageError) -> Self {
        match error {
            StageError::Refused(refusal) => Self::Refused(refusal),
            StageError::Failed(failure) => Self::Failed(failure),
        }
    }
}

/// Rows on their way in. Nothing of them is seen before [`Staging::take`]; dropping it forgets them.
pub struct Staging {
    service: Arc<Service>,
    stage: Stage,
}

impl Service {
    /// Begins an import against the district as it is now.
    pub fn stage(self: &Arc<Self>) -> Staging {
        Staging { stage: Stage::begin(self), service: self.clone() }
    }

    /// Takes rows in at once. All or nothing. Blocks like [`Service::submit_blocking`].
    pub fn import(&self, source: &str, rows: Vec<SegmentRows>) -> Outcome {
        let mut stage = Stage::begin(self);
        match rows.into_iter().try_for_each(|rows| stage.add(rows)) {
            Ok(()) => stage.take(self, source),
            Err(error) => error.into(),
        }
    }
}

impl Staging {
    /// Checks rows and writes those that say anything new. Rows of one kind may come in any number of calls. Blocks
    /// while the disk is behind.
    ///
    /// # Errors
    /// [`StageError`] when a row cannot be taken or written; the import is over then.
    pub fn add(&mut self, rows: SegmentRows) -> Result<(), StageError> {
        self.stage.add(rows)
    }

    /// The same for doors in columns, which costs half as much a door: a segment each call, of at most 50,000 doors if
    /// memory is to stay flat.
    ///
    /// # Errors
    /// [`StageError`] like [`Staging::add`].
    pub fn add_doors(&mut self, doors: DoorColumns) -> Result<(), StageError> {
        self.stage.add_doors(doors)
    }

    /// How the rows of a kind stand to the district, those added so far.
    pub fn counts(&self, kind: RowKind) -> RowCounts {
        self.stage.check.counts(kind)
    }

    /// Lets the rows in as one event: all of them or, when the outcome says so, none. Rows that say nothing new make no
    /// event; the outcome is `Repeated` then. Blocks.
    pub fn take(self, source: &str) -> Outcome {
        self.stage.take(&self.service, source)
    }
}

/// What is staged, apart from the service it goes to.
struct Stage {
    district: Arc<RwLock<District>>,
    store: Arc<dyn Store>,
    check: ImportCheck,
    /// Rows that do not fill a segment yet.
    waiting: Option<SegmentRows>,
    writer: Option<SegmentWriter>,
    written: Vec<SegmentRef>,
    /// Why it cannot go on.
    over: Option<StageError>,
}

impl Stage {
    fn begin(service: &Service) -> Self {
        let district = service.district.clone();
        let check = ImportCheck::begin(&district.read());
        Self {
            district,
            store: service.store.clone(),
            check,
            waiting: None,
            writer: None,
            written: Vec::new(),
            over: None,
        }
    }

    fn add(&mut self, mut rows: SegmentRows) -> Result<(), StageError> {
        self.goes_on()?;
        let looked =
            self.look(rows.len(), |check, district, range, says_new| check.look(district, &rows, range, says_new));
        let added = looked.and_then(|says_new| {
            if says_new.contains(&false) {
                rows.keep(&says_new);
            }
            self.wait(rows)
        });
        added.inspect_err(|error| self.over = Some(error.clone()))
    }

    fn add_doors(&mut self, doors: DoorColumns) -> Result<(), StageError> {
        self.goes_on()?;
        let looked = self.look(doors.len(), |check, district, range, says_new| {
            check.look_at_doors(district, &doors, range, says_new)
        });
        let added = looked.and_then(|says_new| {
            let doors = if says_new.contains(&false) { doors.kept(&says_new) } else { doors };
            // Segments keep the order in which rows were added.
            self.waiting.take().map_or(Ok(()), |rows| self.give(Piece::Rows(rows)))?;
            if doors.is_empty() { Ok(()) } else { self.give(Piece::Doors(Box::new(doors))) }
        });
        added.inspect_err(|error| self.over = Some(error.clone()))
    }

    fn goes_on(&self) -> Result<(), StageError> {
        self.over.clone().map_or(Ok(()), Err)
    }

    /// Looks at rows, some at a time; says of each whether it says anything new.
    fn look(
        &mut self,
        rows: usize,
        look: impl Fn(&mut ImportCheck, &District, Range<usize>, &mut Vec<bool>) -> Result<(), Refusal>,
    ) -> Result<Vec<bool>, StageError> {
        let mut says_new = Vec::with_capacity(rows);
        for start in (0..rows).step_by(LOOK_ROWS) {
            let range = start..rows.min(start + LOOK_ROWS);
            look(&mut self.check, &self.district.read(), range, &mut says_new)?;
        }
        Ok(says_new)
    }

    /// Lets rows wait until they fill a segment; full ones go to be written.
    fn wait(&mut self, rows: SegmentRows) -> Result<(), StageError> {
        let mut rows = match self.waiting.take() {
            None => rows,
            Some(mut waiting) => match waiting.append(rows) {
                None => waiting,
                Some(other) => {
                    self.give(Piece::Rows(waiting))?;
                    other
                }
            },
        };
        while rows.len() > SEGMENT_ROWS {
            let rest = rows.split_off(SEGMENT_ROWS);
            self.give(Piece::Rows(std::mem::replace(&mut rows, rest)))?;
        }
        if rows.len() == SEGMENT_ROWS {
            self.give(Piece::Rows(rows))?;
        } else if !rows.is_empty() {
            self.waiting = Some(rows);
        }
        Ok(())
    }

    fn give(&mut self, piece: Piece) -> Result<(), StageError> {
        let writer = match &mut self.writer {
            Some(writer) => writer,
            none => none.insert(SegmentWriter::start(self.store.clone()).map_err(|error| {
                tracing::error!(%error, "no thread to write segments");
                CommitFailure::Other
            })?),
        };
        if writer.give(piece) { Ok(()) } else { self.finish_writing() }
    }

    /// Waits for what is being written.
    fn finish_writing(&mut self) -> Result<(), StageError> {
        let Some(writer) = self.writer.take() else { return Ok(()) };
        let (written, done) = writer.finish();
        self.written.extend(written);
        Ok(done?)
    }

    fn take(mut self, service: &Service, source: &str) -> Outcome {
        if let Some(error) = self.over.take() {
            return error.into();
        }
        let last = self.waiting.take().map_or(Ok(()), |rows| self.give(Piece::Rows(rows)));
        if let Err(error) = last.and_then(|()| self.finish_writing()) {
            return error.into();
        }
        let checked = match self.check.finish(&self.district.read()) {
            Ok(checked) => checked,
            Err(refusal) => return Outcome::Refused(refusal),
        };
        let command = Command::Import { source: source.to_owned(), segments: self.written.clone(), checked };
        let outcome = service.submit_blocking(vec![command]).pop().unwrap_or(Outcome::Failed(CommitFailure::Closed));
        if matches!(outcome, Outcome::Accepted(_)) {
            self.written.clear();
        }
        outcome
    }
}

impl Drop for Stage {
    /// Gives the space of segments that no event names back; what that misses the next start clears.
    fn drop(&mut self) {
        // What could not be written is of no more interest.
        let _ = self.finish_writing();
        if !self.written.is_empty()
            && let Err(error) = self.store.forget_segments(&self.written)
        {
            tracing::debug!(%error, "segments of a dropped import stay until the next start");
        }
    }
}
