//! Villages at the rim: rows of self-built houses along lanes around a hall, fields, ponds and orchards around them.

use super::frame::{Frame, Rect, fits};
use super::layout::{Building, BuildingKind, Green, Layout, Path, Stair, Use, overlap};
use super::site::{Site, setback_m};
use super::ways::blob;
use crate::simulate::plane::{Spot, direction, distance_to, holds, meeting, sides, spot};
use crate::simulate::random::{Dice, noise};
use wangge_core::domain::feature::RoadClass;

/// Metres between two lanes of a village.
const LANE_PITCH_M: f64 = 31.0;

/// Layout of a block with a village, or part of one.
pub fn village(site: &Site<'_>) -> Layout {
    let mut dice = site.dice(0x5649);
    let mut layout = Layout::empty(Use::Village);
    let frame = Frame::facing_south(site.plan.crooked(site.middle).turned(direction(dice.between(-0.015, 0.015))));
    let ring = frame.local_ring(&site.ring);
    let middle = frame.local(site.middle) + spot(dice.between(-12.0, 12.0), dice.between(-12.0, 12.0));
    let share = dice.between(0.14, 0.27);
    let radius = (site.area_m2 * share).sqrt();
    let lanes = (2.0 * radius / LANE_PITCH_M).round().max(1.0) as i32;
    let margin = site.sides().iter().map(|s| setback_m(s.kind, true)).fold(7.0, f64::max);
    let hall = Rect::around(middle.x + 16.0, middle.y, 15.0, 20.0);
    if fits(&ring, hall, margin) {
        let court = Rect { v0: hall.v1 + 1.0, v1: hall.v1 + 12.0, ..hall };
        layout.buildings.push(Building {
            ring: frame.ring(&hall_plan(hall)),
            kind: BuildingKind::Public,
            stairs: Vec::new(),
        });
        layout.buildings.push(Building {
            ring: frame.ring(&court.corners()),
            kind: BuildingKind::Public,
            stairs: Vec::new(),
        });
    }
    let kept = layout.buildings.len();
    let mut lane_lines = Vec::new();
    for k in 0..lanes {
        let v = middle.y + (f64::from(k) - f64::from(lanes - 1) / 2.0) * LANE_PITCH_M + dice.between(-1.5, 1.5);
        let mut reach: Option<(f64, f64)> = None;
        for side in [-1.0, 1.0] {
            let mut u = middle.x - radius * 1.5;
            while u < middle.x + radius * 1.5 {
                let (width, deep) = (dice.between(8.0, 12.5), dice.between(9.0, 12.0));
                let near = v + side * dice.between(2.4, 3.4);
                let rect = if side > 0.0 {
                    Rect { u0: u, v0: near, u1: u + width, v1: near + deep }
                } else {
                    Rect { u0: u, v0: near - deep, u1: u + width, v1: near }
                };
                let p = spot(u + width / 2.0, near);
                let edge = radius * (1.05 + 0.3 * noise(site.plan.seed ^ 12, frame.spot(p), 60.0));
                let off_spine = (p.x - middle.x).abs() > width / 2.0 + 2.6;
                if p.to(middle) < edge && off_spine && dice.chance(0.9) && fits(&ring, rect, margin) {
                    add_house(&mut layout, frame, rect, &mut dice);
                    reach = Some(reach.map_or((u, u + width), |r: (f64, f64)| (r.0.min(u), r.1.max(u + width))));
                }
                u += width + if dice.chance(0.8) { dice.between(0.8, 2.2) } else { dice.between(4.0, 12.0) };
            }
        }
        if let Some((from, to)) = reach {
            lane_lines.push((from, v, to));
        }
    }
    lay_lanes(&mut layout, frame, &ring, middle.x, &lane_lines);
    if layout.buildings.len() == kept {
        layout.buildings.clear();
    }
    plant(site, &mut layout, frame, radius, &mut dice);
    layout
}

fn hall_plan(r: Rect) -> Vec<Spot> {
    let (m, w) = ((r.v0 + r.v1) / 2.0, r.width());
    vec![
        spot(r.u0, r.v0),
        spot(r.u1, r.v0),
        spot(r.u1, r.v1),
        spot(r.u1 - w * 0.3, r.v1),
        spot(r.u1 - w * 0.3, m),
        spot(r.u0 + w * 0.3, m),
        spot(r.u0 + w * 0.3, r.v1),
        spot(r.u0, r.v1),
    ]
}

