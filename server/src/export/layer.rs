//! What can be had: layers, formats, and the names by which they are asked for.

use crate::table::Format;
use std::{fmt, path::Path, str::FromStr};
use wangge_core::domain::row::RowKind;

/// A layer that goes out: rows of a kind, or what was recorded at doors.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layer {
    /// Rows as they come in, with what is known of them besides.
    Rows(RowKind),
    /// Visits.
    Visits,
}

impl Layer {
    /// Every layer.
    pub const ALL: [Self; 8] = [
        Self::Rows(RowKind::Areas),
        Self::Rows(RowKind::Households),
        Self::Rows(RowKind::Roads),
        Self::Rows(RowKind::Base),
        Self::Rows(RowKind::Facilities),
        Self::Rows(RowKind::Shops),
        Self::Rows(RowKind::Staffing),
        Self::Visits,
    ];

    /// The id used in addresses and commands.
    pub fn id(self) -> &'static str {
        match self {
            Self::Rows(kind) => kind.id(),
            Self::Visits => "visits",
        }
    }
}

impl fmt::Display for Layer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

/// A text that names no layer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("layer {0:?} is none of {known}", known = Layer::ALL.map(Layer::id).join(", "))]
pub struct LayerError(String);

impl FromStr for Layer {
    type Err = LayerError;
    fn from_str(text: &str) -> Result<Self, LayerError> {
        Self::ALL
            .into_iter()
            .find(|layer| layer.id() == text)
            .ok_or_else(|| LayerError(text.chars().take(40).collect()))
    }
}

/// Endings of files, the first of a format its own.
const ENDINGS: [(Format, &[&str]); 6] = [
    (Format::GeoJson, &["geojson", "json"]),
    (Format::GeoJsonSeq, &["geojsonl", "geojsons", "ndjson"]),
    (Format::Csv, &["csv"]),
    (Format::Xlsx, &["xlsx"]),
    (Format::GeoPackage, &["gpkg"]),
    (Format::FlatGeobuf, &["fgb"]),
];

/// A text that names no format that is written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("format {0:?} is none of geojson, geojsonl, csv, xlsx, gpkg, fgb")]
pub struct FormatError(String);

/// The format files with an ending are of.
///
/// # Errors
/// [`FormatError`] with those there are.
pub fn format_of(ending: &str) -> Result<Format, FormatError> {
    let lower = ending.to_ascii_lowercase();
    let found = ENDINGS.iter().find(|(_, endings)| endings.contains(&lower.as_str()));
    found.map(|(format, _)| *format).ok_or_else(|| FormatError(ending.chars().take(40).collect()))
}

/// The format a file is to be of, by its ending.
///
/// # Errors
/// [`FormatError`] with those there are.
pub fn format_of_file(path: &Path) -> Result<Format, FormatError> {
    format_of(&path.extension().unwrap_or_default().to_string_lossy())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::write::WRITTEN;

    #[test]
    fn every_layer_and_every_format_is_found_by_its_name_and_others_are_listed() {
        for layer in Layer::ALL {
            assert_eq!(layer.id().parse(), Ok(layer));
        }
        for format in WRITTEN {
            assert_eq!(format_of(format.id()), Ok(format));
        }
        assert_eq!(format_of_file(Path::new("网格.2026.XLSX")), Ok(Format::Xlsx));
        let words = "doors".parse::<Layer>().unwrap_err().to_string();
        assert_eq!(
            words,
            "layer \"doors\" is none of areas, households, roads, base, facilities, shops, staffing, visits"
        );
        let words = format_of_file(Path::new("areas.shp")).unwrap_err().to_string();
        assert_eq!(words, "format \"shp\" is none of geojson, geojsonl, csv, xlsx, gpkg, fgb");
    }
}
