//! The values of a row under the names of its kind's fields.

use super::field::{Field, FieldFault};
use crate::table::{Cell, RawShape};
use std::borrow::Cow;
use wangge_core::format::address::folded;

static NOTHING: Cell = Cell::Empty;

/// Where the values of a field come from.
#[derive(Debug, Clone, PartialEq)]
pub enum Origin {
    /// From nowhere.
    Absent,
    /// From a column, by its number.
    Column(usize),
    /// The same for every row.
    Constant(Cell),
}

/// Origins of cells that stand in the order of the fields.
static IN_ORDER: [Origin; 16] = {
    use Origin::Column as C;
    [C(0), C(1), C(2), C(3), C(4), C(5), C(6), C(7), C(8), C(9), C(10), C(11), C(12), C(13), C(14), C(15)]
};

/// A row's values under the names of the fields, its shape already in CRS84 degrees.
#[derive(Debug, Clone, Copy)]
pub struct Values<'a> {
    fields: &'static [Field],
    origins: &'a [Origin],
    cells: &'a [Cell],
    shape: Option<&'a RawShape>,
}

impl<'a> Values<'a> {
    /// Values of fields, each from its origin among the cells of a row.
    pub fn new(
        fields: &'static [Field],
        origins: &'a [Origin],
        cells: &'a [Cell],
        shape: Option<&'a RawShape>,
    ) -> Self {
        Self { fields, origins, cells, shape }
    }

    /// Values that stand in the order of the fields, as [`Kind::cells`](super::Kind::cells) gives them.
    pub fn in_order(fields: &'static [Field], cells: &'a [Cell], shape: Option<&'a RawShape>) -> Self {
        Self::new(fields, &IN_ORDER, cells, shape)
    }

    /// The value of the n-th field; empty where the row has none.
    pub fn cell(&self, field: usize) -> &'a Cell {
        match self.origins.get(field) {
            Some(Origin::Column(column)) => self.cells.get(*column).unwrap_or(&NOTHING),
            Some(Origin::Constant(cell)) => cell,
            Some(Origin::Absent) | None => &NOTHING,
        }
    }

    /// Whether anything is mapped to the n-th field.
    pub fn is_mapped(&self, field: usize) -> bool {
        !matches!(self.origins.get(field), Some(Origin::Absent) | None)
    }

    /// The shape, unchecked.
    pub fn shape(&self) -> Option<&'a RawShape> {
        self.shape
    }

    /// A fault of the n-th field.
    pub fn fault(&self, field: usize, message: impl ToString) -> FieldFault {
        FieldFault { field: self.fields.get(field).map_or("row", |f| f.name), message: message.to_string() }
    }
}

/// Text of a cell with full-width signs narrow and nothing at the ends: for codes, numbers and words of a list.
pub fn folded_text(cell: &Cell) -> Cow<'_, str> {
    match cell {
        Cell::Text(text) => folded(text),
        other => other.text(),
    }
}

/// A value for a message, short.
pub(super) fn shown(text: &str) -> String {
    let short: String = text.chars().take(40).collect();
    if short.len() < text.len() { format!("{:?}…", short) } else { format!("{short:?}") }
}
