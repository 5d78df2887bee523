//! Plain sense: numbers that cannot be in the system given, wherever the areas lie.

use crate::table::Crs;

/// Numbers that make no sense in the system given, by most of those looked at.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Nonsense {
    /// Metres given as degrees.
    #[error("numbers such as [{}, {}] are no degrees, as {given} has them, but look like metres; name their system, such as --crs 4548 or --crs 3857", xy[0], xy[1])]
    Metres {
        /// The first of them.
        xy: [f64; 2],
        /// The system given.
        given: String,
    },
    /// Degrees given as metres.
    #[error("numbers such as [{}, {}] look like degrees, while {given} has metres; --crs crs84, gcj02 or bd09 would be right", xy[0], xy[1])]
    Degrees {
        /// The first of them.
        xy: [f64; 2],
        /// The system given.
        given: String,
    },
    /// The two numbers the other way round.
    #[error("in numbers such as [{}, {}] the second is no latitude but the first would be one; --crs {suggested} reads them that way round", xy[0], xy[1])]
    Order {
        /// The first of them.
        xy: [f64; 2],
        /// The same system with its numbers the other way round.
        suggested: String,
    },
    /// An easting with the number of a Gauss-Krüger zone in front of it, or without.
    #[error("numbers such as [{}, {}] are no positions in {given}; --crs {suggested} has eastings like these", xy[0], xy[1])]
    Zone {
        /// The first of them.
        xy: [f64; 2],
        /// The system given.
        given: String,
        /// The system of the zone in the easting.
        suggested: String,
    },
    /// No positions for another reason.
    #[error("numbers such as [{}, {}] are no positions in {given}: {why}", xy[0], xy[1])]
    Nowhere {
        /// The first of them.
        xy: [f64; 2],
        /// The system given.
        given: String,
        /// What is wrong with it.
        why: String,
    },
}

/// Checks that most of a sample of numbers can be positions in a system; it needs nothing to hold them against.
///
/// # Errors
/// [`Nonsense`], with the first such numbers and what would be right.
pub fn plain_sense(numbers: &[[f64; 2]], given: &Crs) -> Result<(), Nonsense> {
    let wrong = |xy: &&[f64; 2]| fault(**xy, given).is_some();
    let count = numbers.iter().filter(wrong).count();
    let is_finite = |xy: &&[f64; 2]| xy.iter().all(|number| number.is_finite());
    match numbers.iter().filter(wrong).find(is_finite).or_else(|| numbers.iter().find(wrong)) {
        Some(xy) if count * 2 > numbers.len() => Err(explained(*xy, given)),
        _ => Ok(()),
    }
}

/// Why numbers are no position; none when they are one.
fn fault(xy: [f64; 2], given: &Crs) -> Option<String> {
    match given.lonlat_from(xy) {
        Err(error) => Some(match error {
            crate::table::CrsError::NoPosition { why, .. } => why,
            other => other.to_string(),
        }),
        Ok([lon, lat]) if !(lon.abs() <= 180.0 && lat.abs() <= 90.0) => Some("they are off the globe".to_owned()),
        // A metre or two off the origin of a projection is what degrees become.
        Ok(_) if !given.is_degrees() && looks_like_degrees(xy) => Some("they look like degrees".to_owned()),
        Ok(_) => None,
    }
}

fn looks_like_degrees([x, y]: [f64; 2]) -> bool {
    x.abs() <= 180.0 && y.abs() <= 180.0
}

fn explained(xy: [f64; 2], given: &Crs) -> Nonsense {
    let name = given.id();
    if !xy.iter().all(|v| v.is_finite()) {
        return Nonsense::Nowhere { xy, given: name, why: "they are not finite".to_owned() };
    }
    match (given.is_degrees(), looks_like_degrees(xy)) {
        (true, false) => Nonsense::Metres { xy, given: name },
        (false, true) => Nonsense::Degrees { xy, given: name },
        _ => {
            let swapped = given.clone().swapped();
            if fault(xy, &swapped).is_none() {
                return Nonsense::Order { xy, suggested: swapped.id() };
            }
            match zone(xy) {
                Some(suggested) => Nonsense::Zone { xy, given: name, suggested: suggested.id() },
                None => Nonsense::Nowhere { xy, given: name, why: fault(xy, given).unwrap_or_default() },
            }
        }
    }
}

/// The 3-degree system of CGCS2000 whose eastings begin with a zone number: 39,565,570 is in zone 39.
fn zone([easting, northing]: [f64; 2]) -> Option<Crs> {
    let zone = (easting / 1e6).floor();
    let is_zone = (25.0..=45.0).contains(&zone) && (1e6..6e6).contains(&northing);
    is_zone.then(|| Crs::from_epsg(4513 + zone as u32 - 25).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nonsense(xy: [f64; 2], given: &str) -> String {
        plain_sense(&[xy; 3], &given.parse().unwrap()).map_or_else(|nonsense| nonsense.to_string(), |()| String::new())
    }

    #[test]
    fn numbers_that_may_be_right_pass() {
        let right = [
            ([117.647, 24.513], "crs84"),
            ([24.513, 117.647], "latlon"),
            ([117.65, 24.51], "gcj02"),
            ([565_570.0, 2_712_263.0], "4548"),
            ([2_712_263.0, 565_570.0], "4548-swapped"),
            ([39_565_570.0, 2_712_263.0], "4527"),
            ([13_096_404.0, 2_816_045.0], "3857"),
        ];
        for (xy, given) in right {
            assert_eq!(nonsense(xy, given), "", "{given}");
        }
    }

    #[test]
    fn metres_degrees_order_and_zone_are_each_told() {
        assert_eq!(
            nonsense([565_570.0, 2_712_263.0], "crs84"),
            "numbers such as [565570, 2712263] are no degrees, as crs84 has them, but look like metres; name their \
             system, such as --crs 4548 or --crs 3857"
        );
        assert_eq!(
            nonsense([117.647, 24.513], "4548"),
            "numbers such as [117.647, 24.513] look like degrees, while EPSG:4548 has metres; --crs crs84, gcj02 or \
             bd09 would be right"
        );
        assert_eq!(
            nonsense([24.513, 117.647], "crs84"),
            "in numbers such as [24.513, 117.647] the second is no latitude but the first would be one; --crs latlon \
             reads them that way round"
        );
        assert!(nonsense([24.513, 117.647], "gcj02").contains("--crs gcj02-swapped"));
        assert!(nonsense([117.647, 24.513], "latlon").contains("--crs crs84"));
        assert_eq!(
            nonsense([39_565_570.0, 2_712_263.0], "4548"),
            "numbers such as [39565570, 2712263] are no positions in EPSG:4548; --crs EPSG:4527 has eastings like these"
        );
        assert!(nonsense([1e300, 5.0], "4548").contains("are no positions in EPSG:4548"));
        assert!(nonsense([f64::NAN, 5.0], "crs84").contains("not finite"));
    }

    #[test]
    fn a_few_wild_rows_are_for_the_gate_to_refuse_not_the_file() {
        let mut numbers = vec![[117.647, 24.513]; 10];
        numbers.extend([[565_570.0, 2_712_263.0]; 9]);
        assert_eq!(plain_sense(&numbers, &Crs::Crs84), Ok(()));
        assert_eq!(plain_sense(&[], &Crs::Crs84), Ok(()));
    }
}
