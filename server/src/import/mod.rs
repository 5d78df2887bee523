//! Takes rows in from files, and says what became of every one of them.

mod choose;
mod rejects;
mod report;
#[cfg(test)]
mod tests;

pub use rejects::write_rejects;
pub use report::{RefusedRow, Report};

use crate::commit::{CommitFailure, Outcome, Service};
use wangge_core::{
    domain::{Refusal, area::AreaRow, event::SegmentRows, household::HouseholdRow},
    format::geojson::{self, FileError},
};

/// What a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImportKind {
    /// Areas.
    Areas,
    /// Doors.
    Households,
}

/// How rows are taken.
#[derive(Debug, Clone, Copy, Default)]
pub struct ImportOptions {
    /// Take the good rows though others are refused; otherwise all or nothing.
    pub partial: bool,
    /// Take nothing, only say what would be.
    pub dry_run: bool,
}

/// Why a file was not taken, apart from its rows.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The file cannot be taken apart.
    #[error(transparent)]
    File(#[from] FileError),
    /// The district refuses the rows together.
    #[error("the rows are refused together: {0}")]
    Refused(Refusal),
    /// The rows could not be written.
    #[error("nothing was taken: {0}")]
    Failed(#[from] CommitFailure),
}

/// Takes a GeoJSON file's rows into a service, in one event, and accounts for every row. Blocks.
///
/// # Errors
/// [`ImportError`] when the file is refused whole; then nothing was taken.
pub fn import(
    service: &Service,
    kind: ImportKind,
    source: &str,
    bytes: &[u8],
    options: ImportOptions,
) -> Result<Report, ImportError> {
    match kind {
        ImportKind::Areas => {
            let rows = geojson::areas(bytes)?;
            let chosen = choose::areas(service.district.read().areas(), rows);
            take(service, source, chosen, SegmentRows::Areas, options)
        }
        ImportKind::Households => {
            let rows = geojson::households(bytes)?;
            let chosen = choose::households(service.district.read().households(), rows);
            take(service, source, chosen, SegmentRows::Households, options)
        }
    }
}

/// Rows that may come in, and those that may not.
struct Chosen<T> {
    good: Vec<T>,
    refused: Vec<RefusedRow>,
}

fn take<T>(
    service: &Service,
    source: &str,
    chosen: Chosen<T>,
    rows_of: fn(Vec<T>) -> SegmentRows,
    options: ImportOptions,
) -> Result<Report, ImportError> {
    let Chosen { good, refused } = chosen;
    let mut report = Report { good: good.len(), refused, ..Report::default() };
    let whole = report.refused.is_empty() || options.partial;
    if !whole || options.dry_run || good.is_empty() {
        return Ok(report);
    }
    let nowhere_before = unassigned(service);
    match service.import(source, vec![rows_of(good)]) {
        Outcome::Accepted(seq) | Outcome::Repeated(seq) => {
            report.taken = report.good;
            report.seq = Some(seq);
            report.unassigned = unassigned(service).saturating_sub(nowhere_before);
            Ok(report)
        }
        Outcome::Refused(refusal) => Err(ImportError::Refused(refusal)),
        Outcome::Failed(failure) => Err(failure.into()),
    }
}

/// Doors that lie in no grid.
fn unassigned(service: &Service) -> usize {
    let district = service.district.read();
    let households = district.households();
    households.slots().filter(|door| households.grid(*door).is_none()).count()
}

/// A row with the word that tells it from every other.
trait Keyed {
    fn key(&self) -> &str;
}

impl Keyed for AreaRow {
    fn key(&self) -> &str {
        &self.code
    }
}

impl Keyed for HouseholdRow {
    fn key(&self) -> &str {
        &self.id
    }
}
