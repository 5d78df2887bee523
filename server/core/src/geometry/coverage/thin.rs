//! How thin a piece of land is.
//!
//! A piece is as wide as the largest circle in it. Lengths here are fixed-point units.

use super::land::{perimeter, to_edge};
use crate::geometry::exact::{doubled_area, edges};
use crate::geometry::inside::{EdgeBands, Place};
use crate::geometry::position::FixedPoint;
use crate::geometry::shape::{MultiPolygon, Polygon};

/// Squares looked at before a piece counts as wide; a sliver of a kilometre needs some ten thousand.
const MOST_SQUARES: usize = 200_000;

/// Whether no circle in a piece has a diameter above a width; to a tenth of it.
pub fn nowhere_wider_than(shape: &MultiPolygon, width: f64) -> bool {
    let doubled: i128 = shape.iter().flat_map(Polygon::rings).map(|ring| doubled_area(ring)).sum();
    // Everything inside is nearer to the edge than the widest circle's radius, so the area is at most that by the perimeter.
    if doubled as f64 > width * perimeter(shape) {
        return false;
    }
    let bands = EdgeBands::build(shape);
    let Some(bounds) = bands.bounds() else { return true };
    let all: Vec<_> = shape.iter().flat_map(Polygon::rings).flat_map(|ring| edges(ring)).collect();
    let half = |min: u32, max: u32| (f64::from(max) - f64::from(min)) / 2.0;
    let (wide, high) = (half(bounds.min.x, bounds.max.x), half(bounds.min.y, bounds.max.y));
    let middle = (f64::from(bounds.min.x) + wide, f64::from(bounds.min.y) + high);
    let mut search = Search { bands, radius: width / 2.0, left: MOST_SQUARES };
    !search.finds_wide(middle, wide.max(high).max(1.0), &all)
}

struct Search {
    bands: EdgeBands,
    radius: f64,
    left: usize,
}

impl Search {
    /// Whether a square holds a position inside and farther than the radius from every edge, or was too much work.
    fn finds_wide(&mut self, (x, y): (f64, f64), half: f64, edges: &[(FixedPoint, FixedPoint)]) -> bool {
        let Some(left) = self.left.checked_sub(1) else { return true };
        self.left = left;
        let reach = half * std::f64::consts::SQRT_2;
        let mut nearest = f64::INFINITY;
        let mut near = Vec::new();
        for edge in edges {
            let distance = to_edge(*edge, x, y);
            nearest = nearest.min(distance);
            // An edge farther off is farther than the radius from every position of the square.
            if distance <= self.radius + reach {
                near.push(*edge);
            }
        }
        if nearest + reach <= self.radius {
            return false;
        }
        if nearest > self.radius {
            let inside = self.bands.place(rounded(x, y)) == Place::Inside;
            if inside || nearest > reach {
                return inside;
            }
        }
        if half < self.radius / 16.0 || half < 0.5 {
            return false;
        }
        let half = half / 2.0;
        [(-half, -half), (half, -half), (-half, half), (half, half)]
            .into_iter()
            .any(|(dx, dy)| self.finds_wide((x + dx, y + dy), half, &near))
    }
}

fn rounded(x: f64, y: f64) -> FixedPoint {
    FixedPoint { x: x.round() as u32, y: y.round() as u32 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::gate;
    use proptest::prelude::*;

    fn ring(points: &[(f64, f64)]) -> MultiPolygon {
        let outer = points.iter().map(|(x, y)| rounded(1e6 + x, 1e6 + y)).collect();
        gate::fixed_polygons(vec![Polygon { outer, holes: Vec::new() }]).unwrap()
    }

    /// A strip from the middle at an angle.
    fn strip(length: f64, width: f64, angle: f64) -> MultiPolygon {
        let turn = |x: f64, y: f64| (x * angle.cos() - y * angle.sin(), x * angle.sin() + y * angle.cos());
        ring(&[turn(0.0, 0.0), turn(length, 0.0), turn(length, width), turn(0.0, width)])
    }

    #[test]
    fn a_blob_at_the_end_of_a_thread_is_wide() {
        let thread = ring(&[(0.0, 0.0), (50_000.0, 0.0), (50_000.0, 10.0), (0.0, 10.0)]);
        let blob = [(0.0, 0.0), (50_000.0, 0.0), (50_000.0, -300.0), (50_600.0, -300.0), (50_600.0, 300.0)];
        let blob = ring(&[&blob[..], &[(50_000.0, 300.0), (50_000.0, 10.0), (0.0, 10.0)]].concat());
        assert!(nowhere_wider_than(&thread, 100.0) && !nowhere_wider_than(&blob, 100.0));
        // The mean width of the blob is far below: the rule does not look at it alone.
        assert!(perimeter(&blob) * 100.0 > 2.0 * 600.0 * 600.0);
    }

    #[test]
    fn an_hour_s_work_is_not_begun() {
        // A thread of 40 km in zigzag, asked for a width just above its own: more squares than are looked at.
        let there: Vec<_> = (0..2_000).map(|i| (f64::from(i) * 2_000.0, f64::from(i % 2) * 3_000.0)).collect();
        let back = there.iter().rev().map(|(x, y)| (*x, y + 20.0));
        let zigzag = ring(&there.iter().copied().chain(back).collect::<Vec<_>>());
        assert!(nowhere_wider_than(&zigzag, 2_000.0));
        let _ = nowhere_wider_than(&zigzag, 21.0);
    }

    proptest! {
        #[test]
        fn a_strip_is_as_wide_as_it_is(length in 3_000.0..30_000.0f64, width in 50.0..500.0f64, angle in 0.0..6.0f64) {
            let strip = strip(length, width, angle);
            // Corners are rounded to a unit.
            prop_assert!(nowhere_wider_than(&strip, width + 2.0));
            prop_assert!(!nowhere_wider_than(&strip, width * 0.9 - 2.0));
        }
    }
}
