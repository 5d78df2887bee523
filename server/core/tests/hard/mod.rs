//! Hostile geometry for tests: reading it, and scaling it into the range of the map.
#![allow(dead_code, reason = "every test of the folder uses a part of it")]

use std::path::PathBuf;
use wangge_core::geometry::position::FixedPoint;
use wangge_core::geometry::shape::{MultiPolygon, Polygon};

/// The folder of hostile geometry, if the tests were given one.
pub fn hard_dev() -> Option<PathBuf> {
    let Some(folder) = std::env::var_os("WANGGE_GEODATA") else {
        eprintln!("skipped: WANGGE_GEODATA is not set");
        return None;
    };
    Some(PathBuf::from(folder).join("hard_dev"))
}

/// Polygons with their rings, in any plane.
pub type Rings = Vec<Vec<Vec<[f64; 2]>>>;
/// Coordinates as the gate takes them from GeoJSON.
pub type Raw = Vec<Vec<Vec<Vec<f64>>>>;

/// Polygons of a well-known text of type Polygon, MultiPolygon or LinearRing; EMPTY parts are parts without rings.
pub fn polygons_from_wkt(wkt: &str) -> Rings {
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

/// How shapes of any plane are moved and scaled into fixed-point: by a power of two, so that short numbers stay exact.
pub struct Frame {
    west: f64,
    south: f64,
    /// Units a unit of the plane.
    pub scale: f64,
}

impl Frame {
    /// The frame that gives shapes a side of 2³⁰ units.
    pub fn around<'a>(shapes: impl IntoIterator<Item = &'a Rings>) -> Self {
        let all: Vec<[f64; 2]> = shapes.into_iter().flatten().flatten().flatten().copied().collect();
        let least = |axis: usize| all.iter().map(|p| p[axis]).fold(f64::INFINITY, f64::min);
        let most = |axis: usize| all.iter().map(|p| p[axis]).fold(f64::NEG_INFINITY, f64::max);
        let (west, south) = (least(0).floor(), least(1).floor());
        let span = (most(0) - west).max(most(1) - south).max(f64::MIN_POSITIVE);
        Self { west, south, scale: (30.0 - span.log2().ceil()).exp2() }
    }

    /// A shape in the frame.
    pub fn fixed(&self, parts: &Rings) -> MultiPolygon {
        let unit = |v: f64, from: f64| ((v - from) * self.scale).round() as u32;
        let point = |p: &[f64; 2]| FixedPoint { x: unit(p[0], self.west), y: unit(p[1], self.south) };
        let ring = |ring: &Vec<[f64; 2]>| ring.iter().map(point).collect();
        let polygon = |rings: &Vec<Vec<[f64; 2]>>| Polygon {
            outer: rings.first().map(ring).unwrap_or_default(),
            holes: rings.iter().skip(1).map(ring).collect(),
        };
        parts.iter().map(polygon).collect()
    }
}

/// Coordinates of every Polygon and MultiPolygon of a GeoJSON text, as the gate takes them; none when they are no numbers.
pub fn polygon_coordinates(geojson: &serde_json::Value) -> Vec<Option<Raw>> {
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

/// A GeoJSON file.
pub fn read(path: PathBuf) -> serde_json::Value {
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}
