//! Invalid shapes of others made valid, beside what GEOS makes of them.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod hard;

use hard::{Frame, Raw, Rings, hard_dev, polygon_coordinates, polygons_from_wkt, read};
use std::collections::BTreeMap;
use wangge_core::geometry::coverage::{CannotMend, Mended, make_valid};
use wangge_core::geometry::exact::{doubled_area, edges};
use wangge_core::geometry::gate::{fixed_polygons, polygons};
use wangge_core::geometry::measure::{area_m2, length_m};
use wangge_core::geometry::position::lonlat_from_fixed;
use wangge_core::geometry::shape::{MultiPolygon, Polygon};

/// Areas in square metres of the invalid shapes found in the wild, made valid by shapely 2.2.0 over GEOS 3.14.1
/// (`make_valid(shape, method="structure", keep_collapsed=False)`); 0 where nothing is left.
const WILD: [f64; 29] = [
    244.568,
    42.062,
    0.0,
    0.0,
    2706.174,
    724.918,
    115.039,
    1456.044,
    10919.364,
    109.417,
    0.0,
    0.0,
    175.593,
    144.467,
    319.643,
    177.222,
    330.384,
    110.528,
    490.482,
    226.672,
    0.0,
    204.595,
    0.0,
    0.0,
    14376.580,
    1_108_361_397.481,
    2_300_876_622.146,
    13_512_969_211.548,
    6_263_294.948,
];

fn around_m(shape: &MultiPolygon) -> f64 {
    let ring = |ring: &Vec<_>| length_m(&ring.iter().chain(ring.first()).copied().collect::<Vec<_>>());
    shape.iter().flat_map(Polygon::rings).map(ring).sum()
}

#[test]
fn invalid_shapes_found_in_the_wild_get_the_area_geos_gives_them_or_have_none() {
    let Some(folder) = hard_dev() else { return };
    let shapes = polygon_coordinates(&read(folder.join("natural_invalid.geojson")));
    let mut done: BTreeMap<String, usize> = BTreeMap::new();
    for (number, (raw, right)) in shapes.into_iter().zip(WILD).enumerate() {
        match make_valid(&raw.unwrap()) {
            Ok(Mended { shape, what, .. }) => {
                // Positions are rounded to 9 mm.
                let most = 1e-6 * right + 0.005 * around_m(&shape);
                let area = area_m2(&shape);
                assert!((area - right).abs() <= most, "{number}: {area} m², {right} m² by GEOS");
                let what: Vec<&str> = what.into_iter().map(|mending| mending.id()).collect();
                *done.entry(what.join(", ")).or_default() += 1;
            }
            Err(CannotMend::NoArea) => {
                assert_eq!(right, 0.0, "{number}");
                *done.entry("no area".to_owned()).or_default() += 1;
            }
            Err(other) => panic!("{number}: {other}"),
        }
    }
    println!("{done:?}");
}

/// A shape of any plane as coordinates on the map, on the same grid positions as in the frame.
fn on_the_map(frame: &Frame, parts: &Rings) -> Raw {
    let ring = |ring: &Vec<_>| {
        ring.iter()
            .map(|p| {
                let p = lonlat_from_fixed(*p);
                vec![p.lon(), p.lat()]
            })
            .collect()
    };
    frame.fixed(parts).iter().map(|polygon| polygon.rings().map(ring).collect()).collect()
}

fn perimeter(shape: &MultiPolygon) -> f64 {
    let sides = shape.iter().flat_map(Polygon::rings).flat_map(|ring| edges(ring));
    sides.map(|(a, b)| f64::from(a.x.abs_diff(b.x)).hypot(f64::from(a.y.abs_diff(b.y)))).sum()
}

fn units(shape: &MultiPolygon) -> f64 {
    shape.iter().flat_map(Polygon::rings).map(|ring| doubled_area(ring) as f64 / 2.0).sum()
}

