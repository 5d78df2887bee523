//! The coordinate system a `crs` member names (GeoJSON of 2008; RFC 7946 dropped it, programs still write it).

use super::place::short;
use crate::table::source::DeclaredCrs;
use serde::Deserialize;
use serde_json::value::RawValue;

/// What a `crs` member says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NamedCrs(pub DeclaredCrs);

/// Coordinate system of a `crs` member; none for null.
///
/// # Errors
/// What the member is, when it names nothing: a link, or something else.
pub(super) fn named(json: &str) -> Result<Option<NamedCrs>, String> {
    #[derive(Deserialize)]
    struct Crs {
        properties: Option<Properties>,
    }
    #[derive(Deserialize)]
    struct Properties {
        name: Option<String>,
        code: Option<u32>,
    }
    if json == "null" {
        return Ok(None);
    }
    let properties = serde_json::from_str::<Crs>(json).ok().and_then(|crs| crs.properties);
    let declared = match properties {
        Some(Properties { name: Some(name), .. }) => DeclaredCrs::Name(name),
        Some(Properties { code: Some(code), .. }) => DeclaredCrs::Epsg(code),
        _ => return Err(json.chars().take(80).collect()),
    };
    Ok(Some(NamedCrs(declared)))
}

/// Whether a member of one feature names nothing else than the file's; a file has one coordinate system.
///
/// # Errors
/// What it names.
pub(super) fn same(of_feature: Option<&RawValue>, of_file: Option<&NamedCrs>) -> Result<(), String> {
    let Some(json) = of_feature.map(RawValue::get) else { return Ok(()) };
    let found = match named(json) {
        Ok(None) => return Ok(()),
        Ok(Some(NamedCrs(DeclaredCrs::Name(name)))) if of_file.is_none() && is_crs84(&name) => return Ok(()),
        Ok(Some(found)) if Some(&found) == of_file => return Ok(()),
        Ok(Some(NamedCrs(DeclaredCrs::Name(name)))) => format!("{:?}", name.chars().take(80).collect::<String>()),
        Ok(Some(NamedCrs(DeclaredCrs::Epsg(code)))) => format!("EPSG:{code}"),
        Ok(Some(NamedCrs(DeclaredCrs::Wkt(_)))) | Err(_) => short(json),
    };
    Err(format!("names {found}; a coordinate system is named once, for the whole file"))
}

fn is_crs84(name: &str) -> bool {
    name.to_ascii_lowercase().ends_with("crs84")
}
