//! Rows that come one by one: new, changed, moved, the same, twice, vanished.

use super::*;

fn csv(rows: &[(&str, [f64; 2], u32)]) -> String {
    let lines = rows.iter().map(|(id, [lon, lat], residents)| format!("{id},{lon:.9},{lat:.9},{residents},101\n"));
    std::iter::once("id,lon,lat,residents,door\n".to_owned()).chain(lines).collect()
}

#[test]
fn a_newer_file_adds_moves_changes_and_names_what_is_gone_without_deleting_it() {
    let place = Place::empty();
    place.service.import("areas", vec![wangge_core::domain::event::SegmentRows::Areas(sample::areas())]);
    let at = |n: u32| lonlat(20_000 * n, 30_000);
    let first = place.file("1.csv", csv(&[("a", at(1), 1), ("b", at(2), 2), ("c", at(3), 3), ("d", at(4), 4)]));
    let far = lonlat(150_000, 150_000);
    let report = place.take(&of("households"), &first);
    assert!(report.is_whole(), "{}", report.plan);
    let again = place.take(&of("households"), &first);
    assert_eq!((again.seq, again.plan.counts.same, place.seq()), (None, 4, 2));
    let second = place.file("2.csv", csv(&[("a", at(1), 1), ("b", at(2), 9), ("c", far, 3), ("e", at(2), 5)]));
    let prepared = place.look(&of("households"), &[&second]).unwrap();
    let Counts { added, moved, changed, same, vanished, .. } = prepared.plan().counts;
    assert_eq!((added, moved, changed, same, vanished), (1, 1, 1, 1, 1), "{}", prepared.plan());
    assert_eq!(prepared.plan().vanished, ["d"]);
    let shown = prepared.features().collection(10_000);
    let of_change = |change: &str| {
        let features = shown["features"].as_array().unwrap();
        features.iter().filter(|feature| feature["properties"]["change"] == change).cloned().collect::<Vec<_>>()
    };
    assert_eq!(of_change("vanished")[0]["properties"]["key"], "d");
    let line = &of_change("moved")[0];
    let end = line["geometry"]["coordinates"][1].clone();
    assert_eq!(
        (line["properties"]["key"].as_str(), line["geometry"]["type"].as_str()),
        (Some("c"), Some("LineString"))
    );
    assert!((end[0].as_f64().unwrap() - far[0]).abs() < 1e-6, "{line}");
    assert_eq!(shown["counts"]["added"], 1);
    prepared.take(&Unwatched).unwrap();
    let district = place.service.district.read();
    assert_eq!(district.households().len(), 5, "nothing is deleted");
}

#[test]
fn of_rows_with_one_id_the_first_stands_and_the_others_name_it() {
    let place = Place::filled();
    let (here, there) = (lonlat(20_000, 30_000), lonlat(20_000, 31_000));
    let file =
        place.file("d.csv", csv(&[("a", here, 1), ("b", here, 1), ("a", here, 1), ("a", there, 1), ("a", here, 2)]));
    let report = place.take(&partial("households"), &file);
    assert_eq!(refused(&report.plan), [3, 4, 5]);
    let reasons: Vec<&str> = report.plan.refused.iter().map(|row| row.reason.as_str()).collect();
    assert!(reasons.iter().all(|reason| reason.contains("\"a\" is a duplicate of row 1")), "{reasons:?}");
    assert!(reasons[0].contains("says the same"), "{reasons:?}");
    assert!(reasons[1].contains("lies 8.5 m away"), "{reasons:?}");
    assert!(reasons[2].contains("says something else"), "{reasons:?}");
    assert_eq!(report.plan.counts.added, 2);
    let other = place.file("e.csv", csv(&[("f", here, 1), ("b", there, 1)]));
    let plan = place.look(&of("households"), &[&file, &other]).unwrap().plan().clone();
    let last = plan.refused.last().unwrap();
    assert_eq!((last.file.as_deref(), last.row), (Some("e.csv"), 2));
    assert!(last.reason.contains("row 2 of d.csv"), "{}", last.reason);
}

