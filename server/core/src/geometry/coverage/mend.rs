//! One invalid shape made valid, where that changes little; only for those who asked for a repair.
//!
//! What the outer ring of a polygon goes around, in either direction, is inside; what a hole goes around is not; polygons
//! that overlap are one. Nothing is guessed: where the land would be much larger or smaller afterwards, or a position is no
//! position, the shape stays refused.

use super::arrangement::{Arrangement, Face, twin};

use super::land::land_m2;
use crate::geometry::exact::{edges, turn};
use crate::geometry::gate::{self, GateError, MAX_POSITIONS, fixed_polygons};
use crate::geometry::position::FixedPoint;
use crate::geometry::shape::{MultiPolygon, Polygon, Ring, alike_ring};
use std::collections::{BTreeMap, BTreeSet};

/// Part of its land a shape may gain or lose by being made valid.
pub const MOST_MENDED: f64 = 0.1;

/// What was done to make a shape valid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mending {
    /// A ring was closed.
    RingClosed,
    /// A ring without area was left out.
    RingLeftOut,
    /// A ring that was there twice was left out.
    CopyLeftOut,
    /// Rings that cross, touch or overlap were taken apart and put together again.
    RingsRedrawn,
}

impl Mending {
    /// What was done, as an identifier.
    pub fn id(self) -> &'static str {
        match self {
            Self::RingClosed => "ring_closed",
            Self::RingLeftOut => "ring_left_out",
            Self::CopyLeftOut => "copy_left_out",
            Self::RingsRedrawn => "rings_redrawn",
        }
    }
}

/// A shape made valid.
#[derive(Debug, Clone, PartialEq)]
pub struct Mended {
    /// Its polygons, which the gate takes.
    pub shape: MultiPolygon,
    /// What was done, each once; nothing when it was valid.
    pub what: Vec<Mending>,
    /// Land it gained, square metres; negative when it lost some.
    pub area_change_m2: f64,
}

/// Why a shape cannot be made valid.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum CannotMend {
    /// A position, or the number of them, is wrong in itself.
    #[error(transparent)]
    Refused(#[from] GateError),
    /// It has no land.
    #[error("the shape has no area; a polygon needs at least three positions that are not on one line")]
    NoArea,
    /// It would not be what it was.
    #[error(
        "made valid it would have {after_m2:.1} m² where its rings say {before_m2:.1} m², which differs by more than {:.0} %; it has to be drawn again",
        MOST_MENDED * 100.0
    )]
    Change {
        /// Its area by the shoelace sums of its rings, square metres.
        before_m2: f64,
        /// Its area if it were made valid, square metres.
        after_m2: f64,
    },
    /// Its rings meet too often.
    #[error("its rings cross one another more than {crossings} times; it has to be drawn again")]
    TooComplex {
        /// Crossings seen before the search was given up.
        crossings: u64,
    },
}

/// A valid shape of the coordinates of a GeoJSON MultiPolygon; the gate's own where it takes them.
///
/// # Errors
/// [`CannotMend`]: why it stays refused. Costs n log n for n positions and crossings, of which only so many are looked at.
pub fn make_valid<P: AsRef<[f64]>>(raw: &[Vec<Vec<P>>]) -> Result<Mended, CannotMend> {
    let refusal = match gate::polygons(raw) {
        Ok(shape) => return Ok(Mended { shape, what: Vec::new(), area_change_m2: 0.0 }),
        Err(refusal) => refusal,
    };
    let count = raw.iter().flatten().map(Vec::len).sum();
    if count > MAX_POSITIONS {
        return Err(GateError::TooMany { got: count }.into());
    }
    if matches!(refusal, GateError::Antimeridian { .. }) {
        return Err(refusal.into());
    }
    let mut what = BTreeSet::new();
    let mut parts: Vec<Vec<Ring>> = Vec::new();
    for part in raw {
        let mut rings: Vec<Ring> = Vec::new();
        for (number, raw_ring) in part.iter().enumerate() {
            match ring(raw_ring, &refusal, &mut what)? {
                Some(ring) => rings.push(ring),
                // Holes in nothing are nothing.
                None if number == 0 => break,
                None => {}
            }
        }
        parts.extend((!rings.is_empty()).then_some(rings));
    }
    leave_out_copies(&mut parts, &mut what);
    redrawn(parts, what)
}

/// The positions of a ring, closed or not, each once in a row; none where they have no area.
fn ring<P: AsRef<[f64]>>(
    raw: &[P],
    refusal: &GateError,
    what: &mut BTreeSet<Mending>,
) -> Result<Option<Ring>, CannotMend> {
    let mut points = raw.iter().map(|p| gate::point(p.as_ref())).collect::<Result<Vec<FixedPoint>, GateError>>()?;
    let closed = points.len() > 1 && points.first() == points.last();
    points.dedup();
    if closed && points.len() > 1 {
        points.pop();
    } else if points.len() > 2 {
        what.insert(Mending::RingClosed);
    }
    if edges(&points).any(|(a, b)| a.x.abs_diff(b.x) > 1 << 31) {
        return Err(refusal.clone().into());
    }
    let flat = match points[..] {
        [a, b, ref rest @ ..] => rest.iter().all(|c| turn(a, b, *c) == 0),
        _ => true,
    };
    if flat {
        what.insert(Mending::RingLeftOut);
    }
    Ok((!flat).then_some(points))
}

