//! A form to fill in: a table with a line that explains its columns and one row as an example.
//!
//! In a workbook a column of a fixed list offers it, columns of text stay text whatever is typed, and the header stays in
//! view.

use super::{Beside, ColumnKind, WriteError, csv::spreadsheet_csv};
use crate::table::formula::guarded;
use crate::table::{Cell, Format as FileFormat};
use rust_xlsxwriter::{
    Color, DataValidation, DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError,
};
use std::{fs::File, io::Write, path::Path};

/// The first row to fill in, from 0, and the last one that lists are offered in.
const ROWS: (u32, u32) = (2, 100_000);

/// A column to fill in.
#[derive(Debug, Clone, PartialEq)]
pub struct FormColumn {
    /// Its name in the header.
    pub header: String,
    /// What goes into it, in a sentence or two.
    pub explanation: String,
    /// What it holds.
    pub kind: ColumnKind,
    /// The values there are, where there are only some.
    pub choices: Vec<&'static str>,
    /// A value, for the example.
    pub example: Cell,
}

/// Writes a form as CSV or XLSX to a file, which is there whole or not at all.
///
/// # Errors
/// [`WriteError`] for any other format, and when the file cannot be written.
pub fn write_form(format: FileFormat, path: &Path, name: &str, columns: &[FormColumn]) -> Result<(), WriteError> {
    let beside = Beside::new(path.to_owned());
    let file = File::create(beside.partial()).map_err(|source| beside.error(source))?;
    let written = match format {
        FileFormat::Csv => csv(Box::new(file), columns),
        FileFormat::Xlsx => xlsx(file, name, columns),
        other => Err(WriteError::NotAForm(other)),
    };
    written.map_err(|error| beside.blame(error))?;
    beside.settle()
}

fn csv(out: Box<dyn Write + Send>, columns: &[FormColumn]) -> Result<(), WriteError> {
    let mut out = spreadsheet_csv(out)?;
    let texts = |text: fn(&FormColumn) -> String| columns.iter().map(move |column| guarded(&text(column)).into_owned());
    for line in
        [texts(|c| c.header.clone()), texts(|c| c.explanation.clone()), texts(|c| c.example.text().into_owned())]
    {
        out.write_record(line).map_err(super::csv::output)?;
    }
    out.flush().map_err(WriteError::Output)
}

fn xlsx(file: File, name: &str, columns: &[FormColumn]) -> Result<(), WriteError> {
    let made = || -> Result<Workbook, XlsxError> {
        let mut workbook = Workbook::new();
        // The same form is the same file.
        let day = ExcelDateTime::from_ymd(2026, 1, 1)?;
        workbook.set_properties(&DocProperties::new().set_creation_datetime(&day));
        fill(workbook.add_worksheet().set_name(name)?, columns)?;
        Ok(workbook)
    };
    made().and_then(|mut workbook| workbook.save_to_writer(file)).map_err(super::xlsx::failed)
}

fn fill(sheet: &mut Worksheet, columns: &[FormColumn]) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold();
    let explained = Format::new().set_italic().set_text_wrap().set_align(FormatAlign::Top).set_font_color(Color::Gray);
    let (text, date) = (Format::new().set_num_format("@"), Format::new().set_num_format("yyyy-mm-dd"));
    sheet.set_freeze_panes(1, 0)?;
    sheet.set_row_height(1, 90)?;
    for (at, column) in (0u16..).zip(columns) {
        let wide = if column.header.contains("wkt") { 44.0 } else { 20.0 };
        sheet.set_column_width(at, wide)?;
        match column.kind {
            ColumnKind::Text => sheet.set_column_format(at, &text)?,
            ColumnKind::Date => sheet.set_column_format(at, &date)?,
            _ => sheet,
        };
        sheet.write_string_with_format(0, at, column.header.as_str(), &bold)?;
        sheet.write_string_with_format(1, at, column.explanation.as_str(), &explained)?;
        match &column.example {
            Cell::Empty => {}
            Cell::Integer(number) => sheet.write_number(2, at, *number as f64).map(|_| ())?,
            Cell::Real(number) => sheet.write_number(2, at, *number).map(|_| ())?,
            Cell::Date(day) => match super::xlsx::day(*day) {
                Some(day) => sheet.write_datetime_with_format(2, at, day, &date).map(|_| ())?,
                None => sheet.write_string(2, at, day.to_string()).map(|_| ())?,
            },
            other => sheet.write_string_with_format(2, at, other.text().as_ref(), &text).map(|_| ())?,
        }
        if !column.choices.is_empty() {
            // Other words are known as well, so that a value of one's own is allowed after a warning.
            let list = DataValidation::new().allow_list_strings(&column.choices)?;
            let list = list.set_error_style(rust_xlsxwriter::DataValidationErrorStyle::Warning);
            sheet.add_data_validation(ROWS.0, at, ROWS.1, at, &list)?;
        }
    }
    Ok(())
}
