//! Snapshots: what follows from the log up to an event, so that a start need not read all of it.

use super::{
    engine,
    parts::{self, Owner},
};
use crate::store::{SnapshotInfo, StoreError};
use parking_lot::Mutex;
use rusqlite::{Connection, OptionalExtension};

/// Snapshots kept: the newest, and one to fall back to.
const KEPT: usize = 2;

pub(super) fn write(writing: &Mutex<Connection>, n: u64, bytes: &[u8]) -> Result<(), StoreError> {
    let id = n as i64;
    writing.lock().execute("DELETE FROM snapshot WHERE n = ?1", [id]).map_err(engine)?;
    let written = parts::write(writing, Owner::Snapshot, id, bytes).and_then(|()| {
        writing
            .lock()
            .execute(
                "INSERT INTO snapshot (n, bytes, crc32) VALUES (?1, ?2, ?3)",
                (id, bytes.len() as i64, crc32fast::hash(bytes)),
            )
            .map_err(engine)
    });
    if let Err(error) = written {
        // Space taken by half a snapshot is space the log may need.
        if let Err(kept) = parts::remove(&writing.lock(), Owner::Snapshot, id) {
            tracing::debug!(error = %kept, "unfinished snapshot stays until the next start");
        }
        return Err(error);
    }
    let old: Vec<u64> = list(&writing.lock())?.into_iter().skip(KEPT).map(|info| info.n).collect();
    for n in old {
        let connection = writing.lock();
        connection.execute("DELETE FROM snapshot WHERE n = ?1", [n as i64]).map_err(engine)?;
        parts::remove(&connection, Owner::Snapshot, n as i64)?;
    }
    Ok(())
}

pub(super) fn list(connection: &Connection) -> Result<Vec<SnapshotInfo>, StoreError> {
    let mut statement = connection.prepare("SELECT n, bytes FROM snapshot ORDER BY n DESC").map_err(engine)?;
    let rows = statement
        .query_map([], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?)))
        .map_err(engine)?
        .collect::<Result<Vec<_>, _>>()
        .map_err(engine)?;
    Ok(rows.into_iter().map(|(n, bytes)| SnapshotInfo { n: n as u64, bytes: bytes as u64 }).collect())
}

pub(super) fn read(connection: &Connection, n: u64) -> Result<Vec<u8>, StoreError> {
    let place = format!("snapshot {n}");
    let (length, crc32): (i64, u32) = connection
        .query_row("SELECT bytes, crc32 FROM snapshot WHERE n = ?1", [n as i64], |r| Ok((r.get(0)?, r.get(1)?)))
        .optional()
        .map_err(engine)?
        .ok_or_else(|| StoreError::corrupt(&place, "it is not there"))?;
    let bytes = parts::read(connection, Owner::Snapshot, n as i64, length as u64, &place)?;
    let found = crc32fast::hash(&bytes);
    if found != crc32 {
        return Err(StoreError::corrupt(place, format!("its checksum is {found:08x}, {crc32:08x} was written")));
    }
    Ok(bytes)
}
