//! A value of a table, as the file has it.

use jiff::civil::{Date, DateTime};
use std::borrow::Cow;

/// A value in one column of one row.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Cell {
    /// Nothing there.
    #[default]
    Empty,
    /// Yes or no.
    Bool(bool),
    /// A whole number.
    Integer(i64),
    /// Any other number.
    Real(f64),
    /// Text; what a CSV file holds is all text.
    Text(String),
    /// A day.
    Date(Date),
    /// A moment on a calendar and clock without a zone.
    DateTime(DateTime),
}

impl Cell {
    /// Puts text in, using the memory of text that was there before.
    pub fn set_text(&mut self, text: &str) {
        if let Self::Text(there) = self {
            there.clear();
            there.push_str(text);
        } else {
            *self = Self::Text(text.to_owned());
        }
    }

    /// Whether there is nothing, or nothing but spaces.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Empty => true,
            Self::Text(text) => trimmed(text).is_empty(),
            _ => false,
        }
    }

    /// The value as a person would write it: whole numbers without a point, days as `YYYY-MM-DD`, text trimmed.
    pub fn text(&self) -> Cow<'_, str> {
        match self {
            Self::Empty => Cow::Borrowed(""),
            Self::Bool(value) => Cow::Borrowed(if *value { "true" } else { "false" }),
            Self::Integer(number) => Cow::Owned(number.to_string()),
            // A spreadsheet keeps 501 as 501.0; Display writes it without the point.
            Self::Real(number) => Cow::Owned(number.to_string()),
            Self::Text(text) => Cow::Borrowed(trimmed(text)),
            Self::Date(date) => Cow::Owned(date.to_string()),
            Self::DateTime(moment) => Cow::Owned(moment.to_string()),
        }
    }
}

/// Text without white space at its ends, like `trim`; as good as all values begin and end with what is none, which is
/// seen at the first bytes.
pub fn trimmed(text: &str) -> &str {
    // The white space of Unicode begins with the bytes C2, E1, E2 and E3; those of Han characters come after them.
    let is_ink = |byte: &u8| matches!(byte, b'!'..=b'~');
    let bytes = text.as_bytes();
    let begins = bytes.first().is_some_and(|byte| is_ink(byte) || *byte >= 0xE4);
    let ends = match bytes {
        [.., last] if is_ink(last) => true,
        // In valid text this is the first byte of the last character.
        [.., 0xE4..=0xEF, _, _] => true,
        _ => false,
    };
    if begins && ends { text } else { text.trim() }
}

#[cfg(test)]
mod tests {
    use super::trimmed;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn trimming_is_what_it_is_everywhere(text in "[ \\t\u{85}\u{A0}\u{1680}\u{2003}\u{3000}a~é门〇𠀀]{0,6}") {
            prop_assert_eq!(trimmed(&text), text.trim());
        }
    }

    #[test]
    fn every_character_at_both_ends_is_kept_or_trimmed_alike() {
        for c in (0..=0x3_FFFF).filter_map(char::from_u32) {
            let text = format!("{c}x{c}");
            assert_eq!(trimmed(&text), text.trim(), "{c:?}");
            let alone = c.to_string();
            assert_eq!(trimmed(&alone), alone.trim(), "{c:?}");
        }
    }
}
