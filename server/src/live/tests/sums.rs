//! Sums over all doors: whoever hears the stream knows them, doors in no grid included.

use super::*;
use proptest::prelude::*;
use wangge_core::domain::figures::Counts;
use wangge_core::format::live::{Change, Sum};

/// A door, as an import brings it; `x` counts from the west edge of the district.
fn door(id: &str, x: u32) -> HouseholdRow {
    HouseholdRow {
        id: id.into(),
        at: FixedPoint { x: BASE + x, y: BASE + 100 },
        kind: HouseholdKind::Home,
        residents: 1,
        address: Address::default(),
    }
}

/// Where doors of no grid stand: east of both.
const OUTSIDE: u32 = 9_000;

fn import(world: &World, rows: Vec<HouseholdRow>) -> u64 {
    let segments = vec![SegmentRef { id: 9, rows: rows.len() as u64, crc32: 0 }];
    let event = Event::Imported { source: "more".into(), segments, today: None };
    world.record(event, &[SegmentRows::Households(rows)]);
    world.district.read().seq().n
}

/// Total and unassigned, as the district has them.
fn kept(world: &World) -> [Counts; 2] {
    let district = world.district.read();
    let state = &district.rounds()[0];
    [state.total, state.unassigned]
}

/// The change with number `n`; messages in between are passed over.
async fn change_at(stream: &mut Subscription, n: u64) -> Change {
    loop {
        match next(stream).await {
            LiveMessage::Change(change) if change.seq.n == n => return change,
            LiveMessage::Change(change) => assert!(change.seq.n < n, "{change:?}"),
            LiveMessage::Reset { reason, .. } => panic!("reset: {reason}"),
            _ => {}
        }
    }
}

#[tokio::test]
async fn a_door_imported_outside_every_grid_is_in_the_total_and_among_the_unassigned() {
    let world = World::quick();
    let mut stream = world.subscribe(None, None);
    let n = import(&world, vec![door("h16", OUTSIDE)]);
    let change = change_at(&mut stream, n).await;
    let round = &change.rounds["r"];
    assert!(round.areas.is_empty(), "no area has it: {change:?}");
    assert_eq!(round.total, Some(Sum(Counts { eligible: 17, touched: 0, reached: 0 })));
    assert_eq!(round.unassigned, Some(Sum(Counts { eligible: 1, touched: 0, reached: 0 })));

    let n = world.visit(16, Outcome::Met);
    let round = change_at(&mut stream, n).await.rounds.remove("r").unwrap();
    assert_eq!(round.total, Some(Sum(Counts { eligible: 17, touched: 1, reached: 1 })));
    assert_eq!(round.unassigned, Some(Sum(Counts { eligible: 1, touched: 1, reached: 1 })));
}

#[tokio::test]
async fn a_sum_that_stayed_is_not_told() {
    let world = World::quick();
    let mut stream = world.subscribe(None, None);
    let n = world.visit(3, Outcome::NoAnswer);
    let round = change_at(&mut stream, n).await.rounds.remove("r").unwrap();
    assert!(round.total.is_some() && round.unassigned.is_none(), "a door of a grid: {round:?}");
    let n = world.visit(3, Outcome::Refused);
    let round = change_at(&mut stream, n).await.rounds.remove("r").unwrap();
    assert_eq!((round.total, round.unassigned), (None, None), "touched before and after: {round:?}");
    // A door that comes into a grid leaves the unassigned, and the total stays.
    let n = import(&world, vec![door("h16", OUTSIDE)]);
    change_at(&mut stream, n).await;
    let n = import(&world, vec![door("h16", 300)]);
    let round = change_at(&mut stream, n).await.rounds.remove("r").unwrap();
    assert_eq!((round.unassigned, round.total), (Some(Sum(Counts::default())), None));
}

#[tokio::test]
async fn a_viewer_of_one_area_hears_no_sums_over_all_doors() {
    let world = World::quick();
    let mut west = world.subscribe(None, Some("west"));
    let n = world.visit(1, Outcome::Met);
    let round = change_at(&mut west, n).await.rounds.remove("r").unwrap();
    assert!(!round.areas.is_empty());
    assert_eq!((round.total, round.unassigned), (None, None));
}

/// A step of a history: visits of doors, or doors that come in or move.
#[derive(Debug, Clone)]
enum Step {
    Visit(usize, usize),
    Import(Vec<(usize, u32)>),
}

fn any_step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => (0usize..20, 0usize..Outcome::ALL.len()).prop_map(|(door, outcome)| Step::Visit(door, outcome)),
        1 => prop::collection::btree_map(0usize..20, 0u32..OUTSIDE + 1000, 1..4)
            .prop_map(|rows| Step::Import(rows.into_iter().collect())),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn who_keeps_what_was_told_last_knows_both_sums(
        steps in prop::collection::vec(any_step(), 1..40),
        cut_every in 1usize..7,
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let pace = Pace { gap: Duration::ZERO, quiet: Duration::ZERO, ..Pace::default() };
            let world = World::new(pace, Memory::default());
            import(&world, (16..20).map(|at| door(&format!("h{at}"), OUTSIDE)).collect());
            let mut told = kept(&world);
            let mut position = world.district.read().seq().n;
            // Several steps between two looks come as one message or as several, and after a cut as a replay.
            for chunk in steps.chunks(cut_every) {
                let mut stream = world.subscribe(Some(position), None);
                for step in chunk {
                    position = match step {
                        Step::Visit(door, outcome) => world.visit(*door, Outcome::ALL[*outcome]),
                        Step::Import(rows) => {
                            import(&world, rows.iter().map(|(at, x)| door(&format!("h{at}"), *x)).collect())
                        }
                    };
                }
                loop {
                    let LiveMessage::Change(change) = next(&mut stream).await else { continue };
                    for round in change.rounds.values() {
                        let sums = [round.total, round.unassigned];
                        told.iter_mut().zip(sums).for_each(|(told, sum)| *told = sum.map_or(*told, |Sum(counts)| counts));
                    }
                    if change.seq.n == position {
                        break;
                    }
                }
                assert_eq!(told, kept(&world));
            }
        });
    }
}
