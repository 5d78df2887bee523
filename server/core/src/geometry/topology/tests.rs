//! Neighbours before and after simplification.

use super::*;
use crate::geometry::exact::doubled_area;
use crate::geometry::gate;
use proptest::prelude::*;

fn at(x: i64, y: i64) -> FixedPoint {
    FixedPoint { x: (3_549_000_000 + x) as u32, y: (1_846_000_000 + y) as u32 }
}

fn polygon(corners: &[(i64, i64)]) -> Polygon {
    Polygon { outer: corners.iter().map(|(x, y)| at(*x, *y)).collect(), holes: Vec::new() }
}

/// Neighbouring areas: a lattice of cells whose corners and edges are bent by the numbers given, each edge one broken line.
fn lattice(columns: i64, rows: i64, side: i64, bends: &[i64]) -> Vec<MultiPolygon> {
    const BETWEEN: i64 = 6;
    let bend = |key: i64, most: i64| bends[key.rem_euclid(bends.len() as i64) as usize] % most;
    let node = |x: i64, y: i64| {
        let key = 31 * x + 57 * y;
        (x * side + bend(key, side / 5), y * side + bend(key + 7, side / 5))
    };
    // The inner positions of the edge east (or south) of a node, from the node on.
    let between = |x: i64, y: i64, south: bool| -> Vec<(i64, i64)> {
        let (a, b) = (node(x, y), if south { node(x, y + 1) } else { node(x + 1, y) });
        let position = |i: i64| {
            let off = bend(13 * x + 29 * y + 5 * i + i64::from(south), side / 12);
            let along = |from: i64, to: i64| from + (to - from) * i / BETWEEN;
            (along(a.0, b.0) + if south { off } else { 0 }, along(a.1, b.1) + if south { 0 } else { off })
        };
        (1..BETWEEN).map(position).collect()
    };
    let backward = |mut points: Vec<(i64, i64)>| {
        points.reverse();
        points
    };
    let cell = |x: i64, y: i64| {
        let ring = [
            vec![node(x, y)],
            between(x, y, false),
            vec![node(x + 1, y)],
            between(x + 1, y, true),
            vec![node(x + 1, y + 1)],
            backward(between(x, y + 1, false)),
            vec![node(x, y + 1)],
            backward(between(x, y, true)),
        ];
        vec![polygon(&ring.concat())]
    };
    (0..rows).flat_map(|y| (0..columns).map(move |x| (x, y))).map(|(x, y)| cell(x, y)).collect()
}

/// Checks that shapes neither overlap nor leave gaps where they had none: every ring is simple and runs its own way, and
/// every edge is used once in each direction, or once in all on the outside. Returns the edges on the outside.
fn assert_exact_neighbours(shapes: &[MultiPolygon]) -> usize {
    let uses = edge_use(shapes);
    assert!(uses.values().all(|n| *n == 1), "an edge is used twice in one direction");
    for shape in shapes.iter().filter(|shape| !shape.is_empty()) {
        assert_eq!(gate::fixed_polygons(shape.clone()).as_ref(), Ok(shape));
    }
    uses.keys().filter(|(a, b)| !uses.contains_key(&(*b, *a))).count()
}

fn topology(shapes: &[MultiPolygon]) -> Topology {
    Topology::build(&shapes.iter().collect::<Vec<_>>())
}

fn positions(shapes: &[MultiPolygon]) -> usize {
    shapes.iter().flatten().flat_map(Polygon::rings).map(Vec::len).sum()
}

#[test]
fn two_neighbours_share_one_arc() {
    let shapes = lattice(2, 1, 1000, &[3, 50, 20, 90, 7]);
    let topology = topology(&shapes);
    let mut uses = topology.arc_use();
    uses.sort_unstable();
    assert_eq!(uses, [1, 1, 2]);
    assert_eq!(topology.simplified(16), shapes);
    assert_eq!(topology.simplified(22), shapes);
}

