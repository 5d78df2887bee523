//! Edges and positions dealt out into cells so small that few are in each: who is near whom.
//!
//! The plane is quartered until a cell holds few edges. Work is counted, never timed, and whoever makes too much of it is
//! named and left out, so that no input takes longer than its size allows.

use crate::geometry::exact::turn;
use crate::geometry::position::FixedPoint;
use crate::geometry::shape::FixedBox;

/// An edge from its lesser to its greater end.
pub(super) type Span = (FixedPoint, FixedPoint);

/// Edges a cell may hold without being quartered.
const FEW: usize = 24;
/// Side of the smallest cell, units.
const SMALLEST: u64 = 8;
/// Edges at which a smallest cell is too full.
const CROWD: usize = 2_000;

/// A position edges may pass over.
#[derive(Debug, Clone, Copy)]
pub(super) struct Node {
    /// Where it is.
    pub(super) at: FixedPoint,
    /// Whether it is new since the last look.
    pub(super) fresh: bool,
}

/// What is done where few edges are, and who is in the way.
pub(super) trait Visit {
    /// Whether an edge still counts.
    fn counts(&self, edge: u32) -> bool;
    /// Whether an edge is new since the last look.
    fn fresh(&self, edge: u32) -> bool;
    /// Looks at the edges that meet a cell or its rim of one unit, and at the positions in it.
    fn look(&mut self, cell: FixedBox, edges: &[u32], nodes: &[Node]);
    /// Too many edges, or too much work, in this cell: whoever has most of them should not count any more.
    fn crowded(&mut self, cell: FixedBox, edges: &[u32]);
}

/// Deals edges and positions out and shows every cell that has something new in it.
pub(super) fn deal(edges: &[Span], nodes: &mut [Node], visit: &mut impl Visit) {
    let Some(bounds) = FixedBox::around(edges.iter().flat_map(|(a, b)| [a, b])) else { return };
    let span = u64::from(bounds.max.x - bounds.min.x).max(u64::from(bounds.max.y - bounds.min.y)) + 1;
    let mut dealer = Dealer {
        edges,
        // A wholesome edge is in some twenty cells on the way down to its own.
        left: 200 * edges.len() as u64 + 4_000_000,
        stack: (0..edges.len() as u32).filter(|edge| visit.counts(*edge)).collect(),
    };
    let end = dealer.stack.len();
    let corner = (u64::from(bounds.min.x), u64::from(bounds.min.y));
    dealer.quarter(Cell { corner, side: span.next_power_of_two() }, 0..end, nodes, visit);
}

/// Work granted again after somebody was left out.
const GRANT: u64 = 1_000_000;

struct Dealer<'a> {
    edges: &'a [Span],
    /// Edges that may still be dealt.
    left: u64,
    /// Edges of the cells on the way down, one cell behind another.
    stack: Vec<u32>,
}

#[derive(Clone, Copy)]
struct Cell {
    corner: (u64, u64),
    side: u64,
}

impl Cell {
    /// The cell with a rim around it.
    fn bounds(self, rim: u64) -> FixedBox {
        let fit = |v: u64| v.min(u64::from(u32::MAX)) as u32;
        let (x, y) = self.corner;
        let last = self.side - 1 + rim;
        FixedBox {
            min: FixedPoint { x: fit(x.saturating_sub(rim)), y: fit(y.saturating_sub(rim)) },
            max: FixedPoint { x: fit(x + last), y: fit(y + last) },
        }
    }
}

