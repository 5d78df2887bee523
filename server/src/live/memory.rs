//! What changed lately, by number: the one source both of replays and of what goes out next.
//!
//! It holds slots only; values are read from the district when a message is written.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;
use wangge_core::domain::changes::{Changes, RoundChanges};

/// Changes kept, at most.
pub const MAX_ENTRIES: usize = 20_000;
/// Slots kept in all changes together, at most; the newest change stays whatever its size.
pub const MAX_SLOTS: usize = 4_000_000;

/// The changes after a number are no longer all known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("changes after {after} are forgotten; those after {floor} are kept")]
pub struct Forgotten {
    /// The number asked for.
    pub after: u64,
    /// The smallest number that can be asked for.
    pub floor: u64,
}

/// A bounded queue of changes, oldest first.
#[derive(Debug)]
pub struct Memory {
    entries: VecDeque<Arc<Changes>>,
    slots: usize,
    max_entries: usize,
    max_slots: usize,
    /// Every change with a larger number is in `entries`; unknown until the first number is heard of.
    floor: Option<u64>,
}

impl Default for Memory {
    fn default() -> Self {
        Self::bounded(MAX_ENTRIES, MAX_SLOTS)
    }
}

impl Memory {
    /// Empty memory with limits.
    pub fn bounded(max_entries: usize, max_slots: usize) -> Self {
        Self { entries: VecDeque::new(), slots: 0, max_entries, max_slots, floor: None }
    }

    /// Says that nothing is known at or before `n`, unless more is known already.
    pub fn begin_after(&mut self, n: u64) {
        self.floor.get_or_insert(n);
    }

    /// Number of the newest change; none before the first.
    pub fn last(&self) -> Option<u64> {
        self.entries.back().map(|c| c.seq.n)
    }

    /// Adds the newest change and forgets the oldest beyond the limits.
    pub fn push(&mut self, changes: Changes) {
        // A first change may stand for several events: only what follows it is surely whole.
        self.begin_after(changes.seq.n);
        self.slots += slots_in(&changes);
        self.entries.push_back(Arc::new(changes));
        while self.entries.len() > self.max_entries || (self.slots > self.max_slots && self.entries.len() > 1) {
            let Some(oldest) = self.entries.pop_front() else { break };
            self.slots -= slots_in(&oldest);
            self.floor = self.floor.max(Some(oldest.seq.n));
        }
    }

    /// Changes with a number above `n`, oldest first.
    ///
    /// # Errors
    /// [`Forgotten`] when some of them are no longer known.
    pub fn after(&self, n: u64) -> Result<Vec<Arc<Changes>>, Forgotten> {
        match self.floor {
            Some(floor) if n < floor => Err(Forgotten { after: n, floor }),
            _ => {
                let first = self.entries.partition_point(|c| c.seq.n <= n);
                Ok(self.entries.range(first..).cloned().collect())
            }
        }
    }
}

fn slots_in(changes: &Changes) -> usize {
    changes.rounds.iter().map(|r| r.households.len() + r.areas.len()).sum()
}

/// Several changes as one: the last number, every slot once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Merged {
    /// What changed in a round, by its index.
    pub rounds: BTreeMap<usize, RoundChanges>,
    /// Whether shapes changed.
    pub shapes: bool,
    /// Whether the list of rounds changed.
    pub round_list: bool,
}

/// Joins changes.
pub fn merge<'a>(entries: impl IntoIterator<Item = &'a Arc<Changes>>) -> Merged {
    let mut merged = Merged::default();
    for changes in entries {
        merged.shapes |= changes.shapes;
        merged.round_list |= changes.round_list;
        for round in &changes.rounds {
            let known = merged.rounds.entry(round.round);
            known.or_insert_with(|| RoundChanges { round: round.round, ..RoundChanges::default() }).add(round);
        }
    }
    merged.rounds.values_mut().for_each(RoundChanges::tidy);
    merged
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use wangge_core::domain::seq::Seq;

    fn changes(n: u64, households: &[u32]) -> Changes {
        Changes {
            seq: Seq { epoch: 1, n },
            at: "2026-01-01T00:00:00Z".parse().unwrap(),
            rounds: vec![RoundChanges { households: households.to_vec(), ..RoundChanges::default() }],
            shapes: false,
            round_list: false,
        }
    }

    fn numbers(memory: &Memory, after: u64) -> Vec<u64> {
        memory.after(after).unwrap().iter().map(|c| c.seq.n).collect()
    }

    #[test]
    fn what_lies_before_the_first_change_is_not_known() {
        let mut memory = Memory::default();
        memory.push(changes(7, &[1]));
        assert_eq!(memory.after(6), Err(Forgotten { after: 6, floor: 7 }));
        assert_eq!(numbers(&memory, 7), [0u64; 0]);
    }

    #[test]
    fn a_beginning_named_first_makes_the_first_change_known() {
        let mut memory = Memory::default();
        memory.begin_after(4);
        memory.push(changes(7, &[1]));
        assert_eq!(numbers(&memory, 4), [7]);
        assert_eq!(numbers(&memory, 5), [7]);
        assert!(memory.after(3).is_err());
    }

    #[test]
    fn many_slots_push_old_changes_out_but_never_the_newest() {
        let mut memory = Memory::bounded(100, 4);
        memory.begin_after(0);
        memory.push(changes(1, &[1, 2, 3]));
        memory.push(changes(2, &[1, 2, 3, 4, 5, 6]));
        assert!(memory.after(0).is_err());
        assert_eq!(numbers(&memory, 1), [2]);
    }

    #[test]
    fn joined_changes_hold_every_slot_once() {
        let merged = merge(&[Arc::new(changes(1, &[5, 9])), Arc::new(changes(2, &[1, 5]))]);
        assert_eq!(merged.rounds[&0].households, [1, 5, 9]);
    }

    #[test]
    fn joined_changes_name_every_sum_that_one_of_them_names() {
        let naming = |n, total, unassigned| {
            let mut changes = changes(n, &[]);
            (changes.rounds[0].total, changes.rounds[0].unassigned) = (total, unassigned);
            Arc::new(changes)
        };
        let merged = merge(&[naming(1, true, false), naming(2, false, false)]);
        assert_eq!((merged.rounds[&0].total, merged.rounds[&0].unassigned), (true, false));
        let merged = merge(&[naming(1, false, false), naming(2, true, true), naming(3, false, false)]);
        assert_eq!((merged.rounds[&0].total, merged.rounds[&0].unassigned), (true, true));
    }

    proptest! {
        #[test]
        fn whatever_is_answered_is_complete(limit in 1usize..20, count in 0u64..60, after in 0u64..60) {
            let mut memory = Memory::bounded(limit, MAX_SLOTS);
            memory.begin_after(0);
            for n in 1..=count {
                memory.push(changes(n, &[n as u32]));
            }
            match memory.after(after) {
                Ok(found) => {
                    let expected: Vec<u64> = (after + 1..=count).collect();
                    prop_assert_eq!(found.iter().map(|c| c.seq.n).collect::<Vec<_>>(), expected);
                }
                Err(_) => prop_assert!(count - after > limit as u64),
            }
        }
    }
}
