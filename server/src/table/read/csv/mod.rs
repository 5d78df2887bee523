//! Separated text: commas, tabs or semicolons, in UTF-8, UTF-16, GB18030 or what its bytes say.
//!
//! All values are text. A row that cannot be read is refused with its line; the rows after it are read.

mod dialect;
mod record;
mod row;

#[cfg(test)]
mod tests;

use super::{
    columns::named_apart,
    fault::{refused, row_fault},
    input::{Input, Reading, reading},
    window::Window,
};
use crate::table::{
    encoding,
    limits::Limits,
    open::OpenOptions,
    source::{Format, Header, Row, Source, Step, TableError},
};
use record::{Dialect, Found, Record};
use row::{Text, fill};
use std::path::Path;

/// Bytes by which an encoding is guessed.
const SAMPLE: usize = 1 << 20;
/// Rows above the header that may hold a title.
const TITLES: usize = 10;

/// Reader of a CSV file.
pub struct CsvSource {
    header: Header,
    window: Window,
    dialect: Dialect,
    text: Text,
    record: Record,
    limits: Limits,
    number: u64,
    /// Rows with separators only.
    empty_rows: u64,
    /// Whether the rest of a line that is too long is being passed over.
    is_within_long_line: bool,
    ended: bool,
}

impl CsvSource {
    /// Reader of a file, its header read.
    ///
    /// # Errors
    /// [`TableError`] when the file cannot be read, is empty, is no text, or its header cannot be read.
    pub fn open(path: &Path, options: &OpenOptions) -> Result<Self, TableError> {
        let Reading { recode, known, note } = reading(path, Format::Csv, options.encoding.as_deref())?;
        let mut window = Window::new(Input::open(path, Format::Csv, recode)?)?;
        let is_whole = window.file_bytes_read() + window.rest().len() as u64 >= window.file_bytes();
        let (dialect, usual_width) = dialect::found(window.rest(), is_whole);
        if dialect::said(window.rest()).is_some() {
            let length = memchr::memchr(dialect.line_end, window.rest()).map_or(window.rest().len(), |end| end + 1);
            window.pass(length, 1);
        }
        let header = Header {
            format: Format::Csv,
            columns: Vec::new(),
            has_shapes: false,
            crs: None,
            rows: None,
            bytes: window.file_bytes(),
            encoding: None,
            layer: None,
            notes: note.into_iter().collect(),
        };
        let mut source = Self {
            header,
            window,
            dialect,
            text: Text { recoded: recode, encoding: if recode.is_some() { Some(encoding_rs::UTF_8) } else { known } },
            record: Record::default(),
            limits: options.limits.clone(),
            number: 0,
            empty_rows: 0,
            is_within_long_line: false,
            ended: false,
        };
        source.guess_encoding()?;
        source.read_header(usual_width)?;
        Ok(source)
    }

    /// Settles the encoding once bytes that are not ASCII are in sight.
    fn guess_encoding(&mut self) -> Result<(), TableError> {
        if self.text.encoding.is_none() && !self.window.rest().is_ascii() {
            while self.window.rest().len() < SAMPLE && self.window.grow()? {}
            let sample = &self.window.rest()[..self.window.rest().len().min(SAMPLE)];
            self.text.encoding = Some(encoding::guessed(sample));
        }
        self.header.encoding = Some(self.text.name().to_owned());
        Ok(())
    }

    fn read_header(&mut self, usual_width: usize) -> Result<(), TableError> {
        for _ in 0..=TITLES {
            match self.next_record()? {
                Next::Record if !self.record.is_open => {}
                Next::End => {
                    return Err(refused(Format::Csv, "the file is empty; its first line must name the columns"));
                }
                Next::Record | Next::TooLong => {
                    let message =
                        "the first line, which must name the columns, is too long or has a quote that is not closed";
                    return Err(refused(Format::Csv, message));
                }
            }
            let bytes = self.window.rest();
            let values = (0..self.record.width()).map(|column| self.text.decode(self.record.value(bytes, column)));
            let names: Result<Vec<String>, _> = values.collect();
            let names = names.map_err(|message| {
                refused(Format::Csv, format!("the header in line {}: {message}", self.window.line()))
            })?;
            let line = self.window.line();
            let is_title = self.record.filled() <= 1 && usual_width > 1;
            self.window.pass(self.record.length, self.record.lines);
            if is_title {
                let title = names.iter().find(|name| !name.trim().is_empty()).map_or("", |name| name.trim());
                self.header.notes.push(format!("line {line} is passed over as a title: {title:?}"));
                continue;
            }
            if names.len() > self.limits.columns {
                let message = format!("has {} columns; at most {} are taken", names.len(), self.limits.columns);
                return Err(refused(Format::Csv, message));
            }
            let (columns, notes) = named_apart(names);
            self.header.columns = columns;
            self.header.notes.extend(notes);
            return Ok(());
        }
        Err(refused(Format::Csv, format!("none of the first {TITLES} lines names columns")))
    }

