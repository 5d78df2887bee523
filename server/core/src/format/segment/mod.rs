//! Segments: an import's rows in columns, checksummed, as the store keeps them.
//!
//! `WGSG`, u8 kind, u8 0, u16 format version, u64 rows, then the columns in postcard; little-endian. The checksum is the
//! CRC-32 of all of it and lies in the [`SegmentRef`] of the event that names the segment.

mod columns;
mod doors;
mod places;
mod rows;

use crate::domain::{
    DoorColumns, SegmentData,
    event::{SegmentRef, SegmentRows},
};
use columns::ColumnError;
use places::{FacilityColumns, ShopColumns, StaffingColumns};
use rows::{AreaColumns, BaseColumns, RoadColumns, VisitColumns};
use serde::{Serialize, de::DeserializeOwned};

/// First four bytes of every segment.
pub const MAGIC: [u8; 4] = *b"WGSG";
/// Version of the columns written today.
pub const SEGMENT_VERSION: u16 = 1;
/// Bytes before the columns.
const HEADER_BYTES: usize = 16;

/// A segment that could not be written or read.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum SegmentError {
    /// The bytes are not those that were written.
    #[error("segment {id} has checksum {found:08x}, its event says {expected:08x}: it was damaged or exchanged")]
    Checksum {
        /// Number of the segment.
        id: u64,
        /// Checksum by the event.
        expected: u32,
        /// Checksum of the bytes.
        found: u32,
    },
    /// Shorter than a header.
    #[error("segment of {0} bytes is shorter than its header of {HEADER_BYTES}")]
    Short(usize),
    /// Another kind of file.
    #[error("segment begins with {0:?}, not with \"WGSG\"")]
    Magic([u8; 4]),
    /// Written by another version.
    #[error("segment format {0} is not known; this version reads {SEGMENT_VERSION}")]
    Version(u16),
    /// Rows of a kind this version does not know.
    #[error("segment kind {0} is not known; kinds are 1..=8")]
    Kind(u8),
    /// The header and the columns, or the event, disagree about the rows.
    #[error("segment says {said} rows and holds {held}")]
    Rows {
        /// Rows by the header or the event.
        said: u64,
        /// Rows there are.
        held: u64,
    },
    /// The columns are not postcard, or bytes are left over.
    #[error("segment columns are not readable: {0}")]
    Postcard(String),
    /// A column holds what no row can.
    #[error("segment columns: {0}")]
    Columns(#[from] ColumnError),
}

/// A segment's bytes, with what its [`SegmentRef`] must say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EncodedSegment {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// Rows in it.
    pub rows: u64,
    /// CRC-32 of the bytes.
    pub crc32: u32,
}

impl EncodedSegment {
    /// What an event says of this segment once the store has numbered it.
    pub fn reference(&self, id: u64) -> SegmentRef {
        SegmentRef { id, rows: self.rows, crc32: self.crc32 }
    }
}

/// Columns of rows of one kind.
trait Columns: Serialize + DeserializeOwned {
    type Row;
    fn of(rows: &[Self::Row]) -> Self;
    fn into_rows(self) -> Result<Vec<Self::Row>, ColumnError>;
}

/// Bytes of a segment.
///
/// # Errors
/// [`SegmentError::Postcard`] when the writer fails, which it does for no rows that can be built.
pub fn encode(data: &SegmentData) -> Result<EncodedSegment, SegmentError> {
    let rows = match data {
        SegmentData::Doors(doors) => return Ok(whole(2, doors.len(), &doors::encode(doors)?)),
        SegmentData::Rows(rows) => rows,
    };
    let (kind, body) = match rows {
        SegmentRows::Areas(rows) => (1, body::<AreaColumns>(rows)?),
        SegmentRows::Households(rows) => (2, doors::encode(&DoorColumns::of(rows))?),
        SegmentRows::Roads(rows) => (3, body::<RoadColumns>(rows)?),
        SegmentRows::Base(rows) => (4, body::<BaseColumns>(rows)?),
        SegmentRows::Visits(rows) => (5, body::<VisitColumns>(rows)?),
        SegmentRows::Facilities(rows) => (6, body::<FacilityColumns>(rows)?),
        SegmentRows::Shops(rows) => (7, body::<ShopColumns>(rows)?),
        SegmentRows::Staffing(rows) => (8, body::<StaffingColumns>(rows)?),
    };
    Ok(whole(kind, rows.len(), &body))
}

