//! GeoJSON: a FeatureCollection (RFC 7946) of any size, or features one a line or record (RFC 8142).
//!
//! A file that is neither is refused whole; a feature that cannot be read is refused alone, and says where it is wrong.

mod collection;
mod coordinates;
mod crs;
mod feature;
mod members;
mod place;
mod sequence;
mod text;
mod value_end;

#[cfg(test)]
mod tests;

pub use sequence::SequenceSource;

use super::{
    fault::{refused, row_fault},
    input::Input,
    window::Window,
};
use crate::table::{
    limits::Limits,
    open::OpenOptions,
    source::{Format, Header, Row, Source, Step, TableError},
};
use collection::{Part, Walk, not_a_collection};
use crs::NamedCrs;
use feature::{Columns, Context, Wrong};
use place::{kind, short};
use std::path::Path;
use text::Recoding;

/// Features by whose properties the columns are named beforehand.
const SAMPLE: u64 = 1000;

/// Reader of a FeatureCollection.
pub struct CollectionSource {
    header: Header,
    walk: Walk,
    features: Features,
    ended: bool,
}

impl CollectionSource {
    /// Reader of a file. All of it is looked through first: whether it is whole, what coordinate system it names, which
    /// may stand behind the features, and how many there are.
    ///
    /// # Errors
    /// [`TableError`] when the file cannot be read, is no UTF-8 text, no JSON, or no FeatureCollection.
    pub fn open(path: &Path, options: &OpenOptions) -> Result<Self, TableError> {
        let Recoding { recode, note } = text::recoding(path, Format::GeoJson, options.encoding.as_deref())?;
        let input = || Input::open(path, Format::GeoJson, recode);
        text::check(input()?, recode)?;
        let mut header = Header {
            format: Format::GeoJson,
            columns: Vec::new(),
            has_shapes: true,
            crs: None,
            rows: None,
            bytes: input()?.bytes(),
            encoding: recode.map(|encoding| encoding.name().to_owned()),
            layer: None,
            notes: note.into_iter().collect(),
        };
        let mut features = Features::new(options.limits.clone());
        let mut walk = Walk::new(Window::new(input()?)?, options.limits.row_bytes);
        let mut row = Row::default();
        let mut rows = 0;
        loop {
            match walk.next()? {
                Part::Feature(length) => {
                    rows += 1;
                    if rows <= SAMPLE {
                        // What is wrong with it is said when it is read.
                        let _ = features.read(&walk.bytes()[..length], 1, &mut header, &mut row);
                    }
                    walk.pass(length);
                }
                Part::TooLarge { .. } => rows += 1,
                Part::FeaturesEnd => {}
                Part::End => break,
            }
        }
        header.notes.retain(|note| note != feature::HEIGHTS);
        let members = walk.members;
        match members.named.as_deref() {
            Some("\"FeatureCollection\"") => {}
            Some(other) => return Err(not_a_collection(&format!("a {}", short(other)))),
            None => return Err(not_a_collection("an object without a type")),
        }
        features.crs = members.crs.as_deref().map(crs::named).transpose().map_err(foreign)?.flatten();
        header.crs = features.crs.clone().map(|NamedCrs(declared)| declared);
        match members.features {
            Some("an array") => {}
            found => {
                let found = found.unwrap_or("missing");
                let message = format!("\"features\" is {found}; it must be an array of features");
                return Err(refused(Format::GeoJson, message));
            }
        }
        header.rows = Some(rows);
        features.restart();
        let walk = Walk::new(Window::new(input()?)?, options.limits.row_bytes);
        Ok(Self { header, walk, features, ended: false })
    }
}

fn foreign(found: String) -> TableError {
    let message = format!(
        "\"crs\" is {found}; it must name a coordinate system: {{\"type\": \"name\", \"properties\": {{\"name\": \"EPSG:4490\"}}}}"
    );
    refused(Format::GeoJson, message)
}

impl Source for CollectionSource {
    fn header(&self) -> &Header {
        &self.header
    }

    fn read(&mut self, row: &mut Row) -> Result<Step, TableError> {
        match self.walk.next()? {
            Part::Feature(length) => {
                let line = self.walk.window().line();
                let step = self.features.step(&self.walk.bytes()[..length], line, &mut self.header, row);
                self.walk.pass(length);
                Ok(step)
            }
            Part::TooLarge { bytes } => Ok(self.features.too_large(bytes)),
            Part::FeaturesEnd | Part::End => {
                self.ended = true;
                Ok(Step::End)
            }
        }
    }

    fn bytes_read(&self) -> u64 {
        if self.ended { self.header.bytes } else { self.walk.window().file_bytes_read() }
    }
}

/// Features read one after another: what both kinds of file have in common.
struct Features {
    limits: Limits,
    columns: Columns,
    crs: Option<NamedCrs>,
    number: u64,
}

impl Features {
    fn new(limits: Limits) -> Self {
        Self { limits, columns: Columns::default(), crs: None, number: 0 }
    }

    /// Begins at the first feature again; columns stay.
    fn restart(&mut self) {
        self.number = 0;
        self.columns.restart();
    }

    fn read(&mut self, bytes: &[u8], line: u64, header: &mut Header, row: &mut Row) -> Result<(), Wrong> {
        self.number += 1;
        row.number = self.number;
        let text = std::str::from_utf8(bytes).map_err(|e| {
            ("feature".to_owned(), format!("is not UTF-8 text: byte {} fits no character", e.valid_up_to()))
        })?;
        let mut context = Context {
            names: &mut header.columns,
            columns: &mut self.columns,
            limits: &self.limits,
            crs: self.crs.as_ref(),
            line,
        };
        let has_heights = feature::read(text.trim(), &mut context, row)?;
        if has_heights && !header.notes.iter().any(|note| note == feature::HEIGHTS) {
            header.notes.push(feature::HEIGHTS.to_owned());
        }
        Ok(())
    }

    /// A feature's text as a row or a fault.
    fn step(&mut self, bytes: &[u8], line: u64, header: &mut Header, row: &mut Row) -> Step {
        match self.read(bytes, line, header, row) {
            Ok(()) => Step::Row,
            Err((field, message)) => {
                let text = String::from_utf8_lossy(&bytes[..bytes.len().min(8192)]);
                Step::Fault(row_fault(self.number, &field, message, Some(&text)))
            }
        }
    }

    fn too_large(&mut self, bytes: u64) -> Step {
        self.number += 1;
        let message = format!("has {bytes} bytes; at most {} are taken", self.limits.row_bytes);
        Step::Fault(row_fault(self.number, "feature", message, None))
    }

    /// What is said of a record that is no object at all.
    fn is_foreign(text: &str) -> Option<&'static str> {
        (!text.starts_with('{')).then(|| kind(text))
    }
}
