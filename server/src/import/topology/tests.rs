//! Reports and repairs: the demo district's, ones that are wrong in a known way, and a real city's.

mod tainan;

use super::*;
use crate::{
    commit::{Outcome, Service, sample},
    simulate::district::district,
    table::RawShape,
};
use std::sync::Arc;
use wangge_core::{
    domain::{
        area::{AreaRow, Level},
        event::SegmentRows,
    },
    geometry::{
        coverage::{CannotMend, metres_a_unit},
        gate,
        measure::area_m2,
        position::{FixedPoint, LonLat, fixed_from_lonlat},
        shape::{MultiPolygon, Polygon},
    },
};

/// A folder with a service that holds these areas.
fn holding(rows: &[AreaRow]) -> (tempfile::TempDir, Arc<Service>) {
    let folder = tempfile::tempdir().unwrap();
    let service = sample::open(&folder.path().join("data"));
    if !rows.is_empty() {
        let outcome = service.import("test", vec![SegmentRows::Areas(rows.to_vec())]);
        assert!(matches!(outcome, Outcome::Accepted(_)), "{outcome:?}");
    }
    (folder, service)
}

/// The report of rows that come into a district with others.
fn report_of(there: &[AreaRow], rows: &[AreaRow]) -> TopologyReport {
    let (_folder, service) = holding(there);
    let district = service.district.read();
    topology_report(&AreasAfter::taking(&district, rows), SLIVER_M)
}

/// A rectangle so many metres off a corner in Zhangzhou.
fn rectangle(x: f64, y: f64, width: f64, height: f64) -> MultiPolygon {
    let start = fixed_from_lonlat(LonLat::new(117.65, 24.51).unwrap());
    let unit = metres_a_unit(start);
    let at =
        |x: f64, y: f64| FixedPoint { x: start.x + (x / unit).round() as u32, y: start.y + (y / unit).round() as u32 };
    let outer = vec![at(x, y), at(x + width, y), at(x + width, y + height), at(x, y + height)];
    vec![Polygon { outer, holes: Vec::new() }]
}

fn area(code: &str, level: Level, parent: Option<&str>, geometry: MultiPolygon) -> AreaRow {
    AreaRow {
        code: code.to_owned(),
        name: code.to_owned(),
        level,
        parent: parent.map(str::to_owned),
        geometry,
        starts_on: None,
        ends_on: None,
    }
}

/// A district, a subdistrict and a community of 600 by 300 metres.
fn above() -> Vec<AreaRow> {
    let whole = || rectangle(0.0, 0.0, 600.0, 300.0);
    vec![
        area("350602", Level::District, None, whole()),
        area("350602001", Level::Subdistrict, Some("350602"), whole()),
        area("350602001001", Level::Community, Some("350602001"), whole()),
    ]
}

fn grid(number: u32, geometry: MultiPolygon) -> AreaRow {
    area(&format!("350602001001{number:03}"), Level::Grid, Some("350602001001"), geometry)
}

/// The report in words for a terminal.
fn told(report: &TopologyReport) -> String {
    report.clone().into_plan(Vec::new()).to_string()
}

fn kinds(report: &TopologyReport) -> Vec<&str> {
    report.findings.iter().map(|finding| finding.kind.as_str()).collect()
}

#[test]
fn the_demo_district_has_no_finding() {
    let demo = district(6_000, 7).unwrap();
    let report = report_of(&[], &demo.areas);
    assert_eq!(report.counts, Default::default(), "{report:?}");
    assert_eq!(report.areas, demo.areas.len() as u64);
    assert_eq!(told(&report), "topology 拓扑: nothing wrong between the areas\n");
}

#[test]
fn grids_that_overlap_leave_a_gap_and_lie_outside_are_told_worst_first() {
    let mut rows = above();
    rows.push(grid(1, rectangle(0.0, 0.0, 210.0, 300.0)));
    rows.push(grid(2, rectangle(200.0, 0.0, 200.0, 300.0)));
    rows.push(grid(3, rectangle(440.0, 0.0, 180.0, 300.0)));
    let report = report_of(&[], &rows);
    assert_eq!(kinds(&report), ["overlap", "outside", "gap"]);
    let sizes: Vec<f64> = report.findings.iter().map(|finding| finding.size.value).collect();
    for (size, right) in sizes.into_iter().zip([3_000.0, 6_000.0, 12_000.0]) {
        assert!((size / right - 1.0).abs() < 0.01, "{size} of {right}");
    }
    let first = &report.findings[0];
    assert_eq!((first.level, first.size.unit), ("grid", "m²"));
    assert_eq!(first.areas, ["350602001001001", "350602001001002"]);
    assert!(
        first.message.contains("350602001001001 and 350602001001002 both have 2,9")
            || first.message.contains("both have 3,0"),
        "{}",
        first.message
    );
    assert!(first.repair.contains("draw their border again"));
    assert!(
        report.findings[2]
            .message
            .contains(" of 350602001001, are in no area; beside 350602001001002 and 350602001001003")
    );
    let text = told(&report);
    assert!(text.contains("\n  1 overlap, 3,0") || text.contains("\n  1 overlap, 2,9"), "{text}");
}