#[test]
fn doors_on_an_edge_in_no_grid_and_in_two_are_counted_and_named() {
    let place = Place::empty();
    let mut areas = sample::areas();
    // A third grid over the middle of both.
    let mut third = areas.iter().find(|area| area.code == "350602001001001").unwrap().clone();
    third.code = "350602001001003".to_owned();
    for corner in &mut third.geometry[0].outer {
        corner.x += 50_000;
    }
    areas.push(third);
    place.service.import("areas", vec![wangge_core::domain::event::SegmentRows::Areas(areas)]);
    let rows = [
        ("plain", lonlat(10_000, 30_000), 1),
        ("nowhere", lonlat(900_000, 30_000), 1),
        ("both", lonlat(70_000, 30_000), 1),
    ];
    let file = place.file("d.csv", csv(&rows));
    let plan = place.look(&of("households"), &[&file]).unwrap().plan().clone();
    assert_eq!((plan.counts.unassigned, plan.counts.on_edge, plan.counts.in_several), (1, 0, 1));
    assert_eq!(plan.assignment.outside, ["nowhere"]);
    assert_eq!(plan.assignment.in_several, ["both → 350602001001001"]);
}

#[test]
fn other_kinds_come_in_by_id_and_what_they_refer_to_must_be_there() {
    let place = Place::filled();
    let shops = format!(
        "id,name,category,lon,lat,household,hours\n\
         s1,永辉,超市,{0},{1},door-1,Mo-Fr 08:00-20:00\n\
         s2,沙县,餐饮,{0},{1},door-999,\n\
         s3,理发,理发,{0},{1},,sometimes\n",
        lonlat(20_000, 30_000)[0],
        lonlat(20_000, 30_000)[1]
    );
    let file = place.file("shops.csv", shops);
    let report = place.take(&partial("shops"), &file);
    let fields: Vec<&str> = report.plan.refused.iter().map(|row| row.field.as_str()).collect();
    assert_eq!((refused(&report.plan), fields), (vec![2, 3], vec!["household", "hours"]), "{}", report.plan);
    assert_eq!(place.service.district.read().shops().len(), 1);
    let again = place.take(&partial("shops"), &file);
    assert_eq!((again.taken, again.seq, again.plan.counts.same), (true, None, 1));
    let posts = place.file(
        "posts.csv",
        "grid,role,holder\n350602001001001,grid_member,G-001\n350602001,grid_member,G-002\n1,grid_member,G-003\n",
    );
    let plan = place.look(&partial("staffing"), &[&posts]).unwrap().plan().clone();
    assert_eq!((plan.counts.added, refused(&plan)), (1, vec![2, 3]), "{plan}");
}

#[test]
fn a_few_doors_of_a_system_nobody_named_are_asked_about_and_come_in_once_it_is() {
    let place = Place::filled();
    let before = place.seq();
    let file = place.file("few.csv", csv(&[("n1", lonlat(20_000, 30_000), 1), ("n2", lonlat(20_000, 31_000), 2)]));
    let unnamed = ImportOptions { crs: None, ..of("households") };
    let report = place.take(&unnamed, &file);
    let datum = report.plan.files[0].datum.clone().unwrap();
    assert_eq!((report.taken, datum.passes, datum.asks, place.seq()), (false, false, true, before), "{}", report.plan);
    let candidates: Vec<&str> = datum.candidates.iter().map(|candidate| candidate.crs.as_str()).collect();
    assert_eq!(candidates[0], "crs84", "the one they were read by comes first");
    assert!(candidates.contains(&"gcj02") && candidates.contains(&"bd09"), "{candidates:?}");
    assert_eq!(datum.candidates[0].moved_m, Some(0.0));
    assert!(datum.candidates[1].moved_m.is_some_and(|moved| (100.0..2_000.0).contains(&moved)), "{datum:?}");
    let why = report.plan.why_not.unwrap();
    assert!(why.contains("--crs crs84 or --crs gcj02"), "{why}");
    assert!(place.take(&ImportOptions { trust_crs: true, ..unnamed }, &file).is_whole());
    assert_eq!(place.seq(), before + 1);
    assert_eq!(
        place.take(&of("households"), &file).plan.counts.same,
        2,
        "named, they are what they were trusted to be"
    );
}
