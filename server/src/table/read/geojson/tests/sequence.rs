//! Features one a line, and in records of RFC 8142.

use super::{
    super::super::testing::{Scratch, read, read_bytes},
    point,
};
use crate::table::{Cell, Format, OpenOptions};
use serde_json::json;

#[test]
fn lines_and_records_read_the_same() {
    let (one, two) = (point(json!({"a": 1})), point(json!({"b": "x"})));
    let pretty = serde_json::to_string_pretty(&two).unwrap();
    for (name, file) in [
        ("t.geojsonl", format!("{one}\n\n{two}\n")),
        ("t.ndjson", format!("{one}\r\n{two}")),
        ("t.json", format!("{one}\n{two}\n")),
        ("t.geojsons", format!("\u{1E}{one}\n\u{1E}{pretty}\n")),
        ("t", format!("\n\u{1E}{one}\u{1E}{pretty}")),
    ] {
        let (source, all) = read_bytes(name, file).unwrap();
        assert_eq!(source.header().format, Format::GeoJsonSeq, "{name}");
        assert_eq!(source.header().columns, ["a", "b"], "{name}");
        assert_eq!(all.faults, [], "{name}");
        assert_eq!(all.rows[1].cells, [Cell::Empty, Cell::Text("x".into())], "{name}");
        assert_eq!(all.rows.len(), 2);
    }
}

#[test]
fn a_line_that_is_wrong_is_refused_alone() {
    let good = point(json!({"a": 1}));
    let file = [
        good.to_string().into_bytes(),
        b"{\"type\": \"Feature\", ".to_vec(),
        b"{\"type\": \"FeatureCollection\", \"features\": []}".to_vec(),
        b"\"caf\xE9\"".to_vec(),
        b"{\"type\": \"Point\", \"coordinates\": [1, 2]}".to_vec(),
        b"<xml>".to_vec(),
        good.to_string().into_bytes(),
    ]
    .join(&b'\n');
    let (_, all) = read_bytes("t.geojsonl", file).unwrap();
    let found: Vec<String> = all.faults.iter().map(ToString::to_string).collect();
    assert!(found[0].starts_with("row 2: ") && found[0].contains("(line 2 of the file)"), "{}", found[0]);
    assert_eq!(found[1], "row 3: feature: is a FeatureCollection; in a sequence each record is one Feature");
    assert_eq!(found[2], "row 4: feature: is not UTF-8 text: byte 4 fits no character");
    assert_eq!(found[3], "row 5: type: is \"Point\"; it must be \"Feature\"");
    assert_eq!(found[4], "row 6: feature: is no object; in a sequence each line is one whole Feature");
    assert_eq!(all.rows.iter().map(|row| row.number).collect::<Vec<_>>(), [1, 7]);
}

#[test]
fn one_line_is_a_sequence_by_its_ending() {
    let (source, all) = read_bytes("t.geojsonl", point(json!({})).to_string()).unwrap();
    assert_eq!((source.header().format, all.rows.len()), (Format::GeoJsonSeq, 1));
    let scratch = Scratch::new();
    let path = scratch.file("t.json", point(json!({})).to_string());
    let options = OpenOptions { format: Some(Format::GeoJsonSeq), ..OpenOptions::default() };
    assert_eq!(read(&path, &options).unwrap().1.rows.len(), 1);
}
