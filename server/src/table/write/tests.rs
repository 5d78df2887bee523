//! Tables written and taken apart again.

use super::*;
use crate::table::{self, OpenOptions, Position, Row, Step};
use proptest::prelude::*;
use std::{fs, path::Path};

fn schema(shape: Option<ShapeType>) -> TableSchema {
    let column = |(name, kind): (&str, ColumnKind)| Column::new(name, kind);
    let columns = [
        ("code", ColumnKind::Text),
        ("residents", ColumnKind::Integer),
        ("share", ColumnKind::Real),
        ("open", ColumnKind::Bool),
        ("starts_on", ColumnKind::Date),
        ("at", ColumnKind::DateTime),
    ];
    TableSchema { name: "样本".into(), columns: columns.map(column).to_vec(), shape }
}

fn cells(code: &str) -> Vec<Cell> {
    vec![
        Cell::Text(code.into()),
        Cell::Integer(3),
        Cell::Real(0.25),
        Cell::Bool(true),
        Cell::Date(jiff::civil::date(2026, 3, 1)),
        Cell::DateTime(jiff::civil::date(2026, 3, 1).at(8, 30, 0, 0)),
    ]
}

fn written(format: Format, shape: Option<ShapeType>, rows: &[(Vec<Cell>, Option<RawShape>)]) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("out");
    let mut sink = create(format, Out::Path(path.clone()), &schema(shape)).unwrap();
    rows.iter().for_each(|(cells, shape)| sink.write(cells, shape.as_ref()).unwrap());
    assert_eq!(sink.finish().unwrap().rows, rows.len() as u64);
    fs::read(path).unwrap()
}

#[test]
fn csv_is_as_a_spreadsheet_likes_it() {
    let row = (cells("350602001001001"), Some(RawShape::Point([117.65, 24.5])));
    let dangerous = (vec![Cell::Text("=cmd|'/c'!A1".into()), Cell::Integer(-3), Cell::Text(" ".into())], None);
    let bytes = written(Format::Csv, Some(ShapeType::Point), &[row, dangerous]);
    assert_eq!(
        String::from_utf8(bytes).unwrap(),
        "\u{feff}code,residents,share,open,starts_on,at,lon,lat\r\n\
         350602001001001,3,0.25,true,2026-03-01,2026-03-01T08:30:00,117.65,24.5\r\n\
         '=cmd|'/c'!A1,-3,,,,,,\r\n"
    );
}

#[test]
fn geojson_is_a_collection_with_a_feature_a_line_and_rings_by_the_right_hand_rule() {
    let clockwise = vec![[0.0, 0.0], [0.0, 4.0], [4.0, 4.0], [4.0, 0.0], [0.0, 0.0]];
    let hole = vec![[1.0, 1.0], [2.0, 1.0], [2.0, 2.0], [1.0, 2.0], [1.0, 1.0]];
    let row = (vec![Cell::Text("a\"b\n".into())], Some(RawShape::Polygons(vec![vec![clockwise, hole]])));
    let text = String::from_utf8(written(Format::GeoJson, Some(ShapeType::MultiPolygon), &[row.clone(), row])).unwrap();
    let feature = "{\"type\":\"Feature\",\"properties\":{\"code\":\"a\\\"b\\n\",\
                   \"residents\":null,\"share\":null,\"open\":null,\"starts_on\":null,\"at\":null},\"geometry\":{\"type\":\"Polygon\",\
                   \"coordinates\":[[[0,0],[4,0],[4,4],[0,4],[0,0]],[[1,1],[1,2],[2,2],[2,1],[1,1]]]}}";
    let expected = format!(
        "{{\"type\":\"FeatureCollection\",\"name\":\"样本\",\"crs\":{{\"type\":\"name\",\"properties\":{{\"name\":\"urn:ogc:def:crs:OGC:1.3:CRS84\"}}}},\"features\":[\n{feature},\n{feature}\n]}}\n"
    );
    assert_eq!(text, expected);
    // The crate geojson, which is not ours, reads it as what it is.
    let collection: ::geojson::FeatureCollection = text.parse().unwrap();
    let geometry = collection.features[1].geometry.as_ref().unwrap();
    assert!(matches!(&geometry.value, ::geojson::GeometryValue::Polygon { coordinates } if coordinates.len() == 2));
    assert_eq!(collection.features[0].property("code"), Some(&"a\"b\n".into()));
}

#[test]
fn a_position_json_has_no_number_for_stands_beside_as_text() {
    let row = (vec![], Some(RawShape::Point([f64::NAN, 24.5])));
    let text = String::from_utf8(written(Format::GeoJsonSeq, Some(ShapeType::Point), &[row])).unwrap();
    let value: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!((&value["geometry"], &value["geometry_wkt"]), (&serde_json::Value::Null, &"POINT (NaN 24.5)".into()));
}

