//! Text as a narrow keyboard types it: full-width signs made narrow, dashes made one, runs of spaces made one.

use std::borrow::Cow;

/// The text with full-width letters, digits and signs narrow (`１２` is `12`), every dash a `-`, every run of white
/// space one space, and none at the ends. Han characters stay as they are. Text that is like that already is borrowed.
pub fn folded(text: &str) -> Cow<'_, str> {
    let text = text.trim_matches(is_space);
    if is_plain(text) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars().map(narrow) {
        if c != ' ' || !out.ends_with(' ') {
            out.push(c);
        }
    }
    Cow::Owned(out)
}

/// Whether folding would leave the text alone.
fn is_plain(text: &str) -> bool {
    if text.is_ascii() {
        let mut before = b'-';
        return text.bytes().all(|b| {
            let fits = (b'!'..=b'~').contains(&b) || b == b' ' && before != b' ';
            before = b;
            fits
        });
    }
    let mut after_space = false;
    text.chars().all(|c| {
        let double = after_space && c == ' ';
        after_space = c == ' ';
        !double && narrow(c) == c
    })
}

/// White space, and the marks without width that programs leave at the ends of cells.
fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200B}' | '\u{FEFF}')
}

fn narrow(c: char) -> char {
    match c {
        ' '..='~' => c,
        // Full-width forms lie in the order of ASCII.
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).map_or(c, narrow_dash),
        _ if c.is_whitespace() => ' ',
        _ => narrow_dash(c),
    }
}

fn narrow_dash(c: char) -> char {
    match c {
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FE58}' | '\u{FE63}' => '-',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn wide_signs_become_narrow_and_spaces_one() {
        assert_eq!(folded("　１２棟　ＡＢ－３ "), "12棟 AB-3");
        assert_eq!(folded("3—2–501"), "3-2-501");
        assert_eq!(folded("\u{FEFF}350602\u{200B}"), "350602");
        assert!(matches!(folded(" 幸福小区 3号楼 "), Cow::Borrowed("幸福小区 3号楼")));
    }

    proptest! {
        #[test]
        fn folding_twice_is_folding_once(text in any::<String>()) {
            let once = folded(&text).into_owned();
            prop_assert_eq!(folded(&once).into_owned(), once);
        }
    }
}
