//! A FeatureCollection taken apart into features, each still as text.
//!
//! Features are parsed one by one afterwards, so that one that is broken does not take the others with it.

use serde::{
    Deserialize, Deserializer,
    de::{Error, MapAccess, Visitor},
};
use serde_json::value::RawValue;
use std::fmt;

/// Why a file is refused whole.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// Bytes that are no text.
    #[error("the file is not UTF-8 text: byte {0} fits no character")]
    Text(usize),
    /// Text that is not JSON.
    #[error("the file is not JSON: {source}{}", hint.map(|h| format!("; {h} is not a JSON number, coordinates are finite numbers")).unwrap_or_default())]
    Json {
        /// Where and what.
        #[source]
        source: serde_json::Error,
        /// The word there that is no number.
        hint: Option<&'static str>,
    },
    /// JSON of another type.
    #[error("the file is {0}; a FeatureCollection is needed: {{\"type\": \"FeatureCollection\", \"features\": […]}}")]
    Type(String),
    /// `features` is missing or no array.
    #[error("\"features\" is {0}; it must be an array of features")]
    Features(String),
    /// Another coordinate system.
    #[error(
        "\"crs\" names {0}; GeoJSON is read as CRS84 (WGS-84, longitude first): convert the file, or leave \"crs\" out if that is what it holds"
    )]
    Crs(String),
}

/// Features of a FeatureCollection in order, each as its JSON text.
///
/// # Errors
/// [`FileError`] when the bytes are not JSON, not a FeatureCollection, or in another coordinate system than CRS84.
pub fn features(bytes: &[u8]) -> Result<Vec<&RawValue>, FileError> {
    let text = std::str::from_utf8(bytes).map_err(|e| FileError::Text(e.valid_up_to()))?;
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let json = |source: serde_json::Error| FileError::Json { hint: word_at(text, &source), source };
    let whole: &RawValue = serde_json::from_str(text).map_err(json)?;
    if !whole.get().starts_with('{') {
        return Err(FileError::Type(kind(whole.get())));
    }
    let members: Members<'_> = serde_json::from_str(text).map_err(json)?;
    let named = members.named.map(RawValue::get);
    if named != Some("\"FeatureCollection\"") {
        return Err(FileError::Type(
            named.map_or("an object without a type".to_owned(), |t| format!("a {}", shorten(t))),
        ));
    }
    if let Some(name) = members.crs.map(RawValue::get).and_then(foreign_crs) {
        return Err(FileError::Crs(name));
    }
    let features = members.features.map(RawValue::get);
    match features.map(serde_json::from_str::<Vec<&RawValue>>) {
        Some(Ok(features)) => Ok(features),
        _ => Err(FileError::Features(features.map_or("missing".to_owned(), kind))),
    }
}

/// The members of the collection that mean something here.
struct Members<'a> {
    named: Option<&'a RawValue>,
    crs: Option<&'a RawValue>,
    features: Option<&'a RawValue>,
}

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Collect;
        impl<'de> Visitor<'de> for Collect {
            type Value = Members<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a FeatureCollection")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members<'de>, A::Error> {
                let mut members = Members { named: None, crs: None, features: None };
                while let Some(key) = map.next_key::<String>()? {
                    let value: &RawValue = map.next_value()?;
                    let place = match key.as_str() {
                        "type" => &mut members.named,
                        "crs" => &mut members.crs,
                        "features" => &mut members.features,
                        _ => continue,
                    };
                    // With two of them, rows of one would be lost without a word.
                    if place.replace(value).is_some() {
                        return Err(A::Error::custom(format!("{key:?} stands twice")));
                    }
                }
                Ok(members)
            }
        }
        deserializer.deserialize_map(Collect)
    }
}

/// Name of the coordinate system a `crs` member asks for, when that is not CRS84.
pub(super) fn foreign_crs(crs: &str) -> Option<String> {
    #[derive(Deserialize)]
    struct Crs {
        properties: Option<Properties>,
    }
    #[derive(Deserialize)]
    struct Properties {
        name: Option<String>,
    }
    if crs == "null" {
        return None;
    }
    let name = serde_json::from_str::<Crs>(crs).ok().and_then(|c| c.properties?.name);
    match name {
        Some(name) if is_crs84(&name) => None,
        Some(name) => Some(shorten(&format!("{name:?}"))),
        None => Some(shorten(crs)),
    }
}

fn is_crs84(name: &str) -> bool {
    const NAMES: [&str; 6] = [
        "urn:ogc:def:crs:ogc:1.3:crs84",
        "urn:ogc:def:crs:ogc::crs84",
        "http://www.opengis.net/def/crs/ogc/1.3/crs84",
        "https://www.opengis.net/def/crs/ogc/1.3/crs84",
        "ogc:crs84",
        "crs84",
    ];
    NAMES.contains(&name.to_ascii_lowercase().as_str())
}

/// What a JSON text is, in words.
fn kind(json: &str) -> String {
    let word = match json.bytes().next() {
        Some(b'{') => "an object",
        Some(b'[') => "an array",
        Some(b'"') => "text",
        Some(b't' | b'f') => "true or false",
        Some(b'n') => "null",
        _ => "a number",
    };
    word.to_owned()
}

fn shorten(text: &str) -> String {
    let short: String = text.chars().take(80).collect();
    if short.len() < text.len() { short + "…" } else { short }
}

/// NaN or Infinity at the place of a syntax error: what other programs write for missing numbers.
fn word_at(text: &str, error: &serde_json::Error) -> Option<&'static str> {
    let line = text.split('\n').nth(error.line().checked_sub(1)?)?;
    let at = error.column().saturating_sub(2);
    let near = &line.as_bytes()[at.min(line.len())..];
    ["NaN", "Infinity"].into_iter().find(|word| near.windows(word.len()).take(3).any(|w| w == word.as_bytes()))
}
