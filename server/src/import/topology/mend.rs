//! Areas that come in, mended: their outlines one by one, then level by level beside one another.

use super::after::{AreasAfter, Held};
use super::words;
use crate::table::RawShape;
use std::collections::{BTreeMap, HashMap};
use wangge_core::{
    domain::{
        District,
        area::{AreaRow, Level},
    },
    geometry::{
        coverage::{CannotMend, CoverArea, Deed, Mending, Move, Repaired, make_valid, repair},
        position::lonlat_from_fixed,
        shape::MultiPolygon,
    },
};

/// Areas a repair names, the most changed first.
const NAMED: usize = 10;

/// An outline that was invalid and is not any more.
#[derive(Debug, Clone, PartialEq)]
pub struct MendedShape {
    /// The valid one.
    pub shape: RawShape,
    /// What was done.
    pub what: String,
}

/// A valid outline of an invalid one in degrees; none for what is valid, or no outline.
///
/// # Errors
/// [`CannotMend`]: why it stays refused.
pub fn mend_shape(raw: &RawShape) -> Result<Option<MendedShape>, CannotMend> {
    let RawShape::Polygons(polygons) = raw else { return Ok(None) };
    let mended = make_valid(polygons)?;
    if mended.what.is_empty() {
        return Ok(None);
    }
    let done: Vec<String> = mended.what.iter().map(|mending| done(*mending).to_owned()).collect();
    let change = match mended.area_change_m2 {
        m2 if m2.abs() < 0.0005 => "its area stays".to_owned(),
        m2 if m2 > 0.0 => format!("it gains {}", words::area(m2)),
        m2 => format!("it loses {}", words::area(-m2)),
    };
    let what = format!("{}; {change}", words::listed(&done));
    Ok(Some(MendedShape { shape: raw_polygons(&mended.shape), what }))
}

fn done(mending: Mending) -> &'static str {
    match mending {
        Mending::RingClosed => "an open ring was closed",
        Mending::RingLeftOut => "a ring without area was left out",
        Mending::CopyLeftOut => "a ring that was there twice was left out",
        Mending::RingsRedrawn => "rings that crossed or touched were taken apart",
    }
}

fn raw_polygons(shape: &MultiPolygon) -> RawShape {
    let ring = |ring: &Vec<_>| ring.iter().chain(ring.first()).map(|p| lonlat_from_fixed(*p).into()).collect();
    RawShape::Polygons(shape.iter().map(|polygon| polygon.rings().map(ring).collect()).collect())
}

/// What a repair did to rows.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Repairs {
    /// Rows whose outlines are other ones now, by number.
    pub rows: Vec<usize>,
    /// What became of each, in the same order.
    pub moves: Vec<Move>,
    /// It all in sentences.
    pub sentences: Vec<String>,
}

/// Mends the outlines of rows beside one another, beside areas that stay and inside their parents, largest level first.
///
/// Areas of the district that no row replaces are not changed; rows give way to them. Nothing wider than `tolerance_m` is
/// given or taken.
pub fn repair_rows(district: &District, rows: &mut [AreaRow], tolerance_m: f64) -> Repairs {
    let mut repairs = Repairs::default();
    for level in Level::ALL {
        let changed = {
            let after = AreasAfter::taking(district, rows);
            let Some(held) = after.levels.get(&level).filter(|held| held.iter().any(|held| held.row.is_some())) else {
                continue;
            };
            let areas: Vec<CoverArea> = held.iter().map(Held::cover).collect();
            let parents: Vec<CoverArea> = after.parents(level).iter().map(Held::cover).collect();
            let repaired = repair(&areas, &parents, tolerance_m);
            repairs.sentences.extend(sentences(level, &repaired, tolerance_m));
            taken(held, repaired)
        };
        for (row, shape, what) in changed {
            rows[row].geometry = shape;
            repairs.rows.push(row);
            repairs.moves.push(what);
        }
    }
    repairs
}

/// The rows that were changed, with their new outlines.
fn taken(held: &[Held], repaired: Repaired) -> Vec<(usize, MultiPolygon, Move)> {
    let mut moves: HashMap<String, Move> = repaired.moves.into_iter().map(|one| (one.code.clone(), one)).collect();
    let pairs = held.iter().zip(repaired.areas);
    pairs.filter_map(|(held, shape)| Some((held.row?, shape, moves.remove(held.code)?))).collect()
}

fn sentences(level: Level, repaired: &Repaired, tolerance_m: f64) -> Vec<String> {
    let mut said = Vec::new();
    if !repaired.moves.is_empty() {
        let mut deeds: BTreeMap<Deed, usize> = BTreeMap::new();
        repaired.moves.iter().flat_map(|one| &one.what).for_each(|deed| *deeds.entry(*deed).or_default() += 1);
        let deeds: Vec<String> =
            deeds.into_iter().map(|(deed, areas)| format!("{} of {areas}", of_deed(deed))).collect();
        let corners: usize = repaired.moves.iter().map(|one| one.vertices as usize).sum();
        let farthest = repaired.moves.iter().map(|one| one.max_m).fold(0.0, f64::max);
        said.push(format!(
            "{} changed within {tolerance_m} m, {} in all, no border by more than {}; {}",
            words::counted(repaired.moves.len(), level.id()),
            words::counted(corners, "corner"),
            words::length(farthest.max(0.01)),
            words::listed(&deeds)
        ));
    }
    let mut most: Vec<&Move> = repaired.moves.iter().filter(|one| one.area_change_m2.abs() >= 0.5).collect();
    most.sort_by(|a, b| b.area_change_m2.abs().total_cmp(&a.area_change_m2.abs()).then_with(|| a.code.cmp(&b.code)));
    said.extend(most.into_iter().take(NAMED).map(|one| {
        let change = words::area(one.area_change_m2.abs());
        let verb = if one.area_change_m2 > 0.0 { "gained" } else { "lost" };
        format!("{level} {} {verb} {change}, its border moved by {} at most", one.code, words::length(one.max_m))
    }));
    said.extend(
        repaired.spared.iter().take(NAMED).map(|(code, why)| format!("{level} {code} was left as it is: {why}")),
    );
    if repaired.spared.len() > NAMED {
        said.push(format!("{} more left as it is", words::counted(repaired.spared.len() - NAMED, level.id())));
    }
    said
}

fn of_deed(deed: Deed) -> &'static str {
    match deed {
        Deed::CornersMoved => "corners moved onto a neighbour's",
        Deed::CornersInserted => "corners inserted that a neighbour has",
        Deed::OverlapGivenUp => "overlaps given up",
        Deed::GapFilled => "gaps taken in",
        Deed::CutAtParent => "land outside the parent cut off",
        Deed::CrumbGivenUp => "crumbs given up",
    }
}
