//! Plane geometry of the generator: spots in metres around the district's centre, x east, y south.
//!
//! Only + − × ÷ and square roots are used, which give the same bits on every machine.

use std::ops::{Add, Mul, Neg, Sub};
use wangge_core::geometry::position::FixedPoint;

/// The district's centre: 117.65 E, 24.51 N.
pub const CENTRE: FixedPoint = FixedPoint { x: 3_551_102_821, y: 1_845_718_447 };
/// Ground metres of one fixed-point unit there.
pub const METRES_PER_UNIT: f64 = 0.008_489_892_823_548_296;

/// A place or a direction, metres east and south of the district's centre.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spot {
    /// Metres east.
    pub x: f64,
    /// Metres south.
    pub y: f64,
}

/// A spot.
pub const fn spot(x: f64, y: f64) -> Spot {
    Spot { x, y }
}

impl Add for Spot {
    type Output = Self;
    fn add(self, o: Self) -> Self {
        spot(self.x + o.x, self.y + o.y)
    }
}

impl Sub for Spot {
    type Output = Self;
    fn sub(self, o: Self) -> Self {
        spot(self.x - o.x, self.y - o.y)
    }
}

impl Mul<f64> for Spot {
    type Output = Self;
    fn mul(self, k: f64) -> Self {
        spot(self.x * k, self.y * k)
    }
}

impl Neg for Spot {
    type Output = Self;
    fn neg(self) -> Self {
        spot(-self.x, -self.y)
    }
}

impl Spot {
    /// Scalar product.
    pub fn dot(self, o: Self) -> f64 {
        self.x * o.x + self.y * o.y
    }

    /// Positive when `o` lies clockwise (as seen on the map) of this direction.
    pub fn cross(self, o: Self) -> f64 {
        self.x * o.y - self.y * o.x
    }

    /// Length in metres.
    pub fn len(self) -> f64 {
        self.dot(self).sqrt()
    }

    /// Distance in metres.
    pub fn to(self, o: Self) -> f64 {
        (o - self).len()
    }

    /// Direction of length 1; east for no length.
    pub fn unit(self) -> Self {
        let len = self.len();
        if len > 1e-9 { self * (1.0 / len) } else { spot(1.0, 0.0) }
    }

    /// A quarter turn clockwise as seen on the map.
    pub fn right(self) -> Self {
        spot(-self.y, self.x)
    }

    /// Between two spots: this one at 0, the other at 1.
    pub fn toward(self, o: Self, share: f64) -> Self {
        self + (o - self) * share
    }

    /// Turned clockwise by an angle given as its direction.
    pub fn turned(self, by: Self) -> Self {
        spot(self.x * by.x - self.y * by.y, self.x * by.y + self.y * by.x)
    }

    /// The fixed-point position, rounded to a unit.
    pub fn fixed(self) -> FixedPoint {
        let unit = |m: f64, c: u32| (f64::from(c) + (m / METRES_PER_UNIT).round()).clamp(0.0, 4_294_967_295.0) as u32;
        FixedPoint { x: unit(self.x, CENTRE.x), y: unit(self.y, CENTRE.y) }
    }

    /// The spot of a fixed-point position.
    pub fn from_fixed(p: FixedPoint) -> Self {
        let metres = |v: u32, c: u32| (f64::from(v) - f64::from(c)) * METRES_PER_UNIT;
        spot(metres(p.x, CENTRE.x), metres(p.y, CENTRE.y))
    }
}

/// Direction after a part of a full turn clockwise from east.
pub fn direction(turns: f64) -> Spot {
    let turns = turns - turns.floor();
    let quarter = (turns * 4.0).round();
    let a = (turns - quarter / 4.0) * std::f64::consts::TAU;
    let q = a * a;
    // Taylor series on ±π/4: exact to 1e-9, the same on every machine.
    let sin = a * (1.0 - q / 6.0 * (1.0 - q / 20.0 * (1.0 - q / 42.0 * (1.0 - q / 72.0 * (1.0 - q / 110.0)))));
    let cos = 1.0 - q / 2.0 * (1.0 - q / 12.0 * (1.0 - q / 30.0 * (1.0 - q / 56.0 * (1.0 - q / 90.0))));
    let mut d = spot(cos, sin);
    for _ in 0..(quarter as u32 % 4) {
        d = d.right();
    }
    d
}

