//! From evidence to a verdict: which reading it is, how sure that is, and how far things would move.

use super::Witness;
use super::evidence::{Reading, View};
use super::sense::plain_sense;
use crate::table::Crs;
use wangge_core::domain::area::Level;
use wangge_core::geometry::measure::distance_m;
use wangge_core::geometry::position::{FixedPoint, lonlat_from_fixed};

/// Nats that stop an import: 3,000 to one.
const STOPS: f64 = 8.0;
/// Nats that are enough where the given reading leaves most outside the areas and another brings nearly all in: 20 to one.
/// Few positions in one place never make more, and shifted into the areas by chance is no file.
const STOPS_OUTSIDE: f64 = 3.0;
/// Share of positions in an area that is nearly all.
const NEARLY_ALL: f64 = 0.9;
/// Nats every other reading must be behind for the given one to be confirmed: 20 to one.
const CONFIRMS: f64 = 3.0;
/// Share of positions in an area below which the areas are not those of the file.
const TOO_FEW: f64 = 0.5;
/// Readings so near the best one, in nats, are named beside it.
const CLOSE: f64 = 5.0;

/// What was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Verdict {
    /// How the numbers lie read as given.
    pub as_given: Fit,
    /// How they lie read the best way, which may be the one given.
    pub best: Fit,
    /// The other ways, best first; those that put nothing near the areas are left out.
    pub others: Vec<Fit>,
    /// What follows.
    pub decision: Decision,
    /// How far things would move from where the given reading puts them to where the best one does; none when both are
    /// one, or when the given one puts them nowhere.
    pub moved: Option<Moved>,
    /// How clear the case is, 0 to 1; see the [module](super).
    pub confidence: f64,
    /// Level of the areas the positions were held against.
    pub level: Level,
}

/// What follows from a look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision {
    /// The given reading fits, and no other does as well.
    Agrees,
    /// It cannot be told; whoever brings the file has to know, and the report says so.
    Unsure {
        /// Why it cannot be told.
        why: String,
    },
    /// Another reading fits better: stop.
    Other,
}

/// How positions lie on the ground under one reading.
#[derive(Debug, Clone, PartialEq)]
pub struct Fit {
    /// The reading.
    pub crs: Crs,
    /// Positions looked at.
    pub sampled: usize,
    /// Of these, how many are positions at all under this reading.
    pub readable: usize,
    /// How many lie within 20 km of the areas.
    pub near: usize,
    /// How many lie in an area.
    pub inside: usize,
    /// The share of them.
    pub share: f64,
    /// Share of those inside that are in a building; none where too few buildings are known.
    pub in_building: Option<f64>,
    /// Share of those inside that are within 6 m of a border.
    pub on_border: Option<f64>,
    /// How many lie in the area their row states, and of how many that was stated.
    pub agreeing: (usize, usize),
    /// What speaks for this reading against the best one, in nats: 0 or below, but for one that is not quite enough.
    pub behind: f64,
    /// How far things would move from where the given reading puts them; none where either puts them nowhere.
    pub moved: Option<Moved>,
}

/// How far positions would move.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Moved {
    /// Half of them by less.
    pub median_m: f64,
    /// None of them by more.
    pub most_m: f64,
    /// Direction of the median move, degrees from north over east.
    pub bearing_deg: f64,
}

impl Verdict {
    /// Whether an import may go on.
    pub fn passes(&self) -> bool {
        self.decision != Decision::Other
    }

    /// What to type instead of the system given; none when nothing fits better.
    pub fn suggested(&self) -> Option<String> {
        (self.decision == Decision::Other).then(|| self.best.crs.id())
    }

    /// Readings that may be the right one as well as the one given, best first; only where it cannot be told.
    pub fn rivals(&self) -> impl Iterator<Item = &Fit> {
        let is_unsure = matches!(self.decision, Decision::Unsure { .. });
        self.others.iter().filter(move |fit| is_unsure && fit.behind > -CONFIRMS)
    }

    /// Other readings that fit nearly as well as the best one.
    pub fn close(&self) -> impl Iterator<Item = &Fit> {
        self.others.iter().filter(|fit| fit.behind > -CLOSE)
    }
}

/// What is to be weighed. There is at least one view, and it has at least the given reading.
pub(super) struct Case<'c> {
    /// The numbers of the file.
    pub(super) numbers: &'c [Witness<'c>],
    /// Where each reading puts them, the given one first.
    pub(super) places: &'c [Reading<'c>],
    /// Ways to look at the same readings, in the same order.
    pub(super) views: &'c [View<'c>],
    /// Level of the areas.
    pub(super) level: Level,
}

