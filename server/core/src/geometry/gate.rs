//! The gate: the only way in for coordinates, from raw CRS84 numbers to shapes that cannot be wrong.
//!
//! A shape is judged after rounding to fixed-point (9 mm), because that is what is stored: a ring that is simple only on a
//! finer grid is refused, and says where. Nothing is repaired here, only made uniform: consecutive positions that are equal
//! become one, rings lose their closing position and get the direction [`shape`](super::shape) names.

use super::exact::{doubled_area, edges, turn};
use super::position::{FixedPoint, GeometryError, LonLat, MAX_LATITUDE, fixed_from_lonlat, lonlat_from_fixed};
use super::shape::{MultiPolygon, Polygon, Polyline, Ring};
use super::simple::{Fault, RingInPart, Spot, first_fault};

mod refusal;
pub use refusal::{GateError, Near, Where};

/// Most positions a shape may have.
pub const MAX_POSITIONS: usize = 100_000;

/// Half the globe in fixed-point units.
const HALF_GLOBE: u32 = 1 << 31;

/// Position of a raw one, rounded to fixed-point; a third number, the height, is left out.
///
/// # Errors
/// [`GateError::Numbers`] or [`GateError::OffMap`], which also says when longitude and latitude look swapped.
pub fn point(raw: &[f64]) -> Result<FixedPoint, GateError> {
    position(raw, Where::Point).map(fixed_from_lonlat)
}

/// Line of raw positions. It may cross itself.
///
/// # Errors
/// [`GateError`] when a position is off the map, a step crosses the antimeridian, there are fewer than two positions or
/// more than [`MAX_POSITIONS`], or all are one.
pub fn line<P: AsRef<[f64]>>(raw: &[P]) -> Result<Polyline, GateError> {
    check_count(raw.len())?;
    if raw.len() < 2 {
        return Err(GateError::TooFew { at: Where::Shape, got: raw.len(), needs: 2 });
    }
    let (line, _) = positions(raw, |position| Where::Line { position })?;
    if line.len() < 2 { Err(GateError::Collapsed { at: Where::Shape }) } else { Ok(line) }
}

/// Polygons of the coordinates of a GeoJSON MultiPolygon; those of a Polygon are passed as the only one.
///
/// Rings must be closed and may run either way. A ring given 0 to 360 degrees, or over the antimeridian, is refused.
///
/// # Errors
/// [`GateError`]: the first thing found wrong. Costs n log n for n positions, whatever they are.
pub fn polygons<P: AsRef<[f64]>>(raw: &[Vec<Vec<P>>]) -> Result<MultiPolygon, GateError> {
    check_count(raw.iter().flatten().map(Vec::len).sum())?;
    let mut shape = Vec::with_capacity(raw.len());
    let mut sources = Vec::new();
    for (part, rings) in raw.iter().enumerate() {
        let mut polygon = Vec::with_capacity(rings.len());
        for (ring, raw_ring) in rings.iter().enumerate() {
            let at = Where::Ring { part, ring };
            let (points, source) = closed_ring(raw_ring, at, |position| Where::Position { part, ring, position })?;
            polygon.push(points);
            sources.push(source);
        }
        shape.push(polygon);
    }
    checked(shape, |ring, vertex| sources[ring][vertex] as usize)
}

/// The same checks for a shape made inside; its rings may run either way and may or may not repeat their first position.
///
/// # Errors
/// [`GateError`]: the first thing found wrong.
pub fn fixed_polygons(shape: MultiPolygon) -> Result<MultiPolygon, GateError> {
    check_count(shape.iter().flat_map(Polygon::rings).map(Vec::len).sum())?;
    let rings = |polygon: Polygon| std::iter::once(polygon.outer).chain(polygon.holes);
    let mut shape: Vec<Vec<Ring>> = shape.into_iter().map(|polygon| rings(polygon).collect()).collect();
    for (part, rings) in shape.iter_mut().enumerate() {
        for (ring, points) in rings.iter_mut().enumerate() {
            points.dedup();
            if points.len() > 1 && points.first() == points.last() {
                points.pop();
            }
            let far = edges(points).enumerate().find(|(_, (a, b))| a.x.abs_diff(b.x) > HALF_GLOBE);
            if let Some((position, (a, b))) = far {
                let longitude = |p: FixedPoint| lonlat_from_fixed(p).lon();
                let at = Where::Position { part, ring, position };
                return Err(GateError::Antimeridian { at, from: longitude(a), to: longitude(b) });
            }
        }
    }
    checked(shape, |_, vertex| vertex)
}

fn check_count(got: usize) -> Result<(), GateError> {
    if got > MAX_POSITIONS { Err(GateError::TooMany { got }) } else { Ok(()) }
}

fn position(raw: &[f64], at: Where) -> Result<LonLat, GateError> {
    let &([lon, lat] | [lon, lat, _]) = raw else {
        return Err(GateError::Numbers { at, got: raw.len() });
    };
    let checked = LonLat::new(lon, lat)
        .and_then(|p| if p.lat().abs() > MAX_LATITUDE { Err(GeometryError::BeyondMap(p.lat())) } else { Ok(p) });
    checked.map_err(|source| GateError::OffMap { at, source })
}

