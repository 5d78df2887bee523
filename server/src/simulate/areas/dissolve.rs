//! Dissolving: the polygon of a group of faces, from the edges that only one of them uses. No coordinate is computed.

use crate::simulate::city::mesh::{Mesh, OUTSIDE};
use crate::simulate::plane::{Spot, area_m2};
use std::collections::BTreeMap;
use wangge_core::geometry::shape::{MultiPolygon, Polygon};

/// A directed piece of a group's boundary, the group to its right.
type Piece = (u32, u32);

/// Polygons of groups `0..count`: the faces for which `group_of` names the group.
///
/// Rings touch themselves nowhere: where a group meets itself at a node, the boundary parts into an outer ring and a hole.
pub fn dissolve(mesh: &Mesh, count: usize, group_of: impl Fn(u32) -> Option<u32>) -> Vec<MultiPolygon> {
    let mut pieces: Vec<Vec<Piece>> = vec![Vec::new(); count];
    for edge in mesh.edges() {
        let side = |face: u32| if face == OUTSIDE { None } else { group_of(face) };
        let (right, left) = (side(edge.along), side(edge.against));
        if right == left {
            continue;
        }
        for (group, piece) in [(right, (edge.a, edge.b)), (left, (edge.b, edge.a))] {
            if let Some(list) = group.and_then(|g| pieces.get_mut(g as usize)) {
                list.push(piece);
            }
        }
    }
    pieces.into_iter().map(|pieces| polygons(mesh, pieces)).collect()
}

fn polygons(mesh: &Mesh, pieces: Vec<Piece>) -> MultiPolygon {
    let mut leaving: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for (a, b) in pieces {
        leaving.entry(a).or_default().push(b);
    }
    let (mut outers, mut holes) = (Vec::new(), Vec::new());
    while let Some((&start, _)) = leaving.iter().next() {
        let ring = walk(mesh, &mut leaving, start);
        let spots: Vec<Spot> = ring.iter().map(|&n| mesh.at(n)).collect();
        if area_m2(&spots) > 0.0 { outers.push(spots) } else { holes.push(spots) }
    }
    let fixed = |ring: &[Spot]| ring.iter().map(|p| p.fixed()).collect();
    let mut polygons: MultiPolygon = outers.iter().map(|r| Polygon { outer: fixed(r), holes: Vec::new() }).collect();
    for hole in holes {
        // Groups hang together across edges, so there is one outer ring; with several, the one around the hole takes it.
        let middle = hole[0].toward(hole[hole.len() / 2], 0.5);
        let owner = outers.iter().position(|o| crate::simulate::plane::holds(o, middle)).unwrap_or(0);
        if let Some(polygon) = polygons.get_mut(owner) {
            polygon.holes.push(fixed(&hole));
        }
    }
    polygons
}

/// Follows boundary pieces from a node around to it; at a node with several ways on, the leftmost.
fn walk(mesh: &Mesh, leaving: &mut BTreeMap<u32, Vec<u32>>, start: u32) -> Vec<u32> {
    let mut ring = vec![start];
    let (mut at, mut heading) = (start, None::<Spot>);
    loop {
        let Some(ways) = leaving.get_mut(&at) else { return ring };
        let chosen = match heading {
            None => 0,
            Some(h) => (0..ways.len()).fold(0, |best, i| {
                let turn = |i: usize| right_turn(h, (mesh.at(ways[i]) - mesh.at(at)).unit());
                if turn(i) < turn(best) { i } else { best }
            }),
        };
        let next = ways.remove(chosen);
        if ways.is_empty() {
            leaving.remove(&at);
        }
        if next == start {
            return ring;
        }
        heading = Some((mesh.at(next) - mesh.at(at)).unit());
        ring.push(next);
        at = next;
    }
}

/// Order of turns from sharp left (−2) over straight on (0) to sharp right (2).
fn right_turn(heading: Spot, next: Spot) -> f64 {
    let (cos, sin) = (heading.dot(next), heading.cross(next));
    if sin >= 0.0 { 1.0 - cos } else { cos - 1.0 }
}
