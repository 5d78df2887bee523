//! What serves the district's people: facilities, shops and posts, made from its rows.

pub mod facilities;
pub mod shops;
pub mod staffing;

use super::district::DemoDistrict;
use super::recipe::Recipe;
use std::collections::HashMap;
use wangge_core::domain::area::{AreaRow, Level};
use wangge_core::domain::household::{Address, HouseholdRow};

/// Fills in facilities, shops and posts of a district whose areas, doors and base map are there.
pub fn furnish(district: &mut DemoDistrict, recipe: &Recipe, seed: u64) {
    district.facilities = facilities::rows(district, recipe, seed);
    district.shops = shops::rows(&district.households, recipe, seed);
    district.staffing = staffing::rows(&district.areas, recipe, seed);
}

/// Doors by the code of the area of a level that their grid lies in; a door's id begins with its grid's code.
fn doors_by_area(district: &DemoDistrict, level: Level) -> HashMap<&str, Vec<&HouseholdRow>> {
    let parent: HashMap<&str, &AreaRow> = district.areas.iter().map(|area| (area.code.as_str(), area)).collect();
    let above = |grid: &str| {
        let first = parent.get(grid).copied();
        let mut way = std::iter::successors(first, |area| parent.get(area.parent.as_deref()?).copied());
        way.find(|area| area.level == level).map(|area| area.code.as_str())
    };
    let mut by_grid: HashMap<&str, Option<&str>> = HashMap::new();
    let mut found: HashMap<&str, Vec<&HouseholdRow>> = HashMap::new();
    for door in &district.households {
        let grid = door.id.split('-').next().unwrap_or_default();
        if let Some(area) = *by_grid.entry(grid).or_insert_with(|| above(grid)) {
            found.entry(area).or_default().push(door);
        }
    }
    found
}

/// Where a building is, in words.
fn building_of(address: &Address) -> String {
    format!("{}{}", address.place, address.building)
}
