//! What became of a command, and why a service could not be opened.

use crate::store::StoreError;
use wangge_core::domain::{ApplyError, Refusal, seq::Seq};

/// What became of a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Recorded and durable, at this place in the log.
    Accepted(Seq),
    /// Recorded and durable before, at this place in the log; or there was nothing to record.
    Repeated(Seq),
    /// Not recorded: it cannot be.
    Refused(Refusal),
    /// Not recorded: it could not be written. The same command may be sent again.
    Failed(CommitFailure),
}

/// Why a command could not be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CommitFailure {
    /// No space left.
    #[error("the disk is full; nothing was recorded, send it again once there is space")]
    Full,
    /// The service is stopping.
    #[error("the server is stopping; nothing was recorded, send it again when it is back")]
    Closed,
    /// Anything else; the log of the server says what.
    #[error("the write failed; nothing is known to be recorded, send it again")]
    Other,
}

impl CommitFailure {
    /// What a caller is told of a store's error.
    pub(super) fn of(error: &StoreError) -> Self {
        if matches!(error, StoreError::Full(_)) { Self::Full } else { Self::Other }
    }
}

/// Why a service could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The store could not be opened or read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The log does not fit together.
    #[error("the log is damaged: {0}; `wangge check` lists everything that is wrong")]
    Apply(#[from] ApplyError),
    /// No thread for the writer.
    #[error("a thread could not be started")]
    Thread(#[source] std::io::Error),
}
