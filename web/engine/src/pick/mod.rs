//! What lies at a place, from the copy kept of the loaded tiles.

mod index;

pub use index::PickIndex;
