//! The columns of a layer and their values as cells.

use super::{described, layers::Layer, quoted};
use crate::table::{cell::Cell, limits::Limits, source::Row, wkt};
use rusqlite::{Connection, types::ValueRef};

/// A column that is read.
#[derive(Debug)]
pub(super) struct Column {
    pub name: String,
    kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Plain,
    Bool,
    Date,
    Binary,
}

/// Columns of a layer without that of its shapes.
pub(super) struct Columns {
    columns: Vec<Column>,
    /// A name of the row id that no column hides.
    row_id: &'static str,
    table: String,
}

impl Columns {
    /// Columns of a layer; a sentence when it cannot be read by them.
    pub(super) fn of(
        connection: &Connection,
        layer: &Layer,
        limits: &Limits,
    ) -> rusqlite::Result<Result<Self, String>> {
        let mut statement = connection.prepare("SELECT name, type, hidden FROM pragma_table_xinfo(?1)")?;
        let rows = statement.query_map([&layer.name], |row| {
            Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?, row.get::<_, i64>(2)?))
        })?;
        let (mut columns, mut names) = (Vec::new(), Vec::new());
        let mut has_shapes = layer.shapes.is_none();
        for row in rows {
            let (name, declared, hidden) = row?;
            names.push(name.to_ascii_lowercase());
            if layer.shapes.as_ref().is_some_and(|shapes| shapes.eq_ignore_ascii_case(&name)) {
                has_shapes = true;
            } else if hidden == 0 {
                columns.push(Column { kind: kind(&declared), name });
            }
        }
        let row_id = ["_rowid_", "rowid", "oid"].into_iter().find(|id| !names.iter().any(|name| name == id));
        let (Some(row_id), true) = (row_id, has_shapes) else {
            let shapes = layer.shapes.as_deref().unwrap_or_default();
            return Ok(Err(format!("layer {:?} has no column {shapes:?} for its shapes, or no row id", layer.name)));
        };
        if columns.len() > limits.columns {
            return Ok(Err(format!("has {} columns; at most {} are taken", columns.len(), limits.columns)));
        }
        Ok(Ok(Self { columns, row_id, table: quoted(&layer.name) }))
    }

    pub(super) fn names(&self) -> Vec<String> {
        self.columns.iter().map(|column| column.name.clone()).collect()
    }

    pub(super) fn notes(&self) -> impl Iterator<Item = String> {
        let binary: Vec<String> =
            self.columns.iter().filter(|column| column.kind == Kind::Binary).map(described).collect();
        (!binary.is_empty())
            .then(|| format!("columns of binary values are not read: {}", binary.join(", ")))
            .into_iter()
    }

    /// SQL for the rows after a row id: the id, the shape, then the values.
    pub(super) fn select(&self, layer: &Layer) -> String {
        let Self { row_id, table, .. } = self;
        let shapes = layer.shapes.as_deref().map_or("NULL".to_owned(), quoted);
        let value = |column: &Column| match column.kind {
            Kind::Binary => "NULL".to_owned(),
            _ => quoted(&column.name),
        };
        let values: String = self.columns.iter().map(|column| format!(", {}", value(column))).collect();
        format!("SELECT {row_id}, {shapes}{values} FROM {table} WHERE {row_id} > ?1 ORDER BY {row_id}")
    }

    /// SQL for the last row id.
    pub(super) fn select_last(&self) -> String {
        format!("SELECT max({}) FROM {}", self.row_id, self.table)
    }

    /// SQL for the row id that follows one.
    pub(super) fn select_next(&self) -> String {
        let Self { row_id, table, .. } = self;
        format!("SELECT {row_id} FROM {table} WHERE {row_id} > ?1 ORDER BY {row_id} LIMIT 1")
    }

    /// Puts the values of a row into its cells; how many bytes they have.
    pub(super) fn fill(
        &self,
        found: &rusqlite::Row<'_>,
        row: &mut Row,
        limits: &Limits,
    ) -> Result<usize, (String, String)> {
        row.cells.resize(self.columns.len(), Cell::Empty);
        let mut bytes = 0;
        for (index, (column, cell)) in self.columns.iter().zip(&mut row.cells).enumerate() {
            let wrong = |message: String| (column.name.clone(), message);
            let value = found.get_ref(index + 2).map_err(|error| wrong(format!("cannot be read: {error}")))?;
            match value {
                ValueRef::Integer(number @ (0 | 1)) if column.kind == Kind::Bool => *cell = Cell::Bool(number == 1),
                ValueRef::Integer(number) => *cell = Cell::Integer(number),
                ValueRef::Real(number) => *cell = Cell::Real(number),
                ValueRef::Text(text) => {
                    bytes += text.len();
                    let text = std::str::from_utf8(text)
                        .map_err(|e| wrong(format!("byte {} fits no character of UTF-8", e.valid_up_to() + 1)))?;
                    if text.len() > limits.cell_bytes && !wkt::is_likely(text) {
                        let most = limits.cell_bytes;
                        return Err(wrong(format!("has {} bytes; at most {most} are taken", text.len())));
                    }
                    match text.parse() {
                        Ok(date) if column.kind == Kind::Date && text.len() == 10 => *cell = Cell::Date(date),
                        _ => cell.set_text(text),
                    }
                }
                ValueRef::Null | ValueRef::Blob(_) => *cell = Cell::Empty,
            }
        }
        Ok(bytes)
    }
}

fn kind(declared: &str) -> Kind {
    let declared = declared.to_ascii_uppercase();
    match declared.split('(').next().unwrap_or_default().trim() {
        "BOOLEAN" => Kind::Bool,
        "DATE" => Kind::Date,
        "BLOB" => Kind::Binary,
        _ => Kind::Plain,
    }
}
