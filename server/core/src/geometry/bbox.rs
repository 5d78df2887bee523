//! Boxes of CRS84 degrees, those over the antimeridian included.
//!
//! Boxes of stored geometry are [`FixedBox`]; this is how boxes come in and go out.

use super::position::{FixedPoint, GeometryError, LonLat, fixed_from_lonlat, lonlat_from_fixed};
use super::shape::FixedBox;
use super::tile::TileCoord;
use serde::{Deserialize, Serialize};

/// A CRS84 box in degrees, its border included.
///
/// West beyond east means that it crosses the antimeridian, as in RFC 7946, 5.2.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "[f64; 4]", into = "[f64; 4]")]
pub struct BBox {
    west: f64,
    south: f64,
    east: f64,
    north: f64,
}

impl BBox {
    /// Checked box.
    ///
    /// # Errors
    /// [`GeometryError`] when a corner is not finite or off the globe, or when south lies north of north.
    pub fn new(west: f64, south: f64, east: f64, north: f64) -> Result<Self, GeometryError> {
        LonLat::new(west, south)?;
        LonLat::new(east, north)?;
        if south > north {
            return Err(GeometryError::SouthOfNorth { south, north });
        }
        Ok(Self { west, south, east, north })
    }

    /// Western edge, degrees.
    pub fn west(self) -> f64 {
        self.west
    }

    /// Southern edge, degrees.
    pub fn south(self) -> f64 {
        self.south
    }

    /// Eastern edge, degrees.
    pub fn east(self) -> f64 {
        self.east
    }

    /// Northern edge, degrees.
    pub fn north(self) -> f64 {
        self.north
    }

    /// Whether it crosses the antimeridian.
    pub fn crosses_antimeridian(self) -> bool {
        self.west > self.east
    }

    /// Whether a position is inside or on the border.
    pub fn contains(self, p: LonLat) -> bool {
        (self.south..=self.north).contains(&p.lat()) && self.spans().iter().any(|(w, e)| (*w..=*e).contains(&p.lon()))
    }

    /// Whether two boxes share a position. Longitudes -180 and 180 are the same meridian here.
    pub fn meets(self, other: Self) -> bool {
        let lat = self.south <= other.north && other.south <= self.north;
        let lon = self.spans().iter().any(|a| other.spans().iter().any(|b| a.0 <= b.1 && b.0 <= a.1));
        let edge = |spans: Vec<(f64, f64)>, lon: f64| spans.iter().any(|s| s.0 == lon || s.1 == lon);
        let over = |a: Self, b: Self| edge(a.spans(), 180.0) && edge(b.spans(), -180.0);
        lat && (lon || over(self, other) || over(other, self))
    }

    /// Smallest box around positions, over the antimeridian where that is narrower; none for no positions.
    pub fn around(points: impl IntoIterator<Item = LonLat>) -> Option<Self> {
        let points: Vec<LonLat> = points.into_iter().collect();
        let mut lons: Vec<f64> = points.iter().map(|p| p.lon()).collect();
        lons.sort_by(f64::total_cmp);
        let (&least, &most) = lons.first().zip(lons.last())?;
        let south = points.iter().map(|p| p.lat()).fold(f64::INFINITY, f64::min);
        let north = points.iter().map(|p| p.lat()).fold(f64::NEG_INFINITY, f64::max);
        // The box leaves out the widest gap between neighbouring longitudes; the gap over the antimeridian wins a tie.
        let outer_gap = least + 360.0 - most;
        let widest =
            lons.windows(2).map(|pair| (pair[1] - pair[0], pair[0], pair[1])).max_by(|a, b| a.0.total_cmp(&b.0));
        let (west, east) = match widest {
            Some((gap, before, after)) if gap > outer_gap => (after, before),
            _ => (least, most),
        };
        Some(Self { west, south, east, north })
    }

    /// Box of a tile.
    pub fn tile_bbox(tile: TileCoord) -> Self {
        // The last unit's far side is the edge of the world, which has no fixed-point position of its own.
        let (x, y) = tile.fixed_range();
        let corner = |x: u64, y: u64| {
            let last = u64::from(u32::MAX);
            let p = lonlat_from_fixed(FixedPoint { x: x.min(last) as u32, y: y.min(last) as u32 });
            let lat = if y > last { -super::position::MAX_LATITUDE } else { p.lat() };
            (if x > last { 180.0 } else { p.lon() }, lat)
        };
        let ((west, north), (east, south)) = (corner(x.start, y.start), corner(x.end, y.end));
        Self { west, south, east, north }
    }

    /// CRS84 box of a fixed-point one.
    pub fn from_fixed(bounds: FixedBox) -> Self {
        let (north_west, south_east) = (lonlat_from_fixed(bounds.min), lonlat_from_fixed(bounds.max));
        Self { west: north_west.lon(), south: south_east.lat(), east: south_east.lon(), north: north_west.lat() }
    }

