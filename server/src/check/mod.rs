//! Verifies a log against itself: numbers, events, segments, snapshots, and figures kept against figures counted.
//!
//! It changes nothing and repairs nothing.

mod compare;
#[cfg(test)]
mod tests;

use crate::store::{Store, StoreError, read_ahead};
use std::{collections::BTreeMap, ops::ControlFlow};
use wangge_core::domain::{
    District, apply_reading,
    event::{Event, Record},
    recount,
};

/// What a check found.
#[derive(Debug, Default)]
pub struct Report {
    /// Events read.
    pub events: u64,
    /// Segments read.
    pub segments: u64,
    /// Snapshots compared with a replay from nothing.
    pub snapshots: u64,
    /// Doors after the last event.
    pub doors: usize,
    /// Visits after the last event.
    pub visits: usize,
    /// What is wrong, one sentence each.
    pub findings: Vec<String>,
}

/// Everything that is wrong with a log.
///
/// # Errors
/// [`StoreError`] when the log cannot be read at all; damage inside it is a finding.
pub fn check(store: &dyn Store) -> Result<Report, StoreError> {
    let mut walk = Walk {
        store,
        report: Report::default(),
        district: Some(District::empty(store.epoch())),
        snapshots: BTreeMap::new(),
        last: 0,
    };
    walk.read_snapshots()?;
    store.read_events(1, &mut |n, record| {
        walk.event(n, record);
        ControlFlow::Continue(())
    })?;
    Ok(walk.finish())
}

struct Walk<'a> {
    store: &'a dyn Store,
    report: Report,
    /// What follows from the events so far; none after one that cannot be applied.
    district: Option<District>,
    /// Snapshots still to be compared, by their last event.
    snapshots: BTreeMap<u64, District>,
    last: u64,
}

impl Walk<'_> {
    fn find(&mut self, finding: impl ToString) {
        self.report.findings.push(finding.to_string());
    }

    fn read_snapshots(&mut self) -> Result<(), StoreError> {
        for info in self.store.snapshots()? {
            match self.store.read_snapshot(info.n) {
                Ok(bytes) => match District::from_snapshot(&bytes) {
                    Ok(district) => drop(self.snapshots.insert(info.n, district)),
                    Err(error) => self.find(format!("snapshot {}: {error}", info.n)),
                },
                Err(error) => self.find(error),
            }
        }
        Ok(())
    }

    fn event(&mut self, n: u64, record: Result<Record, StoreError>) {
        self.report.events += 1;
        if n != self.last + 1 {
            self.find(format!("event {n} follows event {}; {} was expected", self.last, self.last + 1));
        }
        self.last = n;
        let applied = match record {
            Ok(record) => self.follow(&record),
            Err(error) => {
                self.find(error);
                false
            }
        };
        if !applied && self.district.take().is_some() {
            self.find(format!("figures and later snapshots cannot be verified: the replay ends before event {n}"));
        }
        if let (Some(district), Some(snapshot)) = (&self.district, self.snapshots.remove(&n)) {
            self.report.snapshots += 1;
            let differences = compare::differences(&snapshot, district);
            differences.into_iter().for_each(|d| self.find(format!("snapshot {n} differs from a replay: {d}")));
        }
    }

    /// Applies an event; false when that is not possible.
    fn follow(&mut self, record: &Record) -> bool {
        let segments = match &record.event {
            Event::Imported { segments, .. } => &segments[..],
            _ => &[],
        };
        self.report.segments += segments.len() as u64;
        let Some(district) = &mut self.district else {
            // Damage in it is named all the same.
            let damaged: Vec<_> = segments.iter().filter_map(|s| self.store.read_segment(s).err()).collect();
            damaged.into_iter().for_each(|error| self.find(format!("event {}: {error}", record.n)));
            return false;
        };
        match read_ahead(self.store, segments, |bench| apply_reading(district, record, bench)) {
            Ok(Ok(_)) => true,
            Ok(Err(error)) => {
                self.find(error);
                false
            }
            Err(error) => {
                self.find(format!("event {}: {error}", record.n));
                false
            }
        }
    }

    fn finish(mut self) -> Report {
        if let Some(district) = self.district.take() {
            self.report.doors = district.households().len();
            self.report.visits = district.visit_count();
            recount(&district).into_iter().for_each(|finding| self.find(finding));
            for n in std::mem::take(&mut self.snapshots).into_keys() {
                self.find(format!("snapshot {n} ends with an event the log does not have; its last is {}", self.last));
            }
        }
        self.report
    }
}
