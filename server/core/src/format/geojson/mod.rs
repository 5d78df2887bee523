//! GeoJSON (RFC 7946): areas and doors read from files row by row, and rows written as features.
//!
//! A file that is no FeatureCollection is refused whole; a feature that is no row is refused alone, and says why.

mod area;
mod collection;
mod household;
mod member;
mod write;

#[cfg(test)]
mod tests;

pub use area::areas;
pub use collection::{FileError, features};
pub use household::households;
pub use write::{area_feature, household_feature};

/// Why a feature is not a row: what is wrong, with which value, and what would be right.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {message} (feature {feature})")]
pub struct RowError {
    /// Number of the feature in the file, from 1.
    pub feature: usize,
    /// The member that is wrong, such as `properties.level` or `geometry`.
    pub field: String,
    /// What is wrong with it.
    pub message: String,
}

/// A row, or why there is none.
pub type RowResult<T> = Result<T, RowError>;
