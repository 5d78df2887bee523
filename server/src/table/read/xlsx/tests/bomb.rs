//! Workbooks that unpack to more than anyone has.

use super::{super::super::testing::Scratch, MERGED};
use crate::table::{Limits, OpenOptions, TableError, open};
use std::io::{Cursor, Read, Write};
use zip::{ZipArchive, ZipWriter, write::SimpleFileOptions};

/// The workbook with one part made of so many of a byte.
fn bomb(part: &str, byte: u8, bytes: u64) -> Vec<u8> {
    let mut whole = ZipArchive::new(Cursor::new(MERGED)).unwrap();
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    for index in 0..whole.len() {
        let mut from = whole.by_index(index).unwrap();
        let name = from.name().unwrap().into_owned();
        if name != part {
            let mut content = Vec::new();
            from.read_to_end(&mut content).unwrap();
            out.start_file(name, options).unwrap();
            out.write_all(&content).unwrap();
        }
    }
    out.start_file(part, options.large_file(true)).unwrap();
    std::io::copy(&mut std::io::repeat(byte).take(bytes), &mut out).unwrap();
    out.finish().unwrap().into_inner()
}

fn refusal(bytes: &[u8], limits: Limits) -> String {
    let scratch = Scratch::new();
    let path = scratch.file("t.xlsx", bytes);
    match open(&path, &OpenOptions { limits, ..OpenOptions::default() }) {
        Err(TableError::Format { message, .. }) => message,
        other => panic!("{:?}", other.map(|source| source.header().clone())),
    }
}

#[test]
fn a_gigabyte_of_zeros_is_refused_before_it_is_held() {
    let bytes = bomb("xl/sharedStrings.xml", 0, 1 << 30);
    assert!(bytes.len() < 4 << 20, "{} bytes", bytes.len());
    let expected = "xl/sharedStrings.xml unpacks the workbook to more than 256 MB, which is as much as is taken";
    assert_eq!(refusal(&bytes, Limits::default()), expected);
}

#[test]
fn a_sheet_that_is_one_endless_text_is_refused() {
    let expected = "xl/worksheets/sheet1.xml holds a text of more than 4 MB";
    assert_eq!(refusal(&bomb("xl/worksheets/sheet1.xml", b' ', 64 << 20), Limits::default()), expected);
}

#[test]
fn a_sheet_larger_than_all_that_may_be_unpacked_is_refused() {
    let limits = Limits { unpacked_bytes: 8 << 20, ..Limits::default() };
    let expected = "xl/worksheets/sheet1.xml unpacks the workbook to more than 8 MB, which is as much as is taken";
    assert_eq!(refusal(&bomb("xl/worksheets/sheet1.xml", b'<', 16 << 20), limits), expected);
}

#[test]
fn sizes_a_zip_claims_are_not_believed() {
    let mut bytes = bomb("xl/sharedStrings.xml", 0, 300 << 20);
    // The size unpacked, in the directory at the end and in the part's own heading: as if it were 16 bytes.
    let claimed = (300_u32 << 20).to_le_bytes();
    let places: Vec<usize> = memchr::memmem::find_iter(&bytes, &claimed).collect();
    assert!(!places.is_empty());
    for at in places {
        bytes[at..at + 4].copy_from_slice(&16_u32.to_le_bytes());
    }
    let message = refusal(&bytes, Limits::default());
    assert!(message.contains("more than 256 MB") || message.contains("damaged"), "{message}");
}

#[test]
fn merged_cells_without_end_are_refused() {
    let cell = "<mergeCell ref=\"A1:A2\"/>";
    let sheet = format!("<worksheet><sheetData/><mergeCells>{}</mergeCells></worksheet>", cell.repeat(200_001));
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    for (name, content) in [("xl/workbook.xml", "<workbook/>"), ("xl/worksheets/sheet1.xml", &sheet)] {
        out.start_file(name, options).unwrap();
        out.write_all(content.as_bytes()).unwrap();
    }
    let bytes = out.finish().unwrap().into_inner();
    assert_eq!(refusal(&bytes, Limits::default()), "xl/worksheets/sheet1.xml has more than 200000 merged cells");
}
