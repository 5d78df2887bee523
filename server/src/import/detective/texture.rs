//! Features with a grain much finer than a shift of datum: borders, buildings, water.
//!
//! Doors keep off the streets between blocks, or stand on them where a geocoder put them; they are in buildings and not in
//! the river. Whatever it is, the right reading shows it, and at any other place a few hundred metres off it is what chance
//! makes of it. Chance is taken from the same positions, displaced many ways.

use super::areas::moved;
use super::evidence::{CLUSTER_M, MOST, Reading};
use std::collections::HashSet;
use wangge_core::geometry::position::FixedPoint;

/// Shares of those inside an area that are on a border, in a building, in water; none where it cannot be told.
pub(super) type Shares = [Option<f64>; 3];

/// Place of the water among the shares.
const WATER: usize = 2;
/// Fewest positions inside that shares are taken of.
const FEWEST_INSIDE: usize = 15;
/// Fewest displacements that make a chance.
const FEWEST_DRAWN: usize = 8;
/// Displacements this near a reading's own place are left out.
const OWN_PLACE_M: f64 = 120.0;
/// The middle of the map, from which displacements are counted.
const ORIGIN: FixedPoint = FixedPoint { x: 1 << 31, y: 1 << 31 };

/// How the readings of a view look close by.
#[derive(Debug, Clone)]
pub(super) struct Texture {
    /// Mean and variance of each share by chance.
    chance: [Option<(f64, f64)>; 3],
    looks: Vec<Look>,
}

/// How positions look close by.
#[derive(Debug, Clone, Copy, Default)]
struct Look {
    shares: Shares,
    /// Clusters the positions inside make.
    clusters: usize,
}

impl Texture {
    /// Looks at every reading, and at the one with the most inside displaced.
    pub(super) fn of(readings: &[Reading<'_>]) -> Self {
        let looks = readings.iter().map(|reading| look(reading, (0, 0))).collect();
        let reference = readings.iter().max_by_key(|reading| reading.inside);
        let chance = reference.map_or([None; 3], |reference| chance(reference, readings));
        Self { chance, looks }
    }

    pub(super) fn shares(&self, at: usize) -> Shares {
        self.looks[at].shares
    }

    /// No look at all at so many readings.
    pub(super) fn none(count: usize) -> Self {
        Self { chance: [None; 3], looks: vec![Look::default(); count] }
    }

    /// Nats of borders, buildings and water for one reading against another, by their numbers.
    pub(super) fn compare(&self, rival: usize, given: usize) -> [f64; 3] {
        std::array::from_fn(|feature| {
            let surprise = |at: usize| {
                let Look { shares, clusters } = self.looks[at];
                let ((mean, variance), share) = self.chance[feature].zip(shares[feature])?;
                let surprise = surprise(share, mean, variance, clusters);
                // Doors in buildings or in none, off the borders or on them, all is of somebody's making; doors in water are not.
                Some(if feature == WATER && share > mean { -surprise } else { surprise })
            };
            surprise(rival).zip(surprise(given)).map_or(0.0, |(rival, given)| (rival - given).clamp(-MOST, MOST))
        })
    }
}

/// Nats by which a share is not what chance makes it: the likelihood ratio of as many independent yeses and noes as the
/// variance of the chance is that of, and never of more than there are clusters.
fn surprise(share: f64, mean: f64, variance: f64, clusters: usize) -> f64 {
    let mean = mean.clamp(0.01, 0.99);
    let independent = (mean * (1.0 - mean) / variance).min(clusters as f64);
    let part = |share: f64, mean: f64| if share > 0.0 { share * (share / mean).ln() } else { 0.0 };
    independent * (part(share, mean) + part(1.0 - share, 1.0 - mean))
}

/// Mean and variance of each share over displacements that are no reading's own place.
fn chance(reference: &Reading<'_>, readings: &[Reading<'_>]) -> [Option<(f64, f64)>; 3] {
    let ground = reference.ground;
    let own: Vec<FixedPoint> = readings.iter().filter_map(|reading| place_beside(reference, reading)).collect();
    let mut drawn: [Vec<f64>; 3] = Default::default();
    for (east_m, south_m) in displacements() {
        let units = |metres: f64| (metres / ground.metres_per_unit()) as i64;
        let by = (units(east_m), units(south_m));
        let there = moved(ORIGIN, by.0, by.1);
        if own.iter().any(|place| ground.metres_between(*place, there) < OWN_PLACE_M) {
            continue;
        }
        for (drawn, share) in drawn.iter_mut().zip(look(reference, by).shares) {
            drawn.extend(share);
        }
    }
    drawn.map(|shares| {
        let count = shares.len() as f64;
        let mean = shares.iter().sum::<f64>() / count;
        let variance = shares.iter().map(|share| (share - mean).powi(2)).sum::<f64>() / count;
        (shares.len() >= FEWEST_DRAWN).then_some((mean, variance))
    })
}

/// Small displacements in metres: three rings, twelve ways each, turned against each other.
fn displacements() -> impl Iterator<Item = (f64, f64)> {
    [(250.0, 0.0), (430.0, 10.0), (690.0, 20.0)].into_iter().flat_map(|(radius, turn)| {
        (0..12).map(move |step| {
            let (sin, cos) = f64::to_radians(turn + 30.0 * f64::from(step)).sin_cos();
            (radius * cos, radius * sin)
        })
    })
}

/// How far a reading lies from another, by the middle one of their positions, counted from [`ORIGIN`].
fn place_beside(from: &Reading<'_>, to: &Reading<'_>) -> Option<FixedPoint> {
    let both = from.at.iter().zip(&to.at).filter_map(|(a, b)| (*a).zip(*b));
    let mut by: Vec<(i64, i64)> =
        both.map(|(a, b)| (i64::from(b.x) - i64::from(a.x), i64::from(b.y) - i64::from(a.y))).collect();
    by.sort_unstable();
    by.get(by.len() / 2).map(|(east, south)| moved(ORIGIN, *east, *south))
}

/// How a reading's positions look, each moved so many units east and south.
fn look(reading: &Reading<'_>, (east, south): (i64, i64)) -> Look {
    let ground = reading.ground;
    let displaced = reading.at.iter().flatten().map(|at| moved(*at, east, south));
    let inside: Vec<FixedPoint> = displaced.filter(|at| ground.area(*at).is_some()).collect();
    if inside.len() < FEWEST_INSIDE {
        return Look::default();
    }
    let share = |is: &dyn Fn(FixedPoint) -> Option<bool>| {
        let told: Option<Vec<bool>> = inside.iter().map(|at| is(*at)).collect();
        told.map(|told| told.iter().filter(|is| **is).count() as f64 / inside.len() as f64)
    };
    let shares = [
        share(&|at| Some(ground.is_on_border(at))),
        share(&|at| ground.is_in_building(at)),
        share(&|at| ground.is_in_water(at)),
    ];
    let clusters: HashSet<u64> = inside.iter().map(|at| ground.cluster(*at, CLUSTER_M)).collect();
    Look { shares, clusters: clusters.len() }
}
