//! Uses: what each block of the district becomes.

use super::layout::{Layout, Use};
use super::site::Site;
use super::{compounds, grounds, quarters, villages};
use crate::simulate::city::plan::Zone;
use crate::simulate::plane::holds;

/// Layout of a block inside the district.
pub fn block(site: &Site<'_>) -> Layout {
    let zone = site.plan.zone(site.middle);
    if site.plan.parks.iter().any(|&(p, _)| holds(&site.ring, p))
        && let Some(park) = grounds::ground(site, Use::Park)
    {
        return park;
    }
    if let Some(used) = other_use(site, zone)
        && let Some(layout) = grounds::ground(site, used)
    {
        return layout;
    }
    let built = match zone {
        Zone::Old => None,
        Zone::Towers => compounds::compound(site, true).or_else(|| compounds::compound(site, false)),
        Zone::Slabs => compounds::compound(site, false),
        Zone::Villages => Some(villages::village(site)),
    };
    built.unwrap_or_else(|| quarters::quarter(site))
}

/// Another use than homes, drawn for the block.
fn other_use(site: &Site<'_>, zone: Zone) -> Option<Use> {
    let mut dice = site.dice(0x5553);
    let uses = &site.plan.recipe.uses;
    let small = site.area_m2 < 5_000.0;
    let choices = match zone {
        Zone::Villages => vec![(Use::Works, uses.works), (Use::Wood, uses.wood), (Use::School, uses.school / 2.0)],
        Zone::Old => vec![(Use::PocketPark, uses.pocket_park), (Use::Market, uses.market * 0.6)],
        Zone::Towers | Zone::Slabs if small => vec![(Use::PocketPark, uses.pocket_park * 2.0)],
        Zone::Towers | Zone::Slabs => vec![
            (Use::School, uses.school),
            (Use::Market, uses.market),
            (Use::Clinic, uses.clinic),
            (Use::PocketPark, uses.pocket_park),
        ],
    };
    let mut roll = dice.share();
    choices.into_iter().find_map(|(used, share)| {
        roll -= share;
        (roll < 0.0).then_some(used)
    })
}
