//! Segments as `apply` reads them: one at a time, doors in columns.

use super::{
    doors::DoorColumns,
    event::{SegmentRef, SegmentRows},
};

/// What a segment holds.
#[derive(Debug, Clone, PartialEq)]
pub enum SegmentData {
    /// Doors, which are many and never become rows on their way in.
    Doors(Box<DoorColumns>),
    /// Rows of any other kind.
    Rows(SegmentRows),
}

impl SegmentData {
    /// How many rows.
    pub fn len(&self) -> usize {
        match self {
            Self::Doors(columns) => columns.len(),
            Self::Rows(rows) => rows.len(),
        }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The same as rows.
    pub fn into_rows(self) -> SegmentRows {
        match self {
            Self::Doors(columns) => SegmentRows::Households(columns.rows()),
            Self::Rows(rows) => rows,
        }
    }
}

impl From<SegmentRows> for SegmentData {
    fn from(rows: SegmentRows) -> Self {
        match rows {
            SegmentRows::Households(rows) => Self::Doors(Box::new(DoorColumns::of(&rows))),
            rows => Self::Rows(rows),
        }
    }
}

/// Reads a segment an event names; asked once for each, in the event's order. The text of an error says what is wrong.
pub type ReadSegment<'a> = dyn FnMut(&SegmentRef) -> Result<SegmentData, String> + 'a;
