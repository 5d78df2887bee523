//! Rows of doors: where each is on the map, its address, who it is for.

use super::fill::floor_of;
use super::numbers::HouseNumber;
use crate::simulate::blocks::layout::{BuildingKind, Layout, Stair, Use};
use crate::simulate::plane::Spot;
use crate::simulate::random::Dice;
use crate::simulate::roads::Roads;
use wangge_core::domain::household::{Address, HouseholdKind, HouseholdRow};

/// A block as its doors need it.
pub struct DoorBlock<'a> {
    /// What ids begin with: the grid's code.
    pub prefix: &'a str,
    /// Number of the first door.
    pub first: u32,
    /// Name of the block, for compounds, villages and markets.
    pub place: &'a str,
    /// What stands on it.
    pub layout: &'a Layout,
    /// Doors of each stair.
    pub counts: &'a [Vec<u32>],
    /// House numbers.
    pub numbers: &'a [HouseNumber],
}

/// Doors of a block, in the order one walks them: building by building, stair by stair, floor by floor.
pub fn rows(block: &DoorBlock<'_>, roads: &Roads, dice: &mut Dice) -> Vec<HouseholdRow> {
    let mut out = Vec::new();
    let order = walking_order(block);
    for index in order {
        let building = &block.layout.buildings[index];
        let HouseNumber { street, number } = block.numbers[index];
        let counts = &block.counts[index];
        let homes = building.stairs.iter().filter(|s| !s.shops).count();
        let doors_in_building: u32 = counts.iter().sum();
        for (k, (stair, &count)) in building.stairs.iter().zip(counts).enumerate() {
            for door in 0..count {
                let (floor, on_floor) = floor_of(stair, door, count);
                let kind = kind(block.layout.used, stair, dice);
                let address = match building.kind {
                    BuildingKind::Flats => Address {
                        place: block.place.to_owned(),
                        building: format!("{number}号楼"),
                        stair: format!("{}单元", k + 1),
                        floor: floor as i16,
                        door: format!("{floor}{on_floor:02}"),
                    },
                    BuildingKind::Street | BuildingKind::Village | BuildingKind::Public => Address {
                        place: street
                            .and_then(|s| roads.streets.get(s as usize))
                            .map_or(block.place, |s| &s.name)
                            .to_owned(),
                        building: format!("{number}号"),
                        stair: if homes > 1 && !stair.shops {
                            format!("{}单元", k + 1 - (building.stairs.len() - homes))
                        } else {
                            String::new()
                        },
                        floor: floor as i16,
                        door: match doors_in_building {
                            1 => String::new(),
                            _ if stair.shops => format!("店{}", door + 1),
                            _ => format!("{floor}{on_floor:02}"),
                        },
                    },
                    BuildingKind::Market => Address {
                        place: block.place.to_owned(),
                        building: format!("{number}号厅"),
                        stair: String::new(),
                        floor: floor as i16,
                        door: format!("{}号摊", door + 1),
                    },
                };
                out.push(HouseholdRow {
                    id: format!("{}-{:04}", block.prefix, block.first + out.len() as u32),
                    at: place_in(stair, door, count).fixed(),
                    kind,
                    residents: residents(kind, dice),
                    address,
                });
            }
        }
    }
    out
}

/// Buildings in the order one walks: streets by number, then compounds and villages by number.
fn walking_order(block: &DoorBlock<'_>) -> Vec<usize> {
    let mut order: Vec<usize> = (0..block.layout.buildings.len()).collect();
    order.sort_by_key(|&i| {
        let HouseNumber { street, number } = block.numbers[i];
        (street.unwrap_or(u32::MAX), number % 2 * u32::from(street.is_some()), number, i)
    });
    order
}

/// Where a door is shown: the doors of a stair in even rows over its ground, floor by floor, each a dot of its own.
fn place_in(stair: &Stair, door: u32, count: u32) -> Spot {
    let aspect = stair.width_m / stair.depth_m.max(0.1);
    let columns = ((f64::from(count) * aspect).sqrt().ceil().max(1.0) as u32).min(count);
    let lines = count.div_ceil(columns);
    let (column, line) = (door % columns, door / columns);
    let share = |i: u32, n: u32| (f64::from(i) + 0.5) / f64::from(n);
    stair.corner
        + stair.along * (stair.width_m * share(column, columns))
        + stair.along.right() * (stair.depth_m * share(line, lines))
}

fn kind(used: Use, stair: &Stair, dice: &mut Dice) -> HouseholdKind {
    let let_share = match used {
        Use::Old => 0.36,
        Use::Village | Use::Huts => 0.3,
        Use::Towers => 0.14,
        _ => 0.22,
    };
    if stair.shops {
        HouseholdKind::Shop
    } else if dice.chance(let_share) {
        HouseholdKind::Rental
    } else {
        HouseholdKind::Home
    }
}

fn residents(kind: HouseholdKind, dice: &mut Dice) -> u16 {
    let among: &[u16] = match kind {
        HouseholdKind::Home => &[1, 2, 2, 3, 3, 3, 3, 4, 4, 5, 6],
        HouseholdKind::Rental => &[1, 1, 2, 2, 3, 4],
        HouseholdKind::Shop => &[0, 0, 0, 0, 1, 2],
    };
    dice.pick(among).copied().unwrap_or(1)
}
