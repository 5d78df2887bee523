//! The ways numbers may be meant: every coordinate system that is plausible for them near the areas, in both orders.

use crate::table::Crs;

/// Share of numbers that must look like degrees for all to be taken as degrees.
const MOSTLY: f64 = 0.9;

/// Whether numbers look like degrees, in either order.
pub(super) fn look_like_degrees(numbers: impl Iterator<Item = [f64; 2]>) -> bool {
    let (mut degrees, mut all) = (0usize, 0usize);
    for [x, y] in numbers.filter(|xy| xy.iter().all(|v| v.is_finite())) {
        all += 1;
        degrees += usize::from(x.abs() <= 180.0 && y.abs() <= 180.0);
    }
    degrees as f64 >= MOSTLY * all.max(1) as f64
}

/// Readings to try, the given one first and none twice by name.
///
/// `middle` is longitude and latitude of the middle of the areas: which zones of a projection can be meant depends on it.
pub(super) fn plausible(given: &Crs, are_degrees: bool, middle: [f64; 2]) -> Vec<Crs> {
    let straight = if are_degrees { degrees() } else { metres(middle) };
    let both_orders = straight.into_iter().flat_map(|crs| [crs.clone(), crs.swapped()]);
    let mut readings: Vec<Crs> = vec![given.clone(), given.clone().swapped()];
    for crs in both_orders {
        if !readings.contains(&crs) {
            readings.push(crs);
        }
    }
    readings
}

fn degrees() -> Vec<Crs> {
    vec![Crs::Crs84, Crs::Gcj02, Crs::Bd09]
}

/// Metres files of this place come in: Web Mercator, CGCS2000 in the zones around with and without the zone's number in
/// front of the easting, UTM, and the grids of Taiwan and Hong Kong there.
fn metres([lon, lat]: [f64; 2]) -> Vec<Crs> {
    let mut codes = vec![3857];
    let near = |zone: f64, first: i64, last: i64| {
        let zone = zone.round() as i64;
        [zone, zone - 1, zone + 1].into_iter().filter(move |zone| (first..=last).contains(zone))
    };
    // 3-degree zones 25 to 45 have their meridian at 3 × zone, 6-degree zones 13 to 23 at 6 × zone - 3.
    codes.extend(near(lon / 3.0, 25, 45).flat_map(|zone| [4534 + zone - 25, 4513 + zone - 25]));
    codes.extend(near((lon + 3.0) / 6.0, 13, 23).flat_map(|zone| [4502 + zone - 13, 4491 + zone - 13]));
    let utm = if lat < 0.0 { 32700 } else { 32600 };
    codes.extend(near((lon + 183.0) / 6.0, 1, 60).map(|zone| utm + zone));
    if (118.0..123.0).contains(&lon) && (21.0..27.0).contains(&lat) {
        codes.extend([3826, 3825]);
    }
    if (113.5..114.6).contains(&lon) && (22.0..22.7).contains(&lat) {
        codes.push(2326);
    }
    codes.into_iter().filter_map(|code| Crs::from_epsg(u32::try_from(code).ok()?).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(readings: &[Crs]) -> Vec<String> {
        readings.iter().map(Crs::id).collect()
    }

    #[test]
    fn degrees_are_tried_in_three_datums_and_two_orders_the_given_one_first() {
        let readings = plausible(&Crs::Gcj02, true, [117.65, 24.51]);
        assert_eq!(ids(&readings), ["gcj02", "gcj02-swapped", "crs84", "latlon", "bd09", "bd09-swapped"]);
    }

    #[test]
    fn metres_are_tried_in_the_zones_around() {
        let readings = ids(&plausible(&Crs::Crs84, false, [117.65, 24.51]));
        for id in ["EPSG:4548", "EPSG:4548-swapped", "EPSG:4547", "EPSG:4549", "EPSG:4527", "EPSG:4498", "EPSG:32650"] {
            assert!(readings.iter().any(|reading| reading == id), "{id} is not among {readings:?}");
        }
        assert!(!readings.iter().any(|reading| reading == "gcj02" || reading == "EPSG:3826"));
        let west = ids(&plausible(&Crs::Crs84, false, [-73.9, -40.7]));
        assert!(west.iter().any(|reading| reading == "EPSG:32718") && !west.iter().any(|r| r.starts_with("EPSG:45")));
    }

    #[test]
    fn a_few_wild_numbers_do_not_make_degrees_metres() {
        let mut numbers = vec![[24.5, 117.6]; 95];
        numbers.extend([[0.0, 565_000.0], [f64::NAN, 0.0], [f64::INFINITY, 1.0]]);
        assert!(look_like_degrees(numbers.into_iter()));
        assert!(!look_like_degrees([[565_570.0, 2_712_263.0]].into_iter()));
    }
}
