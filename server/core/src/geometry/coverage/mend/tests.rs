//! Invalid shapes made valid, beside what GEOS makes of them.

use super::*;
use proptest::prelude::*;

type Raw = Vec<Vec<Vec<[f64; 2]>>>;
type Line = [(i32, i32)];

/// Polygons in ten-thousandths of a degree beside the equator.
fn raw(parts: &[&[&[(i32, i32)]]]) -> Raw {
    let position = |&(x, y): &(i32, i32)| [f64::from(x) / 1e4, f64::from(y) / 1e4];
    let ring = |ring: &&[(i32, i32)]| ring.iter().map(position).collect();
    parts.iter().map(|rings| rings.iter().map(ring).collect()).collect()
}

const SQUARE: &Line = &[(0, 0), (100, 0), (100, 100), (0, 100), (0, 0)];

fn square(x: i32, y: i32, side: i32) -> Vec<(i32, i32)> {
    vec![(x, y), (x + side, y), (x + side, y + side), (x, y + side), (x, y)]
}

/// Area in squares of a ten-thousandth of a degree.
fn squares(shape: &MultiPolygon) -> f64 {
    let unit = make_valid(&raw(&[&[SQUARE]])).unwrap();
    land_m2(shape) / land_m2(&unit.shape) * 10_000.0
}

/// Areas by shapely 2.2.0 over GEOS 3.14.1, `make_valid(shape, method="structure", keep_collapsed=False)`.
#[test]
fn what_is_mended_has_the_area_geos_gives_it() {
    let touching: &Line = &[(0, 0), (50, 0), (60, 20), (40, 20), (50, 0), (100, 0), (100, 100), (0, 100), (0, 0)];
    let lobe: &Line = &[(0, 0), (100, 0), (100, 100), (110, 105), (105, 110), (100, 100), (0, 100), (0, 0)];
    let across: &Line = &[(95, 40), (105, 40), (105, 50), (95, 50), (95, 40)];
    let looped: &Line =
        &[(0, 0), (100, 0), (100, 100), (50, 100), (52, 92), (58, 92), (55, 104), (48, 100), (0, 100), (0, 0)];
    let (left, right): (&Line, &Line) =
        (&[(0, 50), (50, 45), (50, 55), (0, 50)], &[(50, 50), (100, 45), (100, 55), (50, 50)]);
    let again: &Line = &[(0, 0), (100, 0), (100, 100), (0, 100), (0, 0), (20, 20), (24, 20), (24, 24), (0, 0)];
    let spike: &Line = &[(0, 0), (100, 0), (160, 0), (100, 0), (100, 100), (0, 100), (0, 0)];
    let (hole, inner) = (square(10, 10, 30), square(20, 20, 5));
    let crossing: &Line = &[(38, 20), (60, 20), (60, 25), (38, 25), (38, 20)];
    let beside: &Line = &[(95, 0), (200, 0), (200, 100), (95, 100), (95, 0)];
    let cases: [(&str, Raw, f64); 10] = [
        ("a spike", raw(&[&[spike]]), 10_000.0),
        ("a ring that touches itself", raw(&[&[touching]]), 10_000.0),
        ("a lobe at a corner", raw(&[&[lobe]]), 10_037.5),
        ("a hole across the border", raw(&[&[SQUARE, across]]), 9_950.0),
        ("a hole in a hole", raw(&[&[SQUARE, &hole, &inner]]), 9_100.0),
        ("holes that overlap", raw(&[&[SQUARE, &hole, crossing]]), 9_000.0),
        ("polygons that overlap", raw(&[&[SQUARE], &[beside]]), 20_000.0),
        ("a loop", raw(&[&[looped]]), 10_016.0),
        ("holes that cut the inside in two", raw(&[&[SQUARE, left, right]]), 9_500.0),
        ("a ring that goes around again", raw(&[&[again]]), 10_000.0),
    ];
    for (name, raw, area) in cases {
        assert!(gate::polygons(&raw).is_err(), "{name} is valid");
        let mended = make_valid(&raw).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert!((squares(&mended.shape) / area - 1.0).abs() < 1e-5, "{name}: {}", squares(&mended.shape));
        assert_eq!(fixed_polygons(mended.shape.clone()), Ok(mended.shape), "{name}");
        assert_eq!(mended.what, [Mending::RingsRedrawn], "{name}");
    }
}

