//! Doors as files really have them, over several districts and grounds: nothing right is stopped, nothing wrong confirmed.

use super::*;
use std::collections::HashMap;
use wangge_core::geometry::locate::Locator;
use wangge_core::geometry::shape::FixedBox;

/// Doors that are where they should be, each in a way of its own.
fn ways(town: &DemoDistrict, seed: usize) -> Vec<(&'static str, Vec<FixedPoint>)> {
    let all: Vec<FixedPoint> = town.households.iter().map(|household| household.at).collect();
    let blocks: Vec<&AreaRow> = town.areas.iter().filter(|area| area.level == Level::Block).collect();
    let locator = Locator::build((0u32..).zip(&blocks).map(|(n, block)| (n, block.code.as_str(), &block.geometry)));
    let middle = |n: u32| FixedBox::around(&blocks[n as usize].geometry[0].outer).unwrap().middle();
    let middles: HashMap<u32, FixedPoint> = (0..blocks.len() as u32).map(|n| (n, middle(n))).collect();
    let one = &town.households[(seed * 611) % all.len()].id;
    let of = |digits: usize| -> Vec<FixedPoint> {
        town.households.iter().filter(|h| h.id[..digits] == one[..digits]).map(|h| h.at).collect()
    };
    let noise = |n: usize| ((n * 7919 % 71) as f64 - 35.0, (n * 104_729 % 71) as f64 - 35.0);
    vec![
        ("the whole district", all.clone()),
        ("one community", of(12)),
        ("one grid", of(15)),
        ("thirty in one place", all[(seed * 331) % (all.len() - 30)..][..30].to_vec()),
        ("measured 20 m off", all.iter().enumerate().map(|(n, at)| beside(*at, noise(n).0, noise(n).1)).collect()),
        (
            "in the middle of their block",
            all.iter().map(|at| locator.locate(*at).map_or(*at, |n| middles[&n])).collect(),
        ),
    ]
}

#[test]
fn nothing_right_is_stopped_and_nothing_shifted_confirmed() {
    for seed in 11..15 {
        let town = district(2_000, seed).unwrap();
        let grounds = [
            ground(&town, |_| true, &town.base),
            ground(&town, |area| area.level != Level::Block, &[]),
            ground(&town, |area| area.level <= Level::Community, &[]),
        ];
        for (way, at) in ways(&town, seed as usize) {
            for ground in &grounds {
                let verdict = |file: &str| inspect(&numbers(at.iter().copied(), file), &Crs::Crs84, ground);
                assert!(verdict("crs84").passes(), "seed {seed}, {way}: {}", verdict("crs84"));
                for file in ["gcj02", "bd09", "EPSG:4548"] {
                    let verdict = verdict(file);
                    assert_ne!(verdict.decision, Decision::Agrees, "seed {seed}, {way}, {file}: {verdict}");
                    let right = verdict.suggested().is_none_or(|suggested| suggested == file);
                    assert!(right, "seed {seed}, {way}, {file}: {verdict}");
                }
            }
        }
    }
}
