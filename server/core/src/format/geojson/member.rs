//! Members of a feature, read one by one; each refusal names the member and says what would be right.

use super::{RowError, RowResult, collection::foreign_crs};
use crate::geometry::gate::GateError;
use serde_json::{Map, Value};
use std::fmt::Display;

/// Longest text of a name, address or code, characters.
const TEXT_LIMIT: usize = 200;

/// A feature parsed, with its number for messages.
pub(super) struct Feature {
    number: usize,
    id: Option<Value>,
    geometry: Map<String, Value>,
    properties: Map<String, Value>,
}

impl Feature {
    /// A feature of its text; `number` counts from 1.
    pub(super) fn parse(number: usize, text: &str) -> RowResult<Self> {
        let refuse = |field: &str, message: String| RowError { feature: number, field: field.to_owned(), message };
        let value: Value = serde_json::from_str(text).map_err(|e| refuse("feature", format!("cannot be read: {e}")))?;
        let Value::Object(mut members) = value else {
            return Err(refuse("feature", format!("is {}; it must be an object", kind(&value))));
        };
        let named = members.get("type").and_then(Value::as_str);
        if named != Some("Feature") {
            let found = members.get("type").map_or("missing".to_owned(), short);
            return Err(refuse("type", format!("is {found}; it must be \"Feature\"")));
        }
        let mut object = |name: &str, needs: &str| match members.remove(name) {
            Some(Value::Object(object)) => Ok(object),
            Some(other) => Err(refuse(name, format!("is {}; it must be {needs}", kind(&other)))),
            None => Err(refuse(name, format!("is missing; it must be {needs}"))),
        };
        let geometry = object("geometry", "a geometry object with type and coordinates")?;
        let properties = object("properties", "an object")?;
        for (field, crs) in [("crs", members.get("crs")), ("geometry.crs", geometry.get("crs"))] {
            if let Some(name) = crs.and_then(|crs| foreign_crs(&crs.to_string())) {
                return Err(refuse(field, format!("names {name}; GeoJSON is read as CRS84 (WGS-84, longitude first)")));
            }
        }
        Ok(Self { number, id: members.remove("id"), geometry, properties })
    }

    pub(super) fn refuse(&self, field: &str, message: impl Display) -> RowError {
        RowError { feature: self.number, field: field.to_owned(), message: message.to_string() }
    }

    pub(super) fn refuse_property(&self, name: &str, message: impl Display) -> RowError {
        self.refuse(&format!("properties.{name}"), message)
    }

    /// Text of a property; none when it is absent or null.
    pub(super) fn text(&self, name: &str) -> RowResult<Option<&str>> {
        let text = match self.properties.get(name) {
            None | Some(Value::Null) => return Ok(None),
            Some(Value::String(text)) => text,
            Some(Value::Number(number)) => {
                let message = format!("is the number {number}; write it as text, \"{number}\"");
                return Err(self.refuse_property(name, message));
            }
            Some(other) => return Err(self.refuse_property(name, format!("is {}; it must be text", kind(other)))),
        };
        match text.chars().count() {
            length if length > TEXT_LIMIT => {
                Err(self.refuse_property(name, format!("has {length} characters; at most {TEXT_LIMIT} are taken")))
            }
            _ => Ok(Some(text)),
        }
    }

    /// Text that must be there.
    pub(super) fn needed(&self, name: &str) -> RowResult<&str> {
        match self.text(name)? {
            Some(text) if !text.trim().is_empty() => Ok(text),
            Some(_) => Err(self.refuse_property(name, "is empty; it must be text")),
            None => Err(self.refuse_property(name, "is missing; it must be text")),
        }
    }

    /// A code or id: 1..=64 characters that can stand in an address.
    pub(super) fn key<'a>(&'a self, name: &str, text: &'a str) -> RowResult<&'a str> {
        let is_bad = |c: char| c.is_whitespace() || c.is_control() || "/\\?#%&,\"'<>".contains(c);
        if text.is_empty() || text.chars().count() > 64 {
            return Err(self.refuse_property(name, format!("{text:?} must have 1 to 64 characters")));
        }
        match text.chars().find(|c| is_bad(*c)) {
            Some(c) => Err(self
                .refuse_property(name, format!("{text:?} holds {c:?}; it must do without spaces and /\\?#%&,\"'<>"))),
            None => Ok(text),
        }
    }

