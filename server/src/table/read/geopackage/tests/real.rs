//! Real files, counted; skipped aloud without them.

use super::layer;
use crate::table::{
    Cell, OpenOptions, names,
    read::testing::{counts, geodata, read},
};

#[test]
fn the_microgrids_of_tainan_are_all_there() {
    let Some(path) = geodata("tainan/microgrids.gpkg") else { return };
    let (source, all) = read(&path, &OpenOptions::default()).unwrap();
    assert_eq!((all.rows.len(), all.faults.len()), (12_774, 0));
    let households = source.header().columns.iter().position(|name| name.contains("household")).unwrap();
    let null = all.rows.iter().filter(|row| row.cells[households].is_empty()).count();
    assert_eq!(null, 944);
    let sum: i64 = all.rows.iter().filter_map(|row| row.cells[households].text().parse::<i64>().ok()).sum();
    assert_eq!(sum, 676_505);
    assert!(all.rows.iter().all(|row| row.shape.is_some()));
}

#[test]
fn the_layers_of_astana_and_wuhan_have_their_rows() {
    let Some(path) = geodata("osm_astana/astana.gpkg") else { return };
    assert_eq!(names(&path).unwrap(), ["roads", "buildings", "barriers"]);
    for (name, rows) in [("roads", 10_664), ("buildings", 32_333), ("barriers", 134)] {
        assert_eq!(counts(&path, &layer(name)), (rows, 0), "{name}");
    }
    let Some(path) = geodata("roads_wuhan/roads.gpkg") else { return };
    assert_eq!(counts(&path, &OpenOptions::default()), (74_907, 0));
    let Some(path) = geodata("osm_helsinki/helsinki_population_grid_2020.gpkg") else { return };
    assert_eq!(counts(&path, &OpenOptions::default()).0, 92);
}

#[test]
fn numbers_of_real_files_are_numbers() {
    let Some(path) = geodata("osm_astana/astana.gpkg") else { return };
    let (_, all) = read(&path, &layer("roads")).unwrap();
    assert!(all.rows.iter().all(|row| row.cells.iter().any(|cell| matches!(cell, Cell::Integer(_) | Cell::Text(_)))));
}
