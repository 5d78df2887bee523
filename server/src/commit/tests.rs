//! What the writer promises: durable or not at all, once, in order, and the same again after a restart.

use super::{sample, *};
use crate::store::SnapshotInfo;
use proptest::prelude::*;
use std::{collections::BTreeSet, time::Duration, time::Instant};
use uuid::Uuid;
use wangge_core::domain::{
    RefusalKind,
    area::AreaRow,
    event::SegmentRows,
    household::HouseholdRow,
    recount,
    visit::{Outcome as Came, Visit},
};

mod imports;

fn visits(visits: impl IntoIterator<Item = Visit>) -> Vec<Command> {
    visits.into_iter().map(Command::Visit).collect()
}

fn bytes(district: &District) -> Vec<u8> {
    district.to_snapshot().unwrap()
}

fn start(store: &Arc<SqliteStore>) -> Arc<Service> {
    Service::start(store.clone(), ServiceOptions::default()).unwrap()
}

fn accepted(outcome: &Outcome) -> u64 {
    match outcome {
        Outcome::Accepted(seq) => seq.n,
        other => panic!("not accepted: {other:?}"),
    }
}

#[test]
fn a_visit_sent_again_in_the_batch_or_later_answers_the_same_number() {
    let folder = tempfile::tempdir().unwrap();
    let service = sample::filled(folder.path());
    let one = sample::visit(1, 0, Came::Met);
    let outcomes = service.submit_blocking(visits([one.clone(), one.clone()]));
    let n = accepted(&outcomes[0]);
    assert_eq!(outcomes[1], Outcome::Repeated(Seq { epoch: 1, n }));
    assert_eq!(service.submit_blocking(visits([one.clone()])), [Outcome::Repeated(Seq { epoch: 1, n })]);
    service.close().unwrap();
    drop(service);
    let service = sample::open(folder.path());
    assert_eq!(service.submit_blocking(visits([one.clone()])), [Outcome::Repeated(Seq { epoch: 1, n })]);
    let other = Visit { outcome: Came::Refused, ..one };
    let [Outcome::Refused(refusal)] = &service.submit_blocking(visits([other]))[..] else { panic!("other content") };
    assert_eq!(refusal.kind, RefusalKind::Conflict);
    assert_eq!(service.district.read().visit_count(), 1);
}

#[test]
fn a_refused_command_takes_no_number_and_spoils_no_other() {
    let folder = tempfile::tempdir().unwrap();
    let service = sample::filled(folder.path());
    let outcomes = service.submit_blocking(visits([
        sample::visit(1, 0, Came::Met),
        sample::visit(2, 99, Came::Met),
        sample::visit(3, 1, Came::NoAnswer),
    ]));
    assert!(matches!(outcomes[1], Outcome::Refused(_)));
    assert_eq!(accepted(&outcomes[2]), accepted(&outcomes[0]) + 1);
}

#[test]
fn many_callers_at_once_each_get_their_own_number() {
    let folder = tempfile::tempdir().unwrap();
    let service = sample::filled(folder.path());
    let before = service.seq().n;
    let numbers: Vec<u64> = std::thread::scope(|scope| {
        let caller = |caller: u128| {
            let service = &service;
            move || -> Vec<u64> {
                let one = |i: u128| sample::visit(caller * 1000 + i, (i % 14) as usize, Came::NoAnswer);
                (0..25).map(|i| accepted(&service.submit_blocking(visits([one(i)]))[0])).collect()
            }
        };
        let callers: Vec<_> = (0..8).map(|c| scope.spawn(caller(c))).collect();
        callers.into_iter().flat_map(|c| c.join().unwrap()).collect()
    });
    let distinct: BTreeSet<u64> = numbers.into_iter().collect();
    assert_eq!(distinct, (before + 1..=before + 200).collect());
    assert_eq!(recount(&service.district.read()), Vec::<String>::new());
}

