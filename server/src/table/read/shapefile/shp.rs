//! The shapes of a shapefile: records of the `.shp`, found by the `.shx` where it is there.
//!
//! Source: ESRI Shapefile Technical Description, 1998. Written out here, as the crate for it allocates what a record
//! claims; its tests read the same files with that crate.

use super::super::{
    fault::{refused, unreadable},
    rings,
};
use crate::table::{
    limits::Limits,
    shape::{Position, RawShape},
    source::{Format, TableError},
};
use std::{
    fs::File,
    io::{self, BufReader, ErrorKind, Read},
    path::{Path, PathBuf},
};

const HEADING: u64 = 100;

/// Reader of the records in order.
pub(super) struct Shapes {
    path: PathBuf,
    file: BufReader<File>,
    index: Option<BufReader<File>>,
    bytes: u64,
    at: u64,
    record: Vec<u8>,
    row_bytes: usize,
}

/// What a record holds.
pub(super) enum Found {
    /// A shape; none for a null shape; and whether heights were dropped.
    Shape(Option<RawShape>, bool),
    /// Something that is none.
    Wrong(String),
    /// No record: the file ends.
    End,
}

impl Shapes {
    pub(super) fn open(shp: &Path, shx: Option<&Path>, limits: &Limits) -> Result<Self, TableError> {
        let mut file = BufReader::with_capacity(256 << 10, File::open(shp).map_err(unreadable(shp))?);
        let bytes = file.get_ref().metadata().map_err(unreadable(shp))?.len();
        let mut heading = [0; HEADING as usize];
        let is_whole = file.read_exact(&mut heading).is_ok();
        if !is_whole || heading[..4] != [0, 0, 0x27, 0x0A] {
            return Err(refused(
                Format::Shapefile,
                format!("the .shp has {bytes} bytes and no heading of a shapefile"),
            ));
        }
        let index = match shx {
            Some(shx) => index(shx).map_err(unreadable(shx))?,
            None => None,
        };
        Ok(Self {
            path: shp.to_owned(),
            file,
            index,
            bytes,
            at: HEADING,
            record: Vec::new(),
            row_bytes: limits.row_bytes,
        })
    }

    /// Size of the `.shp`, and how far it was read.
    pub(super) fn progress(&self) -> (u64, u64) {
        (self.bytes, self.at.min(self.bytes))
    }

    /// The next record.
    pub(super) fn next(&mut self) -> Result<Found, TableError> {
        let path = self.path.clone();
        match self.read() {
            Ok(found) => Ok(found),
            Err(error) if error.kind() == ErrorKind::UnexpectedEof => {
                let message = format!("the .shp is cut off: it has {} bytes", self.bytes);
                Err(refused(Format::Shapefile, message))
            }
            Err(error) => Err(unreadable(&path)(error)),
        }
    }

    fn read(&mut self) -> io::Result<Found> {
        if let Some(index) = &mut self.index {
            let mut entry = [0; 8];
            match index.read_exact(&mut entry) {
                Ok(()) => {}
                Err(error) if error.kind() == ErrorKind::UnexpectedEof => return Ok(Found::End),
                Err(error) => return Err(error),
            }
            let offset = 2 * u64::from(u32::from_be_bytes([entry[0], entry[1], entry[2], entry[3]]));
            if offset < HEADING || offset >= self.bytes {
                return Ok(Found::Wrong(format!("stands at byte {offset} by the .shx; the .shp has {}", self.bytes)));
            }
            if offset != self.at {
                // Backwards is right too; a relative move keeps what is buffered.
                self.file.seek_relative(offset as i64 - self.at as i64)?;
                self.at = offset;
            }
        } else if self.at >= self.bytes {
            return Ok(Found::End);
        }
        let mut heading = [0; 8];
        self.file.read_exact(&mut heading)?;
        let length = 2 * u64::from(u32::from_be_bytes([heading[4], heading[5], heading[6], heading[7]]));
        let left = self.bytes - (self.at + 8).min(self.bytes);
        if length > left {
            return Err(ErrorKind::UnexpectedEof.into());
        }
        self.at += 8 + length;
        if length > self.row_bytes as u64 {
            self.file.seek_relative(length as i64)?;
            return Ok(Found::Wrong(format!("has {length} bytes; at most {} are taken", self.row_bytes)));
        }
        self.record.clear();
        // As much as the file has, which was measured; not as much as it claims.
        (&mut self.file).take(length).read_to_end(&mut self.record)?;
        if (self.record.len() as u64) < length {
            return Err(ErrorKind::UnexpectedEof.into());
        }
        Ok(match shape(&self.record) {
            Ok((shape, has_heights)) => Found::Shape(shape, has_heights),
            Err(message) => Found::Wrong(message),
        })
    }
}

