//! The ground that positions are held against: areas in force, and what stands on them.

use std::collections::HashMap;
use wangge_core::domain::area::{AreaRow, Level};
use wangge_core::domain::feature::{BaseClass, BaseRow};
use wangge_core::geometry::locate::Locator;
use wangge_core::geometry::position::{FixedPoint, lonlat_from_fixed, metres_per_unit};
use wangge_core::geometry::shape::{FixedBox, MultiPolygon, Shape};

/// An area as the detective needs it.
#[derive(Debug, Clone, Copy)]
pub struct FitArea<'a> {
    /// Its code.
    pub code: &'a str,
    /// Code of the area it lies in.
    pub parent: Option<&'a str>,
    /// Its level.
    pub level: Level,
    /// Its polygons.
    pub geometry: &'a MultiPolygon,
}

impl<'a> From<&'a AreaRow> for FitArea<'a> {
    fn from(row: &'a AreaRow) -> Self {
        Self { code: &row.code, parent: row.parent.as_deref(), level: row.level, geometry: &row.geometry }
    }
}

/// Areas, and what stands on them, laid out for many questions.
#[derive(Debug, Clone)]
pub struct AreasForFit {
    level: Level,
    count: usize,
    inside: Locator,
    /// The smallest areas there are: their borders are the streets.
    lots: Option<Locator>,
    buildings: Option<Locator>,
    water: Option<Locator>,
    /// By slot of `inside`: its code and those of the areas it lies in.
    codes: Vec<Vec<String>>,
    /// Middle of every area of any level, by its code.
    middles: HashMap<String, FixedPoint>,
    bounds: FixedBox,
    metres_per_unit: f64,
}

/// Fewest buildings or waters that say something.
const FEWEST_SHAPES: usize = 20;

impl AreasForFit {
    /// The ground of these areas and base features; none when there is no area.
    ///
    /// Positions are held against the grids; without any, against the next larger level there is, else against blocks.
    pub fn build<'a>(
        areas: impl Iterator<Item = FitArea<'a>>,
        base: impl Iterator<Item = &'a BaseRow>,
    ) -> Option<Self> {
        let areas: Vec<FitArea<'_>> = areas.filter(|area| !area.geometry.is_empty()).collect();
        let is_there = |level: Level| areas.iter().any(|area| area.level == level);
        let above_blocks = Level::ALL.into_iter().rev().filter(|level| *level != Level::Block);
        let level = above_blocks.chain([Level::Block]).find(|level| is_there(*level))?;
        let chosen: Vec<&FitArea<'_>> = areas.iter().filter(|area| area.level == level).collect();
        let blocks: Vec<&FitArea<'_>> = areas.iter().filter(|area| area.level == Level::Block).collect();
        let parents: HashMap<&str, Option<&str>> = areas.iter().map(|area| (area.code, area.parent)).collect();
        let corners = || chosen.iter().flat_map(|area| area.geometry).flat_map(|polygon| &polygon.outer);
        let bounds = FixedBox::around(corners())?;
        let (mut buildings, mut water) = (Vec::new(), Vec::new());
        for row in base {
            match (&row.shape, row.class) {
                (Shape::Polygons(polygons), BaseClass::Building) => buildings.push(polygons),
                (Shape::Polygons(polygons), BaseClass::Water) => water.push(polygons),
                _ => {}
            }
        }
        Some(Self {
            level,
            count: chosen.len(),
            inside: locator(chosen.iter().map(|area| area.geometry)),
            lots: (blocks.len() > chosen.len()).then(|| locator(blocks.iter().map(|area| area.geometry))),
            buildings: (buildings.len() >= FEWEST_SHAPES).then(|| locator(buildings.into_iter())),
            water: (!water.is_empty()).then(|| locator(water.into_iter())),
            codes: chosen.iter().map(|area| chain(area.code, &parents)).collect(),
            middles: areas.iter().filter_map(|area| Some((area.code.to_owned(), middle(area.geometry)?))).collect(),
            bounds,
            metres_per_unit: metres_per_unit(bounds.middle()),
        })
    }

    /// No ground at all: nothing is near it.
    pub(super) fn nowhere() -> Self {
        let corner = FixedPoint { x: 0, y: 0 };
        Self {
            level: Level::Grid,
            count: 0,
            inside: Locator::default(),
            lots: None,
            buildings: None,
            water: None,
            codes: Vec::new(),
            middles: HashMap::new(),
            bounds: FixedBox { min: corner, max: corner },
            metres_per_unit: metres_per_unit(corner),
        }
    }

    /// Level of the areas positions are held against.
    pub fn level(&self) -> Level {
        self.level
    }

    /// How many areas of that level there are.
    pub fn count(&self) -> usize {
        self.count
    }

    /// Longitude and latitude in the middle of them.
    pub fn middle(&self) -> [f64; 2] {
        lonlat_from_fixed(self.bounds.middle()).into()
    }

    /// Middle of the area with a code, of any level.
    pub(super) fn middle_of(&self, code: &str) -> Option<FixedPoint> {
        self.middles.get(code).copied()
    }

    /// Number of the area a position is in.
    pub(super) fn area(&self, at: FixedPoint) -> Option<u32> {
        self.inside.locate(at)
    }

    /// Whether an area, or one it lies in, has a code; a code that goes on where the area's ends is of a smaller one in it.
    pub(super) fn agrees(&self, area: u32, stated: &str) -> bool {
        const SHORTEST: usize = 9;
        let Some(codes) = self.codes.get(area as usize) else { return false };
        let is_within = |code: &String| code.len() >= SHORTEST && stated.starts_with(code.as_str());
        codes.iter().any(|code| code == stated) || codes.first().is_some_and(is_within)
    }

    /// Whether a position is within a few metres of a border between areas, which is where a street runs.
    pub(super) fn is_on_border(&self, at: FixedPoint) -> bool {
        const NEAR_M: f64 = 6.0;
        let lots = self.lots.as_ref().unwrap_or(&self.inside);
        let (here, step) = (lots.locate(at), (NEAR_M / self.metres_per_unit) as i64);
        [(step, 0), (-step, 0), (0, step), (0, -step)].into_iter().any(|(x, y)| lots.locate(moved(at, x, y)) != here)
    }

    /// Whether a position is in a building; none where too few are known.
    pub(super) fn is_in_building(&self, at: FixedPoint) -> Option<bool> {
        self.buildings.as_ref().map(|buildings| buildings.locate(at).is_some())
    }

    /// Whether a position is in water; none where none is known.
    pub(super) fn is_in_water(&self, at: FixedPoint) -> Option<bool> {
        self.water.as_ref().map(|water| water.locate(at).is_some())
    }

    /// Whether a position is in the areas' box or within so many metres of it.
    pub(super) fn is_near(&self, at: FixedPoint, within_m: f64) -> bool {
        let margin = (within_m / self.metres_per_unit) as u32;
        let FixedBox { min, max } = self.bounds;
        (min.x.saturating_sub(margin)..=max.x.saturating_add(margin)).contains(&at.x)
            && (min.y.saturating_sub(margin)..=max.y.saturating_add(margin)).contains(&at.y)
    }

    /// Number of the square of so many metres a position is in.
    pub(super) fn cluster(&self, at: FixedPoint, side_m: f64) -> u64 {
        let side = (side_m / self.metres_per_unit) as u32;
        (u64::from(at.x / side) << 32) | u64::from(at.y / side)
    }

    /// Ground metres of a fixed-point unit here.
    pub(super) fn metres_per_unit(&self) -> f64 {
        self.metres_per_unit
    }

    /// Ground metres between two positions near here, along the map.
    pub(super) fn metres_between(&self, a: FixedPoint, b: FixedPoint) -> f64 {
        let (x, y) = (f64::from(a.x) - f64::from(b.x), f64::from(a.y) - f64::from(b.y));
        x.hypot(y) * self.metres_per_unit
    }
}

