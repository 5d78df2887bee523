//! The wangge command.

#![forbid(unsafe_code)]

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::run().unwrap_or_else(|error| {
        eprintln!("wangge: {error:#}");
        ExitCode::FAILURE
    })
}
