//! Where the nodes lie that something needs.

use super::blocks;
use crate::table::{shape::Position, source::TableError};
use osmpbf::Element;
use std::path::Path;

/// No node lies there.
const MISSING: [i32; 2] = [i32::MIN; 2];

/// Positions by node, 16 bytes each.
pub(super) struct Nodes {
    ids: Vec<i64>,
    /// Longitude and latitude in ten-millionths of a degree, as the format keeps them.
    at: Vec<[i32; 2]>,
}

impl Nodes {
    /// Looks the nodes up in a file.
    pub(super) fn find(path: &Path, mut ids: Vec<i64>) -> Result<Self, TableError> {
        ids.sort_unstable();
        ids.dedup();
        let mut at = vec![MISSING; ids.len()];
        blocks::each(path, |block| {
            for element in block.elements() {
                let (id, position) = match &element {
                    Element::Node(node) => (node.id(), [node.decimicro_lon(), node.decimicro_lat()]),
                    Element::DenseNode(node) => (node.id(), [node.decimicro_lon(), node.decimicro_lat()]),
                    _ => continue,
                };
                if let Ok(place) = ids.binary_search(&id) {
                    at[place] = position;
                }
            }
            Ok(())
        })?;
        Ok(Self { ids, at })
    }

    /// Longitude and latitude of a node, degrees; none when the file does not have it.
    pub(super) fn position(&self, id: i64) -> Option<Position> {
        let at = *self.at.get(self.ids.binary_search(&id).ok()?)?;
        (at != MISSING).then(|| at.map(|number| f64::from(number) / 1e7))
    }

    /// Positions of a closed way.
    ///
    /// # Errors
    /// What is wrong, for the row: it is not closed, or nodes are missing.
    pub(super) fn ring(&self, refs: &[i64]) -> Result<Vec<Position>, String> {
        if refs.len() < 4 || refs.first() != refs.last() {
            return Err(format!("has {} nodes and does not end where it begins; an area is closed", refs.len()));
        }
        let ring: Vec<Position> = refs.iter().filter_map(|node| self.position(*node)).collect();
        if ring.len() == refs.len() {
            Ok(ring)
        } else {
            Err(format!("has {} of its {} nodes in the file; an area needs all", ring.len(), refs.len()))
        }
    }
}
