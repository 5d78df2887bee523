//! Shapes that share arcs, simplified so that what was shared stays shared: no gaps, no overlaps, no crossings.
//!
//! Rings are cut into arcs at junctions, each arc is kept once, and positions are taken out of arcs one by one, least area
//! first (Visvalingam and Whyatt, 1993), but never one whose triangle holds another position still there: so no edge ever
//! passes over anything. Every position gets the weight at which it goes; a zoom is a threshold on weights.

use super::exact::cross;
use super::index::LivePoints;
use super::position::FixedPoint;
use super::shape::{FixedBox, MultiPolygon, Polygon, Ring};
use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};

/// Zoom from which shapes are as they were given.
pub const FULL_ZOOM: u8 = 16;
/// Side, in tile units, of the square whose area a position must be worth: half a pixel of a 512-pixel tile.
const SIDE_IN_TILE: u64 = 4;

/// The arcs of shapes, each once.
#[derive(Debug, Clone)]
pub struct Topology {
    arcs: Vec<Arc>,
    /// For each shape its polygons, for each polygon its rings, the outer one first.
    shapes: Vec<Vec<Vec<ArcRing>>>,
}

#[derive(Debug, Clone)]
struct Arc {
    /// Both ends included; equal when the arc is closed.
    points: Vec<FixedPoint>,
    /// Twice the area at which each position goes; `u64::MAX` for those that stay.
    weights: Vec<u64>,
    /// How many rings it is part of.
    uses: u32,
}

#[derive(Debug, Clone)]
struct ArcRing {
    /// Arcs in order, with whether each runs backward.
    arcs: Vec<(u32, bool)>,
    /// First position of the ring as it was given.
    first: FixedPoint,
}

impl Topology {
    /// Cuts shapes into arcs and weighs every position; n log n for n positions.
    ///
    /// Neighbours must share positions exactly. A corner in the middle of a neighbour's edge (T-junction) is no junction:
    /// the two edges are simplified apart.
    pub fn build(shapes: &[&MultiPolygon]) -> Self {
        let junctions = Junctions::find(shapes);
        let mut arcs = ArcSet::default();
        let shapes = shapes.iter().map(|shape| {
            let polygon = |polygon: &Polygon| polygon.rings().map(|ring| arcs.take_in(ring, &junctions)).collect();
            shape.iter().map(polygon).collect()
        });
        let shapes = shapes.collect();
        let mut arcs = arcs.arcs;
        weigh(&mut arcs, &junctions);
        Self { arcs, shapes }
    }

    /// The shapes at a zoom, in the order they were given; from [`FULL_ZOOM`] on exactly as they were given.
    ///
    /// Rings that vanish are left out, polygons with their outer ring, so a shape may come back empty.
    pub fn simplified(&self, zoom: u8) -> Vec<MultiPolygon> {
        let threshold = threshold(zoom);
        self.shapes
            .iter()
            .map(|shape| shape.iter().filter_map(|rings| self.polygon(rings, threshold)).collect())
            .collect()
    }

    /// How many rings use each arc: 2 where two shapes meet, 1 on the outside.
    pub fn arc_use(&self) -> Vec<u32> {
        self.arcs.iter().map(|arc| arc.uses).collect()
    }

    fn polygon(&self, rings: &[ArcRing], threshold: u64) -> Option<Polygon> {
        let mut rings = rings.iter().map(|ring| self.ring(ring, threshold));
        let outer = rings.next().filter(|outer| outer.len() > 2)?;
        Some(Polygon { outer, holes: rings.filter(|hole| hole.len() > 2).collect() })
    }

    fn ring(&self, ring: &ArcRing, threshold: u64) -> Ring {
        let mut points = Vec::new();
        for &(arc, backward) in &ring.arcs {
            let arc = &self.arcs[arc as usize];
            let kept = arc.points.iter().zip(&arc.weights).filter(|(_, weight)| **weight >= threshold).map(|(p, _)| *p);
            if backward {
                points.extend(kept.rev());
            } else {
                points.extend(kept);
            }
            // The next arc begins where this one ends.
            points.pop();
        }
        if threshold == 0
            && let Some(start) = points.iter().position(|p| *p == ring.first)
        {
            points.rotate_left(start);
        }
        points
    }
}

