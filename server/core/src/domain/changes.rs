//! Changes: what an event altered, as viewers and caches need it.

use super::seq::Seq;
use jiff::Timestamp;

/// What one batch of events altered. Slots only: whoever tells a viewer reads the absolute values when it does so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changes {
    /// The log's place after the last event.
    pub seq: Seq,
    /// When that event was recorded.
    pub at: Timestamp,
    /// Per round, by the round's index in the district.
    pub rounds: Vec<RoundChanges>,
    /// Whether areas, doors, roads or base changed shape: every tile is another.
    pub shapes: bool,
    /// Whether the list of rounds changed.
    pub round_list: bool,
}

/// What changed in one round.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RoundChanges {
    /// Index of the round in the district.
    pub round: usize,
    /// Doors whose byte changed; sorted, each once.
    pub households: Vec<u32>,
    /// Areas whose counts changed; sorted, each once.
    pub areas: Vec<u32>,
    /// Whether the counts of all doors of the round changed.
    pub total: bool,
    /// Whether the counts of its doors in no grid changed.
    pub unassigned: bool,
}

impl RoundChanges {
    /// Whether it names nothing.
    pub fn is_empty(&self) -> bool {
        self.households.is_empty() && self.areas.is_empty() && !self.total && !self.unassigned
    }

    /// Adds what a later change of the same round names. Slots may repeat until [`RoundChanges::tidy`].
    pub fn add(&mut self, later: &Self) {
        self.households.extend_from_slice(&later.households);
        self.areas.extend_from_slice(&later.areas);
        self.total |= later.total;
        self.unassigned |= later.unassigned;
    }

    /// Sorts the slots and keeps each once.
    pub fn tidy(&mut self) {
        for slots in [&mut self.households, &mut self.areas] {
            slots.sort_unstable();
            slots.dedup();
        }
    }
}
