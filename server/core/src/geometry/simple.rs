//! Whether rings make valid polygons: the first fault found, by an exact sweep in n log n.
//!
//! It judges positions as they are and repairs nothing. The rules are those of OGC 06-103r4, 6.1.11 and 6.1.14: rings are
//! simple and touch themselves nowhere; two rings touch in single positions at most and never cross; holes lie in their
//! outer ring, not in one another; the inside is connected; the insides of parts do not meet.
//!
//! The sweep is Shamos and Hoey's (1976), from west to east, then north to south. It stops at the first fault, so the
//! order of the edges it holds is never in doubt, and exact predicates keep it so.

use super::exact::{around_point, cross, crosses_properly, doubled_area, turn};
use super::position::FixedPoint;
use super::status::{Edge, Key};
use std::collections::{BTreeSet, HashMap};

/// A ring to judge: at least three positions, no two consecutive ones equal, the first not repeated.
#[derive(Debug, Clone, Copy)]
pub struct RingInPart<'a> {
    /// The polygon it belongs to.
    pub part: usize,
    /// Whether it is a hole.
    pub hole: bool,
    /// Its positions.
    pub points: &'a [FixedPoint],
}

/// A vertex of a ring, or the edge that starts there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spot {
    /// Number of the ring among those judged.
    pub ring: usize,
    /// Number of the position in the ring.
    pub vertex: usize,
}

/// What makes rings no valid polygons.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Fault {
    /// Two edges cross.
    Crossing(Spot, Spot, FixedPoint),
    /// Two edges run along each other.
    Overlap(Spot, Spot, FixedPoint),
    /// A ring comes back to one of its own positions.
    SelfTouch(Spot, Spot, FixedPoint),
    /// Rings touch so often that they cut the inside of their polygon in two; here is the last touch.
    Disconnected(Spot, Spot, FixedPoint),
    /// A hole (first) is not inside its outer ring.
    HoleOutside(usize),
    /// A hole (first) lies inside another one.
    HoleInHole(usize, usize),
    /// An outer ring (first) lies inside another part's.
    PartInPart(usize, usize),
}

/// One way of a ring through a position: where it comes from and where it goes on to.
#[derive(Debug, Clone, Copy)]
struct Pass {
    spot: Spot,
    ends: [FixedPoint; 2],
}

/// First fault of rings, if they have one.
pub fn first_fault(rings: &[RingInPart]) -> Option<Fault> {
    let mut sweep = Sweep::new(rings);
    let mut events: Vec<u32> = (0..sweep.vertices.len() as u32).collect();
    events.sort_unstable_by_key(|v| sweep.vertices[*v as usize].0);
    let mut start = 0;
    while start < events.len() {
        let p = sweep.vertices[events[start] as usize].0;
        let same = events[start..].iter().take_while(|v| sweep.vertices[**v as usize].0 == p).count();
        if let Some(fault) = sweep.pass(p, &events[start..start + same]) {
            return Some(fault);
        }
        start += same;
    }
    sweep.nesting_fault()
}

struct Sweep<'a> {
    rings: &'a [RingInPart<'a>],
    /// Every vertex with its ring.
    vertices: Vec<(FixedPoint, u32)>,
    /// Number of each ring's first vertex.
    starts: Vec<u32>,
    clockwise: Vec<bool>,
    status: BTreeSet<Key>,
    /// The ring directly around each ring, once its western end was passed.
    around: Vec<Option<u32>>,
    /// Which rings' western ends were passed.
    seen: Vec<bool>,
    /// Rings and touches, joined (union-find).
    joined: Vec<u32>,
}

