//! Every row is accounted for, whatever is in the file.

use super::*;
use crate::commit::{Service, sample};
use serde_json::{Value, json};
use std::sync::Arc;
use wangge_core::geometry::position::{FixedPoint, lonlat_from_fixed};

fn file(features: Vec<Value>) -> Vec<u8> {
    json!({ "type": "FeatureCollection", "features": features }).to_string().into_bytes()
}

fn area(code: &str, level: &str, parent: Option<&str>) -> Value {
    let ring = [[117.0, 24.0], [117.1, 24.0], [117.1, 24.1], [117.0, 24.1], [117.0, 24.0]];
    json!({
        "type": "Feature",
        "geometry": { "type": "Polygon", "coordinates": [ring] },
        "properties": { "code": code, "name": code, "level": level, "parent": parent },
    })
}

fn door(id: &str) -> Value {
    let at = lonlat_from_fixed(FixedPoint { x: 3_550_000_000, y: 1_850_000_000 });
    json!({
        "type": "Feature",
        "geometry": { "type": "Point", "coordinates": [at.lon() + 0.0002, at.lat() - 0.0002] },
        "properties": { "id": id },
    })
}

fn empty() -> (tempfile::TempDir, Arc<Service>) {
    let folder = tempfile::tempdir().unwrap();
    let service = sample::open(folder.path());
    (folder, service)
}

fn partial() -> ImportOptions {
    ImportOptions { partial: true, ..ImportOptions::default() }
}

#[test]
fn children_may_stand_before_their_parents() {
    let (_folder, service) = empty();
    let rows = vec![
        area("350602001", "subdistrict", Some("350602")),
        area("350602001001001", "grid", Some("350602001001")),
        area("350602001001", "community", Some("350602001")),
        area("350602", "district", None),
    ];
    let report = import(&service, ImportKind::Areas, "areas.geojson", &file(rows), ImportOptions::default()).unwrap();
    assert_eq!((report.rows(), report.taken, report.is_whole()), (4, 4, true));
    assert_eq!(service.district.read().areas().len(), 4);
}

#[test]
fn a_refused_parent_takes_its_children_along_and_each_is_told() {
    let (_folder, service) = empty();
    let mut broken = area("350602001", "subdistrict", Some("350602"));
    broken["geometry"]["coordinates"] =
        json!([[[117.0, 24.0], [117.1, 24.1], [117.1, 24.0], [117.0, 24.1], [117.0, 24.0]]]);
    let rows = vec![
        area("350602001001", "community", Some("350602001")),
        broken,
        area("350602", "district", None),
        area("350602001001001", "grid", Some("350602001001")),
        area("350602002", "grid", Some("350602")),
        area("350602003", "district", Some("350602")),
        area("350602003001", "subdistrict", Some("350602003001001")),
    ];
    let bytes = file(rows);
    let report = import(&service, ImportKind::Areas, "f", &bytes, ImportOptions::default()).unwrap();
    assert_eq!((report.good, report.taken, report.is_whole()), (2, 0, false), "all or nothing");
    assert_eq!(service.seq().n, 0);
    let report = import(&service, ImportKind::Areas, "f", &bytes, partial()).unwrap();
    let refused: Vec<usize> = report.refused.iter().map(|r| r.feature).collect();
    assert_eq!((report.taken, refused), (2, vec![1, 2, 4, 6, 7]), "{:#?}", report.refused);
    assert_eq!(report.rows(), 7);
}

#[test]
fn rows_that_are_there_already_are_refused_by_name_and_new_ones_taken() {
    let folder = tempfile::tempdir().unwrap();
    let service = sample::filled(folder.path());
    let bytes = file(vec![door("door-3"), door("new-1"), door("new-1")]);
    let report = import(&service, ImportKind::Households, "f", &bytes, partial()).unwrap();
    assert_eq!(report.taken, 1);
    let refused: Vec<String> = report.refused.iter().map(ToString::to_string).collect();
    assert_eq!(refused[0], "feature 1 (door-3): properties.id: this household is there already");
    assert!(refused[1].starts_with("feature 3: "), "{refused:?}");
    assert_eq!(report.unassigned, 0);
    let again = import(&service, ImportKind::Households, "f", &bytes, partial()).unwrap();
    assert_eq!((again.taken, again.refused.len()), (0, 3));
}

#[test]
fn doors_in_no_grid_are_taken_and_said_to_be_unassigned() {
    let (_folder, service) = empty();
    let bytes = file(vec![door("a"), door("b")]);
    let report = import(&service, ImportKind::Households, "f", &bytes, ImportOptions::default()).unwrap();
    assert_eq!((report.taken, report.unassigned), (2, 2));
}

#[test]
fn a_dry_run_takes_nothing() {
    let (_folder, service) = empty();
    let options = ImportOptions { dry_run: true, ..ImportOptions::default() };
    let report = import(&service, ImportKind::Households, "f", &file(vec![door("a")]), options).unwrap();
    assert_eq!((report.good, report.taken, service.seq().n), (1, 0, 0));
}

#[test]
fn a_file_that_is_no_collection_is_refused_whole() {
    let (_folder, service) = empty();
    let nested = format!("{}{}", "[".repeat(5000), "]".repeat(5000));
    for bytes in [&b"{"[..], b"", b"[]", b"{\"type\":\"Feature\"}", b"\xff\xfe", nested.as_bytes()] {
        let refused = import(&service, ImportKind::Areas, "f", bytes, ImportOptions::default());
        assert!(matches!(refused, Err(ImportError::File(_))));
    }
    assert_eq!(service.seq().n, 0);
}

#[test]
fn an_empty_collection_is_whole_and_writes_nothing() {
    let (_folder, service) = empty();
    let report = import(&service, ImportKind::Areas, "f", &file(vec![]), ImportOptions::default()).unwrap();
    assert!(report.is_whole());
    assert_eq!(service.seq().n, 0);
}

#[test]
fn rejects_are_geojson_with_the_reason_and_come_in_once_mended() {
    let (folder, service) = empty();
    let mut nameless = door("a");
    nameless["properties"] = Value::Null;
    let bytes = file(vec![nameless, door("b"), json!(7)]);
    let report = import(&service, ImportKind::Households, "f", &bytes, partial()).unwrap();
    assert_eq!((report.taken, report.refused.len()), (1, 2));
    let path = folder.path().join("rejects.geojson");
    write_rejects(&path, &bytes, &report.refused).unwrap();
    let mut written: Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
    let features = written["features"].as_array_mut().unwrap();
    assert_eq!(features.len(), 2);
    assert!(features.iter().all(|f| f["properties"]["refused_because"].is_string()), "{features:?}");
    assert_eq!(features[1]["properties"]["refused_text"], "7");
    features.pop();
    features[0]["properties"]["id"] = json!("a");
    let mended = written.to_string().into_bytes();
    assert!(import(&service, ImportKind::Households, "f", &mended, ImportOptions::default()).unwrap().is_whole());
}
