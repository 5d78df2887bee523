//! The plane divided by the borders of shapes: faces, and which shapes cover each of them.
//!
//! Overlaps, gaps, what a child has outside its parent and how two sets of areas cross are all questions about faces.
//! Positions stay on the grid: borders nearer than about half a unit (5 mm) become one, so what is thinner is no face.

mod cells;
mod cut;
mod meetings;
mod members;
mod nest;
mod outline;
mod pixel;

pub use meetings::Tangle;

use super::super::exact::{around_point, cross};
use super::super::position::FixedPoint;
use super::super::shape::{MultiPolygon, Polygon};
use cut::{Cut, Use};
use members::Members;

/// Number of a face; 0 is the one without bounds.
pub type Face = u32;
/// Number of an edge in one of its two directions; its lowest bit tells them apart.
pub type HalfEdge = u32;

/// The other direction of an edge.
pub fn twin(half: HalfEdge) -> HalfEdge {
    half ^ 1
}

/// Faces made by the borders of shapes.
#[derive(Debug)]
pub struct Arrangement {
    cut: Cut,
    /// The next half-edge around the same face.
    next: Vec<HalfEdge>,
    /// The face to the left of each half-edge, with x east and y counted as up.
    face: Vec<Face>,
    /// Every half-edge, by the position it starts from, then by angle.
    spokes: Vec<HalfEdge>,
    /// Where the half-edges of each face begin in `around`; one more than there are faces.
    starts: Vec<u32>,
    around: Vec<HalfEdge>,
    members: Members,
}

impl Arrangement {
    /// Faces of shapes; a shape covers what its rings go around an odd number of times.
    ///
    /// The shapes may overlap, cross themselves and touch; those that make too much work (see [`Self::tangles`]) are left
    /// out. Costs n log n for n positions and as many meetings of borders.
    pub fn build(shapes: &[&MultiPolygon]) -> Self {
        let rings = (0u32..)
            .zip(shapes)
            .flat_map(|(label, shape)| shape.iter().flat_map(Polygon::rings).map(move |ring| (label, ring)));
        let ways = rings.flat_map(|(label, ring)| {
            super::super::exact::edges(ring).filter_map(move |(a, b)| Use::way(a, b, label, 1))
        });
        Self::of(cut::cut(ways.collect(), shapes.len()))
    }

    fn of(cut: Cut) -> Self {
        let halves = 2 * cut.edges.len() as u32;
        let mut arrangement = Self {
            next: vec![0; halves as usize],
            face: vec![0; halves as usize],
            spokes: Vec::new(),
            starts: Vec::new(),
            around: Vec::new(),
            members: Members::default(),
            cut,
        };
        arrangement.spokes = arrangement.sorted_spokes();
        arrangement.next = arrangement.turns();
        let faces = arrangement.find_faces();
        arrangement.starts = vec![0; faces as usize + 1];
        arrangement.face.iter().for_each(|face| arrangement.starts[*face as usize + 1] += 1);
        (0..faces as usize).for_each(|face| arrangement.starts[face + 1] += arrangement.starts[face]);
        let mut place = arrangement.starts.clone();
        arrangement.around = vec![0; halves as usize];
        for half in 0..halves {
            let place = &mut place[arrangement.face[half as usize] as usize];
            arrangement.around[*place as usize] = half;
            *place += 1;
        }
        arrangement.members = Members::find(&arrangement);
        arrangement
    }

    fn sorted_spokes(&self) -> Vec<HalfEdge> {
        let mut spokes: Vec<HalfEdge> = (0..self.next.len() as u32).collect();
        spokes.sort_unstable_by(|s, t| {
            let p = self.origin(*s);
            p.cmp(&self.origin(*t)).then_with(|| around_point(p, self.origin(twin(*s)), self.origin(twin(*t))))
        });
        spokes
    }

