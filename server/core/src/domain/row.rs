//! Rows of an import, one type for every kind a file may hold.

use super::{
    area::AreaRow,
    event::SegmentRows,
    facility::FacilityRow,
    feature::{BaseRow, RoadRow},
    household::HouseholdRow,
    shop::ShopRow,
    staffing::StaffingRow,
};
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// A row of a file, read and through the gate.
#[derive(Debug, Clone, PartialEq)]
pub enum ImportRow {
    /// An area.
    Area(AreaRow),
    /// A door.
    Household(HouseholdRow),
    /// A road.
    Road(RoadRow),
    /// A feature of the base map.
    Base(BaseRow),
    /// A facility.
    Facility(FacilityRow),
    /// A shop.
    Shop(ShopRow),
    /// A post of a grid and who holds it.
    Staffing(StaffingRow),
}

impl ImportRow {
    /// What it is.
    pub fn kind(&self) -> RowKind {
        match self {
            Self::Area(_) => RowKind::Areas,
            Self::Household(_) => RowKind::Households,
            Self::Road(_) => RowKind::Roads,
            Self::Base(_) => RowKind::Base,
            Self::Facility(_) => RowKind::Facilities,
            Self::Shop(_) => RowKind::Shops,
            Self::Staffing(_) => RowKind::Staffing,
        }
    }

    /// What tells it from every other of its kind: an area's code, the id of everything else.
    pub fn key(&self) -> &str {
        match self {
            Self::Area(row) => &row.code,
            Self::Household(row) => &row.id,
            Self::Road(row) => &row.id,
            Self::Base(row) => &row.id,
            Self::Facility(row) => &row.id,
            Self::Shop(row) => &row.id,
            Self::Staffing(row) => &row.id,
        }
    }
}

/// What rows are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RowKind {
    /// Areas of every level.
    Areas,
    /// Doors.
    Households,
    /// Roads.
    Roads,
    /// Water, green, buildings, barriers, gates.
    Base,
    /// Hospitals, markets, community offices, measuring points.
    Facilities,
    /// Shops with their hours.
    Shops,
    /// Who holds the posts of a grid.
    Staffing,
}

impl RowKind {
    /// Every kind, in the order in which one may refer to those before it.
    pub const ALL: [Self; 7] =
        [Self::Areas, Self::Households, Self::Roads, Self::Base, Self::Facilities, Self::Shops, Self::Staffing];

    /// The id used in addresses, files and commands.
    pub fn id(self) -> &'static str {
        match self {
            Self::Areas => "areas",
            Self::Households => "households",
            Self::Roads => "roads",
            Self::Base => "base",
            Self::Facilities => "facilities",
            Self::Shops => "shops",
            Self::Staffing => "staffing",
        }
    }

    /// One row of it, for a sentence.
    pub fn noun(self) -> &'static str {
        match self {
            Self::Areas => "area",
            Self::Households => "household",
            Self::Roads => "road",
            Self::Base => "base feature",
            Self::Facilities => "facility",
            Self::Shops => "shop",
            Self::Staffing => "staffing post",
        }
    }

    /// Whether rows of it are in the tiles and thus change `shapes_version`.
    pub fn is_drawn(self) -> bool {
        matches!(self, Self::Areas | Self::Households | Self::Roads | Self::Base)
    }
}

impl fmt::Display for RowKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

/// A text that names no kind of row.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("kind {0:?} is none of areas, households, roads, base, facilities, shops, staffing")]
pub struct RowKindError(String);

impl FromStr for RowKind {
    type Err = RowKindError;
    fn from_str(text: &str) -> Result<Self, RowKindError> {
        Self::ALL.into_iter().find(|k| k.id() == text).ok_or_else(|| RowKindError(text.chars().take(40).collect()))
    }
}

impl SegmentRows {
    /// No rows yet, of a kind.
    pub fn empty(kind: RowKind) -> Self {
        match kind {
            RowKind::Areas => Self::Areas(Vec::new()),
            RowKind::Households => Self::Households(Vec::new()),
            RowKind::Roads => Self::Roads(Vec::new()),
            RowKind::Base => Self::Base(Vec::new()),
            RowKind::Facilities => Self::Facilities(Vec::new()),
            RowKind::Shops => Self::Shops(Vec::new()),
            RowKind::Staffing => Self::Staffing(Vec::new()),
        }
    }

    /// What the rows are; none for visits, which no file holds.
    pub fn kind(&self) -> Option<RowKind> {
        match self {
            Self::Areas(_) => Some(RowKind::Areas),
            Self::Households(_) => Some(RowKind::Households),
            Self::Roads(_) => Some(RowKind::Roads),
            Self::Base(_) => Some(RowKind::Base),
            Self::Facilities(_) => Some(RowKind::Facilities),
            Self::Shops(_) => Some(RowKind::Shops),
            Self::Staffing(_) => Some(RowKind::Staffing),
            Self::Visits(_) => None,
        }
    }

