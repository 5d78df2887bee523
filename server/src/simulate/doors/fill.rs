//! Filling: exactly so many doors on the stairs of a block.

use crate::simulate::blocks::layout::{BuildingKind, Layout, Stair};

/// Doors of each stair, by building and stair, `total` in all as far as the block can be given that many.
///
/// With many fewer doors than usual, buildings at the end stay without homes rather than all becoming low.
pub fn fill(layout: &mut Layout, total: u32) -> Vec<Vec<u32>> {
    let mut shops = layout.stairs().filter(|s| s.shops).map(Stair::doors).sum::<u32>().min(total);
    let homes_most: u32 = layout.stairs().filter(|s| !s.shops).map(Stair::most).sum();
    if total - shops > homes_most {
        shops = total - homes_most;
    }
    let homes = total - shops;
    let usual: u32 = layout.stairs().filter(|s| !s.shops).map(Stair::doors).sum();
    let low = f64::from(homes) < f64::from(usual) * 0.6;
    let aim = if low { 0.8 } else { f64::from(homes) / f64::from(usual.max(1)) };
    let mut counts: Vec<Vec<u32>> = layout.buildings.iter().map(|b| vec![0; b.stairs.len()]).collect();
    for (wanted_shops, amount) in [(true, shops), (false, homes)] {
        let places: Vec<(usize, usize)> = layout
            .buildings
            .iter()
            .enumerate()
            .flat_map(|(b, building)| (0..building.stairs.len()).map(move |s| (b, s)))
            .filter(|&(b, s)| layout.buildings[b].stairs[s].shops == wanted_shops)
            .collect();
        let stair = |&(b, s): &(usize, usize)| &layout.buildings[b].stairs[s];
        let mut left = amount;
        for place in &places {
            let s = stair(place);
            let share = if wanted_shops { 1.0 } else { aim };
            let floors = (f64::from(s.floors) * share).round().max(1.0) as u32;
            let doors = (floors * u32::from(s.per_floor)).min(s.most()).min(left);
            counts[place.0][place.1] = doors;
            left -= doors;
        }
        // What is left goes on a floor at a time, then door by door.
        while left > 0 {
            let before = left;
            for place in &places {
                let s = stair(place);
                let count = &mut counts[place.0][place.1];
                let step = u32::from(s.per_floor).min(s.most() - *count).min(left);
                *count += step;
                left -= step;
            }
            if left == before {
                break;
            }
        }
    }
    for (building, counts) in layout.buildings.iter_mut().zip(&counts) {
        if counts.iter().all(|&c| c == 0) {
            building.kind = BuildingKind::Public;
        }
    }
    counts
}

/// Floor and place on the floor of door `index` among `count` doors of a stair.
pub fn floor_of(stair: &Stair, index: u32, count: u32) -> (u16, u16) {
    let floors = u32::from(stair.most_floors).max(1);
    let per_floor = u32::from(stair.per_floor).max(count.div_ceil(floors)).max(1);
    (stair.first_floor + (index / per_floor) as u16, (index % per_floor) as u16 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::simulate::blocks::frame::{Frame, Rect};
    use crate::simulate::blocks::layout::{Building, Use};
    use crate::simulate::plane::spot;

    fn block() -> Layout {
        let mut layout = Layout::empty(Use::Slabs);
        let frame = Frame::new(spot(1.0, 0.0));
        for i in 0..4 {
            let rect = Rect::around(f64::from(i) * 50.0, 0.0, 40.0, 12.0);
            let stair = Stair { floors: 6, most_floors: 9, per_floor: 2, ..Stair::over(frame, rect.grown(-1.0)) };
            let shop = Stair { per_floor: 5, shops: true, ..Stair::over(frame, rect.grown(-1.0)) };
            layout.buildings.push(Building {
                ring: rect.corners().to_vec(),
                kind: BuildingKind::Flats,
                stairs: if i == 0 { vec![stair, shop] } else { vec![stair] },
            });
        }
        layout
    }

    #[test]
    fn a_block_gets_exactly_the_doors_it_is_to_have() {
        for total in 0..=block().most() {
            let mut layout = block();
            let counts = fill(&mut layout, total);
            assert_eq!(counts.iter().flatten().sum::<u32>(), total);
            for (building, counts) in layout.buildings.iter().zip(&counts) {
                for (stair, &count) in building.stairs.iter().zip(counts) {
                    assert!(count <= stair.most());
                    if count > 0 {
                        assert!(floor_of(stair, count - 1, count).0 < stair.first_floor + stair.most_floors);
                    }
                }
            }
        }
    }
}