    /// The next half-edge after each.
    fn turns(&self) -> Vec<HalfEdge> {
        let mut next = vec![0; self.spokes.len()];
        for around in self.spokes.chunk_by(|s, t| self.origin(*s) == self.origin(*t)) {
            for (i, half) in around.iter().enumerate() {
                // Whoever arrives against this one turns into the one clockwise of it.
                next[twin(*half) as usize] = around[(i + around.len() - 1) % around.len()];
            }
        }
        next
    }

    /// Gives every half-edge its face and says how many faces there are.
    fn find_faces(&mut self) -> u32 {
        const NONE: u32 = u32::MAX;
        let mut cycles = Vec::new();
        let mut cycle = vec![NONE; self.next.len()];
        for &first in &self.spokes {
            if cycle[first as usize] != NONE {
                continue;
            }
            let origin = self.origin(first);
            let (mut half, mut area) = (first, 0);
            loop {
                cycle[half as usize] = cycles.len() as u32;
                area += cross(origin, self.origin(half), self.origin(twin(half)));
                half = self.next[half as usize];
                if half == first {
                    break;
                }
            }
            cycles.push(area > 0);
        }
        // Cycles that turn left enclose a face; the others are where a face ends inward, at something that lies in it.
        let mut faces = 1;
        let mut face_of: Vec<Option<Face>> = Vec::with_capacity(cycles.len());
        for bounded in cycles {
            face_of.push(bounded.then_some(faces));
            faces += u32::from(bounded);
        }
        nest::nest(&self.cut.edges, &self.spokes, &cycle, &mut face_of);
        for (half, cycle) in cycle.iter().enumerate() {
            self.face[half] = face_of[*cycle as usize].unwrap_or(0);
        }
        faces
    }

    /// Faces in all, the one without bounds among them.
    pub fn len(&self) -> u32 {
        self.starts.len() as u32 - 1
    }

    /// Whether there is nothing but the face without bounds.
    pub fn is_empty(&self) -> bool {
        self.len() <= 1
    }

    /// The face to the left of a half-edge.
    pub fn face(&self, half: HalfEdge) -> Face {
        self.face[half as usize]
    }

    /// The half-edges with a face at their left.
    pub fn around(&self, face: Face) -> &[HalfEdge] {
        &self.around[self.starts[face as usize] as usize..self.starts[face as usize + 1] as usize]
    }

    /// The next half-edge around the same face.
    pub fn next(&self, half: HalfEdge) -> HalfEdge {
        self.next[half as usize]
    }

    /// Where a half-edge starts.
    pub fn origin(&self, half: HalfEdge) -> FixedPoint {
        let (a, b) = self.cut.edges[half as usize / 2];
        if half & 1 == 0 { a } else { b }
    }

    /// The half-edges that start at a position, by angle.
    pub fn spokes(&self, at: FixedPoint) -> &[HalfEdge] {
        let start = self.spokes.partition_point(|half| self.origin(*half) < at);
        let count = self.spokes[start..].partition_point(|half| self.origin(*half) == at);
        &self.spokes[start..start + count]
    }

    /// Positions that edges were led over, ascending: where they cross, and where one passes an end of another.
    pub fn led_over(&self) -> &[FixedPoint] {
        &self.cut.led_over
    }

    /// Half-edges in all.
    pub fn half_edges(&self) -> u32 {
        self.next.len() as u32
    }

    /// The shapes an edge is a border of, ascending, with how often it runs its own way less how often back.
    pub fn users(&self, half: HalfEdge) -> &[(u32, i32)] {
        self.cut.users(half / 2)
    }

    /// The shapes that cover a face, ascending.
    pub fn members(&self, face: Face) -> &[u32] {
        self.members.of(face)
    }

    /// Shapes left out of everything here, because they cross others too often or are too dense.
    pub fn tangles(&self) -> &[Tangle] {
        &self.cut.tangles
    }

    /// Shapes left out of [`Self::members`], because they cover what too many others cover.
    pub fn stacked(&self) -> &[u32] {
        self.members.left_out()
    }
}

#[cfg(test)]
mod tests;
