//! What must hold for every history.

use super::{
    Checked, Command, District, RefusalKind, Staged, apply, check,
    event::Record,
    figures::Counts,
    recount,
    samples::{at, district, follow, round},
    touched,
    visit::{DoorState, Outcome, Visit},
};
use jiff::Timestamp;
use proptest::prelude::*;
use std::collections::{BTreeMap, HashSet};
use uuid::Uuid;

mod imports;

fn visit(id: u128, door: &str, round: Option<&str>, outcome: Outcome, happened: i64) -> Visit {
    Visit {
        id: Uuid::from_u128(id),
        household: door.to_owned(),
        round: round.map(str::to_owned),
        outcome,
        happened_at: at(happened),
        sent_at: None,
        by: None,
        channel: None,
        follow_up_at: None,
        replaces: None,
    }
}

/// Checks and applies one visit, as a batch of its own.
fn record(district: &mut District, visit: Visit, now: i64) -> Result<Checked, RefusalKind> {
    let checked = check(district, &Staged::default(), &Command::Visit(visit), at(now)).map_err(|r| r.kind)?;
    if let Checked::Accept(event) = &checked {
        follow(district, event.clone(), at(now));
    }
    Ok(checked)
}

fn state(district: &District, round: &str, door: &str) -> DoorState {
    let index = district.round_index(round).unwrap();
    let slot = district.households().by_id(door).unwrap();
    district.rounds()[index].doors[slot as usize].state()
}

#[test]
fn a_visit_sent_twice_counts_once_and_answers_the_same() {
    let mut d = district();
    let met = visit(1, "door-0", None, Outcome::Met, 1500);
    assert!(matches!(record(&mut d, met.clone(), 1500), Ok(Checked::Accept(_))));
    let n = d.seq().n;
    let again = Visit { sent_at: Some(at(1600)), ..met.clone() };
    assert_eq!(record(&mut d, again, 1600), Ok(Checked::Repeat { n }));
    let other = Visit { outcome: Outcome::Refused, ..met.clone() };
    assert_eq!(record(&mut d, other, 1600), Err(RefusalKind::Conflict));
    let named = Visit { round: Some("now".to_owned()), ..met };
    assert_eq!(record(&mut d, named, 1600), Err(RefusalKind::Conflict), "naming the round is other content as sent");
    assert_eq!(d.visit_count(), 1);
}

#[test]
fn a_door_once_met_stays_met_and_a_correction_undoes_it() {
    let mut d = district();
    record(&mut d, visit(1, "door-0", None, Outcome::Met, 1500), 1500).unwrap();
    record(&mut d, visit(2, "door-0", None, Outcome::NoAnswer, 1600), 1600).unwrap();
    assert_eq!(state(&d, "now", "door-0"), DoorState::Met);
    let correction = Visit { replaces: Some(Uuid::from_u128(1)), ..visit(3, "door-0", None, Outcome::Refused, 1500) };
    record(&mut d, correction.clone(), 1700).unwrap();
    assert_eq!(state(&d, "now", "door-0"), DoorState::NoAnswer);
    let again = Visit { id: Uuid::from_u128(4), ..correction };
    assert_eq!(record(&mut d, again, 1700), Err(RefusalKind::Conflict));
}

#[test]
fn a_late_arrival_counts_where_it_happened() {
    let mut d = district();
    record(&mut d, visit(1, "door-0", None, Outcome::NoAnswer, 1500), 1500).unwrap();
    record(&mut d, visit(2, "door-0", None, Outcome::Refused, 1400), 1600).unwrap();
    assert_eq!(state(&d, "now", "door-0"), DoorState::NoAnswer, "the later one happened later");
    record(&mut d, visit(3, "door-0", Some("past"), Outcome::Met, 900), 1600).unwrap();
    assert_eq!(state(&d, "past", "door-0"), DoorState::Met);
    assert_eq!(
        record(&mut d, visit(4, "door-0", Some("past"), Outcome::Met, 1001), 1600),
        Err(RefusalKind::OutsideRound)
    );
}

#[test]
fn vacant_carries_into_later_rounds_until_a_visit_says_otherwise() {
    let mut d = district();
    record(&mut d, visit(1, "door-0", Some("past"), Outcome::Vacant, 500), 1500).unwrap();
    assert_eq!(state(&d, "now", "door-0"), DoorState::Vacant);
    follow(&mut d, super::event::Event::RoundOpened { round: round("next", 2000, None, &[]) }, at(1600));
    assert_eq!(state(&d, "next", "door-0"), DoorState::Vacant);
    record(&mut d, visit(2, "door-0", Some("now"), Outcome::NoAnswer, 1700), 1700).unwrap();
    assert_eq!(state(&d, "now", "door-0"), DoorState::NoAnswer);
    assert_eq!(state(&d, "next", "door-0"), DoorState::Untouched, "what it carried is withdrawn");
    assert_eq!(recount(&d), Vec::<String>::new());
}

