//! A GeoPackage opened so that nothing is written beside it, and the reasons it cannot be read.

use super::super::fault::{refused, unreadable};
use crate::table::{
    limits::Limits,
    source::{Format, TableError},
};
use rusqlite::{Connection, ErrorCode, OpenFlags, config::DbConfig, limits::Limit};
use std::{fs::File, io::Read, path::Path};

/// The file as SQLite sees it.
pub(super) struct Database {
    pub connection: Connection,
    pub bytes: u64,
    /// A sentence where fewer bytes are there than the file says.
    pub cut: Option<String>,
}

/// Opens a file to be read and no more: no lock, no journal, no index made by the way.
pub(super) fn open(path: &Path, limits: &Limits) -> Result<Database, TableError> {
    let mut heading = [0; 100];
    let mut file = File::open(path).map_err(unreadable(path))?;
    let bytes = file.metadata().map_err(unreadable(path))?.len();
    if file.read_exact(&mut heading).is_err() || !heading.starts_with(b"SQLite format 3\0") {
        return Err(refused(Format::GeoPackage, format!("has {bytes} bytes and no heading of an SQLite database")));
    }
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    if std::fs::metadata(&log).is_ok_and(|log| log.len() > 0) {
        let message = "a -wal file beside it holds changes that are not in it yet; close the program that has it open";
        return Err(refused(Format::GeoPackage, message));
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(uri(path), flags).map_err(|error| failed(&error, None))?;
    let page = page_bytes(&heading);
    let cut = cut(&heading, page, bytes);
    if let Some(cut) = cut.as_ref().filter(|_| page == 0 || bytes % page != 0) {
        // SQLite would fill the page that is cut with zeros and give rows of it that nobody wrote.
        return Err(refused(Format::GeoPackage, cut));
    }
    let most = i32::try_from(limits.row_bytes).unwrap_or(i32::MAX);
    let guarded = || -> rusqlite::Result<()> {
        connection.set_limit(Limit::SQLITE_LIMIT_LENGTH, most)?;
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
        // SQLite refuses a file that is shorter than it says, unless it may be mended; reading what is there needs that
        // leave, and nothing can be written all the same.
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, cut.is_none())?;
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_WRITABLE_SCHEMA, cut.is_some())?;
        connection.pragma_update(None, "cell_size_check", true)?;
        connection.pragma_update(None, "query_only", true)
    };
    guarded().map_err(|error| failed(&error, cut.as_deref()))?;
    Ok(Database { connection, bytes, cut })
}

/// A sentence for an error of SQLite; where the end of the file is missing, that is why.
pub(super) fn failed(error: &rusqlite::Error, cut: Option<&str>) -> TableError {
    let is_damage = matches!(
        error.sqlite_error_code(),
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase | ErrorCode::SystemIoFailure)
    );
    let message = match cut {
        Some(cut) => cut.to_owned(),
        None if is_damage => format!("the file is damaged: {error}"),
        None => format!("cannot be read: {error}"),
    };
    refused(Format::GeoPackage, message)
}

fn page_bytes(heading: &[u8; 100]) -> u64 {
    match u64::from(heading[16]) << 8 | u64::from(heading[17]) {
        1 => 65536,
        size => size,
    }
}

/// What is missing, by the size the heading gives where that can be trusted.
fn cut(heading: &[u8; 100], page: u64, bytes: u64) -> Option<String> {
    let at =
        |at: usize| heading.get(at..at + 4).map(|part| part.iter().fold(0_u64, |n, byte| n << 8 | u64::from(*byte)));
    let (changes, pages, valid_for) = (at(24)?, at(28)?, at(92)?);
    let said = pages * page;
    (pages > 0 && changes == valid_for && bytes < said)
        .then(|| format!("the file is cut off: it has {bytes} bytes of {said}"))
}

/// The address by which SQLite opens a path without locks or files of its own.
fn uri(path: &Path) -> String {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut uri = "file:".to_owned();
    for byte in absolute.as_os_str().as_encoded_bytes() {
        match byte {
            b'/' | b'.' | b'-' | b'_' => uri.push(char::from(*byte)),
            byte if byte.is_ascii_alphanumeric() => uri.push(char::from(*byte)),
            byte => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri + "?mode=ro&immutable=1"
}
