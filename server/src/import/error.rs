//! Why an import goes no further, apart from its rows.

use super::{mapping::MappingError, options::OptionFault};
use crate::{
    commit::{CommitFailure, StageError},
    table::{TableError, crs::CrsError},
};
use std::io;
use wangge_core::domain::Refusal;

/// Why an import goes no further, apart from its rows. Nothing was taken.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// Somebody stopped it.
    #[error("stopped; nothing was taken")]
    Cancelled,
    /// Something said about it means nothing.
    #[error(transparent)]
    Option(#[from] OptionFault),
    /// A file cannot be read.
    #[error("{file}: {source}")]
    File {
        /// Its name.
        file: String,
        /// Why.
        #[source]
        source: TableError,
    },
    /// The columns of a file do not make rows.
    #[error("{file}: {source}")]
    Mapping {
        /// Its name.
        file: String,
        /// Why.
        #[source]
        source: MappingError,
    },
    /// The coordinate system a file declares is not known.
    #[error("{file}: {source}; name the right one with --crs")]
    Crs {
        /// Its name.
        file: String,
        /// Why.
        #[source]
        source: CrsError,
    },
    /// A reader broke on a file.
    #[error("{file}: its reader broke; the file is not taken, and the log says where it broke")]
    Broken {
        /// The file.
        file: String,
    },
    /// More positions than are held at once.
    #[error("the outlines have more than {most} positions together; bring them in level by level")]
    TooLarge {
        /// Most positions.
        most: usize,
    },
    /// The district refuses the rows together.
    #[error("the rows are refused together: {0}")]
    Refused(Refusal),
    /// The district is not the one that was looked at.
    #[error("the district changed since the files were looked at; look again")]
    Changed,
    /// What does not fit into memory could not be set aside.
    #[error("rows cannot be set aside on disk: {0}")]
    Work(#[from] io::Error),
    /// The rows could not be written.
    #[error("nothing was taken: {0}")]
    Failed(#[from] CommitFailure),
}

impl From<StageError> for ImportError {
    fn from(error: StageError) -> Self {
        match error {
            StageError::Refused(refusal) => Self::Refused(refusal),
            StageError::Failed(failure) => Self::Failed(failure),
        }
    }
}

impl ImportError {
    /// Whether it is about this machine rather than about the files.
    pub fn is_ours(&self) -> bool {
        matches!(self, Self::Work(_) | Self::Failed(_) | Self::Broken { .. })
    }
}
