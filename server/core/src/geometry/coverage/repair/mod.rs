//! Areas mended under a tolerance: what is thinner than it is closed, what is wider is left and said.
//!
//! First corners of neighbours are moved onto one another and edges led over their neighbours' corners (`snap`); then
//! every face of what is left is given to one area (`assign`): of two areas the lower code keeps what both have, a gap goes
//! to the neighbour with the longest border to it, land outside a parent is cut off. Both are repeated until nothing
//! changes, so mending what is mended changes nothing.

mod account;
mod anchors;
mod assign;
mod snap;

use super::defects::{Defect, Level};
use super::finding::{CoverArea, Finding};
use super::land::land_m2;
use super::look::{findings, is_sliver};
use crate::geometry::gate::{GateError, fixed_polygons};
use crate::geometry::shape::{MultiPolygon, alike};
use std::collections::BTreeSet;

/// Rounds in which corners are moved.
const SNAPS: usize = 4;
/// Rounds of a run; three or four are the rule.
const ROUNDS: usize = 16;
/// Runs until one changes nothing; two are the rule.
const RUNS: usize = 8;
/// Part of its land an area may lose or gain; one that would change more is left as it was.
pub const MOST_CHANGE: f64 = 0.5;

/// What was done to an area.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Deed {
    /// Corners were moved onto a neighbour's.
    CornersMoved,
    /// Corners were inserted where a neighbour has them.
    CornersInserted,
    /// Land a neighbour keeps was given up.
    OverlapGivenUp,
    /// A gap was taken in.
    GapFilled,
    /// Land outside the parent was cut off.
    CutAtParent,
    /// A piece that was cut off from the rest was given up.
    CrumbGivenUp,
}

impl Deed {
    /// The deed as an identifier.
    pub fn id(self) -> &'static str {
        match self {
            Self::CornersMoved => "corners_moved",
            Self::CornersInserted => "corners_inserted",
            Self::OverlapGivenUp => "overlap_given_up",
            Self::GapFilled => "gap_filled",
            Self::CutAtParent => "cut_at_parent",
            Self::CrumbGivenUp => "crumb_given_up",
        }
    }
}

/// What became of an area that was changed.
#[derive(Debug, Clone, PartialEq)]
pub struct Move {
    /// Its code.
    pub code: String,
    /// Corners that are new, or were moved or taken out.
    pub vertices: u32,
    /// The farthest its border moved, metres.
    pub max_m: f64,
    /// What it gained, square metres; negative when it lost land.
    pub area_change_m2: f64,
    /// What was done, each once.
    pub what: Vec<Deed>,
}

/// Areas after a repair.
#[derive(Debug, Clone, PartialEq)]
pub struct Repaired {
    /// The polygons of each area, in the order the areas were given; those of unchanged ones exactly as given.
    pub areas: Vec<MultiPolygon>,
    /// The areas that were changed, in the order given.
    pub moves: Vec<Move>,
    /// Areas left as they were because mending them would have spoilt them, with the reason.
    pub spared: Vec<(String, Spared)>,
    /// What is still wrong.
    pub left: Vec<Finding>,
}

/// Why an area was left as it was.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Spared {
    /// It would have lost or gained too much.
    #[error("its area would change by {:.0} %; at most {:.0} % may", share * 100.0, MOST_CHANGE * 100.0)]
    Change {
        /// By which part of what it was.
        share: f64,
    },
    /// It would not have been valid.
    #[error("it would not be valid: {0}")]
    Invalid(#[from] GateError),
}

