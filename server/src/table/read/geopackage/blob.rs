//! Shapes as GeoPackage keeps them: a heading before well-known binary (OGC 12-128r19, 2.1.3).

use super::super::wkb;
use crate::table::shape::RawShape;

/// Shape of a column's bytes, and whether heights were dropped; `srs_id` is what the layer is in.
pub(super) fn shape(bytes: &[u8], srs_id: i64) -> Result<(RawShape, bool), String> {
    if bytes.is_empty() {
        return Err("has 0 bytes; a shape is needed".to_owned());
    }
    let [b'G', b'P', version, flags, srs @ ..] = bytes else {
        return Err(format!("begins with {:?}, not with GP, so it is no GeoPackage shape", lead(bytes)));
    };
    let Some((srs, rest)) = srs.split_first_chunk::<4>() else {
        return Err(format!("is cut off after {} bytes", bytes.len()));
    };
    if *version != 0 {
        return Err(format!("is of version {version} of the GeoPackage shape; 0 is read"));
    }
    if flags & 0b10_0000 != 0 {
        return Err("is an extended GeoPackage shape, which no standard defines".to_owned());
    }
    let named = i64::from(if flags & 1 == 1 { i32::from_le_bytes(*srs) } else { i32::from_be_bytes(*srs) });
    if named != srs_id && named > 0 && srs_id > 0 {
        return Err(format!("is in coordinate system {named}, and its layer in {srs_id}"));
    }
    let envelope = match flags >> 1 & 0b111 {
        0 => 0,
        1 => 32,
        2 | 3 => 48,
        4 => 64,
        other => return Err(format!("has an envelope of kind {other}; kinds are 0 to 4")),
    };
    let Some(body) = rest.get(envelope..) else {
        return Err(format!("is cut off after {} bytes", bytes.len()));
    };
    let read = wkb::parse(body);
    if flags & 0b1_0000 != 0 && read.is_ok() {
        return Err("is marked as empty; it must have positions".to_owned());
    }
    read
}

fn lead(bytes: &[u8]) -> String {
    String::from_utf8_lossy(&bytes[..bytes.len().min(4)]).into_owned()
}
