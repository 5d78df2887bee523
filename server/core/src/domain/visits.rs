//! Every visit recorded, and which visits a door has.

use super::visit::{Outcome, Visit};
use hashbrown::HashTable;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use uuid::Uuid;

/// No visit.
const NONE: u32 = u32::MAX;

/// A visit as the district remembers it. Moments are microseconds since 1970 UTC.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub(super) struct Kept {
    pub(super) id: u128,
    /// What tells a repeat from a conflict: see [`content_of`].
    pub(super) content: u64,
    /// Event that recorded it.
    pub(super) n: u64,
    pub(super) household: u32,
    pub(super) round: u16,
    pub(super) outcome: Outcome,
    /// Number of the visit that corrects it: it no longer counts.
    replaced_by: u32,
    /// Corrected for the device's clock.
    pub(super) happened_at: i64,
    pub(super) recorded_at: i64,
    pub(super) follow_up_at: Option<i64>,
    /// The door's visit recorded before this one.
    previous: u32,
}

impl Kept {
    /// What "latest" means: happened, then recorded, then id.
    pub(super) fn order(&self) -> (i64, i64, u128) {
        (self.happened_at, self.recorded_at, self.id)
    }

    /// Whether a later visit corrects it.
    pub(super) fn is_replaced(&self) -> bool {
        self.replaced_by != NONE
    }
}

/// Every visit, in the order recorded.
#[derive(Debug, Clone, Default)]
pub(super) struct Visits {
    kept: Vec<Kept>,
    by_id: HashTable<u32>,
    last_of_door: Vec<u32>,
    follow_ups: BTreeMap<i64, Vec<u32>>,
}

/// Number that two visits share exactly when they say the same as sent, `sent_at` apart.
pub(super) fn content_of(visit: &Visit) -> u64 {
    let as_sent = Visit { sent_at: None, ..visit.clone() };
    let text = serde_json::to_vec(&as_sent).unwrap_or_default();
    text.iter().fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(*b)).wrapping_mul(0x0100_0000_01b3))
}

fn hash(id: u128) -> u64 {
    // Device ids are random or time-ordered UUIDs; multiply so that time-ordered ones spread too.
    ((id >> 64) as u64 ^ id as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

impl Visits {
    pub(super) fn len(&self) -> usize {
        self.kept.len()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Kept> {
        self.kept.iter()
    }

    pub(super) fn find(&self, id: Uuid) -> Option<&Kept> {
        self.number(id).and_then(|at| self.kept.get(at as usize))
    }

    fn number(&self, id: Uuid) -> Option<u32> {
        let id = id.as_u128();
        self.by_id.find(hash(id), |at| self.kept[*at as usize].id == id).copied()
    }

    /// The door's visits, last recorded first, corrected ones included.
    pub(super) fn of_door(&self, household: u32) -> impl Iterator<Item = &Kept> {
        let first = self.last_of_door.get(household as usize).and_then(|at| self.kept.get(*at as usize));
        std::iter::successors(first, |kept| self.kept.get(kept.previous as usize))
    }

    /// The visit that corrects another one.
    pub(super) fn correction(&self, kept: &Kept) -> Option<&Kept> {
        self.kept.get(kept.replaced_by as usize)
    }

    /// Doors with a follow-up in `(after, to]`, with the round of its visit.
    pub(super) fn follow_ups(&self, after: i64, to: i64) -> impl Iterator<Item = (usize, u32)> {
        let range = (std::ops::Bound::Excluded(after), std::ops::Bound::Included(to));
        let numbers = (after < to).then(|| self.follow_ups.range(range)).into_iter().flatten();
        numbers
            .flat_map(|(_, numbers)| numbers)
            .filter_map(|at| self.kept.get(*at as usize))
            .map(|kept| (usize::from(kept.round), kept.household))
    }

    pub(super) fn next_follow_up(&self, after: i64) -> Option<i64> {
        let range = (std::ops::Bound::Excluded(after), std::ops::Bound::Unbounded);
        self.follow_ups.range(range).next().map(|(at, _)| *at)
    }

    /// Adds a visit that was checked; a visit it replaces stops counting.
    pub(super) fn record(&mut self, visit: &Visit, facts: Facts) {
        if let Some(replaced) = visit.replaces.and_then(|id| self.number(id)) {
            self.kept[replaced as usize].replaced_by = self.kept.len() as u32;
        }
        self.add(Kept {
            id: visit.id.as_u128(),
            content: facts.content,
            n: facts.n,
            household: facts.household,
            round: facts.round,
            outcome: visit.outcome,
            replaced_by: NONE,
            happened_at: facts.happened_at.as_microsecond(),
            recorded_at: facts.recorded_at.as_microsecond(),
            follow_up_at: visit.follow_up_at.map(Timestamp::as_microsecond),
            previous: NONE,
        });
    }

    fn add(&mut self, mut kept: Kept) {
        let at = self.kept.len() as u32;
        let door = kept.household as usize;
        if self.last_of_door.len() <= door {
            self.last_of_door.resize(door + 1, NONE);
        }
        kept.previous = std::mem::replace(&mut self.last_of_door[door], at);
        if let Some(due) = kept.follow_up_at {
            self.follow_ups.entry(due).or_default().push(at);
        }
        self.kept.push(kept);
        let all = &self.kept;
        self.by_id.insert_unique(hash(kept.id), at, |at| hash(all[*at as usize].id));
    }

    /// What a snapshot keeps. Who made a visit is in the log; nothing here asks for it.
    pub(super) fn kept(&self) -> &[Kept] {
        &self.kept
    }

    pub(super) fn from_kept(kept: Vec<Kept>) -> Self {
        let mut visits = Self::default();
        kept.into_iter().for_each(|k| visits.add(k));
        visits
    }
}

/// What the district knows of a visit beyond what the device sent.
#[derive(Debug, Clone, Copy)]
pub(super) struct Facts {
    pub(super) n: u64,
    pub(super) content: u64,
    pub(super) household: u32,
    pub(super) round: u16,
    pub(super) happened_at: Timestamp,
    pub(super) recorded_at: Timestamp,
}
