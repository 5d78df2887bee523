//! Everything wrong with the areas of a level, found and measured.

use super::arrangement::Face;
use super::corners;
use super::defects::{Defect, Fault, Level};
use super::finding::{CoverArea, Finding, FindingKind, MOST_POSITIONS, Repair};
use super::land::{land_m2, metres_a_unit};
use super::thin::nowhere_wider_than;
use crate::geometry::exact::edges;
use crate::geometry::label::interior_point;
use crate::geometry::measure::distance_m;
use crate::geometry::position::FixedPoint;
use crate::geometry::shape::{FixedBox, MultiPolygon, Polygon};
use crate::geometry::topology::Topology;
use std::collections::BTreeMap;

/// Neighbours of a gap that are named.
const MOST_NEIGHBOURS: usize = 8;

/// What is wrong with the areas of a level beside one another and inside their parents, worst first.
///
/// What is nowhere wider than `tolerance_m` is a sliver; corners nearer to a neighbour than that without touching it are
/// near misses. Borders nearer than about 5 mm are one (see [`Arrangement`](super::arrangement::Arrangement)). Costs n log n
/// for n positions and as many meetings of borders; an area that crosses others more than some ten thousand times is left
/// out and named.
pub fn findings(areas: &[CoverArea], parents: &[CoverArea], tolerance_m: f64) -> Vec<Finding> {
    let shapes: Vec<&MultiPolygon> = areas.iter().map(|area| area.shape).collect();
    let level = Level::of(areas, &shapes, parents);
    let defects = level.defects();
    let mut found: Vec<Finding> = copies(&level);
    found.extend(tangles(&level));
    found.extend(defects.iter().filter_map(|defect| measured(&level, defect, tolerance_m)));
    found.extend(corners::t_junctions(&level, &shapes, &defects));
    found.extend(corners::near_misses(&level, &defects, tolerance_m));
    found.sort_by(|s, t| {
        let size = |f: &Finding| (f.area_m2, f.width_m, f64::from(f.vertices));
        let (s_size, t_size) = (size(s), size(t));
        s.kind
            .cmp(&t.kind)
            .then(t_size.0.total_cmp(&s_size.0))
            .then(t_size.1.total_cmp(&s_size.1))
            .then(t_size.2.total_cmp(&s_size.2))
            .then_with(|| s.codes.cmp(&t.codes))
            .then(s.at.cmp(&t.at))
    });
    found
}

/// A finding about land, without its kind.
fn about(shape: MultiPolygon, codes: Vec<String>, repair: Repair) -> Finding {
    let around = FixedBox::around(shape.iter().flat_map(|polygon| &polygon.outer));
    let anywhere = around.map_or(FixedPoint { x: 0, y: 0 }, |bounds| shape.first().map_or(bounds.min, |p| p.outer[0]));
    let sides = shape.iter().flat_map(Polygon::rings).flat_map(|ring| edges(ring));
    let length_m = sides.map(|(a, b)| distance_m(a, b)).sum::<f64>() / 2.0;
    let area_m2 = land_m2(&shape);
    Finding {
        kind: FindingKind::TooComplex,
        codes,
        at: interior_point(&shape).unwrap_or(anywhere),
        area_m2,
        length_m,
        width_m: if length_m > 0.0 { area_m2 / length_m } else { 0.0 },
        vertices: 0,
        share: 0.0,
        within: None,
        shape: bounded(shape),
        repair,
    }
}

/// A shape of a bounded number of positions, near enough for a map.
fn bounded(shape: MultiPolygon) -> MultiPolygon {
    let count = |shape: &MultiPolygon| shape.iter().flat_map(Polygon::rings).map(Vec::len).sum::<usize>();
    if count(&shape) <= MOST_POSITIONS {
        return shape;
    }
    let topology = Topology::build(&[&shape]);
    let simpler = (0..16).rev().filter_map(|zoom| topology.simplified(zoom).pop());
    let fitting = simpler.take_while(|simple| !simple.is_empty()).find(|simple| count(simple) <= MOST_POSITIONS);
    fitting.unwrap_or_else(|| {
        let bounds = FixedBox::around(shape.iter().flat_map(|polygon| &polygon.outer));
        bounds.into_iter().map(|b| Polygon { outer: corners_of(b), holes: Vec::new() }).collect()
    })
}

fn corners_of(b: FixedBox) -> Vec<FixedPoint> {
    let at = |x: u32, y: u32| FixedPoint { x, y };
    vec![b.min, at(b.max.x, b.min.y), b.max, at(b.min.x, b.max.y)]
}

/// Whether land is nowhere wider than so many metres.
pub(super) fn is_sliver(shape: &MultiPolygon, tolerance_m: f64) -> bool {
    let somewhere = shape.first().and_then(|polygon| polygon.outer.first());
    somewhere.is_some_and(|at| nowhere_wider_than(shape, tolerance_m / metres_a_unit(*at)))
}

