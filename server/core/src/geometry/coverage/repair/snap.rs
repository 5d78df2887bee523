//! Corners of neighbours moved onto one another, and edges led over their neighbours' corners.
//!
//! Only what borders the same faults is moved, and only of faults whose mean width is within the tolerance: corners that
//! agree stay where they are, however near others are.

use super::Deed;
use super::anchors::{Anchors, Corner, Places, around};
use crate::geometry::coverage::arrangement::{Arrangement, Face, HalfEdge, twin};
use crate::geometry::coverage::corners::misses;
use crate::geometry::coverage::defects::{Defect, Level};
use crate::geometry::coverage::land::{distance_to, land_m2, metres_a_unit, perimeter};
use crate::geometry::exact::edges;
use crate::geometry::index::BoxIndex;
use crate::geometry::position::FixedPoint;
use crate::geometry::shape::{FixedBox, MultiPolygon, Polygon, Ring};
use std::collections::{BTreeMap, BTreeSet};

/// The areas with corners moved, or, where none has to be, with edges led over corners; none when there is neither to do.
pub(super) fn snapped(
    level: &Level,
    shapes: &[&MultiPolygon],
    defects: &[Defect],
    tolerance_m: f64,
    deeds: &mut [BTreeSet<Deed>],
) -> Option<Vec<MultiPolygon>> {
    let cracks = Cracks::find(level, shapes, defects, tolerance_m);
    let targets = cracks.targets();
    if !targets.is_empty() {
        return Some(moved(shapes, &targets, |area| cracks.may_change(area), deeds));
    }
    let led = cracks.to_be_led();
    (!led.is_empty()).then(|| led_over(shapes, &led, deeds))
}

struct Cracks<'a> {
    level: &'a Level<'a>,
    shapes: &'a [&'a MultiPolygon],
    tolerance_m: f64,
    corners: BTreeMap<FixedPoint, Corner>,
    /// Edges of the cracks, with those who use them.
    edges: Vec<(FixedPoint, FixedPoint, usize, Vec<u32>)>,
}

impl<'a> Cracks<'a> {
    fn find(level: &'a Level<'a>, shapes: &'a [&'a MultiPolygon], defects: &[Defect], tolerance_m: f64) -> Self {
        let mut places = Places::default();
        for defect in defects {
            let outline = level.arrangement.outline(&defect.faces);
            let around_m = perimeter(&outline) * outline.first().map_or(0.0, |part| metres_a_unit(part.outer[0]));
            if 2.0 * land_m2(&outline) > tolerance_m * around_m {
                continue;
            }
            let border = border(&level.arrangement, &defect.faces);
            places.add(border.iter().map(|half| ends(&level.arrangement, *half)).collect());
        }
        for miss in misses(level, defects, tolerance_m) {
            places.add(vec![miss.edge, (miss.corner, miss.corner)]);
        }
        let mut cracks = Self { level, shapes, tolerance_m, corners: BTreeMap::new(), edges: Vec::new() };
        for (p, crack) in places.cracks() {
            let users = level.arrangement.spokes(p).iter().flat_map(|half| level.arrangement.users(*half));
            let users = users.map(|(label, _)| *label).collect();
            cracks.corners.insert(p, Corner { users, owners: BTreeSet::new(), crack });
        }
        for (from, to) in places.edges {
            let halves = level.arrangement.spokes(from).iter();
            let half = halves.copied().find(|half| level.arrangement.origin(twin(*half)) == to);
            let users = half.into_iter().flat_map(|half| level.arrangement.users(half)).map(|(label, _)| *label);
            if let Some(corner) = cracks.corners.get(&from) {
                cracks.edges.push((from, to, corner.crack, users.collect()));
            }
        }
        for (area, shape) in (0u32..).zip(shapes) {
            for p in shape.iter().flat_map(Polygon::rings).flatten() {
                if let Some(corner) = cracks.corners.get_mut(p) {
                    corner.owners.insert(area);
                }
            }
        }
        cracks
    }

    fn may_change(&self, area: u32) -> bool {
        let found = self.level.areas.get(area as usize);
        found.is_some_and(|found| !found.fixed) && self.level.is_known(area)
    }

    fn reach(&self, p: FixedPoint) -> f64 {
        self.tolerance_m / metres_a_unit(p)
    }

    /// Where corners are moved to.
    ///
    /// Corners nobody may move come first, then those most areas agree on, then those of the lowest code; each is moved onto
    /// the nearest before it that has no area in common with it, or stays.
    fn targets(&self) -> BTreeMap<FixedPoint, FixedPoint> {
        let stays = |corner: &Corner| !corner.users.iter().all(|user| self.may_change(*user));
        let code = |corner: &Corner| corner.owners.iter().map(|area| self.level.areas[*area as usize].code).min();
        let mut order: Vec<(&FixedPoint, &Corner)> =
            self.corners.iter().filter(|(_, corner)| !corner.owners.is_empty() || stays(corner)).collect();
        order.sort_by_key(|(p, corner)| (!stays(corner), std::cmp::Reverse(corner.users.len()), code(corner), **p));
        let mut anchors = Anchors::default();
        let mut targets = BTreeMap::new();
        for (&p, corner) in order {
            let reach = self.reach(p);
            let onto = if stays(corner) { None } else { anchors.nearest(p, corner, reach) };
            match onto {
                Some(anchor) => {
                    anchors.join(anchor, corner);
                    targets.insert(p, anchors.places[anchor].0);
                }
                None => anchors.add(p, corner.clone()),
            }
        }
        targets
    }

    /// For each area the corners of others its edges have to be led over.
    fn to_be_led(&self) -> BTreeMap<u32, BTreeSet<FixedPoint>> {
        let boxes = (0u32..).zip(&self.edges).filter_map(|(i, (a, b, ..))| Some((i, FixedBox::around([a, b])?)));
        let index = BoxIndex::build(boxes.collect());
        let mut led: BTreeMap<u32, BTreeSet<FixedPoint>> = BTreeMap::new();
        for (&p, corner) in &self.corners {
            // Where edges only cross there is no corner to be led over.
            if corner.owners.is_empty() && corner.users.iter().all(|user| self.may_change(*user)) {
                continue;
            }
            let reach = self.reach(p);
            for number in index.meeting(around(p, reach)) {
                let (a, b, crack, users) = &self.edges[number as usize];
                if *crack != corner.crack || distance_to(*a, *b, p) > reach {
                    continue;
                }
                for user in users.iter().filter(|user| self.may_change(**user) && !corner.users.contains(user)) {
                    led.entry(*user).or_default().insert(p);
                }
            }
        }
        led.retain(|area, corners| {
            let shape = self.shapes[*area as usize];
            corners.retain(|p| nearest_edge(shape, *p).is_some_and(|(_, _, _, away)| away <= self.reach(*p)));
            !corners.is_empty()
        });
        led
    }
}

