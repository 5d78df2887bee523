//! Areas that should cover a district without gaps and overlaps: what is wrong with them, and how it is mended.
//!
//! Everything is decided on faces: the pieces of land that the borders of all areas together make (`arrangement`).

pub mod arrangement;
mod corners;
mod crossings;
mod defects;
mod finding;
mod land;
mod look;
mod mend;
mod repair;
mod thin;

pub use crossings::{Crossings, Part, Split, crossings};
pub use finding::{CoverArea, Finding, FindingKind, MOST_POSITIONS, Repair};
pub use land::{land_m2, metres_a_unit};
pub use look::findings;
pub use mend::{CannotMend, MOST_MENDED, Mended, Mending, make_valid};
pub use repair::{Deed, MOST_CHANGE, Move, Repaired, Spared, repair};
pub use thin::nowhere_wider_than;

#[cfg(test)]
mod samples;
#[cfg(test)]
mod tests;
