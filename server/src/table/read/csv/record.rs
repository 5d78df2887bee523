//! One record of separated text found in bytes (RFC 4180, read as forgivingly as crate csv reads it).

/// How values and records are separated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Dialect {
    /// Between values.
    pub delimiter: u8,
    /// At the end of records: a line feed, or a carriage return where a file has no line feeds.
    pub line_end: u8,
}

/// What was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Found {
    /// A record.
    Record,
    /// An empty line, so long and so many line ends.
    Blank(usize),
    /// The bytes stop before the record does.
    More,
}

/// Where the values of a record are; its memory is used again for the next.
#[derive(Debug, Default)]
pub(super) struct Record {
    fields: Vec<Field>,
    /// Values that held doubled quotes, without these.
    unescaped: Vec<u8>,
    /// Its bytes with the line end.
    pub length: usize,
    /// Its line ends.
    pub lines: u64,
    /// Whether a quote was still open where the file ended.
    pub is_open: bool,
    /// Whether text followed a closing quote, as where a quote was forgotten.
    pub is_uneven: bool,
}

#[derive(Debug, Clone, Copy)]
struct Field {
    start: usize,
    end: usize,
    is_unescaped: bool,
}

impl Record {
    /// How many values it has.
    pub(super) fn width(&self) -> usize {
        self.fields.len()
    }

    /// Value of a column in the bytes the record was found in; empty where there is none.
    pub(super) fn value<'a>(&'a self, bytes: &'a [u8], column: usize) -> &'a [u8] {
        let Some(field) = self.fields.get(column) else { return &[] };
        let bytes = if field.is_unescaped { &self.unescaped } else { bytes };
        bytes.get(field.start..field.end).unwrap_or_default()
    }

    /// Where a value stands in the bytes, unless it had to be put together.
    pub(super) fn range(&self, column: usize) -> Option<std::ops::Range<usize>> {
        self.fields.get(column).filter(|field| !field.is_unescaped).map(|field| field.start..field.end)
    }

    /// How many values are not empty.
    pub(super) fn filled(&self) -> usize {
        self.fields.iter().filter(|field| field.end > field.start).count()
    }

    /// Finds the record that begins with the bytes; `is_last` when no more bytes follow.
    pub(super) fn find(&mut self, bytes: &[u8], dialect: Dialect, is_last: bool) -> Found {
        self.fields.clear();
        self.unescaped.clear();
        self.is_open = false;
        self.is_uneven = false;
        let (line, length) = match memchr::memchr(dialect.line_end, bytes) {
            Some(end) => (&bytes[..end], end + 1),
            None if is_last => (bytes, bytes.len()),
            None => return Found::More,
        };
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if line.is_empty() {
            return Found::Blank(length);
        }
        if memchr::memchr2(b'"', b'\r', line).is_some() {
            return self.find_quoted(bytes, dialect, is_last);
        }
        let mut start = 0;
        for end in memchr::memchr_iter(dialect.delimiter, line) {
            self.fields.push(Field { start, end, is_unescaped: false });
            start = end + 1;
        }
        self.fields.push(Field { start, end: line.len(), is_unescaped: false });
        self.length = length;
        self.lines = u64::from(length > line.len());
        Found::Record
    }

    /// The same where quotes or lone carriage returns stand in the line.
    fn find_quoted(&mut self, bytes: &[u8], dialect: Dialect, is_last: bool) -> Found {
        let mut at = 0;
        loop {
            let end = if bytes.get(at) == Some(&b'"') {
                self.quoted_value(bytes, at, dialect, is_last)
            } else {
                let end = value_end(bytes, at, dialect);
                self.fields.push(Field { start: at, end, is_unescaped: false });
                Some(end)
            };
            let Some(end) = end else { return Found::More };
            match bytes.get(end) {
                Some(byte) if *byte == dialect.delimiter => at = end + 1,
                None if !is_last => return Found::More,
                Some(b'\r') if end + 1 == bytes.len() && !is_last => return Found::More,
                byte => {
                    let ends = match byte {
                        None => 0,
                        Some(b'\r') if bytes.get(end + 1) == Some(&b'\n') => 2,
                        Some(_) => 1,
                    };
                    self.length = end + ends;
                    let within = memchr::memchr_iter(dialect.line_end, &bytes[..end]).count() as u64;
                    self.lines = within + u64::from(ends > 0);
                    return Found::Record;
                }
            }
        }
    }

    /// Takes a value that begins with a quote; its end, or none when the bytes stop first.
    fn quoted_value(&mut self, bytes: &[u8], quote: usize, dialect: Dialect, is_last: bool) -> Option<usize> {
        let begin = self.unescaped.len();
        let (mut start, mut is_unescaped) = (quote + 1, false);
        loop {
            let Some(found) = memchr::memchr(b'"', &bytes[start..]) else {
                if !is_last {
                    return None;
                }
                self.is_open = true;
                self.push(bytes, begin, start, bytes.len(), is_unescaped);
                return Some(bytes.len());
            };
            let close = start + found;
            match bytes.get(close + 1) {
                Some(b'"') => {
                    self.unescaped.extend_from_slice(&bytes[start..=close]);
                    is_unescaped = true;
                    start = close + 2;
                }
                None if !is_last => return None,
                _ => {
                    let end = value_end(bytes, close + 1, dialect);
                    if end > close + 1 {
                        // Text after the closing quote is taken as it stands.
                        self.is_uneven = true;
                        self.unescaped.extend_from_slice(&bytes[start..close]);
                        self.push(bytes, begin, close + 1, end, true);
                    } else {
                        self.push(bytes, begin, start, close, is_unescaped);
                    }
                    return Some(end);
                }
            }
        }
    }

    fn push(&mut self, bytes: &[u8], begin: usize, start: usize, end: usize, is_unescaped: bool) {
        if is_unescaped {
            self.unescaped.extend_from_slice(&bytes[start..end]);
            self.fields.push(Field { start: begin, end: self.unescaped.len(), is_unescaped });
        } else {
            self.fields.push(Field { start, end, is_unescaped });
        }
    }
}

/// End of a value that holds no quotes that mean anything.
fn value_end(bytes: &[u8], start: usize, dialect: Dialect) -> usize {
    memchr::memchr3(dialect.delimiter, b'\n', b'\r', &bytes[start..]).map_or(bytes.len(), |length| start + length)
}
