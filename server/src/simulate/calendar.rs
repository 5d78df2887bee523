//! Hours in which doors are knocked at, local time of the district (Asia/Shanghai, UTC+8 all year).

use jiff::Timestamp;

const DAY: i64 = 86_400;
const LOCAL_OFFSET: i64 = 8 * 3_600;
/// From and to, seconds after local midnight: mornings, afternoons, evenings.
const HOURS: [(i64, i64); 3] = [(32_400, 42_300), (51_300, 63_000), (66_600, 75_600)];

/// The local midnight a number of days before the day of a moment.
pub fn midnight_before(now: Timestamp, days: i64) -> Timestamp {
    let local = now.as_second() + LOCAL_OFFSET;
    let midnight = local - local.rem_euclid(DAY) - days * DAY;
    moment(midnight)
}

/// Hour of the local day, 0..24.
pub fn local_hour(at: Timestamp) -> i64 {
    (at.as_second() + LOCAL_OFFSET).rem_euclid(DAY) / 3_600
}

/// The working seconds between two moments, in order.
pub struct WorkingTime {
    spans: Vec<(i64, i64)>,
    seconds: i64,
}

impl WorkingTime {
    /// Working time from a local midnight to a moment.
    pub fn between(midnight: Timestamp, end: Timestamp) -> Self {
        let (start, end) = (midnight.as_second() + LOCAL_OFFSET, end.as_second() + LOCAL_OFFSET);
        let mut spans = Vec::new();
        let mut day = start;
        while day < end {
            spans.extend(
                HOURS.iter().map(|(from, to)| (day + from, (day + to).min(end))).filter(|(from, to)| from < to),
            );
            day += DAY;
        }
        let seconds = spans.iter().map(|(from, to)| to - from).sum();
        Self { spans, seconds }
    }

    /// The moment at a share 0.0..1.0 of the working time; none when there is none.
    pub fn at(&self, share: f64) -> Option<Timestamp> {
        let mut left = ((self.seconds as f64 * share) as i64).clamp(0, (self.seconds - 1).max(0));
        for (from, to) in &self.spans {
            if left < to - from {
                return Some(moment(from + left));
            }
            left -= to - from;
        }
        None
    }
}

fn moment(local_seconds: i64) -> Timestamp {
    Timestamp::from_second(local_seconds - LOCAL_OFFSET).unwrap_or(Timestamp::UNIX_EPOCH)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn working_time_lies_in_working_hours_before_its_end() {
        let now: Timestamp = "2026-11-23T02:30:00Z".parse().unwrap();
        let start = midnight_before(now, 2);
        assert_eq!(start.to_string(), "2026-11-20T16:00:00Z");
        let time = WorkingTime::between(start, now);
        let mut last = start;
        for i in 0..=100 {
            let at = time.at(f64::from(i) / 100.0).unwrap();
            assert!(at >= last && at < now);
            assert!((9..21).contains(&local_hour(at)), "{at}");
            last = at;
        }
    }
}
