//! The grids rows come to lie in: which doors would be on an edge, in none or in several, and which rows of the district
//! lie where the files have rows but are not in them.

use super::{
    features::{Change, Features, Outline},
    plan::{ASSIGNED_SHOWN, Assignment, Counts, VANISHED_SHOWN},
};
use crate::commit::Service;
use std::collections::HashMap;
use wangge_core::{
    domain::{
        District,
        area::{AreaRow, Level},
        row::{ImportRow, RowKind},
    },
    geometry::{locate::Locator, position::FixedPoint, shape::MultiPolygon},
};

/// Grids laid out for the rule that puts a door into one.
pub(super) struct Grids {
    locator: Locator,
    codes: HashMap<u32, String>,
}

impl Grids {
    /// The grids in force. The district's lock is held only while they are copied.
    pub(super) fn in_force(service: &Service) -> Self {
        let copied: Vec<(u32, String, MultiPolygon)> = {
            let district = service.district.read();
            let grids = district.areas().iter().filter(|area| area.level == Level::Grid);
            grids.map(|area| (area.slot, area.code.clone(), area.geometry.clone())).collect()
        };
        Self::of(copied.iter().map(|(slot, code, shape)| (*slot, code.as_str(), shape)))
    }

    /// Any grids: a number, a code and polygons each.
    pub(super) fn of<'a>(grids: impl Iterator<Item = (u32, &'a str, &'a MultiPolygon)> + Clone) -> Self {
        let codes = grids.clone().map(|(slot, code, _)| (slot, code.to_owned())).collect();
        Self { locator: Locator::build(grids), codes }
    }

    /// Number of the grid that would have a door, after it is counted and perhaps named.
    pub(super) fn count(
        &self,
        at: FixedPoint,
        id: &str,
        counts: &mut Counts,
        examples: &mut Assignment,
    ) -> Option<u32> {
        let held = self.locator.hold(at);
        let named = || {
            let grid = held.slot.and_then(|slot| self.codes.get(&slot)).map_or("", String::as_str);
            format!("{id} → {grid}")
        };
        if held.slot.is_none() {
            counts.unassigned += 1;
            example(&mut examples.outside, || id.to_owned());
        }
        if held.on_edge {
            counts.on_edge += 1;
            example(&mut examples.on_edge, named);
        }
        if held.in_several {
            counts.in_several += 1;
            example(&mut examples.in_several, named);
        }
        held.slot
    }

    /// Number of the grid that holds a position.
    pub(super) fn locate(&self, at: FixedPoint) -> Option<u32> {
        self.locator.locate(at)
    }

    /// Code of a grid by its number.
    pub(super) fn code(&self, number: u32) -> Option<&str> {
        self.codes.get(&number).map(String::as_str)
    }
}

fn example(list: &mut Vec<String>, name: impl FnOnce() -> String) {
    if list.len() < ASSIGNED_SHOWN {
        list.push(name());
    }
}

/// A set of slots.
#[derive(Default)]
struct Slots(Vec<u64>);

impl Slots {
    fn add(&mut self, slot: u32) {
        let at = slot as usize / 64;
        if at >= self.0.len() {
            self.0.resize(at + 1, 0);
        }
        self.0[at] |= 1 << (slot % 64);
    }

    fn has(&self, slot: u32) -> bool {
        self.0.get(slot as usize / 64).is_some_and(|bits| bits >> (slot % 64) & 1 == 1)
    }
}

/// What of the district the files name, and where they have rows.
#[derive(Default)]
pub(super) struct Covered {
    named: Slots,
    grids: Slots,
}

impl Covered {
    /// The files name this row of the district, and have a row in this grid.
    pub(super) fn note(&mut self, slot: Option<u32>, grid: Option<u32>) {
        if let Some(slot) = slot {
            self.named.add(slot);
        }
        if let Some(grid) = grid {
            self.grids.add(grid);
        }
    }

