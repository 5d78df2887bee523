//! What a table to be written looks like: its name, its columns, the shape of its rows.

use crate::table::RawShape;
use std::fmt;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnKind {
    /// Text; takes every value, as a person would write it.
    Text,
    /// Whole numbers.
    Integer,
    /// Numbers.
    Real,
    /// Yes or no.
    Bool,
    /// Days.
    Date,
    /// Moments on a calendar and clock without a zone.
    DateTime,
}

impl ColumnKind {
    /// The word for it in messages.
    pub fn word(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Integer => "whole numbers",
            Self::Real => "numbers",
            Self::Bool => "yes or no",
            Self::Date => "days",
            Self::DateTime => "days with a time",
        }
    }
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its name in the header.
    pub name: String,
    /// What it holds.
    pub kind: ColumnKind,
}

impl Column {
    /// A column.
    pub fn new(name: impl Into<String>, kind: ColumnKind) -> Self {
        Self { name: name.into(), kind }
    }
}

/// The shape of a table's rows. A row may also have none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ShapeType {
    /// One position.
    Point,
    /// One line.
    LineString,
    /// Lines; single ones are written as several.
    MultiLineString,
    /// One polygon.
    Polygon,
    /// Polygons; single ones are written as several.
    MultiPolygon,
    /// Whatever a row has.
    Any,
}

impl ShapeType {
    /// Whether a shape may stand in a table of this type.
    pub fn takes(self, shape: &RawShape) -> bool {
        match (self, shape) {
            (Self::Any, _)
            | (Self::Point, RawShape::Point(_))
            | (Self::MultiLineString, RawShape::Lines(_))
            | (Self::MultiPolygon, RawShape::Polygons(_)) => true,
            (Self::LineString, RawShape::Lines(lines)) => lines.len() == 1,
            (Self::Polygon, RawShape::Polygons(polygons)) => polygons.len() == 1,
            _ => false,
        }
    }

    /// Whether a single line or polygon is written as several, so that every row is of one type.
    pub(super) fn is_multi(self) -> bool {
        matches!(self, Self::MultiLineString | Self::MultiPolygon)
    }
}

impl fmt::Display for ShapeType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Point => "Point",
            Self::LineString => "LineString",
            Self::MultiLineString => "MultiLineString",
            Self::Polygon => "Polygon",
            Self::MultiPolygon => "MultiPolygon",
            Self::Any => "Geometry",
        })
    }
}

/// What a table looks like. Positions are CRS84: WGS-84 degrees, longitude first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableSchema {
    /// Name of the layer, sheet or collection.
    pub name: String,
    /// Columns, in order.
    pub columns: Vec<Column>,
    /// The shape of its rows; none when they never have one.
    pub shape: Option<ShapeType>,
}

impl TableSchema {
    /// The same with a name in every column and no name twice: later ones get `_2`, `_3`, … `same` says which names
    /// are the same for a format.
    pub(super) fn distinct(&self, same: impl Fn(&str, &str) -> bool) -> Self {
        let mut columns: Vec<Column> = Vec::with_capacity(self.columns.len());
        for (at, column) in self.columns.iter().enumerate() {
            let wanted = if column.name.trim().is_empty() { format!("column_{}", at + 1) } else { column.name.clone() };
            let is_free = |name: &str| !columns.iter().any(|earlier| same(&earlier.name, name));
            let name = free_name(&wanted, is_free);
            columns.push(Column { name, kind: column.kind });
        }
        Self { name: self.name.clone(), columns, shape: self.shape }
    }

    /// A name no column has, `wanted` if possible.
    pub(super) fn free(&self, wanted: &str) -> String {
        free_name(wanted, |name| !self.columns.iter().any(|column| column.name.eq_ignore_ascii_case(name)))
    }
}

fn free_name(wanted: &str, is_free: impl Fn(&str) -> bool) -> String {
    if is_free(wanted) {
        return wanted.to_owned();
    }
    let numbered = (2u32..).map(|n| format!("{wanted}_{n}")).find(|name| is_free(name));
    // There are more numbers than columns.
    numbered.unwrap_or_else(|| wanted.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_get_names_that_differ() {
        let columns = ["id", "", "ID", "id", "id_2"].map(|name| Column::new(name, ColumnKind::Text)).to_vec();
        let schema = TableSchema { name: "t".into(), columns, shape: None };
        let names = |schema: TableSchema| schema.columns.into_iter().map(|c| c.name).collect::<Vec<_>>();
        assert_eq!(names(schema.distinct(|a, b| a == b)), ["id", "column_2", "ID", "id_2", "id_2_2"]);
        let folded = schema.distinct(str::eq_ignore_ascii_case);
        assert_eq!(names(folded.clone()), ["id", "column_2", "ID_2", "id_3", "id_2_2"]);
        assert_eq!((folded.free("geom"), folded.free("Id")), ("geom".to_owned(), "Id_4".to_owned()));
    }

    #[test]
    fn a_single_line_stands_in_a_table_of_several_and_not_the_other_way_round() {
        let one = RawShape::Lines(vec![vec![[0.0, 0.0], [1.0, 1.0]]]);
        let two = RawShape::Lines(vec![vec![[0.0, 0.0], [1.0, 1.0]]; 2]);
        assert!(ShapeType::MultiLineString.takes(&one) && ShapeType::LineString.takes(&one));
        assert!(ShapeType::MultiLineString.takes(&two) && !ShapeType::LineString.takes(&two));
        assert!(!ShapeType::MultiPolygon.takes(&one) && ShapeType::Any.takes(&two));
    }
}
