//! Against crate csv, there and back, and damaged at random.

use super::{
    super::super::testing::read_bytes,
    super::record::{Dialect, Found, Record},
    texts,
};
use proptest::prelude::*;

/// Records as ours finds them, each value in its bytes.
fn ours(bytes: &[u8]) -> Option<Vec<Vec<Vec<u8>>>> {
    let mut record = Record::default();
    let (mut at, mut records) = (0, Vec::new());
    while at < bytes.len() {
        match record.find(&bytes[at..], Dialect { delimiter: b',', line_end: b'\n' }, true) {
            Found::Record if record.is_open => return None,
            Found::Record => {
                records.push((0..record.width()).map(|c| record.value(&bytes[at..], c).to_vec()).collect());
                at += record.length;
            }
            Found::Blank(length) => at += length,
            Found::More => panic!("the bytes are all there are"),
        }
    }
    Some(records)
}

fn theirs(bytes: &[u8]) -> Vec<Vec<Vec<u8>>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(bytes);
    reader.byte_records().map(|record| record.unwrap().iter().map(<[u8]>::to_vec).collect()).collect()
}

proptest! {
    #[test]
    fn records_are_those_of_crate_csv(text in "[ab,\"\r\n]{0,40}") {
        // Lone carriage returns end a line there and, in a file with line feeds, not always here.
        let text = text.replace('\r', "\r\n");
        if let Some(ours) = ours(text.as_bytes()) {
            prop_assert_eq!(ours, theirs(text.as_bytes()));
        }
    }

    #[test]
    fn a_record_is_found_again_when_more_bytes_come(text in "[ab,\"\n]{1,30}\n", cut in any::<prop::sample::Index>()) {
        let dialect = Dialect { delimiter: b',', line_end: b'\n' };
        let (mut whole, mut part) = (Record::default(), Record::default());
        let expected = whole.find(text.as_bytes(), dialect, false);
        let cut = cut.index(text.len());
        match part.find(&text.as_bytes()[..cut], dialect, false) {
            Found::More => {}
            found => prop_assert_eq!((found, part.length), (expected, whole.length)),
        }
    }

    #[test]
    fn written_tables_read_back(rows in prop::collection::vec(prop::collection::vec("[^\u{0}'\u{FEFF}]{0,8}", 3), 1..20)) {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(["a", "b", "c"]).unwrap();
        rows.iter().for_each(|row| writer.write_record(row).unwrap());
        let (source, all) = read_bytes("t.csv", writer.into_inner().unwrap()).unwrap();
        prop_assert_eq!(&source.header().columns, &["a", "b", "c"]);
        prop_assert_eq!(&all.faults, &[]);
        let expected: Vec<_> = rows.into_iter().filter(|row| row.iter().any(|value| !value.is_empty())).collect();
        prop_assert_eq!(texts(&all), expected);
    }

    #[test]
    fn damaged_files_never_panic(
        damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..8),
        end in any::<prop::sample::Index>(),
    ) {
        let mut bytes = "id,地址,lon\n1,\"漳州, \"\"x\"\"\",117.6\n2,芗城\r\n3,y,117\n".repeat(4).into_bytes();
        for (at, byte) in damage {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        bytes.truncate(end.index(bytes.len() + 1));
        if let Ok((source, all)) = read_bytes("t.csv", &bytes) {
            prop_assert!(all.stopped.is_none());
            prop_assert!(all.rows.iter().all(|row| row.cells.len() == source.header().columns.len()));
        }
    }
}
