//! The city: its plan, its river and its mesh of streets.

pub mod cut;
pub mod lines;
pub mod mesh;
pub mod plan;
pub mod river;
pub mod streets;
pub mod trunk;
