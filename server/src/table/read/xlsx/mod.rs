//! Excel workbooks: one sheet as a table, its titles passed over, its merged cells read as a person reads them.
//!
//! All of the file is unpacked and counted first, so that nothing it claims costs memory.

mod head;
mod merged;
mod sheet;
mod unpack;
mod value;

#[cfg(test)]
mod tests;

use super::fault::refused;
use crate::table::{
    limits::Limits,
    open::OpenOptions,
    source::{Format, Header, Row, RowFault, Source, Step, TableError},
};
use sheet::{Handed, Job};
use std::{
    path::Path,
    sync::{Mutex, mpsc},
    thread::{self, JoinHandle},
    vec,
};

/// Batches that may wait to be taken.
const WAITING: usize = 4;

/// Names of a workbook's sheets, hidden ones left out.
///
/// # Errors
/// [`TableError`] when it cannot be read.
pub fn names(path: &Path) -> Result<Vec<String>, TableError> {
    unpack::checked(path, &Limits::default())?;
    sheet::names(path).map_err(|message| refused(Format::Xlsx, message))
}

/// Reader of a sheet.
pub struct XlsxSource {
    header: Header,
    /// Taken from by one reader at a time; the lock makes that a fact for the compiler.
    handed: Mutex<mpsc::Receiver<Handed>>,
    thread: Option<JoinHandle<()>>,
    batch: vec::IntoIter<Result<Row, RowFault>>,
    share: f64,
    ended: bool,
}

impl XlsxSource {
    /// Reader of the sheet wanted, otherwise of the first with a table in it.
    ///
    /// # Errors
    /// [`TableError`] when the file cannot be read, unpacks to more than is taken, or has no such sheet.
    pub fn open(path: &Path, options: &OpenOptions) -> Result<Self, TableError> {
        let unpacked = unpack::checked(path, &options.limits)?;
        let bytes = std::fs::metadata(path).map_err(super::fault::unreadable(path))?.len();
        let job = Job {
            path: path.to_owned(),
            sheet: options.layer.clone(),
            limits: options.limits.clone(),
            has_merged: unpacked.merged > 0,
        };
        let (out, handed) = mpsc::sync_channel(WAITING);
        let reading = thread::Builder::new().name("workbook".to_owned()).spawn(move || sheet::run(&job, &out));
        let thread = reading.map_err(super::fault::unreadable(path))?;
        let header = Header {
            format: Format::Xlsx,
            columns: Vec::new(),
            has_shapes: false,
            crs: None,
            rows: None,
            bytes,
            encoding: None,
            layer: None,
            notes: Vec::new(),
        };
        let mut source = Self {
            header,
            handed: Mutex::new(handed),
            thread: Some(thread),
            batch: Vec::new().into_iter(),
            share: 0.0,
            ended: false,
        };
        match source.take()? {
            Some(Handed::Head(head)) => {
                source.header.layer = Some(head.name);
                source.header.columns = head.columns;
                source.header.notes = head.notes;
                Ok(source)
            }
            _ => Err(refused(Format::Xlsx, "has no sheet with a table in it")),
        }
    }

    /// What the thread hands over next; none once it has ended.
    fn take(&mut self) -> Result<Option<Handed>, TableError> {
        let handed = self.handed.get_mut().map(|handed| handed.recv());
        match handed {
            Ok(Ok(Handed::Failed(message))) => {
                self.ended = true;
                Err(refused(Format::Xlsx, message))
            }
            Ok(Ok(handed)) => Ok(Some(handed)),
            // It ended without a word: the reader of the format gave up on what no reader of it expects.
            Ok(Err(_)) | Err(_) => {
                self.ended = true;
                let has_failed = self.thread.take().is_some_and(|thread| thread.join().is_err());
                match has_failed {
                    true => Err(refused(Format::Xlsx, "the workbook is damaged in a way that cannot be read")),
                    false => Ok(None),
                }
            }
        }
    }
}

impl Source for XlsxSource {
    fn header(&self) -> &Header {
        &self.header
    }

    fn read(&mut self, row: &mut Row) -> Result<Step, TableError> {
        loop {
            match self.batch.next() {
                Some(Ok(found)) => {
                    *row = found;
                    return Ok(Step::Row);
                }
                Some(Err(fault)) => return Ok(Step::Fault(fault)),
                None if self.ended => return Ok(Step::End),
                None => match self.take()? {
                    Some(Handed::Rows(rows, share)) => {
                        self.batch = rows.into_iter();
                        self.share = share;
                    }
                    Some(Handed::End(notes)) => {
                        self.header.notes.extend(notes);
                        self.ended = true;
                    }
                    _ => self.ended = true,
                },
            }
        }
    }

    fn bytes_read(&self) -> u64 {
        if self.ended { self.header.bytes } else { (self.header.bytes as f64 * self.share) as u64 }
    }
}

impl Drop for XlsxSource {
    fn drop(&mut self) {
        // The thread ends at its next batch, once nobody takes it.
        let (_, nobody) = mpsc::sync_channel(0);
        self.handed = Mutex::new(nobody);
        if let Some(thread) = self.thread.take() {
            // It may have failed; nobody waits for its rows.
            let _ = thread.join();
        }
    }
}
