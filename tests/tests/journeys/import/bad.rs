//! Bad input: refused by row with the reason, or whole with the reason; never taken for something else.

use super::*;
use flate2::{Compression, write::DeflateEncoder};
use std::io::Write;

#[test]
fn bad_outlines_are_refused_with_the_row_and_the_reason() {
    let star = |points: u32| {
        // Every second point far out, the next one near and on the other side: thousands of crossings.
        let corner = |n: u32| {
            let (sin, cos) = (f64::from(n) * 2.4).sin_cos();
            let far = if n.is_multiple_of(2) { 0.05 } else { 0.01 };
            json!([117.65 + cos * far, 24.55 + sin * far])
        };
        Value::Array((0..points).chain([0]).map(corner).collect())
    };
    let bad = [
        ("a bow-tie", json!([[117.6, 24.5], [117.7, 24.6], [117.7, 24.5], [117.6, 24.6], [117.6, 24.5]])),
        ("an open ring", json!([[117.6, 24.5], [117.7, 24.5], [117.7, 24.6], [117.6, 24.6]])),
        ("swapped coordinates", json!([[24.5, 117.6], [24.5, 117.7], [24.6, 117.7], [24.6, 117.6], [24.5, 117.6]])),
        ("a line there and back", json!([[117.6, 24.5], [117.7, 24.5], [117.6, 24.5]])),
        ("no position", json!([])),
        ("a text for a number", json!([["117.6", 24.5], [117.7, 24.5], [117.7, 24.6], [117.6, 24.5]])),
        ("a position of one number", json!([[117.6], [117.7], [117.7], [117.6]])),
        ("1e308", json!([[1e308, 24.5], [117.7, 24.5], [117.7, 24.6], [1e308, 24.5]])),
        ("over the antimeridian", json!([[179.0, 10.0], [-179.0, 10.0], [-179.0, 11.0], [179.0, 11.0], [179.0, 10.0]])),
        ("a star of 2,000 points", star(2_000)),
        ("a ring of 150,000 points", ring_of(150_000)),
    ];
    for (what, ring) in bad {
        let place = folder();
        let file = collection(place.path(), &[district(ring)]);
        let done = import("areas", &[&file], &place.path().join("data"), &[]).refused(&["row 1"]);
        assert_eq!(done.count("refused"), 1, "{what}: {}", done.said);
        let sample: String = done.said.chars().take(6000).collect();
        assert!(done.said.len() < 6000, "{what}: {sample}");
        if what == "swapped coordinates" {
            assert!(done.said.contains("swapped") || done.said.contains("that way round"), "{}", done.said);
        }
    }
}

/// A circle of many points.
fn ring_of(points: u32) -> Value {
    let corner = |n: u32| {
        let (sin, cos) = (f64::from(n % points) / f64::from(points) * std::f64::consts::TAU).sin_cos();
        json!([117.65 + cos * 0.1, 24.55 + sin * 0.1])
    };
    Value::Array((0..=points).map(corner).collect())
}

#[test]
fn numbers_that_are_none_and_files_that_are_none_are_refused() {
    let place = folder();
    let point = |x: &str| {
        format!(
            "{{\"type\":\"FeatureCollection\",\"features\":[{{\"type\":\"Feature\",\"properties\":{{\"id\":\"a\"}},\"geometry\":{{\"type\":\"Point\",\"coordinates\":[{x},24.5]}}}}]}}"
        )
    };
    let nested = format!("{}{}", "[".repeat(5000), "]".repeat(5000));
    let texts = [
        point("NaN"),
        point("1e999"),
        point("-Infinity"),
        point("181"),
        point("null"),
        String::new(),
        "{".to_owned(),
        nested.clone(),
        point(&nested),
        "\u{feff}[]".to_owned(),
        "{\"type\":\"Point\"}".to_owned(),
    ];
    for (at, text) in texts.iter().enumerate() {
        let file = write(place.path(), "in.geojson", text);
        let done = import("households", &[&file], &place.path().join("data"), &[]).refused(&[]);
        assert!(done.said.len() < 5000, "{at}: {}", done.said);
    }
    let absent = place.path().join("absent.geojson");
    import("households", &[&absent], &place.path().join("data"), &[]).refused(&["absent.geojson"]);
    import("clouds", &[&absent], &place.path().join("data"), &[]).refused(&["households"]);
}

#[test]
fn one_bad_row_keeps_the_whole_file_out_and_every_row_is_accounted_for() {
    let place = folder();
    let data = place.path().join("data");
    import("areas", &[&collection(place.path(), &[district(rectangle([117.6, 24.5], [0.1, 0.1]))])], &data, &[])
        .whole();
    let mixed = [
        door("a", json!([117.65, 24.55])),
        door("a", json!([117.66, 24.55])),
        door("b", json!([24.55, 117.65])),
        json!({ "type": "Feature", "properties": { "id": "c" }, "geometry": null }),
    ];
    let done = import("households", &[&collection(place.path(), &mixed)], &data, &[]);
    let done = done.refused(&["duplicate of row 1", "lies 1012.6 m away", "row 3 (b)", "row 4 (c)"]);
    assert_eq!((done.count("rows"), done.count("refused")), (4, 3), "{}", done.said);
    assert_eq!(known_doors(&data).len(), 0, "nothing of a refused file is kept");
    let done = import("households", &[&collection(place.path(), &mixed)], &data, &["--partial", "--crs", "crs84"]);
    assert_eq!((done.ok, done.count("added")), (false, 1), "{}", done.said);
    assert_eq!(known_doors(&data).len(), 1);
}

