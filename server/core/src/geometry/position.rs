//! Positions in their three spaces: CRS84 degrees, EPSG:3857 metres, and fixed-point on the WebMercatorQuad square.

use serde::{Deserialize, Serialize};

/// Radius of the sphere of EPSG:3857, metres (the WGS-84 semi-major axis).
pub const EARTH_RADIUS_M: f64 = 6_378_137.0;
/// Half the side of the WebMercatorQuad square, metres.
pub const HALF_WORLD_M: f64 = EARTH_RADIUS_M * std::f64::consts::PI;
/// Latitude at the edge of the WebMercatorQuad square, degrees.
pub const MAX_LATITUDE: f64 = 85.051_128_779_806_6;

/// What is wrong with a position, box or tile address.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum GeometryError {
    /// NaN or infinite.
    #[error("coordinate [{0}, {1}] is not finite; longitude and latitude must be numbers")]
    NotFinite(f64, f64),
    /// Longitude outside the globe.
    #[error("longitude {0} is outside -180..=180")]
    Longitude(f64),
    /// Latitude outside the globe.
    #[error("latitude {lat} is outside -90..=90{}", if *.swapped { "; longitude and latitude look swapped, longitude comes first" } else { "" })]
    Latitude {
        /// The latitude given.
        lat: f64,
        /// Whether the pair would be valid the other way round.
        swapped: bool,
    },
    /// Latitude on the globe but outside the map square.
    #[error("latitude {0} is outside the map's -85.0511..=85.0511")]
    BeyondMap(f64),
    /// A box whose southern edge lies north of its northern one.
    #[error("south {south} lies north of north {north}; a box is west, south, east, north")]
    SouthOfNorth {
        /// The southern edge given.
        south: f64,
        /// The northern edge given.
        north: f64,
    },
    /// Zoom above the deepest one served.
    #[error("zoom {0} is above {max}", max = super::tile::MAX_ZOOM)]
    ZoomTooHigh(u32),
    /// Column or row outside the zoom's matrix.
    #[error("tile {z}/{x}/{y} is outside the pyramid; at zoom {z} columns and rows are 0..={max}")]
    OutsidePyramid {
        /// Zoom level.
        z: u8,
        /// Column.
        x: u64,
        /// Row.
        y: u64,
        /// Largest column and row at this zoom.
        max: u32,
    },
}

/// A CRS84 position: WGS-84 degrees, longitude first, finite and in range.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "[f64; 2]", into = "[f64; 2]")]
pub struct LonLat {
    lon: f64,
    lat: f64,
}

impl LonLat {
    /// Checked position.
    ///
    /// # Errors
    /// [`GeometryError`] when a coordinate is not finite or outside the globe; a latitude that would be valid as a
    /// longitude is reported as swapped.
    pub fn new(lon: f64, lat: f64) -> Result<Self, GeometryError> {
        if !lon.is_finite() || !lat.is_finite() {
            return Err(GeometryError::NotFinite(lon, lat));
        }
        if lat.abs() > 90.0 {
            return Err(GeometryError::Latitude { lat, swapped: lat.abs() <= 180.0 && lon.abs() <= 90.0 });
        }
        if lon.abs() > 180.0 {
            return Err(GeometryError::Longitude(lon));
        }
        Ok(Self { lon, lat })
    }

    /// Longitude, degrees east.
    pub fn lon(self) -> f64 {
        self.lon
    }

    /// Latitude, degrees north.
    pub fn lat(self) -> f64 {
        self.lat
    }
}

impl TryFrom<[f64; 2]> for LonLat {
    type Error = GeometryError;
    fn try_from([lon, lat]: [f64; 2]) -> Result<Self, GeometryError> {
        Self::new(lon, lat)
    }
}

impl From<LonLat> for [f64; 2] {
    fn from(p: LonLat) -> Self {
        [p.lon, p.lat]
    }
}

/// An EPSG:3857 position, metres, x east and y north.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Mercator {
    /// Metres east of the Greenwich meridian.
    pub x: f64,
    /// Metres north of the equator.
    pub y: f64,
}

/// Spherical Mercator of a position; latitudes beyond ±85.0511° clamp to the edge of the square.
///
/// Source: OGC 17-083r4, annex D (WebMercatorQuad).
pub fn mercator_from_lonlat(p: LonLat) -> Mercator {
    // asinh(tan φ), by the identity that needs one sine and one logarithm.
    let sine = p.lat.clamp(-MAX_LATITUDE, MAX_LATITUDE).to_radians().sin();
    let y = 0.5 * ((1.0 + sine) / (1.0 - sine)).ln();
    Mercator { x: EARTH_RADIUS_M * p.lon.to_radians(), y: EARTH_RADIUS_M * y }
}

/// Position of a spherical Mercator point; points outside the square clamp to the globe.
pub fn lonlat_from_mercator(p: Mercator) -> LonLat {
    let lon = (p.x / EARTH_RADIUS_M).to_degrees().clamp(-180.0, 180.0);
    let lat = (p.y / EARTH_RADIUS_M).sinh().atan().to_degrees().clamp(-90.0, 90.0);
    LonLat { lon, lat }
}

