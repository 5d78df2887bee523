//! The log through its trait: what is written is read back, what is damaged is named, a full disk heals.

use super::*;
use jiff::Timestamp;
use std::{ops::ControlFlow, path::Path};
use wangge_core::{
    domain::{
        event::{Event, SegmentRows},
        household::{Address, HouseholdKind, HouseholdRow},
    },
    geometry::position::FixedPoint,
};

fn tick(n: u64) -> Record {
    let at = Timestamp::from_microsecond(1_790_000_000_000_000 + n as i64).unwrap();
    Record { n, recorded_at: at, event: Event::ClockAdvanced { since: at, at, today: None } }
}

fn doors(count: usize) -> SegmentRows {
    let row = |i| HouseholdRow {
        id: format!("door-{i}"),
        at: FixedPoint { x: 3_550_000_000 + i as u32, y: 1_850_000_000 },
        kind: HouseholdKind::Home,
        residents: 3,
        address: Address { place: "漳华路".to_owned(), ..Address::default() },
    };
    SegmentRows::Households((0..count).map(row).collect())
}

fn imported(n: u64, segments: Vec<SegmentRef>) -> Record {
    Record { event: Event::Imported { source: "test".to_owned(), segments, today: None }, ..tick(n) }
}

fn read_all(store: &SqliteStore, from: u64) -> Vec<Result<Record, String>> {
    let mut found = Vec::new();
    store
        .read_events(from, &mut |_, record| {
            found.push(record.map_err(|e| e.to_string()));
            ControlFlow::Continue(())
        })
        .unwrap();
    found
}

fn open(folder: &Path) -> SqliteStore {
    SqliteStore::open(folder).unwrap()
}

#[test]
fn events_read_back_in_order_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let records: Vec<Record> = (1..=9000).map(tick).collect();
    let store = open(folder.path());
    store.append(&records[..10]).unwrap();
    store.append(&records[10..]).unwrap();
    drop(store);
    let store = open(folder.path());
    assert_eq!(store.last_n().unwrap(), 9000);
    assert_eq!(read_all(&store, 1), records.iter().cloned().map(Ok).collect::<Vec<_>>());
    assert_eq!(read_all(&store, 8999).len(), 2);
    assert_eq!(read_all(&store, 9001), []);
}

#[test]
fn a_gap_in_the_numbers_is_refused_and_nothing_of_the_batch_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    assert!(store.append(&[tick(1), tick(3)]).is_err());
    assert_eq!(store.last_n().unwrap(), 0);
    store.append(&[tick(1)]).unwrap();
    assert!(store.append(&[tick(1)]).is_err());
    assert_eq!(store.last_n().unwrap(), 1);
}

#[test]
fn a_second_process_is_told_who_holds_the_folder() {
    let folder = tempfile::tempdir().unwrap();
    let _held = open(folder.path());
    let refused = SqliteStore::open(folder.path()).err().unwrap();
    assert!(matches!(refused, StoreError::InUse { pid: Some(pid), .. } if pid == std::process::id()), "{refused}");
}

#[test]
fn a_full_disk_refuses_the_batch_reads_go_on_and_space_heals_it() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    store.append(&[tick(1)]).unwrap();
    store.limit_pages(Some(1));
    let many: Vec<Record> = (2..=2000).map(tick).collect();
    for _ in 0..3 {
        assert!(matches!(store.append(&many), Err(StoreError::Full(_))));
        assert!(matches!(store.write_segment(&doors(5000).into()), Err(StoreError::Full(_))));
        assert!(matches!(store.write_snapshot(1, &[7; 100_000]), Err(StoreError::Full(_))));
        assert_eq!(read_all(&store, 1), [Ok(tick(1))]);
    }
    store.limit_pages(None);
    store.append(&many).unwrap();
    assert_eq!(store.last_n().unwrap(), 2000);
    assert_eq!(store.snapshots().unwrap(), []);
}

