//! A workbook unpacked once and forgotten, to know that it can be read in the memory there is.
//!
//! What a zip says of its sizes is not believed: bytes are counted as they come out.

use super::super::fault::{refused, unreadable};
use crate::table::{
    limits::Limits,
    source::{Format, TableError},
};
use std::{
    fs::File,
    io::{BufReader, ErrorKind, Read},
    path::Path,
};
use zip::ZipArchive;

/// Parts of an archive looked at.
const PARTS: usize = 10_000;
/// Most bytes between two tags of a sheet; a cell's text is held whole when it is read.
const TAG_BYTES: usize = 4 << 20;
/// Most merged cells of a workbook.
const MERGED: usize = 200_000;

/// What was seen on the way.
#[derive(Debug, Default)]
pub(super) struct Unpacked {
    /// How many merged cells the sheets have, all together.
    pub merged: usize,
}

/// Unpacks every part of a workbook.
///
/// # Errors
/// [`TableError`] when it is no zip, damaged, or would need more memory or time than [`Limits`] allow.
pub(super) fn checked(path: &Path, limits: &Limits) -> Result<Unpacked, TableError> {
    let refuse = |message: String| refused(Format::Xlsx, message);
    let file = File::open(path).map_err(unreadable(path))?;
    let mut zip = ZipArchive::new(BufReader::new(file))
        .map_err(|error| refuse(format!("the workbook cannot be unpacked: {error}")))?;
    if zip.len() > PARTS {
        return Err(refuse(format!("the workbook has {} parts; at most {PARTS} are taken", zip.len())));
    }
    let mut unpacked = Unpacked::default();
    let (mut all, mut held) = (0, 0);
    let mut chunk = vec![0; 64 << 10];
    for index in 0..zip.len() {
        let mut part = zip
            .by_index(index)
            .map_err(|error| refuse(format!("part {} of the workbook cannot be unpacked: {error}", index + 1)))?;
        let name = part.name().map_or_else(|_| format!("part {}", index + 1), std::borrow::Cow::into_owned);
        let is_sheet = name.starts_with("xl/worksheets/");
        let is_held = !is_sheet && !name.starts_with("xl/media/");
        let mut tags = Tags::default();
        loop {
            let count = match part.read(&mut chunk) {
                Ok(0) => break,
                Ok(count) => count,
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                Err(error) => return Err(refuse(format!("{name} in the workbook is damaged or cut off: {error}"))),
            };
            all += count as u64;
            held += if is_held { count as u64 } else { 0 };
            if all > limits.unpacked_bytes || held > limits.held_bytes {
                let most = if all > limits.unpacked_bytes { limits.unpacked_bytes } else { limits.held_bytes };
                return Err(refuse(format!(
                    "{name} unpacks the workbook to more than {} MB, which is as much as is taken",
                    most >> 20
                )));
            }
            if is_sheet {
                tags.see(&chunk[..count]);
                if tags.longest > TAG_BYTES {
                    return Err(refuse(format!("{name} holds a text of more than {} MB", TAG_BYTES >> 20)));
                }
                if unpacked.merged + tags.merged > MERGED {
                    return Err(refuse(format!("{name} has more than {MERGED} merged cells")));
                }
            }
        }
        unpacked.merged += tags.merged;
    }
    Ok(unpacked)
}

/// What is counted in the text of a sheet as it comes in pieces.
#[derive(Debug, Default)]
struct Tags {
    since: usize,
    longest: usize,
    merged: usize,
    /// The end of the piece before, where a name may have begun.
    tail: Vec<u8>,
}

impl Tags {
    fn see(&mut self, piece: &[u8]) {
        const NAME: &[u8] = b"mergeCell ";
        let mut last = 0;
        for at in memchr::memchr_iter(b'<', piece) {
            self.longest = self.longest.max(self.since + at - last);
            (self.since, last) = (0, at);
        }
        self.since += piece.len() - last;
        self.longest = self.longest.max(self.since);
        self.merged += memchr::memmem::find_iter(piece, NAME).count();
        // A name cut by the end of a piece is found where the two meet.
        let most = NAME.len() - 1;
        self.tail.extend_from_slice(&piece[..piece.len().min(most)]);
        self.merged += memchr::memmem::find_iter(&self.tail, NAME).count();
        if piece.len() >= most {
            self.tail.clear();
            self.tail.extend_from_slice(&piece[piece.len() - most..]);
        }
        self.tail.drain(..self.tail.len().saturating_sub(most));
    }
}

#[cfg(test)]
mod tests {
    use super::Tags;

    #[test]
    fn names_and_gaps_are_counted_however_the_bytes_come() {
        let sheet = format!("<a>{}<mergeCell ref=\"A1:B2\"/><mergeCells><mergeCell ref=\"x\"/>", "x".repeat(100));
        for size in [1, 2, 3, 7, 9, 10, 11, 50, 1000] {
            let mut tags = Tags::default();
            sheet.as_bytes().chunks(size).for_each(|piece| tags.see(piece));
            assert_eq!(tags.merged, 2, "pieces of {size}");
            assert_eq!(tags.longest, 103, "pieces of {size}");
        }
    }
}
