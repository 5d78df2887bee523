//! What an import would change, thinned evenly so that a map can show it.

use super::sample::Sample;
use serde_json::{Value, json};
use wangge_core::{
    domain::row::ImportRow,
    geometry::{
        position::{FixedPoint, LonLat, lonlat_from_fixed},
        shape::{MultiPolygon, Shape},
    },
};

/// Features kept of each sort of change.
const KEPT: usize = 10_000;
/// Positions kept of one shape; of a larger one every n-th.
const POSITIONS: usize = 256;

/// What a row would do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Change {
    Added,
    Moved,
    Changed,
    Refused,
    Vanished,
}

impl Change {
    const ALL: [Self; 5] = [Self::Refused, Self::Moved, Self::Vanished, Self::Changed, Self::Added];

    fn id(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Moved => "moved",
            Self::Changed => "changed",
            Self::Refused => "refused",
            Self::Vanished => "vanished",
        }
    }
}

/// A shape small enough to be kept.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Outline {
    Nowhere,
    Point(FixedPoint),
    /// From the old place to the new one.
    Move(FixedPoint, FixedPoint),
    Line(Vec<FixedPoint>),
    Rings(Vec<Vec<Vec<FixedPoint>>>),
}

impl Outline {
    /// The outline of a row, thinned where it is large.
    pub(super) fn of(row: &ImportRow) -> Self {
        match row {
            ImportRow::Area(row) => Self::rings(&row.geometry),
            ImportRow::Household(row) => Self::Point(row.at),
            ImportRow::Facility(row) => Self::Point(row.at),
            ImportRow::Shop(row) => Self::Point(row.at),
            ImportRow::Road(row) => Self::Line(thinned(&row.line, row.line.len(), 2)),
            ImportRow::Base(row) => match &row.shape {
                Shape::Point(at) => Self::Point(*at),
                Shape::Line(line) => Self::Line(thinned(line, line.len(), 2)),
                Shape::Polygons(polygons) => Self::rings(polygons),
            },
            ImportRow::Staffing(_) => Self::Nowhere,
        }
    }

    fn rings(polygons: &MultiPolygon) -> Self {
        let all = polygons.iter().flat_map(|polygon| polygon.rings()).map(Vec::len).sum();
        let closed = |ring: &Vec<FixedPoint>| {
            let mut ring = thinned(ring, all, 3);
            ring.extend(ring.first().copied());
            // Rings run the other way here than RFC 7946 has them.
            ring.reverse();
            ring
        };
        Self::Rings(polygons.iter().map(|polygon| polygon.rings().map(closed).collect()).collect())
    }

    fn geometry(&self) -> Value {
        let at = |p: &FixedPoint| {
            let p = lonlat_from_fixed(*p);
            json!([rounded(p.lon()), rounded(p.lat())])
        };
        let line = |line: &Vec<FixedPoint>| Value::Array(line.iter().map(at).collect());
        match self {
            Self::Nowhere => Value::Null,
            Self::Point(p) => json!({ "type": "Point", "coordinates": at(p) }),
            Self::Move(from, to) => json!({ "type": "LineString", "coordinates": [at(from), at(to)] }),
            Self::Line(positions) => json!({ "type": "LineString", "coordinates": line(positions) }),
            Self::Rings(polygons) => {
                let polygon = |rings: &Vec<Vec<FixedPoint>>| Value::Array(rings.iter().map(line).collect());
                json!({ "type": "MultiPolygon", "coordinates": polygons.iter().map(polygon).collect::<Vec<_>>() })
            }
        }
    }
}

/// Every n-th position of a line, `all` being those of its whole shape, at least `least` of them.
fn thinned(line: &[FixedPoint], all: usize, least: usize) -> Vec<FixedPoint> {
    let step = all.div_ceil(POSITIONS).min(line.len() / least).max(1);
    let mut kept: Vec<FixedPoint> = line.iter().step_by(step).copied().collect();
    if least == 2 && kept.last() != line.last() {
        kept.extend(line.last());
    }
    kept
}

/// Seven digits: a centimetre.
fn rounded(degrees: f64) -> f64 {
    (degrees * 1e7).round() / 1e7
}

/// One change on the map.
#[derive(Debug, Clone, PartialEq)]
struct Feature {
    key: String,
    outline: Outline,
    reason: Option<String>,
}

impl Feature {
    fn json(&self, change: Change) -> Value {
        let mut properties = json!({ "change": change.id(), "key": self.key });
        if let Some(reason) = &self.reason {
            properties["reason"] = Value::String(reason.clone());
        }
        json!({ "type": "Feature", "geometry": self.outline.geometry(), "properties": properties })
    }
}

/// What an import would change, thinned evenly so that a map can show it.
#[derive(Debug)]
pub struct Features {
    kept: [Sample<Feature>; Change::ALL.len()],
}

impl Features {
    pub(super) fn new() -> Self {
        Self { kept: std::array::from_fn(|_| Sample::new(KEPT)) }
    }

    /// These and those found elsewhere; of each sort of change, only one of both has any.
    #[must_use]
    pub(super) fn with(mut self, others: Self) -> Self {
        for (here, there) in self.kept.iter_mut().zip(others.kept) {
            if here.offered() == 0 {
                *here = there;
            }
        }
        self
    }

    /// Offers a change; key and outline are made only when it is kept.
    pub(super) fn offer(&mut self, change: Change, make: impl FnOnce() -> (String, Outline), reason: Option<&str>) {
        let Some(at) = Change::ALL.iter().position(|sort| *sort == change) else { return };
        self.kept[at].offer(|| {
            let (key, outline) = make();
            Feature { key, outline, reason: reason.map(str::to_owned) }
        });
    }

    /// A GeoJSON collection of at most `limit` features of each sort of change, in `properties`: `change`, `key`, and
    /// `reason` of refused ones. `counts` beside the features says how many there are of each sort.
    pub fn collection(&self, limit: usize) -> Value {
        let mut features = Vec::new();
        let mut counts = serde_json::Map::new();
        for (change, sample) in Change::ALL.into_iter().zip(&self.kept) {
            counts.insert(change.id().to_owned(), json!(sample.offered()));
            let kept = sample.kept();
            let step = kept.len().div_ceil(limit.max(1)).max(1);
            features.extend(kept.iter().step_by(step).take(limit).map(|feature| feature.json(change)));
        }
        json!({ "type": "FeatureCollection", "counts": counts, "features": features })
    }
}

/// Where a raw position lies, when it can lie on a map at all.
pub(super) fn place_of(position: Option<&[f64; 2]>) -> Outline {
    let at = position.and_then(|[lon, lat]| LonLat::new(*lon, *lat).ok());
    at.map_or(Outline::Nowhere, |at| Outline::Point(wangge_core::geometry::position::fixed_from_lonlat(at)))
}