#[test]
fn slivers_name_the_repair_that_mends_them() {
    let mut rows = above();
    rows.push(grid(1, rectangle(0.0, 0.0, 300.5, 300.0)));
    rows.push(grid(2, rectangle(300.0, 0.0, 300.0, 299.6)));
    let report = report_of(&[], &rows);
    assert_eq!(kinds(&report), ["overlap_sliver", "gap_sliver"]);
    assert_eq!(report.findings[0].repair, "--repair 1 leaves it to 350602001001001");
    assert_eq!(report.findings[1].repair, "--repair 1 gives it to 350602001001002");
    let said = &report.findings[0].message;
    assert!(said.contains("299 m long and 0.50 m wide on average"), "{said}");
}

#[test]
fn what_is_wrong_elsewhere_is_counted_and_not_told() {
    let mut there = above();
    there.push(grid(1, rectangle(0.0, 0.0, 210.0, 300.0)));
    there.push(grid(2, rectangle(200.0, 0.0, 200.0, 300.0)));
    let report = report_of(&there, &[grid(3, rectangle(410.0, 0.0, 190.0, 300.0))]);
    assert_eq!((kinds(&report), report.elsewhere), (vec!["gap"], 1));
    assert!(told(&report).ends_with("1 more between areas that do not come in\n"));
}

#[test]
fn codes_are_held_to_the_scheme_most_of_their_level_have() {
    let mut rows = above();
    for i in 0..4 {
        rows.push(grid(i, rectangle(f64::from(i) * 100.0, 0.0, 100.0, 300.0)));
    }
    rows.push(area("3506020010019", Level::Grid, Some("350602001001"), rectangle(400.0, 0.0, 100.0, 100.0)));
    rows.push(area("350602001００1", Level::Grid, Some("350602001001"), rectangle(400.0, 100.0, 100.0, 200.0)));
    rows.push(area("350602999001001", Level::Grid, Some("350602001001"), rectangle(500.0, 0.0, 100.0, 300.0)));
    rows.push(area("350602001001004001", Level::Block, Some("350602001001004"), rectangle(0.0, 0.0, 50.0, 300.0)));
    rows.push(rows[3].clone());
    let report = report_of(&[], &rows);
    let told =
        |kind: &str| report.findings.iter().filter(|f| f.kind == kind).map(|f| f.message.as_str()).collect::<Vec<_>>();
    assert_eq!(told("duplicate_code"), ["2 rows with the code 350602001001000 would be in force together"]);
    assert_eq!(told("no_parent"), ["1 block in 350602001001004, which is no larger area in force: 350602001001004001"]);
    let mut malformed = told("malformed_code");
    malformed.sort_unstable();
    assert_eq!(malformed.len(), 3, "{malformed:?}");
    assert!(malformed[0].starts_with("1 grid code not of 15 digits") && malformed[0].ends_with(": 3506020010019"));
    assert!(malformed[1].starts_with("1 grid code with spaces or full-width"));
    let strayed = "1 grid code without the code of its parent at the beginning: 350602999001001";
    assert_eq!(malformed[2], strayed);
}

#[test]
fn another_scheme_is_taken_as_it_is_and_odd_lengths_are_told() {
    let whole = rectangle(0.0, 0.0, 600.0, 300.0);
    let mut rows = vec![area("D", Level::District, None, whole)];
    for i in 0..5 {
        let code = if i == 4 { "A-4".to_owned() } else { format!("A-00{i}") };
        rows.push(area(&code, Level::Grid, Some("D"), rectangle(f64::from(i) * 120.0, 0.0, 120.0, 300.0)));
    }
    let report = report_of(&[], &rows);
    assert_eq!(kinds(&report), ["malformed_code"]);
    assert_eq!(report.findings[0].message, "1 of 5 grid codes of another length than the usual 5 characters: A-4");
}

#[test]
fn areas_across_others_that_stay_are_told_once_with_their_parts() {
    let mut there = above();
    there.push(grid(1, rectangle(0.0, 0.0, 300.0, 300.0)));
    there.push(grid(2, rectangle(300.0, 0.0, 300.0, 300.0)));
    let report = report_of(&there, &[grid(7, rectangle(225.0, 0.0, 300.0, 300.0))]);
    assert_eq!(kinds(&report), ["across"]);
    let message = &report.findings[0].message;
    assert!(message.starts_with("350602001001007 lies across areas of its level that stay: 75.0 %"), "{message}");
    assert!(message.contains("25.0 %") && message.ends_with("in 350602001001001"), "{message}");
    assert!((report.findings[0].size.value / (75.0 * 300.0) - 1.0).abs() < 0.01);
}

