//! A crew of grid members: which door each tries next, and what comes of it.

use super::calendar::local_hour;
use super::encounter::{Door, channel, knock};
use super::past::visit_id;
use super::random::Dice;
use super::story::Story;
use jiff::{SignedDuration, Timestamp};
use std::collections::VecDeque;
use wangge_core::domain::{
    District,
    area::Level,
    visit::{DoorState, Outcome, Visit},
};

/// Doors a member plans ahead.
const PLANNED_DOORS: usize = 60;
/// Attempts after which the simulated members leave a door to somebody else.
const MOST_ATTEMPTS: u8 = 4;

/// One member: the grid worked in and the doors still ahead there.
#[derive(Debug, Default)]
struct Member {
    grid: Option<u32>,
    ahead: VecDeque<u32>,
}

/// The members, and the story they walk in.
pub(super) struct Crew {
    members: Vec<Member>,
    story: Story,
    pub(super) dice: Dice,
}

impl Crew {
    /// A crew that has not set out yet.
    pub(super) fn new(count: usize, story: Story, dice: Dice) -> Self {
        Self { members: (0..count).map(|_| Member::default()).collect(), story, dice }
    }

    /// What the next member finds at the next door; none when no door is left to try.
    pub(super) fn next_visit(&mut self, district: &District, now: Timestamp) -> Option<Visit> {
        let index = district.default_round(now).filter(|i| district.rounds()[*i].round.contains(now))?;
        let round = &district.rounds()[index];
        let at = self.dice.below(self.members.len());
        loop {
            while let Some(door) = self.members[at].ahead.pop_front() {
                let byte = round.doors.get(door as usize).copied().unwrap_or_default();
                if is_worth_trying(byte.state(), byte.attempts()) {
                    let households = district.households();
                    let grid =
                        households.grid(door).and_then(|g| district.areas().get(g)).map_or("", |g| g.code.as_str());
                    let out_by_day = self.story.is_out_by_day(grid);
                    let facts = Door { kind: households.kind(door), out_by_day, attempts: byte.attempts() };
                    return Some(self.visit(households.id(door).to_owned(), grid, round.round.id.clone(), facts, now));
                }
            }
            if !self.plan(at, district, index) {
                return None;
            }
        }
    }

    /// Gives a member doors to walk: those left in the grid, else another grid, the more likely the more is left there.
    fn plan(&mut self, member: usize, district: &District, round: usize) -> bool {
        let taken: Vec<u32> = self.members.iter().filter_map(|m| m.grid).collect();
        let state = &district.rounds()[round];
        let left = |slot: u32| {
            let counts = state.areas.get(slot as usize).copied().unwrap_or_default();
            counts.eligible - counts.reached
        };
        let free = || district.areas().iter().filter(|a| a.level == Level::Grid && !taken.contains(&a.slot));
        let mut choice = self.dice.below(free().map(|a| left(a.slot) as usize).sum());
        let mut grids: Vec<u32> = self.members[member].grid.into_iter().collect();
        let drawn = free().find(|a| {
            let here = left(a.slot) as usize;
            let found = choice < here;
            choice = choice.saturating_sub(here);
            found
        });
        grids.extend(drawn.map(|a| a.slot));
        // A draw may meet a grid whose remaining doors are all given up; then the first with something to do.
        grids.extend(free().map(|a| a.slot));
        for grid in grids {
            let doors = doors_to_try(district, round, grid);
            if !doors.is_empty() {
                self.members[member] = Member { grid: Some(grid), ahead: doors };
                return true;
            }
        }
        false
    }

    fn visit(&mut self, household: String, grid: &str, round: String, door: Door, now: Timestamp) -> Visit {
        let outcome = knock(door, local_hour(now).clamp(9, 20), &mut self.dice);
        let again = outcome == Outcome::NoAnswer && self.dice.chance(0.25);
        let wait = SignedDuration::from_secs(self.dice.between(240.0, 10_800.0) as i64);
        Visit {
            id: visit_id(&mut self.dice),
            by: Some(format!("member-{grid}-1")).filter(|_| !grid.is_empty()),
            household,
            round: Some(round),
            outcome,
            happened_at: now,
            sent_at: None,
            channel: channel(outcome, &mut self.dice),
            follow_up_at: again.then(|| now + wait),
            replaces: None,
        }
    }
}

fn is_worth_trying(state: DoorState, attempts: u8) -> bool {
    match state {
        DoorState::Untouched => true,
        DoorState::NoAnswer | DoorState::NoAccess => attempts < MOST_ATTEMPTS,
        _ => false,
    }
}

/// The next doors of a grid in walking order: doors without an attempt first, then those nobody opened.
fn doors_to_try(district: &District, round: usize, grid: u32) -> VecDeque<u32> {
    let households = district.households();
    let state = &district.rounds()[round];
    let Some(area) = district.areas().get(grid) else { return VecDeque::new() };
    let mut doors: Vec<(bool, &str, u32)> = households
        .index()
        .in_box(area.bounds)
        .into_iter()
        .filter(|door| households.grid(*door) == Some(grid))
        .filter_map(|door| {
            let byte = state.doors.get(door as usize)?;
            let worth = is_worth_trying(byte.state(), byte.attempts());
            worth.then(|| (byte.state() != DoorState::Untouched, households.id(door), door))
        })
        .collect();
    // Generated ids count up in walking order.
    doors.sort_unstable();
    doors.into_iter().map(|(.., door)| door).take(PLANNED_DOORS).collect()
}