    /// Rows of the district that lie in the grids reached and are not named: their keys, the first ones, and how many.
    /// Only rows with a place can be missed.
    pub(super) fn vanished(
        &self,
        district: &District,
        kind: RowKind,
        grids: &Grids,
        features: &mut Features,
    ) -> (Vec<String>, u64) {
        let mut first = Vec::new();
        let mut count = 0;
        for slot in (0..district.count(kind)).filter(|slot| !self.named.has(*slot)) {
            let Some((grid, at)) = place(district, kind, slot, grids) else { continue };
            if !self.grids.has(grid) {
                continue;
            }
            count += 1;
            let key = || match kind {
                RowKind::Households => district.households().id(slot).to_owned(),
                _ => district.row(kind, slot).map(|row| row.key().to_owned()).unwrap_or_default(),
            };
            if first.len() < VANISHED_SHOWN {
                first.push(key());
            }
            features.offer(Change::Vanished, || (key(), Outline::Point(at)), None);
        }
        (first, count)
    }
}

/// Grid and place of a row of the district.
fn place(district: &District, kind: RowKind, slot: u32, grids: &Grids) -> Option<(u32, FixedPoint)> {
    let at = match kind {
        RowKind::Households => {
            let doors = district.households();
            return Some((doors.grid(slot)?, doors.at(slot)));
        }
        RowKind::Facilities | RowKind::Shops => point_of(&district.row(kind, slot)?)?,
        _ => return None,
    };
    Some((grids.locate(at)?, at))
}

/// The place of a row that has one.
pub(super) fn point_of(row: &ImportRow) -> Option<FixedPoint> {
    match row {
        ImportRow::Household(row) => Some(row.at),
        ImportRow::Facility(row) => Some(row.at),
        ImportRow::Shop(row) => Some(row.at),
        _ => None,
    }
}

/// Doors looked at under one hold of the district.
const DOORS_AT_ONCE: usize = 20_000;

/// What would become of the district's doors with other grids: counted, and the first of each sort named. `areas` are
/// those of the district.
pub(super) fn reassign(
    service: &Service,
    areas: &District,
    rows: &[AreaRow],
    counts: &mut Counts,
    examples: &mut Assignment,
) {
    let today = areas.today().map(|day| day.to_string());
    let begun = |row: &AreaRow| row.starts_on.as_ref().zip(today.as_ref()).is_none_or(|(start, today)| start <= today);
    let over = |row: &AreaRow| row.ends_on.as_ref().zip(today.as_ref()).is_some_and(|(end, today)| end <= today);
    let known: HashMap<&str, &AreaRow> = rows.iter().map(|row| (row.code.as_str(), row)).collect();
    // Grids that stay as they are, then those the rows bring; one that begins later changes nothing today.
    let stays = |code: &str| known.get(code).is_none_or(|row| !begun(row));
    let staying = areas.areas().iter().filter(|area| area.level == Level::Grid && stays(&area.code));
    let coming = rows.iter().filter(|row| row.level == Level::Grid && begun(row) && !over(row));
    let all: Vec<(&str, &MultiPolygon)> = staying
        .map(|area| (area.code.as_str(), &area.geometry))
        .chain(coming.map(|row| (row.code.as_str(), &row.geometry)))
        .collect();
    let grids = Grids::of((0u32..).zip(&all).map(|(number, (code, shape))| (number, *code, *shape)));
    let mut from = 0;
    loop {
        let district = service.district.read();
        let doors = district.households();
        let some = doors.slots().skip(from).take(DOORS_AT_ONCE);
        if some.len() == 0 {
            return;
        }
        from += some.len();
        for slot in some {
            let now = doors.grid(slot).and_then(|grid| district.areas().get(grid)).map(|area| area.code.as_str());
            let then = grids.count(doors.at(slot), doors.id(slot), counts, examples).and_then(|grid| grids.code(grid));
            counts.reassigned += u64::from(then.is_some() && now != then);
        }
    }
}