    /// An id from the properties, else from the feature itself.
    pub(super) fn id(&self) -> RowResult<&str> {
        match (self.text("id")?, &self.id) {
            (Some(id), _) => self.key("id", id),
            (None, Some(Value::String(id))) => self.key("id", id),
            (None, None) => Err(self.refuse_property("id", "is missing; it must be text")),
            (None, Some(other)) => {
                Err(self.refuse("id", format!("is {}; give the id as text in properties.id", kind(other))))
            }
        }
    }

    /// A whole number in a range; none when it is absent or null.
    pub(super) fn integer(&self, name: &str, range: std::ops::RangeInclusive<i64>) -> RowResult<Option<i64>> {
        match self.properties.get(name) {
            None | Some(Value::Null) => Ok(None),
            Some(value) => match value.as_i64().filter(|n| range.contains(n)) {
                Some(number) => Ok(Some(number)),
                None => {
                    let (first, last) = range.into_inner();
                    let message = format!("is {}; it must be a whole number from {first} to {last}", short(value));
                    Err(self.refuse_property(name, message))
                }
            },
        }
    }

    /// Type of the geometry.
    pub(super) fn geometry_type(&self) -> RowResult<&str> {
        match self.geometry.get("type") {
            Some(Value::String(name)) => Ok(name),
            other => {
                let found = other.map_or("missing".to_owned(), short);
                Err(self.refuse("geometry.type", format!("is {found}; it must name a geometry, such as \"Point\"")))
            }
        }
    }

    fn coordinates(&self) -> RowResult<&Value> {
        let missing = || self.refuse("geometry.coordinates", "is missing; it must be an array");
        self.geometry.get("coordinates").ok_or_else(missing)
    }

    /// Coordinates of a Point.
    pub(super) fn position(&self) -> RowResult<Vec<f64>> {
        self.position_at(self.coordinates()?, "geometry.coordinates")
    }

    /// Coordinates of a MultiPolygon; those of a Polygon as the only one.
    pub(super) fn polygons(&self) -> RowResult<Vec<Vec<Vec<Vec<f64>>>>> {
        let (coordinates, at) = (self.coordinates()?, "geometry.coordinates");
        match self.geometry_type()? {
            "Polygon" => Ok(vec![self.rings_at(coordinates, at)?]),
            "MultiPolygon" => self.each(coordinates, at, Self::rings_at),
            other => {
                let message = format!("is {other:?}; an area is a \"Polygon\" or a \"MultiPolygon\"");
                Err(self.refuse("geometry.type", message))
            }
        }
    }

    fn rings_at(&self, value: &Value, at: &str) -> RowResult<Vec<Vec<Vec<f64>>>> {
        self.each(value, at, |s, ring, at| s.each(ring, at, Self::position_at))
    }

    fn position_at(&self, value: &Value, at: &str) -> RowResult<Vec<f64>> {
        self.each(value, at, |s, number, at| {
            let message = || format!("is {}; a position is [longitude, latitude], both numbers", short(number));
            number.as_f64().ok_or_else(|| s.refuse(at, message()))
        })
    }

    fn each<T>(
        &self,
        value: &Value,
        at: &str,
        read: impl Fn(&Self, &Value, &str) -> RowResult<T>,
    ) -> RowResult<Vec<T>> {
        let Value::Array(items) = value else {
            return Err(self.refuse(at, format!("is {}; it must be an array", short(value))));
        };
        items.iter().enumerate().map(|(i, item)| read(self, item, &format!("{at}[{i}]"))).collect()
    }

    /// What the gate found wrong.
    pub(super) fn refuse_geometry(&self, error: GateError) -> RowError {
        self.refuse("geometry.coordinates", error)
    }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "text",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}

/// A value for a message: itself when it is small, else what it is.
fn short(value: &Value) -> String {
    match value {
        Value::String(text) if text.chars().count() <= 40 => format!("{text:?}"),
        Value::Null | Value::Bool(_) | Value::Number(_) => value.to_string(),
        other => kind(other).to_owned(),
    }
}
