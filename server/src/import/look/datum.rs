//! Whether a file's numbers are in the coordinate system they were read by.

use super::{
    Look,
    file::{ASSUMED, OpenFile},
};
use crate::{
    commit::Service,
    import::{
        detective::{self, AreasForFit, Fit, FitArea, NewArea, Verdict, Witness},
        ground::point_of,
        plan::{Candidate, Datum},
    },
    table::Position,
};
use wangge_core::{
    domain::{
        area::{AreaRow, Level},
        feature::BaseRow,
        row::RowKind,
    },
    geometry::position::FixedPoint,
};

/// Doors that areas are held against.
const DOORS: usize = 4_000;

/// An area of a file as the file has it.
pub(super) struct RawArea {
    pub(super) code: String,
    pub(super) parent: Option<String>,
    pub(super) level: Level,
    pub(super) polygons: Vec<Vec<Vec<Position>>>,
}

/// Numbers that make no sense in the system they are read by, whatever the district holds.
fn nonsense(look: &Look<'_>, file: &OpenFile) -> Option<Datum> {
    let numbers: Vec<Position> = file.witnesses.kept().iter().map(|sighting| sighting.xy).collect();
    let nonsense = detective::plain_sense(&numbers, &file.crs).err()?;
    let trusted = look.request.trust_crs;
    Some(Datum { passes: trusted, trusted, sentences: vec![nonsense.to_string()], ..Datum::default() })
}

/// A verdict as the plan has it.
///
/// Where the numbers cannot tell, somebody has to: the file, or whoever brings it. Only a system nobody named is asked for.
fn said(look: &Look<'_>, file: &OpenFile, verdict: &Verdict) -> Datum {
    let trust_crs = look.request.trust_crs;
    let rivals: Vec<&Fit> = verdict.rivals().collect();
    let unnamed = file.plan.crs_from == ASSUMED && !rivals.is_empty();
    let passes = verdict.passes() && !unnamed;
    let asks = verdict.passes() && !passes && !trust_crs;
    let candidate =
        |fit: &Fit| Candidate { crs: fit.crs.id(), share: fit.share, moved_m: fit.moved.map(|moved| moved.median_m) };
    let given = Some(&verdict.as_given);
    let candidates = if asks { given.into_iter().chain(rivals).map(candidate).collect() } else { Vec::new() };
    Datum {
        passes: passes || trust_crs,
        trusted: trust_crs && !passes,
        asks,
        candidates,
        suggested: verdict.suggested(),
        moved_m: verdict.moved.map(|moved| moved.median_m),
        bearing_deg: verdict.moved.map(|moved| moved.bearing_deg),
        sentences: verdict.sentences(),
    }
}

/// What the look at the coordinates of rows with places found; none where there is nothing to hold them against.
pub(super) fn of_rows(look: &Look<'_>, file: &OpenFile) -> Option<Datum> {
    let kind = look.request.kind;
    let sightings = file.witnesses.kept();
    let has_points = matches!(kind, RowKind::Households | RowKind::Facilities | RowKind::Shops);
    let ground = if sightings.is_empty() || !has_points { None } else { ground(look.service) };
    let Some(ground) = ground else { return nonsense(look, file) };
    let known: Vec<Option<FixedPoint>> = {
        let district = look.service.district.read();
        let known = |key: &Option<String>| {
            let slot = district.slot_of(kind, key.as_deref()?)?;
            district.row(kind, slot).and_then(|row| point_of(&row))
        };
        sightings.iter().map(|sighting| known(&sighting.key)).collect()
    };
    let witnesses: Vec<Witness<'_>> = sightings
        .iter()
        .zip(known)
        .map(|(sighting, known)| Witness { xy: sighting.xy, stated: sighting.stated.as_deref(), known })
        .collect();
    let verdict = detective::inspect(&witnesses, &file.crs, &ground);
    // Which system it is, where that can be told, says more than that it is not this one.
    let senseless = if verdict.passes() { nonsense(look, file) } else { None };
    Some(senseless.unwrap_or_else(|| said(look, file, &verdict)))
}

/// The same for areas.
pub(super) fn of_areas(look: &Look<'_>, file: &OpenFile, areas: &[RawArea]) -> Option<Datum> {
    let there = ground(look.service);
    let doors: Vec<FixedPoint> = {
        let district = look.service.district.read();
        let doors = district.households();
        doors.slots().step_by(doors.len().div_ceil(DOORS).max(1)).map(|slot| doors.at(slot)).collect()
    };
    let new: Vec<NewArea<'_>> = areas
        .iter()
        .map(|area| NewArea {
            code: &area.code,
            parent: area.parent.as_deref(),
            level: area.level,
            polygons: &area.polygons,
        })
        .collect();
    let verdict = detective::inspect_areas(&new, &file.crs, there.as_ref(), &doors);
    let senseless = if verdict.as_ref().is_none_or(Verdict::passes) { nonsense(look, file) } else { None };
    senseless.or_else(|| verdict.map(|verdict| said(look, file, &verdict)))
}

/// The ground of the district. Its lock is held only while what is needed is copied.
fn ground(service: &Service) -> Option<AreasForFit> {
    let (areas, base): (Vec<AreaRow>, Vec<BaseRow>) = {
        let district = service.district.read();
        let areas = district.areas().iter().filter_map(|area| district.areas().row(area.slot)).collect();
        (areas, district.base().to_vec())
    };
    AreasForFit::build(areas.iter().map(FitArea::from), base.iter())
}
