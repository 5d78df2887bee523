//! Import from files: every row is accounted for, and a bad file changes nothing.

mod bad;
mod datum;
mod files;
mod memory;
mod real;
mod remote;
mod update;

use crate::harness::{Server, binary, folder, wangge, words};
use serde_json::{Value, json};
use std::{
    fs,
    path::{Path, PathBuf},
};

/// Said of files of a few rows: they do not tell the coordinate system they are in.
const CRS84: [&str; 2] = ["--crs", "crs84"];

/// An import that ran to its end.
struct Done {
    ok: bool,
    said: String,
}

impl Done {
    /// Checks that every row was taken.
    #[track_caller]
    fn whole(self) -> Self {
        assert!(self.ok, "{}", self.said);
        self
    }

    /// Checks that it was refused, calmly and with these words.
    #[track_caller]
    fn refused(self, with: &[&str]) -> Self {
        assert!(!self.ok, "taken: {}", self.said);
        assert!(!self.said.contains("panicked") && !self.said.trim().is_empty(), "{}", self.said);
        for words in with {
            assert!(self.said.contains(words), "{words:?} is missing: {}", self.said);
        }
        self
    }

    /// The number behind a word of the report.
    #[track_caller]
    fn count(&self, word: &str) -> u64 {
        let line = self.said.lines().find(|line| line.trim_start().starts_with(word));
        let number = line.and_then(|line| line.split_whitespace().last()).map(|number| number.replace(',', ""));
        number.and_then(|number| number.parse().ok()).unwrap_or_else(|| panic!("no count of {word}: {}", self.said))
    }
}

/// Imports files into a stopped folder.
fn import(kind: &str, files: &[&Path], data: &Path, more: &[&str]) -> Done {
    let mut all = vec!["import", kind];
    all.extend(files.iter().map(|file| text(file)));
    all.extend(["--data", text(data)]);
    all.extend(more);
    let output = wangge(&all);
    Done { ok: output.status.success(), said: words(&output) }
}

fn text(path: &Path) -> &str {
    path.to_str().expect("a path")
}

fn samples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../data/samples")
}

/// The folder with real data; none, said aloud, where there is none.
fn geodata() -> Option<PathBuf> {
    let folder = std::env::var_os("WANGGE_GEODATA").map(PathBuf::from);
    if folder.is_none() {
        eprintln!("skipped: WANGGE_GEODATA is not set");
    }
    folder
}

fn write(folder: &Path, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
    let file = folder.join(name);
    fs::write(&file, bytes).expect("a file");
    file
}

/// Writes a collection of features to a file.
fn collection(folder: &Path, features: &[Value]) -> PathBuf {
    write(folder, "in.geojson", json!({ "type": "FeatureCollection", "features": features }).to_string())
}

fn area(code: &str, level: &str, parent: Option<&str>, ring: Value) -> Value {
    json!({ "type": "Feature", "properties": { "code": code, "name": code, "level": level, "parent": parent },
            "geometry": { "type": "Polygon", "coordinates": [ring] } })
}

fn district(ring: Value) -> Value {
    area("350602", "district", None, ring)
}

/// A ring around the box from a corner, degrees wide and high.
fn rectangle([west, south]: [f64; 2], [width, height]: [f64; 2]) -> Value {
    let (east, north) = (west + width, south + height);
    json!([[west, south], [east, south], [east, north], [west, north], [west, south]])
}

fn door(id: &str, at: Value) -> Value {
    json!({ "type": "Feature", "properties": { "id": id, "kind": "home" }, "geometry": { "type": "Point", "coordinates": at } })
}

/// A district of two grids side by side, each 0.01 degrees wide.
fn two_grids(folder: &Path, data: &Path) {
    let whole = rectangle([117.6, 24.5], [0.02, 0.02]);
    let rows = [
        district(whole.clone()),
        area("350602001", "subdistrict", Some("350602"), whole.clone()),
        area("350602001001", "community", Some("350602001"), whole),
        area("350602001001001", "grid", Some("350602001001"), rectangle([117.6, 24.5], [0.01, 0.02])),
        area("350602001001002", "grid", Some("350602001001"), rectangle([117.61, 24.5], [0.01, 0.02])),
    ];
    import("areas", &[&collection(folder, &rows)], data, &[]).whole();
}

/// Lines of doors: id, longitude, latitude, residents.
fn doors(rows: &[(&str, f64, f64, u32)]) -> String {
    let lines = rows.iter().map(|(id, lon, lat, residents)| format!("{id},{lon},{lat},{residents}\n"));
    std::iter::once("id,lon,lat,residents\n".to_owned()).chain(lines).collect()
}

/// Everything the server knows of its doors, by id.
fn known_doors(data: &Path) -> Vec<crate::harness::district::Door> {
    let server = Server::demo_with(data, &["--calm"]);
    server.doors("?limit=10000")
}
