//! The columns rows are taken apart into: words, positions, rings, moments.

use crate::geometry::{
    position::FixedPoint,
    shape::{MultiPolygon, Polygon, Polyline},
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// A column that does not make rows.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ColumnError {
    /// A column ends before the others.
    #[error("column {0} ends before the others")]
    Short(&'static str),
    /// A column goes on after the others.
    #[error("column {0} goes on after the others")]
    Long(&'static str),
    /// A number that stands for nothing.
    #[error("column {column} holds {value}, which stands for nothing")]
    Value {
        /// The column.
        column: &'static str,
        /// The number.
        value: i64,
    },
    /// A text that is not what the column holds.
    #[error("column {0} holds a text that does not read as one")]
    Text(&'static str),
}

/// Walks a column; taking more than it holds, or leaving some, is an error.
pub(super) struct Reader<T> {
    name: &'static str,
    values: std::vec::IntoIter<T>,
}

impl<T> Reader<T> {
    pub(super) fn new(name: &'static str, values: Vec<T>) -> Self {
        Self { name, values: values.into_iter() }
    }

    pub(super) fn next(&mut self) -> Result<T, ColumnError> {
        self.values.next().ok_or(ColumnError::Short(self.name))
    }

    pub(super) fn left(&self) -> usize {
        self.values.len()
    }

    pub(super) fn end(self) -> Result<(), ColumnError> {
        if self.values.len() == 0 { Ok(()) } else { Err(ColumnError::Long(self.name)) }
    }
}

/// Text that repeats: each word once, and its number a row.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Words {
    words: Vec<String>,
    at: Vec<u32>,
}

impl Words {
    pub(super) fn of<'a>(texts: impl Iterator<Item = &'a str>) -> Self {
        let mut places: HashMap<&str, u32> = HashMap::new();
        let mut column = Self::default();
        for text in texts {
            let place = *places.entry(text).or_insert_with(|| {
                column.words.push(text.to_owned());
                (column.words.len() - 1) as u32
            });
            column.at.push(place);
        }
        column
    }

    pub(super) fn read(self, name: &'static str) -> WordReader {
        WordReader { name, words: self.words, at: Reader::new(name, self.at) }
    }
}

pub(super) struct WordReader {
    name: &'static str,
    words: Vec<String>,
    at: Reader<u32>,
}

impl WordReader {
    pub(super) fn next(&mut self) -> Result<String, ColumnError> {
        let at = self.at.next()?;
        let word = self.words.get(at as usize);
        word.cloned().ok_or(ColumnError::Value { column: self.name, value: i64::from(at) })
    }

    pub(super) fn end(self) -> Result<(), ColumnError> {
        self.at.end()
    }
}

/// Positions as steps from the one before, which are small where rows lie near each other.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Positions {
    dx: Vec<i32>,
    dy: Vec<i32>,
}

impl Positions {
    pub(super) fn of<'a>(points: impl Iterator<Item = &'a FixedPoint>) -> Self {
        let mut column = Self::default();
        let mut before = FixedPoint { x: 0, y: 0 };
        for p in points {
            column.dx.push(p.x.wrapping_sub(before.x) as i32);
            column.dy.push(p.y.wrapping_sub(before.y) as i32);
            before = *p;
        }
        column
    }

    pub(super) fn read(self) -> PositionReader {
        PositionReader {
            dx: Reader::new("x", self.dx),
            dy: Reader::new("y", self.dy),
            before: FixedPoint { x: 0, y: 0 },
        }
    }
}

pub(super) struct PositionReader {
    dx: Reader<i32>,
    dy: Reader<i32>,
    before: FixedPoint,
}

impl PositionReader {
    pub(super) fn next(&mut self) -> Result<FixedPoint, ColumnError> {
        let x = self.before.x.wrapping_add(self.dx.next()? as u32);
        let y = self.before.y.wrapping_add(self.dy.next()? as u32);
        self.before = FixedPoint { x, y };
        Ok(self.before)
    }

