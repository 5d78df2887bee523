//! From a log to a district: newest sound snapshot, then the events after it through the same `apply`.

use super::outcome::OpenError;
use crate::store::{SnapshotInfo, Store, StoreError, read_ahead};
use std::{collections::VecDeque, ops::ControlFlow, time::Instant};
use wangge_core::domain::{
    Changes, District, apply_reading,
    event::{Event, Record},
    touched,
};

/// What a start found.
pub(super) struct Recovered {
    pub(super) district: District,
    /// Changes of the last events, oldest first.
    pub(super) remembered: Vec<Changes>,
    /// The event the snapshot that was used ends with; 0 without one.
    pub(super) snapshot_n: u64,
}

/// The district of a log and the changes of its last `remember` events.
pub(super) fn recover(store: &dyn Store, remember: u64) -> Result<Recovered, OpenError> {
    let started = Instant::now();
    let last = store.last_n()?;
    let district = newest_sound_snapshot(store, last)?.unwrap_or_else(|| District::empty(store.epoch()));
    let snapshot_n = district.seq().n;
    let replayed = replay(store, district, remember)?;
    let first = (replayed.district.seq().n + 1).saturating_sub(remember).max(1);
    let mut remembered = earlier_changes(store, &replayed.district, first, snapshot_n)?;
    remembered.extend(replayed.changes);
    let district = replayed.district;
    tracing::info!(
        seq = %district.seq(),
        replayed = district.seq().n - snapshot_n,
        doors = district.households().len(),
        visits = district.visit_count(),
        ms = started.elapsed().as_millis() as u64,
        "log read"
    );
    Ok(Recovered { district, remembered, snapshot_n })
}

fn newest_sound_snapshot(store: &dyn Store, last: u64) -> Result<Option<District>, StoreError> {
    for SnapshotInfo { n, .. } in store.snapshots()? {
        match sound_snapshot(store, n, last) {
            Ok(district) => return Ok(Some(district)),
            Err(error @ (StoreError::Corrupt { .. } | StoreError::UnknownSegment(_))) => {
                tracing::warn!(%error, "snapshot passed over; an older one or the whole log is read instead");
            }
            Err(error) => return Err(error),
        }
    }
    Ok(None)
}

fn sound_snapshot(store: &dyn Store, n: u64, last: u64) -> Result<District, StoreError> {
    let damaged = |reason: &dyn std::fmt::Display| StoreError::corrupt(format!("snapshot {n}"), reason);
    if n > last {
        return Err(damaged(&format!("the log ends before it, with event {last}")));
    }
    let district = District::from_snapshot(&store.read_snapshot(n)?).map_err(|e| damaged(&e))?;
    let seq = district.seq();
    if seq.n != n || seq.epoch != store.epoch() {
        return Err(damaged(&format!("it says it is of {seq}")));
    }
    Ok(district)
}

/// A district with the rest of a log applied.
pub struct Replayed {
    /// The district.
    pub district: District,
    /// Changes of the last events applied, oldest first.
    pub changes: VecDeque<Changes>,
}

/// Applies the events a district has not seen yet, and keeps the changes of the last `remember` of them.
///
/// # Errors
/// [`OpenError`] at the first event that cannot be read or does not fit.
pub fn replay(store: &dyn Store, district: District, remember: u64) -> Result<Replayed, OpenError> {
    let from = district.seq().n + 1;
    let mut replayed = Replayed { district, changes: VecDeque::new() };
    let mut failed = None;
    store.read_events(from, &mut |_, record| match follow(store, &mut replayed.district, record) {
        Ok(changes) => {
            replayed.changes.push_back(changes);
            if replayed.changes.len() as u64 > remember {
                replayed.changes.pop_front();
            }
            ControlFlow::Continue(())
        }
        Err(error) => {
            failed = Some(error);
            ControlFlow::Break(())
        }
    })?;
    failed.map_or(Ok(replayed), Err)
}

fn follow(
    store: &dyn Store,
    district: &mut District,
    record: Result<Record, StoreError>,
) -> Result<Changes, OpenError> {
    let record = record?;
    let segments = match &record.event {
        Event::Imported { segments, .. } => &segments[..],
        _ => &[],
    };
    Ok(read_ahead(store, segments, |bench| apply_reading(district, &record, bench))??)
}

/// What events inside the snapshot may have changed, told from the district of today.
fn earlier_changes(store: &dyn Store, district: &District, first: u64, until: u64) -> Result<Vec<Changes>, StoreError> {
    let mut changes = Vec::new();
    let mut failed = None;
    store.read_events(first, &mut |n, record| {
        if n > until {
            return ControlFlow::Break(());
        }
        match record {
            Ok(record) => changes.push(touched(district, &record)),
            Err(error) => {
                failed = Some(error);
                return ControlFlow::Break(());
            }
        }
        ControlFlow::Continue(())
    })?;
    failed.map_or(Ok(changes), Err)
}
