//! What the gate takes, and what it says when it refuses.

use super::*;
use proptest::prelude::*;

type Raw = Vec<Vec<Vec<Vec<f64>>>>;

/// One polygon of rings given as positions in thousandths of a degree around the district.
fn polygon(rings: &[&[(i32, i32)]]) -> Raw {
    let position = |&(x, y): &(i32, i32)| vec![117.65 + f64::from(x) / 1e3, 24.51 + f64::from(y) / 1e3];
    vec![rings.iter().map(|ring| ring.iter().map(position).collect()).collect()]
}

const SQUARE: &[(i32, i32)] = &[(0, 0), (10, 0), (10, 10), (0, 10), (0, 0)];

fn refusal(raw: &Raw) -> String {
    polygons(raw).unwrap_err().to_string()
}

/// The square with its n-th position changed.
fn with_position(n: usize, position: &[f64]) -> Raw {
    let mut raw = polygon(&[SQUARE]);
    raw[0][0][n] = position.to_vec();
    raw
}

#[test]
fn rings_get_one_direction_and_lose_their_closing_position() {
    let hole: &[(i32, i32)] = &[(2, 2), (4, 2), (4, 4), (2, 2)];
    let backward = |ring: &[(i32, i32)]| ring.iter().rev().copied().collect::<Vec<_>>();
    for raw in [polygon(&[SQUARE, hole]), polygon(&[&backward(SQUARE), &backward(hole)])] {
        let shape = polygons(&raw).unwrap();
        assert_eq!((shape[0].outer.len(), shape[0].holes[0].len()), (4, 3));
        assert!(doubled_area(&shape[0].outer) > 0 && doubled_area(&shape[0].holes[0]) < 0);
        assert_eq!(fixed_polygons(shape.clone()), Ok(shape));
    }
}

#[test]
fn equal_neighbours_become_one_and_heights_are_left_out() {
    let mut raw = polygon(&[&[(0, 0), (0, 0), (10, 0), (10, 10), (10, 10), (0, 10), (0, 0), (0, 0)]]);
    raw[0][0].iter_mut().for_each(|p| p.push(12.5));
    assert_eq!(polygons(&raw), polygons(&polygon(&[SQUARE])));
    assert_eq!(point(&[117.65, 24.51, 3.0]), point(&[117.65, 24.51]));
}

#[test]
fn positions_of_two_numbers_need_no_list_of_their_own() {
    let raw = polygon(&[SQUARE]);
    let pairs: Vec<Vec<Vec<[f64; 2]>>> = raw
        .iter()
        .map(|rings| rings.iter().map(|ring| ring.iter().map(|p| [p[0], p[1]]).collect()).collect())
        .collect();
    assert_eq!(polygons(&pairs), polygons(&raw));
    assert_eq!(line(&pairs[0][0]), line(&raw[0][0]));
}

#[test]
fn positions_off_the_map_are_refused_with_their_place() {
    let place = "(polygon 0, ring 0, position 2)";
    let swapped = "latitude 117.65 is outside -90..=90; longitude and latitude look swapped, longitude comes first";
    assert_eq!(refusal(&with_position(2, &[24.51, 117.65])), format!("{swapped} {place}"));
    let not_finite = "coordinate [NaN, 24.5] is not finite; longitude and latitude must be numbers";
    assert_eq!(refusal(&with_position(2, &[f64::NAN, 24.5])), format!("{not_finite} {place}"));
    assert!(refusal(&with_position(2, &[117.0, f64::INFINITY])).contains("is not finite"));
    let polar = "latitude 86 is outside the map's -85.0511..=85.0511";
    assert_eq!(refusal(&with_position(2, &[117.65, 86.0])), format!("{polar} {place}"));
    assert_eq!(
        refusal(&with_position(1, &[117.65])),
        "polygon 0, ring 0, position 1 has 1 numbers; a position is [longitude, latitude], or with a height as third"
    );
    assert_eq!(point(&[200.0, 0.0]).unwrap_err().to_string(), "longitude 200 is outside -180..=180 (the point)");
    assert!(point(&[]).is_err() && point(&[1.0, 2.0, 3.0, 4.0]).is_err());
}

#[test]
fn rings_that_are_no_rings_are_refused() {
    assert_eq!(
        refusal(&polygon(&[&SQUARE[..4]])),
        "polygon 0, ring 0 is not closed: it starts at [117.65, 24.51] and ends at [117.65, 24.520000000000003]; \
         the last position must repeat the first"
    );
    assert_eq!(
        refusal(&polygon(&[SQUARE, &[(1, 1), (2, 2), (1, 1)]])),
        "polygon 0, ring 1 has 3 positions; it needs at least 4"
    );
    let flat = "has no area; all its positions are one, or on one line, once rounded to 9 mm";
    assert_eq!(refusal(&polygon(&[&[(0, 0), (5, 0), (9, 0), (0, 0)]])), format!("polygon 0, ring 0 {flat}"));
    assert_eq!(refusal(&polygon(&[&[(1, 1); 4]])), format!("polygon 0, ring 0 {flat}"));
    assert_eq!(refusal(&Vec::new()), "the shape is empty; it needs at least one polygon");
    assert_eq!(refusal(&vec![Vec::new()]), "polygon 0 is empty; it needs at least one ring");
    assert_eq!(refusal(&polygon(&[&[]])), "polygon 0, ring 0 has 0 positions; it needs at least 4");
}