    /// As many positions as there are rows, and no more.
    pub(super) fn take_all(mut self, count: usize) -> Result<Vec<FixedPoint>, ColumnError> {
        let points = self.take(u32::try_from(count).unwrap_or(u32::MAX))?;
        self.end()?;
        Ok(points)
    }

    fn take(&mut self, count: u32) -> Result<Vec<FixedPoint>, ColumnError> {
        if count as usize > self.dx.left() {
            return Err(ColumnError::Short("x"));
        }
        (0..count).map(|_| self.next()).collect()
    }

    pub(super) fn end(self) -> Result<(), ColumnError> {
        self.dx.end()?;
        self.dy.end()
    }
}

/// Lines: positions a line, and all their positions.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Lines {
    counts: Vec<u32>,
    positions: Positions,
}

impl Lines {
    pub(super) fn of<'a>(lines: impl Iterator<Item = &'a Polyline>) -> Self {
        let lines: Vec<&Polyline> = lines.collect();
        let counts = lines.iter().map(|l| l.len() as u32).collect();
        Self { counts, positions: Positions::of(lines.into_iter().flatten()) }
    }

    pub(super) fn read(self) -> LineReader {
        LineReader { counts: Reader::new("positions a line", self.counts), positions: self.positions.read() }
    }
}

pub(super) struct LineReader {
    counts: Reader<u32>,
    positions: PositionReader,
}

impl LineReader {
    pub(super) fn next(&mut self) -> Result<Polyline, ColumnError> {
        let count = self.counts.next()?;
        self.positions.take(count)
    }

    pub(super) fn end(self) -> Result<(), ColumnError> {
        self.counts.end()?;
        self.positions.end()
    }
}

/// Polygons: polygons a row, rings a polygon, and the rings as lines.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Polygons {
    polygons: Vec<u32>,
    rings: Vec<u32>,
    lines: Lines,
}

impl Polygons {
    pub(super) fn of<'a>(shapes: impl Iterator<Item = &'a MultiPolygon> + Clone) -> Self {
        let polygons = shapes.clone().map(|s| s.len() as u32).collect();
        let rings = shapes.clone().flatten().map(|p| 1 + p.holes.len() as u32).collect();
        Self { polygons, rings, lines: Lines::of(shapes.flatten().flat_map(Polygon::rings)) }
    }

    pub(super) fn read(self) -> PolygonReader {
        PolygonReader {
            polygons: Reader::new("polygons a row", self.polygons),
            rings: Reader::new("rings a polygon", self.rings),
            lines: self.lines.read(),
        }
    }
}

pub(super) struct PolygonReader {
    polygons: Reader<u32>,
    rings: Reader<u32>,
    lines: LineReader,
}

impl PolygonReader {
    pub(super) fn next(&mut self) -> Result<MultiPolygon, ColumnError> {
        let count = self.polygons.next()?;
        (0..count)
            .map(|_| {
                let holes = self.rings.next()?.checked_sub(1);
                let holes = holes.ok_or(ColumnError::Value { column: "rings a polygon", value: 0 })?;
                let outer = self.lines.next()?;
                let holes = (0..holes).map(|_| self.lines.next()).collect::<Result<_, _>>()?;
                Ok(Polygon { outer, holes })
            })
            .collect()
    }

    pub(super) fn end(self) -> Result<(), ColumnError> {
        self.polygons.end()?;
        self.rings.end()?;
        self.lines.end()
    }
}

/// A moment without loss: seconds since 1970 UTC and the nanoseconds beyond.
pub(super) type Moment = (i64, i32);

pub(super) fn moment_of(at: Timestamp) -> Moment {
    (at.as_second(), at.subsec_nanosecond())
}

pub(super) fn timestamp_of((seconds, nanos): Moment) -> Result<Timestamp, ColumnError> {
    Timestamp::new(seconds, nanos).map_err(|_| ColumnError::Value { column: "moment", value: seconds })
}
