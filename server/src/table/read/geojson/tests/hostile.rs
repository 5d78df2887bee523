//! Features that are wrong are refused one by one, with the place; memory stays bounded.

use super::{
    super::super::testing::{Scratch, everything, read_bytes},
    collection, fault, feature, point,
};
use crate::table::{Limits, OpenOptions, RawShape, Row, Step, open};
use serde_json::{Value, json};

#[test]
fn wrong_coordinates_are_refused_with_their_place() {
    let error = |kind: &str, coordinates: Value| fault(&feature(json!({}), kind, coordinates).to_string());
    let cases = [
        (
            "Polygon",
            json!([[[117.65, "x"], [117.66, 24.51]]]),
            "[0][0][1]: is \"x\"; a position is [longitude, latitude], both numbers",
        ),
        (
            "Polygon",
            json!([[[117.65, 24], [117.66, null]]]),
            "[0][1][1]: is null; a position is [longitude, latitude], both numbers",
        ),
        (
            "Polygon",
            json!([[117.65, 24.51]]),
            "[0][0]: is 117.65; it must be an array, a position [longitude, latitude]",
        ),
        ("Polygon", json!([117.65]), "[0]: is 117.65; it must be an array"),
        ("Polygon", json!("x"), ": is \"x\"; it must be an array"),
        ("Polygon", json!([[[1, 2], [1]]]), "[0][1]: has 1 number; a position is [longitude, latitude]"),
        ("Point", json!([]), ": has 0 numbers; a position is [longitude, latitude]"),
        ("Point", json!([[1], 2]), "[0]: is an array; a position is [longitude, latitude], both numbers"),
        ("LineString", json!([]), ": is an empty LineString; it must have positions"),
        ("Polygon", json!([[], []]), ": is an empty Polygon; it must have positions"),
    ];
    for (kind, coordinates, expected) in cases {
        assert_eq!(error(kind, coordinates), format!("row 1: geometry.coordinates{expected}"));
    }
}

#[test]
fn words_for_missing_numbers_are_refused_with_their_place() {
    for word in ["NaN", "Infinity", "-Infinity"] {
        let text = format!(
            "{{\"type\": \"Feature\", \"properties\": {{}}, \"geometry\": {{\"type\": \"LineString\",\n\"coordinates\": [[1, 2], [3, {word}]]}}}}"
        );
        let expected = format!(
            "row 1: geometry.coordinates[1][1]: {word} is not a JSON number, coordinates are finite numbers (line 2 of the file)"
        );
        assert_eq!(fault(&text), expected);
    }
}

#[test]
fn numbers_beyond_the_largest_are_refused_and_large_ones_are_numbers() {
    let text = feature(json!({}), "Point", json!([1, 2])).to_string();
    let expected = "row 1: geometry.coordinates[0]: is 1e999, which is larger than any number read here";
    assert_eq!(fault(&text.replace("[1,2]", "[1e999,2]")), expected);
    let property = text.replace("\"properties\":{}", "\"properties\":{\"a\":1e999}");
    assert_eq!(fault(&property), "row 1: properties.a: is 1e999, which is larger than any number read here");
    let (_, all) =
        read_bytes("t.geojson", collection(vec![feature(json!({}), "Point", json!([1e308, -1e308]))])).unwrap();
    assert_eq!(all.rows[0].shape, Some(RawShape::Point([1e308, -1e308])));
}

#[test]
fn members_that_are_wrong_are_refused_by_name() {
    let whole = point(json!({}));
    let with = |name: &str, value: Value| {
        let mut feature = whole.clone();
        feature[name] = value;
        fault(&feature.to_string())
    };
    let without = |name: &str| {
        let mut feature = whole.clone();
        feature.as_object_mut().unwrap().remove(name);
        fault(&feature.to_string())
    };
    assert_eq!(fault("null"), "row 1: feature: is null; it must be an object");
    assert_eq!(fault("[1]"), "row 1: feature: is an array; it must be an object");
    assert_eq!(fault("NaN"), "row 1: feature: is NaN; it must be an object");
    assert_eq!(with("type", json!("Featre")), "row 1: type: is \"Featre\"; it must be \"Feature\"");
    assert_eq!(without("type"), "row 1: type: is missing; it must be \"Feature\"");
    assert_eq!(with("properties", json!([1])), "row 1: properties: is an array; it must be an object or null");
    assert_eq!(without("properties"), "row 1: properties: is missing; it must be an object or null");
    let needs = "it must be a geometry object with type and coordinates, or null";
    assert_eq!(without("geometry"), format!("row 1: geometry: is missing; {needs}"));
    assert_eq!(with("geometry", json!("POINT (1 2)")), format!("row 1: geometry: is text; {needs}"));
    assert_eq!(with("id", json!({})), "row 1: id: is an object; it must be text or a number");
    let types = "it must be one of Point, LineString, Polygon, MultiPoint, MultiLineString, MultiPolygon";
    assert_eq!(with("geometry", json!({"type": "point"})), format!("row 1: geometry.type: is \"point\"; {types}"));
    assert_eq!(
        with("geometry", json!({"type": "GeometryCollection", "geometries": []})),
        format!("row 1: geometry.type: is \"GeometryCollection\"; {types}")
    );
    let missing = "row 1: geometry.coordinates: is missing; it must be an array";
    assert_eq!(with("geometry", json!({"type": "Point"})), missing);
}

