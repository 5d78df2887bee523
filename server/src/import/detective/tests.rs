//! The demo district's own doors, shifted, swapped and projected: each is found, and what is right is left alone.

use super::*;
use crate::simulate::{DemoDistrict, district};
use std::sync::LazyLock;
use wangge_core::domain::area::{AreaRow, Level};
use wangge_core::domain::feature::BaseRow;
use wangge_core::domain::household::HouseholdRow;
use wangge_core::geometry::position::{LonLat, fixed_from_lonlat, lonlat_from_fixed};

mod areas;
mod many;
mod tainan;

static TOWN: LazyLock<DemoDistrict> = LazyLock::new(|| district(12_000, 3).unwrap());
/// Everything the district has to hold doors against.
static GROUND: LazyLock<AreasForFit> = LazyLock::new(|| ground(&TOWN, |_| true, &TOWN.base));
/// The same without blocks and without anything that stands on them.
static GRIDS: LazyLock<AreasForFit> = LazyLock::new(|| ground(&TOWN, |area| area.level != Level::Block, &[]));

fn ground(town: &DemoDistrict, keep: impl Fn(&AreaRow) -> bool, base: &[BaseRow]) -> AreasForFit {
    let areas = town.areas.iter().filter(|area| keep(area)).map(FitArea::from);
    AreasForFit::build(areas, base.iter()).unwrap()
}

fn crs(word: &str) -> Crs {
    word.parse().unwrap()
}

/// Numbers of positions in a system, as a file would have them.
fn numbers(at: impl Iterator<Item = FixedPoint>, file: &str) -> Vec<Witness<'static>> {
    let file = crs(file);
    at.map(|at| Witness::from(file.from_lonlat(lonlat_from_fixed(at).into()).unwrap())).collect()
}

fn doors(households: &[HouseholdRow], file: &str) -> Vec<Witness<'static>> {
    numbers(households.iter().map(|household| household.at), file)
}

fn every(town: &DemoDistrict, step: usize) -> Vec<HouseholdRow> {
    town.households.iter().step_by(step).cloned().collect()
}

/// A position so many metres east and south of another.
fn beside(at: FixedPoint, east_m: f64, south_m: f64) -> FixedPoint {
    let units = |metres: f64| (metres / GROUND.metres_per_unit()) as i64;
    super::areas::moved(at, units(east_m), units(south_m))
}

#[track_caller]
fn assert_found(verdict: &Verdict, expected: &str) {
    assert_eq!(verdict.decision, Decision::Other, "{verdict}");
    assert_eq!((verdict.suggested().as_deref(), verdict.passes()), (Some(expected), false), "{verdict}");
    assert!(verdict.confidence > 0.99, "{verdict}");
}

#[track_caller]
fn assert_left_alone(verdict: &Verdict) {
    assert_eq!((&verdict.decision, verdict.passes()), (&Decision::Agrees, true), "{verdict}");
    assert_eq!((verdict.suggested(), verdict.moved), (None, None));
    assert!(verdict.confidence > 0.95, "{verdict}");
}

#[track_caller]
fn assert_unsure(verdict: &Verdict, because: &str) {
    let Decision::Unsure { why } = &verdict.decision else { panic!("{verdict}") };
    assert!(why.contains(because) && verdict.passes(), "{verdict}");
}

/// What files hold that are read as CRS84.
const DISGUISES: [&str; 9] = [
    "gcj02",
    "bd09",
    "latlon",
    "gcj02-swapped",
    "EPSG:4548",
    "EPSG:4548-swapped",
    "EPSG:4527",
    "EPSG:3857",
    "EPSG:32650",
];

#[test]
fn every_disguise_of_the_district_s_doors_is_found() {
    for file in DISGUISES {
        assert_found(&inspect(&doors(&TOWN.households, file), &Crs::Crs84, &GROUND), file);
    }
}

#[test]
fn every_disguise_is_found_by_grids_alone() {
    for file in DISGUISES {
        assert_found(&inspect(&doors(&TOWN.households, file), &Crs::Crs84, &GRIDS), file);
    }
}

#[test]
fn every_disguise_of_a_small_and_of_a_large_district_is_found() {
    for (households, seed) in [(2_000, 5), (50_000, 1)] {
        let town = district(households, seed).unwrap();
        let ground = ground(&town, |_| true, &town.base);
        for file in DISGUISES {
            assert_found(&inspect(&doors(&town.households, file), &Crs::Crs84, &ground), file);
        }
        assert_left_alone(&inspect(&doors(&town.households, "crs84"), &Crs::Crs84, &ground));
    }
}

#[test]
fn what_is_right_as_given_is_left_alone() {
    for file in ["crs84", "gcj02", "bd09", "latlon", "EPSG:4548", "EPSG:4548-swapped", "EPSG:3857", "EPSG:4490"] {
        let doors = doors(&TOWN.households, file);
        assert_left_alone(&inspect(&doors, &crs(file), &GROUND));
        assert_left_alone(&inspect(&doors, &crs(file), &GRIDS));
    }
}

