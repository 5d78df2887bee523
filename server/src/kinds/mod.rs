//! Kinds of rows: one file a kind says which fields it has, makes a row of cells, and cells of a row.
//!
//! A new kind is one file here, its row in the core, and its page in `data/schema`.

mod areas;
mod base;
mod date;
mod facilities;
pub mod field;
mod households;
mod made;
mod made_id;
mod number;
mod personal;
mod plain;
mod position;
mod roads;
#[cfg(test)]
mod schema;
mod shops;
mod staffing;
#[cfg(test)]
mod tests;
mod text;
mod values;
mod word;

pub use field::{Field, FieldFault, ShapeNeed};
pub use made::{Made, MadeDoor};
pub use personal::is_personal;
pub use plain::plain;
pub use values::{Origin, Values, folded_text};

use crate::table::{Cell, RawShape};
use made_id::made_id;
use wangge_core::domain::row::{ImportRow, RowKind};

/// What a kind knows of its rows.
pub trait Kind: Sync {
    /// Which rows these are.
    fn kind(&self) -> RowKind;

    /// The shape a row needs.
    fn shape(&self) -> ShapeNeed;

    /// Its fields, in the order they are written out.
    fn fields(&self) -> &'static [Field];

    /// Whether rows are of people's homes or posts, so that a column called `name` is a person's.
    fn is_of_people(&self) -> bool {
        false
    }

    /// What stands for a key that no column gives, in words for the mapping; none where a key must be given.
    fn key_made(&self) -> Option<&'static str> {
        None
    }

    /// A row of mapped values, its geometry through the gate.
    ///
    /// # Errors
    /// [`FieldFault`] naming the field that is wrong, with its value and what would be right.
    fn row(&self, values: &Values<'_>) -> Result<ImportRow, FieldFault>;

    /// The same without a copy of what can stay in the cells, for kinds of which millions of rows come.
    ///
    /// # Errors
    /// As [`Kind::row`].
    fn made<'a>(&self, values: &Values<'a>) -> Result<Made<'a>, FieldFault> {
        self.row(values).map(Made::Row)
    }

    /// Values of a row in the order of [`Kind::fields`], and its shape in CRS84: the inverse of [`Kind::row`]. A row of
    /// another kind has none.
    fn cells(&self, row: &ImportRow) -> (Vec<Cell>, Option<RawShape>);
}

static ALL: [&dyn Kind; 7] = [
    &areas::Areas,
    &households::Households,
    &roads::Roads,
    &base::Base,
    &facilities::Facilities,
    &shops::Shops,
    &staffing::Staffing,
];

/// Every kind, in the order in which one may refer to those before it.
pub fn all() -> &'static [&'static dyn Kind] {
    &ALL
}

/// The kind of some rows.
pub fn of(kind: RowKind) -> &'static dyn Kind {
    match kind {
        RowKind::Areas => &areas::Areas,
        RowKind::Households => &households::Households,
        RowKind::Roads => &roads::Roads,
        RowKind::Base => &base::Base,
        RowKind::Facilities => &facilities::Facilities,
        RowKind::Shops => &shops::Shops,
        RowKind::Staffing => &staffing::Staffing,
    }
}

/// A cell of a text that may be empty.
fn optional(text: &str) -> Cell {
    if text.is_empty() { Cell::Empty } else { Cell::Text(text.to_owned()) }
}

/// A cell of a day kept as text.
fn day(text: Option<&str>) -> Cell {
    text.map_or(Cell::Empty, |text| text.parse().map_or_else(|_| Cell::Text(text.to_owned()), Cell::Date))
}
