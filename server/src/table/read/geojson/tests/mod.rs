//! Files that are right, and every way to be wrong.

mod hostile;
mod random;
mod real;
mod sequence;

use super::super::testing::{Scratch, everything, read, read_bytes, refusal};
use crate::table::{Cell, DeclaredCrs, Format, OpenOptions, RawShape, open};
use serde_json::{Value, json};

fn collection(features: Vec<Value>) -> Vec<u8> {
    json!({"type": "FeatureCollection", "features": features}).to_string().into_bytes()
}

fn feature(properties: Value, kind: &str, coordinates: Value) -> Value {
    json!({"type": "Feature", "properties": properties, "geometry": {"type": kind, "coordinates": coordinates}})
}

fn point(properties: Value) -> Value {
    feature(properties, "Point", json!([117.65, 24.51]))
}

/// The fault a single feature is refused with.
fn fault(feature: &str) -> String {
    let file = format!("{{\"type\": \"FeatureCollection\", \"features\": [{feature}]}}");
    let (_, all) = read_bytes("t.geojson", file).unwrap();
    assert!(all.rows.is_empty(), "{feature}: {:?}", all.rows);
    assert_eq!(all.faults.len(), 1);
    all.faults[0].to_string()
}

#[test]
fn properties_become_cells_in_the_order_they_are_met() {
    let file = collection(vec![
        point(json!({"id": "a", "residents": 3, "share": 0.5, "is_home": true})),
        point(json!({"residents": null, "note": "x", "id": 7})),
        point(json!({"list": [1, {"a": 2}], "long": 12345678901234567890123u128 as f64})),
    ]);
    let (source, all) = read_bytes("t.geojson", file).unwrap();
    let header = source.header();
    assert_eq!(header.format, Format::GeoJson);
    assert_eq!(header.columns, ["id", "is_home", "residents", "share", "note", "list", "long"]);
    assert_eq!((header.rows, header.crs.clone(), header.has_shapes), (Some(3), None, true));
    assert_eq!(all.rows[0].cells, [Cell::Text("a".into()), Cell::Bool(true), Cell::Integer(3), Cell::Real(0.5)]);
    assert_eq!(all.rows[1].cells[0], Cell::Integer(7));
    assert_eq!(all.rows[1].cells[2], Cell::Empty);
    assert_eq!(all.rows[2].cells[5], Cell::Text("[1,{\"a\":2}]".into()));
    assert_eq!(all.rows[2].cells[0], Cell::Empty);
    assert_eq!(all.rows.iter().map(|row| row.number).collect::<Vec<_>>(), [1, 2, 3]);
}

#[test]
fn whole_numbers_too_long_to_be_kept_stay_as_they_are_written() {
    let file = r#"{"type":"FeatureCollection","features":[{"type":"Feature","geometry":null,
        "properties":{"code":350602001001001001,"long":35060200100100100100100}}]}"#;
    let (_, all) = read_bytes("t.geojson", file).unwrap();
    assert_eq!(all.rows[0].cells, [Cell::Integer(350602001001001001), Cell::Text("35060200100100100100100".into())]);
    assert_eq!(all.rows[0].shape, None);
}

#[test]
fn the_features_own_id_fills_the_column_unless_a_property_does() {
    let mut own = point(json!({"name": "x"}));
    own["id"] = json!("own");
    let mut both = point(json!({"id": "property"}));
    both["id"] = json!(9);
    let (source, all) = read_bytes("t.geojson", collection(vec![own, both])).unwrap();
    assert_eq!(source.header().columns, ["name", "id"]);
    assert_eq!(all.rows[0].cells[1], Cell::Text("own".into()));
    assert_eq!(all.rows[1].cells[1], Cell::Text("property".into()));
}

