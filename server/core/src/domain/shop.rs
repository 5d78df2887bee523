//! Shops: what a closure hits and what supplies a street. Their hours are [`OpeningHours`].

use super::hours::OpeningHours;
use crate::geometry::position::FixedPoint;
use serde::{Deserialize, Serialize};

/// A shop as it comes in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ShopRow {
    /// Unique among shops, 1..=64 characters.
    pub id: String,
    /// Name shown.
    pub name: String,
    /// What it sells or does, in the file's own word; may be empty.
    pub category: String,
    /// Where it is.
    pub at: FixedPoint,
    /// Id of the door it is behind, when it is known.
    pub household: Option<String>,
    /// When it is open.
    pub hours: OpeningHours,
    /// Where it is, in words; may be empty.
    pub address: String,
}
