//! Addresses with Han characters: the place first, then numbered parts from the building down to the door.
//!
//! They are read from their end. What stands before the building is the place, with all its streets, lanes and groups.

use super::unit::{self, Counts, Unit};
use crate::domain::household::Address;

/// What may stand between two parts.
const BETWEEN: [char; 4] = [' ', '-', ',', '_'];
/// Words for a door that stand before its number.
const STALLS: [&str; 8] = ["店", "铺", "舖", "摊", "档", "商铺", "门面", "车库"];

/// Parts found so far, from the door up.
#[derive(Default)]
struct Parts<'a> {
    building: &'a str,
    stair: &'a str,
    floor: Option<(i16, &'a str)>,
    door: &'a str,
}

/// Parts of a folded text; none when it cannot be told what they are.
pub(super) fn parse(text: &str) -> Option<Address> {
    let mut parts = Parts::default();
    let mut rest = listed(text, &mut parts).unwrap_or(text);
    while parts.building.is_empty() {
        let end = rest.trim_end_matches(BETWEEN);
        let Some((before, unit)) = unit::last(end) else {
            rest = end;
            break;
        };
        parts.take(before, unit)?;
        rest = before;
    }
    parts.address(rest.trim_end_matches(BETWEEN))
}

/// Takes numbers without words from the end: `501`, `2-501` and `店3` behind a building, `3-2-501` anywhere.
fn listed<'a>(text: &'a str, parts: &mut Parts<'a>) -> Option<&'a str> {
    let is_listed = |c: char| c.is_ascii_alphanumeric() || c == '-';
    let run = &text[text.trim_end_matches(is_listed).len()..];
    let before = &text[..text.len() - run.len()];
    let items: Vec<&str> = run.trim_start_matches('-').split('-').collect();
    if items.iter().any(|item| item.is_empty() || item.len() > 6 || !item.contains(|c: char| c.is_ascii_digit())) {
        return None;
    }
    let stall = STALLS.into_iter().rev().find_map(|word| before.strip_suffix(word));
    if let (Some(before), [_]) = (stall, items.as_slice())
        && behind(before).is_some()
    {
        parts.door = &text[before.len()..];
        return Some(before);
    }
    match (items.as_slice(), behind(before)) {
        ([door], Some(unit)) if unit.counts != Counts::House || is_door(door) => parts.door = door,
        ([stair, door], Some(Unit { counts: Counts::Building, .. })) if stair.len() <= 2 => {
            (parts.stair, parts.door) = (stair, door);
        }
        ([building, stair, door], None) if building.len() <= 3 && stair.len() <= 2 && is_door(door) => {
            (parts.building, parts.stair, parts.door) = (building, stair, door);
        }
        _ => return None,
    }
    Some(before)
}

/// The unit a text ends with, when a door may follow it.
fn behind(text: &str) -> Option<Unit<'_>> {
    let (_, unit) = unit::last(text.trim_end_matches(BETWEEN))?;
    (unit.counts != Counts::Door).then_some(unit)
}

/// Whether a number without a word is that of a door and of nothing else: three to five digits.
fn is_door(number: &str) -> bool {
    let digits = number.bytes().filter(u8::is_ascii_digit).count();
    (3..=5).contains(&digits)
}

impl<'a> Parts<'a> {
    /// Takes the unit that stands before what was taken; none when it cannot stand there.
    fn take(&mut self, before: &'a str, unit: Unit<'a>) -> Option<()> {
        let in_building = || {
            let above = behind(before).map(|unit| unit.counts);
            matches!(above, Some(Counts::Building | Counts::House | Counts::Stair | Counts::Entry))
        };
        match unit.counts {
            // 3栋7号: behind a building, stair or floor the number is that of a door.
            Counts::House if self.lowest() == 4 && in_building() && !behind_house(before) => self.door = unit.text,
            Counts::House if self.lowest() == 4 && behind_floor(before) => self.door = unit.text,
            Counts::Building | Counts::House => self.building = unit.text,
            Counts::Stair if self.lowest() > 1 => self.stair = unit.text,
            Counts::Entry if self.lowest() > 1 && in_building() => self.stair = unit.text,
            Counts::Storey if !in_building() => return None,
            Counts::Floor | Counts::Storey if self.lowest() > 2 => {
                self.floor = Some((unit::floor(unit.number)?, unit.text));
            }
            Counts::Door if self.lowest() == 4 => self.door = if unit.plain { unit.number } else { unit.text },
            _ => return None,
        }
        Some(())
    }

    /// Which part was taken last: 1 stair, 2 floor, 3 door, 4 none.
    fn lowest(&self) -> u8 {
        match (self.stair, self.floor, self.door) {
            ("", None, "") => 4,
            ("", None, _) => 3,
            ("", Some(_), _) => 2,
            _ => 1,
        }
    }

    fn address(self, place: &str) -> Option<Address> {
        let numbered = !self.building.is_empty() || !self.stair.is_empty();
        let of_door = if numbered { floor_of_door(self.door) } else { None };
        let (floor, door) = match self.floor {
            None => (of_door.unwrap_or(0), self.door.to_owned()),
            // 3层302: the number says the floor again. 3层: the floor says it all.
            Some((floor, _)) if of_door == Some(floor) => (floor, self.door.to_owned()),
            Some((floor, text)) if self.door.is_empty() && !text.contains('之') => (floor, String::new()),
            Some((floor, text)) => (floor, format!("{text}{}", self.door)),
        };
        let found = numbered || !door.is_empty() || floor != 0;
        let (building, stair) = (self.building.to_owned(), self.stair.to_owned());
        found.then(|| Address { place: place.to_owned(), building, stair, floor, door })
    }
}

fn behind_house(text: &str) -> bool {
    behind(text).is_some_and(|unit| unit.counts == Counts::House)
}

fn behind_floor(text: &str) -> bool {
    behind(text).is_some_and(|unit| matches!(unit.counts, Counts::Floor | Counts::Storey))
}

/// Floor in a door's number: 501 is on the 5th, 1203 on the 12th, B1 one below the ground.
pub fn floor_of_door(door: &str) -> Option<i16> {
    if let Some(below) = door.strip_prefix('B').filter(|below| below.len() == 1) {
        return below.parse().ok().filter(|n| *n > 0).map(|n: i16| -n);
    }
    let digits = door.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let is_number = door.len() - digits.len() <= 1 && digits.bytes().all(|b| b.is_ascii_digit());
    if !is_number || !(3..=4).contains(&digits.len()) || digits.ends_with("00") {
        return None;
    }
    digits[..digits.len() - 2].parse().ok().filter(|floor| *floor > 0)
}
