//! What lies under a place on the screen, across the tiles drawn there.

use crate::pick::PickIndex;
use crate::view::{Camera, WorldPoint};
use serde::Serialize;
use wangge_core::domain::area::Level;
use wangge_core::geometry::tile::{EXTENT, TileCoord};

/// How far from a door one may point, CSS pixels.
const REACH_CSS: f64 = 12.0;
/// Doors can be picked from this zoom on, where they are drawn.
const DOORS_FROM: f64 = 14.75;

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Picked {
    /// Slots of doors, nearest first.
    pub doors: Vec<u32>,
    /// Areas, smallest first.
    pub areas: Vec<PickedArea>,
}

/// An area that was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PickedArea {
    /// Its slot.
    pub slot: u32,
    /// Its level.
    pub level: Level,
}

/// What lies at a place, CSS pixels, in the tiles drawn. Where tiles of several zooms overlap, the deepest speaks for
/// areas.
pub fn pick<'a>(
    camera: &Camera,
    tiles: impl Iterator<Item = (TileCoord, &'a PickIndex)>,
    x_css: f64,
    y_css: f64,
) -> Picked {
    let place = camera.world_from_css(x_css, y_css);
    let mut doors: Vec<(f64, u32)> = Vec::new();
    let mut areas: Vec<(Level, u32)> = Vec::new();
    let mut deepest = 0;
    for (tile, index) in tiles {
        let (x, y) = units_in_tile(tile, place);
        let unit_css = camera.css_px_per_world() / f64::from(tile.z()).exp2() / f64::from(EXTENT);
        if camera.zoom() >= DOORS_FROM {
            let near = index.doors_near(x, y, REACH_CSS / unit_css);
            doors.extend(near.into_iter().map(|(squared, slot)| (squared.sqrt() * unit_css, slot)));
        }
        let inside = |v: f64| (0.0..f64::from(EXTENT)).contains(&v);
        if inside(x) && inside(y) && tile.z() >= deepest {
            deepest = tile.z();
            areas = index.areas_at(x, y);
        }
    }
    doors.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    doors.dedup_by_key(|door| door.1);
    areas.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    Picked {
        doors: doors.into_iter().map(|(_, slot)| slot).collect(),
        areas: areas.into_iter().map(|(level, slot)| PickedArea { slot, level }).collect(),
    }
}

/// A world position in a tile's units.
fn units_in_tile(tile: TileCoord, place: WorldPoint) -> (f64, f64) {
    let tiles = f64::from(tile.z()).exp2();
    let middle = |at: u32| (f64::from(at) + 0.5) / tiles;
    let place = place.nearest_to(WorldPoint { x: middle(tile.x()), y: middle(tile.y()) });
    let unit = |share: f64, at: u32| (share * tiles - f64::from(at)) * f64::from(EXTENT);
    (unit(place.x, tile.x()), unit(place.y, tile.y()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draw::{Dot, FillVertex, Group, Part, TileMesh};

    fn tile() -> TileCoord {
        TileCoord::new(15, 20_000, 14_000).unwrap()
    }

    fn camera(zoom: f64) -> Camera {
        let mut camera = Camera::new();
        camera.resize(512.0, 512.0, 1.0);
        let middle = |at: u32| (f64::from(at) + 0.5) / 15f64.exp2();
        camera.look_at(WorldPoint { x: middle(tile().x()), y: middle(tile().y()) }, zoom);
        camera
    }

    fn index() -> PickIndex {
        let square = |slot| [[0, 0], [4096, 0], [4096, 4096], [0, 4096]].map(|at| FillVertex { at, slot });
        PickIndex::of(&TileMesh {
            vertices: [square(1), square(2)].concat(),
            indices: vec![0, 1, 2, 0, 2, 3, 4, 5, 6, 4, 6, 7],
            fills: vec![
                Part { group: Group::area_fill(Level::District), first: 0, count: 6 },
                Part { group: Group::area_fill(Level::Grid), first: 6, count: 6 },
            ],
            dots: vec![Dot { at: [2048 + 48, 2048], slot: 31 }, Dot { at: [2048, 2048 + 16], slot: 30 }],
            points: vec![Part { group: Group::DOORS, first: 0, count: 2 }],
            ..TileMesh::default()
        })
    }

    #[test]
    fn the_nearest_door_and_the_smallest_area_come_first() {
        let picked = pick(&camera(15.0), [(tile(), &index())].into_iter(), 256.0, 256.0);
        assert_eq!(picked.doors, [30, 31]);
        assert_eq!(picked.areas.iter().map(|a| a.slot).collect::<Vec<_>>(), [2, 1]);
    }

    #[test]
    fn a_turned_map_is_picked_where_it_is_drawn() {
        for (bearing, copy) in [(40.0, 0.0), (90.0, 1.0), (200.0, -1.0)] {
            let mut camera = camera(15.0);
            camera.set_bearing(bearing);
            let unit = |at: u32, unit: f64| (f64::from(at) + unit / 4096.0) / 15f64.exp2();
            let door = WorldPoint { x: unit(tile().x(), 2096.0), y: unit(tile().y(), 2048.0) };
            let (x, y) = camera.css_from_world(door);
            let picked = pick(&camera, [(tile(), &index())].into_iter(), x, y);
            assert_eq!(picked.doors.first(), Some(&31), "at bearing {bearing}");
            assert!(!picked.areas.is_empty());
            let (u, v) = units_in_tile(tile(), WorldPoint { x: door.x + copy, y: door.y });
            assert!((u - 2096.0).abs() < 1e-3 && (v - 2048.0).abs() < 1e-3, "a copy of the world is the same world");
        }
    }

    #[test]
    fn doors_not_drawn_are_not_picked() {
        let picked = pick(&camera(14.0), [(tile(), &index())].into_iter(), 256.0, 256.0);
        assert!(picked.doors.is_empty());
    }

    #[test]
    fn levels_are_told_by_their_ids() {
        let picked = Picked { doors: vec![], areas: vec![PickedArea { slot: 3, level: Level::Grid }] };
        assert_eq!(serde_json::to_string(&picked).unwrap(), r#"{"doors":[],"areas":[{"slot":3,"level":"grid"}]}"#);
    }
}
