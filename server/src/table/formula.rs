//! The rule that keeps a spreadsheet from taking text for a formula.
//!
//! In CSV a text that begins with `=`, `+`, `-` or `@` and is not a number gets an apostrophe in front; so does one that
//! begins with apostrophes followed by such a sign, so that taking one off again always gives what was there.

use std::borrow::Cow;

/// Whether a text begins with any number of apostrophes and a sign a spreadsheet calculates with.
fn is_sign_after_apostrophes(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(['=', '+', '-', '@'])
}

/// Whether a text is a number in digits; `-inf` is one to a program and none to a spreadsheet.
fn is_number(text: &str) -> bool {
    text.parse::<f64>().is_ok() && !text.contains(|c: char| c.is_alphabetic() && c != 'e' && c != 'E')
}

/// The text as it is written.
pub(super) fn guarded(text: &str) -> Cow<'_, str> {
    if is_sign_after_apostrophes(text) && !is_number(text) {
        return Cow::Owned(format!("'{text}"));
    }
    Cow::Borrowed(text)
}

/// The text that was written: the inverse of [`guarded`].
pub(super) fn unguarded(text: &str) -> &str {
    text.strip_prefix('\'').filter(|_| is_sign_after_apostrophes(text)).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn taking_the_apostrophe_off_gives_what_was_there(text in "'{0,3}[=+@0-9a-z-]{0,4}.{0,4}") {
            let written = guarded(&text);
            prop_assert_eq!(unguarded(&written), text.as_str());
        }

        #[test]
        fn nothing_but_a_number_begins_with_a_sign(text in "[=+@'-]{0,3}.{0,5}") {
            let written = guarded(&text).into_owned();
            prop_assert!(!written.starts_with(['=', '+', '-', '@']) || is_number(&written));
        }
    }

    #[test]
    fn formulas_are_guarded_and_numbers_are_not() {
        for text in ["=1+1", "+86 596 1234567", "@cmd", "-2+3", "-", "'=x", "-inf"] {
            assert_eq!(guarded(text), format!("'{text}"));
        }
        for text in ["-5", "+5.5", "-1e3", "3号楼", "'t", "", "a=b"] {
            assert_eq!(guarded(text), text);
        }
    }
}
