//! The files a shapefile consists of: beside the `.shp`, or in a zip, from which they are unpacked for as long as they
//! are read.

use super::super::fault::{refused, unreadable};
use crate::table::{
    limits::Limits,
    source::{Format, TableError},
};
use std::{
    fs::File,
    io::{BufReader, Read, Write},
    path::{Path, PathBuf},
};
use tempfile::TempDir;
use zip::ZipArchive;

/// Bytes of a small text file beside it that are read.
const TEXT: u64 = 64 << 10;
/// Files of a zip looked at.
const ENTRIES: usize = 10_000;
const ENDINGS: [&str; 5] = ["shp", "shx", "dbf", "prj", "cpg"];

/// Where the files are.
#[derive(Debug)]
pub(super) struct Files {
    /// The name they share.
    pub stem: String,
    pub shp: PathBuf,
    pub shx: Option<PathBuf>,
    pub dbf: PathBuf,
    /// Text of the `.prj`.
    pub prj: Option<String>,
    /// Text of the `.cpg`.
    pub cpg: Option<String>,
    /// Holds what was unpacked.
    _unpacked: Option<TempDir>,
}

impl Files {
    /// Files of a `.shp`, or of the shapefile wanted in a zip.
    pub(super) fn found(path: &Path, wanted: Option<&str>, limits: &Limits) -> Result<Self, TableError> {
        let start = super::super::input::Input::start(path, 4)?;
        if start.starts_with(b"PK") { Self::in_zip(path, wanted, limits) } else { Self::beside(path, None) }
    }

    fn beside(shp: &Path, unpacked: Option<TempDir>) -> Result<Self, TableError> {
        let stem = shp.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let folder = match shp.parent() {
            Some(folder) if folder != Path::new("") => folder,
            _ => Path::new("."),
        };
        let entries: Vec<PathBuf> = std::fs::read_dir(folder)
            .map_err(unreadable(folder))?
            .filter_map(|entry| entry.ok().map(|entry| entry.path()))
            .filter(|path| path.file_stem().is_some_and(|other| other.to_string_lossy().eq_ignore_ascii_case(&stem)))
            .collect();
        let with = |ending: &str| {
            let is_it = |path: &&PathBuf| path.extension().is_some_and(|other| other.eq_ignore_ascii_case(ending));
            entries.iter().find(is_it).cloned()
        };
        let text = |ending: &str| {
            let mut text = Vec::new();
            let file = File::open(with(ending)?).ok()?;
            file.take(TEXT).read_to_end(&mut text).ok()?;
            Some(String::from_utf8_lossy(&text).trim_matches(['\0', '\u{FEFF}', ' ', '\r', '\n']).to_owned())
        };
        let Some(dbf) = with("dbf") else {
            let message = format!("{stem}.dbf is not beside {stem}.shp; the values stand in it, so it must come along");
            return Err(refused(Format::Shapefile, message));
        };
        let (prj, cpg) = (text("prj").filter(|text| !text.is_empty()), text("cpg"));
        Ok(Self { shp: shp.to_owned(), shx: with("shx"), dbf, prj, cpg, stem, _unpacked: unpacked })
    }

    fn in_zip(path: &Path, wanted: Option<&str>, limits: &Limits) -> Result<Self, TableError> {
        let refuse = |message: String| refused(Format::Shapefile, message);
        let mut zip = opened(path)?;
        let entries = entries(&mut zip)?;
        let shapefiles: Vec<&Entry> = entries.iter().filter(|entry| entry.ending == "shp").collect();
        let names = || shapefiles.iter().map(|entry| format!("{:?}", entry.name())).collect::<Vec<_>>().join(", ");
        let chosen = match (wanted, shapefiles.as_slice()) {
            (_, []) => return Err(refuse("the zip holds no .shp".to_owned())),
            (None, [only]) => *only,
            (None, _) => {
                return Err(refuse(format!(
                    "the zip holds several shapefiles, of which one must be chosen: {}",
                    names()
                )));
            }
            (Some(wanted), _) => match shapefiles.iter().find(|entry| entry.name().eq_ignore_ascii_case(wanted)) {
                Some(found) => found,
                None => return Err(refuse(format!("the zip holds no shapefile {wanted:?}; it holds {}", names()))),
            },
        };
        let folder = tempfile::tempdir().map_err(unreadable(path))?;
        let mut left = limits.unpacked_bytes;
        for entry in entries.iter().filter(|entry| entry.stem.eq_ignore_ascii_case(&chosen.stem)) {
            let to = folder.path().join(format!("{}.{}", plain(chosen.name()), entry.ending));
            left = unpack(&mut zip, entry.index, &to, left)
                .map_err(|error| refuse(format!("{}.{} in the zip {error}", entry.name(), entry.ending)))?;
        }
        let shp = folder.path().join(format!("{}.shp", plain(chosen.name())));
        Self::beside(&shp, Some(folder))
    }
}

