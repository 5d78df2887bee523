//! The tiles that cover the picture, however it is turned, and the copies of the world they are seen on.

use std::collections::HashSet;
use wangge_core::geometry::tile::TileCoord;

/// More tiles than this are never shown at once; the stencil tells 255 apart, stand-ins included.
const MOST_TILES: usize = 120;
/// Tiles that only touch the picture's edge are in it; rounding is allowed so much of a tile.
const TOUCH: f64 = 1e-6;

/// Corners of the picture in order, shares of the world square. An x outside 0..=1 is on another copy of the world.
pub type Corners = [[f64; 2]; 4];

/// Tiles that meet the picture, nearest to its middle first, each once. `zoom` is the view's; deeper than `deepest` tiles
/// are shown larger instead.
pub fn tiles_in_view(corners: &Corners, zoom: f64, deepest: u8) -> Vec<TileCoord> {
    let z = (zoom.floor().max(0.0) as u8).min(deepest);
    let tiles = f64::from(z).exp2();
    let Some([west, north, east, south]) = bounds_of(corners) else { return Vec::new() };
    let (x0, x1) = ((west * tiles).floor() as i64, (east * tiles).floor() as i64);
    let row = |share: f64| (share.clamp(0.0, 1.0) * tiles).floor().min(tiles - 1.0) as i64;
    let (y0, y1) = (row(north), row(south));
    if north >= 1.0 || south <= 0.0 || (x1 - x0 + 1).saturating_mul(y1 - y0 + 1) > MOST_TILES as i64 * 4 {
        return Vec::new();
    }
    let middle = ((west + east) / 2.0 * tiles - 0.5, (north + south) / 2.0 * tiles - 0.5);
    let mut found: Vec<(f64, TileCoord)> = (y0..=y1)
        .flat_map(|y| (x0..=x1).map(move |x| (x, y)))
        .filter(|(x, y)| meets(corners, [*x as f64 / tiles, *y as f64 / tiles], 1.0 / tiles))
        .filter_map(|(x, y)| {
            let far = (x as f64 - middle.0).hypot(y as f64 - middle.1);
            let first = x.rem_euclid(tiles as i64);
            Some((far, TileCoord::new(u32::from(z), u64::try_from(first).ok()?, u64::try_from(y).ok()?).ok()?))
        })
        .collect();
    found.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut seen = HashSet::new();
    found.retain(|(_, tile)| seen.insert(*tile));
    found.truncate(MOST_TILES);
    found.into_iter().map(|(_, tile)| tile).collect()
}

/// Copies of the world on which a tile meets the picture; 0 is the first.
pub fn copies_in_view(corners: &Corners, tile: TileCoord) -> Vec<i32> {
    let Some([west, _, east, _]) = bounds_of(corners) else { return Vec::new() };
    let tiles = f64::from(tile.z()).exp2();
    let [x, y] = [f64::from(tile.x()) / tiles, f64::from(tile.y()) / tiles];
    let (first, last) = ((west - x).floor() as i32 - 1, (east - x).floor() as i32);
    (first..=last).filter(|copy| meets(corners, [x + f64::from(*copy), y], 1.0 / tiles)).collect()
}

/// West, north, east and south of the corners; none where they enclose nothing or more than a few worlds.
fn bounds_of(corners: &Corners) -> Option<[f64; 4]> {
    let least = |axis: usize| corners.iter().map(|c| c[axis]).fold(f64::INFINITY, f64::min);
    let most = |axis: usize| corners.iter().map(|c| c[axis]).fold(f64::NEG_INFINITY, f64::max);
    let [west, north, east, south] = [least(0), least(1), most(0), most(1)];
    let is_number = corners.iter().flatten().all(|v| v.is_finite() && v.abs() < 64.0);
    (is_number && east > west && south > north).then_some([west, north, east, south])
}

