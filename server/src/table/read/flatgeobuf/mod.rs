//! FlatGeobuf: its features in the order of the file; the index is passed over.
//!
//! The crate's accessors read what its verifier has found sound. Sizes are taken apart here, against the size of the
//! file, as its reader allocates what they claim.

mod geometry;
mod properties;

#[cfg(test)]
mod tests;

use super::{
    columns::named_apart,
    fault::{refused, row_fault, unreadable, unusable},
};
use crate::table::{
    cell::Cell,
    limits::Limits,
    open::OpenOptions,
    source::{DeclaredCrs, Format, Header, Row, Source, Step, TableError},
};
use flatgeobuf::{Crs, GeometryType, size_prefixed_root_as_feature, size_prefixed_root_as_header};
use properties::Column;
use std::{
    fs::File,
    io::{BufReader, ErrorKind, Read},
    path::{Path, PathBuf},
};

/// Bytes of a heading at most; names and coordinate system stand in it.
const HEADING: u64 = 10 << 20;
/// Bytes of a node of the index.
const NODE: u64 = 40;

const HEIGHTS: &str = "heights and measures of positions are dropped";

/// Reader of a FlatGeobuf file.
pub struct FlatGeobufSource {
    header: Header,
    path: PathBuf,
    file: BufReader<File>,
    at: u64,
    columns: Vec<Column>,
    kind: GeometryType,
    limits: Limits,
    feature: Vec<u8>,
    number: u64,
    ended: bool,
}

impl FlatGeobufSource {
    /// Reader of a file, its heading read and checked.
    ///
    /// # Errors
    /// [`TableError`] when the file cannot be read, is no FlatGeobuf, or claims more than there is of it.
    pub fn open(path: &Path, options: &OpenOptions) -> Result<Self, TableError> {
        let refuse = |message: String| refused(Format::FlatGeobuf, message);
        let mut file = BufReader::with_capacity(256 << 10, File::open(path).map_err(unreadable(path))?);
        let bytes = file.get_ref().metadata().map_err(unreadable(path))?.len();
        let cut = |_| refuse(format!("the file is cut off: it has {bytes} bytes and no whole heading"));
        let mut magic = [0; 12];
        file.read_exact(&mut magic).map_err(cut)?;
        if &magic[..3] != b"fgb" || &magic[4..7] != b"fgb" || magic[3] > 3 {
            return Err(refuse(format!("begins with {:?}, not as FlatGeobuf of version 3", &magic[..8])));
        }
        let size = u64::from(u32::from_le_bytes([magic[8], magic[9], magic[10], magic[11]]));
        if size > HEADING || size + 12 > bytes {
            return Err(refuse(format!("claims a heading of {size} bytes; the file has {bytes}")));
        }
        let mut heading = magic[8..].to_vec();
        heading.resize(4 + size as usize, 0);
        file.read_exact(&mut heading[4..]).map_err(cut)?;
        let found = size_prefixed_root_as_header(&heading)
            .map_err(|error| refuse(format!("the heading is damaged: {}", first_line(&error.to_string()))))?;
        let (names, kinds): (Vec<String>, Vec<_>) =
            found.columns().into_iter().flatten().map(|column| (column.name().to_owned(), column.type_())).unzip();
        if names.len() > options.limits.columns {
            return Err(refuse(format!("has {} columns; at most {} are taken", names.len(), options.limits.columns)));
        }
        let (names, notes) = named_apart(names);
        let column = |(cell, (name, kind)): (usize, (&String, _))| Column { name: name.clone(), kind, cell };
        let columns = names.iter().zip(kinds).enumerate().map(column).collect();
        let count = found.features_count();
        let index = index_bytes(count, found.index_node_size()).filter(|index| size + 12 + index <= bytes);
        let Some(index) = index else {
            return Err(refuse(format!("claims {count} features and an index of them; the file has {bytes} bytes")));
        };
        let header = Header {
            format: Format::FlatGeobuf,
            columns: names,
            has_shapes: true,
            crs: found.crs().and_then(declared),
            rows: Some(count).filter(|count| *count > 0),
            bytes,
            encoding: None,
            layer: found.name().filter(|name| !name.is_empty()).map(str::to_owned),
            notes,
        };
        let kind = found.geometry_type();
        file.seek_relative(index as i64).map_err(unreadable(path))?;
        Ok(Self {
            header,
            path: path.to_owned(),
            file,
            at: 12 + size + index,
            columns,
            kind,
            limits: options.limits.clone(),
            feature: Vec::new(),
            number: 0,
            ended: false,
        })
    }

    /// Takes the next feature's bytes, its size before them; none where the features end.
    fn take(&mut self) -> Result<Option<Taken>, TableError> {
        let mut size = [0; 4];
        let left = self.header.bytes - self.at.min(self.header.bytes);
        let is_end = left == 0 || self.header.rows.is_some_and(|rows| self.number >= rows);
        if is_end {
            return match self.header.rows {
                Some(rows) if self.number < rows => Err(self.cut()),
                _ => Ok(None),
            };
        }
        self.exact(left, 4, |file, _| file.read_exact(&mut size))?;
        let bytes = u64::from(u32::from_le_bytes(size));
        let left = left - 4;
        self.at += 4 + bytes;
        self.number += 1;
        if bytes > self.limits.row_bytes as u64 {
            self.exact(left, bytes, |file, _| file.seek_relative(bytes as i64))?;
            return Ok(Some(Taken::TooLarge(bytes)));
        }
        self.exact(left, bytes, |file, feature| {
            feature.clear();
            feature.extend_from_slice(&size);
            // Not more than the file has left, which was measured.
            file.take(bytes).read_to_end(feature).map(|_| ())
        })?;
        if self.feature.len() as u64 != bytes + 4 {
            return Err(self.cut());
        }
        Ok(Some(Taken::Feature))
    }

