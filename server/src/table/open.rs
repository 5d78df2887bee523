//! A file opened as a table: its format found by what it holds, then by its ending.

use super::{
    detect,
    limits::Limits,
    read::{csv, flatgeobuf, geojson, geopackage, osm, shapefile, xlsx},
    source::{Format, Source, TableError},
};
use std::path::Path;

/// What is said about a file beforehand.
#[derive(Debug, Clone, Default)]
pub struct OpenOptions {
    /// Its format; otherwise found by content, then by ending.
    pub format: Option<Format>,
    /// The layer or sheet wanted, where there are several.
    pub layer: Option<String>,
    /// Its text encoding, by any usual name, such as `gb18030`; otherwise found by content.
    pub encoding: Option<String>,
    /// Bounds on what is taken into memory.
    pub limits: Limits,
}

/// Reader of a file. Only the file is read; nothing is written beside it.
///
/// # Errors
/// [`TableError`] when the file cannot be read, is of no format that is read, is broken before its first row, or has
/// several layers of which none was chosen.
pub fn open(path: &Path, options: &OpenOptions) -> Result<Box<dyn Source>, TableError> {
    let format = match options.format {
        Some(format) => format,
        None => detect::format(path)?,
    };
    match format {
        Format::Csv => Ok(Box::new(csv::CsvSource::open(path, options)?)),
        Format::GeoJson => Ok(Box::new(geojson::CollectionSource::open(path, options)?)),
        Format::GeoJsonSeq => Ok(Box::new(geojson::SequenceSource::open(path, options)?)),
        Format::GeoPackage => Ok(Box::new(geopackage::GeoPackageSource::open(path, options)?)),
        Format::Xlsx => Ok(Box::new(xlsx::XlsxSource::open(path, options)?)),
        Format::Shapefile => Ok(Box::new(shapefile::ShapefileSource::open(path, options)?)),
        Format::OsmPbf => Ok(Box::new(osm::OsmSource::open(path, options)?)),
        Format::FlatGeobuf => Ok(Box::new(flatgeobuf::FlatGeobufSource::open(path, options)?)),
    }
}

/// Names of a file's layers or sheets, in its order; none where a file is one table.
///
/// # Errors
/// As [`open`].
pub fn names(path: &Path) -> Result<Vec<String>, TableError> {
    match detect::format(path)? {
        Format::GeoPackage => geopackage::names(path),
        Format::Xlsx => xlsx::names(path),
        Format::Shapefile => shapefile::names(path),
        Format::OsmPbf => Ok(osm::LAYERS.map(str::to_owned).to_vec()),
        _ => Ok(Vec::new()),
    }
}
