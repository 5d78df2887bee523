//! The two shifted datums of Chinese maps, GCJ-02 (Amap, Tencent) and BD-09 (Baidu), and the way between them and WGS-84.
//!
//! China is taken as one box of WGS-84 degrees, [`CHINA`]; outside of it both datums are WGS-84 itself. Baidu says the same
//! of its own coordinates abroad. Nothing here guesses which datum numbers are in.
//!
//! Source: neither agency publishes a definition. These are the functions found by others in 2013 (EvilTransform for
//! GCJ-02, `bd_encrypt` for BD-09) in the form of gcoord 1.0.7, whose values the tests hold; the agencies'
//! own may differ from them a little. The way back is the exact inverse of the way there, by iteration, and not a second
//! formula.

use super::position::{GeometryError, LonLat};
use std::f64::consts::PI;

/// The box within which positions are shifted, WGS-84 degrees, its border included: west, south, east, north.
pub const CHINA: [f64; 4] = [72.004, 0.8293, 137.8347, 55.8271];

/// A GCJ-02 position: degrees, longitude first, finite and in range.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Gcj02(LonLat);

/// A BD-09 position: degrees, longitude first, finite and in range. Baidu's metres (BD-09 Mercator) are not this.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bd09(LonLat);

impl Gcj02 {
    /// Checked position.
    ///
    /// # Errors
    /// [`GeometryError`] when a coordinate is not finite or outside the globe.
    pub fn new(lon: f64, lat: f64) -> Result<Self, GeometryError> {
        LonLat::new(lon, lat).map(Self)
    }

    /// Longitude as the datum has it, degrees.
    pub fn lon(self) -> f64 {
        self.0.lon()
    }

    /// Latitude as the datum has it, degrees.
    pub fn lat(self) -> f64 {
        self.0.lat()
    }
}

impl Bd09 {
    /// Checked position.
    ///
    /// # Errors
    /// [`GeometryError`] when a coordinate is not finite or outside the globe.
    pub fn new(lon: f64, lat: f64) -> Result<Self, GeometryError> {
        LonLat::new(lon, lat).map(Self)
    }

    /// Longitude as the datum has it, degrees.
    pub fn lon(self) -> f64 {
        self.0.lon()
    }

    /// Latitude as the datum has it, degrees.
    pub fn lat(self) -> f64 {
        self.0.lat()
    }
}

/// GCJ-02 position of a WGS-84 one; the same numbers outside [`CHINA`].
pub fn gcj02_from_wgs84(p: LonLat) -> Gcj02 {
    Gcj02(if in_china(raw(p)) { position(gcj02_of(raw(p)), p) } else { p })
}

/// WGS-84 position of a GCJ-02 one, exact to 1e-11 degrees.
///
/// At the edge of [`CHINA`] the datum tears: for up to 900 m outside, the same numbers can stand for a position inside,
/// shifted, and for one outside, as it is; the one inside is meant then. For as far inside, some numbers stand for nothing
/// at all; they come back as they are.
pub fn wgs84_from_gcj02(p: Gcj02) -> LonLat {
    let wgs84 = unshifted(raw(p.0), gcj02_of);
    if came_from_china(wgs84) { position(wgs84, p.0) } else { p.0 }
}

/// BD-09 position of a GCJ-02 one; the same numbers where its WGS-84 position is outside [`CHINA`].
pub fn bd09_from_gcj02(p: Gcj02) -> Bd09 {
    let inside = came_from_china(unshifted(raw(p.0), gcj02_of));
    Bd09(if inside { position(bd09_of(raw(p.0)), p.0) } else { p.0 })
}

/// GCJ-02 position of a BD-09 one, exact to 1e-11 degrees; at the edge of [`CHINA`] as [`wgs84_from_gcj02`].
pub fn gcj02_from_bd09(p: Bd09) -> Gcj02 {
    let gcj02 = unshifted(raw(p.0), bd09_of);
    let inside = came_from_china(unshifted(gcj02, gcj02_of));
    Gcj02(if inside { position(gcj02, p.0) } else { p.0 })
}

/// BD-09 position of a WGS-84 one; the same numbers outside [`CHINA`].
pub fn bd09_from_wgs84(p: LonLat) -> Bd09 {
    Bd09(if in_china(raw(p)) { position(bd09_of(gcj02_of(raw(p))), p) } else { p })
}

