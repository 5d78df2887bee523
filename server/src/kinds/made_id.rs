//! Ids of doors that come without one, made of their address: the same address has the same id in every file.

use super::field::FieldFault;
use super::text::{KEY_LIMIT, cannot_stand_in_key};
use super::values::{Values, shown};
use wangge_core::domain::household::Address;
use wangge_core::format::address::{address_text, floor_of_door, folded};

/// Characters of a place kept in an id that cannot hold all of the address.
const PLACE_KEPT: usize = 40;

/// Id of a door by its address: `place-building-stair-door`, such as `幸福小区-3号楼-2单元-501`. An address that does
/// not fit in an id this way has the beginning of its text and a number made of all of it.
///
/// # Errors
/// [`FieldFault`] of `id` when the address does not tell one door from another.
pub(super) fn made_id(values: &Values<'_>, address: &Address) -> Result<String, FieldFault> {
    if address.place.is_empty() || address.building.is_empty() && address.door.is_empty() {
        let text = address_text(address);
        let found = if text.is_empty() {
            "there is no address".to_owned()
        } else {
            format!("the address {} does not tell one door from another", shown(&text))
        };
        return Err(values.fault(0, format!("is missing, and {found}; give an id, or place, building and door")));
    }
    let door = match address.floor {
        0 => address.door.clone(),
        floor if floor_of_door(&address.door) == Some(floor) => address.door.clone(),
        floor => format!("{floor}层{}", address.door),
    };
    let parts = [&address.place, &address.building, &address.stair, &door].map(|part| folded(part));
    let whole = parts.join("-");
    let whole = whole.trim_end_matches('-');
    let plain = parts.iter().all(|part| !part.contains(|c| c == '-' || cannot_stand_in_key(c)));
    if plain && whole.chars().count() <= KEY_LIMIT {
        return Ok(whole.to_owned());
    }
    let bytes = parts.iter().flat_map(|part| part.bytes().chain([0]));
    // FNV-1a: written down here for good, because ids must never change.
    let number = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3));
    let kept = whole.chars().map(|c| if cannot_stand_in_key(c) { '_' } else { c }).take(PLACE_KEPT);
    Ok(format!("{}~{number:016x}", kept.collect::<String>()))
}
