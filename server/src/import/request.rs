//! An import as it was asked for, understood.

use super::options::{ImportOptions, OptionFault};
use crate::table::crs::Crs;
use std::path::{Path, PathBuf};
use wangge_core::domain::row::RowKind;

/// Largest distance a repair may move a corner.
const MOST_REPAIR_M: f64 = 50.0;
/// Characters of a source's name that are kept.
const SOURCE_LENGTH: usize = 200;

/// An import as it was asked for.
#[derive(Debug, Clone)]
pub struct ImportRequest {
    /// Which rows.
    pub kind: RowKind,
    /// The files; several are one import.
    pub files: Vec<PathBuf>,
    /// What the log says the rows came from.
    pub source: String,
    /// The coordinate system of all files; otherwise what each declares.
    pub crs: Option<Crs>,
    /// Whether to go on though the coordinates fit another system better.
    pub trust_crs: bool,
    /// Columns of fields; a column that begins with `=` is a text for every row.
    pub map: Vec<(String, String)>,
    /// Layer or sheet to read.
    pub layer: Option<String>,
    /// Text encoding to read by.
    pub encoding: Option<String>,
    /// Whether the good rows are taken though others are refused.
    pub partial: bool,
    /// Repair the outlines of areas, moving no corner by more than this many metres.
    pub repair_m: Option<f64>,
}

impl ImportRequest {
    /// Understands what was said about files.
    ///
    /// # Errors
    /// [`OptionFault`] naming the option that means nothing.
    pub fn understand(options: &ImportOptions, files: Vec<PathBuf>) -> Result<Self, OptionFault> {
        let fault = |field, message: String| OptionFault { field, message };
        let kind = options.kind.parse().map_err(|error| fault("kind", format!("{error}")))?;
        let crs = options.crs.as_deref().map(str::trim).filter(|text| !text.is_empty());
        let crs = crs.map(str::parse).transpose().map_err(|error| fault("crs", format!("{error}")))?;
        let map = options.map.iter().map(|pair| pair_of(pair)).collect::<Result<_, _>>()?;
        if let Some(metres) = options.repair_m
            && !(metres > 0.0 && metres <= MOST_REPAIR_M)
        {
            let message =
                format!("{metres} is no distance to repair by; it takes metres above 0, at most {MOST_REPAIR_M}");
            return Err(fault("repair_m", message));
        }
        let said = |text: &Option<String>| text.clone().filter(|text| !text.trim().is_empty());
        Ok(Self {
            kind,
            source: source_of(&files),
            files,
            crs,
            trust_crs: options.trust_crs,
            map,
            layer: said(&options.layer),
            encoding: said(&options.encoding),
            partial: options.partial,
            repair_m: options.repair_m,
        })
    }
}

/// `field=column`, or `field==text`.
fn pair_of(pair: &str) -> Result<(String, String), OptionFault> {
    match pair.split_once('=') {
        Some((field, column)) if !field.trim().is_empty() => Ok((field.trim().to_owned(), column.to_owned())),
        _ => {
            let message = format!(
                "{pair:?} is not of the form field=column, field==text for a text that every row gets, or field= for none"
            );
            Err(OptionFault { field: "map", message })
        }
    }
}

/// The name of a file without its folders.
pub(super) fn name_of(file: &Path) -> String {
    file.file_name().unwrap_or(file.as_os_str()).to_string_lossy().into_owned()
}

fn source_of(files: &[PathBuf]) -> String {
    let names: Vec<String> = files.iter().map(|file| name_of(file)).collect();
    names.join(", ").chars().take(SOURCE_LENGTH).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options() -> ImportOptions {
        ImportOptions { kind: "areas".to_owned(), ..ImportOptions::default() }
    }

    #[test]
    fn a_pair_names_a_column_or_a_text_for_every_row() {
        let map = ["name=town", "level==district", " code =a=b"].map(str::to_owned).to_vec();
        let request = ImportRequest::understand(&ImportOptions { map, ..options() }, Vec::new()).unwrap();
        let pair = |field: &str, column: &str| (field.to_owned(), column.to_owned());
        assert_eq!(request.map, [pair("name", "town"), pair("level", "=district"), pair("code", "a=b")]);
    }

    #[test]
    fn what_means_nothing_is_named() {
        let wrong = [
            (ImportOptions { kind: "clouds".to_owned(), ..options() }, "kind"),
            (ImportOptions { crs: Some("mars".to_owned()), ..options() }, "crs"),
            (ImportOptions { map: vec!["name".to_owned()], ..options() }, "map"),
            (ImportOptions { map: vec!["=town".to_owned()], ..options() }, "map"),
            (ImportOptions { repair_m: Some(0.0), ..options() }, "repair_m"),
            (ImportOptions { repair_m: Some(f64::NAN), ..options() }, "repair_m"),
            (ImportOptions { repair_m: Some(1e9), ..options() }, "repair_m"),
        ];
        for (options, field) in wrong {
            let fault = ImportRequest::understand(&options, Vec::new()).unwrap_err();
            assert_eq!(fault.field, field, "{fault}");
        }
    }

    #[test]
    fn the_source_names_every_file_without_its_folders() {
        let files = vec![PathBuf::from("/a/b/东.csv"), PathBuf::from("c/west.csv")];
        let request = ImportRequest::understand(&options(), files).unwrap();
        assert_eq!(request.source, "东.csv, west.csv");
    }
}
