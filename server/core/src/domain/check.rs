//! Checks a command against the district and what is staged before it. Pure: nothing is changed here.

mod import;
mod row;

pub use import::{CheckedAgainst, ImportCheck, RowCounts};
pub use row::check_row;

use super::{
    dates::local_date,
    district::District,
    event::{Event, SegmentRef},
    round::Round,
    rounds::covers,
    visit::Visit,
    visits::content_of,
};
use jiff::{SignedDuration, Timestamp};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// A device clock this close to ours is taken as right; further off it is corrected. Also how far in the future a
/// visit may lie after that.
pub const CLOCK_TOLERANCE: SignedDuration = SignedDuration::from_secs(120);

/// What somebody asks for.
#[derive(Debug, Clone)]
pub enum Command {
    /// Record a visit.
    Visit(Visit),
    /// Open a round.
    OpenRound(Round),
    /// Take in rows whose segments are already written.
    Import {
        /// What the rows came from.
        source: String,
        /// The segments.
        segments: Vec<SegmentRef>,
        /// What their rows were checked against.
        checked: CheckedAgainst,
    },
    /// Let follow-ups become due, areas begin and end.
    AdvanceClock,
}

impl Command {
    /// Whether it must be the only command of its batch: an import is checked against rows, not against staged events.
    pub fn stands_alone(&self) -> bool {
        matches!(self, Self::Import { .. })
    }
}

/// What a check found.
#[derive(Debug, Clone, PartialEq)]
pub enum Checked {
    /// To be written.
    Accept(Event),
    /// Already recorded by event `n`, with the same content; above the district's own `n` it is staged in this batch.
    Repeat {
        /// Number of that event.
        n: u64,
    },
    /// Nothing to do.
    Nothing,
}

/// Kind of a refusal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RefusalKind {
    /// Something else has this id.
    Conflict,
    /// It names something that is not there.
    UnknownReference,
    /// It did not happen inside its round.
    OutsideRound,
    /// It has not happened yet.
    Future,
    /// A value is not allowed.
    Invalid,
}

/// Why a command is refused: what was wrong, with which value, what would be right.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Refusal {
    /// Kind.
    pub kind: RefusalKind,
    /// Name of the field that is wrong.
    pub field: &'static str,
    /// The sentence.
    pub message: String,
}

fn refuse<T>(kind: RefusalKind, field: &'static str, message: impl Into<String>) -> Result<T, Refusal> {
    Err(Refusal { kind, field, message: message.into() })
}

/// Events accepted earlier in the same batch, not yet written.
#[derive(Debug, Default)]
pub struct Staged {
    visits: HashMap<Uuid, StagedVisit>,
    replaced: HashSet<Uuid>,
    rounds: Vec<Round>,
    clock: Option<Timestamp>,
}

#[derive(Debug)]
struct StagedVisit {
    n: u64,
    content: u64,
    household: String,
    round: String,
}

impl Staged {
    /// Remembers an accepted event and the number it will have.
    pub fn add(&mut self, event: &Event, n: u64) {
        match event {
            Event::VisitRecorded { visit, round_named, .. } => {
                self.replaced.extend(visit.replaces);
                let staged = StagedVisit {
                    n,
                    content: content_as_sent(visit, *round_named),
                    household: visit.household.clone(),
                    round: visit.round.clone().unwrap_or_default(),
                };
                self.visits.insert(visit.id, staged);
            }
            Event::RoundOpened { round } => self.rounds.push(round.clone()),
            Event::ClockAdvanced { at, .. } => self.clock = Some(*at),
            Event::Imported { .. } => {}
        }
    }
}

/// Content number of a visit as the device sent it: without the round that was filled in for it.
pub(super) fn content_as_sent(visit: &Visit, round_named: bool) -> u64 {
    if round_named { content_of(visit) } else { content_of(&Visit { round: None, ..visit.clone() }) }
}

