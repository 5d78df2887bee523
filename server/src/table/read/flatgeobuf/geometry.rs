//! A FlatGeobuf geometry as a shape.

use crate::table::shape::{Position, RawShape};
use flatgeobuf::{Geometry, GeometryType};

/// Shape of a geometry, and whether heights or measures were dropped.
///
/// Parts may point at the same positions again and again, so these are counted: at most `most` are taken.
///
/// # Errors
/// What is wrong with it.
pub(super) fn shape(geometry: Geometry<'_>, of_layer: GeometryType, most: usize) -> Result<(RawShape, bool), String> {
    let kind = if of_layer == GeometryType::Unknown { geometry.type_() } else { of_layer };
    let mut left = most;
    let shape = match kind {
        GeometryType::Point => match positions(geometry, &mut left)?.as_slice() {
            [position] => RawShape::Point(*position),
            positions => return Err(format!("has {} positions; a Point has one", positions.len())),
        },
        GeometryType::MultiPoint => RawShape::Points(positions(geometry, &mut left)?),
        GeometryType::LineString => RawShape::Lines(vec![positions(geometry, &mut left)?]),
        GeometryType::MultiLineString => RawShape::Lines(rings(geometry, &mut left)?),
        GeometryType::Polygon => RawShape::Polygons(vec![rings(geometry, &mut left)?]),
        GeometryType::MultiPolygon => match geometry.parts() {
            Some(parts) => {
                let polygons: Result<_, String> = parts.iter().map(|part| rings(part, &mut left)).collect();
                RawShape::Polygons(polygons?)
            }
            None => RawShape::Polygons(vec![rings(geometry, &mut left)?]),
        },
        other => {
            let name = other.variant_name().unwrap_or("of an unknown type");
            return Err(format!("is {name}; points, lines, polygons and their multiples are taken"));
        }
    };
    let has_more = |part: Geometry<'_>| part.z().is_some() || part.m().is_some();
    let has_heights = has_more(geometry) || geometry.parts().is_some_and(|parts| parts.iter().any(has_more));
    Ok((shape, has_heights))
}

fn positions(geometry: Geometry<'_>, left: &mut usize) -> Result<Vec<Position>, String> {
    let Some(xy) = geometry.xy() else { return Ok(Vec::new()) };
    if xy.len() % 2 == 1 {
        return Err(format!("has {} numbers, which are no pairs", xy.len()));
    }
    let count = xy.len() / 2;
    *left = left.checked_sub(count).ok_or("has more positions than are taken")?;
    Ok((0..count).map(|n| [xy.get(2 * n), xy.get(2 * n + 1)]).collect())
}

fn rings(geometry: Geometry<'_>, left: &mut usize) -> Result<Vec<Vec<Position>>, String> {
    let all = positions(geometry, left)?;
    let Some(ends) = geometry.ends().filter(|ends| !ends.is_empty()) else {
        return Ok(if all.is_empty() { Vec::new() } else { vec![all] });
    };
    let mut start = 0;
    let ring = |end: u32| {
        let ring = all.get(start..end as usize).map(<[Position]>::to_vec);
        let message = || format!("has a part from position {start} to {end} of {}", all.len());
        let ring = ring.ok_or_else(message)?;
        start = end as usize;
        Ok(ring)
    };
    ends.iter().map(ring).collect()
}
