//! Where a sheet's table begins: titles above it, and a header of one or more rows.

use super::super::columns::named_apart;
use super::merged::Merged;
use crate::table::cell::Cell;

/// Rows looked at.
pub(super) const ROWS: usize = 20;
/// Most rows of a header.
const DEPTH: u32 = 3;

/// A row of a sheet, from 0, and its values.
pub(super) type SheetRow = (u32, Vec<Cell>);

/// Columns of a table and where its data begin.
#[derive(Debug, PartialEq)]
pub(super) struct Head {
    pub columns: Vec<String>,
    /// The last row of the header, from 0.
    pub last_row: u32,
    pub notes: Vec<String>,
}

/// Head of a sheet by its first rows; none when there is none.
///
/// The header is the first row with two values or more: what stands alone above it is a title. Names merged over
/// several columns, or down, go on in the rows below.
pub(super) fn head(rows: &[SheetRow], merged: &Merged) -> Option<Head> {
    let filled = |row: &SheetRow| {
        let hidden =
            |column: u32| merged.in_row(row.0).iter().any(|cell| cell.start.1 < column && column <= cell.end.1);
        row.1.iter().zip(0..).filter(|(cell, column)| !cell.is_empty() && !hidden(*column)).count()
    };
    let first = rows.iter().position(|row| filled(row) > 1).or(rows.iter().position(|row| filled(row) > 0))?;
    let top = rows.get(first)?.0;
    let cells = merged.in_row(top);
    let down = cells.iter().map(|cell| cell.end.0).max().unwrap_or(top);
    let below = if cells.iter().any(|cell| cell.end.1 > cell.start.1 && cell.end.0 == top) { top + 1 } else { top };
    let last_row = down.max(below).min(top.saturating_add(DEPTH - 1));
    let header: Vec<&SheetRow> = rows.iter().filter(|(row, _)| (top..=last_row).contains(row)).collect();

    let width = header.iter().map(|(_, cells)| cells.len()).max()?;
    let names: Vec<Vec<String>> = (0..width).map(|column| names_of(column, &header, merged)).collect();
    let lowest = |names: &Vec<String>| names.last().cloned().unwrap_or_default();
    let given = names.iter().map(|all| {
        let own = lowest(all);
        let is_repeated = names.iter().filter(|other| lowest(other) == own).count() > 1;
        if is_repeated { all.join(" ") } else { own }
    });
    let mut given: Vec<String> = given.collect();
    while given.last().is_some_and(|name| name.trim().is_empty()) {
        given.pop();
    }
    let (columns, renamed) = named_apart(given);
    let mut notes = Vec::new();
    for (row, cells) in rows.iter().take(first) {
        if let Some(title) = cells.iter().find(|cell| !cell.is_empty()) {
            notes.push(format!("row {} is passed over as a title: {:?}", row + 1, title.text()));
        }
    }
    notes.extend(renamed);
    Some(Head { columns, last_row, notes })
}

/// Names above a column from the top down, each as wide as its merged cell.
fn names_of(column: usize, header: &[&SheetRow], merged: &Merged) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for (row, cells) in header {
        let over = |cell: &&calamine::Dimensions| {
            (cell.start.1 as usize..=cell.end.1 as usize).contains(&column) && cell.end.1 > cell.start.1
        };
        let from = merged.in_row(*row).iter().find(over).map_or(column, |cell| cell.start.1 as usize);
        let name = cells.get(from).map(|cell| cell.text().split_whitespace().collect::<Vec<_>>().join(" "));
        names.extend(name.filter(|name| !name.is_empty() && names.last() != Some(name)));
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;
    use calamine::Dimensions;

    fn row(number: u32, texts: &[&str]) -> SheetRow {
        let cell = |text: &&str| if text.is_empty() { Cell::Empty } else { Cell::Text((*text).to_owned()) };
        (number, texts.iter().map(cell).collect())
    }

    /// Merged cells by their first row and column, and their last.
    fn merged(all: &[[u32; 4]]) -> Merged {
        Merged::new(all.iter().map(|[r, c, to_r, to_c]| Dimensions { start: (*r, *c), end: (*to_r, *to_c) }).collect())
    }

    #[test]
    fn titles_are_passed_over_and_told() {
        let rows = [row(0, &["网格台账"]), row(2, &["编号", "地址\n(门牌)", ""]), row(3, &["1", "x"])];
        let found = head(&rows, &merged(&[[0, 0, 0, 2]])).unwrap();
        assert_eq!(found.columns, ["编号", "地址 (门牌)"]);
        assert_eq!(found.last_row, 2);
        assert_eq!(found.notes, ["row 1 is passed over as a title: \"网格台账\""]);
        assert_eq!(head(&[row(4, &["id"]), row(5, &["1"])], &merged(&[])).unwrap().columns, ["id"]);
        assert_eq!(head(&[row(4, &[""])], &merged(&[])), None);
    }

    #[test]
    fn names_over_several_columns_go_on_below() {
        let rows = [
            row(0, &["编号", "业主", "", "租户", "", "坐标", ""]),
            row(1, &["", "姓名", "电话", "姓名", "电话", "经度", "纬度"]),
            row(2, &["1", "a", "b", "c", "d", "117", "24"]),
        ];
        let cells = [[0, 0, 1, 0], [0, 1, 0, 2], [0, 3, 0, 4], [0, 5, 0, 6]];
        let found = head(&rows, &merged(&cells)).unwrap();
        assert_eq!(found.columns, ["编号", "业主 姓名", "业主 电话", "租户 姓名", "租户 电话", "经度", "纬度"]);
        assert_eq!(found.last_row, 1);
    }
}
