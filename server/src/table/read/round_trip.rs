//! What our writers write, our readers read: every format, the same cells and shapes.

use super::testing::{Scratch, read};
use crate::table::{
    Cell, Format, OpenOptions, Position, RawShape,
    write::{self, Column, ColumnKind, Out, ShapeType, TableSchema},
};
use jiff::civil::{Date, date};
use proptest::prelude::*;

/// Names of the columns and what they hold.
const COLUMNS: [(&str, ColumnKind); 5] = [
    ("编号", ColumnKind::Text),
    ("residents", ColumnKind::Integer),
    ("share", ColumnKind::Real),
    ("is_open", ColumnKind::Bool),
    ("starts_on", ColumnKind::Date),
];

type TableRow = (Vec<Cell>, Option<RawShape>);

fn any_date() -> impl Strategy<Value = Date> {
    (1901_i16..2100, 1_i8..=12, 1_i8..=28).prop_map(|(year, month, day)| date(year, month, day))
}

fn any_row(shape: impl Strategy<Value = RawShape>) -> impl Strategy<Value = TableRow> {
    // Neither outer spaces nor control characters, which no table format keeps alike; formulas it must.
    let text = "[=+@'-]{0,2}[a-z漳,;\"|{}<&_][a-z漳 ,;\"\n|{}<&_]{0,8}[a-z漳]";
    let cell = |value: BoxedStrategy<Cell>| prop_oneof![1 => Just(Cell::Empty), 4 => value];
    let cells = (
        text.prop_map(Cell::Text),
        cell((-1_000_000_i64..1_000_000).prop_map(Cell::Integer).boxed()),
        cell((-1e6..1e6_f64).prop_map(|number| Cell::Real((number * 1000.0).round() / 1000.0 + 0.0625)).boxed()),
        cell(any::<bool>().prop_map(Cell::Bool).boxed()),
        cell(any_date().prop_map(Cell::Date).boxed()),
    );
    (cells, prop::option::weighted(0.9, shape)).prop_map(|((a, b, c, d, e), shape)| (vec![a, b, c, d, e], shape))
}

/// Degrees of nine decimals, as they are written.
fn any_position() -> impl Strategy<Value = Position> {
    let degrees = |most: i64| (-most * 1_000_000..most * 1_000_000).prop_map(|n| n as f64 / 1e6);
    (degrees(179), degrees(85)).prop_map(|(lon, lat)| [lon, lat])
}

/// Polygons of rings that close and run as the formats want them: rectangles with a hole.
fn any_polygons() -> impl Strategy<Value = RawShape> {
    let ring = |x: f64, y: f64, side: f64, is_hole: bool| {
        let mut ring = vec![[x, y], [x + side, y], [x + side, y + side], [x, y + side], [x, y]];
        if is_hole {
            ring.reverse();
        }
        let nine_decimals = |degrees: f64| (degrees * 1e9).round() / 1e9;
        ring.into_iter().map(|position| position.map(nine_decimals)).collect()
    };
    prop::collection::vec(any_position(), 1..4).prop_map(move |corners| {
        let polygon = |[x, y]: Position| vec![ring(x, y, 0.5, false), ring(x + 0.125, y + 0.125, 0.25, true)];
        RawShape::Polygons(corners.into_iter().map(polygon).collect())
    })
}

fn schema(shape: ShapeType) -> TableSchema {
    let column = |(name, kind): &(&str, ColumnKind)| Column { name: (*name).to_owned(), kind: *kind };
    TableSchema { name: "网格".to_owned(), columns: COLUMNS.iter().map(column).collect(), shape: Some(shape) }
}

/// Rows a format takes: each of FlatGeobuf needs a shape.
fn takes(format: Format, rows: &[TableRow]) -> Vec<TableRow> {
    rows.iter().filter(|(_, shape)| shape.is_some() || format != Format::FlatGeobuf).cloned().collect()
}

/// Rows written in a format and read again: the columns that are ours, and the shapes.
fn there_and_back(format: Format, shape: ShapeType, rows: &[TableRow]) -> Vec<TableRow> {
    let scratch = Scratch::new();
    let path = scratch.path().join(format!("t.{}", format.id()));
    let mut sink = write::create(format, Out::from(path.as_path()), &schema(shape)).unwrap();
    rows.iter().for_each(|(cells, shape)| sink.write(cells, shape.as_ref()).unwrap());
    sink.finish().unwrap();
    let (source, all) = read(&path, &OpenOptions::default()).unwrap();
    assert_eq!(source.header().format, format);
    assert_eq!(all.faults, []);
    assert!(all.stopped.is_none());
    let place = |name: &str| source.header().columns.iter().position(|column| column == name);
    let cell = |cells: &[Cell], name: &str| place(name).and_then(|at| cells.get(at).cloned()).unwrap_or_default();
    let rows = all.rows.into_iter().map(|row| {
        let shape = match row.shape {
            Some(shape) => Some(shape),
            None => shape_in_columns(|name| cell(&row.cells, name)),
        };
        (COLUMNS.iter().map(|(name, _)| cell(&row.cells, name)).collect(), shape)
    });
    rows.collect()
}

/// Shapes of formats that have none of their own.
fn shape_in_columns(cell: impl Fn(&str) -> Cell) -> Option<RawShape> {
    let number = |name: &str| cell(name).text().parse::<f64>().ok();
    match (number("lon"), number("lat"), cell("wkt")) {
        (Some(lon), Some(lat), _) => Some(RawShape::Point([lon, lat])),
        (_, _, Cell::Text(text)) if !text.is_empty() => Some(crate::table::wkt::parse(&text).unwrap()),
        _ => None,
    }
}

/// Cells as text, for formats in which all is text.
fn plain(rows: Vec<TableRow>) -> Vec<(Vec<String>, Option<RawShape>)> {
    let texts = |cells: Vec<Cell>| cells.iter().map(|cell| cell.text().into_owned()).collect();
    rows.into_iter().map(|(cells, shape)| (texts(cells), shape)).collect()
}

const TYPED: [Format; 2] = [Format::Xlsx, Format::GeoPackage];
const AS_TEXT: [Format; 4] = [Format::Csv, Format::GeoJson, Format::GeoJsonSeq, Format::FlatGeobuf];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn points_and_values_read_back(rows in prop::collection::vec(any_row(any_position().prop_map(RawShape::Point)), 1..12)) {
        for format in TYPED {
            prop_assert_eq!(there_and_back(format, ShapeType::Point, &rows), rows.clone(), "{}", format);
        }
        for format in AS_TEXT {
            let rows = takes(format, &rows);
            let found = sorted(format, there_and_back(format, ShapeType::Point, &rows));
            prop_assert_eq!(plain(found), plain(sorted(format, rows.clone())), "{}", format);
        }
    }

    #[test]
    fn polygons_read_back(rows in prop::collection::vec(any_row(any_polygons()), 1..6)) {
        for format in TYPED.into_iter().chain(AS_TEXT) {
            let rows = takes(format, &rows);
            let found = sorted(format, there_and_back(format, ShapeType::MultiPolygon, &rows));
            prop_assert_eq!(plain(found), plain(sorted(format, rows.clone())), "{}", format);
        }
    }
}

/// FlatGeobuf puts features in the order of its index.
fn sorted(format: Format, mut rows: Vec<TableRow>) -> Vec<TableRow> {
    if format == Format::FlatGeobuf {
        rows.sort_by_key(|(cells, shape)| format!("{:?} {shape:?}", cells.iter().map(Cell::text).collect::<Vec<_>>()));
    }
    rows
}
