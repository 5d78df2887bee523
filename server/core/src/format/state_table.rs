//! State tables: what is true now, by slot, in as few bytes as it takes.
//!
//! `WGS1`, u16 bytes a row, u16 0, u32 rows, u32 epoch, u64 n, u64 shapes version, then the rows; little-endian. A door is
//! its byte; an area is u32 eligible, touched, reached.

use crate::domain::{figures::Counts, seq::Seq, visit::DoorByte};

/// First four bytes of every table.
pub const MAGIC: [u8; 4] = *b"WGS1";
/// Bytes before the first row.
pub const HEADER_BYTES: usize = 32;
/// Bytes of a door.
pub const DOOR_BYTES: u16 = 1;
/// Bytes of an area.
pub const AREA_BYTES: u16 = 12;

/// What stands before the rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StateHeader {
    /// Bytes a row.
    pub row_bytes: u16,
    /// Rows, one a slot.
    pub rows: u32,
    /// Place in the log the rows are true for.
    pub seq: Seq,
    /// Version of the shapes whose slots they are.
    pub shapes_version: u64,
}

/// Rows of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StateRows<'a> {
    /// A byte a door ([`DoorByte`]).
    Doors(&'a [u8]),
    /// Twelve bytes an area.
    Areas(AreaRows<'a>),
}

/// Area rows as they lie in the bytes, each one checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AreaRows<'a>(&'a [u8]);

/// What is wrong with a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum StateTableError {
    /// Shorter than a header.
    #[error("state table of {0} bytes is shorter than its header of {HEADER_BYTES}")]
    Short(usize),
    /// Another kind of file.
    #[error("state table begins with {0:?}, not with \"WGS1\"")]
    Magic([u8; 4]),
    /// Rows of a size no layer has.
    #[error("state table has {0} bytes a row; doors have {DOOR_BYTES}, areas {AREA_BYTES}")]
    RowBytes(u16),
    /// Reserved bytes in use.
    #[error("state table has {0} where 0 is reserved")]
    Reserved(u16),
    /// More or fewer bytes than the header says.
    #[error("state table has {found} bytes; {rows} rows of {row_bytes} need {needed}")]
    Length {
        /// Rows by the header.
        rows: u32,
        /// Bytes a row.
        row_bytes: u16,
        /// Bytes that would be right.
        needed: u64,
        /// Bytes there are.
        found: u64,
    },
    /// A door in a state that does not exist.
    #[error("door {slot} has state {state}; states are 0..=9")]
    DoorState {
        /// Slot of the door.
        slot: u32,
        /// The number.
        state: u8,
    },
    /// Counts that cannot be.
    #[error("area {slot} counts {} reached of {} touched of {} eligible; each is at most the next", counts.reached, counts.touched, counts.eligible)]
    Counts {
        /// Slot of the area.
        slot: u32,
        /// Its counts.
        counts: Counts,
    },
}

/// Table of doors by slot.
pub fn encode_doors(seq: Seq, shapes_version: u64, doors: &[DoorByte]) -> Vec<u8> {
    let mut out = header(DOOR_BYTES, doors.len(), seq, shapes_version);
    out.extend(doors.iter().map(|door| door.0));
    out
}

/// Table of areas by slot.
pub fn encode_areas(seq: Seq, shapes_version: u64, areas: &[Counts]) -> Vec<u8> {
    let mut out = header(AREA_BYTES, areas.len(), seq, shapes_version);
    for counts in areas {
        for count in [counts.eligible, counts.touched, counts.reached] {
            out.extend_from_slice(&count.to_le_bytes());
        }
    }
    out
}

fn header(row_bytes: u16, rows: usize, seq: Seq, shapes_version: u64) -> Vec<u8> {
    let mut out = Vec::with_capacity(HEADER_BYTES + rows * usize::from(row_bytes));
    out.extend_from_slice(&MAGIC);
    out.extend_from_slice(&row_bytes.to_le_bytes());
    out.extend_from_slice(&0u16.to_le_bytes());
    // Slots are u32, so rows always fit.
    out.extend_from_slice(&(rows as u32).to_le_bytes());
    out.extend_from_slice(&seq.epoch.to_le_bytes());
    out.extend_from_slice(&seq.n.to_le_bytes());
    out.extend_from_slice(&shapes_version.to_le_bytes());
    out
}

/// Header and rows of a table; the rows are borrowed.
///
/// # Errors
/// [`StateTableError`] when the bytes are not exactly a table, or a row says what cannot be.
pub fn decode(bytes: &[u8]) -> Result<(StateHeader, StateRows<'_>), StateTableError> {
    let (head, body) = bytes.split_first_chunk::<HEADER_BYTES>().ok_or(StateTableError::Short(bytes.len()))?;
    let magic = take::<4>(head, 0);
    if magic != MAGIC {
        return Err(StateTableError::Magic(magic));
    }
    let row_bytes = u16::from_le_bytes(take(head, 4));
    if row_bytes != DOOR_BYTES && row_bytes != AREA_BYTES {
        return Err(StateTableError::RowBytes(row_bytes));
    }
    let reserved = u16::from_le_bytes(take(head, 6));
    if reserved != 0 {
        return Err(StateTableError::Reserved(reserved));
    }
    let rows = u32::from_le_bytes(take(head, 8));
    let needed = HEADER_BYTES as u64 + u64::from(rows) * u64::from(row_bytes);
    let found = bytes.len() as u64;
    if found != needed {
        return Err(StateTableError::Length { rows, row_bytes, needed, found });
    }
    let seq = Seq { epoch: u32::from_le_bytes(take(head, 12)), n: u64::from_le_bytes(take(head, 16)) };
    let header = StateHeader { row_bytes, rows, seq, shapes_version: u64::from_le_bytes(take(head, 24)) };
    let rows = if row_bytes == DOOR_BYTES { checked_doors(body)? } else { checked_areas(body)? };
    Ok((header, rows))
}

