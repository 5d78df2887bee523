//! Separated text as offices save it, and every way for a row to be wrong.

mod dirty;
mod random;
mod real;

use super::super::testing::{Everything, Scratch, read, read_bytes, refusal};
use crate::table::{Cell, Header, OpenOptions};
use encoding_rs::GB18030;

fn rows(bytes: impl AsRef<[u8]>) -> (Header, Vec<Vec<String>>) {
    let (source, all) = read_bytes("t.csv", bytes).unwrap();
    assert_eq!(all.faults, []);
    assert!(all.stopped.is_none());
    (source.header().clone(), texts(&all))
}

fn texts(all: &Everything) -> Vec<Vec<String>> {
    let text = |cell: &Cell| match cell {
        Cell::Text(text) => text.clone(),
        other => panic!("{other:?}"),
    };
    all.rows.iter().map(|row| row.cells.iter().map(text).collect()).collect()
}

#[test]
fn separators_are_found() {
    for (file, name) in [
        ("id,地址\n1,\"a;b;c\"\n2,x\n", "comma"),
        ("id;地址\n1;a,b,c\n2;x\n", "semicolon"),
        ("id\t地址\n1\ta,b;c\n2\tx\n", "tab"),
        ("id|地址\r\n1|a\r\n2|x\r\n", "bar"),
        ("id,地址\r1,a\r2,x\r", "carriage returns"),
        ("sep=;\nid;地址\n1;a\n2;x", "said"),
        ("\n\nid,地址\n\n1,a\n2,x\n\n", "blank lines"),
    ] {
        let (header, rows) = rows(file);
        assert_eq!(header.columns, ["id", "地址"], "{name}");
        assert_eq!((rows.len(), rows[0][0].as_str(), rows[1][1].as_str()), (2, "1", "x"), "{name}");
    }
    assert_eq!(rows("id\n1\n2\n").1, [["1"], ["2"]]);
}

#[test]
fn values_keep_what_quotes_protect() {
    let (_, rows) = rows("a,b\n\"x, \"\"y\"\"\nz\",\" 1\"\n\"\",2\n");
    assert_eq!(rows, [["x, \"y\"\nz", " 1"], ["", "2"]]);
}

#[test]
fn encodings_are_found_or_declared() {
    let text = "编号,地址\n1,芗城区东铺头街道\n";
    let utf16 = |little: bool| {
        let unit = |u: u16| if little { u.to_le_bytes() } else { u.to_be_bytes() };
        "\u{FEFF}".encode_utf16().chain(text.encode_utf16()).flat_map(unit).collect::<Vec<u8>>()
    };
    let gb18030 = GB18030.encode(text).0.into_owned();
    for (bytes, name) in [
        (text.as_bytes().to_vec(), "UTF-8"),
        (format!("\u{FEFF}{text}").into_bytes(), "UTF-8"),
        (gb18030.clone(), "gb18030"),
        (utf16(true), "UTF-16LE"),
        (utf16(false), "UTF-16BE"),
    ] {
        let (header, rows) = rows(&bytes);
        assert_eq!(header.encoding.as_deref(), Some(name));
        assert_eq!(header.columns, ["编号", "地址"]);
        assert_eq!(rows, [["1", "芗城区东铺头街道"]]);
    }
    let scratch = Scratch::new();
    let path = scratch.file("short.csv", GB18030.encode("a\n模\n").0);
    let options = OpenOptions { encoding: Some("gbk".to_owned()), ..OpenOptions::default() };
    assert_eq!(texts(&read(&path, &options).unwrap().1), [["模"]]);
}

#[test]
fn an_encoding_is_found_where_the_first_character_stands_far_down() {
    let mut file = b"id,name\n".to_vec();
    for id in 0..200_000 {
        file.extend(format!("{id},plain\n").bytes());
    }
    file.extend(&*GB18030.encode("200000,金宝社区居委会\n").0);
    let (header, rows) = rows(&file);
    assert_eq!(rows[200_000][1], "金宝社区居委会");
    assert_eq!(header.encoding.as_deref(), Some("gb18030"));
}

#[test]
fn a_mark_beats_a_declared_encoding_and_says_so() {
    let scratch = Scratch::new();
    let path = scratch.file("t.csv", "\u{FEFF}a\n漳\n");
    let options = OpenOptions { encoding: Some("gb18030".to_owned()), ..OpenOptions::default() };
    let (source, all) = read(&path, &options).unwrap();
    assert_eq!(texts(&all), [["漳"]]);
    assert_eq!(source.header().notes, ["read as UTF-8, which its byte order mark names, and not as gb18030"]);
}

#[test]
fn column_names_are_told_apart_and_titles_passed_over() {
    let (header, rows) = rows("网格台账,,\nid,备注,备注\n1,a,b\n,,\n2,c,d\n");
    assert_eq!(header.columns, ["id", "备注", "备注 2"]);
    assert_eq!(rows.len(), 2);
    assert_eq!(header.notes[0], "line 1 is passed over as a title: \"网格台账\"");
    assert_eq!(header.notes[2], "1 rows without any value are passed over");
}

#[test]
fn a_header_alone_is_a_table_without_rows() {
    assert_eq!(rows("id,name\n").1.len(), 0);
    assert_eq!(rows("id,name").0.columns, ["id", "name"]);
}

#[test]
fn a_file_without_a_header_is_refused() {
    assert_eq!(refusal("t.csv", ""), "t.csv is empty: it has 0 bytes");
    assert_eq!(refusal("t.csv", "\n\n"), "CSV: the file is empty; its first line must name the columns");
    assert_eq!(refusal("t.csv", "\u{FEFF}"), "CSV: the file is empty; its first line must name the columns");
    assert!(refusal("t.csv", "a,\"b\n1,2\n").contains("a quote that is not closed"));
    assert!(refusal("t.csv", b"a\0b,c\n1,2\n").contains("is no text"));
}

#[test]
fn an_apostrophe_put_before_a_formula_is_taken_off() {
    assert_eq!(rows("a,b\n'=1+1,'x\n''=y,-5\n").1, [["=1+1", "'x"], ["'=y", "-5"]]);
}
