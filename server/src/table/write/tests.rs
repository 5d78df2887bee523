//! Tables written and taken apart again.

use super::*;
use std::fs;

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
    let expected =
        format!("{{\"type\":\"FeatureCollection\",\"name\":\"样本\",\"features\":[\n{feature},\n{feature}\n]}}\n");
    assert_eq!(text, expected);
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
