//! Areas from a FeatureCollection of Polygons and MultiPolygons.
//!
//! Properties: `code`, `name`, `level`, and optionally `parent`, `starts_on`, `ends_on`. Whether the parent exists is for
//! the district to say.

use super::{FileError, RowError, RowResult, collection::features, member::Feature};
use crate::domain::area::{AreaRow, Level};
use crate::geometry::gate;
use jiff::civil::Date;
use std::collections::HashMap;

/// Area rows of a file, one result a feature, in order.
///
/// # Errors
/// [`FileError`] when the file as a whole cannot be taken apart.
pub fn areas(bytes: &[u8]) -> Result<Vec<RowResult<AreaRow>>, FileError> {
    let mut seen = HashMap::new();
    let rows = features(bytes)?.into_iter().zip(1..).map(|(text, number)| {
        let feature = Feature::parse(number, text.get())?;
        let row = row(&feature)?;
        if let Some(first) = seen.get(&row.code) {
            let message = format!("{:?} is the code of feature {first} already; codes are unique", row.code);
            return Err(feature.refuse_property("code", message));
        }
        seen.insert(row.code.clone(), number);
        Ok(row)
    });
    Ok(rows.collect())
}

fn row(feature: &Feature) -> RowResult<AreaRow> {
    let code = feature.key("code", feature.needed("code")?)?;
    let name = feature.needed("name")?;
    let level: Level = feature.needed("level")?.parse().map_err(|error| feature.refuse_property("level", error))?;
    let parent = parent(feature, code, level)?;
    let (starts_on, ends_on) = (date(feature, "starts_on")?, date(feature, "ends_on")?);
    if let (Some(starts), Some(ends)) = (starts_on, ends_on)
        && ends <= starts
    {
        return Err(feature.refuse_property("ends_on", format!("{ends} is not after starts_on {starts}")));
    }
    let geometry = gate::polygons(&feature.polygons()?).map_err(|error| feature.refuse_geometry(error))?;
    Ok(AreaRow {
        code: code.to_owned(),
        name: name.to_owned(),
        level,
        parent,
        geometry,
        starts_on: starts_on.map(|d| d.to_string()),
        ends_on: ends_on.map(|d| d.to_string()),
    })
}

/// Digits of a code of the national scheme at a level.
fn national_digits(level: Level) -> usize {
    match level {
        Level::District => 6,
        Level::Subdistrict => 9,
        Level::Community => 12,
        Level::Grid => 15,
        Level::Block => 18,
    }
}

fn parent(feature: &Feature, code: &str, level: Level) -> RowResult<Option<String>> {
    let given = feature.text("parent")?;
    match (given, level.above()) {
        (None, None) => Ok(None),
        (Some(_), None) => {
            Err(feature.refuse_property("parent", "is given for a district; a district lies in no area"))
        }
        (Some(parent), Some(_)) if parent == code => {
            Err(feature.refuse_property("parent", format!("{parent:?} is the area's own code")))
        }
        (Some(parent), Some(_)) => Ok(Some(feature.key("parent", parent)?.to_owned())),
        (None, Some(above)) => {
            let is_national = code.len() == national_digits(level) && code.bytes().all(|b| b.is_ascii_digit());
            let digits = national_digits(level);
            match code.get(..national_digits(above)).filter(|_| is_national) {
                Some(prefix) => Ok(Some(prefix.to_owned())),
                None => Err(feature.refuse_property(
                    "parent",
                    format!("is missing; it must be the code of the {above}, as {code:?} has not the {digits} digits of a {level} in the national scheme"),
                )),
            }
        }
    }
}

fn date(feature: &Feature, name: &str) -> RowResult<Option<Date>> {
    let Some(text) = feature.text(name)? else { return Ok(None) };
    let wrong = || -> RowError {
        feature.refuse_property(name, format!("{text:?} is not a date; write it as YYYY-MM-DD, such as 2026-03-01"))
    };
    let date: Date = text.parse().map_err(|_| wrong())?;
    if date.to_string() == text { Ok(Some(date)) } else { Err(wrong()) }
}
