//! A value of a table, as the file has it.

use jiff::civil::{Date, DateTime};
use std::borrow::Cow;

/// A value in one column of one row.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Cell {
    /// Nothing there.
    #[default]
    Empty,
    /// Yes or no.
    Bool(bool),
    /// A whole number.
    Integer(i64),
    /// Any other number.
    Real(f64),
    /// Text; what a CSV file holds is all text.
    Text(String),
    /// A day.
    Date(Date),
    /// A moment on a calendar and clock without a zone.
    DateTime(DateTime),
}

impl Cell {
    /// Puts text in, using the memory of text that was there before.
    pub fn set_text(&mut self, text: &str) {
        if let Self::Text(there) = self {
            there.clear();
            there.push_str(text);
        } else {
            *self = Self::Text(text.to_owned());
        }
    }

    /// Whether there is nothing, or nothing but spaces.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Empty => true,
            Self::Text(text) => text.trim().is_empty(),
            _ => false,
        }
    }

    /// The value as a person would write it: whole numbers without a point, days as `YYYY-MM-DD`, text trimmed.
    pub fn text(&self) -> Cow<'_, str> {
        match self {
            Self::Empty => Cow::Borrowed(""),
            Self::Bool(value) => Cow::Borrowed(if *value { "true" } else { "false" }),
            Self::Integer(number) => Cow::Owned(number.to_string()),
            // A spreadsheet keeps 501 as 501.0; Display writes it without the point.
            Self::Real(number) => Cow::Owned(number.to_string()),
            Self::Text(text) => Cow::Borrowed(text.trim()),
            Self::Date(date) => Cow::Owned(date.to_string()),
            Self::DateTime(moment) => Cow::Owned(moment.to_string()),
        }
    }
}
