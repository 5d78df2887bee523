//! Partitions made for tests: a square split by random cuts until it is in so many areas, neighbours sharing arcs exactly.

use super::arrangement::{Arrangement, Face, twin};
use super::finding::CoverArea;
use crate::geometry::exact::edges;
use crate::geometry::gate::fixed_polygons;
use crate::geometry::position::{FixedPoint, LonLat, fixed_from_lonlat};
use crate::geometry::shape::{MultiPolygon, Polygon, Ring};
use std::collections::HashMap;

/// Numbers that look random and are the same on every run (Knuth's MMIX generator).
pub(super) struct Numbers(pub(super) u64);

impl Numbers {
    /// A number from 0 up to 1.
    pub(super) fn share(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as f64 / (1u64 << 31) as f64
    }
}

/// Side of the square, units: 4.4 km where it lies.
pub(super) const SIDE: u32 = 1 << 19;

/// North-west corner of the square, in Zhangzhou.
pub(super) fn corner() -> FixedPoint {
    fixed_from_lonlat(LonLat::new(117.65, 24.51).unwrap())
}

/// A square of so many areas at least, or none when rounding made one of them invalid.
///
/// With a `bend` every border has a corner in its middle, that part of its length off the straight line.
pub(super) fn partition(numbers: &mut Numbers, count: usize, bend: f64) -> Option<Vec<MultiPolygon>> {
    let start = corner();
    let at = |x: u32, y: u32| FixedPoint { x: start.x + x, y: start.y + y };
    let mut pieces: Vec<Ring> = vec![vec![at(0, 0), at(SIDE, 0), at(SIDE, SIDE), at(0, SIDE)]];
    while pieces.len() < count {
        let largest = (0..pieces.len()).max_by_key(|i| crate::geometry::exact::doubled_area(&pieces[*i]))?;
        let (one, other) = halves(&pieces.swap_remove(largest), numbers);
        pieces.extend([one, other]);
    }
    let shapes: Vec<MultiPolygon> =
        pieces.into_iter().map(|outer| vec![Polygon { outer, holes: Vec::new() }]).collect();
    let arrangement = Arrangement::build(&shapes.iter().collect::<Vec<_>>());
    let mut of: Vec<Vec<Face>> = vec![Vec::new(); shapes.len()];
    for face in 1..arrangement.len() {
        of[*arrangement.members(face).first()? as usize].push(face);
    }
    let mut middles: HashMap<(FixedPoint, FixedPoint), FixedPoint> = HashMap::new();
    let sides = (0..arrangement.half_edges()).step_by(2).map(|h| (arrangement.origin(h), arrangement.origin(twin(h))));
    for (a, b) in sides.filter(|_| bend > 0.0) {
        let off = (numbers.share() - 0.5) * 2.0 * bend;
        let (dx, dy) = (f64::from(b.x) - f64::from(a.x), f64::from(b.y) - f64::from(a.y));
        let middle = |v: u32, along: f64, across: f64| (f64::from(v) + along / 2.0 + across * off).round() as u32;
        middles.insert((a, b), FixedPoint { x: middle(a.x, dx, -dy), y: middle(a.y, dy, dx) });
    }
    let bent = |ring: &Ring| -> Ring {
        let side = |(a, b): (FixedPoint, FixedPoint)| [Some(a), middles.get(&(a.min(b), a.max(b))).copied()];
        edges(ring).flat_map(side).flatten().collect()
    };
    of.iter()
        .map(|faces| {
            let outline = arrangement.outline(faces);
            let shape = outline.iter().map(|p| Polygon { outer: bent(&p.outer), holes: Vec::new() }).collect();
            fixed_polygons(shape).ok()
        })
        .collect()
}

/// A convex piece cut between two of its edges that are not neighbours, somewhere near their middles.
fn halves(ring: &Ring, numbers: &mut Numbers) -> (Ring, Ring) {
    let n = ring.len();
    let mut cut = |i: usize| {
        let (a, b) = (ring[i], ring[(i + 1) % n]);
        let share = 0.3 + 0.4 * numbers.share();
        let between = |u: u32, v: u32| (f64::from(u) + share * (f64::from(v) - f64::from(u))).round() as u32;
        FixedPoint { x: between(a.x, b.x), y: between(a.y, b.y) }
    };
    let length = |i: usize| super::land::distance(ring[i], ring[(i + 1) % n]) as u64;
    let first = (0..n).max_by_key(|i| length(*i)).unwrap_or(0);
    let second = (0..n)
        .filter(|i| *i != first)
        .max_by_key(|i| (n > 3 && (i + 1) % n != first && (first + 1) % n != *i, length(*i)));
    let (i, j) = (first.min(second.unwrap_or(0)), first.max(second.unwrap_or(0)));
    let (p, q) = (cut(i), cut(j));
    let one = std::iter::once(p).chain(ring[i + 1..=j].iter().copied()).chain([q]).collect();
    let other = std::iter::once(q).chain((j + 1..=i + n).map(|k| ring[k % n])).chain([p]).collect();
    (one, other)
}

/// Codes for so many areas.
pub(super) fn codes(count: usize) -> Vec<String> {
    (0..count).map(|i| format!("350602001001{i:03}")).collect()
}

/// Areas without parents.
pub(super) fn areas<'a>(codes: &'a [String], shapes: &'a [MultiPolygon]) -> Vec<CoverArea<'a>> {
    codes.iter().zip(shapes).map(|(code, shape)| CoverArea { code, parent: None, shape, fixed: false }).collect()
}

/// A rectangle with its north-west corner so many metres off that of the square, so many metres wide and high.
pub(super) fn rectangle(x: f64, y: f64, width: f64, height: f64) -> MultiPolygon {
    let (start, unit) = (corner(), super::land::metres_a_unit(corner()));
    let at =
        |x: f64, y: f64| FixedPoint { x: start.x + (x / unit).round() as u32, y: start.y + (y / unit).round() as u32 };
    let outer = vec![at(x, y), at(x + width, y), at(x + width, y + height), at(x, y + height)];
    vec![Polygon { outer, holes: Vec::new() }]
}
