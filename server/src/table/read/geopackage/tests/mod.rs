//! Files of other writers, files cut off, and files made to harm.

mod hostile;
mod real;

use super::super::testing::{Everything, Scratch, read, read_bytes};
use crate::table::{Cell, DeclaredCrs, OpenOptions, RawShape, TableError, names};
use jiff::civil::date;
use rusqlite::Connection;
use std::path::{Path, PathBuf};

/// Written by GDAL; `fixtures/README.md` says how.
const LAYERS: &[u8] = include_bytes!("../../fixtures/layers.gpkg");

fn layer(name: &str) -> OpenOptions {
    OpenOptions { layer: Some(name.to_owned()), ..OpenOptions::default() }
}

fn error(path: &Path, options: &OpenOptions) -> String {
    read(path, options).map(|_| ()).unwrap_err().to_string()
}

/// A GeoPackage with one layer `t`, filled by SQL.
fn made(scratch: &Scratch, sql: &str) -> PathBuf {
    let path = scratch.path().join("made.gpkg");
    let connection = Connection::open(&path).unwrap();
    connection
        .execute_batch(
            "PRAGMA page_size = 512;
             CREATE TABLE gpkg_contents (table_name TEXT, data_type TEXT, srs_id INTEGER);
             CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT, srs_id INTEGER);
             INSERT INTO gpkg_contents VALUES ('t', 'features', 4490);
             INSERT INTO gpkg_geometry_columns VALUES ('t', 'geom', 4490);",
        )
        .unwrap();
    connection.execute_batch(sql).unwrap();
    path
}

#[test]
fn a_layer_of_gdal_is_read_whole() {
    let scratch = Scratch::new();
    let path = scratch.file("a b%20漳.gpkg", LAYERS);
    let (source, all) = read(&path, &layer("areas")).unwrap();
    let header = source.header();
    assert_eq!(header.columns, ["fid", "code", "name", "households", "share", "starts_on", "is_open"]);
    assert_eq!(header.crs, Some(DeclaredCrs::Epsg(4490)));
    assert_eq!((header.rows, header.layer.as_deref(), header.has_shapes), (Some(3), Some("areas"), true));
    assert_eq!(header.notes, ["other layers are not read: \"门 \\\"doors\\\"; drop\", \"staff\""]);
    assert_eq!(all.faults, []);
    assert_eq!(
        all.rows[0].cells,
        [
            Cell::Integer(1),
            Cell::Text("350602001001001".into()),
            Cell::Text("金宝一网格".into()),
            Cell::Integer(120),
            Cell::Real(0.5),
            Cell::Text("2026-03-01".into()),
            Cell::Bool(true),
        ]
    );
    assert_eq!(all.rows[1].cells[3], Cell::Empty);
    assert_eq!(all.rows[2].cells[2], Cell::Empty);
    let Some(RawShape::Polygons(polygons)) = &all.rows[0].shape else { panic!("{:?}", all.rows[0].shape) };
    assert_eq!((polygons.len(), polygons[0].len(), polygons[0][0].len()), (1, 2, 5));
    assert_eq!(polygons[0][0][0], [117.65, 24.51]);
    assert_eq!(all.rows[1].shape.as_ref().unwrap().name(), "MultiPolygon");
    assert_eq!(all.rows[2].shape, None);
    assert_eq!(source.bytes_read(), LAYERS.len() as u64);
}

#[test]
fn declared_types_make_days_and_truth_values() {
    let scratch = Scratch::new();
    let path = made(
        &scratch,
        "CREATE TABLE t (day DATE, moment DATETIME, is_open BOOLEAN, size DOUBLE, picture BLOB, geom BLOB);
         INSERT INTO t VALUES ('2026-11-24', '2026-11-24T08:00:00Z', 1, 501.0, x'00', NULL), ('24.11.2026', NULL, 2, NULL, NULL, NULL);",
    );
    let (source, all) = read(&path, &OpenOptions::default()).unwrap();
    let text = |text: &str| Cell::Text(text.into());
    let first = [
        Cell::Date(date(2026, 11, 24)),
        text("2026-11-24T08:00:00Z"),
        Cell::Bool(true),
        Cell::Real(501.0),
        Cell::Empty,
    ];
    assert_eq!(all.rows[0].cells, first);
    assert_eq!(all.rows[1].cells, [text("24.11.2026"), Cell::Empty, Cell::Integer(2), Cell::Empty, Cell::Empty]);
    assert_eq!(source.header().notes, ["columns of binary values are not read: \"picture\""]);
}

