//! The part of a text file that is looked at: grows while a record goes on, moves on when it is done with.

use super::input::Input;
use crate::table::source::TableError;

/// Bytes read at once.
const STEP: usize = 256 << 10;

/// Bytes of an [`Input`] not yet done with.
pub(in crate::table) struct Window {
    input: Input,
    bytes: Vec<u8>,
    start: usize,
    offset: u64,
    line: u64,
    /// Where that line begins.
    line_offset: u64,
}

impl Window {
    /// The start of an input, without its UTF-8 mark.
    pub(in crate::table) fn new(input: Input) -> Result<Self, TableError> {
        let mut window = Self { input, bytes: Vec::new(), start: 0, offset: 0, line: 1, line_offset: 0 };
        window.grow()?;
        if window.rest().starts_with(b"\xEF\xBB\xBF") {
            window.pass(3, 0);
        }
        Ok(window)
    }

    /// What is not done with, as far as it was read.
    pub(in crate::table) fn rest(&self) -> &[u8] {
        &self.bytes[self.start..]
    }

    /// Reads on, as much again as is held, so that looking at all of it anew costs no more than reading it.
    /// False at the end of the file.
    pub(in crate::table) fn grow(&mut self) -> Result<bool, TableError> {
        if self.start > 0 {
            self.bytes.drain(..self.start);
            self.start = 0;
        }
        let wanted = self.bytes.len().max(STEP);
        Ok(self.input.fill(&mut self.bytes, wanted)? > 0)
    }

    /// Is done with bytes that hold so many line ends.
    pub(in crate::table) fn pass(&mut self, length: usize, lines: u64) {
        self.start += length;
        self.offset += length as u64;
        if lines > 0 {
            self.line += lines;
            self.line_offset = self.offset;
        }
    }

    /// Is done with bytes whose line ends are counted here.
    pub(in crate::table) fn pass_counting(&mut self, length: usize) {
        let passed = &self.bytes[self.start..self.start + length];
        let lines = memchr::memchr_iter(b'\n', passed).count() as u64;
        let last = memchr::memrchr(b'\n', passed);
        let offset = self.offset;
        self.pass(length, lines);
        if let Some(last) = last {
            self.line_offset = offset + last as u64 + 1;
        }
    }

    /// Line of the next byte, from 1.
    pub(in crate::table) fn line(&self) -> u64 {
        self.line
    }

    /// Column of the next byte in its line, bytes from 1.
    pub(in crate::table) fn column(&self) -> u64 {
        self.offset - self.line_offset + 1
    }

    /// Size of the file.
    pub(in crate::table) fn file_bytes(&self) -> u64 {
        self.input.bytes()
    }

    /// Bytes of the file done with, nearly so where it is recoded.
    pub(in crate::table) fn file_bytes_read(&self) -> u64 {
        if self.input.is_plain() { self.offset.min(self.input.bytes()) } else { self.input.read() }
    }
}
