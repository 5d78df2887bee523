//! `wangge serve`: the district of a data folder.

use super::listen::{only_loopback, serve_until_signal};
use clap::Args;
use std::{net::SocketAddr, path::PathBuf, process::ExitCode};
use wangge::{
    auth::Access,
    commit::{Service, ServiceOptions},
};

#[derive(Debug, Args)]
pub(super) struct ServeArgs {
    /// Data folder; made when missing
    #[arg(long, value_name = "DIR")]
    data: PathBuf,
    /// Address to listen on; loopback only until there are accounts and TLS
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8080")]
    bind: SocketAddr,
}

pub(super) fn run(args: &ServeArgs) -> anyhow::Result<ExitCode> {
    only_loopback(args.bind)?;
    let options = ServiceOptions { access: Access::loopback_admin(), ..ServiceOptions::default() };
    let service = Service::open(&args.data, options)?;
    tracing::info!("there are no accounts yet: whoever reaches this loopback address is the administrator");
    serve_until_signal(&service, &args.data, args.bind, |_, _| std::future::ready(()))?;
    Ok(ExitCode::SUCCESS)
}