impl Dealer<'_> {
    fn quarter(&mut self, cell: Cell, own: std::ops::Range<usize>, nodes: &mut [Node], visit: &mut impl Visit) {
        if !self.stack[own.clone()].iter().any(|edge| visit.fresh(*edge)) && !nodes.iter().any(|node| node.fresh) {
            return;
        }
        let full = own.len() > CROWD && cell.side <= SMALLEST;
        if full || self.left < own.len() as u64 {
            visit.crowded(cell.bounds(1), &self.stack[own.clone()]);
            self.left += GRANT;
        }
        if own.len() <= FEW || cell.side <= SMALLEST {
            if !full {
                visit.look(cell.bounds(0), &self.stack[own], nodes);
            }
            return;
        }
        self.left = self.left.saturating_sub(own.len() as u64);
        let half = cell.side / 2;
        let (west, south) = (cell.corner.0 + half, cell.corner.1 + half);
        let middle = partition(nodes, |node| u64::from(node.at.y) < south);
        let (north_nodes, south_nodes) = nodes.split_at_mut(middle);
        for (nodes, y) in [(north_nodes, cell.corner.1), (south_nodes, south)] {
            let middle = partition(nodes, |node| u64::from(node.at.x) < west);
            let (west_nodes, east_nodes) = nodes.split_at_mut(middle);
            for (nodes, x) in [(west_nodes, cell.corner.0), (east_nodes, west)] {
                let quarter = Cell { corner: (x, y), side: half };
                let window = quarter.bounds(1);
                let start = self.stack.len();
                for i in own.clone() {
                    let edge = self.stack[i];
                    if visit.counts(edge) && meets(self.edges[edge as usize], window) {
                        self.stack.push(edge);
                    }
                }
                self.quarter(quarter, start..self.stack.len(), nodes, visit);
                self.stack.truncate(start);
            }
        }
    }
}

/// Puts those that pass first and says how many they are.
fn partition(nodes: &mut [Node], pass: impl Fn(&Node) -> bool) -> usize {
    let mut count = 0;
    for i in 0..nodes.len() {
        if pass(&nodes[i]) {
            nodes.swap(i, count);
            count += 1;
        }
    }
    count
}

/// Whether an edge and a box share a position.
fn meets((a, b): Span, window: FixedBox) -> bool {
    let (top, low) = if a.y <= b.y { (a.y, b.y) } else { (b.y, a.y) };
    if b.x < window.min.x || a.x > window.max.x || low < window.min.y || top > window.max.y {
        return false;
    }
    // All corners on one side of it: it passes by.
    let corner = |x: u32, y: u32| turn(a, b, FixedPoint { x, y });
    let (min, max) = (window.min, window.max);
    let first = corner(min.x, min.y);
    first == 0 || corner(max.x, min.y) != first || corner(max.x, max.y) != first || corner(min.x, max.y) != first
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::exact::crosses_properly;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    fn at((x, y): (u32, u32)) -> FixedPoint {
        FixedPoint { x, y }
    }

    /// Notes every pair and every position beside every edge it was shown.
    struct Notes<'a> {
        edges: &'a [Span],
        pairs: BTreeSet<(u32, u32)>,
        beside: BTreeSet<(u32, FixedPoint)>,
    }

    impl Visit for Notes<'_> {
        fn counts(&self, _: u32) -> bool {
            true
        }
        fn fresh(&self, _: u32) -> bool {
            true
        }
        fn look(&mut self, _: FixedBox, edges: &[u32], nodes: &[Node]) {
            for (i, s) in edges.iter().enumerate() {
                self.pairs.extend(edges[..i].iter().map(|t| (*s.min(t), *s.max(t))));
                self.beside.extend(nodes.iter().map(|node| (*s, node.at)));
            }
        }
        fn crowded(&mut self, _: FixedBox, _: &[u32]) {}
    }

    proptest! {
        #[test]
        fn edges_that_cross_and_positions_under_edges_meet_in_a_cell(
            ends in prop::collection::vec(((0u32..400, 0u32..400), (0u32..400, 0u32..400)), 30..90)
        ) {
            let edges: Vec<Span> =
                ends.iter().map(|(a, b)| (at(*a).min(at(*b)), at(*a).max(at(*b)))).filter(|(a, b)| a != b).collect();
            let mut nodes: Vec<Node> = edges.iter().map(|(a, _)| Node { at: *a, fresh: true }).collect();
            let mut notes = Notes { edges: &edges, pairs: BTreeSet::new(), beside: BTreeSet::new() };
            deal(&edges, &mut nodes, &mut notes);
            for (s, (a, b)) in (0u32..).zip(notes.edges) {
                for (t, (c, d)) in (0u32..).zip(&edges).skip(s as usize + 1) {
                    prop_assert!(!crosses_properly(*a, *b, *c, *d) || notes.pairs.contains(&(s, t)));
                }
                for p in edges.iter().map(|(p, _)| *p) {
                    prop_assert!(!super::super::pixel::passes_pixel(*a, *b, p) || notes.beside.contains(&(s, p)));
                }
            }
        }
    }
}
