//! Addresses as people write them, taken apart, and put together again.
//!
//! Nothing is lost: what cannot be told apart stays whole in the place, and every character stands in some part.

mod alphabetic;
mod fold;
mod han;
#[cfg(test)]
mod tests;
mod unit;
mod write;

pub use fold::folded;
pub use han::floor_of_door;
pub use write::address_text;

use crate::domain::household::Address;

/// The parts of an address written as one text.
///
/// Chinese addresses are read from their end: door, floor, stair, building; what stands before is the place (`幸福小区
/// 3号楼2单元501室`, `胜利西路118弄5支弄7号601室`, `崇明街12巷3弄5號2樓之1`). A number of a door says its floor where a
/// building or stair stands before it (501 is on the 5th). Latin and Cyrillic addresses have the street as their place,
/// whole, and the house number as the building (`улица Такжарык Жолдаулы, 2/1`, `12 Baker Street, Flat 3`).
///
/// Full-width signs are made narrow and 室 behind a door's number is left out. When the parts cannot be told for sure the
/// text stays whole in the place. Cost: a few passes over the text.
pub fn parse(text: &str) -> Address {
    let text = folded(text);
    // 3-2-501 is written where Chinese is, though no character of it is.
    let chinese = text.contains(write::is_han) || text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    let parts = if chinese { han::parse(&text) } else { alphabetic::parse(&text) };
    parts.unwrap_or_else(|| Address { place: text.into_owned(), ..Address::default() })
}

/// Floor in words: `3`, `3层`, `十二楼`, `负一层`, `B1`; below the ground it is negative.
pub fn floor(text: &str) -> Option<i16> {
    let text = folded(text);
    let number = text.trim_end_matches(['层', '層', '楼', '樓', 'F']);
    unit::floor(number)
}
