//! Why a table cannot be written.

use super::ShapeType;
use crate::table::Format;
use std::{io, path::PathBuf};

/// Why a table cannot be written, or not further.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The file cannot be made, written or put in its place.
    #[error("{path} cannot be written: {source}", path = path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// What is written to takes no more.
    #[error("the table cannot be written on: {0}")]
    Output(#[source] io::Error),
    /// The format is only read.
    #[error("{0} is read but not written; written are geojson, geojsonl, csv, xlsx, gpkg and fgb")]
    NotWritten(Format),
    /// Forms are of two formats.
    #[error("a form to fill in is written as csv or xlsx, not as {0}")]
    NotAForm(Format),
    /// More columns or rows than the format holds.
    #[error("{format} holds at most {most} {what}; write geojson, csv, gpkg or fgb, or less at a time")]
    TooMany {
        /// The format.
        format: Format,
        /// `rows` or `columns`.
        what: &'static str,
        /// How many it holds.
        most: u64,
    },
    /// A value that does not go into its column.
    #[error("row {row}: {value:?} does not go into column {column:?} {}", reason)]
    Value {
        /// Number of the row, from 1.
        row: u64,
        /// The column.
        column: String,
        /// The start of the value.
        value: String,
        /// Why, such as `of whole numbers`.
        reason: String,
    },
    /// More values than columns.
    #[error("row {row} has {found} values; the table has {columns} columns")]
    Width {
        /// Number of the row, from 1.
        row: u64,
        /// Values it has.
        found: usize,
        /// Columns there are.
        columns: usize,
    },
    /// A shape of another type than the table's.
    #[error("row {row} has a {found}; the table is of {wanted}")]
    Shape {
        /// Number of the row, from 1.
        row: u64,
        /// Type of its shape.
        found: &'static str,
        /// Type of the table's.
        wanted: ShapeType,
    },
    /// A row, or table, without a shape in a format that is made of shapes.
    #[error("{what} has no shape, and {format} holds rows with one only; write geojson, csv, xlsx or gpkg")]
    NoShape {
        /// The row or table.
        what: String,
        /// The format.
        format: Format,
    },
    /// The format's own machinery fails.
    #[error("{format}: {source}")]
    Format {
        /// The format.
        format: Format,
        /// Why.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
}

impl WriteError {
    /// Wraps what a format's machinery says.
    pub(super) fn of(format: Format) -> impl Fn(Box<dyn std::error::Error + Send + Sync>) -> Self {
        move |source| Self::Format { format, source }
    }
}
