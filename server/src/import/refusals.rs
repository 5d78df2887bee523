//! Rows that may not come in: the first of them, how many for each reason, and all of them on disk as they were.

use super::{
    plan::{REFUSED_SHOWN, ReasonCount, RefusedRow},
    spool::{Kept, Spool},
};
use crate::table::{
    Format,
    write::{self, Column, ColumnKind, ShapeType, TableSchema, WriteError},
};
use std::{
    collections::HashMap,
    fs::File,
    io,
    path::{Path, PathBuf},
};

/// Reasons told apart; a file of junk has no more of them than this.
const REASONS: usize = 200;
/// Characters of a reason that are kept.
const REASON_LENGTH: usize = 500;
/// Column that carries the reason in a rejects file.
const REASON: &str = "refused_because";
/// Column that carries the text of what was no row.
const TEXT: &str = "refused_text";
/// Column that carries the name of the file, where there are several.
const FILE: &str = "refused_from";
/// Column that carries the number of the row.
const NUMBER: &str = "refused_row";

/// Why a row is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reason {
    /// The field that is wrong.
    pub(super) field: String,
    /// What is wrong, with which value, and what would be right.
    pub(super) message: String,
}

impl Reason {
    pub(super) fn new(field: impl Into<String>, message: impl Into<String>) -> Self {
        let message: String = message.into();
        Self { field: field.into(), message: message.chars().take(REASON_LENGTH).collect() }
    }

    /// Field and message as one sentence.
    pub(super) fn sentence(&self) -> String {
        format!("{}: {}", self.field, self.message)
    }
}

/// The book refused rows are written into.
pub(super) struct RefusalBook {
    spool: Spool,
    path: PathBuf,
    first: Vec<RefusedRow>,
    reasons: HashMap<String, u64>,
    count: u64,
    files: Vec<FileColumns>,
}

/// What is to be known of a file to write its rows again.
#[derive(Debug, Clone)]
struct FileColumns {
    name: String,
    columns: Vec<String>,
    has_shapes: bool,
}

impl RefusalBook {
    /// An empty one that writes to `path`.
    pub(super) fn create(path: PathBuf) -> io::Result<Self> {
        let spool = Spool::create(&path)?;
        Ok(Self { spool, path, first: Vec::new(), reasons: HashMap::new(), count: 0, files: Vec::new() })
    }

    /// Says what the next file looks like; called again when its columns are all known.
    pub(super) fn file(&mut self, number: u32, name: &str, columns: &[String], has_shapes: bool) {
        let file = FileColumns { name: name.to_owned(), columns: columns.to_vec(), has_shapes };
        match self.files.get_mut(number as usize) {
            Some(there) => *there = file,
            None => self.files.push(file),
        }
    }

    /// Writes a row down.
    pub(super) fn refuse(&mut self, key: Option<&str>, reason: &Reason, kept: Kept) -> io::Result<()> {
        self.count += 1;
        if self.first.len() < REFUSED_SHOWN {
            let name = self.files.get(kept.file as usize).map(|file| file.name.clone());
            self.first.push(RefusedRow {
                file: name,
                row: kept.number,
                key: key.map(|key| key.chars().take(80).collect()),
                field: reason.field.clone(),
                reason: reason.message.clone(),
            });
        }
        let sort = sort_of(reason);
        match self.reasons.get_mut(&sort) {
            Some(count) => *count += 1,
            None if self.reasons.len() < REASONS => drop(self.reasons.insert(sort, 1)),
            None => *self.reasons.entry("other reasons".to_owned()).or_default() += 1,
        }
        self.spool.put(&kept.because(reason.sentence()))?;
        Ok(())
    }

    /// How many so far.
    pub(super) fn count(&self) -> u64 {
        self.count
    }

    /// The first rows, in the order of the files; the file is named only where there are several.
    pub(super) fn first(&self) -> Vec<RefusedRow> {
        let mut first = self.first.clone();
        if self.files.len() < 2 {
            first.iter_mut().for_each(|row| row.file = None);
        }
        first
    }

    /// How many for each reason, most first.
    pub(super) fn reasons(&self) -> Vec<ReasonCount> {
        let count = |(reason, rows): (&String, &u64)| ReasonCount { reason: reason.clone(), rows: *rows };
        let mut counts: Vec<ReasonCount> = self.reasons.iter().map(count).collect();
        counts.sort_by(|a, b| b.rows.cmp(&a.rows).then_with(|| a.reason.cmp(&b.reason)));
        counts
    }

    /// Closes the book.
    pub(super) fn close(mut self) -> io::Result<Refusals> {
        self.spool.flush()?;
        Ok(Refusals { path: self.path, files: self.files })
    }
}

/// Every refused row of an import, on disk.
#[derive(Debug)]
pub struct Refusals {
    path: PathBuf,
    files: Vec<FileColumns>,
}

impl Refusals {
    /// Writes the refused rows to a file, in the format of its ending: their columns as they were, then the reason. The
    /// file is there without rows when none was refused. Positions stay in the coordinate system of the files, so the
    /// mended rows come in again with the words the files came in with.
    ///
    /// # Errors
    /// [`WriteError`] when the format is not written, or the file cannot be.
    pub fn write(&self, path: &Path) -> Result<(), WriteError> {
        let output = |source| WriteError::File { path: path.to_owned(), source };
        let format = write::format_of(path)?;
        let (columns, places) = self.columns();
        let shape = self.files.iter().any(|file| file.has_shapes).then_some(ShapeType::Any);
        // What has no shape of its own goes into formats made of shapes all the same: rows without one.
        let schema = TableSchema { name: "refused".to_owned(), columns, shape };
        let mut sink = write::create(format, path, &schema)?;
        let rows = Spool::rows(&self.path).map_err(output)?;
        for kept in rows {
            let kept: Kept = kept.map_err(output)?;
            let file = self.files.get(kept.file as usize);
            let mut cells = vec![crate::table::Cell::Empty; schema.columns.len()];
            if let Some(places) = places.get(kept.file as usize) {
                for (place, cell) in places.iter().zip(kept.cells()) {
                    cells[*place] = cell;
                }
            }
            let last = schema.columns.len() - 4;
            cells[last] = crate::table::Cell::Text(kept.reason.clone());
            cells[last + 1] = crate::table::Cell::Integer(kept.number as i64);
            cells[last + 2] = file.map_or(crate::table::Cell::Empty, |file| crate::table::Cell::Text(file.name.clone()));
            cells[last + 3] = kept.text.clone().map_or(crate::table::Cell::Empty, crate::table::Cell::Text);
            let shape = kept.shape().filter(|shape| shape.positions().flatten().all(|number| number.is_finite()));
            sink.write(&cells, shape.as_ref())?;
        }
        sink.finish()
    }
}

/// The sort of a reason: its field and message without the values, so that a million rows with one fault are one line.
fn sort_of(reason: &Reason) -> String {
    let mut sort = format!("{}: ", reason.field);
    let mut quoted = false;
    let mut number = false;
    let mut escaped = false;
    for c in reason.message.chars() {
        if quoted {
            quoted = escaped || c != '"';
            escaped = !escaped && c == '\\';
            if !quoted {
                sort.push_str("…\"");
            }
            continue;
        }
        let digit = c.is_ascii_digit() || (number && matches!(c, '.' | ',' | '-'));
        if digit && !number {
            sort.push('…');
        }
        number = digit;
        quoted = c == '"';
        if !digit {
            sort.push(c);
        }
    }
    sort.chars().take(200).collect()
}
