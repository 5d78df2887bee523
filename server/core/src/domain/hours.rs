//! Opening hours: when a shop is open on each day of the week.
//!
//! A subset of the opening_hours of OpenStreetMap, and what people write in Chinese files. Holidays, months and weeks of
//! the year are not kept: such texts are refused. Source: wiki.openstreetmap.org/wiki/Key:opening_hours/specification.

mod parse;
#[cfg(test)]
mod tests;

pub use parse::HoursError;

use jiff::civil::Weekday;
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// Minutes of a day.
const DAY: u16 = 24 * 60;
const NAMES: [&str; 7] = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"];

/// From and to, minutes after the day's midnight; `to` above 1440 is on the day after.
pub type Interval = (u16, u16);

/// When something is open on each day of the week; the default knows nothing, which is not the same as closed.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct OpeningHours {
    /// By weekday from Monday, each sorted and without overlaps; none when unknown.
    days: Option<Box<[Vec<Interval>; 7]>>,
}

impl OpeningHours {
    /// Whether anything is known.
    pub fn is_known(&self) -> bool {
        self.days.is_some()
    }

    /// When it opens and closes on a weekday, in order; an interval past midnight ends above 1440 minutes. Empty when
    /// closed or unknown.
    pub fn intervals(&self, weekday: Weekday) -> &[Interval] {
        let day = usize::from(weekday.to_monday_zero_offset().unsigned_abs());
        self.days.as_deref().and_then(|days| days.get(day)).map_or(&[], Vec::as_slice)
    }

    /// Whether it is open on a weekday at a minute after midnight; none when unknown.
    pub fn is_open(&self, weekday: Weekday, minute: u16) -> Option<bool> {
        let holds =
            |day: Weekday, minute: u16| self.intervals(day).iter().any(|(from, to)| (*from..*to).contains(&minute));
        self.is_known().then(|| holds(weekday, minute) || holds(weekday.previous(), minute + DAY))
    }
}

impl FromStr for OpeningHours {
    type Err = HoursError;
    /// Reads hours; an empty text is unknown.
    fn from_str(text: &str) -> Result<Self, HoursError> {
        Ok(Self { days: parse::days(text)?.map(Box::new) })
    }
}

impl TryFrom<String> for OpeningHours {
    type Error = HoursError;
    fn try_from(text: String) -> Result<Self, HoursError> {
        text.parse()
    }
}

impl From<OpeningHours> for String {
    fn from(hours: OpeningHours) -> Self {
        hours.to_string()
    }
}

impl fmt::Display for OpeningHours {
    /// The one text of these hours, in the words of OpenStreetMap; empty when unknown.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(days) = self.days.as_deref() else { return Ok(()) };
        if days.iter().all(|day| day[..] == [(0, DAY)]) {
            return f.write_str("24/7");
        }
        if days.iter().all(Vec::is_empty) {
            return f.write_str("off");
        }
        let mut written = [false; 7];
        let mut first = true;
        for day in 0..7 {
            if written[day] || days[day].is_empty() {
                continue;
            }
            let alike: Vec<usize> = (day..7).filter(|d| days[*d] == days[day]).collect();
            alike.iter().for_each(|d| written[*d] = true);
            if !std::mem::take(&mut first) {
                f.write_str("; ")?;
            }
            if alike.len() < 7 {
                write_days(f, &alike)?;
                f.write_str(" ")?;
            }
            for (i, (from, to)) in days[day].iter().enumerate() {
                let to = if *to > DAY { to - DAY } else { *to };
                let comma = if i > 0 { "," } else { "" };
                write!(f, "{comma}{:02}:{:02}-{:02}:{:02}", from / 60, from % 60, to / 60, to % 60)?;
            }
        }
        Ok(())
    }
}

/// Days that ascend: three or more in a row as a range, others one by one.
fn write_days(f: &mut fmt::Formatter<'_>, days: &[usize]) -> fmt::Result {
    for (i, run) in days.chunk_by(|a, b| a + 1 == *b).enumerate() {
        let comma = if i > 0 { "," } else { "" };
        match run {
            [from, _, .., to] => write!(f, "{comma}{}-{}", NAMES[*from], NAMES[*to])?,
            [one, other] => write!(f, "{comma}{},{}", NAMES[*one], NAMES[*other])?,
            [one] => write!(f, "{comma}{}", NAMES[*one])?,
            [] => {}
        }
    }
    Ok(())
}
