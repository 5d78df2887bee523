//! Compounds: a fenced yard with rows of slabs or towers, paths between them, and gates to the streets.

use super::frame::{Frame, Rect, stretches};
use super::fronts::{self, FRONT_DEPTH_M};
use super::layout::{Building, BuildingKind, Green, Layout, Stair, Use};
use super::site::{Side, Site, setback_m};
use super::ways::{Ways, court_pond};
use crate::simulate::plane::{Spot, area_m2, extent, sides, spot};
use crate::simulate::random::Dice;
use wangge_core::domain::feature::RoadClass;

/// How the buildings of a compound are.
struct Rows {
    towers: bool,
    depth_m: f64,
    pitch_m: f64,
    floors: u16,
    most_floors: u16,
    per_floor: u16,
    unit_m: f64,
}

impl Rows {
    fn of(site: &Site<'_>, towers: bool, dice: &mut Dice) -> Self {
        if towers {
            let urban = ((site.plan.urban(site.middle) - 0.4) / 0.6).clamp(0.0, 1.0);
            let floors = (8.0 + 9.0 * urban + dice.between(-1.5, 5.0)).round() as u16;
            let depth_m = dice.between(15.0, 17.5);
            let per_floor = if dice.chance(0.7) { 4 } else { 3 };
            let pitch_m = depth_m + 11.0 + f64::from(floors) * 0.75;
            Self { towers, depth_m, pitch_m, floors, most_floors: 33, per_floor, unit_m: dice.between(23.0, 28.0) }
        } else {
            let floors = if dice.chance(0.15) { 9 } else { 5 + dice.below(3) as u16 };
            let depth_m = dice.between(10.5, 12.5);
            let pitch_m = depth_m + 4.0 + f64::from(floors) * 2.0;
            Self { towers, depth_m, pitch_m, floors, most_floors: 11, per_floor: 2, unit_m: dice.between(13.5, 17.0) }
        }
    }
}

/// Layout of a compound; none when its ground is too small or too crooked for one.
pub fn compound(site: &Site<'_>, towers: bool) -> Option<Layout> {
    let mut dice = site.dice(0x434F);
    let has_front = fronts::choose(site, towers, &mut dice);
    let yard = site.inset(|s| setback_m(s.kind, false) + if has_front(s) { FRONT_DEPTH_M + 3.0 } else { 0.5 })?;
    if area_m2(&yard) < 1_500.0 {
        return None;
    }
    let mut layout = Layout::empty(if towers { Use::Towers } else { Use::Slabs });
    let frame = Frame::facing_south(longest_side(&yard));
    let local = frame.local_ring(&yard);
    let rows = Rows::of(site, towers, &mut dice);
    let ((u0, u1), (v0, v1)) = (extent(&local, spot(1.0, 0.0)), extent(&local, spot(0.0, 1.0)));
    let spine_u = u0 + (u1 - u0) * dice.between(0.36, 0.64);
    let usable = v1 - v0 - 8.0 - rows.depth_m - 4.0;
    let count = if usable < 0.0 { 1 } else { (usable / rows.pitch_m).floor() as usize + 1 };
    let step = if count > 1 { usable / (count - 1) as f64 } else { 0.0 };
    let first = if count > 1 { v0 + 8.0 + rows.depth_m / 2.0 } else { (v0 + v1) / 2.0 + 2.0 };
    let middles: Vec<f64> = (0..count).map(|i| first + step * i as f64).collect();

    let spine = Rect { u0: spine_u - 4.0, v0: v0 - 1.0, u1: spine_u + 4.0, v1: v1 + 1.0 };
    let mut obstacles = vec![spine];
    if count >= 3 {
        let v = middles[count / 2];
        let side = if dice.chance(0.5) { 1.0 } else { -1.0 };
        let court = Rect::around(spine_u + side * 24.0, v, 34.0, rows.depth_m + 2.0);
        if super::frame::fits(&local, court, 4.0) {
            obstacles.push(court.grown(3.0));
            layout.greens.push(court_pond(frame, court, &mut dice));
        }
    }
    for &v in &middles {
        let (r0, r1) = (v - rows.depth_m / 2.0, v + rows.depth_m / 2.0);
        for (from, to) in stretches(&local, r0, r1, 4.0, &obstacles) {
            place_row(&mut layout, frame, &rows, v, from, to, &mut dice);
        }
    }
    if layout.buildings.is_empty() {
        return None;
    }
    let path_vs: Vec<f64> = middles.iter().map(|v| v - rows.depth_m / 2.0 - 4.0).collect();
    let ways = Ways::lay(site, frame, &local, spine_u, &path_vs, &mut dice);
    lay_greens(&mut layout, frame, &local, &rows, &middles, spine, &mut dice);
    layout.fence(&yard, &ways.gates, 7.0);
    fronts::build(site, &mut layout, &has_front, &ways.street_ends, towers, &mut dice);
    layout.paths = ways.paths;
    Some(layout)
}

