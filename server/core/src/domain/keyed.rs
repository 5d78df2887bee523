//! Rows by slot, found by their key: roads, base map, facilities, shops, staffing.

use super::{
    facility::FacilityRow,
    feature::{BaseRow, RoadRow},
    shop::ShopRow,
    staffing::StaffingRow,
    strings::hash,
};
use hashbrown::HashTable;

/// A row with the word that tells it from every other of its kind.
pub(super) trait Key {
    fn key(&self) -> &str;
}

macro_rules! keyed_by_id {
    ($($row:ty),+) => { $(impl Key for $row {
        fn key(&self) -> &str {
            &self.id
        }
    })+ };
}
keyed_by_id!(RoadRow, BaseRow, FacilityRow, ShopRow, StaffingRow);

/// Rows by slot; a row's slot never changes.
#[derive(Debug, Clone)]
pub(super) struct Keyed<T> {
    rows: Vec<T>,
    slots: HashTable<u32>,
}

impl<T> Default for Keyed<T> {
    fn default() -> Self {
        Self { rows: Vec::new(), slots: HashTable::new() }
    }
}

impl<T: Key> Keyed<T> {
    /// Rows in slot order, as a snapshot keeps them.
    pub(super) fn from_rows(rows: Vec<T>) -> Self {
        let mut keyed = Self { rows, slots: HashTable::new() };
        (0..keyed.rows.len() as u32).for_each(|slot| keyed.note(slot));
        keyed
    }

    pub(super) fn rows(&self) -> &[T] {
        &self.rows
    }

    pub(super) fn get(&self, slot: u32) -> Option<&T> {
        self.rows.get(slot as usize)
    }

    pub(super) fn find(&self, key: &str) -> Option<u32> {
        self.slots.find(hash(key), |slot| self.rows[*slot as usize].key() == key).copied()
    }

    /// Puts a row in the place of the one with its key; gives it back when there is none.
    pub(super) fn update(&mut self, row: T) -> Option<T> {
        match self.find(row.key()) {
            Some(slot) => {
                self.rows[slot as usize] = row;
                None
            }
            None => Some(row),
        }
    }

    /// Gives the next slots to rows whose keys are not here, in their order; of rows with one key the last stays.
    pub(super) fn extend(&mut self, rows: impl IntoIterator<Item = T>) {
        for row in rows {
            let Some(row) = self.update(row) else { continue };
            let slot = self.rows.len() as u32;
            self.rows.push(row);
            self.note(slot);
        }
    }

    fn note(&mut self, slot: u32) {
        let rows = &self.rows;
        let of = |slot: &u32| hash(rows[*slot as usize].key());
        self.slots.insert_unique(of(&slot), slot, of);
    }
}