/// Weight a position needs at a zoom.
fn threshold(zoom: u8) -> u64 {
    if zoom >= FULL_ZOOM {
        return 0;
    }
    // A tile unit is 2^(32 - zoom) / 4096 fixed-point units; weights are doubled areas.
    let side = SIDE_IN_TILE << (20 - zoom);
    2 * side * side
}

/// How often each edge is used, by its ends in the direction of its ring.
pub fn edge_use(shapes: &[MultiPolygon]) -> HashMap<(FixedPoint, FixedPoint), u32> {
    let mut uses = HashMap::new();
    for ring in shapes.iter().flatten().flat_map(Polygon::rings) {
        for edge in super::exact::edges(ring) {
            *uses.entry(edge).or_insert(0) += 1;
        }
    }
    uses
}

/// The positions where rings part or meet.
struct Junctions {
    /// The two neighbours of a position in every ring through it; none for junctions, where they differ.
    neighbours: HashMap<FixedPoint, Option<(FixedPoint, FixedPoint)>>,
}

impl Junctions {
    fn find(shapes: &[&MultiPolygon]) -> Self {
        let mut neighbours = HashMap::new();
        for ring in shapes.iter().copied().flatten().flat_map(Polygon::rings) {
            for (i, p) in ring.iter().enumerate() {
                let (before, after) = (ring[(i + ring.len() - 1) % ring.len()], ring[(i + 1) % ring.len()]);
                let pair = Some((before.min(after), before.max(after)));
                let known = neighbours.entry(*p).or_insert(pair);
                if *known != pair {
                    *known = None;
                }
            }
        }
        Self { neighbours }
    }

    fn contains(&self, p: FixedPoint) -> bool {
        self.neighbours.get(&p) == Some(&None)
    }
}

#[derive(Default)]
struct ArcSet {
    arcs: Vec<Arc>,
    /// Arcs by their first edge: an arc runs on from it in one way only.
    by_edge: HashMap<(FixedPoint, FixedPoint), u32>,
}

impl ArcSet {
    fn take_in(&mut self, ring: &Ring, junctions: &Junctions) -> ArcRing {
        let Some(&first) = ring.first() else {
            return ArcRing { arcs: Vec::new(), first: FixedPoint { x: 0, y: 0 } };
        };
        // Without a junction the ring is one arc, begun at its least position, so that it is the same for every ring.
        let start = ring.iter().position(|p| junctions.contains(*p));
        let start = start.or_else(|| (0..ring.len()).min_by_key(|i| ring[*i])).unwrap_or(0);
        let mut arcs = Vec::new();
        let mut points = vec![ring[start]];
        for i in 1..=ring.len() {
            let p = ring[(start + i) % ring.len()];
            points.push(p);
            if i == ring.len() || junctions.contains(p) {
                arcs.push(self.arc(std::mem::replace(&mut points, vec![p])));
            }
        }
        ArcRing { arcs, first }
    }

    fn arc(&mut self, mut points: Vec<FixedPoint>) -> (u32, bool) {
        let n = points.len();
        let backward = (points[n - 1], points[n - 2]) < (points[0], points[1]);
        if backward {
            points.reverse();
        }
        let arcs = &mut self.arcs;
        let number = *self.by_edge.entry((points[0], points[1])).or_insert_with(|| {
            arcs.push(Arc { weights: vec![u64::MAX; n], points, uses: 0 });
            (arcs.len() - 1) as u32
        });
        arcs[number as usize].uses += 1;
        (number, backward)
    }
}

/// Positions of all arcs laid in a row, while they are taken out one by one.
struct Thinning {
    at: Vec<FixedPoint>,
    before: Vec<u32>,
    after: Vec<u32>,
    arc: Vec<u32>,
    /// Counts up when a position's triangle changes; `u32::MAX` for ends and positions taken out.
    version: Vec<u32>,
    /// Positions left between the ends of each arc.
    left: Vec<u32>,
    there: LivePoints,
    waiting: BinaryHeap<Reverse<(u64, u32, u32)>>,
    /// Positions that may not go before another one has.
    held_by: HashMap<u32, Vec<u32>>,
}

const FIXED: u32 = u32::MAX;

