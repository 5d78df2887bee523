//! Every fault put into a partition is found, with its size, and nothing else is.

use super::samples::{Numbers, areas, codes, partition, rectangle};
use super::*;
use crate::geometry::gate::fixed_polygons;
use crate::geometry::measure::{area_m2, distance_m};

use crate::geometry::position::FixedPoint;
use crate::geometry::shape::{MultiPolygon, Polygon};
use geo::BooleanOps;
use proptest::prelude::*;

const TOLERANCE_M: f64 = 1.0;

fn found(shapes: &[MultiPolygon]) -> Vec<Finding> {
    let codes = codes(shapes.len());
    findings(&areas(&codes, shapes), &[], TOLERANCE_M)
}

fn kinds(found: &[Finding]) -> Vec<FindingKind> {
    found.iter().map(|finding| finding.kind).collect()
}

fn near(measured: f64, right: f64) -> bool {
    (measured / right - 1.0).abs() < 0.01
}

/// Union of a shape and a rectangle, by geo: an oracle that shares nothing with the faces here.
fn geo_shape(shape: &MultiPolygon) -> geo::MultiPolygon<f64> {
    let line = |ring: &Vec<FixedPoint>| ring.iter().map(|p| (f64::from(p.x), f64::from(p.y))).collect();
    let polygon = |p: &Polygon| geo::Polygon::new(line(&p.outer), p.holes.iter().map(line).collect());
    geo::MultiPolygon::new(shape.iter().map(polygon).collect())
}

fn fixed_shape(shape: &geo::MultiPolygon<f64>) -> MultiPolygon {
    let ring = |line: &geo::LineString<f64>| -> Vec<FixedPoint> {
        line.0.iter().map(|c| FixedPoint { x: c.x.round() as u32, y: c.y.round() as u32 }).collect()
    };
    let polygon =
        |p: &geo::Polygon<f64>| Polygon { outer: ring(p.exterior()), holes: p.interiors().iter().map(ring).collect() };
    // What was less than a unit wide is nothing once rounded.
    let parts = shape.iter().map(polygon).filter(|part| fixed_polygons(vec![part.clone()]).is_ok()).collect();
    fixed_polygons(parts).unwrap_or_default()
}

fn sample(seed: u64, count: usize, bend: f64) -> Vec<MultiPolygon> {
    (0..).find_map(|n| partition(&mut Numbers(seed + n), count, bend)).unwrap()
}

#[test]
fn a_partition_has_no_fault() {
    for (seed, bend) in [(1, 0.0), (2, 0.05), (3, 0.1)] {
        let shapes = sample(seed, 60, bend);
        assert_eq!(found(&shapes), Vec::new());
    }
}

#[test]
fn the_same_polygons_twice_are_said_once_and_not_as_an_overlap() {
    let mut shapes = sample(4, 12, 0.05);
    let mut copy = shapes[3].clone();
    copy[0].outer.rotate_left(2);
    shapes.push(copy);
    let found = found(&shapes);
    assert_eq!(kinds(&found), [FindingKind::Twice]);
    assert_eq!(found[0].codes, ["350602001001003", "350602001001012"]);
    assert!(near(found[0].area_m2, area_m2(&shapes[3])));
}

#[test]
fn what_nobody_has_is_a_gap_with_its_neighbours() {
    let mut shapes = sample(5, 20, 0.05);
    let whole = area_m2(&shapes.remove(7));
    let found = found(&shapes);
    // At the edge of the square it is no gap but a smaller district: area 7 of this sample lies inside.
    assert_eq!(kinds(&found), [FindingKind::Gap]);
    assert!(near(found[0].area_m2, whole) && found[0].codes.len() >= 3);
}

#[test]
fn children_are_held_to_their_parents() {
    let shapes = sample(6, 8, 0.05);
    let parent = |half: f64| rectangle(half, 0.0, 2_220.0, 4_440.0);
    // The square is 4.4 km wide; its halves are parents, and every child says it lies in the western one.
    let (west, east) = (parent(0.0), parent(2_220.0));
    let parents =
        [("w", &west), ("e", &east)].map(|(code, shape)| CoverArea { code, parent: None, shape, fixed: false });
    let codes = codes(shapes.len());
    let mut children = areas(&codes, &shapes);
    children.iter_mut().for_each(|child| child.parent = Some("w"));
    let found = findings(&children, &parents, TOLERANCE_M);
    let outside: f64 = found.iter().filter(|f| f.kind == FindingKind::Outside).map(|f| f.area_m2).sum();
    let all: f64 = shapes.iter().map(area_m2).sum();
    let inside = geo_shape(&west).intersection(&geo_shape(&shapes.concat()));
    assert!(near(outside, all - area_m2(&fixed_shape(&inside))), "{outside}");
    assert!(found.iter().filter(|f| f.kind == FindingKind::Outside).all(|f| f.codes[1] == "w" && f.share > 0.0));
}

