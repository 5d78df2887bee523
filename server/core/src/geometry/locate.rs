//! Which area holds a position.

use super::index::BoxIndex;
use super::inside::{EdgeBands, Place};
use super::position::FixedPoint;
use super::shape::MultiPolygon;

/// Areas laid out for many questions of the kind "which one holds this position".
#[derive(Debug, Clone, Default)]
pub struct Locator {
    /// Slots and edges in the order of codes, so that the lowest number is the lowest code.
    areas: Vec<(u32, EdgeBands)>,
    boxes: BoxIndex,
}

impl Locator {
    /// Takes the areas to choose from: slot, code and polygons.
    pub fn build<'a>(areas: impl Iterator<Item = (u32, &'a str, &'a MultiPolygon)>) -> Self {
        let mut areas: Vec<_> = areas.collect();
        areas.sort_by(|a, b| (a.1, a.0).cmp(&(b.1, b.0)));
        let areas: Vec<_> = areas.into_iter().map(|(slot, _, shape)| (slot, EdgeBands::build(shape))).collect();
        let boxes = (0u32..).zip(&areas).filter_map(|(rank, (_, edges))| Some((rank, edges.bounds()?))).collect();
        Self { boxes: BoxIndex::build(boxes), areas }
    }

    /// Slot of the area that holds a position, its border included; among several the one with the lowest code.
    ///
    /// Exact: no position is in two areas that share an arc but for the rule, and none is lost between them.
    pub fn locate(&self, p: FixedPoint) -> Option<u32> {
        let mut lowest = u32::MAX;
        for rank in self.boxes.holding(p) {
            if rank < lowest && self.areas[rank as usize].1.place(p) != Place::Outside {
                lowest = rank;
            }
        }
        self.areas.get(lowest as usize).map(|area| area.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::gate;
    use crate::geometry::shape::Polygon;
    use geo::{Contains, Intersects};
    use proptest::prelude::*;

    fn at(x: u32, y: u32) -> FixedPoint {
        FixedPoint { x, y }
    }

    fn square(x: u32, y: u32, side: u32) -> MultiPolygon {
        vec![Polygon {
            outer: vec![at(x, y), at(x + side, y), at(x + side, y + side), at(x, y + side)],
            holes: Vec::new(),
        }]
    }

    #[test]
    fn a_border_belongs_to_the_lowest_code() {
        let (west, east) = (square(0, 0, 10), square(10, 0, 10));
        let locator = Locator::build([(7, "350602002", &west), (3, "350602001", &east)].into_iter());
        assert_eq!(locator.locate(at(9, 5)), Some(7));
        assert_eq!(locator.locate(at(10, 5)), Some(3));
        assert_eq!(locator.locate(at(0, 0)), Some(7));
        assert_eq!(locator.locate(at(20, 10)), Some(3));
        assert_eq!(locator.locate(at(21, 10)), None);
        assert_eq!(Locator::default().locate(at(0, 0)), None);
    }

    #[test]
    fn what_lies_in_a_hole_belongs_to_the_area_that_fills_it() {
        let mut around = square(0, 0, 30);
        around[0].holes.push(vec![at(10, 10), at(10, 20), at(20, 20), at(20, 10)]);
        let island = square(10, 10, 10);
        let locator = Locator::build([(0, "a", &around), (1, "b", &island)].into_iter());
        assert_eq!(locator.locate(at(15, 15)), Some(1));
        assert_eq!(locator.locate(at(10, 15)), Some(0));
        assert_eq!(locator.locate(at(5, 15)), Some(0));
    }

    proptest! {
        #[test]
        fn inside_and_border_agree_with_geo(corners in prop::collection::vec((0u32..24, 0u32..24), 3..12)) {
            let outer: Vec<_> = corners.iter().map(|(x, y)| at(*x, *y)).collect();
            let Ok(shape) = gate::fixed_polygons(vec![Polygon { outer, holes: Vec::new() }]) else { return Ok(()) };
            let line: geo::LineString<f64> = shape[0].outer.iter().map(|p| (f64::from(p.x), f64::from(p.y))).collect();
            let theirs = geo::Polygon::new(line, Vec::new());
            let locator = Locator::build([(0, "a", &shape)].into_iter());
            let bands = EdgeBands::build(&shape);
            for x in 0..25 {
                for y in 0..25 {
                    let point = geo::Point::new(f64::from(x), f64::from(y));
                    prop_assert_eq!(bands.place(at(x, y)) == Place::Inside, theirs.contains(&point));
                    prop_assert_eq!(locator.locate(at(x, y)).is_some(), theirs.intersects(&point));
                }
            }
        }
    }
}
