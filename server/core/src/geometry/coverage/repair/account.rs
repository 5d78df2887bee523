//! What a repair did to an area, in numbers.

use super::{Deed, Move};
use crate::geometry::coverage::finding::CoverArea;
use crate::geometry::coverage::land::{distance_to, land_m2, metres_a_unit};
use crate::geometry::exact::edges;
use crate::geometry::position::FixedPoint;
use crate::geometry::shape::{MultiPolygon, Polygon};
use std::collections::{BTreeSet, HashSet};

/// What became of an area.
pub(super) fn account(area: &CoverArea, after: &MultiPolygon, deeds: &BTreeSet<Deed>) -> Move {
    let (old, new) = (corners(area.shape), corners(after));
    let added: Vec<FixedPoint> = new.difference(&old).copied().collect();
    let gone: Vec<FixedPoint> = old.difference(&new).copied().collect();
    let farthest = |corners: &[FixedPoint], border: &MultiPolygon| {
        corners.iter().map(|p| to_border_m(border, *p)).fold(0.0, f64::max)
    };
    Move {
        code: area.code.to_owned(),
        vertices: added.len().max(gone.len()) as u32,
        max_m: farthest(&added, area.shape).max(farthest(&gone, after)),
        area_change_m2: land_m2(after) - land_m2(area.shape),
        what: deeds.iter().copied().collect(),
    }
}

fn corners(shape: &MultiPolygon) -> HashSet<FixedPoint> {
    shape.iter().flat_map(Polygon::rings).flatten().copied().collect()
}

fn to_border_m(shape: &MultiPolygon, p: FixedPoint) -> f64 {
    let sides = shape.iter().flat_map(Polygon::rings).flat_map(|ring| edges(ring));
    sides.map(|(a, b)| distance_to(a, b, p)).fold(f64::INFINITY, f64::min) * metres_a_unit(p)
}
