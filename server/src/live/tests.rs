//! What the stream promises: every change, in order, once, or a reset.

mod sums;

use super::*;
use jiff::Timestamp;
use std::time::Duration;
use wangge_core::domain::{
    apply,
    area::{AreaRow, Level},
    event::{Event, Record, SegmentRef, SegmentRows},
    household::{Address, HouseholdKind, HouseholdRow},
    round::Round,
    visit::{Outcome, Visit},
};
use wangge_core::format::live::{ImportProgress, LiveMessage};
use wangge_core::geometry::{position::FixedPoint, shape::Polygon};

/// A district of two grids with eight doors each and one open round, told to a hub as the writer would.
struct World {
    district: Arc<RwLock<District>>,
    hub: LiveHub,
}

fn square(x: u32, y: u32, side: u32) -> Vec<Polygon> {
    let corner = |dx, dy| FixedPoint { x: x + dx, y: y + dy };
    vec![Polygon { outer: vec![corner(0, 0), corner(side, 0), corner(side, side), corner(0, side)], holes: vec![] }]
}

fn area(code: &str, level: Level, parent: Option<&str>, geometry: Vec<Polygon>) -> AreaRow {
    AreaRow {
        code: code.into(),
        name: code.into(),
        level,
        parent: parent.map(Into::into),
        geometry,
        starts_on: None,
        ends_on: None,
    }
}

const BASE: u32 = 1 << 30;

impl World {
    fn new(pace: Pace, memory: Memory) -> Self {
        let world = Self { district: Arc::new(RwLock::new(District::empty(3))), hub: LiveHub::with(pace, memory) };
        let mut areas = vec![area("d", Level::District, None, square(BASE, BASE, 4000))];
        areas[0].geometry[0].outer[1].x = BASE + 8000;
        areas[0].geometry[0].outer[2].x = BASE + 8000;
        areas.push(area("west", Level::Grid, Some("d"), square(BASE, BASE, 4000)));
        areas.push(area("east", Level::Grid, Some("d"), square(BASE + 4000, BASE, 4000)));
        let door = |at: u32| HouseholdRow {
            id: format!("h{at}"),
            at: FixedPoint { x: BASE + 250 + at * 500, y: BASE + 100 },
            kind: HouseholdKind::Home,
            residents: 1,
            address: Address::default(),
        };
        let rows = vec![SegmentRows::Areas(areas), SegmentRows::Households((0..16).map(door).collect())];
        let segments = (0..2).map(|id| SegmentRef { id, rows: 1, crc32: 0 }).collect();
        world.record(Event::Imported { source: "test".into(), segments, today: None }, &rows);
        let round = Round {
            id: "r".into(),
            name: "r".into(),
            purpose: String::new(),
            starts_at: "2020-01-01T00:00:00Z".parse().unwrap(),
            ends_at: None,
            scope: vec![],
        };
        world.record(Event::RoundOpened { round }, &[]);
        world
    }

    fn quick() -> Self {
        Self::new(Pace { gap: Duration::from_millis(5), quiet: Duration::ZERO, ..Pace::default() }, Memory::default())
    }

    fn record(&self, event: Event, segments: &[SegmentRows]) {
        let mut district = self.district.write();
        let n = district.seq().n + 1;
        let changes = apply(&mut district, &Record { n, recorded_at: Timestamp::now(), event }, segments).unwrap();
        self.hub.publish(&district, &changes);
    }

    fn visit(&self, door: usize, outcome: Outcome) -> u64 {
        let visit = Visit {
            id: uuid::Uuid::now_v7(),
            household: format!("h{door}"),
            round: Some("r".into()),
            outcome,
            happened_at: Timestamp::now(),
            sent_at: None,
            by: None,
            channel: None,
            follow_up_at: None,
            replaces: None,
        };
        let happened_at = visit.happened_at;
        self.record(Event::VisitRecorded { visit, round_named: true, happened_at }, &[]);
        self.district.read().seq().n
    }

