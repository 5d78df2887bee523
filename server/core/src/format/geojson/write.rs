//! Rows as GeoJSON features: what [`areas`](super::areas) and [`households`](super::households) read, written.
//!
//! Coordinates are CRS84 with nine decimals, finer than the fixed-point unit, so that every position reads back the same.

use crate::domain::{area::AreaRow, household::HouseholdRow};
use crate::geometry::{
    position::{FixedPoint, lonlat_from_fixed},
    shape::{Polygon, Ring},
};
use geojson::{Feature, Geometry, GeometryValue, JsonObject, Position};
use serde_json::{Value, json};

/// Feature of an area; members that are not set are left out.
pub fn area_feature(row: &AreaRow) -> Feature {
    let properties = [
        ("code", json!(row.code)),
        ("name", json!(row.name)),
        ("level", json!(row.level.id())),
        ("parent", json!(row.parent)),
        ("starts_on", json!(row.starts_on)),
        ("ends_on", json!(row.ends_on)),
    ];
    // RFC 7946, 3.1.6: outer rings run counter-clockwise, holes clockwise.
    let rings = |polygon: &Polygon| -> Vec<Vec<Position>> { polygon.rings().map(closed_ring).collect() };
    let geometry = match row.geometry.as_slice() {
        [polygon] => GeometryValue::Polygon { coordinates: rings(polygon) },
        polygons => GeometryValue::MultiPolygon { coordinates: polygons.iter().map(rings).collect() },
    };
    feature(geometry, properties)
}

/// Feature of a door; parts of the address that are empty are left out.
pub fn household_feature(row: &HouseholdRow) -> Feature {
    let address = &row.address;
    let text = |part: &String| if part.is_empty() { Value::Null } else { json!(part) };
    let properties = [
        ("id", json!(row.id)),
        ("kind", json!(row.kind.id())),
        ("residents", json!(row.residents)),
        ("place", text(&address.place)),
        ("building", text(&address.building)),
        ("stair", text(&address.stair)),
        ("floor", if address.floor == 0 { Value::Null } else { json!(address.floor) }),
        ("door", text(&address.door)),
    ];
    feature(GeometryValue::new_point(degrees(row.at)), properties)
}

fn feature<const N: usize>(geometry: GeometryValue, properties: [(&str, Value); N]) -> Feature {
    let set = properties.into_iter().filter(|(_, value)| !value.is_null());
    let properties: JsonObject = set.map(|(name, value)| (name.to_owned(), value)).collect();
    Feature { geometry: Some(Geometry::new(geometry)), properties: Some(properties), ..Feature::default() }
}

/// Ours run clockwise as seen on the map, so each ring is turned round.
fn closed_ring(ring: &Ring) -> Vec<Position> {
    ring.first().into_iter().chain(ring.iter().rev()).map(|p| Position::from(degrees(*p))).collect()
}

fn degrees(p: FixedPoint) -> [f64; 2] {
    let p = lonlat_from_fixed(p);
    [p.lon(), p.lat()].map(|v| (v * 1e9).round() / 1e9)
}
