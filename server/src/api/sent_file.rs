//! A file made for one answer: sent piece by piece from the disk, and gone afterwards.

use super::problem::{Answer, Problem};
use crate::table::Format;
use axum::body::{Body, Bytes};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// Bytes read at once.
const PIECE: usize = 256 << 10;

/// Media type of a format's files.
pub fn media_type(format: Format) -> &'static str {
    match format {
        Format::GeoJson => "application/geo+json",
        Format::GeoJsonSeq => "application/geo+json-seq",
        Format::Csv => "text/csv; charset=utf-8",
        Format::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        Format::GeoPackage => "application/geopackage+sqlite3",
        Format::Shapefile => "application/zip",
        Format::FlatGeobuf => "application/flatgeobuf",
        Format::OsmPbf => "application/octet-stream",
    }
}

/// A file that is open and no longer in any folder.
#[derive(Debug)]
pub struct SentFile {
    file: File,
    length: u64,
    media_type: &'static str,
    name: String,
}

impl SentFile {
    /// Takes a file that was written for one answer; the folder forgets it. `name` is what it is saved as. Blocks.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn take(path: &Path, media_type: &'static str, name: String) -> io::Result<Self> {
        let opened = File::open(path).and_then(|file| Ok((file.metadata()?.len(), file)));
        std::fs::remove_file(path)?;
        let (length, file) = opened?;
        Ok(Self { file, length, media_type, name })
    }
}

impl IntoResponse for SentFile {
    fn into_response(self) -> Response {
        let Self { file, length, media_type, name } = self;
        let mut response = Body::from_stream(futures_util::stream::try_unfold(file, next_piece)).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
        headers.insert(header::CONTENT_LENGTH, HeaderValue::from(length));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        headers.extend(attachment(&name).map(|value| (header::CONTENT_DISPOSITION, value)));
        response
    }
}

/// The next piece of a file, and the file.
async fn next_piece(mut file: File) -> io::Result<Option<(Bytes, File)>> {
    let read = tokio::task::spawn_blocking(move || {
        let mut piece = vec![0; PIECE];
        let length = file.read(&mut piece)?;
        piece.truncate(length);
        Ok((length > 0).then(|| (piece.into(), file)))
    });
    read.await.map_err(io::Error::other)?
}

/// Says that an answer is to be saved, under a name (RFC 6266): in ASCII for old clients, in full for all others.
fn attachment(name: &str) -> Option<HeaderValue> {
    let plain: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() || ".-_ ".contains(c) { c } else { '_' }).collect();
    let full: String = name.bytes().fold(String::new(), |mut full, byte| {
        if byte.is_ascii_alphanumeric() || b".-_~".contains(&byte) {
            full.push(char::from(byte));
        } else {
            full.push_str(&format!("%{byte:02X}"));
        }
        full
    });
    HeaderValue::from_str(&format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{full}")).ok()
}

/// Work that waits for a disk or takes long, off the async threads.
///
/// # Errors
/// Those of the work, or that it ended by a panic.
pub async fn blocking<T: Send + 'static>(work: impl FnOnce() -> Answer<T> + Send + 'static) -> Answer<T> {
    tokio::task::spawn_blocking(work).await.map_err(Problem::internal)?
}

#[cfg(test)]
mod tests {
    use super::*;
    use http_body_util::BodyExt;

    #[tokio::test]
    async fn a_file_is_sent_whole_and_its_folder_forgets_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("made");
        let content: Vec<u8> = (0..600_000u32).map(|n| (n % 251) as u8).collect();
        std::fs::write(&path, &content).unwrap();
        let sent = SentFile::take(&path, "text/csv", "被拒 1.csv".to_owned()).unwrap();
        assert!(!path.exists());
        let response = sent.into_response();
        assert_eq!(response.headers()["content-length"], "600000");
        assert_eq!(
            response.headers()["content-disposition"],
            "attachment; filename=\"__ 1.csv\"; filename*=UTF-8''%E8%A2%AB%E6%8B%92%201.csv"
        );
        assert_eq!(response.into_body().collect().await.unwrap().to_bytes(), content);
    }
}
