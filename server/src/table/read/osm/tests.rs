//! Roads and base map out of a small town made by another program, out of real towns, and out of damaged files.

use super::*;
use crate::table::{
    open::open,
    read::testing::{Everything, Scratch, counts, geodata, read},
};
use proptest::prelude::*;
use std::path::PathBuf;

fn town() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src/table/read/fixtures/town.osm.pbf")
}

fn layer(name: &str) -> OpenOptions {
    OpenOptions { layer: Some(name.to_owned()), ..OpenOptions::default() }
}

fn texts(row: &Row) -> Vec<String> {
    row.cells.iter().map(|cell| cell.text().into_owned()).collect()
}

fn row<'a>(all: &'a Everything, id: &str) -> &'a Row {
    all.rows.iter().find(|row| texts(row)[0] == id).unwrap_or_else(|| panic!("{id} is not among {:#?}", all.rows))
}

#[test]
fn roads_are_ways_with_a_highway_that_is_one() {
    let (source, all) = read(&town(), &layer("roads")).unwrap();
    let ids: Vec<String> = all.rows.iter().map(|row| texts(row)[0].clone()).collect();
    assert_eq!(ids, ["way/100", "way/101", "way/103"]);
    assert_eq!(texts(row(&all, "way/100"))[1..4], ["胜利路", "primary", "yes"]);
    assert_eq!(texts(row(&all, "way/101"))[2..], ["service", "", "yes", "", "1", ""]);
    let line = vec![[117.60, 24.50], [117.61, 24.50], [117.62, 24.50]];
    assert_eq!(row(&all, "way/100").shape, Some(RawShape::Lines(vec![line])));
    assert_eq!(source.header().notes, ["2 ways are no roads by their tags: an area 1, construction 1"]);
}

#[test]
fn a_way_that_leaves_the_extract_is_drawn_as_far_as_it_is_known() {
    let (_, all) = read(&town(), &layer("roads")).unwrap();
    let line = vec![[117.62, 24.50], [117.62, 24.51]];
    assert_eq!(row(&all, "way/103").shape, Some(RawShape::Lines(vec![line])));
    assert_eq!(all.faults.len(), 1, "{:?}", all.faults);
    assert_eq!(all.faults[0].message, "way/104 has 0 of its 1 nodes in the file; a line needs two");
}

#[test]
fn the_base_has_buildings_barriers_gates_and_areas_of_several_ways() {
    let (_, all) = read(&town(), &layer("base")).unwrap();
    let mut found: Vec<Vec<String>> = all.rows.iter().map(texts).collect();
    found.sort();
    let expected = [
        ["node/20", "东门", "gate"],
        ["relation/900", "中山公园", "green"],
        ["way/200", "1号楼", "building"],
        ["way/202", "", "barrier"],
    ];
    assert_eq!(found, expected);
    assert_eq!(row(&all, "node/20").shape, Some(RawShape::Point([117.605, 24.50])));
    let Some(RawShape::Polygons(park)) = &row(&all, "relation/900").shape else { panic!("a park is an area") };
    assert_eq!(park.iter().map(Vec::len).collect::<Vec<_>>(), [2], "one polygon with one hole");
    assert_eq!(park[0][0].len(), 5, "two halves of an edge, one of them backwards");
    assert_eq!(park[0][0].first(), park[0][0].last());
}

#[test]
fn areas_that_do_not_close_are_refused_each_with_the_reason() {
    let (_, all) = read(&town(), &layer("base")).unwrap();
    let reasons: Vec<&str> = all.faults.iter().map(|fault| fault.message.as_str()).collect();
    let open = "way/201 has 3 nodes and does not end where it begins; an area is closed";
    assert_eq!(reasons, [open, "relation/901 needs way/777, which is not in the file"]);
}

