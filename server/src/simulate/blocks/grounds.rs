//! Grounds without homes: parks, woods, schools, markets, hospitals, works.

use super::frame::{Frame, Rect, fits, stretches};
use super::layout::{Building, BuildingKind, Green, Layout, Path, Stair, Use};
use super::site::{Side, Site, setback_m};
use super::ways::blob;
use crate::simulate::plane::{Spot, distance_to, extent, holds, nearest_on, sides, spot};
use crate::simulate::random::Dice;
use wangge_core::domain::feature::RoadClass;

/// Layout of a ground; none when it is too small or too crooked for its use.
pub fn ground(site: &Site<'_>, used: Use) -> Option<Layout> {
    let mut dice = site.dice(0x4752);
    let margin = if matches!(used, Use::Park | Use::PocketPark | Use::Wood) { 1.0 } else { 2.0 };
    let yard = site.inset(|s| setback_m(s.kind, false) + margin)?;
    let mut layout = Layout::empty(used);
    match used {
        Use::Park | Use::PocketPark => park(site, &mut layout, yard, &mut dice),
        Use::Wood => layout.greens.push(Green { ring: yard, ponds: Vec::new(), named: false }),
        _ => built(site, &mut layout, &yard, used, &mut dice)?,
    }
    Some(layout)
}

fn park(site: &Site<'_>, layout: &mut Layout, yard: Vec<Spot>, dice: &mut Dice) {
    let hub = site.middle;
    let mut ponds = Vec::new();
    let mut paths: Vec<Vec<Spot>> = Vec::new();
    for side in site.sides().into_iter().filter(|s| s.len() > 40.0 && s.kind.road().is_some()).take(4) {
        let from = side.a.toward(side.b, dice.between(0.4, 0.6));
        let bend = from.toward(hub, 0.5) + side.along() * dice.between(-0.1, 0.1) * side.len();
        if holds(&yard, bend) && holds(&yard, hub) {
            paths.push(vec![from, bend, hub]);
        }
    }
    for _ in 0..12 {
        let (u, v) = (extent(&yard, spot(1.0, 0.0)), extent(&yard, spot(0.0, 1.0)));
        let at = spot(dice.between(u.0, u.1), dice.between(v.0, v.1));
        let path =
            paths.iter().flat_map(|l| l.windows(2)).map(|s| nearest_on(s[0], s[1], at).1).fold(f64::INFINITY, f64::min);
        let other = ponds.iter().map(|p: &Vec<Spot>| distance_to(p, at)).fold(f64::INFINITY, f64::min);
        let room = distance_to(&yard, at).min(path).min(other) - 6.0;
        if holds(&yard, at) && room > 9.0 && ponds.len() < 2 && !ponds.iter().any(|p| holds(p, at)) {
            let r = room.min(70.0) / 1.15;
            ponds.push(blob(at, spot(r, r * dice.between(0.7, 1.0)), dice));
        }
    }
    layout.greens.push(Green { ring: yard, ponds, named: true });
    layout.paths =
        paths.into_iter().map(|line| Path { class: RoadClass::Footway, line, joins: [true, false] }).collect();
}

/// Buildings in a fenced yard with one gate, or an open market.
fn built(site: &Site<'_>, layout: &mut Layout, yard: &[Spot], used: Use, dice: &mut Dice) -> Option<()> {
    let frame = Frame::facing_south(site.plan.along(site.middle));
    let local = frame.local_ring(yard);
    let (v0, v1) = extent(&local, spot(0.0, 1.0));
    let (depth, pitch, least, most) = match used {
        Use::School => (13.0, 30.0, 24.0, 64.0),
        Use::Clinic => (17.0, 34.0, 24.0, 56.0),
        Use::Market => (30.0, 42.0, 26.0, 64.0),
        _ => (dice.between(22.0, 34.0), 46.0, 34.0, 96.0),
    };
    let (mut v, mut row) = (v0 + 6.0, 0);
    let field = used == Use::School;
    let built_to = if field { v0 + (v1 - v0) * 0.55 } else { v1 };
    while v + depth < built_to - 3.0 {
        for (from, to) in stretches(&local, v, v + depth, 5.0, &[]) {
            let mut u = from;
            while to - u > least {
                let width = dice.between(least, most).min(to - u);
                let rect = Rect { u0: u, v0: v, u1: u + width, v1: v + depth };
                add(layout, frame, rect, used, row == 0, dice);
                u += width + 11.0;
            }
        }
        v += pitch;
        row += 1;
    }
    if field {
        for (from, to) in stretches(&local, built_to + 2.0, v1 - 6.0, 3.0, &[]).into_iter().take(1) {
            let track = Rect { u0: from, v0: built_to + 2.0, u1: to.min(from + 110.0), v1: v1 - 6.0 };
            if track.width() > 24.0 && track.depth() > 14.0 {
                let ring = frame.ring(&track.chamfered(track.depth() * 0.3));
                layout.greens.push(Green { ring, ponds: Vec::new(), named: false });
            }
        }
    }
    if layout.buildings.is_empty() {
        return None;
    }
    let gate = site
        .sides()
        .into_iter()
        .filter(|s| s.kind.road().is_some())
        .fold(None, |best: Option<Side>, s| if best.is_none_or(|b| s.len() > b.len()) { Some(s) } else { best })?;
    let street = gate.a.toward(gate.b, dice.between(0.35, 0.65));
    let on_fence = street + gate.along().right() * (setback_m(gate.kind, false) + 2.0);
    let inside = on_fence + gate.along().right() * 3.5;
    if used != Use::Market && distance_to(yard, on_fence) < 2.5 {
        layout.fence(yard, &[on_fence], 8.0);
        layout.paths.push(Path {
            class: RoadClass::Footway,
            line: vec![street, on_fence, inside],
            joins: [true, false],
        });
    }
    Some(())
}

