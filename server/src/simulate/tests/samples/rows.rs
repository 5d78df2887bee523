//! Rows of the samples: a few of every kind out of the smallest district, each naming only what is there too.

use crate::simulate::{DemoDistrict, LEAST_HOUSEHOLDS, district};
use std::collections::{BTreeMap, HashSet};
use wangge_core::domain::area::Level;
use wangge_core::domain::feature::BaseClass;
use wangge_core::domain::row::{ImportRow, RowKind};

const SEED: u64 = 7;
/// Rows of a kind, at most.
const MOST: usize = 40;
/// Shops, and doors that are there because of them.
const SHOPS: usize = 10;

/// The rows, by kind.
pub fn rows() -> BTreeMap<RowKind, Vec<ImportRow>> {
    let d = district(LEAST_HOUSEHOLDS, SEED).unwrap();
    let shops: Vec<_> = spread(&d.shops, SHOPS).collect();
    let behind: HashSet<_> = shops.iter().filter_map(|shop| shop.household.as_deref()).collect();
    let others: HashSet<_> = spread(&d.households, MOST - SHOPS).map(|door| door.id.as_str()).collect();
    let doors = d.households.iter().filter(|h| behind.contains(h.id.as_str()) || others.contains(h.id.as_str()));
    BTreeMap::from([
        (RowKind::Areas, areas(&d)),
        (RowKind::Households, doors.cloned().map(ImportRow::Household).collect()),
        (RowKind::Roads, spread(&d.roads, MOST).cloned().map(ImportRow::Road).collect()),
        (RowKind::Base, base(&d)),
        (RowKind::Facilities, spread(&d.facilities, MOST).cloned().map(ImportRow::Facility).collect()),
        (RowKind::Shops, shops.into_iter().cloned().map(ImportRow::Shop).collect()),
        (RowKind::Staffing, spread(&d.staffing, MOST).cloned().map(ImportRow::Staffing).collect()),
    ])
}

/// At most `most` of some, from all over.
fn spread<T>(all: &[T], most: usize) -> impl Iterator<Item = &T> {
    all.iter().step_by(all.len().div_ceil(most).max(1))
}

/// All areas down to the grids, and as many blocks as there is room for.
fn areas(d: &DemoDistrict) -> Vec<ImportRow> {
    let above = d.areas.iter().filter(|area| area.level < Level::Block).count();
    let blocks: Vec<_> = d.areas.iter().filter(|area| area.level == Level::Block).cloned().collect();
    let blocks = spread(&blocks, MOST - above).cloned();
    d.areas.iter().filter(|area| area.level < Level::Block).cloned().chain(blocks).map(ImportRow::Area).collect()
}

/// Some of every class; the largest outlines are left out.
fn base(d: &DemoDistrict) -> Vec<ImportRow> {
    use BaseClass::{Barrier, Building, Gate, Green, Water};
    let mut found = Vec::new();
    for class in [Water, Green, Building, Barrier, Gate] {
        let all: Vec<_> = d.base.iter().filter(|row| row.class == class).cloned().collect();
        found.extend(spread(&all, MOST / 5).cloned().map(ImportRow::Base));
    }
    found
}
