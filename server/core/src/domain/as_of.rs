//! How doors stood in the past: what was true at one moment, as far as it had been recorded by another.
//!
//! Which grid a door lies in, and which doors a round covers, are those of today.

use super::{
    district::District,
    door::door_byte,
    figures::Counts,
    rounds::{Sums, by_start},
    visit::{DoorByte, DoorState},
    visits::Kept,
};
use jiff::Timestamp;
use uuid::Uuid;

/// A place in time to look from; made by [`District::moment`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AsOf {
    happened_by: i64,
    recorded_by: i64,
    /// Follow-ups at or before this are due.
    due_by: i64,
    /// The last event that is seen.
    n: u64,
}

impl AsOf {
    /// Whether a visit is seen: it had happened and was known. What a correction known by then replaces is not, whenever
    /// the correction says it happened.
    fn sees(self, district: &District, visit: &Kept) -> bool {
        self.knows(visit) && visit.happened_at <= self.happened_by && !self.sees_corrected(district, visit)
    }

    fn knows(self, visit: &Kept) -> bool {
        visit.recorded_at <= self.recorded_by && visit.n <= self.n
    }

    fn sees_corrected(self, district: &District, visit: &Kept) -> bool {
        district.visits.correction(visit).is_some_and(|correction| self.knows(correction))
    }
}

/// A round as it stood; made by [`District::as_of`].
#[derive(Debug, Clone)]
pub struct PastRound<'a> {
    district: &'a District,
    /// Rounds up to and with the one asked for, in the order in which they carry what they found.
    order: Vec<usize>,
    round: usize,
    as_of: AsOf,
}

impl District {
    /// A place to look from: what was true at `at`, as far as recorded by `known_at`; without them as things stand with
    /// the last event applied. Events applied later change nothing of what is seen from here, unless they bring rows.
    pub fn moment(&self, at: Option<Timestamp>, known_at: Option<Timestamp>) -> AsOf {
        let at = at.map(Timestamp::as_microsecond);
        AsOf {
            happened_by: at.unwrap_or(i64::MAX),
            recorded_by: known_at.map_or(i64::MAX, Timestamp::as_microsecond),
            due_by: at.unwrap_or(self.clock),
            n: self.n,
        }
    }

    /// Whether a visit was corrected by another one, seen from a moment; none for a visit that is not seen.
    pub fn was_corrected(&self, visit: Uuid, as_of: AsOf) -> Option<bool> {
        let kept = self.visits.find(visit).filter(|kept| as_of.knows(kept) && kept.happened_at <= as_of.happened_by)?;
        Some(as_of.sees_corrected(self, kept))
    }

    /// A round as it stood; `round` is an index of [`District::rounds`].
    pub fn as_of(&self, round: usize, as_of: AsOf) -> PastRound<'_> {
        let mut order = by_start(&self.rounds);
        let until = order.iter().position(|index| *index == round).map_or(0, |place| place + 1);
        order.truncate(until);
        PastRound { district: self, order, round, as_of }
    }

    /// Counts of every area, by slot, that a table of the doors' bytes adds up to.
    pub fn counts_of(&self, doors: &[DoorByte]) -> Vec<Counts> {
        Sums::of(doors, self.ground()).areas
    }
}

