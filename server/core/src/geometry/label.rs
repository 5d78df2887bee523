//! Where the name of an area stands: a position surely inside it, near the middle of its largest part.
//!
//! It leaves out whether a text fits there; that is the renderer's question.

use super::exact::{doubled_area, edges};
use super::inside::{EdgeBands, Place};
use super::position::FixedPoint;
use super::shape::{MultiPolygon, Polygon};
use std::collections::BinaryHeap;

/// Squares looked at before the best so far is good enough; an ordinary area needs about forty.
const MOST_SQUARES: usize = 400;

/// A position inside polygons and on no border, near the middle of the largest part.
///
/// None only for shapes so thin that no whole fixed-point position (9 mm) is inside. The middle is the one farthest from
/// any edge, to a twentieth of that distance. Source: the quadtree search of mapbox/polylabel, checked exactly.
pub fn interior_point(polygons: &MultiPolygon) -> Option<FixedPoint> {
    let mut parts: Vec<_> = polygons.iter().collect();
    parts.sort_by_key(|part| std::cmp::Reverse(doubled_area(&part.outer).unsigned_abs()));
    parts.into_iter().find_map(|part| {
        let bands = EdgeBands::build(&vec![part.clone()]);
        let inside = |p: &FixedPoint| bands.place(*p) == Place::Inside;
        far_from_edges(part, &bands).filter(inside).or_else(|| across(part).find(inside))
    })
}

struct Square {
    x: f64,
    y: f64,
    half: f64,
    /// To the nearest edge, negative outside.
    distance: f64,
    /// No position in the square can be farther from the edges.
    most: f64,
}

impl PartialEq for Square {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}
impl Eq for Square {}
impl PartialOrd for Square {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Square {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        // The rest only makes the order the same on every run.
        self.most.total_cmp(&other.most).then(self.x.total_cmp(&other.x)).then(self.y.total_cmp(&other.y))
    }
}

/// Middle of the largest circle in a part, rounded to a position; that may be on an edge in a part a few units wide.
fn far_from_edges(part: &Polygon, bands: &EdgeBands) -> Option<FixedPoint> {
    let bounds = bands.bounds()?;
    let square = |x: f64, y: f64, half: f64| {
        let distance = distance_inside(part, bands, x, y);
        Square { x, y, half, distance, most: distance + half * std::f64::consts::SQRT_2 }
    };
    let (width, height) = (f64::from(bounds.max.x - bounds.min.x), f64::from(bounds.max.y - bounds.min.y));
    let side = width.min(height).max(width.max(height) / 16.0);
    if side <= 0.0 {
        return None;
    }
    let (west, north) = (f64::from(bounds.min.x), f64::from(bounds.min.y));
    let mut waiting = BinaryHeap::new();
    for row in 0..(height / side).ceil() as u32 {
        for column in 0..(width / side).ceil() as u32 {
            let middle = |start: f64, i: u32| start + (f64::from(i) + 0.5) * side;
            waiting.push(square(middle(west, column), middle(north, row), side / 2.0));
        }
    }
    let mut best = square(west + width / 2.0, north + height / 2.0, 0.0);
    let mut squares = 0;
    while let Some(next) = waiting.pop() {
        squares += 1;
        let enough = best.distance + (best.distance / 20.0).max(1.0);
        if next.most <= enough || squares > MOST_SQUARES {
            break;
        }
        let (x, y, half) = (next.x, next.y, next.half / 2.0);
        if next.distance > best.distance {
            best = next;
        }
        for (dx, dy) in [(-half, -half), (half, -half), (-half, half), (half, half)] {
            waiting.push(square(x + dx, y + dy, half));
        }
    }
    Some(rounded(best.x, best.y))
}

fn rounded(x: f64, y: f64) -> FixedPoint {
    let unit = |v: f64| v.round().clamp(0.0, f64::from(u32::MAX)) as u32;
    FixedPoint { x: unit(x), y: unit(y) }
}

