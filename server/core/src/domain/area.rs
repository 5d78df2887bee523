//! Areas: polygons with a code, at a level, each in one parent.

use crate::geometry::shape::MultiPolygon;
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// Level of an area, from the whole to the smallest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// 区
    District,
    /// 街道 or 镇
    Subdistrict,
    /// 社区 or 村
    Community,
    /// 网格
    Grid,
    /// 小区 or 街块
    Block,
}

impl Level {
    /// Every level, largest first.
    pub const ALL: [Self; 5] = [Self::District, Self::Subdistrict, Self::Community, Self::Grid, Self::Block];

    /// The id used in addresses and files.
    pub fn id(self) -> &'static str {
        match self {
            Self::District => "district",
            Self::Subdistrict => "subdistrict",
            Self::Community => "community",
            Self::Grid => "grid",
            Self::Block => "block",
        }
    }

    /// The level above; none for a district.
    pub fn above(self) -> Option<Self> {
        Self::ALL.into_iter().rev().find(|level| *level < self)
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

/// A text that names no level.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("level {0:?} is none of district, subdistrict, community, grid, block")]
pub struct LevelError(String);

impl FromStr for Level {
    type Err = LevelError;
    fn from_str(text: &str) -> Result<Self, LevelError> {
        Self::ALL.into_iter().find(|l| l.id() == text).ok_or_else(|| LevelError(text.chars().take(40).collect()))
    }
}

/// An area as it comes in: from a file or the generator, its geometry already through the gate.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AreaRow {
    /// Unique among all areas; 6 + 3 + 3 + 3 (+ 3 for blocks) digits in the national scheme.
    pub code: String,
    /// Name shown.
    pub name: String,
    /// Level.
    pub level: Level,
    /// Code of the area it lies in; none only for a district.
    pub parent: Option<String>,
    /// Its polygons.
    pub geometry: MultiPolygon,
    /// First day it is valid, local date `YYYY-MM-DD`.
    pub starts_on: Option<String>,
    /// Day it ends, not included.
    pub ends_on: Option<String>,
}
