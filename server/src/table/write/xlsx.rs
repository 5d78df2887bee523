//! Excel workbooks: one sheet, its header bold and in view, days as days, codes as text.
//!
//! A spreadsheet keeps 15 digits of a number, so longer ones are written as text, and so is every column of text: a grid
//! code never becomes 3.5E+14. A cell is typed, so text is never taken for a formula.

use super::{ColumnKind, Rows, ShapeType, TableSchema, WriteError, csv::shape_columns, degrees::nine_decimals, wkt};
use crate::table::{Cell, Format as FileFormat, RawShape};
use jiff::civil::{Date, DateTime};
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, XlsxError};
use std::io::Write;

/// Rows of a sheet under its header.
const MOST_ROWS: u64 = 1_048_575;
const MOST_COLUMNS: usize = 16_384;
/// Characters of a cell.
const MOST_CHARACTERS: usize = 32_767;
/// The largest number whose digits a spreadsheet keeps.
const MOST_DIGITS: u64 = 999_999_999_999_999;
/// Rows whose values say how wide a column is.
const MEASURED: u64 = 1_000;

/// Writes a sheet.
pub(super) struct Xlsx {
    out: Box<dyn Write + Send>,
    workbook: Workbook,
    columns: Vec<String>,
    shape: Option<ShapeType>,
    formats: Formats,
    /// Characters a column needs, the wide ones of Chinese counted twice.
    widths: Vec<usize>,
    /// Rows whose shape is too long for a cell.
    shapes_left_out: u64,
}

struct Formats {
    text: Format,
    date: Format,
    moment: Format,
}

impl Xlsx {
    pub(super) fn create(out: Box<dyn Write + Send>, schema: &TableSchema) -> Result<Self, WriteError> {
        let columns: Vec<String> =
            schema.columns.iter().map(|column| column.name.clone()).chain(shape_columns(schema)).collect();
        if columns.len() > MOST_COLUMNS {
            return Err(too_many("columns", MOST_COLUMNS as u64));
        }
        let formats = Formats {
            text: Format::new().set_num_format("@"),
            date: Format::new().set_num_format("yyyy-mm-dd"),
            moment: Format::new().set_num_format("yyyy-mm-dd hh:mm:ss"),
        };
        let mut workbook = Workbook::new();
        head(&mut workbook, schema, &columns, &formats).map_err(failed)?;
        let widths = columns.iter().map(|name| width(name)).collect();
        Ok(Self { out, workbook, columns, shape: schema.shape, formats, widths, shapes_left_out: 0 })
    }

    fn text(&mut self, row: u64, column: usize, text: &str) -> Result<(), WriteError> {
        if text.chars().count() > MOST_CHARACTERS {
            return Err(WriteError::Value {
                row,
                column: self.columns[column].clone(),
                value: text.chars().take(40).collect(),
                reason: format!("of a sheet: it has more than the {MOST_CHARACTERS} characters of a cell"),
            });
        }
        self.measure(row, column, width(text));
        let sheet = self.workbook.worksheet_from_index(0).map_err(failed)?;
        sheet.write_string_with_format(row as u32, column as u16, text, &self.formats.text).map_err(failed)?;
        Ok(())
    }

    fn number(&mut self, row: u64, column: usize, number: f64) -> Result<(), WriteError> {
        self.measure(row, column, 12);
        let sheet = self.workbook.worksheet_from_index(0).map_err(failed)?;
        sheet.write_number(row as u32, column as u16, number).map_err(failed)?;
        Ok(())
    }

    fn cell(&mut self, row: u64, column: usize, cell: &Cell) -> Result<(), WriteError> {
        let place = (row as u32, column as u16);
        match cell {
            Cell::Empty => {}
            Cell::Bool(value) => {
                let sheet = self.workbook.worksheet_from_index(0).map_err(failed)?;
                sheet.write_boolean(place.0, place.1, *value).map_err(failed)?;
            }
            Cell::Integer(number) if number.unsigned_abs() > MOST_DIGITS => {
                self.text(row, column, &number.to_string())?;
            }
            Cell::Integer(number) => self.number(row, column, *number as f64)?,
            Cell::Real(number) => self.number(row, column, *number)?,
            Cell::Text(text) => self.text(row, column, text)?,
            Cell::Date(date) => match day(*date) {
                Some(day) => {
                    self.measure(row, column, 10);
                    let sheet = self.workbook.worksheet_from_index(0).map_err(failed)?;
                    sheet.write_datetime_with_format(place.0, place.1, day, &self.formats.date).map_err(failed)?;
                }
                None => self.text(row, column, &date.to_string())?,
            },
            Cell::DateTime(at) => match moment(*at) {
                Some(moment) => {
                    self.measure(row, column, 19);
                    let sheet = self.workbook.worksheet_from_index(0).map_err(failed)?;
                    sheet.write_datetime_with_format(place.0, place.1, moment, &self.formats.moment).map_err(failed)?;
                }
                None => self.text(row, column, &at.to_string())?,
            },
        }
        Ok(())
    }

