//! What is left of shapes in a tile.

use super::*;
use crate::geometry::gate;
use crate::geometry::inside::{Place, place};
use proptest::prelude::*;

/// A tile whose units are one fixed-point unit, and one two zooms out.
fn tile(zoom: u32) -> TileCoord {
    TileCoord::new(zoom, 5000 << zoom >> 13, 3000 << zoom >> 13).unwrap()
}

/// A position in units of a tile at zoom 20, where a tile unit is a fixed-point unit.
fn at(tile: TileCoord, x: i64, y: i64) -> FixedPoint {
    let (columns, rows) = tile.fixed_range();
    FixedPoint { x: columns.start.saturating_add_signed(x) as u32, y: rows.start.saturating_add_signed(y) as u32 }
}

fn polygon(tile: TileCoord, corners: &[(i64, i64)]) -> Polygon {
    Polygon { outer: corners.iter().map(|(x, y)| at(tile, *x, *y)).collect(), holes: Vec::new() }
}

const EXTENT: i64 = 4096;

#[test]
fn a_tile_inside_a_polygon_is_filled_to_the_buffer() {
    let tile = tile(20);
    let large = polygon(tile, &[(-90_000, -90_000), (90_000, -90_000), (90_000, 90_000), (-90_000, 90_000)]);
    assert_eq!(clip_polygons(&vec![large], tile, 64), [[[(-64, 4160), (-64, -64), (4160, -64), (4160, 4160)]]]);
}

#[test]
fn polygons_and_lines_beside_the_tile_leave_nothing() {
    let tile = tile(20);
    let beside = polygon(tile, &[(5000, 0), (6000, 0), (6000, 9000), (5000, 9000)]);
    let around_a_corner = polygon(tile, &[(-300, 2000), (-300, -300), (2000, -300), (-3000, -3000)]);
    assert!(clip_polygons(&vec![beside.clone(), around_a_corner], tile, 64).is_empty());
    assert!(clip_line(&beside.outer, tile, 64).is_empty());
}

#[test]
fn a_street_around_a_corner_of_the_tile_does_not_cut_across_it() {
    let tile = tile(20);
    let (inner, outer) =
        ([(-100, 2000), (-100, -100), (2000, -100)], [(2000, -300), (-290, -300), (-300, -290), (-300, 2000)]);
    let street = polygon(tile, &[&inner[..], &outer[..]].concat());
    assert!(clip_polygons(&vec![street], tile, 64).is_empty());
}

#[test]
fn a_hole_around_the_window_leaves_nothing() {
    let tile = tile(20);
    let mut shape = polygon(tile, &[(-900, -900), (9000, -900), (9000, 9000), (-900, 9000)]);
    shape.holes.push(polygon(tile, &[(-500, -500), (-500, 8000), (8000, 8000), (8000, -500)]).outer);
    assert!(clip_polygons(&vec![shape], tile, 64).is_empty());
}

#[test]
fn what_is_smaller_than_a_unit_is_left_out() {
    let (near, far) = (tile(20), TileCoord::new(10, 625, 375).unwrap());
    let house = polygon(near, &[(10, 10), (40, 10), (40, 40), (10, 40)]);
    assert_eq!(clip_polygons(&vec![house.clone()], near, 0).len(), 1);
    assert!(clip_polygons(&vec![house.clone()], far, 0).is_empty());
    assert!(clip_line(&house.outer, far, 0).is_empty());
}

#[test]
fn a_line_that_leaves_and_comes_back_is_two_pieces() {
    let tile = tile(20);
    let line = [(100, 100), (100, -500), (300, -500), (300, 100), (300, 100), (400, 200)].map(|(x, y)| at(tile, x, y));
    assert_eq!(clip_line(&line, tile, 0), [vec![(100, 100), (100, 0)], vec![(300, 0), (300, 100), (400, 200)]]);
}

#[test]
fn ways_out_and_straight_back_are_left_out() {
    let tile = tile(20);
    let ring = |corners: &[(i64, i64)]| in_tile_units(&polygon(tile, corners).outer, tile);
    assert_eq!(ring(&[(0, 0), (9, 0), (20, 0), (9, 0), (9, 9)]), [(0, 0), (9, 0), (9, 9)]);
    assert_eq!(ring(&[(5, 0), (9, 0), (9, 9), (0, 9), (5, 0), (2, 0)]), [(5, 0), (9, 0), (9, 9), (0, 9)]);
    assert_eq!(doubled_area(&ring(&[(0, 0), (9, 0), (4, 0)])), 0);
}

