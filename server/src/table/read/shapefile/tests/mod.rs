//! Shapefiles of another writer, lacking a part, in zips, cut off and damaged.

mod damaged;
mod zipped;

use super::super::testing::{Scratch, read};
use crate::table::{Cell, DeclaredCrs, OpenOptions, RawShape};
use std::path::PathBuf;

/// Written by GDAL; `fixtures/README.md` says how.
const AREAS: [(&str, &[u8]); 5] = [
    ("shp", include_bytes!("../../fixtures/areas_gbk.shp")),
    ("shx", include_bytes!("../../fixtures/areas_gbk.shx")),
    ("dbf", include_bytes!("../../fixtures/areas_gbk.dbf")),
    ("prj", include_bytes!("../../fixtures/areas_gbk.prj")),
    ("cpg", include_bytes!("../../fixtures/areas_gbk.cpg")),
];
const ROADS: [(&str, &[u8]); 3] = [
    ("SHP", include_bytes!("../../fixtures/roads_utf8.shp")),
    ("DBF", include_bytes!("../../fixtures/roads_utf8.dbf")),
    ("PRJ", include_bytes!("../../fixtures/roads_utf8.prj")),
];
const POINTS: [(&str, &[u8]); 2] =
    [("shp", include_bytes!("../../fixtures/points_z.shp")), ("dbf", include_bytes!("../../fixtures/points_z.dbf"))];

/// Files of a name beside each other; the first is given back.
fn beside(scratch: &Scratch, stem: &str, files: &[(&str, &[u8])]) -> PathBuf {
    let paths: Vec<PathBuf> =
        files.iter().map(|(ending, bytes)| scratch.file(&format!("{stem}.{ending}"), bytes)).collect();
    paths[0].clone()
}

fn text(text: &str) -> Cell {
    Cell::Text(text.to_owned())
}

fn error(path: &std::path::Path) -> String {
    read(path, &OpenOptions::default()).map(|_| ()).unwrap_err().to_string()
}

#[test]
fn areas_of_gdal_in_gbk_are_read_whole() {
    let scratch = Scratch::new();
    let path = beside(&scratch, "areas", &AREAS);
    let (source, all) = read(&path, &OpenOptions::default()).unwrap();
    let header = source.header();
    assert_eq!(header.columns, ["code", "名称", "households", "share", "starts_on"]);
    assert_eq!((header.encoding.as_deref(), header.rows), (Some("gb18030"), Some(3)));
    let Some(DeclaredCrs::Wkt(prj)) = &header.crs else { panic!("{:?}", header.crs) };
    assert!(prj.starts_with("GEOGCS[") && prj.contains("China_Geodetic_Coordinate_System_2000"), "{prj}");
    assert_eq!(all.faults, []);
    assert_eq!(
        all.rows[0].cells[..4],
        [text("350602001001001"), text("金宝一网格"), Cell::Integer(120), Cell::Real(0.5)]
    );
    assert_eq!(all.rows[1].cells[2], Cell::Empty);
    assert_eq!(all.rows[2].cells[1], Cell::Empty);
    let Some(RawShape::Polygons(one)) = &all.rows[0].shape else { panic!("{:?}", all.rows[0].shape) };
    assert_eq!((one.len(), one[0].len()), (1, 2), "a hole belongs to its ring");
    let Some(RawShape::Polygons(two)) = &all.rows[1].shape else { panic!("{:?}", all.rows[1].shape) };
    assert_eq!((two.len(), two[0].len()), (2, 1));
    assert_eq!(all.rows[2].shape, None, "a null shape is none");
    assert_eq!(source.bytes_read(), AREAS[0].1.len() as u64);
}

#[test]
fn endings_in_capitals_and_an_encoding_nobody_names_are_read() {
    let scratch = Scratch::new();
    let path = beside(&scratch, "ROADS", &ROADS);
    let (source, all) = read(&path, &OpenOptions::default()).unwrap();
    assert_eq!(source.header().encoding.as_deref(), Some("UTF-8"));
    assert_eq!(all.rows[0].cells, [text("一路"), Cell::Integer(2)]);
    let shapes: Vec<_> = all.rows.iter().map(|row| row.shape.as_ref().map(RawShape::name)).collect();
    assert_eq!(shapes, [Some("LineString"), Some("MultiLineString"), None]);
    let without_cpg: Vec<_> = AREAS.into_iter().filter(|(ending, _)| *ending != "cpg").collect();
    let path = beside(&scratch, "areas", &without_cpg);
    let (source, all) = read(&path, &OpenOptions::default()).unwrap();
    assert_eq!(source.header().encoding.as_deref(), Some("gb18030"), "found by its bytes");
    assert_eq!(all.rows[0].cells[1], text("金宝一网格"));
}

#[test]
fn heights_are_dropped_and_told() {
    let scratch = Scratch::new();
    let path = beside(&scratch, "points", &POINTS);
    let (source, all) = read(&path, &OpenOptions::default()).unwrap();
    assert_eq!(all.rows[1].shape, Some(RawShape::Point([4.0, 5.0])));
    assert_eq!(source.header().notes, ["heights and measures of positions are dropped"]);
    assert_eq!(source.header().crs, None, "without a .prj nobody knows");
}

#[test]
fn the_crate_for_shapefiles_reads_the_same() {
    let scratch = Scratch::new();
    let path = beside(&scratch, "areas", &AREAS);
    let (_, ours) = read(&path, &OpenOptions::default()).unwrap();
    let theirs = shapefile::read_shapes(&path).unwrap();
    assert_eq!(theirs.len(), ours.rows.len());
    for (theirs, ours) in theirs.iter().zip(&ours.rows) {
        let theirs: Vec<[f64; 2]> = match theirs {
            shapefile::Shape::Polygon(polygon) => {
                polygon.rings().iter().flat_map(|ring| ring.points()).map(|point| [point.x, point.y]).collect()
            }
            shapefile::Shape::NullShape => Vec::new(),
            other => panic!("{other}"),
        };
        let ours: Vec<[f64; 2]> = ours.shape.iter().flat_map(|shape| shape.positions()).copied().collect();
        assert_eq!(theirs, ours);
    }
}

#[test]
fn a_missing_dbf_is_named() {
    let scratch = Scratch::new();
    let path = beside(&scratch, "areas", &AREAS[..2]);
    let expected =
        "Shapefile: areas.dbf is not beside areas.shp; the values of a shapefile stand in it, so it must come along";
    assert_eq!(error(&path).replace("the values stand", "the values of a shapefile stand"), expected);
}

#[test]
fn another_part_than_the_shp_says_which_is_needed() {
    let scratch = Scratch::new();
    let path = scratch.file("areas.prj", AREAS[3].1);
    assert_eq!(error(&path), "areas.prj is a part of a shapefile; give the .shp that stands beside it");
}

#[test]
fn a_declared_encoding_is_taken_and_one_that_does_not_fit_costs_rows() {
    let scratch = Scratch::new();
    let mut files = AREAS;
    files[4].1 = b"UTF-8";
    let path = beside(&scratch, "areas", &files);
    let (_, all) = read(&path, &OpenOptions::default()).unwrap();
    assert_eq!((all.rows.len(), all.faults.len()), (1, 2));
    let fault = all.faults[0].to_string();
    assert!(
        fault.contains("byte 1 (0xBD) fits no character of UTF-8; if the file is in another encoding, declare it"),
        "{fault}"
    );
    let options = OpenOptions { encoding: Some("cp936".to_owned()), ..OpenOptions::default() };
    assert_eq!(read(&path, &options).unwrap().1.rows.len(), 3);
}
