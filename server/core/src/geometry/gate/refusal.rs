//! What the gate says when it refuses: what, where, and what would be right.

use super::MAX_POSITIONS;
use crate::geometry::position::{FixedPoint, GeometryError, lonlat_from_fixed};
use std::fmt;

/// Where in the coordinates something is wrong, counted from 0 as in the JSON arrays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Where {
    /// The only position of a point.
    Point,
    /// The shape as a whole.
    Shape,
    /// A position of a line.
    Line {
        /// Number of the position.
        position: usize,
    },
    /// A polygon among several.
    Part {
        /// Number of the polygon.
        part: usize,
    },
    /// A ring; 0 is the outer one.
    Ring {
        /// Number of the polygon.
        part: usize,
        /// Number of the ring.
        ring: usize,
    },
    /// A position of a ring, or the edge that starts there.
    Position {
        /// Number of the polygon.
        part: usize,
        /// Number of the ring.
        ring: usize,
        /// Number of the position.
        position: usize,
    },
}

impl fmt::Display for Where {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Point => write!(f, "the point"),
            Self::Shape => write!(f, "the shape"),
            Self::Line { position } => write!(f, "position {position}"),
            Self::Part { part } => write!(f, "polygon {part}"),
            Self::Ring { part, ring } => write!(f, "polygon {part}, ring {ring}"),
            Self::Position { part, ring, position } => write!(f, "polygon {part}, ring {ring}, position {position}"),
        }
    }
}

/// A CRS84 position in a message, to a centimetre.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Near(f64, f64);

impl From<FixedPoint> for Near {
    fn from(p: FixedPoint) -> Self {
        let p = lonlat_from_fixed(p);
        Self(p.lon(), p.lat())
    }
}

impl fmt::Display for Near {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "[{:.7}, {:.7}]", self.0, self.1)
    }
}

/// Why coordinates were refused: what, where, and what would be right. Positions are counted from 0.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum GateError {
    /// Nothing there.
    #[error("{at} is empty; it needs at least one {needs}")]
    Empty {
        /// What is empty.
        at: Where,
        /// What belongs there.
        needs: &'static str,
    },
    /// A position without two or three numbers.
    #[error("{at} has {got} numbers; a position is [longitude, latitude], or with a height as third")]
    Numbers {
        /// Which position.
        at: Where,
        /// How many numbers it has.
        got: usize,
    },
    /// A position off the globe or the map.
    #[error("{source} ({at})")]
    OffMap {
        /// Which position.
        at: Where,
        /// What is wrong with it.
        #[source]
        source: GeometryError,
    },
    /// More positions than are taken.
    #[error("the shape has {got} positions; at most {MAX_POSITIONS} are taken")]
    TooMany {
        /// How many it has.
        got: usize,
    },
    /// A line or ring with too few positions.
    #[error("{at} has {got} positions; it needs at least {needs}")]
    TooFew {
        /// Which line or ring.
        at: Where,
        /// How many it has.
        got: usize,
        /// How many it needs.
        needs: usize,
    },
    /// A ring whose last position is not its first.
    #[error("{at} is not closed: it starts at [{}, {}] and ends at [{}, {}]; the last position must repeat the first", .first[0], .first[1], .last[0], .last[1])]
    Unclosed {
        /// Which ring.
        at: Where,
        /// Its first position.
        first: [f64; 2],
        /// Its last position.
        last: [f64; 2],
    },
    /// A step over half the globe.
    #[error(
        "the step from longitude {from} to {to} ({at}) crosses the antimeridian or spans half the globe; split the shape at longitude 180 (RFC 7946, 3.1.9)"
    )]
    Antimeridian {
        /// The position the step starts from.
        at: Where,
        /// Longitude before.
        from: f64,
        /// Longitude after.
        to: f64,
    },
    /// A line or ring that is a position or a straight line once rounded to 9 mm.
    #[error("{at} has no {}; all its positions are one, or on one line, once rounded to 9 mm", if matches!(.at, Where::Shape) { "length" } else { "area" })]
    Collapsed {
        /// Which line or ring.
        at: Where,
    },
    /// Edges that cross.
    #[error(
        "the edges from {first} and from {second} cross near {near}; rings must not cross themselves or one another"
    )]
    Crossing {
        /// Where one edge starts.
        first: Where,
        /// Where the other edge starts.
        second: Where,
        /// About where they cross.
        near: Near,
    },
    /// Edges that run along each other.
    #[error(
        "the edges at {first} and at {second} run along each other near {near}; no two edges of a shape may share more than a position"
    )]
    Overlap {
        /// Where one edge is.
        first: Where,
        /// Where the other edge is.
        second: Where,
        /// Where they begin to share their way.
        near: Near,
    },
    /// A ring that comes back to itself.
    #[error(
        "the ring touches itself at {near} ({first} and {second}); a ring passes a position once, a hole is a ring of its own"
    )]
    SelfTouch {
        /// The ring the first time.
        first: Where,
        /// The ring the second time.
        second: Where,
        /// Where it touches.
        near: Near,
    },
    /// Rings that cut the inside in two by touching.
    #[error("{first} and {second} touch at {near} and cut the inside in two; the parts must be polygons of their own")]
    Disconnected {
        /// One ring there.
        first: Where,
        /// Another ring there.
        second: Where,
        /// The last touch.
        near: Near,
    },
    /// A hole that is not in its polygon.
    #[error("{hole} is a hole but lies outside its outer ring (ring 0); holes lie inside it")]
    HoleOutside {
        /// The hole.
        hole: Where,
    },
    /// A hole in a hole.
    #[error("{hole} is a hole inside another hole, {other}; what lies in a hole is a polygon of its own")]
    HoleInHole {
        /// The inner one.
        hole: Where,
        /// The outer one.
        other: Where,
    },
    /// A part in a part.
    #[error("{part} lies inside {other}; the parts of a shape must not overlap")]
    PartInPart {
        /// The inner one.
        part: Where,
        /// The outer one.
        other: Where,
    },
}
