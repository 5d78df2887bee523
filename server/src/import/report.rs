//! What became of every row of a file.

use std::fmt;
use wangge_core::domain::seq::Seq;

/// A row that may not come in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefusedRow {
    /// Number of its feature in the file, from 1.
    pub feature: usize,
    /// Its code or id, where it was readable.
    pub name: Option<String>,
    /// What is wrong, with which value, and what would be right.
    pub reason: String,
}

impl fmt::Display for RefusedRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.name {
            Some(name) => write!(f, "feature {} ({name}): {}", self.feature, self.reason),
            None => write!(f, "feature {}: {}", self.feature, self.reason),
        }
    }
}

/// An account of a file: every row is good or refused, and good ones are taken or left.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Report {
    /// Rows nothing is wrong with.
    pub good: usize,
    /// Rows refused, in the order of the file.
    pub refused: Vec<RefusedRow>,
    /// Rows now in the district: all good ones, or none.
    pub taken: usize,
    /// Doors taken that lie in no grid.
    pub unassigned: usize,
    /// Place of the import in the log, when there was one.
    pub seq: Option<Seq>,
}

impl Report {
    /// Rows of the file.
    pub fn rows(&self) -> usize {
        self.good + self.refused.len()
    }

    /// Whether every row was taken.
    pub fn is_whole(&self) -> bool {
        self.taken == self.rows()
    }
}