#[test]
fn a_clock_that_is_off_is_corrected_by_when_it_sent() {
    let mut d = district();
    let ahead = Visit { sent_at: Some(at(9000)), ..visit(1, "door-0", None, Outcome::Met, 8900) };
    let Ok(Checked::Accept(super::event::Event::VisitRecorded { happened_at, visit: kept, .. })) =
        record(&mut d, ahead, 1500)
    else {
        panic!("a device an hour ahead that says when it sent is accepted");
    };
    assert_eq!((happened_at, kept.happened_at), (at(1400), at(8900)), "both times are kept");
    assert_eq!(record(&mut d, visit(2, "door-1", None, Outcome::Met, 1621), 1500), Err(RefusalKind::Future));
    assert!(record(&mut d, visit(3, "door-1", None, Outcome::Met, 1620), 1500).is_ok());
}

#[test]
fn a_follow_up_becomes_due_when_the_clock_passes_it() {
    let mut d = district();
    let again = Visit { follow_up_at: Some(at(2000)), ..visit(1, "door-0", None, Outcome::NoAnswer, 1500) };
    record(&mut d, again, 1500).unwrap();
    let slot = d.households().by_id("door-0").unwrap();
    let due = |d: &District| d.rounds()[1].doors[slot as usize].follow_up_due();
    assert_eq!((d.next_due(), due(&d)), (Some(at(2000)), false));
    let tick = |d: &District, now| check(d, &Staged::default(), &Command::AdvanceClock, at(now)).unwrap();
    assert_eq!(tick(&d, 1999), Checked::Nothing);
    let Checked::Accept(event) = tick(&d, 2001) else { panic!("a follow-up is due") };
    let changes = follow(&mut d, event, at(2001));
    assert!(due(&d));
    assert_eq!(changes.rounds[0].households, [slot]);
    assert_eq!(tick(&d, 3000), Checked::Nothing, "once is enough");
    record(&mut d, visit(2, "door-0", None, Outcome::Met, 2500), 2500).unwrap();
    assert!(!due(&d), "a later visit answers it");
}

#[test]
fn doors_outside_every_grid_are_unassigned_and_counted() {
    let d = district();
    let past = &d.rounds()[0];
    assert_eq!(past.unassigned, Counts { eligible: 2, touched: 0, reached: 0 });
    assert_eq!(past.total.eligible, 14);
    assert_eq!(d.rounds()[1].total.eligible, 6, "a scope leaves them out");
}

#[test]
fn what_names_something_unknown_is_refused() {
    let mut d = district();
    assert_eq!(record(&mut d, visit(1, "door-99", None, Outcome::Met, 1500), 1500), Err(RefusalKind::UnknownReference));
    assert_eq!(
        record(&mut d, visit(1, "door-0", Some("never"), Outcome::Met, 1500), 1500),
        Err(RefusalKind::UnknownReference)
    );
    let lost = Visit { replaces: Some(Uuid::from_u128(9)), ..visit(1, "door-0", None, Outcome::Met, 1500) };
    assert_eq!(record(&mut d, lost, 1500), Err(RefusalKind::UnknownReference));
}

/// The definition of §2 read again, with none of the code under test: every door's state from the list of accepted
/// visits.
fn states_by_definition(
    d: &District,
    accepted: &[(Visit, Timestamp, Timestamp)],
) -> BTreeMap<(String, String), DoorState> {
    let replaced: HashSet<Uuid> = accepted.iter().filter_map(|(v, ..)| v.replaces).collect();
    let mut rounds: Vec<_> = d.rounds().iter().map(|r| r.round.clone()).collect();
    rounds.sort_by(|a, b| (a.starts_at, &a.id).cmp(&(b.starts_at, &b.id)));
    let mut states = BTreeMap::new();
    for door in d.households().slots() {
        let id = d.households().id(door).to_owned();
        let codes: Vec<String> = d
            .households()
            .grid(door)
            .map(|g| d.areas().up(g).map(|a| d.areas().get(a).unwrap().code.clone()).collect())
            .unwrap_or_default();
        let mut gone: Option<DoorState> = None;
        for round in &rounds {
            if !round.scope.is_empty() && !round.scope.iter().any(|code| codes.contains(code)) {
                states.insert((round.id.clone(), id.clone()), DoorState::None);
                continue;
            }
            let mut counting: Vec<_> = accepted
                .iter()
                .filter(|(v, ..)| v.household == id && v.round.as_ref() == Some(&round.id) && !replaced.contains(&v.id))
                .collect();
            counting.sort_by_key(|(v, happened, recorded)| (*happened, *recorded, v.id));
            let reached = counting.iter().find(|(v, ..)| v.outcome.reaches());
            let state: DoorState = match reached.or(counting.last()) {
                Some((v, ..)) => v.outcome.into(),
                None => gone.unwrap_or(DoorState::Untouched),
            };
            gone = Some(state).filter(|s| matches!(s, DoorState::Vacant | DoorState::Moved | DoorState::Demolished));
            states.insert((round.id.clone(), id.clone()), state);
        }
    }
    states
}