#[test]
fn land_of_a_parent_no_child_has_is_a_gap_in_it_and_a_parent_without_children_is_none() {
    let west = rectangle(0.0, 0.0, 1_000.0, 1_000.0);
    let (a, b) = (rectangle(0.0, 0.0, 500.0, 1_000.0), rectangle(500.0, 0.0, 400.0, 1_000.0));
    let empty = rectangle(1_000.0, 0.0, 500.0, 1_000.0);
    let area = |code, parent, shape| CoverArea { code, parent, shape, fixed: false };
    let parents = [area("p", None, &west), area("q", None, &empty)];
    let found = findings(&[area("p1", Some("p"), &a), area("p2", Some("p"), &b)], &parents, TOLERANCE_M);
    assert_eq!(kinds(&found), [FindingKind::Gap]);
    assert!((found[0].share - 0.1).abs() < 1e-3 && found[0].within.as_deref() == Some("p"));
    assert_eq!(found[0].codes, ["p2"]);
}

#[test]
fn a_crack_that_is_open_to_the_outside_is_a_near_miss_and_a_narrow_corner_is_none() {
    let (a, b) = (rectangle(0.0, 0.0, 500.0, 300.0), rectangle(500.6, 0.0, 500.0, 300.0));
    let found_ = found(&[a.clone(), b]);
    assert_eq!(kinds(&found_), [FindingKind::NearMiss, FindingKind::NearMiss]);
    assert!(found_.iter().all(|f| (f.width_m - 0.6).abs() < 0.02 && f.vertices == 2), "{found_:?}");
    // Two areas that meet in a corner come nearer than any tolerance there: one has a corner 0.8 m down its side.
    let mut wedge = rectangle(500.0, 0.0, 500.0, 300.0);
    wedge[0].outer[3].x += 10_000;
    wedge[0].outer[0] = a[0].outer[1];
    let mut a = a;
    let beside = FixedPoint { x: a[0].outer[1].x, y: a[0].outer[1].y + 94 };
    a[0].outer.insert(2, beside);
    assert_eq!(found(&[a, wedge]), Vec::new());
}

#[test]
fn a_corner_on_a_neighbours_edge_is_a_t_junction() {
    let below = rectangle(0.0, 300.0, 1_000.0, 300.0);
    let (a, b) = (rectangle(0.0, 0.0, 400.0, 300.0), rectangle(400.0, 0.0, 600.0, 300.0));
    let found = found(&[a.clone(), b, below]);
    assert_eq!(kinds(&found), [FindingKind::TJunction]);
    assert_eq!((found[0].at, found[0].vertices), (a[0].outer[2], 1));
    assert_eq!(found[0].codes, ["350602001001000", "350602001001002"]);
}

#[test]
fn areas_too_entangled_to_measure_are_named_and_the_rest_is_measured() {
    let unit = |x: f64, y: f64| rectangle(x, y, 1.0, 1.0)[0].outer[0];
    let comb = |upright: bool| -> MultiPolygon {
        let teeth = (0..400).flat_map(|i| [(f64::from(i), 0.0), (f64::from(i) + 0.5, 390.0)]);
        let back = [(400.0, 391.0), (0.0, 391.0)];
        let outer = teeth.chain(back).map(|(x, y)| if upright { unit(x, y) } else { unit(y, x) }).collect();
        fixed_polygons(vec![Polygon { outer, holes: Vec::new() }]).unwrap()
    };
    let (a, b) = (rectangle(1_000.0, 0.0, 100.0, 100.0), rectangle(1_050.0, 0.0, 100.0, 100.0));
    let found = found(&[comb(true), comb(false), a, b]);
    assert!(kinds(&found).contains(&FindingKind::TooComplex));
    let overlaps: Vec<_> = found.iter().filter(|f| f.kind == FindingKind::Overlap).collect();
    assert!(overlaps.len() == 1 && near(overlaps[0].area_m2, area_m2(&rectangle(1_050.0, 0.0, 50.0, 100.0))));
}

