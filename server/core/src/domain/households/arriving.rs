//! Doors of an import on their way into the table: known ones are changed in place, new ones wait at its end until all are
//! there, and get their slots along the tile curve then.

use super::{Columns, Households, NOWHERE};
use crate::domain::{doors::DoorColumns, doors::WordColumn, strings::Strings};
use crate::geometry::{
    curve::key_from_fixed,
    index::{PointIndex, curve_order},
};

/// An import's doors so far. Between [`Households::take`] and [`Households::settle`] the new ones are not found by id.
#[derive(Debug)]
pub(in crate::domain) struct Arriving {
    /// Doors there were before.
    first: usize,
    /// Slots of known doors that lie elsewhere now.
    moved: Vec<u32>,
}

impl Arriving {
    /// Nothing has arrived yet.
    pub(in crate::domain) fn at(households: &Households) -> Self {
        Self { first: households.len(), moved: Vec::new() }
    }
}

impl Households {
    /// Takes a segment's doors.
    pub(in crate::domain) fn take(&mut self, arriving: &mut Arriving, doors: &DoorColumns) {
        let c = &mut self.columns;
        let map = |words: &mut Strings, column: &WordColumn| -> Vec<u32> {
            column.words.iter().map(|word| words.intern(word)).collect()
        };
        let place = map(&mut c.words, &doors.place);
        let building = map(&mut c.words, &doors.building);
        let stair = map(&mut c.words, &doors.stair);
        let door = map(&mut c.words, &doors.door);
        let number = |map: &[u32], column: &WordColumn, row: usize| map[column.at[row] as usize];
        for (row, id) in doors.id.iter().enumerate() {
            // Before the first door nobody needs to be asked.
            let known = if arriving.first == 0 { None } else { c.ids.find(id) };
            let Some(slot) = known else {
                c.ids.texts_mut().push(id);
                c.at.push(doors.at[row]);
                c.kind.push(doors.kind[row]);
                c.residents.push(doors.residents[row]);
                c.grid.push(NOWHERE);
                c.block.push(NOWHERE);
                c.place.push(number(&place, &doors.place, row));
                c.building.push(number(&building, &doors.building, row));
                c.stair.push(number(&stair, &doors.stair, row));
                c.floor.push(doors.floor[row]);
                c.door.push(number(&door, &doors.door, row));
                continue;
            };
            let at = slot as usize;
            if c.at[at] != doors.at[row] {
                c.at[at] = doors.at[row];
                arriving.moved.push(slot);
            }
            c.kind[at] = doors.kind[row];
            c.residents[at] = doors.residents[row];
            c.place[at] = number(&place, &doors.place, row);
            c.building[at] = number(&building, &doors.building, row);
            c.stair[at] = number(&stair, &doors.stair, row);
            c.floor[at] = doors.floor[row];
            c.door[at] = number(&door, &doors.door, row);
        }
    }

    /// Gives the new doors their slots along the tile curve, doors at one place by id, and makes the index anew. Returns
    /// the doors that are somewhere else than before: the new and the moved.
    ///
    /// # Errors
    /// An id that stands twice.
    pub(in crate::domain) fn settle(&mut self, arriving: Arriving) -> Result<Vec<u32>, String> {
        let Arriving { first, mut moved } = arriving;
        if first == self.len() && moved.is_empty() {
            return Ok(moved);
        }
        let order = self.new_order(first);
        if !order.is_sorted() {
            self.columns.reorder(first, &order);
        }
        self.columns.ids.settle(first)?;
        self.index = PointIndex::build(&self.columns.at);
        moved.sort_unstable();
        moved.dedup();
        moved.extend(first as u32..self.len() as u32);
        Ok(moved)
    }

    /// The new doors' present numbers in the order of their slots.
    fn new_order(&self, first: usize) -> Vec<u32> {
        let c = &self.columns;
        let (keys, mut order) = curve_order(c.at[first..].iter().map(|at| key_from_fixed(*at)).collect());
        order.iter_mut().for_each(|at| *at += first as u32);
        let mut start = 0;
        for same in keys.chunk_by(|a, b| a == b) {
            let group = &mut order[start..start + same.len()];
            if !group.is_sorted_by(|a, b| c.ids.get(*a) <= c.ids.get(*b)) {
                group.sort_by(|a, b| c.ids.get(*a).cmp(c.ids.get(*b)));
            }
            start += same.len();
        }
        order
    }
}

impl Columns {
    /// Puts the doors from `first` on into another order, column by column.
    fn reorder(&mut self, first: usize, order: &[u32]) {
        fn sort<T: Copy>(column: &mut [T], first: usize, order: &[u32]) {
            let sorted: Vec<T> = order.iter().map(|at| column[*at as usize]).collect();
            column[first..].copy_from_slice(&sorted);
        }
        self.ids.texts_mut().reorder(first, order);
        sort(&mut self.at, first, order);
        sort(&mut self.kind, first, order);
        sort(&mut self.residents, first, order);
        for column in [&mut self.place, &mut self.building, &mut self.stair, &mut self.door] {
            sort(column, first, order);
        }
        sort(&mut self.floor, first, order);
    }
}
