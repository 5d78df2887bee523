//! Templates: a form of every kind's columns to fill in, which an import then reads.

use crate::{
    kinds::{self, ShapeNeed},
    table::{
        Cell, Format, RawShape,
        write::{ColumnKind, FormColumn, WriteError, wkt, write_form},
    },
};
use std::path::Path;
use wangge_core::{
    domain::{
        area::{AreaRow, Level},
        facility::{FacilityKind, FacilityRow},
        feature::{BaseClass, BaseRow, RoadClass, RoadRow},
        household::{Address, HouseholdKind, HouseholdRow},
        row::{ImportRow, RowKind},
        shop::ShopRow,
        staffing::{StaffRole, StaffingRow},
    },
    geometry::{
        position::{FixedPoint, LonLat, fixed_from_lonlat},
        shape::{Polygon, Shape},
    },
};

/// Writes the template of a kind as CSV or XLSX to a file, which is there whole or not at all.
///
/// # Errors
/// [`WriteError`] for any other format, and when the file cannot be written.
pub fn write_template(kind: RowKind, format: Format, path: &Path) -> Result<(), WriteError> {
    write_form(format, path, kind.id(), &columns(kind))
}

/// Columns of a kind's template: its fields, and where its rows lie.
fn columns(kind: RowKind) -> Vec<FormColumn> {
    let known = kinds::of(kind);
    let (cells, shape) = known.cells(&example(kind));
    let mut columns: Vec<FormColumn> = known
        .fields()
        .iter()
        .zip(cells)
        .map(|(field, example)| FormColumn {
            // What stands in brackets is passed over when names of columns are read.
            header: format!("{} ({})", field.zh, field.name),
            explanation: format!("{}: {}", if field.needed { "必填 needed" } else { "可空 optional" }, field.takes),
            kind: field.column,
            choices: choices(kind, field.name),
            example,
        })
        .collect();
    columns.extend(place(known.shape(), shape));
    if let Some(first) = columns.first_mut() {
        first.explanation = format!("请删去第2、3行 delete rows 2 and 3. {}", first.explanation);
    }
    columns
}

/// Columns that say where a row lies.
fn place(need: ShapeNeed, shape: Option<RawShape>) -> Vec<FormColumn> {
    let column = |header: &str, takes: &str, kind, example| FormColumn {
        header: header.to_owned(),
        explanation: format!("必填 needed: {takes}"),
        kind,
        choices: Vec::new(),
        example,
    };
    match (need, shape) {
        (ShapeNeed::None, _) | (_, None) => Vec::new(),
        (ShapeNeed::Point, Some(RawShape::Point([lon, lat]))) => {
            let degrees = |number: f64| Cell::Real((number * 1e7).round() / 1e7);
            vec![
                column("经度 (lon)", "longitude, degrees", ColumnKind::Real, degrees(lon)),
                column("纬度 (lat)", "latitude, degrees", ColumnKind::Real, degrees(lat)),
            ]
        }
        (_, Some(shape)) => {
            let takes = "well-known text, longitude first; or bring the shapes in as GeoJSON, GeoPackage or Shapefile";
            vec![column("WKT 图形 (wkt)", takes, ColumnKind::Text, Cell::Text(wkt(&shape)))]
        }
    }
}

/// The words a field takes, where there are only some.
fn choices(kind: RowKind, field: &str) -> Vec<&'static str> {
    match (kind, field) {
        (RowKind::Areas, "level") => Level::ALL.map(Level::id).to_vec(),
        (RowKind::Households, "kind") => {
            [HouseholdKind::Home, HouseholdKind::Rental, HouseholdKind::Shop].map(HouseholdKind::id).to_vec()
        }
        (RowKind::Roads, "class") => {
            use RoadClass::{Footway, Lane, Primary, Residential, Secondary, Tertiary};
            [Primary, Secondary, Tertiary, Residential, Lane, Footway].map(RoadClass::id).to_vec()
        }
        (RowKind::Base, "class") => {
            use BaseClass::{Barrier, Building, Gate, Green, Water};
            [Water, Green, Building, Barrier, Gate].map(BaseClass::id).to_vec()
        }
        (RowKind::Facilities, "kind") => FacilityKind::ALL.map(FacilityKind::id).to_vec(),
        (RowKind::Staffing, "role") => StaffRole::ALL.map(StaffRole::id).to_vec(),
        _ => Vec::new(),
    }
}

