//! Keys that already came in this import: the first row with a key stands, later ones are told which it was.
//!
//! In memory a key takes twelve to eighteen bytes; what tells two keys apart for certain lies on disk.

use crate::table::Cell;
use hashbrown::DefaultHashBuilder;
use std::{
    fs::{File, OpenOptions},
    hash::BuildHasher,
    io::{self, BufWriter, Read, Seek, SeekFrom, Write},
    path::Path,
};
use wangge_core::geometry::position::FixedPoint;

/// Bytes of a record before the key: file, number, content, whether it has a place, place, length of the key.
const HEAD: usize = 4 + 8 + 8 + 1 + 8 + 2;
/// Records from one place that is known to the next.
const BLOCK: u32 = 32;
/// Bytes of a key that are looked at; no kind takes longer ones.
const KEY_LENGTH: usize = 1024;

/// A row as it is remembered.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Sight {
    /// Which of the files.
    pub(super) file: u32,
    /// Its number in it.
    pub(super) number: u64,
    /// Number made of everything the file says in it.
    pub(super) content: u64,
    /// Its place, when it has one.
    pub(super) at: Option<FixedPoint>,
}

/// Half of the hash of each key with the number of its record, in the order of the halves as far as gaps allow: a place is
/// found by arithmetic, growing is one walk from end to end, and a key touches one line of memory.
struct Tags {
    /// The tag above, the number of the record and one below; zero where there is nothing.
    slots: Vec<u64>,
    count: usize,
}

impl Tags {
    fn new() -> Self {
        Self { slots: vec![0; 1 << 10], count: 0 }
    }

    /// Where a tag is looked for first.
    fn home(tag: u32, slots: usize) -> usize {
        ((u64::from(tag) * slots as u64) >> 32) as usize
    }

    /// Numbers of the records of keys with this tag.
    fn of(&self, tag: u32) -> impl Iterator<Item = u32> + '_ {
        let (before, from) = self.slots.split_at(Self::home(tag, self.slots.len()));
        let run = from.iter().chain(before).take_while(|slot| **slot != 0);
        run.filter(move |slot| (**slot >> 32) as u32 == tag).map(|slot| (*slot as u32).wrapping_sub(1))
    }

    /// Adds a record, of which there are fewer than 2³².
    fn add(&mut self, tag: u32, number: u32) {
        // Two in three are taken at most: the runs between gaps stay short.
        if self.count * 3 >= self.slots.len() * 2 {
            let longer = vec![0; self.slots.len() + self.slots.len() / 2];
            let slots = std::mem::replace(&mut self.slots, longer);
            slots.into_iter().filter(|slot| *slot != 0).for_each(|slot| self.put(slot));
        }
        self.put(u64::from(tag) << 32 | u64::from(number.wrapping_add(1)));
        self.count += 1;
    }

    fn put(&mut self, slot: u64) {
        let mut at = Self::home((slot >> 32) as u32, self.slots.len());
        while self.slots[at] != 0 {
            at = if at + 1 == self.slots.len() { 0 } else { at + 1 };
        }
        self.slots[at] = slot;
    }
}

/// Keys that came, and where.
pub(super) struct Seen {
    tags: Tags,
    hasher: DefaultHashBuilder,
    file: BufWriter<File>,
    end: u64,
    count: u32,
    /// Where every so many records one begins.
    blocks: Vec<u64>,
}

impl Seen {
    /// None came yet. `path` is written to.
    pub(super) fn create(path: &Path) -> io::Result<Self> {
        let file = OpenOptions::new().read(true).write(true).create(true).truncate(true).open(path)?;
        let file = BufWriter::with_capacity(1 << 18, file);
        let (tags, hasher, blocks) = (Tags::new(), DefaultHashBuilder::default(), Vec::new());
        Ok(Self { tags, hasher, file, end: 0, count: 0, blocks })
    }

    /// Notes a row under its key, unless one has it already: that one is answered then.
    pub(super) fn first(&mut self, key: &str, row: Sight) -> io::Result<Option<Sight>> {
        let key = &key.as_bytes()[..key.len().min(KEY_LENGTH)];
        let tag = self.tag(key);
        let Self { tags, file, blocks, end, .. } = self;
        // Another key may have the tag; of a million keys about a hundred do.
        for number in tags.of(tag) {
            let (there, sight) = read(file, blocks, *end, number)?;
            if there == key {
                return Ok(Some(sight));
            }
        }
        let mut head = [0; HEAD];
        head[..4].copy_from_slice(&row.file.to_le_bytes());
        head[4..12].copy_from_slice(&row.number.to_le_bytes());
        head[12..20].copy_from_slice(&row.content.to_le_bytes());
        if let Some(at) = row.at {
            head[20] = 1;
            head[21..25].copy_from_slice(&at.x.to_le_bytes());
            head[25..29].copy_from_slice(&at.y.to_le_bytes());
        }
        head[29..].copy_from_slice(&(key.len() as u16).to_le_bytes());
        self.file.write_all(&head)?;
        self.file.write_all(key)?;
        if self.count.is_multiple_of(BLOCK) {
            self.blocks.push(self.end);
        }
        let next = self.count.checked_add(1).filter(|next| *next < u32::MAX);
        let next = next.ok_or_else(|| io::Error::other("more than four thousand million rows"))?;
        self.tags.add(tag, self.count);
        self.count = next;
        self.end += (HEAD + key.len()) as u64;
        Ok(None)
    }