fn measured(level: &Level, defect: &Defect, tolerance_m: f64) -> Option<Finding> {
    let shape = level.arrangement.outline(&defect.faces);
    if shape.is_empty() {
        return None;
    }
    let thin = is_sliver(&shape, tolerance_m);
    let code = |area: u32| level.areas[area as usize].code.to_owned();
    let or = |repair: Repair| if thin { repair } else { Repair::ByHand };
    let (kind, sliver, codes, repair) = match defect.fault {
        Fault::Overlap(a, b) => {
            let keeper = level.keeper(a, b, defect.faces[0]);
            (
                FindingKind::Overlap,
                FindingKind::OverlapSliver,
                vec![code(a), code(b)],
                Repair::KeepIn((keeper == b).into()),
            )
        }
        Fault::Outside(child) => {
            let parent = level.areas[child as usize].parent.unwrap_or_default().to_owned();
            (FindingKind::Outside, FindingKind::OutsideSliver, vec![code(child), parent], Repair::CutAtParent)
        }
        Fault::Gap => {
            let neighbours: Vec<String> = neighbours(level, &defect.faces).into_iter().map(code).collect();
            let repair = if neighbours.is_empty() { Repair::ByHand } else { Repair::FillInto(0) };
            (FindingKind::Gap, FindingKind::GapSliver, neighbours, repair)
        }
    };
    let mut finding = about(shape, codes, or(repair));
    finding.kind = if thin { sliver } else { kind };
    let whole = match defect.fault {
        Fault::Overlap(first, _) | Fault::Outside(first) => level.areas.get(first as usize),
        Fault::Gap => level.parent_over(defect.faces[0]),
    };
    if let Some(whole) = whole {
        let whole_m2 = land_m2(whole.shape);
        finding.share = if whole_m2 > 0.0 { (finding.area_m2 / whole_m2).min(1.0) } else { 0.0 };
        finding.within = (defect.fault == Fault::Gap).then(|| whole.code.to_owned());
    }
    Some(finding)
}

/// Areas around land no area has, those with the longest border first.
fn neighbours(level: &Level, faces: &[Face]) -> Vec<u32> {
    let mut lengths = border_lengths(level, faces);
    lengths.sort_by(|s, t| {
        let code = |area: u32| level.areas[area as usize].code;
        t.1.total_cmp(&s.1).then_with(|| code(s.0).cmp(code(t.0)))
    });
    lengths.into_iter().take(MOST_NEIGHBOURS).map(|(area, _)| area).collect()
}

/// The areas beyond the border of some faces, with the length of their part of it in units.
pub(super) fn border_lengths(level: &Level, faces: &[Face]) -> Vec<(u32, f64)> {
    let arrangement = &level.arrangement;
    let mut lengths: BTreeMap<u32, f64> = BTreeMap::new();
    for half in faces.iter().flat_map(|face| arrangement.around(*face)) {
        let other = super::arrangement::twin(*half);
        let beyond = arrangement.face(other);
        if faces.binary_search(&beyond).is_err() {
            let length = super::land::distance(arrangement.origin(*half), arrangement.origin(other));
            level.having(beyond).iter().for_each(|area| *lengths.entry(*area).or_default() += length);
        }
    }
    lengths.into_iter().collect()
}

/// Areas with the very same polygons.
fn copies(level: &Level) -> Vec<Finding> {
    let mut groups: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    level.copies.iter().for_each(|(copy, of)| groups.entry(*of).or_default().push(*copy));
    let code = |area: u32| level.areas[area as usize].code.to_owned();
    groups
        .into_iter()
        .map(|(of, copies)| {
            let codes = std::iter::once(of).chain(copies).map(code).collect();
            let found = about(level.areas[of as usize].shape.clone(), codes, Repair::DropCopies);
            Finding { kind: FindingKind::Twice, share: 1.0, ..found }
        })
        .collect()
}

/// Areas that could not be measured beside the others.
fn tangles(level: &Level) -> Vec<Finding> {
    let areas = level.areas.iter().chain(level.parents);
    let code = |label: u32| areas.clone().nth(label as usize).map(|area| area.code.to_owned());
    let point = |at: FixedPoint, codes: Vec<String>, vertices: u64| Finding {
        kind: FindingKind::TooComplex,
        codes,
        at,
        area_m2: 0.0,
        length_m: 0.0,
        width_m: 0.0,
        vertices: vertices.min(u64::from(u32::MAX)) as u32,
        share: 0.0,
        within: None,
        shape: MultiPolygon::new(),
        repair: Repair::ByHand,
    };
    let tangles = level.arrangement.tangles().iter().map(|tangle| {
        let with = Some(tangle.with).filter(|with| *with != tangle.label);
        point(tangle.at, [Some(tangle.label), with].into_iter().flatten().filter_map(code).collect(), tangle.crossings)
    });
    let stacked = level.arrangement.stacked().iter().filter_map(|label| {
        let area = level.areas.get(*label as usize)?;
        Some(point(interior_point(area.shape)?, vec![area.code.to_owned()], 0))
    });
    tangles.chain(stacked).collect()
}
