//! The planar mesh of the district: nodes in whole units, straight edges, faces.
//!
//! Every street, bank and border is an edge of it, every block a face, so neighbours share each vertex by construction.

use crate::simulate::plane::{METRES_PER_UNIT, Spot, nearest_on, spot};
use wangge_core::domain::feature::RoadClass;

/// What an edge is on the ground.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum EdgeKind {
    /// A street.
    Road(RoadClass),
    /// A street over the river.
    Bridge(RoadClass),
    /// Only a line on the map between two areas.
    Border,
    /// The middle of the river.
    River,
    /// The rim of the mesh.
    Rim,
}

impl EdgeKind {
    /// Class of the street it is, on a bridge or not.
    pub fn road(self) -> Option<RoadClass> {
        match self {
            Self::Road(class) | Self::Bridge(class) => Some(class),
            Self::Border | Self::River | Self::Rim => None,
        }
    }
}

/// No face: outside the mesh.
pub const OUTSIDE: u32 = u32::MAX;

/// A straight edge from `a` to `b`.
#[derive(Debug, Clone)]
pub struct Edge {
    /// Start.
    pub a: u32,
    /// End.
    pub b: u32,
    /// What it is.
    pub kind: EdgeKind,
    /// Face whose ring runs `a` → `b`.
    pub along: u32,
    /// Face whose ring runs `b` → `a`.
    pub against: u32,
}

#[derive(Debug, Clone)]
struct Node {
    x: i32,
    y: i32,
    edges: Vec<u32>,
}

/// Nodes, edges and faces. Rings run clockwise as seen on the map.
#[derive(Debug, Clone, Default)]
pub struct Mesh {
    nodes: Vec<Node>,
    edges: Vec<Edge>,
    rings: Vec<Vec<u32>>,
}

impl Mesh {
    /// One face inside an outline given clockwise as seen on the map; its edges are [`EdgeKind::Rim`].
    pub fn new(outline: &[Spot]) -> Self {
        let mut mesh = Self::default();
        let ring: Vec<u32> = outline.iter().map(|&p| mesh.add_node(p)).collect();
        for i in 0..ring.len() {
            mesh.add_edge(ring[i], ring[(i + 1) % ring.len()], EdgeKind::Rim, 0, OUTSIDE);
        }
        mesh.rings.push(ring);
        mesh
    }

    /// How many faces.
    pub fn face_count(&self) -> usize {
        self.rings.len()
    }

    /// Nodes of a face.
    pub fn ring(&self, face: u32) -> &[u32] {
        &self.rings[face as usize]
    }

    /// The ring of a face in metres.
    pub fn outline(&self, face: u32) -> Vec<Spot> {
        self.ring(face).iter().map(|&n| self.at(n)).collect()
    }

    /// Every edge.
    pub fn edges(&self) -> &[Edge] {
        &self.edges
    }

    /// Edges that end at a node.
    pub fn edges_at(&self, node: u32) -> &[u32] {
        &self.nodes[node as usize].edges
    }

    /// Place of a node.
    pub fn at(&self, node: u32) -> Spot {
        let n = &self.nodes[node as usize];
        spot(f64::from(n.x) * METRES_PER_UNIT, f64::from(n.y) * METRES_PER_UNIT)
    }

    /// The edge between two nodes, whichever way it runs.
    pub fn edge_between(&self, a: u32, b: u32) -> Option<u32> {
        self.edges_at(a).iter().copied().find(|&e| {
            let edge = &self.edges[e as usize];
            edge.a == b || edge.b == b
        })
    }

    /// Edges of a face in the order of its ring: edge `i` starts at node `i`.
    pub fn edges_of(&self, face: u32) -> Vec<u32> {
        let ring = self.ring(face);
        (0..ring.len()).filter_map(|i| self.edge_between(ring[i], ring[(i + 1) % ring.len()])).collect()
    }

    /// The face on the other side of an edge.
    pub fn across(&self, edge: u32, face: u32) -> u32 {
        let e = &self.edges[edge as usize];
        if e.along == face { e.against } else { e.along }
    }

    /// Length of an edge in metres.
    pub fn length_m(&self, edge: u32) -> f64 {
        let e = &self.edges[edge as usize];
        self.at(e.a).to(self.at(e.b))
    }

    fn add_node(&mut self, at: Spot) -> u32 {
        let unit = |m: f64| (m / METRES_PER_UNIT).round() as i32;
        self.nodes.push(Node { x: unit(at.x), y: unit(at.y), edges: Vec::new() });
        (self.nodes.len() - 1) as u32
    }

    fn add_edge(&mut self, a: u32, b: u32, kind: EdgeKind, along: u32, against: u32) {
        let id = self.edges.len() as u32;
        self.edges.push(Edge { a, b, kind, along, against });
        self.nodes[a as usize].edges.push(id);
        self.nodes[b as usize].edges.push(id);
    }

