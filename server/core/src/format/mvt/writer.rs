//! Writes vector tiles by hand: keys and values once each, feature bytes straight into the layer.

use super::Value;
use super::geometry::{GeometryKind, write_lines, write_points, write_polygons};
use super::protobuf::{BYTES, FIXED32, FIXED64, VARINT, put_bytes, put_key, put_varint, varint_len, zigzag64};
use crate::geometry::tile::EXTENT;
use std::collections::HashMap;

/// Collects layers into a tile.
#[derive(Debug, Default)]
pub struct TileWriter {
    out: Vec<u8>,
}

impl TileWriter {
    /// Adds a layer; one without features is left out. Names must differ, or readers refuse the tile.
    pub fn add(&mut self, layer: LayerWriter) {
        if layer.count == 0 {
            return;
        }
        let mut head = Vec::with_capacity(64);
        put_key(&mut head, 15, VARINT);
        head.push(2);
        put_bytes(&mut head, 1, layer.name.as_bytes());
        let mut tail = Vec::with_capacity(256);
        for key in &layer.keys {
            put_bytes(&mut tail, 3, key.as_bytes());
        }
        for value in &layer.values {
            put_bytes(&mut tail, 4, value);
        }
        put_key(&mut tail, 5, VARINT);
        put_varint(&mut tail, u64::from(EXTENT));
        put_key(&mut self.out, 3, BYTES);
        put_varint(&mut self.out, (head.len() + layer.features.len() + tail.len()) as u64);
        self.out.extend_from_slice(&head);
        self.out.extend_from_slice(&layer.features);
        self.out.extend_from_slice(&tail);
    }

    /// The tile's bytes; empty when no layer had a feature.
    pub fn finish(self) -> Vec<u8> {
        self.out
    }
}

/// One layer being written, of extent [`EXTENT`].
#[derive(Debug, Default)]
pub struct LayerWriter {
    name: String,
    features: Vec<u8>,
    count: usize,
    keys: Vec<String>,
    values: Vec<Vec<u8>>,
    value_places: HashMap<Vec<u8>, u32>,
    scratch: Vec<u8>,
}

impl LayerWriter {
    /// A layer without features.
    pub fn new(name: &str) -> Self {
        Self { name: name.to_owned(), ..Self::default() }
    }

    /// How many features were written.
    pub fn len(&self) -> usize {
        self.count
    }

    /// Whether no feature was written.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Place of a key in the layer, added when it is new.
    pub fn key(&mut self, key: &str) -> u32 {
        let place = self.keys.iter().position(|k| k == key).unwrap_or_else(|| {
            self.keys.push(key.to_owned());
            self.keys.len() - 1
        });
        place as u32
    }

    /// Place of a value in the layer, added when it is new. Keep the answer where one value serves many features.
    pub fn value(&mut self, value: Value<'_>) -> u32 {
        let mut bytes = std::mem::take(&mut self.scratch);
        bytes.clear();
        encode_value(&mut bytes, value);
        let place = match self.value_places.get(bytes.as_slice()) {
            Some(place) => *place,
            None => {
                let place = self.values.len() as u32;
                self.values.push(bytes.clone());
                self.value_places.insert(bytes.clone(), place);
                place
            }
        };
        self.scratch = bytes;
        place
    }

    /// Writes a feature whose geometry is already encoded by [`write_points`], [`write_lines`] or [`write_polygons`].
    ///
    /// `tags` are places of keys and values, in pairs.
    pub fn feature(&mut self, id: Option<u64>, tags: &[u32], kind: GeometryKind, geometry: &[u8]) {
        let tags_len: usize = tags.iter().map(|&t| varint_len(u64::from(t))).sum();
        let id_len = id.map_or(0, |id| 1 + varint_len(id));
        let tags_field_len = if tags.is_empty() { 0 } else { 1 + varint_len(tags_len as u64) + tags_len };
        let len = id_len + tags_field_len + 2 + 1 + varint_len(geometry.len() as u64) + geometry.len();
        let out = &mut self.features;
        put_key(out, 2, BYTES);
        put_varint(out, len as u64);
        if let Some(id) = id {
            put_key(out, 1, VARINT);
            put_varint(out, id);
        }
        if !tags.is_empty() {
            put_key(out, 2, BYTES);
            put_varint(out, tags_len as u64);
            tags.iter().for_each(|&t| put_varint(out, u64::from(t)));
        }
        put_key(out, 3, VARINT);
        out.push(kind as u8);
        put_bytes(out, 4, geometry);
        self.count += 1;
    }

    /// Writes a point feature.
    pub fn point(&mut self, id: Option<u64>, tags: &[u32], at: (i32, i32)) {
        let mut geometry = Vec::with_capacity(8);
        write_points(&mut geometry, &[at]);
        self.feature(id, tags, GeometryKind::Point, &geometry);
    }

    /// Writes a line feature; false when nothing was left of it.
    pub fn lines(&mut self, id: Option<u64>, tags: &[u32], lines: &[Vec<(i32, i32)>]) -> bool {
        let mut geometry = Vec::new();
        let is_drawn = write_lines(&mut geometry, lines);
        if is_drawn {
            self.feature(id, tags, GeometryKind::Line, &geometry);
        }
        is_drawn
    }

    /// Writes a polygon feature; false when nothing was left of it.
    pub fn polygons(&mut self, id: Option<u64>, tags: &[u32], polygons: &[Vec<Vec<(i32, i32)>>]) -> bool {
        let mut geometry = Vec::new();
        let is_drawn = write_polygons(&mut geometry, polygons);
        if is_drawn {
            self.feature(id, tags, GeometryKind::Polygon, &geometry);
        }
        is_drawn
    }
}

fn encode_value(out: &mut Vec<u8>, value: Value<'_>) {
    match value {
        Value::Text(text) => put_bytes(out, 1, text.as_bytes()),
        Value::Float(v) => {
            put_key(out, 2, FIXED32);
            out.extend_from_slice(&v.to_le_bytes());
        }
        Value::Double(v) => {
            put_key(out, 3, FIXED64);
            out.extend_from_slice(&v.to_le_bytes());
        }
        Value::Uint(v) => {
            put_key(out, 5, VARINT);
            put_varint(out, v);
        }
        Value::Int(v) => {
            put_key(out, 6, VARINT);
            put_varint(out, zigzag64(v));
        }
        Value::Bool(v) => {
            put_key(out, 7, VARINT);
            out.push(u8::from(v));
        }
    }
}
