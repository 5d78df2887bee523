//! Days.

use super::field::FieldFault;
use super::values::{Values, folded_text, shown};
use crate::table::Cell;
use jiff::civil::Date;

impl Values<'_> {
    /// A day; none when it is empty. `2026-03-01`, `2026/3/1`, `2026.3.1`, `20260301`, `2026年3月1日` and the dates of
    /// spreadsheets are days, of moments the day counts.
    ///
    /// # Errors
    /// [`FieldFault`] for anything else; a plain number of a spreadsheet is no date.
    pub fn date(&self, field: usize) -> Result<Option<Date>, FieldFault> {
        let cell = self.cell(field);
        if cell.is_empty() {
            return Ok(None);
        }
        let wrong = || {
            let right = match cell {
                Cell::Integer(_) | Cell::Real(_) => "give its column the form of a date, or write 2026-03-01",
                _ => "write it as YYYY-MM-DD, such as 2026-03-01",
            };
            self.fault(field, format!("{} is not a date; {right}", shown(&cell.text())))
        };
        date(cell).map(Some).ok_or_else(wrong)
    }

    /// First day and the day it ends as texts.
    ///
    /// # Errors
    /// As [`Values::date`], and when it ends before it starts.
    pub fn term(&self, starts_on: usize, ends_on: usize) -> Result<(Option<String>, Option<String>), FieldFault> {
        let (starts, ends) = (self.date(starts_on)?, self.date(ends_on)?);
        if let (Some(starts), Some(ends)) = (starts, ends)
            && ends <= starts
        {
            return Err(self.fault(ends_on, format!("{ends} is not after starts_on {starts}")));
        }
        Ok((starts.map(|d| d.to_string()), ends.map(|d| d.to_string())))
    }
}

/// The day in a cell, when there is one.
pub fn date(cell: &Cell) -> Option<Date> {
    match cell {
        Cell::Date(date) => Some(*date),
        Cell::DateTime(moment) => Some(moment.date()),
        Cell::Integer(number) => compact(&number.to_string()),
        Cell::Text(_) => {
            let text = folded_text(cell);
            let day =
                text.split_once([' ', 'T']).map_or(&*text, |(day, time)| if time.contains(':') { day } else { &text });
            compact(day).or_else(|| apart(day))
        }
        _ => None,
    }
}

/// 20260301
fn compact(text: &str) -> Option<Date> {
    let digits = text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit());
    let number = |range: std::ops::Range<usize>| text.get(range).filter(|_| digits)?.parse::<i16>().ok();
    day(number(0..4)?, number(4..6)?, number(6..8)?)
}

/// 2026-3-1, 2026/03/01, 2026年3月1日
fn apart(text: &str) -> Option<Date> {
    let (year, rest) = text.split_once(['-', '/', '.', '年'])?;
    let (month, date) = rest.split_once(['-', '/', '.', '月'])?;
    let date = date.strip_suffix(['日', '号']).unwrap_or(date);
    let number = |text: &str, most: usize| {
        let text = text.trim();
        let digits = (1..=most).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        text.parse::<i16>().ok().filter(|_| digits)
    };
    // The year has four digits: 01/02/26 could be two days.
    let year = number(year, 4).filter(|_| year.trim().len() == 4)?;
    day(year, number(month, 2)?, number(date, 2)?)
}

fn day(year: i16, month: i16, day: i16) -> Option<Date> {
    let year = Some(year).filter(|year| (1800..2200).contains(year))?;
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}
