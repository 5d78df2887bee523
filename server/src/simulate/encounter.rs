//! What happens when somebody knocks: the odds of an outcome by kind of door and hour.

use super::random::Dice;
use wangge_core::domain::{household::HouseholdKind, visit::Channel, visit::Outcome};

/// What is known of a door before knocking.
#[derive(Debug, Clone, Copy)]
pub struct Door {
    /// What it is used for.
    pub kind: HouseholdKind,
    /// Whether its quarter is out at work in the daytime.
    pub out_by_day: bool,
    /// Attempts already made.
    pub attempts: u8,
}

/// Outcome of a knock at a local hour.
pub fn knock(door: Door, hour: i64, dice: &mut Dice) -> Outcome {
    let evening = hour >= 18;
    let home = match (door.kind, door.out_by_day, evening) {
        (_, true, false) => 0.06,
        (_, true, true) => 0.7,
        (HouseholdKind::Shop, ..) => 0.9,
        (_, false, true) => 0.84,
        (HouseholdKind::Rental, false, false) => 0.62,
        (HouseholdKind::Home, false, false) => 0.74,
    };
    // Neighbours say on a first visit that nobody lives there; later on nobody is told twice.
    let empty = if door.attempts == 0 { 0.035 } else { 0.01 };
    match dice.share() {
        s if s < empty * 0.6 => Outcome::Vacant,
        s if s < empty * 0.96 => Outcome::Moved,
        s if s < empty => Outcome::Demolished,
        _ if !dice.chance(home) => match dice.share() {
            s if s < 0.05 => Outcome::NoAccess,
            s if s < 0.1 + 0.15 * f64::from(door.attempts.min(3)) => Outcome::Remote,
            _ => Outcome::NoAnswer,
        },
        _ if dice.chance(0.012) => Outcome::Refused,
        _ => Outcome::Met,
    }
}

/// How somebody was spoken to, for outcomes that say so.
pub fn channel(outcome: Outcome, dice: &mut Dice) -> Option<Channel> {
    match outcome {
        Outcome::Met | Outcome::Refused => Some(Channel::Door),
        Outcome::Remote if dice.chance(0.4) => Some(Channel::Chat),
        Outcome::Remote => Some(Channel::Phone),
        _ => None,
    }
}
