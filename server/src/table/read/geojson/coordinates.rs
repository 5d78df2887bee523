//! Coordinates of a GeoJSON geometry, read without building a tree of values.

use super::place::{path_to, short};
use crate::table::{
    limits::Limits,
    shape::{Position, RawShape},
};
use serde_json::value::RawValue;

/// What is wrong with coordinates.
#[derive(Debug)]
pub(super) struct Wrong {
    /// Where, such as `geometry.coordinates[0][3]`.
    pub place: String,
    /// What.
    pub message: String,
}

/// Shape of a type of geometry and its coordinates, and whether third numbers were dropped. The text is sound JSON.
pub(super) fn shape(named: &str, coordinates: &str, limits: &Limits) -> Result<(RawShape, bool), Wrong> {
    let mut cursor = Cursor { text: coordinates, at: 0, positions: 0, most: limits.vertices, has_heights: false };
    let shape = match named {
        "Point" => cursor.position().map(RawShape::Point),
        "MultiPoint" => cursor.list(Cursor::position).map(RawShape::Points),
        "LineString" => cursor.list(Cursor::position).map(|line| RawShape::Lines(vec![line])),
        "MultiLineString" => cursor.list(|c| c.list(Cursor::position)).map(RawShape::Lines),
        "Polygon" => cursor.list(|c| c.list(Cursor::position)).map(|rings| RawShape::Polygons(vec![rings])),
        _ => cursor.list(|c| c.list(|c| c.list(Cursor::position))).map(RawShape::Polygons),
    };
    let has_heights = cursor.has_heights;
    shape.map(|shape| (shape, has_heights)).map_err(|(at, message)| {
        let path = path_to(coordinates, at);
        Wrong { place: format!("geometry.coordinates{path}"), message }
    })
}

/// Place in the coordinates, and what is wrong there.
type Refusal = (usize, String);

struct Cursor<'a> {
    text: &'a str,
    at: usize,
    positions: usize,
    most: usize,
    has_heights: bool,
}

impl Cursor<'_> {
    fn peek(&mut self) -> u8 {
        let bytes = self.text.as_bytes();
        while bytes.get(self.at).is_some_and(u8::is_ascii_whitespace) {
            self.at += 1;
        }
        bytes.get(self.at).copied().unwrap_or(b']')
    }

    /// The value that begins here, for a message.
    fn value(&self) -> String {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let value = serde_json::Deserializer::from_str(rest).into_iter::<&RawValue>().next();
        value.and_then(Result::ok).map_or("nothing".to_owned(), |value| short(value.get()))
    }

    fn list<T>(&mut self, mut item: impl FnMut(&mut Self) -> Result<T, Refusal>) -> Result<Vec<T>, Refusal> {
        if self.peek() != b'[' {
            return Err((self.at, format!("is {}; it must be an array", self.value())));
        }
        self.at += 1;
        let mut items = Vec::new();
        while self.peek() != b']' {
            items.push(item(self)?);
            self.at += usize::from(self.peek() == b',');
        }
        self.at += 1;
        Ok(items)
    }

    fn position(&mut self) -> Result<Position, Refusal> {
        if self.peek() != b'[' {
            let message = format!("is {}; it must be an array, a position [longitude, latitude]", self.value());
            return Err((self.at, message));
        }
        let start = self.at;
        self.at += 1;
        let (mut position, mut count) = ([0.0; 2], 0);
        while self.peek() != b']' {
            let number = self.number()?;
            if let Some(place) = position.get_mut(count) {
                *place = number;
            }
            count += 1;
            self.at += usize::from(self.peek() == b',');
        }
        self.at += 1;
        if count < 2 {
            let s = if count == 1 { "" } else { "s" };
            return Err((start, format!("has {count} number{s}; a position is [longitude, latitude]")));
        }
        self.has_heights |= count > 2;
        self.positions += 1;
        if self.positions > self.most {
            return Err((0, format!("has more than {} positions", self.most)));
        }
        Ok(position)
    }

    fn number(&mut self) -> Result<f64, Refusal> {
        self.peek();
        let rest = self.text.get(self.at..).unwrap_or_default();
        let length = rest.bytes().take_while(|b| b.is_ascii_digit() || b"+-.eE".contains(b)).count();
        match rest.get(..length).unwrap_or_default().parse::<f64>() {
            Ok(number) if number.is_finite() => {
                self.at += length;
                Ok(number)
            }
            Ok(_) => Err((self.at, format!("is {}, which is larger than any number read here", self.value()))),
            Err(_) => {
                let message = format!("is {}; a position is [longitude, latitude], both numbers", self.value());
                Err((self.at, message))
            }
        }
    }
}
