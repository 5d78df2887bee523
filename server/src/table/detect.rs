//! The format of a file: by what it holds, then by its ending.

use super::{
    read::fault::{refused, unreadable},
    source::{Format, TableError},
};
use std::{fs::File, io::Read, path::Path};

/// Bytes looked at.
const START: u64 = 64 << 10;
/// Names of a zip looked at.
const NAMES: usize = 10_000;

/// Format of a file.
///
/// # Errors
/// [`TableError`] when the file cannot be read, is empty, or is of no format that is read; the message says what it
/// looks like and what to do with it.
pub fn format(path: &Path) -> Result<Format, TableError> {
    let mut start = Vec::new();
    let file = File::open(path).map_err(unreadable(path))?;
    if file.metadata().map_err(unreadable(path))?.is_dir() {
        return Err(TableError::Unknown(format!("{} is a folder; a file is needed", path.display())));
    }
    file.take(START).read_to_end(&mut start).map_err(unreadable(path))?;
    let name = path.file_name().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
    if start.is_empty() {
        return Err(TableError::Unknown(format!("{name} is empty: it has 0 bytes")));
    }
    match by_bytes(&start) {
        Known::Format(format) => Ok(format),
        Known::Zip => in_zip(path),
        Known::Not(what) => Err(TableError::Unknown(format!("{name} {what}"))),
        Known::Text => by_ending(&name, &start),
    }
}

enum Known {
    Format(Format),
    Zip,
    Text,
    Not(&'static str),
}

fn by_bytes(start: &[u8]) -> Known {
    let has = |at: usize, bytes: &[u8]| start.get(at..).is_some_and(|rest| rest.starts_with(bytes));
    if has(0, b"SQLite format 3\0") {
        return Known::Format(Format::GeoPackage);
    }
    if has(0, b"fgb") && has(4, b"fgb") {
        return Known::Format(Format::FlatGeobuf);
    }
    if has(0, b"PK\x03\x04") || has(0, b"PK\x05\x06") {
        return Known::Zip;
    }
    if has(0, &[0, 0, 0x27, 0x0A]) {
        return Known::Format(Format::Shapefile);
    }
    if has(4, b"\x0A\x09OSMHeader") {
        return Known::Format(Format::OsmPbf);
    }
    let others: [(&[u8], &str); 6] = [
        (b"\xD0\xCF\x11\xE0", "is an old Excel or Word file, or locked with a password; save it as .xlsx without one"),
        (b"\x1F\x8B", "is packed with gzip; unpack it first"),
        (b"7z\xBC\xAF", "is packed with 7-Zip; unpack it first"),
        (b"Rar!", "is packed with RAR; unpack it first"),
        (b"%PDF", "is a PDF; a table or a map file is needed"),
        (b"\x89PNG", "is a picture; a table or a map file is needed"),
    ];
    if let Some((_, what)) = others.iter().find(|(magic, _)| has(0, magic)) {
        return Known::Not(what);
    }
    let is_marked = super::encoding::marked(start).is_some();
    let text = start.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(start);
    match text.iter().find(|byte| !byte.is_ascii_whitespace()) {
        Some(0x1E) => Known::Format(Format::GeoJsonSeq),
        Some(b'<') => {
            Known::Not("is XML or HTML (KML, GML and OSM XML are not read); convert it, such as to GeoPackage")
        }
        _ if start.contains(&0) && !is_marked => Known::Not(
            "is no text and of no format that is read; those are GeoJSON, GeoJSONSeq, CSV, XLSX, GeoPackage, Shapefile, FlatGeobuf and OSM PBF",
        ),
        _ => Known::Text,
    }
}

/// JSON is told from separated text by its first character, a sequence from a collection by its first line.
fn by_ending(name: &str, start: &[u8]) -> Result<Format, TableError> {
    let ends = |endings: &[&str]| endings.iter().any(|ending| name.ends_with(ending));
    let is_sequence =
        ends(&[".geojsonl", ".geojsons", ".geojsonseq", ".geojson.seq", ".ndjson", ".jsonl", ".ldjson", ".ndgeojson"]);
    let (text, _, _) = encoding_rs::UTF_8.decode(start);
    let text = text.trim_start();
    match text.chars().next() {
        Some('{') if is_sequence => Ok(Format::GeoJsonSeq),
        Some('{') if is_line_of_sequence(text) => Ok(Format::GeoJsonSeq),
        Some('{') => Ok(Format::GeoJson),
        _ if is_sequence => Ok(Format::GeoJsonSeq),
        _ if ends(&[".geojson", ".json"]) => Ok(Format::GeoJson),
        _ if ends(&[".csv", ".tsv", ".tab", ".txt"]) => Ok(Format::Csv),
        _ if ends(&[".dbf", ".shx", ".prj", ".cpg"]) => {
            Err(TableError::Unknown(format!("{name} is a part of a shapefile; give the .shp that stands beside it")))
        }
        _ => match text.lines().next() {
            Some(line) if line.contains([',', ';', '\t']) => Ok(Format::Csv),
            _ => Err(TableError::Unknown(format!(
                "{name} is of no format that is read; those are GeoJSON, GeoJSONSeq, CSV, XLSX, GeoPackage, Shapefile, FlatGeobuf and OSM PBF"
            ))),
        },
    }
}

/// Whether a whole feature stands on the first line and something like another on the next.
fn is_line_of_sequence(text: &str) -> bool {
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    let (Some(first), Some(second)) = (lines.next(), lines.next()) else { return false };
    let is_object = serde_json::from_str::<serde_json::Map<String, serde_json::Value>>(first).is_ok();
    is_object && second.trim_start().starts_with('{')
}

fn in_zip(path: &Path) -> Result<Format, TableError> {
    let file = File::open(path).map_err(unreadable(path))?;
    let zip = zip::ZipArchive::new(std::io::BufReader::new(file)).map_err(|error| {
        TableError::Unknown(format!("{} looks like a zip and cannot be read: {error}", path.display()))
    })?;
    let names: Vec<String> = zip.file_names().flatten().take(NAMES).map(|name| name.to_ascii_lowercase()).collect();
    let has = |test: &dyn Fn(&str) -> bool| names.iter().any(|name| test(name));
    if has(&|name| name.starts_with("xl/workbook") && name.ends_with(".xml")) {
        return Ok(Format::Xlsx);
    }
    if has(&|name| name.starts_with("xl/workbook")) {
        return Err(TableError::Unknown("a binary workbook (.xlsb) is not read; save it as .xlsx".to_owned()));
    }
    if has(&|name| name.ends_with(".shp")) {
        return Ok(Format::Shapefile);
    }
    if has(&|name| name.ends_with(".dbf")) {
        return Err(refused(Format::Shapefile, "the zip has a .dbf and no .shp; zip both together"));
    }
    if has(&|name| name == "content.xml") {
        return Err(TableError::Unknown("an OpenDocument file is not read; save it as .xlsx or .csv".to_owned()));
    }
    Err(TableError::Unknown("a zip is read when it holds a shapefile; unpack this one first".to_owned()))
}

#[cfg(test)]
mod tests;