/// The edges around some faces.
fn border(arrangement: &Arrangement, faces: &[Face]) -> Vec<HalfEdge> {
    let all = faces.iter().flat_map(|face| arrangement.around(*face)).copied();
    all.filter(|half| faces.binary_search(&arrangement.face(twin(*half))).is_err()).collect()
}

fn ends(arrangement: &Arrangement, half: HalfEdge) -> (FixedPoint, FixedPoint) {
    (arrangement.origin(half), arrangement.origin(twin(half)))
}

/// The areas with corners where they are moved to.
fn moved(
    shapes: &[&MultiPolygon],
    targets: &BTreeMap<FixedPoint, FixedPoint>,
    may_change: impl Fn(u32) -> bool,
    deeds: &mut [BTreeSet<Deed>],
) -> Vec<MultiPolygon> {
    let one = |(area, shape): (u32, &&MultiPolygon)| {
        let any = shape.iter().flat_map(Polygon::rings).flatten().any(|p| targets.contains_key(p));
        if !any || !may_change(area) {
            return (*shape).clone();
        }
        deeds[area as usize].insert(Deed::CornersMoved);
        let ring = |ring: &Ring| {
            let mut ring: Ring = ring.iter().map(|p| *targets.get(p).unwrap_or(p)).collect();
            ring.dedup();
            if ring.len() > 1 && ring.first() == ring.last() {
                ring.pop();
            }
            ring
        };
        let polygon = |p: &Polygon| Polygon { outer: ring(&p.outer), holes: p.holes.iter().map(ring).collect() };
        shape.iter().map(polygon).collect()
    };
    (0u32..).zip(shapes).map(one).collect()
}

/// The edge of a shape nearest to a position: its polygon, its ring, its number there and how far away it is; none where
/// the position is a corner already.
fn nearest_edge(shape: &MultiPolygon, p: FixedPoint) -> Option<(usize, usize, usize, f64)> {
    let mut nearest: Option<(usize, usize, usize, f64)> = None;
    for (part, polygon) in shape.iter().enumerate() {
        for (number, ring) in polygon.rings().enumerate() {
            for (edge, (a, b)) in edges(ring).enumerate() {
                if a == p {
                    return None;
                }
                let away = distance_to(a, b, p);
                if nearest.is_none_or(|before| away < before.3) {
                    nearest = Some((part, number, edge, away));
                }
            }
        }
    }
    nearest
}

/// The areas with their nearest edges led over corners.
fn led_over(
    shapes: &[&MultiPolygon],
    led: &BTreeMap<u32, BTreeSet<FixedPoint>>,
    deeds: &mut [BTreeSet<Deed>],
) -> Vec<MultiPolygon> {
    let mut next: Vec<MultiPolygon> = shapes.iter().map(|shape| (*shape).clone()).collect();
    for (area, corners) in led {
        deeds[*area as usize].insert(Deed::CornersInserted);
        let shape = &mut next[*area as usize];
        for p in corners {
            // An edge that was led over one corner is two edges for the next.
            let Some((part, ring, edge, _)) = nearest_edge(shape, *p) else { continue };
            let polygon = &mut shape[part];
            let ring = if ring == 0 { &mut polygon.outer } else { &mut polygon.holes[ring - 1] };
            ring.insert(edge + 1, *p);
        }
    }
    next
}
