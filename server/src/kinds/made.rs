//! Rows as they are made of cells. Doors, which come by the million, keep their texts in the cells they came in.

use std::borrow::Cow;
use wangge_core::domain::{
    Door,
    household::{HouseholdKind, HouseholdRow},
    row::ImportRow,
};
use wangge_core::geometry::position::FixedPoint;

/// A row made of cells.
#[derive(Debug, Clone, PartialEq)]
pub enum Made<'a> {
    /// A door.
    Door(MadeDoor<'a>),
    /// Anything else.
    Row(ImportRow),
}

/// A door whose texts are still in the cells, where they stand there as they are to be.
#[derive(Debug, Clone, PartialEq)]
pub struct MadeDoor<'a> {
    pub(super) id: Cow<'a, str>,
    pub(super) at: FixedPoint,
    pub(super) kind: HouseholdKind,
    pub(super) residents: u16,
    pub(super) words: Words<'a>,
}

/// The address of a door.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Words<'a> {
    pub(super) place: Cow<'a, str>,
    pub(super) building: Cow<'a, str>,
    pub(super) stair: Cow<'a, str>,
    pub(super) floor: i16,
    pub(super) door: Cow<'a, str>,
}

impl MadeDoor<'_> {
    /// The door, its texts borrowed.
    pub fn door(&self) -> Door<'_> {
        Door {
            id: &self.id,
            at: self.at,
            kind: self.kind,
            residents: self.residents,
            place: &self.words.place,
            building: &self.words.building,
            stair: &self.words.stair,
            floor: self.words.floor,
            door: &self.words.door,
        }
    }

    pub(super) fn into_row(self) -> HouseholdRow {
        let Self { id, at, kind, residents, words } = self;
        HouseholdRow { id: id.into_owned(), at, kind, residents, address: words.into_address() }
    }
}

impl Made<'_> {
    /// The row, with texts of its own.
    pub fn into_row(self) -> ImportRow {
        match self {
            Self::Door(door) => ImportRow::Household(door.into_row()),
            Self::Row(row) => row,
        }
    }
}
