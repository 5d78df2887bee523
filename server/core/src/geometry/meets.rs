//! Whether shapes share a position with a region, borders included, in exact integer arithmetic.

use super::exact::{crosses_properly, edges, on_segment};
use super::inside::{EdgeBands, Place, place};
use super::position::FixedPoint;
use super::shape::{FixedBox, MultiPolygon, Polygon, Shape};

/// Polygons laid out to be asked often.
#[derive(Debug, Clone)]
pub struct Region {
    bands: EdgeBands,
    edges: Vec<(FixedPoint, FixedPoint)>,
    /// A position of every part.
    corners: Vec<FixedPoint>,
}

impl Region {
    /// Region of polygons.
    pub fn build(polygons: &MultiPolygon) -> Self {
        let edges = polygons.iter().flat_map(Polygon::rings).flat_map(|ring| edges(ring)).collect();
        let corners = polygons.iter().filter_map(|polygon| polygon.outer.first().copied()).collect();
        Self { bands: EdgeBands::build(polygons), edges, corners }
    }

    /// Whether a position lies in it or on its border.
    pub fn holds(&self, p: FixedPoint) -> bool {
        self.bands.place(p) != Place::Outside
    }

    /// Whether a shape shares a position with it.
    pub fn meets(&self, shape: &Shape) -> bool {
        match shape {
            Shape::Point(at) => self.holds(*at),
            Shape::Line(line) => self.meets_line(line),
            Shape::Polygons(polygons) => self.meets_polygons(polygons),
        }
    }

    /// Whether a line shares a position with it.
    pub fn meets_line(&self, line: &[FixedPoint]) -> bool {
        self.is_near(FixedBox::around(line))
            && (line.iter().any(|p| self.holds(*p)) || self.crosses(line.windows(2).map(|ends| (ends[0], ends[1]))))
    }

    fn meets_polygons(&self, polygons: &MultiPolygon) -> bool {
        self.is_near(FixedBox::around(polygons.iter().flat_map(|polygon| &polygon.outer)))
            && (polygons.iter().flat_map(|polygon| &polygon.outer).any(|p| self.holds(*p))
                // One may lie inside the other without an edge crossing.
                || self.corners.iter().any(|p| place(polygons, *p) != Place::Outside)
                || self.crosses(polygons.iter().flat_map(Polygon::rings).flat_map(|ring| edges(ring))))
    }

    fn is_near(&self, bounds: Option<FixedBox>) -> bool {
        bounds.zip(self.bands.bounds()).is_some_and(|(one, other)| one.meets(other))
    }

    fn crosses(&self, mut segments: impl Iterator<Item = (FixedPoint, FixedPoint)>) -> bool {
        segments.any(|(a, b)| {
            let near = FixedBox::around([&a, &b]);
            self.is_near(near) && self.edges.iter().any(|(c, d)| segments_meet(a, b, *c, *d))
        })
    }
}

fn segments_meet(a: FixedPoint, b: FixedPoint, c: FixedPoint, d: FixedPoint) -> bool {
    let apart = |u: u32, v: u32, w: u32, x: u32| u.max(v) < w.min(x) || w.max(x) < u.min(v);
    if apart(a.x, b.x, c.x, d.x) || apart(a.y, b.y, c.y, d.y) {
        return false;
    }
    crosses_properly(a, b, c, d)
        || on_segment(a, b, c)
        || on_segment(a, b, d)
        || on_segment(c, d, a)
        || on_segment(c, d, b)
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo::{Coord, Intersects, LineString};
    use proptest::prelude::*;

    fn ring(points: &[(u32, u32)]) -> Vec<FixedPoint> {
        points.iter().map(|&(x, y)| FixedPoint { x, y }).collect()
    }

    fn square(x: u32, y: u32, side: u32) -> Polygon {
        Polygon { outer: ring(&[(x, y), (x + side, y), (x + side, y + side), (x, y + side)]), holes: Vec::new() }
    }

    fn with_hole() -> MultiPolygon {
        vec![Polygon { holes: vec![ring(&[(6, 6), (6, 14), (14, 14), (14, 6)])], ..square(2, 2, 16) }, square(24, 4, 4)]
    }

    fn line_of(points: &[FixedPoint]) -> LineString<f64> {
        points.iter().map(|p| Coord { x: f64::from(p.x), y: f64::from(p.y) }).collect()
    }

    fn polygons_of(polygons: &MultiPolygon) -> geo::MultiPolygon<f64> {
        let polygon = |p: &Polygon| geo::Polygon::new(line_of(&p.outer), p.holes.iter().map(|h| line_of(h)).collect());
        polygons.iter().map(polygon).collect()
    }

    proptest! {
        // The numbers are small, so that the other program's floating point is exact here.
        #[test]
        fn lines_meet_where_another_program_says_so(points in prop::collection::vec((0u32..32, 0u32..24), 2..5)) {
            let line = ring(&points);
            let expected = polygons_of(&with_hole()).intersects(&line_of(&line));
            prop_assert_eq!(Region::build(&with_hole()).meets(&Shape::Line(line)), expected);
        }

        #[test]
        fn squares_meet_where_another_program_says_so(x in 0u32..32, y in 0u32..24, side in 1u32..26) {
            let shape = vec![square(x, y, side)];
            let expected = polygons_of(&with_hole()).intersects(&polygons_of(&shape));
            prop_assert_eq!(Region::build(&with_hole()).meets(&Shape::Polygons(shape)), expected);
        }
    }

    #[test]
    fn a_shape_in_a_hole_does_not_meet_and_one_around_everything_does() {
        let region = Region::build(&with_hole());
        assert!(!region.meets(&Shape::Polygons(vec![square(8, 8, 4)])));
        assert!(region.meets(&Shape::Polygons(vec![square(0, 0, 40)])));
        assert!(region.meets(&Shape::Point(FixedPoint { x: 6, y: 8 })), "the border of a hole belongs to it");
        assert!(!Region::build(&Vec::new()).meets(&Shape::Polygons(vec![square(0, 0, 40)])));
    }
}
