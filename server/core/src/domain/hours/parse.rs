//! Reads the text of opening hours: words first, then rules of days and times.

use super::{DAY, Interval};

/// Characters of a text of hours, at most.
const LONGEST: usize = 500;
const EXAMPLES: &str = "hours are written like Mo-Fr 08:00-20:00; Sa,Su 09:00-18:00, 24/7 or 周一至周五 8:00-20:00";

/// Why a text is no opening hours.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HoursError {
    /// A word that means nothing here.
    #[error("opening hours: {0:?} is not understood; {EXAMPLES}")]
    Word(String),
    /// Holidays, months or other parts of the language that are not kept.
    #[error("opening hours: {0:?} is not kept here, only days of the week and times; leave it out")]
    NotKept(String),
    /// A time of day that is none.
    #[error("opening hours: {0:?} is no time of day; times are 00:00 to 24:00, past midnight up to 48:00")]
    Time(String),
    /// Days without times, times without an end.
    #[error("opening hours: {0} is missing; {EXAMPLES}")]
    Missing(&'static str),
    /// An interval that ends too late.
    #[error("opening hours: {0:02}:{1:02}-{2:02}:{3:02} is longer than a day; write 00:00-24:00 for a whole day")]
    TooLong(u16, u16, u16, u16),
    /// Two intervals of a day overlap.
    #[error("opening hours: {0:02}:{1:02} begins before the interval before it ends; intervals of a day lie apart")]
    Overlap(u16, u16),
    /// A text too long to be hours.
    #[error("opening hours of {0} characters; they take at most {LONGEST}")]
    Length(usize),
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Token {
    /// One day, from Monday.
    Day(u8),
    /// Several days, a bit each.
    Days(u8),
    Time(u16),
    Dash,
    Comma,
    Semicolon,
    /// Open day and night.
    Always,
    Closed,
}

/// Intervals by weekday from Monday; none for an empty text.
pub(super) fn days(text: &str) -> Result<Option<[Vec<Interval>; 7]>, HoursError> {
    let length = text.chars().count();
    if length > LONGEST {
        return Err(HoursError::Length(length));
    }
    let tokens = Scanner { rest: &narrow(text) }.tokens()?;
    if tokens.is_empty() {
        return Ok(None);
    }
    let mut rules = Rules { tokens: &tokens, days: Default::default() };
    rules.read()?;
    let mut days = rules.days;
    for day in &mut days {
        day.sort_unstable();
        if let Some(pair) = day.windows(2).find(|pair| pair[0].1 > pair[1].0) {
            return Err(HoursError::Overlap(pair[1].0 / 60, pair[1].0 % 60));
        }
    }
    Ok(Some(days))
}

/// Full-width forms as the plain ones they stand for.
fn narrow(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
            '\u{3000}' => ' ',
            '–' | '—' | '―' | '〜' | '~' => '-',
            '、' => ',',
            '。' | '\n' => ';',
            other => other,
        })
        .map(|c| if c == '~' { '-' } else { c })
        .collect()
}

const WORDS: [(&str, Token); 26] = [
    ("24/7", Token::Always),
    ("24小时", Token::Always),
    ("全天候", Token::Always),
    ("全天", Token::Always),
    ("每天", Token::Days(0x7F)),
    ("每日", Token::Days(0x7F)),
    ("天天", Token::Days(0x7F)),
    ("工作日", Token::Days(0x1F)),
    ("周末", Token::Days(0x60)),
    ("不营业", Token::Closed),
    ("休息", Token::Closed),
    ("关门", Token::Closed),
    ("歇业", Token::Closed),
    ("休", Token::Closed),
    ("至", Token::Dash),
    ("到", Token::Dash),
    ("-", Token::Dash),
    (",", Token::Comma),
    (";", Token::Semicolon),
    ("一", Token::Day(0)),
    ("二", Token::Day(1)),
    ("三", Token::Day(2)),
    ("四", Token::Day(3)),
    ("五", Token::Day(4)),
    ("六", Token::Day(5)),
    ("日", Token::Day(6)),
];
/// Words that say nothing more: a time that is not after the one before it is on the next day anyhow.
const SILENT: [&str; 10] = ["营业时间", "开放时间", "星期", "礼拜", "次日", "翌日", "凌晨", "上午", "周", ":"];
const AFTERNOON: [&str; 3] = ["下午", "晚上", "傍晚"];

struct Scanner<'a> {
    rest: &'a str,
}

