//! A real city: 12,774 smallest statistical areas with their households, and where cases of dengue were placed.

use super::*;
use std::path::PathBuf;
use wangge_core::geometry::gate;
use wangge_core::geometry::inside::{Place, place};
use wangge_core::geometry::shape::{FixedBox, MultiPolygon};

fn folder() -> Option<PathBuf> {
    let folder = std::env::var_os("WANGGE_GEODATA").map(|folder| PathBuf::from(folder).join("tainan"));
    if folder.is_none() {
        eprintln!("skipped: WANGGE_GEODATA is not set");
    }
    folder
}

/// Code, code of the community, households and polygons.
type Microgrid = (String, String, u32, MultiPolygon);

/// The polygons of a GeoPackage's blob: a header of 8 bytes without an envelope, then a little-endian polygon.
fn polygon(blob: &[u8]) -> MultiPolygon {
    let u32_at = |at: usize| u32::from_le_bytes(blob[at..at + 4].try_into().unwrap()) as usize;
    let f64_at = |at: usize| f64::from_le_bytes(blob[at..at + 8].try_into().unwrap());
    let envelope = [0, 32, 48, 48, 64][usize::from(blob[3] >> 1 & 7)];
    let start = 8 + envelope;
    assert_eq!((blob[start], u32_at(start + 1)), (1, 3), "a little-endian polygon");
    let mut at = start + 9;
    let mut rings: Vec<Vec<Vec<f64>>> = Vec::new();
    for _ in 0..u32_at(start + 5) {
        let count = u32_at(at);
        rings.push((0..count).map(|n| vec![f64_at(at + 4 + 16 * n), f64_at(at + 12 + 16 * n)]).collect());
        at += 4 + 16 * count;
    }
    gate::polygons(&[rings]).unwrap()
}

fn microgrids(folder: &std::path::Path) -> Vec<Microgrid> {
    let path = folder.join("microgrids.gpkg");
    let uri = format!("file:{}?mode=ro&immutable=1", path.display());
    let flags = rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY | rusqlite::OpenFlags::SQLITE_OPEN_URI;
    let file = rusqlite::Connection::open_with_flags(uri, flags).unwrap();
    let mut rows = file.prepare("SELECT codebase, code2, households, geom FROM microgrids ORDER BY fid").unwrap();
    rows.query_map([], |row| {
        let households: Option<u32> = row.get(2)?;
        Ok((row.get(0)?, row.get(1)?, households.unwrap_or(0), polygon(row.get_ref(3)?.as_blob()?)))
    })
    .unwrap()
    .map(Result::unwrap)
    .collect()
}

fn ground(microgrids: &[Microgrid]) -> AreasForFit {
    let areas = microgrids.iter().map(|(code, community, _, geometry)| FitArea {
        code,
        parent: Some(community),
        level: Level::Grid,
        geometry,
    });
    AreasForFit::build(areas, std::iter::empty()).unwrap()
}

/// Every so-manieth household, somewhere in its microgrid, with the microgrid's code.
fn households(microgrids: &[Microgrid], every: u32) -> Vec<(FixedPoint, &str)> {
    let mut state = 12u64;
    let mut random = move |below: u32| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((state >> 33) % u64::from(below.max(1))) as u32
    };
    let mut left = 0;
    let mut doors = Vec::new();
    for (code, _, households, geometry) in microgrids {
        left += households;
        let bounds = FixedBox::around(geometry.iter().flat_map(|polygon| &polygon.outer)).unwrap();
        while left >= every {
            left -= every;
            let (width, height) = (bounds.max.x - bounds.min.x, bounds.max.y - bounds.min.y);
            let mut tries =
                (0..1000).map(|_| FixedPoint { x: bounds.min.x + random(width), y: bounds.min.y + random(height) });
            let inside = |at: &FixedPoint| place(geometry, *at) == Place::Inside;
            doors.extend(tries.find(inside).map(|at| (at, code.as_str())));
        }
    }
    doors
}

