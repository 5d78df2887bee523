//! The log's events: appended in one transaction, read in order.

use super::{engine, segments};
use crate::store::{EachEvent, StoreError};
use jiff::Timestamp;
use parking_lot::Mutex;
use rusqlite::{Connection, Row, TransactionBehavior};
use std::ops::ControlFlow;
use wangge_core::{
    domain::event::{Event, Record},
    format::event,
};

/// Events read under one hold of the connection.
const READ_BATCH: u32 = 4096;

pub(super) fn last_n(connection: &Connection) -> Result<u64, StoreError> {
    let n: i64 = connection.query_row("SELECT coalesce(max(n), 0) FROM event", [], |row| row.get(0)).map_err(engine)?;
    Ok(n as u64)
}

pub(super) fn append(connection: &mut Connection, epoch: u32, records: &[Record]) -> Result<(), StoreError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(engine)?;
    let first = last_n(&transaction)? + 1;
    for (next, record) in (first..).zip(records) {
        if record.n != next {
            return Err(StoreError::corrupt(format!("event {}", record.n), format!("the next number is {next}")));
        }
        insert(&transaction, epoch, record)?;
    }
    transaction.commit().map_err(engine)
}

fn insert(connection: &Connection, epoch: u32, record: &Record) -> Result<(), StoreError> {
    let (version, body) =
        event::encode(&record.event).map_err(|e| StoreError::corrupt(format!("event {}", record.n), e))?;
    let recorded_at = i64::try_from(record.recorded_at.as_nanosecond()).map_err(|_| {
        StoreError::corrupt("clock", format!("{} is outside the years 1678..=2261", record.recorded_at))
    })?;
    let head = Head { n: record.n as i64, epoch, version, recorded_at };
    connection
        .prepare_cached(
            "INSERT INTO event (n, epoch, version, recorded_at, crc32, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )
        .and_then(|mut s| s.execute((head.n, head.epoch, head.version, head.recorded_at, head.crc32(&body), &body)))
        .map_err(engine)?;
    if let Event::Imported { segments, .. } = &record.event {
        segments::name(connection, head.n, segments)?;
    }
    Ok(())
}

pub(super) fn read(reading: &Mutex<Connection>, from: u64, each: &mut EachEvent<'_>) -> Result<(), StoreError> {
    let mut from = i64::try_from(from).unwrap_or(i64::MAX);
    loop {
        let batch = read_batch(&reading.lock(), from)?;
        let Some((last, _)) = batch.last() else { return Ok(()) };
        from = last.saturating_add(1);
        for (n, record) in batch {
            if let ControlFlow::Break(()) = each(n as u64, record) {
                return Ok(());
            }
        }
    }
}

type ReadRecord = (i64, Result<Record, StoreError>);

fn read_batch(connection: &Connection, from: i64) -> Result<Vec<ReadRecord>, StoreError> {
    let mut statement = connection
        .prepare_cached(
            "SELECT n, epoch, version, recorded_at, crc32, body FROM event WHERE n >= ?1 ORDER BY n LIMIT ?2",
        )
        .map_err(engine)?;
    let mut rows = statement.query((from, READ_BATCH)).map_err(engine)?;
    let mut batch = Vec::new();
    while let Some(row) = rows.next().map_err(engine)? {
        let n: i64 = row.get(0).map_err(engine)?;
        batch.push((n, record(n, row)));
    }
    Ok(batch)
}

fn record(n: i64, row: &Row<'_>) -> Result<Record, StoreError> {
    let damaged = |reason: &dyn std::fmt::Display| StoreError::corrupt(format!("event {n}"), reason);
    let column = |e: rusqlite::Error| damaged(&e);
    let head = Head {
        n,
        epoch: row.get(1).map_err(column)?,
        version: row.get(2).map_err(column)?,
        recorded_at: row.get(3).map_err(column)?,
    };
    let crc32: u32 = row.get(4).map_err(column)?;
    let body = row.get_ref(5).map_err(column)?.as_blob().map_err(|e| damaged(&e))?;
    let found = head.crc32(body);
    if found != crc32 {
        return Err(damaged(&format!("its checksum is {found:08x}, {crc32:08x} was written")));
    }
    let recorded_at = Timestamp::from_nanosecond(i128::from(head.recorded_at)).map_err(|e| damaged(&e))?;
    let event = event::decode(head.version, body).map_err(|e| damaged(&e))?;
    Ok(Record { n: n as u64, recorded_at, event })
}

/// The columns beside the body.
struct Head {
    n: i64,
    epoch: u32,
    version: u16,
    recorded_at: i64,
}

impl Head {
    fn crc32(&self, body: &[u8]) -> u32 {
        let mut hasher = crc32fast::Hasher::new();
        hasher.update(&self.n.to_le_bytes());
        hasher.update(&self.epoch.to_le_bytes());
        hasher.update(&self.version.to_le_bytes());
        hasher.update(&self.recorded_at.to_le_bytes());
        hasher.update(body);
        hasher.finalize()
    }
}
