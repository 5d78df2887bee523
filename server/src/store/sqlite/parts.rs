//! Long byte strings as rows of bounded size, so that writing one never holds up the log for long.
//!
//! The parts go first, each in its own transaction; the row that owns them goes last. Parts without an owner are
//! what a crash left, and are cleared at the next start.

use super::engine;
use crate::store::StoreError;
use parking_lot::Mutex;
use rusqlite::Connection;

/// Bytes of a part. One part is one transaction: a few milliseconds on an ordinary disk.
const PART_BYTES: usize = 4 << 20;

/// Which owner the parts have.
#[derive(Debug, Clone, Copy)]
pub(super) enum Owner {
    /// A segment.
    Segment,
    /// A snapshot.
    Snapshot,
}

impl Owner {
    fn table(self) -> &'static str {
        match self {
            Self::Segment => "segment_part",
            Self::Snapshot => "snapshot_part",
        }
    }
}

/// Writes the parts of an owner, in place of any there.
pub(super) fn write(writing: &Mutex<Connection>, owner: Owner, id: i64, bytes: &[u8]) -> Result<(), StoreError> {
    remove(&writing.lock(), owner, id)?;
    of(bytes).try_for_each(|(part, body)| insert(&writing.lock(), owner, id, part, body))
}

/// The parts of long bytes, numbered.
pub(super) fn of(bytes: &[u8]) -> impl Iterator<Item = (i64, &[u8])> {
    (0i64..).zip(bytes.chunks(PART_BYTES))
}

/// Writes one part of an owner.
pub(super) fn insert(connection: &Connection, owner: Owner, id: i64, part: i64, body: &[u8]) -> Result<(), StoreError> {
    let insert = format!("INSERT INTO {} (owner, part, body) VALUES (?1, ?2, ?3)", owner.table());
    connection.prepare_cached(&insert).and_then(|mut s| s.execute((id, part, body))).map_err(engine)?;
    Ok(())
}

/// Reads the parts of an owner together and verifies their length; `place` names them in an error. The checksum is for
/// the caller to verify.
pub(super) fn read(
    connection: &Connection,
    owner: Owner,
    id: i64,
    length: u64,
    place: &str,
) -> Result<Vec<u8>, StoreError> {
    let select = format!("SELECT body FROM {} WHERE owner = ?1 ORDER BY part", owner.table());
    let mut statement = connection.prepare(&select).map_err(engine)?;
    let mut rows = statement.query([id]).map_err(engine)?;
    // The length is a claim of the file, so it bounds what is read but does not size the memory.
    let mut bytes = Vec::new();
    while let Some(row) = rows.next().map_err(engine)? {
        let body = row.get_ref(0).map_err(engine)?.as_blob().map_err(|e| StoreError::corrupt(place, e))?;
        bytes.extend_from_slice(body);
        if bytes.len() as u64 > length {
            break;
        }
    }
    if bytes.len() as u64 != length {
        return Err(StoreError::corrupt(place, format!("{} bytes are there, {length} were written", bytes.len())));
    }
    Ok(bytes)
}

/// Removes the parts of an owner.
pub(super) fn remove(connection: &Connection, owner: Owner, id: i64) -> Result<(), StoreError> {
    connection.execute(&format!("DELETE FROM {} WHERE owner = ?1", owner.table()), [id]).map_err(engine)?;
    Ok(())
}

/// Removes what belongs to nobody: segments no event names, parts without an owner.
pub(super) fn clear_unfinished(connection: &Connection) -> Result<(), StoreError> {
    let unfinished: bool = connection
        .query_row(
            "SELECT EXISTS (SELECT 1 FROM segment WHERE named_by IS NULL)
                 OR EXISTS (SELECT 1 FROM segment_part WHERE owner NOT IN (SELECT id FROM segment))
                 OR EXISTS (SELECT 1 FROM snapshot_part WHERE owner NOT IN (SELECT n FROM snapshot))",
            [],
            |row| row.get(0),
        )
        .map_err(engine)?;
    if !unfinished {
        return Ok(());
    }
    connection
        .execute_batch(
            "BEGIN IMMEDIATE;
             DELETE FROM segment WHERE named_by IS NULL;
             DELETE FROM segment_part WHERE owner NOT IN (SELECT id FROM segment);
             DELETE FROM snapshot_part WHERE owner NOT IN (SELECT n FROM snapshot);
             COMMIT;",
        )
        .map_err(engine)
}
