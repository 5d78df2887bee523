//! The commands a person types.

mod check;
mod demo;
mod export;
mod import;
mod listen;
mod progress;
mod remote;
mod serve;
mod template;

use clap::{Parser, Subcommand};
use std::{
    io::{IsTerminal, Write},
    process::ExitCode,
};
use tracing_subscriber::EnvFilter;

/// Map server for community-grid work.
#[derive(Debug, Parser)]
#[command(name = "wangge", version, about, long_about = None)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve a generated district with simulated field work
    Demo(demo::DemoArgs),
    /// Serve the district of a data folder
    Serve(serve::ServeArgs),
    /// Take rows in from files, into a stopped data folder or a running server
    Import(import::ImportArgs),
    /// Write a layer to a file
    Export(export::ExportArgs),
    /// Write a form to fill in and import, as CSV or Excel
    Template(template::TemplateArgs),
    /// Verify the log, its snapshots and its figures
    Check(check::CheckArgs),
    /// Print the OpenAPI document
    Openapi,
}

/// Runs the command the process was started with.
pub(crate) fn run() -> anyhow::Result<ExitCode> {
    let cli = Cli::parse();
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .init();
    match cli.command {
        Command::Demo(args) => demo::run(args),
        Command::Serve(args) => serve::run(&args),
        Command::Import(args) => import::run(&args),
        Command::Export(args) => export::run(&args),
        Command::Template(args) => template::run(&args),
        Command::Check(args) => check::run(&args),
        Command::Openapi => openapi(),
    }
}

fn openapi() -> anyhow::Result<ExitCode> {
    let text = wangge::api::openapi().to_pretty_json()?;
    say(&text);
    Ok(ExitCode::SUCCESS)
}

/// A line on standard output; that nobody reads it is no reason to stop.
fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
}