/// A position on the WebMercatorQuad square in 2³² units a side: x east from −180°, y **south** from +85.0511°.
///
/// One unit is 9.3 mm at the equator. This is how geometry is stored: equal positions are equal integers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct FixedPoint {
    /// Units east of the antimeridian.
    pub x: u32,
    /// Units south of the square's northern edge.
    pub y: u32,
}

/// Units a side of the fixed-point square.
pub const FIXED_WORLD: f64 = 4_294_967_296.0;

/// Fixed-point position, rounded to the nearest unit; the eastern and southern edges clamp to the last unit.
pub fn fixed_from_lonlat(p: LonLat) -> FixedPoint {
    let m = mercator_from_lonlat(p);
    let unit = |share: f64| (share * FIXED_WORLD).round().clamp(0.0, FIXED_WORLD - 1.0) as u32;
    FixedPoint { x: unit(0.5 + m.x / (2.0 * HALF_WORLD_M)), y: unit(0.5 - m.y / (2.0 * HALF_WORLD_M)) }
}

/// Position of a fixed-point position, degrees.
pub fn lonlat_from_fixed(p: FixedPoint) -> LonLat {
    lonlat_from_mercator(mercator_from_fixed(p))
}

/// Spherical Mercator of a fixed-point position, metres.
pub fn mercator_from_fixed(p: FixedPoint) -> Mercator {
    let x = (f64::from(p.x) / FIXED_WORLD - 0.5) * 2.0 * HALF_WORLD_M;
    let y = (0.5 - f64::from(p.y) / FIXED_WORLD) * 2.0 * HALF_WORLD_M;
    Mercator { x, y }
}

/// Ground metres of one fixed-point unit at a position's latitude (Mercator's scale, within 0.3 % of the ellipsoid).
pub fn metres_per_unit(at: FixedPoint) -> f64 {
    let lat = lonlat_from_fixed(at).lat().to_radians();
    2.0 * HALF_WORLD_M / FIXED_WORLD * lat.cos()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn mercator_of_the_epsg_example_is_as_published() {
        // IOGP 373-7-2 (EPSG guidance note 7 part 2), 3.2.1.2: Popular Visualisation Pseudo-Mercator.
        let p = LonLat::new(-(100.0 + 20.0 / 60.0), 24.0 + 22.0 / 60.0 + 54.433 / 3600.0).unwrap();
        let m = mercator_from_lonlat(p);
        assert!((m.x - -11_169_055.58).abs() < 0.01 && (m.y - 2_800_000.00).abs() < 0.01, "{m:?}");
    }

    #[test]
    fn what_is_no_position_is_refused_and_a_swap_is_said() {
        let message = |lon, lat| LonLat::new(lon, lat).unwrap_err().to_string();
        assert_eq!(
            message(24.51, 117.65),
            "latitude 117.65 is outside -90..=90; longitude and latitude look swapped, longitude comes first"
        );
        assert_eq!(message(117.65, 95.0), "latitude 95 is outside -90..=90");
        assert_eq!(message(180.5, 0.0), "longitude 180.5 is outside -180..=180");
        assert_eq!(message(f64::NAN, 0.0), "coordinate [NaN, 0] is not finite; longitude and latitude must be numbers");
        assert!(LonLat::new(0.0, f64::NEG_INFINITY).is_err());
    }

    #[test]
    fn the_edges_of_the_world_clamp() {
        let fixed = |lon, lat| fixed_from_lonlat(LonLat::new(lon, lat).unwrap());
        assert_eq!(fixed(-180.0, 90.0), FixedPoint { x: 0, y: 0 });
        assert_eq!(fixed(180.0, -90.0), FixedPoint { x: u32::MAX, y: u32::MAX });
        assert_eq!(fixed(0.0, 0.0), FixedPoint { x: 1 << 31, y: 1 << 31 });
    }

    #[test]
    fn a_unit_is_nine_millimetres_at_the_equator_and_half_at_sixty_degrees() {
        let at = |lat| metres_per_unit(fixed_from_lonlat(LonLat::new(0.0, lat).unwrap()));
        assert!((at(0.0) - 0.009_331).abs() < 1e-6);
        assert!((at(60.0) / at(0.0) - 0.5).abs() < 1e-6);
    }

    proptest! {
        #[test]
        fn fixed_positions_survive_degrees_and_metres(x in any::<u32>(), y in any::<u32>()) {
            let p = FixedPoint { x, y };
            prop_assert_eq!(fixed_from_lonlat(lonlat_from_fixed(p)), p);
        }

        #[test]
        fn degrees_survive_fixed_to_half_a_unit(lon in -180.0..180.0f64, lat in -85.05..85.05f64) {
            let back = lonlat_from_fixed(fixed_from_lonlat(LonLat::new(lon, lat).unwrap()));
            // Half a unit is 4.2e-8 degrees of longitude; the last unit before the antimeridian clamps.
            prop_assert!((back.lon() - lon).abs() <= 8.4e-8 && (back.lat() - lat).abs() <= 4.3e-8);
        }

        #[test]
        fn degrees_survive_mercator(lon in -180.0..=180.0f64, lat in -85.05..=85.05f64) {
            let p = LonLat::new(lon, lat).unwrap();
            let back = lonlat_from_mercator(mercator_from_lonlat(p));
            prop_assert!((back.lon() - lon).abs() < 1e-12 && (back.lat() - lat).abs() < 1e-12);
        }
    }
}
