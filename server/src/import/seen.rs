//! Keys that already came in this import: the first row with a key stands, later ones are told which it was.
//!
//! In memory a key is sixteen bytes; what tells two keys apart for certain lies on disk.

use hashbrown::{DefaultHashBuilder, HashTable};
use std::{
    fs::{File, OpenOptions},
    hash::BuildHasher,
    io::{self, BufWriter, Seek, SeekFrom, Write},
    path::Path,
};
use wangge_core::geometry::position::FixedPoint;

/// Bytes of a record before the key: file, number, content, whether it has a place, place, length of the key.
const HEAD: usize = 4 + 8 + 8 + 1 + 8 + 2;
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

struct Entry {
    hash: u64,
    at: u64,
}

/// Keys that came, and where.
pub(super) struct Seen {
    table: HashTable<Entry>,
    hasher: DefaultHashBuilder,
    file: BufWriter<File>,
    end: u64,
}

impl Seen {
    /// None came yet. `path` is written to.
    pub(super) fn create(path: &Path) -> io::Result<Self> {
        let file = OpenOptions::new().read(true).write(true).create(true).truncate(true).open(path)?;
        let file = BufWriter::with_capacity(1 << 18, file);
        Ok(Self { table: HashTable::new(), hasher: DefaultHashBuilder::default(), file, end: 0 })
    }

    /// Notes a row under its key, unless one has it already: that one is answered then.
    pub(super) fn first(&mut self, key: &str, row: Sight) -> io::Result<Option<Sight>> {
        let key = &key.as_bytes()[..key.len().min(KEY_LENGTH)];
        let hash = self.hasher.hash_one(key);
        let mut found = Ok(None);
        let (file, end) = (&mut self.file, self.end);
        let known = self.table.find(hash, |entry| {
            // Two keys with one hash of 64 bits are rarer than broken disks, but then rows would be refused for nothing.
            entry.hash == hash && found.as_ref().is_ok_and(Option::is_none) && {
                found = read(file, end, entry.at).map(|(there, sight)| (there == key).then_some(sight));
                found.as_ref().is_ok_and(Option::is_some)
            }
        });
        if known.is_some() || found.is_err() {
            return found;
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
        self.table.insert_unique(hash, Entry { hash, at: self.end }, |entry| entry.hash);
        self.end += (HEAD + key.len()) as u64;
        Ok(None)
    }
}

fn read(file: &mut BufWriter<File>, end: u64, at: u64) -> io::Result<(Vec<u8>, Sight)> {
    use io::Read;
    file.flush()?;
    let file = file.get_mut();
    file.seek(SeekFrom::Start(at))?;
    let mut head = [0; HEAD];
    file.read_exact(&mut head)?;
    let u32_at = |i: usize| u32::from_le_bytes([head[i], head[i + 1], head[i + 2], head[i + 3]]);
    let u64_at = |i: usize| u64::from(u32_at(i)) | u64::from(u32_at(i + 4)) << 32;
    let place = FixedPoint { x: u32_at(21), y: u32_at(25) };
    let at = (head[20] == 1).then_some(place);
    let mut key = vec![0; usize::from(u16::from_le_bytes([head[29], head[30]]))];
    file.read_exact(&mut key)?;
    file.seek(SeekFrom::Start(end))?;
    Ok((key, Sight { file: u32_at(0), number: u64_at(4), content: u64_at(12), at }))
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
    fn keys_of_one_hash_are_told_apart() {
        let folder = tempfile::tempdir().unwrap();
        let mut seen = Seen::create(&folder.path().join("keys")).unwrap();
        seen.first("a", sight(1)).unwrap();
        // The second key finds an entry that has its hash and another key's record.
        let hash = seen.hasher.hash_one("b".as_bytes());
        let at = seen.table.iter().next().unwrap().at;
        seen.table.insert_unique(hash, Entry { hash, at }, |entry| entry.hash);
        assert_eq!(seen.first("b", sight(2)).unwrap(), None);
        assert_eq!(seen.first("b", sight(3)).unwrap(), Some(sight(2)));
        assert_eq!(seen.first("a", sight(3)).unwrap(), Some(sight(1)));
    }
}
