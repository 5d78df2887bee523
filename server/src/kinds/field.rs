//! Fields of a kind, and the values of a row under their names.

use crate::table::{Cell, RawShape};

/// A field of a kind.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// Its name in files and addresses.
    pub name: &'static str,
    /// Whether a row without it is refused.
    pub needed: bool,
    /// Other names of a column that means it, Chinese and English, in lower case without spaces, `_` and `-`.
    pub synonyms: &'static [&'static str],
    /// What it takes, in a few English words, for messages and templates.
    pub takes: &'static str,
    /// What it means, in Chinese, for templates.
    pub zh: &'static str,
}

/// The shape a kind's rows need.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ShapeNeed {
    /// None at all.
    None,
    /// One position.
    Point,
    /// A line.
    Line,
    /// Polygons.
    Polygons,
    /// Whatever the row's class needs.
    Any,
}

/// A row's values under the names of the fields, its shape already in CRS84 degrees.
#[derive(Debug, Clone, Copy)]
pub struct Values<'a> {
    /// Values in the order of the kind's fields; none where no column is mapped.
    pub cells: &'a [Option<&'a Cell>],
    /// The fields.
    pub fields: &'static [Field],
    /// The shape, unchecked.
    pub shape: Option<&'a RawShape>,
}

/// Why a value does not fit its field.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {message}")]
pub struct FieldFault {
    /// Name of the field, or `geometry`.
    pub field: &'static str,
    /// What is wrong, with which value, and what would be right.
    pub message: String,
}
