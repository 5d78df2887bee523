//! What the district is made of, what can happen to it, and what follows: words of the field, no bytes, no clock.
//!
//! `check` turns a command into an event or a refusal, `apply` turns an event into a changed [`District`]; both are pure.

mod apply;
pub mod area;
mod areas;
mod as_of;
mod assign;
pub mod changes;
mod check;
pub mod dates;
mod dating;
mod district;
mod door;
pub(crate) mod doors;
pub mod event;
pub mod facility;
pub mod feature;
pub mod figures;
pub mod hours;
pub mod household;
mod households;
mod keyed;
pub mod round;
mod rounds;
pub mod row;
#[cfg(test)]
mod samples;
mod segments;
pub mod seq;
pub mod shop;
mod snapshot;
pub mod staffing;
mod standing;
pub(crate) mod strings;
#[cfg(test)]
mod tests;
mod touched;
mod verify;
pub mod visit;
mod visits;

pub use apply::{ApplyError, apply, apply_reading};
pub use areas::{Area, Areas};
pub use as_of::{AsOf, PastRound};
pub use changes::{Changes, RoundChanges};
pub use check::{
    CLOCK_TOLERANCE, Checked, CheckedAgainst, Command, ImportCheck, Refusal, RefusalKind, RowCounts, Staged, check,
    check_row,
};
pub use district::District;
pub use doors::{Door, DoorColumns, DoorsBuilder};
pub use hours::OpeningHours;
pub use households::Households;
pub use rounds::RoundState;
pub use row::{ImportRow, RowKind};
pub use segments::{SegmentData, Workbench};
pub use snapshot::SnapshotError;
pub use standing::Standing;
pub use touched::touched;
pub use verify::recount;
