//! What is wrong with codes: given twice, malformed, or naming a parent that is not there.

use super::after::{AreasAfter, Held};
use super::report::{Reported, Size};
use super::words::{counted, listed};
use std::collections::BTreeMap;
use wangge_core::{domain::area::Level, geometry::label::interior_point};

/// Codes a finding names.
const NAMED: usize = 8;

/// Digits of a code of the national scheme at a level.
fn national_digits(level: Level) -> usize {
    match level {
        Level::District => 6,
        Level::Subdistrict => 9,
        Level::Community => 12,
        Level::Grid => 15,
        Level::Block => 18,
    }
}

fn is_national(held: &Held) -> bool {
    held.code.len() == national_digits(held.level) && held.code.bytes().all(|byte| byte.is_ascii_digit())
}

/// Everything wrong with codes.
///
/// Where more than half of the codes of a level are of the national scheme, the rest should be; otherwise the scheme is
/// taken as it is, and only codes of another length than most are told.
pub(super) fn findings(after: &AreasAfter) -> Vec<Reported> {
    let mut found: Vec<Reported> =
        after.repeated.iter().filter_map(|(code, times)| repeated(after, code, *times)).collect();
    for (&level, held) in &after.levels {
        found.extend(orphans(after, level, held));
        let strange: Vec<&Held> = held.iter().filter(|held| has_strange_characters(held.code)).collect();
        found.extend(about(level, "malformed_code", &strange, |count| {
            (
                format!("{} with spaces or full-width characters", codes_of(level, count)),
                "write codes in ASCII letters, digits and hyphens without spaces".to_owned(),
            )
        }));
        let national = held.iter().filter(|held| is_national(held)).count() * 2 > held.len();
        found.extend(if national { not_national(after, level, held) } else { of_other_length(level, held) });
    }
    found
}

fn codes_of(level: Level, count: usize) -> String {
    counted(count, &format!("{level} code"))
}

fn has_strange_characters(code: &str) -> bool {
    code.chars().any(|c| c.is_whitespace() || ('\u{ff01}'..='\u{ff5e}').contains(&c) || c.is_control())
}

/// A finding about some areas of a level; none where there are none.
fn about(level: Level, kind: &str, held: &[&Held], say: impl FnOnce(usize) -> (String, String)) -> Option<Reported> {
    let first = held.first()?;
    let (message, repair) = say(held.len());
    let areas: Vec<String> = held.iter().take(NAMED).map(|held| held.code.to_owned()).collect();
    let named = if held.len() > NAMED { format!("the first are {}", areas.join(", ")) } else { listed(&areas) };
    Some(Reported {
        level: level.id(),
        kind: kind.to_owned(),
        areas,
        at: interior_point(first.shape),
        size: Size { value: held.len() as f64, unit: "areas" },
        message: format!("{message}: {named}"),
        repair,
        incoming: held.iter().any(|held| held.row.is_some()),
    })
}

fn repeated(after: &AreasAfter, code: &str, times: usize) -> Option<Reported> {
    let held = after.get(code)?;
    Some(Reported {
        level: held.level.id(),
        kind: "duplicate_code".to_owned(),
        areas: vec![code.to_owned()],
        at: interior_point(held.shape),
        size: Size { value: times as f64, unit: "rows" },
        message: format!("{times} rows with the code {code} would be in force together"),
        repair: "keep one of them, or give each its first day".to_owned(),
        incoming: true,
    })
}

/// Areas whose parent is not there, or not of a larger level.
fn orphans(after: &AreasAfter, level: Level, held: &[Held]) -> Vec<Reported> {
    let mut by_parent: BTreeMap<Option<&str>, Vec<&Held>> = BTreeMap::new();
    for area in held.iter().filter(|area| area.level != Level::District) {
        let parent = area.parent.and_then(|code| after.get(code)).filter(|parent| parent.level < level);
        if parent.is_none() {
            by_parent.entry(area.parent).or_default().push(area);
        }
    }
    let say = |parent: Option<&str>, count: usize| match parent {
        Some(code) => (
            format!("{} in {code}, which is no larger area in force", counted(count, level.id())),
            format!("bring {code} in too, or name the area they lie in"),
        ),
        None => (
            format!("{} without an area to lie in", counted(count, level.id())),
            "name the area they lie in".to_owned(),
        ),
    };
    by_parent.iter().filter_map(|(parent, held)| about(level, "no_parent", held, |count| say(*parent, count))).collect()
}

fn not_national(after: &AreasAfter, level: Level, held: &[Held]) -> Vec<Reported> {
    let digits = national_digits(level);
    let other: Vec<&Held> =
        held.iter().filter(|held| !is_national(held) && !has_strange_characters(held.code)).collect();
    let wrong = about(level, "malformed_code", &other, |count| {
        (
            format!(
                "{} not of {digits} digits, as most of this level and the national scheme are",
                codes_of(level, count)
            ),
            format!("give them {digits} digits, those of their parent first"),
        )
    });
    let strayed = |held: &&Held| {
        let parent = held.parent.and_then(|code| after.get(code)).filter(is_national);
        is_national(held) && parent.is_some_and(|parent| !held.code.starts_with(parent.code))
    };
    let strayed: Vec<&Held> = held.iter().filter(strayed).collect();
    let strayed = about(level, "malformed_code", &strayed, |count| {
        (
            format!("{} without the code of its parent at the beginning", codes_of(level, count)),
            "name the parent the code says, or give the area a code of its parent".to_owned(),
        )
    });
    wrong.into_iter().chain(strayed).collect()
}

fn of_other_length(level: Level, held: &[Held]) -> Vec<Reported> {
    let mut lengths: BTreeMap<usize, usize> = BTreeMap::new();
    held.iter().for_each(|held| *lengths.entry(held.code.chars().count()).or_default() += 1);
    let usual = lengths.iter().max_by_key(|(_, count)| **count).map(|(length, _)| *length).unwrap_or(0);
    let other: Vec<&Held> = held.iter().filter(|held| held.code.chars().count() != usual).collect();
    let say = |count: usize| {
        (
            format!("{count} of {} of another length than the usual {usual} characters", codes_of(level, held.len())),
            "look whether leading zeros were lost".to_owned(),
        )
    };
    about(level, "malformed_code", &other, say).into_iter().collect()
}
