//! GeoPackage 1.3 (OGC 12-128r18) over SQLite: one table of features, or of attributes, with its R-tree.

mod binary;
mod ddl;

use super::{ColumnKind, Rows, TableSchema, WriteError};
use crate::table::{Cell, Format, RawShape};
use binary::{Envelope, binary};
use ddl::Names;
use rusqlite::{Connection, types::Value};
use std::path::Path;

/// Writes a table.
pub(super) struct GeoPackage {
    connection: Connection,
    names: Names,
    insert: String,
    index: String,
    multi: bool,
    has_shapes: bool,
    extent: Envelope,
    blob: Vec<u8>,
}

impl GeoPackage {
    pub(super) fn create(path: &Path, schema: &TableSchema) -> Result<Self, WriteError> {
        let most = 1_990;
        if schema.columns.len() > most {
            // SQLite holds 2,000; the key and the shape are ours.
            return Err(WriteError::TooMany { format: Format::GeoPackage, what: "columns", most: most as u64 });
        }
        let names = Names::of(schema);
        let connection = Connection::open(path).map_err(failed)?;
        // The file counts only once it is whole and in its place, so nothing has to survive a crash here.
        connection.query_row("PRAGMA journal_mode = OFF", [], |_| Ok(())).map_err(failed)?;
        connection.execute_batch("PRAGMA synchronous = OFF; PRAGMA cache_size = -16000").map_err(failed)?;
        connection.execute_batch(&ddl::frame()).map_err(failed)?;
        connection.execute_batch(&names.table(schema)).map_err(failed)?;
        connection.execute_batch("BEGIN").map_err(failed)?;
        Ok(Self {
            connection,
            insert: names.insert(schema),
            index: names.index(),
            names,
            multi: schema.shape.is_some_and(super::ShapeType::is_multi),
            has_shapes: schema.shape.is_some(),
            extent: Envelope::default(),
            blob: Vec::new(),
        })
    }

    fn insert(&mut self, number: u64, cells: &[Cell], shape: Option<&RawShape>) -> rusqlite::Result<()> {
        let mut insert = self.connection.prepare_cached(&self.insert)?;
        let key = number as i64;
        insert.raw_bind_parameter(1, key)?;
        let mut next = 2;
        if self.has_shapes {
            let envelope = Envelope::around(shape);
            match shape {
                None => insert.raw_bind_parameter(next, None::<i64>)?,
                Some(shape) => {
                    self.blob.clear();
                    binary(&mut self.blob, shape, self.multi, envelope);
                    insert.raw_bind_parameter(next, self.blob.as_slice())?;
                }
            }
            next += 1;
            if let Some([min_x, min_y, max_x, max_y]) = envelope.bounds() {
                self.extent.include(envelope);
                self.connection.prepare_cached(&self.index)?.execute((key, min_x, max_x, min_y, max_y))?;
            }
        }
        for cell in cells {
            match cell {
                Cell::Text(text) => insert.raw_bind_parameter(next, text.as_str())?,
                cell => insert.raw_bind_parameter(next, value(cell))?,
            }
            next += 1;
        }
        insert.raw_execute().map(|_| ())
    }
}

impl Rows for GeoPackage {
    fn row(&mut self, number: u64, cells: &[Cell], shape: Option<&RawShape>) -> Result<(), WriteError> {
        self.insert(number, cells, shape).map_err(failed)
    }

    fn end(self: Box<Self>) -> Result<Vec<String>, WriteError> {
        let extent = self.extent.bounds();
        self.names.register(&self.connection, self.has_shapes, extent).map_err(failed)?;
        self.connection.execute_batch("COMMIT").map_err(failed)?;
        self.connection.close().map_err(|(_, error)| failed(error))?;
        Ok(Vec::new())
    }
}

/// The declared type of a column.
fn column_type(kind: ColumnKind) -> &'static str {
    match kind {
        // DATETIME is a moment of UTC by the standard; ours have no zone, so they are text.
        ColumnKind::Text | ColumnKind::DateTime => "TEXT",
        ColumnKind::Integer => "INTEGER",
        ColumnKind::Real => "REAL",
        ColumnKind::Bool => "BOOLEAN",
        ColumnKind::Date => "DATE",
    }
}

fn value(cell: &Cell) -> Value {
    match cell {
        Cell::Empty => Value::Null,
        Cell::Bool(value) => Value::Integer(i64::from(*value)),
        Cell::Integer(number) => Value::Integer(*number),
        Cell::Real(number) => Value::Real(*number),
        other => Value::Text(other.text().into_owned()),
    }
}

fn failed(error: rusqlite::Error) -> WriteError {
    WriteError::of(Format::GeoPackage)(Box::new(error))
}
