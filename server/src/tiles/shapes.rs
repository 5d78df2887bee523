//! Properties that do not change with visits: what shape tiles hold, and what inline tiles begin with.

use super::layers::{DOOR_ZOOM, MapLayer};
use super::outline::Outline;
use super::prepared::Prepared;
use wangge_core::domain::District;
use wangge_core::format::mvt::{LayerWriter, Value};
use wangge_core::geometry::tile::TileCoord;

/// Writes a layer's shapes into a tile's layer; `more` adds properties to a feature, given its number and its tags so far.
pub(super) fn write(
    district: &District,
    prepared: &Prepared,
    (layer, outline): (MapLayer, &Outline),
    tile: TileCoord,
    mut more: impl FnMut(&mut LayerWriter, u32, &mut Vec<u32>),
) -> LayerWriter {
    let mut out = LayerWriter::new(layer.id());
    let mut tags = Vec::with_capacity(24);
    for (number, kind, geometry) in outline.features() {
        tags.clear();
        let id = match layer {
            MapLayer::Areas => area_tags(district, number, &mut out, &mut tags),
            MapLayer::Households if tile.z() >= DOOR_ZOOM => {
                let kind = district.households().kind(number).id();
                tag(&mut out, &mut tags, "kind", Value::Text(kind));
                number
            }
            MapLayer::Households => match prepared.clusters.get(number as usize) {
                Some(cluster) => {
                    tag(&mut out, &mut tags, "doors", Value::Uint(u64::from(cluster.doors)));
                    cluster.area
                }
                None => continue,
            },
            MapLayer::Roads => {
                if let Some(row) = district.roads().get(number as usize) {
                    class_tags(&mut out, &mut tags, row.class.id(), &row.name);
                }
                number
            }
            MapLayer::Base => {
                if let Some(row) = district.base().get(number as usize) {
                    class_tags(&mut out, &mut tags, row.class.id(), &row.name);
                }
                number
            }
        };
        more(&mut out, number, &mut tags);
        out.feature(Some(u64::from(id)), &tags, kind, geometry);
    }
    out
}

/// Adds a property.
pub(super) fn tag(out: &mut LayerWriter, tags: &mut Vec<u32>, key: &str, value: Value<'_>) {
    tags.push(out.key(key));
    tags.push(out.value(value));
}

fn area_tags(district: &District, slot: u32, out: &mut LayerWriter, tags: &mut Vec<u32>) -> u32 {
    let areas = district.areas();
    if let Some(area) = areas.get(slot) {
        tag(out, tags, "code", Value::Text(&area.code));
        tag(out, tags, "name", Value::Text(&area.name));
        tag(out, tags, "level", Value::Text(area.level.id()));
        if let Some(parent) = area.parent.and_then(|parent| areas.get(parent)) {
            tag(out, tags, "parent", Value::Text(&parent.code));
        }
    }
    slot
}

fn class_tags(out: &mut LayerWriter, tags: &mut Vec<u32>, class: &str, name: &str) {
    tag(out, tags, "class", Value::Text(class));
    if !name.is_empty() {
        tag(out, tags, "name", Value::Text(name));
    }
}
