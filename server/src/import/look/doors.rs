//! Doors, which come by the million: put into columns as they are read, and judged and set aside on a thread of their own.

use super::{
    Look, datum,
    file::OpenFile,
    judge::Judge,
    pass::{From, Taker},
};
use crate::import::{ImportError, Prepared, plan::Datum};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use wangge_core::domain::{
    Door, DoorColumns, DoorsBuilder,
    row::{ImportRow, RowKind},
};

/// Doors of a segment; a batch more at most.
const DOORS_A_SEGMENT: usize = 45_000;
/// Bytes of their ids, about.
const ID_BYTES: usize = DOORS_A_SEGMENT * 24;
/// Keys of refused rows that wait, at most.
const NAMED: usize = 4_096;
/// Segments that wait to be judged.
const WAITING: usize = 1;

/// Looks at doors.
pub(super) fn look(mut look: Look<'_>) -> Result<Prepared, ImportError> {
    let service = look.service;
    let judge = std::thread::scope(|scope| {
        let (give, given) = sync_channel(WAITING);
        let judging = scope.spawn(move || judged(Judge::begin(service, RowKind::Households), &given));
        let mut doors = Doors { built: builder(), named: Vec::new(), give };
        let read = look.pass(&mut doors).and_then(|()| doors.hand_on());
        drop(doors);
        let broken = || ImportError::Broken { file: look.request.source.clone() };
        // When judging failed, reading ended because of it.
        let judge = judging.join().map_err(|_| broken())??;
        read.map(|()| judge)
    })?;
    judge.decide(look)
}

fn judged<'a>(mut judge: Judge<'a>, given: &Receiver<Handed>) -> Result<Judge<'a>, ImportError> {
    for Handed { doors, named } in given {
        judge.named(named.into_iter());
        if !doors.is_empty() {
            judge.doors(doors)?;
        }
    }
    Ok(judge)
}

/// What is handed on at once.
struct Handed {
    doors: DoorColumns,
    /// Keys of rows refused meanwhile.
    named: Vec<String>,
}

struct Doors {
    /// Doors of this segment so far; they never become a list of rows.
    built: DoorsBuilder,
    named: Vec<String>,
    give: SyncSender<Handed>,
}

fn builder() -> DoorsBuilder {
    DoorsBuilder::with_capacity(DOORS_A_SEGMENT + DOORS_A_SEGMENT / 16, ID_BYTES)
}

impl Taker for Doors {
    fn row(&mut self, _: &mut Look<'_>, _: &From<'_>, row: ImportRow) -> Result<(), ImportError> {
        if let ImportRow::Household(row) = &row {
            self.built.push(Door::of(row));
        }
        Ok(())
    }

    fn door(&mut self, door: &Door<'_>) {
        // Doors refer to nothing, and their kind asks more of them than the district does.
        self.built.push(*door);
    }

    fn named(&mut self, key: &str) {
        self.named.push(key.to_owned());
    }

    fn datum(&mut self, look: &Look<'_>, file: &OpenFile) -> Result<Option<Datum>, ImportError> {
        Ok(datum::of_rows(look, file))
    }

    fn batch(&mut self, _: &mut Look<'_>) -> Result<(), ImportError> {
        if self.built.len() >= DOORS_A_SEGMENT {
            return self.hand_on();
        }
        if self.named.len() >= NAMED {
            return self.give(DoorColumns::default());
        }
        Ok(())
    }
}

impl Doors {
    /// Hands on what there is.
    fn hand_on(&mut self) -> Result<(), ImportError> {
        let built = std::mem::replace(&mut self.built, builder());
        self.give(built.finish())
    }

    fn give(&mut self, doors: DoorColumns) -> Result<(), ImportError> {
        let named = std::mem::take(&mut self.named);
        // Nobody takes it any more when judging failed, and that is told instead.
        self.give.send(Handed { doors, named }).map_err(|_| ImportError::Cancelled)
    }
}
