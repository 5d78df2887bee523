//! Which area holds a position.

use super::index::BoxIndex;
use super::inside::{EdgeBands, Place};
use super::position::FixedPoint;
use super::shape::MultiPolygon;

/// Areas laid out for many questions of the kind "which one holds this position".
#[derive(Debug, Clone, Default)]
pub struct Locator {
    /// Slots and edges in the order of codes, so that the lowest number is the lowest code.
    areas: Vec<(u32, EdgeBands)>,
    boxes: BoxIndex,
}

impl Locator {
    /// Takes the areas to choose from: slot, code and polygons.
    pub fn build<'a>(areas: impl Iterator<Item = (u32, &'a str, &'a MultiPolygon)>) -> Self {
        let mut areas: Vec<_> = areas.collect();
        areas.sort_by(|a, b| (a.1, a.0).cmp(&(b.1, b.0)));
        let areas: Vec<_> = areas.into_iter().map(|(slot, _, shape)| (slot, EdgeBands::build(shape))).collect();
        let boxes = (0u32..).zip(&areas).filter_map(|(rank, (_, edges))| Some((rank, edges.bounds()?))).collect();
        Self { boxes: BoxIndex::build(boxes), areas }
    }

    /// Slot of the area that holds a position, its border included; among several the one with the lowest code.
    ///
    /// Exact: no position is in two areas that share an arc but for the rule, and none is lost between them.
    pub fn locate(&self, p: FixedPoint) -> Option<u32> {
        let mut lowest = u32::MAX;
        for rank in self.boxes.holding(p) {
            if rank < lowest && self.areas[rank as usize].1.place(p) != Place::Outside {
                lowest = rank;
            }
        }
        self.areas.get(lowest as usize).map(|area| area.0)
    }
}
