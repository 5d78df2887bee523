//! Which elements are roads or base map, by their tags.
//!
//! Source: the OpenStreetMap wiki, Map features, November 2026: keys highway, natural, waterway, landuse, leisure, building
//! and barrier; which closed ways are areas by the same pages.

use super::OsmLayer;
use osmpbf::{DenseNode, Node, Way};

/// Values of `highway` that nobody walks or drives on, or not yet, or not any more.
const NO_ROADS: [&str; 16] = [
    "abandoned",
    "bus_stop",
    "construction",
    "corridor",
    "demolished",
    "disused",
    "elevator",
    "emergency_bay",
    "no",
    "planned",
    "platform",
    "proposed",
    "raceway",
    "razed",
    "rest_area",
    "services",
];
const WATER: [&str; 2] = ["water", "bay"];
const WATERWAYS: [&str; 3] = ["riverbank", "dock", "canal"];
const WATER_LAND: [&str; 2] = ["reservoir", "basin"];
const GREEN_NATURE: [&str; 5] = ["wood", "scrub", "grassland", "heath", "shrubbery"];
const GREEN_LAND: [&str; 7] =
    ["forest", "grass", "meadow", "recreation_ground", "village_green", "orchard", "flowerbed"];
const GREEN_LEISURE: [&str; 5] = ["park", "garden", "nature_reserve", "golf_course", "dog_park"];
const BARRIERS: [&str; 7] = ["fence", "wall", "hedge", "retaining_wall", "city_wall", "guard_rail", "handrail"];
const GATES: [&str; 11] = [
    "gate",
    "lift_gate",
    "swing_gate",
    "sliding_gate",
    "kissing_gate",
    "hampshire_gate",
    "entrance",
    "turnstile",
    "bollard",
    "toll_booth",
    "sally_port",
];

/// What an element is to us.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    Road,
    Water,
    Green,
    Building,
    Barrier,
    Gate,
}

impl Wanted {
    /// Whether its way is the edge of an area.
    pub(super) fn is_area(self) -> bool {
        matches!(self, Self::Water | Self::Green | Self::Building)
    }

    /// The word in the `class` column of the base layer.
    pub(super) fn class(self) -> &'static str {
        match self {
            Self::Road => "road",
            Self::Water => "water",
            Self::Green => "green",
            Self::Building => "building",
            Self::Barrier => "barrier",
            Self::Gate => "gate",
        }
    }
}

/// Tags of an element: what its block says, nothing where an index points nowhere or a text is no UTF-8.
pub(super) struct Tags<'a>(Vec<(&'a str, &'a str)>);

impl<'a> Tags<'a> {
    pub(super) fn of_way(way: &Way<'a>) -> Self {
        Self(way.tags().collect())
    }

    pub(super) fn of_node(node: &Node<'a>) -> Self {
        Self(node.tags().collect())
    }

    pub(super) fn of_dense(node: &DenseNode<'a>) -> Self {
        Self(node.tags().collect())
    }

    pub(super) fn of(tags: impl Iterator<Item = (&'a str, &'a str)>) -> Self {
        Self(tags.collect())
    }

    pub(super) fn get(&self, key: &str) -> Option<&'a str> {
        self.0.iter().find(|(known, _)| *known == key).map(|(_, value)| *value)
    }

    fn is(&self, key: &str, values: &[&str]) -> bool {
        self.get(key).is_some_and(|value| values.contains(&value))
    }

    /// A way through a barrier.
    pub(super) fn is_gate(&self) -> bool {
        self.is("barrier", &GATES)
    }

    /// An area of the base map; a building in a park is a building.
    pub(super) fn area(&self) -> Option<Wanted> {
        if self.get("building").is_some_and(|value| value != "no") {
            Some(Wanted::Building)
        } else if self.is("natural", &WATER) || self.is("waterway", &WATERWAYS) || self.is("landuse", &WATER_LAND) {
            Some(Wanted::Water)
        } else if self.is("natural", &GREEN_NATURE)
            || self.is("landuse", &GREEN_LAND)
            || self.is("leisure", &GREEN_LEISURE)
        {
            Some(Wanted::Green)
        } else {
            None
        }
    }

    /// The value of `highway` that makes this no road, if that is so.
    pub(super) fn no_road(&self) -> Option<&'a str> {
        if self.get("area") == Some("yes") && self.get("highway").is_some() {
            return Some("an area");
        }
        self.get("highway").filter(|value| NO_ROADS.contains(value))
    }
}

impl OsmLayer {
    /// What a way is in this layer.
    pub(super) fn wanted_way(self, tags: &Tags<'_>, way: &Way<'_>) -> Option<Wanted> {
        match self {
            Self::Roads => (tags.get("highway").is_some() && tags.no_road().is_none()).then_some(Wanted::Road),
            Self::Base => {
                // A canal's or dock's line is not its water: only closed ways are areas.
                let closed = way.refs().next() == way.refs().last() && way.raw_refs().len() > 3;
                let area = tags.area().filter(|wanted| closed || *wanted == Wanted::Building);
                area.or_else(|| tags.is("barrier", &BARRIERS).then_some(Wanted::Barrier))
            }
        }
    }
}
