//! Mending, on partitions made here and spoilt here.

use super::*;
use crate::geometry::coverage::finding::FindingKind;
use crate::geometry::coverage::land::{distance, metres_a_unit, perimeter};
use crate::geometry::coverage::samples::{Numbers, areas, codes, corner, partition, rectangle};
use crate::geometry::position::FixedPoint;
use crate::geometry::shape::Polygon;
use proptest::prelude::*;

const TOLERANCE_M: f64 = 1.0;

fn mended(shapes: &[MultiPolygon]) -> Repaired {
    let codes = codes(shapes.len());
    repair(&areas(&codes, shapes), &[], TOLERANCE_M)
}

fn sample(seed: u64, count: usize, bend: f64) -> Vec<MultiPolygon> {
    (0..).find_map(|n| partition(&mut Numbers(seed + n), count, bend)).unwrap()
}

/// Every corner of every area moved on its own by so many metres at most; none when an area became invalid.
fn noisy(shapes: &[MultiPolygon], numbers: &mut Numbers, most_m: f64) -> Option<Vec<MultiPolygon>> {
    let most = most_m / metres_a_unit(corner());
    let mut moved = |p: &FixedPoint| {
        let (angle, far) = (numbers.share() * std::f64::consts::TAU, numbers.share() * most);
        let off = |v: u32, by: f64| (f64::from(v) + by).round() as u32;
        FixedPoint { x: off(p.x, far * angle.cos()), y: off(p.y, far * angle.sin()) }
    };
    let mut shape = |shape: &MultiPolygon| {
        let outer = shape[0].outer.iter().map(&mut moved).collect();
        fixed_polygons(vec![Polygon { outer, holes: Vec::new() }]).ok()
    };
    shapes.iter().map(&mut shape).collect()
}

/// Length of the shortest edge, metres.
fn shortest(shapes: &[MultiPolygon]) -> f64 {
    let sides = shapes.iter().flat_map(|shape| crate::geometry::exact::edges(&shape[0].outer));
    sides.map(|(a, b)| distance(a, b)).fold(f64::INFINITY, f64::min) * metres_a_unit(corner())
}

fn total_m2(shapes: &[MultiPolygon]) -> f64 {
    shapes.iter().map(land_m2).sum()
}

#[test]
fn what_is_sound_is_left_exactly_as_it_was() {
    let shapes = sample(1, 40, 0.05);
    let mended = mended(&shapes);
    assert_eq!(mended.areas, shapes);
    assert!(mended.moves.is_empty() && mended.left.is_empty() && mended.spared.is_empty());
}

#[test]
fn neighbours_get_the_corners_of_a_t_junction() {
    let below = rectangle(0.0, 300.0, 1_000.0, 300.0);
    let (a, b) = (rectangle(0.0, 0.0, 400.0, 300.0), rectangle(400.0, 0.0, 600.0, 300.0));
    let mended = mended(&[a.clone(), b.clone(), below]);
    assert_eq!((&mended.areas[0], &mended.areas[1]), (&a, &b));
    assert!(mended.areas[2][0].outer.contains(&a[0].outer[2]));
    let only = &mended.moves[..];
    assert_eq!((only.len(), only[0].vertices, only[0].what.clone()), (1, 1, vec![Deed::CornersInserted]));
    assert!(only[0].area_change_m2.abs() < 0.01 && mended.left.is_empty());
}

#[test]
fn the_lower_code_keeps_a_thin_overlap_and_a_wide_one_is_left() {
    let (a, b) = (rectangle(0.0, 0.0, 500.4, 300.0), rectangle(500.0, 0.0, 500.0, 300.0));
    let thin = mended(&[a.clone(), b.clone()]);
    assert!(thin.left.is_empty(), "{:?}", thin.left);
    let lost = thin.moves.iter().map(|m| m.area_change_m2).fold(0.0, f64::min);
    assert!(thin.moves.iter().all(|m| m.max_m < TOLERANCE_M) && lost > -0.5 * 300.0);
    let wide = mended(&[rectangle(0.0, 0.0, 503.0, 300.0), b.clone()]);
    assert_eq!((wide.moves.len(), wide.left.len(), wide.left[0].kind), (0, 1, FindingKind::Overlap));
    assert_eq!(wide.areas[1], b);
}

#[test]
fn a_thin_gap_inside_goes_to_the_neighbour_with_the_longest_border() {
    // A lens of 0.5 m whose corners are nobody's but the gap's: nothing can be moved onto anything.
    let start = corner();
    let at = |x: i64, y: i64| FixedPoint { x: (i64::from(start.x) + x) as u32, y: (i64::from(start.y) + y) as u32 };
    let hole = |x: i64| vec![at(x, 20_000), at(x + 20, 30_000), at(x + 40, 20_000)];
    let mut whole = rectangle(0.0, 0.0, 1_000.0, 600.0);
    whole[0].holes.push(hole(40_000));
    let whole = fixed_polygons(whole).unwrap();
    let mended = mended(&[whole, rectangle(2_000.0, 0.0, 100.0, 100.0)]);
    assert!(mended.left.is_empty() && mended.areas[0][0].holes.is_empty());
    assert_eq!(mended.moves[0].what, [Deed::GapFilled]);
    assert!(mended.moves[0].area_change_m2 > 10.0);
}