/// A row of every kind, invented.
fn example(kind: RowKind) -> ImportRow {
    let grid = "350602001001001";
    match kind {
        RowKind::Areas => ImportRow::Area(AreaRow {
            code: grid.to_owned(),
            name: "示例网格".to_owned(),
            level: Level::Grid,
            parent: Some("350602001001".to_owned()),
            geometry: square(),
            starts_on: Some("2026-01-01".to_owned()),
            ends_on: None,
        }),
        RowKind::Households => ImportRow::Household(HouseholdRow {
            id: "E-0001".to_owned(),
            at: at(0, 0),
            kind: HouseholdKind::Home,
            residents: 3,
            address: Address {
                place: "示例花园".to_owned(),
                building: "3号楼".to_owned(),
                stair: "2单元".to_owned(),
                floor: 5,
                door: "501".to_owned(),
            },
        }),
        RowKind::Roads => ImportRow::Road(RoadRow {
            id: "R-0001".to_owned(),
            name: "示例路".to_owned(),
            class: RoadClass::Residential,
            line: vec![at(0, 0), at(4, 0), at(4, 3)],
        }),
        RowKind::Base => ImportRow::Base(BaseRow {
            id: "B-0001".to_owned(),
            name: "示例湖".to_owned(),
            class: BaseClass::Water,
            shape: Shape::Polygons(square()),
        }),
        RowKind::Facilities => ImportRow::Facility(FacilityRow {
            id: "F-0001".to_owned(),
            name: "示例社区卫生服务中心".to_owned(),
            kind: FacilityKind::Hospital,
            at: at(1, 0),
            address: "示例路1号".to_owned(),
        }),
        RowKind::Shops => ImportRow::Shop(ShopRow {
            id: "S-0001".to_owned(),
            name: "示例便利店".to_owned(),
            category: "便利店".to_owned(),
            at: at(0, 1),
            household: Some("E-0001".to_owned()),
            hours: "Mo-Fr 08:00-20:00; Sa,Su 09:00-18:00".parse().unwrap_or_default(),
            address: "示例路3号".to_owned(),
        }),
        RowKind::Staffing => ImportRow::Staffing(StaffingRow {
            id: format!("{grid}/police-1"),
            grid: grid.to_owned(),
            role: StaffRole::Police,
            holder: "035012".to_owned(),
            starts_on: Some("2026-01-01".to_owned()),
            ends_on: None,
        }),
    }
}

/// A place some thousandths of a degree from a corner.
fn at(east: u32, north: u32) -> FixedPoint {
    let position = LonLat::new(117.65 + f64::from(east) / 1e3, 24.51 + f64::from(north) / 1e3);
    position.map_or(FixedPoint { x: 0, y: 0 }, fixed_from_lonlat)
}

fn square() -> Vec<Polygon> {
    vec![Polygon { outer: vec![at(0, 2), at(2, 2), at(2, 0), at(0, 0)], holes: Vec::new() }]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kinds::Values;
    use crate::table::{OpenOptions, Row, Step, open};
    use std::{collections::BTreeMap, fs, io::Read, path::PathBuf};

    const FORMATS: [Format; 2] = [Format::Csv, Format::Xlsx];

    fn kept(kind: RowKind, format: Format) -> PathBuf {
        PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../data/templates").join(format!("{kind}.{}", format.id()))
    }

    /// The texts of a file: one of a CSV file, one of every part of a workbook.
    fn texts(path: &Path) -> BTreeMap<String, String> {
        let bytes = fs::read(path).unwrap_or_else(|cause| panic!("{}: {cause}", path.display()));
        if !bytes.starts_with(b"PK") {
            return BTreeMap::from([("text".to_owned(), String::from_utf8(bytes).unwrap())]);
        }
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
        let parts = archive.len();
        let part = |at: usize| {
            let mut part = archive.by_index(at).unwrap();
            let mut text = String::new();
            part.read_to_string(&mut text).unwrap();
            (part.name().unwrap().into_owned(), text)
        };
        (0..parts).map(part).collect()
    }

    #[test]
    fn the_templates_in_data_are_what_the_kinds_say_today() {
        let folder = tempfile::tempdir().unwrap();
        for (kind, format) in RowKind::ALL.into_iter().flat_map(|kind| FORMATS.map(|format| (kind, format))) {
            let made = folder.path().join("made");
            write_template(kind, format, &made).unwrap();
            let told = "run the ignored test beside this one to write it anew";
            assert!(texts(&made) == texts(&kept(kind, format)), "{kind} {format} differs; if that is meant, {told}");
        }
    }

    #[test]
    #[ignore = "writes data/templates anew; run by hand when a kind changed on purpose"]
    fn write_the_templates() {
        for (kind, format) in RowKind::ALL.into_iter().flat_map(|kind| FORMATS.map(|format| (kind, format))) {
            fs::create_dir_all(kept(kind, format).parent().unwrap()).unwrap();
            write_template(kind, format, &kept(kind, format)).unwrap();
        }
    }

    #[test]
    fn the_example_is_a_row_its_kind_takes_and_the_explanation_is_none() {
        for (kind, format) in RowKind::ALL.into_iter().flat_map(|kind| FORMATS.map(|format| (kind, format))) {
            let mut source = open(&kept(kind, format), &OpenOptions::default()).unwrap();
            let known = kinds::of(kind);
            let (_, shape) = known.cells(&example(kind));
            let mut row = Row::default();
            let mut taken = Vec::new();
            while source.read(&mut row).unwrap() == Step::Row {
                taken.push(known.row(&Values::in_order(known.fields(), &row.cells, shape.as_ref())));
            }
            assert!(taken[0].is_err(), "{kind} {format}: {:?}", taken[0]);
            assert_eq!(taken[1..], [Ok(example(kind))], "{kind} {format}");
        }
    }

    #[test]
    fn every_choice_offered_is_one_the_kind_takes() {
        for kind in RowKind::ALL {
            for field in kinds::of(kind).fields() {
                for choice in choices(kind, field.name) {
                    assert!((field.fits)(&Cell::Text(choice.to_owned())), "{kind} {} {choice}", field.name);
                    assert!(
                        field.takes.contains(choice),
                        "{kind} {}: {choice} is not in {:?}",
                        field.name,
                        field.takes
                    );
                }
            }
        }
    }

    #[test]
    fn other_formats_are_refused() {
        let error = write_template(RowKind::Roads, Format::GeoPackage, Path::new("/tmp/roads.gpkg")).unwrap_err();
        assert_eq!(error.to_string(), "a form to fill in is written as csv or xlsx, not as GeoPackage");
    }
}
