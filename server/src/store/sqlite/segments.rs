//! Segments: the rows of an import, written before the event that names them.

use super::{
    engine,
    parts::{self, Owner},
};
use crate::store::StoreError;
use parking_lot::Mutex;
use rusqlite::{Connection, OptionalExtension, TransactionBehavior};
use wangge_core::{
    domain::{SegmentData, event::SegmentRef},
    format::segment::{self, EncodedSegment},
};

/// Writes a segment a part at a time, so that the log is never held up for long: `log` is its connection, held for each
/// part; `connection` is the one that does not wait for the disk.
pub(super) fn write(
    log: &Mutex<Connection>,
    connection: &Mutex<Connection>,
    data: &SegmentData,
) -> Result<SegmentRef, StoreError> {
    let encoded = segment::encode(data).map_err(|e| StoreError::corrupt("segment to be written", e))?;
    let mut id = None;
    for (part, body) in parts::of(&encoded.bytes) {
        let written = {
            let _turn = log.lock();
            write_part(&mut connection.lock(), &encoded, id, part, body)
        };
        match written {
            Ok(number) => id = Some(number),
            Err(error) => {
                if let Some(id) = id {
                    discard(&log.lock(), id);
                }
                return Err(error);
            }
        }
    }
    id.map(|id| encoded.reference(id as u64)).ok_or(StoreError::corrupt("segment to be written", "it has no bytes"))
}

/// Writes a part; the first one with the row that owns them all and gives the number. No event names it yet, so a crash
/// leaves nothing that counts.
fn write_part(
    connection: &mut Connection,
    encoded: &EncodedSegment,
    id: Option<i64>,
    part: i64,
    body: &[u8],
) -> Result<i64, StoreError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(engine)?;
    let id = match id {
        Some(id) => id,
        None => transaction
            .query_row(
                "INSERT INTO segment (rows, bytes, crc32) VALUES (?1, ?2, ?3) RETURNING id",
                (encoded.rows as i64, encoded.bytes.len() as i64, encoded.crc32),
                |row| row.get(0),
            )
            .map_err(engine)?,
    };
    parts::insert(&transaction, Owner::Segment, id, part, body)?;
    transaction.commit().map_err(engine)?;
    Ok(id)
}

/// Gives the space back at once where that works; otherwise the next start does.
fn discard(connection: &Connection, id: i64) {
    let removed = parts::remove(connection, Owner::Segment, id)
        .and_then(|()| connection.execute("DELETE FROM segment WHERE id = ?1", [id]).map_err(engine));
    if let Err(error) = removed {
        tracing::debug!(%error, segment = id, "unfinished segment stays until the next start");
    }
}

/// Notes which event names the segments; called inside the transaction that appends it.
pub(super) fn name(connection: &Connection, n: i64, segments: &[SegmentRef]) -> Result<(), StoreError> {
    let mut statement = connection
        .prepare_cached("UPDATE segment SET named_by = ?1 WHERE id = ?2 AND crc32 = ?3 AND named_by IS NULL")
        .map_err(engine)?;
    for segment in segments {
        if statement.execute((n, segment.id as i64, segment.crc32)).map_err(engine)? != 1 {
            return Err(StoreError::UnknownSegment(segment.id));
        }
    }
    Ok(())
}

/// Removes segments that no event names, each in its own transaction so that the log is not held up.
pub(super) fn forget(writing: &Mutex<Connection>, segments: &[SegmentRef]) -> Result<(), StoreError> {
    for segment in segments {
        let mut connection = writing.lock();
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(engine)?;
        let id = segment.id as i64;
        let removed = transaction
            .execute("DELETE FROM segment WHERE id = ?1 AND crc32 = ?2 AND named_by IS NULL", (id, segment.crc32))
            .map_err(engine)?;
        if removed > 0 {
            parts::remove(&transaction, Owner::Segment, id)?;
        }
        transaction.commit().map_err(engine)?;
    }
    Ok(())
}

pub(super) fn read(reading: &Mutex<Connection>, wanted: &SegmentRef) -> Result<SegmentData, StoreError> {
    let place = format!("segment {}", wanted.id);
    let bytes = {
        let connection = reading.lock();
        let length: i64 = connection
            .query_row("SELECT bytes FROM segment WHERE id = ?1", [wanted.id as i64], |row| row.get(0))
            .optional()
            .map_err(engine)?
            .ok_or(StoreError::UnknownSegment(wanted.id))?;
        parts::read(&connection, Owner::Segment, wanted.id as i64, length as u64, &place)?
    };
    segment::decode(wanted, &bytes).map_err(|e| StoreError::corrupt(&place, e))
}
