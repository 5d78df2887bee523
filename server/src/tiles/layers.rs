//! The layers of tiles: their names, zooms and properties, and sets of them as an address names them.

use std::fmt;
use wangge_core::domain::{
    area::Level,
    feature::{BaseClass, RoadClass},
};

/// Zoom from which every door is a point of its own.
pub const DOOR_ZOOM: u8 = 14;
/// Deepest zoom with more to show than the one above it; clients enlarge its tiles beyond.
pub const MAX_USEFUL_ZOOM: u8 = 16;
/// Tile units drawn beyond the tile's edge.
pub const BUFFER: u32 = 64;
/// Layer names an address may hold.
const MOST_NAMES: usize = 8;

/// A layer of tiles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MapLayer {
    /// Areas of every level.
    Areas,
    /// Doors; below [`DOOR_ZOOM`] one point a block.
    Households,
    /// Roads.
    Roads,
    /// Water, green, buildings, barriers, gates.
    Base,
}

impl MapLayer {
    /// Every layer, in the order they stand in a tile.
    pub const ALL: [Self; 4] = [Self::Areas, Self::Households, Self::Roads, Self::Base];

    /// The name in addresses and tiles.
    pub fn id(self) -> &'static str {
        match self {
            Self::Areas => "areas",
            Self::Households => "households",
            Self::Roads => "roads",
            Self::Base => "base",
        }
    }

    /// What its features are.
    pub fn geometry(self) -> &'static str {
        match self {
            Self::Areas => "Polygon",
            Self::Households => "Point",
            Self::Roads => "LineString",
            Self::Base => "Geometry",
        }
    }

    /// First zoom with anything in it.
    pub fn min_zoom(self) -> u8 {
        match self {
            Self::Areas | Self::Households | Self::Roads => 0,
            Self::Base => 8,
        }
    }

    /// What it shows, for people.
    pub fn description(self) -> &'static str {
        match self {
            Self::Areas => "Areas: district, subdistrict, community, grid, block",
            Self::Households => "Doors from zoom 14, one point a block below",
            Self::Roads => "Roads and paths",
            Self::Base => "Water, green, buildings, barriers and gates",
        }
    }

    /// Properties of its features, with their types as TileJSON names them; `inline` adds the state.
    pub fn fields(self, inline: bool) -> Vec<(&'static str, &'static str)> {
        const COUNTS: [(&str, &str); 5] = [
            ("eligible", "Number"),
            ("touched", "Number"),
            ("reached", "Number"),
            ("untouched", "Number"),
            ("reached_share", "Number"),
        ];
        let (shape, state): (&[_], Vec<_>) = match self {
            Self::Areas => (
                &[("code", "String"), ("name", "String"), ("level", "String"), ("parent", "String")],
                COUNTS.into_iter().chain([("round", "String")]).collect(),
            ),
            Self::Households => (
                &[("kind", "String"), ("doors", "Number")],
                [("state", "String"), ("attempts", "Number"), ("follow_up_due", "Boolean")]
                    .into_iter()
                    .chain(COUNTS)
                    .collect(),
            ),
            Self::Roads | Self::Base => (&[("class", "String"), ("name", "String")], Vec::new()),
        };
        let state = if inline { state } else { Vec::new() };
        shape.iter().copied().chain(state).collect()
    }
}

/// First zoom at which areas of a level are drawn.
pub fn area_min_zoom(level: Level) -> u8 {
    match level {
        Level::District | Level::Subdistrict => 0,
        Level::Community => 10,
        Level::Grid => 11,
        Level::Block => 14,
    }
}

/// First zoom at which roads of a class are drawn.
pub fn road_min_zoom(class: RoadClass) -> u8 {
    match class {
        RoadClass::Primary => 0,
        RoadClass::Secondary => 8,
        RoadClass::Tertiary => 11,
        RoadClass::Residential => 12,
        RoadClass::Lane | RoadClass::Footway => 14,
    }
}

/// First zoom at which base features of a class are drawn.
pub fn base_min_zoom(class: BaseClass) -> u8 {
    match class {
        BaseClass::Water | BaseClass::Green => 8,
        BaseClass::Building => 14,
        BaseClass::Barrier | BaseClass::Gate => 15,
    }
}

/// Layers an address asks for; the order they were named in means nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct LayerSet(u8);

/// Why a text names no layers.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LayerError {
    /// More names than are taken.
    #[error("{0} layers are named; at most 8 are taken")]
    TooMany(usize),
    /// A name no layer has.
    #[error("layer {0:?} is none of areas, households, roads, base")]
    Unknown(String),
    /// The same layer again.
    #[error("layer {0} is named twice")]
    Repeated(&'static str),
}

impl LayerSet {
    /// Every layer.
    pub const ALL: Self = Self(0b1111);

    /// Layers of a text such as `areas,households`.
    ///
    /// # Errors
    /// [`LayerError`] when there are more than eight names, one is unknown or empty, or one stands twice.
    pub fn parse(text: &str) -> Result<Self, LayerError> {
        let count = text.split(',').count();
        if count > MOST_NAMES {
            return Err(LayerError::TooMany(count));
        }
        text.split(',').try_fold(Self(0), |set, name| {
            let layer = MapLayer::ALL.into_iter().find(|layer| layer.id() == name);
            let layer = layer.ok_or_else(|| LayerError::Unknown(name.chars().take(40).collect()))?;
            if set.contains(layer) { Err(LayerError::Repeated(layer.id())) } else { Ok(set.with(layer)) }
        })
    }

    /// The one layer.
    pub fn only(layer: MapLayer) -> Self {
        Self(0).with(layer)
    }

    fn with(self, layer: MapLayer) -> Self {
        Self(self.0 | 1 << layer as u8)
    }

    /// Whether the layer is one of them.
    pub fn contains(self, layer: MapLayer) -> bool {
        self.0 & 1 << layer as u8 != 0
    }

    /// The layers, in the order they stand in a tile.
    pub fn iter(self) -> impl Iterator<Item = MapLayer> {
        MapLayer::ALL.into_iter().filter(move |layer| self.contains(*layer))
    }
}

impl fmt::Display for LayerSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.iter().map(MapLayer::id).collect::<Vec<_>>().join(","))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_in_any_order() {
        let set = LayerSet::parse("households,areas").unwrap();
        assert_eq!(set, LayerSet::parse("areas,households").unwrap());
        assert_eq!(set.to_string(), "areas,households");
        assert_eq!(LayerSet::parse("areas,households,roads,base"), Ok(LayerSet::ALL));
    }

    #[test]
    fn names_that_mean_nothing_are_refused() {
        let error = |text: &str| LayerSet::parse(text).unwrap_err().to_string();
        assert_eq!(error(""), "layer \"\" is none of areas, households, roads, base");
        assert_eq!(error("areas,closures"), "layer \"closures\" is none of areas, households, roads, base");
        assert_eq!(error("roads,roads"), "layer roads is named twice");
        assert_eq!(error(&["areas"; 500].join(",")), "500 layers are named; at most 8 are taken");
        assert!(error(&"x".repeat(10_000)).len() < 120);
    }
}
