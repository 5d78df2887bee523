//! Facilities, shops and staffing, taken apart into columns and put together again.

use super::{
    Columns,
    columns::{ColumnError, Positions, Reader, Words},
};
use crate::domain::{
    OpeningHours,
    facility::{FacilityKind, FacilityRow},
    shop::ShopRow,
    staffing::{StaffRole, StaffingRow},
};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
pub(super) struct FacilityColumns {
    id: Vec<String>,
    name: Vec<String>,
    kind: Vec<FacilityKind>,
    at: Positions,
    address: Words,
}

impl Columns for FacilityColumns {
    type Row = FacilityRow;

    fn of(rows: &[FacilityRow]) -> Self {
        Self {
            id: rows.iter().map(|r| r.id.clone()).collect(),
            name: rows.iter().map(|r| r.name.clone()).collect(),
            kind: rows.iter().map(|r| r.kind).collect(),
            at: Positions::of(rows.iter().map(|r| &r.at)),
            address: Words::of(rows.iter().map(|r| r.address.as_str())),
        }
    }

    fn into_rows(self) -> Result<Vec<FacilityRow>, ColumnError> {
        let mut name = Reader::new("name", self.name);
        let mut kind = Reader::new("kind", self.kind);
        let mut at = self.at.read();
        let mut address = self.address.read("address");
        let row = |id| {
            Ok(FacilityRow { id, name: name.next()?, kind: kind.next()?, at: at.next()?, address: address.next()? })
        };
        let rows = self.id.into_iter().map(row).collect::<Result<_, ColumnError>>()?;
        name.end()?;
        kind.end()?;
        at.end()?;
        address.end()?;
        Ok(rows)
    }
}

#[derive(Serialize, Deserialize)]
pub(super) struct ShopColumns {
    id: Vec<String>,
    name: Vec<String>,
    category: Words,
    at: Positions,
    household: Vec<Option<String>>,
    /// As text: shops of a street keep the same hours.
    hours: Words,
    address: Words,
}

impl Columns for ShopColumns {
    type Row = ShopRow;

    fn of(rows: &[ShopRow]) -> Self {
        let hours: Vec<String> = rows.iter().map(|r| r.hours.to_string()).collect();
        Self {
            id: rows.iter().map(|r| r.id.clone()).collect(),
            name: rows.iter().map(|r| r.name.clone()).collect(),
            category: Words::of(rows.iter().map(|r| r.category.as_str())),
            at: Positions::of(rows.iter().map(|r| &r.at)),
            household: rows.iter().map(|r| r.household.clone()).collect(),
            hours: Words::of(hours.iter().map(String::as_str)),
            address: Words::of(rows.iter().map(|r| r.address.as_str())),
        }
    }

    fn into_rows(self) -> Result<Vec<ShopRow>, ColumnError> {
        let mut name = Reader::new("name", self.name);
        let mut category = self.category.read("category");
        let mut at = self.at.read();
        let mut household = Reader::new("household", self.household);
        let mut hours = self.hours.read("hours");
        let mut address = self.address.read("address");
        let row = |id| {
            Ok(ShopRow {
                id,
                name: name.next()?,
                category: category.next()?,
                at: at.next()?,
                household: household.next()?,
                hours: hours.next()?.parse::<OpeningHours>().map_err(|_| ColumnError::Text("hours"))?,
                address: address.next()?,
            })
        };
        let rows = self.id.into_iter().map(row).collect::<Result<_, ColumnError>>()?;
        name.end()?;
        category.end()?;
        at.end()?;
        household.end()?;
        hours.end()?;
        address.end()?;
        Ok(rows)
    }
}

#[derive(Serialize, Deserialize)]
pub(super) struct StaffingColumns {
    id: Vec<String>,
    grid: Words,
    role: Vec<StaffRole>,
    holder: Vec<String>,
    starts_on: Vec<Option<String>>,
    ends_on: Vec<Option<String>>,
}

impl Columns for StaffingColumns {
    type Row = StaffingRow;

    fn of(rows: &[StaffingRow]) -> Self {
        Self {
            id: rows.iter().map(|r| r.id.clone()).collect(),
            grid: Words::of(rows.iter().map(|r| r.grid.as_str())),
            role: rows.iter().map(|r| r.role).collect(),
            holder: rows.iter().map(|r| r.holder.clone()).collect(),
            starts_on: rows.iter().map(|r| r.starts_on.clone()).collect(),
            ends_on: rows.iter().map(|r| r.ends_on.clone()).collect(),
        }
    }

    fn into_rows(self) -> Result<Vec<StaffingRow>, ColumnError> {
        let mut grid = self.grid.read("grid");
        let mut role = Reader::new("role", self.role);
        let mut holder = Reader::new("holder", self.holder);
        let mut starts_on = Reader::new("starts_on", self.starts_on);
        let mut ends_on = Reader::new("ends_on", self.ends_on);
        let row = |id| {
            Ok(StaffingRow {
                id,
                grid: grid.next()?,
                role: role.next()?,
                holder: holder.next()?,
                starts_on: starts_on.next()?,
                ends_on: ends_on.next()?,
            })
        };
        let rows = self.id.into_iter().map(row).collect::<Result<_, ColumnError>>()?;
        grid.end()?;
        role.end()?;
        holder.end()?;
        starts_on.end()?;
        ends_on.end()?;
        Ok(rows)
    }
}
