//! Areas and doors as GeoJSON features, as the API answers them.
//!
//! Coordinates are CRS84 with eight decimals, finer than the fixed-point unit, so that what is written reads back the same.

use crate::domain::{Area, District, area::Level, household::Address};
use crate::geometry::{
    position::{FixedPoint, lonlat_from_fixed},
    shape::{MultiPolygon, Polygon, Ring},
};
use geojson::{Feature, Geometry, GeometryValue, JsonObject, Position, feature::Id};
use serde_json::{Value, json};

/// Feature of an area; its geometry is null unless asked for.
///
/// Properties: `slot, code, name, level, parent, label, bbox, doors`, and `starts_on`, `ends_on` where they are set.
pub fn area_feature(district: &District, area: &Area, with_geometry: bool) -> Feature {
    let [west, north] = degrees(area.bounds.min);
    let [east, south] = degrees(area.bounds.max);
    let parent = area.parent.and_then(|slot| district.areas().get(slot)).map(|a| a.code.as_str());
    let mut properties = JsonObject::new();
    let mut set = |name: &str, value: Value| properties.insert(name.to_owned(), value);
    set("slot", json!(area.slot));
    set("code", json!(area.code));
    set("name", json!(area.name));
    set("level", json!(Level::id(area.level)));
    set("parent", json!(parent));
    set("label", json!(degrees(area.label)));
    set("bbox", json!([west, south, east, north]));
    set("doors", json!(area.doors));
    for (name, date) in [("starts_on", &area.starts_on), ("ends_on", &area.ends_on)] {
        if let Some(date) = date {
            set(name, json!(date));
        }
    }
    Feature {
        id: Some(Id::String(area.code.clone())),
        geometry: with_geometry.then(|| Geometry::new(multi_polygon(&area.geometry))),
        properties: Some(properties),
        ..Feature::default()
    }
}

/// Feature of a door in a round; without a round its state is `none`. `slot` is one of the district's.
///
/// Properties: `id, slot, grid, address, kind, state, attempts, follow_up_due`, and `last_visit_at` where there was one.
pub fn door_feature(district: &District, slot: u32, round: Option<usize>) -> Feature {
    let doors = district.households();
    let byte = round
        .and_then(|round| district.rounds().get(round)?.doors.get(slot as usize).copied())
        .unwrap_or_default();
    let grid = doors.grid(slot).and_then(|grid| district.areas().get(grid)).map(|a| a.code.as_str());
    let mut properties = JsonObject::new();
    let mut set = |name: &str, value: Value| properties.insert(name.to_owned(), value);
    set("id", json!(doors.id(slot)));
    set("slot", json!(slot));
    set("grid", json!(grid));
    set("address", json!(address_line(&doors.address(slot))));
    set("kind", json!(doors.kind(slot).id()));
    set("state", json!(byte.state().id()));
    set("attempts", json!(byte.attempts()));
    set("follow_up_due", json!(byte.follow_up_due()));
    if let Some(at) = round.and_then(|round| district.last_visit_at(round, slot)) {
        set("last_visit_at", json!(at.to_string()));
    }
    Feature {
        id: Some(Id::String(doors.id(slot).to_owned())),
        geometry: Some(Geometry::new(GeometryValue::new_point(degrees(doors.at(slot))))),
        properties: Some(properties),
        ..Feature::default()
    }
}

/// An address in one line: place, building, stair and door, or the floor when there is no door.
///
/// Parts stand without spaces, as Chinese addresses do, except where two Latin letters or digits would run together.
pub fn address_line(address: &Address) -> String {
    let floor = match (address.door.is_empty(), address.floor) {
        (true, floor) if floor != 0 => format!("{floor}层"),
        _ => String::new(),
    };
    let mut line = String::new();
    for part in [&address.place, &address.building, &address.stair, &floor, &address.door] {
        let joins = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        if joins(line.chars().last()) && joins(part.chars().next()) {
            line.push(' ');
        }
        line.push_str(part);
    }
    line
}

/// Polygons with the winding of RFC 7946, 3.1.6: outer rings counter-clockwise, holes clockwise, both closed.
fn multi_polygon(shape: &MultiPolygon) -> GeometryValue {
    let rings = |polygon: &Polygon| -> Vec<Vec<Position>> { polygon.rings().map(closed_ring).collect() };
    match shape.as_slice() {
        [polygon] => GeometryValue::Polygon { coordinates: rings(polygon) },
        polygons => GeometryValue::MultiPolygon { coordinates: polygons.iter().map(rings).collect() },
    }
}

/// Ours run clockwise as seen on the map, so each ring is turned round.
fn closed_ring(ring: &Ring) -> Vec<Position> {
    ring.first().into_iter().chain(ring.iter().rev()).map(|p| Position::from(degrees(*p))).collect()
}

fn degrees(p: FixedPoint) -> [f64; 2] {
    let p = lonlat_from_fixed(p);
    [p.lon(), p.lat()].map(|v| (v * 1e8).round() / 1e8)
}
