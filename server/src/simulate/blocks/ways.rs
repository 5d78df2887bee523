//! Ways inside a fenced yard: a spine across the rows, paths along them, gates where they leave.

use super::frame::{Frame, Rect, stretches};
use super::layout::{Green, Path};
use super::site::Site;
use crate::simulate::city::mesh::EdgeKind;
use crate::simulate::plane::{Spot, direction, nearest_on, sides, spot};
use crate::simulate::random::Dice;
use wangge_core::domain::feature::RoadClass;

/// The ways of a yard.
pub struct Ways {
    /// Paths, those that reach the street tied to it.
    pub paths: Vec<Path>,
    /// Gates on the fence.
    pub gates: Vec<Spot>,
    /// Where ways meet the street.
    pub street_ends: Vec<Spot>,
}

/// A possible way out: its gate, its end at the street, the kind of street there.
struct Exit {
    gate: Spot,
    street: Spot,
    kind: EdgeKind,
}

impl Ways {
    /// Lays a spine at `spine_u` and a path at each of `path_vs`; one to four ways out.
    pub fn lay(site: &Site<'_>, frame: Frame, yard: &[Spot], spine_u: f64, path_vs: &[f64], dice: &mut Dice) -> Self {
        let ground = frame.local_ring(&site.ring);
        let middle_v = path_vs.iter().sum::<f64>() / path_vs.len().max(1) as f64;
        let hub = spot(spine_u, middle_v);
        let mut out = Self { paths: Vec::new(), gates: Vec::new(), street_ends: Vec::new() };
        let mut spine: Vec<Spot> = Vec::new();
        let rows: Vec<(f64, f64, f64)> = path_vs
            .iter()
            .filter_map(|&v| {
                let run = stretches(yard, v - 1.0, v + 1.0, 2.0, &[])
                    .into_iter()
                    .find(|r| r.0 <= spine_u && spine_u <= r.1)?;
                Some((run.0, v, run.1))
            })
            .collect();
        for &(from, v, to) in &rows {
            spine.push(spot(spine_u, v));
            let ends = [from, to].map(|u| if (u - spine_u).abs() < 9.0 { spine_u } else { u });
            let line: Vec<Spot> =
                [ends[0], spine_u, ends[1]].into_iter().map(|u| frame.spot(spot(u, v))).fold(Vec::new(), |mut l, p| {
                    if l.last() != Some(&p) {
                        l.push(p);
                    }
                    l
                });
            if line.len() > 1 {
                out.paths.push(Path { class: RoadClass::Footway, line, joins: [false, false] });
            }
        }
        let exits = |from: Spot, toward: Spot| exit(site, frame, yard, &ground, from, toward);
        let ends = [
            exits(spine.first().copied().unwrap_or(hub), spot(0.0, -1.0)),
            exits(spine.last().copied().unwrap_or(hub), spot(0.0, 1.0)),
        ];
        let usable = ends.iter().flatten().count();
        for (i, end) in ends.into_iter().enumerate() {
            let Some(end) = end else { continue };
            let busy = end.kind.road().is_some_and(|c| c <= RoadClass::Secondary);
            if usable == 2 && busy && dice.chance(0.6) {
                continue;
            }
            let base = if i == 0 { spine.first() } else { spine.last() }.copied().unwrap_or(hub);
            out.add(frame, &[end.street, end.gate, base]);
        }
        if spine.len() > 1 {
            let line = spine.iter().map(|&p| frame.spot(p)).collect();
            out.paths.push(Path { class: RoadClass::Footway, line, joins: [false, false] });
        }
        if let Some(&(from, v, to)) = rows.get(rows.len() / 2) {
            for (u, toward) in [(from, -1.0), (to, 1.0)] {
                if (out.gates.is_empty() || dice.chance(0.35))
                    && (u - spine_u).abs() >= 9.0
                    && let Some(end) = exits(spot(u, v), spot(toward, 0.0))
                {
                    out.add(frame, &[end.street, end.gate, spot(u, v)]);
                }
            }
        }
        out
    }

    fn add(&mut self, frame: Frame, line: &[Spot; 3]) {
        self.gates.push(frame.spot(line[1]));
        self.street_ends.push(frame.spot(line[0]));
        let line: Vec<Spot> = line.iter().map(|&p| frame.spot(p)).collect();
        self.paths.push(Path { class: RoadClass::Footway, line, joins: [true, false] });
    }
}

/// The way out of a yard from a place in it, straight on: over the fence to the first street, if that is near.
fn exit(site: &Site<'_>, frame: Frame, yard: &[Spot], ground: &[Spot], from: Spot, toward: Spot) -> Option<Exit> {
    let far = from + toward * 400.0;
    let first = |ring: &[Spot]| {
        sides(ring)
            .enumerate()
            .filter_map(|(i, (a, b))| crate::simulate::plane::meeting(from, far, a, b).map(|(t, _)| (t, i)))
            .fold(
                None,
                |best: Option<(f64, usize)>, hit| if best.is_none_or(|b| hit.0 < b.0) { Some(hit) } else { best },
            )
    };
    let (gate_t, _) = first(yard)?;
    let (mut street_t, side) = first(ground)?;
    let kind = *site.kinds.get(side)?;
    kind.road()?;
    if street_t < gate_t || (street_t - gate_t) * 400.0 > 34.0 {
        return None;
    }
    // An end almost on a bend of the street would leave a tiny edge: it moves over to the bend's other side.
    let (a, b) = (ground[side], ground[(side + 1) % ground.len()]);
    let hit = from.toward(far, street_t);
    let (t, _) = nearest_on(a, b, hit);
    let len = a.to(b);
    if t * len < 3.0 || (1.0 - t) * len < 3.0 {
        street_t = f64::NAN;
    }
    let street = if street_t.is_nan() { if t < 0.5 { a } else { b } } else { hit };
    Some(Exit { gate: from.toward(far, gate_t), street: frame.local(frame.spot(street)), kind })
}

/// A court between buildings, sometimes with a pond.
pub fn court_pond(frame: Frame, court: Rect, dice: &mut Dice) -> Green {
    let pond = dice.chance(0.3).then(|| {
        let middle = spot((court.u0 + court.u1) / 2.0, (court.v0 + court.v1) / 2.0);
        blob(middle, spot(court.width() * 0.26, court.depth() * 0.28), dice)
    });
    Green {
        ring: frame.ring(&court.chamfered(4.0)),
        ponds: pond.into_iter().map(|p| frame.ring(&p)).collect(),
        named: false,
    }
}

/// A round shape with soft bumps, clockwise as seen on the map; `radii` along x and y.
pub fn blob(middle: Spot, radii: Spot, dice: &mut Dice) -> Vec<Spot> {
    let (phase, bumps) = (dice.share(), 2.0 + dice.below(3) as f64);
    (0..28)
        .map(|i| {
            let turn = f64::from(i) / 28.0;
            let d = direction(turn);
            let k = 1.0 + 0.13 * direction(turn * bumps + phase).x;
            middle + spot(d.x * radii.x * k, d.y * radii.y * k)
        })
        .collect()
}
