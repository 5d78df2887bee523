//! The past of the demo: a round that is finished and one under way, with two communities that lag and a quarter nobody
//! opens in the daytime.

use super::calendar::{WorkingTime, local_hour, midnight_before};
use super::district::DemoDistrict;
use super::encounter::{Door, channel, knock};
use super::random::{Dice, mix};
use jiff::{SignedDuration, Timestamp};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;
use wangge_core::domain::event::PastVisit;
use wangge_core::domain::household::{HouseholdKind, HouseholdRow};
use wangge_core::domain::round::Round;
use wangge_core::domain::visit::{Outcome, Visit};

/// Digits of a grid's code, which every assigned door's id begins with, and of its community's.
const GRID_DIGITS: usize = 15;
const COMMUNITY_DIGITS: usize = 12;
/// Attempts at a door in a finished round, at most.
const MOST_ATTEMPTS: u8 = 5;

/// Rounds and visits before `now`; the same for the same district, seed and moment.
///
/// The first round reached nearly all. The second is at about 60 %: most grids have seen four fifths of their doors,
/// those of two communities a quarter.
pub fn past(district: &DemoDistrict, seed: u64, now: Timestamp) -> (Vec<Round>, Vec<PastVisit>) {
    let finished = round("round-1", "第一轮入户走访", midnight_before(now, 17), Some(midnight_before(now, 5)));
    let under_way = round("round-2", "第二轮入户走访", midnight_before(now, 3), None);
    let grids = grids(district);
    let known: BTreeSet<&str> = district.areas.iter().map(|a| a.code.as_str()).collect();
    let remarkable = Remarkable::among(&grids, &known);
    let mut visits = Vec::with_capacity(district.households.len() * 2);
    for (code, doors) in &grids {
        let mut walker = Walker { code, dice: Dice::new(seed, mix(0x9A57 ^ hash(code))), visits: &mut visits };
        let out_by_day = remarkable.out_by_day.as_deref() == community(code);
        let lags = remarkable.lagging.iter().any(|c| Some(c.as_str()) == community(code));
        let end = finished.ends_at.unwrap_or(now);
        let gone = walker.finish(doors, &finished.id, &WorkingTime::between(finished.starts_at, end), out_by_day);
        let usual = if lags { walker.dice.between(0.2, 0.3) } else { walker.dice.between(0.78, 0.9) };
        let time = WorkingTime::between(under_way.starts_at, now - SignedDuration::from_secs(120));
        walker.go_on(doors, &gone, &under_way.id, &time, Progress { share: usual, out_by_day, now });
    }
    visits.sort_by_key(|v| (v.recorded_at, v.visit.id));
    (vec![finished, under_way], visits)
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
        grids.entry(if code.len() == GRID_DIGITS { code } else { "" }).or_default().push(door);
    }
    grids
}

fn community(grid: &str) -> Option<&str> {
    grid.get(..COMMUNITY_DIGITS)
}

fn hash(text: &str) -> u64 {
    text.bytes().fold(7, |h, b| mix(h ^ u64::from(b)))
}

/// The communities the story is about.
struct Remarkable {
    lagging: Vec<String>,
    out_by_day: Option<String>,
}

impl Remarkable {
    /// The community with the largest share of rentals is out by day; the two that lag lie at a quarter and two thirds
    /// of the list (one in a small district).
    fn among(grids: &BTreeMap<&str, Vec<&HouseholdRow>>, known: &BTreeSet<&str>) -> Self {
        let mut rentals: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
        for (code, doors) in grids {
            let Some(community) = community(code).filter(|c| known.contains(c)) else { continue };
            let (let_out, all) = rentals.entry(community).or_default();
            *let_out += doors.iter().filter(|d| d.kind == HouseholdKind::Rental).count();
            *all += doors.len();
        }
        let most = rentals.iter().max_by(|a, b| {
            let share = |(let_out, all): &(usize, usize)| *let_out as f64 / (*all).max(1) as f64;
            share(a.1).total_cmp(&share(b.1))
        });
        let out_by_day = most.map(|(code, _)| (*code).to_owned());
        let others: Vec<&str> = rentals.keys().copied().filter(|c| Some(*c) != out_by_day.as_deref()).collect();
        let pick = |at: usize| others.get(at).map(|c| (*c).to_owned());
        let second = (others.len() >= 6).then(|| pick(others.len() * 2 / 3)).flatten();
        let lagging = [pick(others.len() / 4), second].into_iter().flatten().collect();
        Self { lagging, out_by_day }
    }
}

