//! The past of the demo: a round that is finished and one under way, with two communities that lag and a quarter nobody
//! opens in the daytime.

use super::calendar::{WorkingTime, local_hour, midnight_before};
use super::district::DemoDistrict;
use super::encounter::{Door, channel, knock};
use super::pace::paces;
use super::random::{Dice, mix};
use super::story::{GRID_DIGITS, GridFacts, Story, hash, is_old_house};
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeMap;
use uuid::Uuid;
use wangge_core::domain::event::PastVisit;
use wangge_core::domain::household::HouseholdRow;
use wangge_core::domain::round::Round;
use wangge_core::domain::visit::{Outcome, Visit};

/// Attempts at a door, at most.
const MOST_ATTEMPTS: u8 = 5;

/// Rounds and visits before `now`, oldest first; the same for the same district, seed and moment.
///
/// The first round reached nearly all. The second is at about 60 %: some grids are done, some half way; two communities
/// are at a quarter, and an old quarter was only ever tried by day.
pub fn past(district: &DemoDistrict, seed: u64, now: Timestamp) -> (Vec<Round>, Vec<PastVisit>) {
    let finished = round("round-1", "第一轮入户走访", midnight_before(now, 17), Some(midnight_before(now, 5)));
    let under_way = round("round-2", "第二轮入户走访", midnight_before(now, 3), None);
    let grids = grids(district);
    let facts: Vec<GridFacts<'_>> = grids.iter().map(|(code, doors)| facts(code, doors)).collect();
    let story = story_among(&facts, seed);
    let before = WorkingTime::between(finished.starts_at, finished.ends_at.unwrap_or(now));
    let lately = WorkingTime::between(under_way.starts_at, now - SignedDuration::from_secs(120));
    let mut visits = Vec::with_capacity(district.households.len() * 2);
    for ((code, doors), pace) in grids.iter().zip(paces(&facts, &story, seed)) {
        let out_by_day = story.is_out_by_day(code);
        let mut walker = Walker { code, dice: Dice::new(seed, mix(0x9A57 ^ hash(code))), visits: &mut visits, now };
        let gone = walker.finish(doors, &finished.id, &before, out_by_day);
        walker.go_on(doors, &gone, &under_way.id, &lately, pace, out_by_day);
    }
    visits.sort_by_key(|v| (v.recorded_at, v.visit.id));
    (vec![finished, under_way], visits)
}

fn story_among(facts: &[GridFacts<'_>], seed: u64) -> Story {
    let assigned: Vec<GridFacts<'_>> = facts.iter().copied().filter(|g| !g.code.is_empty()).collect();
    Story::of(&assigned, seed)
}

fn round(id: &str, name: &str, starts_at: Timestamp, ends_at: Option<Timestamp>) -> Round {
    let purpose = "逐户见面，核对人口与房屋，登记需求".to_owned();
    Round { id: id.to_owned(), name: name.to_owned(), purpose, starts_at, ends_at, scope: Vec::new() }
}

/// Doors by what their id begins with: their grid's code, or nothing for those in no grid.
fn grids(district: &DemoDistrict) -> BTreeMap<&str, Vec<&HouseholdRow>> {
    let mut grids: BTreeMap<&str, Vec<&HouseholdRow>> = BTreeMap::new();
    for door in &district.households {
        let code = door.id.split_once('-').map_or("", |(code, _)| code);
        // The riverside doors are of no grid: their ids begin with zeros where a community would be.
        let in_grid = code.len() == GRID_DIGITS && !code.ends_with("000000000");
        grids.entry(if in_grid { code } else { "" }).or_default().push(door);
    }
    grids
}

fn facts<'a>(code: &'a str, doors: &[&HouseholdRow]) -> GridFacts<'a> {
    let old = doors.iter().filter(|d| is_old_house(d.kind, &d.address)).count();
    GridFacts { code, doors: doors.len() as u32, old: old as u32 }
}

/// The members of one grid, writing their visits down.
struct Walker<'a> {
    code: &'a str,
    dice: Dice,
    visits: &'a mut Vec<PastVisit>,
    now: Timestamp,
}

