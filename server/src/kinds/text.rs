//! Texts, and keys that tell rows apart.

use super::field::FieldFault;
use super::values::{Values, folded_text, shown};
use crate::table::Cell;
use std::borrow::Cow;

/// Longest text of a name or address, characters.
pub const TEXT_LIMIT: usize = 200;
/// Longest code or id, characters.
pub const KEY_LIMIT: usize = 64;
/// Whole numbers from here on are not exact in a spreadsheet.
const EXACT: f64 = 1e15;

impl<'a> Values<'a> {
    /// Text of a field without spaces at its ends; empty when there is none.
    ///
    /// # Errors
    /// [`FieldFault`] for more than [`TEXT_LIMIT`] characters, control characters among them, and numbers that a
    /// spreadsheet has rounded.
    pub fn text(&self, field: usize) -> Result<Cow<'a, str>, FieldFault> {
        let cell = self.cell(field);
        if let Cell::Real(number) = cell {
            self.check_exact(field, *number)?;
        }
        let text = cell.text();
        // Control characters are below the space, 7F, or begin with the byte C2; most texts have none of these.
        if text.len() <= TEXT_LIMIT && !text.bytes().any(|b| b < b' ' || matches!(b, 0x7F | 0xC2)) {
            return Ok(text);
        }
        if let Some(c) = text.chars().find(|c| c.is_control()) {
            let message = format!("{} holds {c:?}, a control character; write it in one line of text", shown(&text));
            return Err(self.fault(field, message));
        }
        match text.chars().count() {
            length if length > TEXT_LIMIT => {
                let message = format!("has {length} characters; at most {TEXT_LIMIT} are taken");
                Err(self.fault(field, message))
            }
            _ => Ok(text),
        }
    }

    /// Text that must be there.
    ///
    /// # Errors
    /// As [`Values::text`], and when there is none.
    pub fn needed_text(&self, field: usize) -> Result<Cow<'a, str>, FieldFault> {
        let text = self.text(field)?;
        if !text.is_empty() {
            return Ok(text);
        }
        let is = if matches!(self.cell(field), Cell::Empty) { "missing" } else { "empty" };
        Err(self.fault(field, format!("is {is}; it must be text")))
    }

    /// A code or id; none when it is empty. Full-width signs are made narrow, and a number of a spreadsheet is written
    /// without a point.
    ///
    /// # Errors
    /// [`FieldFault`] for more than [`KEY_LIMIT`] characters, those that cannot stand in an address, and numbers that
    /// a spreadsheet has rounded.
    pub fn key(&self, field: usize) -> Result<Option<Cow<'a, str>>, FieldFault> {
        let cell = self.cell(field);
        match cell {
            Cell::Text(text) if is_plain_key(text) => return Ok(Some(Cow::Borrowed(text))),
            Cell::Real(number) => self.check_exact(field, *number)?,
            _ => {}
        }
        let text = folded_text(cell);
        if text.is_empty() {
            return Ok(None);
        }
        self.check_key(field, &text)?;
        Ok(Some(text))
    }

    /// A code or id that must be there.
    ///
    /// # Errors
    /// As [`Values::key`], and when there is none.
    pub fn needed_key(&self, field: usize) -> Result<Cow<'a, str>, FieldFault> {
        match self.key(field)? {
            Some(key) => Ok(key),
            None => self.needed_text(field),
        }
    }

    fn check_key(&self, field: usize, text: &str) -> Result<(), FieldFault> {
        if text.len() > KEY_LIMIT && text.chars().count() > KEY_LIMIT {
            return Err(self.fault(field, format!("{} must have 1 to {KEY_LIMIT} characters", shown(text))));
        }
        if let Some(c) = text.chars().find(|c| cannot_stand_in_key(*c)) {
            let message = format!("{} holds {c:?}; it must do without spaces and /\\?#%&,\"'<>", shown(text));
            return Err(self.fault(field, message));
        }
        if is_shortened(text) {
            let message = format!("{text:?} was shortened by a spreadsheet; make its column text and enter it again");
            return Err(self.fault(field, message));
        }
        Ok(())
    }

    fn check_exact(&self, field: usize, number: f64) -> Result<(), FieldFault> {
        if number.abs() < EXACT {
            return Ok(());
        }
        let message = format!(
            "{number} has more digits than a spreadsheet keeps (15), so the last are lost; make its column text and \
             enter it again"
        );
        Err(self.fault(field, message))
    }
}

/// Whether a text is a key as it stands, as nearly all are: letters, digits, `-` and `_` of ASCII.
fn is_plain_key(text: &str) -> bool {
    (1..=KEY_LIMIT).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
}

/// Whether a character cannot stand in a code or id, because it cannot stand in an address.
pub(super) fn cannot_stand_in_key(c: char) -> bool {
    c.is_whitespace() || c.is_control() || "/\\?#%&,\"'<>".contains(c)
}

/// Whether a long number was written as 3.50602E+14.
fn is_shortened(text: &str) -> bool {
    let Some((mantissa, exponent)) = text.split_once(['E', 'e']) else { return false };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    exponent.strip_prefix('+').is_some_and(digits) && digits(mantissa)
}
