//! Areas that come in, against areas and against doors.

use super::*;
use wangge_core::geometry::shape::MultiPolygon;

/// The polygons of an area in a system's numbers, rings closed.
fn raw(shape: &MultiPolygon, file: &Crs) -> Vec<Vec<Vec<[f64; 2]>>> {
    let number = |at: &FixedPoint| file.from_lonlat(lonlat_from_fixed(*at).into()).unwrap();
    let ring = |ring: &Vec<FixedPoint>| ring.iter().chain(ring.first()).map(number).collect();
    shape.iter().map(|polygon| polygon.rings().map(ring).collect()).collect()
}

fn verdict(
    rows: &[&AreaRow],
    file: &str,
    given: &str,
    there: Option<&AreasForFit>,
    doors: &[FixedPoint],
) -> Option<Verdict> {
    let file = crs(file);
    let shapes: Vec<_> = rows.iter().map(|row| raw(&row.geometry, &file)).collect();
    let new: Vec<NewArea<'_>> = rows
        .iter()
        .zip(&shapes)
        .map(|(row, polygons)| NewArea { code: &row.code, parent: row.parent.as_deref(), level: row.level, polygons })
        .collect();
    inspect_areas(&new, &crs(given), there, doors)
}

fn rows(keep: impl Fn(&AreaRow) -> bool) -> Vec<&'static AreaRow> {
    TOWN.areas.iter().filter(|row| keep(row)).collect()
}

fn all_doors() -> Vec<FixedPoint> {
    TOWN.households.iter().map(|household| household.at).collect()
}

const DISGUISES: [&str; 6] = ["gcj02", "bd09", "latlon", "EPSG:4548", "EPSG:4548-swapped", "EPSG:3857"];

#[test]
fn grids_are_held_against_the_communities_they_name() {
    let communities = ground(&TOWN, |area| area.level <= Level::Community, &[]);
    let grids = rows(|row| row.level == Level::Grid);
    assert_left_alone(&verdict(&grids, "crs84", "crs84", Some(&communities), &[]).unwrap());
    assert_left_alone(&verdict(&grids, "gcj02", "gcj02", Some(&communities), &[]).unwrap());
    for file in DISGUISES {
        assert_found(&verdict(&grids, file, "crs84", Some(&communities), &[]).unwrap(), file);
    }
}

#[test]
fn a_new_version_is_held_against_the_one_in_force() {
    let grids = rows(|row| row.level == Level::Grid);
    // Of one community only, so that all lies well inside under every datum.
    let few: Vec<&AreaRow> = grids.iter().copied().filter(|row| row.parent == grids[9].parent).collect();
    assert_left_alone(&verdict(&few, "crs84", "crs84", Some(&GRIDS), &[]).unwrap());
    for file in DISGUISES {
        let verdict = verdict(&few, file, "crs84", Some(&GRIDS), &[]).unwrap();
        assert!(verdict.suggested().is_none_or(|suggested| suggested == file), "{verdict}");
    }
    let all = verdict(&grids, "gcj02", "crs84", Some(&GRIDS), &[]).unwrap();
    assert_found(&all, "gcj02");
    assert!((all.moved.unwrap().median_m - 586.0).abs() < 5.0, "{all}");
}

#[test]
fn areas_are_held_against_doors_that_came_first() {
    for rows in [rows(|_| true), rows(|row| row.level == Level::Grid)] {
        assert_left_alone(&verdict(&rows, "crs84", "crs84", None, &all_doors()).unwrap());
        assert_left_alone(&verdict(&rows, "EPSG:4548", "EPSG:4548", None, &all_doors()).unwrap());
        for file in DISGUISES {
            assert_found(&verdict(&rows, file, "crs84", None, &all_doors()).unwrap(), file);
        }
        assert_found(&verdict(&rows, "crs84", "gcj02", None, &all_doors()).unwrap(), "crs84");
    }
}

#[test]
fn areas_and_doors_together_say_more() {
    let communities = ground(&TOWN, |area| area.level <= Level::Community, &[]);
    let grids = rows(|row| row.level == Level::Grid);
    let alone = verdict(&grids, "gcj02", "crs84", Some(&communities), &[]).unwrap();
    let both = verdict(&grids, "gcj02", "crs84", Some(&communities), &all_doors()).unwrap();
    assert_found(&both, "gcj02");
    assert!(both.confidence >= alone.confidence, "{alone}\n{both}");
}

#[test]
fn the_first_areas_have_nothing_to_be_held_against() {
    let rows = rows(|_| true);
    assert_eq!(verdict(&rows, "gcj02", "crs84", None, &[]), None);
    assert_eq!(verdict(&rows, "gcj02", "crs84", None, &all_doors()[..10]), None, "ten doors say nothing");
}
