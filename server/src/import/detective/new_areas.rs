//! Areas that come in, held against the areas and doors that are there already.

use super::areas::{AreasForFit, FitArea, centroid};
use super::evidence::{Reading, View, worth_weighing};
use super::verdict::{Case, Verdict, judge};
use super::{MOST_WITNESSES, Witness, readings};
use crate::table::Crs;
use wangge_core::domain::area::Level;
use wangge_core::geometry::position::{FixedPoint, LonLat, fixed_from_lonlat};
use wangge_core::geometry::shape::{FixedBox, MultiPolygon, Polygon, Ring};

/// An area of a file, its numbers as the file has them.
#[derive(Debug, Clone, Copy)]
pub struct NewArea<'a> {
    /// Its code.
    pub code: &'a str,
    /// Code of the area it lies in.
    pub parent: Option<&'a str>,
    /// Its level.
    pub level: Level,
    /// Its polygons, each an outer ring and its holes.
    pub polygons: &'a [Vec<Vec<[f64; 2]>>],
}

/// Fewest doors that say anything of areas.
const FEWEST_DOORS: usize = 30;

/// Whether areas are in the system given, held against the areas in force and the doors there are; none when there is
/// nothing to hold them against.
///
/// Against areas, the middle of each new one is looked at: whether it lies in the parent it names, and near the middle of
/// the area that has its code now. Against doors, the areas are tried under each reading as doors are otherwise.
pub fn inspect_areas(
    new: &[NewArea<'_>],
    given: &Crs,
    there: Option<&AreasForFit>,
    doors: &[FixedPoint],
) -> Option<Verdict> {
    let step = doors.len().div_ceil(MOST_WITNESSES).max(1);
    let doors: Vec<FixedPoint> = doors.iter().step_by(step).copied().collect();
    let doors = if doors.len() < FEWEST_DOORS { Vec::new() } else { doors };
    let around_doors = if there.is_none() { around(&doors) } else { None };
    let ground = there.or(around_doors.as_ref())?;
    let middles: Vec<Witness<'_>> = new.iter().filter_map(|area| witness(area, ground)).collect();
    let are_degrees = readings::look_like_degrees(middles.iter().map(|middle| middle.xy));
    let systems = readings::plausible(given, are_degrees, ground.middle());
    let places = worth_weighing(systems.into_iter().map(|crs| Reading::of(&middles, crs, ground)));

    let shaped =
        if doors.is_empty() { Vec::new() } else { places.iter().map(|place| shaped(new, &place.crs)).collect() };
    let standing: Vec<Witness<'_>> = doors.iter().map(|_| Witness::default()).collect();
    let at: Vec<Option<FixedPoint>> = doors.iter().copied().map(Some).collect();
    let on_shapes: Vec<Reading<'_>> = places
        .iter()
        .zip(&shaped)
        .map(|(place, shaped)| Reading::at(&standing, place.crs.clone(), at.clone(), shaped))
        .collect();

    let mut views = Vec::new();
    if there.is_some() {
        views.push(View::of_middles(&middles, &places));
    }
    if !on_shapes.is_empty() {
        views.push(View::new(&standing, &on_shapes));
    }
    let level = if there.is_some() { ground.level() } else { shaped.first()?.level() };
    Some(judge(&Case { numbers: &middles, places: &places, views: &views, level }))
}

fn witness<'a>(area: &NewArea<'a>, ground: &AreasForFit) -> Option<Witness<'a>> {
    let xy = centroid(area.polygons.iter().filter_map(|rings| rings.first()).map(Vec::as_slice))?;
    Some(Witness { xy, stated: area.parent, known: ground.middle_of(area.code) })
}

/// The box around doors as a ground: it says what is near.
fn around(doors: &[FixedPoint]) -> Option<AreasForFit> {
    let FixedBox { min, max } = FixedBox::around(doors)?;
    let outer = vec![min, FixedPoint { x: max.x, y: min.y }, max, FixedPoint { x: min.x, y: max.y }];
    let geometry = vec![Polygon { outer, holes: Vec::new() }];
    let area = FitArea { code: "", parent: None, level: Level::District, geometry: &geometry };
    AreasForFit::build(std::iter::once(area), std::iter::empty())
}

/// The new areas as a ground, read as a system's. Rings no check has seen are as good as any for counting who is inside.
fn shaped(new: &[NewArea<'_>], crs: &Crs) -> AreasForFit {
    let position = |xy: &[f64; 2]| {
        let [lon, lat] = crs.lonlat_from(*xy).ok()?;
        LonLat::new(lon, lat).ok().map(fixed_from_lonlat)
    };
    let ring = |ring: &Vec<[f64; 2]>| -> Option<Ring> { ring.iter().map(position).collect() };
    let polygon = |rings: &Vec<Vec<[f64; 2]>>| {
        let mut rings = rings.iter().map(ring).collect::<Option<Vec<Ring>>>()?.into_iter();
        Some(Polygon { outer: rings.next()?, holes: rings.collect() })
    };
    let shape = |area: &NewArea<'_>| area.polygons.iter().map(polygon).collect::<Option<MultiPolygon>>();
    let shapes: Vec<Option<MultiPolygon>> = new.iter().map(shape).collect();
    let areas = new.iter().zip(&shapes).filter_map(|(area, shape)| {
        Some(FitArea { code: area.code, parent: area.parent, level: area.level, geometry: shape.as_ref()? })
    });
    AreasForFit::build(areas, std::iter::empty()).unwrap_or_else(AreasForFit::nowhere)
}
