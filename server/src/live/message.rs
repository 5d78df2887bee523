//! Messages as they go out: written once for a scope, shared by all its viewers.

use super::{memory, scope::Scope, topics::Topic};
use axum::extract::ws::Utf8Bytes;
use jiff::Timestamp;
use std::collections::BTreeMap;
use std::sync::Arc;
use wangge_core::domain::{District, changes::Changes, seq::Seq};
use wangge_core::format::live::{AreaChange, Change, ImportProgress, LiveMessage, RoundChange, Sum};

/// Slots in one message, at most; a state table is smaller than a message of more.
pub const MAX_SLOTS: usize = 20_000;

/// A message for a viewer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    /// Where the viewer stands after it, for whoever resumes; none when it has to be followed by another.
    pub seq: Option<Seq>,
    /// What it is about; none when everybody hears it.
    pub topic: Option<Topic>,
    /// The JSON.
    pub text: Utf8Bytes,
}

/// Messages that belong together, up to one number of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parcel {
    /// The number everything up to which is told by then.
    pub seq: Seq,
    /// Whether it only says where the log stands: worth hearing even by who stands there already.
    pub beat: bool,
    /// The messages, in order.
    pub frames: Vec<Frame>,
}

impl Parcel {
    fn one(seq: Seq, beat: bool, message: &LiveMessage) -> Self {
        Self { seq, beat, frames: vec![Frame { seq: Some(seq), topic: None, text: text(message) }] }
    }
}

/// The first message of a stream: where it begins.
pub fn hello(seq: Seq, shapes_version: u64) -> Frame {
    Frame { seq: Some(seq), topic: None, text: text(&LiveMessage::Hello { seq, shapes_version }) }
}

/// How far an import is.
pub fn import(progress: &ImportProgress) -> Frame {
    Frame { seq: None, topic: Some(Topic::Imports), text: text(&LiveMessage::Import(progress.clone())) }
}

/// Says that everything must be read again, and why: `epoch`, `future`, `too_old`, `too_slow` or `too_much`.
pub fn reset(seq: Seq, reason: &str) -> Parcel {
    Parcel::one(seq, false, &LiveMessage::Reset { seq, reason: reason.to_owned() })
}

/// Says that nothing else happened up to `seq`.
pub fn beat(seq: Seq) -> Parcel {
    Parcel::one(seq, true, &LiveMessage::Beat { seq, at: whole_ms(Timestamp::now()) })
}

/// What several changes altered in a scope, with the values of now; none when that is nothing.
pub fn change(district: &District, scope: Scope, entries: &[Arc<Changes>], last: &Changes) -> Option<Parcel> {
    let merged = memory::merge(entries);
    let mut slots = 0;
    let mut rounds = BTreeMap::new();
    for (index, changed) in &merged.rounds {
        let Some(state) = district.rounds().get(*index) else { continue };
        let doors = changed.households.iter().filter(|slot| scope.has_door(district, **slot));
        let households: Vec<_> = doors.filter_map(|slot| Some((*slot, *state.doors.get(*slot as usize)?))).collect();
        let areas = changed.areas.iter().filter(|slot| scope.has_area(district, **slot));
        let areas: Vec<_> = areas
            .filter_map(|slot| Some(AreaChange { slot: *slot, counts: *state.areas.get(*slot as usize)? }))
            .collect();
        slots += households.len() + areas.len();
        let sum = |named: bool, counts| (named && scope.has_sums()).then_some(Sum(counts));
        let total = sum(changed.total, state.total);
        let unassigned = sum(changed.unassigned, state.unassigned);
        let round = RoundChange { households, areas, total, unassigned };
        if round != RoundChange::default() {
            rounds.insert(state.round.id.clone(), round);
        }
    }
    if slots > MAX_SLOTS {
        return Some(reset(last.seq, "too_much"));
    }
    let mut messages = Vec::new();
    if merged.shapes {
        messages.push(LiveMessage::Shapes { version: district.shapes_version() });
    }
    if !rounds.is_empty() || merged.round_list || merged.shapes {
        messages.push(LiveMessage::Change(Change {
            seq: last.seq,
            at: last.at,
            rounds,
            round_list: merged.round_list,
        }));
    }
    let count = messages.len();
    let frame = |(at, message): (usize, &LiveMessage)| Frame {
        seq: (at + 1 == count).then_some(last.seq),
        topic: matches!(message, LiveMessage::Change(_)).then_some(Topic::Rounds),
        text: text(message),
    };
    let frames = messages.iter().enumerate().map(frame).collect();
    (count > 0).then_some(Parcel { seq: last.seq, beat: false, frames })
}

fn text(message: &LiveMessage) -> Utf8Bytes {
    // The writer fails for no message that can be built; see `LiveMessage::to_json`.
    message.to_json().unwrap_or_default().into()
}

/// Moments on the wire have milliseconds; more would only be noise.
fn whole_ms(at: Timestamp) -> Timestamp {
    Timestamp::from_millisecond(at.as_millisecond()).unwrap_or(at)
}
