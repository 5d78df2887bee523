//! Areas: parents, versions, and what becomes of the doors in them.

use super::*;

fn area(code: &str, level: &str, parent: Option<&str>) -> Value {
    let ring = [[117.0, 24.0], [117.1, 24.0], [117.1, 24.1], [117.0, 24.1], [117.0, 24.0]];
    json!({
        "type": "Feature",
        "geometry": { "type": "Polygon", "coordinates": [ring] },
        "properties": { "code": code, "name": code, "level": level, "parent": parent },
    })
}

fn outline(mut feature: Value, corners: [[u32; 2]; 4]) -> Value {
    let mut ring: Vec<[f64; 2]> = corners.iter().map(|[x, y]| lonlat(*x, *y)).collect();
    ring.push(ring[0]);
    feature["geometry"]["coordinates"] = json!([ring]);
    feature
}

#[test]
fn children_may_stand_before_their_parents_and_in_another_file() {
    let place = Place::empty();
    let children = place.file(
        "children.geojson",
        collection(vec![
            area("350602001", "subdistrict", Some("350602")),
            area("350602001001001", "grid", Some("350602001001")),
        ]),
    );
    let parents = place.file(
        "parents.geojson",
        collection(vec![area("350602001001", "community", Some("350602001")), area("350602", "district", None)]),
    );
    let report = place.look(&of("areas"), &[&children, &parents]).unwrap().take(&Unwatched).unwrap();
    assert!(report.is_whole(), "{}", report.plan);
    assert_eq!((report.plan.counts.added, place.service.district.read().areas().len()), (4, 4));
    assert_eq!(report.plan.files.iter().map(|file| file.rows).collect::<Vec<_>>(), [2, 2]);
}

#[test]
fn a_refused_parent_takes_its_children_along_and_each_is_told() {
    let place = Place::empty();
    let mut broken = area("350602001", "subdistrict", Some("350602"));
    broken["geometry"]["coordinates"] =
        json!([[[117.0, 24.0], [117.1, 24.1], [117.1, 24.0], [117.0, 24.1], [117.0, 24.0]]]);
    let file = place.file(
        "areas.geojson",
        collection(vec![
            area("350602001001", "community", Some("350602001")),
            broken,
            area("350602", "district", None),
            area("350602001001001", "grid", Some("350602001001")),
            area("350602002", "grid", Some("350602")),
            area("350602003", "district", Some("350602")),
            area("350602003001", "subdistrict", Some("350602003001001")),
        ]),
    );
    let report = place.take(&of("areas"), &file);
    assert_eq!((report.taken, report.plan.counts.good(), place.seq()), (false, 2, 0), "all or nothing");
    let report = place.take(&partial("areas"), &file);
    let mut rows = refused(&report.plan);
    rows.sort_unstable();
    assert_eq!((report.plan.counts.added, rows), (2, vec![1, 2, 4, 6, 7]), "{}", report.plan);
    assert_eq!(place.service.district.read().areas().len(), 2);
}

#[test]
fn the_same_areas_again_change_nothing_and_one_that_is_not_named_is_listed() {
    let place = Place::empty();
    let whole = [[0, 0], [200, 0], [200, 100], [0, 100]];
    let west = [[0, 0], [100, 0], [100, 100], [0, 100]];
    let east = [[100, 0], [200, 0], [200, 100], [100, 100]];
    let rows = vec![
        outline(area("350602", "district", None), whole),
        outline(area("350602001", "subdistrict", Some("350602")), whole),
        outline(area("350602001001", "community", Some("350602001")), whole),
        outline(area("350602001001001", "grid", Some("350602001001")), west),
        outline(area("350602001001002", "grid", Some("350602001001")), east),
    ];
    let file = place.file("areas.geojson", collection(rows.clone()));
    assert!(place.take(&of("areas"), &file).is_whole());
    let again = place.take(&of("areas"), &file);
    assert_eq!((again.is_whole(), again.seq, again.plan.counts.same, place.seq()), (true, None, 5, 1));
    let fewer = place.file("fewer.geojson", collection(rows[..4].to_vec()));
    let plan = place.look(&of("areas"), &[&fewer]).unwrap().plan().clone();
    assert_eq!((plan.counts.vanished, plan.vanished), (1, vec!["350602001001002".to_owned()]));
}

#[test]
fn a_moved_border_says_which_doors_come_into_another_grid() {
    let place = Place::filled();
    // The border between the two grids of the sample moves east over one column of doors.
    let west = [[0, 0], [130_000, 0], [130_000, 200_000], [0, 200_000]];
    let east = [[130_000, 0], [200_000, 0], [200_000, 200_000], [130_000, 200_000]];
    let file = place.file(
        "grids.geojson",
        collection(vec![
            outline(area("350602001001001", "grid", Some("350602001001")), west),
            outline(area("350602001001002", "grid", Some("350602001001")), east),
        ]),
    );
    let prepared = place.look(&of("areas"), &[&file]).unwrap();
    let counts = prepared.plan().counts;
    assert_eq!((counts.changed, counts.reassigned, counts.unassigned), (2, 2, 2), "{}", prepared.plan());
    prepared.take(&Unwatched).unwrap();
    let district = place.service.district.read();
    let doors = district.households();
    let west = district.areas().by_code("350602001001001");
    assert_eq!(doors.slots().filter(|door| doors.grid(*door) == west).count(), 8);
}
