//! Shapefiles in zips.

use super::{AREAS, POINTS, error};
use crate::table::{
    Limits, OpenOptions, names,
    read::testing::{Scratch, read},
};
use std::io::{Cursor, Read, Write};
use zip::{ZipWriter, write::SimpleFileOptions};

fn zipped(files: &[(String, &[u8])]) -> Vec<u8> {
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        out.start_file(name.as_str(), SimpleFileOptions::default()).unwrap();
        out.write_all(bytes).unwrap();
    }
    out.finish().unwrap().into_inner()
}

fn named(stem: &str, files: &[(&str, &'static [u8])]) -> Vec<(String, &'static [u8])> {
    files.iter().map(|(ending, bytes)| (format!("{stem}.{ending}"), *bytes)).collect()
}

#[test]
fn a_zip_with_one_shapefile_is_that_shapefile() {
    let scratch = Scratch::new();
    let mut files = named("地图/网格", &AREAS);
    files.push(("__MACOSX/地图/._网格.shp".to_owned(), b"shadow"));
    files.push(("读我.txt".to_owned(), b"x"));
    let path = scratch.file("t.zip", zipped(&files));
    let (source, all) = read(&path, &OpenOptions::default()).unwrap();
    assert_eq!((all.rows.len(), source.header().layer.as_deref()), (3, Some("网格")));
    assert!(source.header().crs.is_some());
    assert_eq!(source.bytes_read(), source.header().bytes);
}

#[test]
fn a_zip_with_several_needs_a_choice() {
    let scratch = Scratch::new();
    let files = [named("a/areas", &AREAS), named("points", &POINTS)].concat();
    let path = scratch.file("t.zip", zipped(&files));
    assert_eq!(names(&path).unwrap(), ["areas", "points"]);
    assert_eq!(
        error(&path),
        "Shapefile: the zip holds several shapefiles, of which one must be chosen: \"areas\", \"points\""
    );
    let layer = |name: &str| OpenOptions { layer: Some(name.to_owned()), ..OpenOptions::default() };
    assert_eq!(read(&path, &layer("Points")).unwrap().1.rows.len(), 2);
    let found = read(&path, &layer("roads")).map(|_| ()).unwrap_err().to_string();
    assert_eq!(found, "Shapefile: the zip holds no shapefile \"roads\"; it holds \"areas\", \"points\"");
}

#[test]
fn a_zip_without_a_dbf_says_so() {
    let scratch = Scratch::new();
    let path = scratch.file("t.zip", zipped(&named("areas", &AREAS[..2])));
    assert!(error(&path).contains("areas.dbf is not beside areas.shp"));
    let path = scratch.file("t.zip", zipped(&named("areas", &AREAS[2..3])));
    assert_eq!(error(&path), "Shapefile: the zip has a .dbf and no .shp; zip both together");
}

#[test]
fn names_that_lead_elsewhere_stay_in_their_folder() {
    let scratch = Scratch::new();
    let path = scratch.file("t.zip", zipped(&named("../../evil", &AREAS)));
    assert_eq!(read(&path, &OpenOptions::default()).unwrap().1.rows.len(), 3);
    assert!(!scratch.path().join("../../evil.shp").exists());
    let path = scratch.file("t.zip", zipped(&named("a/..", &AREAS)));
    assert_eq!(read(&path, &OpenOptions::default()).unwrap().1.rows.len(), 3);
}

#[test]
fn a_zip_that_unpacks_without_end_is_refused() {
    let scratch = Scratch::new();
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    out.start_file("bomb.shp", options).unwrap();
    std::io::copy(&mut std::io::repeat(0).take(64 << 20), &mut out).unwrap();
    let path = scratch.file("t.zip", out.finish().unwrap().into_inner());
    let limits = Limits { unpacked_bytes: 8 << 20, ..Limits::default() };
    let found = read(&path, &OpenOptions { limits, ..OpenOptions::default() }).map(|_| ()).unwrap_err().to_string();
    assert_eq!(found, "Shapefile: bomb.shp in the zip unpacks to more than is taken");
}
