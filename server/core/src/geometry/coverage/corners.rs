//! Corners of areas that are not where their neighbours expect them: on an edge without a corner, or beside it.

use super::arrangement::{Face, HalfEdge, twin};
use super::defects::{Defect, Fault, Level};
use super::finding::{Finding, FindingKind, Repair};
use super::land::{distance, distance_to, metres_a_unit};
use crate::geometry::index::BoxIndex;
use crate::geometry::position::FixedPoint;
use crate::geometry::shape::{FixedBox, MultiPolygon, Polygon};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// How far along the border, in tolerances, two places count as joined: what is narrow there is a corner, not a crack.
const JOINED: f64 = 4.0;

/// Corners between two areas, counted.
#[derive(Default)]
struct Count {
    corners: BTreeSet<FixedPoint>,
    /// The worst of them, with its distance.
    worst: Option<(f64, FixedPoint)>,
}

impl Count {
    fn note(&mut self, corner: FixedPoint, distance_m: f64) {
        self.corners.insert(corner);
        if self.worst.is_none_or(|(worst, _)| distance_m > worst) {
            self.worst = Some((distance_m, corner));
        }
    }
}

fn listed(level: &Level, counts: BTreeMap<(u32, u32), Count>, kind: FindingKind, repair: Repair) -> Vec<Finding> {
    let code = |area: u32| level.areas[area as usize].code.to_owned();
    let finding = |((whose, border), count): ((u32, u32), Count)| {
        let (width_m, at) = count.worst?;
        Some(Finding {
            kind,
            codes: vec![code(whose), code(border)],
            at,
            area_m2: 0.0,
            length_m: 0.0,
            width_m,
            vertices: count.corners.len() as u32,
            share: 0.0,
            within: None,
            shape: MultiPolygon::new(),
            repair,
        })
    };
    counts.into_iter().filter_map(finding).collect()
}

/// Corners on a neighbour's edge where the neighbour has none, by pairs of areas.
///
/// Beside land with a fault of its own they are part of that fault, and not told again.
pub(super) fn t_junctions(level: &Level, shapes: &[&MultiPolygon], defects: &[Defect]) -> Vec<Finding> {
    let arrangement = &level.arrangement;
    let faulty: HashSet<Face> = defects.iter().flat_map(|defect| defect.faces.iter().copied()).collect();
    let sound = |p: &FixedPoint| arrangement.spokes(*p).iter().all(|half| !faulty.contains(&arrangement.face(*half)));
    let led_over: Vec<FixedPoint> = arrangement.led_over().iter().copied().filter(sound).collect();
    let mut owners: HashMap<FixedPoint, BTreeSet<u32>> = HashMap::new();
    for (area, shape) in (0u32..).zip(shapes) {
        for corner in shape.iter().flat_map(Polygon::rings).flatten() {
            if led_over.binary_search(corner).is_ok() {
                owners.entry(*corner).or_default().insert(area);
            }
        }
    }
    let mut counts: BTreeMap<(u32, u32), Count> = BTreeMap::new();
    for (corner, owners) in &owners {
        let users = arrangement.spokes(*corner).iter().flat_map(|half| arrangement.users(*half));
        let others: BTreeSet<u32> =
            users.map(|(label, _)| *label).filter(|l| (*l as usize) < shapes.len() && !owners.contains(l)).collect();
        for other in others {
            // One of the owners stands for all: the one with the lowest code.
            if let Some(owner) = owners.iter().min_by_key(|owner| level.areas[**owner as usize].code) {
                counts.entry((*owner, other)).or_default().note(*corner, 0.0);
            }
        }
    }
    listed(level, counts, FindingKind::TJunction, Repair::InsertCorners)
}

/// A corner at the outside of a level beside somebody else's edge.
pub(super) struct Miss {
    pub(super) corner: FixedPoint,
    /// Whose corner.
    pub(super) area: u32,
    /// The edge, with the neighbour at its right.
    pub(super) edge: (FixedPoint, FixedPoint),
    /// Whose edge.
    pub(super) neighbour: u32,
}

