//! Which rows of a file may come in, given what is there.

use super::{Chosen, Keyed, RefusedRow};
use std::collections::HashMap;
use wangge_core::{
    domain::{
        Areas, Households,
        area::{AreaRow, Level},
        household::HouseholdRow,
    },
    format::geojson::RowResult,
};

/// Rows that were readable, with their numbers; the others are refused already.
fn readable<T>(rows: Vec<RowResult<T>>, refused: &mut Vec<RefusedRow>) -> Vec<(usize, T)> {
    let mut good = Vec::with_capacity(rows.len());
    for (number, row) in (1..).zip(rows) {
        match row {
            Ok(row) => good.push((number, row)),
            Err(error) => refused.push(RefusedRow {
                feature: error.feature,
                name: None,
                reason: format!("{}: {}", error.field, error.message),
            }),
        }
    }
    good
}

fn refuse<T: Keyed>(refused: &mut Vec<RefusedRow>, number: usize, row: &T, reason: String) {
    refused.push(RefusedRow { feature: number, name: Some(row.key().to_owned()), reason });
}

fn chosen<T>(good: Vec<(usize, T)>, mut refused: Vec<RefusedRow>) -> Chosen<T> {
    refused.sort_by_key(|r| r.feature);
    Chosen { good: good.into_iter().map(|(_, row)| row).collect(), refused }
}

/// Doors whose id is new.
pub(super) fn households(there: &Households, rows: Vec<RowResult<HouseholdRow>>) -> Chosen<HouseholdRow> {
    let mut refused = Vec::new();
    let mut good = readable(rows, &mut refused);
    good.retain(|(number, row)| {
        let new = there.by_id(&row.id).is_none();
        if !new {
            refuse(&mut refused, *number, row, "properties.id: this household is there already".to_owned());
        }
        new
    });
    chosen(good, refused)
}

/// Areas whose code is new and whose parent is there or among the rows taken; parents may come after their children.
pub(super) fn areas(there: &Areas, rows: Vec<RowResult<AreaRow>>) -> Chosen<AreaRow> {
    let mut refused = Vec::new();
    let mut good = readable(rows, &mut refused);
    good.retain(|(number, row)| {
        let new = there.by_code(&row.code).is_none();
        if !new {
            refuse(&mut refused, *number, row, "properties.code: this area is there already".to_owned());
        }
        new
    });
    // Larger levels first: whether a parent is taken is known before its children are asked.
    let mut order: Vec<usize> = (0..good.len()).collect();
    order.sort_by_key(|at| good[*at].1.level);
    let mut taken: HashMap<String, Level> = HashMap::new();
    let mut orphans: HashMap<usize, String> = HashMap::new();
    for at in order {
        let (_, row) = &good[at];
        let level_of = |code: &str| {
            taken.get(code).copied().or_else(|| there.by_code(code).and_then(|s| there.get(s)).map(|area| area.level))
        };
        match misplaced(row, level_of) {
            None => drop(taken.insert(row.code.clone(), row.level)),
            Some(reason) => drop(orphans.insert(at, reason)),
        }
    }
    let mut at = 0;
    good.retain(|(number, row)| {
        let reason = orphans.remove(&at);
        at += 1;
        reason.map(|reason| refuse(&mut refused, *number, row, reason)).is_none()
    });
    chosen(good, refused)
}

/// Why an area cannot lie where it says.
fn misplaced(row: &AreaRow, level_of: impl Fn(&str) -> Option<Level>) -> Option<String> {
    let (Some(parent), Some(above)) = (row.parent.as_deref(), row.level.above()) else {
        let alone = row.level == Level::District && row.parent.is_none();
        return (!alone)
            .then(|| "properties.parent: every area but a district lies in one, a district in none".to_owned());
    };
    match level_of(parent) {
        Some(level) if level < row.level => None,
        Some(level) => Some(format!(
            "properties.parent: {parent:?} is a {level}; a {} lies in a larger area, such as a {above}",
            row.level
        )),
        None => Some(format!("properties.parent: {parent:?} is neither there nor among the rows taken from this file")),
    }
}