    /// Reads so many bytes of those that are left.
    fn exact(
        &mut self,
        left: u64,
        bytes: u64,
        read: impl FnOnce(&mut BufReader<File>, &mut Vec<u8>) -> std::io::Result<()>,
    ) -> Result<(), TableError> {
        if bytes > left {
            return Err(self.cut());
        }
        match read(&mut self.file, &mut self.feature) {
            Ok(()) => Ok(()),
            Err(error) if error.kind() == ErrorKind::UnexpectedEof => Err(self.cut()),
            Err(error) => Err(unreadable(&self.path)(error)),
        }
    }

    fn cut(&self) -> TableError {
        let message = match self.header.rows {
            Some(rows) => format!("the file is cut off in feature {} of {rows}", self.number.max(1)),
            None => format!("the file is cut off in feature {}", self.number.max(1)),
        };
        refused(Format::FlatGeobuf, message)
    }

    fn fill(&mut self, row: &mut Row) -> Result<(), (String, String)> {
        let wrong = |field: &str, message: String| (field.to_owned(), message);
        let feature = size_prefixed_root_as_feature(&self.feature)
            .map_err(|error| wrong("feature", format!("is damaged: {}", first_line(&error.to_string()))))?;
        // A feature may have columns of its own, where the file has none for all.
        let own: Option<Vec<Column>> = feature.columns().filter(|columns| !columns.is_empty()).map(|columns| {
            let names = &mut self.header.columns;
            let place = |name: &str| match names.iter().position(|other| other == name) {
                Some(place) => place,
                None => {
                    // Beyond the last that is taken its values have no place.
                    if names.len() < self.limits.columns {
                        names.push(name.to_owned());
                    }
                    names.len() - 1
                }
            };
            let mut place = place;
            columns
                .iter()
                .map(|column| Column {
                    cell: place(column.name()),
                    name: column.name().to_owned(),
                    kind: column.type_(),
                })
                .collect()
        });
        let columns = own.as_deref().unwrap_or(&self.columns);
        row.cells.clear();
        row.cells.resize(self.header.columns.len(), Cell::Empty);
        if let Some(bytes) = feature.properties() {
            properties::fill(&mut row.cells, bytes.bytes(), columns, &self.limits)?;
        }
        let Some(geometry) = feature.geometry() else { return Ok(()) };
        let (shape, has_heights) =
            geometry::shape(geometry, self.kind, self.limits.vertices).map_err(|message| wrong("geometry", message))?;
        if let Some(message) = unusable(&shape, &self.limits) {
            return Err(wrong("geometry", message));
        }
        row.shape = Some(shape);
        if has_heights && !self.header.notes.iter().any(|note| note == HEIGHTS) {
            self.header.notes.push(HEIGHTS.to_owned());
        }
        Ok(())
    }
}

enum Taken {
    Feature,
    TooLarge(u64),
}

impl Source for FlatGeobufSource {
    fn header(&self) -> &Header {
        &self.header
    }

    fn read(&mut self, row: &mut Row) -> Result<Step, TableError> {
        if self.ended {
            return Ok(Step::End);
        }
        let fault = |number, field: &str, message| Ok(Step::Fault(row_fault(number, field, message, None)));
        match self.take() {
            Ok(Some(Taken::Feature)) => {
                row.number = self.number;
                row.shape = None;
                match self.fill(row) {
                    Ok(()) => Ok(Step::Row),
                    Err((field, message)) => fault(self.number, &field, message),
                }
            }
            Ok(Some(Taken::TooLarge(bytes))) => {
                let message = format!("has {bytes} bytes; at most {} are taken", self.limits.row_bytes);
                fault(self.number, "feature", message)
            }
            Ok(None) => {
                self.ended = true;
                Ok(Step::End)
            }
            Err(error) => {
                self.ended = true;
                Err(error)
            }
        }
    }

    fn bytes_read(&self) -> u64 {
        if self.ended { self.header.bytes } else { self.at.min(self.header.bytes) }
    }
}

/// Bytes of the index of so many features; none where they are more than a file can hold.
fn index_bytes(count: u64, node_size: u16) -> Option<u64> {
    if node_size == 0 || count == 0 {
        return Some(0);
    }
    if node_size == 1 || count > u64::MAX / NODE / 4 {
        return None;
    }
    let (mut level, mut nodes) = (count, count);
    while level > 1 {
        level = level.div_ceil(u64::from(node_size));
        nodes += level;
    }
    // A single feature has a root of its own.
    Some(NODE * if count == 1 { 2 } else { nodes })
}

fn declared(crs: Crs<'_>) -> Option<DeclaredCrs> {
    let is_epsg = crs.org().is_none_or(|org| org.is_empty() || org.eq_ignore_ascii_case("epsg"));
    let text = |text: Option<&str>| text.filter(|text| !text.is_empty()).map(str::to_owned);
    match (u32::try_from(crs.code()), text(crs.wkt()), text(crs.code_string())) {
        (Ok(code), _, _) if is_epsg && code > 0 => Some(DeclaredCrs::Epsg(code)),
        (_, Some(wkt), _) => Some(DeclaredCrs::Wkt(wkt)),
        (_, _, Some(code)) => Some(DeclaredCrs::Name(match crs.org() {
            Some(org) if !org.is_empty() => format!("{org}:{code}"),
            _ => code,
        })),
        _ => text(crs.name()).map(DeclaredCrs::Name),
    }
}

fn first_line(text: &str) -> &str {
    text.lines().next().unwrap_or_default().trim_end_matches('.')
}
