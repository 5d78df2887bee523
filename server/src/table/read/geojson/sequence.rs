//! Features one after another: each on a line of its own, or each begun by a record separator (RFC 8142).

use super::{
    super::{fault::row_fault, input::Input, window::Window},
    Features, SAMPLE,
    text::{Recoding, recoding},
};
use crate::table::{
    open::OpenOptions,
    source::{Format, Header, Row, Source, Step, TableError},
};
use std::path::Path;

/// Begins a record of RFC 8142.
const SEPARATOR: u8 = 0x1E;

/// Reader of a sequence of features.
pub struct SequenceSource {
    header: Header,
    records: Records,
    features: Features,
    ended: bool,
}

impl SequenceSource {
    /// Reader of a file, its columns named by its first thousand features.
    ///
    /// # Errors
    /// [`TableError`] when the file cannot be read, is empty, or is no text.
    pub fn open(path: &Path, options: &OpenOptions) -> Result<Self, TableError> {
        let Recoding { recode, note } = recoding(path, Format::GeoJsonSeq, options.encoding.as_deref())?;
        let input = || Input::open(path, Format::GeoJsonSeq, recode);
        let mut header = Header {
            format: Format::GeoJsonSeq,
            columns: Vec::new(),
            has_shapes: true,
            crs: None,
            rows: None,
            bytes: input()?.bytes(),
            encoding: recode.map(|encoding| encoding.name().to_owned()),
            layer: None,
            notes: note.into_iter().collect(),
        };
        let mut features = Features::new(options.limits.clone());
        let mut sample = Records::new(Window::new(input()?)?, options.limits.row_bytes)?;
        let mut row = Row::default();
        for _ in 0..SAMPLE {
            match sample.next()? {
                Record::Found(length) => {
                    // What is wrong with it is said when it is read.
                    let _ = features.read(&sample.window.rest()[..length], 1, &mut header, &mut row);
                    sample.pass(length);
                }
                Record::TooLarge(_) => {}
                Record::End => break,
            }
        }
        header.notes.retain(|note| note != super::feature::HEIGHTS);
        features.restart();
        let records = Records::new(Window::new(input()?)?, options.limits.row_bytes)?;
        Ok(Self { header, records, features, ended: false })
    }
}

impl Source for SequenceSource {
    fn header(&self) -> &Header {
        &self.header
    }

    fn read(&mut self, row: &mut Row) -> Result<Step, TableError> {
        match self.records.next()? {
            Record::Found(length) => {
                let (line, bytes) = (self.records.window.line(), &self.records.window.rest()[..length]);
                let mut step = self.features.step(bytes, line, &mut self.header, row);
                if let Step::Fault(fault) = &mut step {
                    self.say_what_it_is(length, fault.number).into_iter().for_each(|better| *fault = better);
                }
                self.records.pass(length);
                Ok(step)
            }
            Record::TooLarge(bytes) => Ok(self.features.too_large(bytes)),
            Record::End => {
                self.ended = true;
                Ok(Step::End)
            }
        }
    }

    fn bytes_read(&self) -> u64 {
        if self.ended { self.header.bytes } else { self.records.window.file_bytes_read() }
    }
}

impl SequenceSource {
    /// A sentence of its own for a collection in a record, and for a feature that goes on over several lines.
    fn say_what_it_is(&self, length: usize, number: u64) -> Option<crate::table::source::RowFault> {
        let text = std::str::from_utf8(&self.records.window.rest()[..length]).ok()?;
        let fault = |message: &str| Some(row_fault(number, "feature", message, Some(text)));
        if text.trim_start().starts_with("{") && text.contains("\"FeatureCollection\"") && !text.contains("\"Feature\"")
        {
            return fault("is a FeatureCollection; in a sequence each record is one Feature");
        }
        if !self.records.is_separated && Features::is_foreign(text.trim()) == Some("a number") {
            return fault("is no object; in a sequence each line is one whole Feature");
        }
        None
    }
}

/// Records of a file.
struct Records {
    window: Window,
    is_separated: bool,
    row_bytes: usize,
}

enum Record {
    /// One so long, at the start of the window; to be passed.
    Found(usize),
    /// One of so many bytes; it was passed.
    TooLarge(u64),
    End,
}

impl Records {
    fn new(window: Window, row_bytes: usize) -> Result<Self, TableError> {
        let first = window.rest().iter().find(|byte| !byte.is_ascii_whitespace());
        let is_separated = first == Some(&SEPARATOR);
        Ok(Self { window, is_separated, row_bytes })
    }

    fn pass(&mut self, length: usize) {
        self.window.pass_counting(length);
    }

    fn next(&mut self) -> Result<Record, TableError> {
        self.pass_blanks()?;
        let end_byte = if self.is_separated { SEPARATOR } else { b'\n' };
        let mut scanned = 0;
        loop {
            let rest = self.window.rest();
            if let Some(length) = memchr::memchr(end_byte, &rest[scanned..]) {
                return Ok(Record::Found(scanned + length));
            }
            scanned = rest.len();
            if scanned > self.row_bytes {
                return self.pass_large(end_byte);
            }
            if !self.window.grow()? {
                return Ok(if scanned == 0 { Record::End } else { Record::Found(scanned) });
            }
        }
    }

    fn pass_blanks(&mut self) -> Result<(), TableError> {
        loop {
            let rest = self.window.rest();
            let blanks = rest.iter().take_while(|byte| byte.is_ascii_whitespace() || **byte == SEPARATOR).count();
            let is_all = blanks == rest.len();
            self.window.pass_counting(blanks);
            if !is_all || !self.window.grow()? {
                return Ok(());
            }
        }
    }

    fn pass_large(&mut self, end_byte: u8) -> Result<Record, TableError> {
        let mut bytes = 0;
        loop {
            let rest = self.window.rest();
            let end = memchr::memchr(end_byte, rest);
            let length = end.unwrap_or(rest.len());
            bytes += length as u64;
            self.window.pass_counting(length);
            if end.is_some() || !self.window.grow()? {
                return Ok(Record::TooLarge(bytes));
            }
        }
    }
}
