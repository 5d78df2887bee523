//! The detective: tests in which coordinate system a file's numbers really are, by how they lie on what is there already.
//!
//! A door 585 m off still lies in the district, mostly, and in *some* grid. What gives it away is finer: a tenth of the
//! doors falls outside, grids at one edge stay empty, doors lie on streets and borders as often as chance has it and in
//! buildings no more often. Every plausible reading of the numbers is held against the ground that way; nothing here reads
//! a file or changes one, and what cannot be told is said to be so.
//!
//! ## How sure
//! Readings are compared in pairs, feature by feature (`evidence`), each a logarithm of odds. When the sum of one against the
//! given reading reaches 8 nats, 3,000 to one, an import stops; when all are 3 nats, 20 to one, behind the given reading, that
//! is confirmed. [`Verdict::confidence`] is the share of the chosen reading when each weighs e to the power of what speaks for
//! it against the chosen one: a measure of how clear the case is, not a rate at which such verdicts are right, as features
//! are not independent of each other.

mod areas;
mod evidence;
mod new_areas;
mod readings;
mod sense;
#[cfg(test)]
mod tests;
mod texture;
mod verdict;
mod words;

pub use areas::{AreasForFit, FitArea};
pub use new_areas::{NewArea, inspect_areas};
pub use sense::{Nonsense, plain_sense};
pub use verdict::{Decision, Fit, Moved, Verdict};

use crate::table::Crs;
use evidence::{Reading, View};
use verdict::Case;
use wangge_core::geometry::position::FixedPoint;

/// Most positions looked at; of more, every so-manieth.
const MOST_WITNESSES: usize = 4_000;

/// A position of a file, and what else its row says of where that is.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Witness<'a> {
    /// The numbers as the file has them.
    pub xy: [f64; 2],
    /// Code of the area the row says it lies in, such as a column of grid or community codes.
    pub stated: Option<&'a str>,
    /// Where the district has the same thing already, by its id.
    pub known: Option<FixedPoint>,
}

impl From<[f64; 2]> for Witness<'_> {
    fn from(xy: [f64; 2]) -> Self {
        Self { xy, ..Self::default() }
    }
}

/// Whether numbers are in the system given, held against the areas there are.
///
/// A sample taken evenly from the file is as good as all of it: beyond 4,000 positions only some are looked at.
/// Costs a few hundred milliseconds at most.
pub fn inspect(witnesses: &[Witness<'_>], given: &Crs, ground: &AreasForFit) -> Verdict {
    let step = witnesses.len().div_ceil(MOST_WITNESSES).max(1);
    let witnesses: Vec<Witness<'_>> = witnesses.iter().step_by(step).copied().collect();
    let are_degrees = readings::look_like_degrees(witnesses.iter().map(|witness| witness.xy));
    let systems = readings::plausible(given, are_degrees, ground.middle());
    let read = systems.into_iter().map(|crs| Reading::of(&witnesses, crs, ground));
    let readings = evidence::worth_weighing(read);
    let views = [View::new(&witnesses, &readings)];
    verdict::judge(&Case { numbers: &witnesses, places: &readings, views: &views, level: ground.level() })
}