/// Distance to the nearest edge in units, negative when the position, rounded, is not inside.
fn distance_inside(part: &Polygon, bands: &EdgeBands, x: f64, y: f64) -> f64 {
    let to_edge = |(a, b): (FixedPoint, FixedPoint)| {
        let (ax, ay) = (f64::from(a.x), f64::from(a.y));
        let (dx, dy) = (f64::from(b.x) - ax, f64::from(b.y) - ay);
        let length_2 = dx * dx + dy * dy;
        let along = if length_2 > 0.0 { (((x - ax) * dx + (y - ay) * dy) / length_2).clamp(0.0, 1.0) } else { 0.0 };
        let (ex, ey) = (ax + along * dx - x, ay + along * dy - y);
        ex * ex + ey * ey
    };
    let nearest = part.rings().flat_map(|ring| edges(ring)).map(to_edge).fold(f64::INFINITY, f64::min).sqrt();
    if bands.place(rounded(x, y)) == Place::Inside { nearest } else { -nearest }
}

/// Positions midway between the edges met at heights between the corners: for parts too thin for the search.
fn across(part: &Polygon) -> impl Iterator<Item = FixedPoint> + '_ {
    let mut heights: Vec<u32> = part.rings().flatten().map(|p| p.y).collect();
    heights.sort_unstable();
    heights.dedup();
    let between: Vec<u32> = heights.windows(2).map(|pair| pair[0] + (pair[1] - pair[0]) / 2).collect();
    between.into_iter().chain(heights).flat_map(move |y| {
        let meets = |(a, b): (FixedPoint, FixedPoint)| {
            let (top, low) = if a.y <= b.y { (a, b) } else { (b, a) };
            (top.y <= y && y < low.y).then(|| {
                let share = f64::from(y - top.y) / f64::from(low.y - top.y);
                f64::from(top.x) + share * (f64::from(low.x) - f64::from(top.x))
            })
        };
        let mut meets: Vec<f64> = part.rings().flat_map(|ring| edges(ring)).filter_map(meets).collect();
        meets.sort_by(f64::total_cmp);
        let mut gaps: Vec<_> = meets.windows(2).map(|pair| (pair[1] - pair[0], (pair[0] + pair[1]) / 2.0)).collect();
        gaps.sort_by(|a, b| b.0.total_cmp(&a.0));
        gaps.into_iter().map(move |(_, x)| rounded(x, f64::from(y))).collect::<Vec<_>>()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::inside::place;
    use proptest::prelude::*;

    fn ring(points: &[(u32, u32)]) -> Vec<FixedPoint> {
        points.iter().map(|&(x, y)| FixedPoint { x, y }).collect()
    }

    fn polygon(points: &[(u32, u32)]) -> Polygon {
        Polygon { outer: ring(points), holes: Vec::new() }
    }

    #[test]
    fn a_square_is_named_in_its_middle_and_the_largest_part_is_chosen() {
        let small = polygon(&[(0, 0), (10, 0), (10, 10), (0, 10)]);
        let large = polygon(&[(1000, 1000), (2000, 1000), (2000, 2000), (1000, 2000)]);
        assert_eq!(interior_point(&vec![small, large]), Some(FixedPoint { x: 1500, y: 1500 }));
        assert_eq!(interior_point(&Vec::new()), None);
    }

    #[test]
    fn a_square_with_a_hole_is_named_beside_the_hole() {
        let mut shape = polygon(&[(0, 0), (900, 0), (900, 900), (0, 900)]);
        shape.holes.push(ring(&[(100, 100), (100, 800), (600, 800), (600, 100)]));
        let p = interior_point(&vec![shape]).unwrap();
        assert!(p.x > 600, "{p:?}");
    }

    #[test]
    fn a_sliver_is_named_inside_or_not_at_all() {
        let long = vec![polygon(&[(0, 0), (1_000_000, 500_000), (1_000_000, 500_002)])];
        assert_eq!(interior_point(&long).map(|p| place(&long, p)), Some(Place::Inside));
        let hair = vec![polygon(&[(0, 0), (1, 0), (1, 1)])];
        assert_eq!(interior_point(&hair), None);
    }

    proptest! {
        #[test]
        fn the_position_is_inside_whatever_the_star(radii in prop::collection::vec(20u32..1_000_000, 3..40)) {
            let step = std::f64::consts::TAU / radii.len() as f64;
            let corner = |(i, r): (usize, &u32)| {
                let (sin, cos) = (i as f64 * step).sin_cos();
                ((2e6 + cos * f64::from(*r)) as u32, (2e6 + sin * f64::from(*r)) as u32)
            };
            let shape = vec![polygon(&radii.iter().enumerate().map(corner).collect::<Vec<_>>())];
            let p = interior_point(&shape).unwrap();
            prop_assert_eq!(place(&shape, p), Place::Inside);
        }
    }
}
