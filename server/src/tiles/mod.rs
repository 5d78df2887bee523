//! Tiles: shapes alone, or shapes with the state drawn into them, kept compressed and forgotten exactly.
//!
//! It knows no address, header or log; whoever asks holds the district, whoever changes it says what changed.

mod answer;
mod cache;
mod catalog;
mod inline;
mod layers;
mod outline;
mod palette;
mod prepared;
mod shapes;
mod style;
mod tilejson;

#[cfg(test)]
mod tests;

pub use answer::TileAnswer;
pub use catalog::catalog;
pub use layers::{DOOR_ZOOM, LayerError, LayerSet, MAX_USEFUL_ZOOM, MapLayer};
pub use palette::Theme;
pub use style::style;
pub use tilejson::tilejson;

use cache::{StateOf, TileCache, TileKey, Touch};
use inline::State;
use layers::BUFFER;
use outline::Outline;
use parking_lot::{Mutex, RwLock};
use prepared::Prepared;
use quick_cache::{Weighter, sync::Cache};
use std::sync::Arc;
use wangge_core::domain::{Changes, District};
use wangge_core::format::mvt::TileWriter;
use wangge_core::geometry::{position::FixedPoint, shape::FixedBox, tile::TileCoord};

/// Draws tiles and keeps them.
pub struct Tiles {
    cache: TileCache,
    outlines: Cache<OutlineKey, Arc<Outline>, WeighOutline>,
    prepared: Mutex<Option<Arc<Prepared>>>,
}

/// An outline by the version of its shapes.
type OutlineKey = (u64, MapLayer, TileCoord);

#[derive(Clone)]
struct WeighOutline;

impl Weighter<OutlineKey, Arc<Outline>> for WeighOutline {
    fn weight(&self, _: &OutlineKey, outline: &Arc<Outline>) -> u64 {
        outline.weight() as u64 + 128
    }
}

/// Outlines of the layers of a tile.
type Outlines = Vec<(MapLayer, Arc<Outline>)>;

impl Tiles {
    /// Keeps at most so many bytes: three quarters for finished tiles, a quarter for geometry cut to tiles.
    pub fn new(cache_bytes: usize) -> Self {
        let bytes = cache_bytes as u64;
        Self {
            cache: TileCache::new(bytes - bytes / 4),
            outlines: Cache::with_weighter(cache_bytes / 4 / 8192 + 64, bytes / 4, WeighOutline),
            prepared: Mutex::new(None),
        }
    }

    /// The shapes of a tile in the newest version, which the answer names.
    pub fn shape(&self, district: &RwLock<District>, layers: &LayerSet, tile: TileCoord) -> TileAnswer {
        self.kept_shape(layers, tile)
            .unwrap_or_else(|| self.draw(district, TileKey::new(StateOf::Shapes, *layers, tile)))
    }

    /// The same, when it is kept: takes no lock of the district and draws nothing.
    pub fn kept_shape(&self, layers: &LayerSet, tile: TileCoord) -> Option<TileAnswer> {
        self.cache.get(&TileKey::new(StateOf::Shapes, *layers, tile))
    }

    /// Shapes and the state of a round in one tile; without a round, shapes and no state.
    pub fn inline(
        &self,
        district: &RwLock<District>,
        layers: &LayerSet,
        tile: TileCoord,
        round: Option<usize>,
    ) -> TileAnswer {
        self.kept_inline(layers, tile, round)
            .unwrap_or_else(|| self.draw(district, TileKey::new(StateOf::of(round), *layers, tile)))
    }

    /// The same, when it is kept: takes no lock of the district and draws nothing.
    pub fn kept_inline(&self, layers: &LayerSet, tile: TileCoord, round: Option<usize>) -> Option<TileAnswer> {
        self.cache.get(&TileKey::new(StateOf::of(round), *layers, tile))
    }

    /// Forgets the tiles a change touches, and only those; when shapes changed, every tile.
    ///
    /// Called after the change is in the district and before it is acknowledged: whoever reads a tile after that reads the
    /// change. `district` holds the change.
    pub fn forget(&self, district: &District, changes: &Changes) {
        if changes.shapes {
            self.cache.forget_all();
            self.outlines.clear();
            return;
        }
        for changed in &changes.rounds {
            // A cluster's figures change only with those of its area.
            let areas = changed.areas.iter().flat_map(|slot| [Touch::Area(*slot), Touch::Cluster(*slot)]);
            self.cache.forget(changed.round, areas);
            let zooms = self.cache.door_zooms();
            let doors = district.households();
            let touches = changed.households.iter().filter(|slot| doors.slots().contains(slot)).flat_map(|slot| {
                let at = doors.at(*slot);
                zooms.iter().flat_map(move |zoom| tiles_holding(at, *zoom)).map(Touch::Doors)
            });
            self.cache.forget(changed.round, touches);
        }
    }

