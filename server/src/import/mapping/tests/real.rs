//! Headers of real data, read through `WANGGE_GEODATA`.

use super::*;
use crate::table::{self, OpenOptions, Step};
use std::path::Path;

/// The mapping of a file's first rows; says aloud that it is skipped when the file is not there.
fn of_file(kind: RowKind, file: &str) -> Option<Mapping> {
    let Some(folder) = std::env::var_os("WANGGE_GEODATA") else {
        eprintln!("skipped: WANGGE_GEODATA is not set");
        return None;
    };
    let mut source = table::open(&Path::new(&folder).join(file), &OpenOptions::default()).unwrap();
    let mut sample = Vec::new();
    let mut row = Row::default();
    while sample.len() < 1_000 && source.read(&mut row).unwrap() == Step::Row {
        sample.push(row.clone());
    }
    Some(Mapping::guess(kinds::of(kind), source.header(), &sample))
}

#[test]
fn headers_of_real_text_files_find_their_fields() {
    let files = [
        (
            RowKind::Households,
            "osm_astana/addresses.csv",
            "id=osm_id place=street building=housenumber lon=lon lat=lat",
        ),
        (RowKind::Areas, "tainan/districts.geojson", "code=towncode name=town"),
        (RowKind::Areas, "tainan/villages.geojson", "code=villcode name=name parent=towncode"),
        (RowKind::Areas, "tainan/communities_code2.geojson", "code=code2 parent=town_id"),
        (RowKind::Roads, "roads_wuhan/roads_simplified.geojson", "id=edge_id class=highway"),
        (RowKind::Facilities, "covid_cn/pois.csv", "name=poi_name kind=tag lon=lon lat=lat"),
    ];
    for (kind, file, expected) in files {
        let Some(mapping) = of_file(kind, file) else { return };
        assert_eq!(found(&mapping), expected, "{file}");
    }
}

#[test]
fn columns_of_geopackages_and_of_openstreetmap_find_their_fields() {
    let grids: [&str; 11] = [
        "fid",
        "codebase",
        "code1",
        "code2",
        "town_id",
        "households",
        "population",
        "male",
        "female",
        "info_time",
        "town",
    ];
    let sample: &[&[&str]] = &[
        &["1", "A6701-0425-00", "A6701-27-006", "A6701-27", "67000010", "42", "99", "53", "46", "106Y06M", "新營區"],
        &["2", "A6701-0405-00", "A6701-28-001", "A6701-28", "67000010", "46", "96", "45", "51", "106Y06M", "新營區"],
        &["3", "A6701-0406-00", "A6701-28-002", "A6701-28", "67000010", "40", "96", "45", "51", "106Y06M", "新營區"],
        &["4", "A6701-0407-00", "A6701-28-003", "A6701-28", "67000010", "41", "96", "45", "51", "106Y06M", "新營區"],
    ];
    assert_eq!(found(&shaped(RowKind::Areas, &grids, sample)), "code=codebase parent=code2");
    let roads = ["fid", "id", "osm_id", "tile", "highway", "name", "oneway", "bridge", "tunnel", "layer", "access"];
    let sample: &[&[&str]] = &[
        &["1", "1", "315300094", "12/2859/1366", "motorway", "Астана — Боровое", "yes", "", "", "", ""],
        &["2", "2", "315300094", "12/2859/1366", "service", "", "", "", "", "", ""],
    ];
    assert_eq!(found(&shaped(RowKind::Roads, &roads, sample)), "id=id name=name class=highway");
    let barriers = ["fid", "osm_id", "barrier", "access"];
    let sample: &[&[&str]] = &[&["1", "2641890810", "entrance", ""], &["2", "2639036318", "gate", ""]];
    assert_eq!(found(&shaped(RowKind::Base, &barriers, sample)), "id=osm_id barrier=barrier");
}
