//! Addresses and names of real places, read through `WANGGE_GEODATA`.

use crate::table::{self, OpenOptions, Row, Step};
use std::path::{Path, PathBuf};
use wangge_core::format::address::parse;

/// A set of the real data; says aloud that it is skipped when it is not there.
fn geodata(file: &str) -> Option<PathBuf> {
    match std::env::var_os("WANGGE_GEODATA") {
        Some(folder) => Some(Path::new(&folder).join(file)),
        None => {
            eprintln!("skipped: WANGGE_GEODATA is not set");
            None
        }
    }
}

/// Rows of a file with their header.
pub(super) fn rows(path: &Path) -> Vec<(Vec<String>, Row)> {
    let mut source = table::open(path, &OpenOptions::default()).unwrap();
    let (mut rows, mut row) = (Vec::new(), Row::default());
    loop {
        match source.read(&mut row).unwrap() {
            Step::Row => rows.push((source.header().columns.clone(), row.clone())),
            Step::Fault(fault) => panic!("{fault}"),
            Step::End => return rows,
        }
    }
}

fn text(header: &[String], row: &Row, column: &str) -> String {
    let at = header.iter().position(|name| name == column).unwrap();
    row.cells.get(at).map(|cell| cell.text().into_owned()).unwrap_or_default()
}

#[test]
fn every_address_of_astana_has_its_street_and_house_number() {
    let Some(path) = geodata("osm_astana/addresses.csv") else { return };
    let (mut seen, mut nameless, mut spaced) = (0, 0, 0);
    for (header, row) in rows(&path) {
        let (street, house) = (text(&header, &row, "street"), text(&header, &row, "housenumber"));
        seen += 1;
        if street.is_empty() {
            nameless += 1;
            continue;
        }
        let read = parse(&format!("{street}, {house}"));
        // 31а, 3 подьезд: the entrance is a stair.
        let stair = if read.stair.is_empty() { String::new() } else { format!(", {}", read.stair) };
        assert_eq!((&read.place, format!("{}{stair}", read.building)), (&street, house.clone()));
        assert_eq!((read.floor, read.door.as_str()), (0, ""));
        // Without the comma either the same comes out or the text stays whole.
        let line = format!("{street} {house}");
        let read = parse(&line);
        if read.building == house {
            assert_eq!(read.place, street, "{line}");
            spaced += 1;
        } else {
            assert!(read.place == line || house.contains(','), "{line} is torn: {read:?}");
        }
    }
    assert_eq!((seen, nameless), (21_753, 22));
    assert!(spaced * 100 > seen * 98, "{spaced} of {seen} come apart without a comma");
}

#[test]
fn names_of_real_places_stay_whole_unless_they_end_in_a_numbered_building() {
    let sets = [
        ("covid_cn/pois.csv", "poi_name", 6_748, 177),
        ("zhangzhou_names/zhangzhou_villages_names.csv", "name", 2_135, 0),
    ];
    for (file, column, count, apart) in sets {
        let Some(path) = geodata(file) else { return };
        let all = rows(&path);
        assert_eq!(all.len(), count, "{file}");
        let mut split = Vec::new();
        for (header, row) in &all {
            let name = wangge_core::format::address::folded(&text(header, row, column)).into_owned();
            let read = parse(&name);
            if read.place != name {
                let numbered = ["楼", "栋", "幢", "座", "号", "单元"].iter().any(|end| name.ends_with(end));
                assert!(
                    numbered
                        && name.contains(|c: char| c.is_ascii_alphanumeric() || "一二三四五六七八九十".contains(c)),
                    "{name} is torn: {read:?}"
                );
                split.push(name);
            }
        }
        assert_eq!(split.len(), apart, "of {file}: {split:?}");
    }
}
