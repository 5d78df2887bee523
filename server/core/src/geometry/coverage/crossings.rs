//! How areas of one set lie across those of another, as villages do across communities.

use super::arrangement::Face;
use super::defects::Level;
use super::finding::CoverArea;
use super::land::land_m2;
use super::look::is_sliver;
use crate::geometry::label::interior_point;
use crate::geometry::position::FixedPoint;
use crate::geometry::shape::MultiPolygon;
use std::collections::BTreeMap;

/// How the areas of a set lie in those of another.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Crossings {
    /// Areas that lie in one of the others, but for slivers.
    pub whole: u32,
    /// Areas that lie outside all of the others, but for slivers.
    pub apart: u32,
    /// Those that are split, the one with the largest smaller part first.
    pub split: Vec<Split>,
}

/// An area that lies in several others, or partly in none.
#[derive(Debug, Clone, PartialEq)]
pub struct Split {
    /// Its code.
    pub code: String,
    /// Its parts, largest first; where the others overlap they count twice.
    pub parts: Vec<Part>,
    /// A place in the second largest part.
    pub at: FixedPoint,
}

/// Part of an area.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// Code of the area of the other set it lies in; none where it lies outside all.
    pub code: Option<String>,
    /// Its area, square metres.
    pub area_m2: f64,
    /// Its share of the area, 0 to 1.
    pub share: f64,
}

/// How each area of a set is split by another set; pieces nowhere wider than the tolerance are not counted.
///
/// Costs n log n for n positions and as many meetings of borders; areas too entangled to be measured are left out.
pub fn crossings(areas: &[CoverArea], others: &[CoverArea], tolerance_m: f64) -> Crossings {
    let shapes: Vec<&MultiPolygon> = areas.iter().map(|area| area.shape).collect();
    let level = Level::of(areas, &shapes, others);
    let mut faces: BTreeMap<(u32, Option<u32>), Vec<Face>> = BTreeMap::new();
    for face in 1..level.arrangement.len() {
        let over = level.parents_over(face);
        for &area in level.having(face) {
            over.iter().for_each(|other| faces.entry((area, Some(*other))).or_default().push(face));
            if over.is_empty() {
                faces.entry((area, None)).or_default().push(face);
            }
        }
    }
    let mut parts: BTreeMap<u32, Vec<(Part, MultiPolygon)>> = BTreeMap::new();
    for ((area, other), faces) in faces {
        let pieces = level.arrangement.connected(&faces, |_, _| true).into_iter();
        let outlines = pieces.map(|piece| level.arrangement.outline(&piece));
        let wide: MultiPolygon = outlines.filter(|outline| !is_sliver(outline, tolerance_m)).flatten().collect();
        let area_m2 = land_m2(&wide);
        if area_m2 > 0.0 {
            let code = other.map(|other| others[other as usize - areas.len()].code.to_owned());
            let share = area_m2 / land_m2(shapes[area as usize]).max(f64::MIN_POSITIVE);
            parts.entry(area).or_default().push((Part { code, area_m2, share }, wide));
        }
    }
    let mut crossings = Crossings::default();
    for (area, mut parts) in parts {
        parts.sort_by(|s, t| t.0.area_m2.total_cmp(&s.0.area_m2).then_with(|| s.0.code.cmp(&t.0.code)));
        match &parts[..] {
            [(Part { code: Some(_), .. }, _)] => crossings.whole += 1,
            [_] => crossings.apart += 1,
            [_, (_, second), ..] => crossings.split.push(Split {
                code: areas[area as usize].code.to_owned(),
                at: interior_point(second).unwrap_or(second[0].outer[0]),
                parts: parts.into_iter().map(|(part, _)| part).collect(),
            }),
            [] => {}
        }
    }
    crossings.split.sort_by(|s, t| t.parts[1].area_m2.total_cmp(&s.parts[1].area_m2).then_with(|| s.code.cmp(&t.code)));
    crossings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::coverage::samples::rectangle;
    use crate::geometry::measure::area_m2;

    fn area<'a>(code: &'a str, shape: &'a MultiPolygon) -> CoverArea<'a> {
        CoverArea { code, parent: None, shape, fixed: false }
    }

    #[test]
    fn a_village_across_two_communities_is_split_and_one_inside_is_not() {
        let communities = [rectangle(0.0, 0.0, 500.0, 300.0), rectangle(500.0, 0.0, 500.0, 300.0)];
        let villages = [
            rectangle(100.0, 0.0, 800.0, 100.0),
            rectangle(100.0, 100.0, 400.3, 200.0),
            rectangle(900.0, 100.0, 200.0, 50.0),
            rectangle(5_000.0, 0.0, 50.0, 50.0),
        ];
        let set = |codes: [&'static str; 4]| codes.into_iter().zip(&villages).map(|(code, shape)| area(code, shape));
        let villages_: Vec<CoverArea> = set(["v1", "v2", "v3", "v4"]).collect();
        let found = crossings(&villages_, &[area("c1", &communities[0]), area("c2", &communities[1])], 1.0);
        assert_eq!((found.whole, found.apart, found.split.len()), (1, 1, 2));
        let split = &found.split[0];
        assert_eq!(split.code, "v1");
        assert!(split.parts.iter().all(|part| (part.share - 0.5).abs() < 1e-3));
        assert!((split.parts[0].area_m2 / area_m2(&rectangle(100.0, 0.0, 400.0, 100.0)) - 1.0).abs() < 1e-3);
        let codes: Vec<_> = found.split[1].parts.iter().map(|part| part.code.as_deref()).collect();
        assert_eq!((found.split[1].code.as_str(), codes), ("v3", vec![None, Some("c2")]));
    }
}
