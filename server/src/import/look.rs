//! The one look at the files of an import: every row read, judged and set aside, nothing taken.

mod areas;
mod datum;
mod decide;
mod doors;
mod file;
mod judge;
mod pass;
mod refer;
mod rows;

use super::{
    ImportError, ImportRequest, Prepared,
    features::Features,
    options::OptionFault,
    plan::{Assignment, Counts, PlanFile, Topology},
    progress::Progress,
    refusals::RefusalBook,
    request::name_of,
    seen::Seen,
};
use crate::{
    commit::Service,
    kinds::{self, Kind},
    table::TableError,
};
use hashbrown::DefaultHashBuilder;
use std::{path::Path, sync::Arc};
use wangge_core::domain::row::RowKind;

/// Looks at files: reads every row, says what would become of it, and sets the rows aside that would be written. `work` is
/// a folder for what does not fit into memory; it is made, and stays as long as what this answers. Blocks.
///
/// # Errors
/// [`ImportError`] when a file cannot be read as this kind of rows at all. Rows that are refused are no error.
pub fn look(
    service: &Arc<Service>,
    request: &ImportRequest,
    work: &Path,
    progress: &dyn Progress,
) -> Result<Prepared, ImportError> {
    if request.files.is_empty() {
        return Err(OptionFault { field: "files", message: "name at least one file".to_owned() }.into());
    }
    std::fs::create_dir_all(work)?;
    let mut bytes = 0;
    for path in &request.files {
        let unread = |source| {
            let source = TableError::Io { path: path.clone(), source };
            ImportError::File { file: name_of(path), source }
        };
        bytes += std::fs::metadata(path).map_err(unread)?.len();
    }
    let look = Look {
        service,
        request,
        kind: kinds::of(request.kind),
        progress,
        work,
        book: RefusalBook::create(work.join("refused"))?,
        seen: Seen::create(&work.join("keys"))?,
        features: Features::new(),
        counts: Counts::default(),
        assignment: Assignment::default(),
        files: Vec::new(),
        notes: Vec::new(),
        topology: None,
        mended: Vec::new(),
        content: DefaultHashBuilder::default(),
        bytes,
        done_bytes: 0,
        rows_version: service.district.read().rows_version(),
    };
    match request.kind {
        RowKind::Areas => areas::look(look),
        RowKind::Households => doors::look(look),
        _ => rows::look(look),
    }
}

/// What a look has found so far.
struct Look<'a> {
    service: &'a Arc<Service>,
    request: &'a ImportRequest,
    kind: &'static dyn Kind,
    progress: &'a dyn Progress,
    work: &'a Path,
    book: RefusalBook,
    seen: Seen,
    features: Features,
    counts: Counts,
    assignment: Assignment,
    files: Vec<PlanFile>,
    notes: Vec<String>,
    topology: Option<Topology>,
    /// What was done to outlines that were invalid in themselves.
    mended: Vec<String>,
    /// Makes numbers of contents.
    content: DefaultHashBuilder,
    /// Bytes of all files.
    bytes: u64,
    /// Bytes of the files before the one being read.
    done_bytes: u64,
    rows_version: u64,
}
