//! Reads vector tiles: everything is checked while decoding, so that walking features afterwards cannot fail.
//!
//! Text is borrowed from the bytes; tags and geometry integers lie in two arrays a layer.

use super::Value;
use super::geometry::{Command, Commands, GeometryError, GeometryKind, check, doubled_area};
use super::protobuf::{Wire, WireError, WireReader, unzigzag64};
use std::ops::Range;

/// What is wrong with a tile.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum MvtError {
    /// The protobuf is broken.
    #[error("vector tile: {0}")]
    Wire(#[from] WireError),
    /// A field of another wire type than the specification's.
    #[error("vector tile: field {field} of a {message} has the wrong wire type")]
    FieldType {
        /// Which message.
        message: &'static str,
        /// Its field.
        field: u32,
    },
    /// Text that is not UTF-8.
    #[error("vector tile: a {0} is not UTF-8")]
    Text(&'static str),
    /// A number that does not fit.
    #[error("vector tile: {what} {value} is too large")]
    TooLarge {
        /// Which number.
        what: &'static str,
        /// Its value.
        value: u64,
    },
    /// A layer without a name.
    #[error("vector tile: layer {0} has no name")]
    Nameless(usize),
    /// Two layers of one name.
    #[error("vector tile: two layers are named {0:?}")]
    RepeatedLayer(String),
    /// A version the reader does not know.
    #[error("vector tile: layer {layer:?} is of version {version}; 1 and 2 are read")]
    Version {
        /// The layer.
        layer: String,
        /// Its version.
        version: u64,
    },
    /// An extent of nothing.
    #[error("vector tile: layer {0:?} has extent 0")]
    Extent(String),
    /// A value that holds nothing.
    #[error("vector tile: value {value} of layer {layer:?} holds nothing")]
    EmptyValue {
        /// The layer.
        layer: String,
        /// The value's place.
        value: usize,
    },
    /// Tags that are not pairs of places.
    #[error("vector tile: feature {feature} of layer {layer:?} has tags that name no key and value")]
    Tags {
        /// The layer.
        layer: String,
        /// The feature's place.
        feature: usize,
    },
    /// A broken geometry.
    #[error("vector tile: feature {feature} of layer {layer:?}: {source}")]
    Geometry {
        /// The layer.
        layer: String,
        /// The feature's place.
        feature: usize,
        /// What is wrong.
        source: GeometryError,
    },
}

/// A layer of a tile.
#[derive(Debug, Clone, PartialEq)]
pub struct DecodedLayer<'a> {
    /// Name, one of its own in the tile.
    pub name: &'a str,
    /// Version, 1 or 2.
    pub version: u32,
    /// Units a side.
    pub extent: u32,
    /// Keys.
    pub keys: Vec<&'a str>,
    /// Values.
    pub values: Vec<Value<'a>>,
    features: Vec<FeatureParts>,
    tags: Vec<u32>,
    geometry: Vec<u32>,
}

#[derive(Debug, Clone, PartialEq)]
struct FeatureParts {
    id: Option<u64>,
    kind: GeometryKind,
    tags: Range<usize>,
    geometry: Range<usize>,
}

/// A feature of a layer.
#[derive(Debug, Clone, Copy)]
pub struct DecodedFeature<'l, 'a> {
    layer: &'l DecodedLayer<'a>,
    parts: &'l FeatureParts,
}

/// Layers of a tile; a tile of no bytes has none.
///
/// Memory is at most a small multiple of `bytes`, whatever they say.
///
/// # Errors
/// [`MvtError`] at the first thing that the specification does not allow.
pub fn decode(bytes: &[u8]) -> Result<Vec<DecodedLayer<'_>>, MvtError> {
    let mut reader = WireReader::new(bytes);
    let mut layers: Vec<DecodedLayer<'_>> = Vec::new();
    while let Some((field, wire)) = reader.field()? {
        if field != 3 {
            continue;
        }
        let layer = decode_layer(bytes_of(wire, "tile", field)?, layers.len())?;
        if layers.iter().any(|l| l.name == layer.name) {
            return Err(MvtError::RepeatedLayer(shorten(layer.name)));
        }
        layers.push(layer);
    }
    Ok(layers)
}