impl<'a> Sweep<'a> {
    fn new(rings: &'a [RingInPart<'a>]) -> Self {
        let mut vertices = Vec::new();
        let mut starts = Vec::new();
        for (ring, number) in rings.iter().zip(0u32..) {
            starts.push(vertices.len() as u32);
            vertices.extend(ring.points.iter().map(|p| (*p, number)));
        }
        Self {
            rings,
            vertices,
            starts,
            clockwise: rings.iter().map(|ring| doubled_area(ring.points) > 0).collect(),
            status: BTreeSet::new(),
            around: vec![None; rings.len()],
            seen: vec![false; rings.len()],
            joined: (0..rings.len() as u32).collect(),
        }
    }

    fn spot(&self, vertex: u32) -> Spot {
        let ring = self.vertices[vertex as usize].1;
        Spot { ring: ring as usize, vertex: (vertex - self.starts[ring as usize]) as usize }
    }

    fn neighbour(&self, vertex: u32, step: usize) -> u32 {
        let Spot { ring, vertex: i } = self.spot(vertex);
        self.starts[ring] + ((i + step) % self.rings[ring].points.len()) as u32
    }

    fn next(&self, vertex: u32) -> u32 {
        self.neighbour(vertex, 1)
    }

    fn previous(&self, vertex: u32) -> u32 {
        let ring = self.vertices[vertex as usize].1 as usize;
        self.neighbour(vertex, self.rings[ring].points.len() - 1)
    }

    /// Edge that starts at a vertex in its ring's direction.
    fn edge(&self, id: u32) -> Edge {
        let (from, ring) = self.vertices[id as usize];
        let (to, _) = self.vertices[self.next(id) as usize];
        let forward = from < to;
        let (a, b) = if forward { (from, to) } else { (to, from) };
        Edge { a, b, id, ring, forward }
    }

    /// Moves the sweep over a position where these vertices are.
    fn pass(&mut self, p: FixedPoint, vertices: &[u32]) -> Option<Fault> {
        let met: Vec<Edge> =
            self.status.range(Key::Below(p)..Key::Above(p)).filter_map(|k| k.edge().copied()).collect();
        let through: Vec<Edge> = met.iter().copied().filter(|edge| edge.b != p).collect();
        if let [first, second, ..] = through[..] {
            return Some(Fault::Crossing(self.spot(first.id), self.spot(second.id), p));
        }
        for edge in met.iter().filter(|edge| edge.b == p) {
            self.status.remove(&Key::Edge(*edge));
        }
        let mut leaving: Vec<Edge> =
            vertices.iter().flat_map(|v| [self.edge(*v), self.edge(self.previous(*v))]).filter(|e| e.a == p).collect();
        let starting = leaving.len();
        leaving.extend(&through);
        let (started, _) = leaving.split_at(starting);
        if vertices.len() + through.len() > 1 {
            if let Some(fault) = self.touch_fault(p, vertices, &through) {
                return Some(fault);
            }
        } else if let [s, t] = started[..]
            && turn(p, s.b, t.b) == 0
        {
            return Some(Fault::Overlap(self.spot(s.id), self.spot(t.id), p));
        }
        self.status.extend(started.iter().map(|edge| Key::Edge(*edge)));
        leaving.sort_unstable_by(|s, t| 0.cmp(&turn(p, s.b, t.b)));
        self.find_surroundings(&leaving, vertices);

        let below = self.status.range(..Key::Below(p)).next_back().and_then(Key::edge);
        let above = self.status.range(Key::Above(p)..).next().and_then(Key::edge);
        let meet = |s: Option<&Edge>, t: Option<&Edge>| match (s, t) {
            (Some(s), Some(t)) if crosses_properly(s.a, s.b, t.a, t.b) => {
                Some(Fault::Crossing(self.spot(s.id), self.spot(t.id), meeting_point(s, t)))
            }
            _ => None,
        };
        match leaving.first() {
            None => meet(below, above),
            lowest => meet(below, lowest).or_else(|| meet(leaving.last(), above)),
        }
    }

    /// What is wrong where more than one way leads through a position.
    fn touch_fault(&mut self, p: FixedPoint, vertices: &[u32], through: &[Edge]) -> Option<Fault> {
        let at = |v: u32| self.vertices[v as usize].0;
        let corners =
            vertices.iter().map(|v| Pass { spot: self.spot(*v), ends: [at(self.previous(*v)), at(self.next(*v))] });
        let sides = through.iter().map(|edge| Pass { spot: self.spot(edge.id), ends: [edge.a, edge.b] });
        let passes: Vec<Pass> = corners.chain(sides).collect();

        let mut ends: Vec<(FixedPoint, usize)> =
            passes.iter().enumerate().flat_map(|(i, pass)| pass.ends.map(|end| (end, i))).collect();
        ends.sort_unstable_by(|s, t| around_point(p, s.0, t.0));
        let pair = |i: usize, j: usize| (passes[i].spot, passes[j].spot);
        if let Some(same) = ends.windows(2).find(|pair| around_point(p, pair[0].0, pair[1].0).is_eq()) {
            let (s, t) = pair(same[0].1, same[1].1);
            return Some(Fault::Overlap(s, t, p));
        }
        // Ways that do not cross nest like brackets around the position.
        let mut open: Vec<usize> = Vec::new();
        for (_, pass) in &ends {
            if open.last() == Some(pass) {
                open.pop();
            } else {
                open.push(*pass);
            }
        }
        if let Some((i, j)) = interleaved(&open) {
            let (s, t) = pair(i, j);
            return Some(Fault::Crossing(s, t, p));
        }
        let mut order: Vec<usize> = (0..passes.len()).collect();
        order.sort_unstable_by_key(|i| (self.rings[passes[*i].spot.ring].part, passes[*i].spot.ring));
        if let Some(same) = order.windows(2).find(|w| passes[w[0]].spot.ring == passes[w[1]].spot.ring) {
            let (s, t) = pair(same[0], same[1]);
            return Some(Fault::SelfTouch(s, t, p));
        }
        // Rings of one polygon and the positions where they touch must make no circle: it would enclose inside.
        for group in
            order.chunk_by(|i, j| self.rings[passes[*i].spot.ring].part == self.rings[passes[*j].spot.ring].part)
        {
            let touch = self.joined.len() as u32;
            self.joined.push(touch);
            for &i in group {
                let (ring, touch) = (self.root(passes[i].spot.ring as u32), self.root(touch));
                if ring == touch {
                    let other = group.iter().find(|j| **j != i).unwrap_or(&i);
                    return Some(Fault::Disconnected(passes[i].spot, passes[*other].spot, p));
                }
                self.joined[ring as usize] = touch;
            }
        }
        None
    }

    fn root(&mut self, mut node: u32) -> u32 {
        while self.joined[node as usize] != node {
            let above = self.joined[self.joined[node as usize] as usize];
            self.joined[node as usize] = above;
            node = above;
        }
        node
    }

    /// Notes which ring lies directly around the rings whose western end is here; `leaving` is sorted upward.
    fn find_surroundings(&mut self, leaving: &[Edge], vertices: &[u32]) {
        let new = |v: &u32| !self.seen[self.vertices[*v as usize].1 as usize];
        if !vertices.iter().any(new) {
            return;
        }
        for lower in leaving {
            // Both edges of a ring that begins here leave from here; the lower one comes first. What runs directly
            // under it is of another ring, one begun before or sorted before.
            let ring = lower.ring as usize;
            if std::mem::replace(&mut self.seen[ring], true) {
                continue;
            }
            let under = self.status.range(..Key::Edge(*lower)).next_back().and_then(Key::edge);
            self.around[ring] = under.and_then(|under| {
                let inside_above = under.forward == self.clockwise[under.ring as usize];
                if inside_above { Some(under.ring) } else { self.around[under.ring as usize] }
            });
        }
    }

    fn nesting_fault(&self) -> Option<Fault> {
        self.rings.iter().zip(&self.around).enumerate().find_map(|(number, (ring, around))| {
            let around = around.map(|number| number as usize);
            let outside = around.map(|number| &self.rings[number]);
            match (ring.hole, around, outside) {
                (false, Some(number_around), Some(outside)) if !outside.hole && outside.part != ring.part => {
                    Some(Fault::PartInPart(number, number_around))
                }
                (false, ..) => None,
                (true, Some(_), Some(outside)) if !outside.hole && outside.part == ring.part => None,
                (true, Some(other), Some(outside)) if outside.hole && outside.part == ring.part => {
                    Some(Fault::HoleInHole(number, other))
                }
                (true, ..) => Some(Fault::HoleOutside(number)),
            }
        })
    }
}

/// Two numbers that take turns in a sequence in which every number stands twice or not at all.
fn interleaved(sequence: &[usize]) -> Option<(usize, usize)> {
    let mut first = HashMap::new();
    let mut closest: Option<(usize, usize)> = None;
    for (place, number) in sequence.iter().enumerate() {
        if let Some(start) = first.insert(number, place)
            && closest.is_none_or(|(length, _)| place - start < length)
        {
            closest = Some((place - start, start));
        }
    }
    // Between the closest two of a kind every other number stands once.
    closest.map(|(_, start)| (sequence[start], sequence[start + 1]))
}

/// About where two edges cross, rounded; for messages only.
fn meeting_point(s: &Edge, t: &Edge) -> FixedPoint {
    let from = cross(t.a, t.b, s.a) as f64;
    let to = cross(t.a, t.b, s.b) as f64;
    let share = from / (from - to);
    let between = |u: u32, v: u32| (f64::from(u) + share * (f64::from(v) - f64::from(u))).round() as u32;
    FixedPoint { x: between(s.a.x, s.b.x), y: between(s.a.y, s.b.y) }
}

#[cfg(test)]
mod tests;