    /// Draws a tile and keeps it, unless it is forgotten meanwhile.
    fn draw(&self, district: &RwLock<District>, key: TileKey) -> TileAnswer {
        loop {
            let prepared = self.prepared(district);
            let is_near = prepared.bounds.is_some_and(|bounds| bounds.meets(key.tile.buffered_box(BUFFER)));
            if !is_near {
                return TileAnswer::new(prepared.version, Vec::new());
            }
            let Some(outlines) = self.outlines(district, &prepared, key) else { continue };
            // The ticket comes before the state is read: a change after this line takes it away.
            let ticket = self.cache.ticket(key, touches(&prepared, key, &outlines));
            let bytes = encode(&district.read(), &prepared, key, &outlines);
            let Some(bytes) = bytes else {
                self.cache.give_back(ticket);
                continue;
            };
            let answer = TileAnswer::new(prepared.version, bytes);
            self.cache.keep(ticket, answer.clone());
            return answer;
        }
    }

    /// What tiles need of the newest shapes, made by the first who asks; the district is locked only to copy from it.
    fn prepared(&self, district: &RwLock<District>) -> Arc<Prepared> {
        let mut prepared = self.prepared.lock();
        let district = district.read();
        match prepared.as_ref().filter(|prepared| prepared.version == district.shapes_version()) {
            Some(prepared) => prepared.clone(),
            None => prepared.insert(Arc::new(Prepared::of(&district))).clone(),
        }
    }

    /// Outlines of a tile's layers; none when the shapes have changed since `prepared`.
    fn outlines(&self, district: &RwLock<District>, prepared: &Prepared, key: TileKey) -> Option<Outlines> {
        let layers = key.layers.iter().map(|layer| {
            let outline_key = (prepared.version, layer, key.tile);
            if let Some(outline) = self.outlines.get(&outline_key) {
                return Some((layer, outline));
            }
            prepared.warm(layer, key.tile.z());
            let district = district.read();
            if district.shapes_version() != prepared.version {
                return None;
            }
            let outline = Arc::new(Outline::draw(&district, prepared, layer, key.tile));
            self.outlines.insert(outline_key, outline.clone());
            Some((layer, outline))
        });
        layers.collect()
    }
}

impl TileKey {
    fn new(state: StateOf, layers: LayerSet, tile: TileCoord) -> Self {
        Self { state, layers, tile }
    }
}

impl StateOf {
    fn of(round: Option<usize>) -> Self {
        round.map_or(Self::NoRound, Self::Round)
    }
}

/// Bytes of a tile; none when the shapes have changed since `prepared`.
fn encode(district: &District, prepared: &Prepared, key: TileKey, outlines: &Outlines) -> Option<Vec<u8>> {
    if district.shapes_version() != prepared.version {
        return None;
    }
    let round = match key.state {
        StateOf::Round(round) => district.rounds().get(round),
        StateOf::Shapes | StateOf::NoRound => None,
    };
    let mut tile = TileWriter::default();
    for (layer, outline) in outlines.iter().filter(|(_, outline)| !outline.is_empty()) {
        let mut state = round.map(|round| State::new(round, prepared, *layer, key.tile));
        tile.add(shapes::write(district, prepared, (*layer, outline), key.tile, |out, number, tags| {
            if let Some(state) = &mut state {
                state.add(out, number, tags);
            }
        }));
    }
    Some(tile.finish())
}

/// What makes an inline tile another when it changes.
fn touches(prepared: &Prepared, key: TileKey, outlines: &Outlines) -> Vec<Touch> {
    if !matches!(key.state, StateOf::Round(_)) {
        return Vec::new();
    }
    let mut touches = Vec::new();
    for (layer, outline) in outlines {
        match layer {
            MapLayer::Areas => touches.extend(outline.slots().map(Touch::Area)),
            MapLayer::Households if key.tile.z() >= DOOR_ZOOM => {
                if !outline.is_empty() {
                    touches.push(Touch::Doors(key.tile));
                }
            }
            MapLayer::Households => {
                let clusters = outline.slots().filter_map(|place| prepared.clusters.get(place as usize));
                touches.extend(clusters.map(|cluster| Touch::Cluster(cluster.area)));
            }
            MapLayer::Roads | MapLayer::Base => {}
        }
    }
    touches
}

/// Tiles of a zoom that hold a position, buffers included: the one it is in and those whose buffer reaches over.
fn tiles_holding(at: FixedPoint, zoom: u8) -> impl Iterator<Item = TileCoord> {
    let own = TileCoord::containing(at, zoom).ok();
    let neighbours = own.into_iter().flat_map(move |own| {
        let around = |v: u32| [u64::from(v).checked_sub(1), Some(u64::from(v)), Some(u64::from(v) + 1)];
        around(own.y()).into_iter().flatten().flat_map(move |y| {
            around(own.x()).into_iter().flatten().filter_map(move |x| TileCoord::new(u32::from(zoom), x, y).ok())
        })
    });
    let here = FixedBox { min: at, max: at };
    neighbours.filter(move |tile| tile.buffered_box(BUFFER).meets(here))
}
