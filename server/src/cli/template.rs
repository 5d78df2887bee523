//! `wangge template`: a form of a kind's columns to fill in and import.

use super::say;
use clap::Args;
use std::{path::PathBuf, process::ExitCode};
use wangge::export::{format_of_file, write_template};
use wangge_core::domain::row::RowKind;

#[derive(Debug, Args)]
pub(super) struct TemplateArgs {
    /// areas, households, roads, base, facilities, shops or staffing
    kind: RowKind,
    /// File to write, ending in .csv or .xlsx
    file: PathBuf,
}

pub(super) fn run(args: &TemplateArgs) -> anyhow::Result<ExitCode> {
    write_template(args.kind, format_of_file(&args.file)?, &args.file)?;
    say(&format!("{}: fill it in from row 2 on, then wangge import {} {0}", args.file.display(), args.kind));
    Ok(ExitCode::SUCCESS)
}