    /// A copy of the row at a place; none beyond the last, nor of visits.
    pub fn get(&self, at: usize) -> Option<ImportRow> {
        Some(match self {
            Self::Areas(rows) => ImportRow::Area(rows.get(at)?.clone()),
            Self::Households(rows) => ImportRow::Household(rows.get(at)?.clone()),
            Self::Roads(rows) => ImportRow::Road(rows.get(at)?.clone()),
            Self::Base(rows) => ImportRow::Base(rows.get(at)?.clone()),
            Self::Facilities(rows) => ImportRow::Facility(rows.get(at)?.clone()),
            Self::Shops(rows) => ImportRow::Shop(rows.get(at)?.clone()),
            Self::Staffing(rows) => ImportRow::Staffing(rows.get(at)?.clone()),
            Self::Visits(_) => return None,
        })
    }

    /// Keeps the rows that a list of their places says to keep; rows beyond the list go.
    pub fn keep(&mut self, keep: &[bool]) {
        fn by<T>(rows: &mut Vec<T>, keep: &[bool]) {
            let mut keep = keep.iter();
            rows.retain(|_| keep.next().copied().unwrap_or(false));
        }
        match self {
            Self::Areas(rows) => by(rows, keep),
            Self::Households(rows) => by(rows, keep),
            Self::Roads(rows) => by(rows, keep),
            Self::Base(rows) => by(rows, keep),
            Self::Facilities(rows) => by(rows, keep),
            Self::Shops(rows) => by(rows, keep),
            Self::Staffing(rows) => by(rows, keep),
            Self::Visits(rows) => by(rows, keep),
        }
    }

    /// Adds rows of the same kind; those of another kind are given back.
    #[must_use = "rows of another kind are given back"]
    pub fn append(&mut self, rows: Self) -> Option<Self> {
        match (self, rows) {
            (Self::Areas(all), Self::Areas(mut rows)) => all.append(&mut rows),
            (Self::Households(all), Self::Households(mut rows)) => all.append(&mut rows),
            (Self::Roads(all), Self::Roads(mut rows)) => all.append(&mut rows),
            (Self::Base(all), Self::Base(mut rows)) => all.append(&mut rows),
            (Self::Visits(all), Self::Visits(mut rows)) => all.append(&mut rows),
            (Self::Facilities(all), Self::Facilities(mut rows)) => all.append(&mut rows),
            (Self::Shops(all), Self::Shops(mut rows)) => all.append(&mut rows),
            (Self::Staffing(all), Self::Staffing(mut rows)) => all.append(&mut rows),
            (_, rows) => return Some(rows),
        }
        None
    }

    /// Takes away the rows from a place on.
    #[must_use = "the rows from there on are taken away"]
    pub fn split_off(&mut self, at: usize) -> Self {
        match self {
            Self::Areas(rows) => Self::Areas(rows.split_off(at)),
            Self::Households(rows) => Self::Households(rows.split_off(at)),
            Self::Roads(rows) => Self::Roads(rows.split_off(at)),
            Self::Base(rows) => Self::Base(rows.split_off(at)),
            Self::Visits(rows) => Self::Visits(rows.split_off(at)),
            Self::Facilities(rows) => Self::Facilities(rows.split_off(at)),
            Self::Shops(rows) => Self::Shops(rows.split_off(at)),
            Self::Staffing(rows) => Self::Staffing(rows.split_off(at)),
        }
    }

    /// Adds a row of the same kind; one of another kind is given back.
    #[must_use = "a row of another kind is given back"]
    pub fn push(&mut self, row: ImportRow) -> Option<ImportRow> {
        match (self, row) {
            (Self::Areas(rows), ImportRow::Area(row)) => rows.push(row),
            (Self::Households(rows), ImportRow::Household(row)) => rows.push(row),
            (Self::Roads(rows), ImportRow::Road(row)) => rows.push(row),
            (Self::Base(rows), ImportRow::Base(row)) => rows.push(row),
            (Self::Facilities(rows), ImportRow::Facility(row)) => rows.push(row),
            (Self::Shops(rows), ImportRow::Shop(row)) => rows.push(row),
            (Self::Staffing(rows), ImportRow::Staffing(row)) => rows.push(row),
            (_, row) => return Some(row),
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_found_by_its_id() {
        for kind in RowKind::ALL {
            assert_eq!(kind.id().parse(), Ok(kind));
            assert_eq!(SegmentRows::empty(kind).kind(), Some(kind));
        }
        assert_eq!("doors".parse::<RowKind>(), Err(RowKindError("doors".to_owned())));
    }
}
