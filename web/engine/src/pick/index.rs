//! Areas and doors of one tile, to be asked by place.

use crate::draw::{Dot, FillVertex, Group, TileMesh};
use wangge_core::domain::area::Level;

/// The parts of a tile's mesh that can be picked.
#[derive(Debug, Clone, Default)]
pub struct PickIndex {
    vertices: Vec<FillVertex>,
    areas: Vec<(Level, Vec<u32>)>,
    doors: Vec<Dot>,
    first_door: u32,
}

impl PickIndex {
    /// Copies what can be picked from a mesh. Area fills come first in its arrays.
    pub fn of(mesh: &TileMesh) -> Self {
        let run = |first: u32, count: u32| first as usize..(first + count) as usize;
        let areas: Vec<(Level, Vec<u32>)> = mesh
            .fills
            .iter()
            .filter_map(|part| {
                let indices = mesh.indices.get(run(part.first, part.count))?;
                Some((part.group.filled_level()?, indices.to_vec()))
            })
            .collect();
        let corners = areas.iter().flat_map(|(_, indices)| indices).max().map_or(0, |last| *last as usize + 1);
        let doors = mesh.points.iter().find(|part| part.group == Group::DOORS);
        Self {
            vertices: mesh.vertices.get(..corners).map(<[_]>::to_vec).unwrap_or_default(),
            areas,
            first_door: doors.map_or(0, |part| part.first),
            doors: doors.and_then(|p| mesh.dots.get(run(p.first, p.count))).map(<[_]>::to_vec).unwrap_or_default(),
        }
    }

    /// Bytes it keeps.
    pub fn byte_len(&self) -> usize {
        let indices: usize = self.areas.iter().map(|(_, indices)| size_of_val(&**indices)).sum();
        size_of_val(&*self.vertices) + size_of_val(&*self.doors) + indices
    }

    /// Areas that hold a place in tile units, largest level first; a place on a border is in both.
    pub fn areas_at(&self, x: f64, y: f64) -> Vec<(Level, u32)> {
        let mut found = Vec::new();
        for (level, indices) in &self.areas {
            for triangle in indices.chunks_exact(3) {
                let corner = |i: usize| self.vertices.get(triangle[i] as usize);
                let (Some(a), Some(b), Some(c)) = (corner(0), corner(1), corner(2)) else { continue };
                if holds([a.at, b.at, c.at], x, y) && !found.contains(&(*level, a.slot)) {
                    found.push((*level, a.slot));
                }
            }
        }
        found
    }

    /// Doors within a distance of a place, tile units, with the square of their distance.
    pub fn doors_near(&self, x: f64, y: f64, radius: f64) -> Vec<(f64, u32)> {
        let near = |dot: &Dot| {
            let (dx, dy) = (f64::from(dot.at[0]) - x, f64::from(dot.at[1]) - y);
            let squared = dx * dx + dy * dy;
            (squared <= radius * radius).then_some((squared, dot.slot))
        };
        self.doors.iter().filter_map(near).collect()
    }

    /// Place of a door among the mesh's dots.
    pub fn dot_of_door(&self, slot: u32) -> Option<u32> {
        self.doors.iter().position(|dot| dot.slot == slot).map(|place| self.first_door + place as u32)
    }
}

fn holds(corners: [[i16; 2]; 3], x: f64, y: f64) -> bool {
    let side = |a: [i16; 2], b: [i16; 2]| {
        let (ax, ay, bx, by) = (f64::from(a[0]), f64::from(a[1]), f64::from(b[0]), f64::from(b[1]));
        (bx - ax) * (y - ay) - (by - ay) * (x - ax)
    };
    let [a, b, c] = corners;
    let sides = [side(a, b), side(b, c), side(c, a)];
    sides.iter().all(|s| *s >= 0.0) || sides.iter().all(|s| *s <= 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draw::Part;

    fn index() -> PickIndex {
        let square = |min: i16, max: i16, slot| {
            [[min, min], [max, min], [max, max], [min, max]].map(|at| FillVertex { at, slot })
        };
        PickIndex::of(&TileMesh {
            vertices: [square(0, 100, 1), square(50, 100, 2)].concat(),
            indices: vec![0, 1, 2, 0, 2, 3, 4, 5, 6, 4, 6, 7],
            dots: vec![Dot { at: [0, 0], slot: 99 }, Dot { at: [10, 10], slot: 5 }, Dot { at: [13, 14], slot: 6 }],
            fills: vec![
                Part { group: Group::area_fill(Level::Community), first: 0, count: 6 },
                Part { group: Group::area_fill(Level::Grid), first: 6, count: 6 },
            ],
            points: vec![
                Part { group: Group(28), first: 0, count: 1 },
                Part { group: Group::DOORS, first: 1, count: 2 },
            ],
            ..TileMesh::default()
        })
    }

    #[test]
    fn a_place_lies_in_the_areas_around_it_and_in_no_other() {
        assert_eq!(index().areas_at(75.0, 60.0), [(Level::Community, 1), (Level::Grid, 2)]);
        assert_eq!(index().areas_at(20.0, 60.0), [(Level::Community, 1)]);
        assert!(index().areas_at(101.0, 60.0).is_empty());
    }

    #[test]
    fn doors_are_found_by_distance_and_by_slot() {
        assert_eq!(index().doors_near(10.0, 10.0, 4.0), [(0.0, 5)]);
        assert_eq!(index().doors_near(10.0, 10.0, 5.0), [(0.0, 5), (25.0, 6)]);
        assert_eq!(index().dot_of_door(6), Some(2));
        assert_eq!(index().dot_of_door(99), None, "a gate is no door");
    }
}