#[test]
fn names_that_stand_twice_are_refused() {
    let twice = r#"{"type": "Feature", "geometry": null, "properties": {"a": 1, "a": 2}}"#;
    assert_eq!(fault(twice), "row 1: properties.a: stands twice");
    let twice = r#"{"type": "Feature", "geometry": null, "properties": {}, "geometry": null}"#;
    assert!(fault(twice).contains("\"geometry\" stands twice"), "{}", fault(twice));
}

#[test]
fn a_broken_feature_does_not_take_the_others_with_it() {
    let file = format!(
        "{{\"type\": \"FeatureCollection\", \"features\": [\n{},\n{{\"type\" \"Feature\"}},\n{}]}}",
        point(json!({})),
        point(json!({}))
    );
    let (_, all) = read_bytes("t.geojson", file).unwrap();
    assert_eq!(all.rows.iter().map(|row| row.number).collect::<Vec<_>>(), [1, 3]);
    assert_eq!(all.faults[0].to_string(), "row 2: type: cannot be read: expected `:` (line 3 of the file)");
    assert_eq!(all.faults[0].text.as_deref(), Some("{\"type\" \"Feature\"}"));
}

#[test]
fn arrays_nested_5000_deep_do_no_harm() {
    let bomb = format!("{}{}", "[".repeat(5000), "]".repeat(5000));
    let mut whole = point(json!({"a": "bomb"}));
    whole["x"] = json!("bomb");
    let inside = collection(vec![whole]);
    let inside = String::from_utf8(inside).unwrap().replace("\"bomb\"", &bomb);
    let (_, all) = read_bytes("t.geojson", inside).unwrap();
    assert_eq!(all.rows[0].cells, [crate::table::Cell::Text(bomb.clone())]);
    let coordinates = feature(json!({}), "Point", json!("bomb")).to_string().replace("\"bomb\"", &bomb);
    let expected = "row 1: geometry.coordinates[0]: is an array; a position is [longitude, latitude], both numbers";
    assert_eq!(fault(&coordinates), expected);
    let beside = format!(r#"{{"type": "FeatureCollection", "features": [], "x": {bomb}}}"#);
    assert_eq!(read_bytes("t.geojson", beside).unwrap().1.rows.len(), 0);
    for text in ["[".repeat(5000), r#"{"a":"#.repeat(5000), bomb] {
        assert!(read_bytes("t.geojson", text).is_err());
    }
}

#[test]
fn a_ring_of_a_million_positions_is_read_and_a_larger_one_refused() {
    let ring = |count: usize| {
        let positions: Vec<String> = (0..count).map(|n| format!("[{}.5,{}]", n % 180, n % 90)).collect();
        let coordinates = positions.join(",");
        format!(
            r#"{{"type":"FeatureCollection","features":[{{"type":"Feature","properties":{{}},"geometry":{{"type":"Polygon","coordinates":[[{coordinates}]]}}}}]}}"#
        )
    };
    let (_, all) = read_bytes("t.geojson", ring(1_000_000)).unwrap();
    assert_eq!(all.rows[0].shape.as_ref().unwrap().positions().count(), 1_000_000);
    let (_, all) = read_bytes("t.geojson", ring(1_100_001)).unwrap();
    assert_eq!(all.faults[0].to_string(), "row 1: geometry.coordinates: has more than 1100000 positions");
}

#[test]
fn a_feature_larger_than_a_row_may_be_is_passed_over() {
    let scratch = Scratch::new();
    let large = point(json!({"note": "x".repeat(3_000_000)}));
    let path = scratch.file("t.geojson", collection(vec![point(json!({})), large.clone(), point(json!({}))]));
    let limits = Limits { row_bytes: 1_000_000, ..Limits::default() };
    let options = OpenOptions { limits, ..OpenOptions::default() };
    let all = everything(open(&path, &options).unwrap().as_mut());
    assert_eq!(all.rows.len(), 2);
    let expected = format!("row 2: feature: has {} bytes; at most 1000000 are taken", large.to_string().len());
    assert_eq!(all.faults[0].to_string(), expected);
    assert!(fault(&large.to_string()).ends_with("properties.note: has 3000000 bytes; at most 65536 are taken"));
}

#[test]
fn names_without_end_do_not_become_columns_without_end() {
    let many: serde_json::Map<String, Value> = (0..5000).map(|n| (format!("n{n}"), json!(n))).collect();
    let (source, all) = read_bytes("t.geojson", collection(vec![point(Value::Object(many))])).unwrap();
    assert_eq!(source.header().columns.len(), 4096);
    assert!(all.faults[0].message.contains("is one name too many; a file may have 4096 columns"));
}

#[test]
fn memory_is_used_again_for_the_next_row() {
    let scratch = Scratch::new();
    let path = scratch.file("t.geojson", collection(vec![point(json!({"a": 1, "b": 2})), point(json!({"b": 3}))]));
    let mut source = open(&path, &OpenOptions::default()).unwrap();
    let mut row = Row::default();
    assert_eq!(source.read(&mut row).unwrap(), Step::Row);
    assert_eq!(source.read(&mut row).unwrap(), Step::Row);
    assert_eq!(row.cells, [crate::table::Cell::Empty, crate::table::Cell::Integer(3)]);
    assert_eq!(source.read(&mut row).unwrap(), Step::End);
}
