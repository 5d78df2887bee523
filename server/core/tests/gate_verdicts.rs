//! The gate's verdicts beside those of GEOS on hostile shapes, and on invalid shapes found in the wild.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::path::PathBuf;
use wangge_core::geometry::gate;
use wangge_core::geometry::position::FixedPoint;
use wangge_core::geometry::shape::{MultiPolygon, Polygon};

/// The folder of hostile geometry, if the tests were given one.
fn hard_dev() -> Option<PathBuf> {
    let Some(folder) = std::env::var_os("WANGGE_GEODATA") else {
        eprintln!("skipped: WANGGE_GEODATA is not set");
        return None;
    };
    Some(PathBuf::from(folder).join("hard_dev"))
}

type Rings = Vec<Vec<Vec<[f64; 2]>>>;
type Raw = Vec<Vec<Vec<Vec<f64>>>>;

/// Polygons of a well-known text of type Polygon, MultiPolygon or LinearRing; EMPTY parts are parts without rings.
fn polygons_from_wkt(wkt: &str) -> Rings {
    let multi = wkt.starts_with("MULTI");
    let ring = wkt.starts_with("LINEARRING");
    let body = &wkt[wkt.find(['(', 'E']).unwrap_or(wkt.len())..];
    // Brackets open parts, rings, and nothing else; the outermost of a MultiPolygon opens the list.
    let (part_depth, ring_depth) = if multi { (2, 3) } else { (1, 2) };
    let mut depth = usize::from(ring);
    let mut parts: Rings = if ring { vec![Vec::new()] } else { Vec::new() };
    let mut number = Vec::new();
    let mut token = String::new();
    for c in body.chars() {
        if matches!(c, '(' | ')' | ',' | ' ') && !token.is_empty() {
            match token.as_str() {
                "EMPTY" => parts.push(Vec::new()),
                text => number.push(text.parse::<f64>().unwrap()),
            }
            token.clear();
        }
        match c {
            '(' => {
                depth += 1;
                if depth == part_depth && !ring {
                    parts.push(Vec::new());
                }
                if depth == ring_depth {
                    parts.last_mut().unwrap().push(Vec::new());
                }
            }
            ')' | ',' => {
                if let [x, y, ..] = number[..] {
                    parts.last_mut().unwrap().last_mut().unwrap().push([x, y]);
                }
                number.clear();
                depth -= usize::from(c == ')');
            }
            ' ' => {}
            c => token.push(c),
        }
    }
    parts
}

/// The same shape in fixed-point: moved and scaled by a power of two, so that whole and short numbers stay exact.
fn fixed(parts: &Rings) -> MultiPolygon {
    let all = || parts.iter().flatten().flatten();
    let least = |axis: usize| all().map(|p| p[axis]).fold(f64::INFINITY, f64::min);
    let most = |axis: usize| all().map(|p| p[axis]).fold(f64::NEG_INFINITY, f64::max);
    let (west, south) = (least(0).floor(), least(1).floor());
    let span = (most(0) - west).max(most(1) - south).max(f64::MIN_POSITIVE);
    let scale = (30.0 - span.log2().ceil()).exp2();
    let unit = |v: f64, from: f64| ((v - from) * scale).round() as u32;
    let point = |p: &[f64; 2]| FixedPoint { x: unit(p[0], west), y: unit(p[1], south) };
    let ring = |ring: &Vec<[f64; 2]>| ring.iter().map(point).collect();
    let polygon = |rings: &Vec<Vec<[f64; 2]>>| Polygon {
        outer: rings.first().map(ring).unwrap_or_default(),
        holes: rings.iter().skip(1).map(ring).collect(),
    };
    parts.iter().map(polygon).collect()
}

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
        let verdict = if finite { gate::fixed_polygons(fixed(&parts)) } else { gate::polygons(&raw) };
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

/// Coordinates of every Polygon and MultiPolygon of a GeoJSON text, as the gate takes them; none when they are no numbers.
fn polygon_coordinates(geojson: &serde_json::Value) -> Vec<Option<Raw>> {
    let coordinates = || geojson["coordinates"].clone();
    match geojson["type"].as_str() {
        Some("FeatureCollection") => {
            geojson["features"].as_array().unwrap().iter().flat_map(polygon_coordinates).collect()
        }
        Some("Feature") => polygon_coordinates(&geojson["geometry"]),
        Some("MultiPolygon") => vec![serde_json::from_value(coordinates()).ok()],
        Some("Polygon") => vec![serde_json::from_value(coordinates()).ok().map(|rings| vec![rings])],
        _ => Vec::new(),
    }
}

fn read(path: PathBuf) -> serde_json::Value {
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
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
