//! Shops: one behind every door that is used as one.

use super::building_of;
use crate::simulate::random::Dice;
use crate::simulate::recipe::Recipe;
use wangge_core::domain::household::{HouseholdKind, HouseholdRow};
use wangge_core::domain::shop::ShopRow;

/// Shops of a district, in the order of its doors. Names may stand twice, as on any street.
pub fn rows(doors: &[HouseholdRow], recipe: &Recipe, seed: u64) -> Vec<ShopRow> {
    let mut dice = Dice::new(seed, 0x5348_4F50);
    let names = &recipe.names;
    let shops = doors.iter().filter(|door| door.kind == HouseholdKind::Shop);
    let made = shops.enumerate().filter_map(|(at, door)| {
        let trade = dice.pick(&recipe.trades)?;
        let (first, second) = (dice.pick(&names.stems_first)?, dice.pick(&names.stems_second)?);
        Some(ShopRow {
            id: format!("shop-{:06}", at + 1),
            name: format!("{first}{second}{}", trade.ending),
            category: trade.category.clone(),
            at: door.at,
            household: Some(door.id.clone()),
            // A test reads every one of the recipe; one of four is not known, as in real files.
            hours: if dice.chance(0.75) { trade.hours.parse().unwrap_or_default() } else { Default::default() },
            address: format!("{}{}", building_of(&door.address), door.address.door),
        })
    });
    made.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use wangge_core::domain::OpeningHours;

    #[test]
    fn every_trade_of_the_recipe_says_when_it_is_open() {
        for trade in Recipe::built_in().unwrap().trades {
            let hours: OpeningHours = trade.hours.parse().unwrap_or_else(|e| panic!("{}: {e}", trade.category));
            assert_eq!(hours.to_string(), trade.hours, "{}", trade.category);
        }
    }
}
