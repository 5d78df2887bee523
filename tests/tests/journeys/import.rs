//! Import from files: every row is accounted for, and a bad file changes nothing.

use crate::harness::{Server, folder, wangge, words};
use serde_json::{Value, json};
use std::{
    fs,
    path::{Path, PathBuf},
    process::Output,
};

fn samples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../data/samples")
}

fn import(kind: &str, file: &Path, data: &Path) -> Output {
    wangge(&["import", kind, file.to_str().expect("a path"), "--data", data.to_str().expect("a path")])
}

fn features_in(file: &Path) -> usize {
    let text = fs::read_to_string(file).unwrap_or_else(|cause| panic!("{}: {cause}", file.display()));
    let collection: Value = serde_json::from_str(&text).expect("a sample is JSON");
    collection["features"].as_array().expect("a sample is a collection").len()
}

#[test]
fn the_samples_come_in_whole_and_are_served() {
    let data = folder();
    let (areas, households) = (samples().join("areas.geojson"), samples().join("households.geojson"));
    for (kind, file) in [("areas", &areas), ("households", &households)] {
        let done = import(kind, file, data.path());
        let said = words(&done);
        assert!(done.status.success(), "{kind}: {said}");
        assert!(said.contains(&features_in(file).to_string()), "the report counts every row: {said}");
    }
    let checked = wangge(&["check", "--data", data.path().to_str().expect("a path")]);
    assert!(checked.status.success(), "{}", words(&checked));

    let server = Server::demo_with(data.path(), &["--calm"]);
    assert_eq!(server.get_json("/api/areas")["features"].as_array().map(Vec::len), Some(features_in(&areas)));
    assert_eq!(server.doors("?limit=10000").len(), features_in(&households));
}

/// Writes a collection of features to a file of its own.
fn collection(folder: &Path, features: &[Value]) -> PathBuf {
    let file = folder.join("in.geojson");
    fs::write(&file, json!({ "type": "FeatureCollection", "features": features }).to_string()).expect("a file");
    file
}

fn district(ring: Value) -> Value {
    json!({ "type": "Feature", "properties": { "code": "350602", "name": "芗城区", "level": "district" },
            "geometry": { "type": "Polygon", "coordinates": [ring] } })
}

fn square() -> Value {
    json!([[117.6, 24.5], [117.7, 24.5], [117.7, 24.6], [117.6, 24.6], [117.6, 24.5]])
}

fn door(id: &str, at: Value) -> Value {
    json!({ "type": "Feature", "properties": { "id": id, "kind": "home" }, "geometry": { "type": "Point", "coordinates": at } })
}

#[test]
fn bad_outlines_are_refused_with_the_row_and_the_reason() {
    let bad = [
        ("a bow-tie", json!([[117.6, 24.5], [117.7, 24.6], [117.7, 24.5], [117.6, 24.6], [117.6, 24.5]])),
        ("an open ring", json!([[117.6, 24.5], [117.7, 24.5], [117.7, 24.6], [117.6, 24.6]])),
        ("swapped coordinates", json!([[24.5, 117.6], [24.5, 117.7], [24.6, 117.7], [24.6, 117.6], [24.5, 117.6]])),
        ("a line there and back", json!([[117.6, 24.5], [117.7, 24.5], [117.6, 24.5]])),
        ("no position", json!([])),
        ("a text for a number", json!([["117.6", 24.5], [117.7, 24.5], [117.7, 24.6], [117.6, 24.5]])),
        ("a position of one number", json!([[117.6], [117.7], [117.7], [117.6]])),
    ];
    for (what, ring) in bad {
        let data = folder();
        let file = collection(data.path(), &[district(ring)]);
        let done = import("areas", &file, &data.path().join("data"));
        let said = words(&done);
        assert!(!done.status.success(), "{what} was taken: {said}");
        assert!(!said.contains("panicked"), "{what}: {said}");
        assert!(
            said.contains("350602")
                || said.contains("feature 1")
                || said.contains("row 1")
                || said.contains("features[0]"),
            "{what}: {said}"
        );
        if what == "swapped coordinates" {
            assert!(said.contains("swapped"), "{said}");
        }
    }
}

#[test]
fn numbers_that_are_none_and_files_that_are_none_are_refused() {
    let data = folder();
    let file = data.path().join("in.geojson");
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
    for text in texts {
        fs::write(&file, &text).expect("a file");
        let done = import("households", &file, &data.path().join("data"));
        let said = words(&done);
        let shown: String = text.chars().take(120).collect();
        assert!(!done.status.success(), "{shown} was taken: {said}");
        assert!(!said.contains("panicked") && !said.trim().is_empty() && said.len() < 4000, "{shown}: {said}");
    }
    let done = import("households", &data.path().join("absent.geojson"), &data.path().join("data"));
    assert!(!done.status.success() && words(&done).contains("absent.geojson"), "{}", words(&done));
    let done = import("clouds", &file, &data.path().join("data"));
    assert!(!done.status.success(), "{}", words(&done));
}

#[test]
fn one_bad_row_keeps_the_whole_file_out_and_every_row_is_accounted_for() {
    let place = folder();
    let data = place.path().join("data");
    let done = import("areas", &collection(place.path(), &[district(square())]), &data);
    assert!(done.status.success(), "{}", words(&done));

    let mixed =
        [door("a", json!([117.65, 24.55])), door("a", json!([117.66, 24.55])), door("b", json!([24.55, 117.65]))];
    let done = import("households", &collection(place.path(), &mixed), &data);
    let said = words(&done);
    assert!(!done.status.success(), "{said}");
    assert!(said.contains("duplicate") || said.contains("twice") || said.contains("already"), "{said}");
    assert!(said.contains("swapped"), "{said}");

    let server = Server::demo_with(&data, &["--calm"]);
    assert_eq!(server.doors("?limit=10").len(), 0, "nothing of a refused file is kept");
    drop(server);

    let good = [door("a", json!([117.65, 24.55])), door("b", json!([117.0, 24.0]))];
    let done = import("households", &collection(place.path(), &good), &data);
    assert!(done.status.success(), "{}", words(&done));
    let again = import("households", &collection(place.path(), &good), &data);
    assert!(again.status.success(), "the same rows again change nothing: {}", words(&again));

    let server = Server::demo_with(&data, &["--calm"]);
    let doors = server.doors("?limit=10");
    assert_eq!(doors.len(), 2);
    assert_eq!(doors.iter().filter(|door| door.grid.is_empty()).count(), 2, "there is no grid, so both are unassigned");
}