impl Scanner<'_> {
    fn tokens(mut self) -> Result<Vec<Token>, HoursError> {
        let mut tokens = Vec::new();
        let mut afternoon = false;
        loop {
            self.rest = self.rest.trim_start();
            let Some(first) = self.rest.chars().next() else { return Ok(tokens) };
            if let Some((_, token)) = WORDS.iter().find(|(word, _)| self.takes(word)) {
                tokens.push(*token);
            } else if SILENT.iter().any(|word| self.takes(word)) {
            } else if AFTERNOON.iter().any(|word| self.takes(word)) {
                afternoon = true;
            } else if self.takes("天") {
                tokens.push(Token::Day(6));
            } else if first.is_ascii_digit() {
                tokens.push(Token::Time(self.time(std::mem::take(&mut afternoon))?));
            } else {
                tokens.push(self.word()?);
            }
        }
    }

    fn takes(&mut self, word: &str) -> bool {
        self.rest.strip_prefix(word).map(|rest| self.rest = rest).is_some()
    }

    fn number(&mut self) -> Option<u16> {
        let end = self.rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(self.rest.len());
        let (digits, rest) = self.rest.split_at(end);
        let number = Some(digits).filter(|d| (1..=2).contains(&d.len()))?.parse().ok()?;
        self.rest = rest;
        Some(number)
    }

    /// Minutes after midnight of `8:00`, `8点`, `8点半`, `8时30分`, `8am`, `8:30 pm`.
    fn time(&mut self, afternoon: bool) -> Result<u16, HoursError> {
        let start = self.rest;
        let wrong = || HoursError::Time(start.chars().take(8).collect());
        let mut hour = self.number().ok_or_else(wrong)?;
        let mut minute = 0;
        let mut named = true;
        if self.takes(":") {
            minute = self.number().ok_or_else(wrong)?;
        } else if self.takes("点") || self.takes("时") {
            if self.takes("半") {
                minute = 30;
            } else if self.rest.starts_with(|c: char| c.is_ascii_digit()) {
                minute = self.number().ok_or_else(wrong)?;
                self.takes("分");
            }
        } else {
            named = false;
        }
        let before_half = self.rest;
        self.rest = self.rest.trim_start();
        let half = self.rest.get(..2).map(str::to_ascii_lowercase);
        match half.as_deref() {
            Some(half @ ("am" | "pm")) if (1..=12).contains(&hour) => {
                hour = hour % 12 + if half == "pm" { 12 } else { 0 };
                self.rest = &self.rest[2..];
                named = true;
            }
            _ => self.rest = before_half,
        }
        if afternoon && hour < 12 {
            hour += 12;
        }
        let at = hour * 60 + minute;
        if named && minute < 60 && at <= 2 * DAY { Ok(at) } else { Err(wrong()) }
    }

    fn word(&mut self) -> Result<Token, HoursError> {
        let end = self.rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(end);
        let lower = word.to_ascii_lowercase();
        let day = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
            .into_iter()
            .zip(0u8..)
            .find(|(name, _)| lower.len() >= 2 && name.starts_with(&lower))
            .map(|(_, day)| Token::Day(day));
        let token = match (day, lower.as_str()) {
            (Some(day), _) => day,
            (None, "off" | "closed") => Token::Closed,
            (None, "daily") => Token::Days(0x7F),
            (None, "ph" | "sh" | "week" | "easter") => return Err(HoursError::NotKept(word.to_owned())),
            _ => return Err(HoursError::Word(self.rest.chars().take(20).collect())),
        };
        self.rest = rest;
        Ok(token)
    }
}

struct Rules<'a> {
    tokens: &'a [Token],
    days: [Vec<Interval>; 7],
}

impl Rules<'_> {
    fn take(&mut self) -> Option<Token> {
        let (first, rest) = self.tokens.split_first()?;
        self.tokens = rest;
        Some(*first)
    }

    /// A later rule for a day takes the place of an earlier one; after a comma it adds to it.
    fn read(&mut self) -> Result<(), HoursError> {
        let mut adds = false;
        while !self.tokens.is_empty() {
            let mask = match self.mask()? {
                0 => 0x7F,
                mask => mask,
            };
            let intervals = self.intervals()?;
            for (_, known) in self.days.iter_mut().enumerate().filter(|(day, _)| mask & (1 << day) != 0) {
                if !adds {
                    known.clear();
                }
                known.extend(&intervals);
            }
            adds = self.tokens.first() == Some(&Token::Comma);
            if adds || self.tokens.first() == Some(&Token::Semicolon) {
                self.take();
            }
        }
        Ok(())
    }

    /// Days at the head of a rule, a bit each; 0 when it names none.
    fn mask(&mut self) -> Result<u8, HoursError> {
        let mut mask = 0;
        loop {
            match *self.tokens {
                [Token::Day(from), Token::Dash, Token::Day(to), ..] => {
                    let mut day = from;
                    mask |= 1 << day;
                    while day != to {
                        day = (day + 1) % 7;
                        mask |= 1 << day;
                    }
                    self.tokens = &self.tokens[3..];
                }
                [Token::Day(_), Token::Dash, ..] => return Err(HoursError::Missing("the last day of a range")),
                [Token::Day(day), ..] => {
                    mask |= 1 << day;
                    self.take();
                }
                [Token::Days(days), ..] => {
                    mask |= days;
                    self.take();
                }
                [Token::Comma, Token::Day(_) | Token::Days(_), ..] if mask != 0 => drop(self.take()),
                _ => return Ok(mask),
            }
        }
    }

    fn intervals(&mut self) -> Result<Vec<Interval>, HoursError> {
        match self.tokens.first() {
            Some(Token::Closed) => {
                self.take();
                return Ok(Vec::new());
            }
            Some(Token::Always) => {
                self.take();
                return Ok(vec![(0, DAY)]);
            }
            _ => {}
        }
        let mut intervals = Vec::new();
        loop {
            match *self.tokens {
                [Token::Time(from), Token::Dash, Token::Time(to), ..] => {
                    intervals.push(interval(from, to)?);
                    self.tokens = &self.tokens[3..];
                }
                [Token::Time(_), ..] => return Err(HoursError::Missing("the end of an interval")),
                [Token::Comma, Token::Time(_), ..] if !intervals.is_empty() => drop(self.take()),
                _ if intervals.is_empty() => return Err(HoursError::Missing("a time")),
                _ => return Ok(intervals),
            }
        }
    }
}

fn interval(from: u16, to: u16) -> Result<Interval, HoursError> {
    let ends = if to <= from { to + DAY } else { to };
    if from >= DAY || ends - from > DAY {
        return Err(HoursError::TooLong(from / 60, from % 60, to / 60, to % 60));
    }
    Ok((from, ends))
}