fn decode_layer(bytes: &[u8], place: usize) -> Result<DecodedLayer<'_>, MvtError> {
    let (mut name, mut version, mut extent) = (None, 1, 4096);
    let (mut keys, mut value_bytes, mut feature_bytes) = (Vec::new(), Vec::new(), Vec::new());
    let mut reader = WireReader::new(bytes);
    while let Some((field, wire)) = reader.field()? {
        match field {
            1 => name = Some(text_of(wire, field, "layer name")?),
            2 => feature_bytes.push(bytes_of(wire, "layer", field)?),
            3 => keys.push(text_of(wire, field, "key")?),
            4 => value_bytes.push(bytes_of(wire, "layer", field)?),
            5 => extent = varint_of(wire, "layer", field)?,
            15 => version = varint_of(wire, "layer", field)?,
            _ => {}
        }
    }
    let name = name.filter(|n| !n.is_empty()).ok_or(MvtError::Nameless(place))?;
    if !(1..=2).contains(&version) {
        return Err(MvtError::Version { layer: shorten(name), version });
    }
    let extent = u32::try_from(extent).map_err(|_| MvtError::TooLarge { what: "extent", value: extent })?;
    if extent == 0 {
        return Err(MvtError::Extent(shorten(name)));
    }
    let values = value_bytes
        .into_iter()
        .enumerate()
        .map(|(at, bytes)| decode_value(bytes)?.ok_or_else(|| MvtError::EmptyValue { layer: shorten(name), value: at }))
        .collect::<Result<Vec<_>, _>>()?;
    let mut layer = DecodedLayer {
        name,
        version: version as u32,
        extent,
        keys,
        values,
        features: Vec::with_capacity(feature_bytes.len()),
        tags: Vec::new(),
        geometry: Vec::new(),
    };
    for bytes in feature_bytes {
        layer.add_feature(bytes)?;
    }
    Ok(layer)
}

impl<'a> DecodedLayer<'a> {
    /// How many features it has.
    pub fn len(&self) -> usize {
        self.features.len()
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.features.is_empty()
    }

    /// Its features, in order.
    pub fn features(&self) -> impl ExactSizeIterator<Item = DecodedFeature<'_, 'a>> {
        self.features.iter().map(move |parts| DecodedFeature { layer: self, parts })
    }

    /// Place of a key, to read one property of many features without comparing text each time.
    pub fn key(&self, key: &str) -> Option<u32> {
        self.keys.iter().position(|k| *k == key).map(|place| place as u32)
    }

    fn add_feature(&mut self, bytes: &[u8]) -> Result<(), MvtError> {
        let feature = self.features.len();
        let (tags_start, geometry_start) = (self.tags.len(), self.geometry.len());
        let (mut id, mut kind) = (None, GeometryKind::Unknown);
        let mut reader = WireReader::new(bytes);
        while let Some((field, wire)) = reader.field()? {
            match field {
                1 => id = Some(varint_of(wire, "feature", field)?),
                2 => integers_of(wire, field, &mut self.tags)?,
                3 => {
                    kind = match varint_of(wire, "feature", field)? {
                        1 => GeometryKind::Point,
                        2 => GeometryKind::Line,
                        3 => GeometryKind::Polygon,
                        _ => GeometryKind::Unknown,
                    }
                }
                4 => integers_of(wire, field, &mut self.geometry)?,
                _ => {}
            }
        }
        let tags = tags_start..self.tags.len();
        let is_pairs = self.tags[tags.clone()]
            .chunks(2)
            .all(|pair| matches!(pair, [k, v] if (*k as usize) < self.keys.len() && (*v as usize) < self.values.len()));
        if !is_pairs {
            return Err(MvtError::Tags { layer: shorten(self.name), feature });
        }
        let geometry = geometry_start..self.geometry.len();
        check(kind, &self.geometry[geometry.clone()]).map_err(|source| MvtError::Geometry {
            layer: shorten(self.name),
            feature,
            source,
        })?;
        self.features.push(FeatureParts { id, kind, tags, geometry });
        Ok(())
    }
}

impl<'l, 'a> DecodedFeature<'l, 'a> {
    /// Id, when it has one.
    pub fn id(&self) -> Option<u64> {
        self.parts.id
    }

    /// What its geometry is.
    pub fn kind(&self) -> GeometryKind {
        self.parts.kind
    }

