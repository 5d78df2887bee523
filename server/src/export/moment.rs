//! Moments as people and programs write them, and as sheets show them.

use jiff::{
    Timestamp,
    civil::{Date, DateTime, Time},
};
use std::str::FromStr;
use wangge_core::domain::dates::{LOCAL_OFFSET, local_date};

/// A text that is no moment.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "{0:?} is no moment; write 2026-03-01T14:00:00+08:00 or 2026-03-01T06:00:00Z, or 2026-03-01T14:00 by the district's \
     clock, or 2026-03-01 for the end of that day"
)]
pub struct MomentError(String);

/// A moment: RFC 3339, or a date and time by the district's clock, or a day alone, which means its end, so that the whole
/// day is seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment(pub Timestamp);

impl Moment {
    /// The day it is in the district.
    pub fn day(self) -> Date {
        local_date(self.0)
    }
}

impl FromStr for Moment {
    type Err = MomentError;
    fn from_str(text: &str) -> Result<Self, MomentError> {
        let local = |at: DateTime| LOCAL_OFFSET.to_timestamp(at).ok();
        // Hours of a day end a microsecond before the next, as the log counts.
        let end_of =
            |date: Date| Time::new(23, 59, 59, 999_999_000).ok().and_then(|time| local(date.to_datetime(time)));
        let trimmed = text.trim();
        let found = if trimmed.len() <= "2026-03-01".len() {
            trimmed.parse::<Date>().ok().and_then(end_of)
        } else {
            // In an address a plus that was not encoded reads as a space.
            let with_plus = trimmed.split_once('T').map(|(day, time)| format!("{day}T{}", time.replacen(' ', "+", 1)));
            let instant = with_plus.and_then(|text| text.parse::<Timestamp>().ok());
            let instant = instant.or_else(|| trimmed.parse::<Timestamp>().ok());
            instant.or_else(|| trimmed.parse::<DateTime>().ok().and_then(local))
        };
        found.map(Self).ok_or_else(|| MomentError(text.chars().take(40).collect()))
    }
}

/// A moment on the district's calendar and clock.
pub(super) fn local(at: Timestamp) -> DateTime {
    LOCAL_OFFSET.to_datetime(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_read_with_and_without_a_zone() {
        let read = |text: &str| text.parse::<Moment>().unwrap().0.to_string();
        assert_eq!(read("2026-03-01T14:00:00+08:00"), "2026-03-01T06:00:00Z");
        assert_eq!(read("2026-03-01T06:00:00Z"), "2026-03-01T06:00:00Z");
        assert_eq!(read("2026-03-01T14:00:00 08:00"), "2026-03-01T06:00:00Z", "a plus that was not encoded");
        assert_eq!(read("2026-03-01T14:00"), "2026-03-01T06:00:00Z");
        assert_eq!(read(" 2026-03-01 14:00:30 "), "2026-03-01T06:00:30Z");
        assert_eq!(read("2026-03-01"), "2026-03-01T15:59:59.999999Z", "all of the day");
        let moment: Moment = "2026-02-28T16:00:00Z".parse().unwrap();
        assert_eq!(moment.day().to_string(), "2026-03-01", "the day of the district");
    }

    #[test]
    fn what_is_no_moment_is_refused_with_what_would_be() {
        for text in ["", "yesterday", "14:00", "2026-02-30", "2026-3-1", "2026-03-01T25:00", "-009999-01-01T00:00"] {
            let words = text.parse::<Moment>().map(|m| m.0.to_string()).unwrap_err().to_string();
            assert!(words.starts_with(&format!("{text:?} is no moment; write 2026-03-01T14:00")), "{words}");
        }
    }
}
