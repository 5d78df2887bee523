//! Tiles of the WebMercatorQuad pyramid, addressed by zoom, column and row.

use super::position::{FixedPoint, GeometryError};
use super::shape::FixedBox;
use serde::{Deserialize, Serialize};

/// Deepest zoom served.
pub const MAX_ZOOM: u8 = 22;
/// Units a side inside a vector tile (MVT 2.1, 4.3.1).
pub const EXTENT: u32 = 4096;

/// A tile that exists: zoom 0..=[`MAX_ZOOM`], column and row inside the zoom's matrix; row 0 is the northern one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct TileCoord {
    z: u8,
    x: u32,
    y: u32,
}

impl TileCoord {
    /// Checked tile address.
    ///
    /// # Errors
    /// [`GeometryError::ZoomTooHigh`] or [`GeometryError::OutsidePyramid`].
    pub fn new(z: u32, x: u64, y: u64) -> Result<Self, GeometryError> {
        if z > u32::from(MAX_ZOOM) {
            return Err(GeometryError::ZoomTooHigh(z));
        }
        let size = 1u64 << z;
        let z = z as u8;
        if x >= size || y >= size {
            return Err(GeometryError::OutsidePyramid { z, x, y, max: (size - 1) as u32 });
        }
        Ok(Self { z, x: x as u32, y: y as u32 })
    }

    /// Zoom level.
    pub fn z(self) -> u8 {
        self.z
    }

    /// Column, counted from the antimeridian eastward.
    pub fn x(self) -> u32 {
        self.x
    }

    /// Row, counted from the north southward.
    pub fn y(self) -> u32 {
        self.y
    }

    /// Tile that holds a position at a zoom; a position on a shared edge belongs to the tile to its south-east.
    ///
    /// # Errors
    /// [`GeometryError::ZoomTooHigh`] when `zoom` is above [`MAX_ZOOM`].
    pub fn containing(p: FixedPoint, zoom: u8) -> Result<Self, GeometryError> {
        if zoom > MAX_ZOOM {
            return Err(GeometryError::ZoomTooHigh(u32::from(zoom)));
        }
        let shift = 32 - u32::from(zoom);
        let part = |v: u32| (u64::from(v) >> shift) as u32;
        Ok(Self { z: zoom, x: part(p.x), y: part(p.y) })
    }

    /// The tile one zoom out that holds this one; none at zoom 0.
    pub fn parent(self) -> Option<Self> {
        (self.z > 0).then(|| Self { z: self.z - 1, x: self.x / 2, y: self.y / 2 })
    }

    /// Half-open fixed-point ranges `(x, y)` of the tile, as `u64` because the last tile ends at 2³².
    pub fn fixed_range(self) -> (std::ops::Range<u64>, std::ops::Range<u64>) {
        let side = 1u64 << (32 - u32::from(self.z));
        let (x, y) = (u64::from(self.x) * side, u64::from(self.y) * side);
        (x..x + side, y..y + side)
    }

    /// The positions that belong to the tile: its northern and western edges are inside, the others are its neighbours'.
    pub fn own_box(self) -> FixedBox {
        let (x, y) = self.fixed_range();
        FixedBox {
            min: FixedPoint { x: x.start as u32, y: y.start as u32 },
            max: FixedPoint { x: (x.end - 1) as u32, y: (y.end - 1) as u32 },
        }
    }

    /// The tile with all its edges and a buffer of so many [`EXTENT`] units around it, rounded up to whole fixed-point
    /// units and cut at the edge of the world.
    pub fn buffered_box(self, buffer: u32) -> FixedBox {
        let (x, y) = self.fixed_range();
        let margin = (u64::from(buffer) * (x.end - x.start)).div_ceil(u64::from(EXTENT));
        let end = |v: u64| (v + margin).min(u64::from(u32::MAX)) as u32;
        FixedBox {
            min: FixedPoint { x: x.start.saturating_sub(margin) as u32, y: y.start.saturating_sub(margin) as u32 },
            max: FixedPoint { x: end(x.end), y: end(y.end) },
        }
    }

    /// Position inside the tile in [`EXTENT`] units, rounded half away from zero; positions outside the tile give values outside `0..=EXTENT`.
    pub fn point_in_tile(self, p: FixedPoint) -> (i32, i32) {
        let side = 1i64 << (32 - i64::from(self.z));
        let unit = |v: u32, tile: u32| {
            let offset = i64::from(v) - i64::from(tile) * side;
            let scaled = (offset * i64::from(EXTENT) * 2 + side).div_euclid(2 * side);
            scaled.clamp(i64::from(i32::MIN), i64::from(i32::MAX)) as i32
        };
        (unit(p.x, self.x), unit(p.y, self.y))
    }
}

impl std::fmt::Display for TileCoord {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}/{}", self.z, self.x, self.y)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn addresses_outside_the_pyramid_are_refused_with_what_would_be_right() {
        let message = |z, x, y| TileCoord::new(z, x, y).unwrap_err().to_string();
        assert_eq!(message(3, 8, 0), "tile 3/8/0 is outside the pyramid; at zoom 3 columns and rows are 0..=7");
        assert_eq!(
            message(0, 0, u64::MAX),
            format!("tile 0/0/{} is outside the pyramid; at zoom 0 columns and rows are 0..=0", u64::MAX)
        );
        assert_eq!(message(23, 0, 0), "zoom 23 is above 22");
        assert_eq!(message(u32::MAX, 0, 0), "zoom 4294967295 is above 22");
    }

    #[test]
    fn the_corners_of_a_tile_are_0_and_the_extent() {
        let tile = TileCoord::new(14, 13_546, 7_041).unwrap();
        let edges = tile.buffered_box(0);
        assert_eq!(tile.point_in_tile(edges.min), (0, 0));
        assert_eq!(tile.point_in_tile(edges.max), (4096, 4096));
        let buffered = tile.buffered_box(64);
        assert_eq!((tile.point_in_tile(buffered.min), tile.point_in_tile(buffered.max)), ((-64, -64), (4160, 4160)));
    }

    #[test]
    fn boxes_end_at_the_edge_of_the_world() {
        let last = FixedPoint { x: u32::MAX, y: u32::MAX };
        let world = FixedBox { min: FixedPoint { x: 0, y: 0 }, max: last };
        let root = TileCoord::new(0, 0, 0).unwrap();
        assert_eq!((root.own_box(), root.buffered_box(0), root.buffered_box(4096)), (world, world, world));
    }

    proptest! {
        #[test]
        fn a_position_is_in_the_tile_that_contains_it_and_in_its_parent(x in any::<u32>(), y in any::<u32>(), zoom in 0..=MAX_ZOOM) {
            let p = FixedPoint { x, y };
            let tile = TileCoord::containing(p, zoom).unwrap();
            let (columns, rows) = tile.fixed_range();
            prop_assert!(columns.contains(&u64::from(x)) && rows.contains(&u64::from(y)));
            let own = FixedBox { min: p, max: p };
            prop_assert!(tile.own_box().meets(own));
            prop_assert_eq!(tile.parent(), zoom.checked_sub(1).map(|above| TileCoord::containing(p, above).unwrap()));
            let (column, row) = tile.point_in_tile(p);
            prop_assert!((0..=4096).contains(&column) && (0..=4096).contains(&row));
            prop_assert_eq!(TileCoord::new(u32::from(zoom), u64::from(tile.x()), u64::from(tile.y())), Ok(tile));
        }
    }
}
