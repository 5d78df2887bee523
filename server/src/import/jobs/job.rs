//! A job: an import that came over the network, and how far it is.

use super::super::{
    options::{ImportOptions, OptionFault},
    plan::{Plan, Report},
    progress::Stage,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// How far a job is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
#[schema(as = ImportState)]
pub enum JobState {
    /// Its files come in.
    Receiving,
    /// Its files wait to be read, or are read.
    Looking,
    /// It was read; a person reads the plan.
    Ready,
    /// Its rows are written.
    Taking,
    /// Its rows are in the district.
    Done,
    /// It may not come in; the plan says why where there is one, the reason says it anyway.
    Refused,
    /// Something broke that is not in its files.
    Failed,
    /// Somebody or the passing of time took it back.
    Cancelled,
}

impl JobState {
    /// Its word on the wire.
    pub fn id(self) -> &'static str {
        match self {
            Self::Receiving => "receiving",
            Self::Looking => "looking",
            Self::Ready => "ready",
            Self::Taking => "taking",
            Self::Done => "done",
            Self::Refused => "refused",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
        }
    }

    /// Whether nothing more happens to it.
    pub fn is_over(self) -> bool {
        matches!(self, Self::Done | Self::Failed | Self::Cancelled)
    }
}

/// A file of a job.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = ImportFile)]
pub struct JobFile {
    /// Its name, without folders.
    pub name: String,
    /// Its size.
    pub bytes: u64,
}

/// An import that came over the network, as a page sees it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = Import)]
pub struct Job {
    /// Its id.
    #[schema(value_type = String, format = Uuid)]
    pub id: Uuid,
    /// How far it is.
    pub state: JobState,
    /// How its files are to be understood.
    pub options: ImportOptions,
    /// Its files.
    pub files: Vec<JobFile>,
    /// When it came.
    #[schema(value_type = String, format = DateTime)]
    pub made_at: Timestamp,
    /// When it is taken back by itself; only while it waits for a person.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub expires_at: Option<Timestamp>,
    /// What is being done to the rows.
    pub stage: Option<Stage>,
    /// Bytes done in this stage.
    pub done_bytes: u64,
    /// Bytes of this stage in all.
    pub bytes: u64,
    /// Rows done in this stage.
    pub rows: u64,
    /// Why it is where it is, where that needs saying.
    pub reason: Option<String>,
    /// What it would do, once it was looked at.
    pub plan: Option<Plan>,
    /// Whether its rows are in the district now.
    pub taken: bool,
    /// Place of the import in the log, `epoch-number`, once there is one.
    pub seq: Option<String>,
}

impl Job {
    /// One whose files come in now.
    pub(super) fn receiving(id: Uuid) -> Self {
        Self {
            id,
            state: JobState::Receiving,
            options: ImportOptions::default(),
            files: Vec::new(),
            made_at: Timestamp::now(),
            expires_at: None,
            stage: None,
            done_bytes: 0,
            bytes: 0,
            rows: 0,
            reason: None,
            plan: None,
            taken: false,
            seq: None,
        }
    }

    /// The same without what makes it large.
    pub(super) fn without_plan(&self) -> Self {
        Self {
            plan: None,
            options: self.options.clone(),
            files: self.files.clone(),
            reason: self.reason.clone(),
            seq: self.seq.clone(),
            ..*self
        }
    }

    /// The report of a job that is done.
    pub fn report(&self) -> Option<Report> {
        let plan = self.plan.clone().filter(|_| self.state == JobState::Done)?;
        Some(Report { plan, taken: self.taken, seq: self.seq.clone() })
    }
}

/// Why something may not be done with jobs.
#[derive(Debug, thiserror::Error)]
pub enum JobError {
    /// No job has this id.
    #[error("import {0} is not known; it may have ended long ago")]
    Unknown(Uuid),
    /// As many wait as may.
    #[error("{waiting} imports wait already; confirm or cancel one of them first")]
    Full {
        /// How many.
        waiting: usize,
    },
    /// The files are larger than is taken, each alone or together with those that wait.
    #[error("the files are larger than {limit} bytes together; bring them in with `wangge import --data`, or in parts")]
    TooLarge {
        /// Most bytes.
        limit: u64,
    },
    /// A job without a file.
    #[error("no file came; add at least one part with a file name")]
    NoFile,
    /// The job is not where this may be done.
    #[error("import {id} is {state}, where this cannot be done; {wanted}", state = state.id())]
    Elsewhere {
        /// The job.
        id: Uuid,
        /// How far it is.
        state: JobState,
        /// Where it can be done.
        wanted: &'static str,
    },
    /// The district changed since it was looked at; it is looked at again.
    #[error("the district changed since import {0} was looked at; it is looked at again, read the new plan first")]
    Changed(Uuid),
    /// The plan says that it may not be taken.
    #[error("import {id} may not be taken: {reason}")]
    Refused {
        /// The job.
        id: Uuid,
        /// Why.
        reason: String,
    },
    /// An option that cannot be understood.
    #[error(transparent)]
    Option(#[from] OptionFault),
    /// A file could not be written or read.
    #[error("a file of the import cannot be kept: {0}")]
    Io(#[from] std::io::Error),
    /// The server is stopping.
    #[error("the server is stopping; send it again when it is back")]
    Closed,
}
