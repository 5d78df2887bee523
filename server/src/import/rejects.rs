//! The rejects file: refused features as they were, each with the reason in its properties.

use super::RefusedRow;
use serde_json::{Map, Value, json};
use std::{fs::File, io, io::BufWriter, io::Write, path::Path};
use wangge_core::format::geojson::features;

/// Property that carries the reason.
const REASON: &str = "refused_because";

/// Writes the refused features of a file as GeoJSON, so that they can be mended and brought in again. Without refused
/// rows it is an empty collection.
///
/// # Errors
/// When the file cannot be written.
pub fn write_rejects(path: &Path, bytes: &[u8], refused: &[RefusedRow]) -> io::Result<()> {
    let features = features(bytes).map_err(io::Error::other)?;
    let mut out = BufWriter::new(File::create(path)?);
    write!(out, "{{\"type\":\"FeatureCollection\",\"features\":[")?;
    for (at, row) in refused.iter().enumerate() {
        let text = features.get(row.feature - 1).map_or("null", |raw| raw.get());
        out.write_all(if at == 0 { b"\n" } else { b",\n" })?;
        serde_json::to_writer(&mut out, &with_reason(text, &row.reason))?;
    }
    writeln!(out, "\n]}}")?;
    out.into_inner().map_err(|e| e.into_error())?.sync_all()
}

/// The feature with the reason among its properties; what is no feature is kept whole inside one.
fn with_reason(text: &str, reason: &str) -> Value {
    let Ok(Value::Object(mut feature)) = serde_json::from_str(text) else {
        let properties = json!({ REASON: reason, "refused_text": text });
        return json!({ "type": "Feature", "geometry": null, "properties": properties });
    };
    let properties = feature.entry("properties").or_insert(Value::Null);
    if !properties.is_object() {
        *properties = Value::Object(Map::new());
    }
    if let Value::Object(properties) = properties {
        properties.insert(REASON.to_owned(), Value::String(reason.to_owned()));
    }
    Value::Object(feature)
}