#[test]
fn a_full_disk_fails_every_caller_of_the_batch_and_space_heals_it_without_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let store = Arc::new(SqliteStore::open(folder.path()).unwrap());
    let service = start(&store);
    sample::fill(&service);
    let before = bytes(&service.district.read());
    store.limit_pages(Some(0));
    let many: Vec<Visit> = (1..500).map(|i| sample::visit(i, (i % 14) as usize, Came::Met)).collect();
    let outcomes = service.submit_blocking(visits(many.clone()));
    assert!(outcomes.iter().all(|o| *o == Outcome::Failed(CommitFailure::Full)), "{:?}", outcomes[0]);
    assert_eq!(bytes(&service.district.read()), before, "nothing of it is seen");
    store.limit_pages(None);
    let outcomes = service.submit_blocking(visits(many));
    assert!(outcomes.iter().all(|o| accepted(o) > 0));
    assert_eq!(service.district.read().visit_count(), 499);
}

#[test]
fn a_second_service_on_the_folder_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let _first = sample::open(folder.path());
    let second = Service::open(folder.path(), ServiceOptions::default());
    assert!(matches!(second, Err(OpenError::Store(StoreError::InUse { .. }))));
}

#[test]
fn a_closed_service_takes_nothing_more() {
    let folder = tempfile::tempdir().unwrap();
    let service = sample::filled(folder.path());
    assert!(service.takes_writes());
    service.close().unwrap();
    service.close().unwrap();
    assert!(!service.takes_writes());
    let outcomes = service.submit_blocking(visits([sample::visit(1, 0, Came::Met)]));
    assert_eq!(outcomes, [Outcome::Failed(CommitFailure::Closed)]);
}