/// Positions in fixed-point with repeats left out, each with the number of the raw one it stands for.
fn positions<P: AsRef<[f64]>>(
    raw: &[P],
    at: impl Fn(usize) -> Where,
) -> Result<(Vec<FixedPoint>, Vec<u32>), GateError> {
    let mut points: Vec<FixedPoint> = Vec::with_capacity(raw.len());
    let mut sources = Vec::with_capacity(raw.len());
    let mut before: Option<LonLat> = None;
    for (number, raw) in raw.iter().enumerate() {
        let p = position(raw.as_ref(), at(number))?;
        if let Some(before) = before.filter(|before| (before.lon() - p.lon()).abs() > 180.0) {
            return Err(GateError::Antimeridian { at: at(number - 1), from: before.lon(), to: p.lon() });
        }
        before = Some(p);
        let fixed = fixed_from_lonlat(p);
        if points.last() != Some(&fixed) {
            points.push(fixed);
            sources.push(number as u32);
        }
    }
    Ok((points, sources))
}

fn closed_ring<P: AsRef<[f64]>>(
    raw: &[P],
    ring: Where,
    at: impl Fn(usize) -> Where,
) -> Result<(Ring, Vec<u32>), GateError> {
    let (mut points, mut sources) = positions(raw, at)?;
    let ends = raw.first().zip(raw.last()).map(|(first, last)| (first.as_ref(), last.as_ref()));
    if let Some((first, last)) = ends.filter(|(first, last)| raw.len() > 1 && first[..2] != last[..2]) {
        let pair = |p: &[f64]| [p[0], p[1]];
        return Err(GateError::Unclosed { at: ring, first: pair(first), last: pair(last) });
    }
    if raw.len() < 4 {
        return Err(GateError::TooFew { at: ring, got: raw.len(), needs: 4 });
    }
    if points.len() > 1 {
        points.pop();
        sources.pop();
    }
    Ok((points, sources))
}

/// The checks every shape goes through, and the directions of its rings. `source` gives the raw number of a vertex of the
/// n-th ring.
fn checked(mut shape: Vec<Vec<Ring>>, source: impl Fn(usize, usize) -> usize) -> Result<MultiPolygon, GateError> {
    if shape.is_empty() {
        return Err(GateError::Empty { at: Where::Shape, needs: "polygon" });
    }
    let mut places = Vec::new();
    let mut rings = Vec::new();
    for (part, polygon) in shape.iter().enumerate() {
        if polygon.is_empty() {
            return Err(GateError::Empty { at: Where::Part { part }, needs: "ring" });
        }
        for (ring, points) in polygon.iter().enumerate() {
            if on_one_line(points) {
                return Err(GateError::Collapsed { at: Where::Ring { part, ring } });
            }
            places.push((part, ring));
            rings.push(RingInPart { part, hole: ring > 0, points });
        }
    }
    if let Some(fault) = first_fault(&rings) {
        return Err(named(fault, &places, source));
    }
    let polygons = shape.iter_mut().map(|rings| {
        let mut rings = rings.drain(..);
        let outer = rings.next().map(|ring| directed(ring, true)).unwrap_or_default();
        Polygon { outer, holes: rings.map(|ring| directed(ring, false)).collect() }
    });
    Ok(polygons.collect())
}

fn on_one_line(points: &[FixedPoint]) -> bool {
    match points {
        [a, b, rest @ ..] => rest.iter().all(|c| turn(*a, *b, *c) == 0),
        _ => true,
    }
}

fn directed(mut ring: Ring, clockwise: bool) -> Ring {
    if (doubled_area(&ring) > 0) != clockwise {
        ring.reverse();
    }
    ring
}

/// A fault with its place in the coordinates as they were given.
fn named(fault: Fault, places: &[(usize, usize)], source: impl Fn(usize, usize) -> usize) -> GateError {
    let ring = |number: usize| Where::Ring { part: places[number].0, ring: places[number].1 };
    let spot = |Spot { ring, vertex }: Spot| {
        let (part, number) = places[ring];
        Where::Position { part, ring: number, position: source(ring, vertex) }
    };
    match fault {
        Fault::Crossing(s, t, p) => GateError::Crossing { first: spot(s), second: spot(t), near: p.into() },
        Fault::Overlap(s, t, p) => GateError::Overlap { first: spot(s), second: spot(t), near: p.into() },
        Fault::SelfTouch(s, t, p) => GateError::SelfTouch { first: spot(s), second: spot(t), near: p.into() },
        Fault::Disconnected(s, t, p) => GateError::Disconnected { first: spot(s), second: spot(t), near: p.into() },
        Fault::HoleOutside(hole) => GateError::HoleOutside { hole: ring(hole) },
        Fault::HoleInHole(hole, other) => GateError::HoleInHole { hole: ring(hole), other: ring(other) },
        Fault::PartInPart(part, other) => GateError::PartInPart { part: ring(part), other: ring(other) },
    }
}

#[cfg(test)]
mod tests;
