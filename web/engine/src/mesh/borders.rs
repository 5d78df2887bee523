//! Outlines of areas: every stretch between two areas once, and none where a tile was merely cut.

use crate::draw::{NO_SLOT, Segment};
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use wangge_core::geometry::tile::EXTENT;

/// Collects the outlines of one level.
#[derive(Default)]
pub struct Borders {
    segments: Vec<Segment>,
    places: HashMap<([i16; 2], [i16; 2]), usize>,
}

impl Borders {
    /// Adds a closed ring, its end not repeated. A stretch another ring has already given is not drawn twice, but
    /// remembers the area on its other side.
    pub fn add(&mut self, ring: &[[i16; 2]], slot: u32) {
        for (from, to) in closed(ring) {
            if from == to || is_cut(from, to) {
                continue;
            }
            let key = if from <= to { (from, to) } else { (to, from) };
            match self.places.entry(key) {
                Entry::Occupied(place) => {
                    if let Some(segment) = self.segments.get_mut(*place.get()).filter(|s| s.slot != slot) {
                        segment.other = slot;
                    }
                }
                Entry::Vacant(place) => {
                    place.insert(self.segments.len());
                    self.segments.push(Segment { from, to, slot, other: NO_SLOT });
                }
            }
        }
    }

    /// The stretches.
    pub fn into_segments(self) -> Vec<Segment> {
        self.segments
    }
}

/// Neighbouring pairs of a ring, the closing one included.
pub fn closed(ring: &[[i16; 2]]) -> impl Iterator<Item = ([i16; 2], [i16; 2])> {
    ring.iter().copied().zip(ring.iter().copied().cycle().skip(1))
}

/// Whether a stretch runs along the edge of the tile's buffer, where clipping made it.
pub fn is_cut(from: [i16; 2], to: [i16; 2]) -> bool {
    let outside = |v: i16| v < 0 || i32::from(v) > EXTENT as i32;
    (from[0] == to[0] && outside(from[0])) || (from[1] == to[1] && outside(from[1]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stretch_between_two_areas_is_drawn_once_and_knows_both() {
        let mut borders = Borders::default();
        borders.add(&[[0, 0], [10, 0], [10, 10], [0, 10]], 1);
        borders.add(&[[10, 0], [20, 0], [20, 10], [10, 10]], 2);
        let segments = borders.into_segments();
        assert_eq!(segments.len(), 7);
        let shared: Vec<_> = segments.iter().filter(|s| s.other != NO_SLOT).collect();
        assert_eq!(shared.len(), 1);
        assert_eq!((shared[0].slot, shared[0].other), (1, 2));
    }

    #[test]
    fn the_cut_along_the_buffer_is_no_border() {
        let mut borders = Borders::default();
        borders.add(&[[-64, -64], [4160, -64], [4160, 4160], [-64, 4160]], 1);
        assert!(borders.into_segments().is_empty());
    }
}