/// Checks one command.
///
/// `now` is the moment it arrived.
///
/// # Errors
/// [`Refusal`] when it cannot be accepted.
pub fn check(district: &District, staged: &Staged, command: &Command, now: Timestamp) -> Result<Checked, Refusal> {
    match command {
        Command::Visit(visit) => check_visit(district, staged, visit, now),
        Command::OpenRound(round) => check_round(district, staged, round),
        Command::Import { source, segments, checked } => {
            if segments.is_empty() {
                return Ok(Checked::Nothing);
            }
            if *checked != CheckedAgainst::now(district, checked.has_visits()) {
                return refuse(RefusalKind::Conflict, "file", import::CHANGED);
            }
            let today = Some(local_date(now));
            Ok(Checked::Accept(Event::Imported { source: source.clone(), segments: segments.clone(), today }))
        }
        Command::AdvanceClock => {
            let since = staged.clock.unwrap_or_else(|| district.clock());
            let due = district.next_due().is_some_and(|due| due <= now) && since < now;
            let today = Some(local_date(now)).filter(|today| district.next_dating().is_some_and(|day| day <= *today));
            Ok(if due { Checked::Accept(Event::ClockAdvanced { since, at: now, today }) } else { Checked::Nothing })
        }
    }
}

fn check_visit(district: &District, staged: &Staged, visit: &Visit, now: Timestamp) -> Result<Checked, Refusal> {
    let content = content_as_sent(visit, visit.round.is_some());
    let earlier = district
        .visits
        .find(visit.id)
        .map(|v| (v.n, v.content))
        .or_else(|| staged.visits.get(&visit.id).map(|v| (v.n, v.content)));
    match earlier {
        Some((n, same)) if same == content => return Ok(Checked::Repeat { n }),
        Some(_) => {
            let message =
                format!("visit {} is already recorded with other content; a new visit needs a new id", visit.id);
            return refuse(RefusalKind::Conflict, "id", message);
        }
        None => {}
    }
    if visit.by.as_ref().is_some_and(|by| by.is_empty() || by.chars().count() > 64) {
        return refuse(RefusalKind::Invalid, "by", "by is empty or too long; it takes 1 to 64 characters");
    }
    let Some(door) = district.households.by_id(&visit.household) else {
        let message = format!("household {:?} is not known; /api/doors lists those that are", short(&visit.household));
        return refuse(RefusalKind::UnknownReference, "household", message);
    };
    let round = round_of(district, staged, visit, now)?;
    let scope: Vec<u32> = round.scope.iter().filter_map(|code| district.areas.by_code(code)).collect();
    if !covers(&district.areas, &district.households, &round.scope, &scope, door) {
        let message = format!("household {:?} is not in the scope of round {:?}", visit.household, round.id);
        return refuse(RefusalKind::OutsideRound, "household", message);
    }
    let happened_at = on_our_clock(visit, now);
    if happened_at.duration_since(now) > CLOCK_TOLERANCE {
        let message = format!(
            "happened_at {happened_at} is more than 2 minutes after now, {now}; send sent_at so that the device's clock can be corrected"
        );
        return refuse(RefusalKind::Future, "happened_at", message);
    }
    if !round.contains(happened_at) {
        let until = round.ends_at.map_or_else(|| "open".to_owned(), |end| end.to_string());
        let message = format!(
            "happened_at {happened_at} is outside round {:?}, which runs from {} to {until}",
            round.id, round.starts_at
        );
        return refuse(RefusalKind::OutsideRound, "happened_at", message);
    }
    check_replaced(district, staged, visit, door, &round.id)?;
    let filled = Visit { round: Some(round.id.clone()), ..visit.clone() };
    Ok(Checked::Accept(Event::VisitRecorded { visit: filled, round_named: visit.round.is_some(), happened_at }))
}

/// When the visit happened by our clock: a device that is more than the tolerance off is corrected by how far.
fn on_our_clock(visit: &Visit, now: Timestamp) -> Timestamp {
    let off = visit.sent_at.map_or(SignedDuration::ZERO, |sent| now.duration_since(sent));
    if off.abs() <= CLOCK_TOLERANCE {
        return visit.happened_at;
    }
    visit.happened_at.checked_add(off).unwrap_or(visit.happened_at)
}

