//! How large pieces of land are, measured where they lie.
//!
//! Edges are the straight ones of the map, so a corner in the middle of an edge changes nothing; of the geodesics of
//! [`measure`](crate::geometry::measure) that is not true, and beside a sliver it matters.

use crate::geometry::exact::{doubled_area, edges};
use crate::geometry::position::{EARTH_RADIUS_M, FixedPoint, HALF_WORLD_M, lonlat_from_fixed};
use crate::geometry::shape::{FixedBox, MultiPolygon, Polygon};

/// Square of the first eccentricity of the WGS-84 ellipsoid.
const ECCENTRICITY_2: f64 = 6.694_379_990_141_3e-3;

/// Metres a unit at a height of the map if the Earth were a sphere, and its cosine's square.
fn on_the_sphere(at: FixedPoint) -> (f64, f64) {
    let (unit, latitude) = (2.0 * HALF_WORLD_M / (1u64 << 32) as f64, lonlat_from_fixed(at).lat().to_radians());
    (unit * latitude.cos(), latitude.sin().powi(2))
}

/// Metres a fixed-point unit at the height of a position, on the sphere; on the ellipsoid up to 0.7 % differ.
pub fn metres_a_unit(at: FixedPoint) -> f64 {
    on_the_sphere(at).0
}

/// Area of polygons without their holes, square metres on the ellipsoid; to 1e-6 of it for what is 10 km high.
///
/// Each polygon is measured with the scale of the map at its middle: that of the meridian times that of the parallel.
pub fn land_m2(polygons: &MultiPolygon) -> f64 {
    polygons.iter().map(polygon_m2).sum()
}

fn polygon_m2(polygon: &Polygon) -> f64 {
    let Some(bounds) = FixedBox::around(&polygon.outer) else { return 0.0 };
    let doubled: i128 = polygon.rings().map(|ring| doubled_area(ring)).sum();
    let (unit, sin_2) = on_the_sphere(bounds.middle());
    let root = (1.0 - ECCENTRICITY_2 * sin_2).sqrt();
    let (meridian, parallel) = (EARTH_RADIUS_M * (1.0 - ECCENTRICITY_2) / root.powi(3), EARTH_RADIUS_M / root);
    doubled as f64 / 2.0 * unit * unit * (meridian / EARTH_RADIUS_M) * (parallel / EARTH_RADIUS_M)
}

/// Distance of two positions, units.
pub(super) fn distance(p: FixedPoint, q: FixedPoint) -> f64 {
    (f64::from(p.x) - f64::from(q.x)).hypot(f64::from(p.y) - f64::from(q.y))
}

/// Distance of a position to the nearest one of an edge, units.
pub(super) fn distance_to(a: FixedPoint, b: FixedPoint, p: FixedPoint) -> f64 {
    to_edge((a, b), f64::from(p.x), f64::from(p.y))
}

/// Distance of a place to the nearest one of an edge, units.
pub(super) fn to_edge((a, b): (FixedPoint, FixedPoint), x: f64, y: f64) -> f64 {
    let (dx, dy) = (f64::from(b.x) - f64::from(a.x), f64::from(b.y) - f64::from(a.y));
    let (px, py) = (x - f64::from(a.x), y - f64::from(a.y));
    let share = ((px * dx + py * dy) / (dx * dx + dy * dy)).clamp(0.0, 1.0);
    // A way from a position to itself has no direction.
    let share = if share.is_nan() { 0.0 } else { share };
    (px - share * dx).hypot(py - share * dy)
}

/// Length of all rings, units.
pub(super) fn perimeter(shape: &MultiPolygon) -> f64 {
    shape.iter().flat_map(Polygon::rings).flat_map(|ring| edges(ring)).map(|(a, b)| distance(a, b)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::measure::area_m2;
    use crate::geometry::position::{LonLat, fixed_from_lonlat};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn land_is_as_large_as_on_the_ellipsoid(lon in -170.0..170.0f64, lat in -70.0..70.0f64, side in 0.001..0.03f64) {
            // A thousand corners a side, so that geodesics and the map's straight lines are one.
            let at = |x: f64, y: f64| fixed_from_lonlat(LonLat::new(lon + x * side, lat + y * side).unwrap());
            let step = |i: u32| f64::from(i) / 1000.0;
            let south = (0..1000).map(|i| at(step(i), 0.0));
            let east = (0..1000).map(|i| at(1.0, step(i)));
            let north = (0..1000).map(|i| at(1.0 - step(i), 1.0));
            let west = (0..1000).map(|i| at(0.0, 1.0 - step(i)));
            let mut outer: Vec<_> = south.chain(east).chain(north).chain(west).collect();
            outer.dedup();
            outer.reverse();
            let square = vec![Polygon { outer, holes: Vec::new() }];
            let (here, there) = (land_m2(&square), area_m2(&square));
            prop_assert!((here / there - 1.0).abs() < 2e-6, "{here} {there}");
        }

        #[test]
        fn a_distance_is_none_longer_than_that_to_either_end(p in prop::array::uniform6(0u32..1000)) {
            let at = |i: usize| FixedPoint { x: p[2 * i], y: p[2 * i + 1] };
            let near = distance_to(at(0), at(1), at(2));
            prop_assert!(near <= distance(at(0), at(2)).min(distance(at(1), at(2))) + 1e-9);
        }
    }
}
