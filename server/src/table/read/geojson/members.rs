//! Members of a feature taken apart in one go, values still as text where they are not looked at.

use serde::{
    Deserialize, Deserializer,
    de::{DeserializeSeed, Error, IgnoredAny, MapAccess, SeqAccess, Visitor},
};
use serde_json::value::RawValue;
use std::{borrow::Cow, fmt};

/// A feature's members.
#[derive(Default)]
pub(super) struct Members<'a> {
    pub named: Option<&'a RawValue>,
    pub id: Option<&'a RawValue>,
    pub crs: Option<&'a RawValue>,
    pub geometry: Option<Object<GeometryMembers<'a>>>,
    /// Whether `properties` is there; they themselves went to the taker.
    pub properties: Option<Object<()>>,
}

/// A geometry's members.
#[derive(Default)]
pub(super) struct GeometryMembers<'a> {
    pub named: Option<&'a RawValue>,
    pub coordinates: Option<&'a RawValue>,
    pub crs: Option<&'a RawValue>,
}

/// What stands where an object belongs.
pub(super) enum Object<T> {
    Null,
    Members(T),
    /// Something else, in words.
    Other(&'static str),
}

/// Text of a JSON string.
#[derive(Deserialize)]
pub(super) struct Text<'a>(#[serde(borrow)] pub Cow<'a, str>);

/// Takes a feature's members; each property goes to `property` with its name.
pub(super) fn members<'a>(
    text: &'a str,
    property: impl FnMut(Cow<'a, str>, &'a RawValue),
) -> serde_json::Result<Members<'a>> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let members = deserializer.deserialize_map(Feature(property))?;
    deserializer.end()?;
    Ok(members)
}

fn once<T, E: Error>(place: &mut Option<T>, name: &str, value: T) -> Result<(), E> {
    // With two of them, one would be lost without a word.
    if place.replace(value).is_some() { Err(E::custom(format!("{name:?} stands twice"))) } else { Ok(()) }
}

struct Feature<F>(F);

impl<'de, F: FnMut(Cow<'de, str>, &'de RawValue)> Visitor<'de> for Feature<F> {
    type Value = Members<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a feature")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<Members<'de>, A::Error> {
        let mut members = Members::default();
        while let Some(Text(key)) = map.next_key()? {
            match &*key {
                "type" => once(&mut members.named, "type", map.next_value()?)?,
                "id" => once(&mut members.id, "id", map.next_value()?)?,
                "crs" => once(&mut members.crs, "crs", map.next_value()?)?,
                "geometry" => once(&mut members.geometry, "geometry", map.next_value_seed(Geometry)?)?,
                "properties" => {
                    once(&mut members.properties, "properties", map.next_value_seed(Properties(&mut self.0))?)?;
                }
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(members)
    }
}

/// What a visitor answers where no object stands.
macro_rules! other_than_an_object {
    () => {
        fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
            Ok(Object::Null)
        }
        fn visit_bool<E: Error>(self, _: bool) -> Result<Self::Value, E> {
            Ok(Object::Other("true or false"))
        }
        fn visit_i64<E: Error>(self, _: i64) -> Result<Self::Value, E> {
            Ok(Object::Other("a number"))
        }
        fn visit_u64<E: Error>(self, _: u64) -> Result<Self::Value, E> {
            Ok(Object::Other("a number"))
        }
        fn visit_f64<E: Error>(self, _: f64) -> Result<Self::Value, E> {
            Ok(Object::Other("a number"))
        }
        fn visit_str<E: Error>(self, _: &str) -> Result<Self::Value, E> {
            Ok(Object::Other("text"))
        }
        fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self::Value, A::Error> {
            while items.next_element::<IgnoredAny>()?.is_some() {}
            Ok(Object::Other("an array"))
        }
    };
}

struct Geometry;

impl<'de> DeserializeSeed<'de> for Geometry {
    type Value = Object<GeometryMembers<'de>>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Geometry {
    type Value = Object<GeometryMembers<'de>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a geometry")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut members = GeometryMembers::default();
        while let Some(Text(key)) = map.next_key()? {
            match &*key {
                "type" => once(&mut members.named, "geometry.type", map.next_value()?)?,
                "coordinates" => once(&mut members.coordinates, "geometry.coordinates", map.next_value()?)?,
                "crs" => once(&mut members.crs, "geometry.crs", map.next_value()?)?,
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(Object::Members(members))
    }

    other_than_an_object!();
}

struct Properties<'f, F>(&'f mut F);

impl<'de, F: FnMut(Cow<'de, str>, &'de RawValue)> DeserializeSeed<'de> for Properties<'_, F> {
    type Value = Object<()>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de, F: FnMut(Cow<'de, str>, &'de RawValue)> Visitor<'de> for Properties<'_, F> {
    type Value = Object<()>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("properties")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        while let Some(Text(key)) = map.next_key()? {
            self.0(key, map.next_value()?);
        }
        Ok(Object::Members(()))
    }

    other_than_an_object!();
}
