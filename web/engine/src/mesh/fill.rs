//! Triangles of polygons, by ear cutting.

use crate::draw::FillVertex;
use earcut::Earcut;

/// Turns polygons into triangles; keeps its memory between polygons.
pub struct Triangulator {
    earcut: Earcut<f64>,
    triangles: Vec<u32>,
    holes: Vec<u32>,
}

impl Triangulator {
    /// One without memory yet.
    pub fn new() -> Self {
        Self { earcut: Earcut::new(), triangles: Vec::new(), holes: Vec::new() }
    }

    /// Adds the triangles of a polygon: rings in tile units, the outer one first, none with a repeated end.
    /// Rings of fewer than three positions, and what has no area, give none.
    pub fn add(&mut self, rings: &[Vec<[i16; 2]>], slot: u32, vertices: &mut Vec<FillVertex>, indices: &mut Vec<u32>) {
        if rings.first().is_none_or(|outer| outer.len() < 3) {
            return;
        }
        self.holes.clear();
        let mut count = 0;
        for (place, ring) in rings.iter().enumerate() {
            if place > 0 {
                self.holes.push(count);
            }
            count += ring.len() as u32;
        }
        let corners = rings.iter().flatten();
        let data = corners.clone().map(|[x, y]| [f64::from(*x), f64::from(*y)]);
        self.earcut.earcut(data, &self.holes, &mut self.triangles);
        if self.triangles.is_empty() {
            return;
        }
        let base = vertices.len() as u32;
        vertices.extend(corners.map(|at| FillVertex { at: *at, slot }));
        indices.extend(self.triangles.iter().map(|i| base + i));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn doubled_area(vertices: &[FillVertex], indices: &[u32]) -> i64 {
        indices
            .chunks(3)
            .map(|t| {
                let [a, b, c] = [0, 1, 2].map(|i| vertices[t[i] as usize].at.map(i64::from));
                ((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])).abs()
            })
            .sum()
    }

    #[test]
    fn triangles_cover_the_polygon_without_its_hole() {
        let square = |min: i16, max: i16| vec![[min, min], [max, min], [max, max], [min, max]];
        let (mut vertices, mut indices) = (Vec::new(), Vec::new());
        let rings = [square(0, 100), square(40, 60)];
        Triangulator::new().add(&rings, 7, &mut vertices, &mut indices);
        assert_eq!(doubled_area(&vertices, &indices), 2 * (100 * 100 - 20 * 20));
        assert!(vertices.iter().all(|v| v.slot == 7));
    }

    #[test]
    fn what_has_no_area_gives_no_triangles() {
        for ring in [vec![], vec![[0, 0], [5, 5]], vec![[0, 0], [5, 5], [9, 9]]] {
            let (mut vertices, mut indices) = (Vec::new(), Vec::new());
            Triangulator::new().add(&[ring], 1, &mut vertices, &mut indices);
            assert!(indices.is_empty());
        }
    }
}
