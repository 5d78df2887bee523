//! House numbers: along each street, odd on one side and even on the other.

use crate::simulate::blocks::layout::{BuildingKind, Layout};
use crate::simulate::city::mesh::Mesh;
use crate::simulate::plane::{centroid, nearest_on};
use crate::simulate::roads::Roads;

/// Number of a building and the street it counts along.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HouseNumber {
    /// Index of the street; none where a block has no street.
    pub street: Option<u32>,
    /// The number, from 1.
    pub number: u32,
}

/// Numbers of the buildings that stand along streets, by face and building.
pub fn number(mesh: &Mesh, roads: &Roads, layouts: &[Option<Layout>]) -> Vec<Vec<HouseNumber>> {
    let mut numbers: Vec<Vec<HouseNumber>> = layouts
        .iter()
        .map(|l| vec![HouseNumber { street: None, number: 0 }; l.as_ref().map_or(0, |l| l.buildings.len())])
        .collect();
    // Street, side, decimetres along it, face, building.
    let mut along: Vec<(u32, bool, u64, usize, usize)> = Vec::new();
    for (face, layout) in layouts.iter().enumerate().filter_map(|(f, l)| l.as_ref().map(|l| (f, l))) {
        let places: Vec<_> = mesh
            .edges_of(face as u32)
            .into_iter()
            .filter_map(|e| {
                let (edge, on) = (&mesh.edges()[e as usize], roads.place_of(e)?);
                let (a, b) = (mesh.at(edge.a), mesh.at(edge.b));
                Some((if on.forward { (a, b) } else { (b, a) }, on, (edge.along == face as u32) == on.forward))
            })
            .collect();
        let mut own = 0;
        for (index, building) in layout.buildings.iter().enumerate().filter(|(_, b)| b.kind != BuildingKind::Public) {
            own += 1;
            numbers[face][index].number = own;
            if building.kind != BuildingKind::Street {
                continue;
            }
            let middle = centroid(&building.ring);
            let nearest = places
                .iter()
                .map(|&((a, b), on, right)| {
                    let (t, d) = nearest_on(a, b, middle);
                    (d, on.street, right, ((on.from_m + t * a.to(b)) * 10.0) as u64)
                })
                .fold(
                    None,
                    |best: Option<(f64, u32, bool, u64)>, c| {
                        if best.is_none_or(|b| c.0 < b.0) { Some(c) } else { best }
                    },
                );
            if let Some((_, street, right, at)) = nearest {
                along.push((street, right, at, face, index));
            }
        }
    }
    along.sort_unstable();
    let mut last: Option<(u32, bool, u32)> = None;
    for (street, right, _, face, index) in along {
        let next = match last {
            Some((s, r, n)) if s == street && r == right => n + 2,
            _ => {
                if right {
                    2
                } else {
                    1
                }
            }
        };
        numbers[face][index] = HouseNumber { street: Some(street), number: next };
        last = Some((street, right, next));
    }
    numbers
}
