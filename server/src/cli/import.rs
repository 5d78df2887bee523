//! `wangge import`: rows from files into a stopped data folder or a running server, with an account of every row.

use super::{progress::Bar, remote, say};
use anyhow::Context;
use clap::{Args, builder::PossibleValuesParser};
use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};
use wangge::{
    commit::{Service, ServiceOptions},
    import::{ImportOptions, ImportRequest, Report, look},
};
use wangge_core::domain::row::RowKind;

#[derive(Debug, Args)]
pub(super) struct ImportArgs {
    /// What the files hold
    #[arg(value_name = "KIND", value_parser = PossibleValuesParser::new(RowKind::ALL.map(RowKind::id)))]
    kind: String,
    /// GeoJSON, GeoJSONSeq, CSV, XLSX, GeoPackage, Shapefile, FlatGeobuf or OSM PBF; several are one import
    #[arg(required = true, value_name = "FILE")]
    pub(super) files: Vec<PathBuf>,
    /// Coordinate system: crs84, gcj02, bd09 or EPSG:n; what the file declares, else crs84, without it
    #[arg(long, value_name = "CRS")]
    crs: Option<String>,
    /// Go on though the coordinates fit another system better
    #[arg(long)]
    trust_crs: bool,
    /// Column a field is filled from, `field=column`; `field==text` gives every row the text
    #[arg(long, value_name = "FIELD=COLUMN")]
    map: Vec<String>,
    /// Layer or sheet to read
    #[arg(long, value_name = "NAME")]
    layer: Option<String>,
    /// Text encoding, such as gb18030; found out without it
    #[arg(long, value_name = "NAME")]
    encoding: Option<String>,
    /// Write refused rows to this file, each with its reason; its ending says the format
    #[arg(long, value_name = "FILE")]
    pub(super) rejects: Option<PathBuf>,
    /// Take nothing, only say what would be
    #[arg(long)]
    pub(super) dry_run: bool,
    /// Take the good rows though others are refused
    #[arg(long)]
    partial: bool,
    /// Repair the outlines of areas, moving no corner by more than this
    #[arg(long, value_name = "METRES")]
    repair: Option<f64>,
    /// Data folder of a server that is stopped; made when missing
    #[arg(long, value_name = "DIR", required_unless_present = "server")]
    data: Option<PathBuf>,
    /// Server to bring the rows into while it serves, such as http://127.0.0.1:8080
    #[arg(long, value_name = "URL", conflicts_with = "data")]
    server: Option<String>,
}

impl ImportArgs {
    /// What was said, as the wire has it.
    pub(super) fn options(&self) -> ImportOptions {
        ImportOptions {
            kind: self.kind.clone(),
            crs: self.crs.clone(),
            trust_crs: self.trust_crs,
            map: self.map.clone(),
            layer: self.layer.clone(),
            encoding: self.encoding.clone(),
            partial: self.partial,
            repair_m: self.repair,
        }
    }
}

pub(super) fn run(args: &ImportArgs) -> anyhow::Result<ExitCode> {
    // Said before anything is opened or sent: a word that means nothing.
    let request = ImportRequest::understand(&args.options(), args.files.clone())?;
    let report = match (&args.server, &args.data) {
        (Some(server), _) => remote::import(server, args)?,
        (None, Some(data)) => into_folder(data, &request, args)?,
        (None, None) => anyhow::bail!("say where the rows go: --data DIR or --server URL"),
    };
    say(&report.to_string());
    let whole = if args.dry_run { report.plan.would_take_whole() } else { report.is_whole() };
    Ok(if whole { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn into_folder(data: &Path, request: &ImportRequest, args: &ImportArgs) -> anyhow::Result<Report> {
    let service = Service::open(data, ServiceOptions::default())?;
    // The folder is locked by the line above, so what lies here is left over from an import that was cut short.
    let work = data.join("imports");
    clear(&work)?;
    std::fs::create_dir_all(&work).with_context(|| format!("{} cannot be made", work.display()))?;
    let report = carried_out(&service, request, &work, args);
    let cleared = clear(&work);
    service.close().context("the snapshot was not written; the log is whole")?;
    cleared?;
    report
}

fn carried_out(
    service: &std::sync::Arc<Service>,
    request: &ImportRequest,
    work: &Path,
    args: &ImportArgs,
) -> anyhow::Result<Report> {
    let bar = Bar::new();
    let prepared = look(service, request, work, &bar)?;
    drop(bar);
    if let Some(path) = &args.rejects {
        prepared.refusals().write(path)?;
    }
    say(prepared.plan().to_string().trim_end());
    if args.dry_run {
        return Ok(prepared.left("it was a dry run"));
    }
    let bar = Bar::new();
    let report = prepared.take(&bar);
    drop(bar);
    Ok(report?)
}

fn clear(folder: &Path) -> anyhow::Result<()> {
    match std::fs::remove_dir_all(folder) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        other => other.with_context(|| format!("{} cannot be cleared", folder.display())),
    }
}
