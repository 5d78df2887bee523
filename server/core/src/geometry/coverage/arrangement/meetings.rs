//! Where edges cross and which positions they pass over, and who does so too often to be looked at any further.

use super::cells::{Node, Visit, deal};
use super::cut::Cut;
use super::pixel::{crossing, passes_pixel};
use crate::geometry::exact::crosses_properly;
use crate::geometry::position::FixedPoint;
use crate::geometry::shape::FixedBox;
use std::collections::BTreeMap;

/// Crossings anybody may have, and how many more for each of its edges.
const CROSSINGS: (u64, u64) = (10_000, 4);

/// Somebody whose edges could not be cut within the work granted; its edges are left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tangle {
    /// Number of the shape.
    pub label: u32,
    /// The shape it is entangled with; itself when it is alone.
    pub with: u32,
    /// Where that was noticed.
    pub at: FixedPoint,
    /// Crossings seen until then; there may be more.
    pub crossings: u64,
}

/// Who crosses whom how often, and who does so too often.
pub(super) struct Tangled {
    limits: Vec<u64>,
    crossings: Vec<u64>,
    found: BTreeMap<u32, Tangle>,
}

impl Tangled {
    /// Nobody yet; the labels are those of every edge.
    pub(super) fn new(labels: usize, of_edges: impl Iterator<Item = u32>) -> Self {
        let mut limits = vec![CROSSINGS.0; labels];
        of_edges.for_each(|label| limits[label as usize] += CROSSINGS.1);
        Self { limits, crossings: vec![0; labels], found: BTreeMap::new() }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    pub(super) fn has(&self, label: u32) -> bool {
        self.found.contains_key(&label)
    }

    pub(super) fn into_found(self) -> Vec<Tangle> {
        self.found.into_values().collect()
    }

    /// Whether all who use an edge are left out.
    pub(super) fn hides(&self, users: &[(u32, i32)]) -> bool {
        !self.found.is_empty() && users.iter().all(|(label, _)| self.found.contains_key(label))
    }

    fn cross(&mut self, label: u32, with: u32, at: FixedPoint) {
        self.crossings[label as usize] += 1;
        if self.crossings[label as usize] > self.limits[label as usize] {
            self.add(label, with, at);
        }
    }

    /// Names somebody.
    pub(super) fn add(&mut self, label: u32, with: u32, at: FixedPoint) {
        let crossings = self.crossings[label as usize];
        self.found.entry(label).or_insert(Tangle { label, with, at, crossings });
    }

    /// Names whoever has most edges among these.
    fn add_most(&mut self, cut: &Cut, cell: FixedBox, edges: &[u32]) {
        let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
        let labels = edges.iter().flat_map(|edge| cut.users(*edge)).map(|(label, _)| *label);
        labels.filter(|label| !self.found.contains_key(label)).for_each(|label| *counts.entry(label).or_default() += 1);
        let mut most: Vec<(usize, u32)> = counts.into_iter().map(|(label, count)| (count, label)).collect();
        most.sort_unstable_by(|s, t| t.cmp(s));
        if let Some((_, label)) = most.first() {
            self.add(*label, most.get(1).map_or(*label, |second| second.1), cell.middle());
        }
    }
}

/// Where edges cross, as far as one of two is new.
pub(super) fn crossings(cut: &Cut, fresh: &[bool], tangled: &mut Tangled) -> Vec<FixedPoint> {
    let mut crossings = Crossings { cut, fresh, tangled, at: Vec::new() };
    deal(&cut.edges, &mut [], &mut crossings);
    crossings.at
}

/// Which edges pass over which positions, as far as one of both is new.
pub(super) fn passes(cut: &Cut, fresh: &[bool], nodes: &mut [Node], tangled: &mut Tangled) -> Vec<(u32, FixedPoint)> {
    let mut passes = Passes { cut, fresh, tangled, found: Vec::new() };
    deal(&cut.edges, nodes, &mut passes);
    passes.found
}

struct Crossings<'a> {
    cut: &'a Cut,
    fresh: &'a [bool],
    tangled: &'a mut Tangled,
    at: Vec<FixedPoint>,
}

impl Visit for Crossings<'_> {
    fn counts(&self, edge: u32) -> bool {
        !self.tangled.hides(self.cut.users(edge))
    }

    fn fresh(&self, edge: u32) -> bool {
        self.fresh[edge as usize]
    }

    fn look(&mut self, cell: FixedBox, edges: &[u32], _: &[Node]) {
        for (i, &s) in edges.iter().enumerate() {
            let (a, b) = self.cut.edges[s as usize];
            let (low, high) = (a.y.min(b.y), a.y.max(b.y));
            for &t in &edges[..i] {
                let (c, d) = self.cut.edges[t as usize];
                let apart = c.x > b.x || d.x < a.x || c.y.min(d.y) > high || c.y.max(d.y) < low;
                if apart || !(self.fresh(s) || self.fresh(t)) || !crosses_properly(a, b, c, d) {
                    continue;
                }
                let p = crossing((a, b), (c, d));
                // Several cells see it; it belongs to the one it is in.
                let own = cell.meets(FixedBox { min: p, max: p });
                if !(own && self.counts(s) && self.counts(t)) {
                    continue;
                }
                self.at.push(p);
                let (one, other) = (self.cut.users(s), self.cut.users(t));
                for (label, with) in one.iter().zip(other.iter().cycle()).chain(other.iter().zip(one.iter().cycle())) {
                    self.tangled.cross(label.0, with.0, p);
                }
            }
        }
    }

    fn crowded(&mut self, cell: FixedBox, edges: &[u32]) {
        self.tangled.add_most(self.cut, cell, edges);
    }
}

struct Passes<'a> {
    cut: &'a Cut,
    fresh: &'a [bool],
    tangled: &'a mut Tangled,
    found: Vec<(u32, FixedPoint)>,
}

impl Visit for Passes<'_> {
    fn counts(&self, edge: u32) -> bool {
        !self.tangled.hides(self.cut.users(edge))
    }

    fn fresh(&self, edge: u32) -> bool {
        self.fresh[edge as usize]
    }

    fn look(&mut self, _: FixedBox, edges: &[u32], nodes: &[Node]) {
        for &edge in edges {
            let (a, b) = self.cut.edges[edge as usize];
            let fresh = self.fresh(edge);
            let passed = nodes.iter().filter(|node| (fresh || node.fresh) && passes_pixel(a, b, node.at));
            self.found.extend(passed.map(|node| (edge, node.at)));
        }
    }

    fn crowded(&mut self, cell: FixedBox, edges: &[u32]) {
        self.tangled.add_most(self.cut, cell, edges);
    }
}
