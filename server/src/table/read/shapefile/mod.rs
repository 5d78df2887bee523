//! ESRI Shapefile: shapes in the `.shp`, values in the `.dbf`, with `.shx`, `.prj` and `.cpg` beside them or in a zip.

mod dbf;
mod files;
mod shp;

#[cfg(test)]
mod tests;

use super::{
    columns::named_apart,
    fault::{refused, row_fault, unreadable, unusable},
};
use crate::table::{
    encoding,
    limits::Limits,
    open::OpenOptions,
    source::{DeclaredCrs, Format, Header, Row, Source, Step, TableError},
};
use dbf::Values;
use files::Files;
use shp::Shapes;
use std::path::Path;

const HEIGHTS: &str = "heights and measures of positions are dropped";

/// Names of the shapefiles in a zip; none for a shapefile of its own.
///
/// # Errors
/// [`TableError`] when the zip cannot be read.
pub fn names(path: &Path) -> Result<Vec<String>, TableError> {
    files::names(path)
}

/// Reader of a shapefile.
pub struct ShapefileSource {
    header: Header,
    shapes: Shapes,
    values: Values,
    limits: Limits,
    number: u64,
    ended: bool,
    /// Keeps what was unpacked for as long as it is read.
    _files: Files,
}

impl ShapefileSource {
    /// Reader of a `.shp` and the files beside it, or of a shapefile in a zip.
    ///
    /// # Errors
    /// [`TableError`] when a file of it is missing, no part of a shapefile, or cannot be read; or when a zip holds
    /// several of which none was chosen.
    pub fn open(path: &Path, options: &OpenOptions) -> Result<Self, TableError> {
        let files = Files::found(path, options.layer.as_deref(), &options.limits)?;
        let shapes = Shapes::open(&files.shp, files.shx.as_deref(), &options.limits)?;
        let declared = options.encoding.as_deref().map(encoding::declared).transpose();
        let declared = declared.map_err(|message| refused(Format::Shapefile, message))?;
        let (of_cpg, mut notes) = match files.cpg.as_deref().filter(|text| !text.is_empty()) {
            Some(text) => match encoding::named(text) {
                Some(encoding) => (Some(encoding), Vec::new()),
                None => (None, vec![format!("the .cpg names an encoding that is not known, {text:?}")]),
            },
            None => (None, Vec::new()),
        };
        let values = Values::open(&files.dbf, declared.or(of_cpg), &options.limits)?;
        let (columns, renamed) = named_apart(values.names());
        notes.extend(renamed);
        let memos = values.memos();
        if !memos.is_empty() {
            notes.push(format!("memo columns are not read: {}", memos.join(", ")));
        }
        let header = Header {
            format: Format::Shapefile,
            columns,
            has_shapes: true,
            crs: files.prj.clone().map(DeclaredCrs::Wkt),
            rows: Some(values.count),
            bytes: std::fs::metadata(path).map_err(unreadable(path))?.len(),
            encoding: Some(values.encoding().name().to_owned()),
            layer: Some(files.stem.clone()),
            notes,
        };
        Ok(Self { header, shapes, values, limits: options.limits.clone(), number: 0, ended: false, _files: files })
    }
}

impl Source for ShapefileSource {
    fn header(&self) -> &Header {
        &self.header
    }

    fn read(&mut self, row: &mut Row) -> Result<Step, TableError> {
        loop {
            if self.ended {
                return Ok(Step::End);
            }
            let values = self.values.next(row).inspect_err(|_| self.ended = true)?;
            let shape = self.shapes.next().inspect_err(|_| self.ended = true)?;
            let is_end = (matches!(values, dbf::Found::End), matches!(shape, shp::Found::End));
            if is_end.0 || is_end.1 {
                self.ended = true;
                let (read, count) = (self.number, self.values.count);
                return match is_end {
                    (true, true) => Ok(Step::End),
                    (false, _) => Err(refused(
                        Format::Shapefile,
                        format!("the .shp ends after {read} shapes, and the .dbf has {count} records"),
                    )),
                    (true, _) => Err(refused(
                        Format::Shapefile,
                        format!("the .dbf ends after {read} records, and the .shp has more shapes"),
                    )),
                };
            }
            self.number += 1;
            row.number = self.number;
            row.shape = None;
            match values {
                dbf::Found::Deleted => continue,
                dbf::Found::Wrong(field, message, text) => {
                    return Ok(Step::Fault(row_fault(self.number, &field, message, Some(&text))));
                }
                dbf::Found::Row | dbf::Found::End => {}
            }
            let wrong = match shape {
                shp::Found::Shape(None, _) => None,
                shp::Found::Shape(Some(shape), has_heights) => {
                    if has_heights && !self.header.notes.iter().any(|note| note == HEIGHTS) {
                        self.header.notes.push(HEIGHTS.to_owned());
                    }
                    let wrong = unusable(&shape, &self.limits);
                    row.shape = Some(shape);
                    wrong
                }
                shp::Found::Wrong(message) => Some(message),
                shp::Found::End => None,
            };
            return Ok(match wrong {
                Some(message) => Step::Fault(row_fault(self.number, "geometry", message, None)),
                None => Step::Row,
            });
        }
    }

    fn bytes_read(&self) -> u64 {
        let (bytes, read) = self.shapes.progress();
        if self.ended {
            return self.header.bytes;
        }
        (self.header.bytes as f64 * (read as f64 / bytes.max(1) as f64)) as u64
    }
}
