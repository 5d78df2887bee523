//! Posts of every grid: a grid member, a community police officer and one to three teams. Badges are invented.

use crate::simulate::random::Dice;
use crate::simulate::recipe::Recipe;
use std::collections::HashMap;
use wangge_core::domain::area::{AreaRow, Level};
use wangge_core::domain::staffing::{StaffRole, StaffingRow};

/// First day of every post.
const SINCE: &str = "2026-01-01";

/// Posts of a district's grids, grid by grid.
pub fn rows(areas: &[AreaRow], recipe: &Recipe, seed: u64) -> Vec<StaffingRow> {
    let mut dice = Dice::new(seed, 0x5354_4146);
    let mut officers: HashMap<&str, usize> = HashMap::new();
    let mut out = Vec::new();
    for (at, grid) in areas.iter().filter(|area| area.level == Level::Grid).enumerate() {
        let mut add = |post: &str, role, holder: String| {
            let (id, grid) = (format!("{}/{post}", grid.code), grid.code.clone());
            out.push(StaffingRow { id, grid, role, holder, starts_on: Some(SINCE.to_owned()), ends_on: None });
        };
        add("grid_member", StaffRole::GridMember, format!("W-{:04}", at + 1));
        // One officer looks after a community, and so after all of its grids.
        let known = officers.len() + 1;
        let officer = *officers.entry(grid.parent.as_deref().unwrap_or_default()).or_insert(known);
        add("police", StaffRole::Police, format!("03{officer:04}"));
        for team in 1..=1 + dice.below(3) {
            add(&format!("team-{team}"), StaffRole::Team, format!("T{:03}", dice.below(recipe.teams) + 1));
        }
    }
    out
}
