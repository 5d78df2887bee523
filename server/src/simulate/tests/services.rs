//! Facilities, shops and posts: each is somewhere, and everything that should have one has it.

use super::districts;
use std::collections::{HashMap, HashSet};
use wangge_core::domain::area::Level;
use wangge_core::domain::facility::FacilityKind;
use wangge_core::domain::household::HouseholdKind;
use wangge_core::domain::staffing::{StaffRole, is_holder};

#[test]
fn every_community_has_an_office_and_every_subdistrict_a_health_centre() {
    for d in districts() {
        let count = |kind| d.facilities.iter().filter(|f| f.kind == kind).count();
        let areas = |level| d.areas.iter().filter(|a| a.level == level).count();
        assert_eq!(count(FacilityKind::CommunityOffice), areas(Level::Community));
        assert!(count(FacilityKind::Hospital) >= areas(Level::Subdistrict));
        assert_eq!(count(FacilityKind::Market), areas(Level::Subdistrict));
        let ids: HashSet<&str> = d.facilities.iter().map(|f| f.id.as_str()).collect();
        assert_eq!(ids.len(), d.facilities.len());
        let names: HashSet<&str> = d.facilities.iter().map(|f| f.name.as_str()).collect();
        assert_eq!(names.len(), d.facilities.len(), "no facility has another's name");
    }
}

#[test]
fn every_shop_is_behind_a_door_of_its_own_and_most_say_when_they_are_open() {
    for d in districts() {
        let doors: HashMap<&str, _> = d.households.iter().map(|h| (h.id.as_str(), h)).collect();
        assert_eq!(d.shops.len(), d.households.iter().filter(|h| h.kind == HouseholdKind::Shop).count());
        for shop in &d.shops {
            let door = doors[shop.household.as_deref().unwrap()];
            assert_eq!((door.at, door.kind), (shop.at, HouseholdKind::Shop), "{}", shop.id);
        }
        let known = d.shops.iter().filter(|shop| shop.hours.is_known()).count();
        assert!(known * 2 > d.shops.len() && known < d.shops.len(), "{known} of {}", d.shops.len());
    }
}

#[test]
fn every_grid_has_its_two_and_some_teams() {
    for d in districts() {
        let mut by_grid: HashMap<&str, Vec<StaffRole>> = HashMap::new();
        for post in &d.staffing {
            assert!(is_holder(&post.holder), "{}", post.holder);
            assert!(post.id.starts_with(&format!("{}/", post.grid)));
            by_grid.entry(&post.grid).or_default().push(post.role);
        }
        for grid in d.areas.iter().filter(|a| a.level == Level::Grid) {
            let roles = &by_grid[grid.code.as_str()];
            assert_eq!(roles[..2], [StaffRole::GridMember, StaffRole::Police]);
            assert!((1..=3).contains(&roles[2..].len()) && roles[2..].iter().all(|r| *r == StaffRole::Team));
        }
    }
}