/// Areas, in their own plane, of what GEOS calls invalid and is made valid here, by number; by the same shapely and GEOS.
#[rustfmt::skip]
const BY_GEOS: [(u64, f64); 76] = [
    (1110, 62400.0), (1111, 19200.0), (1112, 72800.0), (1113, 34800.0), (1120, 11200.0), (1121, 3600.0),
    (1122, 3600.0), (1123, 16831.1688), (1124, 67200.0), (1125, 46000.0), (1126, 19600.0), (1128, 0.0),
    (1129, 69400.0), (1133, 6400.0), (1135, 57600.0), (1136, 78400.0), (1137, 78400.0), (1138, 23.0), (1139, 24.0),
    (1143, 43200.0), (1145, 5200.0), (1146, 130400.0), (1148, 10900.0), (1150, 13100.0), (1154, 14800.0),
    (1272, 3200.0), (1273, 3200.0), (1274, 2400.0), (1275, 5600.0), (1276, 4600.0), (1277, 5500.0), (1278, 5800.0),
    (1279, 4600.0), (1280, 4600.0), (1281, 5200.0), (1282, 3400.0), (1283, 3650.0), (1284, 3600.0), (1285, 5100.0),
    (1286, 2600.0), (1287, 2800.0), (1288, 2200.0), (1289, 4800.0), (1290, 5200.0), (1291, 5200.0), (1292, 5600.0),
    (1294, 6400.0), (1295, 6400.0), (1297, 6400.0), (1298, 2800.0), (1299, 4000.0), (1300, 4800.0), (1301, 4800.0),
    (1302, 3600.0), (1306, 4000.0), (1307, 3100.0), (1308, 5200.0), (1310, 5500.0), (1315, 3900.0), (1320, 0.0),
    (1324, 6400.0), (1328, 5380.0), (1329, 5000.0), (1330, 3500.0), (1332, 6400.0), (1333, 4800.0), (1339, 5800.0),
    (1343, 5400.0), (1344, 5600.0), (1351, 0.0516638007), (1459, 28800.0), (1462, 8800.0), (1508, 42001.048),
    (1519, 2.57398976e-05), (1559, 42240.0), (1561, 43392.0),
];

/// Those that GEOS makes valid in another way.
const ANOTHER_WAY: [(u64, &str); 3] = [
    (1126, "a hole outside takes nothing away; GEOS makes an island of it"),
    (1128, "a hole that is the outer ring again is a copy; GEOS leaves nothing"),
    (1320, "a hole that is the outer ring again is a copy; GEOS leaves nothing"),
];

#[test]
fn whatever_geos_calls_invalid_is_made_valid_or_refused_with_a_reason() {
    let Some(folder) = hard_dev() else { return };
    let text = std::fs::read_to_string(folder.join("geometries.ndjson")).unwrap();
    let (mut mended, mut refused) = (0, BTreeMap::<&str, usize>::new());
    for line in text.lines() {
        let row: serde_json::Value = serde_json::from_str(line).unwrap();
        let is_area = matches!(row["type"].as_str().unwrap(), "Polygon" | "MultiPolygon");
        if !is_area || row["geos_valid"].as_bool().unwrap() {
            continue;
        }
        let parts = polygons_from_wkt(row["wkt"].as_str().unwrap());
        if !parts.iter().flatten().flatten().flatten().all(|v| v.is_finite()) {
            continue;
        }
        let id = row["id"].as_u64().unwrap();
        let frame = Frame::around([&parts]);
        match make_valid(&on_the_map(&frame, &parts)) {
            Ok(shape) => {
                assert_eq!(fixed_polygons(shape.shape.clone()).as_ref(), Ok(&shape.shape), "{id}");
                let (area, unit) = (units(&shape.shape) / frame.scale / frame.scale, 1.0 / frame.scale);
                let right = BY_GEOS.iter().find(|(number, _)| *number == id).expect("a shape GEOS was asked about").1;
                // Every edge may move by about a unit.
                let agrees = (area - right).abs() <= 1e-6 * right + 2.0 * perimeter(&shape.shape) * unit * unit;
                let listed = ANOTHER_WAY.iter().any(|(number, _)| *number == id);
                assert!(agrees != listed, "{id}: {area}, {right} by GEOS");
                mended += 1;
            }
            Err(CannotMend::NoArea) => *refused.entry("no area").or_default() += 1,
            Err(CannotMend::Change { .. }) => *refused.entry("would change too much").or_default() += 1,
            Err(CannotMend::TooComplex { .. }) => *refused.entry("too complex").or_default() += 1,
            Err(CannotMend::Refused(_)) => *refused.entry("refused").or_default() += 1,
        }
    }
    println!("{mended} mended, {refused:?}");
    ANOTHER_WAY.iter().for_each(|(id, reason)| println!("{id}: {reason}"));
    assert_eq!(mended, BY_GEOS.len());
}

#[test]
fn the_shapes_that_broke_other_overlays_are_made_valid_or_refused() {
    let Some(folder) = hard_dev() else { return };
    let (mut taken, mut mended, mut refused) = (0, 0, 0);
    for entry in std::fs::read_dir(folder.join("georust")).unwrap() {
        let shapes = polygon_coordinates(&read(entry.unwrap().path()));
        for raw in shapes.into_iter().flatten() {
            let pairs = |ring: &Vec<Vec<f64>>| ring.iter().map(|p| [p[0], p[1]]).collect();
            let parts: Rings = raw.iter().map(|rings| rings.iter().map(pairs).collect()).collect();
            let map = on_the_map(&Frame::around([&parts]), &parts);
            match make_valid(&map) {
                Ok(shape) if shape.what.is_empty() => taken += usize::from(polygons(&map).is_ok()),
                Ok(_) => mended += 1,
                Err(_) => refused += 1,
            }
        }
    }
    println!("{taken} valid, {mended} mended, {refused} refused");
    assert!(taken + mended > 100);
}
