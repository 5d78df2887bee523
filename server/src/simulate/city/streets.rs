//! The streets: the trunk first, then ever smaller streets until faces are blocks; which of those are the district's.

use super::cut::{CutStyle, cut_face, trace};
use super::lines::straightened;
use super::mesh::{EdgeKind, Mesh, OUTSIDE};
use super::plan::{Plan, Zone, outskirts};
use super::trunk::{lay_ring, lay_river};
use crate::simulate::blocks::grounds;
use crate::simulate::blocks::site::Site;
use crate::simulate::plane::{Spot, area_m2, centroid, direction, distance_to, extent, holds};
use std::collections::BinaryHeap;
use wangge_core::domain::feature::RoadClass;

/// Where a face lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Beyond the district.
    Outskirts,
    /// A block of the district.
    Block,
    /// Between the middle of the river and a riverside road, inside the district.
    Strip,
    /// A strip with huts, in the district's bounds but in none of its areas.
    Huts,
}

/// The laid-out mesh and where each of its faces lies.
pub struct Streets {
    /// The mesh.
    pub mesh: Mesh,
    /// Place of each face.
    pub places: Vec<Place>,
}

/// Lays out every street.
pub fn lay(plan: &Plan<'_>) -> Streets {
    let mut mesh = Mesh::new(&outskirts(plan));
    let strips = lay_river(plan, &mut mesh);
    lay_ring(plan, &mut mesh);
    let inside = divide(plan, &mut mesh, &strips);
    let mut places: Vec<Place> = inside.iter().map(|&i| if i { Place::Block } else { Place::Outskirts }).collect();
    for face in strips {
        let within = plan.reach(centroid(&mesh.outline(face))) < 1.0;
        places[face as usize] = if within { Place::Strip } else { Place::Outskirts };
    }
    let mut streets = Streets { mesh, places };
    streets.make_whole();
    streets
}

impl Streets {
    /// Whether a face belongs to the district.
    pub fn within(&self, face: u32) -> bool {
        self.places.get(face as usize).is_some_and(|&p| p != Place::Outskirts)
    }

    /// Sets strips at one end of the river apart from the district until there is room for so many huts' doors.
    ///
    /// The doors for which there is room: fewer than asked for where the banks are too narrow for huts.
    pub fn set_huts_apart(&mut self, plan: &Plan<'_>, doors: u32) -> u32 {
        let station = |f: u32| plan.river.place_of(centroid(&self.mesh.outline(f)));
        let mut strips: Vec<(f64, u32)> = (0..self.mesh.face_count() as u32)
            .filter(|&f| self.places[f as usize] == Place::Strip)
            .map(|f| (station(f), f))
            .filter(|((_, off_m), _)| *off_m > 0.0)
            .map(|((station_m, _), f)| (station_m, f))
            .collect();
        strips.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut left = i64::from(doors);
        while left > 0
            && let Some((_, face)) = strips.pop()
        {
            let room = grounds::huts(&Site::new(plan, &self.mesh, face)).most();
            if room == 0 {
                break;
            }
            self.places[face as usize] = Place::Huts;
            left -= i64::from(room);
        }
        (i64::from(doors) - left.max(0)) as u32
    }

    /// Leaves one connected district without holes: islands go to the outskirts, enclosed outskirts come in.
    fn make_whole(&mut self) {
        let district = self.largest_part(|s, f| s.within(f));
        let outskirts = self.largest_part(|s, f| !s.within(f) || !district[f as usize]);
        for (face, place) in self.places.iter_mut().enumerate() {
            if outskirts[face] {
                *place = Place::Outskirts;
            } else if *place == Place::Outskirts {
                *place = Place::Block;
            }
        }
    }

    /// Faces of the part with the most faces among those that belong, connected across edges.
    fn largest_part(&self, belongs: impl Fn(&Self, u32) -> bool) -> Vec<bool> {
        let count = self.places.len();
        let mut part = vec![usize::MAX; count];
        let mut sizes = Vec::new();
        for start in 0..count as u32 {
            if part[start as usize] != usize::MAX || !belongs(self, start) {
                continue;
            }
            let (mut stack, mut size) = (vec![start], 0);
            part[start as usize] = sizes.len();
            while let Some(face) = stack.pop() {
                size += 1;
                for edge in self.mesh.edges_of(face) {
                    let next = self.mesh.across(edge, face);
                    if next != OUTSIDE && part[next as usize] == usize::MAX && belongs(self, next) {
                        part[next as usize] = sizes.len();
                        stack.push(next);
                    }
                }
            }
            sizes.push(size);
        }
        let largest = (0..sizes.len()).fold(0, |best, i| if sizes[i] > sizes[best] { i } else { best });
        part.into_iter().map(|p| p == largest).collect()
    }
}

/// A face waiting to be divided, the largest first.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Waiting {
    area_dm2: u64,
    face: u32,
    within: Option<bool>,
}

