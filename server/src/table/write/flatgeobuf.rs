//! FlatGeobuf 3 with its packed R-tree: rows wait in a temporary file and come out along the Hilbert curve.

use super::{ColumnKind, Rows, ShapeType, TableSchema, WriteError};
use crate::table::{Cell, Format, Position, RawShape};
use flatgeobuf::{ColumnType, FgbCrs, FgbWriter, FgbWriterOptions, GeometryType};
use geozero::{ColumnValue, GeomProcessor, GeozeroGeometry, PropertyProcessor, error::Result as GeoResult};
use std::io::Write;

/// Writes features.
pub(super) struct FlatGeobuf {
    writer: FgbWriter<'static>,
    out: Box<dyn Write + Send>,
    kinds: Vec<(String, ColumnKind)>,
    multi: bool,
}

impl FlatGeobuf {
    pub(super) fn create(out: Box<dyn Write + Send>, schema: &TableSchema) -> Result<Self, WriteError> {
        let Some(shape) = schema.shape else {
            let what = format!("table {:?}", schema.name);
            return Err(WriteError::NoShape { what, format: Format::FlatGeobuf });
        };
        let most = u16::MAX;
        if schema.columns.len() > usize::from(most) {
            return Err(WriteError::TooMany { format: Format::FlatGeobuf, what: "columns", most: most.into() });
        }
        let crs = FgbCrs { org: Some("EPSG"), code: 4326, name: Some("WGS 84"), ..FgbCrs::default() };
        let options = FgbWriterOptions { detect_type: false, promote_to_multi: false, crs, ..Default::default() };
        let mut writer = FgbWriter::create_with_options(&schema.name, geometry_type(shape), options).map_err(failed)?;
        for column in &schema.columns {
            writer.add_column(&column.name, column_type(column.kind), |_, _| {});
        }
        let kinds = schema.columns.iter().map(|column| (column.name.clone(), column.kind)).collect();
        Ok(Self { writer, out, kinds, multi: shape.is_multi() })
    }
}

impl Rows for FlatGeobuf {
    fn row(&mut self, number: u64, cells: &[Cell], shape: Option<&RawShape>) -> Result<(), WriteError> {
        let is_whole = |shape: &&RawShape| {
            shape.positions().next().is_some() && shape.positions().flatten().all(|number| number.is_finite())
        };
        let Some(shape) = shape.filter(is_whole) else {
            return Err(WriteError::NoShape { what: format!("row {number}"), format: Format::FlatGeobuf });
        };
        let mut wrong = None;
        let kinds = &self.kinds;
        self.writer
            .add_feature_geom(Shape { shape, multi: self.multi }, |feature| {
                for (at, (cell, (name, _))) in cells.iter().zip(kinds).enumerate() {
                    let written = match cell {
                        Cell::Empty => continue,
                        Cell::Bool(value) => feature.property(at, name, &ColumnValue::Bool(*value)),
                        Cell::Integer(number) => feature.property(at, name, &ColumnValue::Long(*number)),
                        Cell::Real(number) => feature.property(at, name, &ColumnValue::Double(*number)),
                        Cell::DateTime(at_) => feature.property(at, name, &ColumnValue::DateTime(&at_.to_string())),
                        cell => feature.property(at, name, &ColumnValue::String(&raw_text(cell))),
                    };
                    wrong = wrong.take().or(written.err());
                }
            })
            .map_err(failed)?;
        wrong.map_or(Ok(()), |error| Err(failed(error)))
    }

    fn end(mut self: Box<Self>) -> Result<Vec<String>, WriteError> {
        self.writer.write(&mut self.out).map_err(failed)?;
        self.out.flush().map_err(WriteError::Output)?;
        Ok(Vec::new())
    }
}

/// Text as it is; anything else as a person would write it.
fn raw_text(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => text.clone(),
        other => other.text().into_owned(),
    }
}

fn geometry_type(shape: ShapeType) -> GeometryType {
    match shape {
        ShapeType::Point => GeometryType::Point,
        ShapeType::LineString => GeometryType::LineString,
        ShapeType::MultiLineString => GeometryType::MultiLineString,
        ShapeType::Polygon => GeometryType::Polygon,
        ShapeType::MultiPolygon => GeometryType::MultiPolygon,
        ShapeType::Any => GeometryType::Unknown,
    }
}

/// Days have no type of their own in the format; they are text, `YYYY-MM-DD`.
fn column_type(kind: ColumnKind) -> ColumnType {
    match kind {
        ColumnKind::Text | ColumnKind::Date => ColumnType::String,
        ColumnKind::Integer => ColumnType::Long,
        ColumnKind::Real => ColumnType::Double,
        ColumnKind::Bool => ColumnType::Bool,
        ColumnKind::DateTime => ColumnType::DateTime,
    }
}

fn failed(error: impl std::error::Error + Send + Sync + 'static) -> WriteError {
    WriteError::of(Format::FlatGeobuf)(Box::new(error))
}

/// A shape handed on position by position.
struct Shape<'a> {
    shape: &'a RawShape,
    multi: bool,
}

impl GeozeroGeometry for Shape<'_> {
    fn process_geom<P: GeomProcessor>(&self, to: &mut P) -> GeoResult<()> {
        match self.shape {
            RawShape::Point([x, y]) => {
                to.point_begin(0)?;
                to.xy(*x, *y, 0)?;
                to.point_end(0)
            }
            RawShape::Points(all) => {
                to.multipoint_begin(all.len(), 0)?;
                positions(to, all)?;
                to.multipoint_end(0)
            }
            RawShape::Lines(lines) => match lines.as_slice() {
                [line] if !self.multi => run(to, line, true, 0),
                lines => {
                    to.multilinestring_begin(lines.len(), 0)?;
                    lines.iter().enumerate().try_for_each(|(at, line)| run(to, line, false, at))?;
                    to.multilinestring_end(0)
                }
            },
            RawShape::Polygons(polygons) => match polygons.as_slice() {
                [rings] if !self.multi => polygon(to, rings, true, 0),
                polygons => {
                    to.multipolygon_begin(polygons.len(), 0)?;
                    polygons.iter().enumerate().try_for_each(|(at, rings)| polygon(to, rings, false, at))?;
                    to.multipolygon_end(0)
                }
            },
        }
    }
}

fn positions(to: &mut impl GeomProcessor, all: &[Position]) -> GeoResult<()> {
    all.iter().enumerate().try_for_each(|(at, [x, y])| to.xy(*x, *y, at))
}

fn run(to: &mut impl GeomProcessor, line: &[Position], tagged: bool, at: usize) -> GeoResult<()> {
    to.linestring_begin(tagged, line.len(), at)?;
    positions(to, line)?;
    to.linestring_end(tagged, at)
}

fn polygon(to: &mut impl GeomProcessor, rings: &[Vec<Position>], tagged: bool, at: usize) -> GeoResult<()> {
    to.polygon_begin(tagged, rings.len(), at)?;
    rings.iter().enumerate().try_for_each(|(ring, line)| run(to, line, false, ring))?;
    to.polygon_end(tagged, at)
}
