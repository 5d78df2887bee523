//! Kinds of rows: one file a kind says which fields it has, makes a row of cells, and cells of a row.
//!
//! A new kind is one file here, its row in the core, and its page in `data/schema`.

pub mod field;

pub use field::{Field, FieldFault, ShapeNeed, Values};

use crate::table::{Cell, RawShape};
use wangge_core::domain::row::{ImportRow, RowKind};

/// What a kind knows of its rows.
pub trait Kind: Sync {
    /// Which rows these are.
    fn kind(&self) -> RowKind;

    /// The shape a row needs.
    fn shape(&self) -> ShapeNeed;

    /// Its fields, in the order they are written out.
    fn fields(&self) -> &'static [Field];

    /// A row of mapped values, its geometry through the gate.
    ///
    /// # Errors
    /// [`FieldFault`] naming the field that is wrong, with its value and what would be right.
    fn row(&self, values: &Values<'_>) -> Result<ImportRow, FieldFault>;

    /// Values of a row in the order of [`Kind::fields`], and its shape in CRS84: the inverse of [`Kind::row`].
    fn cells(&self, row: &ImportRow) -> (Vec<Cell>, Option<RawShape>);
}