#[test]
fn tables_without_rows_are_whole_files() {
    for format in WRITTEN {
        let shape = (format == Format::FlatGeobuf).then_some(ShapeType::Point);
        let bytes = written(format, shape, &[]);
        assert!(!bytes.is_empty() || format == Format::GeoJsonSeq, "{format}");
    }
}

#[test]
fn rows_that_do_not_fit_their_table_are_refused_with_their_number() {
    let folder = tempfile::tempdir().unwrap();
    let refused = |cells: &[Cell], shape: Option<RawShape>| {
        let out = Out::Path(folder.path().join("out.csv"));
        let mut sink = create(Format::Csv, out, &schema(Some(ShapeType::Point))).unwrap();
        sink.write(&[Cell::Text("fits".into())], None).unwrap();
        sink.write(cells, shape.as_ref()).unwrap_err().to_string()
    };
    assert_eq!(refused(&vec![Cell::Empty; 7], None), "row 2 has 7 values; the table has 6 columns");
    let line = RawShape::Lines(vec![vec![[0.0, 0.0], [1.0, 1.0]]]);
    assert_eq!(refused(&[], Some(line)), "row 2 has a LineString; the table is of Point");
    let words = refused(&[Cell::Empty, Cell::Text("three".into())], None);
    assert_eq!(words, "row 2: \"three\" does not go into column \"residents\" of whole numbers");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0, "a table that was dropped leaves no file");
}

#[test]
fn values_of_another_kind_are_turned_where_nothing_is_lost() {
    let row = vec![Cell::Integer(350602), Cell::Real(4.0), Cell::Integer(2), Cell::Text(" ".into()), Cell::Empty];
    let not_finite = vec![Cell::Bool(true), Cell::Empty, Cell::Real(f64::INFINITY)];
    let bytes = written(Format::Csv, None, &[(row, None), (not_finite, None)]);
    let text = String::from_utf8(bytes).unwrap();
    let lines: Vec<&str> = text.lines().skip(1).collect();
    assert_eq!(lines, ["350602,4,2,,,", "true,,,,,"]);
}

#[test]
fn formats_say_what_they_cannot_hold() {
    let out = || Out::Writer(Box::new(std::io::sink()));
    let error = |format, shape| create(format, out(), &schema(shape)).err().unwrap().to_string();
    assert!(error(Format::OsmPbf, None).starts_with("OSM PBF is read but not written; written are geojson"));
    let words =
        "table \"样本\" has no shape, and FlatGeobuf holds rows with one only; write geojson, csv, xlsx or gpkg";
    assert_eq!(error(Format::FlatGeobuf, None), words);
    let mut sink = create(Format::FlatGeobuf, out(), &schema(Some(ShapeType::Point))).unwrap();
    assert!(sink.write(&[], None).unwrap_err().to_string().starts_with("row 1 has no shape"));
    let nowhere = Out::Path("/nonexistent/folder/doors.csv".into());
    let error = create(Format::Csv, nowhere, &schema(None)).err().unwrap().to_string();
    assert!(error.starts_with("/nonexistent/folder/doors.csv cannot be written: "), "{error}");
}

/// What a reader gives back: values as a person would write them, and shapes.
fn read_back(path: &Path, columns: usize) -> Vec<(Vec<String>, Option<RawShape>)> {
    let mut source = table::open(path, &OpenOptions::default()).unwrap();
    let header = source.header().clone();
    let mut rows = Vec::new();
    let mut row = Row::default();
    loop {
        match source.read(&mut row).unwrap() {
            Step::Row => {}
            Step::End => return rows,
            Step::Fault(fault) => panic!("{fault}"),
        }
        row.cells.resize(header.columns.len(), Cell::Empty);
        // A GeoPackage numbers its rows itself.
        if header.columns.first().is_some_and(|name| name == "fid") {
            row.cells.remove(0);
        }
        let texts: Vec<String> = row.cells.iter().map(|cell| cell.text().into_owned()).collect();
        let shape = match (&texts[columns..], header.has_shapes) {
            (_, true) => row.shape.clone(),
            ([lon, lat], false) => {
                lon.parse().ok().zip(lat.parse().ok()).map(|(lon, lat): (f64, f64)| RawShape::Point([lon, lat]))
            }
            ([wkt], false) if !wkt.is_empty() => Some(table::wkt::parse(wkt).unwrap()),
            _ => None,
        };
        rows.push((texts[..columns].to_vec(), shape));
    }
}

/// Degrees of at most nine decimals.
fn degrees(whole: i64) -> impl Strategy<Value = f64> {
    (-whole * 1_000_000_000..whole * 1_000_000_000).prop_map(|nano| nano as f64 / 1e9)
}