/// Fills a stretch of a row with buildings of about equal size.
fn place_row(layout: &mut Layout, frame: Frame, rows: &Rows, v: f64, from: f64, to: f64, dice: &mut Dice) {
    let length = to - from;
    let gap = if rows.towers { 10.0 } else { 8.0 };
    let units_most = if rows.towers { 1.0 } else { 4.0 };
    let least = (rows.unit_m * 0.8).min(length);
    if length < least.max(11.0) {
        return;
    }
    let count = ((length + gap) / (rows.unit_m * units_most + gap)).floor().max(1.0);
    let count = if !rows.towers && (length + gap) / count - gap > rows.unit_m * (units_most + 1.0) {
        count + 1.0
    } else {
        count
    };
    let share = (length - gap * (count - 1.0)) / count;
    for i in 0..count as usize {
        let middle = from + share / 2.0 + (share + gap) * i as f64;
        let units =
            (share / rows.unit_m).round().clamp(1.0, units_most.max(1.0) + 1.0).min((share / 11.0).floor().max(1.0));
        let width = if rows.towers { share.min(rows.unit_m) } else { (units * rows.unit_m).min(share) };
        let rect = Rect::around(middle, v, width, rows.depth_m);
        let floors = (f64::from(rows.floors) + if rows.towers { dice.between(-2.0, 2.0) } else { 0.0 }).round() as u16;
        let units = if rows.towers { 1 } else { units as usize };
        layout.buildings.push(Building {
            ring: frame.ring(&if rows.towers { tower_plan(rect) } else { slab_plan(rect, units) }),
            kind: BuildingKind::Flats,
            stairs: (0..units)
                .map(|k| {
                    let w = rect.width() / units as f64;
                    let cell =
                        Rect { u0: rect.u0 + w * k as f64, u1: rect.u0 + w * (k + 1) as f64, ..rect }.grown(-1.9);
                    Stair {
                        floors,
                        most_floors: rows.most_floors,
                        per_floor: rows.per_floor,
                        ..Stair::over(frame, cell)
                    }
                })
                .collect(),
        });
    }
}

/// Plan of a tower: a rectangle with a recess for the stair and cut corners for light.
fn tower_plan(r: Rect) -> Vec<Spot> {
    let (w, m, c) = (r.width(), (r.u0 + r.u1) / 2.0, 1.7);
    vec![
        spot(r.u0 + c, r.v0),
        spot(m - w * 0.1, r.v0),
        spot(m - w * 0.1, r.v0 + 1.6),
        spot(m + w * 0.1, r.v0 + 1.6),
        spot(m + w * 0.1, r.v0),
        spot(r.u1 - c, r.v0),
        spot(r.u1 - c, r.v0 + c),
        spot(r.u1, r.v0 + c),
        spot(r.u1, r.v1 - c),
        spot(r.u1 - c, r.v1 - c),
        spot(r.u1 - c, r.v1),
        spot(m + w * 0.07, r.v1),
        spot(m + w * 0.07, r.v1 - 1.4),
        spot(m - w * 0.07, r.v1 - 1.4),
        spot(m - w * 0.07, r.v1),
        spot(r.u0 + c, r.v1),
        spot(r.u0 + c, r.v1 - c),
        spot(r.u0, r.v1 - c),
        spot(r.u0, r.v0 + c),
        spot(r.u0 + c, r.v0 + c),
    ]
}

/// Plan of a slab: a rectangle whose south side steps back between stairs.
fn slab_plan(r: Rect, units: usize) -> Vec<Spot> {
    let mut ring = vec![spot(r.u0, r.v0), spot(r.u1, r.v0), spot(r.u1, r.v1)];
    let w = r.width() / units as f64;
    for k in (1..units).rev() {
        let u = r.u0 + w * k as f64;
        ring.extend([spot(u + 1.3, r.v1), spot(u + 1.3, r.v1 - 1.5), spot(u - 1.3, r.v1 - 1.5), spot(u - 1.3, r.v1)]);
    }
    ring.push(spot(r.u0, r.v1));
    ring
}

/// Lawns between the rows and at both ends of the yard, left and right of the spine.
fn lay_greens(
    layout: &mut Layout,
    frame: Frame,
    yard: &[Spot],
    rows: &Rows,
    middles: &[f64],
    spine: Rect,
    dice: &mut Dice,
) {
    let (Some(&first), Some(&last)) = (middles.first(), middles.last()) else { return };
    let half = rows.depth_m / 2.0;
    let mut gaps: Vec<(f64, f64)> = middles.windows(2).map(|m| (m[0] + half + 3.0, m[1] - half - 6.5)).collect();
    gaps.push((spine.v0 + 4.0, (first - half - 6.5).min(spine.v0 + 24.0)));
    gaps.push(((last + half + 3.0).max(spine.v1 - 24.0), spine.v1 - 4.0));
    for (v0, v1) in gaps {
        if v1 - v0 < 4.5 {
            continue;
        }
        for (from, to) in stretches(yard, v0, v1, 3.0, &[spine]) {
            let (from, to) = (from + dice.between(0.0, 6.0), to - dice.between(0.0, 6.0));
            if to - from > 10.0 && dice.chance(0.85) {
                let ring = frame.ring(&Rect { u0: from, v0, u1: to, v1 }.chamfered(dice.between(1.5, 5.0)));
                layout.greens.push(Green { ring, ponds: Vec::new(), named: false });
            }
        }
    }
}

/// Direction of the longest side of a yard.
fn longest_side(yard: &[Spot]) -> Spot {
    let longest =
        sides(yard).map(|(a, b)| b - a).fold(spot(1.0, 0.0), |best, d| if d.len() > best.len() { d } else { best });
    longest.unit()
}

/// Whether a side runs along a street one can build towards.
pub fn faces_street(side: &Side) -> bool {
    side.kind.road().is_some_and(|c| c <= RoadClass::Residential)
}
