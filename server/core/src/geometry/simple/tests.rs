//! The sweep's verdicts beside geo's validity check, and shapes made to be slow.

use super::*;
use geo::Validation;
use proptest::prelude::*;

type Points = Vec<(u32, u32)>;

fn ring(points: &[(u32, u32)]) -> Vec<FixedPoint> {
    points.iter().map(|&(x, y)| FixedPoint { x, y }).collect()
}

/// First fault of polygons given as rings, the outer one first.
fn fault(parts: &[Vec<Vec<FixedPoint>>]) -> Option<Fault> {
    let rings: Vec<_> = parts
        .iter()
        .enumerate()
        .flat_map(|(part, rings)| {
            rings.iter().enumerate().map(move |(i, points)| RingInPart { part, hole: i > 0, points })
        })
        .collect();
    first_fault(&rings)
}

fn outer_fault(points: &[(u32, u32)]) -> Option<Fault> {
    fault(&[vec![ring(points)]])
}

fn spot(ring: usize, vertex: usize) -> Spot {
    Spot { ring, vertex }
}

#[test]
fn a_bow_tie_crosses_where_its_edges_do() {
    let bow_tie = [(0, 0), (10, 10), (10, 0), (0, 10)];
    assert_eq!(outer_fault(&bow_tie), Some(Fault::Crossing(spot(0, 0), spot(0, 2), FixedPoint { x: 5, y: 5 })));
}

#[test]
fn a_ring_that_comes_back_touches_itself() {
    let eight = [(0, 0), (5, 5), (10, 0), (10, 10), (5, 5), (0, 10)];
    assert!(matches!(outer_fault(&eight), Some(Fault::SelfTouch(..))));
    let corner_on_edge = [(0, 0), (10, 0), (10, 10), (5, 0), (0, 10)];
    assert!(matches!(outer_fault(&corner_on_edge), Some(Fault::SelfTouch(..))));
}

#[test]
fn a_spike_runs_along_itself() {
    for spike in [[(0, 0), (10, 0), (5, 0), (5, 9)], [(0, 0), (10, 0), (20, 0), (3, 0)]] {
        assert!(matches!(outer_fault(&spike), Some(Fault::Overlap(..))), "{spike:?}");
    }
}

#[test]
fn holes_that_touch_the_outer_ring_once_are_fine_and_twice_cut_the_inside() {
    let outer = ring(&[(0, 0), (20, 0), (20, 20), (0, 20)]);
    let once = ring(&[(0, 10), (5, 5), (5, 15)]);
    let twice = ring(&[(0, 10), (10, 5), (20, 10), (10, 15)]);
    assert_eq!(fault(&[vec![outer.clone(), once]]), None);
    assert!(matches!(fault(&[vec![outer, twice]]), Some(Fault::Disconnected(..))));
}

#[test]
fn a_chain_of_holes_across_the_inside_cuts_it() {
    let outer = ring(&[(0, 0), (20, 0), (20, 20), (0, 20)]);
    let west = ring(&[(0, 10), (10, 5), (10, 10)]);
    let east = ring(&[(10, 10), (20, 10), (15, 15)]);
    assert!(matches!(fault(&[vec![outer.clone(), west.clone(), east]]), Some(Fault::Disconnected(..))));
    // Three holes around one position enclose nothing.
    let others = [ring(&[(10, 10), (15, 8), (15, 12)]), ring(&[(10, 10), (12, 15), (8, 15)])];
    assert_eq!(fault(&[vec![outer, west, others[0].clone(), others[1].clone()]]), None);
}

#[test]
fn rings_lie_where_their_kind_says() {
    let square = |from: u32, to: u32| ring(&[(from, from), (to, from), (to, to), (from, to)]);
    let (all, large, middle, small) = (square(0, 30), square(5, 25), square(8, 22), square(10, 20));
    let away = ring(&[(40, 0), (50, 0), (50, 10)]);
    assert_eq!(fault(&[vec![all.clone(), large.clone()], vec![middle.clone(), small.clone()]]), None);
    assert_eq!(fault(&[vec![all.clone(), away.clone()]]), Some(Fault::HoleOutside(1)));
    assert_eq!(fault(&[vec![all.clone(), small.clone(), large.clone()]]), Some(Fault::HoleInHole(1, 2)));
    assert_eq!(fault(&[vec![small.clone()], vec![away], vec![all.clone()]]), Some(Fault::PartInPart(0, 2)));
    assert_eq!(fault(&[vec![large.clone(), all.clone()]]), Some(Fault::HoleOutside(1)));
    // The hole of one part lies in another part inside the first.
    assert!(fault(&[vec![all, small], vec![large]]).is_some());
}

