//! What was looked at, ready to be taken or left.

use super::{
    ImportError,
    features::Features,
    plan::{Plan, Report},
    progress::{Progress, Stage},
    refusals::Refusals,
};
use crate::commit::{Outcome, Service, Staging};
use std::sync::Arc;

/// An import that was looked at. Dropped, it was never there.
pub struct Prepared {
    pub(super) service: Arc<Service>,
    /// The rows set aside; none when there is nothing to write, or it may not be.
    pub(super) staging: Option<Staging>,
    pub(super) rows_version: u64,
    pub(super) features: Arc<Features>,
    pub(super) refusals: Arc<Refusals>,
    pub(super) plan: Plan,
}

impl Prepared {
    /// What it would do.
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// What it would change, for a map.
    pub fn features(&self) -> Arc<Features> {
        self.features.clone()
    }

    /// The rows it refuses. They can be written as long as the folder of the work is there.
    pub fn refusals(&self) -> Arc<Refusals> {
        self.refusals.clone()
    }

    /// Whether the district is still the one that was looked at.
    pub fn is_current(&self) -> bool {
        self.service.district.read().rows_version() == self.rows_version
    }

    /// Takes the rows in as one event; all of them or none. What may not be taken is reported as it is. Blocks.
    ///
    /// # Errors
    /// [`ImportError::Changed`] when the district is another by now, [`ImportError::Refused`] when it refuses the rows
    /// together, [`ImportError::Failed`] when they could not be written. Nothing was taken then.
    pub fn take(mut self, progress: &dyn Progress) -> Result<Report, ImportError> {
        if !self.plan.would_take {
            return Ok(Report { plan: self.plan, taken: false, seq: None });
        }
        if !self.is_current() {
            return Err(ImportError::Changed);
        }
        let Some(staging) = self.staging.take() else {
            return Ok(Report { plan: self.plan, taken: true, seq: None });
        };
        let rows = self.plan.counts.altering();
        progress.at(Stage::Writing, 0, rows, 0);
        let seq = match staging.take(&self.plan.source) {
            Outcome::Accepted(seq) => Some(seq.to_string()),
            Outcome::Repeated(_) => None,
            Outcome::Refused(refusal) => return Err(ImportError::Refused(refusal)),
            Outcome::Failed(failure) => return Err(failure.into()),
        };
        progress.at(Stage::Writing, rows, rows, rows);
        Ok(Report { plan: self.plan, taken: true, seq })
    }

    /// Leaves it, and says why.
    pub fn left(mut self, why: &str) -> Report {
        self.plan.why_not.get_or_insert_with(|| why.to_owned());
        Report { plan: self.plan, taken: false, seq: None }
    }
}
