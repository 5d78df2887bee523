//! What is wrong between areas, as they would stand once an import was taken, and what mends it.
//!
//! Nothing here refuses a row: an outline that is invalid in itself was refused by the gate before, and a district whose
//! grids overlap by a hand's breadth is still better than none. It warns, and a person decides.

mod after;
mod codes;
mod mend;
mod report;
mod words;

pub use after::AreasAfter;
pub use mend::{MendedShape, Repairs, mend_shape, repair_rows};
pub use report::{Reported, Size, TopologyReport, topology_report};
pub use words::area;

/// Width below which a fault between areas is a sliver, metres, where no repair says another.
pub const SLIVER_M: f64 = 1.0;

#[cfg(test)]
mod tests;
