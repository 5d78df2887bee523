//! `wangge check`: prints everything that is wrong with a data folder.

use super::say;
use clap::Args;
use std::{path::PathBuf, process::ExitCode};
use wangge::{check::check, store::SqliteStore};

#[derive(Debug, Args)]
pub(super) struct CheckArgs {
    /// Data folder
    #[arg(long, value_name = "DIR")]
    data: PathBuf,
}

pub(super) fn run(args: &CheckArgs) -> anyhow::Result<ExitCode> {
    let store = SqliteStore::open_existing(&args.data)?;
    let report = check(&store)?;
    report.findings.iter().for_each(|finding| say(finding));
    say(&format!(
        "{} events, {} segments, {} snapshots, {} doors, {} visits verified: {}",
        report.events,
        report.segments,
        report.snapshots,
        report.doors,
        report.visits,
        match report.findings.len() {
            0 => "all sound".to_owned(),
            1 => "1 finding".to_owned(),
            count => format!("{count} findings"),
        }
    ));
    Ok(if report.findings.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