    /// Its properties, in the order written.
    pub fn properties(&self) -> impl Iterator<Item = (&'a str, Value<'a>)> + 'l {
        let layer = self.layer;
        self.tags().filter_map(move |(k, v)| Some((*layer.keys.get(k as usize)?, *layer.values.get(v as usize)?)))
    }

    /// Value of a property by its key's text.
    pub fn get(&self, key: &str) -> Option<Value<'a>> {
        self.properties().find(|(k, _)| *k == key).map(|(_, value)| value)
    }

    /// Value of a property by its key's place (see [`DecodedLayer::key`]).
    pub fn get_at(&self, key: u32) -> Option<Value<'a>> {
        let (_, value) = self.tags().find(|(k, _)| *k == key)?;
        self.layer.values.get(value as usize).copied()
    }

    fn tags(&self) -> impl Iterator<Item = (u32, u32)> + 'l {
        self.layer.tags[self.parts.tags.clone()].chunks_exact(2).map(|pair| (pair[0], pair[1]))
    }

    /// Its drawing commands; none for an unknown kind.
    pub fn commands(&self) -> Commands<'l> {
        let integers = match self.parts.kind {
            GeometryKind::Unknown => &[],
            _ => &self.layer.geometry[self.parts.geometry.clone()],
        };
        Commands::new(integers)
    }

    /// Its positions, part by part: a list of points, the lines, or the rings without a repeated end.
    pub fn parts(&self) -> Vec<Vec<(i32, i32)>> {
        let mut parts: Vec<Vec<(i32, i32)>> = Vec::new();
        for command in self.commands() {
            match command {
                Command::MoveTo(x, y) if self.kind() != GeometryKind::Point || parts.is_empty() => {
                    parts.push(vec![(x, y)]);
                }
                Command::MoveTo(x, y) | Command::LineTo(x, y) => {
                    if let Some(part) = parts.last_mut() {
                        part.push((x, y));
                    }
                }
                Command::Close => {}
            }
        }
        parts
    }

    /// Its polygons, each a list of rings with the outer one first (4.3.3.3); empty for other kinds.
    ///
    /// The first ring with an area says which way outer rings go, so that version 1 tiles read as well; rings without an
    /// area are left out.
    pub fn polygons(&self) -> Vec<Vec<Vec<(i32, i32)>>> {
        let mut polygons: Vec<Vec<Vec<(i32, i32)>>> = Vec::new();
        if self.kind() != GeometryKind::Polygon {
            return polygons;
        }
        let mut outer_sign = 0;
        for ring in self.parts() {
            let sign = doubled_area(ring.iter().copied()).signum();
            if sign == 0 {
                continue;
            }
            if outer_sign == 0 {
                outer_sign = sign;
            }
            match polygons.last_mut() {
                Some(polygon) if sign != outer_sign => polygon.push(ring),
                _ => polygons.push(vec![ring]),
            }
        }
        polygons
    }
}

fn decode_value(bytes: &[u8]) -> Result<Option<Value<'_>>, MvtError> {
    let mut reader = WireReader::new(bytes);
    let mut value = None;
    while let Some((field, wire)) = reader.field()? {
        let wrong = || MvtError::FieldType { message: "value", field };
        value = match (field, wire) {
            (1, wire) => Some(Value::Text(text_of(wire, field, "value")?)),
            (2, Wire::Fixed32(bytes)) => Some(Value::Float(f32::from_le_bytes(bytes))),
            (3, Wire::Fixed64(bytes)) => Some(Value::Double(f64::from_le_bytes(bytes))),
            (4, Wire::Varint(v)) => Some(Value::Int(v as i64)),
            (5, Wire::Varint(v)) => Some(Value::Uint(v)),
            (6, Wire::Varint(v)) => Some(Value::Int(unzigzag64(v))),
            (7, Wire::Varint(v)) => Some(Value::Bool(v != 0)),
            (2..=7, _) => return Err(wrong()),
            _ => value,
        };
    }
    Ok(value)
}

fn bytes_of<'a>(wire: Wire<'a>, message: &'static str, field: u32) -> Result<&'a [u8], MvtError> {
    match wire {
        Wire::Bytes(bytes) => Ok(bytes),
        _ => Err(MvtError::FieldType { message, field }),
    }
}

fn varint_of(wire: Wire<'_>, message: &'static str, field: u32) -> Result<u64, MvtError> {
    match wire {
        Wire::Varint(value) => Ok(value),
        _ => Err(MvtError::FieldType { message, field }),
    }
}

fn text_of<'a>(wire: Wire<'a>, field: u32, what: &'static str) -> Result<&'a str, MvtError> {
    std::str::from_utf8(bytes_of(wire, what, field)?).map_err(|_| MvtError::Text(what))
}

/// Reads a repeated `uint32`, packed or not.
fn integers_of(wire: Wire<'_>, field: u32, into: &mut Vec<u32>) -> Result<(), MvtError> {
    let narrow = |value: u64| u32::try_from(value).map_err(|_| MvtError::TooLarge { what: "integer", value });
    match wire {
        Wire::Bytes(bytes) => {
            let mut reader = WireReader::new(bytes);
            while !reader.is_empty() {
                into.push(narrow(reader.varint()?)?);
            }
        }
        Wire::Varint(value) => into.push(narrow(value)?),
        _ => return Err(MvtError::FieldType { message: "feature", field }),
    }
    Ok(())
}

fn shorten(name: &str) -> String {
    name.chars().take(40).collect()
}
