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