#[test]
fn what_is_right_is_left_alone_with_a_tenth_of_the_doors_outside() {
    let all: Vec<FixedPoint> = TOWN.households.iter().map(|household| household.at).collect();
    // A settlement just beyond each edge in turn: as near as a shift of datum, and all on one side.
    for (east, south) in [(1.0, 0.0), (-1.0, 0.0), (0.0, 1.0), (0.0, -1.0), (0.7, 0.7), (-0.7, -0.7)] {
        let outermost = |at: &&FixedPoint| (f64::from(at.x) * east + f64::from(at.y) * south) as i64;
        let edge = *all.iter().max_by_key(outermost).unwrap();
        let beyond = (0..all.len() / 9).map(|n| {
            let (row, column) = ((n / 40) as f64 * 15.0, (n % 40) as f64 * 15.0);
            beside(
                edge,
                east * (150.0 + row) - south * (column - 300.0),
                south * (150.0 + row) + east * (column - 300.0),
            )
        });
        let witnesses = numbers(all.iter().copied().chain(beyond), "crs84");
        for ground in [&*GROUND, &*GRIDS] {
            let verdict = inspect(&witnesses, &Crs::Crs84, ground);
            assert!(verdict.as_given.share < 0.92, "{verdict}");
            assert_left_alone(&verdict);
        }
    }
}

#[test]
fn thirty_doors_are_enough_where_buildings_are_known() {
    let few = every(&TOWN, TOWN.households.len() / 30);
    assert_left_alone(&inspect(&doors(&few, "crs84"), &Crs::Crs84, &GROUND));
    for file in ["gcj02", "bd09", "EPSG:4548", "EPSG:4548-swapped", "latlon", "EPSG:3857"] {
        assert_found(&inspect(&doors(&few, file), &Crs::Crs84, &GROUND), file);
    }
}

#[test]
fn areas_in_one_small_corner_stop_nothing_that_is_right() {
    let communities: Vec<&AreaRow> = TOWN.areas.iter().filter(|area| area.level == Level::Community).collect();
    for community in communities {
        let is_corner = |area: &AreaRow| area.code.starts_with(&community.code);
        for corner in
            [ground(&TOWN, is_corner, &TOWN.base), ground(&TOWN, |a| is_corner(a) && a.level != Level::Block, &[])]
        {
            let verdict = inspect(&doors(&TOWN.households, "crs84"), &Crs::Crs84, &corner);
            assert!(verdict.passes() && verdict.as_given.share < 0.5, "{verdict}");
        }
    }
}

#[test]
fn crs84_declared_as_another_datum_is_caught() {
    let right = doors(&TOWN.households, "crs84");
    for given in ["gcj02", "bd09", "latlon", "EPSG:4548", "EPSG:3857"] {
        assert_found(&inspect(&right, &crs(given), &GROUND), "crs84");
    }
    assert_found(&inspect(&doors(&TOWN.households, "gcj02"), &crs("bd09"), &GROUND), "gcj02");
    assert_found(&inspect(&doors(&TOWN.households, "EPSG:32650"), &crs("EPSG:4548"), &GROUND), "EPSG:32650");
    assert_found(&inspect(&doors(&TOWN.households, "EPSG:4548"), &crs("EPSG:4549"), &GROUND), "EPSG:4548");
}

#[test]
fn a_verdict_says_what_was_found_how_sure_how_far_and_what_to_type() {
    let verdict = inspect(&doors(&TOWN.households, "gcj02"), &Crs::Crs84, &GROUND);
    let moved = verdict.moved.unwrap();
    assert!((moved.median_m - 586.0).abs() < 5.0 && moved.most_m < 600.0, "{moved}");
    assert!(
        (moved.bearing_deg - 304.0).abs() < 3.0,
        "GCJ-02 here is off to the south-east, so doors go back north-west"
    );
    let said = verdict.sentences();
    assert_eq!(
        said[0],
        "the coordinates fit GCJ-02 (Amap, Tencent) (gcj02), not WGS 84, longitude first (crs84) (confidence over 0.999)"
    );
    assert!(
        said[1].starts_with("read as gcj02: 99.8 % of 4000 positions in a grid, 100.0 % of those in a building"),
        "{verdict}"
    );
    assert!(said[2].starts_with("read as crs84: ") && said[3].contains(" m to the north-west, at most "), "{verdict}");
    assert_eq!(said[4], "say --crs gcj02 to read them so, or --trust-crs to go on as given");
    assert_eq!(verdict.to_string(), said.join("\n"));
}

#[test]
fn few_doors_in_one_place_cannot_tell_and_say_so() {
    let run: Vec<HouseholdRow> = TOWN.households[4_000..4_030].to_vec();
    for file in ["crs84", "gcj02"] {
        let verdict = inspect(&doors(&run, file), &Crs::Crs84, &GRIDS);
        assert_unsure(&verdict, "fits about as well");
        assert!(verdict.sentences()[0].starts_with("whether the coordinates are in WGS 84"), "{verdict}");
    }
}

