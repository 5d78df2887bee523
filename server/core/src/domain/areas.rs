//! The table of areas by slot, with the tree that those in force form.

mod dated;

pub(super) use dated::Version;

use super::area::{AreaRow, Level};
use crate::geometry::{
    position::FixedPoint,
    shape::{FixedBox, MultiPolygon},
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// An area at its slot: the version in force, or the last one when it has ended.
#[derive(Debug, Clone, PartialEq)]
pub struct Area {
    /// Dense number, also the feature id in tiles.
    pub slot: u32,
    /// Unique code.
    pub code: String,
    /// Name shown.
    pub name: String,
    /// Level.
    pub level: Level,
    /// Slot of the area it lies in; none for a district, an ended area, and one whose parent is not in force.
    pub parent: Option<u32>,
    /// Code of the area it lies in, as its row says.
    pub parent_code: Option<String>,
    /// Slots of the areas in it, by code.
    pub children: Vec<u32>,
    /// Its polygons.
    pub geometry: MultiPolygon,
    /// Box around them.
    pub bounds: FixedBox,
    /// A point surely inside, where its name goes.
    pub label: FixedPoint,
    /// Doors inside.
    pub doors: u32,
    /// First day it is valid, local date.
    pub starts_on: Option<String>,
    /// Day it ends, not included.
    pub ends_on: Option<String>,
    /// Whether that day has come: it is in no tile, figure or hierarchy and holds no door; its slot stays.
    pub ended: bool,
    /// Versions it had before, oldest first, each ended by the one after it.
    pub former: Vec<AreaRow>,
}

/// Every area, by slot.
#[derive(Debug, Clone, Default)]
pub struct Areas {
    areas: Vec<Area>,
    slots: HashMap<String, u32>,
    /// The first day on which one of those in force ends.
    next_end: Option<Date>,
}

/// What a snapshot keeps of an area.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct KeptArea {
    row: AreaRow,
    former: Vec<AreaRow>,
}

impl Areas {
    /// How many slots, ended areas included.
    pub fn len(&self) -> usize {
        self.areas.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.areas.is_empty()
    }

    /// The area at a slot.
    pub fn get(&self, slot: u32) -> Option<&Area> {
        self.areas.get(slot as usize)
    }

    /// Slot of a code, in force or ended.
    pub fn by_code(&self, code: &str) -> Option<u32> {
        self.slots.get(code).copied()
    }

    /// The area in force with a code.
    pub fn in_force(&self, code: &str) -> Option<&Area> {
        self.by_code(code).and_then(|slot| self.get(slot)).filter(|area| !area.ended)
    }

    /// Every slot, by slot, those of ended areas included.
    pub fn all(&self) -> impl Iterator<Item = &Area> {
        self.areas.iter()
    }

    /// The areas in force, by slot.
    pub fn iter(&self) -> impl Iterator<Item = &Area> {
        self.areas.iter().filter(|area| !area.ended)
    }

    /// Slots of an area and of those it lies in, smallest first.
    pub fn up(&self, slot: u32) -> impl Iterator<Item = u32> {
        std::iter::successors(self.get(slot), |area| area.parent.and_then(|parent| self.get(parent))).map(|a| a.slot)
    }

    /// Slots of an area and of everything in it, largest first; none for an ended area.
    pub fn within(&self, slot: u32) -> Vec<u32> {
        let mut found: Vec<u32> = self.get(slot).filter(|a| !a.ended).map(|a| a.slot).into_iter().collect();
        let mut next = 0;
        while let Some(area) = found.get(next).and_then(|s| self.get(*s)) {
            found.extend(&area.children);
            next += 1;
        }
        found
    }

    /// The area as it would come in; none beyond the last slot.
    pub fn row(&self, slot: u32) -> Option<AreaRow> {
        self.get(slot).map(row_of)
    }

    pub(super) fn count_doors(&mut self, leaves: impl Iterator<Item = u32>) {
        self.areas.iter_mut().for_each(|a| a.doors = 0);
        let mut own = vec![0u32; self.areas.len()];
        leaves.for_each(|slot| own[slot as usize] += 1);
        for (slot, count) in own.into_iter().enumerate().filter(|(_, count)| *count > 0) {
            let mut at = Some(slot as u32);
            while let Some(area) = at.and_then(|s| self.areas.get_mut(s as usize)) {
                area.doors += count;
                at = area.parent;
            }
        }
    }

    /// What a snapshot keeps, in slot order.
    pub(super) fn kept(&self) -> Vec<KeptArea> {
        self.areas.iter().map(|area| KeptArea { row: row_of(area), former: area.former.clone() }).collect()
    }

    /// The areas a snapshot kept: the inverse of [`Areas::kept`].
    pub(super) fn from_kept(kept: Vec<KeptArea>, today: Option<Date>) -> Self {
        let mut areas = Self::default();
        for KeptArea { row, former } in kept {
            areas.add(row);
            if let Some(area) = areas.areas.last_mut() {
                area.former = former;
            }
        }
        areas.settle(today);
        areas
    }
}

fn row_of(area: &Area) -> AreaRow {
    AreaRow {
        code: area.code.clone(),
        name: area.name.clone(),
        level: area.level,
        parent: area.parent_code.clone(),
        geometry: area.geometry.clone(),
        starts_on: area.starts_on.clone(),
        ends_on: area.ends_on.clone(),
    }
}
