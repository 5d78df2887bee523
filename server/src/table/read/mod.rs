//! One reader a format.

pub mod csv;
pub mod geojson;

mod columns;
pub(in crate::table) mod fault;
mod input;
#[cfg(test)]
mod testing;
mod window;
