//! Mapbox Vector Tiles 2.1: a writer for the server, a reader for the browser.
//!
//! Coordinates are tile units, x east and y south. Source: the Vector Tile Specification 2.1, by clause.

mod geometry;
mod protobuf;
mod reader;
mod writer;

#[cfg(test)]
mod tests;

pub use geometry::{Command, Commands, GeometryError, GeometryKind, write_lines, write_points, write_polygons};
pub use reader::{DecodedFeature, DecodedLayer, MvtError, decode};
pub use writer::{LayerWriter, TileWriter};

/// A property's value (4.1): what the format can hold.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Value<'a> {
    /// Text.
    Text(&'a str),
    /// 32-bit float.
    Float(f32),
    /// 64-bit float.
    Double(f64),
    /// Signed integer; written zigzag (`sint`), read from `int` too.
    Int(i64),
    /// Unsigned integer.
    Uint(u64),
    /// Truth.
    Bool(bool),
}

impl Value<'_> {
    /// The value as a number, when it is one; integers beyond 2⁵³ are rounded.
    pub fn as_f64(&self) -> Option<f64> {
        match *self {
            Self::Float(v) => Some(f64::from(v)),
            Self::Double(v) => Some(v),
            Self::Int(v) => Some(v as f64),
            Self::Uint(v) => Some(v as f64),
            Self::Text(_) | Self::Bool(_) => None,
        }
    }
}

impl<'a> Value<'a> {
    /// The value as text, when it is text.
    pub fn as_text(&self) -> Option<&'a str> {
        match *self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }
}
