//! Real files counted, and the good and bad sets of others; skipped aloud without them.

use super::super::super::testing::{Everything, counts, geodata, read, read_bytes};
use crate::table::{Format, OpenOptions};
use serde_json::{Value, json};
use std::path::Path;

#[test]
fn real_files_have_the_rows_they_are_known_to_have() {
    for (name, rows) in [
        ("tainan/communities_code2.geojson", 667),
        ("tainan/villages.geojson", 649),
        ("tainan/districts.geojson", 37),
        ("roads_wuhan/roads_simplified.geojson", 13_075),
        ("hard_dev/natural_invalid.geojson", 29),
    ] {
        let Some(path) = geodata(name) else { return };
        assert_eq!(counts(&path, &OpenOptions::default()), (rows, 0), "{name}");
    }
}

/// Files of the set whose verdict is not ours, and why. All others of `good` are read without a fault, all others of
/// `bad` refused.
const OTHER_VERDICTS: [(&str, &str); 12] = [
    ("good/good-geometrycollection.geojson", "a row has one shape; a GeometryCollection may have any"),
    ("bad/bad-polygon-interiorring-rhr.geojson", "rings may turn either way"),
    ("bad/polygon_winding_order.geojson", "rings may turn either way"),
    ("bad/different-first-last.geojson", "that rings close is for the gate to say"),
    ("bad/different-first-size.geojson", "heights are dropped, wherever they stand"),
    ("bad/short-line.geojson", "how many positions a line needs is for the gate to say"),
    ("bad/short-linearring.geojson", "how many positions a ring needs is for the gate to say"),
    ("bad/short-multilinestring.geojson", "how many positions a line needs is for the gate to say"),
    ("bad/point-toomany.geojson", "numbers beyond the second are dropped"),
    ("bad/excessive_precision_truncated.geojson", "digits beyond the unit of the gate do no harm"),
    ("bad/bbox-*.geojson", "a bbox is not read; shapes have their own"),
    ("bad/*_changed_semantics.geojson", "foreign members are not read; what counts stands where it belongs"),
];

fn has_other_verdict(name: &str) -> bool {
    OTHER_VERDICTS.iter().any(|(pattern, _)| match pattern.split_once('*') {
        Some((start, end)) => name.starts_with(start) && name.ends_with(end),
        None => name == *pattern,
    })
}

/// A file as it stands, or, where it is a lone feature or geometry, as the one feature of a collection.
fn wrapped(path: &Path) -> Result<Everything, String> {
    let text = std::fs::read(path).unwrap();
    let direct = read(path, &OpenOptions { format: Some(Format::GeoJson), ..OpenOptions::default() });
    let refusal = match direct {
        Ok((_, all)) => return Ok(all),
        Err(error) => error.to_string(),
    };
    assert!(refusal.len() > 30 && refusal.starts_with("GeoJSON: "), "{}: {refusal}", path.display());
    let Ok(value) = serde_json::from_slice::<Value>(&text) else { return Err(refusal) };
    let feature = match value["type"].as_str() {
        Some("Feature") => value,
        // It keeps its own members, so that what is wrong with them stays wrong.
        Some(kind) if kind != "FeatureCollection" => json!({"type": "Feature", "properties": {}, "geometry": value}),
        _ => return Err(refusal),
    };
    let file = json!({"type": "FeatureCollection", "features": [feature]}).to_string();
    read_bytes("t.geojson", file).map(|(_, all)| all).map_err(|error| error.to_string())
}

#[test]
fn the_good_and_bad_sets_are_judged_as_they_are_named() {
    let Some(folder) = geodata("hard_dev/geojsonhint") else { return };
    let mut wrong = Vec::new();
    let mut seen = 0;
    for set in ["good", "bad"] {
        for entry in std::fs::read_dir(folder.join(set)).unwrap() {
            let path = entry.unwrap().path();
            let name = format!("{set}/{}", path.file_name().unwrap().to_string_lossy());
            let is_read = wrapped(&path).is_ok_and(|all| all.faults.is_empty() && all.stopped.is_none());
            seen += 1;
            if is_read != ((set == "good") != has_other_verdict(&name)) {
                wrong.push(format!("{name}: {}", if is_read { "read" } else { "refused" }));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
    assert!(seen >= 60, "{seen} files");
}

#[test]
fn the_fixtures_of_others_are_read() {
    let Some(folder) = geodata("hard_dev/geojson-fixtures") else { return };
    for kind in ["feature", "featurecollection", "geometry"] {
        for entry in std::fs::read_dir(folder.join(kind)).unwrap() {
            let path = entry.unwrap().path();
            let all = wrapped(&path).unwrap();
            let is_read = all.faults.is_empty() && all.rows.len() == 1 || all.rows.len() > 1;
            assert_eq!(is_read, !path.to_string_lossy().contains("geometrycollection"), "{}", path.display());
        }
    }
}

#[test]
fn shapes_of_a_hostile_collection_are_read_for_the_gate_to_judge() {
    let Some(folder) = geodata("hard_dev/georust") else { return };
    let mut read_whole = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|ending| ending == "geojson") {
            let all = wrapped(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            read_whole += usize::from(all.faults.is_empty());
        }
    }
    assert!(read_whole >= 40, "{read_whole} files");
}
