//! Workbooks cut off or changed at random.

use super::{super::super::testing::read_bytes, MERGED};
use proptest::prelude::*;
use std::io::{Cursor, Read, Write};
use zip::{ZipArchive, ZipWriter, write::SimpleFileOptions};

#[test]
fn every_cut_is_refused() {
    for length in (0..MERGED.len()).step_by(211) {
        let error = read_bytes("t.xlsx", &MERGED[..length]).map(|_| ()).unwrap_err().to_string();
        assert!(!error.is_empty());
    }
}

/// A workbook whose texts lie in a part of their own; openpyxl's lie in the sheet.
fn shared() -> Vec<u8> {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    for row in 0..4 {
        sheet.write(row, 0, format!("text {row}")).unwrap();
        sheet.write(row, 1, row).unwrap();
        sheet.write(row, 2, "编号").unwrap();
    }
    workbook.save_to_buffer().unwrap()
}

/// A workbook with a part changed and packed again, so that the change is not caught as damage of the zip.
fn changed(workbook: &[u8], part: &str, change: impl FnOnce(&mut Vec<u8>)) -> Vec<u8> {
    let mut whole = ZipArchive::new(Cursor::new(workbook)).unwrap();
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    let mut change = Some(change);
    for index in 0..whole.len() {
        let mut from = whole.by_index(index).unwrap();
        let name = from.name().unwrap().into_owned();
        let mut content = Vec::new();
        from.read_to_end(&mut content).unwrap();
        if let Some(change) = change.take_if(|_| name == part) {
            change(&mut content);
        }
        out.start_file(name, SimpleFileOptions::default()).unwrap();
        out.write_all(&content).unwrap();
    }
    assert!(change.is_none(), "{part} is a part of the workbook");
    out.finish().unwrap().into_inner()
}

fn replaced(from: &str, to: &str) -> Vec<u8> {
    changed(MERGED, "xl/worksheets/sheet1.xml", |sheet| {
        let text = String::from_utf8(sheet.clone()).unwrap();
        assert!(text.contains(from), "{text}");
        *sheet = text.replacen(from, to, 1).into_bytes();
    })
}

#[test]
fn a_cell_far_out_costs_no_memory() {
    let far = replaced("</row></sheetData>", "<c r=\"XFD1048576\"><v>1</v></c></row></sheetData>");
    let (source, all) = read_bytes("t.xlsx", far).unwrap();
    assert_eq!(source.header().columns.len(), 8);
    assert_eq!(all.rows.len(), 5);
}

#[test]
fn rows_out_of_order_are_told() {
    let swapped = replaced("</row></sheetData>", "</row><row r=\"4\"><c r=\"A4\"><v>1</v></c></row></sheetData>");
    let error = read_bytes("t.xlsx", swapped).map(|_| ()).unwrap_err().to_string();
    assert_eq!(error, "XLSX: row 4 of the sheet stands after row 10");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]
    #[test]
    fn damaged_parts_never_panic(
        part in prop::sample::select(vec!["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml", "xl/workbook.xml"]),
        is_ours in any::<bool>(),
        damage in prop::collection::vec((any::<prop::sample::Index>(), prop::sample::select(b"<>/\"=0919A:Zrcvst &;".to_vec())), 1..8),
    ) {
        let workbook = if is_ours || part == "xl/sharedStrings.xml" { shared() } else { MERGED.to_vec() };
        let bytes = changed(&workbook, part, |content| {
            for (at, byte) in damage {
                let at = at.index(content.len());
                content[at] = byte;
            }
        });
        if let Ok((_, all)) = read_bytes("t.xlsx", bytes) {
            prop_assert!(all.rows.len() <= 1000);
        }
    }

    #[test]
    fn damaged_files_never_panic(damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..20)) {
        let mut bytes = MERGED.to_vec();
        for (at, byte) in damage {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let _ = read_bytes("t.xlsx", bytes);
    }
}
