//! Where a row stands to the district: new, the same, or different and in what.

use super::{
    area::{AreaRow, Level},
    areas::Version,
    district::District,
    doors::Door,
    keyed::Keyed,
    row::{ImportRow, RowKind},
};
use crate::geometry::{
    position::{FixedPoint, metres_per_unit},
    shape::{MultiPolygon, Shape, is_same_land},
};

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

/// Units a place may be off and still be the same, 18 mm: tables written with seven decimals of a degree are that coarse.
const SAME_PLACE: u32 = 2;

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

    fn land(&mut self, there: &MultiPolygon, row: &MultiPolygon) {
        if !is_same_land(there, row) {
            self.fields.push("geometry");
        }
    }

    fn position(&mut self, there: FixedPoint, row: FixedPoint) {
        if there.x.abs_diff(row.x) > SAME_PLACE || there.y.abs_diff(row.y) > SAME_PLACE {
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
        match row {
            ImportRow::Area(row) => return self.area_standing(row),
            ImportRow::Household(row) => return self.door_standing(&Door::of(row), u32::MAX).0,
            _ => {}
        }
        let Some(slot) = self.slot_of(row.kind(), row.key()) else {
            return Standing::New;
        };
        let mut d = Differences::default();
        match row {
            ImportRow::Area(_) | ImportRow::Household(_) => {}
            ImportRow::Road(row) => compare(&self.roads, slot, |there| {
                d.field("name", &there.name, &row.name);
                d.field("class", &there.class, &row.class);
                d.field("geometry", &there.line, &row.line);
            }),
            ImportRow::Base(row) => compare(&self.base, slot, |there| {
                d.field("name", &there.name, &row.name);
                d.field("class", &there.class, &row.class);
                match (&there.shape, &row.shape) {
                    (Shape::Polygons(there), Shape::Polygons(row)) => d.land(there, row),
                    (there, row) => d.field("geometry", there, row),
                }
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

    /// The same for an area: compared with the version it means, in force, waiting or former.
    pub(super) fn area_standing(&self, row: &AreaRow) -> Standing {
        let waiting = self.waiting_version(&row.code, row.starts_on.as_ref());
        let last = self.areas.by_code(&row.code).and_then(|slot| self.areas.get(slot));
        let there = match last.map(|area| (area, area.version_of(row))) {
            None => waiting.map(AreaVersion::of),
            Some((_, Version::Later(_))) if waiting.is_some() => waiting.map(AreaVersion::of),
            Some((_, Version::Former(former))) => Some(AreaVersion {
                // Its end came with the version after it, which the row need not know.
                ends_on: if row.ends_on.is_none() { &row.ends_on } else { &former.ends_on },
                ..AreaVersion::of(former)
            }),
            Some((area, Version::Last | Version::Later(_) | Version::Older)) => Some(AreaVersion {
                name: &area.name,
                level: area.level,
                parent: &area.parent_code,
                geometry: &area.geometry,
                starts_on: &area.starts_on,
                ends_on: &area.ends_on,
            }),
        };
        let Some(there) = there else { return Standing::New };
        let mut d = Differences::default();
        d.field("name", there.name, row.name.as_str());
        d.field("level", &there.level, &row.level);
        d.field("parent", there.parent, &row.parent);
        d.land(there.geometry, &row.geometry);
        if row.starts_on.is_some() {
            d.field("starts_on", there.starts_on, &row.starts_on);
        }
        d.field("ends_on", there.ends_on, &row.ends_on);
        d.standing()
    }

    /// The same for a door, `last` being the slot of one that came before; gives the door's own slot, too. No text is
    /// copied.
    pub fn door_standing(&self, row: &Door<'_>, last: u32) -> (Standing, Option<u32>) {
        let doors = &self.households;
        let Some(slot) = doors.by_id_near(row.id, last) else { return (Standing::New, None) };
        let mut d = Differences::default();
        d.position(doors.at(slot), row.at);
        d.field("kind", &doors.kind(slot), &row.kind);
        d.field("residents", &doors.residents(slot), &row.residents);
        let [place, building, stair, door] = doors.words(slot);
        d.field("place", place, row.place);
        d.field("building", building, row.building);
        d.field("stair", stair, row.stair);
        d.field("floor", &doors.floor(slot), &row.floor);
        d.field("door", door, row.door);
        (d.standing(), Some(slot))
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

/// What a row is compared with.
struct AreaVersion<'a> {
    name: &'a str,
    level: Level,
    parent: &'a Option<String>,
    geometry: &'a MultiPolygon,
    starts_on: &'a Option<String>,
    ends_on: &'a Option<String>,
}

impl<'a> AreaVersion<'a> {
    fn of(row: &'a AreaRow) -> Self {
        Self {
            name: &row.name,
            level: row.level,
            parent: &row.parent,
            geometry: &row.geometry,
            starts_on: &row.starts_on,
            ends_on: &row.ends_on,
        }
    }
}

fn compare<T: super::keyed::Key>(table: &Keyed<T>, slot: u32, with: impl FnOnce(&T)) {
    if let Some(there) = table.get(slot) {
        with(there);
    }
}