#[test]
fn segments_read_back_and_an_event_names_only_those_there() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    let written = store.write_segment(&doors(3000).into()).unwrap();
    let never = SegmentRef { id: 99, ..written.clone() };
    assert!(matches!(store.append(&[imported(1, vec![written.clone(), never])]), Err(StoreError::UnknownSegment(99))));
    store.append(&[imported(1, vec![written.clone()])]).unwrap();
    drop(store);
    assert_eq!(open(folder.path()).read_segment(&written).unwrap().into_rows(), doors(3000));
}

#[test]
fn a_segment_no_event_names_is_cleared_at_the_next_start() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    let lost = store.write_segment(&doors(10).into()).unwrap();
    drop(store);
    let store = open(folder.path());
    assert!(matches!(store.read_segment(&lost), Err(StoreError::UnknownSegment(_))));
    let parts: u32 = store.reading.lock().query_row("SELECT count(*) FROM segment_part", [], |r| r.get(0)).unwrap();
    assert_eq!(parts, 0);
}

#[test]
fn a_changed_byte_is_found_and_named() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    let segment = store.write_segment(&doors(10).into()).unwrap();
    store.append(&[imported(1, vec![segment.clone()]), tick(2), tick(3)]).unwrap();
    store.write_snapshot(3, b"a snapshot").unwrap();
    store.damage("UPDATE event SET recorded_at = recorded_at + 1 WHERE n = 2");
    store.damage("UPDATE segment_part SET body = zeroblob(length(body))");
    store.damage("UPDATE snapshot_part SET body = substr(body, 1, 4)");
    let found = read_all(&store, 1);
    assert!(found[0].is_ok() && found[2].is_ok());
    assert!(found[1].as_ref().unwrap_err().contains("event 2 is damaged: its checksum"), "{found:?}");
    let segment = store.read_segment(&segment).unwrap_err().to_string();
    assert!(segment.starts_with("segment 1 is damaged"), "{segment}");
    let snapshot = store.read_snapshot(3).unwrap_err().to_string();
    assert!(snapshot.starts_with("snapshot 3 is damaged: 4 bytes are there"), "{snapshot}");
}

#[test]
fn snapshots_read_back_whole_and_two_are_kept() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    let bytes: Vec<u8> = (0..9_000_000u32).map(|i| (i / 7) as u8).collect();
    for n in [1, 2, 3] {
        store.write_snapshot(n, &bytes[..(n as usize) * 3_000_000]).unwrap();
    }
    let listed: Vec<u64> = store.snapshots().unwrap().iter().map(|s| s.n).collect();
    assert_eq!(listed, [3, 2]);
    assert_eq!(store.read_snapshot(3).unwrap(), bytes);
    store.write_snapshot(3, b"again").unwrap();
    assert_eq!(store.read_snapshot(3).unwrap(), b"again");
}

#[test]
fn a_snapshot_cut_short_is_never_listed() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    store.write_snapshot(1, &[1; 100]).unwrap();
    store.damage("INSERT INTO snapshot_part (owner, part, body) VALUES (5, 0, x'00')");
    drop(store);
    let store = open(folder.path());
    assert_eq!(store.snapshots().unwrap(), [SnapshotInfo { n: 1, bytes: 100 }]);
    store.write_snapshot(5, &[2; 100]).unwrap();
    assert_eq!(store.read_snapshot(5).unwrap(), [2; 100]);
}

#[test]
fn a_newer_format_and_a_foreign_file_are_refused_in_words() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    store.damage("UPDATE meta SET value = 2 WHERE key = 'format'");
    drop(store);
    assert!(matches!(SqliteStore::open(folder.path()), Err(StoreError::NewerFormat { found: 2, known: 1 })));
    let foreign = tempfile::tempdir().unwrap();
    std::fs::write(foreign.path().join(DATABASE_FILE), "not a database, but long enough to be read as one".repeat(90))
        .unwrap();
    assert!(matches!(SqliteStore::open(foreign.path()), Err(StoreError::Corrupt { .. })));
    let absent = tempfile::tempdir().unwrap();
    assert!(matches!(SqliteStore::open_existing(absent.path()), Err(StoreError::NotHere(_))));
}
