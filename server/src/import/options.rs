//! What a person says about an import, as the wire and the pages have it; [`ImportRequest`](super::ImportRequest) is the
//! same once understood.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// How files are to be understood.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct ImportOptions {
    /// Which rows: `areas`, `households`, `roads`, `base`, `facilities`, `shops` or `staffing`.
    pub kind: String,
    /// Coordinate system: `crs84`, `gcj02`, `bd09` or `EPSG:n`; what the file declares, else `crs84`, without it.
    pub crs: Option<String>,
    /// Go on though the coordinates fit another system better.
    pub trust_crs: bool,
    /// Columns of fields, each `field=column`; `field==text` gives every row the text, `field=` nothing.
    pub map: Vec<String>,
    /// Layer or sheet to read.
    pub layer: Option<String>,
    /// Text encoding, such as `gb18030`.
    pub encoding: Option<String>,
    /// Take the good rows though others are refused.
    pub partial: bool,
    /// Repair the outlines of areas, moving no corner by more than this many metres.
    pub repair_m: Option<f64>,
}

/// A word about an import that cannot be understood.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {message}")]
pub struct OptionFault {
    /// The option.
    pub field: &'static str,
    /// What is wrong, with which value, and what would be right.
    pub message: String,
}
