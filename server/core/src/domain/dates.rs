//! Days of the district: the date at a moment, and the moment at which a date begins.
//!
//! Core has no table of time zones, so the offset is fixed: that of Asia/Shanghai, which has kept no summer time since
//! 1991. A district in another zone needs another constant until its zone comes in as an argument.

use jiff::{SignedDuration, Timestamp, civil::Date, tz::Offset};

/// How far the district's clock is ahead of UTC.
pub const LOCAL_OFFSET: Offset = Offset::constant(8);

/// The district's date at a moment.
pub fn local_date(at: Timestamp) -> Date {
    LOCAL_OFFSET.to_datetime(at).date()
}

/// The moment at which a date begins in the district.
pub(super) fn beginning(date: Date) -> Option<Timestamp> {
    let midnight = Offset::UTC.to_timestamp(date.at(0, 0, 0, 0)).ok()?;
    midnight.checked_sub(SignedDuration::from_secs(i64::from(LOCAL_OFFSET.seconds()))).ok()
}

/// A date as rows have it, `YYYY-MM-DD`; none for any other text.
pub fn date_of(text: &str) -> Option<Date> {
    let date: Date = text.parse().ok()?;
    (date.to_string() == text).then_some(date)
}

/// The same for a field that may be absent.
pub(super) fn maybe_date(text: Option<&String>) -> Option<Date> {
    text.and_then(|text| date_of(text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn the_day_turns_at_midnight_in_shanghai() {
        let midnight: Timestamp = "2026-03-01T16:00:00Z".parse().unwrap();
        assert_eq!(local_date(midnight), date(2026, 3, 2));
        assert_eq!(local_date(midnight - SignedDuration::from_nanos(1)), date(2026, 3, 1));
        assert_eq!(beginning(date(2026, 3, 2)), Some(midnight));
    }

    #[test]
    fn only_whole_dates_are_dates() {
        assert_eq!(date_of("2026-03-02"), Some(date(2026, 3, 2)));
        for text in ["2026-3-2", "20260302", "2026-02-30", "2026-03-02T00:00", "", "2026"] {
            assert_eq!(date_of(text), None, "{text}");
        }
    }
}
