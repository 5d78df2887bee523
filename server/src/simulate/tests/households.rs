//! Doors: counted, placed and addressed.

use super::districts;
use std::collections::{BTreeMap, BTreeSet};
use wangge_core::domain::area::Level;
use wangge_core::domain::feature::BaseClass;
use wangge_core::domain::household::HouseholdKind;
use wangge_core::geometry::locate::Locator;
use wangge_core::geometry::position::FixedPoint;
use wangge_core::geometry::shape::{MultiPolygon, Shape};

/// Slot, code and shape of the areas, as the locator takes them.
fn locator<'a>(areas: impl Iterator<Item = (&'a str, &'a MultiPolygon)>) -> (Locator, Vec<&'a str>) {
    let areas: Vec<_> = areas.collect();
    let locator = Locator::build(areas.iter().enumerate().map(|(i, &(code, shape))| (i as u32, code, shape)));
    (locator, areas.into_iter().map(|a| a.0).collect())
}

#[test]
fn a_district_has_exactly_the_doors_asked_for_each_in_the_grid_its_id_names() {
    for district in districts() {
        assert!([1_000, 1_777, 4_000, 12_000, 30_000].contains(&district.households.len()));
        let grids = district.areas.iter().filter(|a| a.level == Level::Grid);
        let (locator, codes) = locator(grids.map(|a| (a.code.as_str(), &a.geometry)));
        let mut doors: BTreeMap<&str, u32> = BTreeMap::new();
        let mut unassigned = 0;
        for door in &district.households {
            match locator.locate(door.at) {
                Some(slot) => {
                    let code = codes[slot as usize];
                    assert_eq!(door.id.split_once('-').unwrap().0, code);
                    *doors.entry(code).or_default() += 1;
                }
                None => unassigned += 1,
            }
        }
        assert_eq!(unassigned, (district.households.len() as f64 * 0.002).round() as usize);
        assert_eq!(doors.len(), codes.len(), "every grid has doors");
        assert!(doors.values().all(|n| (300..=500).contains(n)), "{doors:?}");
    }
}

#[test]
fn no_two_doors_share_an_id_a_place_or_an_address() {
    for district in districts() {
        let mut ids = BTreeSet::new();
        let mut places: BTreeSet<FixedPoint> = BTreeSet::new();
        let mut addresses = BTreeSet::new();
        for door in &district.households {
            let a = &door.address;
            assert!(ids.insert(&door.id) && door.id.len() <= 64);
            assert!(places.insert(door.at), "{}", door.id);
            assert!(addresses.insert((&a.place, &a.building, &a.stair, a.floor, &a.door)), "{a:?}");
            assert!(!a.place.is_empty() && !a.building.is_empty() && a.floor > 0, "{a:?}");
        }
    }
}

#[test]
fn every_door_is_inside_a_building() {
    for district in districts() {
        let buildings: Vec<(String, &MultiPolygon)> = district
            .base
            .iter()
            .filter(|b| b.class == BaseClass::Building)
            .filter_map(|b| match &b.shape {
                Shape::Polygons(p) => Some((b.id.clone(), p)),
                _ => None,
            })
            .collect();
        let (locator, _) = locator(buildings.iter().map(|(id, shape)| (id.as_str(), *shape)));
        for door in &district.households {
            assert!(locator.locate(door.at).is_some(), "{} {:?}", door.id, door.address);
        }
    }
}

#[test]
fn homes_rentals_and_shops_come_in_believable_shares() {
    for district in districts().filter(|d| d.households.len() > 4_000) {
        let share = |kind| {
            district.households.iter().filter(|d| d.kind == kind).count() as f64 / district.households.len() as f64
        };
        assert!((0.5..0.85).contains(&share(HouseholdKind::Home)));
        assert!((0.1..0.4).contains(&share(HouseholdKind::Rental)));
        assert!((0.02..0.2).contains(&share(HouseholdKind::Shop)));
    }
}