#[test]
fn an_island_and_the_hole_it_fills_are_one_arc_and_vanish_together() {
    let island = polygon(&[(400, 400), (500, 390), (600, 400), (600, 600), (400, 600)]);
    let mut around = polygon(&[(0, 0), (9000, 0), (9000, 9000), (0, 9000)]);
    around.holes.push(island.outer.iter().rev().copied().collect());
    around.holes[0].rotate_left(2);
    let shapes = [vec![around], vec![island]];
    let topology = topology(&shapes);
    assert_eq!(topology.arc_use(), [1, 2]);
    assert_eq!(topology.simplified(16), shapes);
    for zoom in 0..16 {
        let simple = topology.simplified(zoom);
        assert_exact_neighbours(&simple);
        assert_eq!(simple[1].is_empty(), simple[0].first().is_none_or(|p| p.holes.is_empty()));
    }
    assert!(topology.simplified(11)[1].is_empty() && !topology.simplified(11)[0].is_empty());
    assert!(topology.simplified(0).iter().all(Vec::is_empty));
}

#[test]
fn a_position_stays_while_another_one_lies_in_its_triangle() {
    // A tower stands in the bay of a broad flat shape; cutting the bay's tip off would swallow the tower.
    let broad = polygon(&[(0, 0), (30_000, 0), (30_000, 30_000), (15_000, 20), (0, 30_000)]);
    let tower = polygon(&[(14_990, 100), (15_010, 100), (15_010, 140), (14_990, 140)]);
    let shapes = [vec![broad], vec![tower]];
    for zoom in 0..=16 {
        let simple = topology(&shapes).simplified(zoom);
        assert_exact_neighbours(&simple);
        if let [bay, tower] = &simple[..]
            && !tower.is_empty()
        {
            assert!(bay[0].outer.contains(&at(15_000, 20)));
        }
    }
}

#[test]
fn nothing_and_empty_shapes_come_back_as_they_are() {
    assert!(topology(&[]).simplified(3).is_empty());
    assert_eq!(topology(&[Vec::new()]).simplified(3), [Vec::new()]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn inner_edges_are_used_twice_at_every_zoom(
        columns in 1i64..6, rows in 1i64..6, side in prop_oneof![Just(600i64), Just(6000), Just(90_000)], bends in prop::collection::vec(-4000i64..4000, 5..40),
    ) {
        let shapes = lattice(columns, rows, side, &bends);
        // Now and then the bends make no good lattice; then there is nothing to keep.
        prop_assume!(shapes.iter().all(|shape| gate::fixed_polygons(shape.clone()).is_ok_and(|same| same == *shape)));
        prop_assume!(edge_use(&shapes).values().all(|n| *n == 1));
        let topology = topology(&shapes);
        let inner = columns * (rows - 1) + rows * (columns - 1);
        prop_assert_eq!(topology.arc_use().iter().filter(|n| **n == 2).count() as i64, inner);
        let mut before = 0;
        for zoom in 0..=FULL_ZOOM {
            let simple = topology.simplified(zoom);
            assert_exact_neighbours(&simple);
            let now = positions(&simple);
            prop_assert!(before <= now, "zoom {} has fewer positions than the one above", zoom);
            before = now;
        }
        prop_assert_eq!(topology.simplified(FULL_ZOOM), shapes);
    }

    #[test]
    fn the_whole_keeps_its_area_but_for_its_outline(bends in prop::collection::vec(-4000i64..4000, 5..40), zoom in 9u8..16) {
        let shapes = lattice(4, 3, 90_000, &bends);
        prop_assume!(shapes.iter().all(|shape| gate::fixed_polygons(shape.clone()).is_ok()));
        let simple = topology(&shapes).simplified(zoom);
        let area = |shapes: &[MultiPolygon]| shapes.iter().flatten().map(|p| doubled_area(&p.outer)).sum::<i128>();
        let outside = edge_use(&shapes).len();
        let most = outside as i128 * i128::from(threshold(zoom));
        prop_assert!((area(&simple) - area(&shapes)).abs() <= most);
    }
}