fn round_of<'a>(
    district: &'a District,
    staged: &'a Staged,
    visit: &Visit,
    now: Timestamp,
) -> Result<&'a Round, Refusal> {
    let known = || district.rounds.iter().map(|r| &r.round).chain(&staged.rounds);
    if let Some(id) = &visit.round {
        let Some(round) = known().find(|r| r.id == *id) else {
            let message = format!("round {:?} is not known; /api/rounds lists those that are", short(id));
            return refuse(RefusalKind::UnknownReference, "round", message);
        };
        return Ok(round);
    }
    let newest = known().enumerate().filter(|(_, r)| r.contains(now)).max_by_key(|(at, r)| (r.starts_at, *at));
    match newest {
        Some((_, round)) => Ok(round),
        None => refuse(RefusalKind::UnknownReference, "round", "no round is active now; name one or open one"),
    }
}

fn check_replaced(district: &District, staged: &Staged, visit: &Visit, door: u32, round: &str) -> Result<(), Refusal> {
    let Some(id) = visit.replaces else { return Ok(()) };
    let kept = district.visits.find(id).map(|v| {
        let same_round = district.rounds.get(usize::from(v.round)).is_some_and(|r| r.round.id == round);
        (v.household == door && same_round, v.is_replaced())
    });
    let waiting = staged.visits.get(&id).map(|v| (v.household == visit.household && v.round == round, false));
    match kept.or(waiting) {
        None => refuse(RefusalKind::UnknownReference, "replaces", format!("visit {id}, to be replaced, is not known")),
        Some((false, _)) => refuse(
            RefusalKind::Invalid,
            "replaces",
            format!("visit {id} is of another door or round; a correction stays at its door and in its round"),
        ),
        Some((true, replaced)) if replaced || staged.replaced.contains(&id) => refuse(
            RefusalKind::Conflict,
            "replaces",
            format!("visit {id} was already replaced; replace the visit that replaced it"),
        ),
        Some(_) => Ok(()),
    }
}

fn check_round(district: &District, staged: &Staged, round: &Round) -> Result<Checked, Refusal> {
    let id = &round.id;
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    if id.is_empty() || id.len() > 64 || !id.chars().all(plain) {
        let message = format!("round id {:?} must be 1 to 64 characters of a-z A-Z 0-9 - _ .", short(id));
        return refuse(RefusalKind::Invalid, "id", message);
    }
    let mut known = district.rounds.iter().map(|r| &r.round).chain(&staged.rounds);
    if known.any(|r| r.id == *id) {
        return refuse(RefusalKind::Conflict, "id", format!("round {id:?} is already there"));
    }
    if district.rounds.len() + staged.rounds.len() >= usize::from(u16::MAX) {
        return refuse(RefusalKind::Invalid, "id", "no more rounds can be kept; 65535 are there");
    }
    let name = round.name.trim();
    if name.is_empty() || name.chars().count() > 200 {
        return refuse(RefusalKind::Invalid, "name", "name takes 1 to 200 characters");
    }
    if round.purpose.chars().count() > 2000 {
        return refuse(RefusalKind::Invalid, "purpose", "purpose takes at most 2000 characters");
    }
    if let Some(end) = round.ends_at.filter(|end| *end <= round.starts_at) {
        let message = format!("ends_at {end} is not after starts_at {}", round.starts_at);
        return refuse(RefusalKind::Invalid, "ends_at", message);
    }
    if let Some(code) = round.scope.iter().find(|code| district.areas.in_force(code).is_none()) {
        let message = format!("area {:?} of the scope is not in force; /api/areas lists those that are", short(code));
        return refuse(RefusalKind::UnknownReference, "scope", message);
    }
    Ok(Checked::Accept(Event::RoundOpened { round: round.clone() }))
}

/// At most 40 characters of a value, for a message.
fn short(text: &str) -> String {
    text.chars().take(40).collect()
}
