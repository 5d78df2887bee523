//! Real files, counted; skipped aloud without them.

use super::super::super::testing::{counts, geodata, read};
use crate::table::OpenOptions;

#[test]
fn real_files_have_the_rows_they_are_known_to_have() {
    for (name, rows) in [
        ("osm_astana/addresses.csv", 21_753),
        ("tainan/dengue_cases.csv", 17_482),
        ("covid_cn/pois.csv", 6_748),
        ("covid_cn/cities.csv", 221),
        ("incidents_milwaukee/calls.csv", 33_968),
        ("zhangzhou_names/zhangzhou_villages_names.csv", 2_135),
    ] {
        let Some(path) = geodata(name) else { return };
        assert_eq!(counts(&path, &OpenOptions::default()), (rows, 0), "{name}");
    }
}

#[test]
fn a_real_file_in_gb18030_reads_the_same() {
    let Some(path) = geodata("covid_cn/pois.csv") else { return };
    let text = std::fs::read_to_string(&path).unwrap();
    let scratch = super::super::super::testing::Scratch::new();
    let (bytes, _, is_lossy) = encoding_rs::GB18030.encode(&text);
    assert!(!is_lossy);
    let recoded = scratch.file("pois.csv", bytes);
    let (one, _) = (read(&path, &OpenOptions::default()).unwrap().1, ());
    let (source, other) = read(&recoded, &OpenOptions::default()).unwrap();
    assert_eq!(source.header().encoding.as_deref(), Some("gb18030"));
    assert_eq!(other.faults, []);
    assert_eq!(one.rows, other.rows);
}
