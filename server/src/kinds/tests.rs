//! Rows of cells, cells of rows, and what is refused.

mod any;
mod cells;
mod doors;
mod real;

use super::*;
use crate::table::write::ColumnKind;
use proptest::prelude::*;
use wangge_core::domain::row::ImportRow;

/// A row of a kind from named texts, its shape beside them.
fn row_of(kind: RowKind, texts: &[(&str, &str)], shape: Option<RawShape>) -> Result<ImportRow, FieldFault> {
    let cells: Vec<(&str, Cell)> = texts.iter().map(|(name, text)| (*name, Cell::Text((*text).to_owned()))).collect();
    row_of_cells(kind, &cells, shape)
}

/// The same from named cells. Fields that are not named are not mapped.
fn row_of_cells(kind: RowKind, named: &[(&str, Cell)], shape: Option<RawShape>) -> Result<ImportRow, FieldFault> {
    let kind = of(kind);
    let at = |name: &str| named.iter().position(|(n, _)| *n == name);
    for (name, _) in named {
        assert!(kind.fields().iter().any(|field| field.name == *name), "{name} is a field");
    }
    let origins: Vec<Origin> =
        kind.fields().iter().map(|field| at(field.name).map_or(Origin::Absent, Origin::Column)).collect();
    let cells: Vec<Cell> = named.iter().map(|(_, cell)| cell.clone()).collect();
    kind.row(&Values::new(kind.fields(), &origins, &cells, shape.as_ref()))
}

fn point() -> Option<RawShape> {
    Some(RawShape::Point([117.65, 24.51]))
}

fn square() -> Option<RawShape> {
    let ring = [[117.0, 24.0], [117.1, 24.0], [117.1, 24.1], [117.0, 24.1], [117.0, 24.0]];
    Some(RawShape::Polygons(vec![vec![ring.to_vec()]]))
}

fn line(parts: &[&[[f64; 2]]]) -> Option<RawShape> {
    Some(RawShape::Lines(parts.iter().map(|part| part.to_vec()).collect()))
}

#[track_caller]
fn refusal(result: Result<ImportRow, FieldFault>) -> String {
    result.unwrap_err().to_string()
}

/// Cells of a row, and the row of those cells.
fn there_and_back(row: &ImportRow) -> Result<ImportRow, FieldFault> {
    let kind = of(row.kind());
    let (cells, shape) = kind.cells(row);
    assert_eq!(cells.len(), kind.fields().len(), "a cell a field");
    kind.row(&Values::in_order(kind.fields(), &cells, shape.as_ref()))
}

proptest! {
    #[test]
    fn cells_of_any_row_make_the_same_row(row in any::row()) {
        prop_assert_eq!(there_and_back(&row), Ok(row));
    }

    #[test]
    fn cells_written_as_text_make_the_same_row(row in any::row()) {
        let kind = of(row.kind());
        let (cells, shape) = kind.cells(&row);
        let texts: Vec<Cell> = cells.iter().map(|cell| Cell::Text(cell.text().into_owned())).collect();
        prop_assert_eq!(kind.row(&Values::in_order(kind.fields(), &texts, shape.as_ref())), Ok(row));
    }

    #[test]
    fn columns_hold_what_they_are_said_to_hold(row in any::row()) {
        let kind = of(row.kind());
        for (cell, field) in kind.cells(&row).0.iter().zip(kind.fields()) {
            let fits = matches!(
                (cell, field.column),
                (Cell::Empty, _)
                    | (Cell::Text(_), ColumnKind::Text)
                    | (Cell::Integer(_), ColumnKind::Integer)
                    | (Cell::Date(_), ColumnKind::Date)
            );
            prop_assert!(fits, "{} is {cell:?}", field.name);
        }
    }

    #[test]
    fn any_cells_make_a_row_or_a_reason(
        kind in prop::sample::select(&RowKind::ALL),
        cells in prop::collection::vec(any::cell(), 0..10),
        shape in prop::option::of(any::shape()),
    ) {
        let kind = of(kind);
        match kind.row(&Values::in_order(kind.fields(), &cells, shape.as_ref())) {
            Ok(row) => prop_assert_eq!(there_and_back(&row), Ok(row)),
            Err(fault) => {
                let known = fault.field == "geometry" || kind.fields().iter().any(|field| field.name == fault.field);
                prop_assert!(known && !fault.message.is_empty() && fault.message.len() < 1_500);
            }
        }
    }
}

#[test]
fn every_kind_is_found_and_has_fields_of_its_own() {
    assert_eq!(all().iter().map(|kind| kind.kind()).collect::<Vec<_>>(), RowKind::ALL);
    for kind in all() {
        assert_eq!(of(kind.kind()).kind(), kind.kind());
        let mut names: Vec<&str> = kind.fields().iter().map(|field| field.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), kind.fields().len(), "names of {}", kind.kind());
    }
}

#[test]
fn synonyms_are_in_the_form_headers_are_compared_in_and_stand_once() {
    for kind in all() {
        for field in kind.fields() {
            let words: Vec<&str> = field.synonyms.split_whitespace().collect();
            for (at, word) in words.iter().enumerate() {
                assert_eq!(plain(word), *word, "{} of {}", field.name, kind.kind());
                assert!(!words[..at].contains(word), "{word} stands twice in {} of {}", field.name, kind.kind());
                assert!(![plain(field.name), plain(field.zh)].contains(&plain(word)), "{word} of {}", kind.kind());
            }
        }
    }
}

#[test]
fn columns_about_people_are_known_by_their_names() {
    for name in ["姓名", "户主", "联系电话", "手机号码", "身份证号", "Phone", "mobile_phone", "业主姓名", "ID card"]
    {
        assert!(is_personal(name, false), "{name}");
    }
    assert!(is_personal("name", true) && !is_personal("name", false));
    for name in ["小区名称", "编号", "门牌号", "place", "常住人口", "网格编码"] {
        assert!(!is_personal(name, true), "{name}");
    }
}

#[test]
fn staffing_takes_badges_and_never_repeats_what_could_be_a_person() {
    let of = |holder: &str| {
        row_of(RowKind::Staffing, &[("grid", "350602001001001"), ("role", "网格员"), ("holder", holder)], None)
    };
    let Ok(ImportRow::Staffing(row)) = of("W-0417") else { panic!("a badge is taken") };
    assert_eq!((row.id.as_str(), row.role.id()), ("350602001001001/grid_member", "grid_member"));
    for person in ["张三", "Li Ming", "13805961234"] {
        let message = refusal(of(person));
        assert!(message.starts_with("holder: looks like a name or a phone number"), "{message}");
        assert!(!message.contains(person), "{message}");
    }
}