/// A header and the columns behind it.
fn whole(kind: u8, rows: usize, body: &[u8]) -> EncodedSegment {
    let count = rows as u64;
    let mut bytes = Vec::with_capacity(HEADER_BYTES + body.len());
    bytes.extend_from_slice(&MAGIC);
    bytes.extend_from_slice(&[kind, 0]);
    bytes.extend_from_slice(&SEGMENT_VERSION.to_le_bytes());
    bytes.extend_from_slice(&count.to_le_bytes());
    bytes.extend_from_slice(body);
    let crc32 = crc32fast::hash(&bytes);
    EncodedSegment { bytes, rows: count, crc32 }
}

fn body<C: Columns>(rows: &[C::Row]) -> Result<Vec<u8>, SegmentError> {
    postcard::to_stdvec(&C::of(rows)).map_err(|e| SegmentError::Postcard(e.to_string()))
}

/// What a segment holds, compared with what the event that names it says.
///
/// # Errors
/// [`SegmentError`] when the bytes are not those the event means, or of a version this one does not know.
pub fn decode(reference: &SegmentRef, bytes: &[u8]) -> Result<SegmentData, SegmentError> {
    let found = crc32fast::hash(bytes);
    if found != reference.crc32 {
        return Err(SegmentError::Checksum { id: reference.id, expected: reference.crc32, found });
    }
    let data = decode_unchecked(bytes)?;
    if data.len() as u64 != reference.rows {
        return Err(SegmentError::Rows { said: reference.rows, held: data.len() as u64 });
    }
    Ok(data)
}

/// What bytes hold whose checksum is not looked at.
fn decode_unchecked(bytes: &[u8]) -> Result<SegmentData, SegmentError> {
    let (head, body) = bytes.split_first_chunk::<HEADER_BYTES>().ok_or(SegmentError::Short(bytes.len()))?;
    let [m0, m1, m2, m3, kind, _, v0, v1, rows @ ..] = *head;
    if [m0, m1, m2, m3] != MAGIC {
        return Err(SegmentError::Magic([m0, m1, m2, m3]));
    }
    let version = u16::from_le_bytes([v0, v1]);
    if version != SEGMENT_VERSION {
        return Err(SegmentError::Version(version));
    }
    let said = u64::from_le_bytes(rows);
    let data = match kind {
        2 => SegmentData::Doors(Box::new(doors::decode(body)?)),
        1 => SegmentRows::Areas(unpack::<AreaColumns>(body)?).into(),
        3 => SegmentRows::Roads(unpack::<RoadColumns>(body)?).into(),
        4 => SegmentRows::Base(unpack::<BaseColumns>(body)?).into(),
        5 => SegmentRows::Visits(unpack::<VisitColumns>(body)?).into(),
        6 => SegmentRows::Facilities(unpack::<FacilityColumns>(body)?).into(),
        7 => SegmentRows::Shops(unpack::<ShopColumns>(body)?).into(),
        8 => SegmentRows::Staffing(unpack::<StaffingColumns>(body)?).into(),
        other => return Err(SegmentError::Kind(other)),
    };
    let held = data.len() as u64;
    if held == said { Ok(data) } else { Err(SegmentError::Rows { said, held }) }
}

fn unpack<C: Columns>(body: &[u8]) -> Result<Vec<C::Row>, SegmentError> {
    let (columns, rest) = postcard::take_from_bytes::<C>(body).map_err(|e| SegmentError::Postcard(e.to_string()))?;
    if !rest.is_empty() {
        return Err(SegmentError::Postcard(format!("{} bytes are left over", rest.len())));
    }
    Ok(columns.into_rows()?)
}

#[cfg(test)]
mod tests;