fn position() -> impl Strategy<Value = Position> {
    (degrees(179), degrees(84)).prop_map(|(lon, lat)| [lon, lat])
}

/// A square that runs counterclockwise, with or without a hole that runs the other way.
fn square() -> impl Strategy<Value = Vec<Vec<Position>>> {
    (position(), any::<bool>()).prop_map(|([lon, lat], has_hole)| {
        let ring = |by: f64, side: f64| {
            let (x, y) = (lon + by, lat + by);
            let corners = [[x, y], [x + side, y], [x + side, y + side], [x, y + side], [x, y]];
            corners.map(|corner| corner.map(degrees::nine_decimals)).to_vec()
        };
        let hole: Vec<Position> = ring(0.125, 0.25).into_iter().rev().collect();
        if has_hole { vec![ring(0.0, 0.5), hole] } else { vec![ring(0.0, 0.5)] }
    })
}

fn shape(of: ShapeType) -> BoxedStrategy<RawShape> {
    let line = || prop::collection::vec(position(), 2..6);
    match of {
        ShapeType::Point => position().prop_map(RawShape::Point).boxed(),
        ShapeType::LineString => line().prop_map(|line| RawShape::Lines(vec![line])).boxed(),
        ShapeType::MultiLineString => prop::collection::vec(line(), 1..4).prop_map(RawShape::Lines).boxed(),
        ShapeType::Polygon => square().prop_map(|rings| RawShape::Polygons(vec![rings])).boxed(),
        ShapeType::MultiPolygon => prop::collection::vec(square(), 1..4).prop_map(RawShape::Polygons).boxed(),
        ShapeType::Any => {
            let types = [ShapeType::Point, ShapeType::MultiLineString, ShapeType::MultiPolygon];
            prop::sample::select(types.to_vec()).prop_flat_map(shape).boxed()
        }
    }
}

fn any_cells() -> impl Strategy<Value = Vec<Cell>> {
    let or_empty = |cell: BoxedStrategy<Cell>| prop_oneof![1 => Just(Cell::Empty), 4 => cell];
    let date = || (1901i16..2200, 1i8..=12, 1i8..=28).prop_map(|(y, m, d)| jiff::civil::date(y, m, d));
    let moment = (date(), 0i8..24, 0i8..60, 0i8..60).prop_map(|(day, h, m, s)| Cell::DateTime(day.at(h, m, s, 0)));
    (
        "[a-z0-9]{1,6}[ -~=+@'\n\t一-龥éЖ]{0,12}".prop_map(Cell::Text),
        or_empty(any::<i64>().prop_map(Cell::Integer).boxed()),
        or_empty((-1e12..1e12).prop_map(Cell::Real).boxed()),
        or_empty(any::<bool>().prop_map(Cell::Bool).boxed()),
        or_empty(date().prop_map(Cell::Date).boxed()),
        or_empty(moment.boxed()),
    )
        .prop_map(|(a, b, c, d, e, f)| vec![a, b, c, d, e, f])
}

fn any_table() -> impl Strategy<Value = (ShapeType, Vec<(Vec<Cell>, RawShape)>)> {
    use ShapeType::{Any, LineString, MultiLineString, MultiPolygon, Point, Polygon};
    prop::sample::select(vec![Point, LineString, MultiLineString, Polygon, MultiPolygon, Any])
        .prop_flat_map(|of| (Just(of), prop::collection::vec((any_cells(), shape(of)), 1..6)))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_format_reads_back_as_it_was_written((of, rows) in any_table()) {
        let folder = tempfile::tempdir().unwrap();
        let expected: Vec<(Vec<String>, Option<RawShape>)> = rows
            .iter()
            .map(|(cells, shape)| (cells.iter().map(|cell| cell.text().into_owned()).collect(), Some(shape.clone())))
            .collect();
        for format in WRITTEN {
            let path = folder.path().join(format!("out.{}", format.id()));
            let mut sink = create(format, Out::Path(path.clone()), &schema(Some(of))).unwrap();
            rows.iter().for_each(|(cells, shape)| sink.write(cells, Some(shape)).unwrap());
            sink.finish().unwrap();
            let mut back = read_back(&path, 6);
            // FlatGeobuf puts rows in the order of a curve.
            let mut expected = expected.clone();
            if format == Format::FlatGeobuf {
                back.sort_by(|a, b| format!("{a:?}").cmp(&format!("{b:?}")));
                expected.sort_by(|a, b| format!("{a:?}").cmp(&format!("{b:?}")));
            }
            prop_assert_eq!(back, expected, "{} of {}", format, of);
        }
    }
}
