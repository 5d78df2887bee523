//! Doors, with the area that holds them and how they stand in a round.

use super::{OutRow, Pieces, asked::Asked, moment::local, rows::kind_columns};
use crate::{
    kinds,
    table::{
        Cell,
        write::{Column, ColumnKind, ShapeType, TableSchema},
    },
};
use wangge_core::domain::{
    District, PastRound,
    row::{ImportRow, RowKind},
};

/// Doors taken under one hold of the lock.
const PIECE: u32 = 2_000;

/// Columns beside the kind's own, for reading only.
const BESIDES: [(&str, ColumnKind); 8] = [
    ("in_grid", ColumnKind::Text),
    ("in_block", ColumnKind::Text),
    ("round", ColumnKind::Text),
    ("round_state", ColumnKind::Text),
    ("attempts", ColumnKind::Integer),
    ("follow_up_due", ColumnKind::Bool),
    ("last_visit_at", ColumnKind::Text),
    ("last_visit_local", ColumnKind::DateTime),
];

/// The doors asked for.
pub(super) struct Households<'a> {
    asked: &'a Asked,
    next: u32,
}

impl<'a> Households<'a> {
    pub(super) fn of(asked: &'a Asked) -> Self {
        Self { asked, next: 0 }
    }

    fn row(&self, district: &District, past: Option<&PastRound<'_>>, door: u32) -> Option<OutRow> {
        let doors = district.households();
        let (mut cells, shape) = kinds::of(RowKind::Households).cells(&ImportRow::Household(doors.row(door)?));
        let code = |area: Option<u32>| {
            let area = area.and_then(|slot| district.areas().get(slot));
            area.map_or(Cell::Empty, |area| Cell::Text(area.code.clone()))
        };
        cells.extend([code(doors.grid(door)), code(doors.block(door))]);
        let (Some(past), Some(round)) = (past, &self.asked.round) else {
            return Some((cells, shape));
        };
        let (byte, last) = (past.byte(door), past.last_visit_at(door));
        cells.extend([
            Cell::Text(round.id.clone()),
            Cell::Text(byte.state().id().to_owned()),
            Cell::Integer(byte.attempts().into()),
            Cell::Bool(byte.follow_up_due()),
            last.map_or(Cell::Empty, |at| Cell::Text(at.to_string())),
            last.map_or(Cell::Empty, |at| Cell::DateTime(local(at))),
        ]);
        Some((cells, shape))
    }
}

impl Pieces for Households<'_> {
    fn schema(&self) -> TableSchema {
        let besides = BESIDES.map(|(name, kind)| Column::new(name, kind));
        let columns = kind_columns(RowKind::Households).into_iter().chain(besides).collect();
        TableSchema { name: "households".to_owned(), columns, shape: Some(ShapeType::Point) }
    }

    fn next(&mut self, district: &District, rows: &mut Vec<OutRow>) -> bool {
        let end = district.households().slots().end;
        let until = self.next.saturating_add(PIECE).min(end);
        let past = self.asked.round.as_ref().map(|round| district.as_of(round.index, self.asked.as_of));
        let is_asked = |door: &u32| self.asked.within.as_ref().is_none_or(|area| area.holds_door(district, *door));
        rows.extend((self.next..until).filter(is_asked).filter_map(|door| self.row(district, past.as_ref(), door)));
        self.next = until;
        until < end
    }
}
