//! Build and test commands: `cargo xtask demo | build | test | check | bench | types | web`. No product logic.

mod app;
mod build;
mod check;
mod debian;
mod fingerprint;
mod paths;
mod process;
mod shaders;
mod sizes;
mod system;
mod test;
mod toolchain;
mod types;
mod wasm;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Builds, runs and tests Wangge")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Build everything and serve the demo district; what follows is handed to `wangge demo`
    Demo {
        /// Arguments of `wangge demo`, such as `--households 100000`
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
    /// Build everything into one binary, target/release/wangge
    Build,
    /// Run every test, those in a real browser included
    Test {
        /// Only these parts; all without it
        #[arg(long, value_enum)]
        only: Vec<test::Part>,
    },
    /// Check format, lints, docs, shaders, TypeScript and the rules of the house
    Check,
    /// Measure the promises: every bench, or those named (`fanout`, `import`, `tiles`, `visits`)
    Bench {
        /// Names of benches
        names: Vec<String>,
    },
    /// Write the pages' API types anew from the server's OpenAPI document
    Types,
    /// Build the map engine and the pages into web/app/dist
    Web {
        /// Small and slow to build, as shipped; otherwise as tests use it
        #[arg(long)]
        release: bool,
    },
}

fn main() -> ExitCode {
    let result = match Cli::parse().command {
        Command::Demo { arguments } => build::demo(&arguments),
        Command::Build => build::release().map(|_| ()),
        Command::Test { only } => test::run(&only),
        Command::Check => check::run(),
        Command::Bench { names } => build::bench(&names),
        Command::Types => types::write(),
        Command::Web { release } => app::build(if release { wasm::Flavour::Release } else { wasm::Flavour::Test }),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            process::say(&format!("{error:#}"));
            ExitCode::FAILURE
        }
    }
}
