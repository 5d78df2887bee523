//! Shapefiles cut off, with parts that do not belong together, and changed at random.

use super::{AREAS, beside};
use crate::table::{
    Limits, OpenOptions,
    read::testing::{Everything, Scratch, read},
};
use proptest::prelude::*;

const SHP: usize = 0;
const DBF: usize = 2;

/// The areas with some files changed, read.
fn changed(without_index: bool, change: impl FnOnce(&mut [Vec<u8>])) -> Result<Everything, String> {
    let scratch = Scratch::new();
    let mut bytes: Vec<Vec<u8>> = AREAS.iter().map(|(_, bytes)| bytes.to_vec()).collect();
    change(&mut bytes);
    let files: Vec<(&str, &[u8])> = AREAS
        .iter()
        .zip(&bytes)
        .map(|((ending, _), bytes)| (*ending, bytes.as_slice()))
        .filter(|(ending, _)| !(without_index && *ending == "shx"))
        .collect();
    let limits = Limits { row_bytes: 1 << 20, ..Limits::default() };
    let options = OpenOptions { limits, ..OpenOptions::default() };
    read(&beside(&scratch, "areas", &files), &options).map(|(_, all)| all).map_err(|error| error.to_string())
}

fn stopped(all: &Everything) -> String {
    all.stopped.as_ref().map(ToString::to_string).unwrap_or_default()
}

#[test]
fn a_file_that_is_cut_off_keeps_the_rows_before() {
    for without_index in [false, true] {
        let all = changed(without_index, |files| files[SHP].truncate(400)).unwrap();
        assert_eq!(all.rows.len(), 1);
        assert_eq!(stopped(&all), "Shapefile: the .shp is cut off: it has 400 bytes");
    }
    let all = changed(false, |files| {
        let length = files[DBF].len() - 200;
        files[DBF].truncate(length);
    })
    .unwrap();
    assert_eq!(stopped(&all), "Shapefile: the .dbf is cut off: 2 of 3 records are there");
    assert!(changed(false, |files| files[DBF].truncate(40)).unwrap_err().contains("no whole heading"));
    assert!(
        changed(false, |files| files[SHP].truncate(40)).unwrap_err().contains("40 bytes and no heading of a shapefile")
    );
}

#[test]
fn parts_that_do_not_belong_together_are_told() {
    let all = changed(true, |files| files[DBF][4] = 2).unwrap();
    assert_eq!(stopped(&all), "Shapefile: the .dbf ends after 2 records, and the .shp has more shapes");
    let all = changed(false, |files| files[1].truncate(100 + 8)).unwrap();
    assert_eq!(stopped(&all), "Shapefile: the .shp ends after 1 shapes, and the .dbf has 3 records");
}

#[test]
fn deleted_records_are_passed_over_with_their_shapes() {
    let start = usize::from(u16::from_le_bytes([AREAS[DBF].1[8], AREAS[DBF].1[9]]));
    let all = changed(false, |files| files[DBF][start] = b'*').unwrap();
    assert_eq!(all.rows.iter().map(|row| row.number).collect::<Vec<_>>(), [2, 3]);
}

#[test]
fn counts_that_claim_more_than_there_is_cost_one_row() {
    for (at, word) in [(36, "parts"), (40, "positions")] {
        let all =
            changed(false, |files| files[SHP][108 + at..112 + at].copy_from_slice(&u32::MAX.to_le_bytes())).unwrap();
        assert_eq!(all.rows.len(), 2);
        let fault = all.faults[0].to_string();
        assert!(fault.starts_with(&format!("row 1: geometry: claims 4294967295 {word} where")), "{fault}");
    }
    let all = changed(false, |files| files[SHP][108..112].copy_from_slice(&31_u32.to_le_bytes())).unwrap();
    assert_eq!(all.faults[0].to_string(), "row 1: geometry: is a MultiPatch; points, lines and polygons are taken");
    // Positions follow the heading of the record, its box, two counts and two parts.
    let first = 108 + 44 + 8;
    let all = changed(false, |files| files[SHP][first..first + 8].copy_from_slice(&f64::NAN.to_le_bytes())).unwrap();
    let fault = all.faults[0].to_string();
    assert!(fault.starts_with("row 1: geometry: position 1 is NaN, "), "{fault}");
}

#[test]
fn values_that_are_none_cost_one_row() {
    let start = usize::from(u16::from_le_bytes([AREAS[DBF].1[8], AREAS[DBF].1[9]]));
    let text = String::from_utf8_lossy(&AREAS[DBF].1[start..]).into_owned();
    let at = start + AREAS[DBF].1[start..].windows(3).position(|window| window == b"120").unwrap();
    assert!(text.contains("120"));
    let all = changed(false, |files| files[DBF][at] = b'x').unwrap();
    assert_eq!(all.faults[0].to_string(), "row 1: households: is \"x20\", which is no number");
    let all = changed(false, |files| files[DBF][at..at + 3].copy_from_slice(b"***")).unwrap();
    assert_eq!(all.rows[0].cells[2], crate::table::Cell::Empty, "stars fill a number that did not fit");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]
    #[test]
    fn damaged_files_never_panic(
        damage in prop::collection::vec((0..4_usize, any::<prop::sample::Index>(), any::<u8>()), 1..12),
        without_index in any::<bool>(),
        cut in prop::option::of((0..3_usize, any::<prop::sample::Index>())),
    ) {
        let read = changed(without_index, |files| {
            for (file, at, byte) in damage {
                let at = at.index(files[file].len());
                files[file][at] = byte;
            }
            if let Some((file, length)) = cut {
                let length = length.index(files[file].len());
                files[file].truncate(length);
            }
        });
        if let Ok(all) = read {
            prop_assert!(all.rows.len() + all.faults.len() <= 100);
        }
    }
}
