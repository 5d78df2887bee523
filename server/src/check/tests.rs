//! A sound log has no findings; each kind of damage has one that names it.

use super::*;
use crate::{
    commit::{Service, ServiceOptions, sample},
    store::SqliteStore,
};
use std::sync::Arc;
use wangge_core::domain::{Command, event::SegmentRef, visit::Outcome};

/// A closed log with a district, a round, two visits and a snapshot.
fn log(folder: &std::path::Path) -> Arc<SqliteStore> {
    let store = Arc::new(SqliteStore::open(folder).unwrap());
    let service = Service::start(store.clone(), ServiceOptions::default()).unwrap();
    sample::fill(&service);
    let visits = [sample::visit(1, 0, Outcome::Met), sample::visit(2, 1, Outcome::NoAnswer)];
    service.submit_blocking(visits.map(Command::Visit).to_vec());
    service.close().unwrap();
    store
}

fn findings(store: &SqliteStore) -> Vec<String> {
    check(store).unwrap().findings
}

#[test]
fn a_sound_log_has_no_findings_and_is_counted() {
    let folder = tempfile::tempdir().unwrap();
    let report = check(&*log(folder.path())).unwrap();
    assert_eq!(report.findings, Vec::<String>::new());
    assert_eq!((report.events, report.segments, report.snapshots), (4, 2, 1));
    assert_eq!((report.doors, report.visits), (14, 2));
}

#[test]
fn a_missing_event_is_found() {
    let folder = tempfile::tempdir().unwrap();
    let store = log(folder.path());
    store.damage("DELETE FROM event WHERE n = 3");
    let found = findings(&store);
    assert!(found.iter().any(|f| f == "event 4 follows event 2; 3 was expected"), "{found:?}");
}

#[test]
fn a_damaged_segment_and_event_are_each_named() {
    let folder = tempfile::tempdir().unwrap();
    let store = log(folder.path());
    store.damage("UPDATE segment_part SET body = cast(body || x'00' AS BLOB) WHERE owner = 2");
    store.damage("UPDATE event SET body = cast(body || x'20' AS BLOB) WHERE n = 4");
    let found = findings(&store);
    assert!(found.iter().any(|f| f.contains("segment 2 is damaged")), "{found:?}");
    assert!(found.iter().any(|f| f.contains("event 4 is damaged")), "{found:?}");
}

#[test]
fn a_snapshot_that_differs_from_a_replay_is_found() {
    let folder = tempfile::tempdir().unwrap();
    let store = log(folder.path());
    let older = {
        let mut district = District::empty(1);
        store
            .read_events(1, &mut |_, record| {
                let mut record = record.unwrap();
                if let Event::VisitRecorded { visit, .. } = &mut record.event {
                    visit.outcome = Outcome::Refused;
                }
                let mut read = |s: &SegmentRef| Ok(store.read_segment(s).unwrap());
                apply_reading(&mut district, &record, &mut read).unwrap();
                ControlFlow::Continue(())
            })
            .unwrap();
        district.to_snapshot().unwrap()
    };
    store.write_snapshot(4, &older).unwrap();
    assert_eq!(findings(&store), ["snapshot 4 differs from a replay: round now"]);
}

#[test]
fn a_torn_snapshot_and_one_without_its_log_are_found() {
    let folder = tempfile::tempdir().unwrap();
    let store = log(folder.path());
    let sound = store.read_snapshot(4).unwrap();
    store.write_snapshot(9, &sound).unwrap();
    store.damage("UPDATE snapshot_part SET body = substr(body, 2) WHERE owner = 4");
    let found = findings(&store);
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found[0].starts_with("snapshot 4 is damaged"), "{found:?}");
    assert!(found[1].starts_with("snapshot 9 ends with an event the log does not have"), "{found:?}");
}
