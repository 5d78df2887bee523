//! TileJSON 3.0.0 of a set of layers.

use super::layers::{LayerSet, MAX_USEFUL_ZOOM};
use super::prepared::data_bounds;
use serde_json::{Map, Value, json};
use wangge_core::domain::District;
use wangge_core::geometry::position::{FixedPoint, lonlat_from_fixed};

/// The document; `base_url` is scheme, host and port, or empty for addresses without them. `inline` tiles hold the state,
/// the others are the shapes of the version served now.
pub fn tilejson(district: &District, layers: &LayerSet, base_url: &str, inline: bool) -> Value {
    let extent = Extent::of(district);
    let version = (!inline).then(|| district.shapes_version());
    let vector_layers = layers.iter().map(|layer| {
        let fields = layer.fields(inline).into_iter().map(|(name, kind)| (name.to_owned(), json!(kind)));
        json!({
            "id": layer.id(),
            "description": layer.description(),
            "minzoom": layer.min_zoom(),
            "maxzoom": MAX_USEFUL_ZOOM,
            "fields": fields.collect::<Map<String, Value>>(),
        })
    });
    json!({
        "tilejson": "3.0.0",
        "name": layers.to_string(),
        "scheme": "xyz",
        "tiles": [tiles_url(base_url, &layers.to_string(), version)],
        "vector_layers": vector_layers.collect::<Vec<_>>(),
        "bounds": extent.bounds,
        "center": extent.center,
        "minzoom": layers.iter().map(|layer| layer.min_zoom()).min().unwrap_or(0),
        "maxzoom": MAX_USEFUL_ZOOM,
    })
}

/// Address of tiles with zoom, column and row to fill in: inline, or the shapes of a version.
pub(super) fn tiles_url(base_url: &str, layers: &str, version: Option<u64>) -> String {
    match version {
        Some(version) => format!("{base_url}/shapes/{version}/{layers}/{{z}}/{{x}}/{{y}}"),
        None => format!("{base_url}/tiles/{layers}/{{z}}/{{x}}/{{y}}"),
    }
}

/// Where the data lies.
pub(super) struct Extent {
    /// `[west, south, east, north]` of everything; the whole map when there is nothing.
    pub(super) bounds: [f64; 4],
    /// `[longitude, latitude, zoom]` at which everything fits a window of 1024 by 1024 pixels.
    pub(super) center: [f64; 3],
}

impl Extent {
    pub(super) fn of(district: &District) -> Self {
        let Some(bounds) = data_bounds(district) else {
            return Self { bounds: [-180.0, -85.051_129, 180.0, 85.051_129], center: [0.0, 0.0, 0.0] };
        };
        let ([west, north], [east, south]) = (degrees(bounds.min), degrees(bounds.max));
        let middle = |a: u32, b: u32| ((u64::from(a) + u64::from(b)) / 2) as u32;
        let at = FixedPoint { x: middle(bounds.min.x, bounds.max.x), y: middle(bounds.min.y, bounds.max.y) };
        let [lon, lat] = degrees(at);
        let side = (bounds.max.x - bounds.min.x).max(bounds.max.y - bounds.min.y).max(1);
        // At zoom z the world is 512 · 2^z pixels wide.
        let zoom = (32.0 - f64::from(side).log2() + 1.0).floor();
        Self { bounds: [west, south, east, north], center: [lon, lat, zoom.clamp(0.0, f64::from(MAX_USEFUL_ZOOM))] }
    }
}

/// To six decimals, a decimetre.
fn degrees(p: FixedPoint) -> [f64; 2] {
    let p = lonlat_from_fixed(p);
    [p.lon(), p.lat()].map(|v| (v * 1e6).round() / 1e6)
}