#[test]
fn households_of_tainan_are_left_alone_and_found_when_shifted() {
    let Some(folder) = folder() else { return };
    let microgrids = microgrids(&folder);
    assert_eq!(microgrids.len(), 12_774);
    let ground = ground(&microgrids);
    let doors = households(&microgrids, 40);
    assert!(doors.len() > 16_000);
    let at = || doors.iter().map(|(at, _)| *at);
    let right = inspect(&numbers(at(), "crs84"), &Crs::Crs84, &ground);
    println!("{right}");
    assert_left_alone(&right);
    for file in ["gcj02", "bd09", "latlon", "EPSG:3826", "EPSG:3826-swapped", "EPSG:3857", "EPSG:32651"] {
        let verdict = inspect(&numbers(at(), file), &Crs::Crs84, &ground);
        println!("{verdict}");
        assert_found(&verdict, file);
    }
    assert_found(&inspect(&numbers(at(), "crs84"), &Crs::Gcj02, &ground), "crs84");
}

#[test]
fn a_quarter_of_tainan_far_from_its_edge_is_told_by_the_codes_in_its_rows() {
    let Some(folder) = folder() else { return };
    let microgrids = microgrids(&folder);
    let ground = ground(&microgrids);
    let doors = households(&microgrids, 10);
    let middle = fixed_from_lonlat(LonLat::new(120.21, 22.99).unwrap());
    let quarter: Vec<_> = doors.iter().filter(|(at, _)| ground.metres_between(*at, middle) < 1_500.0).collect();
    assert!(quarter.len() > 500);
    for (file, found) in [("crs84", false), ("gcj02", true), ("bd09", true)] {
        let mut witnesses = numbers(quarter.iter().map(|(at, _)| *at), file);
        let bare = inspect(&witnesses, &Crs::Crs84, &ground);
        assert!(bare.suggested().is_none_or(|suggested| suggested == file), "{bare}");
        witnesses.iter_mut().zip(&quarter).for_each(|(witness, (_, code))| witness.stated = Some(code));
        let verdict = inspect(&witnesses, &Crs::Crs84, &ground);
        if found { assert_found(&verdict, file) } else { assert_left_alone(&verdict) }
    }
}

#[test]
fn cases_of_dengue_are_left_alone_and_found_by_the_village_they_name() {
    let Some(folder) = folder() else { return };
    let json: serde_json::Value =
        serde_json::from_slice(&std::fs::read(folder.join("villages.geojson")).unwrap()).unwrap();
    let villages: Vec<(String, MultiPolygon)> = json["features"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|village| {
            let coordinates = village["geometry"]["coordinates"].clone();
            let shape: Vec<Vec<Vec<Vec<f64>>>> = match village["geometry"]["type"].as_str()? {
                "Polygon" => vec![serde_json::from_value(coordinates).unwrap()],
                _ => serde_json::from_value(coordinates).unwrap(),
            };
            Some((village["properties"]["villcode"].as_str()?.to_owned(), gate::polygons(&shape).ok()?))
        })
        .collect();
    assert!(villages.len() >= 648, "one of 649 is invalid");
    let areas =
        villages.iter().map(|(code, geometry)| FitArea { code, parent: None, level: Level::Community, geometry });
    let ground = AreasForFit::build(areas, std::iter::empty()).unwrap();
    let mut cases = csv::Reader::from_path(folder.join("dengue_cases.csv")).unwrap();
    let cases: Vec<(String, f64, f64)> = cases
        .records()
        .map(Result::unwrap)
        .filter_map(|case| Some((case[7].to_owned(), case[8].parse().ok()?, case[9].parse().ok()?)))
        .collect();
    assert!(cases.len() > 17_000);
    for (file, found) in [("crs84", false), ("gcj02", true), ("bd09", true)] {
        let at = cases.iter().map(|(_, lon, lat)| fixed_from_lonlat(LonLat::new(*lon, *lat).unwrap()));
        let mut witnesses = numbers(at, file);
        let bare = inspect(&witnesses, &Crs::Crs84, &ground);
        println!("{file}: {bare}");
        assert!(bare.suggested().is_none_or(|suggested| suggested == file), "{bare}");
        witnesses.iter_mut().zip(&cases).for_each(|(witness, (village, ..))| witness.stated = Some(village));
        let verdict = inspect(&witnesses, &Crs::Crs84, &ground);
        println!("{file}: {verdict}");
        if found { assert_found(&verdict, file) } else { assert_left_alone(&verdict) }
    }
}
