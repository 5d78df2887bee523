//! What tiles need beside the district, made once for a version of the shapes.
//!
//! Areas and the large base shapes are held with the zooms they appear at, simplified zoom by zoom when first asked for;
//! doors are gathered into one point a block for the low zooms.

use super::layers::{MapLayer, area_min_zoom, base_min_zoom, road_min_zoom};
use std::collections::{BTreeMap, HashMap};
use std::sync::OnceLock;
use wangge_core::domain::{District, area::Level, feature::BaseClass};
use wangge_core::geometry::{
    index::{BoxIndex, PointIndex},
    position::FixedPoint,
    shape::{FixedBox, MultiPolygon, Polygon, Shape},
    topology::{FULL_ZOOM, Topology},
};

/// Shapes of one version, ready to be cut into tiles.
#[derive(Debug)]
pub(super) struct Prepared {
    /// The version.
    pub(super) version: u64,
    /// Box around everything; none when there is nothing.
    pub(super) bounds: Option<FixedBox>,
    areas: Vec<Band>,
    ground: Band,
    roads: ByZoom,
    base: ByZoom,
    /// Doors by the smallest area that holds them.
    pub(super) clusters: Vec<Cluster>,
    cluster_index: PointIndex,
}

/// The doors of a block, or those of a grid that lie in no block of it.
#[derive(Debug)]
pub(super) struct Cluster {
    /// Slot of the block or grid.
    pub(super) area: u32,
    /// The doors' middle.
    pub(super) at: FixedPoint,
    /// How many doors.
    pub(super) doors: u32,
    /// The doors of a grid outside its blocks, whose figures no area keeps.
    pub(super) loose: Vec<u32>,
}

/// Shapes drawn together from one zoom to another, so that what they share is simplified once.
#[derive(Debug)]
struct Band {
    zooms: std::ops::Range<u8>,
    members: Vec<(u32, MultiPolygon)>,
    index: BoxIndex,
    topology: OnceLock<Topology>,
    simplified: Vec<OnceLock<HashMap<u32, MultiPolygon>>>,
}

/// Boxes of features by the zoom from which they are drawn.
#[derive(Debug, Default)]
struct ByZoom(BTreeMap<u8, BoxIndex>);

impl Prepared {
    /// Copies what is needed out of the district; the costly part waits until a tile asks for it.
    pub(super) fn of(district: &District) -> Self {
        let starts: Vec<u8> = {
            let mut starts: Vec<u8> = Level::ALL.into_iter().map(area_min_zoom).collect();
            starts.dedup();
            starts
        };
        let ends = starts.iter().copied().skip(1).chain([u8::MAX]);
        let areas = starts.iter().copied().zip(ends).map(|(start, end)| {
            let drawn = district.areas().iter().filter(|area| area_min_zoom(area.level) <= start);
            Band::new(start..end, drawn.map(|area| (area.slot, area.geometry.clone())).collect())
        });
        let ground = district.base().iter().zip(0u32..).filter_map(|(row, slot)| match (&row.shape, row.class) {
            (Shape::Polygons(polygons), BaseClass::Water | BaseClass::Green) => Some((slot, polygons.clone())),
            _ => None,
        });
        let roads = district.roads().iter().zip(0u32..);
        let roads = ByZoom::of(
            roads.filter_map(|(row, slot)| Some((road_min_zoom(row.class), slot, FixedBox::around(&row.line)?))),
        );
        let base = district.base().iter().zip(0u32..);
        let base =
            ByZoom::of(base.filter_map(|(row, slot)| Some((base_min_zoom(row.class), slot, bounds(&row.shape)?))));
        let clusters = clusters(district);
        let places: Vec<FixedPoint> = clusters.iter().map(|c| c.at).collect();
        Self {
            version: district.shapes_version(),
            bounds: data_bounds(district),
            areas: areas.collect(),
            ground: Band::new(0..u8::MAX, ground.collect()),
            roads,
            base,
            clusters,
            cluster_index: PointIndex::build(&places),
        }
    }

    /// Simplifies what a layer's tiles of a zoom will need, so that nobody does it with the district locked.
    pub(super) fn warm(&self, layer: MapLayer, zoom: u8) {
        let band = match layer {
            MapLayer::Areas => self.area_band(zoom),
            MapLayer::Base => Some(&self.ground),
            MapLayer::Households | MapLayer::Roads => None,
        };
        if let Some(band) = band.filter(|_| zoom < FULL_ZOOM) {
            band.simplified(zoom);
        }
    }

    /// Slots of the areas drawn at a zoom that meet a box; sorted.
    pub(super) fn areas_in(&self, zoom: u8, window: FixedBox) -> Vec<u32> {
        self.area_band(zoom).map(|band| band.index.meeting(window)).unwrap_or_default()
    }

    /// An area's polygons at a zoom; none when they are too small to see. `full` is what the district holds.
    pub(super) fn area_at<'a>(&'a self, zoom: u8, slot: u32, full: &'a MultiPolygon) -> Option<&'a MultiPolygon> {
        if zoom >= FULL_ZOOM { Some(full) } else { self.area_band(zoom)?.at(zoom, slot) }
    }