/// Reader of the places in a `.shx`; none where it is no index.
fn index(shx: &Path) -> io::Result<Option<BufReader<File>>> {
    let mut file = BufReader::new(File::open(shx)?);
    let mut heading = [0; HEADING as usize];
    let is_index = file.read_exact(&mut heading).is_ok() && heading[..4] == [0, 0, 0x27, 0x0A];
    Ok(is_index.then_some(file))
}

/// Shape of a record's content.
fn shape(record: &[u8]) -> Result<(Option<RawShape>, bool), String> {
    let kind = number(record, 0)?;
    let has_heights = kind > 10;
    let shape = match kind {
        0 => return Ok((None, false)),
        1 | 11 | 21 => RawShape::Point(position(record, 4)?),
        8 | 18 | 28 => RawShape::Points(positions(record, 40, number(record, 36)?)?),
        3 | 13 | 23 => RawShape::Lines(parts(record)?),
        5 | 15 | 25 => RawShape::Polygons(rings::polygons(parts(record)?)?),
        31 => return Err("is a MultiPatch; points, lines and polygons are taken".to_owned()),
        other => return Err(format!("has type {other}, which is no type of a shape")),
    };
    Ok((Some(shape), has_heights))
}

fn number(record: &[u8], at: usize) -> Result<u32, String> {
    let bytes = record.get(at..at + 4).and_then(|bytes| bytes.try_into().ok());
    bytes.map(u32::from_le_bytes).ok_or_else(|| format!("has {} bytes, too few for a shape", record.len()))
}

fn position(record: &[u8], at: usize) -> Result<Position, String> {
    let real = |at: usize| record.get(at..at + 8).and_then(|bytes| bytes.try_into().ok()).map(f64::from_le_bytes);
    match (real(at), real(at + 8)) {
        (Some(x), Some(y)) => Ok([x, y]),
        _ => Err(format!("has {} bytes, too few for a shape", record.len())),
    }
}

fn positions(record: &[u8], at: usize, count: u32) -> Result<Vec<Position>, String> {
    let left = record.len().saturating_sub(at);
    if count as usize > left / 16 {
        return Err(format!("claims {count} positions where {left} bytes are left"));
    }
    (0..count as usize).map(|n| position(record, at + 16 * n)).collect()
}

fn parts(record: &[u8]) -> Result<Vec<Vec<Position>>, String> {
    let (parts, count) = (number(record, 36)?, number(record, 40)?);
    let left = record.len().saturating_sub(44);
    if parts as usize > left / 4 {
        return Err(format!("claims {parts} parts where {left} bytes are left"));
    }
    let all = positions(record, 44 + 4 * parts as usize, count)?;
    let starts: Vec<usize> =
        (0..parts as usize).map(|n| number(record, 44 + 4 * n).map(|at| at as usize)).collect::<Result<_, _>>()?;
    let ends = starts.iter().skip(1).copied().chain([all.len()]);
    let part = |(start, end): (usize, usize)| {
        all.get(start..end)
            .map(<[Position]>::to_vec)
            .ok_or_else(|| format!("has a part from position {start} to {end} of {count}"))
    };
    starts.iter().copied().zip(ends).map(part).collect()
}
