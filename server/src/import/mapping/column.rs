//! A column of a file as the mapping sees it: its name in one form, and what the first rows have in it.

use crate::kinds::plain;
use crate::table::{Cell, Row};
use std::collections::HashSet;

/// Different values shown as examples.
const EXAMPLES: usize = 3;
/// Characters of an example.
const EXAMPLE_LENGTH: usize = 60;

/// A column.
pub(super) struct Column {
    /// Its name in the file.
    pub(super) name: String,
    /// Its name in one form.
    pub(super) plain: String,
    /// Whether it says something about a person, by its name.
    pub(super) personal: bool,
    /// What is in it, empty cells left out.
    values: Vec<Cell>,
    /// Rows looked at.
    rows: usize,
    /// Different values among them.
    distinct: usize,
}

impl Column {
    pub(super) fn new(name: &str, personal: bool, at: usize, sample: &[Row]) -> Self {
        let cells = sample.iter().filter_map(|row| row.cells.get(at));
        let values: Vec<Cell> = cells.filter(|cell| !cell.is_empty()).cloned().collect();
        let distinct = values.iter().map(|cell| cell.text()).collect::<HashSet<_>>().len();
        Self { name: name.to_owned(), plain: plain(name), personal, values, rows: sample.len(), distinct }
    }

    /// Whether some value fits, or there is none to say otherwise.
    pub(super) fn may_be(&self, fits: fn(&Cell) -> bool) -> bool {
        self.values.is_empty() || self.values.iter().any(fits)
    }

    /// Whether there are values and all fit.
    pub(super) fn is_all(&self, fits: impl Fn(&Cell) -> bool) -> bool {
        !self.values.is_empty() && self.values.iter().all(fits)
    }

    /// Whether every row has a value of its own.
    pub(super) fn is_unique(&self) -> bool {
        self.distinct == self.rows
    }

    /// Whether there are as good as no two rows with the same value, so far as the few first ones say.
    pub(super) fn is_varied(&self) -> bool {
        self.rows < 4 || self.distinct * 2 > self.values.len()
    }

    /// What is in it.
    pub(super) fn values(&self) -> &[Cell] {
        &self.values
    }

    /// The first few different values, cut short.
    pub(super) fn examples(&self) -> Vec<String> {
        let mut examples: Vec<String> = Vec::with_capacity(EXAMPLES);
        for text in self.values.iter().map(|cell| cell.text()) {
            let mut short: String = text.chars().take(EXAMPLE_LENGTH).collect();
            if short.len() < text.len() {
                short.push('…');
            }
            if !examples.contains(&short) {
                examples.push(short);
            }
            if examples.len() == EXAMPLES {
                break;
            }
        }
        examples
    }
}
