//! Merged cells: only the first value of one counts, and over rows of one column it counts for each of them.

use crate::table::cell::Cell;
use calamine::Dimensions;
use std::collections::BTreeMap;

/// Merged cells of a sheet, met as its rows are.
#[derive(Debug, Default)]
pub(super) struct Merged {
    /// By the row they begin in.
    begin: BTreeMap<u32, Vec<Dimensions>>,
    /// Those a row lies in, by column.
    active: BTreeMap<u32, Active>,
    /// Cells that were given the value above them.
    pub filled: u64,
    /// Merged cells over several columns.
    pub across: u64,
}

#[derive(Debug, Clone)]
struct Active {
    last_row: u32,
    /// The value, in the first column of the merged cell only.
    value: Option<Cell>,
}

impl Merged {
    pub(super) fn new(merged: Vec<Dimensions>) -> Self {
        let mut begin: BTreeMap<u32, Vec<Dimensions>> = BTreeMap::new();
        let is_one =
            |cell: &Dimensions| cell.start.0 <= cell.end.0 && cell.start.1 <= cell.end.1 && cell.start != cell.end;
        for cell in merged.into_iter().filter(is_one) {
            begin.entry(cell.start.0).or_default().push(cell);
        }
        Self { begin, ..Self::default() }
    }

    /// Merged cells that begin in a row.
    pub(super) fn in_row(&self, row: u32) -> &[Dimensions] {
        self.begin.get(&row).map_or(&[], Vec::as_slice)
    }

    /// Puts the values of a row as a reader of the sheet sees them; rows come in order, and `width` columns count.
    pub(super) fn apply(&mut self, row: u32, cells: &mut Vec<Cell>, width: u32) {
        self.active.retain(|_, active| active.last_row >= row);
        // Those of rows that hold no cell at all begin with nothing.
        while let Some(entry) = self.begin.first_entry().filter(|entry| *entry.key() <= row) {
            let begins = *entry.key();
            for merged in entry.remove() {
                let (first, last) = (merged.start.1, merged.end.1.min(width.saturating_sub(1)));
                self.across += u64::from(merged.end.1 > first && first < width);
                for column in first..=last.max(first).min(width) {
                    let own = cells.get(column as usize).filter(|_| begins == row).cloned();
                    let value = if column == first { Some(own.unwrap_or_default()) } else { None };
                    if merged.end.0 >= row {
                        self.active.insert(column, Active { last_row: merged.end.0, value });
                    }
                }
            }
        }
        for (column, active) in &self.active {
            let Some(index) = usize::try_from(*column).ok().filter(|_| *column < width) else { continue };
            if cells.len() <= index {
                cells.resize(index + 1, Cell::Empty);
            }
            match &active.value {
                Some(value) => {
                    self.filled += u64::from(cells[index] != *value);
                    cells[index] = value.clone();
                }
                None => cells[index] = Cell::Empty,
            }
        }
    }

    /// What a person should know of them.
    pub(super) fn notes(&self) -> Vec<String> {
        let mut notes = Vec::new();
        if self.filled > 0 {
            let filled = self.filled;
            notes.push(format!(
                "cells merged over several rows count for each of them: {filled} values were filled down"
            ));
        }
        if self.across > 0 {
            let across = self.across;
            notes.push(format!("{across} cells merged over several columns count for the first of them only"));
        }
        notes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Cell {
        Cell::Text(text.to_owned())
    }

    #[test]
    fn values_are_filled_down_and_not_across() {
        let merged = |start, end| Dimensions { start, end };
        let mut all = Merged::new(vec![merged((1, 0), (3, 0)), merged((2, 1), (2, 2)), merged((9, 9), (9, 9))]);
        let mut rows = [
            vec![text("h"), text("h"), text("h")],
            vec![text("a"), text("1"), text("2")],
            vec![Cell::Empty, text("3"), text("hidden")],
            vec![text("hidden"), text("4")],
            vec![text("b"), text("5")],
        ];
        for (row, cells) in rows.iter_mut().enumerate() {
            all.apply(row as u32, cells, 3);
        }
        assert_eq!(rows[2], [text("a"), text("3"), Cell::Empty]);
        assert_eq!(rows[3], [text("a"), text("4")]);
        assert_eq!(rows[4], [text("b"), text("5")]);
        assert_eq!((all.filled, all.across), (2, 1));
    }

    #[test]
    fn merged_cells_without_end_cost_no_more_than_the_columns() {
        let whole = Dimensions { start: (0, 0), end: (u32::MAX, u32::MAX) };
        let mut all = Merged::new(vec![whole; 1000]);
        let mut cells = vec![text("x"), text("y")];
        all.apply(5, &mut cells, 2);
        assert_eq!(cells, [Cell::Empty, Cell::Empty]);
    }
}
