//! One reader a format.

pub mod csv;
pub mod flatgeobuf;
pub mod geojson;
pub mod geopackage;
pub mod osm;

mod columns;
pub(in crate::table) mod fault;
mod input;
mod rings;
#[cfg(test)]
mod round_trip;
pub mod shapefile;
#[cfg(test)]
pub(in crate::table) mod testing;
mod window;
pub mod wkb;
pub mod xlsx;
