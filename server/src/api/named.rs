//! Things a request names by their id or code, and the words of answers that several routes share.

use super::problem::{Answer, Problem, short};
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;
use wangge_core::domain::{Area, District};
use wangge_core::geometry::position::{FixedPoint, lonlat_from_fixed};

/// Index of the round named, or of the one meant when none is.
///
/// # Errors
/// A problem when the id is unknown, or none is named and there is none.
pub fn round(district: &District, id: Option<&str>, now: Timestamp) -> Answer<usize> {
    match id {
        Some(id) => district.round_index(id).ok_or_else(|| {
            let detail = format!("round {:?} is not known; /api/rounds lists those that are", short(id));
            Problem::parameter("round", id, detail)
        }),
        None => district
            .default_round(now)
            .ok_or_else(|| Problem::not_found("there is no round yet; POST /api/rounds opens one")),
    }
}

/// The area with a code a parameter names.
///
/// # Errors
/// A problem when the code is unknown.
pub fn area<'a>(district: &'a District, name: &str, code: &str) -> Answer<&'a Area> {
    let slot = district.areas().by_code(code);
    slot.and_then(|slot| district.areas().get(slot)).ok_or_else(|| {
        let detail = format!("area {:?} is not known; /api/areas lists those that are", short(code));
        Problem::parameter(name, code, detail)
    })
}

/// Longitude and latitude to seven decimals, a centimetre.
pub fn lonlat(at: FixedPoint) -> [f64; 2] {
    let position = lonlat_from_fixed(at);
    [position.lon(), position.lat()].map(|degrees| (degrees * 1e7).round() / 1e7)
}

/// Now by this machine's clock, in whole milliseconds.
pub fn now() -> Timestamp {
    let now = Timestamp::now();
    Timestamp::from_millisecond(now.as_millisecond()).unwrap_or(now)
}

/// A place to go on to (RFC 8288).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Link {
    /// What is there, seen from here: `self` or `next`.
    pub rel: &'static str,
    /// Address on this server.
    pub href: String,
    /// Its media type.
    #[serde(rename = "type")]
    pub media_type: &'static str,
}

impl Link {
    /// A link to GeoJSON at a path with query parameters, those without a value left out.
    pub fn geojson(rel: &'static str, path: &str, query: &[(&str, Option<&str>)]) -> Self {
        let mut href = path.to_owned();
        let given = query.iter().filter_map(|(name, value)| Some((*name, (*value)?)));
        for (at, (name, value)) in given.enumerate() {
            href.push(if at == 0 { '?' } else { '&' });
            href.push_str(name);
            href.push('=');
            href.extend(form_urlencoded::byte_serialize(value.as_bytes()));
        }
        Self { rel, href, media_type: "application/geo+json" }
    }
}

/// `FeatureCollection`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub enum CollectionTag {
    /// The only value.
    FeatureCollection,
}

/// `Feature`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub enum FeatureTag {
    /// The only value.
    Feature,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_encodes_its_values() {
        let link =
            Link::geojson("next", "/api/doors", &[("within", Some("a&b 网")), ("state", None), ("cursor", Some("5"))]);
        assert_eq!(link.href, "/api/doors?within=a%26b+%E7%BD%91&cursor=5");
    }
}