    fn subscribe(&self, since: Option<u64>, within: Option<&str>) -> Subscription {
        let within = within.map(|code| self.slot(code));
        self.hub.subscribe(&self.district, since.map(|n| Seq { epoch: 3, n }), within, rounds())
    }

    fn slot(&self, code: &str) -> u32 {
        self.district.read().areas().by_code(code).unwrap()
    }

    fn door(&self, door: usize) -> (u32, u8) {
        let district = self.district.read();
        let slot = district.households().by_id(&format!("h{door}")).unwrap();
        (slot, district.rounds()[0].doors[slot as usize].0)
    }
}

fn rounds() -> Topics {
    Topics::default().with(Topic::Rounds)
}

async fn next(subscription: &mut Subscription) -> LiveMessage {
    let frame = tokio::time::timeout(Duration::from_secs(20), subscription.next()).await.unwrap().unwrap();
    LiveMessage::from_json(&frame.text).unwrap()
}

/// Doors told until the message with number `n`.
async fn doors_until(subscription: &mut Subscription, n: u64) -> Vec<(u32, u8)> {
    let mut doors = std::collections::BTreeMap::new();
    loop {
        if let LiveMessage::Change(change) = next(subscription).await {
            for round in change.rounds.values() {
                doors.extend(round.households.iter().map(|(slot, byte)| (*slot, byte.0)));
            }
            if change.seq.n >= n {
                return doors.into_iter().collect();
            }
        }
    }
}

#[tokio::test]
async fn a_stream_begins_with_hello_and_tells_the_next_visit() {
    let world = World::quick();
    let mut stream = world.subscribe(None, None);
    let seq = world.district.read().seq();
    assert_eq!(next(&mut stream).await, LiveMessage::Hello { seq, shapes_version: 1 });
    let n = world.visit(2, Outcome::Met);
    let LiveMessage::Change(change) = next(&mut stream).await else { panic!("no change") };
    assert_eq!(change.seq.n, n);
    let round = &change.rounds["r"];
    assert_eq!(round.households, [(world.door(2).0, wangge_core::domain::visit::DoorByte(world.door(2).1))]);
    let areas: Vec<u32> = round.areas.iter().map(|a| a.slot).collect();
    let mut expected = [world.slot("d"), world.slot("west")];
    expected.sort_unstable();
    assert_eq!(areas, expected);
    assert!(round.areas.iter().all(|a| a.counts.reached == 1));
}

#[tokio::test]
async fn a_stream_resumed_is_told_everything_after_since_and_nothing_twice() {
    let world = World::quick();
    let since = world.visit(0, Outcome::Met);
    world.visit(1, Outcome::NoAnswer);
    let last = world.visit(2, Outcome::Refused);
    let mut stream = world.subscribe(Some(since), None);
    assert!(matches!(next(&mut stream).await, LiveMessage::Hello { seq, .. } if seq.n == since));
    let LiveMessage::Change(replay) = next(&mut stream).await else { panic!("no replay") };
    assert_eq!((replay.seq.n, replay.rounds["r"].households.len()), (last, 2));
    let n = world.visit(3, Outcome::Met);
    let LiveMessage::Change(live) = next(&mut stream).await else { panic!("no change") };
    assert_eq!((live.seq.n, live.rounds["r"].households.len()), (n, 1));
}

#[tokio::test]
async fn a_since_that_cannot_be_had_is_reset_with_its_reason() {
    let world = World::new(Pace::default(), Memory::bounded(2, usize::MAX));
    for door in 0..5 {
        world.visit(door, Outcome::Met);
    }
    let now = world.district.read().seq();
    for (since, word) in [
        (Seq { epoch: 2, n: now.n }, "epoch"),
        (Seq { n: now.n + 1, ..now }, "future"),
        (Seq { n: now.n - 3, ..now }, "too_old"),
    ] {
        let mut stream = world.hub.subscribe(&world.district, Some(since), None, rounds());
        assert!(matches!(next(&mut stream).await, LiveMessage::Hello { seq, .. } if seq == now));
        assert_eq!(next(&mut stream).await, LiveMessage::Reset { seq: now, reason: word.into() });
    }
}

