//! Segments as `apply` reads them: one at a time, doors in columns, from wherever the caller has them.

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

/// What applying an import works with: its segments, and whether two things can be done at once.
pub trait Workbench {
    /// What a segment holds; asked once for each the event names, in its order.
    ///
    /// # Errors
    /// What is wrong with it.
    fn segment(&mut self, named: &SegmentRef) -> Result<SegmentData, String>;

    /// Does two things that do not touch each other: one after the other, or at once where there are threads.
    fn both(&self, one: &mut (dyn FnMut() + Send), other: &mut (dyn FnMut() + Send)) {
        one();
        other();
    }
}

impl<F: FnMut(&SegmentRef) -> Result<SegmentData, String>> Workbench for F {
    fn segment(&mut self, named: &SegmentRef) -> Result<SegmentData, String> {
        self(named)
    }
}
