//! Tables of the SQLite store, and the format number that says which tables they are.

use super::engine;
use crate::store::StoreError;
use rusqlite::{Connection, OptionalExtension, TransactionBehavior};

/// Format of the tables written today.
pub(super) const FORMAT: u32 = 1;

const TABLES: &str = "
CREATE TABLE meta (key TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE event (
    n           INTEGER PRIMARY KEY,        -- from 1, without gaps
    epoch       INTEGER NOT NULL,
    version     INTEGER NOT NULL,           -- of the body's format
    recorded_at INTEGER NOT NULL,           -- nanoseconds since 1970, UTC
    crc32       INTEGER NOT NULL,           -- of n, epoch, version, recorded_at and body
    body        BLOB NOT NULL
) STRICT;
CREATE TABLE segment (
    id       INTEGER PRIMARY KEY,
    rows     INTEGER NOT NULL,
    bytes    INTEGER NOT NULL,
    crc32    INTEGER NOT NULL,
    named_by INTEGER REFERENCES event(n)    -- the event that names it; none until then
) STRICT;
CREATE TABLE segment_part (
    owner INTEGER NOT NULL, part INTEGER NOT NULL, body BLOB NOT NULL, PRIMARY KEY (owner, part)
) STRICT;
CREATE TABLE snapshot (
    n     INTEGER PRIMARY KEY,              -- the last event in it
    bytes INTEGER NOT NULL,
    crc32 INTEGER NOT NULL
) STRICT;
CREATE TABLE snapshot_part (
    owner INTEGER NOT NULL, part INTEGER NOT NULL, body BLOB NOT NULL, PRIMARY KEY (owner, part)
) STRICT;
";

/// Makes the tables in an empty file, or checks that those there are known. Returns the epoch of the log.
pub(super) fn prepare(connection: &Connection) -> Result<u32, StoreError> {
    let transaction =
        rusqlite::Transaction::new_unchecked(connection, TransactionBehavior::Immediate).map_err(engine)?;
    let tables: u32 = transaction
        .query_row("SELECT count(*) FROM sqlite_master WHERE type = 'table'", [], |row| row.get(0))
        .map_err(engine)?;
    if tables == 0 {
        transaction.execute_batch(TABLES).map_err(engine)?;
        transaction
            .execute("INSERT INTO meta (key, value) VALUES ('format', ?1), ('epoch', 1)", [FORMAT])
            .map_err(engine)?;
    }
    let format = number(&transaction, "format")?;
    if format > FORMAT {
        return Err(StoreError::NewerFormat { found: format, known: FORMAT });
    }
    let epoch = number(&transaction, "epoch")?;
    transaction.commit().map_err(engine)?;
    Ok(epoch)
}

fn number(connection: &Connection, key: &str) -> Result<u32, StoreError> {
    connection
        .query_row("SELECT value FROM meta WHERE key = ?1", [key], |row| row.get(0))
        .optional()
        .map_err(|e| match e {
            rusqlite::Error::SqliteFailure(failure, _) if failure.code == rusqlite::ErrorCode::Unknown => {
                StoreError::corrupt(super::DATABASE_FILE, "it is a SQLite file, but not one of wangge")
            }
            other => engine(other),
        })?
        .ok_or_else(|| StoreError::corrupt("table meta", format!("it has no {key}")))
}
