//! The list of what is here, with the addresses to fetch it from.

use super::layers::{MAX_USEFUL_ZOOM, MapLayer};
use super::tilejson::{Extent, tiles_url};
use serde_json::{Map, Value, json};
use wangge_core::domain::{District, area::Level};

/// The document; `base_url` is scheme, host and port, or empty for addresses without them. `default_round` is the index of
/// the round meant when none is named.
pub fn catalog(district: &District, base_url: &str, default_round: Option<usize>) -> Value {
    let extent = Extent::of(district);
    let version = district.shapes_version();
    let layers = MapLayer::ALL.into_iter().map(|layer| {
        let fields = layer.fields(true).into_iter().map(|(name, kind)| (name.to_owned(), json!(kind)));
        json!({
            "id": layer.id(),
            "description": layer.description(),
            "geometry": layer.geometry(),
            "minzoom": layer.min_zoom(),
            "maxzoom": MAX_USEFUL_ZOOM,
            "fields": fields.collect::<Map<String, Value>>(),
            "tiles": tiles_url(base_url, layer.id(), None),
            "shapes": tiles_url(base_url, layer.id(), Some(version)),
            "count": count(district, layer),
        })
    });
    let rounds = district.rounds();
    let default_round = default_round.and_then(|index| rounds.get(index)).map(|state| state.round.id.as_str());
    json!({
        "name": name(district),
        "epoch": district.seq().epoch,
        "shapes_version": version,
        "bounds": extent.bounds,
        "center": extent.center,
        "minzoom": 0,
        "maxzoom": MAX_USEFUL_ZOOM,
        "layers": layers.collect::<Vec<_>>(),
        "rounds": rounds.iter().map(|state| json!(state.round)).collect::<Vec<_>>(),
        "default_round": default_round,
    })
}

/// Names of the districts, or of what there is without one.
fn name(district: &District) -> String {
    let districts = district.areas().iter().filter(|area| area.level == Level::District);
    let names: Vec<&str> = districts.map(|area| area.name.as_str()).collect();
    if names.is_empty() { "Wangge".to_owned() } else { names.join(" · ") }
}

fn count(district: &District, layer: MapLayer) -> usize {
    match layer {
        MapLayer::Areas => district.areas().iter().count(),
        MapLayer::Households => district.households().len(),
        MapLayer::Roads => district.roads().len(),
        MapLayer::Base => district.base().len(),
    }
}
