//! A zipped Shapefile of some rows, as a GIS exports it: UTF-8 by its `.cpg`, WGS-84 by its `.prj`.

use crate::kinds::Kind;
use crate::table::write::ColumnKind;
use crate::table::{Cell, Position, RawShape};
use shapefile::dbase::{Date, FieldName, FieldValue, Record, TableWriterBuilder, Unicode};
use shapefile::{Point, Polygon, PolygonRing, Polyline, Writer};
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;
use zip::write::SimpleFileOptions;

const WGS84: &str = r#"GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]"#;

/// Writes rows whose shapes are of one type.
pub fn write(path: &Path, kind: &dyn Kind, rows: &[(Vec<Cell>, Option<RawShape>)]) {
    let folder = tempfile::tempdir().unwrap();
    let stem = path.file_name().unwrap().to_str().unwrap().trim_end_matches(".shp.zip");
    let shp = folder.path().join(format!("{stem}.shp"));
    let mut table = TableWriterBuilder::with_encoding(Unicode);
    for field in kind.fields() {
        let name = FieldName::try_from(field.name).unwrap();
        table = match field.column {
            ColumnKind::Integer => table.add_numeric_field(name, 10, 0),
            ColumnKind::Date => table.add_date_field(name),
            _ => table.add_character_field(name, 120),
        };
    }
    let mut writer = Writer::from_path(&shp, table).unwrap();
    for (cells, shape) in rows {
        let mut record = Record::default();
        for (field, cell) in kind.fields().iter().zip(cells) {
            record.insert(field.name.to_owned(), value(field.column, cell));
        }
        let line = |line: &Vec<Position>| line.iter().map(|[x, y]| Point::new(*x, *y)).collect::<Vec<_>>();
        match shape.as_ref().unwrap() {
            RawShape::Point([x, y]) => writer.write_shape_and_record(&Point::new(*x, *y), &record).unwrap(),
            RawShape::Lines(lines) => {
                let shape = Polyline::with_parts(lines.iter().map(line).collect());
                writer.write_shape_and_record(&shape, &record).unwrap();
            }
            RawShape::Polygons(polygons) => {
                let rings = polygons.iter().flat_map(|rings| rings.iter().enumerate()).map(|(at, ring)| {
                    if at == 0 { PolygonRing::Outer(line(ring)) } else { PolygonRing::Inner(line(ring)) }
                });
                writer.write_shape_and_record(&Polygon::with_rings(rings.collect()), &record).unwrap();
            }
            RawShape::Points(_) => panic!("no kind has several points"),
        }
    }
    drop(writer);
    fs::write(shp.with_extension("prj"), WGS84).unwrap();
    fs::write(shp.with_extension("cpg"), "UTF-8").unwrap();
    zipped(path, &shp);
}

fn value(kind: ColumnKind, cell: &Cell) -> FieldValue {
    match (kind, cell) {
        (ColumnKind::Integer, Cell::Integer(number)) => FieldValue::Numeric(Some(*number as f64)),
        (ColumnKind::Integer, _) => FieldValue::Numeric(None),
        (ColumnKind::Date, Cell::Date(day)) => {
            FieldValue::Date(Some(Date::new(day.day() as u32, day.month() as u32, day.year() as u32).unwrap()))
        }
        (ColumnKind::Date, _) => FieldValue::Date(None),
        (_, Cell::Empty) => FieldValue::Character(None),
        (_, cell) => FieldValue::Character(Some(cell.text().into_owned())),
    }
}

fn zipped(path: &Path, shp: &Path) {
    let mut zip = zip::ZipWriter::new(File::create(path).unwrap());
    for ending in ["shp", "shx", "dbf", "prj", "cpg"] {
        let part = shp.with_extension(ending);
        zip.start_file(part.file_name().unwrap().to_str().unwrap(), SimpleFileOptions::default()).unwrap();
        io::copy(&mut File::open(part).unwrap(), &mut zip).unwrap();
    }
    zip.finish().unwrap().flush().unwrap();
}