#[test]
fn children_come_to_lie_in_their_parents_and_fill_them() {
    let parent = rectangle(0.0, 0.0, 1_000.0, 300.0);
    let other = rectangle(1_000.0, 0.0, 1_000.0, 300.0);
    let (a, b) = (rectangle(0.0, 0.0, 500.0, 300.0), rectangle(500.0, 0.0, 500.6, 299.5));
    let c = rectangle(1_000.6, 0.0, 999.4, 300.0);
    let area = |code, parent, shape| CoverArea { code, parent, shape, fixed: false };
    let parents = [area("p", None, &parent), area("q", None, &other)];
    let children = [area("p1", Some("p"), &a), area("p2", Some("p"), &b), area("q1", Some("q"), &c)];
    let mended = repair(&children, &parents, TOLERANCE_M);
    assert!(mended.left.is_empty(), "{:?}", mended.left);
    let halves = total_m2(&mended.areas[..2]);
    assert!((halves / land_m2(&parent) - 1.0).abs() < 1e-6, "{halves}");
    assert!((land_m2(&mended.areas[2]) / land_m2(&other) - 1.0).abs() < 1e-6);
}

#[test]
fn an_area_that_is_fixed_stays_and_its_neighbour_gives_way() {
    let (a, b) = (rectangle(0.0, 0.0, 500.4, 300.0), rectangle(500.0, 0.0, 500.0, 300.0));
    let codes = codes(2);
    let shapes = [a, b.clone()];
    let mut both = areas(&codes, &shapes);
    both[1].fixed = true;
    let mended = repair(&both, &[], TOLERANCE_M);
    assert_eq!(mended.areas[1], b);
    assert!(mended.left.is_empty() && mended.moves.len() == 1 && mended.moves[0].area_change_m2 < 0.0);
}

#[test]
fn an_area_that_would_be_lost_is_spared_and_said() {
    // A lane half a metre wide inside a grid with the lower code.
    let shapes = [rectangle(0.0, 0.0, 500.0, 300.0), rectangle(100.0, 100.0, 0.5, 100.0)];
    let mended = mended(&shapes);
    assert_eq!(mended.areas, shapes);
    assert_eq!(mended.spared, [("350602001001001".to_owned(), Spared::Change { share: 1.0 })]);
    assert_eq!(mended.left[0].kind, FindingKind::OverlapSliver);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn noise_below_half_the_tolerance_is_mended_without_a_trace(seed in 0u64..1_000_000) {
        let shapes = sample(seed, 20, 0.05);
        // Corners nearer to one another than the noise could go either way.
        if shortest(&shapes) < 5.0 * TOLERANCE_M {
            return Ok(());
        }
        let Some(noisy) = noisy(&shapes, &mut Numbers(seed ^ 77), TOLERANCE_M / 2.0) else { return Ok(()) };
        let mended = mended(&noisy);
        prop_assert!(mended.spared.is_empty(), "{:?}", mended.spared);
        let kinds: Vec<_> = mended.left.iter().map(|f| (f.kind, f.area_m2, f.width_m)).collect();
        prop_assert!(kinds.is_empty(), "{kinds:?}");
        // The outline moved by no more than the noise.
        let square = crate::geometry::coverage::samples::SIDE;
        let outline_m = 4.0 * f64::from(square) * metres_a_unit(corner());
        let change = (total_m2(&mended.areas) - total_m2(&shapes)).abs();
        prop_assert!(change < TOLERANCE_M * outline_m, "{change}");
        for (after, before) in mended.areas.iter().zip(&shapes) {
            let most = TOLERANCE_M * perimeter(before) * metres_a_unit(corner());
            prop_assert!((land_m2(after) - land_m2(before)).abs() < most);
        }
        prop_assert!(mended.moves.iter().all(|m| m.max_m <= 2.0 * TOLERANCE_M));
    }

    #[test]
    fn mending_what_is_mended_changes_nothing(seed in 0u64..1_000_000, most_m in 0.1..3.0f64) {
        let shapes = sample(seed, 15, 0.05);
        let Some(noisy) = noisy(&shapes, &mut Numbers(seed ^ 77), most_m) else { return Ok(()) };
        let once = mended(&noisy);
        let twice = mended(&once.areas);
        // Not prop_assert_eq: nobody reads a thousand positions.
        prop_assert!(twice.areas == once.areas, "{:?}", twice.moves);
        prop_assert!(twice.moves.is_empty());
    }
}
