//! `wangge import`: rows from a file into a stopped data folder, with an account of every row.

use super::say;
use anyhow::{Context, bail};
use clap::{Args, ValueEnum};
use std::{path::PathBuf, process::ExitCode};
use wangge::{
    commit::{Service, ServiceOptions},
    import::{ImportKind, ImportOptions, Report, import, write_rejects},
};

#[derive(Debug, Args)]
pub(super) struct ImportArgs {
    /// What the file holds
    kind: Kind,
    /// GeoJSON file (RFC 7946: WGS-84, longitude first)
    file: PathBuf,
    /// Data folder of a server that is stopped; made when missing
    #[arg(long, value_name = "DIR", required_unless_present = "server")]
    data: Option<PathBuf>,
    /// Not there yet: import into a running server
    #[arg(long, value_name = "URL", conflicts_with = "data")]
    server: Option<String>,
    /// Take nothing, only say what would be
    #[arg(long)]
    dry_run: bool,
    /// Take the good rows though others are refused
    #[arg(long)]
    partial: bool,
    /// Write refused rows to this file as GeoJSON, each with its reason
    #[arg(long, value_name = "FILE")]
    rejects: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Kind {
    Areas,
    Households,
}

pub(super) fn run(args: &ImportArgs) -> anyhow::Result<ExitCode> {
    let Some(data) = &args.data else {
        bail!("importing into a running server is not there yet; stop it and name its folder with --data");
    };
    let bytes = std::fs::read(&args.file).with_context(|| format!("{} cannot be read", args.file.display()))?;
    let kind = match args.kind {
        Kind::Areas => ImportKind::Areas,
        Kind::Households => ImportKind::Households,
    };
    let source = args.file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let service = Service::open(data, ServiceOptions::default())?;
    let options = ImportOptions { partial: args.partial, dry_run: args.dry_run };
    let report = import(&service, kind, &source, &bytes, options).with_context(|| args.file.display().to_string());
    service.close().context("the snapshot was not written; the log is whole")?;
    let report = report?;
    if let Some(path) = &args.rejects {
        write_rejects(path, &bytes, &report.refused)
            .with_context(|| format!("{} cannot be written", path.display()))?;
    }
    print(&report, args);
    let whole = if args.dry_run { report.refused.is_empty() } else { report.is_whole() };
    Ok(if whole { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn print(report: &Report, args: &ImportArgs) {
    report.refused.iter().for_each(|row| say(&format!("refused: {row}")));
    let refused = report.refused.len();
    let file = args.file.display();
    say(&if args.dry_run {
        format!("{file}: {} rows: {} would be taken, {refused} refused; dry run, nothing was taken", report.rows(), {
            if refused == 0 || args.partial { report.good } else { 0 }
        })
    } else {
        format!("{file}: {} rows: {} taken, {refused} refused", report.rows(), report.taken)
    });
    if report.taken < report.good && !args.dry_run {
        say(&format!("{} good rows were left out because of those refused; --partial takes them", report.good));
    }
    if report.unassigned > 0 {
        say(&format!("{} of the doors taken lie in no grid; they are counted as unassigned", report.unassigned));
    }
}