fn add_house(layout: &mut Layout, frame: Frame, rect: Rect, dice: &mut Dice) {
    let ring = frame.ring(&rect.corners());
    if layout.buildings.iter().any(|b| overlap(&b.ring, &ring)) {
        return;
    }
    let floors = 1 + dice.below(3) as u16;
    let per_floor = if dice.chance(0.3) { 2 } else { 1 };
    let stair = Stair { floors, most_floors: 6, per_floor, ..Stair::over(frame, rect.grown(-1.1)) };
    layout.buildings.push(Building { ring, kind: BuildingKind::Village, stairs: vec![stair] });
}

/// Lanes along the rows, and one across them out to the nearer street.
fn lay_lanes(layout: &mut Layout, frame: Frame, ring: &[Spot], spine_u: f64, lanes: &[(f64, f64, f64)]) {
    let (Some(first), Some(last)) = (lanes.first(), lanes.last()) else { return };
    for &(from, v, to) in lanes {
        let (from, to) = (from.min(spine_u - 1.0), to.max(spine_u + 1.0));
        let line: Vec<Spot> = [from, spine_u, to].into_iter().map(|u| frame.spot(spot(u, v))).collect();
        if sides(&line).take(2).all(|(a, b)| !sides(&frame.ring(ring)).any(|(c, d)| meeting(a, b, c, d).is_some())) {
            layout.paths.push(Path { class: RoadClass::Lane, line, joins: [false, false] });
        }
    }
    let out = |v: f64, toward: f64| {
        let (a, b) = (spot(spine_u, v), spot(spine_u, v + toward * 600.0));
        let t = sides(ring).filter_map(|(c, d)| meeting(a, b, c, d)).map(|m| m.0).fold(f64::INFINITY, f64::min);
        t.is_finite().then(|| a.toward(b, t))
    };
    let (north, south) = (out(first.1, -1.0), out(last.1, 1.0));
    let gap = |end: Option<Spot>, v: f64| end.map_or(f64::INFINITY, |e| (e.y - v).abs());
    let mut spine: Vec<Spot> = lanes.iter().map(|l| spot(spine_u, l.1)).collect();
    let end = if gap(north, first.1) < gap(south, last.1) {
        north
    } else {
        spine.reverse();
        south
    };
    if let Some(end) = end {
        spine.insert(0, end);
        let line = spine.into_iter().map(|p| frame.spot(p)).collect();
        layout.paths.push(Path { class: RoadClass::Lane, line, joins: [true, false] });
    }
}

/// Orchards and a pond on the ground that is left.
fn plant(site: &Site<'_>, layout: &mut Layout, frame: Frame, radius: f64, dice: &mut Dice) {
    for _ in 0..dice.below(5) {
        let d = direction(dice.share());
        let at = site.middle + d * (radius * dice.between(1.1, 1.9));
        let room = |p: Spot| {
            layout.buildings.iter().map(|b| b.ring[0].to(p) - 14.0).fold(distance_to(&site.ring, p) - 10.0, f64::min)
        };
        let room = layout.greens.iter().map(|g| distance_to(&g.ring, at)).fold(room(at), f64::min);
        let room = layout
            .paths
            .iter()
            .flat_map(|p| p.line.windows(2))
            .map(|s| crate::simulate::plane::nearest_on(s[0], s[1], at).1)
            .fold(room, f64::min);
        if !holds(&site.ring, at) || room < 12.0 || layout.greens.iter().any(|g| holds(&g.ring, at)) {
            continue;
        }
        if dice.chance(0.3) {
            let r = room.min(26.0) * 0.8;
            layout.ponds.push(blob(at, spot(r, r * dice.between(0.6, 1.0)), dice));
        } else {
            let size = room.min(60.0) * 1.3;
            let local = frame.local(at);
            let rect = Rect::around(local.x, local.y, size, size * dice.between(0.7, 1.0));
            layout.greens.push(Green {
                ring: frame.ring(&rect.chamfered(size * 0.12)),
                ponds: Vec::new(),
                named: false,
            });
        }
    }
}