fn add(layout: &mut Layout, frame: Frame, rect: Rect, used: Use, first_row: bool, dice: &mut Dice) {
    let ring = match used {
        Use::School | Use::Clinic if first_row && rect.width() > 40.0 => wing_plan(rect),
        _ => rect.corners().to_vec(),
    };
    let mut stairs = Vec::new();
    if used == Use::Market {
        let stalls = (rect.width() * rect.depth() / dice.between(70.0, 130.0)) as u16;
        let stair = Stair::over(frame, rect.grown(-2.5));
        stairs.push(Stair { per_floor: stalls.clamp(4, 40), shops: true, ..stair });
    }
    let kind = if used == Use::Market { BuildingKind::Market } else { BuildingKind::Public };
    layout.buildings.push(Building { ring: frame.ring(&ring), kind, stairs });
}

/// A long building with a wing at each end.
fn wing_plan(r: Rect) -> Vec<Spot> {
    let (w, out) = (12.0, 9.0);
    vec![
        spot(r.u0, r.v0),
        spot(r.u1, r.v0),
        spot(r.u1, r.v1 + out),
        spot(r.u1 - w, r.v1 + out),
        spot(r.u1 - w, r.v1),
        spot(r.u0 + w, r.v1),
        spot(r.u0 + w, r.v1 + out),
        spot(r.u0, r.v1 + out),
    ]
}

/// The green between the water and the riverside road of a strip.
pub fn bank(site: &Site<'_>) -> Layout {
    let mut layout = Layout::empty(Use::Bank);
    if let Some((from, to, side)) = stations(site) {
        let river = &site.plan.river;
        let (near, far) = (river.width_m * 0.57 + 2.5, river.bank_m - setback_m_of_road());
        if far - near > 4.0 && to - from > 40.0 {
            let mut ring = river.beside(from + 12.0, to - 12.0, 14.0, side * near);
            ring.extend(river.beside(to - 12.0, from + 12.0, 14.0, side * far));
            if crate::simulate::plane::area_m2(&ring) < 0.0 {
                ring.reverse();
            }
            layout.greens.push(Green { ring, ponds: Vec::new(), named: true });
        }
    }
    layout
}

fn setback_m_of_road() -> f64 {
    setback_m(crate::simulate::city::mesh::EdgeKind::Road(RoadClass::Secondary), false) - 3.0
}

/// Huts in two rows between the water and the riverside road of a strip.
pub fn huts(site: &Site<'_>) -> Layout {
    let mut dice = site.dice(0x4855);
    let mut layout = Layout::empty(Use::Huts);
    let Some((from, to, side)) = stations(site) else { return layout };
    let river = &site.plan.river;
    let (near, far) = (river.width_m * 0.57 + 1.0, river.bank_m - setback_m_of_road() * 0.8);
    for row in 0..2 {
        let mut s = from + 8.0;
        while s < to - 12.0 {
            let (width, deep) = (dice.between(6.0, 9.5), dice.between(5.5, 7.0));
            let off = near + f64::from(row) * 8.2;
            if off + deep > far {
                break;
            }
            let frame = Frame::new(river.downstream(s));
            let a = frame.local(river.middle(s) + river.downstream(s).right() * (side * off));
            let rect = Rect {
                u0: a.x,
                v0: if side > 0.0 { a.y } else { a.y - deep },
                u1: a.x + width,
                v1: if side > 0.0 { a.y + deep } else { a.y },
            };
            if fits(&frame.local_ring(&site.ring), rect, 0.5) {
                let stair = Stair {
                    floors: 1 + dice.below(2) as u16,
                    most_floors: 4,
                    per_floor: 1,
                    ..Stair::over(frame, rect.grown(-0.8))
                };
                layout.buildings.push(Building {
                    ring: frame.ring(&rect.corners()),
                    kind: BuildingKind::Village,
                    stairs: vec![stair],
                });
            }
            s += width + dice.between(0.6, 3.0);
        }
    }
    layout
}

/// Stations between which a strip lies, and on which side of the river.
fn stations(site: &Site<'_>) -> Option<(f64, f64, f64)> {
    let river = &site.plan.river;
    // The two cuts across: sides from the middle of the river to the bank.
    let ends: Vec<f64> = sides(&site.ring)
        .filter_map(|(a, b)| {
            let (pa, pb) = (river.place_of(a), river.place_of(b));
            ((pa.1.abs() - pb.1.abs()).abs() > river.bank_m * 0.7).then_some((pa.0 + pb.0) / 2.0)
        })
        .collect();
    let side = river.place_of(site.middle).1.signum();
    match ends[..] {
        [a, b, ..] => Some((a.min(b), a.max(b), side)),
        _ => None,
    }
}
