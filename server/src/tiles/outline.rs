//! The geometry of one layer in one tile, cut and encoded, without properties.
//!
//! It stands for one version of the shapes, so it outlives every change of state: a tile drawn again after a change only
//! writes its properties anew.

use super::layers::{BUFFER, DOOR_ZOOM, MapLayer};
use super::prepared::Prepared;
use wangge_core::domain::{District, feature::BaseClass};
use wangge_core::format::mvt::{GeometryKind, write_lines, write_points, write_polygons};
use wangge_core::geometry::{
    clip::{clip_line, clip_polygons, doubled_area},
    shape::Shape,
    tile::TileCoord,
};

/// Tile units squared a water or green polygon must cover below [`DOOR_ZOOM`] to be drawn: a pixel of a 512-pixel tile.
const TINY: i64 = 64;

/// Geometry of a layer in a tile.
#[derive(Debug, Default)]
pub(super) struct Outline {
    features: Vec<OutlineFeature>,
    bytes: Vec<u8>,
}

#[derive(Debug)]
struct OutlineFeature {
    slot: u32,
    kind: GeometryKind,
    /// Where its bytes end; they begin where the ones before end.
    end: u32,
}

impl Outline {
    /// Cuts a layer to a tile. Features stand in the order they are drawn in.
    pub(super) fn draw(district: &District, prepared: &Prepared, layer: MapLayer, tile: TileCoord) -> Self {
        let mut outline = Self::default();
        match layer {
            MapLayer::Areas => outline.draw_areas(district, prepared, tile),
            MapLayer::Households if tile.z() >= DOOR_ZOOM => outline.draw_doors(district, tile),
            MapLayer::Households => outline.draw_clusters(prepared, tile),
            MapLayer::Roads => outline.draw_roads(district, prepared, tile),
            MapLayer::Base => outline.draw_base(district, prepared, tile),
        }
        outline
    }

    /// Whether nothing is in the tile.
    pub(super) fn is_empty(&self) -> bool {
        self.features.is_empty()
    }

    /// Bytes held.
    pub(super) fn weight(&self) -> usize {
        self.bytes.len() + self.features.len() * size_of::<OutlineFeature>()
    }

    /// Numbers of the features: slots, except that a cluster's is its place in [`Prepared::clusters`].
    pub(super) fn slots(&self) -> impl Iterator<Item = u32> + '_ {
        self.features.iter().map(|feature| feature.slot)
    }

    /// Number, kind and encoded geometry of every feature.
    pub(super) fn features(&self) -> impl Iterator<Item = (u32, GeometryKind, &[u8])> {
        let starts = std::iter::once(0).chain(self.features.iter().map(|feature| feature.end));
        self.features
            .iter()
            .zip(starts)
            .map(|(feature, start)| (feature.slot, feature.kind, &self.bytes[start as usize..feature.end as usize]))
    }

    fn push(&mut self, slot: u32, kind: GeometryKind, write: impl FnOnce(&mut Vec<u8>) -> bool) {
        if write(&mut self.bytes) {
            self.features.push(OutlineFeature { slot, kind, end: self.bytes.len() as u32 });
        }
    }

    fn draw_areas(&mut self, district: &District, prepared: &Prepared, tile: TileCoord) {
        let areas = district.areas();
        let found = prepared.areas_in(tile.z(), tile.buffered_box(BUFFER));
        let mut found: Vec<_> = found.into_iter().filter_map(|slot| areas.get(slot)).collect();
        found.sort_by_key(|area| (area.level, area.slot));
        for area in found {
            if let Some(shape) = prepared.area_at(tile.z(), area.slot, &area.geometry) {
                let polygons = clip_polygons(shape, tile, BUFFER);
                self.push(area.slot, GeometryKind::Polygon, |out| write_polygons(out, &polygons));
            }
        }
    }

    fn draw_doors(&mut self, district: &District, tile: TileCoord) {
        let doors = district.households();
        for slot in doors.index().in_tile(tile, BUFFER) {
            let at = tile.point_in_tile(doors.at(slot));
            self.push(slot, GeometryKind::Point, |out| write_points(out, &[at]));
        }
    }

    fn draw_clusters(&mut self, prepared: &Prepared, tile: TileCoord) {
        for place in prepared.clusters_in(tile.buffered_box(BUFFER)) {
            let Some(cluster) = prepared.clusters.get(place as usize) else { continue };
            let at = tile.point_in_tile(cluster.at);
            self.push(place, GeometryKind::Point, |out| write_points(out, &[at]));
        }
    }

    fn draw_roads(&mut self, district: &District, prepared: &Prepared, tile: TileCoord) {
        let found = prepared.roads_in(tile.z(), tile.buffered_box(BUFFER));
        let mut found: Vec<_> =
            found.into_iter().filter_map(|slot| Some((slot, district.roads().get(slot as usize)?))).collect();
        // Wide roads are drawn last, above the small ones that meet them.
        found.sort_by_key(|(slot, row)| (std::cmp::Reverse(row.class), *slot));
        for (slot, row) in found {
            let lines = clip_line(&row.line, tile, BUFFER);
            self.push(slot, GeometryKind::Line, |out| write_lines(out, &lines));
        }
    }

    fn draw_base(&mut self, district: &District, prepared: &Prepared, tile: TileCoord) {
        let found = prepared.base_in(tile.z(), tile.buffered_box(BUFFER));
        let mut found: Vec<_> =
            found.into_iter().filter_map(|slot| Some((slot, district.base().get(slot as usize)?))).collect();
        found.sort_by_key(|(slot, row)| (row.class, *slot));
        for (slot, row) in found {
            match &row.shape {
                Shape::Point(at) => {
                    let at = tile.point_in_tile(*at);
                    self.push(slot, GeometryKind::Point, |out| write_points(out, &[at]));
                }
                Shape::Line(line) => {
                    let lines = clip_line(line, tile, BUFFER);
                    self.push(slot, GeometryKind::Line, |out| write_lines(out, &lines));
                }
                Shape::Polygons(full) => {
                    let is_ground = matches!(row.class, BaseClass::Water | BaseClass::Green);
                    let shape = if is_ground { prepared.ground_at(tile.z(), slot, full) } else { Some(full) };
                    let mut polygons = shape.map(|shape| clip_polygons(shape, tile, BUFFER)).unwrap_or_default();
                    if is_ground && tile.z() < DOOR_ZOOM {
                        polygons.retain(|rings| rings.first().is_some_and(|outer| doubled_area(outer) >= 2 * TINY));
                    }
                    self.push(slot, GeometryKind::Polygon, |out| write_polygons(out, &polygons));
                }
            }
        }
    }
}
