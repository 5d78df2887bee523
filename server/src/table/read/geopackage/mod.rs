//! GeoPackage (OGC 12-128): one layer of the file, in the order of its rows.
//!
//! The file is opened as it lies there; nothing is written, locked or made beside it. Only plain tables are read: a view
//! may compute without end.

mod blob;
mod columns;
mod database;
mod layers;

#[cfg(test)]
mod tests;

use super::fault::{refused, row_fault, unusable};
use crate::table::{
    limits::Limits,
    open::OpenOptions,
    source::{Format, Header, Row, RowFault, Source, Step, TableError},
};
use columns::{Column, Columns};
use database::{Database, failed};
use layers::Layer;
use rusqlite::{ErrorCode, params, types::ValueRef};
use std::{collections::VecDeque, path::Path};

/// Rows and bytes fetched at once.
const ROWS: usize = 512;
const BYTES: usize = 8 << 20;

const HEIGHTS: &str = "heights and measures of positions are dropped";

/// Names of the layers of a file.
///
/// # Errors
/// [`TableError`] when the file is no GeoPackage or cannot be read.
pub fn names(path: &Path) -> Result<Vec<String>, TableError> {
    let database = database::open(path, &Limits::default())?;
    Ok(listed(&database)?.into_iter().map(|layer| layer.name).collect())
}

fn listed(database: &Database) -> Result<Vec<Layer>, TableError> {
    let layers = layers::listed(&database.connection).map_err(|error| failed(&error, database.cut.as_deref()))?;
    layers.ok_or_else(|| {
        unfit(database, "is an SQLite database and no GeoPackage: it has no table gpkg_contents".to_owned())
    })
}

/// A file that lacks something; where its end is missing, that is why.
fn unfit(database: &Database, message: String) -> TableError {
    refused(Format::GeoPackage, database.cut.clone().unwrap_or(message))
}

/// Reader of a layer of a GeoPackage.
pub struct GeoPackageSource {
    header: Header,
    database: Database,
    columns: Columns,
    srs_id: i64,
    limits: Limits,
    sql: String,
    /// The row id after which to go on, and the last there is.
    after: i64,
    last: i64,
    number: u64,
    fetched: VecDeque<Result<Row, RowFault>>,
    spare: Vec<Row>,
    ended: bool,
}

impl GeoPackageSource {
    /// Reader of the layer wanted.
    ///
    /// # Errors
    /// [`TableError`] when the file cannot be read, is no GeoPackage, has no such layer, or several of which none was
    /// chosen.
    pub fn open(path: &Path, options: &OpenOptions) -> Result<Self, TableError> {
        let database = database::open(path, &options.limits)?;
        let cut = database.cut.clone();
        let engine = |error: rusqlite::Error| failed(&error, cut.as_deref());
        let layers = listed(&database)?;
        let layer = layers::chosen(&layers, options.layer.as_deref()).map_err(|message| unfit(&database, message))?;
        let connection = &database.connection;
        match layers::kind_of(connection, &layer.name).map_err(engine)?.as_deref() {
            Some("table") => {}
            Some(kind) => {
                let message =
                    format!("layer {:?} is a {kind}; only plain tables are read, export it as one", layer.name);
                return Err(unfit(&database, message));
            }
            None => {
                let message = format!("layer {:?} is listed, and its table is not there", layer.name);
                return Err(unfit(&database, message));
            }
        }
        let columns = Columns::of(connection, &layer, &options.limits).map_err(engine)?;
        let columns = columns.map_err(|message| unfit(&database, message))?;
        let mut notes: Vec<String> = cut.iter().cloned().collect();
        let others: Vec<String> =
            layers.iter().filter(|other| other.name != layer.name).map(|other| format!("{:?}", other.name)).collect();
        if !others.is_empty() {
            notes.push(format!("other layers are not read: {}", others.join(", ")));
        }
        notes.extend(columns.notes());
        let header = Header {
            format: Format::GeoPackage,
            columns: columns.names(),
            has_shapes: layer.shapes.is_some(),
            crs: if layer.shapes.is_some() { layers::crs(connection, layer.srs_id).map_err(engine)? } else { None },
            rows: layers::said_rows(connection, &layer.name),
            bytes: database.bytes,
            encoding: None,
            layer: Some(layer.name.clone()),
            notes,
        };
        let (sql, last) = (columns.select(&layer), columns.select_last());
        // For progress only; where the file is cut off the last row cannot be asked for.
        let last = connection
            .query_row(&last, [], |row| row.get(0))
            .ok()
            .or(header.rows.and_then(|rows| rows.try_into().ok()));
        Ok(Self {
            header,
            database,
            columns,
            srs_id: layer.srs_id,
            limits: options.limits.clone(),
            sql,
            after: i64::MIN,
            last: last.unwrap_or_default(),
            number: 0,
            fetched: VecDeque::new(),
            spare: Vec::new(),
            ended: false,
        })
    }

