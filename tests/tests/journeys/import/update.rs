//! The same file twice, a newer one, areas that change: rows are updated by id and never deleted in silence.

use super::*;

#[test]
fn the_same_file_twice_changes_nothing() {
    let place = folder();
    let data = place.path().join("data");
    two_grids(place.path(), &data);
    let file = write(place.path(), "doors.csv", doors(&[("a1", 117.605, 24.51, 1), ("a2", 117.6151, 24.5102, 2)]));
    let first = import("households", &[&file], &data, &CRS84).whole();
    assert!(first.said.contains("event 1-2"), "{}", first.said);
    let again = import("households", &[&file], &data, &[]).whole();
    assert_eq!((again.count("same"), again.count("added")), (2, 0), "{}", again.said);
    assert!(again.said.contains("nothing changed"), "{}", again.said);
    let third = write(place.path(), "one.csv", doors(&[("a3", 117.605, 24.511, 1)]));
    let third = import("households", &[&third], &data, &CRS84).whole();
    assert!(third.said.contains("event 1-3"), "the second file left no event: {}", third.said);
}

#[test]
fn a_newer_file_updates_by_id_and_names_the_doors_that_are_gone() {
    let place = folder();
    let data = place.path().join("data");
    two_grids(place.path(), &data);
    let rows = [
        ("a1", 117.605, 24.51, 1),
        ("a2", 117.606, 24.51, 2),
        ("a3", 117.607, 24.51, 3),
        ("other-grid", 117.615, 24.51, 3),
    ];
    import("households", &[&write(place.path(), "1.csv", doors(&rows))], &data, &CRS84).whole();
    let newer = [("a1", 117.605, 24.51, 9), ("a2", 117.608, 24.512, 2), ("b1", 117.6055, 24.51, 1)];
    let newer = write(place.path(), "2.csv", doors(&newer));
    let done = import("households", &[&newer], &data, &["--trust-crs"]).whole();
    let counts = ["added", "moved", "changed", "same"].map(|word| done.count(word));
    assert_eq!(counts, [1, 1, 1, 0], "{}", done.said);
    assert!(done.said.contains("vanished: 1 doors") && done.said.contains("a3"), "{}", done.said);
    assert!(!done.said.contains("other-grid"), "the file says nothing of that grid: {}", done.said);
    let doors = known_doors(&data);
    assert_eq!(doors.len(), 5, "nothing is deleted");
    let moved = doors.iter().find(|door| door.id == "a2").expect("it stays");
    assert!((moved.at[0] - 117.608).abs() < 1e-6 && moved.grid == "350602001001001", "{moved:?}");
}

#[test]
fn doors_in_no_grid_and_on_an_edge_are_counted_and_named() {
    let place = folder();
    let data = place.path().join("data");
    two_grids(place.path(), &data);
    let rows = [("in-1", 117.605, 24.51, 1), ("out-1", 117.65, 24.51, 1), ("edge-1", 117.61, 24.51, 1)];
    let file = write(place.path(), "doors.csv", doors(&rows));
    let done = import("households", &[&file], &data, &["--trust-crs"]).whole();
    assert!(done.said.contains("1 doors lie in no grid") && done.said.contains("out-1"), "{}", done.said);
    assert!(done.said.contains("1 doors lie on the edge") && done.said.contains("edge-1 → 350602001001001"));
    let doors = known_doors(&data);
    assert_eq!(doors.iter().filter(|door| door.grid.is_empty()).count(), 1, "unassigned doors are listed");
}

#[test]
fn a_new_version_of_a_grid_ends_the_old_one_and_doors_come_into_it() {
    let place = folder();
    let data = place.path().join("data");
    two_grids(place.path(), &data);
    let file = write(place.path(), "doors.csv", doors(&[("a1", 117.605, 24.51, 1), ("a2", 117.6125, 24.51, 2)]));
    import("households", &[&file], &data, &["--trust-crs"]).whole();
    let version = |code: &str, ring: Value| {
        let mut row = area(code, "grid", Some("350602001001"), ring);
        row["properties"]["starts_on"] = json!("2026-01-01");
        row
    };
    let wider = [
        version("350602001001001", rectangle([117.6, 24.5], [0.015, 0.02])),
        version("350602001001002", rectangle([117.615, 24.5], [0.005, 0.02])),
    ];
    let file = collection(place.path(), &wider);
    let done = import("areas", &[&file], &data, &["--dry-run", "--crs", "crs84"]).whole();
    assert!(done.said.contains("1 doors of the district would come into another grid"), "{}", done.said);
    import("areas", &[&file], &data, &CRS84).whole();
    let again = import("areas", &[&file], &data, &[]).whole();
    assert_eq!(again.count("same"), 2, "{}", again.said);
    let doors = known_doors(&data);
    assert!(doors.iter().all(|door| door.grid == "350602001001001"), "{doors:?}");
}

#[test]
fn what_is_wrong_between_areas_is_told_and_mended_when_asked() {
    let place = folder();
    let data = place.path().join("data");
    let whole = rectangle([117.6, 24.5], [0.02, 0.02]);
    // The second grid begins about a quarter of a metre before the first one ends.
    let rows = [
        district(whole.clone()),
        area("350602001", "subdistrict", Some("350602"), whole.clone()),
        area("350602001001", "community", Some("350602001"), whole),
        area("350602001001001", "grid", Some("350602001001"), rectangle([117.6, 24.5], [0.0100025, 0.02])),
        area("350602001001002", "grid", Some("350602001001"), rectangle([117.61, 24.5], [0.01, 0.02])),
    ];
    let file = collection(place.path(), &rows);
    let done = import("areas", &[&file], &data, &["--dry-run"]).whole();
    assert!(done.said.contains("overlap") && done.said.contains("350602001001001, 350602001001002"), "{}", done.said);
    let done = import("areas", &[&file], &data, &["--repair", "1"]).whole();
    assert!(done.said.contains("repaired"), "{}", done.said);
    let again = import("areas", &[&file], &data, &["--repair", "1", "--dry-run"]).whole();
    assert_eq!(again.count("same"), 5, "a repair is the same every time: {}", again.said);
    import("areas", &[&file], &data, &["--repair", "0"]).refused(&["repair"]);
}
