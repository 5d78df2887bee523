//! Tables out of rows: every format that is written, behind one [`Sink`].
//!
//! Memory stays flat where the format allows: GeoJSON, GeoJSONSeq, CSV, XLSX and GeoPackage keep nothing of a row that
//! was written; FlatGeobuf keeps 56 bytes of it, for its index. Positions are CRS84 degrees; text formats write them
//! with nine decimals, finer than the fixed-point unit, so that they read back the same. A number that is not finite is
//! written as nothing.

mod beside;
mod csv;
mod degrees;
mod error;
mod fit;
mod flatgeobuf;
mod form;
mod geojson;
mod geopackage;
mod schema;
#[cfg(test)]
mod tests;
mod wkt;
mod xlsx;

pub use beside::Beside;
pub use error::WriteError;
pub use form::{FormColumn, write_form};
pub use schema::{Column, ColumnKind, ShapeType, TableSchema};
pub use wkt::wkt;

use super::{Cell, Format, RawShape};
use std::{
    fs::File,
    io::{BufWriter, Write},
    path::{Path, PathBuf},
};

/// Formats that are written.
pub const WRITTEN: [Format; 6] =
    [Format::GeoJson, Format::GeoJsonSeq, Format::Csv, Format::Xlsx, Format::GeoPackage, Format::FlatGeobuf];

/// Takes the rows of one table.
pub trait Sink: Send {
    /// Writes a row: its values in the order of the columns (missing ones at the end are empty) and its shape.
    ///
    /// # Errors
    /// [`WriteError`] when the row does not fit the table or cannot be written; the table is then of no use.
    fn write(&mut self, cells: &[Cell], shape: Option<&RawShape>) -> Result<(), WriteError>;

    /// Ends the table. A file is in its place, whole and on disk, once this returns; a sink dropped before leaves none.
    ///
    /// # Errors
    /// [`WriteError`] when the rest cannot be written.
    fn finish(self: Box<Self>) -> Result<Written, WriteError>;
}

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Written {
    /// Rows.
    pub rows: u64,
    /// What a person should know, such as values the format could not hold.
    pub notes: Vec<String>,
}

/// Where a table goes.
pub enum Out {
    /// To a file, written beside its place and put there when it is whole.
    Path(PathBuf),
    /// To a writer, as it comes where the format allows, otherwise at the end.
    Writer(Box<dyn Write + Send>),
}

impl From<&Path> for Out {
    fn from(path: &Path) -> Self {
        Self::Path(path.to_owned())
    }
}

/// A table to be filled with rows.
///
/// # Errors
/// [`WriteError`] when the format is not written, cannot hold such a table, or the file cannot be made.
pub fn create(format: Format, out: Out, schema: &TableSchema) -> Result<Box<dyn Sink>, WriteError> {
    let schema = match format {
        // SQLite and spreadsheets take names that differ only in case as the same.
        Format::GeoPackage | Format::Xlsx => schema.distinct(str::eq_ignore_ascii_case),
        _ => schema.distinct(|a, b| a == b),
    };
    let fitted = |rows, place| Box::new(fit::Fitted::new(schema.clone(), rows, place)) as Box<dyn Sink>;
    if format == Format::GeoPackage {
        let (place, copy_to) = match out {
            Out::Path(path) => (Beside::new(path), None),
            Out::Writer(writer) => (Beside::temporary(), Some(writer)),
        };
        let rows = geopackage::GeoPackage::create(place.partial(), &schema).map_err(|error| place.blame(error))?;
        return Ok(fitted(Box::new(rows), fit::Place::new(place, copy_to)));
    }
    let (writer, place): (Box<dyn Write + Send>, fit::Place) = match out {
        Out::Path(path) => {
            let place = Beside::new(path);
            let file = File::create(place.partial()).map_err(|source| place.error(source))?;
            (Box::new(BufWriter::new(file)), fit::Place::new(place, None))
        }
        Out::Writer(writer) => (writer, fit::Place::elsewhere()),
    };
    let rows: Box<dyn Rows> = match format {
        Format::GeoJson => Box::new(geojson::GeoJson::collection(writer, &schema)?),
        Format::GeoJsonSeq => Box::new(geojson::GeoJson::sequence(writer, &schema)),
        Format::Csv => Box::new(csv::Csv::create(writer, &schema)?),
        Format::Xlsx => Box::new(xlsx::Xlsx::create(writer, &schema)?),
        Format::FlatGeobuf => Box::new(flatgeobuf::FlatGeobuf::create(writer, &schema)?),
        Format::GeoPackage | Format::Shapefile | Format::OsmPbf => return Err(WriteError::NotWritten(format)),
    };
    Ok(fitted(rows, place))
}

/// A format's writer: rows that fit the table, then the end.
trait Rows: Send {
    /// Writes a row. There are as many cells as columns, each of its column's kind or empty.
    fn row(&mut self, number: u64, cells: &[Cell], shape: Option<&RawShape>) -> Result<(), WriteError>;

    /// Ends the table; answers what a person should know.
    fn end(self: Box<Self>) -> Result<Vec<String>, WriteError>;
}
