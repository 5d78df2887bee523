//! Rows that may not come in: the first of them, how many for each reason, and all of them on disk as they were.

use super::{
    plan::{REFUSED_SHOWN, ReasonCount, RefusedRow},
    spool::{Kept, Spool},
};
use crate::table::{
    Cell, Format,
    write::{self, Column, ColumnKind, Out, ShapeType, TableSchema, WriteError},
};
use std::{
    collections::HashMap,
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
        let known = self.reasons.len() < REASONS || self.reasons.contains_key(&sort);
        *self.reasons.entry(if known { sort } else { "other reasons".to_owned() }).or_default() += 1;
        self.spool.put(&kept.because(reason.sentence()))?;
        Ok(())
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
        let format = format_of(path)?;
        let unread = |source| WriteError::File { path: path.to_owned(), source };
        let (names, places) = self.columns();
        let own = names.len();
        let names = names.into_iter().chain([REASON, NUMBER, FILE, TEXT].map(str::to_owned));
        let shape = self.files.iter().any(|file| file.has_shapes).then_some(ShapeType::Any);
        let schema = TableSchema {
            name: "refused".to_owned(),
            columns: names.map(|name| Column::new(name, ColumnKind::Text)).collect(),
            shape,
        };
        let mut sink = write::create(format, Out::from(path), &schema)?;
        let mut cells = Vec::new();
        for kept in Spool::rows(&self.path).map_err(unread)? {
            let kept = kept.map_err(unread)?;
            cells.clear();
            cells.resize(schema.columns.len(), Cell::Empty);
            let file = kept.file as usize;
            for (place, cell) in places.get(file).into_iter().flatten().zip(kept.cells()) {
                if let Some(place) = place {
                    cells[*place] = cell;
                }
            }
            cells[own] = Cell::Text(kept.reason.clone());
            cells[own + 1] = Cell::Text(kept.number.to_string());
            cells[own + 2] = self.files.get(file).map_or(Cell::Empty, |file| Cell::Text(file.name.clone()));
            cells[own + 3] = kept.text.clone().map_or(Cell::Empty, Cell::Text);
            let shape = kept.shape().filter(|shape| shape.positions().flatten().all(|number| number.is_finite()));
            sink.write(&cells, shape.as_ref())?;
        }
        sink.finish().map(drop)
    }

    /// Names of all columns of all files, each once, and for each file which of them its columns are. Columns an earlier
    /// rejects file brought are left out: what it said of a row may be mended by now.
    fn columns(&self) -> (Vec<String>, Vec<Vec<Option<usize>>>) {
        let mut names: Vec<String> = Vec::new();
        let mut known: HashMap<&str, usize> = HashMap::new();
        let mut places = Vec::with_capacity(self.files.len());
        for file in &self.files {
            let mut own = Vec::with_capacity(file.columns.len());
            for name in &file.columns {
                let is_own = ![REASON, NUMBER, FILE, TEXT].contains(&name.as_str());
                own.push(is_own.then(|| {
                    *known.entry(name).or_insert_with(|| {
                        names.push(name.clone());
                        names.len() - 1
                    })
                }));
            }
            places.push(own);
        }
        (names, places)
    }
}

/// The format a file is written in, by its ending.
fn format_of(path: &Path) -> Result<Format, WriteError> {
    let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
    let by_ending = write::WRITTEN.into_iter().find(|format| name.ends_with(&format!(".{}", format.id())));
    by_ending.or_else(|| name.ends_with(".json").then_some(Format::GeoJson)).ok_or_else(|| {
        let message = "its ending says no format; geojson, geojsonl, csv, xlsx, gpkg and fgb are written";
        WriteError::File { path: path.to_owned(), source: io::Error::new(io::ErrorKind::InvalidInput, message) }
    })
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