/// Where on segment `a`–`b` a spot is nearest: share along it and distance.
pub fn nearest_on(a: Spot, b: Spot, p: Spot) -> (f64, f64) {
    let d = b - a;
    let t = if d.dot(d) > 0.0 { ((p - a).dot(d) / d.dot(d)).clamp(0.0, 1.0) } else { 0.0 };
    (t, a.toward(b, t).to(p))
}

/// Where segment `a`–`b` meets `c`–`d`: shares along each.
pub fn meeting(a: Spot, b: Spot, c: Spot, d: Spot) -> Option<(f64, f64)> {
    let (r, s) = (b - a, d - c);
    let den = r.cross(s);
    if den.abs() < 1e-12 {
        return None;
    }
    let (t, u) = ((c - a).cross(s) / den, (c - a).cross(r) / den);
    ((0.0..=1.0).contains(&t) && (0.0..=1.0).contains(&u)).then_some((t, u))
}

/// The sides of a ring, each as start and end.
pub fn sides(ring: &[Spot]) -> impl Iterator<Item = (Spot, Spot)> + '_ {
    (0..ring.len()).map(|i| (ring[i], ring[(i + 1) % ring.len()]))
}

/// Area of a ring in m²; positive when clockwise as seen on the map.
pub fn area_m2(ring: &[Spot]) -> f64 {
    sides(ring).map(|(a, b)| a.cross(b)).sum::<f64>() / 2.0
}

/// Centre of mass of a ring.
pub fn centroid(ring: &[Spot]) -> Spot {
    let Some(&o) = ring.first() else { return spot(0.0, 0.0) };
    let (mut sum, mut area) = (spot(0.0, 0.0), 0.0);
    for (a, b) in sides(ring) {
        let w = (a - o).cross(b - o);
        sum = sum + (a - o + (b - o)) * w;
        area += w;
    }
    if area.abs() < 1e-9 { o } else { o + sum * (1.0 / (3.0 * area)) }
}

/// Whether a spot lies inside a ring.
pub fn holds(ring: &[Spot], p: Spot) -> bool {
    sides(ring)
        .filter(|&(a, b)| (a.y > p.y) != (b.y > p.y) && p.x < a.x + (p.y - a.y) / (b.y - a.y) * (b.x - a.x))
        .count()
        % 2
        == 1
}

/// Distance from a spot to a ring's sides.
pub fn distance_to(ring: &[Spot], p: Spot) -> f64 {
    sides(ring).map(|(a, b)| nearest_on(a, b, p).1).fold(f64::INFINITY, f64::min)
}

/// Smallest and largest coordinate of spots along a direction.
pub fn extent(spots: &[Spot], along: Spot) -> (f64, f64) {
    spots.iter().map(|p| p.dot(along)).fold((f64::INFINITY, f64::NEG_INFINITY), |(lo, hi), v| (lo.min(v), hi.max(v)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use wangge_core::geometry::position::{LonLat, fixed_from_lonlat, metres_per_unit};

    #[test]
    fn the_centre_and_its_scale_are_those_of_the_map() {
        let there = fixed_from_lonlat(LonLat::new(117.65, 24.51).unwrap());
        assert_eq!(there, CENTRE);
        assert!((metres_per_unit(CENTRE) - METRES_PER_UNIT).abs() < 1e-9);
    }

    #[test]
    fn directions_agree_with_sine_and_cosine() {
        for i in 0..1_000 {
            let turns = f64::from(i) / 333.0;
            let (sin, cos) = (turns * std::f64::consts::TAU).sin_cos();
            let d = direction(turns);
            assert!((d.x - cos).abs() < 1e-8 && (d.y - sin).abs() < 1e-8, "{turns}");
        }
    }

    #[test]
    fn a_fixed_spot_comes_back_within_a_unit() {
        for p in [spot(0.0, 0.0), spot(1234.5, -987.6), spot(-8000.0, 8000.0)] {
            assert!(Spot::from_fixed(p.fixed()).to(p) < METRES_PER_UNIT);
        }
    }
}
