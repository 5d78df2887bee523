//! The table of doors by slot, in columns.

mod arriving;

pub(super) use arriving::Arriving;

use super::{
    areas::Areas,
    assign::Assignment,
    household::{Address, HouseholdKind, HouseholdRow},
    strings::Strings,
};
use crate::geometry::{index::PointIndex, position::FixedPoint};
use serde::{Deserialize, Serialize};

/// No area holds this door.
const NOWHERE: u32 = u32::MAX;

/// Every door, by slot.
#[derive(Debug, Clone)]
pub struct Households {
    columns: Columns,
    index: PointIndex,
}

/// What a snapshot keeps: everything that cannot be built again from the rest.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct Columns {
    ids: Strings,
    words: Strings,
    at: Vec<FixedPoint>,
    kind: Vec<HouseholdKind>,
    residents: Vec<u16>,
    grid: Vec<u32>,
    block: Vec<u32>,
    place: Vec<u32>,
    building: Vec<u32>,
    stair: Vec<u32>,
    floor: Vec<i16>,
    door: Vec<u32>,
}

impl Default for Households {
    fn default() -> Self {
        Self::from_columns(Columns::default())
    }
}

impl Households {
    pub(super) fn from_columns(columns: Columns) -> Self {
        let index = PointIndex::build(&columns.at);
        Self { columns, index }
    }

    pub(super) fn columns(&self) -> &Columns {
        &self.columns
    }

    /// How many.
    pub fn len(&self) -> usize {
        self.columns.at.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.columns.at.is_empty()
    }

    /// Slots, from 0.
    pub fn slots(&self) -> std::ops::Range<u32> {
        0..self.len() as u32
    }

    /// Id of the door at a slot.
    pub fn id(&self, slot: u32) -> &str {
        self.columns.ids.get(slot)
    }

    /// Slot of the door with an id.
    pub fn by_id(&self, id: &str) -> Option<u32> {
        self.columns.ids.find(id)
    }

    /// Where the door is. Slots come from this table; one from elsewhere panics like any index.
    pub fn at(&self, slot: u32) -> FixedPoint {
        self.columns.at[slot as usize]
    }

    /// What it is used for.
    pub fn kind(&self, slot: u32) -> HouseholdKind {
        self.columns.kind[slot as usize]
    }

    /// People registered there.
    pub fn residents(&self, slot: u32) -> u16 {
        self.columns.residents[slot as usize]
    }

    /// Slot of the grid that holds it; none when unassigned.
    pub fn grid(&self, slot: u32) -> Option<u32> {
        Some(self.columns.grid[slot as usize]).filter(|grid| *grid != NOWHERE)
    }

    /// Slot of the block that holds it.
    pub fn block(&self, slot: u32) -> Option<u32> {
        Some(self.columns.block[slot as usize]).filter(|block| *block != NOWHERE)
    }

    /// Slot of the smallest area that holds it: its block, else its grid.
    pub fn leaf(&self, slot: u32) -> Option<u32> {
        self.block(slot).or_else(|| self.grid(slot))
    }

    /// Where it is, in words.
    pub fn address(&self, slot: u32) -> Address {
        let c = &self.columns;
        let at = slot as usize;
        let word = |column: &[u32]| c.words.get(column[at]).to_owned();
        Address {
            place: word(&c.place),
            building: word(&c.building),
            stair: word(&c.stair),
            floor: c.floor[at],
            door: word(&c.door),
        }
    }

    /// The door as it would come in; none beyond the last slot.
    pub fn row(&self, slot: u32) -> Option<HouseholdRow> {
        self.columns.at.get(slot as usize).map(|at| HouseholdRow {
            id: self.id(slot).to_owned(),
            at: *at,
            kind: self.kind(slot),
            residents: self.residents(slot),
            address: self.address(slot),
        })
    }

    /// The words of a door's address: place, building, stair, door.
    pub(super) fn words(&self, slot: u32) -> [&str; 4] {
        let c = &self.columns;
        [&c.place, &c.building, &c.stair, &c.door].map(|column| c.words.get(column[slot as usize]))
    }

    /// The door's floor.
    pub(super) fn floor(&self, slot: u32) -> i16 {
        self.columns.floor[slot as usize]
    }

    /// Positions, for tiles and windows.
    pub fn index(&self) -> &PointIndex {
        &self.index
    }

    /// Puts every door into its grid and block.
    pub(super) fn assign_all(&mut self, areas: &Areas) {
        let slots = self.slots();
        let Columns { at, grid, block, .. } = &mut self.columns;
        assign(areas, slots, at, grid, block);
    }
}

/// Puts doors into their grids and blocks; one in no grid stays unassigned.
fn assign(
    areas: &Areas,
    doors: impl ExactSizeIterator<Item = u32>,
    at: &[FixedPoint],
    grid: &mut [u32],
    block: &mut [u32],
) {
    if doors.len() == 0 {
        return;
    }
    let assignment = Assignment::by(areas);
    for door in doors.map(|door| door as usize) {
        let (in_grid, in_block) = assignment.of(at[door]);
        grid[door] = in_grid.unwrap_or(NOWHERE);
        block[door] = in_block.unwrap_or(NOWHERE);
    }
}