/// The areas of a level, mended beside one another and inside their parents; parents are never changed.
///
/// Nothing wider than `tolerance_m` is given to anybody or taken from anybody, no corner moves farther than that in one
/// step, and areas that are `fixed` stay as they are. Costs a few times what [`findings`] does.
pub fn repair(areas: &[CoverArea], parents: &[CoverArea], tolerance_m: f64) -> Repaired {
    let mut shapes: Vec<MultiPolygon> = areas.iter().map(|area| area.shape.clone()).collect();
    let mut deeds: Vec<BTreeSet<Deed>> = vec![BTreeSet::new(); areas.len()];
    let mut spared = Vec::new();
    for _ in 0..RUNS {
        let before = shapes;
        let now: Vec<CoverArea> = areas.iter().zip(&before).map(|(area, shape)| CoverArea { shape, ..*area }).collect();
        (shapes, spared) = judged(&now, run(&now, parents, tolerance_m, &mut deeds));
        if shapes == before {
            break;
        }
    }
    let mut moves = Vec::new();
    for ((area, shape), deeds) in areas.iter().zip(&mut shapes).zip(&deeds) {
        if shape == area.shape || alike(shape) == alike(area.shape) {
            shape.clone_from(area.shape);
        } else {
            moves.push(account::account(area, shape, deeds));
        }
    }
    let after: Vec<CoverArea> = areas.iter().zip(&shapes).map(|(area, shape)| CoverArea { shape, ..*area }).collect();
    let left = findings(&after, parents, tolerance_m);
    Repaired { areas: shapes, moves, spared, left }
}

/// One way through: corners are moved as long as there are any to move, then faces are given to areas.
fn run(
    areas: &[CoverArea],
    parents: &[CoverArea],
    tolerance_m: f64,
    deeds: &mut [BTreeSet<Deed>],
) -> Vec<MultiPolygon> {
    let mut shapes: Vec<MultiPolygon> = areas.iter().map(|area| area.shape.clone()).collect();
    // What moving corners made of an area need not be valid; put together from its faces it is.
    let mut moved: BTreeSet<u32> = BTreeSet::new();
    for round in 0..ROUNDS {
        let refs: Vec<&MultiPolygon> = shapes.iter().collect();
        let level = Level::of(areas, &refs, parents);
        let defects = level.defects();
        let snapped = (round < SNAPS).then(|| snap::snapped(&level, &refs, &defects, tolerance_m, deeds)).flatten();
        let next = snapped.or_else(|| {
            let outline = |defect: &Defect| level.arrangement.outline(&defect.faces);
            let thin = |defect: &&Defect| is_sliver(&outline(defect), tolerance_m);
            let thin: Vec<&Defect> = defects.iter().filter(thin).collect();
            assign::assigned(&level, &refs, &thin, &moved, tolerance_m, deeds)
        });
        let Some(next) = next else { break };
        let pairs = (0u32..).zip(next.iter().zip(&shapes));
        let changed: BTreeSet<u32> = pairs
            .filter(|(_, (next, shape))| next != shape && alike(next) != alike(shape))
            .map(|pair| pair.0)
            .collect();
        if changed.is_empty() {
            break;
        }
        moved.extend(changed);
        shapes = next;
    }
    shapes
}

/// The shapes made, or the ones before where they cannot be taken, and why not.
fn judged(before: &[CoverArea], after: Vec<MultiPolygon>) -> (Vec<MultiPolygon>, Vec<(String, Spared)>) {
    let mut spared = Vec::new();
    let mut one = |(area, shape): (&CoverArea, MultiPolygon)| {
        if shape == *area.shape || alike(&shape) == alike(area.shape) {
            return area.shape.clone();
        }
        taken(area.shape, shape).unwrap_or_else(|reason| {
            spared.push((area.code.to_owned(), reason));
            area.shape.clone()
        })
    };
    let shapes = before.iter().zip(after).map(&mut one).collect();
    (shapes, spared)
}

fn taken(before: &MultiPolygon, after: MultiPolygon) -> Result<MultiPolygon, Spared> {
    let whole = land_m2(before);
    let share = (land_m2(&after) - whole).abs() / whole.max(f64::MIN_POSITIVE);
    if share > MOST_CHANGE {
        return Err(Spared::Change { share });
    }
    Ok(fixed_polygons(after)?)
}

#[cfg(test)]
mod tests;
