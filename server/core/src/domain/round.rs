//! Rounds: one pass over the doors of an area for a purpose.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// A round.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Round {
    /// Unique, 1..=64 characters of `a-z A-Z 0-9 - _ .`.
    pub id: String,
    /// Name shown, 1..=200 characters.
    pub name: String,
    /// What it is for; may be empty.
    #[serde(default)]
    pub purpose: String,
    /// When it begins.
    pub starts_at: Timestamp,
    /// When it ends, not included; open without one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ends_at: Option<Timestamp>,
    /// Codes of the areas it covers; empty covers every door, unassigned ones too.
    #[serde(default)]
    pub scope: Vec<String>,
}

impl Round {
    /// Whether a moment is inside the round.
    pub fn contains(&self, at: Timestamp) -> bool {
        self.starts_at <= at && self.ends_at.is_none_or(|end| at < end)
    }
}
