//! Every page of `data/schema` names exactly the fields of its kind, and its example comes in.

use super::*;
use crate::table::{self, OpenOptions, Row, Step};
use std::path::{Path, PathBuf};

fn page(kind: &dyn Kind) -> (PathBuf, String) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../data/schema");
    let path = folder.join(format!("{}.md", kind.kind()));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    (path, text)
}

/// Cells of the lines of the first table of a page, without its head.
fn table(text: &str) -> Vec<Vec<String>> {
    let lines = text.lines().skip_while(|line| !line.starts_with('|')).take_while(|line| line.starts_with('|'));
    let cells = |line: &str| line.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect();
    lines.skip(2).map(cells).collect()
}

#[test]
fn schema_pages_name_exactly_the_fields_of_their_kind() {
    for kind in all() {
        let (path, text) = page(*kind);
        let rows = table(&text);
        let named: Vec<(String, bool, String)> = rows
            .iter()
            .map(|row| (row[0].trim_matches('`').to_owned(), row[2].starts_with("yes"), row[1].clone()))
            .collect();
        let fields: Vec<(String, bool, String)> =
            kind.fields().iter().map(|field| (field.name.to_owned(), field.needed, field.zh.to_owned())).collect();
        assert_eq!(named, fields, "{}", path.display());
    }
}

#[test]
fn schema_pages_name_words_that_are_understood() {
    for kind in all() {
        let (path, text) = page(*kind);
        for row in table(&text) {
            let field = kind.fields().iter().find(|field| row[0].trim_matches('`') == field.name).unwrap();
            let words: Vec<&str> = field.synonyms.split_whitespace().collect();
            for word in row[4].split(", ").filter(|word| !word.is_empty()) {
                assert!(words.contains(&plain(word).as_str()), "{word} of {} in {}", field.name, path.display());
            }
        }
    }
}

#[test]
fn examples_of_schema_pages_come_in() {
    let folder = tempfile::tempdir().unwrap();
    for kind in all() {
        let (path, text) = page(*kind);
        let example = text.split("```csv\n").nth(1).and_then(|rest| rest.split("```").next()).expect("an example");
        let file = folder.path().join("example.csv");
        std::fs::write(&file, example).unwrap();
        let mut source = table::open(&file, &OpenOptions::default()).unwrap();
        let columns = source.header().columns.clone();
        let at = |name: &str| columns.iter().position(|column| column == name);
        let origins: Vec<Origin> =
            kind.fields().iter().map(|field| at(field.name).map_or(Origin::Absent, Origin::Column)).collect();
        let mut row = Row::default();
        let mut rows = 0;
        while source.read(&mut row).unwrap() == Step::Row {
            let cell = |name: &str| at(name).map(|at| row.cells[at].text().into_owned());
            let shape = match (cell("lon"), cell("lat"), cell("wkt")) {
                (Some(lon), Some(lat), _) => Some(RawShape::Point([lon.parse().unwrap(), lat.parse().unwrap()])),
                (.., Some(wkt)) => Some(table::wkt::parse(&wkt).unwrap()),
                _ => None,
            };
            let made = kind.row(&Values::new(kind.fields(), &origins, &row.cells, shape.as_ref()));
            assert!(made.is_ok(), "{}: {made:?}", path.display());
            rows += 1;
        }
        assert!(rows > 0, "{} has an example", path.display());
    }
}
