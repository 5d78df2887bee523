//! Households: doors with an address.

use crate::geometry::position::FixedPoint;
use serde::{Deserialize, Serialize};

/// What a door is used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum HouseholdKind {
    /// Lived in by its owner.
    #[default]
    Home,
    /// Let.
    Rental,
    /// A shop.
    Shop,
}

impl HouseholdKind {
    /// The id used in addresses, files and tiles.
    pub fn id(self) -> &'static str {
        match self {
            Self::Home => "home",
            Self::Rental => "rental",
            Self::Shop => "shop",
        }
    }
}

/// Where a door is, in words.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Address {
    /// Street or compound.
    pub place: String,
    /// Building, such as `3号楼`; may be empty.
    pub building: String,
    /// Stair (单元); may be empty.
    pub stair: String,
    /// Floor; 0 when unknown.
    pub floor: i16,
    /// Door, such as `501`; may be empty.
    pub door: String,
}

/// A door as it comes in: from a file or the generator.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HouseholdRow {
    /// Unique, 1..=64 characters.
    pub id: String,
    /// Where it is.
    pub at: FixedPoint,
    /// What it is used for.
    pub kind: HouseholdKind,
    /// People registered there.
    pub residents: u16,
    /// Where it is, in words.
    pub address: Address,
}
