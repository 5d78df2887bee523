//! A file of an import: opened, its columns mapped, its coordinate system known.

use super::Look;
use crate::{
    import::{
        ImportError,
        mapping::Mapping,
        plan::{MappedField, PlanFile},
        read::Batch,
        request::name_of,
        sample::Sample,
        topology::mend_shape,
    },
    kinds::{FieldFault, Kind},
    table::{self, Header, OpenOptions, Position, RawShape, Row, Source, TableError, crs::Crs},
};
use std::borrow::Cow;
use wangge_core::domain::row::ImportRow;

/// Said of a coordinate system that neither the file nor a person named.
pub(super) const ASSUMED: &str = "assumed";
/// Invalid outlines that were made valid and are named.
const MENDED_SHOWN: usize = 20;
/// Rows the mapping is guessed from.
const MAPPED_BY: usize = 1_000;
/// Positions the coordinate system is judged by.
const JUDGED_BY: usize = 2_000;

/// A file that is open and understood.
pub(super) struct OpenFile {
    /// Which of the files, from 0.
    pub(super) number: u32,
    /// What the plan says of it.
    pub(super) plan: PlanFile,
    /// Whether its rows carry shapes of their own.
    pub(super) has_shapes: bool,
    mapping: Mapping,
    key: Option<usize>,
    /// Whether invalid outlines are made valid, how many were, and what was done to the first.
    mends: bool,
    mended: u64,
    mended_first: Vec<String>,
    /// A column nothing is filled from, but whose values are codes of areas in force.
    stated: Option<usize>,
    pub(super) crs: Crs,
    /// Positions as the file has them, evenly chosen.
    pub(super) witnesses: Sample<Sighting>,
}

/// A position of the file, and what its row says of it.
pub(super) struct Sighting {
    pub(super) xy: Position,
    pub(super) key: Option<String>,
    pub(super) stated: Option<String>,
}

/// The first rows of a file, read to guess by.
pub(super) struct First {
    pub(super) batch: Batch,
    /// Whether the file goes on after them.
    pub(super) more: bool,
    /// Why it cannot be read on.
    pub(super) error: Option<TableError>,
}

impl OpenFile {
    /// Opens one of the files of an import.
    pub(super) fn open(look: &Look<'_>, number: u32) -> Result<(Self, Box<dyn Source>, First), ImportError> {
        let request = look.request;
        let path = &request.files[number as usize];
        let name = name_of(path);
        let unread = |source| ImportError::File { file: name.clone(), source };
        let options = OpenOptions {
            layer: match &request.layer {
                Some(layer) => Some(layer.clone()),
                None => layer_of(&table::names(path).map_err(unread)?, look.kind),
            },
            encoding: request.encoding.clone(),
            ..OpenOptions::default()
        };
        let mut source = table::open(path, &options).map_err(unread)?;
        let mut batch = Batch::default();
        let (more, error) = match batch.fill(&mut *source) {
            Ok(more) => (more, None),
            Err(error) => (false, Some(error)),
        };
        let header = source.header();
        let sample = &batch.rows()[..batch.rows().len().min(MAPPED_BY)];
        let guess = || Mapping::guess(look.kind, header, sample);
        let mapping = match guess().with(&request.map) {
            Ok(mapping) => mapping,
            // A file without rows lacks columns as well; that is no reason to refuse it.
            Err(_) if batch.len() == 0 && !more && error.is_none() => guess(),
            Err(source) => return Err(ImportError::Mapping { file: name, source }),
        };
        let (crs, crs_from) = crs_of(request.crs.as_ref(), header, &name)?;
        let mut plan = plan_of(header, name, &crs, crs_from);
        plan.notes.extend(crs.caution().map(str::to_owned));
        plan.notes.extend(mapping.notes());
        plan.mapping = mapping.describe().into_iter().map(MappedField::from).collect();
        plan.unused = mapping.unused();
        let key = look.kind.fields().iter().position(|field| field.is_key);
        let stated = stated_by(look, header, &mapping, sample);
        let (has_shapes, witnesses) = (header.has_shapes, Sample::new(JUDGED_BY));
        let (mends, mended, mended_first) = (request.repair_m.is_some(), 0, Vec::new());
        let file = Self { number, plan, has_shapes, mapping, key, mends, mended, mended_first, stated, crs, witnesses };
        Ok((file, source, First { batch, more, error }))
    }

    /// A row of the kind, made of a row of the file.
    pub(super) fn row(&mut self, kind: &dyn Kind, raw: &Row) -> Result<ImportRow, FieldFault> {
        let mut shape = self.mapping.shape(raw)?;
        if let Some(shape) = &mut shape {
            if let Some(xy) = first_of(shape) {
                let text = |column: usize| raw.cells.get(column).map(|cell| cell.text().into_owned());
                self.witnesses.offer(|| {
                    let key = self.key.map(|key| self.mapping.values(raw, None).cell(key).text().into_owned());
                    Sighting { xy, key, stated: self.stated.and_then(text) }
                });
            }
            if !self.crs.is_crs84() {
                transform(&self.crs, shape.to_mut())?;
            }
        }
        let made = kind.row(&self.mapping.values(raw, shape.as_deref()));
        match (made, shape) {
            (Err(fault), Some(shape)) if self.mends && fault.field == "geometry" => self.mend(kind, raw, &shape, fault),
            (made, _) => made,
        }
    }