#[test]
fn a_bow_tie_is_refused_with_both_edges_and_the_crossing() {
    // The doubled position must not shift the numbers in the message.
    let bow_tie = polygon(&[&[(0, 0), (0, 0), (10, 10), (10, 0), (0, 10), (0, 0)]]);
    let message = refusal(&bow_tie);
    assert!(
        message.starts_with(
            "the edges from polygon 0, ring 0, position 3 and from polygon 0, ring 0, position 0 cross near [117.655"
        ),
        "{message}"
    );
}

#[test]
fn holes_and_parts_in_the_wrong_place_are_named() {
    let away: &[(i32, i32)] = &[(20, 0), (30, 0), (30, 9), (20, 0)];
    assert_eq!(
        refusal(&polygon(&[SQUARE, away])),
        "polygon 0, ring 1 is a hole but lies outside its outer ring (ring 0); holes lie inside it"
    );
    let inner: &[(i32, i32)] = &[(2, 2), (4, 2), (4, 4), (2, 2)];
    let parts = [polygon(&[inner]), polygon(&[SQUARE])].concat();
    assert_eq!(
        refusal(&parts),
        "polygon 0, ring 0 lies inside polygon 1, ring 0; the parts of a shape must not overlap"
    );
}

#[test]
fn nothing_crosses_the_antimeridian_in_silence() {
    let ring = [[179.0, 0.0], [-179.0, 0.0], [-179.0, 1.0], [179.0, 0.0]];
    let raw: Raw = vec![vec![ring.iter().map(|p| p.to_vec()).collect()]];
    assert_eq!(
        refusal(&raw),
        "the step from longitude 179 to -179 (polygon 0, ring 0, position 0) crosses the antimeridian or spans half the \
         globe; split the shape at longitude 180 (RFC 7946, 3.1.9)"
    );
    let message = line(&[vec![170.0, 0.0], vec![179.0, 0.0], vec![-179.0, 0.0]]).unwrap_err().to_string();
    assert!(message.contains("(position 1)"), "{message}");
    let across = [(0, 0), (u32::MAX, 0), (u32::MAX, 9)].map(|(x, y)| FixedPoint { x, y });
    let fixed = fixed_polygons(vec![Polygon { outer: across.into(), holes: Vec::new() }]);
    assert!(matches!(fixed, Err(GateError::Antimeridian { .. })));
}

#[test]
fn more_positions_than_are_taken_are_refused_before_they_are_looked_at() {
    let raw: Raw = vec![vec![vec![vec![f64::NAN; 2]; MAX_POSITIONS + 1]]];
    assert_eq!(refusal(&raw), "the shape has 100001 positions; at most 100000 are taken");
    assert_eq!(line(&raw[0][0]), Err(GateError::TooMany { got: MAX_POSITIONS + 1 }));
}

#[test]
fn lines_need_two_places_and_may_cross_themselves() {
    let crossing = [[0.0, 0.0], [1.0, 1.0], [1.0, 0.0], [0.0, 1.0]].map(|p| p.to_vec());
    assert_eq!(line(&crossing).map(|line| line.len()), Ok(4));
    assert_eq!(line(&crossing[..1]).unwrap_err().to_string(), "the shape has 1 positions; it needs at least 2");
    let still = [crossing[0].clone(), crossing[0].clone()];
    assert!(line(&still).unwrap_err().to_string().starts_with("the shape has no length"));
}

fn number() -> impl Strategy<Value = f64> {
    prop_oneof![4 => -200.0..200.0f64, 1 => any::<f64>(), 4 => (-4i32..5).prop_map(f64::from)]
}

proptest! {
    #[test]
    fn whatever_comes_is_taken_or_refused_and_what_is_taken_stays(
        raw in prop::collection::vec(prop::collection::vec(prop::collection::vec(prop::collection::vec(number(), 0..4), 0..7), 0..3), 0..3),
        close in any::<bool>(),
    ) {
        let mut raw = raw;
        if close {
            raw.iter_mut().flatten().for_each(|ring| ring.extend(ring.first().cloned()));
        }
        if let Ok(shape) = polygons(&raw) {
            prop_assert_eq!(fixed_polygons(shape.clone()), Ok(shape));
        }
        for ring in raw.iter().flatten() {
            let _ = line(ring);
            let _ = ring.first().map(|p| point(p));
        }
    }

    #[test]
    fn small_triangles_on_the_lattice_of_whole_degrees_keep_their_corners(a in (-60i32..60, -60i32..60), b in (1i32..20, 0i32..20), c in (0i32..20, 1i32..20)) {
        let corner = |(x, y): (i32, i32)| vec![f64::from(x), f64::from(y)];
        let ring = [a, (a.0 + b.0, a.1 - b.1), (a.0 + c.0, a.1 + c.1)].map(corner);
        let raw = vec![vec![[&ring[..], &ring[..1]].concat()]];
        let shape = polygons(&raw).unwrap();
        let mut kept: Vec<_> = shape[0].outer.iter().map(|p| lonlat_from_fixed(*p)).map(|p| vec![p.lon().round(), p.lat().round()]).collect();
        let mut given = ring.to_vec();
        let order = |u: &Vec<f64>, v: &Vec<f64>| u.partial_cmp(v).unwrap();
        kept.sort_by(order);
        given.sort_by(order);
        prop_assert_eq!(kept, given);
    }
}
