//! A value of a spreadsheet as a cell.

use crate::table::{cell::Cell, limits::Limits, wkt};
use calamine::{DataRef, ExcelDateTime};
use jiff::civil::{Date, DateTime, Time};

/// Numbers from here on have more digits than a spreadsheet keeps.
const DIGITS: f64 = 1e15;

/// Cell of a value.
///
/// Whole numbers are whole, days are days. A number of more than 15 digits has lost the others in the spreadsheet; it is
/// given as the spreadsheet shows it, `3.50602001001001E+17`, so that no code is made of it.
///
/// # Errors
/// What is wrong: an error value, a text that is too long.
pub(super) fn cell(value: &DataRef<'_>, limits: &Limits) -> Result<Cell, String> {
    let cell = match value {
        DataRef::Empty => Cell::Empty,
        DataRef::Int(number) => Cell::Integer(*number),
        DataRef::Float(number) => number_cell(*number),
        DataRef::Bool(value) => Cell::Bool(*value),
        DataRef::String(text) => Cell::Text(text.clone()),
        DataRef::SharedString(text) => Cell::Text((*text).to_owned()),
        DataRef::DateTime(moment) => moment_cell(moment),
        DataRef::DateTimeIso(text) => text
            .parse::<DateTime>()
            .map_or_else(|_| Cell::Text(text.clone()), |moment| day_or_moment(moment.date(), moment.time())),
        DataRef::DurationIso(text) => Cell::Text(text.clone()),
        DataRef::Error(error) => return Err(format!("holds the error {error}")),
    };
    match &cell {
        Cell::Text(text) if text.len() > limits.cell_bytes && !wkt::is_likely(text) => {
            Err(format!("has {} bytes; at most {} are taken", text.len(), limits.cell_bytes))
        }
        _ => Ok(cell),
    }
}

/// Whether a cell is a number that has lost digits.
pub(super) fn has_lost_digits(value: &DataRef<'_>) -> bool {
    matches!(value, DataRef::Float(number) if number.abs() >= DIGITS)
}

fn number_cell(number: f64) -> Cell {
    if number.abs() >= DIGITS && number.is_finite() {
        let shown = format!("{number:.14E}");
        let (digits, exponent) = shown.split_once('E').unwrap_or((&shown, "0"));
        return Cell::Text(format!("{}E+{exponent}", digits.trim_end_matches('0').trim_end_matches('.')));
    }
    if number.fract() == 0.0 { Cell::Integer(number as i64) } else { Cell::Real(number) }
}

/// Days are counted; a value below one is a time of day, a length of time counts hours on.
fn moment_cell(moment: &ExcelDateTime) -> Cell {
    let days = moment.as_f64();
    if moment.is_duration() || (0.0..1.0).contains(&days) {
        let minutes = (days * 1440.0).round();
        if minutes.abs() > 1e9 {
            return Cell::Real(days);
        }
        let (sign, minutes) = (if minutes < 0.0 { "-" } else { "" }, minutes.abs() as i64);
        return Cell::Text(format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60));
    }
    let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
    let date = i16::try_from(year).ok().and_then(|year| Date::new(year, month as i8, day as i8).ok());
    let time = Time::new(hour as i8, minute as i8, second as i8, 0).unwrap_or(Time::midnight());
    date.map_or(Cell::Real(days), |date| day_or_moment(date, time))
}

fn day_or_moment(date: Date, time: Time) -> Cell {
    if time == Time::midnight() { Cell::Date(date) } else { Cell::DateTime(date.to_datetime(time)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use calamine::ExcelDateTimeType;
    use jiff::civil::date;

    fn read(value: DataRef<'_>) -> Cell {
        cell(&value, &Limits::default()).unwrap()
    }

    #[test]
    fn numbers_are_whole_where_they_are() {
        assert_eq!(read(DataRef::Float(501.0)), Cell::Integer(501));
        assert_eq!(read(DataRef::Float(350602001001001.0)), Cell::Integer(350602001001001));
        assert_eq!(read(DataRef::Float(117.65)), Cell::Real(117.65));
        assert_eq!(read(DataRef::Float(350602001001001001.0)), Cell::Text("3.50602001001001E+17".into()));
        assert_eq!(read(DataRef::Float(1e15)), Cell::Text("1E+15".into()));
        assert_eq!(read(DataRef::Float(-0.0)), Cell::Integer(0));
    }

    #[test]
    fn dates_are_days_moments_or_times_of_day() {
        let moment = |days: f64| read(DataRef::DateTime(ExcelDateTime::new(days, ExcelDateTimeType::DateTime, false)));
        assert_eq!(moment(46350.0), Cell::Date(date(2026, 11, 24)));
        assert_eq!(moment(46350.5), Cell::DateTime(date(2026, 11, 24).at(12, 0, 0, 0)));
        assert_eq!(moment(0.354_166_666_666_666_7), Cell::Text("08:30".into()));
        let since_1904 = ExcelDateTime::new(44888.0, ExcelDateTimeType::DateTime, true);
        assert_eq!(read(DataRef::DateTime(since_1904)), Cell::Date(date(2026, 11, 24)));
        let hours = ExcelDateTime::new(1.25, ExcelDateTimeType::TimeDelta, false);
        assert_eq!(read(DataRef::DateTime(hours)), Cell::Text("30:00".into()));
        assert_eq!(
            read(DataRef::DateTimeIso("2026-11-24T08:30:00".into())),
            Cell::DateTime(date(2026, 11, 24).at(8, 30, 0, 0))
        );
        for days in [-1.0, 1e12, f64::NAN, f64::INFINITY] {
            moment(days);
        }
    }
}
