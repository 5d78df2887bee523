//! The demo district: a generated city, its believable past, and members who walk it.

pub mod areas;
pub mod base;
pub mod blocks;
pub mod calendar;
pub mod city;
mod crew;
pub mod district;
pub mod doors;
pub mod encounter;
pub mod names;
pub mod pace;
pub mod past;
pub mod plane;
pub mod random;
pub mod recipe;
pub mod roads;
pub mod services;
pub mod story;
pub mod walk;

pub use district::{DemoDistrict, DistrictError, LEAST_HOUSEHOLDS, MOST_HOUSEHOLDS, district};
pub use past::past;
pub use walk::{WalkOptions, walk};

#[cfg(test)]
mod tests;
