//! What rounding to the grid does to edges: where crossings go, and which positions an edge passes over once rounded.
//!
//! Exact throughout. The pixel of a position is the square of side one unit around it, its western and northern sides in.

use crate::geometry::exact::cross;
use crate::geometry::position::FixedPoint;

/// Where two edges that cross properly do so, rounded half up; the same whichever way and in whichever order they are given.
pub(super) fn crossing((a, b): (FixedPoint, FixedPoint), (c, d): (FixedPoint, FixedPoint)) -> FixedPoint {
    let from = cross(c, d, a);
    let run = from - cross(c, d, b);
    let between = |u: u32, v: u32| {
        let step = i128::from(v) - i128::from(u);
        // u + step * from / run, and a half, rounded down.
        let doubled = 2 * from * step * run.signum() + run.abs();
        (i128::from(u) + doubled.div_euclid(2 * run.abs())) as u32
    };
    FixedPoint { x: between(a.x, b.x), y: between(a.y, b.y) }
}

/// Whether an edge passes through the pixel of a position that is neither of its ends.
pub(super) fn passes_pixel(a: FixedPoint, b: FixedPoint, p: FixedPoint) -> bool {
    let within = |u: u32, v: u32, w: u32| u.min(v) <= w && w <= u.max(v);
    // Ends are whole numbers: beyond the edge's box the pixel is at least half a unit away.
    if !within(a.x, b.x, p.x) || !within(a.y, b.y, p.y) || p == a || p == b {
        return false;
    }
    let side = cross(a, b, p);
    let (dx, dy) = (i128::from(b.x) - i128::from(a.x), i128::from(b.y) - i128::from(a.y));
    match (2 * side.abs()).cmp(&(dx.abs() + dy.abs())) {
        std::cmp::Ordering::Less => true,
        // The edge meets nothing but a corner; the north-western one is the only corner that is in.
        std::cmp::Ordering::Equal => side.signum() * dy < 0 && side.signum() * dx > 0,
        std::cmp::Ordering::Greater => false,
    }
}

/// How far along the edge from `a` to `b` a position is; only for comparing with another of the same edge.
pub(super) fn along(a: FixedPoint, b: FixedPoint, p: FixedPoint) -> i128 {
    let step = |from: u32, to: u32| i128::from(to) - i128::from(from);
    step(a.x, b.x) * step(a.x, p.x) + step(a.y, b.y) * step(a.y, p.y)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::exact::crosses_properly;
    use proptest::prelude::*;

    fn at(x: u32, y: u32) -> FixedPoint {
        FixedPoint { x, y }
    }

    #[test]
    fn a_crossing_halfway_goes_to_the_greater_number() {
        assert_eq!(crossing((at(0, 0), at(1, 1)), (at(0, 1), at(1, 0))), at(1, 1));
        assert_eq!(crossing((at(0, 0), at(10, 4)), (at(5, 0), at(5, 9))), at(5, 2));
    }

    #[test]
    fn of_the_corners_of_a_pixel_one_is_in() {
        // The edge runs through (0.5, 0.5), a corner of four pixels: it is the north-western one of (1, 1) alone.
        let (a, b) = (at(0, 1), at(1, 0));
        assert!(passes_pixel(a, b, at(1, 1)) && passes_pixel(b, a, at(1, 1)));
        assert!(!passes_pixel(a, b, at(0, 0)) && !passes_pixel(b, a, at(0, 0)));
    }

    /// The pixel test by the definition: any position of the edge in the square.
    fn passes_by_sampling(a: FixedPoint, b: FixedPoint, p: FixedPoint) -> bool {
        // Edges here are at most 7 wide and high, so they enter and leave pixels at multiples of 1/840 of their way.
        let steps = 1680;
        (1..steps).any(|i| {
            let at = |u: u32, v: u32| i64::from(u) * (steps - i) + i64::from(v) * i;
            let holds =
                |v: i64, c: u32| (2 * i64::from(c) - 1) * steps <= 2 * v && 2 * v < (2 * i64::from(c) + 1) * steps;
            holds(at(a.x, b.x), p.x) && holds(at(a.y, b.y), p.y)
        })
    }

    proptest! {
        #[test]
        fn the_pixel_test_agrees_with_looking_along_the_edge(x in 0u32..8, y in 0u32..8, u in 0u32..8, v in 0u32..8) {
            let (a, b) = (at(x, y), at(u, v));
            prop_assume!(a != b);
            for p in (0..8).flat_map(|x| (0..8).map(move |y| at(x, y))).filter(|p| *p != a && *p != b) {
                prop_assert_eq!(passes_pixel(a, b, p), passes_by_sampling(a, b, p), "{:?} {:?} {:?}", a, b, p);
                prop_assert_eq!(passes_pixel(a, b, p), passes_pixel(b, a, p));
            }
        }

        #[test]
        fn both_edges_pass_the_pixel_of_their_crossing(p in prop::array::uniform8(0u32..1_000_000)) {
            let [a, b, c, d] = [at(p[0], p[1]), at(p[2], p[3]), at(p[4], p[5]), at(p[6], p[7])];
            if !crosses_properly(a, b, c, d) {
                return Ok(());
            }
            let x = crossing((a, b), (c, d));
            for (from, to) in [(a, b), (c, d)] {
                prop_assert!(x == from || x == to || passes_pixel(from, to, x));
            }
            prop_assert_eq!(x, crossing((d, c), (b, a)));
        }
    }
}
