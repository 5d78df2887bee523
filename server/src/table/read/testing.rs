//! What tests of readers share: files made for a moment, rows collected, real data found.

use crate::table::{OpenOptions, Row, RowFault, Source, Step, TableError, open};
use std::path::{Path, PathBuf};

/// A file that is gone when this is.
pub(in crate::table) struct Scratch {
    folder: tempfile::TempDir,
}

impl Scratch {
    pub(in crate::table) fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    /// A file of a name with these bytes.
    pub(in crate::table) fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    }

    pub(in crate::table) fn path(&self) -> &Path {
        self.folder.path()
    }
}

/// All a reader gives: rows and faults, and what stopped it.
#[derive(Debug)]
pub(in crate::table) struct Everything {
    pub rows: Vec<Row>,
    pub faults: Vec<RowFault>,
    pub stopped: Option<TableError>,
}

/// Reads a source to its end.
pub(in crate::table) fn everything(source: &mut dyn Source) -> Everything {
    let mut all = Everything { rows: Vec::new(), faults: Vec::new(), stopped: None };
    let mut row = Row::default();
    loop {
        match source.read(&mut row) {
            Ok(Step::Row) => all.rows.push(row.clone()),
            Ok(Step::Fault(fault)) => all.faults.push(fault),
            Ok(Step::End) => return all,
            Err(error) => {
                all.stopped = Some(error);
                return all;
            }
        }
    }
}

/// Reads a file to its end.
pub(in crate::table) fn read(path: &Path, options: &OpenOptions) -> Result<(Box<dyn Source>, Everything), TableError> {
    let mut source = open(path, options)?;
    let all = everything(source.as_mut());
    Ok((source, all))
}

/// Reads bytes as a file of a name.
pub(in crate::table) fn read_bytes(
    name: &str,
    bytes: impl AsRef<[u8]>,
) -> Result<(Box<dyn Source>, Everything), TableError> {
    let scratch = Scratch::new();
    let path = scratch.file(name, bytes);
    read(&path, &OpenOptions::default())
}

/// The message a file of a name is refused with.
pub(in crate::table) fn refusal(name: &str, bytes: impl AsRef<[u8]>) -> String {
    match read_bytes(name, bytes) {
        Ok((source, _)) => panic!("{name} is read: {:?}", source.header()),
        Err(error) => error.to_string(),
    }
}

/// Counts rows and faults without keeping them.
pub(in crate::table) fn counts(path: &Path, options: &OpenOptions) -> (u64, u64) {
    let mut source = open(path, options).unwrap();
    let mut row = Row::default();
    let (mut rows, mut faults) = (0, 0);
    loop {
        match source.read(&mut row).unwrap() {
            Step::Row => rows += 1,
            Step::Fault(_) => faults += 1,
            Step::End => {
                assert_eq!(source.bytes_read(), source.header().bytes);
                return (rows, faults);
            }
        }
    }
}

/// A file of the real data, or none, said aloud.
pub(in crate::table) fn geodata(name: &str) -> Option<PathBuf> {
    match std::env::var_os("WANGGE_GEODATA") {
        Some(folder) => Some(Path::new(&folder).join(name)),
        None => {
            eprintln!("skipped: WANGGE_GEODATA is not set");
            None
        }
    }
}
