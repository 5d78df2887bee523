//! What speaks for one reading against another, feature by feature.
//!
//! A feature compares how the same things lie on the ground under two readings. Each gives a logarithm of odds, in nats:
//! half the square of how many standard deviations it is off what chance makes, with a bound, so that no single one decides
//! against all others. What has a grain finer than a shift of datum is looked at in [`texture`](super::texture).

use super::Witness;
use super::areas::AreasForFit;
use super::texture::{Shares, Texture};
use crate::table::Crs;
use std::collections::HashMap;
use wangge_core::geometry::position::{FixedPoint, LonLat, fixed_from_lonlat};

/// Most a feature says, in nats: e²⁰ is nearly 5 × 10⁸ to one.
pub(super) const MOST: f64 = 20.0;
/// Most a feature says that is no matter of chance: a code stated, a place known.
const MOST_STATED: f64 = 30.0;
/// What a single thing says that is where it is known to be: by chance it comes within [`SAME_M`] of it once in twenty
/// shifts, as far as shifts of datum go.
const KNOWN: f64 = 3.0;
/// Farther off than any shift of datum puts things.
const NEAR_M: f64 = 20_000.0;
/// Positions this near each other count as one where chance is estimated: a block has hundreds of doors.
pub(super) const CLUSTER_M: f64 = 150.0;
/// The same where each speaks for a code stated beside it: a stair has a dozen doors.
const BUILDING_M: f64 = 40.0;
/// How far the same thing may be from where it is known, such as a door measured again.
const SAME_M: f64 = 50.0;

/// Things read one way, and how they lie on the ground.
#[derive(Debug, Clone)]
pub(super) struct Reading<'g> {
    pub(super) crs: Crs,
    pub(super) ground: &'g AreasForFit,
    /// Where every witness is; none where its numbers are no position.
    pub(super) at: Vec<Option<FixedPoint>>,
    area: Vec<Option<u32>>,
    /// How many are in an area.
    pub(super) inside: usize,
    /// How many are anywhere near the areas.
    pub(super) near: usize,
    /// How many are in the area stated beside them, and of how many one is stated.
    pub(super) agreeing: (usize, usize),
}

impl<'g> Reading<'g> {
    /// Numbers read as a system's.
    pub(super) fn of(witnesses: &[Witness<'_>], crs: Crs, ground: &'g AreasForFit) -> Self {
        let read = |witness: &Witness<'_>| {
            let [lon, lat] = crs.lonlat_from(witness.xy).ok()?;
            LonLat::new(lon, lat).ok().map(fixed_from_lonlat)
        };
        let at = witnesses.iter().map(read).collect();
        Self::at(witnesses, crs, at, ground)
    }

    /// Positions that are what they are, on the ground this reading of other numbers makes.
    pub(super) fn at(
        witnesses: &[Witness<'_>],
        crs: Crs,
        at: Vec<Option<FixedPoint>>,
        ground: &'g AreasForFit,
    ) -> Self {
        let area: Vec<Option<u32>> = at.iter().map(|at| ground.area((*at)?)).collect();
        let stated: Vec<bool> = witnesses
            .iter()
            .zip(&area)
            .filter_map(|(witness, area)| witness.stated.map(|code| area.is_some_and(|area| ground.agrees(area, code))))
            .collect();
        Self {
            inside: area.iter().flatten().count(),
            near: at.iter().flatten().filter(|at| ground.is_near(**at, NEAR_M)).count(),
            agreeing: (stated.iter().filter(|agrees| **agrees).count(), stated.len()),
            crs,
            ground,
            at,
            area,
        }
    }

    pub(super) fn inside_share(&self) -> f64 {
        self.inside as f64 / self.at.len().max(1) as f64
    }

    fn near_share(&self) -> f64 {
        self.near as f64 / self.at.len().max(1) as f64
    }

    fn is_same_place(&self, other: &Self) -> bool {
        self.at.iter().zip(&other.at).all(|pair| match pair {
            (Some(a), Some(b)) => self.ground.metres_between(*a, *b) < 1.0,
            (None, None) => true,
            _ => false,
        })
    }
}

/// Readings without those that put nothing near, and those that put everything where an earlier one does: outside China
/// GCJ-02 is WGS-84, and a meridian may be that of two zones. The first, the one given, stays.
pub(super) fn worth_weighing<'g>(readings: impl Iterator<Item = Reading<'g>>) -> Vec<Reading<'g>> {
    let mut kept: Vec<Reading<'g>> = Vec::new();
    for reading in readings {
        let repeats = || kept.iter().any(|earlier| earlier.is_same_place(&reading));
        if kept.is_empty() || (reading.near > 0 && !repeats()) {
            kept.push(reading);
        }
    }
    kept
}

/// The same witnesses under every reading, the given one first.
pub(super) struct View<'v> {
    witnesses: &'v [Witness<'v>],
    pub(super) readings: &'v [Reading<'v>],
    texture: Texture,
}

