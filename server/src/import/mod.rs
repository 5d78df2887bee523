//! Takes rows in from files, and says what became of every one of them.

pub mod detective;
mod error;
mod features;
mod ground;
pub mod jobs;
mod look;
pub mod mapping;
mod options;
mod plan;
mod progress;
mod read;
mod refusals;
mod report;
mod request;
mod sample;
mod seen;
mod spool;
mod take;
#[cfg(test)]
mod tests;
pub mod topology;

pub use error::ImportError;
pub use features::Features;
pub use look::look;
pub use options::{ImportOptions, OptionFault};
pub use plan::{
    Assignment, Candidate, Counts, Datum, Finding, MappedField, Plan, PlanFile, ReasonCount, RefusedRow, Report,
    Topology,
};
pub use progress::{Progress, Stage, Unwatched};
pub use refusals::Refusals;
pub use request::ImportRequest;
pub use take::Prepared;
