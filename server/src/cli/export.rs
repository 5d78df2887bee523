//! `wangge export`: a layer into a file, out of a stopped data folder or a running server.

use super::{remote, say};
use anyhow::{Context, bail};
use clap::Args;
use jiff::Timestamp;
use std::{
    io,
    path::{Path, PathBuf},
    process::ExitCode,
};
use wangge::{
    commit::{Service, ServiceOptions},
    export::{ExportRequest, Layer, Moment, export, format_of_file},
    table::write::Beside,
};

#[derive(Debug, Args)]
pub(super) struct ExportArgs {
    /// areas, households, roads, base, facilities, shops, staffing or visits
    layer: Layer,
    /// File to write; its ending says the format: geojson, geojsonl, csv, xlsx, gpkg or fgb
    file: PathBuf,
    /// What was true then: 2026-03-01T14:00:00+08:00, or 2026-03-01T14:00 by the district's clock, or 2026-03-01 for the
    /// end of that day
    #[arg(long, value_name = "TIME")]
    at: Option<Moment>,
    /// What had been recorded by then
    #[arg(long, value_name = "TIME")]
    known_at: Option<Moment>,
    /// Visits that happened then or later
    #[arg(long, value_name = "TIME")]
    from: Option<Moment>,
    /// Only what lies in the area with this code
    #[arg(long, value_name = "CODE")]
    within: Option<String>,
    /// Round of states and figures; the newest active one without it
    #[arg(long, value_name = "ID")]
    round: Option<String>,
    /// Data folder of a server that is stopped
    #[arg(long, value_name = "DIR", required_unless_present = "server", conflicts_with = "server")]
    data: Option<PathBuf>,
    /// Address of a running server
    #[arg(long, value_name = "URL")]
    server: Option<String>,
}

pub(super) fn run(args: &ExportArgs) -> anyhow::Result<ExitCode> {
    match (&args.data, &args.server) {
        (Some(data), _) => from_folder(args, data)?,
        (None, Some(server)) => from_server(args, server)?,
        (None, None) => bail!("name a data folder with --data or a server with --server"),
    }
    Ok(ExitCode::SUCCESS)
}

fn from_folder(args: &ExportArgs, data: &Path) -> anyhow::Result<()> {
    let format = format_of_file(&args.file)?;
    let request = ExportRequest {
        layer: args.layer,
        within: args.within.clone(),
        round: args.round.clone(),
        at: args.at,
        known_at: args.known_at,
        from: args.from,
    };
    let service = Service::open_existing(data, ServiceOptions::default())?;
    let exported = export(&service, &request, format, &args.file, Timestamp::now());
    service.close().context("the snapshot was not written; the log is whole")?;
    let exported = exported?;
    let of_round = exported.round.map(|id| format!(", round {id}")).unwrap_or_default();
    say(&format!(
        "{}: {} rows of {}, as of {}{of_round}",
        args.file.display(),
        exported.rows,
        args.layer,
        exported.seq
    ));
    exported.notes.iter().for_each(|note| say(&format!("note: {note}")));
    Ok(())
}

fn from_server(args: &ExportArgs, server: &str) -> anyhow::Result<()> {
    let ending = format_of_file(&args.file)?.id();
    let server = server.trim_end_matches('/');
    let mut request = remote::agent().get(format!("{server}/api/export/{}.{ending}", args.layer));
    let moments = [("at", args.at), ("known_at", args.known_at), ("from", args.from)];
    for (name, moment) in moments {
        request = request.query_pairs(moment.map(|moment| (name, moment.0.to_string())));
    }
    request = request.query_pairs(args.within.as_deref().map(|code| ("within", code)));
    request = request.query_pairs(args.round.as_deref().map(|id| ("round", id)));
    let answer = request.call().with_context(|| format!("{server} cannot be reached"))?;
    if !answer.status().is_success() {
        bail!("{}", remote::problem(answer));
    }
    let header = |name: &str| answer.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
    let (seq, round) = (header("x-seq").unwrap_or_default(), header("x-round"));
    let expected = header("content-length").and_then(|text| text.parse::<u64>().ok());
    let unwritten = || format!("{} cannot be written", args.file.display());
    let beside = Beside::new(args.file.clone());
    let mut out = std::fs::File::create(beside.partial()).with_context(unwritten)?;
    let bytes = io::copy(&mut answer.into_body().into_reader(), &mut out).with_context(unwritten)?;
    if expected.is_some_and(|expected| expected != bytes) {
        bail!("the server sent {bytes} bytes of a file of {}; nothing was written", expected.unwrap_or_default());
    }
    drop(out);
    beside.settle()?;
    let of_round = round.map(|id| format!(", round {id}")).unwrap_or_default();
    say(&format!("{}: {}, {bytes} bytes, as of {seq}{of_round}", args.file.display(), args.layer));
    Ok(())
}
