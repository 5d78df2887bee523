//! Names of the systems that files of Chinese districts come in; the registry's other names are not carried along.

/// Name of an EPSG code as the registry has it; none for those far from here.
pub(super) fn epsg_name(code: u32) -> Option<String> {
    let zone = |datum: &str, first: u32, at: u32| format!("{datum} / Gauss-Kruger zone {}", at + code - first);
    let meridian = |datum: &str, first: u32| format!("{datum} / Gauss-Kruger CM {}E", 75 + 6 * (code - first));
    let narrow_zone = |datum: &str, first: u32| format!("{datum} / 3-degree Gauss-Kruger zone {}", 25 + code - first);
    let narrow = |datum: &str, first: u32| format!("{datum} / 3-degree Gauss-Kruger CM {}E", 75 + 3 * (code - first));
    Some(match code {
        3857 => "WGS 84 / Pseudo-Mercator".to_owned(),
        4491..=4501 => zone("CGCS2000", 4491, 13),
        4502..=4512 => meridian("CGCS2000", 4502),
        4513..=4533 => narrow_zone("CGCS2000", 4513),
        4534..=4554 => narrow("CGCS2000", 4534),
        4610 => "Xian 1980".to_owned(),
        2327..=2337 => zone("Xian 1980", 2327, 13),
        2338..=2348 => meridian("Xian 1980", 2338),
        2349..=2369 => narrow_zone("Xian 1980", 2349),
        2370..=2390 => narrow("Xian 1980", 2370),
        4214 => "Beijing 1954".to_owned(),
        21413..=21423 => zone("Beijing 1954", 21413, 13),
        21453..=21463 => meridian("Beijing 1954", 21453),
        2401..=2421 => narrow_zone("Beijing 1954", 2401),
        2422..=2442 => narrow("Beijing 1954", 2422),
        32601..=32660 => format!("WGS 84 / UTM zone {}N", code - 32600),
        32701..=32760 => format!("WGS 84 / UTM zone {}S", code - 32700),
        2326 => "Hong Kong 1980 Grid System".to_owned(),
        3821 => "TWD67".to_owned(),
        3824 => "TWD97".to_owned(),
        3825 => "TWD97 / TM2 zone 119".to_owned(),
        3826 => "TWD97 / TM2 zone 121".to_owned(),
        3827 => "TWD67 / TM2 zone 119".to_owned(),
        3828 => "TWD67 / TM2 zone 121".to_owned(),
        _ => return None,
    })
}