/// `N` bytes of the header from `at`; every caller stays inside it.
fn take<const N: usize>(head: &[u8; HEADER_BYTES], at: usize) -> [u8; N] {
    std::array::from_fn(|i| head[at + i])
}

fn checked_doors(body: &[u8]) -> Result<StateRows<'_>, StateTableError> {
    match body.iter().position(|byte| byte & 0x0F > 9) {
        Some(slot) => Err(StateTableError::DoorState { slot: slot as u32, state: body[slot] & 0x0F }),
        None => Ok(StateRows::Doors(body)),
    }
}

fn checked_areas(body: &[u8]) -> Result<StateRows<'_>, StateTableError> {
    let rows = AreaRows(body);
    match rows.iter().enumerate().find(|(_, c)| c.reached > c.touched || c.touched > c.eligible) {
        Some((slot, counts)) => Err(StateTableError::Counts { slot: slot as u32, counts }),
        None => Ok(StateRows::Areas(rows)),
    }
}

impl<'a> AreaRows<'a> {
    /// Counts by slot.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = Counts> + 'a {
        self.0.chunks_exact(usize::from(AREA_BYTES)).map(|row| {
            let count = |at: usize| u32::from_le_bytes(std::array::from_fn(|i| row[at + i]));
            Counts { eligible: count(0), touched: count(4), reached: count(8) }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::visit::DoorState;
    use proptest::prelude::*;

    fn any_counts() -> impl Strategy<Value = Counts> {
        any::<[u32; 3]>().prop_map(|mut c| {
            c.sort_unstable();
            Counts { eligible: c[2], touched: c[1], reached: c[0] }
        })
    }

    #[test]
    fn the_bytes_are_those_of_the_design() {
        let bytes = encode_doors(Seq { epoch: 1, n: 2 }, 3, &[DoorByte::new(DoorState::NoAnswer, true, 3)]);
        let mut expected = b"WGS1".to_vec();
        expected.extend_from_slice(&[1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0]);
        expected.extend_from_slice(&[2, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0]);
        expected.push(0b0111_0100);
        assert_eq!(bytes, expected);
    }

    #[test]
    fn impossible_counts_are_refused() {
        let counts = Counts { eligible: 1, touched: 2, reached: 0 };
        let bytes = encode_areas(Seq::default(), 0, &[Counts::default(), counts]);
        assert_eq!(decode(&bytes), Err(StateTableError::Counts { slot: 1, counts }));
    }

    #[test]
    fn a_length_that_does_not_fit_is_refused() {
        let mut bytes = encode_doors(Seq::default(), 0, &[DoorByte(1); 3]);
        bytes.push(1);
        assert_eq!(decode(&bytes).unwrap_err().to_string(), "state table has 36 bytes; 3 rows of 1 need 35");
    }

    proptest! {
        #[test]
        fn doors_read_back(epoch: u32, n: u64, version: u64, doors in prop::collection::vec((0usize..10, any::<bool>(), 0usize..9), 0..50)) {
            let doors: Vec<DoorByte> = doors.into_iter().map(|(s, due, tries)| DoorByte::new(DoorState::ALL[s], due, tries)).collect();
            let seq = Seq { epoch, n };
            let bytes = encode_doors(seq, version, &doors);
            let (header, rows) = decode(&bytes).unwrap();
            prop_assert_eq!(header, StateHeader { row_bytes: 1, rows: doors.len() as u32, seq, shapes_version: version });
            let raw: Vec<u8> = doors.iter().map(|d| d.0).collect();
            prop_assert_eq!(rows, StateRows::Doors(&raw));
        }

        #[test]
        fn areas_read_back(n: u64, areas in prop::collection::vec(any_counts(), 0..50)) {
            let bytes = encode_areas(Seq { epoch: 7, n }, 1, &areas);
            let (_, rows) = decode(&bytes).unwrap();
            match rows {
                StateRows::Areas(rows) => prop_assert_eq!(rows.iter().collect::<Vec<_>>(), areas),
                StateRows::Doors(_) => prop_assert!(false, "read as doors"),
            }
        }

        #[test]
        fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..100), has_magic: bool) {
            let mut bytes = bytes;
            if has_magic && bytes.len() >= 4 {
                bytes[..4].copy_from_slice(&MAGIC);
            }
            let _ = decode(&bytes);
        }
    }
}
