//! The rule that puts a door into one grid: the grid whose polygon holds it, borders included; among several the one
//! with the lowest code. Its block is found the same way among the blocks of that grid.

use super::{area::Level, areas::Areas, households::Households};
use crate::geometry::locate::Locator;

/// Assigns the doors from `first` on; a door in no grid stays unassigned.
pub(super) fn assign_doors(areas: &Areas, households: &mut Households, first: u32) {
    let locator = |level: Level| {
        Locator::build(areas.iter().filter(|a| a.level == level).map(|a| (a.slot, a.code.as_str(), &a.geometry)))
    };
    let (grids, blocks) = (locator(Level::Grid), locator(Level::Block));
    for slot in first..households.len() as u32 {
        let at = households.at(slot);
        let grid = grids.locate(at);
        let block = grid
            .and_then(|grid| blocks.locate(at).filter(|block| areas.get(*block).and_then(|b| b.parent) == Some(grid)));
        households.assign(slot, grid, block);
    }
}
