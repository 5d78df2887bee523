//! What every reader of a format gives: a header, then row after row, in memory that does not grow with the file.

use super::{cell::Cell, shape::RawShape};
use std::{fmt, path::PathBuf};

/// A file format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// GeoJSON (RFC 7946), a FeatureCollection.
    GeoJson,
    /// GeoJSON features one a line (RFC 8142 or newline-delimited).
    GeoJsonSeq,
    /// Comma-separated text (RFC 4180), or with tabs or semicolons.
    Csv,
    /// An Excel workbook.
    Xlsx,
    /// GeoPackage (OGC 12-128).
    GeoPackage,
    /// ESRI Shapefile, alone with its neighbours or in a zip.
    Shapefile,
    /// FlatGeobuf.
    FlatGeobuf,
    /// OpenStreetMap, PBF.
    OsmPbf,
}

impl Format {
    /// The ending of its files, also its id in addresses.
    pub fn id(self) -> &'static str {
        match self {
            Self::GeoJson => "geojson",
            Self::GeoJsonSeq => "geojsonl",
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
            Self::GeoPackage => "gpkg",
            Self::Shapefile => "shp",
            Self::FlatGeobuf => "fgb",
            Self::OsmPbf => "osm.pbf",
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::GeoJson => "GeoJSON",
            Self::GeoJsonSeq => "GeoJSONSeq",
            Self::Csv => "CSV",
            Self::Xlsx => "XLSX",
            Self::GeoPackage => "GeoPackage",
            Self::Shapefile => "Shapefile",
            Self::FlatGeobuf => "FlatGeobuf",
            Self::OsmPbf => "OSM PBF",
        })
    }
}

/// A coordinate system as a file names it; `crs` makes sense of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DeclaredCrs {
    /// A number of the EPSG registry.
    Epsg(u32),
    /// A name or URN.
    Name(String),
    /// Well-known text, as a `.prj` holds it.
    Wkt(String),
}

/// What is known of a file before its rows.
#[derive(Debug, Clone, PartialEq)]
pub struct Header {
    /// Its format.
    pub format: Format,
    /// Names of its columns. Formats without a header (GeoJSON) give those of the first thousand features and may
    /// add more at the end while rows are read; a number never changes its meaning.
    pub columns: Vec<String>,
    /// Whether rows carry shapes of their own; otherwise they may lie in columns (longitude and latitude, or WKT).
    pub has_shapes: bool,
    /// The coordinate system it names.
    pub crs: Option<DeclaredCrs>,
    /// How many rows there will be, where the format says so.
    pub rows: Option<u64>,
    /// Bytes of the file.
    pub bytes: u64,
    /// The text encoding read by, where that was a question.
    pub encoding: Option<String>,
    /// The layer or sheet read, where there may be several.
    pub layer: Option<String>,
    /// What a person should know, such as sheets that were not read.
    pub notes: Vec<String>,
}

/// A row; its memory is used again for the next.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Row {
    /// Its number in the file, from 1; the header is not counted.
    pub number: u64,
    /// Its values by column; there may be fewer than columns, the missing ones are empty.
    pub cells: Vec<Cell>,
    /// Its shape, in the file's coordinate system.
    pub shape: Option<RawShape>,
}

/// A row that cannot be read, while the rest of the file can.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("row {number}: {field}: {message}")]
pub struct RowFault {
    /// Its number in the file, from 1.
    pub number: u64,
    /// The member that is wrong, such as `geometry`, or `row` for all of it.
    pub field: String,
    /// What is wrong, with which value, and what would be right.
    pub message: String,
    /// The row as the file has it, at most 4 kB, where that is text.
    pub text: Option<String>,
}

/// What a reader found.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    /// A row; it is in the place handed in.
    Row,
    /// A row that cannot be read.
    Fault(RowFault),
    /// No more rows.
    End,
}

/// Why a file cannot be read, or not further.
#[derive(Debug, thiserror::Error)]
pub enum TableError {
    /// The file itself cannot be read.
    #[error("{path} cannot be read: {source}", path = path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// It is not of the format it looks like, is cut off, too large, or holds something that is not taken.
    #[error("{format}: {message}")]
    Format {
        /// The format it was read as.
        format: Format,
        /// What is wrong, where, and what would be right.
        message: String,
    },
    /// No format fits.
    #[error("{0}")]
    Unknown(String),
}

/// A reader of one file.
pub trait Source: Send {
    /// What is known of the file.
    fn header(&self) -> &Header;

    /// Reads the next row into `row`.
    ///
    /// # Errors
    /// [`TableError`] when the rest of the file cannot be read; what was read before stands.
    fn read(&mut self, row: &mut Row) -> Result<Step, TableError>;

    /// Bytes of the file read so far, for progress; [`Header::bytes`] at the end.
    fn bytes_read(&self) -> u64;
}
