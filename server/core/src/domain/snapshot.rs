//! The district as bytes and back, so that a start need not replay the whole log.

use super::{
    area::AreaRow,
    areas::{Areas, KeptArea},
    district::District,
    facility::FacilityRow,
    feature::{BaseRow, RoadRow},
    households::{Columns, Households},
    keyed::Keyed,
    round::Round,
    rounds::{RoundState, rebuild},
    shop::ShopRow,
    staffing::StaffingRow,
    visits::{Kept, Visits},
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// Version of the snapshot format; a snapshot of another version is passed over and the log replayed.
const SNAPSHOT_VERSION: u16 = 2;

/// Why bytes are no snapshot.
#[derive(Debug, thiserror::Error)]
pub enum SnapshotError {
    /// Written by another version.
    #[error("snapshot version {0}; this program reads version {SNAPSHOT_VERSION}")]
    Version(u16),
    /// Not a snapshot, or cut off.
    #[error("snapshot cannot be read: {0}")]
    Malformed(String),
}

#[derive(Serialize, Deserialize)]
struct Snapshot<'a> {
    epoch: u32,
    n: u64,
    shapes_version: u64,
    rows_version: u64,
    today: Option<Date>,
    clock: i64,
    areas: Vec<KeptArea>,
    households: Cow<'a, Columns>,
    roads: Cow<'a, [RoadRow]>,
    base: Cow<'a, [BaseRow]>,
    facilities: Cow<'a, [FacilityRow]>,
    shops: Cow<'a, [ShopRow]>,
    staffing: Cow<'a, [StaffingRow]>,
    waiting: Cow<'a, [AreaRow]>,
    /// JSON, because a round leaves out what it does not have.
    rounds: String,
    visits: Cow<'a, [Kept]>,
}

impl District {
    /// The district as bytes. Figures are not in it: they are counted again, so a snapshot cannot carry a wrong one on.
    ///
    /// # Errors
    /// [`SnapshotError::Malformed`] when something cannot be written down.
    pub fn to_snapshot(&self) -> Result<Vec<u8>, SnapshotError> {
        let malformed = |e: &dyn std::fmt::Display| SnapshotError::Malformed(e.to_string());
        let rounds: Vec<&Round> = self.rounds.iter().map(|r| &r.round).collect();
        let snapshot = Snapshot {
            epoch: self.epoch,
            n: self.n,
            shapes_version: self.shapes_version,
            rows_version: self.rows_version,
            today: self.today,
            clock: self.clock,
            areas: self.areas.kept(),
            households: Cow::Borrowed(self.households.columns()),
            roads: Cow::Borrowed(self.roads.rows()),
            base: Cow::Borrowed(self.base.rows()),
            facilities: Cow::Borrowed(self.facilities.rows()),
            shops: Cow::Borrowed(self.shops.rows()),
            staffing: Cow::Borrowed(self.staffing.rows()),
            waiting: Cow::Borrowed(&self.waiting),
            rounds: serde_json::to_string(&rounds).map_err(|e| malformed(&e))?,
            visits: Cow::Borrowed(self.visits.kept()),
        };
        postcard::to_extend(&snapshot, SNAPSHOT_VERSION.to_le_bytes().to_vec()).map_err(|e| malformed(&e))
    }

    /// The district that [`District::to_snapshot`] wrote.
    ///
    /// # Errors
    /// [`SnapshotError`] when the bytes are of another version, cut off or not a snapshot.
    pub fn from_snapshot(bytes: &[u8]) -> Result<Self, SnapshotError> {
        let malformed = |e: &dyn std::fmt::Display| SnapshotError::Malformed(e.to_string());
        let (version, body) = bytes.split_first_chunk::<2>().ok_or_else(|| malformed(&"shorter than its version"))?;
        let version = u16::from_le_bytes(*version);
        if version != SNAPSHOT_VERSION {
            return Err(SnapshotError::Version(version));
        }
        let s: Snapshot<'_> = postcard::from_bytes(body).map_err(|e| malformed(&e))?;
        let rounds: Vec<Round> = serde_json::from_str(&s.rounds).map_err(|e| malformed(&e))?;
        let areas = Areas::from_kept(s.areas, s.today);
        let rounds = rounds.into_iter().map(|round| RoundState::new(round, &areas)).collect();
        let mut district = Self {
            epoch: s.epoch,
            n: s.n,
            shapes_version: s.shapes_version,
            rows_version: s.rows_version,
            today: s.today,
            areas,
            households: Households::from_columns(s.households.into_owned()),
            roads: Keyed::from_rows(s.roads.into_owned()),
            base: Keyed::from_rows(s.base.into_owned()),
            facilities: Keyed::from_rows(s.facilities.into_owned()),
            shops: Keyed::from_rows(s.shops.into_owned()),
            staffing: Keyed::from_rows(s.staffing.into_owned()),
            waiting: s.waiting.into_owned(),
            rounds,
            visits: Visits::from_kept(s.visits.into_owned()),
            clock: s.clock,
        };
        district.count_doors();
        let mut rounds = std::mem::take(&mut district.rounds);
        rebuild(&mut rounds, district.ground());
        district.rounds = rounds;
        Ok(district)
    }
}
