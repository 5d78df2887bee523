//! Files of another writer, cut off and damaged.

use super::super::testing::{Everything, read_bytes, refusal};
use super::index_bytes;
use crate::table::{Cell, DeclaredCrs, RawShape};
use flatgeobuf::packed_r_tree::PackedRTree;
use jiff::civil::date;
use proptest::prelude::*;

/// Written by GDAL; `fixtures/README.md` says how.
const AREAS: &[u8] = include_bytes!("../../fixtures/areas.fgb");
const DOORS: &[u8] = include_bytes!("../../fixtures/doors.fgb");

#[test]
fn areas_of_gdal_with_an_index_are_read_whole() {
    let (source, mut all) = read_bytes("t.fgb", AREAS).unwrap();
    let header = source.header();
    assert_eq!(header.columns, ["code", "name", "households", "share", "starts_on", "is_open"]);
    assert_eq!((header.rows, header.layer.as_deref()), (Some(2), Some("areas")));
    assert_eq!(header.crs, Some(DeclaredCrs::Epsg(4490)));
    assert_eq!(all.faults, []);
    // The index sorts them along a curve.
    all.rows.sort_by_key(|row| row.cells[0].text().into_owned());
    let Some(RawShape::Polygons(polygons)) = &all.rows[0].shape else { panic!("{:?}", all.rows[0].shape) };
    assert_eq!((polygons.len(), polygons[0].len(), polygons[0][1].len()), (1, 2, 5));
    assert_eq!(
        all.rows[0].cells[..4],
        [Cell::Text("350602001001001".into()), Cell::Text("金宝一网格".into()), Cell::Integer(120), Cell::Real(0.5)]
    );
    assert_eq!(all.rows[0].cells[5], Cell::Bool(true));
    assert!(
        matches!(&all.rows[0].cells[4], Cell::Text(day) if day == "2026-03-01")
            || all.rows[0].cells[4] == Cell::Date(date(2026, 3, 1))
    );
    assert_eq!(all.rows[1].shape.as_ref().unwrap().name(), "MultiPolygon");
    assert_eq!(all.rows[1].cells[2], Cell::Empty);
    assert_eq!(source.bytes_read(), AREAS.len() as u64);
}

#[test]
fn points_without_an_index_and_with_heights_are_read() {
    let (source, all) = read_bytes("t.fgb", DOORS).unwrap();
    assert_eq!(all.rows[0].shape, Some(RawShape::Point([117.65, 24.51])));
    assert_eq!(all.rows[1].cells[1], Cell::Text("金宝社区'3\"号".into()));
    assert_eq!(source.header().notes, ["heights and measures of positions are dropped"]);
}

#[test]
fn every_cut_is_told_and_keeps_the_rows_before() {
    for (file, rows) in [(AREAS, 2), (DOORS, 2)] {
        let (_, whole) = read_bytes("t.fgb", file).unwrap();
        for length in 8..file.len() {
            match read_bytes("t.fgb", &file[..length]) {
                Err(error) => {
                    let error = error.to_string();
                    assert!(error.contains("cut off") || error.contains("claims"), "{length}: {error}");
                }
                Ok((_, Everything { rows: found, faults, stopped })) => {
                    assert!(found.len() < rows && faults.is_empty(), "{length}");
                    assert_eq!(found[..], whole.rows[..found.len()]);
                    assert!(stopped.unwrap().to_string().contains("the file is cut off in feature"), "{length}");
                }
            }
        }
    }
}

#[test]
fn sizes_a_file_claims_are_held_against_its_size() {
    let mut heading = AREAS.to_vec();
    heading[8..12].copy_from_slice(&0x7FFF_FFFF_u32.to_le_bytes());
    let expected = format!("FlatGeobuf: claims a heading of 2147483647 bytes; the file has {}", AREAS.len());
    assert_eq!(refusal("t.fgb", heading), expected);
    let mut feature = DOORS.to_vec();
    let size = u32::from_le_bytes(feature[8..12].try_into().unwrap()) as usize;
    feature[12 + size..16 + size].copy_from_slice(&u32::MAX.to_le_bytes());
    let (_, all) = read_bytes("t.fgb", feature).unwrap();
    assert_eq!(all.stopped.unwrap().to_string(), "FlatGeobuf: the file is cut off in feature 1 of 2");
}

#[test]
fn an_index_is_as_large_as_the_crate_says() {
    for count in [1, 2, 15, 16, 17, 255, 256, 257, 100_000] {
        for node in [2, 16, 300] {
            assert_eq!(
                index_bytes(count, node),
                Some(PackedRTree::index_size(count as usize, node) as u64),
                "{count} {node}"
            );
        }
    }
    assert_eq!(index_bytes(u64::MAX, 16), None);
    assert_eq!(index_bytes(5, 0), Some(0));
    assert_eq!(index_bytes(5, 1), None);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]
    #[test]
    fn damaged_files_never_panic(
        is_areas in any::<bool>(),
        damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12),
        cut in any::<prop::sample::Index>(),
    ) {
        let mut bytes = if is_areas { AREAS } else { DOORS }.to_vec();
        for (at, byte) in damage {
            let at = 8 + at.index(bytes.len() - 8);
            bytes[at] = byte;
        }
        let length = 8 + cut.index(bytes.len() * 2);
        bytes.truncate(length);
        if let Ok((_, all)) = read_bytes("t.fgb", &bytes) {
            prop_assert!(all.rows.len() + all.faults.len() <= bytes.len());
        }
    }
}
