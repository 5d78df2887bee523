//! The base map: water, greens, buildings, fences and gates as rows.

use super::blocks::layout::{Building, BuildingKind, Layout, Use};
use super::city::plan::Plan;
use super::plane::Spot;
use wangge_core::domain::feature::{BaseClass, BaseRow};
use wangge_core::geometry::shape::{Polygon, Ring, Shape};

/// A layout with the name of its block, and the number of each building.
pub struct Built<'a> {
    /// Name of the block; empty outside the district.
    pub name: &'a str,
    /// What stands on it.
    pub layout: &'a Layout,
    /// Number of each building in its compound or along its street.
    pub numbers: Vec<u32>,
}

/// Rows of the base map: from the largest to the smallest, as they are drawn.
pub fn rows(plan: &Plan<'_>, built: &[Built<'_>]) -> Vec<BaseRow> {
    let mut out = Rows(Vec::new());
    let far = plan.radius_m * 1.85;
    let river = Polygon { outer: plan.river.water(-far, far), holes: Vec::new() };
    out.add(&plan.recipe.names.river, BaseClass::Water, Shape::Polygons(vec![river]));
    for block in built {
        for pond in block.layout.ponds.iter().chain(block.layout.greens.iter().flat_map(|g| &g.ponds)) {
            out.add("", BaseClass::Water, area(pond, &[]));
        }
    }
    for block in built {
        for green in &block.layout.greens {
            out.add(if green.named { block.name } else { "" }, BaseClass::Green, area(&green.ring, &green.ponds));
        }
    }
    for block in built {
        for (building, &number) in block.layout.buildings.iter().zip(&block.numbers) {
            out.add(&building_name(block, building, number), BaseClass::Building, area(&building.ring, &[]));
        }
    }
    for block in built {
        for fence in &block.layout.fences {
            out.add("", BaseClass::Barrier, Shape::Line(fence.iter().map(|p| p.fixed()).collect()));
        }
    }
    for block in built {
        for gate in &block.layout.gates {
            out.add("", BaseClass::Gate, Shape::Point(gate.fixed()));
        }
    }
    out.0
}

fn building_name(block: &Built<'_>, building: &Building, number: u32) -> String {
    match building.kind {
        BuildingKind::Flats => format!("{number}号楼"),
        BuildingKind::Market => format!("{number}号厅"),
        BuildingKind::Public if matches!(block.layout.used, Use::School | Use::Clinic | Use::Works) => {
            block.name.to_owned()
        }
        _ => String::new(),
    }
}

fn area(ring: &[Spot], ponds: &[Vec<Spot>]) -> Shape {
    let outer: Ring = ring.iter().map(|p| p.fixed()).collect();
    let holes = ponds.iter().map(|p| p.iter().rev().map(|p| p.fixed()).collect()).collect();
    Shape::Polygons(vec![Polygon { outer, holes }])
}

struct Rows(Vec<BaseRow>);

impl Rows {
    fn add(&mut self, name: &str, class: BaseClass, shape: Shape) {
        let id = format!("{}-{:06}", class.id(), self.0.len() + 1);
        self.0.push(BaseRow { id, name: name.to_owned(), class, shape });
    }
}