    /// Looks at where keys that are about to come belong. A place in a large table costs a trip to memory: made together,
    /// the trips overlap, and [`Seen::first`] finds its place near. It changes nothing.
    pub(super) fn bring_near<'a>(&self, cells: impl Iterator<Item = &'a Cell>) {
        let slots = &self.tags.slots;
        let look = |cell: &Cell| match cell {
            Cell::Text(key) => slots[Tags::home(self.tag(key.as_bytes()), slots.len())],
            _ => 0,
        };
        std::hint::black_box(cells.map(look).fold(0, u64::wrapping_add));
    }

    fn tag(&self, key: &[u8]) -> u32 {
        (self.hasher.hash_one(key) >> 32) as u32
    }
}

/// Key and row of a record.
fn read(file: &mut BufWriter<File>, blocks: &[u64], end: u64, number: u32) -> io::Result<(Vec<u8>, Sight)> {
    let block = (number / BLOCK) as usize;
    let span = |at: usize| blocks.get(at).copied().unwrap_or(end);
    let mut bytes = vec![0; (span(block + 1) - span(block)) as usize];
    file.flush()?;
    let file = file.get_mut();
    file.seek(SeekFrom::Start(span(block)))?;
    file.read_exact(&mut bytes)?;
    file.seek(SeekFrom::Start(end))?;
    let mut rest = &bytes[..];
    for _ in 0..number % BLOCK {
        rest = record(rest).ok_or(io::ErrorKind::UnexpectedEof)?.2;
    }
    let (head, key, _) = record(rest).ok_or(io::ErrorKind::UnexpectedEof)?;
    let u32_at = |i: usize| u32::from_le_bytes([head[i], head[i + 1], head[i + 2], head[i + 3]]);
    let u64_at = |i: usize| u64::from(u32_at(i)) | u64::from(u32_at(i + 4)) << 32;
    let at = (head[20] == 1).then_some(FixedPoint { x: u32_at(21), y: u32_at(25) });
    Ok((key.to_vec(), Sight { file: u32_at(0), number: u64_at(4), content: u64_at(12), at }))
}

/// Head and key of the record that bytes begin with, and the bytes after it.
fn record(bytes: &[u8]) -> Option<(&[u8; HEAD], &[u8], &[u8])> {
    let (head, rest) = bytes.split_first_chunk::<HEAD>()?;
    let length = usize::from(u16::from_le_bytes([head[29], head[30]]));
    let (key, rest) = rest.split_at_checked(length)?;
    Some((head, key, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sight(number: u64) -> Sight {
        let at = number.is_multiple_of(2).then_some(FixedPoint { x: number as u32, y: u32::MAX });
        Sight { file: 7, number, content: u64::MAX - number, at }
    }

    #[test]
    fn of_many_keys_each_is_new_once_and_names_its_first_row_afterwards() {
        let folder = tempfile::tempdir().unwrap();
        let mut seen = Seen::create(&folder.path().join("keys")).unwrap();
        for number in 0..20_000 {
            assert_eq!(seen.first(&format!("门-{number}"), sight(number)).unwrap(), None);
            if number % 97 == 0 {
                let earlier = number / 2;
                assert_eq!(seen.first(&format!("门-{earlier}"), sight(1)).unwrap(), Some(sight(earlier)));
            }
        }
        for number in (0..20_000).step_by(501) {
            assert_eq!(seen.first(&format!("门-{number}"), sight(1)).unwrap(), Some(sight(number)));
        }
    }

    #[test]
    fn keys_of_one_tag_are_told_apart() {
        let folder = tempfile::tempdir().unwrap();
        let mut seen = Seen::create(&folder.path().join("keys")).unwrap();
        seen.first("a", sight(1)).unwrap();
        // The second key finds an entry that has its tag and another key's record.
        let tag = seen.tag(b"b");
        seen.tags.add(tag, 0);
        assert_eq!(seen.first("b", sight(2)).unwrap(), None);
        assert_eq!(seen.first("b", sight(3)).unwrap(), Some(sight(2)));
        assert_eq!(seen.first("a", sight(3)).unwrap(), Some(sight(1)));
    }
}