/// Divides every face but the strips until each is a block; whether each face is inside the district.
fn divide(plan: &Plan<'_>, mesh: &mut Mesh, strips: &[u32]) -> Vec<bool> {
    let decide_m2 = (plan.radius_m * 0.15).clamp(90.0, 480.0).powi(2);
    let mut inside = vec![false; mesh.face_count()];
    let waiting = |mesh: &Mesh, face: u32, within| Waiting {
        area_dm2: (area_m2(&mesh.outline(face)) * 100.0) as u64,
        face,
        within,
    };
    let mut heap: BinaryHeap<Waiting> =
        (0..mesh.face_count() as u32).filter(|f| !strips.contains(f)).map(|f| waiting(mesh, f, None)).collect();
    while let Some(Waiting { area_dm2, face, within }) = heap.pop() {
        let outline = mesh.outline(face);
        let area = area_dm2 as f64 / 100.0;
        let middle = centroid(&outline);
        let within = within.or_else(|| (area < decide_m2).then(|| plan.reach(middle) < 1.0));
        let wanted = match within {
            Some(false) => (430.0 * plan.scale()).powi(2),
            _ if plan.parks.iter().any(|&(p, room)| area < room * 1.5 && holds(&outline, p)) => area * 2.0,
            _ => plan.block_area_m2(middle) * plan.scale().clamp(0.55, 1.0),
        };
        match halve(plan, mesh, face, &outline, area, wanted) {
            Some(other) => {
                inside.resize(mesh.face_count(), false);
                heap.push(waiting(mesh, face, within));
                heap.push(waiting(mesh, other, within));
            }
            None => inside[face as usize] = within.unwrap_or_else(|| plan.reach(middle) < 1.0),
        }
    }
    inside
}

/// Class of the street that divides a face, by the face's size.
fn class_for(plan: &Plan<'_>, area_m2: f64, middle: Spot) -> RoadClass {
    let side_m = area_m2.sqrt() / plan.scale();
    let old = plan.zone(middle) == Zone::Old;
    match side_m {
        s if s > 1_150.0 => RoadClass::Primary,
        s if s > 640.0 => RoadClass::Secondary,
        s if s > if old { 420.0 } else { 300.0 } => RoadClass::Tertiary,
        _ if old && area_m2 < 30_000.0 => RoadClass::Lane,
        _ => RoadClass::Residential,
    }
}

/// Cuts a face in two when it is too large or too long; the new half.
fn halve(plan: &Plan<'_>, mesh: &mut Mesh, face: u32, outline: &[Spot], area: f64, wanted_m2: f64) -> Option<u32> {
    let middle = centroid(outline);
    let mut dice = plan.dice(face.into(), (area * 8.0) as u64);
    let along = plan.along(middle);
    let ((w0, w1), (h0, h1)) = (extent(outline, along), extent(outline, along.right()));
    let (width, height) = (w1 - w0, h1 - h0);
    let slender = width.max(height) / width.min(height).max(1.0);
    let wanted = wanted_m2 * dice.between(0.75, 1.5);
    if area * 1.6 < wanted_m2 || area < wanted && (slender < 2.4 || area < wanted * 0.45) {
        return None;
    }
    let class = class_for(plan, area, middle);
    let lane = class == RoadClass::Lane;
    let scale = plan.scale();
    let (snap_m, clearance_m) = match class {
        RoadClass::Primary => (110.0 * scale, 90.0 * scale),
        RoadClass::Secondary => (80.0 * scale, 60.0 * scale),
        RoadClass::Tertiary => (48.0 * scale, 40.0 * scale),
        RoadClass::Residential => (30.0, 27.0),
        RoadClass::Lane | RoadClass::Footway => (14.0, 13.0),
    };
    for attempt in 0..48 {
        let long_is_along = (width >= height) != (attempt >= 7 && attempt % 3 == 0);
        let (long, low, high) = if long_is_along { (along, w0, w1) } else { (along.right(), h0, h1) };
        let long = if attempt < 12 { long } else { direction(dice.share()) };
        let spread = 0.07 + 0.02 * f64::from(attempt.min(6));
        let clearance_m = if attempt < 20 { clearance_m } else { clearance_m * 0.6 };
        let mut start = middle + long * ((0.5 + dice.between(-spread, spread)) * (high - low) + low - middle.dot(long));
        if attempt > 4 || !holds(outline, start) {
            // A bent face: start anywhere in it.
            start = along * dice.between(w0, w1) + along.right() * dice.between(h0, h1);
        }
        if !holds(outline, start) || distance_to(outline, start) < clearance_m {
            continue;
        }
        // Where the directions of the field swirl, a straight street is laid.
        let way = |p: Spot| match attempt {
            6.. => long,
            _ if lane || class == RoadClass::Residential => plan.crooked(p),
            _ => plan.along(p),
        };
        let step_m = if lane { 12.0 } else { 24.0 };
        let across = long.right();
        let (Some(back), Some(ahead)) =
            (trace(outline, start, -across, step_m, way), trace(outline, start, across, step_m, way))
        else {
            continue;
        };
        let path: Vec<Spot> = back.into_iter().rev().chain(ahead.into_iter().skip(1)).collect();
        let max_cos = [0.64, 0.8, 0.87][usize::from(attempt >= 4) + usize::from(attempt >= 20)];
        let style = CutStyle { kind: EdgeKind::Road(class), snap_m, clearance_m, max_cos };
        if let Some(other) = cut_face(mesh, face, &straightened(&path, 0.35), style) {
            return Some(other);
        }
    }
    None
}
