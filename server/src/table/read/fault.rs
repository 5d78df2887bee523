//! Rows refused and files refused, in one form for every reader; and what no shape may be.

use crate::table::{
    limits::Limits,
    shape::RawShape,
    source::{Format, RowFault, TableError},
};
use std::{io, path::Path};

/// Most of a row that is kept with its fault, bytes.
const TEXT_KEPT: usize = 4096;

/// A row that cannot be read.
pub(in crate::table) fn row_fault(
    number: u64,
    field: &str,
    message: impl Into<String>,
    text: Option<&str>,
) -> RowFault {
    RowFault { number, field: field.to_owned(), message: message.into(), text: text.map(shortened) }
}

/// A file that cannot be read as its format.
pub(in crate::table) fn refused(format: Format, message: impl Into<String>) -> TableError {
    TableError::Format { format, message: message.into() }
}

/// A file that cannot be read at all.
pub(in crate::table) fn unreadable(path: &Path) -> impl FnOnce(io::Error) -> TableError + '_ {
    move |source| TableError::Io { path: path.to_owned(), source }
}

/// What makes a shape no shape at all, whatever it may be good for: no positions, too many, or ones that are no numbers.
pub(in crate::table) fn unusable(shape: &RawShape, limits: &Limits) -> Option<String> {
    let count = match shape {
        RawShape::Point(_) => 1,
        RawShape::Points(positions) => positions.len(),
        RawShape::Lines(lines) => lines.iter().map(Vec::len).sum(),
        RawShape::Polygons(polygons) => polygons.iter().flatten().map(Vec::len).sum(),
    };
    if count == 0 {
        return Some(format!("is an empty {}; it must have positions", shape.name()));
    }
    if count > limits.vertices {
        return Some(format!("has {count} positions; at most {} are taken", limits.vertices));
    }
    let (place, position) = shape.positions().enumerate().find(|(_, p)| p.iter().any(|number| !number.is_finite()))?;
    Some(format!("position {} is {}, {}; both must be finite numbers", place + 1, position[0], position[1]))
}

/// The start of a text, cut between characters.
fn shortened(text: &str) -> String {
    let end = (0..=TEXT_KEPT.min(text.len())).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
    text.get(..end).unwrap_or_default().to_owned()
}
