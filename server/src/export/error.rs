//! Why a layer cannot go out.

use super::Layer;
use crate::{store::StoreError, table::write::WriteError};

/// Why a layer cannot go out.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// A choice that means nothing for the layer.
    #[error("{name} means nothing for {layer}; {instead}")]
    Meaningless {
        /// The choice.
        name: &'static str,
        /// The layer.
        layer: Layer,
        /// For which layers it means something.
        instead: &'static str,
    },
    /// An area that is not in force.
    #[error("within: area {code:?} is not known{}", among(.known))]
    Area {
        /// The code asked for.
        code: String,
        /// Some of those there are.
        known: Vec<String>,
    },
    /// A round that is not there.
    #[error("round: {id:?} is not known{}", among(.known))]
    Round {
        /// The id asked for.
        id: String,
        /// Some of those there are.
        known: Vec<String>,
    },
    /// Rows were brought in while others were read.
    #[error("rows came in while the layer was read, three times over; nothing was written, try again")]
    Changed,
    /// The table cannot be written.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// The log cannot be read.
    #[error("the log cannot be read: {0}")]
    Log(#[from] StoreError),
}

fn among(known: &[String]) -> String {
    if known.is_empty() { "; there are none yet".to_owned() } else { format!("; there are {}", known.join(", ")) }
}
