//! Values of a record as cells; the way every one of millions of rows goes.

use super::record::Record;
use crate::table::{cell::Cell, encoding, formula::unguarded, limits::Limits, source::Row, wkt};
use encoding_rs::{Encoding, UTF_8};
use std::borrow::Cow;

/// How bytes are read as text.
pub(super) struct Text {
    /// What the bytes were in before they came here as UTF-8.
    pub recoded: Option<&'static Encoding>,
    /// What they are in; none while all were ASCII.
    pub encoding: Option<&'static Encoding>,
}

impl Text {
    /// Name of the file's encoding.
    pub(super) fn name(&self) -> &'static str {
        self.recoded.or(self.encoding).unwrap_or(UTF_8).name()
    }

    fn current(&self) -> &'static Encoding {
        self.encoding.unwrap_or(UTF_8)
    }

    /// Text of a value.
    pub(super) fn decode(&self, bytes: &[u8]) -> Result<String, String> {
        encoding::decode(self.current(), bytes).map(Cow::into_owned).map_err(|at| self.wrong(bytes, at))
    }

    /// Text for a message.
    pub(super) fn lossy<'a>(&self, bytes: &'a [u8]) -> Cow<'a, str> {
        encoding::lossy(self.current(), bytes)
    }

    fn wrong(&self, bytes: &[u8], at: usize) -> String {
        if self.recoded.is_some() {
            return format!("character {} fits no character of {}", at + 1, self.name());
        }
        let byte = bytes.get(at).copied().unwrap_or_default();
        let message = format!("byte {} (0x{byte:02X}) fits no character of {}", at + 1, self.name());
        let other = if self.current() == UTF_8 { encoding_rs::GB18030 } else { UTF_8 };
        match encoding::decode(other, bytes) {
            Ok(text) => {
                let text: String = text.chars().take(20).collect();
                format!(
                    "{message}; in {} it reads {text:?}: the file mixes encodings, save all of it in one",
                    other.name()
                )
            }
            Err(_) => message,
        }
    }
}

/// Puts the values of a record into a row; else the column that is wrong, and why.
pub(super) fn fill(
    row: &mut Row,
    record: &Record,
    bytes: &[u8],
    text: &Text,
    limits: &Limits,
) -> Result<(), (usize, String)> {
    row.cells.resize_with(record.width(), Cell::default);
    let whole = match text.encoding {
        _ if text.current() == UTF_8 => std::str::from_utf8(bytes).ok(),
        _ if bytes.is_ascii() => std::str::from_utf8(bytes).ok(),
        _ => None,
    };
    for (column, cell) in row.cells.iter_mut().enumerate() {
        // Separators are ASCII, so that a value of valid UTF-8 is valid itself.
        if let Some(value) = whole.and_then(|whole| whole.get(record.range(column)?)) {
            set(cell, value, limits).map_err(|message| (column, message))?;
            continue;
        }
        let value = record.value(bytes, column);
        if text.recoded.is_none() && text.current() != UTF_8 && encoding::is_rather_utf8(value) {
            let message =
                format!("is UTF-8 while the file is {}: the file mixes encodings, save all of it in one", text.name());
            return Err((column, message));
        }
        let value = encoding::decode(text.current(), value).map_err(|at| (column, text.wrong(value, at)))?;
        set(cell, &value, limits).map_err(|message| (column, message))?;
    }
    Ok(())
}

fn set(cell: &mut Cell, value: &str, limits: &Limits) -> Result<(), String> {
    if value.len() > limits.cell_bytes && !wkt::is_likely(value) {
        let (found, most) = (value.len(), limits.cell_bytes);
        return Err(format!("has {found} bytes; at most {most} are taken"));
    }
    cell.set_text(unguarded(value));
    Ok(())
}
