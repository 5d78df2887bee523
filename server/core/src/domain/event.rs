//! Events: facts that happened, as the log keeps them.

use super::{
    area::AreaRow,
    facility::FacilityRow,
    feature::{BaseRow, RoadRow},
    household::HouseholdRow,
    round::Round,
    shop::ShopRow,
    staffing::StaffingRow,
    visit::Visit,
};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

/// Version of the event format written today. Older ones are read by `format::event`.
///
/// 2: `imported` and `clock_advanced` say the day it was, by which areas begin and end.
pub const EVENT_VERSION: u16 = 2;

/// What happened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Event {
    /// Rows came in; they lie in the segments named, in this order.
    Imported {
        /// What the rows came from: a file name or the generator's words.
        source: String,
        /// The segments, each checksummed.
        segments: Vec<SegmentRef>,
        /// The district's day then; none in version 1, where every version of an area was in force at once.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        today: Option<Date>,
    },
    /// A round was made.
    RoundOpened {
        /// The round.
        round: Round,
    },
    /// A door was visited.
    VisitRecorded {
        /// As sent, the round filled in.
        visit: Visit,
        /// Whether the device named the round itself.
        round_named: bool,
        /// `happened_at` with the device's clock corrected.
        happened_at: Timestamp,
    },
    /// The clock passed the due time of at least one follow-up, or the day on which an area begins or ends.
    ClockAdvanced {
        /// The moment it had stood at before; follow-ups after it, up to `at`, became due.
        since: Timestamp,
        /// Follow-ups at or before this moment are due.
        at: Timestamp,
        /// The district's day then, when an area begins or ends with it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        today: Option<Date>,
    },
}

impl Event {
    /// Whether applying it may put every door elsewhere, which takes long enough to be done beside the readers.
    pub fn remakes(&self) -> bool {
        match self {
            Self::Imported { .. } => true,
            Self::ClockAdvanced { today, .. } => today.is_some(),
            Self::RoundOpened { .. } | Self::VisitRecorded { .. } => false,
        }
    }
}

/// An event at its place in the log.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    /// Number in the log, from 1, without gaps.
    pub n: u64,
    /// When it was recorded, by the server's clock.
    pub recorded_at: Timestamp,
    /// What happened.
    pub event: Event,
}

/// Names a segment an import wrote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SegmentRef {
    /// Number of the segment in the store.
    pub id: u64,
    /// Rows in it.
    pub rows: u64,
    /// CRC-32 of its bytes.
    pub crc32: u32,
}

/// Rows of one kind, as a segment holds them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum SegmentRows {
    /// Areas.
    Areas(Vec<AreaRow>),
    /// Doors.
    Households(Vec<HouseholdRow>),
    /// Roads.
    Roads(Vec<RoadRow>),
    /// Base map.
    Base(Vec<BaseRow>),
    /// Visits of the past, each with the moment it was recorded.
    Visits(Vec<PastVisit>),
    /// Facilities.
    Facilities(Vec<FacilityRow>),
    /// Shops.
    Shops(Vec<ShopRow>),
    /// Staffing of the grids.
    Staffing(Vec<StaffingRow>),
}

impl SegmentRows {
    /// How many rows.
    pub fn len(&self) -> usize {
        match self {
            Self::Areas(rows) => rows.len(),
            Self::Households(rows) => rows.len(),
            Self::Roads(rows) => rows.len(),
            Self::Base(rows) => rows.len(),
            Self::Visits(rows) => rows.len(),
            Self::Facilities(rows) => rows.len(),
            Self::Shops(rows) => rows.len(),
            Self::Staffing(rows) => rows.len(),
        }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// A visit that comes in with an import rather than from a device.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PastVisit {
    /// The visit; it names its round.
    pub visit: Visit,
    /// When it was recorded then.
    pub recorded_at: Timestamp,
}