impl Walker<'_> {
    /// Walks a whole round, coming again to doors nobody opened; which doors turned out empty.
    fn finish(&mut self, doors: &[&HouseholdRow], round: &str, time: &WorkingTime, out_by_day: bool) -> Vec<bool> {
        let mut gone = vec![false; doors.len()];
        for (place, door) in doors.iter().enumerate() {
            let mut share = place as f64 / doors.len() as f64 * 0.6 + self.dice.between(0.0, 0.02);
            // Not every door was tried to the end: about three in a hundred were never reached.
            let most = if out_by_day { MOST_ATTEMPTS } else { 2 + u8::from(self.dice.chance(0.7)) };
            for attempts in 0..most {
                let Some(at) = time.at(share) else { break };
                let outcome = knock(Door { kind: door.kind, out_by_day, attempts }, local_hour(at), &mut self.dice);
                self.write(door, round, outcome, at, false);
                gone[place] = outcome.empties();
                if outcome.reaches() || outcome.empties() || outcome == Outcome::Refused {
                    break;
                }
                share += self.dice.between(0.04, 0.12);
            }
        }
        gone
    }

    /// Walks a round as far as the pace goes: part of the doors, block after block; beyond 1.0 all of them, and again to
    /// those nobody opened.
    fn go_on(
        &mut self,
        doors: &[&HouseholdRow],
        gone: &[bool],
        round: &str,
        time: &WorkingTime,
        pace: f64,
        out_by_day: bool,
    ) {
        let reach = doors.len() as f64 * pace.min(1.0);
        let late = ((pace - 1.0) * 6.0).clamp(0.0, 1.0);
        let passed_over = 0.05 * (1.0 - late);
        let again = if pace < 1.0 { 0.35 } else { 0.6 + 0.4 * late };
        for (place, door) in doors.iter().enumerate() {
            if place as f64 >= reach || gone[place] || self.dice.chance(passed_over) {
                continue;
            }
            let mut share =
                place as f64 / reach.max(1.0) * if pace < 1.0 { 0.97 } else { 0.7 } + self.dice.between(0.0, 0.02);
            for attempts in 0..MOST_ATTEMPTS {
                let Some(at) = time.at(share) else { break };
                // The quarter that is out by day was only ever tried by day.
                let hour = if out_by_day { 10 } else { local_hour(at) };
                let outcome = knock(Door { kind: door.kind, out_by_day, attempts }, hour, &mut self.dice);
                let unanswered = matches!(outcome, Outcome::NoAnswer | Outcome::NoAccess);
                let come_again = unanswered && self.dice.chance(0.3);
                self.write(door, round, outcome, at, come_again);
                if !unanswered || !self.dice.chance(again) {
                    break;
                }
                share += self.dice.between(0.02, 0.12);
            }
        }
    }

    /// When to come again after a visit: for some it is already time.
    fn later(&mut self, at: Timestamp) -> Timestamp {
        let wanted = self.now + SignedDuration::from_secs(self.dice.between(-10_800.0, 72_000.0) as i64);
        wanted.max(at + SignedDuration::from_secs(1_800))
    }

    fn write(&mut self, door: &HouseholdRow, round: &str, outcome: Outcome, at: Timestamp, come_again: bool) {
        let at = at + SignedDuration::from_secs(self.dice.below(60) as i64);
        let member = if self.dice.chance(0.7) { 1 } else { 2 };
        let visit = Visit {
            id: visit_id(&mut self.dice),
            household: door.id.clone(),
            round: Some(round.to_owned()),
            outcome,
            happened_at: at,
            sent_at: None,
            by: Some(format!("member-{}-{member}", self.code)).filter(|_| !self.code.is_empty()),
            channel: channel(outcome, &mut self.dice),
            follow_up_at: come_again.then(|| self.later(at)),
            replaces: None,
        };
        let recorded_at = at + SignedDuration::from_secs(2 + self.dice.below(40) as i64);
        self.visits.push(PastVisit { visit, recorded_at });
    }
}

