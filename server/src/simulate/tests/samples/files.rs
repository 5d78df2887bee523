//! Files of the samples: which there are, and how each is written.

use super::{rows, shapefile};
use crate::kinds::{self, Field, ShapeNeed};
use crate::table::write::{Column, ColumnKind, Out, ShapeType, TableSchema, create};
use crate::table::{Cell, Format, RawShape};
use std::fs;
use std::path::Path;
use wangge_core::domain::feature::BaseRow;
use wangge_core::domain::row::{ImportRow, RowKind};
use wangge_core::geometry::shape::Shape;

/// How a file differs from what an export writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// As exported, with English names of columns.
    Exported(Format),
    /// Tabs between values.
    Tabs,
    /// The encoding of older Chinese programs, Chinese names of columns.
    Gb18030,
    /// A sheet with Chinese names of columns.
    ChineseSheet,
    /// A zipped Shapefile.
    Shapefile,
}

/// A sample.
pub struct File {
    pub name: String,
    pub kind: RowKind,
    pub rows: Vec<ImportRow>,
    style: Style,
}

/// Every sample there is.
pub fn files() -> Vec<File> {
    use Format::{Csv, FlatGeobuf, GeoJson, GeoJsonSeq, GeoPackage};
    let mut found = Vec::new();
    for (kind, rows) in rows::rows() {
        let mut add = |name: String, style, rows: &[ImportRow]| {
            found.push(File { name: format!("{kind}{name}"), kind, rows: rows.to_vec(), style });
        };
        for format in [GeoJson, GeoJsonSeq, Csv, GeoPackage] {
            add(format!(".{}", format.id()), Style::Exported(format), &rows);
        }
        add(".tsv".to_owned(), Style::Tabs, &rows);
        add(".gb18030.csv".to_owned(), Style::Gb18030, &rows);
        add(".xlsx".to_owned(), Style::ChineseSheet, &rows);
        // These two are made of shapes, and posts have none.
        if kinds::of(kind).shape() == ShapeNeed::None {
            continue;
        }
        add(".fgb".to_owned(), Style::Exported(FlatGeobuf), &rows);
        if kind != RowKind::Base {
            add(".shp.zip".to_owned(), Style::Shapefile, &rows);
            continue;
        }
        // A Shapefile holds shapes of one type.
        for (name, is_asked) in [("points", 0), ("lines", 1), ("polygons", 2)] {
            let dimension = |row: &&ImportRow| match row {
                ImportRow::Base(BaseRow { shape: Shape::Point(_), .. }) => is_asked == 0,
                ImportRow::Base(BaseRow { shape: Shape::Line(_), .. }) => is_asked == 1,
                _ => is_asked == 2,
            };
            let rows: Vec<_> = rows.iter().filter(dimension).cloned().collect();
            add(format!("-{name}.shp.zip"), Style::Shapefile, &rows);
        }
    }
    found
}

/// Writes a sample.
pub fn write(path: &Path, file: &File) {
    let known = kinds::of(file.kind);
    let rows: Vec<_> = file.rows.iter().map(|row| known.cells(row)).collect();
    match file.style {
        Style::Exported(format) => {
            table(path, format, file.kind, |field| field.name.to_owned(), &rows);
            if format == Format::GeoPackage {
                shrink(path);
            }
        }
        Style::ChineseSheet => table(path, Format::Xlsx, file.kind, |field| field.zh.to_owned(), &rows),
        Style::Tabs => fs::write(path, tabs(path, file.kind, &rows)).unwrap(),
        Style::Gb18030 => {
            table(path, Format::Csv, file.kind, |field| field.zh.to_owned(), &rows);
            let text = fs::read_to_string(path).unwrap().replace("lon,lat", "经度,纬度");
            let (bytes, _, lossy) = encoding_rs::GB18030.encode(text.trim_start_matches('\u{FEFF}'));
            assert!(!lossy);
            fs::write(path, bytes).unwrap();
        }
        Style::Shapefile => shapefile::write(path, known, &rows),
    }
}

fn table(
    path: &Path,
    format: Format,
    kind: RowKind,
    name: fn(&Field) -> String,
    rows: &[(Vec<Cell>, Option<RawShape>)],
) {
    let shape = match kinds::of(kind).shape() {
        ShapeNeed::None => None,
        ShapeNeed::Point => Some(ShapeType::Point),
        ShapeNeed::Line => Some(ShapeType::LineString),
        ShapeNeed::Polygons => Some(ShapeType::MultiPolygon),
        ShapeNeed::Any => Some(ShapeType::Any),
    };
    let columns: Vec<Column> =
        kinds::of(kind).fields().iter().map(|field| Column::new(name(field), field.column)).collect();
    assert!(columns.iter().all(|column| column.kind != ColumnKind::Bool));
    let mut sink =
        create(format, Out::from(path), &TableSchema { name: kind.id().to_owned(), columns, shape }).unwrap();
    rows.iter().for_each(|(cells, shape)| sink.write(cells, shape.as_ref()).unwrap());
    sink.finish().unwrap();
}

/// The CSV of some rows with tabs between values and plain ends of lines.
fn tabs(path: &Path, kind: RowKind, rows: &[(Vec<Cell>, Option<RawShape>)]) -> Vec<u8> {
    table(path, Format::Csv, kind, |field| field.name.to_owned(), rows);
    let text = fs::read_to_string(path).unwrap();
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).from_reader(text.trim_start_matches('\u{FEFF}').as_bytes());
    let mut writer = csv::WriterBuilder::new().delimiter(b'\t').from_writer(Vec::new());
    reader.records().for_each(|record| writer.write_record(&record.unwrap()).unwrap());
    writer.into_inner().unwrap()
}

/// Makes a GeoPackage of a few rows as small as it can be.
fn shrink(path: &Path) {
    let connection = rusqlite::Connection::open(path).unwrap();
    connection.execute_batch("PRAGMA page_size = 512; VACUUM").unwrap();
}
