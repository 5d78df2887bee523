//! What a row must be in itself, whatever the district holds.

use super::{Refusal, RefusalKind, refuse, short};
use crate::domain::{
    area::{AreaRow, Level},
    dates::date_of,
    doors::Door,
    row::ImportRow,
    staffing::{StaffingRow, is_holder},
};

/// Characters of an id or code, at most.
const LONGEST_KEY: usize = 64;
/// Characters of a name, a category or an address, at most.
const LONGEST_TEXT: usize = 500;

/// Whether a row is sound in itself.
///
/// # Errors
/// [`Refusal`] that names the field.
pub fn check_row(row: &ImportRow) -> Result<(), Refusal> {
    match row {
        ImportRow::Area(row) => area(row),
        ImportRow::Household(row) => door(&Door::of(row)),
        ImportRow::Road(row) => {
            key("id", "road", &row.id)?;
            text("name", &row.name)?;
            filled(row.line.len() >= 2, "geometry", "a road is a line of at least two positions")
        }
        ImportRow::Base(row) => {
            key("id", "base feature", &row.id)?;
            text("name", &row.name)
        }
        ImportRow::Facility(row) => {
            key("id", "facility", &row.id)?;
            text("name", &row.name)?;
            text("address", &row.address)
        }
        ImportRow::Shop(row) => {
            key("id", "shop", &row.id)?;
            text("name", &row.name)?;
            text("category", &row.category)?;
            text("address", &row.address)
        }
        ImportRow::Staffing(row) => staffing(row),
    }
}

pub(super) fn area(row: &AreaRow) -> Result<(), Refusal> {
    key("code", "area", &row.code)?;
    // A code stands in addresses and, before a slash, in the ids of posts.
    filled(!row.code.contains('/'), "code", "the code of an area holds no /")?;
    text("name", &row.name)?;
    filled(!row.geometry.is_empty(), "geometry", "an area has at least one polygon")?;
    if row.parent.is_none() != (row.level == Level::District) {
        let message = format!(
            "{} {:?} names {}; every area but a district lies in one, a district in none",
            row.level,
            short(&row.code),
            row.parent.as_ref().map_or_else(|| "no parent".to_owned(), |parent| format!("parent {:?}", short(parent))),
        );
        return refuse(RefusalKind::UnknownReference, "parent", message);
    }
    days(row.starts_on.as_deref(), row.ends_on.as_deref())
}

pub(super) fn door(row: &Door<'_>) -> Result<(), Refusal> {
    // Asked a million times in a row: plain ASCII needs no counting of characters.
    if row.id.len() > LONGEST_KEY || row.id.is_empty() || !row.id.bytes().all(|b| b.is_ascii_graphic()) {
        key("id", "household", row.id)?;
    }
    let words = [("place", row.place), ("building", row.building), ("stair", row.stair), ("door", row.door)];
    let mut long = words.into_iter().filter(|(_, word)| word.len() > LONGEST_TEXT);
    long.try_for_each(|(field, word)| text(field, word))
}

fn staffing(row: &StaffingRow) -> Result<(), Refusal> {
    let post = row.id.strip_prefix(row.grid.as_str()).and_then(|rest| rest.strip_prefix('/'));
    let sound = post.is_some_and(|post| (1..=32).contains(&post.chars().count()) && !post.contains(char::is_control));
    if !sound || row.grid.is_empty() {
        let message = format!(
            "id {:?} of a post is not the code of its grid, / and a post of 1 to 32 characters, such as {}/police-1",
            short(&row.id),
            short(&row.grid)
        );
        return refuse(RefusalKind::Invalid, "id", message);
    }
    if !is_holder(&row.holder) {
        // The value may be a person's name or number, so it is not repeated.
        let message = format!(
            "the holder of {:?} is no badge number or team code (A-Z a-z 0-9 - _ . / with a digit); names and phone \
             numbers of people are not kept",
            short(&row.id)
        );
        return refuse(RefusalKind::Invalid, "holder", message);
    }
    days(row.starts_on.as_deref(), row.ends_on.as_deref())
}

fn key(field: &'static str, noun: &str, key: &str) -> Result<(), Refusal> {
    let sound =
        (1..=LONGEST_KEY).contains(&key.chars().count()) && !key.contains(char::is_control) && key.trim() == key;
    if sound {
        return Ok(());
    }
    let message = format!(
        "{field} {:?} of a {noun} must be 1 to {LONGEST_KEY} characters without spaces around it",
        short(key).escape_debug().to_string()
    );
    refuse(RefusalKind::Invalid, field, message)
}

fn text(field: &'static str, text: &str) -> Result<(), Refusal> {
    let length = text.chars().count();
    let message = || format!("{field} of {length} characters is too long; it takes at most {LONGEST_TEXT}");
    if length <= LONGEST_TEXT { Ok(()) } else { refuse(RefusalKind::Invalid, field, message()) }
}

fn filled(sound: bool, field: &'static str, message: &str) -> Result<(), Refusal> {
    if sound { Ok(()) } else { refuse(RefusalKind::Invalid, field, message) }
}

fn days(starts_on: Option<&str>, ends_on: Option<&str>) -> Result<(), Refusal> {
    let day = |field: &'static str, text: Option<&str>| match text.map(|text| (text, date_of(text))) {
        None => Ok(None),
        Some((_, Some(date))) => Ok(Some(date)),
        Some((text, None)) => {
            let message = format!("{field} {:?} is no date; it is written YYYY-MM-DD", short(text));
            refuse(RefusalKind::Invalid, field, message)
        }
    };
    let (start, end) = (day("starts_on", starts_on)?, day("ends_on", ends_on)?);
    match start.zip(end) {
        Some((start, end)) if end <= start => {
            let message = format!("ends_on {end} is not after starts_on {start}");
            refuse(RefusalKind::Invalid, "ends_on", message)
        }
        _ => Ok(()),
    }
}