/// Weighs what every view says.
pub(super) fn judge(case: &Case<'_>) -> Verdict {
    let speaks =
        |rival: usize, given: usize| -> f64 { case.views.iter().map(|view| view.evidence(rival, given).sum()).sum() };
    let count = case.places.len();
    // Whoever beats the one before stays; a second round lets the last ones meet the first.
    let beats = |best: usize, next: usize| if speaks(next, best) > 0.0 { next } else { best };
    let strongest = (0..count).chain(0..count).fold(0, beats);
    let share = |at: usize| case.views[0].readings[at].inside_share();
    let is_brought_in = share(0) < TOO_FEW && share(strongest) >= NEARLY_ALL;
    let stops = if is_brought_in { STOPS_OUTSIDE } else { STOPS };
    let best_at = if strongest != 0 && speaks(strongest, 0) >= stops { strongest } else { 0 };
    let behind: Vec<f64> = (0..count).map(|at| if at == best_at { 0.0 } else { speaks(at, best_at) }).collect();
    let confidence = 1.0 / behind.iter().map(|nats| nats.exp()).sum::<f64>();
    let mut fits: Vec<Fit> = (0..count).map(|at| fit(case, at, behind[at])).collect();
    let (as_given, best) = (fits[0].clone(), fits.remove(best_at));
    fits.retain(|fit| fit.near > 0 && fit.crs != as_given.crs);
    fits.sort_by(|a, b| b.behind.total_cmp(&a.behind));
    let decision = if best_at != 0 {
        Decision::Other
    } else {
        match doubt(&as_given, &fits, senseless(case.numbers, &as_given.crs), case.level) {
            Some(why) => Decision::Unsure { why },
            None => Decision::Agrees,
        }
    };
    let moved = (best_at != 0).then_some(best.moved).flatten();
    Verdict { as_given, best, others: fits, decision, moved, confidence, level: case.level }
}

fn fit(case: &Case<'_>, at: usize, behind: f64) -> Fit {
    let view = &case.views[0];
    let reading = &view.readings[at];
    let [on_border, in_building, _] = view.shares(at);
    Fit {
        crs: reading.crs.clone(),
        sampled: reading.at.len(),
        readable: reading.at.iter().flatten().count(),
        near: reading.near,
        inside: reading.inside,
        share: reading.inside_share(),
        in_building,
        on_border,
        agreeing: reading.agreeing,
        behind,
        moved: moved(&case.places[0], &case.places[at]),
    }
}

fn senseless(numbers: &[Witness<'_>], given: &Crs) -> Option<String> {
    let numbers: Vec<[f64; 2]> = numbers.iter().map(|witness| witness.xy).collect();
    plain_sense(&numbers, given).err().map(|nonsense| nonsense.to_string())
}

/// Why the given reading is not confirmed, when nothing is found to fit better.
fn doubt(given: &Fit, others: &[Fit], senseless: Option<String>, level: Level) -> Option<String> {
    if let Some(why) = senseless {
        return Some(format!("{why}, and no other reading puts them on the areas"));
    }
    if given.sampled == 0 {
        return Some("there are no positions to look at".to_owned());
    }
    let stated = given.agreeing.1 > 0 && given.agreeing.0 * 2 >= given.agreeing.1;
    if given.share < TOO_FEW && !stated {
        let most = others.iter().map(|fit| fit.share).fold(given.share, f64::max);
        return Some(format!(
            "only {:.1} % of the positions lie in a {level} as given, and at most {:.1} % whichever way they are read; the \
             areas may not be those of this file",
            given.share * 100.0,
            most * 100.0
        ));
    }
    let rival = others.iter().find(|fit| fit.behind > -CONFIRMS)?;
    Some(format!(
        "{} fits about as well: {:.1} % of {} positions in a {level}, {:.1} % as given; more positions, buildings, blocks \
         or a column with the {level}'s code would tell",
        rival.crs.id(),
        rival.share * 100.0,
        rival.sampled,
        given.share * 100.0
    ))
}

/// How far positions lie apart under two readings.
fn moved(from: &Reading<'_>, to: &Reading<'_>) -> Option<Moved> {
    let both = from.at.iter().zip(&to.at).filter_map(|(from, to)| Some(((*from)?, (*to)?)));
    let mut moves: Vec<(f64, FixedPoint, FixedPoint)> = both.map(|(a, b)| (distance_m(a, b), a, b)).collect();
    moves.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (median_m, a, b) = *moves.get(moves.len() / 2)?;
    Some(Moved { median_m, most_m: moves.last()?.0, bearing_deg: bearing_deg(a, b) })
}

/// Direction from one position to another along the map, degrees from north over east.
fn bearing_deg(from: FixedPoint, to: FixedPoint) -> f64 {
    let (from, to) = (lonlat_from_fixed(from), lonlat_from_fixed(to));
    let east = (to.lon() - from.lon()) * from.lat().to_radians().cos();
    east.atan2(to.lat() - from.lat()).to_degrees().rem_euclid(360.0)
}
