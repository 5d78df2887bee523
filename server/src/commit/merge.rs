//! The changes of a batch as one.

use wangge_core::domain::{Changes, RoundChanges};

/// Adds later changes to earlier ones. Slots may repeat until [`finish`].
pub(super) fn add(all: &mut Option<Changes>, later: Changes) {
    let Some(all) = all else {
        *all = Some(later);
        return;
    };
    all.seq = later.seq;
    all.at = later.at;
    all.shapes |= later.shapes;
    all.round_list |= later.round_list;
    for change in later.rounds {
        match all.rounds.iter_mut().find(|r| r.round == change.round) {
            Some(known) => known.add(&change),
            None => all.rounds.push(change),
        }
    }
}

/// Sorts the slots and keeps each once, as [`Changes`] promises.
pub(super) fn finish(mut changes: Changes) -> Changes {
    changes.rounds.sort_by_key(|r| r.round);
    changes.rounds.iter_mut().for_each(RoundChanges::tidy);
    changes
}
