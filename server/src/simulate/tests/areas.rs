//! Areas: one partition at every level, with shared arcs.

use super::districts;
use crate::simulate::DemoDistrict;
use std::collections::{BTreeMap, BTreeSet};
use wangge_core::domain::area::{AreaRow, Level};
use wangge_core::geometry::gate::fixed_polygons;
use wangge_core::geometry::position::FixedPoint;
use wangge_core::geometry::shape::MultiPolygon;

type Edge = (FixedPoint, FixedPoint);

fn of_level(district: &DemoDistrict, level: Level) -> Vec<&AreaRow> {
    district.areas.iter().filter(|a| a.level == level).collect()
}

/// Directed edges of shapes that no other of them runs the other way: the boundary of their union.
fn boundary<'a>(shapes: impl Iterator<Item = &'a MultiPolygon>) -> BTreeSet<Edge> {
    let mut open: BTreeSet<Edge> = BTreeSet::new();
    for ring in shapes.flatten().flat_map(|p| p.rings()) {
        for i in 0..ring.len() {
            let (a, b) = (ring[i], ring[(i + 1) % ring.len()]);
            if !open.remove(&(b, a)) {
                assert!(open.insert((a, b)), "an edge is used twice in one direction");
            }
        }
    }
    open
}

fn doubled_area(shape: &MultiPolygon) -> i128 {
    let ring_area = |ring: &Vec<FixedPoint>| -> i128 {
        (0..ring.len())
            .map(|i| {
                let (a, b) = (ring[i], ring[(i + 1) % ring.len()]);
                i128::from(a.x) * i128::from(b.y) - i128::from(b.x) * i128::from(a.y)
            })
            .sum()
    };
    shape.iter().flat_map(|p| p.rings()).map(ring_area).sum()
}

#[test]
fn at_every_level_each_inner_edge_is_used_exactly_twice_and_the_rest_is_the_districts_boundary() {
    for district in districts() {
        let whole = boundary(district.areas.iter().take(1).map(|a| &a.geometry));
        for level in Level::ALL {
            assert_eq!(boundary(of_level(&district, level).iter().map(|a| &a.geometry)), whole, "{level}");
        }
    }
}

#[test]
fn no_area_has_a_vertex_inside_an_edge_of_its_neighbour() {
    // With every inner edge shared whole, a T-junction could only lie on the boundary of the district: there each edge of
    // the parent is an edge of one child.
    for district in districts() {
        for level in [Level::Grid, Level::Block] {
            let areas = of_level(&district, level);
            let mut uses: BTreeMap<Edge, u32> = BTreeMap::new();
            for ring in areas.iter().flat_map(|a| &a.geometry).flat_map(|p| p.rings()) {
                for i in 0..ring.len() {
                    let (a, b) = (ring[i], ring[(i + 1) % ring.len()]);
                    *uses.entry((a.min(b), a.max(b))).or_default() += 1;
                }
            }
            let once = uses.values().filter(|&&n| n == 1).count();
            assert_eq!(once, boundary(areas.iter().map(|a| &a.geometry)).len());
            assert!(uses.values().all(|&n| n <= 2));
        }
    }
}

#[test]
fn every_parent_is_the_union_of_its_children() {
    for district in districts() {
        let mut children: BTreeMap<&str, Vec<&AreaRow>> = BTreeMap::new();
        for area in &district.areas {
            if let Some(parent) = &area.parent {
                children.entry(parent).or_default().push(area);
            }
        }
        for area in district.areas.iter().filter(|a| a.level != Level::Block) {
            let below = &children[area.code.as_str()];
            assert!(below.iter().all(|c| c.level.above() == Some(area.level) && c.code.starts_with(&area.code)));
            let union = boundary(below.iter().map(|a| &a.geometry));
            assert_eq!(union, boundary(std::iter::once(&area.geometry)), "{}", area.code);
            assert_eq!(below.iter().map(|a| doubled_area(&a.geometry)).sum::<i128>(), doubled_area(&area.geometry));
        }
    }
}

#[test]
fn every_area_passes_the_gate_unchanged() {
    for district in districts() {
        for area in &district.areas {
            let kept =
                fixed_polygons(area.geometry.clone()).unwrap_or_else(|e| panic!("{} {}: {e}", area.code, area.name));
            assert_eq!(doubled_area(&kept), doubled_area(&area.geometry));
            assert_eq!(area.geometry.len(), 1, "{} is in one piece", area.code);
        }
    }
}

#[test]
fn codes_are_of_the_national_form_and_names_are_told_apart() {
    for district in districts() {
        let mut codes = BTreeSet::new();
        let mut names = BTreeSet::new();
        for area in &district.areas {
            let digits = match area.level {
                Level::District => 6,
                Level::Subdistrict => 9,
                Level::Community => 12,
                Level::Grid => 15,
                Level::Block => 18,
            };
            assert!(area.code.len() == digits && area.code.bytes().all(|b| b.is_ascii_digit()), "{}", area.code);
            assert!(codes.insert(&area.code));
            assert!(names.insert((&area.parent, &area.name)), "{} {}", area.code, area.name);
        }
        assert!((1..=12).contains(&of_level(&district, Level::Subdistrict).len()));
    }
}
