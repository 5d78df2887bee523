//! Exact predicates on fixed-point positions: no answer here is rounded.
//!
//! It leaves out anything that would need a new position: intersections are computed where they are used.

use super::position::FixedPoint;
use std::cmp::Ordering;

/// Twice the signed area of the triangle `a b c`; positive when `c` lies left of `a → b` with x east and y counted as up.
///
/// On the map, where y runs south, positive reads as a turn clockwise.
pub fn cross(a: FixedPoint, b: FixedPoint, c: FixedPoint) -> i128 {
    if let Some(area) = small_cross(a, b, c) {
        return i128::from(area);
    }
    let wide = |v: u32| i128::from(v);
    let (bx, by) = (wide(b.x) - wide(a.x), wide(b.y) - wide(a.y));
    let (cx, cy) = (wide(c.x) - wide(a.x), wide(c.y) - wide(a.y));
    bx * cy - by * cx
}

/// [`cross`] where it surely fits: within half the world every product has 62 bits. That is the common case by far.
fn small_cross(a: FixedPoint, b: FixedPoint, c: FixedPoint) -> Option<i64> {
    const SMALL: i64 = 1 << 31;
    let small = |v: u32, from: u32| Some(i64::from(v) - i64::from(from)).filter(|d| -SMALL < *d && *d < SMALL);
    Some(small(b.x, a.x)? * small(c.y, a.y)? - small(b.y, a.y)? * small(c.x, a.x)?)
}

/// Sign of [`cross`]: 1, 0 (on one line) or -1.
pub fn turn(a: FixedPoint, b: FixedPoint, c: FixedPoint) -> i8 {
    match small_cross(a, b, c) {
        Some(area) => area.signum() as i8,
        None => cross(a, b, c).signum() as i8,
    }
}

/// Whether `p` lies on the segment `a b`, its ends included.
pub fn on_segment(a: FixedPoint, b: FixedPoint, p: FixedPoint) -> bool {
    let within = |u: u32, v: u32, w: u32| u.min(v) <= w && w <= u.max(v);
    within(a.x, b.x, p.x) && within(a.y, b.y, p.y) && cross(a, b, p) == 0
}

/// Whether the insides of two segments cross in one position that is an end of neither.
pub fn crosses_properly(a: FixedPoint, b: FixedPoint, c: FixedPoint, d: FixedPoint) -> bool {
    turn(a, b, c) * turn(a, b, d) < 0 && turn(c, d, a) * turn(c, d, b) < 0
}

/// Order of directions around a position, by angle: those to the east first, with x east and y counted as up.
pub fn around_point(p: FixedPoint, s: FixedPoint, t: FixedPoint) -> Ordering {
    let later_half = |q: FixedPoint| q < p;
    later_half(s).cmp(&later_half(t)).then_with(|| 0.cmp(&cross(p, s, t)))
}

/// Twice the signed area of a ring; positive when it runs clockwise as seen on the map.
pub fn doubled_area(ring: &[FixedPoint]) -> i128 {
    let Some(&origin) = ring.first() else { return 0 };
    ring.windows(2).map(|edge| cross(origin, edge[0], edge[1])).sum()
}

/// Edges of a ring, the closing one last.
pub fn edges(ring: &[FixedPoint]) -> impl Iterator<Item = (FixedPoint, FixedPoint)> + '_ {
    ring.iter().zip(ring.iter().cycle().skip(1)).map(|(a, b)| (*a, *b))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn point() -> impl Strategy<Value = FixedPoint> {
        (any::<u32>(), any::<u32>()).prop_map(|(x, y)| FixedPoint { x, y })
    }

    #[test]
    fn the_corners_of_the_world_do_not_overflow() {
        let at = |x, y| FixedPoint { x, y };
        let max = u32::MAX;
        let side = i128::from(max);
        assert_eq!(cross(at(0, 0), at(max, 0), at(max, max)), side * side);
        assert_eq!(cross(at(max, max), at(max, 0), at(0, 0)), -(side * side));
        assert_eq!(doubled_area(&[at(0, 0), at(max, 0), at(max, max), at(0, max)]), 2 * side * side);
        assert_eq!(turn(at(0, max), at(max, 0), at(max - 1, 1)), 0);
        assert_eq!(turn(at(0, max), at(max, 0), at(max - 1, 2)), 1);
    }

    #[test]
    fn an_end_on_a_segment_is_no_proper_crossing() {
        let at = |x, y| FixedPoint { x, y };
        assert!(crosses_properly(at(0, 0), at(4, 4), at(0, 4), at(4, 0)));
        assert!(!crosses_properly(at(0, 0), at(4, 4), at(2, 2), at(4, 0)));
        assert!(on_segment(at(0, 0), at(4, 4), at(2, 2)) && !on_segment(at(0, 0), at(4, 4), at(5, 5)));
    }

    proptest! {
        #[test]
        fn turning_the_triangle_keeps_its_area_and_swapping_two_corners_negates_it(a in point(), b in point(), c in point()) {
            prop_assert_eq!(cross(a, b, c), cross(b, c, a));
            prop_assert_eq!(cross(a, b, c), -cross(b, a, c));
            prop_assert_eq!(cross(a, b, c), doubled_area(&[a, b, c]));
        }
    }
}
