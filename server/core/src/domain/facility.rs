//! Facilities: places the work needs to know, such as a hospital or a measuring point.

use crate::geometry::position::FixedPoint;
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// What a facility is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FacilityKind {
    /// Hospital or clinic.
    Hospital,
    /// Market or supermarket that supplies households.
    Market,
    /// Office of a community (居委会, 村委会).
    CommunityOffice,
    /// Point where something is measured, such as water or air.
    MeasuringPoint,
    /// Anything else.
    #[default]
    Other,
}

impl FacilityKind {
    /// Every kind.
    pub const ALL: [Self; 5] = [Self::Hospital, Self::Market, Self::CommunityOffice, Self::MeasuringPoint, Self::Other];

    /// The id used in files.
    pub fn id(self) -> &'static str {
        match self {
            Self::Hospital => "hospital",
            Self::Market => "market",
            Self::CommunityOffice => "community_office",
            Self::MeasuringPoint => "measuring_point",
            Self::Other => "other",
        }
    }
}

impl fmt::Display for FacilityKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

/// A text that names no kind of facility.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("facility kind {0:?} is none of hospital, market, community_office, measuring_point, other")]
pub struct FacilityKindError(String);

impl FromStr for FacilityKind {
    type Err = FacilityKindError;
    fn from_str(text: &str) -> Result<Self, FacilityKindError> {
        let found = Self::ALL.into_iter().find(|k| k.id() == text);
        found.ok_or_else(|| FacilityKindError(text.chars().take(40).collect()))
    }
}

/// A facility as it comes in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FacilityRow {
    /// Unique among facilities, 1..=64 characters.
    pub id: String,
    /// Name shown.
    pub name: String,
    /// What it is.
    pub kind: FacilityKind,
    /// Where it is.
    pub at: FixedPoint,
    /// Where it is, in words; may be empty.
    pub address: String,
}
