//! Workbooks of another writer, of ours, and made to harm.

mod bomb;
mod damaged;

use super::super::testing::{Scratch, counts, read, read_bytes, refusal};
use crate::table::{Cell, OpenOptions, names};
use jiff::civil::date;
use rust_xlsxwriter::{Format, Workbook};

/// Written by openpyxl; `fixtures/README.md` says how.
const MERGED: &[u8] = include_bytes!("../../fixtures/merged.xlsx");

fn text(text: &str) -> Cell {
    Cell::Text(text.to_owned())
}

fn sheet(name: &str) -> OpenOptions {
    OpenOptions { layer: Some(name.to_owned()), ..OpenOptions::default() }
}

#[test]
fn a_register_with_titles_merged_cells_and_dates_is_read_as_a_person_reads_it() {
    let (source, all) = read_bytes("t.xlsx", MERGED).unwrap();
    let header = source.header();
    assert_eq!(header.columns, ["编号", "小区", "楼栋", "室", "经度", "纬度", "入住", "网格"]);
    assert_eq!(header.layer.as_deref(), Some("门牌"));
    let rows: Vec<_> = all.rows.iter().map(|row| (row.number, row.cells.clone())).collect();
    let first = [
        text("d1"),
        text("金宝花园"),
        Cell::Integer(3),
        Cell::Integer(501),
        Cell::Real(117.65),
        Cell::Real(24.51),
        Cell::Date(date(2026, 11, 24)),
        Cell::Integer(350602001001001),
    ];
    assert_eq!(rows[0], (1, first.to_vec()));
    assert_eq!(rows[1].1[1], text("金宝花园"), "a merged cell counts for every row it covers");
    assert_eq!(rows[1].1[6], Cell::DateTime(date(2026, 11, 24).at(8, 30, 0, 0)));
    assert_eq!(rows[1].1[7], text("3.50602001001001E+17"), "digits that are lost make no code");
    assert_eq!(rows[2].1[1..4], [text("金宝花园"), text("3-1"), text("之3")]);
    assert_eq!(rows[2].1[6], text("08:30"));
    assert_eq!(rows[3].0, 5);
    assert_eq!((rows[4].0, &rows[4].1[1..4]), (7, [text("新村两号"), Cell::Empty, Cell::Bool(true)].as_slice()));
    let faults: Vec<String> = all.faults.iter().map(ToString::to_string).collect();
    assert_eq!(faults, ["row 4: 楼栋: row 7 of the sheet: holds the error #DIV/0!"]);
    assert_eq!(all.faults[0].text.as_deref(), Some("d4\t师院新村\t\t101\t117.653\t24.513"));
    let notes = [
        "row 1 is passed over as a title: \"芗城区门牌台账（示例）\"",
        "other sheets are not read: \"说明\"",
        "cells merged over several rows count for each of them: 2 values were filled down",
        "1 cells merged over several columns count for the first of them only",
        "1 rows have values beside the named columns, which are not read",
        "column \"网格\" has 1 numbers of more than 15 digits, of which a spreadsheet keeps 15; write codes as text",
    ];
    assert_eq!(source.header().notes, notes);
}

#[test]
fn sheets_are_named_and_chosen() {
    let scratch = Scratch::new();
    let path = scratch.file("t.xlsx", MERGED);
    assert_eq!(names(&path).unwrap(), ["门牌", "说明"]);
    let (source, _) = read(&path, &sheet("旧表")).unwrap();
    assert_eq!(source.header().columns, ["x"], "a hidden sheet is read when it is asked for");
    let error = read(&path, &sheet("表")).map(|_| ()).unwrap_err().to_string();
    assert_eq!(error, "XLSX: has no sheet \"表\"; its sheets are \"门牌\", \"说明\"");
}

#[test]
fn an_empty_workbook_is_told() {
    let mut workbook = Workbook::new();
    workbook.add_worksheet();
    assert_eq!(refusal("t.xlsx", workbook.save_to_buffer().unwrap()), "XLSX: has no sheet with a table in it");
}

#[test]
fn an_empty_sheet_before_the_table_is_passed_over() {
    let mut workbook = Workbook::new();
    workbook.add_worksheet().set_name("空").unwrap();
    let sheet = workbook.add_worksheet();
    for (column, name) in ["id", "note"].iter().enumerate() {
        sheet.write(0, column as u16, *name).unwrap();
        sheet.write(2, column as u16, *name).unwrap();
    }
    let (source, all) = read_bytes("t.xlsx", workbook.save_to_buffer().unwrap()).unwrap();
    assert_eq!(source.header().layer.as_deref(), Some("Sheet2"));
    assert_eq!(all.rows.iter().map(|row| row.number).collect::<Vec<_>>(), [2]);
}

#[test]
fn many_rows_come_in_order_and_a_reader_may_stop_early() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let day = Format::new().set_num_format("yyyy-mm-dd");
    for (column, name) in ["id", "residents", "day"].iter().enumerate() {
        sheet.write(0, column as u16, *name).unwrap();
    }
    for row in 1..=20_000_u32 {
        sheet.write(row, 0, format!("door-{row}")).unwrap();
        sheet.write(row, 1, row).unwrap();
        sheet.write_with_format(row, 2, f64::from(40_000 + row % 1000), &day).unwrap();
    }
    let scratch = Scratch::new();
    let path = scratch.file("t.xlsx", workbook.save_to_buffer().unwrap());
    let (_, all) = read(&path, &OpenOptions::default()).unwrap();
    assert_eq!(all.rows.len(), 20_000);
    for (row, number) in all.rows.iter().zip(1..) {
        assert_eq!((row.number, &row.cells[1]), (number, &Cell::Integer(number as i64)));
        assert!(matches!(row.cells[2], Cell::Date(_)));
    }
    assert_eq!(counts(&path, &OpenOptions::default()), (20_000, 0));
    let mut source = crate::table::open(&path, &OpenOptions::default()).unwrap();
    source.read(&mut Default::default()).unwrap();
    drop(source);
}
