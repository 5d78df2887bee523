//! Imports: in whole or not at all, nothing left behind, nothing twice, the same after a restart.

use super::*;
use crate::store::Store;
use std::ops::ControlFlow;
use wangge_core::domain::{
    DoorColumns, RowCounts, RowKind, Standing,
    area::AreaRow,
    event::{Event, SegmentRows},
    facility::{FacilityKind, FacilityRow},
    household::HouseholdRow,
};

fn moved(mut rows: Vec<HouseholdRow>, units: u32) -> Vec<HouseholdRow> {
    rows.iter_mut().for_each(|row| row.at.x += units);
    rows
}

fn many(count: usize) -> Vec<HouseholdRow> {
    let first = sample::households().remove(0);
    (0..count).map(|i| HouseholdRow { id: format!("new-{i}"), ..first.clone() }).collect()
}

/// Number the next segment of a store would have: that of the first one free again.
fn next_segment(store: &SqliteStore) -> u64 {
    let written = store.write_segment(&SegmentRows::Roads(Vec::new()).into()).unwrap();
    store.forget_segments(std::slice::from_ref(&written)).unwrap();
    written.id
}

fn filled() -> (tempfile::TempDir, Arc<SqliteStore>, Arc<Service>) {
    let folder = tempfile::tempdir().unwrap();
    let store = Arc::new(SqliteStore::open(folder.path()).unwrap());
    let service = start(&store);
    sample::fill(&service);
    (folder, store, service)
}

#[test]
fn rows_staged_bit_by_bit_are_one_event_and_there_again_after_a_restart() {
    let (folder, store, service) = filled();
    let office = FacilityRow {
        id: "f1".to_owned(),
        name: "居委会".to_owned(),
        kind: FacilityKind::CommunityOffice,
        at: sample::households()[0].at,
        address: String::new(),
    };
    let mut staging = service.stage();
    for rows in many(120).chunks(50) {
        staging.add(SegmentRows::Households(rows.to_vec())).unwrap();
    }
    staging.add(SegmentRows::Facilities(vec![office])).unwrap();
    staging.add_doors(DoorColumns::of(&moved(sample::households(), 1000))).unwrap();
    let added = RowCounts { added: 120, changed: 14, moved: 14, same: 0 };
    assert_eq!(staging.counts(RowKind::Households), added);
    assert_eq!(service.district.read().households().len(), 14, "nothing is seen yet");
    let before = service.seq().n;
    assert_eq!(accepted(&staging.take("test")), before + 1);
    let mut named = Vec::new();
    let each = &mut |_, record: Result<wangge_core::domain::event::Record, _>| {
        if let Event::Imported { segments, today: Some(_), .. } = record.unwrap().event {
            named = segments.iter().map(|segment| segment.rows).collect();
        }
        ControlFlow::Continue(())
    };
    store.read_events(before + 1, each).unwrap();
    assert_eq!(named, [120, 1, 14], "rows of one kind share a segment");
    let live = bytes(&service.district.read());
    assert_eq!(recount(&service.district.read()), Vec::<String>::new());
    // What is read again comes from the log, not from a snapshot.
    drop((service, store));
    let service = sample::open(folder.path());
    assert_eq!(bytes(&service.district.read()), live);
    assert_eq!(service.district.read().households().len(), 134);
}

#[test]
fn an_import_that_says_nothing_new_makes_no_event_and_leaves_no_segment() {
    let (_folder, store, service) = filled();
    let (n, segment) = (service.seq(), next_segment(&store));
    let again = service
        .import("again", vec![SegmentRows::Areas(sample::areas()), SegmentRows::Households(sample::households())]);
    assert_eq!(again, Outcome::Repeated(n));
    assert_eq!((store.last_n().unwrap(), next_segment(&store)), (n.n, segment));
}

#[test]
fn an_import_dropped_or_refused_leaves_no_segment_behind() {
    let (_folder, store, service) = filled();
    let free = next_segment(&store);
    let mut staging = service.stage();
    staging.add_doors(DoorColumns::of(&many(10))).unwrap();
    drop(staging);
    assert_eq!(next_segment(&store), free, "dropped");

    let twice = [many(10), many(1)].concat();
    let Outcome::Refused(refusal) = service.import("twice", vec![SegmentRows::Households(twice)]) else {
        panic!("a door stands twice");
    };
    assert_eq!((refusal.kind, refusal.field), (RefusalKind::Conflict, "id"));
    assert_eq!(refusal.message, "household \"new-0\" stands twice in the import; each may come in once");
    assert_eq!(next_segment(&store), free, "refused when applied");

    let orphan =
        AreaRow { code: "350602001009".to_owned(), parent: Some("nowhere".to_owned()), ..sample::areas().remove(2) };
    let mut staging = service.stage();
    staging.add_doors(DoorColumns::of(&many(10))).unwrap();
    staging.add(SegmentRows::Areas(vec![orphan])).unwrap();
    assert!(matches!(staging.take("orphan"), Outcome::Refused(refusal) if refusal.field == "parent"));
    assert_eq!(next_segment(&store), free, "refused at the end");
    assert!(accepted(&service.import("after all", vec![SegmentRows::Households(many(3))])) > 0);
}

