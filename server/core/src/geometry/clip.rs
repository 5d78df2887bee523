//! Shapes cut to a tile with a buffer, in tile units.
//!
//! Cutting comes before rounding to tile units. What two neighbours share stays shared: a cut edge gives the same positions
//! whichever way it runs. It leaves out simplification; that is [`topology`](super::topology)'s.

use super::position::FixedPoint;
use super::shape::{FixedBox, MultiPolygon, Polygon};
use super::tile::TileCoord;

/// A position in tile units, x east and y south from the tile's north-west corner.
pub type TilePoint = (i32, i32);

/// Polygons cut to a tile and a buffer of so many tile units: for each polygon its rings, the outer one first.
///
/// Rings do not repeat their first position; outer rings run clockwise as seen on the map (positive shoelace sum, MVT 2.1,
/// 4.3.4.4) and holes the other way. Rings that lose their area are left out, polygons with their outer ring. A ring cut in
/// several pieces stays one, joined along the edge of the buffer. Linear in the number of positions, with one comparison for
/// those far from the tile.
pub fn clip_polygons(polygons: &MultiPolygon, tile: TileCoord, buffer: u32) -> Vec<Vec<Vec<TilePoint>>> {
    let window = tile.buffered_box(buffer);
    polygons.iter().filter_map(|polygon| clip_polygon(polygon, tile, window)).collect()
}

fn clip_polygon(polygon: &Polygon, tile: TileCoord, window: FixedBox) -> Option<Vec<Vec<TilePoint>>> {
    let clip = |ring: &Vec<FixedPoint>| in_tile_units(&clip_ring(ring, window), tile);
    let outer = clip(&polygon.outer);
    let area = doubled_area(&outer);
    if area <= 0 {
        return None;
    }
    let holes: Vec<_> = polygon.holes.iter().map(clip).filter(|hole| doubled_area(hole) < 0).collect();
    // A hole around the whole window leaves nothing.
    if holes.iter().any(|hole| -doubled_area(hole) >= area) {
        return None;
    }
    Some(std::iter::once(outer).chain(holes).collect())
}

/// A line cut to a tile and a buffer: its pieces inside, each of at least two positions.
pub fn clip_line(line: &[FixedPoint], tile: TileCoord, buffer: u32) -> Vec<Vec<TilePoint>> {
    let window = tile.buffered_box(buffer);
    let mut pieces: Vec<Vec<TilePoint>> = Vec::new();
    let mut end = None;
    for step in line.windows(2) {
        let Some((from, to)) = clip_segment(step[0], step[1], window) else { continue };
        if end != Some(from) {
            pieces.push(vec![tile.point_in_tile(from)]);
        }
        if let Some(piece) = pieces.last_mut() {
            let p = tile.point_in_tile(to);
            if piece.last() != Some(&p) {
                piece.push(p);
            }
        }
        end = Some(to);
    }
    pieces.retain(|piece| piece.len() > 1);
    pieces
}

/// One of the four lines that bound the window.
#[derive(Debug, Clone, Copy)]
enum Side {
    West(u32),
    East(u32),
    North(u32),
    South(u32),
}

impl Side {
    fn all(window: FixedBox) -> [Self; 4] {
        [Self::West(window.min.x), Self::East(window.max.x), Self::North(window.min.y), Self::South(window.max.y)]
    }

    fn beyond(self, p: FixedPoint) -> bool {
        match self {
            Self::West(x) => p.x < x,
            Self::East(x) => p.x > x,
            Self::North(y) => p.y < y,
            Self::South(y) => p.y > y,
        }
    }

    /// Where a segment with one end beyond crosses the line, rounded; the same whichever way the segment runs.
    fn crossing(self, a: FixedPoint, b: FixedPoint) -> FixedPoint {
        let (a, b) = if a < b { (a, b) } else { (b, a) };
        match self {
            Self::West(x) | Self::East(x) => FixedPoint { x, y: between((a.x, a.y), (b.x, b.y), x) },
            Self::North(y) | Self::South(y) => FixedPoint { x: between((a.y, a.x), (b.y, b.x), y), y },
        }
    }
}

/// Second coordinate at a first one on the segment between two positions.
fn between(from: (u32, u32), to: (u32, u32), at: u32) -> u32 {
    let wide = |v: u32| i128::from(v);
    let (run, rise) = (wide(to.0) - wide(from.0), wide(to.1) - wide(from.1));
    let scaled = rise * (wide(at) - wide(from.0));
    // Half up, as everywhere; a run of 0 cannot cross the line.
    let offset = if run == 0 { 0 } else { (2 * scaled * run.signum() + run.abs()).div_euclid(2 * run.abs()) };
    (wide(from.1) + offset).clamp(0, i128::from(u32::MAX)) as u32
}

