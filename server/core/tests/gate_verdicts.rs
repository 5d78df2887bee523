//! The gate's verdicts beside those of GEOS on hostile shapes, and on invalid shapes found in the wild.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod hard;

use hard::{Frame, Raw, hard_dev, polygon_coordinates, polygons_from_wkt, read};
use wangge_core::geometry::gate;

const EMPTY: &str = "an empty part: GEOS takes it, the gate asks for a ring";
const TINY: &str = "valid only on a finer grid: judged after rounding to fixed-point";

/// Shapes valid for GEOS that the gate refuses, each with the reason. There is none the other way round.
const EXPECTED: &[(u64, &str)] = &[
    (3, TINY),
    (564, EMPTY),
    (587, TINY),
    (588, TINY),
    (618, EMPTY),
    (636, EMPTY),
    (653, EMPTY),
    (671, EMPTY),
    (995, EMPTY),
    (1038, EMPTY),
    (1055, EMPTY),
    (1082, EMPTY),
    (1098, EMPTY),
    (1157, EMPTY),
    (1158, EMPTY),
    (1159, EMPTY),
    (1348, TINY),
    (1349, TINY),
    (1350, TINY),
    (1353, TINY),
    (1398, TINY),
];

#[test]
fn verdicts_agree_with_geos_but_for_the_listed_shapes() {
    let Some(folder) = hard_dev() else { return };
    let text = std::fs::read_to_string(folder.join("geometries.ndjson")).unwrap();
    let (mut asked, mut agreed, mut surprises) = (0, 0, Vec::new());
    for line in text.lines() {
        let row: serde_json::Value = serde_json::from_str(line).unwrap();
        if !matches!(row["type"].as_str().unwrap(), "Polygon" | "MultiPolygon") {
            continue;
        }
        let (id, valid) = (row["id"].as_u64().unwrap(), row["geos_valid"].as_bool().unwrap());
        let parts = polygons_from_wkt(row["wkt"].as_str().unwrap());
        let raw: Raw = parts
            .iter()
            .map(|part| part.iter().map(|ring| ring.iter().map(|p| p.to_vec()).collect()).collect())
            .collect();
        let finite = parts.iter().flatten().flatten().flatten().all(|v| v.is_finite());
        let verdict =
            if finite { gate::fixed_polygons(Frame::around([&parts]).fixed(&parts)) } else { gate::polygons(&raw) };
        asked += 1;
        let expected = EXPECTED.iter().find(|(number, _)| *number == id);
        let agrees = verdict.is_ok() == valid;
        agreed += usize::from(agrees);
        if agrees == expected.is_some() || (!agrees && !valid) {
            let said = verdict.err().map(|e| e.to_string());
            surprises.push(format!("{id}: GEOS {}, the gate {said:?}, expected {expected:?}", row["reason"]));
        }
    }
    println!("{agreed} of {asked} verdicts agree with GEOS, {} differ as listed", asked - agreed);
    assert!(surprises.is_empty(), "{} surprises\n{}", surprises.len(), surprises.join("\n"));
}

#[test]
fn invalid_shapes_found_in_the_wild_are_refused_unless_rounding_mends_them() {
    let Some(folder) = hard_dev() else { return };
    let shapes = polygon_coordinates(&read(folder.join("natural_invalid.geojson")));
    assert_eq!(shapes.len(), 29);
    let verdicts = shapes.into_iter().map(|shape| gate::polygons(&shape.unwrap()));
    let taken: Vec<_> = verdicts.enumerate().filter(|(_, verdict)| verdict.is_ok()).map(|(number, _)| number).collect();
    // Number 24, a building, crosses itself by less than the 9 mm everything is rounded to, and so no more.
    assert_eq!(taken, [24]);
}

#[test]
fn bad_polygons_of_geojsonhint_are_refused() {
    let Some(folder) = hard_dev() else { return };
    let refusal = |name: &str| {
        let shape =
            polygon_coordinates(&read(folder.join("geojsonhint/bad").join(format!("{name}.geojson")))).remove(0);
        shape.map(|raw| gate::polygons(&raw).unwrap_err().to_string())
    };
    let says = |name: &str, what: &str| {
        let message = refusal(name).unwrap();
        assert!(message.contains(what), "{name}: {message}");
    };
    says("short-linearring", "polygon 0, ring 0 is not closed: it starts at [100, 0] and ends at [101, 1]");
    says("different-first-last", "polygon 0, ring 0 is not closed: it starts at [100, 0] and ends at [100, 1]");
    // One bracket too few: these are no numbers where numbers belong.
    assert_eq!((refusal("bad-polygonloop"), refusal("badcoordtype")), (None, None));
}

#[test]
fn good_polygons_of_geojsonhint_and_the_fixtures_are_taken() {
    let Some(folder) = hard_dev() else { return };
    let mut taken = 0;
    for file in [
        "geojsonhint/good/good-polygon.geojson",
        "geojsonhint/good/multipolygon.geojson",
        "geojsonhint/good/good-featurecollection.geojson",
        "geojson-fixtures/geometry/polygon.geojson",
        "geojson-fixtures/geometry/polygon-xyz.geojson",
        "geojson-fixtures/geometry/multipolygon.geojson",
        "geojson-fixtures/geometry/multipolygon-xyz.geojson",
    ] {
        for shape in polygon_coordinates(&read(folder.join(file))) {
            gate::polygons(&shape.unwrap()).unwrap_or_else(|refusal| panic!("{file}: {refusal}"));
            taken += 1;
        }
    }
    assert!(taken >= 7, "{taken}");
}