#[tokio::test]
async fn a_scope_hears_its_own_doors_and_the_areas_above_and_its_beats_carry_the_rest() {
    let pace = Pace {
        gap: Duration::from_millis(5),
        quiet: Duration::ZERO,
        beat: Duration::from_millis(50),
        ..Pace::default()
    };
    let world = World::new(pace, Memory::default());
    let mut west = world.subscribe(None, Some("west"));
    let elsewhere = world.visit(15, Outcome::Met);
    loop {
        match next(&mut west).await {
            LiveMessage::Hello { .. } => {}
            // The door is not told; the district above, whose share moved, is.
            LiveMessage::Change(change) => {
                let round = &change.rounds["r"];
                assert!(round.households.is_empty());
                assert_eq!(round.areas.iter().map(|a| a.slot).collect::<Vec<_>>(), [world.slot("d")]);
            }
            LiveMessage::Beat { seq, .. } if seq.n == elsewhere => break,
            LiveMessage::Beat { .. } => {}
            other => panic!("{other:?}"),
        }
    }
}

#[tokio::test]
async fn a_slow_viewer_is_reset_and_hears_what_comes_after() {
    let world = World::new(
        Pace { gap: Duration::from_millis(1), quiet: Duration::ZERO, backlog: 2, ..Pace::default() },
        Memory::default(),
    );
    let (mut slow, mut fast) = (world.subscribe(None, None), world.subscribe(None, None));
    next(&mut fast).await;
    for door in 0..12 {
        let n = world.visit(door, Outcome::NoAnswer);
        doors_until(&mut fast, n).await;
    }
    assert!(matches!(next(&mut slow).await, LiveMessage::Hello { .. }));
    assert!(matches!(next(&mut slow).await, LiveMessage::Reset { reason, .. } if reason == "too_slow"));
    let n = world.visit(13, Outcome::Met);
    assert_eq!(doors_until(&mut slow, n).await, [world.door(13)]);
}