/// A ring cut to a window (Sutherland and Hodgman, 1974).
fn clip_ring(ring: &[FixedPoint], window: FixedBox) -> Vec<FixedPoint> {
    let mut points = without_far_corners(ring, window);
    for side in Side::all(window) {
        if !points.iter().any(|p| side.beyond(*p)) {
            continue;
        }
        let mut cut = Vec::with_capacity(points.len() + 4);
        let Some(mut a) = points.last().copied() else { break };
        for b in points {
            match (side.beyond(a), side.beyond(b)) {
                (false, false) => cut.push(b),
                (false, true) => cut.push(side.crossing(a, b)),
                (true, false) => cut.extend([side.crossing(a, b), b]),
                (true, true) => {}
            }
            a = b;
        }
        points = cut;
    }
    points
}

/// The ring without the corners that lie beyond one side together with the corner kept before and the one after: they
/// change nothing in the window.
fn without_far_corners(ring: &[FixedPoint], window: FixedBox) -> Vec<FixedPoint> {
    let sides = Side::all(window);
    let code = |p: FixedPoint| sides.iter().fold(0u8, |bits, side| (bits << 1) | u8::from(side.beyond(p)));
    let Some(&first) = ring.first() else { return Vec::new() };
    let mut kept = vec![first];
    let (mut before, mut here) = (code(first), ring.get(1).map_or(0, |p| code(*p)));
    for (i, p) in ring.iter().enumerate().skip(1) {
        let after = code(ring.get(i + 1).copied().unwrap_or(first));
        if before & here & after == 0 {
            kept.push(*p);
            before = here;
        }
        here = after;
    }
    kept
}

fn clip_segment(a: FixedPoint, b: FixedPoint, window: FixedBox) -> Option<(FixedPoint, FixedPoint)> {
    Side::all(window).into_iter().try_fold((a, b), |(a, b), side| match (side.beyond(a), side.beyond(b)) {
        (false, false) => Some((a, b)),
        (false, true) => Some((a, side.crossing(a, b))),
        (true, false) => Some((side.crossing(a, b), b)),
        (true, true) => None,
    })
}

/// A ring in tile units, without repeated positions and without spikes (ways out and straight back).
fn in_tile_units(ring: &[FixedPoint], tile: TileCoord) -> Vec<TilePoint> {
    let mut points: Vec<TilePoint> = Vec::with_capacity(ring.len());
    for p in ring {
        push_without_spike(&mut points, tile.point_in_tile(*p));
    }
    // The seam: the last positions may repeat, or run back on, the first ones.
    let mut start = 0;
    while points.len() - start > 2 {
        let (last, before) = (points[points.len() - 1], points[points.len() - 2]);
        if last == points[start] || is_spike(before, last, points[start]) {
            points.pop();
        } else if is_spike(last, points[start], points[start + 1]) {
            start += 1;
        } else {
            break;
        }
    }
    points.drain(..start);
    points
}

fn push_without_spike(points: &mut Vec<TilePoint>, p: TilePoint) {
    loop {
        match points[..] {
            [.., last] if last == p => return,
            [.., before, last] if is_spike(before, last, p) => {
                points.pop();
            }
            _ => break,
        }
    }
    points.push(p);
}

/// Whether the way from `a` over `b` to `c` turns straight back at `b`.
fn is_spike(a: TilePoint, b: TilePoint, c: TilePoint) -> bool {
    let step = |p: TilePoint, q: TilePoint| (i64::from(q.0) - i64::from(p.0), i64::from(q.1) - i64::from(p.1));
    let (out, back) = (step(a, b), step(b, c));
    out.0 * back.1 == out.1 * back.0 && out.0 * back.0 + out.1 * back.1 < 0
}

/// Twice the signed area of a ring in tile units; positive when it runs clockwise as seen on the map.
pub fn doubled_area(ring: &[TilePoint]) -> i64 {
    let product = |(a, b): (&TilePoint, &TilePoint)| i64::from(a.0) * i64::from(b.1) - i64::from(b.0) * i64::from(a.1);
    ring.iter().zip(ring.iter().cycle().skip(1)).map(product).sum()
}

#[cfg(test)]
mod tests;
