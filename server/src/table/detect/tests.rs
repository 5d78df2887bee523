//! What a file is, whatever it is called.

use super::format;
use crate::table::{Format, TableError, read::testing::Scratch};

fn found(name: &str, bytes: impl AsRef<[u8]>) -> Result<Format, String> {
    let scratch = Scratch::new();
    format(&scratch.file(name, bytes)).map_err(|error| error.to_string())
}

#[test]
fn content_counts_before_the_ending() {
    let fixture = |name: &str| {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/table/read/fixtures/");
        std::fs::read(format!("{folder}{name}")).unwrap()
    };
    for (name, expected) in [
        ("layers.gpkg", Format::GeoPackage),
        ("areas.fgb", Format::FlatGeobuf),
        ("merged.xlsx", Format::Xlsx),
        ("areas_gbk.shp", Format::Shapefile),
        ("town.osm.pbf", Format::OsmPbf),
    ] {
        assert_eq!(found("misnamed.csv", fixture(name)), Ok(expected), "{name}");
    }
    let feature = r#"{"type": "Feature", "properties": {}, "geometry": null}"#;
    for (name, content, expected) in [
        ("a.csv", r#"{"type": "FeatureCollection", "features": []}"#.to_owned(), Format::GeoJson),
        ("a.csv", format!("\u{1E}{feature}"), Format::GeoJsonSeq),
        ("a.json", format!("{feature}\n{feature}\n"), Format::GeoJsonSeq),
        ("a.json", feature.to_owned(), Format::GeoJson),
        ("a.geojsonl", feature.to_owned(), Format::GeoJsonSeq),
        ("a.json", "\u{FEFF} [1]".to_owned(), Format::GeoJson),
        ("a.TSV", "a\tb\n".to_owned(), Format::Csv),
        ("register", "编号;地址\n".to_owned(), Format::Csv),
        ("a.txt", "id\n1\n".to_owned(), Format::Csv),
    ] {
        assert_eq!(found(name, &content), Ok(expected), "{name}: {content}");
    }
    let utf16: Vec<u8> = "\u{FEFF}id,name\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(found("a.csv", utf16), Ok(Format::Csv));
}

#[test]
fn what_is_not_read_says_what_to_do() {
    for (name, bytes, expected) in [
        ("a.csv", b"".as_slice(), "a.csv is empty: it has 0 bytes"),
        ("a.xls", b"\xD0\xCF\x11\xE0\xA1\xB1", "save it as .xlsx"),
        ("a.csv.gz", b"\x1F\x8B\x08", "is packed with gzip; unpack it first"),
        ("a.kml", b"<?xml version=\"1.0\"?><kml/>", "KML, GML and OSM XML are not read"),
        ("a.pdf", b"%PDF-1.7", "is a PDF"),
        ("a.dbf", b"\x03abc", "is a part of a shapefile; give the .shp"),
        ("a.bin", b"\x01\x00\x02\x00", "is no text and of no format that is read; those are GeoJSON"),
        ("notes", b"nothing like a table", "is of no format that is read; those are GeoJSON"),
        ("a.zip", b"PK\x03\x04 and no more", "looks like a zip and cannot be read"),
    ] {
        let error = found(name, bytes).unwrap_err();
        assert!(error.contains(expected), "{name}: {error}");
    }
}

#[test]
fn a_folder_and_a_file_that_is_not_there_are_told() {
    let scratch = Scratch::new();
    assert!(format(scratch.path()).unwrap_err().to_string().ends_with("is a folder; a file is needed"));
    assert!(matches!(format(&scratch.path().join("none.csv")), Err(TableError::Io { .. })));
}
