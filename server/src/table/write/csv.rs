//! CSV as spreadsheets like it: UTF-8 with a byte order mark, lines that end in CR LF (RFC 4180).
//!
//! Points become columns `lon` and `lat`, other shapes well-known text in a column `wkt`.

use super::{Rows, ShapeType, TableSchema, WriteError, degrees::nine_decimals, wkt};
use crate::table::formula::guarded;
use crate::table::{Cell, Format, RawShape};
use csv::{Terminator, Writer, WriterBuilder};
use std::io::{self, Write};

/// Tells a spreadsheet that the text is UTF-8.
const BYTE_ORDER_MARK: &[u8] = "\u{FEFF}".as_bytes();

/// A writer of lines as spreadsheets like them, the byte order mark written.
pub(super) fn spreadsheet_csv(mut out: Box<dyn Write + Send>) -> Result<Writer<Box<dyn Write + Send>>, WriteError> {
    out.write_all(BYTE_ORDER_MARK).map_err(WriteError::Output)?;
    Ok(WriterBuilder::new().terminator(Terminator::CRLF).from_writer(out))
}

/// Writes lines.
pub(super) struct Csv {
    out: Writer<Box<dyn Write + Send>>,
    shape: Option<ShapeType>,
}

/// Names of the columns a shape is written into; those of the table come first.
pub(super) fn shape_columns(schema: &TableSchema) -> Vec<String> {
    match schema.shape {
        None => Vec::new(),
        Some(ShapeType::Point) => vec![schema.free("lon"), schema.free("lat")],
        Some(_) => vec![schema.free("wkt")],
    }
}

impl Csv {
    pub(super) fn create(out: Box<dyn Write + Send>, schema: &TableSchema) -> Result<Self, WriteError> {
        let mut out = spreadsheet_csv(out)?;
        let names = schema.columns.iter().map(|column| column.name.clone()).chain(shape_columns(schema));
        names.map(|name| guarded(&name).into_owned()).try_for_each(|name| out.write_field(name)).map_err(output)?;
        out.write_record(None::<&[u8]>).map_err(output)?;
        Ok(Self { out, shape: schema.shape })
    }

    fn record(&mut self, cells: &[Cell], shape: Option<&RawShape>) -> csv::Result<()> {
        for cell in cells {
            match cell {
                Cell::Text(text) => self.out.write_field(guarded(text).as_bytes())?,
                other => self.out.write_field(other.text().as_bytes())?,
            }
        }
        match (self.shape, shape) {
            (None, _) => {}
            (Some(ShapeType::Point), Some(RawShape::Point([lon, lat]))) => {
                self.out.write_field(nine_decimals(*lon).to_string())?;
                self.out.write_field(nine_decimals(*lat).to_string())?;
            }
            (Some(ShapeType::Point), _) => {
                self.out.write_field("")?;
                self.out.write_field("")?;
            }
            (Some(_), shape) => self.out.write_field(shape.map(wkt).unwrap_or_default())?,
        }
        self.out.write_record(None::<&[u8]>)
    }
}

impl Rows for Csv {
    fn row(&mut self, _: u64, cells: &[Cell], shape: Option<&RawShape>) -> Result<(), WriteError> {
        self.record(cells, shape).map_err(output)
    }

    fn end(mut self: Box<Self>) -> Result<Vec<String>, WriteError> {
        self.out.flush().map_err(WriteError::Output)?;
        Ok(Vec::new())
    }
}

pub(super) fn output(error: csv::Error) -> WriteError {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => WriteError::Output(error),
        other => WriteError::Format { format: Format::Csv, source: Box::new(io::Error::other(format!("{other:?}"))) },
    }
}