#[tokio::test]
async fn a_burst_is_told_in_few_messages_with_its_last_number() {
    let gap = Duration::from_millis(40);
    let world = World::new(Pace { gap, quiet: Duration::ZERO, ..Pace::default() }, Memory::default());
    let mut stream = world.subscribe(None, None);
    next(&mut stream).await;
    let begun = std::time::Instant::now();
    let mut last = 0;
    for turn in 0..400 {
        last = world.visit(turn % 16, Outcome::NoAnswer);
        tokio::task::yield_now().await;
    }
    let mut messages = 0u128;
    loop {
        let LiveMessage::Change(change) = next(&mut stream).await else { continue };
        messages += 1;
        if change.seq.n == last {
            break;
        }
    }
    let most = begun.elapsed().as_millis() / gap.as_millis() + 2;
    assert!(messages <= most, "{messages} messages, at most {most}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn viewers_that_come_and_go_while_visits_come_in_never_miss_one() {
    let world = Arc::new(World::quick());
    let start = world.district.read().seq().n;
    let writer = std::thread::spawn({
        let world = Arc::clone(&world);
        move || {
            for turn in 0..3_000 {
                world.visit(turn % 16, Outcome::ALL[turn % 5]);
            }
        }
    });
    // Each viewer cuts its stream often and resumes from the last number it was given.
    let viewers: Vec<_> = (0..6)
        .map(|viewer| {
            let world = Arc::clone(&world);
            tokio::spawn(async move {
                let (mut known, mut position) = (std::collections::BTreeMap::new(), start);
                while position < start + 3_000 {
                    let mut stream = world.subscribe(Some(position), None);
                    for _ in 0..viewer + 2 {
                        let frame = stream.next().await.unwrap();
                        match LiveMessage::from_json(&frame.text).unwrap() {
                            LiveMessage::Change(change) => {
                                assert!(change.seq.n > position, "told twice");
                                for round in change.rounds.values() {
                                    known.extend(round.households.iter().map(|(slot, byte)| (*slot, byte.0)));
                                }
                            }
                            LiveMessage::Reset { reason, .. } => panic!("reset: {reason}"),
                            _ => {}
                        }
                        position = frame.seq.map_or(position, |seq| seq.n);
                        if position >= start + 3_000 {
                            break;
                        }
                    }
                }
                known
            })
        })
        .collect();
    let mut answers = Vec::new();
    for viewer in viewers {
        answers.push(tokio::time::timeout(Duration::from_secs(60), viewer).await.unwrap().unwrap());
    }
    writer.join().unwrap();
    let expected: std::collections::BTreeMap<u32, u8> = (0..16).map(|door| world.door(door)).collect();
    for known in answers {
        assert_eq!(known, expected);
    }
}

#[tokio::test]
async fn an_import_tells_the_new_shapes_and_then_the_number() {
    let world = World::quick();
    let mut stream = world.subscribe(None, None);
    next(&mut stream).await;
    let row = HouseholdRow {
        id: "new".into(),
        at: FixedPoint { x: BASE + 9, y: BASE + 9 },
        kind: HouseholdKind::Shop,
        residents: 0,
        address: Address::default(),
    };
    let segments = vec![SegmentRef { id: 9, rows: 1, crc32: 0 }];
    world.record(
        Event::Imported { source: "more".into(), segments, today: None },
        &[SegmentRows::Households(vec![row])],
    );
    let n = world.district.read().seq().n;
    let first = stream.next().await.unwrap();
    assert_eq!(LiveMessage::from_json(&first.text).unwrap(), LiveMessage::Shapes { version: n });
    assert_eq!(first.seq, None, "who is cut off here must resume before the import");
    assert!(matches!(next(&mut stream).await, LiveMessage::Change(change) if change.seq.n == n));
}

#[tokio::test]
async fn closing_ends_every_stream() {
    let world = World::quick();
    let mut stream = world.subscribe(None, None);
    next(&mut stream).await;
    world.hub.close();
    assert!(stream.next().await.is_none());
    let mut late = world.subscribe(None, None);
    next(&mut late).await;
    assert!(late.next().await.is_none());
}

#[tokio::test]
async fn progress_of_imports_is_heard_by_those_who_asked_for_it_and_has_no_place_in_the_log() {
    let world = World::quick();
    let progress =
        |rows| ImportProgress { id: "job".into(), state: "looking".into(), stage: None, done_bytes: 0, bytes: 0, rows };
    world.hub.tell_import(progress(1));
    let mut both = world.hub.subscribe(&world.district, None, None, Topic::ALL.into_iter().collect());
    let mut imports = world.hub.subscribe(&world.district, None, None, Topics::default().with(Topic::Imports));
    let mut deaf = world.subscribe(None, None);
    for stream in [&mut both, &mut imports, &mut deaf] {
        assert!(matches!(next(stream).await, LiveMessage::Hello { .. }));
    }
    world.hub.tell_import(progress(2));
    assert_eq!(next(&mut both).await, LiveMessage::Import(progress(2)), "what was said before is not said again");
    let n = world.visit(1, Outcome::Met);
    assert_eq!(doors_until(&mut both, n).await, [world.door(1)]);
    assert_eq!(next(&mut imports).await, LiveMessage::Import(progress(2)));
    world.hub.tell_import(progress(3));
    assert_eq!(next(&mut imports).await, LiveMessage::Import(progress(3)), "rounds were not asked for");
    assert!(matches!(next(&mut deaf).await, LiveMessage::Change(_)), "imports were not asked for");
}

#[tokio::test]
async fn viewers_are_counted() {
    let world = World::quick();
    let streams = [world.subscribe(None, None), world.subscribe(None, Some("west"))];
    assert_eq!(world.hub.viewers(), 2);
    drop(streams);
    assert_eq!(world.hub.viewers(), 0);
}