/// Gives every position the weight at which it goes.
fn weigh(arcs: &mut [Arc], junctions: &Junctions) {
    let mut thinning = Thinning::lay_out(arcs);
    let offsets: Vec<usize> = arcs
        .iter()
        .scan(0, |next, arc| {
            *next += arc.points.len();
            Some(*next - arc.points.len())
        })
        .collect();
    let mut weight = 0;
    while let Some(Reverse((area, i, version))) = thinning.waiting.pop() {
        if thinning.version[i as usize] != version {
            continue;
        }
        let (before, after) = (thinning.before[i as usize], thinning.after[i as usize]);
        if let Some(other) = thinning.in_the_way(before, i, after) {
            thinning.held_by.entry(other).or_default().push(i);
            continue;
        }
        // What went before takes its weight along, so that every threshold is a moment of this very sequence.
        weight = area.max(weight);
        let number = thinning.arc[i as usize];
        let (arc, offset) = (&mut arcs[number as usize], offsets[number as usize]);
        let closed = arc.points.first() == arc.points.last();
        arc.weights[i as usize - offset] = weight;
        thinning.take_out(i);
        if closed && thinning.left[number as usize] == 1 {
            // One edge there and back is no ring: the last position goes too, and the ring with it.
            let last = if thinning.version[before as usize] == FIXED { after } else { before };
            arc.weights[last as usize - offset] = weight;
            thinning.take_out(last);
            if !junctions.contains(arc.points[0]) {
                thinning.clear(offset as u32);
                thinning.clear((offset + arc.points.len() - 1) as u32);
            }
        } else {
            thinning.weigh_anew(before);
            thinning.weigh_anew(after);
        }
    }
}

impl Thinning {
    fn lay_out(arcs: &[Arc]) -> Self {
        let at: Vec<FixedPoint> = arcs.iter().flat_map(|arc| arc.points.iter().copied()).collect();
        let count = at.len() as u32;
        let mut thinning = Self {
            there: LivePoints::build((0..count).zip(at.iter().copied())),
            before: (0..count).map(|i| i.wrapping_sub(1)).collect(),
            after: (0..count).map(|i| i + 1).collect(),
            arc: (0u32..).zip(arcs).flat_map(|(number, arc)| arc.points.iter().map(move |_| number)).collect(),
            version: vec![0; at.len()],
            left: arcs.iter().map(|arc| arc.points.len() as u32 - 2).collect(),
            waiting: BinaryHeap::new(),
            held_by: HashMap::new(),
            at,
        };
        let mut start = 0;
        for arc in arcs {
            let end = start + arc.points.len();
            (thinning.version[start], thinning.version[end - 1]) = (FIXED, FIXED);
            for i in start + 1..end - 1 {
                thinning.weigh_anew(i as u32);
            }
            start = end;
        }
        thinning
    }

    fn place(&self, i: u32) -> FixedPoint {
        self.at[i as usize]
    }

    /// Puts a position in the queue by the area of its triangle now; ends never go.
    fn weigh_anew(&mut self, i: u32) {
        let version = &mut self.version[i as usize];
        if *version == FIXED {
            return;
        }
        *version += 1;
        let version = *version;
        let (before, after) = (self.before[i as usize], self.after[i as usize]);
        let area = cross(self.place(before), self.place(i), self.place(after)).unsigned_abs();
        // Weights below the greatest stay apart from "never".
        let area = u64::try_from(area).unwrap_or(u64::MAX).min(u64::MAX - 1);
        self.waiting.push(Reverse((area, i, version)));
    }

    /// A position inside a triangle or on its border, its corners apart.
    fn in_the_way(&self, a: u32, b: u32, c: u32) -> Option<u32> {
        let corners = [self.place(a), self.place(b), self.place(c)];
        let window = FixedBox::around(&corners)?;
        let [a, b, c] =
            if cross(corners[0], corners[1], corners[2]) < 0 { [corners[0], corners[2], corners[1]] } else { corners };
        self.there.find_in(window, |_, p| {
            let beside = |from, to| cross(from, to, p) < 0;
            !corners.contains(&p) && !beside(a, b) && !beside(b, c) && !beside(c, a)
        })
    }

    fn take_out(&mut self, i: u32) {
        let (before, after) = (self.before[i as usize], self.after[i as usize]);
        self.after[before as usize] = after;
        self.before[after as usize] = before;
        self.version[i as usize] = FIXED;
        self.left[self.arc[i as usize] as usize] -= 1;
        self.clear(i);
    }

    /// Frees the place of a position and weighs those it was in the way of.
    fn clear(&mut self, i: u32) {
        self.there.remove(i, self.place(i));
        for held in self.held_by.remove(&i).unwrap_or_default() {
            self.weigh_anew(held);
        }
    }
}

#[cfg(test)]
mod tests;
