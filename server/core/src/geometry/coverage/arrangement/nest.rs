//! Which face each connected piece of the borders lies in.

use super::cells::Span;
use super::{Face, HalfEdge};
use crate::geometry::position::FixedPoint;
use crate::geometry::status::{Edge, Key};
use std::collections::BTreeSet;

/// Gives every cycle without a face the one around its piece.
///
/// `spokes` are the half-edges by their origin from west to east, `cycle` has the cycle of each, `face_of` the face of each
/// cycle that encloses one. Of the rest there is one a piece: its outside.
pub(super) fn nest(edges: &[Span], spokes: &[HalfEdge], cycle: &[u32], face_of: &mut [Option<Face>]) {
    let pieces = pieces(edges.len(), spokes, cycle, face_of.len());
    let outer: Vec<u32> = (0..face_of.len() as u32).filter(|c| face_of[*c as usize].is_none()).collect();
    if let [only] = outer[..] {
        face_of[only as usize] = Some(0);
        return;
    }
    let mut outside = vec![None; face_of.len()];
    for c in outer {
        outside[pieces[c as usize] as usize] = Some(c);
    }
    let origin = |half: HalfEdge| {
        let (a, b): (FixedPoint, FixedPoint) = edges[half as usize / 2];
        if half & 1 == 0 { a } else { b }
    };
    let key = |half: HalfEdge| {
        let (a, b) = edges[half as usize / 2];
        Key::Edge(Edge { a, b, id: half / 2, ring: 0, forward: true })
    };
    let mut status: BTreeSet<Key> = BTreeSet::new();
    for here in spokes.chunk_by(|s, t| origin(*s) == origin(*t)) {
        for half in here.iter().filter(|half| **half & 1 == 1) {
            status.remove(&key(*half));
        }
        // The first position of a piece: what runs directly under it is of a piece begun before, which has its face.
        let piece = pieces[cycle[here[0] as usize] as usize];
        if let Some(open) = outside[piece as usize].take() {
            let under = status.range(..Key::Below(origin(here[0]))).next_back().and_then(Key::edge);
            let face = under.and_then(|edge| face_of[cycle[2 * edge.id as usize] as usize]);
            face_of[open as usize] = Some(face.unwrap_or(0));
        }
        status.extend(here.iter().filter(|half| **half & 1 == 0).map(|half| key(*half)));
    }
}

/// The piece of every cycle, named by one of its cycles.
fn pieces(edges: usize, spokes: &[HalfEdge], cycle: &[u32], cycles: usize) -> Vec<u32> {
    let mut joined: Vec<u32> = (0..cycles as u32).collect();
    for edge in 0..edges {
        join(&mut joined, cycle[2 * edge], cycle[2 * edge + 1]);
    }
    debug_assert_eq!(spokes.len(), 2 * edges);
    (0..cycles as u32).map(|c| root(&mut joined, c)).collect()
}

/// Joins two groups (union-find).
pub(super) fn join(joined: &mut [u32], one: u32, other: u32) {
    let (one, other) = (root(joined, one), root(joined, other));
    joined[one.max(other) as usize] = one.min(other);
}

/// Name of a member's group.
pub(super) fn root(joined: &mut [u32], mut member: u32) -> u32 {
    while joined[member as usize] != member {
        let above = joined[joined[member as usize] as usize];
        joined[member as usize] = above;
        member = above;
    }
    member
}
