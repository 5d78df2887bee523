//! Doors between columns and bytes. They are many, so no row is made on the way.

use super::{
    SegmentError,
    columns::{ColumnError, Positions},
};
use crate::domain::{
    doors::{DoorColumns, WordColumn},
    household::HouseholdKind,
    strings::Texts,
};
use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{SeqAccess, Visitor},
};
use std::fmt;

/// Room made for texts before any is read, at most: the count is a claim of the bytes.
const MOST_RESERVED: usize = 1 << 16;

/// The columns in the order of the bytes.
#[derive(Serialize)]
struct Written<'a> {
    id: &'a Texts,
    at: Positions,
    kind: &'a [HouseholdKind],
    residents: &'a [u16],
    place: WordsWritten<'a>,
    building: WordsWritten<'a>,
    stair: WordsWritten<'a>,
    floor: &'a [i16],
    door: WordsWritten<'a>,
}

#[derive(Serialize)]
struct WordsWritten<'a> {
    words: &'a Texts,
    at: &'a [u32],
}

impl<'a> From<&'a WordColumn> for WordsWritten<'a> {
    fn from(column: &'a WordColumn) -> Self {
        Self { words: &column.words, at: &column.at }
    }
}

#[derive(Deserialize)]
struct Read {
    id: Texts,
    at: Positions,
    kind: Vec<HouseholdKind>,
    residents: Vec<u16>,
    place: WordsRead,
    building: WordsRead,
    stair: WordsRead,
    floor: Vec<i16>,
    door: WordsRead,
}

#[derive(Deserialize)]
struct WordsRead {
    words: Texts,
    at: Vec<u32>,
}

impl Serialize for Texts {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(Counted { texts: self, next: 0 })
    }
}

/// An iterator that knows how many are left, which postcard writes first.
struct Counted<'a> {
    texts: &'a Texts,
    next: u32,
}

impl<'a> Iterator for Counted<'a> {
    type Item = &'a str;
    fn next(&mut self) -> Option<&'a str> {
        let number = self.next;
        self.next += 1;
        ((number as usize) < self.texts.len()).then(|| self.texts.get(number))
    }
    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = self.texts.len().saturating_sub(self.next as usize);
        (left, Some(left))
    }
}

impl<'de> Deserialize<'de> for Texts {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Ends;
        impl<'de> Visitor<'de> for Ends {
            type Value = Texts;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("texts")
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Texts, A::Error> {
                let count = seq.size_hint().unwrap_or(0).min(MOST_RESERVED);
                let mut texts = Texts::with_capacity(count, count * 8);
                while let Some(text) = seq.next_element::<&'de str>()? {
                    texts.push(text);
                }
                Ok(texts)
            }
        }
        deserializer.deserialize_seq(Ends)
    }
}

/// Bytes of doors.
pub(super) fn encode(doors: &DoorColumns) -> Result<Vec<u8>, SegmentError> {
    let written = Written {
        id: &doors.id,
        at: Positions::of(doors.at.iter()),
        kind: &doors.kind,
        residents: &doors.residents,
        place: (&doors.place).into(),
        building: (&doors.building).into(),
        stair: (&doors.stair).into(),
        floor: &doors.floor,
        door: (&doors.door).into(),
    };
    let room = Vec::with_capacity(doors.id.bytes() + doors.len() * 24);
    postcard::to_extend(&written, room).map_err(|e| SegmentError::Postcard(e.to_string()))
}

/// Doors of bytes; every column is as long as the others and every word there.
pub(super) fn decode(body: &[u8]) -> Result<DoorColumns, SegmentError> {
    let (read, rest) = postcard::take_from_bytes::<Read>(body).map_err(|e| SegmentError::Postcard(e.to_string()))?;
    if !rest.is_empty() {
        return Err(SegmentError::Postcard(format!("{} bytes are left over", rest.len())));
    }
    let count = read.id.len();
    let long = |column, length: usize| match length.cmp(&count) {
        std::cmp::Ordering::Less => Err(ColumnError::Short(column)),
        std::cmp::Ordering::Equal => Ok(()),
        std::cmp::Ordering::Greater => Err(ColumnError::Long(column)),
    };
    let word = |column, read: WordsRead| {
        long(column, read.at.len())?;
        match read.at.iter().find(|at| **at as usize >= read.words.len()) {
            Some(at) => Err(ColumnError::Value { column, value: i64::from(*at) }),
            None => Ok(WordColumn { words: read.words, at: read.at }),
        }
    };
    long("kind", read.kind.len())?;
    long("residents", read.residents.len())?;
    long("floor", read.floor.len())?;
    Ok(DoorColumns {
        id: read.id,
        at: read.at.read().take_all(count)?,
        kind: read.kind,
        residents: read.residents,
        place: word("place", read.place)?,
        building: word("building", read.building)?,
        stair: word("stair", read.stair)?,
        floor: read.floor,
        door: word("door", read.door)?,
    })
}
