//! One reader a format.

pub mod csv;
pub mod geojson;
pub mod geopackage;

mod columns;
pub(in crate::table) mod fault;
mod input;
pub mod shapefile;
#[cfg(test)]
pub(in crate::table) mod testing;
mod window;
pub mod wkb;
pub mod xlsx;
