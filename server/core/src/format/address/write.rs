//! An address in one line.

use crate::domain::household::Address;

/// An address as it is written on a letter, from the largest part to the smallest. The floor stands for a door without a
/// number. Chinese parts follow each other without a space, others with a comma; numbers never run together.
pub fn address_text(address: &Address) -> String {
    let floor = match address.floor {
        0 => String::new(),
        _ if !address.door.is_empty() => String::new(),
        floor if floor < 0 => format!("负{}层", floor.unsigned_abs()),
        floor => format!("{floor}层"),
    };
    let parts = [&address.place, &address.building, &address.stair, &floor, &address.door].map(String::as_str);
    let chinese = parts.iter().any(|part| part.contains(is_han)) || parts[0].is_empty();
    let mut line = String::with_capacity(parts.iter().map(|part| part.len() + 2).sum());
    let mut before = "";
    for part in parts.into_iter().filter(|part| !part.is_empty()) {
        line.push_str(between(before, part, chinese));
        line.push_str(part);
        before = part;
    }
    line
}

fn between(before: &str, part: &str, chinese: bool) -> &'static str {
    let bare = |text: &str| text.chars().all(|c| c.is_ascii_alphanumeric());
    let (Some(last), Some(first)) = (before.chars().next_back(), part.chars().next()) else { return "" };
    match () {
        () if !chinese => ", ",
        () if !last.is_alphanumeric() || !first.is_alphanumeric() || is_han(last) || is_han(first) => "",
        () if bare(before) && bare(part) => "-",
        () => " ",
    }
}

/// Whether it is a Chinese character.
pub(super) fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{323AF}' | '〇')
}
