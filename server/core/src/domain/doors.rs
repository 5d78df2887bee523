//! Doors of a segment in columns, as they go into the table: ids end to end, each word once.

use super::{
    household::{Address, HouseholdKind, HouseholdRow},
    strings::{Strings, Texts},
};
use crate::geometry::position::FixedPoint;

/// A column of text that repeats: each word once, and its number a row.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct WordColumn {
    pub(crate) words: Texts,
    pub(crate) at: Vec<u32>,
}

impl WordColumn {
    /// A row's word.
    pub(crate) fn get(&self, row: usize) -> &str {
        self.words.get(self.at[row])
    }
}

/// Doors in columns of the same length.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DoorColumns {
    pub(crate) id: Texts,
    pub(crate) at: Vec<FixedPoint>,
    pub(crate) kind: Vec<HouseholdKind>,
    pub(crate) residents: Vec<u16>,
    pub(crate) place: WordColumn,
    pub(crate) building: WordColumn,
    pub(crate) stair: WordColumn,
    pub(crate) floor: Vec<i16>,
    pub(crate) door: WordColumn,
}

impl DoorColumns {
    /// The rows in columns.
    pub fn of(rows: &[HouseholdRow]) -> Self {
        let mut builder = DoorsBuilder::with_capacity(rows.len(), rows.iter().map(|r| r.id.len()).sum());
        rows.iter().for_each(|row| builder.push(Door::of(row)));
        builder.finish()
    }

    /// The door in a row; there are [`DoorColumns::len`] of them.
    pub fn get(&self, row: usize) -> Door<'_> {
        Door {
            id: self.id.get(row as u32),
            at: self.at[row],
            kind: self.kind[row],
            residents: self.residents[row],
            place: self.place.get(row),
            building: self.building.get(row),
            stair: self.stair.get(row),
            floor: self.floor[row],
            door: self.door.get(row),
        }
    }

    /// The doors that a list says to keep; those beyond the list go.
    pub fn kept(&self, keep: &[bool]) -> Self {
        let mut builder = DoorsBuilder::default();
        let rows = (0..self.len()).filter(|row| keep.get(*row).copied().unwrap_or(false));
        rows.for_each(|row| builder.push(self.get(row)));
        builder.finish()
    }

    /// How many doors.
    pub fn len(&self) -> usize {
        self.at.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.at.is_empty()
    }

    /// The columns as rows.
    pub fn rows(&self) -> Vec<HouseholdRow> {
        (0..self.len()).map(|row| self.get(row).to_row()).collect()
    }
}

/// A door as it comes in, its texts borrowed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Door<'a> {
    /// Unique, 1..=64 characters.
    pub id: &'a str,
    /// Where it is.
    pub at: FixedPoint,
    /// What it is used for.
    pub kind: HouseholdKind,
    /// People registered there.
    pub residents: u16,
    /// Street or compound.
    pub place: &'a str,
    /// Building; may be empty.
    pub building: &'a str,
    /// Stair; may be empty.
    pub stair: &'a str,
    /// Floor; 0 when unknown.
    pub floor: i16,
    /// Door; may be empty.
    pub door: &'a str,
}

impl<'a> Door<'a> {
    /// The door of a row.
    pub fn of(row: &'a HouseholdRow) -> Self {
        Self {
            id: &row.id,
            at: row.at,
            kind: row.kind,
            residents: row.residents,
            place: &row.address.place,
            building: &row.address.building,
            stair: &row.address.stair,
            floor: row.address.floor,
            door: &row.address.door,
        }
    }

    /// The door as a row.
    pub fn to_row(self) -> HouseholdRow {
        HouseholdRow {
            id: self.id.to_owned(),
            at: self.at,
            kind: self.kind,
            residents: self.residents,
            address: Address {
                place: self.place.to_owned(),
                building: self.building.to_owned(),
                stair: self.stair.to_owned(),
                floor: self.floor,
                door: self.door.to_owned(),
            },
        }
    }
}

/// Puts doors into columns one by one. Costs no memory of its own a door: every text is copied once or known already.
#[derive(Debug, Default)]
pub struct DoorsBuilder {
    id: Texts,
    at: Vec<FixedPoint>,
    kind: Vec<HouseholdKind>,
    residents: Vec<u16>,
    floor: Vec<i16>,
    place: WordsBuilder,
    building: WordsBuilder,
    stair: WordsBuilder,
    door: WordsBuilder,
}

impl DoorsBuilder {
    /// Room for doors and the bytes of their ids.
    pub fn with_capacity(doors: usize, id_bytes: usize) -> Self {
        Self {
            id: Texts::with_capacity(doors, id_bytes),
            at: Vec::with_capacity(doors),
            kind: Vec::with_capacity(doors),
            residents: Vec::with_capacity(doors),
            floor: Vec::with_capacity(doors),
            place: WordsBuilder::with_capacity(doors),
            building: WordsBuilder::with_capacity(doors),
            stair: WordsBuilder::with_capacity(doors),
            door: WordsBuilder::with_capacity(doors),
        }
    }

    /// Adds a door.
    pub fn push(&mut self, door: Door<'_>) {
        self.id.push(door.id);
        self.at.push(door.at);
        self.kind.push(door.kind);
        self.residents.push(door.residents);
        self.floor.push(door.floor);
        self.place.push(door.place);
        self.building.push(door.building);
        self.stair.push(door.stair);
        self.door.push(door.door);
    }

    /// How many doors so far.
    pub fn len(&self) -> usize {
        self.at.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.at.is_empty()
    }

    /// The doors in columns.
    pub fn finish(self) -> DoorColumns {
        DoorColumns {
            id: self.id,
            at: self.at,
            kind: self.kind,
            residents: self.residents,
            place: self.place.finish(),
            building: self.building.finish(),
            stair: self.stair.finish(),
            floor: self.floor,
            door: self.door.finish(),
        }
    }
}

/// A column of words under way. Neighbours often share theirs, which is looked at first.
#[derive(Debug, Default)]
struct WordsBuilder {
    words: Strings,
    at: Vec<u32>,
}

impl WordsBuilder {
    fn with_capacity(rows: usize) -> Self {
        Self { words: Strings::default(), at: Vec::with_capacity(rows) }
    }

    fn push(&mut self, text: &str) {
        let number = match self.at.last() {
            Some(before) if self.words.get(*before) == text => *before,
            _ => self.words.intern(text),
        };
        self.at.push(number);
    }

    fn finish(self) -> WordColumn {
        WordColumn { words: self.words.into_texts(), at: self.at }
    }
}
