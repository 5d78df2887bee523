//! Rows of every kind but areas: judged a few thousand at a time and set aside at once, so that memory stays flat.

use super::{
    Look, datum,
    file::OpenFile,
    pass::{From, Taker},
    refer,
};
use crate::{
    commit::Staging,
    import::{
        ImportError, Prepared,
        features::{Change, Outline},
        ground::{Covered, Grids, point_of},
        plan::Datum,
        progress::Stage,
    },
};
use wangge_core::domain::{
    District, Door, DoorsBuilder, Standing,
    event::SegmentRows,
    row::{ImportRow, RowKind},
};

/// Doors of a segment; a batch more at most.
const DOORS_A_SEGMENT: usize = 45_000;
/// Bytes of their ids, about.
const ID_BYTES: usize = DOORS_A_SEGMENT * 24;

/// Looks at rows that can be judged one by one.
pub(super) fn look(mut look: Look<'_>) -> Result<Prepared, ImportError> {
    let kind = look.request.kind;
    let grids = matches!(kind, RowKind::Households | RowKind::Facilities | RowKind::Shops)
        .then(|| Grids::in_force(look.service));
    let mut taker = Rows {
        kind,
        grids,
        covered: Covered::default(),
        named: Vec::new(),
        batch: Vec::new(),
        doors: DoorsBuilder::with_capacity(0, 0),
        staging: look.service.stage(),
    };
    look.pass(&mut taker)?;
    taker.stage_doors()?;
    look.progress.at(Stage::Checking, 0, look.bytes, look.counts.rows);
    if let Some(grids) = &taker.grids {
        let district = look.service.district.read();
        let (vanished, count) = taker.covered.vanished(&district, kind, grids, &mut look.features);
        look.counts.vanished = count;
        look.counts.unassigned_now = unassigned(&district);
        drop(district);
        return look.decide(taker.staging, vanished);
    }
    look.decide(taker.staging, Vec::new())
}

/// Doors of the district that lie in no grid.
pub(super) fn unassigned(district: &District) -> u64 {
    let doors = district.households();
    doors.slots().filter(|door| doors.grid(*door).is_none()).count() as u64
}

struct Rows {
    kind: RowKind,
    grids: Option<Grids>,
    covered: Covered,
    /// Keys of refused rows, until the batch is over.
    named: Vec<String>,
    batch: Vec<ImportRow>,
    /// Doors of this segment so far; they are many, and never become a list of rows.
    doors: DoorsBuilder,
    staging: Staging,
}

impl Taker for Rows {
    fn row(&mut self, look: &mut Look<'_>, from: &From<'_>, row: ImportRow) -> Result<(), ImportError> {
        if let Some(reason) = refer::to_nothing(look.service, &row) {
            self.named(row.key());
            return look.refuse(Some(row.key()), &reason, from.kept(), None);
        }
        self.batch.push(row);
        Ok(())
    }

    fn named(&mut self, key: &str) {
        self.named.push(key.to_owned());
    }

    fn datum(&mut self, look: &Look<'_>, file: &OpenFile) -> Result<Option<Datum>, ImportError> {
        Ok(datum::of_rows(look, file))
    }

    fn batch(&mut self, look: &mut Look<'_>) -> Result<(), ImportError> {
        self.judge(look);
        let mut rows = SegmentRows::empty(self.kind);
        for row in self.batch.drain(..) {
            match row {
                ImportRow::Household(row) => self.doors.push(Door::of(&row)),
                row => {
                    let other = rows.push(row);
                    debug_assert!(other.is_none(), "every row of a file is of the kind that was asked for");
                }
            }
        }
        if self.doors.len() >= DOORS_A_SEGMENT {
            self.stage_doors()?;
        }
        if rows.is_empty() { Ok(()) } else { Ok(self.staging.add(rows)?) }
    }
}

impl Rows {
    /// Sets the doors aside that came since the last time.
    fn stage_doors(&mut self) -> Result<(), ImportError> {
        let doors = std::mem::replace(&mut self.doors, DoorsBuilder::with_capacity(DOORS_A_SEGMENT, ID_BYTES));
        if doors.is_empty() { Ok(()) } else { Ok(self.staging.add_doors(doors.finish())?) }
    }

    /// Says of every row what it would do.
    fn judge(&mut self, look: &mut Look<'_>) {
        let district = look.service.district.read();
        let empty = district.count(self.kind) == 0;
        for key in self.named.drain(..) {
            if let Some(slot) = district.slot_of(self.kind, &key) {
                self.covered.name(slot);
            }
        }
        for row in &self.batch {
            let standing = if empty { Standing::New } else { district.standing(row) };
            let at = point_of(row);
            if let (Some(grids), Some(at)) = (&self.grids, at) {
                let grid = match self.kind {
                    RowKind::Households => grids.count(at, row.key(), &mut look.counts, &mut look.assignment),
                    _ => grids.locate(at),
                };
                if let Some(grid) = grid {
                    self.covered.reach(grid);
                }
            }
            let slot = if empty { None } else { district.slot_of(self.kind, row.key()) };
            if let Some(slot) = slot {
                self.covered.name(slot);
            }
            let drawn = || (row.key().to_owned(), Outline::of(row));
            match standing {
                Standing::Same => look.counts.same += 1,
                Standing::New => {
                    look.counts.added += 1;
                    look.features.offer(Change::Added, drawn, None);
                }
                Standing::Changed { moved_m: Some(_), .. } => {
                    look.counts.moved += 1;
                    let moved = || {
                        let from = slot.and_then(|slot| district.row(self.kind, slot)).and_then(|row| point_of(&row));
                        let line = from.zip(at).map(|(from, to)| Outline::Move(from, to));
                        (row.key().to_owned(), line.unwrap_or_else(|| Outline::of(row)))
                    };
                    look.features.offer(Change::Moved, moved, None);
                }
                Standing::Changed { fields, .. } => {
                    look.counts.changed += 1;
                    look.features.offer(Change::Changed, drawn, Some(&fields.join(", ")));
                }
            }
        }
    }
}