    /// Fetches the next rows; true when the very next one is larger than a row may be.
    fn fetch(&mut self) -> Result<bool, TableError> {
        let Self { database, columns, fetched, spare, header, .. } = self;
        let failed = |error: &rusqlite::Error| failed(error, database.cut.as_deref());
        let mut statement = database.connection.prepare_cached(&self.sql).map_err(|error| failed(&error))?;
        let mut rows = statement.query(params![self.after]).map_err(|error| failed(&error))?;
        let mut bytes = 0;
        while fetched.len() < ROWS && bytes < BYTES {
            let found = match rows.next() {
                Ok(Some(found)) => found,
                Ok(None) => {
                    self.ended = true;
                    break;
                }
                // The rows before are given first; then it is met again.
                Err(_) if !fetched.is_empty() => break,
                Err(error) if error.sqlite_error_code() == Some(ErrorCode::TooBig) => return Ok(true),
                Err(error) => return Err(failed(&error)),
            };
            let id: i64 = found.get(0).map_err(|error| failed(&error))?;
            self.after = id;
            self.number += 1;
            let mut row = spare.pop().unwrap_or_default();
            row.number = self.number;
            let read = columns.fill(found, &mut row, &self.limits).and_then(|read| {
                bytes += read;
                row.shape = None;
                if !header.has_shapes {
                    return Ok(());
                }
                let wrong = |message: String| ("geometry".to_owned(), message);
                let (shape, has_heights) = match found.get_ref(1) {
                    Ok(ValueRef::Null) => return Ok(()),
                    Ok(ValueRef::Blob(blob)) => {
                        bytes += blob.len();
                        blob::shape(blob, self.srs_id).map_err(wrong)?
                    }
                    _ => return Err(wrong("is no binary value; a GeoPackage shape is needed".to_owned())),
                };
                if let Some(message) = unusable(&shape, &self.limits) {
                    return Err(wrong(message));
                }
                row.shape = Some(shape);
                if has_heights && !header.notes.iter().any(|note| note == HEIGHTS) {
                    header.notes.push(HEIGHTS.to_owned());
                }
                Ok(())
            });
            bytes += 64;
            fetched.push_back(
                read.map(|()| row).map_err(|(field, message)| {
                    row_fault(self.number, &field, format!("{message} (row id {id})"), None)
                }),
            );
        }
        Ok(false)
    }

    /// Refuses the next row, which is larger than a row may be.
    fn pass_large(&mut self) -> Result<Step, TableError> {
        let next = self.columns.select_next();
        let id = self.database.connection.query_row(&next, [self.after], |row| row.get(0));
        self.after = id.map_err(|error| failed(&error, self.database.cut.as_deref()))?;
        self.number += 1;
        let message = format!("has more than {} bytes (row id {})", self.limits.row_bytes, self.after);
        Ok(Step::Fault(row_fault(self.number, "row", message, None)))
    }
}

impl Source for GeoPackageSource {
    fn header(&self) -> &Header {
        &self.header
    }

    fn read(&mut self, row: &mut Row) -> Result<Step, TableError> {
        if self.fetched.is_empty() && !self.ended {
            match self.fetch() {
                Ok(false) => {}
                Ok(true) => return self.pass_large(),
                Err(error) => {
                    self.ended = true;
                    return Err(error);
                }
            }
        }
        Ok(match self.fetched.pop_front() {
            Some(Ok(fetched)) => {
                self.spare.push(std::mem::replace(row, fetched));
                Step::Row
            }
            Some(Err(fault)) => Step::Fault(fault),
            None => Step::End,
        })
    }

    fn bytes_read(&self) -> u64 {
        if self.ended && self.fetched.is_empty() {
            return self.header.bytes;
        }
        // Row ids mostly count from one.
        let share = self.after.max(0) as f64 / self.last.max(1) as f64;
        (self.header.bytes as f64 * share.clamp(0.0, 1.0)) as u64
    }
}

/// A column's name for SQL, whatever it holds.
fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// What is read of a column, for messages.
fn described(column: &Column) -> String {
    format!("{:?}", column.name)
}
