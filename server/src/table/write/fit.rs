//! Rows against their table: as many values as columns, each of its column's kind, a shape of the table's type.
//!
//! A value of another kind is turned into the column's where nothing is lost, otherwise refused.

use super::{Beside, Column, ColumnKind, Rows, Sink, TableSchema, WriteError, Written};
use crate::table::{Cell, RawShape};
use std::{borrow::Cow, fs::File, io, io::Write};

/// Characters of a value that an error repeats.
const SHOWN: usize = 40;

/// Where the file of a table goes when it is whole.
pub(super) struct Place {
    beside: Option<Beside>,
    copy_to: Option<Box<dyn Write + Send>>,
}

impl Place {
    /// To its place, or out through a writer.
    pub(super) fn new(beside: Beside, copy_to: Option<Box<dyn Write + Send>>) -> Self {
        Self { beside: Some(beside), copy_to }
    }

    /// The format writes to where it goes itself.
    pub(super) fn elsewhere() -> Self {
        Self { beside: None, copy_to: None }
    }

    fn told(&self, error: WriteError) -> WriteError {
        match &self.beside {
            Some(beside) => beside.blame(error),
            None => error,
        }
    }

    fn settle(self) -> Result<(), WriteError> {
        let Some(beside) = self.beside else { return Ok(()) };
        if let Some(mut writer) = self.copy_to {
            let mut file = File::open(beside.partial()).map_err(|source| beside.error(source))?;
            io::copy(&mut file, &mut writer).and_then(|_| writer.flush()).map_err(WriteError::Output)?;
        }
        beside.settle()
    }
}

/// A sink that lets only rows through that fit.
pub(super) struct Fitted {
    schema: TableSchema,
    rows: Box<dyn Rows>,
    place: Place,
    number: u64,
    cells: Vec<Cell>,
}

impl Fitted {
    pub(super) fn new(schema: TableSchema, rows: Box<dyn Rows>, place: Place) -> Self {
        let cells = Vec::with_capacity(schema.columns.len());
        Self { schema, rows, place, number: 0, cells }
    }
}

impl Sink for Fitted {
    fn write(&mut self, cells: &[Cell], shape: Option<&RawShape>) -> Result<(), WriteError> {
        self.number += 1;
        let row = self.number;
        let columns = &self.schema.columns;
        if cells.len() > columns.len() {
            return Err(WriteError::Width { row, found: cells.len(), columns: columns.len() });
        }
        match (self.schema.shape, shape) {
            (Some(wanted), Some(shape)) if !wanted.takes(shape) => {
                return Err(WriteError::Shape { row, found: shape.name(), wanted });
            }
            _ => {}
        }
        let shape = shape.filter(|_| self.schema.shape.is_some());
        let as_they_are = cells.len() == columns.len() && cells.iter().zip(columns).all(|(cell, c)| fits(cell, c.kind));
        let written = if as_they_are {
            self.rows.row(row, cells, shape)
        } else {
            self.cells.clear();
            for (at, column) in columns.iter().enumerate() {
                self.cells.push(fitted(row, cells.get(at).unwrap_or(&Cell::Empty), column)?);
            }
            self.rows.row(row, &self.cells, shape)
        };
        written.map_err(|error| self.place.told(error))
    }

    fn finish(self: Box<Self>) -> Result<Written, WriteError> {
        let Self { rows, place, number, .. } = *self;
        let notes = rows.end().map_err(|error| place.told(error))?;
        place.settle()?;
        Ok(Written { rows: number, notes })
    }
}

fn fits(cell: &Cell, kind: ColumnKind) -> bool {
    match (cell, kind) {
        (Cell::Real(number), ColumnKind::Real) => number.is_finite(),
        (Cell::Empty, _)
        | (Cell::Text(_), ColumnKind::Text)
        | (Cell::Integer(_), ColumnKind::Integer)
        | (Cell::Bool(_), ColumnKind::Bool)
        | (Cell::Date(_), ColumnKind::Date)
        | (Cell::DateTime(_), ColumnKind::DateTime) => true,
        _ => false,
    }
}

/// The value as its column's kind.
fn fitted(row: u64, cell: &Cell, column: &Column) -> Result<Cell, WriteError> {
    let whole = |number: f64| number.fract() == 0.0 && number.abs() < 9.0e15;
    Ok(match (cell, column.kind) {
        (Cell::Real(number), _) if !number.is_finite() => Cell::Empty,
        (cell, kind) if fits(cell, kind) => cell.clone(),
        (cell, ColumnKind::Text) => Cell::Text(cell.text().into_owned()),
        (cell, _) if cell.is_empty() => Cell::Empty,
        // Exact up to 2⁵³; beyond that the nearest number that can be written.
        (Cell::Integer(number), ColumnKind::Real) => Cell::Real(*number as f64),
        (Cell::Real(number), ColumnKind::Integer) if whole(*number) => Cell::Integer(*number as i64),
        (cell, kind) => {
            let value: Cow<'_, str> = cell.text();
            return Err(WriteError::Value {
                row,
                column: column.name.clone(),
                value: value.chars().take(SHOWN).collect(),
                reason: format!("of {}", kind.word()),
            });
        }
    })
}
