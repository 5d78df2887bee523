//! Corners beside cracks: which crack they belong to, and which of them stays for others to be moved onto.

use crate::geometry::coverage::land::distance;
use crate::geometry::index::BoxIndex;
use crate::geometry::position::FixedPoint;
use crate::geometry::shape::FixedBox;
use std::collections::{BTreeSet, HashMap};

/// A corner beside a crack.
#[derive(Debug, Clone, Default)]
pub(super) struct Corner {
    /// Areas and parents that have a corner or an edge here.
    pub(super) users: BTreeSet<u32>,
    /// Areas that have a corner here.
    pub(super) owners: BTreeSet<u32>,
    /// Which crack: corners of one may be moved onto one another.
    pub(super) crack: usize,
}

/// Corners that stay, found by where they are.
#[derive(Default)]
pub(super) struct Anchors {
    pub(super) places: Vec<(FixedPoint, Corner)>,
    index: BoxIndex,
}

impl Anchors {
    /// Adds one.
    pub(super) fn add(&mut self, p: FixedPoint, corner: Corner) {
        self.index.insert(self.places.len() as u32, FixedBox { min: p, max: p });
        self.places.push((p, corner));
    }

    /// The nearest one of the same crack that has no area in common with a corner.
    pub(super) fn nearest(&self, p: FixedPoint, corner: &Corner, reach: f64) -> Option<usize> {
        let near = self.index.meeting(around(p, reach)).into_iter().map(|number| number as usize);
        let fits = near.filter(|number| {
            let (q, other) = &self.places[*number];
            other.crack == corner.crack && distance(p, *q) <= reach && other.users.is_disjoint(&corner.users)
        });
        fits.min_by(|s, t| distance(p, self.places[*s].0).total_cmp(&distance(p, self.places[*t].0)).then(s.cmp(t)))
    }

    /// Notes who is there too from now on.
    pub(super) fn join(&mut self, anchor: usize, corner: &Corner) {
        self.places[anchor].1.users.extend(&corner.users);
    }
}

/// Positions and edges of cracks; those that touch are one.
#[derive(Default)]
pub(super) struct Places {
    numbers: HashMap<FixedPoint, usize>,
    positions: Vec<FixedPoint>,
    joined: Vec<usize>,
    pub(super) edges: Vec<(FixedPoint, FixedPoint)>,
}

impl Places {
    /// Adds edges that belong to one fault.
    pub(super) fn add(&mut self, border: Vec<(FixedPoint, FixedPoint)>) {
        let mut first = None;
        for (a, b) in border {
            for p in [a, b] {
                let number = self.number(p);
                let one = *first.get_or_insert(number);
                let (one, other) = (self.root(one), self.root(number));
                self.joined[one.max(other)] = one.min(other);
            }
            if a != b {
                self.edges.push((a, b));
            }
        }
    }

    fn number(&mut self, p: FixedPoint) -> usize {
        let (positions, joined) = (&mut self.positions, &mut self.joined);
        *self.numbers.entry(p).or_insert_with(|| {
            positions.push(p);
            joined.push(joined.len());
            joined.len() - 1
        })
    }

    fn root(&mut self, mut number: usize) -> usize {
        while self.joined[number] != number {
            self.joined[number] = self.joined[self.joined[number]];
            number = self.joined[number];
        }
        number
    }

    /// Every position with the number of its crack.
    pub(super) fn cracks(&mut self) -> Vec<(FixedPoint, usize)> {
        (0..self.positions.len()).map(|number| (self.positions[number], self.root(number))).collect()
    }
}

/// Box around a position.
pub(super) fn around(p: FixedPoint, reach: f64) -> FixedBox {
    let reach = reach.ceil() as u32;
    FixedBox {
        min: FixedPoint { x: p.x.saturating_sub(reach), y: p.y.saturating_sub(reach) },
        max: FixedPoint { x: p.x.saturating_add(reach), y: p.y.saturating_add(reach) },
    }
}
