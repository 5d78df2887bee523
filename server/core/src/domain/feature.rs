//! Roads and the base map: what areas and doors lie on.

use crate::geometry::shape::{Polyline, Shape};
use serde::{Deserialize, Serialize};

/// Class of a road, widest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RoadClass {
    /// Through road of the city.
    Primary,
    /// Main street of a subdistrict.
    Secondary,
    /// Street between communities.
    Tertiary,
    /// Street with doors.
    Residential,
    /// Lane (巷, 弄).
    Lane,
    /// Path on foot.
    Footway,
}

impl RoadClass {
    /// The id used in files and tiles.
    pub fn id(self) -> &'static str {
        match self {
            Self::Primary => "primary",
            Self::Secondary => "secondary",
            Self::Tertiary => "tertiary",
            Self::Residential => "residential",
            Self::Lane => "lane",
            Self::Footway => "footway",
        }
    }
}

/// A road as it comes in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RoadRow {
    /// Unique among roads.
    pub id: String,
    /// Name; may be empty.
    pub name: String,
    /// Class.
    pub class: RoadClass,
    /// Centre line.
    pub line: Polyline,
}

/// Class of a feature of the base map.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum BaseClass {
    /// River, lake, canal.
    Water,
    /// Park, wood.
    Green,
    /// Building.
    Building,
    /// Fence or wall.
    Barrier,
    /// Way through a barrier.
    Gate,
}

impl BaseClass {
    /// The id used in files and tiles.
    pub fn id(self) -> &'static str {
        match self {
            Self::Water => "water",
            Self::Green => "green",
            Self::Building => "building",
            Self::Barrier => "barrier",
            Self::Gate => "gate",
        }
    }
}

/// A feature of the base map as it comes in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BaseRow {
    /// Unique among base features.
    pub id: String,
    /// Name; may be empty.
    pub name: String,
    /// Class.
    pub class: BaseClass,
    /// Point for gates, line for barriers, polygons for the rest.
    pub shape: Shape,
}
