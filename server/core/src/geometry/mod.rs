//! Positions, tiles, shapes and the indexes over them.
//!
//! Everything outside enters through [`gate`]; inside, positions are fixed-point on the WebMercatorQuad square.

pub mod bbox;
pub mod clip;
pub mod coverage;
pub mod curve;
pub mod datum;
pub mod exact;
pub mod gate;
pub mod index;
pub mod inside;
pub mod label;
pub mod locate;
pub mod measure;
pub mod meets;
pub mod position;
pub mod shape;
pub mod simple;
mod status;
pub mod tile;
pub mod topology;