/// A star around the tile's middle, so large that it leaves the tile on every side or so small that it does not.
fn star() -> impl Strategy<Value = Vec<(i64, i64)>> {
    (prop::collection::vec(100i64..12_000, 3..24), -3000i64..7000, -3000i64..7000).prop_map(|(radii, x, y)| {
        let step = std::f64::consts::TAU / radii.len() as f64;
        let corner = |(i, r): (usize, &i64)| {
            let (sin, cos) = (i as f64 * step).sin_cos();
            (x + (*r as f64 * cos) as i64, y + (*r as f64 * sin) as i64)
        };
        radii.iter().enumerate().map(corner).collect()
    })
}

/// Whether a position in tile units is inside the rings, by crossings.
fn inside(polygons: &[Vec<Vec<TilePoint>>], (x, y): (f64, f64)) -> bool {
    let crosses = |(a, b): (&TilePoint, &TilePoint)| {
        let ((ax, ay), (bx, by)) = ((f64::from(a.0), f64::from(a.1)), (f64::from(b.0), f64::from(b.1)));
        (ay > y) != (by > y) && x < ax + (y - ay) / (by - ay) * (bx - ax)
    };
    let edges = |ring: &Vec<TilePoint>| ring.iter().zip(ring.iter().cycle().skip(1)).filter(|e| crosses(*e)).count();
    polygons.iter().flatten().map(edges).sum::<usize>() % 2 == 1
}

proptest! {
    #[test]
    fn what_is_left_is_what_lay_in_the_window(corners in star(), holed in any::<bool>()) {
        let tile = tile(20);
        let mut shape = polygon(tile, &corners);
        if holed {
            let middle = crate::geometry::label::interior_point(&vec![shape.clone()]).unwrap();
            let corner = |dx: i32, dy: i32| FixedPoint { x: middle.x.saturating_add_signed(dx), y: middle.y.saturating_add_signed(dy) };
            shape.holes.push(vec![corner(-9, -9), corner(-9, 9), corner(9, 9), corner(9, -9)]);
        }
        let Ok(shape) = gate::fixed_polygons(vec![shape]) else { return Ok(()) };
        let cut = clip_polygons(&shape, tile, 64);
        for rings in &cut {
            prop_assert!(doubled_area(&rings[0]) > 0 && rings[1..].iter().all(|hole| doubled_area(hole) < 0));
            prop_assert!(rings.iter().flatten().all(|(x, y)| (-64..=4160).contains(x) && (-64..=4160).contains(y)));
        }
        // Between whole positions and away from edges, which rounding at the cuts may move by half a unit.
        for i in 0..40 {
            let (x, y) = (i * 1031 % EXTENT, i * 2287 % EXTENT);
            let around = [(-2, -2), (2, -2), (2, 2), (-2, 2)].map(|(dx, dy)| place(&shape, at(tile, x + dx, y + dy)));
            if around.iter().all(|p| *p == around[0] && *p != Place::Border) {
                prop_assert_eq!(inside(&cut, (x as f64 + 0.01, y as f64 + 0.007)), around[0] == Place::Inside, "{:?}", (x, y));
            }
        }
    }

    #[test]
    fn a_cut_edge_is_the_same_both_ways(a in (-9000i64..9000, -9000i64..9000), b in (-9000i64..9000, -9000i64..9000), zoom in 18u32..=22) {
        let (near, tile) = (tile(20), tile(zoom));
        let line = [at(near, a.0, a.1), at(near, b.0, b.1)];
        let mut there = clip_line(&line, tile, 64);
        let back = clip_line(&[line[1], line[0]], tile, 64);
        there.iter_mut().for_each(|piece| piece.reverse());
        prop_assert_eq!(there, back);
    }

    #[test]
    fn neighbours_fill_the_window_without_a_gap(cut in prop::collection::vec(-1500i64..5500, 2..9)) {
        // A broken line from west to east divides a square around the window in two.
        let tile = tile(20);
        let step = 16_000 / (cut.len() as i64 - 1);
        let line: Vec<_> = (0i64..).zip(&cut).map(|(i, y)| (-6000 + i * step, *y)).collect();
        let east = line.last().unwrap().0;
        let north = [vec![(-6000, -6000), (east, -6000)], line.iter().rev().copied().collect()].concat();
        let south = [line.clone(), vec![(east, 9000), (-6000, 9000)]].concat();
        let area = |corners: &[(i64, i64)]| -> i64 {
            clip_polygons(&vec![polygon(tile, corners)], tile, 0).iter().map(|rings| doubled_area(&rings[0])).sum()
        };
        prop_assert_eq!(area(&north) + area(&south), 2 * EXTENT * EXTENT);
    }
}
