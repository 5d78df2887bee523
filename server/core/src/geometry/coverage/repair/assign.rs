//! Every thin face given to one area, and the areas put together again from their faces.

use super::Deed;
use crate::geometry::coverage::arrangement::Face;
use crate::geometry::coverage::defects::{Defect, Fault, Level};
use crate::geometry::coverage::land::land_m2;
use crate::geometry::coverage::look::{border_lengths, is_sliver};
use crate::geometry::position::FixedPoint;
use crate::geometry::shape::{MultiPolygon, Polygon};
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// The areas with every thin defect settled, every corner that lies on a neighbour's edge inserted and those that were
/// moved put together anew; none when there is nothing to do.
pub(super) fn assigned(
    level: &Level,
    shapes: &[&MultiPolygon],
    thin: &[&Defect],
    moved: &BTreeSet<u32>,
    tolerance_m: f64,
    deeds: &mut [BTreeSet<Deed>],
) -> Option<Vec<MultiPolygon>> {
    let may_change = |area: u32| !level.areas[area as usize].fixed && level.is_known(area);
    let mut changes = Changes::default();
    for defect in thin {
        match defect.fault {
            Fault::Overlap(a, b) => {
                for &face in &defect.faces {
                    let loser = if level.keeper(a, b, face) == a { b } else { a };
                    if may_change(loser) {
                        changes.lost.insert((loser, face), Deed::OverlapGivenUp);
                    }
                }
            }
            Fault::Outside(child) => {
                let faces = defect.faces.iter().filter(|_| may_change(child));
                changes.lost.extend(faces.map(|face| ((child, *face), Deed::CutAtParent)));
            }
            Fault::Gap => {
                if let Some(taker) = taker(level, &defect.faces, may_change) {
                    changes.won.extend(defect.faces.iter().map(|face| (taker, *face)));
                }
            }
        }
    }
    let mut touched: BTreeSet<u32> = changes.lost.keys().chain(&changes.won).map(|(area, _)| *area).collect();
    let inserted = inserted(level, shapes, thin);
    touched.extend(inserted.iter().chain(moved));
    touched.retain(|area| may_change(*area));
    if touched.is_empty() {
        return None;
    }
    inserted.iter().for_each(|area| {
        deeds[*area as usize].insert(Deed::CornersInserted);
    });
    changes.lost.iter().for_each(|((area, _), deed)| {
        deeds[*area as usize].insert(*deed);
    });
    changes.won.iter().for_each(|(area, _)| {
        deeds[*area as usize].insert(Deed::GapFilled);
    });
    let mut faces: BTreeMap<u32, Vec<Face>> = touched.iter().map(|area| (*area, Vec::new())).collect();
    for face in 1..level.arrangement.len() {
        for area in level.having(face) {
            if let Some(own) = faces.get_mut(area).filter(|_| !changes.lost.contains_key(&(*area, face))) {
                own.push(face);
            }
        }
    }
    for (area, face) in &changes.won {
        if let Some(own) = faces.get_mut(area) {
            own.push(*face);
        }
    }
    let mut next: Vec<MultiPolygon> = shapes.iter().map(|shape| (*shape).clone()).collect();
    for (area, mut own) in faces {
        own.sort_unstable();
        own.dedup();
        let parts = shapes[area as usize].len();
        if give_up_crumbs(level, area, &mut own, parts, tolerance_m) {
            deeds[area as usize].insert(Deed::CrumbGivenUp);
        }
        next[area as usize] = level.arrangement.outline(&own);
    }
    Some(next)
}

#[derive(Default)]
struct Changes {
    /// What areas give up, and why.
    lost: BTreeMap<(u32, Face), Deed>,
    /// What areas get.
    won: BTreeSet<(u32, Face)>,
}

/// The area that takes a gap: of those that may and whose parent it lies in, the one with the longest border to it.
fn taker(level: &Level, faces: &[Face], may_change: impl Fn(u32) -> bool) -> Option<u32> {
    let over = level.parents_over(faces[0]);
    let may_take = |area: u32| may_change(area) && level.known_parent(area).is_none_or(|parent| over.contains(&parent));
    let around = border_lengths(level, faces).into_iter().filter(|(area, _)| may_take(*area));
    let code = |area: u32| level.areas[area as usize].code;
    around.max_by(|s, t| s.1.total_cmp(&t.1).then_with(|| code(t.0).cmp(code(s.0)))).map(|(area, _)| area)
}

/// Areas whose border was led over a position where they have no corner; not where areas overlap and stay so.
fn inserted(level: &Level, shapes: &[&MultiPolygon], thin: &[&Defect]) -> BTreeSet<u32> {
    let overlaps = thin.iter().filter(|defect| matches!(defect.fault, Fault::Overlap(..)));
    let settled: HashSet<Face> = overlaps.flat_map(|defect| defect.faces.iter().copied()).collect();
    let stays = |face: Face| level.having(face).len() > 1 && !settled.contains(&face);
    let led_over = level.arrangement.led_over();
    let mut own: HashSet<(u32, FixedPoint)> = HashSet::new();
    for (area, shape) in (0u32..).zip(shapes) {
        let corners = shape.iter().flat_map(Polygon::rings).flatten();
        own.extend(corners.filter(|p| led_over.binary_search(p).is_ok()).map(|p| (area, *p)));
    }
    let mut inserted = BTreeSet::new();
    for p in led_over {
        let spokes = level.arrangement.spokes(*p);
        if spokes.iter().any(|half| stays(level.arrangement.face(*half))) {
            continue;
        }
        let users = spokes.iter().flat_map(|half| level.arrangement.users(*half));
        let labels = users.map(|(label, _)| *label).filter(|label| (*label as usize) < shapes.len());
        inserted.extend(labels.filter(|label| !own.contains(&(*label, *p))));
    }
    inserted
}

/// Takes thin pieces off an area that has come apart, where a neighbour can take them; true when there were any.
fn give_up_crumbs(level: &Level, area: u32, own: &mut Vec<Face>, parts: usize, tolerance_m: f64) -> bool {
    let mut pieces = level.arrangement.connected(own, |_, _| true);
    if pieces.len() <= parts {
        return false;
    }
    let size = |piece: &Vec<Face>| land_m2(&level.arrangement.outline(piece));
    pieces.sort_by(|s, t| size(t).total_cmp(&size(s)));
    let mut crumbs: BTreeSet<Face> = BTreeSet::new();
    for piece in &pieces[parts.max(1)..] {
        let taken = border_lengths(level, piece).iter().any(|(other, _)| *other != area);
        if taken && is_sliver(&level.arrangement.outline(piece), tolerance_m) {
            crumbs.extend(piece);
        }
    }
    own.retain(|face| !crumbs.contains(face));
    !crumbs.is_empty()
}
