//! The table of areas by slot, with the tree they form.

use super::area::{AreaRow, Level};
use crate::geometry::{
    curve::key_from_fixed,
    label::interior_point,
    position::FixedPoint,
    shape::{FixedBox, MultiPolygon},
};
use std::collections::HashMap;

/// An area at its slot.
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
    /// Slot of the area it lies in.
    pub parent: Option<u32>,
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
}

impl Areas {
    /// How many.
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

    /// Slot of a code.
    pub fn by_code(&self, code: &str) -> Option<u32> {
        self.slots.get(code).copied()
    }

    /// Every slot, by slot, those no longer in force included.
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

    /// Slots of an area and of everything in it, largest first.
    pub fn within(&self, slot: u32) -> Vec<u32> {
        let mut found: Vec<u32> = self.get(slot).map(|a| a.slot).into_iter().collect();
        let mut next = 0;
        while let Some(area) = found.get(next).and_then(|s| self.get(*s)) {
            found.extend(&area.children);
            next += 1;
        }
        found
    }

    /// Gives slots to an import's rows in tile-curve order. The rows were checked: codes are new and unique, parents
    /// are here or among the rows.
    pub(super) fn import(&mut self, rows: Vec<&AreaRow>) {
        let mut order: Vec<(u64, &AreaRow)> = rows.into_iter().map(|row| (middle_key(row), row)).collect();
        order.sort_by(|a, b| (a.0, a.1.level, &a.1.code).cmp(&(b.0, b.1.level, &b.1.code)));
        let order: Vec<&AreaRow> = order.into_iter().map(|(_, row)| row).collect();
        self.place(&order);
    }

    /// Gives slots to rows in the order they stand: the inverse of [`Areas::rows`].
    pub(super) fn from_rows(rows: &[AreaRow]) -> Self {
        let mut areas = Self::default();
        areas.place(&rows.iter().collect::<Vec<_>>());
        areas
    }

    fn place(&mut self, rows: &[&AreaRow]) {
        let first = self.areas.len();
        for row in rows {
            let slot = self.areas.len() as u32;
            let origin = FixedPoint { x: 0, y: 0 };
            let bounds = FixedBox::around(row.geometry.iter().flat_map(|p| &p.outer))
                .unwrap_or(FixedBox { min: origin, max: origin });
            self.slots.insert(row.code.clone(), slot);
            self.areas.push(Area {
                slot,
                code: row.code.clone(),
                name: row.name.clone(),
                level: row.level,
                parent: None,
                children: Vec::new(),
                label: interior_point(&row.geometry).unwrap_or(bounds.min),
                geometry: row.geometry.clone(),
                bounds,
                doors: 0,
                starts_on: row.starts_on.clone(),
                ends_on: row.ends_on.clone(),
                ended: false,
                former: Vec::new(),
            });
        }
        for (at, row) in (first..).zip(rows) {
            let parent = row.parent.as_deref().and_then(|code| self.by_code(code));
            self.areas[at].parent = parent;
            if let Some(parent) = parent {
                self.areas[parent as usize].children.push(at as u32);
            }
        }
        let codes: Vec<String> = self.areas.iter().map(|a| a.code.clone()).collect();
        for area in &mut self.areas {
            area.children.sort_by(|a, b| codes[*a as usize].cmp(&codes[*b as usize]));
        }
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

    /// The areas as rows in slot order, as a snapshot keeps them.
    pub(super) fn rows(&self) -> Vec<AreaRow> {
        self.areas.iter().map(|area| self.row_of(area)).collect()
    }

    /// The area as it would come in; none beyond the last slot.
    pub fn row(&self, slot: u32) -> Option<AreaRow> {
        self.get(slot).map(|area| self.row_of(area))
    }

    fn row_of(&self, area: &Area) -> AreaRow {
        AreaRow {
            code: area.code.clone(),
            name: area.name.clone(),
            level: area.level,
            parent: area.parent.and_then(|slot| self.get(slot)).map(|parent| parent.code.clone()),
            geometry: area.geometry.clone(),
            starts_on: area.starts_on.clone(),
            ends_on: area.ends_on.clone(),
        }
    }
}

fn middle_key(row: &AreaRow) -> u64 {
    FixedBox::around(row.geometry.iter().flat_map(|p| &p.outer)).map_or(0, |b| key_from_fixed(b.middle()))
}
