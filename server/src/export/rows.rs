//! Roads, the base map, facilities, shops and posts: rows as an import takes them.

use super::{OutRow, Pieces, asked::Asked};
use crate::{
    kinds::{self, ShapeNeed},
    table::{
        Cell, RawShape,
        write::{Column, ColumnKind, ShapeType, TableSchema},
    },
};
use jiff::civil::Date;
use wangge_core::{
    domain::{
        District,
        dates::date_of,
        row::{ImportRow, RowKind},
        staffing::StaffingRow,
    },
    geometry::position::{FixedPoint, lonlat_from_fixed},
};

/// Rows taken under one hold of the lock.
const PIECE: u32 = 1_000;

/// A kind's own columns.
pub(super) fn kind_columns(kind: RowKind) -> Vec<Column> {
    kinds::of(kind).fields().iter().map(|field| Column::new(field.name, field.column)).collect()
}

/// The rows asked for.
pub(super) struct Rows<'a> {
    kind: RowKind,
    asked: &'a Asked,
    next: u32,
}

impl<'a> Rows<'a> {
    pub(super) fn of(kind: RowKind, asked: &'a Asked) -> Self {
        Self { kind, asked, next: 0 }
    }

    fn is_asked(&self, district: &District, row: &ImportRow) -> bool {
        let is_in_force = match row {
            ImportRow::Staffing(row) => self.asked.day.is_none_or(|day| holds_on(row, day)),
            _ => true,
        };
        let is_within = self.asked.within.as_ref().is_none_or(|within| match row {
            ImportRow::Road(row) => within.region.meets_line(&row.line),
            ImportRow::Base(row) => within.region.meets(&row.shape),
            ImportRow::Facility(row) => within.region.holds(row.at),
            ImportRow::Shop(row) => within.region.holds(row.at),
            ImportRow::Staffing(row) => {
                let grid = district.areas().by_code(&row.grid);
                grid.is_some_and(|grid| district.areas().up(grid).any(|area| area == within.area))
            }
            ImportRow::Area(_) | ImportRow::Household(_) => false,
        });
        is_in_force && is_within
    }

    fn row(&self, district: &District, row: &ImportRow) -> OutRow {
        let (mut cells, shape) = kinds::of(self.kind).cells(row);
        let ImportRow::Staffing(row) = row else { return (cells, shape) };
        // Where the grid's name stands on the map, so that posts can be looked at there.
        let grid = district.areas().by_code(&row.grid).and_then(|slot| district.areas().get(slot));
        cells.push(grid.map_or(Cell::Empty, |grid| Cell::Text(grid.name.clone())));
        (cells, grid.map(|grid| point(grid.label)))
    }
}

impl Pieces for Rows<'_> {
    fn schema(&self) -> TableSchema {
        let mut columns = kind_columns(self.kind);
        if self.kind == RowKind::Staffing {
            columns.push(Column::new("in_grid_name", ColumnKind::Text));
        }
        let shape = match kinds::of(self.kind).shape() {
            ShapeNeed::None | ShapeNeed::Point => ShapeType::Point,
            ShapeNeed::Line => ShapeType::LineString,
            ShapeNeed::Polygons => ShapeType::MultiPolygon,
            ShapeNeed::Any => ShapeType::Any,
        };
        TableSchema { name: self.kind.id().to_owned(), columns, shape: Some(shape) }
    }

    fn next(&mut self, district: &District, rows: &mut Vec<OutRow>) -> bool {
        let end = district.count(self.kind);
        let until = self.next.saturating_add(PIECE).min(end);
        let found = (self.next..until).filter_map(|slot| district.row(self.kind, slot));
        rows.extend(found.filter(|row| self.is_asked(district, row)).map(|row| self.row(district, &row)));
        self.next = until;
        until < end
    }
}

/// A position as files have it.
pub(super) fn point(at: FixedPoint) -> RawShape {
    let at = lonlat_from_fixed(at);
    RawShape::Point([at.lon(), at.lat()])
}

fn holds_on(row: &StaffingRow, day: Date) -> bool {
    let date = |text: &Option<String>| text.as_deref().and_then(date_of);
    date(&row.starts_on).is_none_or(|start| start <= day) && date(&row.ends_on).is_none_or(|end| day < end)
}
