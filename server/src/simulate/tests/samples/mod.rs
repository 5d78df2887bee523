//! The samples in `data/`: what the generator makes of a small seed, in every format an import reads.
//!
//! They are held against what they mean, not byte by byte: every file is read as an import reads it, its columns guessed
//! from their names, and must give the rows it was made of.

mod files;
mod rows;
mod shapefile;

use crate::import::mapping::Mapping;
use crate::kinds;
use crate::table::{OpenOptions, Row, Step, open};
use files::{File, files};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use wangge_core::domain::area::AreaRow;
use wangge_core::domain::feature::BaseRow;
use wangge_core::domain::row::ImportRow;
use wangge_core::geometry::shape::Shape;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../data/samples")
}

/// The rows of a file as an import reads them, by key.
fn read(path: &Path, file: &File) -> BTreeMap<String, ImportRow> {
    let mut source = open(path, &OpenOptions::default()).unwrap_or_else(|e| unread(file, &e));
    let mut all = Vec::new();
    loop {
        let mut row = Row::default();
        match source.read(&mut row).unwrap_or_else(|e| unread(file, &e)) {
            Step::Row => all.push(row),
            Step::Fault(fault) => unread(file, &fault),
            Step::End => break,
        }
    }
    let kind = kinds::of(file.kind);
    let mapping = Mapping::guess(kind, source.header(), &all).with(&[]).unwrap_or_else(|e| unread(file, &e));
    // A GeoPackage numbers its rows itself.
    let unused: Vec<String> = mapping.unused().into_iter().filter(|column| column != "fid").collect();
    assert_eq!(unused, [""; 0], "{}", file.name);
    let rows = all.iter().map(|row| {
        let shape = mapping.shape(row).unwrap_or_else(|e| unread(file, &e));
        let row = kind.row(&mapping.values(row, shape.as_deref())).unwrap_or_else(|e| unread(file, &e));
        (row.key().to_owned(), from_least(row))
    });
    rows.collect()
}

fn unread(file: &File, cause: &dyn std::fmt::Display) -> ! {
    panic!("{}: {cause}", file.name)
}

/// The row with every ring begun at its least position: a ring may come back begun elsewhere.
fn from_least(mut row: ImportRow) -> ImportRow {
    let polygons = match &mut row {
        ImportRow::Area(AreaRow { geometry, .. }) => geometry,
        ImportRow::Base(BaseRow { shape: Shape::Polygons(polygons), .. }) => polygons,
        _ => return row,
    };
    for polygon in polygons {
        for ring in std::iter::once(&mut polygon.outer).chain(&mut polygon.holes) {
            let least = (0..ring.len()).min_by_key(|at| ring[*at]).unwrap_or(0);
            ring.rotate_left(least);
        }
    }
    row
}

#[test]
fn every_sample_reads_as_the_rows_it_was_made_of() {
    for file in files() {
        let expected: BTreeMap<_, _> =
            file.rows.iter().map(|row| (row.key().to_owned(), from_least(row.clone()))).collect();
        let told = "if that is meant, run the ignored test beside this one to write it anew";
        assert!(read(&folder().join(&file.name), &file) == expected, "{} differs; {told}", file.name);
    }
}

#[test]
fn the_folder_holds_the_samples_and_nothing_else() {
    let there: BTreeSet<String> =
        fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    assert_eq!(there, files().into_iter().map(|file| file.name).collect());
}

#[test]
fn a_sample_is_small() {
    for file in files() {
        assert!((1..=40).contains(&file.rows.len()), "{} has {} rows", file.name, file.rows.len());
        let bytes = fs::metadata(folder().join(&file.name)).unwrap().len();
        assert!(bytes < 60_000, "{} has {bytes} bytes", file.name);
    }
}

#[test]
#[ignore = "writes data/samples anew; run by hand when the generator or a format changed on purpose"]
fn write_the_samples() {
    let _ = fs::remove_dir_all(folder());
    fs::create_dir_all(folder()).unwrap();
    for file in files() {
        files::write(&folder().join(&file.name), &file);
    }
}
