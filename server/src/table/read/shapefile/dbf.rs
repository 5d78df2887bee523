//! The values of a shapefile: records of the `.dbf` (dBASE III to Visual FoxPro).

use super::super::fault::{refused, unreadable};
use crate::table::{
    cell::Cell,
    encoding,
    limits::Limits,
    source::{Format, Row, TableError},
};
use encoding_rs::Encoding;
use jiff::{
    ToSpan,
    civil::{Date, DateTime, date},
};
use std::{
    fs::File,
    io::{BufReader, ErrorKind, Read},
    path::{Path, PathBuf},
};

/// Bytes by which an encoding is guessed.
const SAMPLE: usize = 256 << 10;

/// A column of the table.
#[derive(Debug)]
struct Field {
    name: String,
    kind: u8,
    start: usize,
    length: usize,
}

/// Reader of the records in order.
pub(super) struct Values {
    path: PathBuf,
    file: BufReader<File>,
    fields: Vec<Field>,
    record: Vec<u8>,
    encoding: &'static Encoding,
    /// How many records there are by its heading.
    pub count: u64,
    read: u64,
}

/// What a record is.
pub(super) enum Found {
    /// Values, put into the row.
    Row,
    /// One that was marked as deleted.
    Deleted,
    /// The column that is wrong, and why; and the record as text.
    Wrong(String, String, String),
    /// No record: the file ends.
    End,
}

impl Values {
    /// Reader of a file; `named` is an encoding somebody knows, otherwise the file or its bytes say.
    pub(super) fn open(dbf: &Path, named: Option<&'static Encoding>, limits: &Limits) -> Result<Self, TableError> {
        let refuse = |message: String| refused(Format::Shapefile, message);
        let mut file = BufReader::with_capacity(256 << 10, File::open(dbf).map_err(unreadable(dbf))?);
        let bytes = file.get_ref().metadata().map_err(unreadable(dbf))?.len();
        let cut = || refuse(format!("the .dbf has {bytes} bytes and no whole heading"));
        let mut heading = [0; 32];
        file.read_exact(&mut heading).map_err(|_| cut())?;
        let count = u64::from(u32::from_le_bytes([heading[4], heading[5], heading[6], heading[7]]));
        let heading_bytes = usize::from(u16::from_le_bytes([heading[8], heading[9]]));
        let record_bytes = usize::from(u16::from_le_bytes([heading[10], heading[11]]));
        let mut rest = vec![0; heading_bytes.saturating_sub(32)];
        file.read_exact(&mut rest).map_err(|_| cut())?;
        if record_bytes == 0 {
            return Err(refuse("the .dbf says its records have 0 bytes".to_owned()));
        }
        let raw: Vec<&[u8]> = rest.chunks_exact(32).take_while(|field| field[0] != 0x0D).collect();
        if raw.len() > limits.columns {
            return Err(refuse(format!("has {} columns; at most {} are taken", raw.len(), limits.columns)));
        }
        let known = named.or_else(|| by_language(heading[29]));
        let encoding = match known {
            Some(encoding) => encoding,
            None => guessed(&mut file, &raw).map_err(unreadable(dbf))?,
        };
        let (mut fields, mut start) = (Vec::new(), 1);
        for field in raw {
            // Long texts keep the high byte of their length where others have their decimals.
            let kind = field[11];
            let length = usize::from(field[16]) + if kind == b'C' { usize::from(field[17]) << 8 } else { 0 };
            let name = field[..11].split(|byte| *byte == 0).next().unwrap_or_default();
            if start + length > record_bytes {
                return Err(refuse(format!(
                    "the columns of the .dbf need more than its {record_bytes} bytes a record"
                )));
            }
            // Marks of FoxPro for empty values are no column.
            if kind != b'0' {
                let name = encoding::lossy(encoding, name).trim().to_owned();
                fields.push(Field { name, kind, start, length });
            }
            start += length;
        }
        Ok(Self { path: dbf.to_owned(), file, fields, record: vec![0; record_bytes], encoding, count, read: 0 })
    }

