//! Faces beside what is known of them: areas, members and outlines.

use super::*;
use crate::geometry::coverage::land::to_edge;
use crate::geometry::exact::{doubled_area, edges};
use crate::geometry::gate::fixed_polygons;
use crate::geometry::inside::{Place, place};
use proptest::prelude::*;

fn at((x, y): (u32, u32)) -> FixedPoint {
    FixedPoint { x, y }
}

fn ring(points: &[(u32, u32)]) -> Vec<FixedPoint> {
    points.iter().map(|p| at(*p)).collect()
}

fn polygon(points: &[(u32, u32)]) -> MultiPolygon {
    vec![Polygon { outer: ring(points), holes: Vec::new() }]
}

fn square(x: u32, y: u32, side: u32) -> MultiPolygon {
    polygon(&[(x, y), (x + side, y), (x + side, y + side), (x, y + side)])
}

fn doubled(shape: &MultiPolygon) -> i128 {
    shape.iter().flat_map(Polygon::rings).map(|ring| doubled_area(ring)).sum()
}

/// Whether the gate takes a shape, and as it is.
fn is_valid(shape: &MultiPolygon) -> bool {
    fixed_polygons(shape.clone()).is_ok_and(|same| same == *shape)
}

fn perimeter(shape: &MultiPolygon) -> f64 {
    let sides = shape.iter().flat_map(Polygon::rings).flat_map(|ring| crate::geometry::exact::edges(ring));
    sides.map(|(a, b)| f64::from(a.x.abs_diff(b.x)).hypot(f64::from(a.y.abs_diff(b.y)))).sum()
}

fn faces_of(arrangement: &Arrangement, members: &[u32]) -> Vec<Face> {
    (1..arrangement.len()).filter(|face| arrangement.members(*face) == members).collect()
}

#[test]
fn two_squares_that_overlap_make_three_faces() {
    let (west, east) = (square(0, 0, 10), square(6, 0, 10));
    let arrangement = Arrangement::build(&[&west, &east]);
    assert_eq!(arrangement.len(), 4);
    let both = arrangement.outline(&faces_of(&arrangement, &[0, 1]));
    assert_eq!(both, polygon(&[(6, 0), (10, 0), (10, 10), (6, 10)]));
    assert!(arrangement.members(0).is_empty());
}

#[test]
fn what_lies_apart_in_a_face_is_known_to_lie_there() {
    let mut around = square(0, 0, 30);
    around[0].holes.push(ring(&[(10, 10), (10, 20), (20, 20), (20, 10)]));
    let (island, speck) = (square(12, 12, 4), square(2, 2, 3));
    let arrangement = Arrangement::build(&[&around, &island, &speck]);
    assert_eq!(arrangement.outline(&faces_of(&arrangement, &[0, 2])), speck);
    assert_eq!(arrangement.outline(&faces_of(&arrangement, &[1])), island);
    let hole: Vec<Face> = faces_of(&arrangement, &[]);
    assert_eq!(doubled(&arrangement.outline(&hole)), 2 * (100 - 16));
    let all: Vec<Face> = (1..arrangement.len()).filter(|face| arrangement.members(*face).contains(&0)).collect();
    assert_eq!(arrangement.outline(&all), around);
}

#[test]
fn rings_that_touch_themselves_come_back_as_rings_that_do_not() {
    // A bow-tie with a corner in the middle, and a ring that encloses a hole by touching itself.
    let bow_tie = polygon(&[(0, 0), (4, 4), (8, 0), (8, 8), (4, 4), (0, 8)]);
    let arrangement = Arrangement::build(&[&bow_tie]);
    let lobes = arrangement.outline(&faces_of(&arrangement, &[0]));
    assert_eq!((lobes.len(), doubled(&lobes)), (2, 64));
    let collar = polygon(&[(0, 0), (9, 0), (9, 9), (0, 9), (0, 0), (3, 6), (6, 6), (6, 3)]);
    let arrangement = Arrangement::build(&[&collar]);
    let ring = arrangement.outline(&faces_of(&arrangement, &[0]));
    assert_eq!((ring.len(), ring[0].holes.len()), (1, 1));
    assert_eq!(fixed_polygons(ring.clone()), Ok(ring));
}

#[test]
fn of_a_stack_that_is_too_deep_the_last_are_left_out_and_the_rest_is_right() {
    let shapes: Vec<MultiPolygon> = (0..50).map(|i| square(i, i, 200 - 2 * i)).collect();
    let arrangement = Arrangement::build(&shapes.iter().collect::<Vec<_>>());
    assert_eq!(arrangement.stacked(), (32..50).collect::<Vec<u32>>());
    let deepest = (1..arrangement.len()).map(|face| arrangement.members(face).len()).max();
    assert_eq!(deepest, Some(32));
}

proptest! {
    #[test]
    fn a_face_is_covered_by_the_shapes_that_hold_its_middle(
        rings in prop::collection::vec(prop::collection::vec((0u32..40, 0u32..40), 3..8), 1..6)
    ) {
        // Sides of 4,096 units, so that what rounding moves is far from the middle of a large face.
        let scale = |p: &(u32, u32)| (p.0 << 12, p.1 << 12);
        let shapes: Vec<MultiPolygon> =
            rings.iter().map(|r| polygon(&r.iter().map(scale).collect::<Vec<_>>())).collect();
        let arrangement = Arrangement::build(&shapes.iter().collect::<Vec<_>>());
        let mut covered = vec![0i128; shapes.len()];
        for face in 1..arrangement.len() {
            let outline = arrangement.outline(&[face]);
            prop_assert!(is_valid(&outline));
            for label in arrangement.members(face) {
                covered[*label as usize] += doubled(&outline);
            }
            // In a face whose mean width is some units its middle is units away from what rounding moves.
            if (doubled(&outline) as f64) < 16.0 * perimeter(&outline) {
                continue;
            }
            if let Some(middle) = crate::geometry::label::interior_point(&outline) {
                // Nor does a middle say anything that lies beside an edge: a face may be wide in one part and thin in another.
                let is_beside = |(a, b): (FixedPoint, FixedPoint)| {
                    to_edge((a, b), f64::from(middle.x), f64::from(middle.y)) < 8.0
                };
                for (label, shape) in (0u32..).zip(&shapes) {
                    if shape.iter().flat_map(Polygon::rings).flat_map(|ring| edges(ring)).any(is_beside) {
                        continue;
                    }
                    let holds = place(shape, middle) == Place::Inside;
                    prop_assert_eq!(holds, arrangement.members(face).contains(&label));
                }
            }
        }
        for (label, shape) in (0u32..).zip(&shapes) {
            let faces: Vec<Face> = (1..arrangement.len()).filter(|f| arrangement.members(*f).contains(&label)).collect();
            let outline = arrangement.outline(&faces);
            prop_assert_eq!(doubled(&outline), covered[label as usize]);
            if !outline.is_empty() {
                prop_assert!(is_valid(&outline));
            }
            // A ring that crosses itself nowhere encloses what its shoelace sum says, but for a unit along its edges.
            if let Ok(valid) = fixed_polygons(shape.clone()) {
                let moved = (doubled(&valid) - covered[label as usize]).abs() as f64;
                prop_assert!(moved <= 2.0 * perimeter(&valid));
            }
        }
    }
}
