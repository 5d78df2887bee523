//! What separates values and records, found from the first lines.

use super::record::{Dialect, Found, Record};

/// Lines looked at.
const LINES: usize = 20;

/// Dialect of a file by its start, and in how many values most of its first lines fall.
///
/// A first line `sep=;`, as spreadsheets write it, is believed.
pub(super) fn found(start: &[u8], is_whole: bool) -> (Dialect, usize) {
    let line_end = if !start.contains(&b'\n') && start.contains(&b'\r') { b'\r' } else { b'\n' };
    if let Some(delimiter) = said(start) {
        let dialect = Dialect { delimiter, line_end };
        return (dialect, usual_width(start, dialect, is_whole).1);
    }
    let tried = [b',', b'\t', b';', b'|'].map(|delimiter| {
        let dialect = Dialect { delimiter, line_end };
        (usual_width(start, dialect, is_whole), dialect)
    });
    let mut best = ((0, 1), Dialect { delimiter: b',', line_end });
    for one in tried {
        if one.0.1 > 1 && one.0 > best.0 {
            best = one;
        }
    }
    (best.1, best.0.1)
}

/// The delimiter a first line `sep=;` names.
pub(super) fn said(start: &[u8]) -> Option<u8> {
    match start.strip_prefix(b"sep=")? {
        [delimiter, b'\r' | b'\n', ..] if !delimiter.is_ascii_alphanumeric() && *delimiter != b'"' => Some(*delimiter),
        _ => None,
    }
}

/// The most frequent number of values in the first lines, more than one if possible, and how many have it first.
fn usual_width(start: &[u8], dialect: Dialect, is_whole: bool) -> (usize, usize) {
    let mut record = Record::default();
    let mut widths: Vec<(usize, usize)> = Vec::new();
    let mut at = 0;
    for _ in 0..LINES {
        match record.find(&start[at..], dialect, is_whole) {
            Found::Record => {
                at += record.length;
                match widths.iter_mut().find(|(_, width)| *width == record.width()) {
                    Some((count, _)) => *count += 1,
                    None => widths.push((1, record.width())),
                }
            }
            Found::Blank(length) if length > 0 => at += length,
            _ => break,
        }
    }
    let several = widths.iter().copied().filter(|(_, width)| *width > 1).max();
    several.or(widths.first().copied()).unwrap_or((0, 1))
}
