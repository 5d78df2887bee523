//! Doors from a FeatureCollection of Points.
//!
//! Properties: `id`, and optionally `kind` (home), `residents` (0), and the address as `place`, `building`, `stair`,
//! `floor`, `door`, or as one text, `address`, which stands for the place when there is none.

use super::{FileError, RowResult, collection::features, member::Feature};
use crate::domain::household::{Address, HouseholdKind, HouseholdRow};
use crate::geometry::gate;
use std::collections::HashMap;

/// Door rows of a file, one result a feature, in order.
///
/// # Errors
/// [`FileError`] when the file as a whole cannot be taken apart.
pub fn households(bytes: &[u8]) -> Result<Vec<RowResult<HouseholdRow>>, FileError> {
    let mut seen = HashMap::new();
    let rows = features(bytes)?.into_iter().zip(1..).map(|(text, number)| {
        let feature = Feature::parse(number, text.get())?;
        let row = row(&feature)?;
        if let Some(first) = seen.get(&row.id) {
            let message = format!("{:?} is the id of feature {first} already; ids are unique", row.id);
            return Err(feature.refuse_property("id", message));
        }
        seen.insert(row.id.clone(), number);
        Ok(row)
    });
    Ok(rows.collect())
}

fn row(feature: &Feature) -> RowResult<HouseholdRow> {
    let id = feature.id()?.to_owned();
    let kind = kind(feature)?;
    let residents = feature.integer("residents", 0..=i64::from(u16::MAX))?.unwrap_or(0) as u16;
    let text = |name: &str| Ok(feature.text(name)?.unwrap_or("").to_owned());
    let place = match feature.text("place")? {
        Some(place) => place.to_owned(),
        None => text("address")?,
    };
    let floor = feature.integer("floor", i64::from(i16::MIN)..=i64::from(i16::MAX))?.unwrap_or(0) as i16;
    let address = Address { place, building: text("building")?, stair: text("stair")?, floor, door: text("door")? };
    match feature.geometry_type()? {
        "Point" => {}
        other => return Err(feature.refuse("geometry.type", format!("is {other:?}; a door is a \"Point\""))),
    }
    let at = gate::point(&feature.position()?).map_err(|error| feature.refuse_geometry(error))?;
    Ok(HouseholdRow { id, at, kind, residents, address })
}

fn kind(feature: &Feature) -> RowResult<HouseholdKind> {
    const KINDS: [HouseholdKind; 3] = [HouseholdKind::Home, HouseholdKind::Rental, HouseholdKind::Shop];
    let Some(text) = feature.text("kind")? else { return Ok(HouseholdKind::default()) };
    let wrong = || {
        let shown: String = text.chars().take(40).collect();
        feature.refuse_property("kind", format!("{shown:?} is none of home, rental, shop"))
    };
    KINDS.into_iter().find(|kind| kind.id() == text).ok_or_else(wrong)
}