    /// The box on the fixed-point square: two boxes when it crosses the antimeridian.
    pub fn fixed_boxes(self) -> Vec<FixedBox> {
        let corner = |lon: f64, lat: f64| LonLat::new(lon, lat).map(fixed_from_lonlat);
        let boxed = |(west, east): (f64, f64)| {
            let (min, max) = (corner(west, self.north).ok()?, corner(east, self.south).ok()?);
            Some(FixedBox { min, max })
        };
        self.spans().into_iter().filter_map(boxed).collect()
    }

    /// Longitudes from west to east, cut at the antimeridian.
    fn spans(self) -> Vec<(f64, f64)> {
        if self.crosses_antimeridian() {
            vec![(self.west, 180.0), (-180.0, self.east)]
        } else {
            vec![(self.west, self.east)]
        }
    }
}

impl TryFrom<[f64; 4]> for BBox {
    type Error = GeometryError;
    fn try_from([west, south, east, north]: [f64; 4]) -> Result<Self, GeometryError> {
        Self::new(west, south, east, north)
    }
}

impl From<BBox> for [f64; 4] {
    fn from(b: BBox) -> Self {
        [b.west, b.south, b.east, b.north]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn position() -> impl Strategy<Value = LonLat> {
        (-180.0..=180.0f64, -90.0..=90.0f64).prop_map(|(lon, lat)| LonLat::new(lon, lat).unwrap())
    }

    fn bbox() -> impl Strategy<Value = BBox> {
        (position(), position())
            .prop_map(|(a, b)| BBox::new(a.lon(), a.lat().min(b.lat()), b.lon(), a.lat().max(b.lat())).unwrap())
    }

    #[test]
    fn a_box_from_fiji_to_samoa_crosses_the_antimeridian() {
        let pacific = BBox::new(177.0, -20.0, -171.0, -13.0).unwrap();
        let at = |lon, lat| LonLat::new(lon, lat).unwrap();
        assert!(pacific.crosses_antimeridian());
        assert!(pacific.contains(at(180.0, -17.0)) && pacific.contains(at(-180.0, -17.0)));
        assert!(pacific.contains(at(178.4, -18.1)) && pacific.contains(at(-171.8, -13.8)));
        assert!(!pacific.contains(at(0.0, -17.0)));
        assert_eq!(BBox::around([at(178.4, -18.1), at(-171.8, -13.8)]), BBox::new(178.4, -18.1, -171.8, -13.8).ok());
        assert_eq!(pacific.fixed_boxes().len(), 2);
    }

    #[test]
    fn boxes_on_either_side_of_the_antimeridian_share_it() {
        let west = BBox::new(170.0, 0.0, 180.0, 10.0).unwrap();
        let east = BBox::new(-180.0, 0.0, -170.0, 10.0).unwrap();
        assert!(west.meets(east) && east.meets(west));
        assert!(!west.meets(BBox::new(-179.0, 0.0, -170.0, 10.0).unwrap()));
    }

    #[test]
    fn a_box_upside_down_or_off_the_globe_is_refused() {
        let message = |b: Result<BBox, GeometryError>| b.unwrap_err().to_string();
        assert_eq!(
            message(BBox::new(0.0, 10.0, 1.0, 5.0)),
            "south 10 lies north of north 5; a box is west, south, east, north"
        );
        assert_eq!(message(BBox::new(0.0, 10.0, 181.0, 50.0)), "longitude 181 is outside -180..=180");
        assert!(BBox::new(f64::NAN, 0.0, 1.0, 1.0).is_err() && BBox::new(0.0, 0.0, 1.0, f64::INFINITY).is_err());
    }

    #[test]
    fn the_root_tile_is_the_whole_map() {
        let world = BBox::tile_bbox(TileCoord::new(0, 0, 0).unwrap());
        assert_eq!((world.west(), world.east()), (-180.0, 180.0));
        assert!(
            (world.north() - 85.051_128_779_806_6).abs() < 1e-9 && (world.south() + 85.051_128_779_806_6).abs() < 1e-9
        );
    }

    proptest! {
        #[test]
        fn a_box_around_positions_holds_them_all(points in prop::collection::vec(position(), 1..20)) {
            let around = BBox::around(points.iter().copied()).unwrap();
            prop_assert!(points.iter().all(|p| around.contains(*p)));
        }

        #[test]
        fn boxes_that_hold_one_position_meet(a in bbox(), b in bbox(), p in position()) {
            prop_assert_eq!(a.meets(b), b.meets(a));
            prop_assert!(!(a.contains(p) && b.contains(p)) || a.meets(b));
        }

        #[test]
        fn the_box_of_a_tile_holds_the_tile_s_positions(x in any::<u32>(), y in any::<u32>(), zoom in 0u8..=22) {
            let p = FixedPoint { x, y };
            let tile = BBox::tile_bbox(TileCoord::containing(p, zoom).unwrap());
            prop_assert!(tile.contains(lonlat_from_fixed(p)), "{tile:?} {:?}", lonlat_from_fixed(p));
        }
    }
}
