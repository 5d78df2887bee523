//! Where a row stands to the district: new, the same, or different and in what.

use super::{
    area::AreaRow,
    areas::Area,
    district::District,
    household::HouseholdRow,
    keyed::Keyed,
    row::{ImportRow, RowKind},
};
use crate::geometry::position::{FixedPoint, metres_per_unit};

/// How a row stands to the one with its key in the district.
#[derive(Debug, Clone, PartialEq)]
pub enum Standing {
    /// Nothing has its key.
    New,
    /// Taking it changes nothing.
    Same,
    /// Something with its key is there and differs.
    Changed {
        /// How far a position lies from where it was; none when it did not move or has no one position.
        moved_m: Option<f64>,
        /// Names of the fields that differ, in the order of the row.
        fields: Vec<&'static str>,
    },
}

/// Collects what differs.
#[derive(Default)]
struct Differences {
    moved_m: Option<f64>,
    fields: Vec<&'static str>,
}

impl Differences {
    fn field<T: PartialEq + ?Sized>(&mut self, name: &'static str, there: &T, row: &T) {
        if there != row {
            self.fields.push(name);
        }
    }

    fn position(&mut self, there: FixedPoint, row: FixedPoint) {
        if there != row {
            self.fields.push("position");
            self.moved_m = Some(distance_m(there, row));
        }
    }

    fn standing(self) -> Standing {
        if self.fields.is_empty() {
            return Standing::Same;
        }
        Standing::Changed { moved_m: self.moved_m, fields: self.fields }
    }
}

/// Ground metres between positions near each other.
fn distance_m(a: FixedPoint, b: FixedPoint) -> f64 {
    let (dx, dy) = (f64::from(a.x.abs_diff(b.x)), f64::from(a.y.abs_diff(b.y)));
    dx.hypot(dy) * metres_per_unit(a)
}

impl District {
    /// How a row stands to what is here, by its id or code.
    pub fn standing(&self, row: &ImportRow) -> Standing {
        let Some(slot) = self.slot_of(row.kind(), row.key()) else {
            return Standing::New;
        };
        let mut d = Differences::default();
        match row {
            ImportRow::Area(row) => match self.areas.get(slot) {
                Some(area) => self.area_differs(area, row, &mut d),
                None => return Standing::New,
            },
            ImportRow::Household(row) => self.household_differs(slot, row, &mut d),
            ImportRow::Road(row) => compare(&self.roads, slot, |there| {
                d.field("name", &there.name, &row.name);
                d.field("class", &there.class, &row.class);
                d.field("geometry", &there.line, &row.line);
            }),
            ImportRow::Base(row) => compare(&self.base, slot, |there| {
                d.field("name", &there.name, &row.name);
                d.field("class", &there.class, &row.class);
                d.field("geometry", &there.shape, &row.shape);
            }),
            ImportRow::Facility(row) => compare(&self.facilities, slot, |there| {
                d.field("name", &there.name, &row.name);
                d.field("kind", &there.kind, &row.kind);
                d.position(there.at, row.at);
                d.field("address", &there.address, &row.address);
            }),
            ImportRow::Shop(row) => compare(&self.shops, slot, |there| {
                d.field("name", &there.name, &row.name);
                d.field("category", &there.category, &row.category);
                d.position(there.at, row.at);
                d.field("household", &there.household, &row.household);
                d.field("hours", &there.hours, &row.hours);
                d.field("address", &there.address, &row.address);
            }),
            ImportRow::Staffing(row) => compare(&self.staffing, slot, |there| {
                d.field("grid", &there.grid, &row.grid);
                d.field("role", &there.role, &row.role);
                d.field("holder", &there.holder, &row.holder);
                d.field("starts_on", &there.starts_on, &row.starts_on);
                d.field("ends_on", &there.ends_on, &row.ends_on);
            }),
        }
        d.standing()
    }

    fn area_differs(&self, area: &Area, row: &AreaRow, d: &mut Differences) {
        let parent = area.parent.and_then(|slot| self.areas.get(slot)).map(|parent| &parent.code);
        d.field("name", &area.name, &row.name);
        d.field("level", &area.level, &row.level);
        d.field("parent", &parent, &row.parent.as_ref());
        d.field("geometry", &area.geometry, &row.geometry);
        d.field("starts_on", &area.starts_on, &row.starts_on);
        d.field("ends_on", &area.ends_on, &row.ends_on);
    }

    fn household_differs(&self, slot: u32, row: &HouseholdRow, d: &mut Differences) {
        let doors = &self.households;
        d.position(doors.at(slot), row.at);
        d.field("kind", &doors.kind(slot), &row.kind);
        d.field("residents", &doors.residents(slot), &row.residents);
        let there = doors.address(slot);
        d.field("place", &there.place, &row.address.place);
        d.field("building", &there.building, &row.address.building);
        d.field("stair", &there.stair, &row.address.stair);
        d.field("floor", &there.floor, &row.address.floor);
        d.field("door", &there.door, &row.address.door);
    }

    /// Slot of the row of a kind with a key, an area's code or the id of anything else.
    pub fn slot_of(&self, kind: RowKind, key: &str) -> Option<u32> {
        match kind {
            RowKind::Areas => self.areas.by_code(key),
            RowKind::Households => self.households.by_id(key),
            RowKind::Roads => self.roads.find(key),
            RowKind::Base => self.base.find(key),
            RowKind::Facilities => self.facilities.find(key),
            RowKind::Shops => self.shops.find(key),
            RowKind::Staffing => self.staffing.find(key),
        }
    }

    /// The row at a slot as it would come in; none beyond the last.
    pub fn row(&self, kind: RowKind, slot: u32) -> Option<ImportRow> {
        Some(match kind {
            RowKind::Areas => ImportRow::Area(self.areas.row(slot)?),
            RowKind::Households => ImportRow::Household(self.households.row(slot)?),
            RowKind::Roads => ImportRow::Road(self.roads.get(slot)?.clone()),
            RowKind::Base => ImportRow::Base(self.base.get(slot)?.clone()),
            RowKind::Facilities => ImportRow::Facility(self.facilities.get(slot)?.clone()),
            RowKind::Shops => ImportRow::Shop(self.shops.get(slot)?.clone()),
            RowKind::Staffing => ImportRow::Staffing(self.staffing.get(slot)?.clone()),
        })
    }

    /// How many slots a kind has.
    pub fn count(&self, kind: RowKind) -> u32 {
        let count = match kind {
            RowKind::Areas => self.areas.len(),
            RowKind::Households => self.households.len(),
            RowKind::Roads => self.roads.rows().len(),
            RowKind::Base => self.base.rows().len(),
            RowKind::Facilities => self.facilities.rows().len(),
            RowKind::Shops => self.shops.rows().len(),
            RowKind::Staffing => self.staffing.rows().len(),
        };
        count as u32
    }
}

fn compare<T: super::keyed::Key>(table: &Keyed<T>, slot: u32, with: impl FnOnce(&T)) {
    if let Some(there) = table.get(slot) {
        with(there);
    }
}
