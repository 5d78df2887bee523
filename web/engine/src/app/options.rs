//! What a page says when it makes a map.

use serde::Deserialize;

/// Deepest zoom tiles are asked for.
const DEEPEST: u8 = 16;

/// Options of a map, as JSON.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Options {
    /// Template of the shapes' addresses: `/shapes/{version}/{layers}/{z}/{x}/{y}`.
    pub shapes: String,
    /// Version to begin with.
    pub version: String,
    /// What to show first: west, south, east, north, degrees.
    #[serde(default)]
    pub bounds: Option<[f64; 4]>,
    /// Address of the tile worker; without one tiles are decoded on the page.
    #[serde(default)]
    pub worker: Option<String>,
    /// Deepest zoom of the tiles.
    #[serde(default = "deepest")]
    pub maxzoom: u8,
}

fn deepest() -> u8 {
    DEEPEST
}

impl Options {
    /// Reads the options.
    ///
    /// # Errors
    /// A sentence saying what is wrong with them.
    pub fn parse(json: &str) -> Result<Self, String> {
        let options: Self = serde_json::from_str(json).map_err(|e| format!("the map's options are wrong: {e}"))?;
        for part in ["{z}", "{x}", "{y}"] {
            if !options.shapes.contains(part) {
                return Err(format!("the map's option \"shapes\" is {:?}, which has no {part}", options.shapes));
            }
        }
        Ok(options)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_be_left_out_has_its_value() {
        let options = Options::parse(r#"{"shapes": "/s/{version}/{layers}/{z}/{x}/{y}", "version": "3"}"#).unwrap();
        assert_eq!((options.maxzoom, options.worker, options.bounds), (16, None, None));
    }

    #[test]
    fn wrong_options_are_named() {
        for (json, word) in [
            ("{}", "shapes"),
            (r#"{"shapes": "/s", "version": "1"}"#, "{z}"),
            (r#"{"shapes": "/{z}/{x}/{y}", "version": "1", "colour": 3}"#, "colour"),
        ] {
            let message = Options::parse(json).unwrap_err();
            assert!(message.contains(word), "{message}");
        }
    }
}
