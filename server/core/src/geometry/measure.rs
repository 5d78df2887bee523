//! Lengths and areas on the WGS-84 ellipsoid.
//!
//! Source: C. F. F. Karney, Algorithms for geodesics, J. Geodesy 87 (2013), through geo's geodesic measures. Edges are taken
//! as geodesics between their ends, which differs from the map's straight lines by less than 1e-6 over a few kilometres.

use super::position::{FixedPoint, lonlat_from_fixed};
use super::shape::{MultiPolygon, Ring};
use geo::{Distance, Geodesic, GeodesicArea, LineString, Point};

fn point(p: FixedPoint) -> Point<f64> {
    let p = lonlat_from_fixed(p);
    Point::new(p.lon(), p.lat())
}

fn ring_area_m2(ring: &Ring) -> f64 {
    let line: LineString<f64> = ring.iter().map(|p| point(*p)).collect();
    geo::Polygon::new(line, Vec::new()).geodesic_area_signed().abs()
}

/// Area of polygons without their holes, square metres; 0 for none. Rings are smaller than half the globe.
pub fn area_m2(polygons: &MultiPolygon) -> f64 {
    let of = |rings: &[Ring]| rings.iter().map(ring_area_m2).sum::<f64>();
    polygons.iter().map(|polygon| ring_area_m2(&polygon.outer) - of(&polygon.holes)).sum()
}

/// Length of a line, metres; 0 for fewer than two positions.
pub fn length_m(line: &[FixedPoint]) -> f64 {
    line.windows(2).map(|step| distance_m(step[0], step[1])).sum()
}

/// Shortest way over the ellipsoid between two positions, metres.
pub fn distance_m(from: FixedPoint, to: FixedPoint) -> f64 {
    Geodesic.distance(point(from), point(to))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::position::{LonLat, fixed_from_lonlat};
    use crate::geometry::shape::Polygon;

    fn at(lon: f64, lat: f64) -> FixedPoint {
        fixed_from_lonlat(LonLat::new(lon, lat).unwrap())
    }

    /// Published: geographiclib 2.0 for Python, Examples, "Solving the inverse problem" and "Area of a polygon".
    #[test]
    fn wellington_to_salamanca_and_antarctica_measure_as_published() {
        // Rounding to fixed-point moves an end by 7 mm at most.
        let way = distance_m(at(174.81, -41.32), at(-5.50, 40.96));
        assert!((way - 19_959_679.267).abs() < 0.015, "{way}");
        let antarctica = [
            (-63.1, -58.0),
            (-72.9, -74.0),
            (-71.9, -102.0),
            (-74.9, -102.0),
            (-74.3, -131.0),
            (-77.5, -163.0),
            (-77.4, 163.0),
            (-71.7, 172.0),
            (-65.9, 140.0),
            (-65.7, 113.0),
            (-66.6, 88.0),
            (-66.9, 59.0),
            (-69.8, 25.0),
            (-70.0, -4.0),
            (-71.0, -14.0),
            (-77.3, -33.0),
            (-77.9, -46.0),
            (-74.7, -61.0),
        ];
        let mut ring: Ring = antarctica.iter().map(|&(lat, lon)| at(lon, lat)).collect();
        let area = area_m2(&vec![Polygon { outer: ring.clone(), holes: Vec::new() }]);
        assert!((area / 13_662_703_680_020.1 - 1.0).abs() < 1e-8, "{area}");
        ring.push(ring[0]);
        let around = length_m(&ring);
        assert!((around - 16_831_067.893).abs() < 0.1, "{around}");
    }

    #[test]
    fn a_hole_is_taken_off_the_area() {
        let square = |half: f64| -> Ring {
            [(-half, -half), (half, -half), (half, half), (-half, half)].map(|(x, y)| at(117.65 + x, 24.51 + y)).into()
        };
        let area = |outer: f64, holes: Vec<Ring>| area_m2(&vec![Polygon { outer: square(outer), holes }]);
        let (whole, hole) = (area(0.01, Vec::new()), area(0.005, Vec::new()));
        assert!((area(0.01, vec![square(0.005)]) - (whole - hole)).abs() < 1e-6);
        assert!((whole / hole - 4.0).abs() < 1e-3);
    }

    #[test]
    fn a_degree_along_the_equator_is_a_360th_of_its_length() {
        let degree = 2.0 * std::f64::consts::PI * 6_378_137.0 / 360.0;
        assert!((distance_m(at(10.0, 0.0), at(11.0, 0.0)) - degree).abs() < 0.02);
    }
}
