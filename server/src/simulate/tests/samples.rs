//! The samples in `data/`: what the generator makes of a small seed, as an import reads it.

use super::super::{DemoDistrict, LEAST_HOUSEHOLDS, district};
use geojson::Feature;
use std::{fs, path::PathBuf};
use wangge_core::domain::area::AreaRow;
use wangge_core::format::geojson::{area_feature, areas, household_feature, households};

const SEED: u64 = 7;
/// Every so many doors one stands in the sample.
const EVERY: usize = 8;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../data/samples")
}

/// A collection with a feature a line, so that a difference shows as lines.
fn collection(features: impl Iterator<Item = Feature>) -> String {
    let lines: Vec<String> = features.map(|f| f.to_string()).collect();
    format!("{{\"type\":\"FeatureCollection\",\"features\":[\n{}\n]}}\n", lines.join(",\n"))
}

fn samples() -> [(&'static str, String); 2] {
    let DemoDistrict { areas, households, .. } = district(LEAST_HOUSEHOLDS, SEED).unwrap();
    [
        ("areas.geojson", collection(areas.iter().map(area_feature))),
        ("households.geojson", collection(households.iter().step_by(EVERY).map(household_feature))),
    ]
}

/// The areas with every ring begun at its least position: a ring may come back begun elsewhere.
fn from_least(mut areas: Vec<AreaRow>) -> Vec<AreaRow> {
    for polygon in areas.iter_mut().flat_map(|a| &mut a.geometry) {
        for ring in std::iter::once(&mut polygon.outer).chain(&mut polygon.holes) {
            let least = (0..ring.len()).min_by_key(|at| ring[*at]).unwrap_or(0);
            ring.rotate_left(least);
        }
    }
    areas
}

#[test]
fn the_samples_are_what_the_generator_makes_today() {
    for (name, made) in samples() {
        let kept = fs::read_to_string(folder().join(name)).unwrap();
        assert!(
            kept == made,
            "{name} differs; if that is meant, run the ignored test beside this one to write it anew"
        );
    }
}

#[test]
fn the_samples_read_back_as_the_rows_they_were_made_from() {
    let made = district(LEAST_HOUSEHOLDS, SEED).unwrap();
    let [(_, area_text), (_, household_text)] = samples();
    let read: Vec<_> = areas(area_text.as_bytes()).unwrap().into_iter().map(Result::unwrap).collect();
    assert!(from_least(read) == from_least(made.areas), "an area reads back as another");
    let read: Vec<_> = households(household_text.as_bytes()).unwrap().into_iter().map(Result::unwrap).collect();
    assert!(read == made.households.into_iter().step_by(EVERY).collect::<Vec<_>>(), "a door reads back as another");
}

#[test]
#[ignore = "writes data/samples anew; run by hand when the generator changed on purpose"]
fn write_the_samples() {
    fs::create_dir_all(folder()).unwrap();
    for (name, made) in samples() {
        fs::write(folder().join(name), made).unwrap();
    }
}
