//! Numbers of the log: `epoch-n`.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// Place of an event in the log. The epoch changes when a log is restored; places of different epochs do not compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Seq {
    /// Life of the log.
    pub epoch: u32,
    /// Number of the event in it, from 1; 0 is before the first.
    pub n: u64,
}

impl fmt::Display for Seq {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.epoch, self.n)
    }
}

/// A text that is not `epoch-n`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("seq {0:?} is not of the form EPOCH-N, such as 1-42")]
pub struct SeqError(String);

impl FromStr for Seq {
    type Err = SeqError;
    fn from_str(text: &str) -> Result<Self, SeqError> {
        let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
        text.split_once('-')
            .filter(|(epoch, n)| digits(epoch) && digits(n))
            .and_then(|(epoch, n)| Some(Self { epoch: epoch.parse().ok()?, n: n.parse().ok()? }))
            .ok_or_else(|| SeqError(text.chars().take(40).collect()))
    }
}

impl TryFrom<String> for Seq {
    type Error = SeqError;
    fn try_from(text: String) -> Result<Self, SeqError> {
        text.parse()
    }
}

impl From<Seq> for String {
    fn from(seq: Seq) -> Self {
        seq.to_string()
    }
}