/// Leaves out rings that are in their polygon already, and polygons that are there already.
fn leave_out_copies(parts: &mut Vec<Vec<Ring>>, what: &mut BTreeSet<Mending>) {
    let mut polygons: BTreeSet<BTreeSet<Ring>> = BTreeSet::new();
    let before: usize = parts.iter().map(Vec::len).sum();
    parts.retain_mut(|rings| {
        let mut seen: BTreeSet<Ring> = BTreeSet::new();
        rings.retain(|ring| seen.insert(either_way(ring)));
        polygons.insert(seen)
    });
    if parts.iter().map(Vec::len).sum::<usize>() < before {
        what.insert(Mending::CopyLeftOut);
    }
}

/// A ring in a form that depends neither on its beginning nor on its direction.
fn either_way(ring: &Ring) -> Ring {
    let back = ring.iter().rev().copied().collect();
    alike_ring(ring).min(alike_ring(&back))
}

fn redrawn(parts: Vec<Vec<Ring>>, mut what: BTreeSet<Mending>) -> Result<Mended, CannotMend> {
    let single = |ring: &Ring| vec![Polygon { outer: ring.clone(), holes: Vec::new() }];
    let before_m2: f64 = parts
        .iter()
        .map(|rings| {
            let of = |ring: &Ring| land_m2(&single(ring)).abs();
            of(&rings[0]) - rings[1..].iter().map(of).sum::<f64>()
        })
        .sum();
    let rings: Vec<MultiPolygon> = parts.iter().flatten().map(single).collect();
    let arrangement = Arrangement::build(&rings.iter().collect::<Vec<_>>());
    if let Some(tangle) = arrangement.tangles().first() {
        return Err(CannotMend::TooComplex { crossings: tangle.crossings });
    }
    if !arrangement.stacked().is_empty() {
        return Err(CannotMend::TooComplex { crossings: 0 });
    }
    // For each ring the number of its polygon, and whether it is a hole.
    let roles: Vec<(usize, bool)> =
        (0..).zip(&parts).flat_map(|(part, rings)| (0..rings.len()).map(move |ring| (part, ring > 0))).collect();
    let windings = windings(&arrangement);
    let inside = |face: &Face| {
        let around: Vec<(usize, bool)> = windings[*face as usize].keys().map(|ring| roles[*ring as usize]).collect();
        around.iter().any(|(part, hole)| !hole && !around.contains(&(*part, true)))
    };
    let faces: Vec<Face> = (1..arrangement.len()).filter(inside).collect();
    let shape = arrangement.outline(&faces);
    if shape.is_empty() {
        return Err(CannotMend::NoArea);
    }
    let shape = fixed_polygons(shape)?;
    let after_m2 = land_m2(&shape);
    if (after_m2 - before_m2).abs() > MOST_MENDED * before_m2.max(after_m2) {
        return Err(CannotMend::Change { before_m2, after_m2 });
    }
    let as_given = parts.iter().map(|rings| Polygon { outer: rings[0].clone(), holes: rings[1..].to_vec() }).collect();
    if fixed_polygons(as_given).is_err() {
        what.insert(Mending::RingsRedrawn);
    }
    Ok(Mended { shape, what: what.into_iter().collect(), area_change_m2: after_m2 - before_m2 })
}

/// For each face the rings that go around it, with how often they do.
fn windings(arrangement: &Arrangement) -> Vec<BTreeMap<u32, i32>> {
    let mut found: Vec<Option<BTreeMap<u32, i32>>> = vec![None; arrangement.len() as usize];
    found[0] = Some(BTreeMap::new());
    let mut waiting: Vec<Face> = vec![0];
    while let Some(face) = waiting.pop() {
        let here = found[face as usize].clone().unwrap_or_default();
        for &half in arrangement.around(face) {
            let beyond = arrangement.face(twin(half));
            if found[beyond as usize].is_some() {
                continue;
            }
            let mut there = here.clone();
            for &(ring, net) in arrangement.users(half) {
                // What lies to the left of an edge is gone around once more for every time the edge is walked.
                *there.entry(ring).or_insert(0) += if half & 1 == 0 { -net } else { net };
            }
            there.retain(|_, times| *times != 0);
            found[beyond as usize] = Some(there);
            waiting.push(beyond);
        }
    }
    found.into_iter().map(Option::unwrap_or_default).collect()
}

#[cfg(test)]
mod tests;