/// Names of the shapefiles in a zip; none for a shapefile of its own.
pub(super) fn names(path: &Path) -> Result<Vec<String>, TableError> {
    if !super::super::input::Input::start(path, 4)?.starts_with(b"PK") {
        return Ok(Vec::new());
    }
    let entries = entries(&mut opened(path)?)?;
    Ok(entries.iter().filter(|entry| entry.ending == "shp").map(|entry| entry.name().to_owned()).collect())
}

/// A file of a zip that may belong to a shapefile.
struct Entry {
    index: usize,
    /// Its path without the ending.
    stem: String,
    ending: &'static str,
}

impl Entry {
    /// Its name without folders.
    fn name(&self) -> &str {
        self.stem.rsplit(['/', '\\']).next().unwrap_or_default()
    }
}

fn opened(path: &Path) -> Result<ZipArchive<BufReader<File>>, TableError> {
    let file = File::open(path).map_err(unreadable(path))?;
    ZipArchive::new(BufReader::new(file))
        .map_err(|error| refused(Format::Shapefile, format!("the zip cannot be read: {error}")))
}

fn entries(zip: &mut ZipArchive<BufReader<File>>) -> Result<Vec<Entry>, TableError> {
    if zip.len() > ENTRIES {
        return Err(refused(
            Format::Shapefile,
            format!("the zip has {} files; at most {ENTRIES} are taken", zip.len()),
        ));
    }
    let mut entries = Vec::new();
    for index in 0..zip.len() {
        let Ok(file) = zip.by_index_raw(index) else { continue };
        // Names are in whatever encoding the machine had that packed them.
        let raw = file.name_raw();
        let name = match std::str::from_utf8(raw) {
            Ok(name) => name.to_owned(),
            Err(_) => encoding_rs::GB18030.decode(raw).0.into_owned(),
        };
        let Some((stem, ending)) = name.rsplit_once('.') else { continue };
        let is_shadow =
            name.starts_with("__MACOSX/") || name.rsplit('/').next().is_some_and(|file| file.starts_with("._"));
        if let Some(ending) = ENDINGS.into_iter().find(|known| known.eq_ignore_ascii_case(ending) && !is_shadow) {
            entries.push(Entry { index, stem: stem.to_owned(), ending });
        }
    }
    Ok(entries)
}

/// A name without anything that means something in a path.
fn plain(name: &str) -> String {
    let kept: String = name.chars().filter(|c| !c.is_control() && !"/\\:*?\"<>|".contains(*c)).take(60).collect();
    if kept.trim_matches('.').is_empty() { "shapes".to_owned() } else { kept }
}

/// Unpacks a file, at most so many bytes of it; what is left of these.
fn unpack(zip: &mut ZipArchive<BufReader<File>>, index: usize, to: &Path, left: u64) -> Result<u64, String> {
    let from = zip.by_index(index).map_err(|error| format!("cannot be unpacked: {error}"))?;
    let mut out = File::create(to).map_err(|error| format!("cannot be unpacked: {error}"))?;
    // One byte more shows that there is more.
    let copied = std::io::copy(&mut from.take(left + 1), &mut out).map_err(|error| format!("is damaged: {error}"))?;
    out.flush().map_err(|error| format!("cannot be unpacked: {error}"))?;
    left.checked_sub(copied).ok_or_else(|| "unpacks to more than is taken".to_owned())
}