#[test]
fn layers_of_hostile_names_and_without_shapes_are_read() {
    let scratch = Scratch::new();
    let path = scratch.file("t.gpkg", LAYERS);
    assert_eq!(names(&path).unwrap(), ["areas", "门 \"doors\"; drop", "staff"]);
    let (source, all) = read(&path, &layer("门 \"doors\"; drop")).unwrap();
    assert_eq!(all.rows[1].cells[2], Cell::Text("金宝社区'3\"号".into()));
    assert_eq!(all.rows[0].shape, Some(RawShape::Point([117.65, 24.51])));
    assert!(source.header().notes.contains(&"heights and measures of positions are dropped".to_owned()));
    let (source, all) = read(&path, &layer("STAFF")).unwrap();
    assert!(!source.header().has_shapes);
    assert_eq!(all.rows[0].cells[1..], [Cell::Text("350602001001001".into()), Cell::Text("网格员".into())]);
    let entries: Vec<_> = std::fs::read_dir(scratch.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(entries, ["t.gpkg"], "nothing is made beside the file");
}

#[test]
fn several_layers_need_a_choice() {
    let scratch = Scratch::new();
    let path = scratch.file("t.gpkg", LAYERS);
    let all = "\"areas\", \"门 \\\"doors\\\"; drop\", \"staff\"";
    assert_eq!(
        error(&path, &OpenOptions::default()),
        format!("GeoPackage: has several layers, of which one must be chosen: {all}")
    );
    assert_eq!(error(&path, &layer("roads")), format!("GeoPackage: has no layer \"roads\"; its layers are {all}"));
}

#[test]
fn a_read_only_folder_is_enough() {
    use std::os::unix::fs::PermissionsExt;
    let scratch = Scratch::new();
    let path = scratch.file("t.gpkg", LAYERS);
    let set = |mode: u32| std::fs::set_permissions(scratch.path(), std::fs::Permissions::from_mode(mode)).unwrap();
    set(0o555);
    let rows = read(&path, &layer("areas")).unwrap().1.rows.len();
    set(0o755);
    assert_eq!(rows, 3);
}

#[test]
fn every_cut_gives_rows_or_a_sentence() {
    let scratch = Scratch::new();
    let whole = read(&scratch.file("whole.gpkg", LAYERS), &layer("areas")).unwrap().1;
    let mut told = 0;
    for length in (0..LAYERS.len()).filter(|length| length % 97 == 0 || length % 512 == 0) {
        let path = scratch.file("cut.gpkg", &LAYERS[..length]);
        let found = read(&path, &layer("areas"));
        match found {
            Err(TableError::Format { message, .. }) => {
                let is_clear = message
                    .contains(&format!("the file is cut off: it has {length} bytes of {}", LAYERS.len()))
                    || message.contains(&format!("has {length} bytes and no heading"));
                assert!(is_clear, "{length}: {message}");
                told += 1;
            }
            Err(TableError::Unknown(message)) => assert!(length < 16, "{length}: {message}"),
            Err(error) => panic!("{length}: {error}"),
            Ok((source, all)) => {
                assert!(source.header().notes[0].starts_with("the file is cut off"), "{length}");
                assert_eq!(all.rows[..], whole.rows[..all.rows.len()], "{length}");
                assert!(all.stopped.is_some() || all.rows.len() == 3, "{length}: rows are missing without a word");
            }
        }
    }
    assert!(told > 100);
}

#[test]
fn a_cut_among_many_rows_keeps_those_before() {
    let scratch = Scratch::new();
    let path = made(
        &scratch,
        "CREATE TABLE t (id INTEGER PRIMARY KEY, geom BLOB, note TEXT);
         WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)
         INSERT INTO t SELECT i, NULL, 'note ' || i FROM n;",
    );
    let bytes = std::fs::read(&path).unwrap();
    let (source, all): (_, Everything) = read_bytes("cut.gpkg", &bytes[..bytes.len() / 1024 * 512]).unwrap();
    assert!(all.rows.len() > 1000 && all.rows.len() < 5000, "{}", all.rows.len());
    let stopped = all.stopped.unwrap().to_string();
    assert!(stopped.contains("the file is cut off"), "{stopped}");
    assert_eq!(source.header().columns, ["id", "note"]);
}
