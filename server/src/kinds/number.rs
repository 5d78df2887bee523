//! Whole numbers.

use super::field::FieldFault;
use super::values::{Values, folded_text, shown};
use crate::table::{Cell, cell::trimmed};
use std::ops::RangeInclusive;

impl Values<'_> {
    /// A whole number in a range; none when it is empty. `501`, `501.0`, `５０１` and `1,024` are whole numbers.
    ///
    /// # Errors
    /// [`FieldFault`] for anything else and numbers outside the range.
    pub fn integer(&self, field: usize, range: RangeInclusive<i64>) -> Result<Option<i64>, FieldFault> {
        let cell = self.cell(field);
        if cell.is_empty() {
            return Ok(None);
        }
        match integer(cell).filter(|number| range.contains(number)) {
            Some(number) => Ok(Some(number)),
            None => {
                let (first, last) = range.into_inner();
                let value = match cell {
                    Cell::Text(text) => shown(text.trim()),
                    other => other.text().into_owned(),
                };
                let message = format!("is {value}; it must be a whole number from {first} to {last}");
                Err(self.fault(field, message))
            }
        }
    }
}

/// The whole number in a cell, when there is one.
pub fn integer(cell: &Cell) -> Option<i64> {
    match cell {
        Cell::Integer(number) => Some(*number),
        // Up to 2^53 every whole number has a float of its own.
        Cell::Real(number) if number.fract() == 0.0 && number.abs() < 9.0e15 => Some(*number as i64),
        Cell::Text(text) => trimmed(text).parse().ok().or_else(|| in_words(&folded_text(cell))),
        _ => None,
    }
}

fn in_words(text: &str) -> Option<i64> {
    let whole =
        text.split_once('.').map_or(text, |(whole, rest)| if rest.trim_matches('0').is_empty() { whole } else { text });
    if !whole.contains(',') {
        return whole.parse().ok();
    }
    let (sign, digits) = whole.strip_prefix('-').map_or((1, whole), |rest| (-1, rest));
    let mut groups = digits.split(',');
    let first = groups.next().filter(|group| (1..=3).contains(&group.len()))?;
    let mut number: i64 = first.parse().ok().filter(|n| *n >= 0)?;
    for group in groups {
        let digits = group.len() == 3 && group.bytes().all(|b| b.is_ascii_digit());
        number = number.checked_mul(1000)?.checked_add(group.parse().ok().filter(|_| digits)?)?;
    }
    Some(sign * number)
}