impl PastRound<'_> {
    /// The door's byte then: what replaying the log up to the moment would give.
    pub fn byte(&self, door: u32) -> DoorByte {
        let mut carried: Option<DoorState> = None;
        let mut byte = DoorByte::default();
        for index in self.order.iter().copied() {
            let round = &self.district.rounds[index];
            let covers = round.covers(&self.district.areas, &self.district.households, door);
            byte = if covers {
                door_byte(self.visits(index, door), carried, self.as_of.due_by)
            } else {
                DoorByte::default()
            };
            if covers {
                carried = Some(byte.state()).filter(|state| !state.is_eligible());
            }
        }
        byte
    }

    /// When the latest visit that counted then had happened.
    pub fn last_visit_at(&self, door: u32) -> Option<Timestamp> {
        let latest = self.visits(self.round, door).map(|visit| visit.happened_at).max();
        latest.and_then(|at| Timestamp::from_microsecond(at).ok())
    }

    fn visits(&self, round: usize, door: u32) -> impl Iterator<Item = &Kept> {
        let visits = self.district.visits.of_door(door).filter(move |visit| usize::from(visit.round) == round);
        visits.filter(|visit| self.as_of.sees(self.district, visit))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        Checked, Command, Staged, check,
        event::Event,
        samples::{at, district, follow, round},
        visit::{Outcome, Visit},
    };
    use proptest::prelude::*;

    fn three_rounds() -> District {
        let mut district = district();
        follow(&mut district, Event::RoundOpened { round: round("third", 2000, None, &[]) }, at(0));
        district
    }

    fn visit(id: u128, door: u8, in_round: u8, outcome: usize, happened: i64) -> Visit {
        Visit {
            id: Uuid::from_u128(id),
            household: format!("door-{door}"),
            round: Some(["past", "now", "third"][usize::from(in_round)].to_owned()),
            outcome: Outcome::ALL[outcome],
            happened_at: at(happened),
            sent_at: None,
            by: None,
            channel: None,
            follow_up_at: None,
            replaces: None,
        }
    }

    /// Records a visit as the writer does; whether it was taken.
    fn record(district: &mut District, visit: &Visit, now: i64) -> bool {
        match check(district, &Staged::default(), &Command::Visit(visit.clone()), at(now)) {
            Ok(Checked::Accept(event)) => {
                follow(district, event, at(now));
                true
            }
            _ => false,
        }
    }

    fn any_visit() -> impl Strategy<Value = (u8, u8, usize, i64, Option<i64>, Option<u8>)> {
        let follow_up = prop::option::weighted(0.2, 0i64..5000);
        (0u8..14, 0u8..3, 0usize..8, 0i64..4000, follow_up, prop::option::weighted(0.3, 0u8..40))
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn the_past_is_what_replaying_what_was_known_and_had_happened_gives(
            history in prop::collection::vec(any_visit(), 1..80),
            known in 0i64..80,
            then in 0i64..4200,
        ) {
            let mut whole = three_rounds();
            let mut taken: Vec<(Visit, i64)> = Vec::new();
            for (turn, (door, in_round, outcome, happened, follow_up, replaces)) in history.into_iter().enumerate() {
                let mut visit = visit(turn as u128 + 1, door, in_round, outcome, happened);
                visit.follow_up_at = follow_up.map(at);
                visit.replaces = replaces.map(|id| Uuid::from_u128(u128::from(id) + 1));
                let now = 4000 + turn as i64;
                if record(&mut whole, &visit, now) {
                    taken.push((visit, now));
                }
            }
            for (index, round) in whole.rounds().iter().enumerate() {
                let now = whole.as_of(index, whole.moment(None, None));
                for door in whole.households().slots() {
                    prop_assert_eq!(now.byte(door), round.doors[door as usize], "what is now is the past of now");
                }
            }
            let known_at = 4000 + known;
            let known: Vec<&(Visit, i64)> = taken.iter().filter(|(_, now)| *now <= known_at).collect();
            let is_replaced = |id: Uuid| known.iter().any(|(visit, _)| visit.replaces == Some(id));
            let mut replayed = three_rounds();
            for (visit, now) in &known {
                if visit.happened_at <= at(then) && !is_replaced(visit.id) {
                    let counting = Visit { replaces: None, ..visit.clone() };
                    prop_assert!(record(&mut replayed, &counting, *now));
                }
            }
            let since = replayed.clock();
            follow(&mut replayed, Event::ClockAdvanced { since, at: at(then), today: None }, at(9000));
            for index in 0..3 {
                let past = whole.as_of(index, whole.moment(Some(at(then)), Some(at(known_at))));
                let bytes: Vec<DoorByte> = whole.households().slots().map(|door| past.byte(door)).collect();
                prop_assert_eq!(&bytes, &replayed.rounds()[index].doors);
                prop_assert_eq!(whole.counts_of(&bytes), replayed.rounds()[index].areas.clone());
                for door in whole.households().slots() {
                    prop_assert_eq!(past.last_visit_at(door), replayed.last_visit_at(index, door));
                }
            }
        }
    }

    #[test]
    fn what_is_recorded_later_is_not_seen_from_a_moment_taken_before() {
        let mut district = three_rounds();
        assert!(record(&mut district, &visit(1, 0, 1, 2, 1500), 3000));
        let slot = district.households().by_id("door-0").unwrap();
        let before = district.moment(None, None);
        let correction = Visit { replaces: Some(Uuid::from_u128(1)), ..visit(2, 0, 1, 0, 1500) };
        assert!(record(&mut district, &correction, 3000));
        assert_eq!(district.as_of(1, before).byte(slot).state(), DoorState::NoAnswer);
        let corrected = |id, moment| district.was_corrected(Uuid::from_u128(id), moment);
        let after = district.moment(None, None);
        assert_eq!((corrected(1, before), corrected(1, after)), (Some(false), Some(true)));
        assert_eq!((corrected(2, before), corrected(2, after)), (None, Some(false)));
    }

    #[test]
    fn a_late_report_is_seen_only_by_those_who_know_it() {
        let mut district = three_rounds();
        assert!(record(&mut district, &visit(1, 0, 1, 0, 1500), 3000));
        let slot = district.households().by_id("door-0").unwrap();
        let state = |happened, known| {
            district.as_of(1, district.moment(Some(at(happened)), Some(at(known)))).byte(slot).state()
        };
        assert_eq!(state(1600, 3000), DoorState::Met, "it was true then");
        assert_eq!(state(1600, 2999), DoorState::Untouched, "and nobody knew");
        assert_eq!(state(1400, 3000), DoorState::Untouched);
    }
}
