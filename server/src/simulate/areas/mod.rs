//! Areas: blocks grouped level by level, and their polygons.

pub mod dissolve;
pub mod grouping;
pub mod hierarchy;
pub mod regions;
pub mod shares;