    /// Finds the next record at the start of the window, empty lines passed over.
    fn next_record(&mut self) -> Result<Next, TableError> {
        let mut is_last = false;
        loop {
            if self.is_within_long_line {
                self.pass_long_line()?;
            }
            if self.window.rest().is_empty() && !self.window.grow()? {
                return Ok(Next::End);
            }
            match self.record.find(self.window.rest(), self.dialect, is_last) {
                Found::Record => return Ok(Next::Record),
                Found::Blank(length) => {
                    self.window.pass(length, 1);
                    is_last = false;
                }
                Found::More if self.window.rest().len() >= self.limits.row_bytes => return Ok(Next::TooLong),
                Found::More => is_last = !self.window.grow()?,
            }
        }
    }

    fn pass_long_line(&mut self) -> Result<(), TableError> {
        while self.is_within_long_line {
            match memchr::memchr(self.dialect.line_end, self.window.rest()) {
                Some(end) => {
                    self.window.pass(end + 1, 1);
                    self.is_within_long_line = false;
                }
                None => {
                    self.window.pass(self.window.rest().len(), 0);
                    self.is_within_long_line = self.window.grow()?;
                }
            }
        }
        Ok(())
    }

    /// Refuses the first line of what was taken for a record, and goes on after that line: a quote that is opened by
    /// mistake must not take the lines after it along.
    fn refuse_line(&mut self, message: String) -> Step {
        let rest = self.window.rest();
        let end = memchr::memchr(self.dialect.line_end, rest);
        let line = &rest[..end.unwrap_or(rest.len())];
        let text = self.text.lossy(&line[..line.len().min(8192)]);
        let fault = row_fault(self.number, "row", message, Some(&text));
        match end {
            Some(end) => self.window.pass(end + 1, 1),
            None => {
                self.is_within_long_line = true;
                self.window.pass(self.window.rest().len(), 0);
            }
        }
        Step::Fault(fault)
    }

    fn end(&mut self) -> Step {
        if !self.ended && self.empty_rows > 0 {
            self.header.notes.push(format!("{} rows without any value are passed over", self.empty_rows));
        }
        self.ended = true;
        Step::End
    }
}

/// What the window begins with.
enum Next {
    /// The record in `record`.
    Record,
    /// One that does not end within the bytes a row may have.
    TooLong,
    /// Nothing.
    End,
}

impl Source for CsvSource {
    fn header(&self) -> &Header {
        &self.header
    }

    fn read(&mut self, row: &mut Row) -> Result<Step, TableError> {
        loop {
            let next = self.next_record()?;
            if matches!(next, Next::End) {
                return Ok(self.end());
            }
            self.number += 1;
            let line = self.window.line();
            if matches!(next, Next::TooLong) {
                let most = self.limits.row_bytes >> 20;
                let message = format!("line {line}: the line, or a quote opened in it, does not end within {most} MB");
                return Ok(self.refuse_line(message));
            }
            let (found, wanted) = (self.record.width(), self.header.columns.len());
            if self.record.is_open {
                return Ok(self.refuse_line(format!("line {line}: a quote is opened and never closed")));
            }
            if (found != wanted || self.record.is_uneven) && self.record.lines > 1 {
                let last = line + self.record.lines - 1;
                let message = match found == wanted {
                    true => format!("line {line}: a quote opened here is closed in line {last} before more text"),
                    false => format!(
                        "line {line}: has {found} values and the header {wanted}; a quote opened here is closed only in line {last}"
                    ),
                };
                return Ok(self.refuse_line(message));
            }
            if self.text.encoding.is_none() && !self.window.rest()[..self.record.length].is_ascii() {
                self.guess_encoding()?;
                // Growing moved the bytes.
                self.record.find(self.window.rest(), self.dialect, true);
            }
            let step = if found != wanted {
                let bytes = &self.window.rest()[..self.record.length];
                let message = format!("line {line}: has {found} values and the header {wanted}");
                let text = self.text.lossy(bytes);
                Step::Fault(row_fault(self.number, "row", message, Some(text.trim_end())))
            } else if self.record.filled() == 0 {
                self.empty_rows += 1;
                Step::End
            } else {
                let bytes = &self.window.rest()[..self.record.length];
                row.number = self.number;
                row.shape = None;
                match fill(row, &self.record, bytes, &self.text, &self.limits) {
                    Ok(()) => Step::Row,
                    Err((column, message)) => {
                        let name = self.header.columns.get(column).map_or("row", String::as_str);
                        let text = self.text.lossy(bytes);
                        let message = format!("line {line}: {message}");
                        Step::Fault(row_fault(self.number, name, message, Some(text.trim_end())))
                    }
                }
            };
            self.window.pass(self.record.length, self.record.lines);
            if step != Step::End {
                return Ok(step);
            }
        }
    }

    fn bytes_read(&self) -> u64 {
        if self.ended { self.header.bytes } else { self.window.file_bytes_read() }
    }
}