#[test]
fn a_layer_must_be_chosen_and_there_are_two() {
    let refusal = |options: &OpenOptions| open(&town(), options).err().map(|error| error.to_string());
    let none = refusal(&OpenOptions::default());
    assert_eq!(none.as_deref(), Some("OSM PBF: holds roads and base; say which of the two layers is meant"));
    let other = refusal(&layer("shops"));
    assert_eq!(other.as_deref(), Some("OSM PBF: has no layer \"shops\"; it is read as roads or as base"));
    assert_eq!(crate::table::open::names(&town()).unwrap(), LAYERS);
}

#[test]
fn a_file_cut_anywhere_is_refused_and_nothing_panics() {
    let bytes = std::fs::read(town()).unwrap();
    let scratch = Scratch::new();
    for length in (20..bytes.len()).step_by(7) {
        let path = scratch.file("cut.osm.pbf", &bytes[..length]);
        let whole = read(&path, &layer("base")).is_ok_and(|(_, all)| all.stopped.is_none());
        // A cut between two blocks cannot be told from an end.
        assert!(!whole || blocks_end_at(&bytes, length), "{length} of {} bytes are read as whole", bytes.len());
    }
}

fn blocks_end_at(bytes: &[u8], length: usize) -> bool {
    let scratch = Scratch::new();
    let mut blocks = Blocks::open(&scratch.file("all.osm.pbf", bytes)).unwrap();
    // A block's head is read ahead of it: ends are where the reader stands after each.
    std::iter::from_fn(|| blocks.next().unwrap().map(|_| blocks.read())).any(|end| end == length as u64)
        || length == header_end(bytes)
}

/// End of the first blob, which is the header.
fn header_end(bytes: &[u8]) -> usize {
    let scratch = Scratch::new();
    (20..bytes.len())
        .find(|length| {
            let path = scratch.file("head.osm.pbf", &bytes[..*length]);
            Blocks::open(&path).unwrap().next().is_ok()
        })
        .unwrap_or(bytes.len())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn bytes_turned_over_never_panic(flips in prop::collection::vec((0usize..816, 1u8..=255), 1..6)) {
        let mut bytes = std::fs::read(town()).unwrap();
        for (at, bits) in flips {
            let at = at % bytes.len();
            bytes[at] ^= bits;
        }
        let scratch = Scratch::new();
        let path = scratch.file("turned.osm.pbf", bytes);
        for name in LAYERS {
            let _ = read(&path, &layer(name)).map(|(_, all)| all.rows.len());
        }
    }
}

#[test]
fn real_towns_have_the_roads_and_buildings_counted_by_another_program() {
    for (file, highways, buildings) in [
        // 7,678 closed ways have the tag; three of them say building=no.
        ("osm_sf/sf-downtown.osm.pbf", 8_553, 7_675),
        ("osm_monaco/monaco.osm.pbf", 2_379, 1_183),
        ("osm_helsinki/helsinki.osm.pbf", 2_650, 433),
    ] {
        let Some(path) = geodata(file) else { return };
        let (rows, faults) = counts(&path, &layer("roads"));
        let source = open(&path, &layer("roads")).unwrap();
        let note = source.header().notes.first().cloned().unwrap_or_default();
        let left_out: u64 = note.split(' ').next().and_then(|count| count.parse().ok()).unwrap_or(0);
        assert_eq!(rows + faults + left_out, highways, "{file}: every way with a highway is accounted for");
        let (_, base) = read(&path, &layer("base")).unwrap();
        let of_ways = |row: &&Row| texts(row)[0].starts_with("way/") && texts(row)[2] == "building";
        let unread = base.faults.iter().filter(|fault| fault.message.starts_with("way/")).count();
        let found = base.rows.iter().filter(of_ways).count();
        assert!((found..=found + unread).contains(&buildings), "{file}: {found} buildings, {unread} refused");
    }
}

#[test]
fn more_nodes_than_can_be_held_are_told() {
    let limits = Limits { held_bytes: 8, ..Limits::default() };
    for name in LAYERS {
        let options = OpenOptions { limits: limits.clone(), ..layer(name) };
        let error = open(&town(), &options).err().map(|error| error.to_string()).unwrap_or_default();
        assert!(error.starts_with("OSM PBF: needs more than 2 nodes"), "{name}: {error}");
    }
}
