//! How far an import is, told to whoever waits for it.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What is being done to the rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
#[schema(as = ImportStage)]
pub enum Stage {
    /// The files are read, their rows checked and set aside.
    Reading,
    /// What is wrong between the rows is looked for.
    Checking,
    /// The rows are written into the district.
    Writing,
}

impl Stage {
    /// Its word on the wire.
    pub fn id(self) -> &'static str {
        match self {
            Self::Reading => "reading",
            Self::Checking => "checking",
            Self::Writing => "writing",
        }
    }
}

/// Somebody who waits for an import.
pub trait Progress: Sync {
    /// Told now and then, some hundreds or thousands of rows apart: bytes of all files done, of how many, and rows.
    fn at(&self, stage: Stage, done_bytes: u64, bytes: u64, rows: u64);

    /// Whether the import is to stop; asked as often.
    fn is_cancelled(&self) -> bool;
}

/// Nobody waits.
#[derive(Debug, Clone, Copy, Default)]
pub struct Unwatched;

impl Progress for Unwatched {
    fn at(&self, _: Stage, _: u64, _: u64, _: u64) {}

    fn is_cancelled(&self) -> bool {
        false
    }
}
