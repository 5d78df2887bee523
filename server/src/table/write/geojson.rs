//! GeoJSON (RFC 7946), as a collection with a feature a line, or as features one a line.

use super::{Rows, TableSchema, WriteError, degrees::nine_decimals, wkt};
use crate::table::{Cell, Position, RawShape};
use std::io::{self, Write};

/// Writes features.
pub(super) struct GeoJson {
    out: Box<dyn Write + Send>,
    /// Names of the columns as JSON texts.
    names: Vec<String>,
    framing: Framing,
}

/// What stands around features.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Framing {
    Collection,
    Lines,
}

/// The coordinate system, as GeoJSON of 2008 names it and GDAL writes it: RFC 7946 has no other, but files in GCJ-02 leave it
/// out as well, so one that names it need not be asked about.
const CRS84: &str = r#"{"type":"name","properties":{"name":"urn:ogc:def:crs:OGC:1.3:CRS84"}}"#;

impl GeoJson {
    /// A FeatureCollection.
    pub(super) fn collection(mut out: Box<dyn Write + Send>, schema: &TableSchema) -> Result<Self, WriteError> {
        let head =
            format!("{{\"type\":\"FeatureCollection\",\"name\":{},\"crs\":{CRS84},\"features\":[", json(&schema.name));
        out.write_all(head.as_bytes()).map_err(WriteError::Output)?;
        Ok(Self::new(out, schema, Framing::Collection))
    }

    /// Features one a line.
    pub(super) fn sequence(out: Box<dyn Write + Send>, schema: &TableSchema) -> Self {
        Self::new(out, schema, Framing::Lines)
    }

    fn new(out: Box<dyn Write + Send>, schema: &TableSchema, framing: Framing) -> Self {
        let names = schema.columns.iter().map(|column| json(&column.name)).collect();
        Self { out, names, framing }
    }

    fn feature(&mut self, number: u64, cells: &[Cell], shape: Option<&RawShape>) -> io::Result<()> {
        if self.framing == Framing::Collection {
            self.out.write_all(if number == 1 { b"\n" } else { b",\n" })?;
        }
        self.out.write_all(b"{\"type\":\"Feature\",\"properties\":{")?;
        // Empty values are null, so that every feature has every column.
        for (at, (name, cell)) in self.names.iter().zip(cells).enumerate() {
            write!(self.out, "{}{name}:", if at == 0 { "" } else { "," })?;
            value(&mut self.out, cell)?;
        }
        self.out.write_all(b"}")?;
        match shape {
            None => self.out.write_all(b",\"geometry\":null}")?,
            // JSON has no NaN. The shape is not lost: it stands beside, as text.
            Some(shape) if shape.positions().flatten().any(|number| !number.is_finite()) => {
                write!(self.out, ",\"geometry\":null,\"geometry_wkt\":{}}}", json(&wkt(shape)))?;
            }
            Some(shape) => {
                self.out.write_all(b",\"geometry\":")?;
                geometry(&mut self.out, shape)?;
                self.out.write_all(b"}")?;
            }
        }
        if self.framing == Framing::Lines {
            self.out.write_all(b"\n")?;
        }
        Ok(())
    }
}

impl Rows for GeoJson {
    fn row(&mut self, number: u64, cells: &[Cell], shape: Option<&RawShape>) -> Result<(), WriteError> {
        self.feature(number, cells, shape).map_err(WriteError::Output)
    }

    fn end(mut self: Box<Self>) -> Result<Vec<String>, WriteError> {
        let tail: &[u8] = if self.framing == Framing::Collection { b"\n]}\n" } else { b"" };
        self.out.write_all(tail).and_then(|()| self.out.flush()).map_err(WriteError::Output)?;
        Ok(Vec::new())
    }
}

/// A text as JSON.
fn json(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

fn value(out: &mut dyn Write, cell: &Cell) -> io::Result<()> {
    match cell {
        Cell::Empty => out.write_all(b"null"),
        Cell::Bool(value) => write!(out, "{value}"),
        Cell::Integer(number) => write!(out, "{number}"),
        Cell::Real(number) => Ok(serde_json::to_writer(out, number)?),
        Cell::Text(text) => Ok(serde_json::to_writer(out, text)?),
        Cell::Date(date) => write!(out, "\"{date}\""),
        Cell::DateTime(moment) => write!(out, "\"{moment}\""),
    }
}

fn geometry(out: &mut dyn Write, shape: &RawShape) -> io::Result<()> {
    let begin = |out: &mut dyn Write, name: &str| write!(out, "{{\"type\":\"{name}\",\"coordinates\":");
    match shape {
        RawShape::Point(at) => {
            begin(out, "Point")?;
            position(out, at)?;
        }
        RawShape::Points(all) => {
            begin(out, "MultiPoint")?;
            list(out, all, position)?;
        }
        RawShape::Lines(lines) => match lines.as_slice() {
            [line] => {
                begin(out, "LineString")?;
                list(out, line, position)?;
            }
            lines => {
                begin(out, "MultiLineString")?;
                list(out, lines, |out, line| list(out, line, position))?;
            }
        },
        RawShape::Polygons(polygons) => match polygons.as_slice() {
            [rings] => {
                begin(out, "Polygon")?;
                polygon(out, rings)?;
            }
            polygons => {
                begin(out, "MultiPolygon")?;
                list(out, polygons, |out, rings| polygon(out, rings))?;
            }
        },
    }
    out.write_all(b"}")
}

/// Rings by the right-hand rule (RFC 7946, 3.1.6): the outer one runs counterclockwise, holes clockwise.
fn polygon(out: &mut dyn Write, rings: &[Vec<Position>]) -> io::Result<()> {
    out.write_all(b"[")?;
    for (at, ring) in rings.iter().enumerate() {
        out.write_all(if at == 0 { b"" } else { b"," })?;
        if (doubled_area(ring) < 0.0) == (at == 0) {
            let turned: Vec<Position> = ring.iter().rev().copied().collect();
            list(out, &turned, position)?;
        } else {
            list(out, ring, position)?;
        }
    }
    out.write_all(b"]")
}

/// Positive when the ring runs counterclockwise; measured from its first position, so that small rings far from zero
/// are told right.
fn doubled_area(ring: &[Position]) -> f64 {
    let [x0, y0] = ring.first().copied().unwrap_or_default();
    ring.windows(2).map(|p| (p[0][0] - x0) * (p[1][1] - y0) - (p[1][0] - x0) * (p[0][1] - y0)).sum()
}

fn position(out: &mut dyn Write, [lon, lat]: &Position) -> io::Result<()> {
    write!(out, "[{},{}]", nine_decimals(*lon), nine_decimals(*lat))
}

fn list<T>(out: &mut dyn Write, items: &[T], each: impl Fn(&mut dyn Write, &T) -> io::Result<()>) -> io::Result<()> {
    out.write_all(b"[")?;
    for (at, item) in items.iter().enumerate() {
        out.write_all(if at == 0 { b"" } else { b"," })?;
        each(out, item)?;
    }
    out.write_all(b"]")
}
