//! Rows that are wrong are refused one by one, with their line; those around them are read.

use super::{
    super::super::testing::{Scratch, everything, read, read_bytes},
    texts,
};
use crate::table::{Limits, OpenOptions, open};
use encoding_rs::GB18030;

fn faults(bytes: impl AsRef<[u8]>) -> (Vec<String>, Vec<Vec<String>>) {
    let (_, all) = read_bytes("t.csv", bytes).unwrap();
    (all.faults.iter().map(ToString::to_string).collect(), texts(&all))
}

#[test]
fn a_row_of_another_width_is_refused_with_both_widths() {
    let (faults, rows) = faults("a,b,c\n1,2,3\n4,5\n\n6,7,8,9\n10,11,12\n");
    let expected =
        ["row 2: row: line 3: has 2 values and the header 3", "row 3: row: line 5: has 4 values and the header 3"];
    assert_eq!(faults, expected);
    assert_eq!(rows, [["1", "2", "3"], ["10", "11", "12"]]);
}

#[test]
fn a_fault_keeps_the_row_as_it_stands() {
    let (_, all) =
        read_bytes("t.csv", GB18030.encode("编号,名称\n1,芗城区东铺头街道,多\n2,金宝社区居委会\n").0).unwrap();
    assert_eq!(all.faults[0].text.as_deref(), Some("1,芗城区东铺头街道,多"));
}

#[test]
fn a_quote_that_is_not_closed_costs_one_row() {
    let (found, rows) = faults("a,b\n1,x\n2,\"y\n3,z\n4,z\n");
    assert_eq!(found, ["row 2: row: line 3: a quote is opened and never closed"]);
    assert_eq!(rows, [["1", "x"], ["3", "z"], ["4", "z"]]);
    let (found, rows) = faults("a,b\n1,x\n2,\"y\n3,z\n4,\"w\"\n5,v\n");
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(
        found[0].contains("line 3") && found[0].contains("a quote opened here is closed in line 5 before more text"),
        "{found:?}"
    );
    assert_eq!(rows, [["1", "x"], ["3", "z"], ["4", "w"], ["5", "v"]]);
}

#[test]
fn a_byte_that_fits_no_character_costs_one_row() {
    let (found, rows) = faults(b"id,name\n1,\xE9\x87\x91\xE5\xAE\x9D\n2,a\xFFb\n3,\xE9\x87\x91\n");
    assert_eq!(found, ["row 2: name: line 3: byte 2 (0xFF) fits no character of UTF-8"]);
    assert_eq!(rows.len(), 2);
}

#[test]
fn rows_in_another_encoding_than_the_file_are_refused_and_say_so() {
    let mut utf8 = "id,name\n1,金宝社区\n2,师院社区\n".as_bytes().to_vec();
    utf8.extend(&*GB18030.encode("3,龙江社区\n").0);
    utf8.extend("4,县后社区\n".as_bytes());
    let (found, rows) = faults(utf8);
    assert_eq!(found.len(), 1);
    assert!(found[0].starts_with("row 3: name: line 4: byte 1 (0xC1) fits no character of UTF-8"), "{found:?}");
    assert!(found[0].ends_with("in gb18030 it reads \"龙江社区\": the file mixes encodings, save all of it in one"));
    assert_eq!(rows.len(), 3);

    let mut gb = GB18030.encode("id,name\n1,金宝社区居委会\n2,师院社区居委会\n").0.into_owned();
    gb.extend("3,龙江社区\n".as_bytes());
    gb.extend(&*GB18030.encode("4,模\n").0);
    let (found, rows) = faults(gb);
    let expected =
        "row 3: name: line 4: is UTF-8 while the file is gb18030: the file mixes encodings, save all of it in one";
    assert_eq!(found, [expected]);
    assert_eq!(rows[2][1], "模");
}

#[test]
fn a_broken_half_of_utf16_costs_one_row() {
    let mut bytes = vec![0xFF, 0xFE];
    let text = "id,name\n1,金\n2,X\n3,宝\n";
    bytes.extend(
        text.encode_utf16().flat_map(|unit| if unit == u16::from(b'X') { [0x00, 0xD8] } else { unit.to_le_bytes() }),
    );
    let (found, rows) = faults(bytes);
    assert_eq!(found, ["row 2: name: line 3: character 1 fits no character of UTF-16LE"]);
    assert_eq!(rows.len(), 2);
}

#[test]
fn long_values_and_lines_are_refused_within_their_bounds() {
    let scratch = Scratch::new();
    let long = "x".repeat(2_000);
    let lines = "y\n".repeat(3_000);
    let path = scratch.file("t.csv", format!("a,b\n1,{long}\n2,\"{lines}\n3,z\n4,POINT({long}\n5,v\n"));
    let limits = Limits { cell_bytes: 1_000, row_bytes: 5_000, ..Limits::default() };
    let options = OpenOptions { limits, ..OpenOptions::default() };
    let all = everything(open(&path, &options).unwrap().as_mut());
    let found: Vec<String> = all.faults.iter().map(ToString::to_string).collect();
    assert_eq!(found[0], "row 1: b: line 2: has 2000 bytes; at most 1000 are taken");
    assert!(found[1].contains("line 3: the line, or a quote opened in it, does not end within"), "{}", found[1]);
    // The lines the quote had swallowed are rows of one value each.
    assert_eq!(found.len(), 2 + 2_999);
    let read: Vec<String> = all.rows.iter().map(|row| row.cells[0].text().into_owned()).collect();
    assert_eq!(read, ["3", "4", "5"]);
}

#[test]
fn a_line_without_an_end_is_passed_over_in_bounded_memory() {
    let scratch = Scratch::new();
    let path = scratch.file("t.csv", format!("a,b\n1,x\n\"{}\n2,y\n", "z".repeat(3_000_000)));
    let limits = Limits { row_bytes: 1_000_000, ..Limits::default() };
    let (_, all) = read(&path, &OpenOptions { limits, ..OpenOptions::default() }).unwrap();
    assert_eq!(all.faults.len(), 1);
    assert_eq!(texts(&all), [["1", "x"], ["2", "y"]]);
}
