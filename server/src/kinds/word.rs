//! Words of a list, each of which people write in several ways.

use super::field::FieldFault;
use super::plain::plain;
use super::values::{Values, shown};
use crate::table::Cell;

/// Meanings, each with its words as [`plain`] writes them: the first is the id.
pub type Words<T> = [(T, &'static str, &'static str)];

impl Values<'_> {
    /// The meaning of a word; none when it is empty.
    ///
    /// # Errors
    /// [`FieldFault`] when it is no word of the list.
    pub fn word<T: Copy>(&self, field: usize, words: &Words<T>) -> Result<Option<T>, FieldFault> {
        let cell = self.cell(field);
        let text = cell.text();
        if text.is_empty() {
            return Ok(None);
        }
        match find(&text, words) {
            Some(meaning) => Ok(Some(meaning)),
            None => Err(self.fault(field, format!("{} is none of {}", shown(&text), ids(words)))),
        }
    }
}

/// The meaning of a word.
pub fn find<T: Copy>(text: &str, words: &Words<T>) -> Option<T> {
    // Files that programs write have the ids.
    if let Some((meaning, ..)) = words.iter().find(|(_, id, _)| *id == text) {
        return Some(*meaning);
    }
    let text = plain(text);
    let is = |words: &str| words.split(' ').any(|word| word == text);
    words.iter().find(|(_, id, others)| plain(id) == text || is(others)).map(|(meaning, ..)| *meaning)
}

/// Whether a cell holds a word of the list.
pub fn is_word<T: Copy>(cell: &Cell, words: &Words<T>) -> bool {
    matches!(cell, Cell::Text(text) if find(text.trim(), words).is_some())
}

fn ids<T>(words: &Words<T>) -> String {
    words.iter().map(|(_, id, _)| *id).collect::<Vec<_>>().join(", ")
}
