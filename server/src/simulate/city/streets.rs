//! The streets: the river and its banks first, bridges and the ring, then ever smaller streets until faces are blocks.

use super::cut::{CutStyle, cut_face, trace};
use super::mesh::{EdgeKind, Mesh, OUTSIDE};
use super::plan::{Plan, Zone, outskirts};
use crate::simulate::blocks::grounds;
use crate::simulate::blocks::site::Site;
use crate::simulate::plane::{
    Spot, area_m2, centroid, direction, distance_to, extent, holds, meeting, nearest_on, sides,
};
use crate::simulate::random::noise;
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

/// Stations of the bridges; the first and the last carry the ring.
fn bridges(plan: &Plan<'_>) -> Vec<f64> {
    let r = plan.radius_m;
    let count = (1.2 * r / 720.0).round().clamp(1.0, 8.0) as usize + 1;
    let mut dice = plan.dice(0, 0x4252);
    (0..count).map(|i| r * 0.58 * (2.0 * i as f64 / (count - 1) as f64 - 1.0) + r * dice.between(-0.04, 0.04)).collect()
}

/// Cuts the river's middle, the riverside roads and the bridges; the faces between, riverside strips.
fn lay_river(plan: &Plan<'_>, mesh: &mut Mesh) -> Vec<u32> {
    let river = &plan.river;
    let far = plan.radius_m * 1.8;
    let course = |off_m: f64| river.beside(-far, far, 30.0, off_m);
    let middle = clipped(&mesh.outline(0), &course(0.0));
    let Some(south) = cut_face(mesh, 0, &straightened(&middle, 0.2), CutStyle::given(EdgeKind::River)) else {
        return Vec::new();
    };
    let mut strips = Vec::new();
    for (half, side) in [(0, -1.0), (south, 1.0)] {
        let bank = clipped(&mesh.outline(half), &course(side * river.bank_m));
        let kind = EdgeKind::Road(RoadClass::Secondary);
        let Some(other) = cut_face(mesh, half, &straightened(&bank, 0.2), CutStyle::given(kind)) else { continue };
        let mut rest = if side < 0.0 { other } else { half };
        for (station_m, kind) in crossings(plan) {
            let from = river.middle(station_m);
            let to = from + river.downstream(station_m).right() * (side * river.bank_m);
            let Some(new) = cut_face(mesh, rest, &[from, to], CutStyle::given(kind)) else { continue };
            let ahead = from.toward(to, 0.5) + river.downstream(station_m) * 10.0;
            let (next, done) = if holds(&mesh.outline(new), ahead) { (new, rest) } else { (rest, new) };
            strips.push(done);
            rest = next;
        }
        strips.push(rest);
    }
    strips
}

/// Stations where the riverside strips are cut across, in order, with what crosses there.
fn crossings(plan: &Plan<'_>) -> Vec<(f64, EdgeKind)> {
    let bridges = bridges(plan);
    let last = bridges.len() - 1;
    let class = |i: usize| if i == 0 || i == last { RoadClass::Primary } else { RoadClass::Secondary };
    let mut all: Vec<(f64, EdgeKind)> =
        bridges.iter().enumerate().map(|(i, &s)| (s, EdgeKind::Bridge(class(i)))).collect();
    let gap = (plan.radius_m * 0.18).clamp(60.0, 330.0);
    let mut station_m = -1.3 * plan.radius_m;
    while station_m < 1.3 * plan.radius_m {
        if bridges.iter().all(|b| (b - station_m).abs() > gap * 0.45) {
            all.push((station_m, EdgeKind::Border));
        }
        station_m += gap;
    }
    all.sort_by(|a, b| a.0.total_cmp(&b.0));
    all
}