#[test]
fn every_type_of_geometry_is_a_shape() {
    let ring = json!([[0, 0], [1, 0], [0, 1], [0, 0]]);
    let line = vec![[0.0, 0.0], [1.0, 0.0], [0.0, 1.0], [0.0, 0.0]];
    for (kind, coordinates, shape) in [
        ("Point", json!([1.5, -2]), RawShape::Point([1.5, -2.0])),
        ("MultiPoint", ring.clone(), RawShape::Points(line.clone())),
        ("LineString", ring.clone(), RawShape::Lines(vec![line.clone()])),
        ("MultiLineString", json!([ring, ring]), RawShape::Lines(vec![line.clone(), line.clone()])),
        ("Polygon", json!([ring]), RawShape::Polygons(vec![vec![line.clone()]])),
        ("MultiPolygon", json!([[ring], [ring]]), RawShape::Polygons(vec![vec![line.clone()], vec![line.clone()]])),
    ] {
        let (_, all) = read_bytes("t.geojson", collection(vec![feature(json!({}), kind, coordinates)])).unwrap();
        assert_eq!(all.rows[0].shape.as_ref(), Some(&shape));
        assert_eq!(shape.name(), kind);
    }
}

#[test]
fn heights_are_dropped_and_told() {
    let (source, all) =
        read_bytes("t.geojson", collection(vec![feature(json!({}), "Point", json!([1, 2, 3, 4]))])).unwrap();
    assert_eq!(all.rows[0].shape, Some(RawShape::Point([1.0, 2.0])));
    assert_eq!(source.header().notes, ["third numbers of positions (heights) are dropped"]);
}

#[test]
fn members_may_come_in_any_order() {
    let features = format!("[{},\n{}]", point(json!({"a": 1})), point(json!({"b": "}]"})));
    let crs = r#""crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::4548"}}"#;
    for file in [
        format!("{{{crs}, \"type\": \"FeatureCollection\", \"features\": {features}}}"),
        format!(
            "\u{FEFF}{{\"x\": [[1]], \"features\": {features}, \"name\": \"n\", {crs}, \"type\": \"FeatureCollection\"}}\n"
        ),
    ] {
        let (source, all) = read_bytes("t.geojson", file).unwrap();
        assert_eq!(source.header().crs, Some(DeclaredCrs::Name("urn:ogc:def:crs:EPSG::4548".into())));
        assert_eq!((all.rows.len(), all.faults.len()), (2, 0));
        assert_eq!(all.rows[1].cells, [Cell::Empty, Cell::Text("}]".into())]);
    }
}

#[test]
fn coordinate_systems_are_named_once() {
    let with = |crs: Value| {
        let file = json!({"type": "FeatureCollection", "features": [], "crs": crs}).to_string();
        read_bytes("t.geojson", file).map(|(source, _)| source.header().crs.clone()).map_err(|e| e.to_string())
    };
    assert_eq!(with(json!(null)), Ok(None));
    let named = |name: &str| json!({"type": "name", "properties": {"name": name}});
    assert_eq!(with(named("EPSG:4490")), Ok(Some(DeclaredCrs::Name("EPSG:4490".into()))));
    assert_eq!(with(json!({"type": "EPSG", "properties": {"code": 4548}})), Ok(Some(DeclaredCrs::Epsg(4548))));
    let error = with(json!({"type": "link"})).unwrap_err();
    assert!(error.contains("\"crs\" is {\"type\":\"link\"}; it must name a coordinate system"), "{error}");
    let mut odd = point(json!({}));
    odd["geometry"]["crs"] = named("EPSG:3857");
    let expected = "row 1: geometry.crs: names \"EPSG:3857\"; a coordinate system is named once, for the whole file";
    assert_eq!(fault(&odd.to_string()), expected);
    odd["geometry"]["crs"] = named("urn:ogc:def:crs:OGC:1.3:CRS84");
    assert_eq!(read_bytes("t.geojson", collection(vec![odd])).unwrap().1.rows.len(), 1);
}

