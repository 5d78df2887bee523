//! Applies an event to the district. Pure: the same log gives the same district, step by step or replayed.

use super::{
    area::AreaRow,
    assign::assign_doors,
    changes::{Changes, RoundChanges},
    check::content_as_sent,
    district::District,
    event::{Event, PastVisit, Record, SegmentRows},
    facility::FacilityRow,
    feature::{BaseRow, RoadRow},
    household::HouseholdRow,
    rounds::{Ground, RoundState, rebuild, refresh_door},
    row::RowKind,
    shop::ShopRow,
    staffing::StaffingRow,
    visit::{DoorByte, Visit},
    visits::Facts,
};
use crate::geometry::{
    curve::key_from_fixed,
    shape::{FixedBox, Shape},
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
/// [`ApplyError`] when the event does not follow the last one or names what is not there; the district is unchanged.
pub fn apply(district: &mut District, record: &Record, segments: &[SegmentRows]) -> Result<Changes, ApplyError> {
    let n = record.n;
    if n != district.n + 1 {
        return Err(ApplyError::OutOfOrder { found: n, last: district.n });
    }
    let mut rounds = Vec::new();
    let (mut shapes, mut round_list) = (false, false);
    match &record.event {
        Event::Imported { segments: named, .. } => {
            if named.len() != segments.len() {
                return Err(ApplyError::Segments { n, named: named.len(), given: segments.len() });
            }
            shapes = segments.iter().any(|s| s.kind().is_some_and(RowKind::is_drawn));
            rounds = import(district, n, segments)?;
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
        Event::ClockAdvanced { at, .. } => {
            let before = std::mem::replace(&mut district.clock, at.as_microsecond());
            let due: Vec<(usize, u32)> = district.visits.follow_ups(before, district.clock).collect();
            refresh(district, due, &mut rounds);
        }
    }
    district.n = n;
    if shapes {
        district.shapes_version = n;
    }
    tidy(&mut rounds);
    Ok(Changes { seq: district.seq(), at: record.recorded_at, rounds, shapes, round_list })
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
    let before: Vec<(Vec<DoorByte>, _)> = district.rounds.iter().map(|r| (r.doors.clone(), r.areas.clone())).collect();
    action(district);
    let District { rounds, areas, households, visits, clock, .. } = district;
    rebuild(rounds, Ground { areas, households, visits, clock: *clock });
    let differing = |(round, (old, new)): (usize, (&(Vec<DoorByte>, Vec<_>), &RoundState))| RoundChanges {
        round,
        households: different(&old.0, &new.doors),
        areas: different(&old.1, &new.areas),
    };
    before.iter().zip(&district.rounds).enumerate().map(differing).collect()
}

fn different<T: PartialEq>(old: &[T], new: &[T]) -> Vec<u32> {
    (0u32..).zip(old.iter().zip(new)).filter(|(_, (a, b))| a != b).map(|(slot, _)| slot).collect()
}

fn import(district: &mut District, n: u64, segments: &[SegmentRows]) -> Result<Vec<RoundChanges>, ApplyError> {
    let doors_before = district.households.len() as u32;
    let areas_before = district.areas.len();
    // An import's slots follow the curve over all its rows, however many segments hold them.
    let mut rows = Rows::default();
    segments.iter().for_each(|segment| rows.add(segment));
    district.areas.import(rows.areas);
    district.households.import(rows.households);
    district.roads.extend(along_curve(rows.roads, |r| FixedBox::around(&r.line)));
    district.base.extend(along_curve(rows.base, |r| bounds(&r.shape)));
    district.facilities.extend(along_curve(rows.facilities, |r| FixedBox::around([&r.at])));
    district.shops.extend(along_curve(rows.shops, |r| FixedBox::around([&r.at])));
    district.staffing.extend(rows.staffing.into_iter().cloned());
    let first = if district.areas.len() > areas_before { 0 } else { doors_before };
    assign_doors(&district.areas, &mut district.households, first);
    let leaves: Vec<u32> = district.households.slots().filter_map(|door| district.households.leaf(door)).collect();
    district.areas.count_doors(leaves.into_iter());
    let mut known = Vec::with_capacity(rows.visits.len());
    for row in rows.visits {
        let sent = Sent { visit: &row.visit, round_named: true, happened_at: row.visit.happened_at };
        known.push((row, facts(district, n, sent, row.recorded_at)?));
    }
    Ok(rebuilt(district, |d| {
        known.iter().for_each(|(row, facts)| d.visits.record(&row.visit, *facts));
    }))
}

/// An import's rows by kind.
#[derive(Default)]
struct Rows<'a> {
    areas: Vec<&'a AreaRow>,
    households: Vec<&'a HouseholdRow>,
    roads: Vec<&'a RoadRow>,
    base: Vec<&'a BaseRow>,
    visits: Vec<&'a PastVisit>,
    facilities: Vec<&'a FacilityRow>,
    shops: Vec<&'a ShopRow>,
    staffing: Vec<&'a StaffingRow>,
}

impl<'a> Rows<'a> {
    fn add(&mut self, segment: &'a SegmentRows) {
        match segment {
            SegmentRows::Areas(rows) => self.areas.extend(rows),
            SegmentRows::Households(rows) => self.households.extend(rows),
            SegmentRows::Roads(rows) => self.roads.extend(rows),
            SegmentRows::Base(rows) => self.base.extend(rows),
            SegmentRows::Visits(rows) => self.visits.extend(rows),
            SegmentRows::Facilities(rows) => self.facilities.extend(rows),
            SegmentRows::Shops(rows) => self.shops.extend(rows),
            SegmentRows::Staffing(rows) => self.staffing.extend(rows),
        }
    }
}

fn bounds(shape: &Shape) -> Option<FixedBox> {
    match shape {
        Shape::Point(p) => FixedBox::around([p]),
        Shape::Line(line) => FixedBox::around(line),
        Shape::Polygons(polygons) => FixedBox::around(polygons.iter().flat_map(|p| &p.outer)),
    }
}

/// Rows in tile-curve order of the middle of their box; rows in the same place keep their order.
fn along_curve<T: Clone>(rows: Vec<&T>, bounds: impl Fn(&T) -> Option<FixedBox>) -> Vec<T> {
    let key = |row: &T| bounds(row).map_or(0, |b| key_from_fixed(b.middle()));
    let mut keyed: Vec<(u64, &T)> = rows.into_iter().map(|row| (key(row), row)).collect();
    keyed.sort_by_key(|(key, _)| *key);
    keyed.into_iter().map(|(_, row)| row.clone()).collect()
}

/// Sorted, each once, nothing empty.
pub(super) fn tidy(rounds: &mut Vec<RoundChanges>) {
    for change in rounds.iter_mut() {
        for slots in [&mut change.households, &mut change.areas] {
            slots.sort_unstable();
            slots.dedup();
        }
    }
    rounds.retain(|c| !c.households.is_empty() || !c.areas.is_empty());
    rounds.sort_by_key(|c| c.round);
}
