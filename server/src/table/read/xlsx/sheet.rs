//! The rows of a sheet, read on a thread of their own and handed over in batches.
//!
//! The workbook and the reader of one of its sheets cannot be kept side by side; on a thread they live in one function.

use super::{
    super::fault::row_fault,
    head::{self, SheetRow},
    merged::Merged,
    value,
};
use crate::table::{
    cell::Cell,
    limits::Limits,
    source::{Row, RowFault},
};
use calamine::{DataRef, Reader, SheetVisible, Xlsx, XlsxCellReader};
use std::{collections::BTreeMap, fs::File, io::BufReader, path::PathBuf, sync::mpsc::SyncSender};

/// Rows handed over at once.
const BATCH: usize = 256;

/// What is read, and how.
pub(super) struct Job {
    pub path: PathBuf,
    pub sheet: Option<String>,
    pub limits: Limits,
    pub has_merged: bool,
}

/// What the thread hands over, in this order.
pub(super) enum Handed {
    /// First.
    Head(SheetHead),
    /// Then rows, and how far into the sheet they go, 0 to 1.
    Rows(Vec<Result<Row, RowFault>>, f64),
    /// At the end, what a person should know.
    End(Vec<String>),
    /// Or why the sheet cannot be read, or not further.
    Failed(String),
}

/// What is known of a sheet before its rows.
pub(super) struct SheetHead {
    pub name: String,
    pub columns: Vec<String>,
    pub notes: Vec<String>,
}

type Workbook = Xlsx<BufReader<File>>;

/// Names of the sheets that are not hidden.
pub(super) fn names(path: &std::path::Path) -> Result<Vec<String>, String> {
    Ok(visible(&open(path)?))
}

fn open(path: &std::path::Path) -> Result<Workbook, String> {
    calamine::open_workbook(path).map_err(|error: calamine::XlsxError| format!("the workbook cannot be read: {error}"))
}

/// Sheets a person sees; all of them if none is to be seen.
fn visible(workbook: &Workbook) -> Vec<String> {
    let sheets = workbook.sheets_metadata();
    let is_visible = |sheet: &&calamine::Sheet| sheet.visible == SheetVisible::Visible;
    let seen: Vec<String> = sheets.iter().filter(is_visible).map(|sheet| sheet.name.clone()).collect();
    if seen.is_empty() { workbook.sheet_names() } else { seen }
}

/// Reads a sheet and hands it over; ends early when nobody takes it any more.
pub(super) fn run(job: &Job, out: &SyncSender<Handed>) {
    let end = match read(job, out) {
        Ok(notes) => Handed::End(notes),
        Err(message) => Handed::Failed(message),
    };
    // Nobody waits for it when the reader was dropped.
    let _ = out.send(end);
}

fn read(job: &Job, out: &SyncSender<Handed>) -> Result<Vec<String>, String> {
    let mut workbook = open(&job.path)?;
    let names = visible(&workbook);
    let listed = |names: &[String]| names.iter().map(|name| format!("{name:?}")).collect::<Vec<_>>().join(", ");
    let wanted: Vec<String> = match &job.sheet {
        Some(sheet) => match workbook.sheet_names().into_iter().find(|name| name.trim() == sheet.trim()) {
            Some(found) => vec![found],
            None => return Err(format!("has no sheet {sheet:?}; its sheets are {}", listed(&names))),
        },
        None => names.clone(),
    };
    // The first sheet with a table in it.
    for name in wanted {
        let merged = if job.has_merged { workbook.merge_cells_by_sheet_name(&name) } else { Ok(Vec::new()) };
        let reader = match workbook.worksheet_cells_reader(&name) {
            Ok(reader) => reader,
            Err(calamine::XlsxError::NotAWorksheet(_)) => continue,
            Err(error) => return Err(format!("sheet {name:?} cannot be read: {error}")),
        };
        let merged = merged.map_err(|error| format!("the merged cells of sheet {name:?} cannot be read: {error}"))?;
        let mut sheet = Sheet::new(reader, Merged::new(merged), &job.limits);
        let mut first = Vec::new();
        while first.len() < head::ROWS {
            match sheet.next()? {
                Some(row) => first.push(row),
                None => break,
            }
        }
        let plain: Vec<SheetRow> = first.iter().map(SheetCells::plain).collect();
        let Some(mut head) = head::head(&plain, &sheet.merged) else { continue };
        if head.columns.len() > job.limits.columns {
            return Err(format!("has {} columns; at most {} are taken", head.columns.len(), job.limits.columns));
        }
        let others: Vec<String> = names.iter().filter(|other| **other != name).cloned().collect();
        if !others.is_empty() {
            head.notes.push(format!("other sheets are not read: {}", listed(&others)));
        }
        let known = SheetHead { name, columns: head.columns.clone(), notes: head.notes.clone() };
        if out.send(Handed::Head(known)).is_err() {
            return Ok(Vec::new());
        }
        return hand_over(sheet, first, &head, out);
    }
    Err("has no sheet with a table in it".to_owned())
}