/// How far a grid is in the round under way.
#[derive(Clone, Copy)]
struct Progress {
    share: f64,
    out_by_day: bool,
    now: Timestamp,
}

/// The members of one grid, writing their visits down.
struct Walker<'a> {
    code: &'a str,
    dice: Dice,
    visits: &'a mut Vec<PastVisit>,
}

impl Walker<'_> {
    /// Walks a whole round, coming again to doors nobody opened; which doors turned out empty.
    fn finish(&mut self, doors: &[&HouseholdRow], round: &str, time: &WorkingTime, out_by_day: bool) -> Vec<bool> {
        let mut gone = vec![false; doors.len()];
        for (place, door) in doors.iter().enumerate() {
            let mut share = place as f64 / doors.len() as f64 * 0.6 + self.dice.between(0.0, 0.02);
            for attempts in 0..MOST_ATTEMPTS {
                let Some(at) = time.at(share) else { break };
                let outcome = knock(Door { kind: door.kind, out_by_day, attempts }, local_hour(at), &mut self.dice);
                self.write(door, round, outcome, at, None);
                gone[place] = outcome.empties();
                if outcome.reaches() || outcome.empties() || outcome == Outcome::Refused && attempts > 1 {
                    break;
                }
                share += self.dice.between(0.04, 0.12);
            }
        }
        gone
    }

    /// Walks part of a round, block after block, passing over a door here and there.
    fn go_on(&mut self, doors: &[&HouseholdRow], gone: &[bool], round: &str, time: &WorkingTime, so_far: Progress) {
        let reach = doors.len() as f64 * so_far.share;
        for (place, door) in doors.iter().enumerate() {
            if place as f64 >= reach || gone[place] || self.dice.chance(0.06) {
                continue;
            }
            // The quarter that is out by day was only ever tried by day, late in the walk so far.
            let mut share = place as f64 / reach.max(1.0) * 0.97 + self.dice.between(0.0, 0.02);
            for attempts in 0..2 {
                let Some(at) = time.at(share) else { break };
                let hour = if so_far.out_by_day { 10 } else { local_hour(at) };
                let door_now = Door { kind: door.kind, out_by_day: so_far.out_by_day, attempts };
                let outcome = knock(door_now, hour, &mut self.dice);
                let unanswered = matches!(outcome, Outcome::NoAnswer | Outcome::NoAccess);
                let again = (unanswered && self.dice.chance(0.3)).then(|| self.later(so_far.now));
                self.write(door, round, outcome, at, again);
                if !unanswered || !self.dice.chance(0.35) {
                    break;
                }
                share += self.dice.between(0.05, 0.2);
            }
        }
    }

    /// When to come again: for some it is already time.
    fn later(&mut self, now: Timestamp) -> Timestamp {
        now + SignedDuration::from_secs(self.dice.between(-10_800.0, 72_000.0) as i64)
    }

    fn write(&mut self, door: &HouseholdRow, round: &str, outcome: Outcome, at: Timestamp, again: Option<Timestamp>) {
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
            follow_up_at: again,
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
    fn the_first_round_reached_nearly_all_and_the_second_is_at_about_three_fifths() {
        let now: Timestamp = "2026-11-23T06:00:00Z".parse().unwrap();
        let made = district(20_000, 1).unwrap();
        let (rounds, visits) = past(&made, 1, now);
        let (first, gone) = shares(&visits, made.households.len(), &rounds[0].id);
        assert!(first > 0.95 && first < 0.995, "{first}");
        assert!(gone > 0.02 && gone < 0.09, "{gone}");
        let (second, _) = shares(&visits, made.households.len(), &rounds[1].id);
        assert!(second > 0.4 && second < 0.7, "{second}");
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