/// WGS-84 position of a BD-09 one, exact to 1e-11 degrees; at the edge of [`CHINA`] as [`wgs84_from_gcj02`].
pub fn wgs84_from_bd09(p: Bd09) -> LonLat {
    let wgs84 = unshifted(unshifted(raw(p.0), bd09_of), gcj02_of);
    if came_from_china(wgs84) { position(wgs84, p.0) } else { p.0 }
}

fn raw(p: LonLat) -> [f64; 2] {
    [p.lon(), p.lat()]
}

/// A shifted position; `before` only where the shift would leave the globe, which it cannot within the box.
fn position([lon, lat]: [f64; 2], before: LonLat) -> LonLat {
    LonLat::new(lon, lat).unwrap_or(before)
}

fn in_china(wgs84: [f64; 2]) -> bool {
    is_within(wgs84, 0.0)
}

/// The same for a position found by iteration: one on the border may come out a last digit beside it.
fn came_from_china(wgs84: [f64; 2]) -> bool {
    is_within(wgs84, 1e-11)
}

fn is_within([lon, lat]: [f64; 2], margin: f64) -> bool {
    let [west, south, east, north] = CHINA;
    (west - margin..=east + margin).contains(&lon) && (south - margin..=north + margin).contains(&lat)
}

/// Semi-major axis of the Krasovsky 1940 ellipsoid, metres.
const KRASOVSKY_A_M: f64 = 6_378_245.0;
/// Its first eccentricity squared.
const KRASOVSKY_E2: f64 = 0.006_693_421_622_965_943;

/// GCJ-02 numbers of WGS-84 ones in the box.
fn gcj02_of([lon, lat]: [f64; 2]) -> [f64; 2] {
    let (x, y) = (lon - 105.0, lat - 35.0);
    let wave = |amplitude: f64, v: f64| amplitude * (v * PI).sin() * 2.0 / 3.0;
    let both = 0.1 * x * y + wave(20.0, 6.0 * x) + wave(20.0, 2.0 * x);
    let east_m = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x.abs().sqrt() + both;
    let east_m = east_m + wave(20.0, x) + wave(40.0, x / 3.0) + wave(150.0, x / 12.0) + wave(300.0, x / 30.0);
    let north_m = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.2 * x.abs().sqrt() + both;
    let north_m = north_m + wave(20.0, y) + wave(40.0, y / 3.0) + wave(160.0, y / 12.0) + wave(320.0, y / 30.0);
    let (sin, cos) = lat.to_radians().sin_cos();
    let magic = 1.0 - KRASOVSKY_E2 * sin * sin;
    let normal_m = KRASOVSKY_A_M / magic.sqrt();
    let meridian_m = KRASOVSKY_A_M * (1.0 - KRASOVSKY_E2) / (magic * magic.sqrt());
    [lon + (east_m / (normal_m * cos)).to_degrees(), lat + (north_m / meridian_m).to_degrees()]
}

/// BD-09 numbers of GCJ-02 ones in the box.
fn bd09_of([x, y]: [f64; 2]) -> [f64; 2] {
    const STEP: f64 = PI * 3000.0 / 180.0;
    let length = x.hypot(y) + 0.000_02 * (y * STEP).sin();
    let angle = y.atan2(x) + 0.000_003 * (x * STEP).cos();
    [length * angle.cos() + 0.0065, length * angle.sin() + 0.006]
}

/// What a shift makes these numbers from, by fixed-point iteration.
///
/// A step leaves at most a fiftieth of what was wrong before it, so five or six reach the last digits.
fn unshifted(shifted: [f64; 2], shift: impl Fn([f64; 2]) -> [f64; 2]) -> [f64; 2] {
    const LAST_DIGITS: f64 = 1e-13;
    let mut at = shifted;
    for _ in 0..8 {
        let [x, y] = shift(at);
        let (east, north) = (shifted[0] - x, shifted[1] - y);
        at = [at[0] + east, at[1] + north];
        if east.abs() < LAST_DIGITS && north.abs() < LAST_DIGITS {
            break;
        }
    }
    at
}

#[cfg(test)]
mod tests;