/// A position so many units east and south of another; the edges of the map hold it back.
pub(super) fn moved(at: FixedPoint, east: i64, south: i64) -> FixedPoint {
    let shift = |v: u32, by: i64| (i64::from(v) + by).clamp(0, i64::from(u32::MAX)) as u32;
    FixedPoint { x: shift(at.x, east), y: shift(at.y, south) }
}

/// Middle of a shape's corners by the area they enclose, of the largest part.
fn middle(shape: &MultiPolygon) -> Option<FixedPoint> {
    let corners = |ring: &[FixedPoint]| ring.iter().map(|p| [f64::from(p.x), f64::from(p.y)]).collect();
    let rings: Vec<Vec<[f64; 2]>> = shape.iter().map(|polygon| corners(&polygon.outer)).collect();
    let [x, y] = centroid(rings.iter().map(Vec::as_slice))?;
    Some(FixedPoint { x: x as u32, y: y as u32 })
}

/// Centroid of the largest of some rings, in their own numbers; none when none encloses anything.
pub(super) fn centroid<'a>(rings: impl Iterator<Item = &'a [[f64; 2]]>) -> Option<[f64; 2]> {
    rings.filter_map(of_ring).max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, at)| at)
}

/// Area and centroid of a ring, counted from its first corner to keep the digits.
fn of_ring(ring: &[[f64; 2]]) -> Option<(f64, [f64; 2])> {
    let [x0, y0] = *ring.first()?;
    let next = ring.iter().cycle().skip(1);
    let (mut doubled, mut x, mut y) = (0.0, 0.0, 0.0);
    for ([ax, ay], [bx, by]) in ring.iter().zip(next) {
        let (ax, ay, bx, by) = (ax - x0, ay - y0, bx - x0, by - y0);
        let cross = ax * by - bx * ay;
        doubled += cross;
        x += cross * (ax + bx);
        y += cross * (ay + by);
    }
    let is_ring = doubled.is_finite() && doubled != 0.0;
    is_ring.then(|| (doubled.abs(), [x0 + x / (3.0 * doubled), y0 + y / (3.0 * doubled)]))
}

fn locator<'a>(shapes: impl Iterator<Item = &'a MultiPolygon>) -> Locator {
    Locator::build((0u32..).zip(shapes).map(|(slot, shape)| (slot, "", shape)))
}

/// A code and those of the areas around it, smallest first; a circle of parents ends where it closes.
fn chain(code: &str, parents: &HashMap<&str, Option<&str>>) -> Vec<String> {
    let mut codes = vec![code.to_owned()];
    let mut at = code;
    while let Some(parent) = parents.get(at).copied().flatten().filter(|parent| !codes.iter().any(|c| c == parent)) {
        codes.push(parent.to_owned());
        at = parent;
    }
    codes
}
