//! Areas in force on a day, with the doors in them and the figures of a round.

use super::{OutRow, Pieces, asked::Asked, rows::kind_columns};
use crate::{
    commit::Service,
    kinds,
    table::{
        Cell,
        write::{Column, ColumnKind, ShapeType, TableSchema},
    },
};
use jiff::civil::Date;
use wangge_core::domain::{
    Area, District,
    area::AreaRow,
    dates::date_of,
    figures::Counts,
    row::{ImportRow, RowKind},
    visit::DoorByte,
};

/// Areas taken under one hold of the lock.
const PIECE: u32 = 100;
/// Doors whose past is looked up under one hold of the lock.
const DOORS: u32 = 5_000;

/// Columns beside the kind's own, for reading only.
const BESIDES: [(&str, ColumnKind); 7] = [
    ("doors", ColumnKind::Integer),
    ("round", ColumnKind::Text),
    ("eligible", ColumnKind::Integer),
    ("touched", ColumnKind::Integer),
    ("reached", ColumnKind::Integer),
    ("untouched", ColumnKind::Integer),
    ("reached_share", ColumnKind::Real),
];

/// The areas asked for.
pub(super) struct Areas<'a> {
    asked: &'a Asked,
    /// By slot; none without a round.
    counts: Option<Vec<Counts>>,
    next: u32,
}

impl<'a> Areas<'a> {
    /// The areas asked for; none when rows came in while their figures were counted.
    pub(super) fn of(service: &Service, asked: &'a Asked) -> Option<Self> {
        let counts = match &asked.round {
            None => None,
            Some(round) => Some(counts(service, asked, round.index)?),
        };
        Some(Self { asked, counts, next: 0 })
    }

    /// The version asked for of the area at a slot, and whether it is that of today.
    fn version(&self, district: &District, area: &Area) -> Option<(AreaRow, bool)> {
        let is_asked = |within: &super::asked::Within| {
            district.areas().up(area.slot).any(|slot| slot == within.area) || area.code == within.code
        };
        if self.asked.within.as_ref().is_some_and(|within| !is_asked(within)) {
            return None;
        }
        let row = district.areas().row(area.slot)?;
        match self.asked.day {
            None => (!area.ended).then_some((row, true)),
            Some(day) if is_in_force(&row, day) => Some((row, !area.ended)),
            Some(day) => area.former.iter().find(|row| is_in_force(row, day)).map(|row| (row.clone(), false)),
        }
    }

    fn row(&self, area: &Area, (row, is_todays): (AreaRow, bool)) -> OutRow {
        let (mut cells, shape) = kinds::of(RowKind::Areas).cells(&ImportRow::Area(row));
        // Doors are assigned to the areas of today; another version has no figures of its own.
        if !is_todays {
            return (cells, shape);
        }
        cells.push(Cell::Integer(area.doors.into()));
        let counts = self.counts.as_ref().and_then(|counts| counts.get(area.slot as usize));
        if let (Some(counts), Some(round)) = (counts, &self.asked.round) {
            let number = |count: u32| Cell::Integer(count.into());
            let share = f64::from(counts.reached) / f64::from(counts.eligible);
            cells.extend([
                Cell::Text(round.id.clone()),
                number(counts.eligible),
                number(counts.touched),
                number(counts.reached),
                number(counts.eligible - counts.touched),
                if counts.eligible == 0 { Cell::Empty } else { Cell::Real((share * 1e4).round() / 1e4) },
            ]);
        }
        (cells, shape)
    }
}

impl Pieces for Areas<'_> {
    fn schema(&self) -> TableSchema {
        let besides = BESIDES.map(|(name, kind)| Column::new(name, kind));
        let columns = kind_columns(RowKind::Areas).into_iter().chain(besides).collect();
        TableSchema { name: "areas".to_owned(), columns, shape: Some(ShapeType::MultiPolygon) }
    }

    fn next(&mut self, district: &District, rows: &mut Vec<OutRow>) -> bool {
        let end = district.areas().len() as u32;
        let until = self.next.saturating_add(PIECE).min(end);
        let slots = self.next..until;
        let found = slots.filter_map(|slot| district.areas().get(slot));
        rows.extend(found.filter_map(|area| Some(self.row(area, self.version(district, area)?))));
        self.next = until;
        until < end
    }
}

/// Whether a version is in force on a day.
fn is_in_force(row: &AreaRow, day: Date) -> bool {
    let date = |text: &Option<String>| text.as_deref().and_then(date_of);
    date(&row.starts_on).is_none_or(|start| start <= day) && date(&row.ends_on).is_none_or(|end| day < end)
}

/// Counts of every area in a round; none when rows came in meanwhile.
fn counts(service: &Service, asked: &Asked, round: usize) -> Option<Vec<Counts>> {
    let mut bytes: Vec<DoorByte> = Vec::new();
    loop {
        let district = service.district.read();
        if district.rows_version() != asked.rows_version {
            return None;
        }
        if asked.is_now && district.seq() == asked.seq {
            return Some(district.rounds()[round].areas.clone());
        }
        let past = district.as_of(round, asked.as_of);
        let (from, end) = (bytes.len() as u32, district.households().slots().end);
        let until = from.saturating_add(DOORS).min(end);
        bytes.extend((from..until).map(|door| past.byte(door)));
        if until == end {
            return Some(district.counts_of(&bytes));
        }
    }
}
