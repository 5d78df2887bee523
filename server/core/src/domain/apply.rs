//! Applies an event to the district. Pure: the same log gives the same district, step by step or replayed.

mod import;

use super::{
    changes::{Changes, RoundChanges},
    check::content_as_sent,
    district::District,
    event::{Event, Record, SegmentRef, SegmentRows},
    rounds::{Ground, RoundState, rebuild, refresh_door},
    segments::{SegmentData, Workbench},
    visit::Visit,
    visits::Facts,
};
use jiff::Timestamp;

/// Why an event cannot be applied: the log and the district do not fit together.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ApplyError {
    /// A number is missing or repeated.
    #[error("event {found} follows event {last}; {} was expected", last + 1)]
    OutOfOrder {
        /// Number of the event.
        found: u64,
        /// Number of the last one applied.
        last: u64,
    },
    /// It names something that is not there.
    #[error("event {n} names {what} {name:?}, which is not there")]
    Unknown {
        /// Number of the event.
        n: u64,
        /// Kind of thing.
        what: &'static str,
        /// Its name.
        name: String,
    },
    /// An import's segments are not all there.
    #[error("event {n} names {named} segments, {given} were read")]
    Segments {
        /// Number of the event.
        n: u64,
        /// Segments it names.
        named: usize,
        /// Segments given.
        given: usize,
    },
    /// A segment cannot be read.
    #[error("event {n}: {reason}")]
    Segment {
        /// Number of the event.
        n: u64,
        /// What is wrong with it.
        reason: String,
    },
    /// An import brings one id twice.
    #[error("event {n} brings household {id:?} twice; each may come in once")]
    Twice {
        /// Number of the event.
        n: u64,
        /// The id.
        id: String,
    },
    /// More rounds than a visit can name.
    #[error("event {n} would be round number {count}; at most 65535 rounds are kept")]
    TooManyRounds {
        /// Number of the event.
        n: u64,
        /// Rounds there would be.
        count: usize,
    },
}

/// Applies one event; `segments` are the rows of the segments it names, in its order.
///
/// # Errors
/// [`ApplyError`] when the event does not follow the last one or names what is not there; see [`apply_reading`].
pub fn apply(district: &mut District, record: &Record, segments: &[SegmentRows]) -> Result<Changes, ApplyError> {
    if let Event::Imported { segments: named, .. } = &record.event
        && named.len() != segments.len()
    {
        return Err(ApplyError::Segments { n: record.n, named: named.len(), given: segments.len() });
    }
    let mut given = segments.iter();
    let mut next = |named: &SegmentRef| {
        given.next().cloned().map(SegmentData::from).ok_or_else(|| format!("segment {} is not given", named.id))
    };
    apply_reading(district, record, &mut next)
}

/// Applies one event; the segments it names are read from the workbench one at a time, in its order.
///
/// # Errors
/// [`ApplyError`] when the event does not follow the last one, names what is not there, or a segment cannot be read. An
/// import that fails leaves a district half changed, which is of no more use; every other event leaves it as it was.
pub fn apply_reading(
    district: &mut District,
    record: &Record,
    bench: &mut dyn Workbench,
) -> Result<Changes, ApplyError> {
    let n = record.n;
    if n != district.n + 1 {
        return Err(ApplyError::OutOfOrder { found: n, last: district.n });
    }
    let mut rounds = Vec::new();
    let (mut shapes, mut round_list) = (false, false);
    match &record.event {
        Event::Imported { segments, today, .. } => {
            (rounds, shapes) = import::import(district, n, segments, *today, bench)?;
        }
        Event::RoundOpened { round } => {
            let count = district.rounds.len() + 1;
            if count > usize::from(u16::MAX) {
                return Err(ApplyError::TooManyRounds { n, count });
            }
            let state = RoundState::new(round.clone(), &district.areas);
            round_list = true;
            rounds = rebuilt(district, |d| d.rounds.push(state));
        }
        Event::VisitRecorded { visit, round_named, happened_at } => {
            let sent = Sent { visit, round_named: *round_named, happened_at: *happened_at };
            let facts = facts(district, n, sent, record.recorded_at)?;
            district.visits.record(visit, facts);
            refresh(district, [(usize::from(facts.round), facts.household)], &mut rounds);
        }
        Event::ClockAdvanced { at, today, .. } => {
            let before = std::mem::replace(&mut district.clock, at.as_microsecond());
            shapes = today.is_some_and(|today| district.advance_to(today));
            if shapes {
                // Every table is made anew, with the follow-ups that became due in it.
                rounds = rebuilt(district, District::assign_all);
            } else {
                let due: Vec<(usize, u32)> = district.visits.follow_ups(before, district.clock).collect();
                refresh(district, due, &mut rounds);
            }
        }
    }
    district.n = n;
    if shapes {
        district.shapes_version = n;
        district.rows_version = n;
    }
    tidy(&mut rounds);
    Ok(Changes { seq: district.seq(), at: record.recorded_at, rounds, shapes, round_list })
}

