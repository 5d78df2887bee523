//! The state of every round: a byte a door, counts an area.

use super::{
    areas::Areas,
    changes::RoundChanges,
    door::door_byte,
    figures::Counts,
    households::Households,
    round::Round,
    visit::{DoorByte, DoorState},
    visits::Visits,
};

/// A round with its figures, kept step by step.
#[derive(Debug, Clone, PartialEq)]
pub struct RoundState {
    /// The round.
    pub round: Round,
    /// A byte a door, by slot; doors outside the scope read as none.
    pub doors: Vec<DoorByte>,
    /// Counts an area, by slot.
    pub areas: Vec<Counts>,
    /// Counts of the doors in no grid.
    pub unassigned: Counts,
    /// Counts of all doors in the scope, unassigned ones included.
    pub total: Counts,
    /// Slots of the areas of the scope; empty covers everything.
    scope: Vec<u32>,
}

/// What the figures of a round are made from.
#[derive(Clone, Copy)]
pub(super) struct Ground<'a> {
    pub(super) areas: &'a Areas,
    pub(super) households: &'a Households,
    pub(super) visits: &'a Visits,
    /// Follow-ups at or before this are due, microseconds.
    pub(super) clock: i64,
}

impl RoundState {
    pub(super) fn new(round: Round, areas: &Areas) -> Self {
        let scope = round.scope.iter().filter_map(|code| areas.by_code(code)).collect();
        let none = Counts::default();
        Self { round, doors: Vec::new(), areas: Vec::new(), unassigned: none, total: none, scope }
    }

    /// Whether a door belongs to the round.
    pub fn covers(&self, areas: &Areas, households: &Households, door: u32) -> bool {
        covers(areas, households, &self.round.scope, &self.scope, door)
    }

    fn byte(&self, index: usize, carried: Option<DoorState>, ground: Ground<'_>, door: u32) -> DoorByte {
        if !self.covers(ground.areas, ground.households, door) {
            return DoorByte::default();
        }
        let visits = ground.visits.of_door(door).filter(|v| usize::from(v.round) == index && !v.is_replaced());
        door_byte(visits, carried, ground.clock)
    }

    /// Sets a door's byte and moves the counts of every area above it; notes what changed.
    fn set(&mut self, ground: Ground<'_>, door: u32, byte: DoorByte, changes: &mut RoundChanges) {
        let old = std::mem::replace(&mut self.doors[door as usize], byte);
        if old == byte {
            return;
        }
        changes.households.push(door);
        let (before, after) = (Counts::of(old), Counts::of(byte));
        if before == after {
            return;
        }
        self.total.replace(before, after);
        changes.total = true;
        match ground.households.leaf(door) {
            None => {
                self.unassigned.replace(before, after);
                changes.unassigned = true;
            }
            Some(leaf) => {
                for area in ground.areas.up(leaf) {
                    self.areas[area as usize].replace(before, after);
                    changes.areas.push(area);
                }
            }
        }
    }
}

/// Whether a scope covers a door: an empty one covers all, otherwise one of its areas holds the door.
pub(super) fn covers(areas: &Areas, households: &Households, codes: &[String], slots: &[u32], door: u32) -> bool {
    codes.is_empty() || households.leaf(door).is_some_and(|leaf| areas.up(leaf).any(|area| slots.contains(&area)))
}

/// Order in which rounds carry what they found into later ones: by start, then id.
pub(super) fn by_start(rounds: &[RoundState]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..rounds.len()).collect();
    order.sort_by(|a, b| {
        let key = |at: usize| (rounds[at].round.starts_at, &rounds[at].round.id);
        key(*a).cmp(&key(*b))
    });
    order
}

/// What a door carries into the round at `place` of `order`: the state of the last earlier round that covers it, when
/// that takes it out of the denominator.
fn carried(rounds: &[RoundState], order: &[usize], place: usize, door: u32) -> Option<DoorState> {
    order[..place]
        .iter()
        .rev()
        .map(|index| rounds[*index].doors[door as usize].state())
        .find(|state| *state != DoorState::None)
        .filter(|state| !state.is_eligible())
}

/// Brings a door up to date in a round and, where what it carries changed, in the later ones.
pub(super) fn refresh_door(
    rounds: &mut [RoundState],
    ground: Ground<'_>,
    from_round: usize,
    door: u32,
    changes: &mut Vec<RoundChanges>,
) {
    let order = by_start(rounds);
    let first = order.iter().position(|index| *index == from_round).unwrap_or(0);
    for place in first..order.len() {
        let index = order[place];
        let carry = carried(rounds, &order, place, door);
        let byte = rounds[index].byte(index, carry, ground, door);
        let noted = match changes.iter().position(|c| c.round == index) {
            Some(at) => at,
            None => {
                changes.push(RoundChanges { round: index, ..RoundChanges::default() });
                changes.len() - 1
            }
        };
        rounds[index].set(ground, door, byte, &mut changes[noted]);
    }
}

/// Makes every round's tables anew: after an import, or when a round is opened.
pub(super) fn rebuild(rounds: &mut [RoundState], ground: Ground<'_>) {
    for state in rounds.iter_mut() {
        state.scope = state.round.scope.iter().filter_map(|code| ground.areas.by_code(code)).collect();
        state.doors = vec![DoorByte::default(); ground.households.len()];
    }
    let order = by_start(rounds);
    for (place, index) in order.iter().copied().enumerate() {
        for door in ground.households.slots() {
            let carry = carried(rounds, &order, place, door);
            let byte = rounds[index].byte(index, carry, ground, door);
            rounds[index].doors[door as usize] = byte;
        }
        let sums = Sums::of(&rounds[index].doors, ground);
        let state = &mut rounds[index];
        (state.areas, state.unassigned, state.total) = (sums.areas, sums.unassigned, sums.total);
    }
}

/// Counts made from the doors' bytes alone.
pub(super) struct Sums {
    pub(super) areas: Vec<Counts>,
    unassigned: Counts,
    total: Counts,
}

impl Sums {
    pub(super) fn of(doors: &[DoorByte], ground: Ground<'_>) -> Self {
        let none = Counts::default();
        let mut sums = Self { areas: vec![none; ground.areas.len()], unassigned: none, total: none };
        for (door, byte) in (0u32..).zip(doors) {
            let one = Counts::of(*byte);
            sums.total.replace(none, one);
            match ground.households.leaf(door) {
                None => sums.unassigned.replace(none, one),
                Some(leaf) => {
                    ground.areas.up(leaf).for_each(|area| sums.areas[area as usize].replace(none, one));
                }
            }
        }
        sums
    }
}
