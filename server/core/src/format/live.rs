//! Live messages: what changed, by slot, as JSON; the same over WebSocket and server-sent events.
//!
//! Values are absolute, so a message may stand for many events; it carries the last one's place.

use crate::domain::{figures::Counts, seq::Seq, visit::DoorByte};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A message to a viewer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "lowercase")]
pub enum LiveMessage {
    /// The first one: where the log stands and which shapes are served.
    Hello {
        /// Place in the log.
        seq: Seq,
        /// Version of the shapes.
        shapes_version: u64,
    },
    /// Something changed.
    Change(Change),
    /// Shapes changed: fetch the new version.
    Shapes {
        /// The new version.
        version: u64,
    },
    /// The viewer's picture can no longer be brought up to date: fetch the state again.
    Reset {
        /// Place in the log.
        seq: Seq,
        /// Why, as one word such as `epoch`, `too_old`, `too_slow`.
        reason: String,
    },
    /// Nothing changed, and the stream is alive.
    Beat {
        /// Place in the log.
        seq: Seq,
        /// The server's clock.
        at: Timestamp,
    },
    /// How far an import is. It has no place in the log and is told to administrators only; whoever was away reads the
    /// import itself.
    Import(ImportProgress),
}

/// How far an import is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportProgress {
    /// Id of the import.
    pub id: String,
    /// What is being done with it, as one word such as `receiving`, `looking`, `ready`, `done`.
    pub state: String,
    /// The part of that, as one word such as `reading`, `checking`, `writing`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stage: Option<String>,
    /// Bytes dealt with.
    pub done_bytes: u64,
    /// Bytes in all.
    pub bytes: u64,
    /// Rows dealt with.
    pub rows: u64,
}

/// What changed up to a place in the log.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Change {
    /// Place of the last event in it.
    pub seq: Seq,
    /// When that event was recorded.
    pub at: Timestamp,
    /// Doors and areas, by the round's id.
    #[serde(default)]
    pub rounds: BTreeMap<String, RoundChange>,
    /// Whether the list of rounds changed: fetch it again.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub round_list: bool,
}

/// What changed in one round.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct RoundChange {
    /// Slot and byte of each door.
    #[serde(default)]
    pub households: Vec<(u32, DoorByte)>,
    /// Slot and counts of each area.
    #[serde(default)]
    pub areas: Vec<AreaChange>,
    /// Counts of all doors of the round, those in no grid included, when they changed; for viewers of the whole only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total: Option<Sum>,
    /// Counts of its doors in no grid, when they changed; for viewers of the whole only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unassigned: Option<Sum>,
}

/// Slot and counts of an area: `[slot, eligible, touched, reached]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "(u32, u32, u32, u32)", into = "(u32, u32, u32, u32)")]
pub struct AreaChange {
    /// Slot of the area.
    pub slot: u32,
    /// Its counts.
    pub counts: Counts,
}

impl From<AreaChange> for (u32, u32, u32, u32) {
    fn from(area: AreaChange) -> Self {
        (area.slot, area.counts.eligible, area.counts.touched, area.counts.reached)
    }
}

/// Counts of doors that are no area's: `[eligible, touched, reached]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "(u32, u32, u32)", into = "(u32, u32, u32)")]
pub struct Sum(pub Counts);

impl From<Sum> for (u32, u32, u32) {
    fn from(Sum(counts): Sum) -> Self {
        (counts.eligible, counts.touched, counts.reached)
    }
}

/// Counts that cannot be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{of} counts {reached} reached of {touched} touched of {eligible} eligible; each is at most the next")]
pub struct CountsError {
    of: String,
    eligible: u32,
    touched: u32,
    reached: u32,
}

/// Counts that can be; `of` says whose they are.
fn possible(of: impl FnOnce() -> String, eligible: u32, touched: u32, reached: u32) -> Result<Counts, CountsError> {
    if reached > touched || touched > eligible {
        return Err(CountsError { of: of(), eligible, touched, reached });
    }
    Ok(Counts { eligible, touched, reached })
}

impl TryFrom<(u32, u32, u32, u32)> for AreaChange {
    type Error = CountsError;
    fn try_from((slot, eligible, touched, reached): (u32, u32, u32, u32)) -> Result<Self, CountsError> {
        let counts = possible(|| format!("area {slot}"), eligible, touched, reached)?;
        Ok(Self { slot, counts })
    }
}

impl TryFrom<(u32, u32, u32)> for Sum {
    type Error = CountsError;
    fn try_from((eligible, touched, reached): (u32, u32, u32)) -> Result<Self, CountsError> {
        possible(|| "a sum".to_owned(), eligible, touched, reached).map(Self)
    }
}

