//! What a row refers to has to be in the district.

use crate::{commit::Service, import::refusals::Reason};
use wangge_core::domain::{area::Level, check_row, row::ImportRow};

/// Why a row may not come in by what it refers to, or by itself.
pub(super) fn to_nothing(service: &Service, row: &ImportRow) -> Option<Reason> {
    let unsound = || check_row(row).err().map(|refusal| Reason::new(refusal.field, refusal.message));
    match row {
        // A million of them come, they refer to nothing, and their kind asks more of them than the district does.
        ImportRow::Household(_) => None,
        ImportRow::Shop(shop) => unsound().or_else(|| {
            let door = shop.household.as_deref()?;
            let known = service.district.read().households().by_id(door).is_some();
            let why = format!(
                "door {:?} is not in the district; leave the field empty, or bring the door in first",
                short(door)
            );
            (!known).then(|| Reason::new("household", why))
        }),
        ImportRow::Staffing(post) => unsound().or_else(|| {
            let district = service.district.read();
            let level = district.areas().in_force(&post.grid).map(|area| area.level);
            let why = match level {
                Some(Level::Grid) => return None,
                Some(level) => format!("{:?} is a {level}; staffing is of grids", short(&post.grid)),
                None => format!("{:?} is no grid in force; bring the areas in first", short(&post.grid)),
            };
            Some(Reason::new("grid", why))
        }),
        _ => unsound(),
    }
}

fn short(text: &str) -> String {
    text.chars().take(40).collect()
}
