//! Events as the log keeps them: JSON, beside the version of its format.

use crate::domain::event::{EVENT_VERSION, Event};
use serde::Deserialize;

/// Every type of event this version knows.
const TYPES: [&str; 4] = ["imported", "round_opened", "visit_recorded", "clock_advanced"];

/// An event that could not be written or read.
#[derive(Debug, thiserror::Error)]
pub enum EventFormatError {
    /// Written by another version.
    #[error("event format {0} is not known; this version reads 1..={EVENT_VERSION}")]
    Version(u16),
    /// A type this version does not know.
    #[error("event type {name:?} is not known; this version knows {}", TYPES.join(", "))]
    Type {
        /// The type.
        name: String,
    },
    /// Not the JSON of an event.
    #[error("event is not readable: {0}")]
    Body(#[source] serde_json::Error),
    /// The JSON writer failed.
    #[error("event cannot be written: {0}")]
    Write(#[source] serde_json::Error),
}

/// Version and bytes of an event.
///
/// # Errors
/// [`EventFormatError::Write`] when the JSON writer fails, which it does for no event that can be built.
pub fn encode(event: &Event) -> Result<(u16, Vec<u8>), EventFormatError> {
    let bytes = serde_json::to_vec(event).map_err(EventFormatError::Write)?;
    Ok((EVENT_VERSION, bytes))
}

/// The event in bytes of a version.
///
/// # Errors
/// [`EventFormatError`] when the version or the type is not known, or the body is not an event's.
pub fn decode(version: u16, bytes: &[u8]) -> Result<Event, EventFormatError> {
    if version == 0 || version > EVENT_VERSION {
        return Err(EventFormatError::Version(version));
    }
    serde_json::from_slice(bytes).map_err(|error| match type_of(bytes) {
        Some(name) if !TYPES.contains(&name.as_str()) => {
            EventFormatError::Type { name: name.chars().take(40).collect() }
        }
        _ => EventFormatError::Body(error),
    })
}

fn type_of(bytes: &[u8]) -> Option<String> {
    #[derive(Deserialize)]
    struct Tag {
        r#type: String,
    }
    serde_json::from_slice::<Tag>(bytes).ok().map(|tag| tag.r#type)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::domain::{
        event::SegmentRef,
        round::Round,
        visit::{Channel, Outcome, Visit},
    };
    use jiff::{
        Timestamp,
        civil::{Date, date},
    };
    use proptest::prelude::*;
    use uuid::Uuid;

    pub(in crate::format) fn any_time() -> impl Strategy<Value = Timestamp> {
        (-1_000_000_000i64..100_000_000_000, 0i32..1_000_000_000)
            .prop_map(|(seconds, nanos)| Timestamp::new(seconds, nanos).unwrap())
    }

    pub(in crate::format) fn any_visit() -> impl Strategy<Value = Visit> {
        (
            (any::<u128>(), ".{1,12}", prop::option::of("[a-z]{1,6}"), 0usize..8, any_time()),
            prop::option::of(any_time()),
            prop::option::of(".{1,6}"),
            prop::option::of(prop_oneof![Just(Channel::Door), Just(Channel::Phone), Just(Channel::Chat)]),
            prop::option::of(any_time()),
            prop::option::of(any::<u128>()),
        )
            .prop_map(
                |((id, household, round, outcome, happened_at), sent_at, by, channel, follow_up_at, replaces)| Visit {
                    id: Uuid::from_u128(id),
                    household,
                    round,
                    outcome: Outcome::ALL[outcome],
                    happened_at,
                    sent_at,
                    by,
                    channel,
                    follow_up_at,
                    replaces: replaces.map(Uuid::from_u128),
                },
            )
    }

    fn any_round() -> impl Strategy<Value = Round> {
        (
            "[a-z0-9]{1,8}",
            ".{1,20}",
            ".{0,20}",
            any_time(),
            prop::option::of(any_time()),
            prop::collection::vec("[0-9]{6,15}", 0..4),
        )
            .prop_map(|(id, name, purpose, starts_at, ends_at, scope)| Round {
                id,
                name,
                purpose,
                starts_at,
                ends_at,
                scope,
            })
    }

    fn any_day() -> impl Strategy<Value = Option<Date>> {
        prop::option::of((1i16..9999, 1i8..13, 1i8..29).prop_map(|(year, month, day)| date(year, month, day)))
    }

    fn any_event() -> impl Strategy<Value = Event> {
        let segment =
            (any::<u64>(), any::<u64>(), any::<u32>()).prop_map(|(id, rows, crc32)| SegmentRef { id, rows, crc32 });
        prop_oneof![
            (".{0,20}", prop::collection::vec(segment, 0..4), any_day())
                .prop_map(|(source, segments, today)| Event::Imported { source, segments, today }),
            any_round().prop_map(|round| Event::RoundOpened { round }),
            (any_visit(), any::<bool>(), any_time()).prop_map(|(visit, round_named, happened_at)| {
                Event::VisitRecorded { visit, round_named, happened_at }
            }),
            (any_time(), any_time(), any_day()).prop_map(|(since, at, today)| Event::ClockAdvanced {
                since,
                at,
                today
            }),
        ]
    }

    #[test]
    fn another_version_is_refused_by_its_number() {
        let (_, bytes) =
            encode(&Event::ClockAdvanced { since: Timestamp::UNIX_EPOCH, at: Timestamp::UNIX_EPOCH, today: None })
                .unwrap();
        assert!(matches!(decode(0, &bytes), Err(EventFormatError::Version(0))));
        let error = decode(3, &bytes).unwrap_err().to_string();
        assert_eq!(error, "event format 3 is not known; this version reads 1..=2");
    }

    #[test]
    fn events_of_version_1_are_read_as_it_wrote_them() {
        let imported =
            br#"{"type":"imported","source":"doors.geojson","segments":[{"id":3,"rows":14,"crc32":4023233417}]}"#;
        let segments = vec![SegmentRef { id: 3, rows: 14, crc32: 0xEFCD_AB89 }];
        let expected = Event::Imported { source: "doors.geojson".to_owned(), segments, today: None };
        assert_eq!(decode(1, imported).unwrap(), expected);
        let clock = br#"{"type":"clock_advanced","since":"2026-03-01T16:00:00Z","at":"2026-03-01T16:00:01.5Z"}"#;
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        let (since, at) = (at("2026-03-01T16:00:00Z"), at("2026-03-01T16:00:01.5Z"));
        assert_eq!(decode(1, clock).unwrap(), Event::ClockAdvanced { since, at, today: None });
    }

    #[test]
    fn an_unknown_type_is_refused_by_its_name() {
        let error = decode(1, br#"{"type":"gate_opened","gate":"n1"}"#).unwrap_err();
        assert!(matches!(&error, EventFormatError::Type { name } if name == "gate_opened"), "{error}");
    }

    #[test]
    fn a_body_that_is_no_event_is_refused() {
        for body in [&b"{"[..], b"", b"[1]", br#"{"type":"clock_advanced"}"#, br#"{"type":"clock_advanced","at":"x"}"#]
        {
            assert!(matches!(decode(1, body), Err(EventFormatError::Body(_))));
        }
    }

    proptest! {
        #[test]
        fn events_read_back(event in any_event()) {
            let (version, bytes) = encode(&event).unwrap();
            prop_assert_eq!(decode(version, &bytes).unwrap(), event);
        }
    }
}