impl District {
    /// Puts every door into its grid again and counts the doors of every area.
    fn assign_all(&mut self) {
        self.households.assign_all(&self.areas);
        self.count_doors();
    }

    pub(super) fn count_doors(&mut self) {
        let leaves: Vec<u32> = self.households.slots().filter_map(|door| self.households.leaf(door)).collect();
        self.areas.count_doors(leaves.into_iter());
    }
}

/// A visit, how it was sent, and when it happened by our clock.
struct Sent<'a> {
    visit: &'a Visit,
    round_named: bool,
    happened_at: Timestamp,
}

fn facts(district: &District, n: u64, sent: Sent<'_>, recorded_at: Timestamp) -> Result<Facts, ApplyError> {
    let Sent { visit, round_named, happened_at } = sent;
    let household = district.households.by_id(&visit.household);
    let named = visit.round.as_deref().unwrap_or("");
    let unknown = |what, name: &str| ApplyError::Unknown { n, what, name: name.to_owned() };
    Ok(Facts {
        n,
        content: content_as_sent(visit, round_named),
        household: household.ok_or_else(|| unknown("door", &visit.household))?,
        round: district.round_index(named).ok_or_else(|| unknown("round", named))? as u16,
        happened_at,
        recorded_at,
    })
}

fn refresh(district: &mut District, doors: impl IntoIterator<Item = (usize, u32)>, changes: &mut Vec<RoundChanges>) {
    let District { rounds, areas, households, visits, clock, .. } = district;
    let ground = Ground { areas, households, visits, clock: *clock };
    for (round, door) in doors {
        refresh_door(rounds, ground, round, door, changes);
    }
}

/// Does something that may change any door, makes every table anew, and says what came out different in the tables
/// that were there before.
fn rebuilt(district: &mut District, action: impl FnOnce(&mut District)) -> Vec<RoundChanges> {
    let before = district.rounds.clone();
    action(district);
    let District { rounds, areas, households, visits, clock, .. } = district;
    rebuild(rounds, Ground { areas, households, visits, clock: *clock });
    let differing = |(round, (old, new)): (usize, (&RoundState, &RoundState))| RoundChanges {
        round,
        households: different(&old.doors, &new.doors),
        areas: different(&old.areas, &new.areas),
        total: old.total != new.total,
        unassigned: old.unassigned != new.unassigned,
    };
    before.iter().zip(&district.rounds).enumerate().map(differing).collect()
}

fn different<T: PartialEq>(old: &[T], new: &[T]) -> Vec<u32> {
    (0u32..).zip(old.iter().zip(new)).filter(|(_, (a, b))| a != b).map(|(slot, _)| slot).collect()
}

/// Sorted, each once, nothing empty.
pub(super) fn tidy(rounds: &mut Vec<RoundChanges>) {
    rounds.iter_mut().for_each(RoundChanges::tidy);
    rounds.retain(|change| !change.is_empty());
    rounds.sort_by_key(|c| c.round);
}