#[test]
fn a_follow_up_becomes_due_by_itself() {
    let folder = tempfile::tempdir().unwrap();
    let service = sample::filled(folder.path());
    let again = Visit { follow_up_at: Some(now()), ..sample::visit(1, 0, Came::NoAnswer) };
    accepted(&service.submit_blocking(visits([again]))[0]);
    let due = || {
        let district = service.district.read();
        let door = district.households().by_id("door-0").unwrap();
        district.rounds()[0].doors[door as usize].follow_up_due()
    };
    let patience = Instant::now() + Duration::from_secs(60);
    while !due() {
        assert!(Instant::now() < patience, "the follow-up never became due");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn a_closing_service_leaves_a_snapshot_and_nothing_to_replay() {
    let folder = tempfile::tempdir().unwrap();
    let service = sample::filled(folder.path());
    let n = service.seq().n;
    service.close().unwrap();
    drop(service);
    let store = SqliteStore::open(folder.path()).unwrap();
    assert_eq!(store.snapshots().unwrap().first().map(|s| s.n), Some(n));
}

#[test]
fn a_torn_snapshot_falls_back_to_an_older_one_and_then_to_the_whole_log() {
    let folder = tempfile::tempdir().unwrap();
    for id in 1..=2 {
        let service = sample::open(folder.path());
        if id == 1 {
            sample::fill(&service);
        }
        accepted(&service.submit_blocking(visits([sample::visit(id, 0, Came::NoAnswer)]))[0]);
        service.close().unwrap();
    }
    let damage = [
        "UPDATE snapshot_part SET body = substr(body, 1, length(body) / 2) WHERE owner = (SELECT max(n) FROM snapshot)",
        "UPDATE snapshot_part SET body = zeroblob(length(body))",
        "DELETE FROM snapshot_part",
    ];
    let whole = bytes(&sample::open(folder.path()).district.read());
    for sql in damage {
        let store = Arc::new(SqliteStore::open(folder.path()).unwrap());
        assert_eq!(store.snapshots().unwrap().len(), 2);
        store.damage(sql);
        let service = start(&store);
        assert_eq!(bytes(&service.district.read()), whole, "{sql}");
    }
}

#[test]
fn a_snapshot_of_events_the_log_does_not_have_is_passed_over() {
    let folder = tempfile::tempdir().unwrap();
    let service = sample::filled(folder.path());
    service.close().unwrap();
    drop(service);
    let store = Arc::new(SqliteStore::open(folder.path()).unwrap());
    store.damage("DELETE FROM event WHERE n = 2");
    let service = start(&store);
    assert_eq!(service.seq().n, 1);
    assert_eq!(service.district.read().rounds().len(), 0);
}

#[test]
fn a_damaged_event_stops_the_start_and_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let store = Arc::new(SqliteStore::open(folder.path()).unwrap());
    sample::fill(&start(&store));
    store.damage("UPDATE event SET body = x'7b7d' WHERE n = 2");
    let error = Service::start(store, ServiceOptions::default()).err().unwrap().to_string();
    assert!(error.starts_with("event 2 is damaged"), "{error}");
}

/// A round, a repeat, a correction, a late arrival, a follow-up: whatever a device may send.
fn any_command() -> impl Strategy<Value = Command> {
    let visit = (1u128..60, 0usize..15, 0usize..8, prop::option::weighted(0.3, 1u128..60), any::<bool>()).prop_map(
        |(id, door, outcome, replaces, follow_up)| {
            let mut visit = sample::visit(id, door, Came::ALL[outcome]);
            visit.replaces = replaces.filter(|r| *r != id).map(Uuid::from_u128);
            visit.follow_up_at = follow_up.then(|| Timestamp::from_second(1_760_000_000 + id as i64).unwrap());
            Command::Visit(visit)
        },
    );
    prop_oneof![
        20 => visit,
        1 => (0u8..3).prop_map(|i| Command::OpenRound(sample::round(&format!("round-{i}")))),
        1 => Just(Command::AdvanceClock),
    ]
}

/// Doors, known and new, and grids that begin and end about today; some imports are refused.
fn any_rows() -> impl Strategy<Value = Vec<SegmentRows>> {
    let door = (0usize..20, 0u32..6, 0u16..4).prop_map(|(id, place, residents)| {
        let mut row = sample::households().remove(0);
        row.at.x += place * 60_000;
        HouseholdRow { id: format!("door-{id}"), residents, ..row }
    });
    let today = || wangge_core::domain::dates::local_date(now());
    let day = move || {
        let date = move |days: i64| (today() + jiff::SignedDuration::from_hours(24 * days)).to_string();
        prop::option::of((-3i64..4).prop_map(date))
    };
    let grid = (3usize..9, day(), day()).prop_map(|(which, starts_on, ends_on)| {
        let area = sample::areas().remove(which);
        AreaRow { starts_on, ends_on, ..area }
    });
    prop_oneof![
        2 => Just(Vec::new()),
        2 => prop::collection::vec(door, 1..4).prop_map(|doors| vec![SegmentRows::Households(doors)]),
        1 => prop::collection::vec(grid, 1..3).prop_map(|grids| vec![SegmentRows::Areas(grids)]),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn replay_from_a_snapshot_and_its_tail_equals_replay_from_nothing_equals_live(
        batches in prop::collection::vec((prop::collection::vec(any_command(), 1..12), any_rows()), 1..12),
        snapshot_at in 0usize..12,
    ) {
        let folder = tempfile::tempdir().unwrap();
        let store = Arc::new(SqliteStore::open(folder.path()).unwrap());
        let service = start(&store);
        sample::fill(&service);
        for (turn, (batch, rows)) in batches.into_iter().enumerate() {
            if turn == snapshot_at {
                let (n, held) = { let d = service.district.read(); (d.seq().n, bytes(&d)) };
                store.write_snapshot(n, &held).unwrap();
            }
            service.submit_blocking(batch);
            service.import("rows", rows);
        }
        service.intake.close();
        let district = service.district.read();
        let live = bytes(&district);
        prop_assert_eq!(recount(&district), Vec::<String>::new());
        let nothing = replay(&*store, District::empty(1), 0).unwrap().district;
        prop_assert_eq!(&bytes(&nothing), &live);
        prop_assert_eq!(nothing.rounds(), district.rounds());
        if let Some(SnapshotInfo { n, .. }) = store.snapshots().unwrap().first().copied() {
            let held = District::from_snapshot(&store.read_snapshot(n).unwrap()).unwrap();
            let tail = replay(&*store, held, 0).unwrap().district;
            prop_assert_eq!(&bytes(&tail), &live);
            prop_assert_eq!(tail.rounds(), nothing.rounds());
        }
        let findings = crate::check::check(&*store).unwrap().findings;
        prop_assert_eq!(findings, Vec::<String>::new());
    }
}
