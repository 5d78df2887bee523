//! The story of the demo: which communities lag, and which old quarter nobody opens in the daytime.

use super::random::{Dice, mix};
use std::collections::BTreeMap;
use wangge_core::domain::household::{Address, HouseholdKind};

/// Digits of a grid's code, which every assigned door's id begins with, and of its community's.
pub const GRID_DIGITS: usize = 15;
const COMMUNITY_DIGITS: usize = 12;
/// Most grids the quarter has.
const QUARTER_GRIDS: usize = 4;

/// What the story needs to know of a grid.
#[derive(Debug, Clone, Copy)]
pub struct GridFacts<'a> {
    /// Its code.
    pub code: &'a str,
    /// Its doors.
    pub doors: u32,
    /// Those of them in old houses.
    pub old: u32,
}

/// The places the story is about; the same for the same grids and seed, before a restart and after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Story {
    lagging: Vec<String>,
    quarter: Vec<String>,
}

impl Story {
    /// Story of a district: its oldest quarter, and two communities elsewhere (one in a small district).
    pub fn of(grids: &[GridFacts<'_>], seed: u64) -> Self {
        let mut communities: BTreeMap<&str, Vec<GridFacts<'_>>> = BTreeMap::new();
        for grid in grids {
            if let Some(code) = grid.code.get(..COMMUNITY_DIGITS) {
                communities.entry(code).or_default().push(*grid);
            }
        }
        let old = |grids: &[GridFacts<'_>]| grids.iter().map(|g| g.old).sum::<u32>();
        let oldest = communities.iter().max_by_key(|(code, grids)| (old(grids), std::cmp::Reverse(**code)));
        let most = QUARTER_GRIDS.min(grids.len() / 3).max(1);
        let quarter = oldest.map_or(Vec::new(), |(_, grids)| {
            let mut by_age = grids.clone();
            by_age.sort_by_key(|g| (std::cmp::Reverse(g.old), g.code));
            let old_ones = by_age.iter().take(most).filter(|g| g.old * 3 > g.doors);
            old_ones.map(|g| g.code.to_owned()).collect()
        });
        let mut others: Vec<&str> =
            communities.keys().copied().filter(|c| !quarter.iter().any(|g: &String| g.starts_with(c))).collect();
        let count = if others.len() >= 6 { 2 } else { others.len().min(1) };
        let mut dice = Dice::new(seed, 0x5354_4F52);
        let lagging = (0..count).map(|_| others.swap_remove(dice.below(others.len())).to_owned()).collect();
        Self { lagging, quarter }
    }

    /// Whether a grid lies in a community that lags.
    pub fn lags(&self, grid: &str) -> bool {
        self.lagging.iter().any(|c| grid.starts_with(c.as_str()))
    }

    /// Whether a grid lies in the quarter that is out at work in the daytime.
    pub fn is_out_by_day(&self, grid: &str) -> bool {
        self.quarter.iter().any(|g| g == grid)
    }
}

/// Whether a door is that of a small house along a lane or street: neither in a compound nor in a village.
pub fn is_old_house(kind: HouseholdKind, address: &Address) -> bool {
    kind != HouseholdKind::Shop && address.stair.is_empty() && !address.place.ends_with(['组', '滩'])
}

/// Number of a text, the same on every machine.
pub fn hash(text: &str) -> u64 {
    text.bytes().fold(7, |h, b| mix(h ^ u64::from(b)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_story_has_two_lagging_communities_and_an_old_quarter_elsewhere() {
        let codes: Vec<String> = (0..40).map(|i| format!("350602001{:03}{:03}", i / 5 + 1, i % 5 + 1)).collect();
        let grids: Vec<GridFacts<'_>> = codes
            .iter()
            .enumerate()
            .map(|(i, code)| GridFacts { code, doors: 400, old: if (10..14).contains(&i) { 380 } else { 20 } })
            .collect();
        let story = Story::of(&grids, 1);
        assert_eq!(story, Story::of(&grids, 1));
        assert_eq!(codes.iter().filter(|c| story.is_out_by_day(c)).count(), 4);
        assert_eq!(codes.iter().filter(|c| story.lags(c)).count(), 10);
        assert!(!codes.iter().any(|c| story.lags(c) && story.is_out_by_day(c)));
    }
}