#[test]
fn parts_may_touch_in_a_position_but_not_along_an_edge() {
    let square = |x: u32, y: u32| vec![ring(&[(x, y), (x + 10, y), (x + 10, y + 10), (x, y + 10)])];
    assert_eq!(fault(&[square(0, 0), square(10, 10)]), None);
    assert!(matches!(fault(&[square(0, 0), square(10, 5)]), Some(Fault::Overlap(..))));
    assert!(matches!(fault(&[square(0, 0), square(5, 5)]), Some(Fault::Crossing(..))));
    assert!(matches!(fault(&[square(0, 0), square(0, 0)]), Some(Fault::Overlap(..))));
}

/// Long teeth, all over each other's boxes: pairs of boxes would be billions.
#[test]
fn a_comb_of_a_hundred_thousand_corners_is_judged() {
    let (teeth, long) = (49_998u32, 1_000_000u32);
    let mut comb: Points = Vec::new();
    for i in 0..teeth {
        comb.extend([(2 * i, 2 * i + long), (2 * i + 1 + long, 2 * i + 1)]);
    }
    let beside = 2 * teeth + long;
    comb.extend([(beside + 100, 2 * teeth), (long + 100, 0), (0, 0)]);
    assert_eq!(outer_fault(&comb), None);
    // The last corner moved to the far end of the teeth.
    *comb.last_mut().unwrap() = (beside, beside);
    assert!(matches!(outer_fault(&comb), Some(Fault::Crossing(..))));
}

#[test]
fn a_star_whose_edges_all_cross_is_refused() {
    let corner = |i: u32| {
        let (sin, cos) = (f64::from(i) * 0.4999 * std::f64::consts::TAU).sin_cos();
        ((2e9 + 1e9 * cos) as u32, (2e9 + 1e9 * sin) as u32)
    };
    assert!(matches!(outer_fault(&(0..9_999).map(corner).collect::<Vec<_>>()), Some(Fault::Crossing(..))));
}

fn corners() -> impl Strategy<Value = Points> {
    prop::collection::vec((0u32..9, 0u32..9), 3..8)
}

/// Small shapes away from the lattice's middle are seldom in one another, so holes shrink toward it.
fn holes() -> impl Strategy<Value = Vec<Points>> {
    prop::collection::vec(prop::collection::vec((2u32..7, 2u32..7), 3..5), 0..4)
}

/// The ring without repeats, or none when it is no ring or has no area, which the gate sees before it asks.
fn ring_of(points: &Points) -> Option<Vec<FixedPoint>> {
    let mut points = ring(points);
    points.dedup();
    if points.first() == points.last() {
        points.pop();
    }
    points.iter().skip(2).any(|p| turn(points[0], points[1], *p) != 0).then_some(points)
}

fn theirs(parts: &[Vec<Vec<FixedPoint>>]) -> geo::MultiPolygon<f64> {
    let line = |points: &Vec<FixedPoint>| -> geo::LineString<f64> {
        points.iter().map(|p| (f64::from(p.x), f64::from(p.y))).collect()
    };
    parts.iter().map(|rings| geo::Polygon::new(line(&rings[0]), rings[1..].iter().map(line).collect())).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3000))]

    #[test]
    fn verdicts_on_rings_agree_with_geo(points in corners()) {
        let Some(points) = ring_of(&points) else { return Ok(()) };
        let parts = [vec![points]];
        let found = fault(&parts);
        prop_assert_eq!(found.is_none(), theirs(&parts).is_valid(), "{:?}", found);
    }

    #[test]
    fn verdicts_on_polygons_with_holes_agree_with_geo(holes in holes()) {
        let mut rings = vec![ring(&[(0, 0), (8, 0), (8, 8), (0, 8)])];
        rings.extend(holes.iter().filter_map(ring_of));
        let parts = [rings];
        let found = fault(&parts);
        // geo does not look whether holes that touch one another cut the inside; GEOS does, see tests/gate_verdicts.rs.
        if !matches!(found, Some(Fault::Disconnected(..))) {
            prop_assert_eq!(found.is_none(), theirs(&parts).is_valid(), "{:?}", found);
        }
    }

    #[test]
    fn verdicts_on_several_parts_agree_with_geo(parts in prop::collection::vec((prop::collection::vec((0u32..9, 0u32..9), 3..5), 0u32..3), 1..4)) {
        let mut shapes = Vec::new();
        for (points, shift) in &parts {
            let shifted = points.iter().map(|(x, y)| (x + 5 * shift, y + 3 * shift)).collect();
            shapes.extend(ring_of(&shifted).map(|points| vec![points]));
        }
        let found = fault(&shapes);
        prop_assert_eq!(found.is_none(), theirs(&shapes).is_valid(), "{:?}", found);
    }
}
