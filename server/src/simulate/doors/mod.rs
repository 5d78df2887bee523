//! Doors: how many on each stair, their numbers and their rows.

pub mod fill;
pub mod numbers;
pub mod rows;
