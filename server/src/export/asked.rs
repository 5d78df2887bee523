//! What is asked for, and what it means in the district as it is now.

use super::{ExportError, Layer, Moment};
use jiff::{Timestamp, civil::Date};
use wangge_core::{
    domain::{AsOf, District, row::RowKind, seq::Seq},
    geometry::meets::Region,
};

/// Codes or ids an error lists, at most.
const LISTED: usize = 12;

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportRequest {
    /// The layer.
    pub layer: Layer,
    /// Code of an area: only what lies in it. Doors lie in the grid that holds them; roads and the base map when they
    /// touch it.
    pub within: Option<String>,
    /// Id of the round of states and figures; the newest active one without it. Visits of every round without it.
    pub round: Option<String>,
    /// What was true then: states, visits that had happened, areas and posts in force on that day.
    pub at: Option<Moment>,
    /// What had been recorded by then.
    pub known_at: Option<Moment>,
    /// Visits that happened then or later.
    pub from: Option<Moment>,
}

impl ExportRequest {
    /// All of a layer, as it is now.
    pub fn all(layer: Layer) -> Self {
        Self { layer, within: None, round: None, at: None, known_at: None, from: None }
    }
}

/// A round, by its index and id.
pub(super) struct AskedRound {
    pub(super) index: usize,
    pub(super) id: String,
}

/// An area and what is in it.
pub(super) struct Within {
    /// Its code.
    pub(super) code: String,
    /// Its slot.
    pub(super) area: u32,
    /// Its ground.
    pub(super) region: Region,
}

impl Within {
    /// Whether a door lies in it.
    pub(super) fn holds_door(&self, district: &District, door: u32) -> bool {
        let leaf = district.households().leaf(door);
        leaf.is_some_and(|leaf| district.areas().up(leaf).any(|area| area == self.area))
    }
}

/// What is asked for, in a district.
pub(super) struct Asked {
    /// Place in the log that is exported.
    pub(super) seq: Seq,
    /// Number of the last event that brought rows.
    pub(super) rows_version: u64,
    /// From where states are seen.
    pub(super) as_of: AsOf,
    /// Whether they are those of now.
    pub(super) is_now: bool,
    /// The day whose areas and posts are asked for.
    pub(super) day: Option<Date>,
    /// The moment visits must have happened at or after.
    pub(super) from: Option<Timestamp>,
    /// The moment after which visits are not seen.
    pub(super) until: Option<Timestamp>,
    /// The moment after which nothing had been recorded.
    pub(super) known_at: Option<Timestamp>,
    /// The round of states and figures, or of visits.
    pub(super) round: Option<AskedRound>,
    /// The area asked for.
    pub(super) within: Option<Within>,
}

impl Asked {
    /// Looks up what is named.
    pub(super) fn of(district: &District, request: &ExportRequest, now: Timestamp) -> Result<Self, ExportError> {
        check(request)?;
        let at = request.at.map(|moment| moment.0);
        let known_at = request.known_at.map(|moment| moment.0);
        Ok(Self {
            seq: district.seq(),
            rows_version: district.rows_version(),
            as_of: district.moment(at, known_at),
            is_now: at.is_none() && known_at.is_none(),
            day: request.at.map(Moment::day),
            from: request.from.map(|moment| moment.0),
            until: at,
            known_at,
            round: round(district, request, at.unwrap_or(now))?,
            within: request.within.as_deref().map(|code| within(district, code)).transpose()?,
        })
    }
}

/// Refuses choices that mean nothing for the layer, so that nobody takes the rows for what they are not.
fn check(request: &ExportRequest) -> Result<(), ExportError> {
    use RowKind::{Areas, Households, Staffing};
    let layer = request.layer;
    let has_state = matches!(layer, Layer::Rows(Areas | Households) | Layer::Visits);
    let is_dated = has_state || layer == Layer::Rows(Staffing);
    let refused = [
        ("at", request.at.is_some() && !is_dated, "areas, households, staffing and visits are dated"),
        ("known_at", request.known_at.is_some() && !has_state, "areas, households and visits are recorded in time"),
        ("round", request.round.is_some() && !has_state, "areas, households and visits are of rounds"),
        ("from", request.from.is_some() && layer != Layer::Visits, "it is for visits"),
    ];
    match refused.into_iter().find(|(_, wrong, _)| *wrong) {
        Some((name, _, instead)) => Err(ExportError::Meaningless { name, layer, instead }),
        None => Ok(()),
    }
}

fn round(district: &District, request: &ExportRequest, at: Timestamp) -> Result<Option<AskedRound>, ExportError> {
    let rounds = district.rounds();
    let index = match (&request.round, request.layer) {
        (Some(id), _) => Some(district.round_index(id).ok_or_else(|| ExportError::Round {
            id: id.chars().take(64).collect(),
            known: listed(rounds.iter().map(|round| round.round.id.as_str())),
        })?),
        (None, Layer::Rows(RowKind::Areas | RowKind::Households)) => district.default_round(at),
        (None, _) => None,
    };
    Ok(index.map(|index| AskedRound { index, id: rounds[index].round.id.clone() }))
}

fn within(district: &District, code: &str) -> Result<Within, ExportError> {
    let area = district.areas().in_force(code).ok_or_else(|| {
        let mut known: Vec<_> = district.areas().iter().collect();
        known.sort_by(|a, b| (a.level, &a.code).cmp(&(b.level, &b.code)));
        ExportError::Area {
            code: code.chars().take(64).collect(),
            known: listed(known.iter().map(|area| area.code.as_str())),
        }
    })?;
    Ok(Within { code: area.code.clone(), area: area.slot, region: Region::build(&area.geometry) })
}

/// The first few names, and how many more there are.
fn listed<'a>(names: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut names: Vec<String> = names.map(str::to_owned).collect();
    let more = names.len().saturating_sub(LISTED);
    if more > 0 {
        names.truncate(LISTED);
        names.push(format!("and {more} more"));
    }
    names
}
