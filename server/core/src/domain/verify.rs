//! Counts every figure from nothing and compares it with the figures kept step by step.

use super::{
    assign::Assignment,
    district::District,
    door::door_byte,
    figures::Counts,
    rounds::by_start,
    visit::{DoorByte, DoorState},
    visits::Kept,
};
use std::collections::HashMap;

/// What is kept of doors and areas against what follows from their positions, codes and ids, one sentence each.
fn ground(district: &District) -> Vec<String> {
    let District { areas, households, .. } = district;
    let mut findings = Vec::new();
    let assignment = Assignment::by(areas);
    let mut doors = vec![0u32; areas.len()];
    for door in households.slots() {
        let (kept, found) = ((households.grid(door), households.block(door)), assignment.of(households.at(door)));
        if kept != found {
            findings.push(format!("door slot {door} is kept in areas {kept:?}, its position is in {found:?}"));
        }
        if households.by_id(households.id(door)) != Some(door) {
            findings.push(format!("door slot {door} is not found by its id"));
        }
        let leaf = found.1.or(found.0);
        leaf.into_iter().flat_map(|leaf| areas.up(leaf)).for_each(|area| doors[area as usize] += 1);
    }
    for (area, counted) in areas.all().zip(doors) {
        if area.doors != counted {
            findings.push(format!("{} {} is kept with {} doors, counted {counted}", area.level, area.code, area.doors));
        }
        let above = area.parent_code.as_deref().and_then(|code| areas.in_force(code));
        let above = above.filter(|above| !area.ended && above.level < area.level).map(|above| above.slot);
        if area.parent != above || (area.ended && !area.children.is_empty()) {
            findings.push(format!("{} {} does not stand in the tree where its row says", area.level, area.code));
        }
    }
    findings
}

/// Differences between figures kept and figures counted from the visits alone, one sentence each; none when all agree; and the
/// same of the doors' grids, the areas' doors and their tree.
pub fn recount(district: &District) -> Vec<String> {
    let mut visits: HashMap<(usize, u32), Vec<&Kept>> = HashMap::new();
    for visit in district.visits.iter().filter(|visit| !visit.is_replaced()) {
        visits.entry((usize::from(visit.round), visit.household)).or_default().push(visit);
    }
    let mut carried: HashMap<u32, DoorState> = HashMap::new();
    let mut findings = ground(district);
    for index in by_start(&district.rounds) {
        let state = &district.rounds[index];
        let id = &state.round.id;
        let none = Counts::default();
        let (mut areas, mut unassigned, mut total) = (vec![none; district.areas.len()], none, none);
        for door in district.households.slots() {
            let mut byte = DoorByte::default();
            if state.covers(&district.areas, &district.households, door) {
                let found = visits.get(&(index, door)).into_iter().flatten().copied();
                byte = door_byte(found, carried.get(&door).copied(), district.clock);
                match byte.state() {
                    empty if !empty.is_eligible() => carried.insert(door, empty),
                    _ => carried.remove(&door),
                };
            }
            let kept = state.doors.get(door as usize).copied().unwrap_or_default();
            if kept != byte {
                findings.push(format!("round {id}: door slot {door} is kept as {}, counted as {}", kept.0, byte.0));
            }
            let one = Counts::of(byte);
            total.replace(none, one);
            match district.households.leaf(door) {
                Some(leaf) => district.areas.up(leaf).for_each(|a| areas[a as usize].replace(none, one)),
                None => unassigned.replace(none, one),
            }
        }
        let mut compare = |what: String, kept: Counts, counted: Counts| {
            if kept != counted {
                findings.push(format!("round {id}: {what} is kept as {kept:?}, counted as {counted:?}"));
            }
        };
        for (area, counted) in district.areas.all().zip(areas) {
            let kept = state.areas.get(area.slot as usize).copied().unwrap_or_default();
            compare(format!("{} {}", area.level, area.code), kept, counted);
        }
        compare("unassigned".to_owned(), state.unassigned, unassigned);
        compare("the whole".to_owned(), state.total, total);
    }
    findings
}
