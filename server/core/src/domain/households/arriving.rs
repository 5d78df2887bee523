//! Doors of an import on their way into the table: known ones are changed in place, new ones wait at its end until all are
//! there, and get their slots along the tile curve then.

use super::{Columns, Households, NOWHERE, assign};
use crate::domain::{
    areas::Areas,
    doors::{DoorColumns, WordColumn},
    segments::Workbench,
    strings::Strings,
};
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
    /// Known doors that came, a bit each.
    came: Vec<u64>,
    /// The known door found last: the next row is often its neighbour.
    last: u32,
}

impl Arriving {
    /// Nothing has arrived yet.
    pub(in crate::domain) fn at(households: &Households) -> Self {
        let first = households.len();
        Self { first, moved: Vec::new(), came: vec![0; first.div_ceil(64)], last: 0 }
    }
}

impl Households {
    /// Slot of the door with an id, looked for first beside one found before: files keep neighbours together.
    pub(in crate::domain) fn by_id_near(&self, id: &str, last: u32) -> Option<u32> {
        let next = last.saturating_add(1);
        if (next as usize) < self.len() && self.id(next) == id { Some(next) } else { self.by_id(id) }
    }

    /// Takes a segment's doors.
    ///
    /// # Errors
    /// The id of a known door that comes twice.
    pub(in crate::domain) fn take(&mut self, arriving: &mut Arriving, doors: &DoorColumns) -> Result<(), String> {
        let map = |words: &mut Strings, column: &WordColumn| -> Vec<u32> {
            column.words.iter().map(|word| words.intern(word)).collect()
        };
        let words = &mut self.columns.words;
        let [place, building, stair, door] =
            [&doors.place, &doors.building, &doors.stair, &doors.door].map(|column| map(words, column));
        let number = |map: &[u32], column: &WordColumn, row: usize| map[column.at[row] as usize];
        if arriving.first == 0 {
            // Before the first door nobody needs to be asked: whole columns are new. Which stands twice is found later.
            let c = &mut self.columns;
            c.ids.texts_mut().append(&doors.id);
            c.at.extend_from_slice(&doors.at);
            c.kind.extend_from_slice(&doors.kind);
            c.residents.extend_from_slice(&doors.residents);
            c.floor.extend_from_slice(&doors.floor);
            let all = [
                (&mut c.place, &place, &doors.place),
                (&mut c.building, &building, &doors.building),
                (&mut c.stair, &stair, &doors.stair),
                (&mut c.door, &door, &doors.door),
            ];
            for (column, map, words) in all {
                column.extend(words.at.iter().map(|word| map[*word as usize]));
            }
            c.grid.resize(c.at.len(), NOWHERE);
            c.block.resize(c.at.len(), NOWHERE);
            return Ok(());
        }
        for (row, id) in doors.id.iter().enumerate() {
            // New doors are not found yet.
            let known = self.by_id_near(id, arriving.last);
            let known = known.filter(|slot| (*slot as usize) < arriving.first);
            let c = &mut self.columns;
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
            arriving.last = slot;
            let (word, bit) = (at / 64, 1 << (at % 64));
            if arriving.came[word] & bit != 0 {
                return Err(id.to_owned());
            }
            arriving.came[word] |= bit;
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
        Ok(())
    }

    /// Gives the new doors their slots along the tile curve, doors at one place by id, makes the index anew, and puts the
    /// new and the moved into their grids when areas are given.
    ///
    /// # Errors
    /// An id that stands twice.
    pub(in crate::domain) fn settle(
        &mut self,
        arriving: Arriving,
        areas: Option<&Areas>,
        bench: &dyn Workbench,
    ) -> Result<(), String> {
        let Arriving { first, moved: mut elsewhere, .. } = arriving;
        elsewhere.extend(first as u32..self.len() as u32);
        if elsewhere.is_empty() {
            return Ok(());
        }
        let order = Some(self.new_order(first)).filter(|order| !order.is_sorted());
        let Self { columns: c, index } = self;
        let Columns { ids, words: _, at, kind, residents, grid, block, place, building, stair, floor, door } = c;
        let mut found = Ok(());
        // Half of the time goes into the ids.
        let mut settle_ids = || {
            if let Some(order) = &order {
                ids.texts_mut().reorder(first, order);
            }
            found = ids.settle(first);
        };
        let mut settle_places = || {
            if let Some(order) = &order {
                reorder(at, first, order);
                reorder(kind, first, order);
                reorder(residents, first, order);
                [&mut *place, building, stair, door].into_iter().for_each(|column| reorder(column, first, order));
                reorder(floor, first, order);
            }
            *index = PointIndex::build(at);
            if let Some(areas) = areas {
                assign(areas, elsewhere.iter().copied(), at, grid, block);
            }
        };
        bench.both(&mut settle_ids, &mut settle_places);
        found
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

/// Puts a column's rows from `first` on into another order.
fn reorder<T: Copy>(column: &mut [T], first: usize, order: &[u32]) {
    let sorted: Vec<T> = order.iter().map(|at| column[*at as usize]).collect();
    column[first..].copy_from_slice(&sorted);
}