impl<'v> View<'v> {
    /// Looks at the readings; there is at least one.
    pub(super) fn new(witnesses: &'v [Witness<'v>], readings: &'v [Reading<'v>]) -> Self {
        Self { witnesses, readings, texture: Texture::of(readings) }
    }

    /// The same where witnesses are middles of areas, which have no place of their own among streets and buildings.
    pub(super) fn of_middles(witnesses: &'v [Witness<'v>], readings: &'v [Reading<'v>]) -> Self {
        Self { witnesses, readings, texture: Texture::none(readings.len()) }
    }

    /// Of those inside, the shares on a border, in a building, in water.
    pub(super) fn shares(&self, at: usize) -> Shares {
        self.texture.shares(at)
    }

    /// What speaks for one reading against another, by their numbers.
    pub(super) fn evidence(&self, rival_at: usize, given_at: usize) -> Evidence {
        let (given, rival) = (&self.readings[given_at], &self.readings[rival_at]);
        let reference = if given.inside >= rival.inside { given } else { rival };
        // Differences of a yes or no, witness by witness, with the cluster each is counted in.
        let counted = |says: &dyn Fn(usize, &Reading<'_>) -> bool, cluster: &dyn Fn(usize) -> u64, most: f64| {
            let each = |reading, at| f64::from(u8::from(says(at, reading)));
            let differences = (0..reference.at.len()).map(|at| (cluster(at), each(rival, at) - each(given, at)));
            nats(sign_test(differences), most)
        };
        let within =
            |side_m: f64| move |at: usize| reference.at[at].map_or(u64::MAX, |at| reference.ground.cluster(at, side_m));
        let agrees = |at: usize, reading: &Reading<'_>| {
            let stated = reading.area[at].zip(self.witnesses[at].stated);
            stated.is_some_and(|(area, code)| reading.ground.agrees(area, code))
        };
        let is_known = |at: usize, reading: &Reading<'_>| {
            let places = reading.at[at].zip(self.witnesses[at].known);
            places.is_some_and(|(here, known)| reading.ground.metres_between(here, known) < SAME_M)
        };
        let known = |reading: &Reading<'_>| (0..reading.at.len()).filter(|at| is_known(*at, reading)).count() as f64;
        let [borders, buildings, water] = self.texture.compare(rival_at, given_at);
        let inside = counted(&|at, reading| reading.area[at].is_some(), &within(CLUSTER_M), MOST);
        Evidence {
            near: MOST * (rival.near_share() - given.near_share()),
            inside: inside * explained(given, rival),
            empty: empty_areas(given, rival),
            borders,
            buildings,
            water,
            stated: counted(&agrees, &within(BUILDING_M), MOST_STATED),
            known: (KNOWN * (known(rival) - known(given))).clamp(-MOST_STATED, MOST_STATED),
        }
    }
}

/// What features say for one reading against another, in nats; negative speaks for the other.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Evidence {
    /// Anywhere near the areas.
    pub(super) near: f64,
    /// In an area.
    pub(super) inside: f64,
    /// Areas without anybody.
    pub(super) empty: f64,
    /// Off the borders, where streets run, or on them.
    pub(super) borders: f64,
    /// In buildings.
    pub(super) buildings: f64,
    /// Out of the water.
    pub(super) water: f64,
    /// In the area the row states.
    pub(super) stated: f64,
    /// Where the same thing is already.
    pub(super) known: f64,
}

impl Evidence {
    pub(super) fn sum(&self) -> f64 {
        let Self { near, inside, empty, borders, buildings, water, stated, known } = self;
        near + inside + empty + borders + buildings + water + stated + known
    }
}

/// How many standard deviations the sum of differences is off zero, were every cluster as likely to differ one way as the
/// other.
fn sign_test(differences: impl Iterator<Item = (u64, f64)>) -> f64 {
    let mut by_cluster: HashMap<u64, f64> = HashMap::new();
    for (cluster, difference) in differences.filter(|(_, difference)| *difference != 0.0) {
        *by_cluster.entry(cluster).or_default() += difference;
    }
    let (sum, squares) = by_cluster.values().fold((0.0, 0.0), |(sum, squares), d| (sum + d, squares + d * d));
    if squares > 0.0 { sum / f64::sqrt(squares) } else { 0.0 }
}

fn nats(deviations: f64, most: f64) -> f64 {
    (deviations.signum() * deviations * deviations / 2.0).clamp(-most, most)
}

/// How much of what lies outside under one reading the other explains, 0 to 1.
///
/// Where most of it stays outside whatever is done, the file's edge is not that of the areas, and which few are inside says
/// nothing.
fn explained(given: &Reading<'_>, rival: &Reading<'_>) -> f64 {
    let (given, rival) = (1.0 - given.inside_share(), 1.0 - rival.inside_share());
    let (less, more) = (given.min(rival), given.max(rival));
    if more > 0.0 { ((0.8 - less / more) / 0.3).clamp(0.0, 1.0) } else { 0.0 }
}

/// Areas nobody is in under one reading and somebody under the other; says something only where the file fills nearly all.
fn empty_areas(given: &Reading<'_>, rival: &Reading<'_>) -> f64 {
    let filled = |reading: &Reading<'_>| {
        let mut filled = vec![0.0; reading.ground.count()];
        reading.area.iter().flatten().for_each(|area| filled[*area as usize] = 1.0);
        filled
    };
    let (given, rival) = (filled(given), filled(rival));
    let most = given.iter().sum::<f64>().max(rival.iter().sum());
    if most < 0.9 * given.len() as f64 {
        return 0.0;
    }
    nats(sign_test((0u64..).zip(rival.iter().zip(&given).map(|(rival, given)| rival - given))), MOST)
}
