//! Roads: streets of the mesh followed straight on through crossings, so that each has one name along its length.

use super::city::mesh::Mesh;
use super::names::Namer;
use super::plane::Spot;
use wangge_core::domain::feature::{RoadClass, RoadRow};

/// A street: a chain of edges of one class.
#[derive(Debug, Clone)]
pub struct Street {
    /// Name.
    pub name: String,
    /// Class.
    pub class: RoadClass,
    /// Nodes along it.
    pub nodes: Vec<u32>,
    /// Length in metres.
    pub length_m: f64,
}

/// Place of an edge on its street.
#[derive(Debug, Clone, Copy)]
pub struct OnStreet {
    /// Index of the street.
    pub street: u32,
    /// Metres from the street's start to the edge's first node along the street.
    pub from_m: f64,
    /// Whether the edge's `a` → `b` is the street's direction.
    pub forward: bool,
}

/// Every street of a mesh and, by edge, the place on its street.
pub struct Roads {
    /// Streets, main ones first.
    pub streets: Vec<Street>,
    on: Vec<Option<OnStreet>>,
}

/// Most that a street may turn at a crossing and still be itself: the cosine of about 36°.
const STRAIGHT_COS: f64 = 0.81;

impl Roads {
    /// Follows and names the streets of a mesh.
    pub fn of(mesh: &Mesh, namer: &mut Namer<'_>) -> Self {
        let class_of = |e: u32| mesh.edges()[e as usize].kind.road();
        let mut on: Vec<Option<OnStreet>> = vec![None; mesh.edges().len()];
        let mut streets = Vec::new();
        for start in 0..mesh.edges().len() as u32 {
            let Some(class) = class_of(start) else { continue };
            if on[start as usize].is_some() {
                continue;
            }
            let edge = &mesh.edges()[start as usize];
            let mut taken = vec![start];
            let mut nodes = vec![edge.a, edge.b];
            on[start as usize] = Some(OnStreet { street: streets.len() as u32, from_m: 0.0, forward: true });
            for _ in 0..2 {
                while let Some((next, node)) = straight_on(mesh, &nodes, class, &on) {
                    on[next as usize] = Some(OnStreet { street: streets.len() as u32, from_m: 0.0, forward: true });
                    taken.push(next);
                    nodes.push(node);
                    if nodes[0] == node {
                        break;
                    }
                }
                nodes.reverse();
            }
            let mut length_m = 0.0;
            for pair in nodes.windows(2) {
                if let Some(e) = mesh.edge_between(pair[0], pair[1]) {
                    let forward = mesh.edges()[e as usize].a == pair[0];
                    on[e as usize] = Some(OnStreet { street: streets.len() as u32, from_m: length_m, forward });
                    length_m += mesh.length_m(e);
                }
            }
            streets.push(Street { name: String::new(), class, nodes, length_m });
        }
        let mut order: Vec<usize> = (0..streets.len()).collect();
        order.sort_by(|&a, &b| {
            (streets[a].class, -streets[a].length_m)
                .partial_cmp(&(streets[b].class, -streets[b].length_m))
                .unwrap_or(a.cmp(&b))
        });
        for i in order {
            streets[i].name = namer.street(streets[i].class, streets[i].length_m);
        }
        Self { streets, on }
    }

    /// Place of an edge on its street.
    pub fn place_of(&self, edge: u32) -> Option<OnStreet> {
        self.on.get(edge as usize).copied().flatten()
    }

    /// Rows of the streets.
    pub fn rows(&self, mesh: &Mesh) -> Vec<RoadRow> {
        let row = |(i, s): (usize, &Street)| RoadRow {
            id: format!("street-{:05}", i + 1),
            name: s.name.clone(),
            class: s.class,
            line: s.nodes.iter().map(|&n| mesh.at(n).fixed()).collect(),
        };
        self.streets.iter().enumerate().map(row).collect()
    }
}

/// The edge that goes on from the end of a chain, and its far node: the straightest of its class, if it is straight both ways.
fn straight_on(mesh: &Mesh, nodes: &[u32], class: RoadClass, on: &[Option<OnStreet>]) -> Option<(u32, u32)> {
    let (&before, &at) = (nodes.get(nodes.len().checked_sub(2)?)?, nodes.last()?);
    let from = mesh.edge_between(before, at)?;
    let arms: Vec<(u32, u32, Spot)> = mesh
        .edges_at(at)
        .iter()
        .filter(|&&e| mesh.edges()[e as usize].kind.road() == Some(class))
        .map(|&e| {
            let edge = &mesh.edges()[e as usize];
            let far = if edge.a == at { edge.b } else { edge.a };
            (e, far, (mesh.at(far) - mesh.at(at)).unit())
        })
        .collect();
    let straightest = |own: u32| {
        let d = arms.iter().find(|a| a.0 == own)?.2;
        arms.iter()
            .filter(|a| a.0 != own)
            .map(|a| (a.0, a.1, -a.2.dot(d)))
            .fold(None, |best: Option<(u32, u32, f64)>, c| if best.is_none_or(|b| c.2 > b.2) { Some(c) } else { best })
    };
    let (next, far, cos) = straightest(from)?;
    let mutual = straightest(next).is_some_and(|back| back.0 == from);
    let least = if arms.len() == 2 { 0.3 } else { STRAIGHT_COS };
    (mutual && cos > least && on[next as usize].is_none()).then_some((next, far))
}
