//! The rule that puts a door into one grid: the grid whose polygon holds it, borders included; among several the one
//! with the lowest code. Its block is found the same way among the blocks of that grid. Areas that have ended hold no door.

use super::{area::Level, areas::Areas};
use crate::geometry::{locate::Locator, position::FixedPoint};

/// The areas of a district laid out for the rule.
pub(super) struct Assignment<'a> {
    areas: &'a Areas,
    grids: Locator,
    blocks: Locator,
}

impl<'a> Assignment<'a> {
    pub(super) fn by(areas: &'a Areas) -> Self {
        let locator = |level: Level| {
            Locator::build(areas.iter().filter(|a| a.level == level).map(|a| (a.slot, a.code.as_str(), &a.geometry)))
        };
        Self { areas, grids: locator(Level::Grid), blocks: locator(Level::Block) }
    }

    /// Grid and block that hold a position.
    pub(super) fn of(&self, at: FixedPoint) -> (Option<u32>, Option<u32>) {
        let grid = self.grids.locate(at);
        let in_grid = |block: &u32| self.areas.get(*block).and_then(|b| b.parent) == grid;
        let block = grid.and_then(|_| self.blocks.locate(at).filter(in_grid));
        (grid, block)
    }
}
