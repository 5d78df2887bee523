//! Visits: one attempt at one door in one round.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What came of a visit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Met in person.
    Met,
    /// Reported by phone or chat.
    Remote,
    /// Nobody answered.
    NoAnswer,
    /// Refused.
    Refused,
    /// The door could not be reached.
    NoAccess,
    /// Nobody lives there.
    Vacant,
    /// They moved away.
    Moved,
    /// The door is gone.
    Demolished,
}

impl Outcome {
    /// Every outcome, in the order of its state number.
    pub const ALL: [Self; 8] = [
        Self::Met,
        Self::Remote,
        Self::NoAnswer,
        Self::Refused,
        Self::NoAccess,
        Self::Vacant,
        Self::Moved,
        Self::Demolished,
    ];

    /// The id used in addresses and messages.
    pub fn id(self) -> &'static str {
        DoorState::from(self).id()
    }

    /// Whether it reaches the household.
    pub fn reaches(self) -> bool {
        matches!(self, Self::Met | Self::Remote)
    }

    /// Whether it takes the door out of the denominator and carries into later rounds.
    pub fn empties(self) -> bool {
        matches!(self, Self::Vacant | Self::Moved | Self::Demolished)
    }
}

/// How a household was spoken to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Channel {
    /// At the door.
    Door,
    /// By telephone.
    Phone,
    /// By a chat group or message.
    Chat,
}

/// A visit as a device sends it. The same id with the same content, `sent_at` apart, is the same visit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Visit {
    /// Made by the device.
    pub id: Uuid,
    /// Id of the door.
    pub household: String,
    /// Id of the round; the newest active one when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub round: Option<String>,
    /// What came of it.
    pub outcome: Outcome,
    /// When it happened, by the device's clock.
    pub happened_at: Timestamp,
    /// When this was sent, by the device's clock: tells how far that clock is off.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sent_at: Option<Timestamp>,
    /// Who made it: an account or member id, 1..=64 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// How.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<Channel>,
    /// When to come again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub follow_up_at: Option<Timestamp>,
    /// Id of the visit this one corrects; that one no longer counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<Uuid>,
}

/// State of a door in a round: the low four bits of its byte.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum DoorState {
    /// Not in the round.
    #[default]
    None = 0,
    /// No attempt yet.
    Untouched = 1,
    /// Met in person.
    Met = 2,
    /// Reported by phone or chat.
    Remote = 3,
    /// Nobody answered.
    NoAnswer = 4,
    /// Refused.
    Refused = 5,
    /// The door could not be reached.
    NoAccess = 6,
    /// Nobody lives there.
    Vacant = 7,
    /// They moved away.
    Moved = 8,
    /// The door is gone.
    Demolished = 9,
}

impl DoorState {
    /// Every state, by number.
    pub const ALL: [Self; 10] = [
        Self::None,
        Self::Untouched,
        Self::Met,
        Self::Remote,
        Self::NoAnswer,
        Self::Refused,
        Self::NoAccess,
        Self::Vacant,
        Self::Moved,
        Self::Demolished,
    ];

    /// The id used in addresses, tiles and messages.
    pub fn id(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Untouched => "untouched",
            Self::Met => "met",
            Self::Remote => "remote",
            Self::NoAnswer => "no_answer",
            Self::Refused => "refused",
            Self::NoAccess => "no_access",
            Self::Vacant => "vacant",
            Self::Moved => "moved",
            Self::Demolished => "demolished",
        }
    }

    /// State with an id; none when no state has it.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.id() == id)
    }

    /// Whether the door counts in the denominator: in the round, and not vacant, moved or demolished.
    pub fn is_eligible(self) -> bool {
        !matches!(self, Self::None | Self::Vacant | Self::Moved | Self::Demolished)
    }

    /// Whether the household was reached.
    pub fn is_reached(self) -> bool {
        matches!(self, Self::Met | Self::Remote)
    }
}

impl From<Outcome> for DoorState {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Met => Self::Met,
            Outcome::Remote => Self::Remote,
            Outcome::NoAnswer => Self::NoAnswer,
            Outcome::Refused => Self::Refused,
            Outcome::NoAccess => Self::NoAccess,
            Outcome::Vacant => Self::Vacant,
            Outcome::Moved => Self::Moved,
            Outcome::Demolished => Self::Demolished,
        }
    }
}

/// A door's byte in a state table: bits 0–3 state, bit 4 follow-up due, bits 5–7 attempts (7 means seven or more).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DoorByte(pub u8);

impl DoorByte {
    /// Packs the three parts.
    pub fn new(state: DoorState, follow_up_due: bool, attempts: usize) -> Self {
        Self(state as u8 | u8::from(follow_up_due) << 4 | (attempts.min(7) as u8) << 5)
    }

    /// The state; numbers no state has read as none.
    pub fn state(self) -> DoorState {
        DoorState::ALL.get(usize::from(self.0 & 0x0F)).copied().unwrap_or_default()
    }

    /// Whether a follow-up is due.
    pub fn follow_up_due(self) -> bool {
        self.0 & 0x10 != 0
    }

    /// Attempts, 7 meaning seven or more.
    pub fn attempts(self) -> u8 {
        self.0 >> 5
    }

    /// Whether an eligible door was attempted.
    pub fn is_touched(self) -> bool {
        self.state().is_eligible() && self.state() != DoorState::Untouched
    }
}
