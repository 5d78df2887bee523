//! The blocks of a PBF file in order, whatever is in them.

use crate::table::{
    read::fault::{refused, unreadable},
    source::{Format, TableError},
};
use osmpbf::{BlobDecode, BlobReader, PrimitiveBlock};
use std::{
    fs::File,
    io::{BufReader, Read},
    panic::{AssertUnwindSafe, catch_unwind},
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

/// What a file may ask of its readers and we give.
const FEATURES: [&str; 2] = ["OsmSchema-V0.6", "DenseNodes"];

/// A file read block by block.
pub(super) struct Blocks {
    reader: BlobReader<Counted>,
    read: Arc<AtomicU64>,
    bytes: u64,
}

impl Blocks {
    pub(super) fn open(path: &Path) -> Result<Self, TableError> {
        let file = File::open(path).map_err(unreadable(path))?;
        let bytes = file.metadata().map_err(unreadable(path))?.len();
        let read = Arc::new(AtomicU64::new(0));
        let reader = BlobReader::new(Counted { file: BufReader::new(file), read: read.clone() });
        Ok(Self { reader, read, bytes })
    }

    /// Size of the file.
    pub(super) fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Bytes read so far.
    pub(super) fn read(&self) -> u64 {
        self.read.load(Ordering::Relaxed)
    }

    /// The next block of data.
    pub(super) fn next(&mut self) -> Result<Option<PrimitiveBlock>, TableError> {
        loop {
            let before = self.read();
            let damaged = |error: osmpbf::Error| {
                refused(Format::OsmPbf, format!("is damaged or cut off after byte {before}: {error}"))
            };
            let Some(blob) = self.reader.next() else {
                // The reader takes up to three bytes at the end for the end.
                return if self.read() == before {
                    Ok(None)
                } else {
                    Err(refused(Format::OsmPbf, format!("is cut off after byte {before}")))
                };
            };
            match blob.map_err(damaged)?.decode().map_err(damaged)? {
                BlobDecode::OsmData(block) => return Ok(Some(block)),
                BlobDecode::OsmHeader(header) => {
                    let needs = header.required_features().iter();
                    if let Some(unknown) = needs.map(String::as_str).find(|name| !FEATURES.contains(name)) {
                        let message = format!("needs a reader that knows {unknown:?}; export it without");
                        return Err(refused(Format::OsmPbf, message));
                    }
                }
                BlobDecode::Unknown(_) => {}
            }
        }
    }
}

/// Goes through every block of a file.
pub(super) fn each(
    path: &Path,
    mut look: impl FnMut(&PrimitiveBlock) -> Result<(), TableError>,
) -> Result<(), TableError> {
    let mut blocks = Blocks::open(path)?;
    while let Some(block) = blocks.next()? {
        guarded(|| look(&block))??;
    }
    Ok(())
}

/// Does something with a block. The crate that decodes blocks panics on member types and sums no writer makes; a hostile
/// file is refused for it like any damaged one.
pub(super) fn guarded<T>(look: impl FnOnce() -> T) -> Result<T, TableError> {
    catch_unwind(AssertUnwindSafe(look))
        .map_err(|_| refused(Format::OsmPbf, "is damaged: a block holds numbers that cannot be"))
}

/// A file that knows how far it was read.
struct Counted {
    file: BufReader<File>,
    read: Arc<AtomicU64>,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let count = self.file.read(buffer)?;
        self.read.fetch_add(count as u64, Ordering::Relaxed);
        Ok(count)
    }
}