#[test]
fn a_file_that_is_no_collection_is_refused_whole() {
    let error = |text: &str| refusal("t.geojson", text);
    assert!(error("[]").starts_with("GeoJSON: the file is an array; a FeatureCollection is needed: {\"type\""));
    assert!(error("{}").starts_with("GeoJSON: the file is an object without a type; a FeatureCollection is needed"));
    assert!(
        error(&point(json!({})).to_string()).starts_with("GeoJSON: the file is a \"Feature\"; a FeatureCollection")
    );
    assert!(error(r#"{"type": "Point", "coordinates": [1, 2]}"#).starts_with("GeoJSON: the file is a \"Point\"; a"));
    assert_eq!(
        error(r#"{"type": "FeatureCollection"}"#),
        "GeoJSON: \"features\" is missing; it must be an array of features"
    );
    assert_eq!(
        error(r#"{"type": "FeatureCollection", "features": {}}"#),
        "GeoJSON: \"features\" is an object; it must be an array of features"
    );
    assert!(
        error(r#"{"type": "FeatureCollection", "features": [], "features": []}"#).contains("\"features\" stands twice")
    );
    assert!(error("\n\n").contains("it ends at line 3 column 1"), "{}", error("\n\n"));
    assert!(error("null").starts_with("GeoJSON: the file is null; a FeatureCollection"));
}

#[test]
fn text_that_is_no_json_is_refused_with_its_place() {
    let error = |text: &str| refusal("t.geojson", text);
    let start = "{\"type\": \"FeatureCollection\",\n \"features\": [";
    for (rest, expected) in [
        ("{} {}]}", "'{' stands at line 2 column 18 where \",\" or the end of the list is expected"),
        ("{}", "it ends at line 2 column 17 where \"]\" or \"}\" is expected"),
        ("{}, ]}", "']' stands at line 2 column 19 where a feature is expected"),
        ("{\"a\": \"", "it ends at line 2 column 22 where the end of a feature is expected"),
        ("{}]}\n x", "'x' stands at line 3 column 2 where nothing more is expected"),
        ("{}], x: 1}", "'x' stands at line 2 column 20 where a name in quotes is expected"),
        ("{}], \"x\" 1}", "'1' stands at line 2 column 24 where \":\" is expected"),
        ("{}], \"x\": }", "'}' stands at line 2 column 25 where a value is expected"),
    ] {
        assert_eq!(error(&format!("{start}{rest}")), format!("GeoJSON: the file is not JSON: {expected}"));
    }
}

#[test]
fn bytes_that_are_no_text_are_refused_with_their_place() {
    let expected = "GeoJSON: the file is not UTF-8 text: byte 7 fits no character; \
                    if it is in another encoding, declare it, such as gb18030";
    assert_eq!(refusal("t.geojson", b"{\"a\": \"\xFF\"}"), expected);
}

#[test]
fn a_declared_encoding_is_read() {
    let scratch = Scratch::new();
    let text = String::from_utf8(collection(vec![point(json!({"名称": "金宝\\社区"}))])).unwrap();
    let path = scratch.file("t.geojson", encoding_rs::GB18030.encode(&text).0);
    let options = OpenOptions { encoding: Some("gb18030".into()), ..OpenOptions::default() };
    let mut source = open(&path, &options).unwrap();
    assert_eq!(source.header().columns, ["名称"]);
    assert_eq!(everything(source.as_mut()).rows[0].cells, [Cell::Text("金宝\\社区".into())]);
    assert!(read(&path, &OpenOptions::default()).is_err());
}

#[test]
fn columns_found_late_stand_at_the_end() {
    let mut features: Vec<Value> = (0..1500).map(|n| point(json!({"a": n}))).collect();
    features.push(point(json!({"late": 1, "a": 2})));
    let scratch = Scratch::new();
    let path = scratch.file("t.geojson", collection(features));
    let mut source = open(&path, &OpenOptions::default()).unwrap();
    assert_eq!(source.header().columns, ["a"]);
    let all = everything(source.as_mut());
    assert_eq!(source.header().columns, ["a", "late"]);
    assert_eq!(all.rows[1500].cells, [Cell::Integer(2), Cell::Integer(1)]);
}