    /// Puts a node on an edge, into the rings of both faces; an end of the edge when the place is that end.
    pub fn split_edge(&mut self, edge: u32, at: Spot) -> u32 {
        let Edge { a, b, kind, along, against } = self.edges[edge as usize].clone();
        let node = self.add_node(at);
        for end in [a, b] {
            if self.at(end) == self.at(node) {
                self.nodes.pop();
                return end;
            }
        }
        let second = self.edges.len() as u32;
        self.edges[edge as usize].b = node;
        self.edges.push(Edge { a: node, b, kind, along, against });
        self.nodes[node as usize].edges = vec![edge, second];
        for e in &mut self.nodes[b as usize].edges {
            if *e == edge {
                *e = second;
            }
        }
        for (face, before) in [(along, a), (against, b)] {
            if let Some(ring) = self.rings.get_mut(face as usize)
                && let Some(i) = ring.iter().position(|&n| n == before)
            {
                ring.insert(i + 1, node);
            }
        }
        node
    }

    /// The node of a face's ring at a place on it: one within a metre and a half, or a new one on the nearest edge.
    pub fn node_near(&mut self, face: u32, at: Spot) -> Option<u32> {
        let ring = self.ring(face);
        if let Some(&node) = ring.iter().find(|&&n| self.at(n).to(at) < 1.5) {
            return Some(node);
        }
        let (i, t, _) = (0..ring.len())
            .map(|i| {
                let (t, d) = nearest_on(self.at(ring[i]), self.at(ring[(i + 1) % ring.len()]), at);
                (i, t, d)
            })
            .fold((0, 0.0, f64::INFINITY), |best, c| if c.2 < best.2 { c } else { best });
        let (a, b) = (*ring.get(i)?, ring[(i + 1) % ring.len()]);
        let edge = self.edge_between(a, b)?;
        Some(self.split_edge(edge, self.at(a).toward(self.at(b), t)))
    }

    /// Cuts a face along a chain from one of its nodes over places inside it to another of its nodes.
    ///
    /// The face keeps the part on the chain's left; the other part becomes a new face, whose number is returned.
    /// None when the ends are not two different nodes of the face.
    pub fn cut(&mut self, face: u32, from: u32, inside: &[Spot], to: u32, kind: EdgeKind) -> Option<u32> {
        let ring = self.rings.get(face as usize)?;
        let i = ring.iter().position(|&n| n == from)?;
        let j = ring.iter().position(|&n| n == to)?;
        if i == j {
            return None;
        }
        let walk = |start: usize, end: usize| -> Vec<u32> {
            let count = (end + ring.len() - start) % ring.len() + 1;
            (0..count).map(|k| ring[(start + k) % ring.len()]).collect()
        };
        // `from` … `to` along the ring, and back over the chain: the part left of the chain.
        let (mut kept, mut split_off) = (walk(i, j), walk(j, i));
        let other = self.rings.len() as u32;
        let chain: Vec<u32> = inside.iter().map(|&p| self.add_node(p)).collect();
        for pair in split_off.windows(2) {
            if let Some(e) = self.edge_between(pair[0], pair[1]) {
                let edge = &mut self.edges[e as usize];
                if edge.a == pair[0] { edge.along = other } else { edge.against = other }
            }
        }
        let mut ends = vec![from];
        ends.extend(&chain);
        ends.push(to);
        for pair in ends.windows(2) {
            self.add_edge(pair[0], pair[1], kind, other, face);
        }
        kept.extend(chain.iter().rev());
        split_off.extend(&chain);
        self.rings[face as usize] = kept;
        self.rings.push(split_off);
        Some(other)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::simulate::plane::area_m2;

    #[test]
    fn cutting_and_splitting_keep_the_area_and_each_inner_edge_between_two_faces() {
        let mut mesh = Mesh::new(&[spot(0.0, 0.0), spot(100.0, 0.0), spot(100.0, 100.0), spot(0.0, 100.0)]);
        let top = mesh.edge_between(0, 1).unwrap();
        let bottom = mesh.edge_between(2, 3).unwrap();
        let (n, s) = (mesh.split_edge(top, spot(40.0, 0.0)), mesh.split_edge(bottom, spot(60.0, 100.0)));
        let road = EdgeKind::Road(RoadClass::Primary);
        let east = mesh.cut(0, n, &[spot(50.0, 50.0)], s, road).unwrap();
        let middle = mesh.edges_of(east).into_iter().find(|&e| mesh.edges()[e as usize].kind == road).unwrap();
        let m = mesh.split_edge(middle, spot(45.0, 25.0));
        assert!(mesh.ring(0).contains(&m) && mesh.ring(east).contains(&m));
        let total: f64 = [0, east].iter().map(|&f| area_m2(&mesh.outline(f))).sum();
        assert!((total - 10_000.0).abs() < 5.0);
        for (id, edge) in mesh.edges().iter().enumerate() {
            let faces = [edge.along, edge.against].into_iter().filter(|&f| f != OUTSIDE);
            assert!(faces.clone().count() == if edge.kind == EdgeKind::Rim { 1 } else { 2 });
            for face in faces {
                assert!(mesh.edges_of(face).contains(&(id as u32)));
            }
        }
    }
}