#[test]
fn of_two_imports_at_once_the_second_is_told_to_look_again() {
    let (_folder, store, service) = filled();
    let (mut one, mut other) = (service.stage(), service.stage());
    one.add(SegmentRows::Households(many(5))).unwrap();
    other.add(SegmentRows::Households(moved(many(5), 10))).unwrap();
    accepted(&service.submit_blocking(visits([sample::visit(1, 0, Came::Met)]))[0]);
    assert!(accepted(&one.take("one")) > 0, "a visit in between changes no row");
    let free = next_segment(&store);
    let Outcome::Refused(refusal) = other.take("other") else { panic!("the district changed") };
    assert_eq!(refusal.message, "the district changed while the file was read; look again");
    assert_eq!(next_segment(&store), free);
}

#[test]
fn a_full_disk_ends_an_import_and_space_heals_it() {
    let (_folder, store, service) = filled();
    let before = bytes(&service.district.read());
    store.limit_pages(Some(0));
    let outcome = service.import("too large", vec![SegmentRows::Households(many(60_000))]);
    assert_eq!(outcome, Outcome::Failed(CommitFailure::Full));
    assert_eq!(bytes(&service.district.read()), before);
    store.limit_pages(None);
    assert!(accepted(&service.import("large", vec![SegmentRows::Households(many(60_000))])) > 0);
    assert_eq!(service.district.read().households().len(), 60_014);
}

#[test]
fn a_damaged_segment_is_found_before_the_import_is_recorded() {
    let (_folder, store, service) = filled();
    let mut staging = service.stage();
    staging.add_doors(DoorColumns::of(&many(10))).unwrap();
    staging.add_doors(DoorColumns::of(&moved(sample::households(), 7))).unwrap();
    let n = service.seq();
    // The second is only written for certain once the thread is done; the first is what is damaged.
    while store.damaged("UPDATE segment_part SET body = zeroblob(length(body)) WHERE owner = 3") == 0 {
        std::thread::yield_now();
    }
    assert_eq!(staging.take("damaged"), Outcome::Failed(CommitFailure::Other));
    assert_eq!((service.seq(), store.last_n().unwrap()), (n, n.n));
    assert!(service.takes_writes());
}

#[test]
fn readers_go_on_while_an_import_is_applied() {
    let (_folder, store, service) = filled();
    let before = service.seq().n;
    let reading = service.district.read();
    let importing = {
        let service = service.clone();
        std::thread::spawn(move || service.import("while read", vec![SegmentRows::Households(many(1000))]))
    };
    // All is applied and durable before the readers are asked to let go for the exchange.
    while store.last_n().unwrap() == before {
        std::thread::yield_now();
    }
    assert_eq!(reading.households().len(), 14);
    drop(reading);
    assert!(accepted(&importing.join().unwrap()) > before);
    assert_eq!(service.district.read().households().len(), 1014);
}

#[test]
fn a_version_of_an_area_waits_for_its_day() {
    let (folder, store, service) = filled();
    let tomorrow =
        AreaRow { name: "later".to_owned(), starts_on: Some("2999-01-01".to_owned()), ..sample::areas().remove(3) };
    assert!(accepted(&service.import("later", vec![SegmentRows::Areas(vec![tomorrow.clone()])])) > 0);
    let check = |service: &Service| {
        let district = service.district.read();
        assert_eq!(district.waiting(), std::slice::from_ref(&tomorrow));
        assert_eq!(district.standing(&wangge_core::domain::ImportRow::Area(tomorrow.clone())), Standing::Same);
        assert_ne!(district.areas().in_force(&tomorrow.code).unwrap().name, "later");
    };
    check(&service);
    service.close().unwrap();
    drop((service, store));
    check(&sample::open(folder.path()));
}

#[test]
fn an_area_that_ended_yesterday_ends_by_itself() {
    let (_folder, _store, service) = filled();
    // As if the server had been off on the day: the row came in before it, and the clock has not looked since.
    let ended = AreaRow { ends_on: Some("2020-01-01".to_owned()), ..sample::areas().remove(3) };
    assert!(accepted(&service.import("ended", vec![SegmentRows::Areas(vec![ended])])) > 0);
    let district = service.district.read();
    assert!(district.areas().in_force("350602001001001").is_none());
    assert_eq!(district.households().slots().filter(|door| district.households().grid(*door).is_none()).count(), 8);
}