    fn shape(&mut self, row: u64, column: usize, shape: &RawShape) -> Result<(), WriteError> {
        if let (Some(ShapeType::Point), RawShape::Point([lon, lat])) = (self.shape, shape) {
            for (column, degrees) in [(column, *lon), (column + 1, *lat)] {
                if degrees.is_finite() {
                    self.number(row, column, nine_decimals(degrees))?;
                }
            }
            return Ok(());
        }
        let mut text = wkt(shape);
        if text.len() > MOST_CHARACTERS {
            self.shapes_left_out += 1;
            text = format!("{} left out: {} characters, a cell holds {MOST_CHARACTERS}", shape.name(), text.len());
        }
        self.text(row, column, &text)
    }

    fn measure(&mut self, row: u64, column: usize, width: usize) {
        if row <= MEASURED && self.widths[column] < width {
            self.widths[column] = width;
        }
    }
}

impl Rows for Xlsx {
    fn row(&mut self, number: u64, cells: &[Cell], shape: Option<&RawShape>) -> Result<(), WriteError> {
        if number > MOST_ROWS {
            return Err(too_many("rows", MOST_ROWS));
        }
        for (column, cell) in cells.iter().enumerate() {
            self.cell(number, column, cell)?;
        }
        shape.map_or(Ok(()), |shape| self.shape(number, cells.len(), shape))
    }

    fn end(mut self: Box<Self>) -> Result<Vec<String>, WriteError> {
        let sheet = self.workbook.worksheet_from_index(0).map_err(failed)?;
        for (column, width) in (0u16..).zip(&self.widths) {
            sheet.set_column_width(column, (*width).clamp(6, 60) as f64 + 2.0).map_err(failed)?;
        }
        self.workbook.save_to_writer(&mut self.out).map_err(failed)?;
        self.out.flush().map_err(WriteError::Output)?;
        let note = format!(
            "{} shapes are longer than the {MOST_CHARACTERS} characters of a cell and were left out; geojson, gpkg, fgb and csv hold them",
            self.shapes_left_out
        );
        Ok(if self.shapes_left_out > 0 { vec![note] } else { Vec::new() })
    }
}

/// The sheet and its first row. Rows go to disk as they come, so nothing above the one being written can be changed.
fn head(workbook: &mut Workbook, schema: &TableSchema, names: &[String], formats: &Formats) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold();
    let sheet = workbook.add_worksheet_with_constant_memory()?;
    sheet.set_name(sheet_name(&schema.name))?;
    sheet.set_freeze_panes(1, 0)?;
    for (column, name) in (0u16..).zip(names) {
        if schema.columns.get(usize::from(column)).is_some_and(|column| column.kind == ColumnKind::Text) {
            // What a person types below stays text as well.
            sheet.set_column_format(column, &formats.text)?;
        }
        sheet.write_string_with_format(0, column, name.as_str(), &bold)?;
    }
    Ok(())
}

/// A name a sheet may have: 1 to 31 characters without those of addresses and formulas.
fn sheet_name(name: &str) -> String {
    let plain: String = name.chars().map(|c| if "[]:*?/\\'".contains(c) || c.is_control() { '_' } else { c }).collect();
    let cut: String = plain.trim().chars().take(31).collect();
    if cut.is_empty() { "Sheet1".to_owned() } else { cut }
}

/// A day as a sheet counts it; none before 1900.
pub(super) fn day(date: Date) -> Option<ExcelDateTime> {
    let year = u16::try_from(date.year()).ok()?;
    ExcelDateTime::from_ymd(year, date.month() as u8, date.day() as u8).ok()
}

fn moment(at: DateTime) -> Option<ExcelDateTime> {
    let seconds = f64::from(at.second()) + f64::from(at.subsec_nanosecond()) / 1e9;
    day(at.date())?.and_hms(at.hour() as u16, at.minute() as u8, seconds).ok()
}

fn width(text: &str) -> usize {
    text.chars().take(80).map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}

fn too_many(what: &'static str, most: u64) -> WriteError {
    WriteError::TooMany { format: FileFormat::Xlsx, what, most }
}

pub(super) fn failed(error: XlsxError) -> WriteError {
    match error {
        XlsxError::IoError(error) => WriteError::Output(error),
        other => WriteError::of(FileFormat::Xlsx)(Box::new(other)),
    }
}
