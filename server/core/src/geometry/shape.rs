//! Shapes in fixed-point units, as they are after the gate.

use super::position::FixedPoint;
use serde::{Deserialize, Serialize};

/// A closed ring: simple, at least three positions, the first **not** repeated at the end.
pub type Ring = Vec<FixedPoint>;

/// A line of at least two positions.
pub type Polyline = Vec<FixedPoint>;

/// A polygon: outer ring clockwise as seen on the map (x east, y south: positive shoelace sum), holes the other way.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Polygon {
    /// The outer boundary.
    pub outer: Ring,
    /// Holes inside it.
    pub holes: Vec<Ring>,
}

impl Polygon {
    /// Outer ring first, then the holes.
    pub fn rings(&self) -> impl Iterator<Item = &Ring> {
        std::iter::once(&self.outer).chain(&self.holes)
    }
}

/// One or more polygons whose insides do not meet.
pub type MultiPolygon = Vec<Polygon>;

/// A shape in a form that does not depend on where its rings begin and in which order they and the polygons stand.
pub fn alike(shape: &MultiPolygon) -> Vec<Vec<Ring>> {
    let polygon = |polygon: &Polygon| {
        let mut rings: Vec<Ring> = polygon.holes.iter().map(alike_ring).collect();
        rings.sort();
        rings.insert(0, alike_ring(&polygon.outer));
        rings
    };
    let mut parts: Vec<Vec<Ring>> = shape.iter().map(polygon).collect();
    parts.sort();
    parts
}

/// Whether polygons enclose the same land: wherever their rings begin, and in whichever order they stand.
pub fn is_same_land(a: &MultiPolygon, b: &MultiPolygon) -> bool {
    let corners = |shape: &MultiPolygon| shape.iter().flat_map(Polygon::rings).map(Vec::len).sum::<usize>();
    a == b || (corners(a) == corners(b) && alike(a) == alike(b))
}

/// A ring that begins at its least position.
pub fn alike_ring(ring: &Ring) -> Ring {
    let mut ring = ring.clone();
    if let Some(start) = (0..ring.len()).min_by_key(|i| ring[*i]) {
        ring.rotate_left(start);
    }
    ring
}

/// Any shape of the base layer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Shape {
    /// A position.
    Point(FixedPoint),
    /// A line.
    Line(Polyline),
    /// One or more polygons.
    Polygons(MultiPolygon),
}

/// Smallest box around positions in fixed-point units, both ends inside; none for no positions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct FixedBox {
    /// North-west corner.
    pub min: FixedPoint,
    /// South-east corner.
    pub max: FixedPoint,
}

impl FixedBox {
    /// Box around positions; none when there are none.
    pub fn around<'a>(points: impl IntoIterator<Item = &'a FixedPoint>) -> Option<Self> {
        let mut points = points.into_iter();
        let first = *points.next()?;
        Some(points.fold(Self { min: first, max: first }, |b, p| Self {
            min: FixedPoint { x: b.min.x.min(p.x), y: b.min.y.min(p.y) },
            max: FixedPoint { x: b.max.x.max(p.x), y: b.max.y.max(p.y) },
        }))
    }

    /// The position in the middle, rounded north-west.
    pub fn middle(self) -> FixedPoint {
        let mid = |a: u32, b: u32| ((u64::from(a) + u64::from(b)) / 2) as u32;
        FixedPoint { x: mid(self.min.x, self.max.x), y: mid(self.min.y, self.max.y) }
    }

    /// Whether the boxes share a position.
    pub fn meets(self, other: Self) -> bool {
        self.min.x <= other.max.x && other.min.x <= self.max.x && self.min.y <= other.max.y && other.min.y <= self.max.y
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_a_ring_begins_and_which_part_comes_first_make_no_other_land() {
        let at = |x: u32, y: u32| FixedPoint { x, y };
        let square = |x: u32| vec![at(x, 0), at(x + 9, 0), at(x + 9, 9), at(x, 9)];
        let (mut turned, hole) = (square(0), vec![at(2, 2), at(2, 4), at(4, 4)]);
        turned.rotate_left(3);
        let other_hole = vec![at(6, 6), at(6, 8), at(8, 8)];
        let one = Polygon { outer: square(0), holes: vec![hole.clone(), other_hole.clone()] };
        let same = Polygon { outer: turned, holes: vec![other_hole, hole] };
        let far = Polygon { outer: square(20), holes: Vec::new() };
        assert!(is_same_land(&vec![one.clone(), far.clone()], &vec![far.clone(), same]));
        assert!(!is_same_land(&vec![one.clone()], &vec![one.clone(), far]));
        let without = Polygon { outer: square(0), holes: Vec::new() };
        assert!(!is_same_land(&vec![one], &vec![without]));
    }

    #[test]
    fn boxes_that_touch_meet_and_boxes_apart_do_not() {
        let square =
            |min: u32, max: u32| FixedBox { min: FixedPoint { x: min, y: min }, max: FixedPoint { x: max, y: max } };
        assert!(square(0, 5).meets(square(5, 9)) && square(5, 9).meets(square(0, 5)));
        assert!(!square(0, 4).meets(square(5, 9)));
        assert_eq!(FixedBox::around(&[]), None);
    }
}
