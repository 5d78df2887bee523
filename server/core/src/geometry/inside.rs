//! Where a position lies to polygons: inside, on the border or outside, in exact integer arithmetic.

use super::exact::{edges, turn};
use super::position::FixedPoint;
use super::shape::{FixedBox, MultiPolygon, Polygon};

/// Where a position lies to polygons.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Inside, on no ring.
    Inside,
    /// On a ring, that of a hole included.
    Border,
    /// Outside, or in a hole.
    Outside,
}

/// Counts how often a ray from a position crosses edges, and sees when the position is on one of them.
struct Ray {
    from: FixedPoint,
    crossings: u32,
}

impl Ray {
    /// Takes one edge in; true when the position lies on it.
    fn meets(&mut self, a: FixedPoint, b: FixedPoint) -> bool {
        let p = self.from;
        let (top, low) = if a.y <= b.y { (a, b) } else { (b, a) };
        if p.y < top.y || p.y > low.y || p.x > a.x.max(b.x) {
            return false;
        }
        let west = p.x < a.x.min(b.x);
        if top.y == low.y {
            return !west;
        }
        // Positive means west of the edge.
        let side = if west { 1 } else { turn(top, low, p) };
        // Half-open in y, so that a ray through a corner counts it once.
        if side > 0 && p.y < low.y {
            self.crossings += 1;
        }
        side == 0
    }

    fn place(&self) -> Place {
        if self.crossings % 2 == 1 { Place::Inside } else { Place::Outside }
    }
}

/// Where a position lies to polygons; costs one look at every edge. For many positions build [`EdgeBands`].
pub fn place(polygons: &[Polygon], p: FixedPoint) -> Place {
    let mut ray = Ray { from: p, crossings: 0 };
    for (a, b) in polygons.iter().flat_map(Polygon::rings).flat_map(|ring| edges(ring)) {
        if ray.meets(a, b) {
            return Place::Border;
        }
    }
    ray.place()
}

/// Edges a band aims to hold.
const EDGES_A_BAND: usize = 4;

/// The edges of polygons laid out in horizontal bands, so that a position is tested against the few at its height.
#[derive(Debug, Clone)]
pub struct EdgeBands {
    bounds: Option<FixedBox>,
    /// Units of y a band.
    height: u64,
    /// Where each band begins in `edges`; one more than there are bands.
    starts: Vec<u32>,
    edges: Vec<(FixedPoint, FixedPoint)>,
}

impl EdgeBands {
    /// Bands over the edges of polygons, at most a few times as many entries as there are edges.
    pub fn build(polygons: &MultiPolygon) -> Self {
        let all: Vec<_> = polygons.iter().flat_map(Polygon::rings).flat_map(|ring| edges(ring)).collect();
        let Some(bounds) = FixedBox::around(all.iter().map(|(a, _)| a)) else {
            return Self { bounds: None, height: 1, starts: vec![0], edges: Vec::new() };
        };
        let span = u64::from(bounds.max.y - bounds.min.y) + 1;
        // Tall edges stand in many bands, so the bands are limited by the entries they would make, too.
        let tall: u64 = all.iter().map(|(a, b)| u64::from(a.y.abs_diff(b.y))).sum();
        let wanted = (all.len() / EDGES_A_BAND).max(1) as u64;
        let affordable = (4 * all.len() as u64 * span).checked_div(tall).unwrap_or(wanted).max(1);
        let bands = wanted.min(affordable).min(span);
        let height = span.div_ceil(bands);
        let bands = span.div_ceil(height) as usize;

        let band = |y: u32| (u64::from(y - bounds.min.y) / height) as usize;
        let reach = |(a, b): &(FixedPoint, FixedPoint)| band(a.y.min(b.y))..=band(a.y.max(b.y));
        let mut starts = vec![0u32; bands + 1];
        for edge in &all {
            for b in reach(edge) {
                starts[b + 1] += 1;
            }
        }
        for b in 0..bands {
            starts[b + 1] += starts[b];
        }
        let mut next = starts.clone();
        let mut laid = vec![all[0]; starts[bands] as usize];
        for edge in &all {
            for b in reach(edge) {
                laid[next[b] as usize] = *edge;
                next[b] += 1;
            }
        }
        Self { bounds: Some(bounds), height, starts, edges: laid }
    }

    /// Smallest box around the polygons; none when they have no edge.
    pub fn bounds(&self) -> Option<FixedBox> {
        self.bounds
    }

    /// Where a position lies to the polygons.
    pub fn place(&self, p: FixedPoint) -> Place {
        let Some(bounds) = self.bounds.filter(|b| b.meets(FixedBox { min: p, max: p })) else {
            return Place::Outside;
        };
        let band = (u64::from(p.y - bounds.min.y) / self.height) as usize;
        let mut ray = Ray { from: p, crossings: 0 };
        for &(a, b) in &self.edges[self.starts[band] as usize..self.starts[band + 1] as usize] {
            if ray.meets(a, b) {
                return Place::Border;
            }
        }
        ray.place()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::shape::Ring;
    use proptest::prelude::*;

    fn ring(points: &[(u32, u32)]) -> Ring {
        points.iter().map(|&(x, y)| FixedPoint { x, y }).collect()
    }

    fn square_with_hole() -> MultiPolygon {
        vec![Polygon {
            outer: ring(&[(10, 10), (30, 10), (30, 30), (10, 30)]),
            holes: vec![ring(&[(15, 15), (15, 25), (25, 25), (25, 15)])],
        }]
    }

    #[test]
    fn borders_of_outer_ring_and_hole_are_border() {
        let shape = square_with_hole();
        let at = |x, y| place(&shape, FixedPoint { x, y });
        assert_eq!(at(12, 12), Place::Inside);
        assert_eq!(at(20, 20), Place::Outside);
        assert_eq!(at(10, 20), Place::Border);
        assert_eq!(at(30, 30), Place::Border);
        assert_eq!(at(15, 20), Place::Border);
        assert_eq!(at(20, 15), Place::Border);
        assert_eq!(at(9, 30), Place::Outside);
        assert_eq!(at(31, 10), Place::Outside);
    }

    proptest! {
        #[test]
        fn bands_agree_with_a_look_at_every_edge(corners in prop::collection::vec((0u32..40, 0u32..40), 3..30)) {
            // Even-odd needs no valid ring, so any closed chain is a fair trial.
            let shape = vec![Polygon { outer: ring(&corners), holes: Vec::new() }];
            let bands = EdgeBands::build(&shape);
            for x in 0..42 {
                for y in 0..42 {
                    let p = FixedPoint { x, y };
                    prop_assert_eq!(bands.place(p), place(&shape, p));
                }
            }
        }
    }
}