/// Corners of areas that several areas have, away from the outer border: each with those areas.
fn inner_corners(shapes: &[MultiPolygon]) -> Vec<(FixedPoint, Vec<usize>)> {
    let mut users: std::collections::BTreeMap<FixedPoint, Vec<usize>> = std::collections::BTreeMap::new();
    for (area, shape) in shapes.iter().enumerate() {
        shape[0].outer.iter().for_each(|p| users.entry(*p).or_default().push(area));
    }
    let (start, end) = (samples::corner(), samples::SIDE);
    let inner = |v: u32, from: u32| v > from + end / 50 && v < from + end - end / 50;
    users.into_iter().filter(|(p, users)| users.len() > 1 && inner(p.x, start.x) && inner(p.y, start.y)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn an_injected_overlap_is_found_with_its_size(seed in 0u64..1_000_000, x in 0.1..0.8f64, y in 0.1..0.8f64) {
        let shapes = sample(seed, 25, 0.05);
        let spot = rectangle(x * 4_000.0, y * 4_000.0, 150.0, 130.0);
        let mut spoilt = shapes.clone();
        // The first area that has some of the rectangle gets all of it.
        let takes = |shape: &MultiPolygon| !geo_shape(shape).intersection(&geo_shape(&spot)).0.is_empty();
        let taker = shapes.iter().position(takes).unwrap();
        spoilt[taker] = fixed_shape(&geo_shape(&shapes[taker]).union(&geo_shape(&spot)));
        let mut found = found(&spoilt);
        // Rounding where the rectangle crosses borders leaves specks of less than a square decimetre.
        found.retain(|f| f.area_m2 > 0.1);
        for (area, shape) in shapes.iter().enumerate().filter(|(area, _)| *area != taker) {
            let right = area_m2(&fixed_shape(&geo_shape(shape).intersection(&geo_shape(&spot))));
            let pair = [&codes(25)[taker.min(area)], &codes(25)[taker.max(area)]].map(String::clone);
            let measured: f64 = found.iter().filter(|f| f.codes == pair).map(|f| f.area_m2).sum();
            prop_assert!((measured - right).abs() <= 0.01 * right + 0.5, "{measured} of {right}");
        }
        prop_assert!(found.iter().all(|f| matches!(f.kind, FindingKind::Overlap | FindingKind::OverlapSliver)));
    }

    #[test]
    fn an_injected_hole_is_found_with_its_size(seed in 0u64..1_000_000, x in 0.1..0.8f64, y in 0.1..0.8f64) {
        let shapes = sample(seed, 25, 0.05);
        let spot = rectangle(x * 4_000.0, y * 4_000.0, 150.0, 0.7);
        let spoilt: Vec<MultiPolygon> =
            shapes.iter().map(|shape| fixed_shape(&geo_shape(shape).difference(&geo_shape(&spot)))).collect();
        let found = found(&spoilt);
        let gaps: Vec<&Finding> = found.iter().filter(|f| f.area_m2 > 0.1).collect();
        prop_assert_eq!(gaps.len(), 1);
        prop_assert_eq!(gaps[0].kind, FindingKind::GapSliver);
        prop_assert!(near(gaps[0].area_m2, area_m2(&spot)), "{} of {}", gaps[0].area_m2, area_m2(&spot));
        prop_assert!((gaps[0].width_m - 0.7).abs() < 0.02 && (gaps[0].length_m - 150.0).abs() < 2.0);
    }

    #[test]
    fn a_corner_moved_in_one_area_alone_is_a_sliver_of_the_size_it_swept(seed in 0u64..1_000_000, pick in 0usize..1000) {
        let shapes = sample(seed, 25, 0.05);
        let corners = inner_corners(&shapes);
        let (corner, users) = &corners[pick % corners.len()];
        let mut spoilt = shapes.clone();
        let ring = &mut spoilt[users[0]][0].outer;
        let i = ring.iter().position(|p| p == corner).unwrap();
        let n = ring.len();
        let (before, after) = (ring[(i + n - 1) % n], ring[(i + 1) % n]);
        ring[i].x += 30;
        let moved = ring[i];
        prop_assume!(fixed_polygons(spoilt[users[0]].clone()).is_ok());
        let found = found(&spoilt);
        let land = |f: &&Finding| matches!(f.kind, FindingKind::OverlapSliver | FindingKind::GapSliver);
        let measured: f64 = found.iter().filter(land).map(|f| f.area_m2).sum();
        // Moved along its own edge a corner sweeps over nothing, and is on that edge.
        prop_assert!(found.iter().all(|f| land(&f) || f.kind == FindingKind::TJunction), "{:?}", kinds(&found));
        // What the edges before and after the corner swept over: two triangles.
        let triangle = |p: FixedPoint| area_m2(&vec![Polygon { outer: vec![p, *corner, moved], holes: Vec::new() }]);
        let right = triangle(before) + triangle(after);
        // Near the ends of long edges a sliver is thinner than half a unit, and no face.
        let length = distance_m(before, *corner) + distance_m(*corner, after);
        prop_assert!((measured - right).abs() <= 0.01 * right + 0.005 * length, "{measured} of {right}");
    }
}