/// Whether a square meets the picture: no side of either has all of the other beyond it.
fn meets(corners: &Corners, [x, y]: [f64; 2], side: f64) -> bool {
    let square = [[x, y], [x + side, y], [x + side, y + side], [x, y + side]];
    let apart_along = |[ax, ay]: [f64; 2]| {
        let range = |points: &Corners| {
            let along = points.map(|[px, py]| px * ax + py * ay);
            (along.into_iter().fold(f64::INFINITY, f64::min), along.into_iter().fold(f64::NEG_INFINITY, f64::max))
        };
        let ((from, to), (square_from, square_to)) = (range(corners), range(&square));
        let touch = TOUCH * side * ax.hypot(ay);
        square_from > to + touch || square_to < from - touch
    };
    let edge = |a: usize, b: usize| [corners[b][0] - corners[a][0], corners[b][1] - corners[a][1]];
    ![[1.0, 0.0], [0.0, 1.0], edge(0, 1), edge(1, 2)].into_iter().any(apart_along)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn upright([west, north, east, south]: [f64; 4]) -> Corners {
        [[west, north], [east, north], [east, south], [west, south]]
    }

    /// A picture, told without the camera, which is not for this room to know.
    #[derive(Debug, Clone, Copy)]
    struct Picture {
        middle: [f64; 2],
        zoom: f64,
        bearing: f64,
        size: [f64; 2],
    }

    impl Picture {
        fn px_per_world(&self) -> f64 {
            512.0 * self.zoom.exp2()
        }

        /// World position at shares of the picture's size.
        fn at(&self, across: f64, down: f64) -> [f64; 2] {
            let (sin, cos) = self.bearing.to_radians().sin_cos();
            let [right, low] =
                [(across - 0.5) * self.size[0], (down - 0.5) * self.size[1]].map(|v| v / self.px_per_world());
            [self.middle[0] + right * cos - low * sin, self.middle[1] + right * sin + low * cos]
        }

        fn corners(&self) -> Corners {
            [self.at(0.0, 0.0), self.at(1.0, 0.0), self.at(1.0, 1.0), self.at(0.0, 1.0)]
        }

        /// How far a world position lies outside, CSS pixels.
        fn px_outside(&self, [x, y]: [f64; 2]) -> f64 {
            let (sin, cos) = self.bearing.to_radians().sin_cos();
            let [east, south] = [x - self.middle[0], y - self.middle[1]].map(|v| v * self.px_per_world());
            let [right, low] = [east * cos + south * sin, south * cos - east * sin];
            (right.abs() - self.size[0] / 2.0).max(low.abs() - self.size[1] / 2.0)
        }
    }

    prop_compose! {
        fn any_picture()(
            middle in (0.0..1.0, 0.0..1.0),
            zoom in 2.0..22.0,
            bearing in 0.0..360.0,
            size in (100.0..2600.0, 100.0..1500.0),
        ) -> Picture {
            Picture { middle: middle.into(), zoom, bearing, size: size.into() }
        }
    }

    proptest! {
        #[test]
        fn every_place_in_sight_is_in_a_tile_and_in_its_copy(
            picture in any_picture(), (across, down) in (0.0..=1.0, 0.0..=1.0),
        ) {
            let [x, y] = picture.at(across, down);
            prop_assume!((0.0..1.0).contains(&y) && x.rem_euclid(1.0) < 1.0);
            let corners = picture.corners();
            let tiles = tiles_in_view(&corners, picture.zoom, 16);
            let count = f64::from(tiles[0].z()).exp2();
            let (column, row) = ((x.rem_euclid(1.0) * count) as u64, (y * count) as u64);
            let holder = TileCoord::new(u32::from(tiles[0].z()), column, row).unwrap();
            prop_assert!(tiles.contains(&holder), "({x}, {y}) is in {holder}, which is none of {tiles:?}");
            prop_assert!(copies_in_view(&corners, holder).contains(&(x.floor() as i32)));
        }

        #[test]
        fn every_tile_is_in_sight(picture in any_picture()) {
            let corners = picture.corners();
            for tile in tiles_in_view(&corners, picture.zoom, 16) {
                let count = f64::from(tile.z()).exp2();
                let copies = copies_in_view(&corners, tile);
                prop_assert!(!copies.is_empty(), "{tile} is on no copy");
                let middle = [f64::from(tile.x()) + 0.5 + f64::from(copies[0]) * count, f64::from(tile.y()) + 0.5];
                let reach_px = picture.px_per_world() / count / 2.0 * 2f64.sqrt() + 0.01;
                let outside = picture.px_outside(middle.map(|v| v / count));
                prop_assert!(outside <= reach_px, "{tile} is {outside} px off the picture");
            }
        }
    }

    #[test]
    fn the_tile_under_the_middle_comes_first() {
        let tiles = tiles_in_view(&upright([0.10, 0.10, 0.40, 0.40]), 4.3, 16);
        assert_eq!(tiles.first(), TileCoord::new(4, 3, 3).ok().as_ref());
        assert_eq!(tiles.len(), 36);
    }

    #[test]
    fn a_turned_picture_leaves_out_the_corners_of_its_box() {
        let tiles = tiles_in_view(&[[0.5, 0.3], [0.7, 0.5], [0.5, 0.7], [0.3, 0.5]], 5.0, 16);
        assert!(!tiles.contains(&TileCoord::new(5, 10, 10).unwrap()));
        assert!(tiles.contains(&TileCoord::new(5, 16, 9).unwrap()));
    }

    #[test]
    fn both_sides_of_the_antimeridian_are_asked_for() {
        let corners = upright([0.98, 0.4, 1.02, 0.42]);
        let tiles = tiles_in_view(&corners, 5.0, 16);
        let (west, east) = (TileCoord::new(5, 31, 13).unwrap(), TileCoord::new(5, 0, 13).unwrap());
        assert!(tiles.contains(&west) && tiles.contains(&east));
        assert_eq!((copies_in_view(&corners, west), copies_in_view(&corners, east)), (vec![0], vec![1]));
    }

    #[test]
    fn a_picture_wider_than_the_world_shows_a_tile_more_than_once() {
        let corners = upright([-0.25, 0.0, 1.4, 1.0]);
        let tiles = tiles_in_view(&corners, 2.0, 16);
        assert_eq!(tiles.len(), 16);
        assert_eq!(copies_in_view(&corners, TileCoord::new(2, 0, 1).unwrap()), [0, 1]);
    }

    #[test]
    fn past_the_deepest_zoom_tiles_are_only_larger() {
        let tiles = tiles_in_view(&upright([0.500_001, 0.500_001, 0.500_002, 0.500_002]), 21.9, 16);
        assert_eq!(tiles.len(), 1);
        assert_eq!(tiles[0].z(), 16);
    }

    #[test]
    fn nothing_is_asked_for_off_the_edge_or_from_nonsense() {
        assert!(tiles_in_view(&upright([0.2, 1.5, 0.4, 1.9]), 5.0, 16).is_empty());
        assert!(tiles_in_view(&upright([f64::NAN, 0.2, 1.9, 0.4]), 5.0, 16).is_empty());
        assert!(tiles_in_view(&upright([0.0, 0.0, 1.0, 1.0]), 16.0, 16).is_empty(), "a picture of millions of tiles");
    }
}
