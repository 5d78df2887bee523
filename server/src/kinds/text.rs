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
    /// [`FieldFault`] for more than `TEXT_LIMIT` characters, control characters among them, and numbers that a
    /// spreadsheet has rounded.
    pub fn text(&self, field: usize) -> Result<Cow<'a, str>, FieldFault> {
        let cell = self.cell(field);
        if let Cell::Real(number) = cell {
            self.check_exact(field, *number)?;
        }
        let text = cell.text();
        if text.len() <= TEXT_LIMIT && !may_hold_controls(text.as_bytes()) {
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
    /// [`FieldFault`] for more than `KEY_LIMIT` characters, those that cannot stand in an address, and numbers that
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
    // Without a branch a byte, so that several are looked at together.
    let all_plain = |all, b: u8| all & (b.is_ascii_alphanumeric() | (b == b'-') | (b == b'_'));
    (1..=KEY_LIMIT).contains(&text.len()) && text.bytes().fold(true, all_plain)
}

/// Whether text may hold control characters: they are below the space, 7F, or begin with the byte C2, and most texts have
/// none of these. Looks at eight bytes at a time.
fn may_hold_controls(text: &[u8]) -> bool {
    const ONES: u64 = u64::from_ne_bytes([1; 8]);
    // Some byte is zero (Mycroft): as good for "is below the space" once the space is taken away.
    let has_zero = |x: u64| x.wrapping_sub(ONES) & !x & (ONES << 7) != 0;
    let is_odd = |eight: &[u8; 8]| {
        let x = u64::from_ne_bytes(*eight);
        let below = x.wrapping_sub(ONES * 0x20) & !x & (ONES << 7) != 0;
        below | has_zero(x ^ (ONES * 0x7F)) | has_zero(x ^ (ONES * 0xC2))
    };
    match (text.as_chunks::<8>().0, text.last_chunk::<8>()) {
        (chunks, Some(last)) => is_odd(last) || chunks.iter().any(is_odd),
        _ => text.iter().any(|b| *b < b' ' || matches!(b, 0x7F | 0xC2)),
    }
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

#[cfg(test)]
mod tests {
    use super::may_hold_controls;

    #[test]
    fn controls_are_seen_wherever_they_stand() {
        for plain in ["", "a", "3号楼", "漳州市芗城区东铺头街道", " ~ÿ\u{1F600} é", "0123456789abcdef"] {
            assert!(!may_hold_controls(plain.as_bytes()), "{plain}");
            for control in ['\0', '\n', '\u{1F}', '\u{7F}', '\u{80}', '\u{9F}'] {
                for (at, _) in plain.char_indices() {
                    let mut text = plain.to_owned();
                    text.insert(at, control);
                    assert!(may_hold_controls(text.as_bytes()), "{text:?}");
                }
            }
        }
    }
}
