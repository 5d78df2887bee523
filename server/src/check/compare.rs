//! Two districts side by side: what a snapshot holds against what a replay gives.

use wangge_core::domain::{District, Households};

/// Differences, one sentence each, the first of each kind; none when both are the same.
pub(super) fn differences(kept: &District, replayed: &District) -> Vec<String> {
    let mut found = Vec::new();
    let mut compare = |what: &str, same: bool| {
        if !same {
            found.push(what.to_owned());
        }
    };
    compare("its number or epoch", kept.seq() == replayed.seq());
    compare("the version of its shapes", kept.shapes_version() == replayed.shapes_version());
    compare("its areas", kept.areas().all().eq(replayed.areas().all()));
    compare("its areas that wait for their day", kept.waiting() == replayed.waiting());
    compare("its roads", kept.roads() == replayed.roads());
    compare("its base map", kept.base() == replayed.base());
    compare("its facilities", kept.facilities() == replayed.facilities());
    compare("its shops", kept.shops() == replayed.shops());
    compare("its staffing", kept.staffing() == replayed.staffing());
    compare("its number of visits", kept.visit_count() == replayed.visit_count());
    compare("its next follow-up", kept.next_due() == replayed.next_due());
    if let Some(door) = first_door(kept.households(), replayed.households()) {
        found.push(format!("door slot {door}"));
    }
    if kept.rounds().len() != replayed.rounds().len() {
        found.push(format!("it has {} rounds, the replay {}", kept.rounds().len(), replayed.rounds().len()));
    }
    for (ours, theirs) in kept.rounds().iter().zip(replayed.rounds()) {
        if ours != theirs {
            found.push(format!("round {}", theirs.round.id));
        }
    }
    // What has no reader of its own, such as the visits themselves, shows in the bytes.
    if found.is_empty() {
        let bytes = |d: &District| d.to_snapshot().ok();
        if bytes(kept) != bytes(replayed) {
            found.push("its visits".to_owned());
        }
    }
    found
}

/// Slot of the first door that is not the same.
fn first_door(kept: &Households, replayed: &Households) -> Option<u32> {
    if kept.len() != replayed.len() {
        return Some(kept.len().min(replayed.len()) as u32);
    }
    kept.slots().find(|&slot| {
        let facts = |h: &Households| (h.at(slot), h.kind(slot), h.residents(slot), h.grid(slot), h.block(slot));
        kept.id(slot) != replayed.id(slot)
            || facts(kept) != facts(replayed)
            || kept.address(slot) != replayed.address(slot)
    })
}
