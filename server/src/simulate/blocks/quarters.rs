//! Old quarters: small houses shoulder to shoulder along streets and lanes, courtyard houses behind them.

use super::frame::{Frame, Rect, fits};
use super::layout::{Building, BuildingKind, Green, Layout, Stair, Use, overlap};
use super::site::{Site, setback_m};
use super::ways::blob;
use crate::simulate::city::mesh::EdgeKind;
use crate::simulate::plane::{Spot, direction, distance_to, extent, holds, sides, spot};
use crate::simulate::random::Dice;
use wangge_core::domain::feature::RoadClass;

/// Layout of a block of an old quarter.
pub fn quarter(site: &Site<'_>) -> Layout {
    let mut dice = site.dice(0x4F4C);
    let mut layout = Layout::empty(Use::Old);
    for depth in 0..3 {
        for side in site.sides() {
            if side.len() < 9.0 {
                continue;
            }
            let mut s = dice.between(0.5, 3.0);
            let behind = f64::from(depth) * 13.2;
            let street = depth == 0 && side.kind.road().is_some_and(|c| c <= RoadClass::Tertiary);
            while s < side.len() - 4.0 {
                let width = if street { dice.between(5.5, 9.0) } else { dice.between(6.0, 11.5) };
                let deep = dice.between(8.0, 12.0);
                let frame = Frame::new(side.along().turned(direction(dice.between(-0.008, 0.008))));
                let door = side.a + side.along() * (s + width / 2.0);
                let front = setback_m(side.kind, true) + dice.between(0.0, 0.9) + behind;
                let at = frame.local(door + side.along().right() * front);
                let rect = Rect { u0: at.x - width / 2.0, v0: at.y, u1: at.x + width / 2.0, v1: at.y + deep };
                if dice.chance(0.95) && site_fits(site, frame, rect) {
                    add_house(&mut layout, frame, rect, street, &mut dice);
                }
                s += width + if dice.chance(0.7) { dice.between(0.3, 0.8) } else { dice.between(1.2, 3.5) };
            }
        }
    }
    fill_courts(site, &mut layout, &mut dice);
    plant_tree(site, &mut layout, &mut dice);
    layout
}

/// Courtyard houses wherever a house still fits behind those along the lanes.
fn fill_courts(site: &Site<'_>, layout: &mut Layout, dice: &mut Dice) {
    let frame = Frame::new(site.plan.along(site.middle).turned(direction(dice.between(-0.02, 0.02))));
    let ring = frame.local_ring(&site.ring);
    let ((u0, u1), (v0, v1)) = (extent(&ring, spot(1.0, 0.0)), extent(&ring, spot(0.0, 1.0)));
    let (columns, lines) = (((u1 - u0) / 4.5) as usize, ((v1 - v0) / 4.5) as usize);
    for i in 0..columns * lines {
        let at = spot(u0 + 4.5 * (i % columns) as f64, v0 + 4.5 * (i / columns) as f64);
        let rect = Rect::around(at.x, at.y, dice.between(6.5, 10.0), dice.between(7.0, 10.0));
        if holds(&ring, at) && site_fits(site, frame, rect.grown(0.5)) {
            add_house(layout, frame, rect, false, dice);
        }
    }
}

/// Whether a house stands inside the block and off each of its streets.
fn site_fits(site: &Site<'_>, frame: Frame, rect: Rect) -> bool {
    let ring = frame.local_ring(&site.ring);
    let off = |((a, b), kind): ((Spot, Spot), &EdgeKind)| !rect.grown(setback_m(*kind, true) - 0.3).crossed_by(a, b);
    fits(&ring, rect, 1.4) && sides(&ring).zip(&site.kinds).all(off)
}

/// Adds a house unless another stands there.
pub fn add_house(layout: &mut Layout, frame: Frame, rect: Rect, street: bool, dice: &mut Dice) {
    let ring = frame.ring(&rect.corners());
    let grown = frame.ring(&rect.grown(0.25).corners());
    let far = |b: &Building| (b.ring[0] - ring[0]).len() > 40.0;
    if layout.buildings.iter().any(|b| !far(b) && overlap(&b.ring, &grown)) {
        return;
    }
    let inner = rect.grown(-0.9);
    let floors = if dice.chance(0.25) { 1 } else { 2 + dice.below(2) as u16 };
    let mut stairs = Vec::new();
    if street && dice.chance(0.75) {
        let shop = Rect { v1: inner.v0 + 1.4, ..inner };
        stairs.push(Stair {
            per_floor: if rect.width() > 7.5 { 2 } else { 1 },
            shops: true,
            ..Stair::over(frame, shop)
        });
    }
    let home = if stairs.is_empty() { inner } else { Rect { v0: inner.v0 + 2.8, ..inner } };
    let first_floor = if stairs.is_empty() { 1 } else { 2 };
    let floors = if first_floor == 2 { floors.max(2) - 1 } else { floors };
    let per_floor = if rect.width() > 9.0 && dice.chance(0.35) { 2 } else { 1 };
    stairs.push(Stair { first_floor, floors, most_floors: 5, per_floor, ..Stair::over(frame, home) });
    layout.buildings.push(Building { ring, kind: BuildingKind::Street, stairs });
}

/// A banyan in the largest gap, if there is one.
fn plant_tree(site: &Site<'_>, layout: &mut Layout, dice: &mut Dice) {
    let at = site.middle + spot(dice.between(-6.0, 6.0), dice.between(-6.0, 6.0));
    let clear = |p: Spot| layout.buildings.iter().map(|b| distance_to(&b.ring, p)).fold(f64::INFINITY, f64::min);
    let covered = layout.buildings.iter().any(|b| holds(&b.ring, at));
    let radius = clear(at).min(distance_to(&site.ring, at)).min(9.0) - 1.0;
    if holds(&site.ring, at) && !covered && radius > 2.5 {
        layout.greens.push(Green {
            ring: blob(at, spot(radius * 0.85, radius * 0.85), dice),
            ponds: Vec::new(),
            named: false,
        });
    }
}
