//! Every row is accounted for, whatever is in the files.

mod areas;
mod files;
mod rows;

use super::*;
use crate::commit::{Service, sample};
use serde_json::{Value, json};
use std::{
    path::{Path, PathBuf},
    sync::Arc,
};
use wangge_core::geometry::position::{FixedPoint, lonlat_from_fixed};

/// A folder with a service in it.
struct Place {
    folder: tempfile::TempDir,
    service: Arc<Service>,
}

impl Place {
    /// With nothing in the district.
    fn empty() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let service = sample::open(&folder.path().join("data"));
        Self { folder, service }
    }

    /// With the sample district.
    fn filled() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let service = sample::filled(&folder.path().join("data"));
        Self { folder, service }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        std::fs::write(&path, bytes).unwrap();
        path
    }

    /// Looks at files with these options.
    fn look(&self, options: &ImportOptions, files: &[&Path]) -> Result<Prepared, ImportError> {
        let request =
            ImportRequest::understand(options, files.iter().map(|file| file.to_path_buf()).collect()).unwrap();
        look(&self.service, &request, &self.path("work"), &Unwatched)
    }

    /// Looks at one file and takes it.
    fn take(&self, options: &ImportOptions, file: &Path) -> Report {
        self.look(options, &[file]).unwrap().take(&Unwatched).unwrap()
    }

    fn seq(&self) -> u64 {
        self.service.seq().n
    }
}

/// Rows of a kind whose coordinate system is named: a few doors do not tell it.
fn of(kind: &str) -> ImportOptions {
    ImportOptions { kind: kind.to_owned(), crs: Some("crs84".to_owned()), ..ImportOptions::default() }
}

fn partial(kind: &str) -> ImportOptions {
    ImportOptions { partial: true, ..of(kind) }
}

fn collection(features: Vec<Value>) -> Vec<u8> {
    json!({ "type": "FeatureCollection", "features": features }).to_string().into_bytes()
}

/// A place in the sample district, units east and south of its corner.
fn lonlat(x: u32, y: u32) -> [f64; 2] {
    let at = lonlat_from_fixed(FixedPoint { x: 3_550_000_000 + x, y: 1_850_000_000 + y });
    [at.lon(), at.lat()]
}

fn door(id: &str, at: [f64; 2]) -> Value {
    json!({ "type": "Feature", "geometry": { "type": "Point", "coordinates": at }, "properties": { "id": id } })
}

/// Numbers of the rows refused.
fn refused(plan: &Plan) -> Vec<u64> {
    plan.refused.iter().map(|row| row.row).collect()
}
