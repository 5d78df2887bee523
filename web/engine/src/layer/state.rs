//! The state shown: doors and areas by slot, and what of it the GPU has not yet.

use crate::draw::{TableEdit, TableId, TableUpdate};
use wangge_core::domain::figures::Counts;
use wangge_core::domain::visit::DoorByte;

/// Share of an area without eligible doors, or of which nothing is known.
const NOTHING: f32 = -1.0;
/// Share of an area nobody has begun.
const NOT_STARTED: f32 = -2.0;
/// Slots beyond this are nonsense: 16 million features of a layer.
const MOST_SLOTS: usize = 1 << 24;

/// States by slot, with what waits to be written to the GPU's tables.
#[derive(Debug, Clone, Default)]
pub struct States {
    doors: Vec<u8>,
    shares: Vec<f32>,
    waiting_doors: Waiting,
    waiting_shares: Waiting,
}

#[derive(Debug, Clone, PartialEq, Default)]
struct Waiting {
    whole: bool,
    slots: Vec<u32>,
}

impl Waiting {
    fn take(&mut self, whole: impl FnOnce() -> Vec<u8>, bits: impl Fn(usize) -> Option<u32>) -> Option<TableUpdate> {
        let mut waiting = std::mem::take(self);
        if waiting.whole {
            return Some(TableUpdate::Whole(whole()));
        }
        waiting.slots.sort_unstable();
        waiting.slots.dedup();
        let edit = |slot: u32| Some(TableEdit { slot, bits: bits(slot as usize)? });
        let edits: Vec<_> = waiting.slots.into_iter().filter_map(edit).collect();
        (!edits.is_empty()).then_some(TableUpdate::Some(edits))
    }
}

impl States {
    /// Replaces every door.
    pub fn set_doors(&mut self, doors: Vec<u8>) {
        self.doors = doors;
        self.waiting_doors = Waiting { whole: true, ..Waiting::default() };
    }

    /// Replaces the counts of every area.
    pub fn set_areas(&mut self, counts: impl Iterator<Item = Counts>) {
        self.shares = counts.map(share_of).collect();
        self.waiting_shares = Waiting { whole: true, ..Waiting::default() };
    }

    /// Changes one door. A slot beyond the table makes it longer.
    pub fn change_door(&mut self, slot: u32, byte: DoorByte) {
        change(&mut self.doors, &mut self.waiting_doors, slot, byte.0, 0);
    }

    /// Changes the counts of one area. A slot beyond the table makes it longer.
    pub fn change_area(&mut self, slot: u32, counts: Counts) {
        change(&mut self.shares, &mut self.waiting_shares, slot, share_of(counts), NOTHING);
    }

    /// Whether anything waits for the GPU.
    pub fn has_changes(&self) -> bool {
        [&self.waiting_doors, &self.waiting_shares].into_iter().any(|w| w.whole || !w.slots.is_empty())
    }

    /// What the GPU's table lacks, once.
    pub fn take_update(&mut self, table: TableId) -> Option<TableUpdate> {
        match table {
            TableId::Dots => {
                let bits = |slot: usize| self.doors.get(slot).map(|byte| u32::from(*byte));
                self.waiting_doors.take(|| self.doors.clone(), bits)
            }
            TableId::Fills => {
                let bits = |slot: usize| self.shares.get(slot).map(|share| share.to_bits());
                self.waiting_shares.take(|| bytemuck::cast_slice(&self.shares).to_vec(), bits)
            }
        }
    }

    /// Makes every table wait again, for a GPU that has nothing.
    pub fn start_over(&mut self) {
        self.waiting_doors = Waiting { whole: !self.doors.is_empty(), ..Waiting::default() };
        self.waiting_shares = Waiting { whole: !self.shares.is_empty(), ..Waiting::default() };
    }
}

fn change<T: Copy + PartialEq>(values: &mut Vec<T>, waiting: &mut Waiting, slot: u32, value: T, blank: T) {
    let place = slot as usize;
    if place >= MOST_SLOTS {
        return;
    }
    if place >= values.len() {
        values.resize(place + 1, blank);
        *waiting = Waiting { whole: true, ..Waiting::default() };
    }
    if values[place] != value {
        values[place] = value;
        if !waiting.whole {
            waiting.slots.push(slot);
        }
    }
}

/// What an area's fill is chosen by. Divided in f64, so that 9 of 10 is not below 0.9.
fn share_of(counts: Counts) -> f32 {
    if counts.eligible == 0 {
        NOTHING
    } else if counts.touched == 0 {
        NOT_STARTED
    } else {
        (f64::from(counts.reached) / f64::from(counts.eligible)) as f32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(eligible: u32, touched: u32, reached: u32) -> Counts {
        Counts { eligible, touched, reached }
    }

    #[test]
    fn one_changed_door_is_one_edit_of_its_byte() {
        let mut states = States::default();
        states.set_doors(vec![1; 100]);
        assert_eq!(states.take_update(TableId::Dots), Some(TableUpdate::Whole(vec![1; 100])));
        states.change_door(7, DoorByte(0x22));
        states.change_door(7, DoorByte(0x42));
        states.change_door(8, DoorByte(1));
        assert_eq!(
            states.take_update(TableId::Dots),
            Some(TableUpdate::Some(vec![TableEdit { slot: 7, bits: 0x42 }])),
            "the last value counts, and what did not change is not sent"
        );
        assert!(!states.has_changes());
    }

    #[test]
    fn shares_on_a_limit_belong_to_the_class_above() {
        for (share, limit) in [(counts(10, 10, 9), 0.9f32), (counts(4, 4, 3), 0.75), (counts(50, 50, 49), 0.98)] {
            assert!(share_of(share) >= limit, "{share:?}");
        }
        assert!(share_of(counts(1_000_000, 1_000_000, 899_999)) < 0.9);
    }

    #[test]
    fn empty_and_unbegun_areas_are_told_apart() {
        assert_eq!(share_of(counts(0, 0, 0)), NOTHING);
        assert_eq!(share_of(counts(5, 0, 0)), NOT_STARTED);
        assert_eq!(share_of(counts(5, 1, 0)), 0.0);
    }

    #[test]
    fn a_new_slot_makes_the_table_longer_and_nonsense_does_not() {
        let mut states = States::default();
        states.change_area(3, counts(2, 2, 1));
        states.change_door(u32::MAX, DoorByte(1));
        let Some(TableUpdate::Whole(bytes)) = states.take_update(TableId::Fills) else { panic!("no table") };
        assert_eq!(bytemuck::pod_collect_to_vec::<u8, f32>(&bytes), [NOTHING, NOTHING, NOTHING, 0.5]);
        assert_eq!(states.take_update(TableId::Dots), None);
    }

    #[test]
    fn a_new_gpu_gets_whole_tables() {
        let mut states = States::default();
        states.set_doors(vec![1, 2]);
        states.take_update(TableId::Dots);
        states.start_over();
        assert_eq!(states.take_update(TableId::Dots), Some(TableUpdate::Whole(vec![1, 2])));
    }
}
