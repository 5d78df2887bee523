//! The order of edges along a sweep line that runs from west to east, exact for edges that do not cross.
//!
//! It holds no edges itself: those who sweep keep keys in a set of their own.

use super::exact::turn;
use super::position::FixedPoint;
use std::cmp::Ordering;

/// An edge from its western end `a` to its eastern end `b` (northern first when upright).
#[derive(Debug, Clone, Copy)]
pub(super) struct Edge {
    /// Its western end.
    pub(super) a: FixedPoint,
    /// Its eastern end.
    pub(super) b: FixedPoint,
    /// Number of the vertex it starts from in its ring's own direction, counted over all rings.
    pub(super) id: u32,
    /// The ring it belongs to.
    pub(super) ring: u32,
    /// Whether the ring runs from `a` to `b`.
    pub(super) forward: bool,
}

/// What the sweep's status is ordered by: edges, and places just below and above a position.
#[derive(Debug, Clone, Copy)]
pub(super) enum Key {
    /// An edge the sweep line meets.
    Edge(Edge),
    /// Just below a position.
    Below(FixedPoint),
    /// Just above a position.
    Above(FixedPoint),
}

impl Key {
    /// The edge, where it is one.
    pub(super) fn edge(&self) -> Option<&Edge> {
        match self {
            Self::Edge(edge) => Some(edge),
            _ => None,
        }
    }
}

/// Order of two edges that do not cross and that some sweep line meets both.
fn cmp_edges(s: &Edge, t: &Edge) -> Ordering {
    if s.id == t.id {
        return Ordering::Equal;
    }
    if s.a > t.a {
        return cmp_edges(t, s).reverse();
    }
    match turn(s.a, s.b, t.a) {
        0 => 0.cmp(&turn(s.a, s.b, t.b)).then(s.id.cmp(&t.id)),
        side => 0.cmp(&side),
    }
}

impl Ord for Key {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Edge(s), Self::Edge(t)) => cmp_edges(s, t),
            (Self::Edge(s), Self::Below(p)) => 0.cmp(&turn(s.a, s.b, *p)).then(Ordering::Greater),
            (Self::Edge(s), Self::Above(p)) => 0.cmp(&turn(s.a, s.b, *p)).then(Ordering::Less),
            (_, Self::Edge(_)) => other.cmp(self).reverse(),
            (Self::Below(p), Self::Below(q)) | (Self::Above(p), Self::Above(q)) => p.cmp(q),
            (Self::Below(_), Self::Above(_)) => Ordering::Less,
            (Self::Above(_), Self::Below(_)) => Ordering::Greater,
        }
    }
}
impl PartialOrd for Key {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl PartialEq for Key {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}
impl Eq for Key {}
