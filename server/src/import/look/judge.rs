//! Says of rows what they would do to the district, and sets aside those that may come in.

use super::Look;
use crate::{
    commit::{Service, Staging},
    import::{
        ImportError, Prepared,
        features::{Change, Features, Outline},
        ground::{Covered, Grids, point_of},
        plan::{Assignment, Counts},
        progress::Stage,
    },
};
use std::sync::Arc;
use wangge_core::{
    domain::{
        District, DoorColumns, Standing,
        event::SegmentRows,
        row::{ImportRow, RowKind},
    },
    geometry::position::FixedPoint,
};

/// Doors judged under one hold of the district.
const DOORS_AT_ONCE: usize = 4_096;

/// What was found of the rows so far. Rows that are refused are not its business.
pub(super) struct Judge<'a> {
    service: &'a Arc<Service>,
    kind: RowKind,
    grids: Option<Grids>,
    covered: Covered,
    counts: Counts,
    assignment: Assignment,
    features: Features,
    /// Slot of the known door that came last.
    last: u32,
    staging: Staging,
}

impl<'a> Judge<'a> {
    /// Nothing came yet; rows are held against the district as it is now.
    pub(super) fn begin(service: &'a Arc<Service>, kind: RowKind) -> Self {
        let has_places = matches!(kind, RowKind::Households | RowKind::Facilities | RowKind::Shops);
        Self {
            service,
            kind,
            grids: has_places.then(|| Grids::in_force(service)),
            covered: Covered::default(),
            counts: Counts::default(),
            assignment: Assignment::default(),
            features: Features::new(),
            last: u32::MAX,
            staging: service.stage(),
        }
    }

    /// Rows that are refused have these keys.
    pub(super) fn named(&mut self, keys: impl Iterator<Item = String>) {
        let district = self.service.district.read();
        for key in keys {
            self.covered.note(district.slot_of(self.kind, &key), None);
        }
    }

    /// Takes doors: a segment.
    pub(super) fn doors(&mut self, doors: DoorColumns) -> Result<(), ImportError> {
        for first in (0..doors.len()).step_by(DOORS_AT_ONCE) {
            let district = self.service.district.read();
            let empty = district.households().is_empty();
            for door in (first..doors.len().min(first + DOORS_AT_ONCE)).map(|row| doors.get(row)) {
                let (standing, slot) =
                    if empty { (Standing::New, None) } else { district.door_standing(&door, self.last) };
                self.last = slot.unwrap_or(self.last);
                let (counts, assignment) = (&mut self.counts, &mut self.assignment);
                let grid = self.grids.as_ref().and_then(|grids| grids.count(door.at, door.id, counts, assignment));
                self.covered.note(slot, grid);
                let was = slot.map(|slot| district.households().at(slot));
                let judged = Judged { key: door.id, at: Some(door.at), was };
                self.note(&judged, &standing, || Outline::Point(door.at));
            }
        }
        Ok(self.staging.add_doors(doors)?)
    }

    /// Takes other rows, a few thousand at most.
    pub(super) fn rows(&mut self, rows: &mut Vec<ImportRow>) -> Result<(), ImportError> {
        let district = self.service.district.read();
        let empty = district.count(self.kind) == 0;
        for row in &*rows {
            let standing = if empty { Standing::New } else { district.standing(row) };
            let slot = if empty { None } else { district.slot_of(self.kind, row.key()) };
            let at = point_of(row);
            let grid = self.grids.as_ref().zip(at).and_then(|(grids, at)| grids.locate(at));
            self.covered.note(slot, grid);
            let was = || slot.and_then(|slot| district.row(self.kind, slot)).and_then(|row| point_of(&row));
            let is_moved = matches!(standing, Standing::Changed { moved_m: Some(_), .. });
            let judged = Judged { key: row.key(), at, was: is_moved.then(was).flatten() };
            self.note(&judged, &standing, || Outline::of(row));
        }
        drop(district);
        let mut staged = SegmentRows::empty(self.kind);
        for row in rows.drain(..) {
            let other = staged.push(row);
            debug_assert!(other.is_none(), "every row of a file is of the kind that was asked for");
        }
        if staged.is_empty() { Ok(()) } else { Ok(self.staging.add(staged)?) }
    }

    /// Counts a row and shows it on the map.
    fn note(&mut self, row: &Judged<'_>, standing: &Standing, outline: impl Fn() -> Outline) {
        let drawn = || (row.key.to_owned(), outline());
        match standing {
            Standing::Same => self.counts.same += 1,
            Standing::New => {
                self.counts.added += 1;
                self.features.offer(Change::Added, drawn, None);
            }
            Standing::Changed { moved_m: Some(_), .. } => {
                self.counts.moved += 1;
                let line = row.was.zip(row.at).map(|(from, to)| Outline::Move(from, to));
                let moved = || (row.key.to_owned(), line.unwrap_or_else(&outline));
                self.features.offer(Change::Moved, moved, None);
            }
            Standing::Changed { fields, .. } => {
                self.counts.changed += 1;
                self.features.offer(Change::Changed, drawn, Some(&fields.join(", ")));
            }
        }
    }

    /// Sums up, once every row came.
    pub(super) fn decide(self, mut look: Look<'_>) -> Result<Prepared, ImportError> {
        look.progress.at(Stage::Checking, 0, look.bytes, look.counts.rows);
        look.counts = Counts { rows: look.counts.rows, refused: look.counts.refused, ..self.counts };
        look.assignment = self.assignment;
        look.features = look.features.with(self.features);
        let mut vanished = Vec::new();
        if let Some(grids) = &self.grids {
            let district = look.service.district.read();
            let found = self.covered.vanished(&district, self.kind, grids, &mut look.features);
            (vanished, look.counts.vanished) = found;
            look.counts.unassigned_now = unassigned(&district);
        }
        look.decide(self.staging, vanished)
    }
}

/// A row beside the one that has its key.
struct Judged<'a> {
    key: &'a str,
    /// Where it is, and where it was.
    at: Option<FixedPoint>,
    was: Option<FixedPoint>,
}

/// Doors of the district that lie in no grid.
pub(super) fn unassigned(district: &District) -> u64 {
    let doors = district.households();
    doors.slots().filter(|door| doors.grid(*door).is_none()).count() as u64
}