/// A visit's id from the dice: a random UUID that the same seed makes again.
pub(super) fn visit_id(dice: &mut Dice) -> Uuid {
    let mut bytes = [0u8; 16];
    bytes[..8].copy_from_slice(&dice.bits().to_le_bytes());
    bytes[8..].copy_from_slice(&dice.bits().to_le_bytes());
    uuid::Builder::from_random_bytes(bytes).into_uuid()
}

/// The story the past of a district tells.
#[cfg(test)]
pub(super) fn story_of(district: &DemoDistrict, seed: u64) -> Story {
    let grids = grids(district);
    let facts: Vec<GridFacts<'_>> = grids.iter().map(|(code, doors)| facts(code, doors)).collect();
    story_among(&facts, seed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::simulate::district;
    use std::collections::BTreeMap;

    fn shares(visits: &[PastVisit], doors: usize, round: &str) -> (f64, f64) {
        let mut by_door: BTreeMap<&str, (bool, bool)> = BTreeMap::new();
        for row in visits.iter().filter(|v| v.visit.round.as_deref() == Some(round)) {
            let (reached, gone) = by_door.entry(&row.visit.household).or_default();
            *reached |= row.visit.outcome.reaches();
            *gone |= row.visit.outcome.empties();
        }
        let reached = by_door.values().filter(|(reached, _)| *reached).count();
        let gone = by_door.values().filter(|(reached, gone)| *gone && !reached).count();
        (reached as f64 / (doors - gone) as f64, gone as f64 / doors as f64)
    }

    #[test]
    fn two_communities_lag_and_the_old_quarter_hardly_opens() {
        let now: Timestamp = "2026-11-23T06:00:00Z".parse().unwrap();
        let made = district(30_000, 1).unwrap();
        let (rounds, visits) = past(&made, 1, now);
        let story = story_of(&made, 1);
        let share = |inside: &dyn Fn(&str) -> bool| {
            let doors = made.households.iter().filter(|d| inside(&d.id[..GRID_DIGITS])).count();
            let own: Vec<PastVisit> =
                visits.iter().filter(|v| inside(&v.visit.household[..GRID_DIGITS])).cloned().collect();
            shares(&own, doors, &rounds[1].id).0
        };
        let (lagging, quarter) = (share(&|g| story.lags(g)), share(&|g| story.is_out_by_day(g)));
        let rest = share(&|g| !story.lags(g) && !story.is_out_by_day(g));
        assert!(lagging < 0.35 && quarter < 0.4 && rest > 0.6, "{lagging} {quarter} {rest}");
    }

    #[test]
    fn the_first_round_reached_nearly_all_and_the_second_is_at_about_three_fifths() {
        let now: Timestamp = "2026-11-23T06:00:00Z".parse().unwrap();
        let made = district(20_000, 1).unwrap();
        let (rounds, visits) = past(&made, 1, now);
        let (first, gone) = shares(&visits, made.households.len(), &rounds[0].id);
        assert!(first > 0.955 && first < 0.985, "{first}");
        assert!(gone > 0.02 && gone < 0.09, "{gone}");
        let (second, _) = shares(&visits, made.households.len(), &rounds[1].id);
        assert!(second > 0.56 && second < 0.64, "{second}");
    }

    #[test]
    fn every_visit_happened_inside_its_round_before_now_and_was_recorded_after() {
        let now: Timestamp = "2026-11-23T16:30:00Z".parse().unwrap();
        let made = district(2_000, 5).unwrap();
        let (rounds, visits) = past(&made, 5, now);
        assert_eq!(past(&made, 5, now), (rounds.clone(), visits.clone()), "the same seed tells the same past");
        for row in &visits {
            let round = rounds.iter().find(|r| Some(&r.id) == row.visit.round.as_ref()).unwrap();
            assert!(round.contains(row.visit.happened_at), "{row:?}");
            assert!(row.visit.happened_at <= row.recorded_at && row.recorded_at <= now, "{row:?}");
        }
    }
}
