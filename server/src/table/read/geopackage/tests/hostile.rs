//! Files made to harm, and values that are no rows.

use super::{LAYERS, error, layer, made};
use crate::table::{
    Cell, Limits, OpenOptions,
    read::testing::{Scratch, read, read_bytes},
};
use proptest::prelude::*;

#[test]
fn shapes_that_are_none_cost_one_row_each() {
    let scratch = Scratch::new();
    let point = "01010000000000000000000040000000000000F03F";
    let path = made(
        &scratch,
        &format!(
            "CREATE TABLE t (geom BLOB, note TEXT);
             INSERT INTO t VALUES (x'', 'nothing'), (x'474950', 'too short'), (x'58580000', 'other'),
                (x'47500001{srs}{point}', 'good'), ('text', 'text'), (x'47500001{other}{point}', 'other system'),
                (x'4750000F{srs}{point}', 'envelope'), (x'47500011{srs}{point}', 'empty'),
                (x'47500001{srs}0102000000FFFFFFFF', 'claims'), (NULL, 'none'),
                (x'47500001{srs}0101000000000000000000F07F000000000000F87F', 'infinite');",
            srs = "8A110000",
            other = "E6100000",
        ),
    );
    let (_, all) = read(&path, &OpenOptions::default()).unwrap();
    let found: Vec<String> = all.faults.iter().map(ToString::to_string).collect();
    let expected = [
        "row 1: geometry: has 0 bytes; a shape is needed (row id 1)",
        "row 2: geometry: begins with \"GIP\", not with GP, so it is no GeoPackage shape (row id 2)",
        "row 3: geometry: begins with \"XX\\0\\0\", not with GP, so it is no GeoPackage shape (row id 3)",
        "row 5: geometry: is no binary value; a GeoPackage shape is needed (row id 5)",
        "row 6: geometry: is in coordinate system 4326, and its layer in 4490 (row id 6)",
        "row 7: geometry: has an envelope of kind 7; kinds are 0 to 4 (row id 7)",
        "row 8: geometry: is marked as empty; it must have positions (row id 8)",
        "row 9: geometry: claims 4294967295 parts at byte 5 where 0 bytes are left (row id 9)",
        "row 11: geometry: position 1 is inf, NaN; both must be finite numbers (row id 11)",
    ];
    assert_eq!(found, expected);
    assert_eq!(all.rows.iter().map(|row| row.number).collect::<Vec<_>>(), [4, 10]);
}

#[test]
fn names_are_quoted_whatever_they_hold() {
    let scratch = Scratch::new();
    let path = made(
        &scratch,
        "CREATE TABLE \"t\"\"; DROP TABLE gpkg_contents; --\" (\"rowid\" TEXT, \"a\"\"b\" TEXT, 漳 TEXT);
         INSERT INTO \"t\"\"; DROP TABLE gpkg_contents; --\" VALUES ('x', 'y', 'z');
         UPDATE gpkg_contents SET table_name = 't\"; DROP TABLE gpkg_contents; --', data_type = 'attributes';",
    );
    let (source, all) = read(&path, &OpenOptions::default()).unwrap();
    assert_eq!(source.header().columns, ["rowid", "a\"b", "漳"]);
    assert_eq!(all.rows[0].cells, ["x", "y", "z"].map(|text| Cell::Text(text.into())));
}

#[test]
fn a_view_that_never_ends_is_not_run() {
    let scratch = Scratch::new();
    let path = made(
        &scratch,
        "CREATE VIEW t AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i FROM n) SELECT i, NULL AS geom FROM n;",
    );
    let expected = "GeoPackage: layer \"t\" is a view; only plain tables are read, export it as one";
    assert_eq!(error(&path, &OpenOptions::default()), expected);
}

#[test]
fn a_layer_that_is_listed_and_not_there_is_told() {
    let scratch = Scratch::new();
    let path = made(&scratch, "");
    assert_eq!(error(&path, &OpenOptions::default()), "GeoPackage: layer \"t\" is listed, and its table is not there");
    let other = made(&Scratch::new(), "").parent().unwrap().join("other.sqlite");
    assert!(!other.exists());
}

#[test]
fn a_database_that_is_no_geopackage_is_told() {
    let scratch = Scratch::new();
    let path = scratch.path().join("plain.sqlite");
    rusqlite::Connection::open(&path).unwrap().execute_batch("CREATE TABLE x (y);").unwrap();
    let expected = "GeoPackage: is an SQLite database and no GeoPackage: it has no table gpkg_contents";
    assert_eq!(error(&path, &OpenOptions::default()), expected);
}

#[test]
fn changes_that_wait_beside_the_file_are_not_overlooked() {
    let scratch = Scratch::new();
    let path = scratch.file("t.gpkg", LAYERS);
    scratch.file("t.gpkg-wal", "changes");
    assert!(error(&path, &layer("areas")).contains("a -wal file beside it holds changes that are not in it yet"));
}

#[test]
fn a_row_larger_than_rows_may_be_is_passed_over() {
    let scratch = Scratch::new();
    let path = made(
        &scratch,
        "CREATE TABLE t (geom BLOB, note TEXT);
         INSERT INTO t VALUES (NULL, 'a'), (zeroblob(3000000), 'b'), (NULL, 'c'), (NULL, hex(zeroblob(40000)));",
    );
    let limits = Limits { row_bytes: 1_000_000, ..Limits::default() };
    let (_, all) = read(&path, &OpenOptions { limits, ..OpenOptions::default() }).unwrap();
    let found: Vec<String> = all.faults.iter().map(ToString::to_string).collect();
    let expected = [
        "row 2: row: has more than 1000000 bytes (row id 2)",
        "row 4: note: has 80000 bytes; at most 65536 are taken (row id 4)",
    ];
    assert_eq!(found, expected);
    assert_eq!(all.rows.iter().map(|row| row.number).collect::<Vec<_>>(), [1, 3]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]
    #[test]
    fn damaged_files_never_panic(
        damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..40),
        is_first in any::<bool>(),
    ) {
        let mut bytes = LAYERS.to_vec();
        for (at, byte) in damage {
            let at = at.index(if is_first { 2048 } else { bytes.len() });
            bytes[at] = byte;
        }
        // Its name must stay so that it is taken for what it is.
        bytes[..16].copy_from_slice(b"SQLite format 3\0");
        if let Ok((_, all)) = read_bytes("t.gpkg", &bytes) {
            prop_assert!(all.rows.len() <= 1000);
        }
    }
}
