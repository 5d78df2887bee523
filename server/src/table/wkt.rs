//! Shapes written as well-known text (OGC 06-103r4, 7.2): `POINT (118.08 24.48)`, `POLYGON ((…))`.
//!
//! Third and fourth numbers of a position are dropped; whether a shape is sound is for the gate to say.

use super::shape::{Position, RawShape};

/// Shape of a text; words in any case, `SRID=4326;` before it is passed over.
///
/// A text that is cut off, holds anything but numbers where positions stand, or names a shape that is not taken
/// (collections, curves, empty shapes) gives a sentence that says where. Reads as much memory as the text is long.
///
/// # Errors
/// What is wrong, at which character, and what would be right.
pub fn parse(text: &str) -> Result<RawShape, String> {
    let mut cursor = Cursor { text, at: 0 };
    cursor.pass_srid();
    let word = cursor.word().to_ascii_uppercase();
    let (name, joined_dimension) = split_dimension(&word);
    if !NAMES.contains(&name) {
        return Err(match name {
            "" => format!("{} is not WKT; write POINT (118.08 24.48) or the like", shorten(text)),
            _ => format!("{} is not a shape that is taken; those are {}", shorten(&word), NAMES.join(", ")),
        });
    }
    let dimensions = match joined_dimension {
        "" => cursor.dimension_word(),
        word => word.len(),
    };
    if cursor.is_word("EMPTY") {
        return Err(format!("is an empty {name}; it must have positions"));
    }
    let shape = match name {
        "POINT" => match cursor.list(|c| c.position(dimensions))?.as_slice() {
            [position] => RawShape::Point(*position),
            positions => return Err(format!("has {} positions; a POINT has one", positions.len())),
        },
        "MULTIPOINT" => RawShape::Points(cursor.list(|c| c.bracketed_position(dimensions))?),
        "LINESTRING" => RawShape::Lines(vec![cursor.line(dimensions)?]),
        "MULTILINESTRING" => RawShape::Lines(cursor.list(|c| c.line(dimensions))?),
        "POLYGON" => RawShape::Polygons(vec![cursor.list(|c| c.line(dimensions))?]),
        _ => RawShape::Polygons(cursor.list(|c| c.list(|c| c.line(dimensions)))?),
    };
    cursor.pass_spaces();
    match cursor.rest() {
        "" => Ok(shape),
        rest => Err(format!("{} stands after the shape, at character {}", shorten(rest), cursor.character())),
    }
}

/// Whether a text begins as the WKT of a shape does.
pub fn is_likely(text: &str) -> bool {
    let mut cursor = Cursor { text, at: 0 };
    cursor.pass_srid();
    let word = cursor.word().to_ascii_uppercase();
    NAMES.contains(&split_dimension(&word).0)
}

const NAMES: [&str; 6] = ["POINT", "LINESTRING", "POLYGON", "MULTIPOINT", "MULTILINESTRING", "MULTIPOLYGON"];

/// `POINTZ` is written for `POINT Z`; `POINT` ends in no dimension.
fn split_dimension(word: &str) -> (&str, &str) {
    let name = word.trim_end_matches(['Z', 'M']);
    word.split_at(name.len())
}

struct Cursor<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Cursor<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// Place in the text for messages, characters from 1.
    fn character(&self) -> usize {
        self.text.get(..self.at).unwrap_or_default().chars().count() + 1
    }

    fn pass_spaces(&mut self) {
        self.at = self.text.len() - self.rest().trim_start().len();
    }

    fn pass_srid(&mut self) {
        self.pass_spaces();
        let is_srid = self.rest().get(..5).is_some_and(|start| start.eq_ignore_ascii_case("srid="));
        if let Some(length) = self.rest().find(';').filter(|_| is_srid) {
            self.at += length + 1;
        }
    }

    fn word(&mut self) -> &'a str {
        self.pass_spaces();
        let rest = self.rest();
        let length = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
        self.at += length;
        rest.get(..length).unwrap_or_default()
    }

    fn is_word(&mut self, wanted: &str) -> bool {
        let at = self.at;
        let is_there = self.word().eq_ignore_ascii_case(wanted);
        if !is_there {
            self.at = at;
        }
        is_there
    }

    /// How many numbers beyond two a word `Z`, `M` or `ZM` announces.
    fn dimension_word(&mut self) -> usize {
        ["ZM", "Z", "M"].into_iter().find(|word| self.is_word(word)).map_or(0, str::len)
    }

    fn peek(&mut self) -> Option<u8> {
        self.pass_spaces();
        self.text.as_bytes().get(self.at).copied()
    }

    fn is_byte(&mut self, wanted: u8) -> bool {
        let is_there = self.peek() == Some(wanted);
        self.at += usize::from(is_there);
        is_there
    }

    fn expected(&mut self, what: &str) -> String {
        self.pass_spaces();
        match self.rest() {
            "" => format!("is cut off after {} characters; {what} is expected", self.text.chars().count()),
            rest => format!("{} stands at character {}; {what} is expected", shorten(rest), self.character()),
        }
    }

    fn list<T>(&mut self, mut item: impl FnMut(&mut Self) -> Result<T, String>) -> Result<Vec<T>, String> {
        if !self.is_byte(b'(') {
            return Err(self.expected("\"(\""));
        }
        let mut items = Vec::new();
        loop {
            items.push(item(self)?);
            if self.is_byte(b')') {
                return Ok(items);
            }
            if !self.is_byte(b',') {
                return Err(self.expected("\",\" or \")\""));
            }
        }
    }

    fn line(&mut self, dimensions: usize) -> Result<Vec<Position>, String> {
        self.list(|c| c.position(dimensions))
    }

    /// Positions of a MULTIPOINT stand in brackets of their own, or, from old programs, without.
    fn bracketed_position(&mut self, dimensions: usize) -> Result<Position, String> {
        if self.peek() != Some(b'(') {
            return self.position(dimensions);
        }
        match self.list(|c| c.position(dimensions))?.as_slice() {
            [position] => Ok(*position),
            positions => Err(format!("has {} positions in one bracket of a MULTIPOINT", positions.len())),
        }
    }

    fn position(&mut self, dimensions: usize) -> Result<Position, String> {
        let position = [self.number()?, self.number()?];
        let mut more = 0;
        while more < 2 && !matches!(self.peek(), None | Some(b',' | b')')) {
            self.number()?;
            more += 1;
        }
        // Old programs write heights without saying Z.
        if dimensions > 0 && more != dimensions {
            let (found, wanted) = (more + 2, dimensions + 2);
            return Err(format!(
                "has a position of {found} numbers before character {}; its heading says {wanted}",
                self.character()
            ));
        }
        Ok(position)
    }

    fn number(&mut self) -> Result<f64, String> {
        self.pass_spaces();
        let rest = self.rest();
        let length = rest.bytes().take_while(|b| b.is_ascii_digit() || b"+-.eE".contains(b)).count();
        match rest.get(..length).unwrap_or_default().parse::<f64>() {
            Ok(number) if number.is_finite() => {
                self.at += length;
                Ok(number)
            }
            _ => Err(self.expected("a number")),
        }
    }
}

/// A text for a message.
fn shorten(text: &str) -> String {
    let short: String = text.chars().take(24).collect();
    if short.len() < text.len() { format!("{:?}", short + "…") } else { format!("{short:?}") }
}

#[cfg(test)]
mod tests;
