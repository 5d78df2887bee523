//! The trunk of the street network: river and riverside roads, bridges, the ring and the roads that leave it.

use super::cut::{CutStyle, cut_face, trace};
use super::lines::{clipped, smoothed, straightened};
use super::mesh::{EdgeKind, Mesh};
use super::plan::Plan;
use crate::simulate::plane::{Spot, direction, holds};
use crate::simulate::random::noise;
use wangge_core::domain::feature::RoadClass;

/// Stations of the bridges; the first and the last carry the ring.
fn bridges(plan: &Plan<'_>) -> Vec<f64> {
    let r = plan.radius_m;
    let count = (1.2 * r / 720.0).round().clamp(1.0, 8.0) as usize + 1;
    let mut dice = plan.dice(0, 0x4252);
    (0..count).map(|i| r * 0.58 * (2.0 * i as f64 / (count - 1) as f64 - 1.0) + r * dice.between(-0.04, 0.04)).collect()
}

/// Cuts the river's middle, the riverside roads and the bridges; the faces between, riverside strips.
pub(super) fn lay_river(plan: &Plan<'_>, mesh: &mut Mesh) -> Vec<u32> {
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
pub(super) fn lay_ring(plan: &Plan<'_>, mesh: &mut Mesh) {
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