    /// Polygons of water or green at a zoom; none when they are too small to see.
    pub(super) fn ground_at<'a>(&'a self, zoom: u8, slot: u32, full: &'a MultiPolygon) -> Option<&'a MultiPolygon> {
        if zoom >= FULL_ZOOM { Some(full) } else { self.ground.at(zoom, slot) }
    }

    /// Slots of the roads drawn at a zoom that meet a box; sorted.
    pub(super) fn roads_in(&self, zoom: u8, window: FixedBox) -> Vec<u32> {
        self.roads.meeting(zoom, window)
    }

    /// Slots of the base features drawn at a zoom that meet a box; sorted.
    pub(super) fn base_in(&self, zoom: u8, window: FixedBox) -> Vec<u32> {
        self.base.meeting(zoom, window)
    }

    /// The clusters in a box, by their place in [`Prepared::clusters`].
    pub(super) fn clusters_in(&self, window: FixedBox) -> Vec<u32> {
        self.cluster_index.in_box(window)
    }

    fn area_band(&self, zoom: u8) -> Option<&Band> {
        self.areas.iter().find(|band| band.zooms.contains(&zoom))
    }
}

impl Band {
    fn new(zooms: std::ops::Range<u8>, members: Vec<(u32, MultiPolygon)>) -> Self {
        let boxes = members.iter().filter_map(|(slot, shape)| {
            Some((*slot, FixedBox::around(shape.iter().flat_map(|polygon| &polygon.outer))?))
        });
        let simplified = (0..FULL_ZOOM).map(|_| OnceLock::new()).collect();
        Self { zooms, index: BoxIndex::build(boxes.collect()), members, topology: OnceLock::new(), simplified }
    }

    fn at(&self, zoom: u8, slot: u32) -> Option<&MultiPolygon> {
        self.simplified(zoom)?.get(&slot)
    }

    fn simplified(&self, zoom: u8) -> Option<&HashMap<u32, MultiPolygon>> {
        let shapes = self.simplified.get(usize::from(zoom))?.get_or_init(|| {
            let topology = self.topology.get_or_init(|| {
                let shapes: Vec<&MultiPolygon> = self.members.iter().map(|(_, shape)| shape).collect();
                Topology::build(&shapes)
            });
            let shapes = self.members.iter().map(|(slot, _)| *slot).zip(topology.simplified(zoom));
            shapes.filter(|(_, shape)| !shape.is_empty()).collect()
        });
        Some(shapes)
    }
}

impl ByZoom {
    fn of(features: impl Iterator<Item = (u8, u32, FixedBox)>) -> Self {
        let mut boxes: BTreeMap<u8, Vec<(u32, FixedBox)>> = BTreeMap::new();
        for (zoom, slot, bounds) in features {
            boxes.entry(zoom).or_default().push((slot, bounds));
        }
        Self(boxes.into_iter().map(|(zoom, boxes)| (zoom, BoxIndex::build(boxes))).collect())
    }

    fn meeting(&self, zoom: u8, window: FixedBox) -> Vec<u32> {
        let mut found: Vec<u32> = self.0.range(..=zoom).flat_map(|(_, index)| index.meeting(window)).collect();
        found.sort_unstable();
        found
    }
}

fn clusters(district: &District) -> Vec<Cluster> {
    #[derive(Default)]
    struct Sum {
        x: u64,
        y: u64,
        doors: Vec<u32>,
    }
    let doors = district.households();
    let mut sums: BTreeMap<u32, Sum> = BTreeMap::new();
    for slot in doors.slots() {
        if let Some(area) = doors.leaf(slot) {
            let sum = sums.entry(area).or_default();
            let at = doors.at(slot);
            sum.x += u64::from(at.x);
            sum.y += u64::from(at.y);
            sum.doors.push(slot);
        }
    }
    let is_block = |area: u32| district.areas().get(area).is_some_and(|a| a.level == Level::Block);
    let clusters = sums.into_iter().map(|(area, sum)| {
        let count = sum.doors.len() as u64;
        Cluster {
            area,
            at: FixedPoint { x: (sum.x / count) as u32, y: (sum.y / count) as u32 },
            doors: count as u32,
            loose: if is_block(area) { Vec::new() } else { sum.doors },
        }
    });
    clusters.collect()
}

fn bounds(shape: &Shape) -> Option<FixedBox> {
    match shape {
        Shape::Point(p) => FixedBox::around([p]),
        Shape::Line(line) => FixedBox::around(line),
        Shape::Polygons(polygons) => FixedBox::around(polygons.iter().flat_map(Polygon::rings).flatten()),
    }
}

/// Box around everything the district holds; none when it holds nothing.
pub(super) fn data_bounds(district: &District) -> Option<FixedBox> {
    let areas = district.areas().iter().map(|area| area.bounds);
    let doors = district.households();
    let doors = doors.slots().map(|slot| FixedBox { min: doors.at(slot), max: doors.at(slot) });
    let roads = district.roads().iter().filter_map(|row| FixedBox::around(&row.line));
    let base = district.base().iter().filter_map(|row| bounds(&row.shape));
    areas.chain(doors).chain(roads).chain(base).reduce(|a, b| FixedBox {
        min: FixedPoint { x: a.min.x.min(b.min.x), y: a.min.y.min(b.min.y) },
        max: FixedPoint { x: a.max.x.max(b.max.x), y: a.max.y.max(b.max.y) },
    })
}
