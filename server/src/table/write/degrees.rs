//! Degrees as text formats write them: nine decimals.

/// Nine decimals of a degree are a tenth of a millimetre, finer than the fixed-point unit. What is no degree at all
/// stays as it is.
pub(super) fn nine_decimals(degrees: f64) -> f64 {
    if degrees.abs() > 1e6 || !degrees.is_finite() {
        return degrees;
    }
    // Adding zero makes minus zero plain.
    (degrees * 1e9).round() / 1e9 + 0.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use wangge_core::geometry::position::{FixedPoint, LonLat, fixed_from_lonlat, lonlat_from_fixed};

    proptest! {
        #[test]
        fn every_fixed_point_comes_back_from_its_nine_decimals(x in 1u32.., y in 1..u32::MAX) {
            let at = FixedPoint { x, y };
            let degrees = lonlat_from_fixed(at);
            let back = LonLat::new(nine_decimals(degrees.lon()), nine_decimals(degrees.lat())).unwrap();
            prop_assert_eq!(fixed_from_lonlat(back), at);
        }
    }

    #[test]
    fn what_is_no_degree_stays_as_it_is() {
        assert_eq!(nine_decimals(1e308), 1e308);
        assert!(nine_decimals(f64::NAN).is_nan());
        assert_eq!(nine_decimals(-1e-12).to_string(), "0");
    }
}