    pub(super) fn names(&self) -> Vec<String> {
        self.fields.iter().map(|field| field.name.clone()).collect()
    }

    pub(super) fn encoding(&self) -> &'static Encoding {
        self.encoding
    }

    /// Columns whose values stand in a file that is not read.
    pub(super) fn memos(&self) -> Vec<&str> {
        let is_memo = |field: &&Field| matches!(field.kind, b'M' | b'G' | b'P');
        self.fields.iter().filter(is_memo).map(|field| field.name.as_str()).collect()
    }

    /// Reads the next record into a row.
    pub(super) fn next(&mut self, row: &mut Row) -> Result<Found, TableError> {
        if self.read == self.count {
            return Ok(Found::End);
        }
        match self.file.read_exact(&mut self.record) {
            Ok(()) => {}
            Err(error) if error.kind() == ErrorKind::UnexpectedEof => {
                let message = format!("the .dbf is cut off: {} of {} records are there", self.read, self.count);
                return Err(refused(Format::Shapefile, message));
            }
            Err(error) => return Err(unreadable(&self.path)(error)),
        }
        self.read += 1;
        if self.record[0] == b'*' {
            return Ok(Found::Deleted);
        }
        row.cells.resize(self.fields.len(), Cell::Empty);
        for (field, cell) in self.fields.iter().zip(&mut row.cells) {
            let bytes = &self.record[field.start..field.start + field.length];
            if let Err(message) = fill(cell, field.kind, bytes, self.encoding) {
                let text = encoding::lossy(self.encoding, &self.record[1..]).into_owned();
                return Ok(Found::Wrong(field.name.clone(), message, text));
            }
        }
        Ok(Found::Row)
    }
}

fn fill(cell: &mut Cell, kind: u8, bytes: &[u8], encoding: &'static Encoding) -> Result<(), String> {
    let text = || String::from_utf8_lossy(bytes).trim_matches(['\0', ' ']).to_owned();
    match (kind, bytes) {
        (b'N' | b'F', _) => *cell = number(&text())?,
        (b'L', _) => {
            *cell = match bytes.first() {
                Some(b'T' | b't' | b'Y' | b'y') => Cell::Bool(true),
                Some(b'F' | b'f' | b'N' | b'n') => Cell::Bool(false),
                _ => Cell::Empty,
            }
        }
        (b'D', _) => *cell = day(&text())?,
        (b'I' | b'+', [a, b, c, d]) => *cell = Cell::Integer(i64::from(i32::from_le_bytes([*a, *b, *c, *d]))),
        (b'O' | b'B', _) if bytes.len() == 8 => {
            let number = bytes.try_into().map_or(f64::NAN, f64::from_le_bytes);
            *cell = if number.is_finite() { Cell::Real(number) } else { Cell::Empty };
        }
        (b'Y', _) if bytes.len() == 8 => {
            *cell = Cell::Real(bytes.try_into().map_or(0, i64::from_le_bytes) as f64 / 10_000.0);
        }
        (b'T' | b'@', _) if bytes.len() == 8 => *cell = moment(bytes),
        (b'M' | b'G' | b'P', _) => *cell = Cell::Empty,
        _ => {
            let end = bytes.iter().rposition(|byte| !matches!(byte, 0 | b' ')).map_or(0, |at| at + 1);
            let text = encoding::decode(encoding, &bytes[..end]).map_err(|at| {
                let byte = bytes.get(at).copied().unwrap_or_default();
                let name = encoding.name();
                format!("byte {} (0x{byte:02X}) fits no character of {name}; if the file is in another encoding, declare it", at + 1)
            })?;
            if text.trim().is_empty() {
                *cell = Cell::Empty;
            } else {
                cell.set_text(&text);
            }
        }
    }
    Ok(())
}