#[test]
fn a_redrawn_set_is_looked_at_on_the_day_it_begins() {
    let mut there = above();
    there.push(grid(1, rectangle(0.0, 0.0, 300.0, 300.0)));
    there.push(grid(2, rectangle(300.0, 0.0, 300.0, 300.0)));
    let mut redrawn = [grid(1, rectangle(0.0, 0.0, 200.0, 300.0)), grid(2, rectangle(200.0, 0.0, 400.0, 300.0))];
    redrawn.iter_mut().for_each(|row| row.starts_on = Some("2099-01-01".to_owned()));
    assert_eq!(report_of(&there, &redrawn).counts, Default::default());
    // One of them alone leaves a gap, or an overlap.
    assert_eq!(kinds(&report_of(&there, &redrawn[..1])), ["gap"]);
    assert_eq!(kinds(&report_of(&there, &redrawn[1..])), ["overlap"]);
}

#[test]
fn rows_are_mended_and_areas_that_stay_are_not() {
    let mut there = above();
    let old = grid(1, rectangle(0.0, 0.0, 300.0, 300.0));
    there.push(old.clone());
    let (_folder, service) = holding(&there);
    let district = service.district.read();
    let mut rows = [grid(2, rectangle(299.4, 0.0, 300.9, 299.5))];
    let before = topology_report(&AreasAfter::taking(&district, &rows), SLIVER_M);
    assert_eq!(kinds(&before), ["overlap_sliver", "outside_sliver", "gap_sliver"]);
    let repairs = repair_rows(&district, &mut rows, SLIVER_M);
    let after = topology_report(&AreasAfter::taking(&district, &rows), SLIVER_M);
    assert_eq!(after.counts, Default::default(), "{after:?}");
    assert!((area_m2(&rows[0].geometry) / area_m2(&old.geometry) - 1.0).abs() < 1e-4);
    assert_eq!((repairs.rows, repairs.moves.len()), (vec![0], 1));
    let first = &repairs.sentences[0];
    assert!(first.starts_with("1 grid changed within 1 m, ") && first.contains("no border by more than 0."), "{first}");
}

#[test]
fn parents_are_mended_before_their_children() {
    let whole = |width: f64| rectangle(0.0, 0.0, width, 300.0);
    let mut rows = vec![
        area("350602", Level::District, None, whole(1_000.0)),
        area("350602001", Level::Subdistrict, Some("350602"), whole(500.4)),
        area("350602002", Level::Subdistrict, Some("350602"), rectangle(500.0, 0.0, 500.0, 300.0)),
        area("350602001001", Level::Community, Some("350602001"), whole(500.0)),
        area("350602002001", Level::Community, Some("350602002"), rectangle(500.0, 0.0, 500.0, 300.0)),
    ];
    let (_folder, service) = holding(&[]);
    let district = service.district.read();
    repair_rows(&district, &mut rows, SLIVER_M);
    let after = topology_report(&AreasAfter::taking(&district, &rows), SLIVER_M);
    assert_eq!(after.counts, Default::default(), "{after:?}");
}

#[test]
fn an_invalid_outline_is_mended_and_says_what_was_done() {
    let position = |x: f64, y: f64| [117.65 + x / 1e4, 24.51 + y / 1e4];
    let spike = [(0.0, 0.0), (100.0, 0.0), (130.0, 0.0), (100.0, 0.0), (100.0, 100.0), (0.0, 100.0)];
    let raw = RawShape::Polygons(vec![vec![spike.map(|(x, y)| position(x, y)).to_vec()]]);
    let mended = mend_shape(&raw).unwrap().unwrap();
    assert_eq!(
        mended.what,
        "an open ring was closed and rings that crossed or touched were taken apart; its area stays"
    );
    let RawShape::Polygons(polygons) = &mended.shape else { panic!("polygons") };
    assert!(gate::polygons(polygons).is_ok());
    assert_eq!(mend_shape(&mended.shape), Ok(None));
    let bow_tie = [(0.0, 0.0), (100.0, 100.0), (100.0, 0.0), (0.0, 100.0), (0.0, 0.0)];
    let raw = RawShape::Polygons(vec![vec![bow_tie.map(|(x, y)| position(x, y)).to_vec()]]);
    assert!(matches!(mend_shape(&raw), Err(CannotMend::Change { .. })));
}

#[test]
fn a_report_is_plain_data_for_pages() {
    let mut rows = above();
    rows.push(grid(1, rectangle(0.0, 0.0, 310.0, 300.0)));
    rows.push(grid(2, rectangle(300.0, 0.0, 300.0, 300.0)));
    let plan = report_of(&[], &rows).into_plan(vec!["nothing".to_owned()]);
    assert_eq!((plan.counts["overlap"], plan.findings.len(), plan.repaired.len()), (1, 1, 1));
    assert!(plan.findings[0].message.contains("; "));
    let value = serde_json::to_value(&plan).unwrap();
    assert_eq!((&value["counts"]["overlap"], &value["findings"][0]["kind"]), (&1.into(), &"overlap".into()));
    assert!((value["findings"][0]["at"][0].as_f64().unwrap() - 117.653).abs() < 0.001);
}