fn any_visit() -> impl Strategy<Value = (u8, u8, usize, i64, i64, Option<i64>, Option<u8>)> {
    (
        0u8..14,
        0u8..3,
        0usize..8,
        0i64..4000,
        0i64..400,
        prop::option::weighted(0.2, 0i64..5000),
        prop::option::weighted(0.3, 0u8..40),
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn figures_kept_step_by_step_equal_figures_counted_from_nothing(
        history in prop::collection::vec(any_visit(), 1..120),
        batch in 1usize..9,
    ) {
        let mut d = district();
        follow(&mut d, super::event::Event::RoundOpened { round: round("third", 2000, None, &[]) }, at(0));
        let mut accepted = Vec::new();
        let mut records = Vec::new();
        for (turn, chunk) in history.chunks(batch).enumerate() {
            let now = at(4000 + turn as i64);
            let mut staged = Staged::default();
            let mut events = Vec::new();
            for (i, (door, in_round, outcome, happened, _, follow_up, replaces)) in chunk.iter().enumerate() {
                let round = ["past", "now", "third"][usize::from(*in_round)];
                let mut v = visit((turn * batch + i) as u128 + 1, &format!("door-{door}"), Some(round), Outcome::ALL[*outcome], *happened);
                v.follow_up_at = follow_up.map(at);
                v.replaces = replaces.map(|r| Uuid::from_u128(u128::from(r) + 1));
                if let Ok(Checked::Accept(event)) = check(&d, &staged, &Command::Visit(v.clone()), now) {
                    let n = d.seq().n + events.len() as u64 + 1;
                    staged.add(&event, n);
                    accepted.push((v.clone(), v.happened_at, now));
                    events.push(event);
                }
            }
            if let Ok(Checked::Accept(tick)) = check(&d, &staged, &Command::AdvanceClock, now) {
                events.push(tick);
            }
            for event in events {
                let record = Record { n: d.seq().n + 1, recorded_at: now, event };
                let before = d.clone();
                let changes = apply(&mut d, &record, &[]).unwrap();
                // The changes name exactly the doors, areas and sums whose values differ, and `touched` never fewer.
                let wide = touched(&d, &record);
                for (index, (old, new)) in before.rounds().iter().zip(d.rounds()).enumerate() {
                    let named = changes.rounds.iter().find(|c| c.round == index);
                    let doors: Vec<u32> = d.households().slots().filter(|s| old.doors[*s as usize] != new.doors[*s as usize]).collect();
                    let areas: Vec<u32> = (0..d.areas().len() as u32).filter(|s| old.areas[*s as usize] != new.areas[*s as usize]).collect();
                    prop_assert_eq!(named.map_or(&[][..], |c| &c.households), doors.as_slice());
                    prop_assert_eq!(named.map_or(&[][..], |c| &c.areas), areas.as_slice());
                    let sums = [old.total != new.total, old.unassigned != new.unassigned];
                    prop_assert_eq!(named.map_or([false; 2], |c| [c.total, c.unassigned]), sums);
                    let wide = wide.rounds.iter().find(|c| c.round == index);
                    let named = wide.map_or([false; 2], |w| [w.total, w.unassigned]);
                    prop_assert!(named.iter().zip(sums).all(|(named, differs)| *named || !differs));
                    prop_assert!(doors.iter().all(|s| wide.is_some_and(|w| w.households.contains(s))));
                    prop_assert!(areas.iter().all(|s| wide.is_some_and(|w| w.areas.contains(s))));
                }
                records.push(record);
            }
        }
        prop_assert_eq!(recount(&d), Vec::<String>::new());
        let expected = states_by_definition(&d, &accepted);
        for ((round, door), wanted) in &expected {
            prop_assert_eq!(state(&d, round, door), *wanted, "{} in {}", door, round);
        }
        for round in d.rounds() {
            let states: Vec<DoorState> = d.households().slots().map(|s| expected[&(round.round.id.clone(), d.households().id(s).to_owned())]).collect();
            prop_assert_eq!(round.total.eligible as usize, states.iter().filter(|s| s.is_eligible()).count());
            prop_assert_eq!(round.total.reached as usize, states.iter().filter(|s| s.is_reached()).count());
            let untouched = states.iter().filter(|s| **s == DoorState::Untouched).count();
            prop_assert_eq!(round.total.untouched() as usize, untouched);
        }
        // A snapshot holds the same district.
        let back = District::from_snapshot(&d.to_snapshot().unwrap()).unwrap();
        prop_assert_eq!(back.rounds(), d.rounds());
        prop_assert_eq!(back.seq(), d.seq());
        prop_assert_eq!(back.next_due(), d.next_due());
        prop_assert!(back.areas().iter().eq(d.areas().iter()));
    }

    #[test]
    fn a_snapshot_cut_off_or_changed_is_refused_or_read_but_never_panics(cut in 0usize..4000, flip in 0usize..4000) {
        let mut bytes = district().to_snapshot().unwrap();
        let at = flip % bytes.len();
        bytes[at] ^= 0x55;
        bytes.truncate(bytes.len() - cut % bytes.len());
        let _ = District::from_snapshot(&bytes);
    }
}