#[test]
fn a_hole_outside_takes_nothing_away_and_adds_nothing() {
    // GEOS makes an island of it; nobody who draws a hole means one.
    let mended = make_valid(&raw(&[&[SQUARE, &square(110, 10, 5)]])).unwrap();
    assert!((squares(&mended.shape) - 10_000.0).abs() < 0.1);
}

#[test]
fn rings_left_open_or_given_twice_are_told_apart_from_rings_redrawn() {
    let what = |raw: &Raw| make_valid(raw).unwrap().what;
    let hole = square(10, 10, 30);
    assert_eq!(what(&raw(&[&[&SQUARE[..4]]])), [Mending::RingClosed]);
    assert_eq!(what(&raw(&[&[SQUARE, &hole, &hole]])), [Mending::CopyLeftOut]);
    assert_eq!(what(&raw(&[&[SQUARE], &[SQUARE]])), [Mending::CopyLeftOut]);
    assert_eq!(what(&raw(&[&[SQUARE, &[(20, 20), (30, 30), (40, 40), (20, 20)]]])), [Mending::RingLeftOut]);
    assert_eq!(what(&raw(&[&[SQUARE, &hole]])), []);
    let flat = make_valid(&raw(&[&[&[(0, 0), (10, 0), (20, 0), (0, 0)]]]));
    assert_eq!(flat, Err(CannotMend::NoArea));
}

#[test]
fn what_could_mean_something_else_stays_refused_with_the_reason() {
    let bow_tie = raw(&[&[&[(0, 0), (100, 100), (100, 0), (0, 100), (0, 0)]]]);
    let message = make_valid(&bow_tie).unwrap_err().to_string();
    assert!(
        message.starts_with("made valid it would have ") && message.ends_with("it has to be drawn again"),
        "{message}"
    );
    let mut nowhere = raw(&[&[SQUARE]]);
    nowhere[0][0][2] = [f64::NAN, 1.0];
    assert!(matches!(make_valid(&nowhere), Err(CannotMend::Refused(GateError::OffMap { .. }))));
    let over: Raw = vec![vec![vec![[179.0, 0.0], [-179.0, 0.0], [-179.0, 1.0], [179.0, 0.5]]]];
    assert!(matches!(make_valid(&over), Err(CannotMend::Refused(_))));
    assert_eq!(make_valid::<[f64; 2]>(&[]), Err(CannotMend::NoArea));
}

#[test]
fn a_star_that_crosses_itself_a_million_times_is_refused() {
    // DESIGN: geo's overlay takes 48 s on a star of 2,000 positions.
    let n = 2_001;
    let tip = |i: usize| {
        let angle = std::f64::consts::TAU * (i * 1_000 % n) as f64 / n as f64;
        [117.65 + 0.05 * angle.cos(), 24.51 + 0.05 * angle.sin()]
    };
    let star: Raw = vec![vec![(0..=n).map(tip).collect()]];
    assert!(matches!(make_valid(&star), Err(CannotMend::TooComplex { crossings }) if crossings > 10_000));
}

proptest! {
    #[test]
    fn whatever_comes_is_made_valid_or_refused(
        parts in prop::collection::vec(prop::collection::vec(prop::collection::vec((0i32..40, 0i32..40), 0..9), 1..3), 1..3)
    ) {
        let refs: Vec<Vec<&[(i32, i32)]>> = parts.iter().map(|rings| rings.iter().map(Vec::as_slice).collect()).collect();
        let refs: Vec<&[&[(i32, i32)]]> = refs.iter().map(Vec::as_slice).collect();
        if let Ok(mended) = make_valid(&raw(&refs)) {
            let gated = fixed_polygons(mended.shape.clone());
            prop_assert!(gated.is_ok_and(|same| same == mended.shape));
        }
    }
}