#[test]
fn codes_stated_in_the_rows_tell_even_a_few_doors_apart() {
    // A door's id begins with its grid's code; the code of its community and of its block say as much.
    for digits in [15, 12] {
        for grid_number in [2, 9, 17] {
            let grid = TOWN.areas.iter().filter(|area| area.level == Level::Grid).nth(grid_number).unwrap();
            let own: Vec<&HouseholdRow> = TOWN.households.iter().filter(|h| h.id.starts_with(&grid.code)).collect();
            for (file, found) in [("crs84", false), ("gcj02", true), ("bd09", true)] {
                let mut witnesses = numbers(own.iter().map(|household| household.at), file);
                witnesses.iter_mut().zip(&own).for_each(|(witness, h)| witness.stated = Some(&h.id[..digits]));
                let verdict = inspect(&witnesses, &Crs::Crs84, &GRIDS);
                match found {
                    true => assert!(verdict.suggested().is_none_or(|suggested| suggested == file), "{verdict}"),
                    false => assert!(verdict.passes(), "{verdict}"),
                }
                if digits == 15 && found {
                    assert_found(&verdict, file);
                }
            }
        }
    }
}

#[test]
fn doors_the_district_knows_tell_a_shifted_file_that_moves_them() {
    let run = &TOWN.households[4_000..4_400];
    for (file, found) in [("crs84", false), ("gcj02", true)] {
        let mut witnesses = doors(run, file);
        // Measured anew: every door ten metres off.
        witnesses.iter_mut().zip(run).for_each(|(witness, h)| witness.known = Some(beside(h.at, 6.0, -8.0)));
        let verdict = inspect(&witnesses, &Crs::Crs84, &GRIDS);
        if found { assert_found(&verdict, file) } else { assert_left_alone(&verdict) }
    }
}

#[test]
fn doors_of_another_city_are_not_made_to_fit() {
    let beijing = every(&TOWN, 4).into_iter().map(|h| beside(h.at, -130_000.0, -1_900_000.0));
    let verdict = inspect(&numbers(beijing, "crs84"), &Crs::Crs84, &GROUND);
    assert_unsure(&verdict, "at most 0.0 % whichever way");
    assert!(verdict.to_string().contains("none of 3000 positions is within 20 km of the areas"), "{verdict}");
}

#[test]
fn numbers_that_mean_nothing_are_said_to_and_stop_nothing_by_themselves() {
    let nothing = vec![Witness::from([f64::NAN, 5.0]), Witness::from([1e9, 1e9]), Witness::from([7e8, -3e9])];
    assert_unsure(&inspect(&nothing, &Crs::Crs84, &GROUND), "look like metres");
    assert_unsure(&inspect(&[], &Crs::Crs84, &GROUND), "no positions");
}

#[test]
fn outside_china_only_the_order_is_in_question() {
    // A square of grids at Helsinki, where both orders are on the globe.
    let cell = |n: u32| {
        let at = |lon: f64, lat: f64| fixed_from_lonlat(LonLat::new(lon, lat).unwrap());
        let (lon, lat) = (24.9 + 0.004 * f64::from(n % 10), 60.2 + 0.002 * f64::from(n / 10));
        let outer = vec![at(lon, lat + 0.002), at(lon + 0.004, lat + 0.002), at(lon + 0.004, lat), at(lon, lat)];
        vec![wangge_core::geometry::shape::Polygon { outer, holes: Vec::new() }]
    };
    let shapes: Vec<_> = (0..100).map(cell).collect();
    let codes: Vec<String> = (0..100).map(|n| format!("{n:015}")).collect();
    let areas = shapes.iter().zip(&codes);
    let areas = areas.map(|(geometry, code)| FitArea { code, parent: None, level: Level::Grid, geometry });
    let ground = AreasForFit::build(areas, std::iter::empty()).unwrap();
    let doors: Vec<[f64; 2]> = (0..400)
        .map(|n| [24.901 + 0.000_095 * f64::from(n), 60.2005 + 0.000_045 * f64::from((n * 37) % 400)])
        .collect();
    let given: Vec<Witness<'_>> = doors.iter().copied().map(Witness::from).collect();
    let verdict = inspect(&given, &Crs::Crs84, &ground);
    assert_left_alone(&verdict);
    assert!(verdict.others.is_empty(), "GCJ-02 is WGS-84 there: {verdict}");
    let swapped: Vec<Witness<'_>> = doors.iter().map(|[x, y]| Witness::from([*y, *x])).collect();
    assert_found(&inspect(&swapped, &Crs::Crs84, &ground), "latlon");
}

#[test]
fn a_system_whose_way_to_wgs84_is_unknown_is_cautioned_in_every_verdict() {
    let verdict = inspect(&doors(&TOWN.households, "EPSG:2384"), &crs("EPSG:2384"), &GROUND);
    assert!(
        verdict.sentences().iter().any(|sentence| sentence.contains("Xian 1980") && sentence.contains("900 m")),
        "{verdict}"
    );
}