/// Cuts the ring road on both sides of the river, and an avenue inland from every other bridge.
fn lay_ring(plan: &Plan<'_>, mesh: &mut Mesh) {
    let river = &plan.river;
    let bridges = bridges(plan);
    let Some((&first, rest)) = bridges.split_first() else { return };
    let Some((&last, between)) = rest.split_last() else { return };
    for side in [-1.0, 1.0] {
        let bank = |s: f64| river.middle(s) + river.downstream(s).right() * (side * river.bank_m);
        let (a, b) = (bank(first), bank(last));
        let outward = (b - a).right().unit() * side;
        let (middle, half) = (a.toward(b, 0.5), (b - a) * 0.5);
        let height = outward * (plan.radius_m * 0.6 - middle.dot(outward)).max(plan.radius_m * 0.3);
        let steps = 48;
        let ring: Vec<Spot> = (0..=steps)
            .map(|i| {
                let d = direction(f64::from(i) / f64::from(steps) / 2.0);
                // Between an ellipse and its box: a ring with long sides.
                let square = |v: f64| v.signum() * v.abs().sqrt() * v.abs().sqrt().sqrt();
                let p = middle - half * square(d.x) + height * square(d.y);
                p + outward * (plan.radius_m * 0.03 * noise(plan.seed ^ 11, p, plan.radius_m * 0.3) * d.y)
            })
            .collect();
        let land = face_beside(mesh, a, outward);
        let Some(land) = land else { continue };
        let ring = straightened(&smoothed(ring), 0.3);
        if cut_face(mesh, land, &ring, CutStyle::given(EdgeKind::Road(RoadClass::Primary))).is_some() {
            lay_radials(plan, mesh, &ring, middle);
        }
        for &station_m in between {
            let from = bank(station_m);
            let toward = river.downstream(station_m).right() * side;
            let Some(face) = face_beside(mesh, from, toward) else { continue };
            let Some(mut path) = trace(&mesh.outline(face), from + toward * 6.0, toward, 26.0, |p| plan.along(p))
            else {
                continue;
            };
            path[0] = from;
            let style =
                CutStyle { snap_m: 50.0, clearance_m: 12.0, ..CutStyle::given(EdgeKind::Road(RoadClass::Secondary)) };
            cut_face(mesh, face, &straightened(&path, 0.3), style);
        }
    }
}

/// Cuts roads outward from the ring, so that no face lies all the way around it.
fn lay_radials(plan: &Plan<'_>, mesh: &mut Mesh, ring: &[Spot], middle: Spot) {
    let total: f64 = ring.windows(2).map(|p| p[0].to(p[1])).sum();
    for (share, class) in [(0.22, RoadClass::Secondary), (0.47, RoadClass::Primary), (0.76, RoadClass::Primary)] {
        let mut left = total * share;
        for pair in ring.windows(2) {
            let len = pair[0].to(pair[1]);
            if left > len {
                left -= len;
                continue;
            }
            let from = pair[0].toward(pair[1], left / len);
            let outward = (from - middle).unit();
            let square = (pair[1] - pair[0]).right().unit();
            let outward = if square.dot(outward) > 0.0 { square } else { -square };
            if let Some(face) = face_beside(mesh, from, outward)
                && let Some(mut path) =
                    trace(&mesh.outline(face), from + outward * 6.0, outward, 30.0, |p| plan.along(p))
            {
                path[0] = from;
                let style = CutStyle { snap_m: 20.0, clearance_m: 8.0, ..CutStyle::given(EdgeKind::Road(class)) };
                cut_face(mesh, face, &straightened(&path, 0.3), style);
            }
            break;
        }
    }
}

/// The face just beyond a place, in a direction.
fn face_beside(mesh: &Mesh, at: Spot, toward: Spot) -> Option<u32> {
    (0..mesh.face_count() as u32).find(|&f| holds(&mesh.outline(f), at + toward * 4.0))
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

/// The part of a line inside an outline, from where it enters first to where it leaves last.
fn clipped(outline: &[Spot], line: &[Spot]) -> Vec<Spot> {
    let hits: Vec<(usize, Spot)> = line
        .windows(2)
        .enumerate()
        .flat_map(|(i, pair)| {
            sides(outline)
                .filter_map(move |(a, b)| meeting(pair[0], pair[1], a, b).map(|(t, _)| (i, pair[0].toward(pair[1], t))))
        })
        .collect();
    let (Some(&(i, first)), Some(&(j, last))) = (hits.first(), hits.last()) else { return Vec::new() };
    let mut inside = vec![first];
    inside.extend(&line[i + 1..=j]);
    inside.push(last);
    inside
}

/// A line without the bends that matter less than a tolerance (Douglas–Peucker).
pub fn straightened(line: &[Spot], tolerance_m: f64) -> Vec<Spot> {
    if line.len() < 3 {
        return line.to_vec();
    }
    let (a, b) = (line[0], line[line.len() - 1]);
    let (at, far) = (1..line.len() - 1)
        .map(|i| (i, nearest_on(a, b, line[i]).1))
        .fold((0, 0.0), |best, c| if c.1 > best.1 { c } else { best });
    if far <= tolerance_m {
        return vec![a, b];
    }
    let mut left = straightened(&line[..=at], tolerance_m);
    left.pop();
    left.extend(straightened(&line[at..], tolerance_m));
    left
}

/// A line with its corners cut twice (Chaikin), its ends kept.
fn smoothed(mut line: Vec<Spot>) -> Vec<Spot> {
    for _ in 0..2 {
        let mut round = vec![line[0]];
        for pair in line.windows(2) {
            round.push(pair[0].toward(pair[1], 0.25));
            round.push(pair[0].toward(pair[1], 0.75));
        }
        round.push(line[line.len() - 1]);
        line = round;
    }
    line
}
