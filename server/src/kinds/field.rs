//! Fields of a kind: their names, the words by which a column is known to mean one, and what they take.

use super::values::folded_text;
use crate::table::Cell;
use crate::table::write::ColumnKind;

/// A field of a kind.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// Its name in files and addresses.
    pub name: &'static str,
    /// Whether a row without it is refused.
    pub needed: bool,
    /// Other names of a column that means it, Chinese and English, the surest first, as [`plain`](super::plain) writes
    /// them, one space between.
    pub synonyms: &'static str,
    /// What it takes, in a few English words, for messages and templates.
    pub takes: &'static str,
    /// What it means, in Chinese, for templates.
    pub zh: &'static str,
    /// What a column of it holds when it is written out.
    pub column: ColumnKind,
    /// Whether its values differ from row to row.
    pub is_key: bool,
    /// Whether a column may be known by its values alone.
    pub by_content: bool,
    /// Whether a value can stand in it. A column none of whose values can is not taken for it by its name.
    pub fits: fn(&Cell) -> bool,
}

impl Field {
    /// A field that may be absent and takes any text.
    pub const fn new(name: &'static str, takes: &'static str, zh: &'static str) -> Self {
        Self {
            name,
            takes,
            zh,
            needed: false,
            synonyms: "",
            column: ColumnKind::Text,
            is_key: false,
            by_content: false,
            fits: |cell| !cell.is_empty(),
        }
    }

    /// The same, needed.
    pub const fn needed(self) -> Self {
        Self { needed: true, ..self }
    }

    /// The same with other names of its column.
    pub const fn or(self, synonyms: &'static str) -> Self {
        Self { synonyms, ..self }
    }

    /// The same, written out as something else than text.
    pub const fn column(self, column: ColumnKind) -> Self {
        Self { column, ..self }
    }

    /// The same, taking only columns in which some value fits.
    pub const fn fits(self, fits: fn(&Cell) -> bool) -> Self {
        Self { fits, ..self }
    }

    /// The same, also known by values that all fit.
    pub const fn known_by(self, fits: fn(&Cell) -> bool) -> Self {
        Self { fits, by_content: true, ..self }
    }

    /// The same, telling rows apart: known by values that all fit and all differ.
    pub const fn key(self) -> Self {
        Self { is_key: true, by_content: true, fits: is_code, ..self }
    }
}

/// Whether a value can be a code or id: no spaces, and a digit somewhere.
pub fn is_code(cell: &Cell) -> bool {
    if matches!(cell, Cell::Bool(_) | Cell::Date(_) | Cell::DateTime(_)) {
        return false;
    }
    let text = folded_text(cell);
    let whole = !matches!(cell, Cell::Real(number) if number.fract() != 0.0);
    whole
        && (1..=64).contains(&text.chars().count())
        && text.contains(|c: char| c.is_ascii_digit())
        && !text.contains(super::text::cannot_stand_in_key)
        // A decimal number is a measure.
        && !(text.contains('.') && text.parse::<f64>().is_ok())
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

/// Why a value does not fit its field.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {message}")]
pub struct FieldFault {
    /// Name of the field, or `geometry`.
    pub field: &'static str,
    /// What is wrong, with which value, and what would be right.
    pub message: String,
}

impl FieldFault {
    /// A fault of a shape.
    pub fn geometry(message: impl ToString) -> Self {
        Self { field: "geometry", message: message.to_string() }
    }
}
