//! A file read in batches whose memory is used again: on a thread of its own, or, where reading costs less than handing
//! over what was read, on the thread that wants the rows.

use super::error::ImportError;
use crate::table::{Cell, Format, RawShape, Row, RowFault, Source, Step, TableError};
use std::{
    sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel},
    thread::{Scope, ScopedJoinHandle},
};

/// Rows of a batch, at most.
const BATCH_ROWS: usize = 1_024;
/// Positions and characters of a batch, about, so that large shapes do not come two thousand at a time.
const BATCH_SIZE: usize = 1 << 22;
/// Rows of a batch that stays on its thread: few, so that they are still in the nearest caches when they are looked at.
const ROWS_HERE: usize = 256;
/// Batches on their way: few, so that the rows are still in the cache of a core when they are looked at.
const BATCHES: usize = 2;

/// Rows on their way, with those that could not be read between them.
#[derive(Default)]
pub(super) struct Batch {
    rows: Vec<Row>,
    count: usize,
    faults: Vec<RowFault>,
    size: usize,
    /// Bytes of the file read up to here.
    pub(super) bytes: u64,
    /// Columns that were found since the batch before.
    pub(super) columns: Option<Vec<String>>,
}

/// A row or what is there instead.
pub(super) enum Found<'a> {
    Row(&'a Row),
    Fault(&'a RowFault),
}

impl Batch {
    /// Everything in it, in the order of the file.
    pub(super) fn each(&self, mut with: impl FnMut(Found<'_>) -> Result<(), ImportError>) -> Result<(), ImportError> {
        let mut faults = self.faults.iter().peekable();
        for row in &self.rows[..self.count] {
            while let Some(fault) = faults.next_if(|fault| fault.number < row.number) {
                with(Found::Fault(fault))?;
            }
            with(Found::Row(row))?;
        }
        faults.try_for_each(|fault| with(Found::Fault(fault)))
    }

    /// Its rows.
    pub(super) fn rows(&self) -> &[Row] {
        &self.rows[..self.count]
    }

    /// Rows and faults.
    pub(super) fn len(&self) -> usize {
        self.count + self.faults.len()
    }

    /// Reads rows until it is full; true when the file goes on.
    pub(super) fn fill(&mut self, source: &mut dyn Source) -> Result<bool, TableError> {
        self.fill_up_to(BATCH_ROWS, source)
    }

    fn fill_up_to(&mut self, most: usize, source: &mut dyn Source) -> Result<bool, TableError> {
        if self.size > BATCH_SIZE {
            // Rows as large as these are not kept for the next ones.
            self.rows = Vec::new();
        }
        (self.count, self.size) = (0, 0);
        self.faults.clear();
        let known = source.header().columns.len();
        let more = loop {
            if self.len() >= most || self.size > BATCH_SIZE {
                break true;
            }
            if self.count == self.rows.len() {
                self.rows.push(Row::default());
            }
            let row = &mut self.rows[self.count];
            match source.read(row)? {
                Step::Row => {
                    self.size += size_of(row);
                    self.count += 1;
                }
                Step::Fault(fault) => self.faults.push(fault),
                Step::End => break false,
            }
        };
        self.bytes = source.bytes_read();
        let columns = &source.header().columns;
        self.columns = (columns.len() != known).then(|| columns.clone());
        Ok(more)
    }
}

/// About how much memory a row takes beyond the usual, in positions and long texts.
fn size_of(row: &Row) -> usize {
    let shape = match &row.shape {
        None | Some(RawShape::Point(_)) => 1,
        Some(shape) => shape.positions().count() * 16,
    };
    let text = |cell: &Cell| if let Cell::Text(text) = cell { text.capacity() } else { 0 };
    shape + row.cells.iter().map(text).sum::<usize>()
}

/// A file that is being read.
pub(super) enum Reading<'scope> {
    /// Here, when the next batch is asked for.
    Here { source: Box<dyn Source>, batch: Batch, more: bool, error: Option<TableError> },
    /// On a thread of its own.
    Aside { full: Receiver<Batch>, empty: Sender<Batch>, now: Batch, thread: Thread<'scope> },
}

type Thread<'scope> = ScopedJoinHandle<'scope, Result<(), TableError>>;

impl<'scope> Reading<'scope> {
    /// Starts reading; `batch` is done with.
    pub(super) fn start<'env>(scope: &'scope Scope<'scope, 'env>, source: Box<dyn Source>, batch: Batch) -> Self {
        if source.header().format == Format::Csv {
            return Self::Here { source, batch, more: true, error: None };
        }
        let (tell, full) = sync_channel(BATCHES);
        let (empty, emptied) = channel();
        let thread = scope.spawn(move || pump(source, &tell, &emptied));
        Self::Aside { full, empty, now: batch, thread }
    }

    /// The next batch; none at the end of what could be read.
    pub(super) fn next(&mut self) -> Option<&mut Batch> {
        match self {
            Self::Here { more: false, .. } => None,
            Self::Here { source, batch, more, error } => {
                // What was read before the rest could not be is handed on.
                *more = batch.fill_up_to(ROWS_HERE, &mut **source).unwrap_or_else(|why| {
                    *error = Some(why);
                    false
                });
                Some(batch)
            }
            Self::Aside { full, empty, now, .. } => {
                let done = std::mem::replace(now, full.recv().ok()?);
                // An error says that the file is at its end.
                let _ = empty.send(done);
                Some(now)
            }
        }
    }

    /// Whether the file was read to its end: nothing, or why it was not.
    pub(super) fn end(self, file: &str) -> Result<Option<TableError>, ImportError> {
        match self {
            Self::Here { error, .. } => Ok(error),
            Self::Aside { full, empty, thread, .. } => {
                drop((full, empty));
                match thread.join() {
                    Ok(ended) => Ok(ended.err()),
                    Err(_) => Err(ImportError::Broken { file: file.to_owned() }),
                }
            }
        }
    }
}

fn pump(mut source: Box<dyn Source>, full: &SyncSender<Batch>, emptied: &Receiver<Batch>) -> Result<(), TableError> {
    loop {
        let mut batch = emptied.try_recv().unwrap_or_default();
        let filled = batch.fill(&mut *source);
        // What was read before the rest could not be is handed on.
        if full.send(batch).is_err() || !filled? {
            return Ok(());
        }
    }
}
