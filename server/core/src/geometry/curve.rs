//! The tile curve: positions in an order in which every tile of every zoom is one contiguous range.
//!
//! It is the Morton (Z-order) curve over the fixed-point square.

use super::position::FixedPoint;
use super::tile::TileCoord;

fn spread(v: u32) -> u64 {
    let mut v = u64::from(v);
    v = (v | (v << 16)) & 0x0000_FFFF_0000_FFFF;
    v = (v | (v << 8)) & 0x00FF_00FF_00FF_00FF;
    v = (v | (v << 4)) & 0x0F0F_0F0F_0F0F_0F0F;
    v = (v | (v << 2)) & 0x3333_3333_3333_3333;
    (v | (v << 1)) & 0x5555_5555_5555_5555
}

fn gather(v: u64) -> u32 {
    let mut v = v & 0x5555_5555_5555_5555;
    v = (v | (v >> 1)) & 0x3333_3333_3333_3333;
    v = (v | (v >> 2)) & 0x0F0F_0F0F_0F0F_0F0F;
    v = (v | (v >> 4)) & 0x00FF_00FF_00FF_00FF;
    v = (v | (v >> 8)) & 0x0000_FFFF_0000_FFFF;
    (v | (v >> 16)) as u32
}

/// Place of a position on the curve; y bits lead.
pub fn key_from_fixed(p: FixedPoint) -> u64 {
    spread(p.x) | (spread(p.y) << 1)
}

/// Position at a place on the curve: the inverse of [`key_from_fixed`].
pub fn fixed_from_key(key: u64) -> FixedPoint {
    FixedPoint { x: gather(key), y: gather(key >> 1) }
}

/// First and last key of a tile, both inside it.
pub fn key_range(tile: TileCoord) -> std::ops::RangeInclusive<u64> {
    let (x, y) = tile.fixed_range();
    let first = key_from_fixed(FixedPoint { x: x.start as u32, y: y.start as u32 });
    let last = key_from_fixed(FixedPoint { x: (x.end - 1) as u32, y: (y.end - 1) as u32 });
    first..=last
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::tile::MAX_ZOOM;
    use proptest::prelude::*;

    #[test]
    fn the_first_four_places_are_a_z() {
        let places: Vec<_> = (0..4).map(fixed_from_key).map(|p| (p.x, p.y)).collect();
        assert_eq!(places, [(0, 0), (1, 0), (0, 1), (1, 1)]);
        assert_eq!(key_from_fixed(FixedPoint { x: u32::MAX, y: u32::MAX }), u64::MAX);
    }

    proptest! {
        #[test]
        fn a_key_leads_back_to_its_position(x in any::<u32>(), y in any::<u32>(), key in any::<u64>()) {
            let p = FixedPoint { x, y };
            prop_assert_eq!(fixed_from_key(key_from_fixed(p)), p);
            prop_assert_eq!(key_from_fixed(fixed_from_key(key)), key);
        }

        #[test]
        fn a_tile_s_keys_are_those_of_the_positions_it_contains(
            x in any::<u32>(), y in any::<u32>(), dx in -2000i64..2000, dy in -2000i64..2000, zoom in 0..=MAX_ZOOM,
        ) {
            let p = FixedPoint { x, y };
            let near = |v: u32, d: i64| (i64::from(v) + d).clamp(0, i64::from(u32::MAX)) as u32;
            let q = FixedPoint { x: near(x, dx), y: near(y, dy) };
            let tile = TileCoord::containing(p, zoom).unwrap();
            let range = key_range(tile);
            prop_assert!(range.contains(&key_from_fixed(p)));
            prop_assert_eq!(range.contains(&key_from_fixed(q)), TileCoord::containing(q, zoom).unwrap() == tile);
            prop_assert_eq!(range.end() - range.start(), u64::MAX >> (2 * u32::from(zoom)));
        }
    }
}