fn hand_over(
    mut sheet: Sheet<'_>,
    first: Vec<SheetCells>,
    head: &head::Head,
    out: &SyncSender<Handed>,
) -> Result<Vec<String>, String> {
    let width = head.columns.len() as u32;
    let mut batch = Vec::with_capacity(BATCH);
    let mut first = first.into_iter();
    let mut beside = 0_u64;
    loop {
        let found = match first.next() {
            Some(found) => Some(found),
            None => match sheet.next() {
                Ok(found) => found,
                Err(message) => {
                    let _ = out.send(Handed::Rows(std::mem::take(&mut batch), 1.0));
                    return Err(message);
                }
            },
        };
        let Some(mut found) = found else { break };
        let row = found.row;
        if row <= head.last_row {
            sheet.merged.apply(row, &mut found.cells, width);
            (sheet.merged.filled, sheet.merged.across) = (0, 0);
            continue;
        }
        let own = found.cells.iter().zip(0..).filter(|(cell, column)| *column < width && !cell.is_empty()).count();
        beside += u64::from(found.cells.iter().skip(width as usize).any(|cell| !cell.is_empty()));
        found.cells.truncate(width as usize);
        sheet.merged.apply(row, &mut found.cells, width);
        let number = u64::from(row - head.last_row);
        if let Some((column, message)) = found.faults.iter().find(|(column, _)| *column < width) {
            let name = head.columns.get(*column as usize).map_or("row", String::as_str);
            let text = found.cells.iter().map(|cell| cell.text()).collect::<Vec<_>>().join("\t");
            let message = format!("row {} of the sheet: {message}", row + 1);
            batch.push(Err(row_fault(number, name, message, Some(&text))));
        } else if own > 0 {
            batch.push(Ok(Row { number, cells: found.cells, shape: None }));
        }
        if batch.len() >= BATCH {
            let share = f64::from(row) / f64::from(sheet.last_row.max(1));
            let full = std::mem::replace(&mut batch, Vec::with_capacity(BATCH));
            if out.send(Handed::Rows(full, share.min(1.0))).is_err() {
                return Ok(Vec::new());
            }
        }
    }
    let _ = out.send(Handed::Rows(batch, 1.0));
    let mut notes = sheet.merged.notes();
    if beside > 0 {
        notes.push(format!("{beside} rows have values beside the named columns, which are not read"));
    }
    for (column, count) in &sheet.lost_digits {
        if let Some(name) = head.columns.get(*column as usize) {
            notes.push(format!(
                "column {name:?} has {count} numbers of more than 15 digits, of which a spreadsheet keeps 15; write codes as text"
            ));
        }
    }
    Ok(notes)
}

/// Values of a row as they stand in the sheet.
struct SheetCells {
    row: u32,
    cells: Vec<Cell>,
    faults: Vec<(u32, String)>,
}

impl SheetCells {
    fn plain(&self) -> SheetRow {
        (self.row, self.cells.clone())
    }
}

/// Row and column of a cell, from 0, and its value or what is wrong with it.
type Found = (u32, u32, Result<Cell, String>);

/// Cells of a sheet gathered into rows.
struct Sheet<'a> {
    reader: XlsxCellReader<'a, BufReader<File>>,
    merged: Merged,
    limits: &'a Limits,
    /// The last row the sheet says it has.
    last_row: u32,
    /// The first cell of the next row.
    ahead: Option<Found>,
    ended: bool,
    lost_digits: BTreeMap<u32, u64>,
}

impl<'a> Sheet<'a> {
    fn new(reader: XlsxCellReader<'a, BufReader<File>>, merged: Merged, limits: &'a Limits) -> Self {
        let last_row = reader.dimensions().end.0;
        Self { reader, merged, limits, last_row, ahead: None, ended: false, lost_digits: BTreeMap::new() }
    }

    /// The next row with a cell in it.
    fn next(&mut self) -> Result<Option<SheetCells>, String> {
        let Some((row, column, first)) = (match self.ahead.take() {
            Some(ahead) => Some(ahead),
            None => self.cell()?,
        }) else {
            return Ok(None);
        };
        let mut found = SheetCells { row, cells: Vec::new(), faults: Vec::new() };
        self.put(&mut found, column, first);
        while let Some((next, column, cell)) = self.cell()? {
            if next != row {
                if next < row {
                    return Err(format!("row {} of the sheet stands after row {}", next + 1, row + 1));
                }
                self.ahead = Some((next, column, cell));
                break;
            }
            self.put(&mut found, column, cell);
        }
        Ok(Some(found))
    }

    /// The next cell that is not empty.
    fn cell(&mut self) -> Result<Option<Found>, String> {
        while !self.ended {
            let cell = self.reader.next_cell().map_err(|error| format!("the sheet cannot be read further: {error}"))?;
            let Some(cell) = cell else {
                self.ended = true;
                break;
            };
            if matches!(cell.get_value(), DataRef::Empty) {
                continue;
            }
            let (row, column) = cell.get_position();
            if value::has_lost_digits(cell.get_value()) && (column as usize) < self.limits.columns {
                *self.lost_digits.entry(column).or_default() += 1;
            }
            return Ok(Some((row, column, value::cell(cell.get_value(), self.limits))));
        }
        Ok(None)
    }

    fn put(&self, found: &mut SheetCells, column: u32, cell: Result<Cell, String>) {
        // A cell far out is beside any table.
        if column as usize >= self.limits.columns {
            return;
        }
        if found.cells.len() <= column as usize {
            found.cells.resize(column as usize + 1, Cell::Empty);
        }
        match cell {
            Ok(cell) => found.cells[column as usize] = cell,
            Err(message) => found.faults.push((column, message)),
        }
    }
}