/// Corners within the tolerance of a neighbour's border, by pairs of areas.
pub(super) fn near_misses(level: &Level, defects: &[Defect], tolerance_m: f64) -> Vec<Finding> {
    let mut counts: BTreeMap<(u32, u32), Count> = BTreeMap::new();
    for miss in misses(level, defects, tolerance_m) {
        let units = distance_to(miss.edge.0, miss.edge.1, miss.corner);
        let pair = (miss.area, miss.neighbour);
        counts.entry(pair).or_default().note(miss.corner, units * metres_a_unit(miss.corner));
    }
    listed(level, counts, FindingKind::NearMiss, Repair::MoveCorners)
}

/// Every such corner beside every such edge.
///
/// Only what faces the outside is looked at: between areas and inside parents a crack is a gap, and known as such. Places
/// joined by a short way along the border are a corner of the land, not a crack.
pub(super) fn misses(level: &Level, defects: &[Defect], tolerance_m: f64) -> Vec<Miss> {
    let arrangement = &level.arrangement;
    let gaps: HashSet<Face> =
        defects.iter().filter(|defect| defect.fault == Fault::Gap).flat_map(|defect| defect.faces.clone()).collect();
    let is_outside = |face| level.having(face).is_empty() && !gaps.contains(&face);
    let border: Vec<HalfEdge> = (0..arrangement.half_edges())
        .filter(|half| is_outside(arrangement.face(*half)) && !level.having(arrangement.face(twin(*half))).is_empty())
        .collect();
    let ends = |half: HalfEdge| (arrangement.origin(half), arrangement.origin(twin(half)));
    let owners = |half: HalfEdge| level.having(arrangement.face(twin(half)));
    let mut by_corner: BTreeMap<FixedPoint, Vec<u32>> = BTreeMap::new();
    for (number, half) in (0u32..).zip(&border) {
        let (from, to) = ends(*half);
        by_corner.entry(from).or_default().push(number);
        by_corner.entry(to).or_default().push(number);
    }
    let boxes = (0u32..).zip(&border).filter_map(|(number, half)| {
        let (from, to) = ends(*half);
        Some((number, FixedBox::around([&from, &to])?))
    });
    let index = BoxIndex::build(boxes.collect());
    let mut misses = Vec::new();
    for (&corner, own) in &by_corner {
        let reach = tolerance_m / metres_a_unit(corner);
        let at_corner: BTreeSet<u32> =
            own.iter().flat_map(|number| owners(border[*number as usize])).copied().collect();
        let mut joined: Option<BTreeSet<u32>> = None;
        for number in index.meeting(around(corner, reach)) {
            let edge = ends(border[number as usize]);
            let Some(neighbour) = owners(border[number as usize]).iter().find(|area| !at_corner.contains(area)) else {
                continue;
            };
            if distance_to(edge.0, edge.1, corner) > reach {
                continue;
            }
            let joined = joined.get_or_insert_with(|| {
                joined_to(corner, &by_corner, |number| ends(border[number as usize]), JOINED * reach)
            });
            if let Some(area) = at_corner.first().filter(|_| !joined.contains(&number)) {
                misses.push(Miss { corner, area: *area, edge, neighbour: *neighbour });
            }
        }
    }
    misses
}

fn around(p: FixedPoint, reach: f64) -> FixedBox {
    let reach = reach.ceil() as u32;
    FixedBox {
        min: FixedPoint { x: p.x.saturating_sub(reach), y: p.y.saturating_sub(reach) },
        max: FixedPoint { x: p.x.saturating_add(reach), y: p.y.saturating_add(reach) },
    }
}

/// Edges of the border that begin within a way along it.
fn joined_to(
    from: FixedPoint,
    by_corner: &BTreeMap<FixedPoint, Vec<u32>>,
    ends: impl Fn(u32) -> (FixedPoint, FixedPoint),
    reach: f64,
) -> BTreeSet<u32> {
    let mut joined = BTreeSet::new();
    let mut waiting = vec![(from, 0.0)];
    let mut nearest: HashMap<FixedPoint, f64> = HashMap::from([(from, 0.0)]);
    while let Some((corner, way)) = waiting.pop() {
        for number in by_corner.get(&corner).into_iter().flatten() {
            joined.insert(*number);
            let (a, b) = ends(*number);
            let (next, way) = (if a == corner { b } else { a }, way + distance(a, b));
            if way <= reach && nearest.get(&next).is_none_or(|before| way < *before) {
                nearest.insert(next, way);
                waiting.push((next, way));
            }
        }
    }
    joined
}