#[test]
fn tables_that_are_broken_name_the_row() {
    let place = folder();
    let data = place.path().join("data");
    let mut mixed = "id,lon,lat,place\na1,117.6,24.5,漳华路\n".as_bytes().to_vec();
    mixed.extend(b"a2,117.6,24.5,\xD5\xC4\xBB\xAA\xC2\xB7\n");
    let tables: [(&str, &[u8], &[&str]); 6] = [
        ("wide.csv", b"id,lon,lat\na1,117.6,24.5,extra,more\na2,117.6,24.5\n", &["row 1"]),
        ("words.csv", b"id,lon,lat\na1,east,north\n", &["row 1", "east"]),
        ("mixed.csv", &mixed, &["row 2"]),
        ("quote.csv", b"id,lon,lat\na1,117.6,24.5\na2,\"117.6,24.5\n", &["row 2"]),
        ("empty.csv", b"", &["empty"]),
        ("binary.csv", b"\x00\x01\x02\x03\x04\x05\x06\x07", &["binary.csv"]),
    ];
    for (name, bytes, words) in tables {
        let file = write(place.path(), name, bytes);
        import("households", &[&file], &data, &[]).refused(words);
    }
    let header = write(place.path(), "header.csv", "id,lon,lat\n");
    let done = import("households", &[&header], &data, &[]).whole();
    assert!(done.said.contains("hold no rows"), "{}", done.said);
    assert_eq!(known_doors(&data).len(), 0);
}

#[test]
fn files_cut_off_are_refused() {
    let place = folder();
    let data = place.path().join("data");
    import("households", &[&samples().join("households.geojson")], &data, &["--trust-crs"]).whole();
    for ending in ["gpkg", "fgb", "xlsx", "geojson"] {
        let whole = place.path().join(format!("whole.{ending}"));
        let out = wangge(&["export", "households", text(&whole), "--data", text(&data)]);
        assert!(out.status.success(), "{}", words(&out));
        let bytes = fs::read(&whole).expect("it was written");
        for share in [2, 10] {
            let cut = write(place.path(), &format!("cut.{ending}"), &bytes[..bytes.len() / share]);
            let empty = place.path().join(format!("{ending}-{share}"));
            import("households", &[&cut], &empty, &["--trust-crs"]).refused(&[]);
        }
    }
}

#[test]
fn a_shapefile_without_its_table_is_refused() {
    let place = folder();
    // Header of a file of points (ESRI, 1998): code 9994, length in 16-bit words, version 1000, type 1; then one point.
    let mut bytes = vec![0; 100];
    bytes[..4].copy_from_slice(&9994_i32.to_be_bytes());
    bytes[24..28].copy_from_slice(&64_i32.to_be_bytes());
    bytes[28..32].copy_from_slice(&1000_i32.to_le_bytes());
    bytes[32..36].copy_from_slice(&1_i32.to_le_bytes());
    bytes.extend(1_i32.to_be_bytes());
    bytes.extend(10_i32.to_be_bytes());
    bytes.extend(1_i32.to_le_bytes());
    bytes.extend(117.6_f64.to_le_bytes());
    bytes.extend(24.5_f64.to_le_bytes());
    let file = write(place.path(), "doors.shp", bytes);
    import("households", &[&file], &place.path().join("data"), &[]).refused(&["dbf"]);
}

#[test]
fn a_zip_that_unpacks_to_more_than_is_taken_is_refused() {
    let place = folder();
    // Named as a workbook names its first sheet; four thousand million spaces would come out of it.
    let pack = || {
        let mut packer = DeflateEncoder::new(Vec::new(), Compression::best());
        let spaces = vec![b' '; 1 << 20];
        (0..256).for_each(|_| packer.write_all(&spaces).expect("memory"));
        packer.finish().expect("memory")
    };
    let packed = pack();
    let names = ["[Content_Types].xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml"];
    let file = write(place.path(), "bomb.xlsx", zip_of(&names, &packed, u32::MAX - 1));
    import("households", &[&file], &place.path().join("data"), &[]).refused(&[]);
    let file = write(place.path(), "bomb.zip", zip_of(&["doors.shp", "doors.dbf"], &packed, 256 << 20));
    import("households", &[&file], &place.path().join("data"), &[]).refused(&[]);
}

/// A zip of files that are all the same packed bytes (APPNOTE 6.3.3, 4.3.7 and 4.3.12), said to unpack to `size`.
fn zip_of(names: &[&str], packed: &[u8], size: u32) -> Vec<u8> {
    let mut bytes: Vec<u8> = Vec::new();
    let mut directory: Vec<u8> = Vec::new();
    for name in names {
        let at = bytes.len() as u32;
        let mut rest: Vec<u8> = Vec::new();
        // Version 2.0, no flags, deflated, no time, no checksum.
        [20_u16, 0, 8, 0, 0].iter().for_each(|word| rest.extend(word.to_le_bytes()));
        [0, packed.len() as u32, size].iter().for_each(|word| rest.extend(word.to_le_bytes()));
        [name.len() as u16, 0].iter().for_each(|word| rest.extend(word.to_le_bytes()));
        bytes.extend(b"PK\x03\x04");
        bytes.extend(&rest);
        bytes.extend(name.as_bytes());
        bytes.extend(packed);
        directory.extend(b"PK\x01\x02\x14\x00");
        directory.extend(&rest);
        directory.extend([0; 10]);
        directory.extend(at.to_le_bytes());
        directory.extend(name.as_bytes());
    }
    let at = bytes.len() as u32;
    bytes.extend(&directory);
    bytes.extend(b"PK\x05\x06\x00\x00\x00\x00");
    [names.len() as u16, names.len() as u16].iter().for_each(|word| bytes.extend(word.to_le_bytes()));
    [directory.len() as u32, at].iter().for_each(|word| bytes.extend(word.to_le_bytes()));
    bytes.extend([0, 0]);
    bytes
}