fn number(text: &str) -> Result<Cell, String> {
    // Programs fill a number that does not fit, or is not there, with stars.
    if text.is_empty() || text.bytes().all(|byte| byte == b'*') {
        return Ok(Cell::Empty);
    }
    if let Ok(number) = text.parse::<i64>() {
        return Ok(Cell::Integer(number));
    }
    match text.replace(',', ".").parse::<f64>() {
        Ok(number) if number.is_finite() => Ok(Cell::Real(number)),
        Ok(_) => Ok(Cell::Empty),
        Err(_) => Err(format!("is {text:?}, which is no number")),
    }
}

fn day(text: &str) -> Result<Cell, String> {
    if text.bytes().all(|byte| byte == b'0') {
        return Ok(Cell::Empty);
    }
    let part = |range: std::ops::Range<usize>| text.get(range).and_then(|part| part.parse::<i16>().ok());
    let day = match (text.len(), part(0..4), part(4..6), part(6..8)) {
        (8, Some(year), Some(month), Some(day)) => Date::new(year, month as i8, day as i8).ok(),
        _ => None,
    };
    day.map(Cell::Date).ok_or_else(|| format!("is {text:?}, which is no day; days are YYYYMMDD"))
}

/// A moment of FoxPro: a Julian day and milliseconds.
fn moment(bytes: &[u8]) -> Cell {
    const JULIAN_OF_1970: i64 = 2_440_588;
    let part = |at: usize| bytes.get(at..at + 4).and_then(|part| part.try_into().ok()).map_or(0, i32::from_le_bytes);
    let (days, milliseconds) = (i64::from(part(0)) - JULIAN_OF_1970, i64::from(part(4)));
    let span = days.checked_mul(24).and_then(|hours| {
        let span = 0.hours().try_hours(hours).ok()?;
        span.try_milliseconds(milliseconds).ok()
    });
    let moment: Option<DateTime> = span.and_then(|span| date(1970, 1, 1).at(0, 0, 0, 0).checked_add(span).ok());
    moment.filter(|_| part(0) != 0).map_or(Cell::Empty, Cell::DateTime)
}

/// Encoding by the language mark of the heading; those that programs write whatever the text is in are not believed.
fn by_language(mark: u8) -> Option<&'static Encoding> {
    Some(match mark {
        0x4D | 0x7A => encoding_rs::GB18030,
        0x4F | 0x78 => encoding_rs::BIG5,
        0x4E | 0x79 => encoding_rs::EUC_KR,
        0x13 | 0x7B => encoding_rs::SHIFT_JIS,
        0x65 | 0x26 => encoding_rs::IBM866,
        0xC9 => encoding_rs::WINDOWS_1251,
        0xC8 => encoding_rs::WINDOWS_1250,
        _ => return None,
    })
}

/// Encoding by the bytes of names and of the first records, which stay to be read.
fn guessed(file: &mut BufReader<File>, fields: &[&[u8]]) -> std::io::Result<&'static Encoding> {
    use std::io::{Seek, SeekFrom};
    let mut sample = Vec::new();
    for field in fields {
        sample.extend(field[..11].split(|byte| *byte == 0).next().unwrap_or_default());
        sample.push(b'\n');
    }
    let at = file.stream_position()?;
    let mut records = vec![0; SAMPLE];
    let mut read = 0;
    while read < SAMPLE {
        match file.read(&mut records[read..])? {
            0 => break,
            count => read += count,
        }
    }
    file.seek(SeekFrom::Start(at))?;
    // Values are filled up with spaces: a run of them ends a line here, so that one wrong value spoils no other.
    let mut was_space = false;
    for byte in &records[..read] {
        let is_space = matches!(byte, b' ' | 0);
        sample.push(if is_space && was_space { b'\n' } else { *byte });
        was_space = is_space;
    }
    sample.push(b'\n');
    Ok(encoding::guessed(&sample))
}