    /// The row with its invalid outline made valid, or the fault it had.
    fn mend(
        &mut self,
        kind: &dyn Kind,
        raw: &Row,
        shape: &RawShape,
        fault: FieldFault,
    ) -> Result<ImportRow, FieldFault> {
        let mended = match mend_shape(shape) {
            Ok(Some(mended)) => mended,
            Ok(None) => return Err(fault),
            Err(cannot) => return Err(FieldFault { message: format!("{}; {cannot}", fault.message), ..fault }),
        };
        let row = kind.row(&self.mapping.values(raw, Some(&mended.shape)))?;
        self.mended += 1;
        if self.mended_first.len() < MENDED_SHOWN {
            self.mended_first.push(format!("{}: {}", row.key(), mended.what));
        }
        Ok(row)
    }

    /// What was done to outlines that were invalid in themselves, in sentences.
    pub(super) fn mended(&mut self) -> Vec<String> {
        let mut said = std::mem::take(&mut self.mended_first);
        let more = self.mended - said.len() as u64;
        if more > 0 {
            said.push(format!("{more} more invalid outlines were made valid"));
        }
        said
    }

    /// What a refused row calls itself, where that can be read.
    pub(super) fn key(&self, raw: &Row) -> Option<String> {
        let key = self.mapping.values(raw, None).cell(self.key?).text().into_owned();
        (!key.is_empty()).then_some(key)
    }

    /// The shape of a row in the file's own numbers, where it can be read.
    pub(super) fn shape(&self, raw: &Row) -> Option<RawShape> {
        self.mapping.shape(raw).ok()?.map(Cow::into_owned)
    }

    /// Longitude and latitude of a refused row, where they can be read.
    pub(super) fn position(&self, raw: &Row) -> Option<Position> {
        let shape = self.mapping.shape(raw).ok()??;
        self.crs.lonlat_from(first_of(&shape)?).ok()
    }
}

/// The layer named like the kind, when nothing was said and there are several.
fn layer_of(names: &[String], kind: &dyn Kind) -> Option<String> {
    let like = |name: &&String| name.eq_ignore_ascii_case(kind.kind().id());
    if names.len() > 1 { names.iter().find(like).cloned() } else { None }
}

fn crs_of(given: Option<&Crs>, header: &Header, file: &str) -> Result<(Crs, &'static str), ImportError> {
    if let Some(crs) = given {
        return Ok((crs.clone(), "given"));
    }
    let Some(declared) = &header.crs else { return Ok((Crs::default(), ASSUMED)) };
    let crs = Crs::from_declared(declared);
    let crs = crs.map_err(|source| ImportError::Crs { file: file.to_owned(), source })?;
    Ok((crs, "declared"))
}

fn plan_of(header: &Header, name: String, crs: &Crs, crs_from: &str) -> PlanFile {
    PlanFile {
        name,
        format: header.format.to_string(),
        encoding: header.encoding.clone(),
        crs: crs.id(),
        crs_from: crs_from.to_owned(),
        layer: header.layer.clone(),
        notes: header.notes.clone(),
        ..PlanFile::default()
    }
}

/// The column that says in which area a row lies: nothing is filled from it, and most of its values are codes in force.
fn stated_by(look: &Look<'_>, header: &Header, mapping: &Mapping, sample: &[Row]) -> Option<usize> {
    let district = look.service.district.read();
    if district.areas().is_empty() {
        return None;
    }
    let unused = mapping.unused();
    let is_code = |column: usize| {
        let cells = sample.iter().filter_map(|row| row.cells.get(column)).filter(|cell| !cell.is_empty());
        let (codes, all) = cells.fold((0, 0), |(codes, all), cell| {
            (codes + usize::from(district.areas().in_force(&cell.text()).is_some()), all + 1)
        });
        all > 0 && codes * 2 > all
    };
    let free = header.columns.iter().enumerate().filter(|(_, name)| unused.contains(name));
    free.map(|(column, _)| column).find(|column| is_code(*column))
}

fn first_of(shape: &RawShape) -> Option<Position> {
    match shape {
        RawShape::Point(position) => Some(*position),
        shape => shape.positions().next().copied(),
    }
}

/// Brings a shape to CRS84.
fn transform(crs: &Crs, shape: &mut RawShape) -> Result<(), FieldFault> {
    let wrong = |error: table::crs::CrsError| FieldFault { field: "geometry", message: error.to_string() };
    if let RawShape::Point(position) = shape {
        *position = crs.lonlat_from(*position).map_err(wrong)?;
        return Ok(());
    }
    for position in shape.positions_mut() {
        *position = crs.lonlat_from(*position).map_err(wrong)?;
    }
    Ok(())
}
