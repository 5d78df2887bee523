//! Positions on the WebMercatorQuad square, which repeats itself east and west without an end.

use wangge_core::geometry::position::{HALF_WORLD_M, LonLat, Mercator, lonlat_from_mercator, mercator_from_lonlat};

/// A position as shares of the WebMercatorQuad square: x east from −180°, y south from +85.0511°, both 0..=1. An x outside
/// is the same place on another copy of the world.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct WorldPoint {
    /// Share of the way east.
    pub x: f64,
    /// Share of the way south.
    pub y: f64,
}

impl WorldPoint {
    /// World position of degrees; latitudes beyond the square clamp to its edge.
    pub fn from_lonlat(p: LonLat) -> Self {
        let m = mercator_from_lonlat(p);
        Self { x: 0.5 + m.x / (2.0 * HALF_WORLD_M), y: 0.5 - m.y / (2.0 * HALF_WORLD_M) }
    }

    /// Degrees of a world position on any copy of the world; positions north or south of the square clamp to the globe.
    pub fn lonlat(self) -> LonLat {
        let x = if (0.0..=1.0).contains(&self.x) { self.x } else { self.x.rem_euclid(1.0) };
        lonlat_from_mercator(Mercator { x: (x - 0.5) * 2.0 * HALF_WORLD_M, y: (0.5 - self.y) * 2.0 * HALF_WORLD_M })
    }

    /// The same place on the copy of the world where it is nearest to another position.
    pub fn nearest_to(self, other: Self) -> Self {
        Self { x: self.x + (other.x - self.x).round(), y: self.y }
    }
}

/// A box of world positions. One whose eastern edge is west of its western one crosses the antimeridian.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WorldBox {
    /// North-west corner.
    pub min: WorldPoint,
    /// South-east corner.
    pub max: WorldPoint,
}

impl WorldBox {
    /// The same box with its eastern edge east of its western one, past the antimeridian where it crosses it.
    pub fn unrolled(self) -> Self {
        let copies = if self.max.x < self.min.x { 1.0 } else { 0.0 };
        Self { min: self.min, max: WorldPoint { x: self.max.x + copies, y: self.max.y } }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_of_a_place_have_its_degrees() {
        let place = WorldPoint { x: 0.875, y: 0.4 };
        for copy in [-2.0, -1.0, 1.0, 3.0] {
            assert_eq!(WorldPoint { x: place.x + copy, y: place.y }.lonlat(), place.lonlat());
        }
    }

    #[test]
    fn the_nearest_copy_lies_across_the_antimeridian() {
        let (west, east) = (WorldPoint { x: 0.01, y: 0.5 }, WorldPoint { x: 0.99, y: 0.5 });
        assert_eq!(west.nearest_to(east).x, 1.01);
        assert!((east.nearest_to(west).x + 0.01).abs() < 1e-12);
        assert_eq!(west.nearest_to(WorldPoint { x: 0.3, y: 0.1 }), west);
    }
}
