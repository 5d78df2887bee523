//! Shapes as well-known binary: ISO (OGC 06-103r4, 8.2) and the extended kind of PostGIS, in both byte orders.
//!
//! A count is believed only as far as there are bytes for it, so that memory stays in proportion to what was read.
//! Heights and measures are dropped.

use crate::table::shape::{Position, RawShape};

/// Shape of some bytes, and whether heights or measures were dropped.
///
/// # Errors
/// What is wrong, and at which byte.
pub fn parse(bytes: &[u8]) -> Result<(RawShape, bool), String> {
    if bytes.is_empty() {
        return Err("has 0 bytes; a shape is needed".to_owned());
    }
    let mut cursor = Cursor { bytes, at: 0, is_little: true };
    let heading = cursor.heading()?;
    let shape = match heading.kind {
        POINT => RawShape::Point(cursor.position(heading.stride)?),
        LINE => RawShape::Lines(vec![cursor.line(heading.stride)?]),
        POLYGON => RawShape::Polygons(vec![cursor.lines(heading.stride)?]),
        MULTI_POINT => RawShape::Points(cursor.parts(POINT, |c, stride| c.position(stride))?),
        MULTI_LINE | MULTI_CURVE => RawShape::Lines(cursor.parts(LINE, Cursor::line)?),
        MULTI_POLYGON | MULTI_SURFACE => RawShape::Polygons(cursor.parts(POLYGON, Cursor::lines)?),
        other => {
            let name = NAMES.iter().find(|(kind, _)| *kind == other).map_or("an unknown type", |(_, name)| name);
            return Err(format!("is {name} (type {other}); points, lines, polygons and their multiples are taken"));
        }
    };
    if let RawShape::Point([x, y]) = shape
        && x.is_nan()
        && y.is_nan()
    {
        return Err("is an empty Point; it must have a position".to_owned());
    }
    match bytes.len() - cursor.at {
        0 => Ok((shape, heading.stride > 2)),
        more => Err(format!("has {more} bytes more than its shape needs")),
    }
}

const POINT: u32 = 1;
const LINE: u32 = 2;
const POLYGON: u32 = 3;
const MULTI_POINT: u32 = 4;
const MULTI_LINE: u32 = 5;
const MULTI_POLYGON: u32 = 6;
const MULTI_CURVE: u32 = 11;
const MULTI_SURFACE: u32 = 12;

const NAMES: [(u32, &str); 7] = [
    (7, "a GeometryCollection"),
    (8, "a CircularString"),
    (9, "a CompoundCurve"),
    (10, "a CurvePolygon"),
    (15, "a PolyhedralSurface"),
    (16, "a TIN"),
    (17, "a Triangle"),
];

struct Heading {
    kind: u32,
    /// Numbers of a position.
    stride: usize,
}

struct Cursor<'a> {
    bytes: &'a [u8],
    at: usize,
    is_little: bool,
}

impl Cursor<'_> {
    fn take<const N: usize>(&mut self) -> Result<[u8; N], String> {
        let part = self.bytes.get(self.at..self.at + N).and_then(|part| part.try_into().ok());
        self.at += N;
        part.ok_or_else(|| format!("is cut off after {} bytes", self.bytes.len()))
    }

    fn number(&mut self) -> Result<u32, String> {
        let bytes = self.take()?;
        Ok(if self.is_little { u32::from_le_bytes(bytes) } else { u32::from_be_bytes(bytes) })
    }

    fn real(&mut self) -> Result<f64, String> {
        let bytes = self.take()?;
        Ok(if self.is_little { f64::from_le_bytes(bytes) } else { f64::from_be_bytes(bytes) })
    }

    fn heading(&mut self) -> Result<Heading, String> {
        self.is_little = match self.take::<1>()? {
            [0] => false,
            [1] => true,
            [other] => return Err(format!("has byte order {other} at byte {}; it is 0 or 1", self.at - 1)),
        };
        let written = self.number()?;
        let (has_z, has_m, has_srid) =
            (written & 0x8000_0000 != 0, written & 0x4000_0000 != 0, written & 0x2000_0000 != 0);
        if has_srid {
            self.number()?;
        }
        let kind = written & 0x0FFF_FFFF;
        let stride = match kind / 1000 {
            0 => 2 + usize::from(has_z) + usize::from(has_m),
            1 | 2 => 3,
            3 => 4,
            _ => return Err(format!("has type {kind}, which is no type of a shape")),
        };
        Ok(Heading { kind: kind % 1000, stride })
    }

    /// A count of things that need so many bytes each at least.
    fn count(&mut self, least: usize) -> Result<usize, String> {
        let count = self.number()? as usize;
        let left = self.bytes.len().saturating_sub(self.at);
        if count > left / least {
            return Err(format!("claims {count} parts at byte {} where {left} bytes are left", self.at - 4));
        }
        Ok(count)
    }

    fn position(&mut self, stride: usize) -> Result<Position, String> {
        let position = [self.real()?, self.real()?];
        for _ in 2..stride {
            self.real()?;
        }
        Ok(position)
    }

    fn line(&mut self, stride: usize) -> Result<Vec<Position>, String> {
        let count = self.count(8 * stride)?;
        (0..count).map(|_| self.position(stride)).collect()
    }

    fn lines(&mut self, stride: usize) -> Result<Vec<Vec<Position>>, String> {
        let count = self.count(4)?;
        (0..count).map(|_| self.line(stride)).collect()
    }

    /// Parts of a multiple, each with its own heading.
    fn parts<T>(&mut self, kind: u32, part: impl Fn(&mut Self, usize) -> Result<T, String>) -> Result<Vec<T>, String> {
        let count = self.count(9)?;
        let mut parts = Vec::with_capacity(count.min(1024));
        for _ in 0..count {
            let heading = self.heading()?;
            if heading.kind != kind {
                return Err(format!("holds a part of type {} where all are of type {kind}", heading.kind));
            }
            parts.push(part(self, heading.stride)?);
        }
        Ok(parts)
    }
}

#[cfg(test)]
mod tests;