/// A message that could not be written or read.
#[derive(Debug, thiserror::Error)]
#[error("live message: {0}")]
pub struct LiveError(#[from] serde_json::Error);

impl LiveMessage {
    /// The message as one line of JSON.
    ///
    /// # Errors
    /// [`LiveError`] when the JSON writer fails, which it does for no message that can be built.
    pub fn to_json(&self) -> Result<String, LiveError> {
        Ok(serde_json::to_string(self)?)
    }

    /// Reads a message; members of topics this version does not know are passed over.
    ///
    /// # Errors
    /// [`LiveError`] with line and column when it is not a message.
    pub fn from_json(text: &str) -> Result<Self, LiveError> {
        Ok(serde_json::from_str(text)?)
    }

    /// Place in the log it tells, when it tells one.
    pub fn seq(&self) -> Option<Seq> {
        match self {
            Self::Hello { seq, .. } | Self::Reset { seq, .. } | Self::Beat { seq, .. } => Some(*seq),
            Self::Change(change) => Some(change.seq),
            Self::Shapes { .. } | Self::Import(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::visit::DoorState;
    use proptest::prelude::*;

    fn at() -> Timestamp {
        "2026-03-01T06:00:00Z".parse().unwrap()
    }

    #[test]
    fn messages_look_as_in_the_design() {
        let seq = Seq { epoch: 1, n: 42 };
        let change = RoundChange {
            households: vec![(7, DoorByte::new(DoorState::Met, false, 1))],
            areas: vec![AreaChange { slot: 3, counts: Counts { eligible: 10, touched: 4, reached: 2 } }],
            ..RoundChange::default()
        };
        let sums = RoundChange {
            total: Some(Sum(Counts { eligible: 12, touched: 5, reached: 3 })),
            unassigned: Some(Sum(Counts { eligible: 2, touched: 1, reached: 1 })),
            ..RoundChange::default()
        };
        let rounds = BTreeMap::from([("spring".to_owned(), change)]);
        let only_sums = BTreeMap::from([("spring".to_owned(), sums)]);
        let written = |message: LiveMessage| message.to_json().unwrap();
        assert_eq!(
            written(LiveMessage::Hello { seq, shapes_version: 5 }),
            r#"{"type":"hello","seq":"1-42","shapes_version":5}"#
        );
        assert_eq!(
            written(LiveMessage::Change(Change { seq, at: at(), rounds, round_list: false })),
            r#"{"type":"change","seq":"1-42","at":"2026-03-01T06:00:00Z","rounds":{"spring":{"households":[[7,34]],"areas":[[3,10,4,2]]}}}"#
        );
        assert_eq!(
            written(LiveMessage::Change(Change { seq, at: at(), rounds: only_sums, round_list: false })),
            r#"{"type":"change","seq":"1-42","at":"2026-03-01T06:00:00Z","rounds":{"spring":{"households":[],"areas":[],"total":[12,5,3],"unassigned":[2,1,1]}}}"#
        );
        assert_eq!(written(LiveMessage::Shapes { version: 6 }), r#"{"type":"shapes","version":6}"#);
        assert_eq!(
            written(LiveMessage::Reset { seq, reason: "epoch".into() }),
            r#"{"type":"reset","seq":"1-42","reason":"epoch"}"#
        );
        assert_eq!(
            written(LiveMessage::Beat { seq, at: at() }),
            r#"{"type":"beat","seq":"1-42","at":"2026-03-01T06:00:00Z"}"#
        );
        let progress = ImportProgress {
            id: "7".into(),
            state: "looking".into(),
            stage: Some("reading".into()),
            done_bytes: 10,
            bytes: 20,
            rows: 3,
        };
        assert_eq!(
            written(LiveMessage::Import(progress)),
            r#"{"type":"import","id":"7","state":"looking","stage":"reading","done_bytes":10,"bytes":20,"rows":3}"#
        );
    }

    #[test]
    fn topics_of_a_later_version_are_passed_over() {
        let text = r#"{"type":"change","seq":"1-1","at":"2026-03-01T06:00:00Z","rounds":{},"closures":[1,2]}"#;
        assert!(matches!(LiveMessage::from_json(text), Ok(LiveMessage::Change(_))));
    }

    #[test]
    fn impossible_counts_are_refused() {
        let text = r#"{"type":"change","seq":"1-1","at":"2026-03-01T06:00:00Z","rounds":{"r":{"areas":[[3,1,2,0]]}}}"#;
        let error = LiveMessage::from_json(text).unwrap_err().to_string();
        assert!(error.contains("area 3 counts 0 reached of 2 touched of 1 eligible"), "{error}");
        let text = r#"{"type":"change","seq":"1-1","at":"2026-03-01T06:00:00Z","rounds":{"r":{"total":[3,1,2]}}}"#;
        let error = LiveMessage::from_json(text).unwrap_err().to_string();
        assert!(error.contains("a sum counts 2 reached of 1 touched of 3 eligible"), "{error}");
    }

    #[test]
    fn a_message_that_is_none_is_refused() {
        for text in ["", "{}", "[]", r#"{"type":"shout"}"#, r#"{"type":"hello","seq":"x","shapes_version":1}"#] {
            assert!(LiveMessage::from_json(text).is_err(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn changes_read_back(
            n: u64,
            seconds in 0i64..4_000_000_000,
            nanos in 0i32..1_000_000_000,
            round_list: bool,
            rounds in prop::collection::btree_map("[a-z0-9._-]{1,8}", (
                prop::collection::vec((any::<u32>(), any::<u8>().prop_map(DoorByte)), 0..6),
                prop::collection::vec((any::<u32>(), any::<[u32; 3]>()), 0..6),
                any::<[Option<[u32; 3]>; 2]>(),
            ), 0..3),
        ) {
            let counts = |mut c: [u32; 3]| {
                c.sort_unstable();
                Counts { eligible: c[2], touched: c[1], reached: c[0] }
            };
            let rounds = rounds.into_iter().map(|(id, (households, areas, sums))| {
                let areas = areas.into_iter().map(|(slot, c)| AreaChange { slot, counts: counts(c) }).collect();
                let [total, unassigned] = sums.map(|sum| sum.map(|c| Sum(counts(c))));
                (id, RoundChange { households, areas, total, unassigned })
            }).collect();
            let at = Timestamp::new(seconds, nanos).unwrap();
            let message = LiveMessage::Change(Change { seq: Seq { epoch: 3, n }, at, rounds, round_list });
            prop_assert_eq!(LiveMessage::from_json(&message.to_json().unwrap()).unwrap(), message);
        }
    }
}
