//! Shop fronts: buildings along the streets of a block, shops below and at times homes above.

use super::compounds::faces_street;
use super::frame::{Frame, Rect, fits};
use super::layout::{Building, BuildingKind, Layout, Stair, overlap};
use super::site::{Side, Site, setback_m};
use crate::simulate::plane::{Spot, extent, nearest_on, spot};
use crate::simulate::random::Dice;
use wangge_core::domain::feature::RoadClass;

/// Depth of a front building in metres.
pub const FRONT_DEPTH_M: f64 = 9.5;

/// Chooses which sides of a block have fronts.
pub fn choose(site: &Site<'_>, towers: bool, dice: &mut Dice) -> impl Fn(&Side) -> bool + use<> {
    let roll = dice.share();
    let urban = site.plan.urban(site.middle);
    move |side: &Side| {
        let Some(class) = side.kind.road().filter(|_| faces_street(side) && side.len() > 34.0) else { return false };
        let likely = match class {
            RoadClass::Primary => 0.55,
            RoadClass::Secondary => 0.75,
            RoadClass::Tertiary => 0.7,
            _ if towers => 0.15,
            _ => 0.3,
        };
        // One roll a block, turned by the side's own direction: a street's fronts differ from side to side.
        let own = (roll + (side.a.x * 0.37 + side.a.y * 0.61).abs()).fract();
        own < likely * (0.45 + 0.6 * urban)
    }
}

/// Builds the fronts of a block, leaving the ways to its gates free.
pub fn build(
    site: &Site<'_>,
    layout: &mut Layout,
    has_front: &impl Fn(&Side) -> bool,
    ends: &[Spot],
    towers: bool,
    dice: &mut Dice,
) {
    let first = layout.buildings.len();
    for side in site.sides().into_iter().filter(|s| has_front(s)) {
        let frame = Frame::new(side.along());
        let ring = frame.local_ring(&site.ring);
        let start = frame.local(side.a);
        let kept: Vec<f64> =
            ends.iter().filter(|&&e| nearest_on(side.a, side.b, e).1 < 6.0).map(|&e| frame.local(e).x).collect();
        let (_, end) = extent(&[start, frame.local(side.b)], spot(1.0, 0.0));
        let v0 = start.y + setback_m(side.kind, false);
        let mut u = start.x + 7.0;
        while u < end - 14.0 {
            let length = dice.between(17.0, 42.0).min(end - 7.0 - u);
            let rect = Rect { u0: u, v0, u1: u + length, v1: v0 + FRONT_DEPTH_M - 0.3 };
            let blocked = kept.iter().find(|&&k| k > rect.u0 - 6.0 && k < rect.u1 + 6.0).copied();
            let shorter = blocked.map(|k| k - 6.0 - u).filter(|&l| l > 11.0);
            let rect = shorter.map_or(rect, |l| Rect { u1: u + l, ..rect });
            if (blocked.is_none() || shorter.is_some()) && rect.width() > 11.0 && fits(&ring, rect, 5.5) {
                add(layout, first, frame, rect, towers, dice);
            }
            u = blocked.map_or(rect.u1 + dice.between(1.5, 5.0), |k| k + 6.5);
        }
    }
}

fn add(layout: &mut Layout, first: usize, frame: Frame, rect: Rect, towers: bool, dice: &mut Dice) {
    let ring = frame.ring(&rect.corners());
    if layout.buildings[first..].iter().any(|b| overlap(&b.ring, &ring)) {
        return;
    }
    let shops = Rect { v1: rect.v0 + 3.4, ..rect }.grown(-0.7);
    let mut stairs = vec![Stair {
        per_floor: (rect.width() / dice.between(4.2, 6.5)).floor().max(1.0) as u16,
        shops: true,
        ..Stair::over(frame, shops)
    }];
    if !towers && dice.chance(0.45) {
        let units = (rect.width() / 15.0).round().max(1.0) as usize;
        let w = rect.width() / units as f64;
        let floors = 3 + dice.below(3) as u16;
        stairs.extend((0..units).map(|k| {
            let cell =
                Rect { u0: rect.u0 + w * k as f64, u1: rect.u0 + w * (k + 1) as f64, v0: rect.v0 + 3.6, v1: rect.v1 };
            Stair { first_floor: 2, floors, most_floors: 7, per_floor: 2, ..Stair::over(frame, cell.grown(-0.9)) }
        }));
    }
    layout.buildings.push(Building { ring, kind: BuildingKind::Street, stairs });
}
