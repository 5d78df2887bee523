//! Polygons around faces: the way back from an arrangement to shapes.

use super::nest::{join, root};
use super::{Arrangement, Face, HalfEdge, twin};
use crate::geometry::exact::doubled_area;
use crate::geometry::position::FixedPoint;
use crate::geometry::shape::{MultiPolygon, Polygon, Ring};
use std::collections::{BTreeMap, HashMap, HashSet};

impl Arrangement {
    /// Groups of faces joined by edges: faces whose key is the same and none of them [`None`].
    ///
    /// Faces of a group ascend, groups are in the order of their first faces.
    pub fn regions<K: PartialEq>(&self, key: impl Fn(Face) -> Option<K>) -> Vec<Vec<Face>> {
        let keys: Vec<Option<K>> = (0..self.len()).map(key).collect();
        let chosen: Vec<Face> = (0..self.len()).filter(|face| keys[*face as usize].is_some()).collect();
        self.connected(&chosen, |a, b| keys[a as usize] == keys[b as usize])
    }

    /// Groups of some faces, given ascending, that are joined by edges between faces of which this is true.
    pub fn connected(&self, faces: &[Face], alike: impl Fn(Face, Face) -> bool) -> Vec<Vec<Face>> {
        let numbers: HashMap<Face, u32> = faces.iter().copied().zip(0u32..).collect();
        let mut joined: Vec<u32> = (0..faces.len() as u32).collect();
        for (face, number) in faces.iter().zip(0u32..) {
            for half in self.around(*face) {
                let beyond = self.face(twin(*half));
                if let Some(other) = numbers.get(&beyond).filter(|_| alike(*face, beyond)) {
                    join(&mut joined, number, *other);
                }
            }
        }
        let mut groups: BTreeMap<u32, Vec<Face>> = BTreeMap::new();
        for (face, number) in faces.iter().zip(0u32..) {
            groups.entry(root(&mut joined, number)).or_default().push(*face);
        }
        groups.into_values().collect()
    }

    /// Polygons around faces; valid ones, with every position at which edges meet there.
    ///
    /// Rings run as [`shape`](crate::geometry::shape) says, and polygons are in the order of their least positions. The face
    /// without bounds must not be among them.
    pub fn outline(&self, faces: &[Face]) -> MultiPolygon {
        let mut faces = faces.to_vec();
        faces.sort_unstable();
        faces.dedup();
        let mut polygons: MultiPolygon =
            self.connected(&faces, |_, _| true).iter().filter_map(|piece| self.around_piece(piece)).collect();
        polygons.sort_by(|p, q| p.outer.cmp(&q.outer));
        polygons
    }

    /// The polygon around faces joined by edges: one ring of theirs turns left, and the others are holes.
    fn around_piece(&self, faces: &[Face]) -> Option<Polygon> {
        let inside: HashSet<Face> = faces.iter().copied().collect();
        let border = |half: &HalfEdge| !inside.contains(&self.face(twin(*half)));
        let mut walked: HashSet<HalfEdge> = HashSet::new();
        let mut rings = Vec::new();
        for first in faces.iter().flat_map(|face| self.around(*face)).copied().filter(border) {
            let mut walk = Vec::new();
            let mut half = first;
            while walked.insert(half) {
                walk.push(self.origin(half));
                half = self.next(half);
                // Over the edges inside, around the position, to the next edge of the border.
                while !border(&half) {
                    half = self.next(twin(half));
                }
            }
            split_where_met(walk, &mut rings);
        }
        rings.iter_mut().for_each(begin_at_least);
        let (outer, mut holes): (Vec<Ring>, Vec<Ring>) = rings.into_iter().partition(|ring| doubled_area(ring) > 0);
        holes.sort();
        outer.into_iter().next().map(|outer| Polygon { outer, holes })
    }
}

/// A closed walk as rings that pass every position once.
fn split_where_met(walk: Vec<FixedPoint>, rings: &mut Vec<Ring>) {
    let mut open: Vec<FixedPoint> = Vec::new();
    let mut places: HashMap<FixedPoint, usize> = HashMap::new();
    for p in walk {
        if let Some(start) = places.get(&p).copied() {
            let ring = open.split_off(start);
            ring.iter().for_each(|q| {
                places.remove(q);
            });
            rings.push(ring);
        }
        places.insert(p, open.len());
        open.push(p);
    }
    if !open.is_empty() {
        rings.push(open);
    }
}

/// Turns a ring so that it begins at its least position.
fn begin_at_least(ring: &mut Ring) {
    if let Some(start) = (0..ring.len()).min_by_key(|i| ring[*i]) {
        ring.rotate_left(start);
    }
}
