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
        let mut id = Texts::with_capacity(rows.len(), rows.iter().map(|r| r.id.len()).sum());
        rows.iter().for_each(|r| id.push(&r.id));
        Self {
            id,
            at: rows.iter().map(|r| r.at).collect(),
            kind: rows.iter().map(|r| r.kind).collect(),
            residents: rows.iter().map(|r| r.residents).collect(),
            place: words(rows.iter().map(|r| r.address.place.as_str())),
            building: words(rows.iter().map(|r| r.address.building.as_str())),
            stair: words(rows.iter().map(|r| r.address.stair.as_str())),
            floor: rows.iter().map(|r| r.address.floor).collect(),
            door: words(rows.iter().map(|r| r.address.door.as_str())),
        }
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
        let row = |i: usize| HouseholdRow {
            id: self.id.get(i as u32).to_owned(),
            at: self.at[i],
            kind: self.kind[i],
            residents: self.residents[i],
            address: Address {
                place: self.place.get(i).to_owned(),
                building: self.building.get(i).to_owned(),
                stair: self.stair.get(i).to_owned(),
                floor: self.floor[i],
                door: self.door.get(i).to_owned(),
            },
        };
        (0..self.len()).map(row).collect()
    }
}

/// A column of words. Neighbours often share theirs, which is looked at first.
fn words<'a>(texts: impl ExactSizeIterator<Item = &'a str>) -> WordColumn {
    let mut known = Strings::default();
    let mut at: Vec<u32> = Vec::with_capacity(texts.len());
    for text in texts {
        let number = match at.last() {
            Some(before) if known.get(*before) == text => *before,
            _ => known.intern(text),
        };
        at.push(number);
    }
    WordColumn { words: known.into_texts(), at }
}
