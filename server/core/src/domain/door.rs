//! State of a door in a round, from its visits: the one place where the rule is written.

use super::{
    visit::{DoorByte, DoorState},
    visits::Kept,
};

/// The door's byte.
///
/// `visits` are those of the door in the round that count, in any order: none that a correction replaced. The first
/// that met or reported the household is kept; otherwise the latest by (happened, recorded, id) counts; without any the
/// door is what an earlier round found it to be (`carried`: vacant, moved or demolished) or untouched. A follow-up is
/// due when the latest visit asked for one at or before `clock` (microseconds).
pub(super) fn door_byte<'a>(
    visits: impl Iterator<Item = &'a Kept>,
    carried: Option<DoorState>,
    clock: i64,
) -> DoorByte {
    let mut attempts = 0;
    let mut latest: Option<&Kept> = None;
    let mut reached: Option<&Kept> = None;
    for visit in visits {
        attempts += 1;
        if latest.is_none_or(|l| l.order() < visit.order()) {
            latest = Some(visit);
        }
        if visit.outcome.reaches() && reached.is_none_or(|r| visit.order() < r.order()) {
            reached = Some(visit);
        }
    }
    let state = match (reached.or(latest), carried) {
        (Some(visit), _) => visit.outcome.into(),
        (None, Some(carried)) => carried,
        (None, None) => DoorState::Untouched,
    };
    let due = latest.and_then(|l| l.follow_up_at).is_some_and(|at| at <= clock) && state.is_eligible();
    DoorByte::new(state, due, attempts)
}
