//! `wangge demo`: a generated district with a past, served, with simulated field work.

use super::listen::{only_loopback, serve_until_signal};
use anyhow::{Context, bail, ensure};
use clap::Args;
use jiff::Timestamp;
use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
    process::ExitCode,
    sync::Arc,
};
use uuid::Uuid;
use wangge::{
    auth::Access,
    commit::{Outcome, Service, ServiceOptions},
    simulate::{self, WalkOptions},
    store::{FolderLock, lock::sync_folder, sqlite::DATABASE_FILE},
};
use wangge_core::domain::{Command, event::SegmentRows};

#[derive(Debug, Args)]
pub(super) struct DemoArgs {
    /// Doors of a new district
    #[arg(long, value_name = "N", default_value_t = 50_000, value_parser = clap::value_parser!(u32).range(i64::from(simulate::LEAST_HOUSEHOLDS)..=i64::from(simulate::MOST_HOUSEHOLDS)))]
    households: u32,
    /// Seed of a new district: the same seed gives the same district
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// Address to listen on; loopback only
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8080")]
    bind: SocketAddr,
    /// Data folder to keep and go on from; without it a new one in the temporary folder, gone afterwards
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// No simulated field work
    #[arg(long)]
    calm: bool,
}

pub(super) fn run(args: DemoArgs) -> anyhow::Result<ExitCode> {
    only_loopback(args.bind)?;
    let (folder, _passing) = match &args.data {
        Some(folder) => (folder.clone(), None),
        None => {
            let folder = std::env::temp_dir().join(format!("wangge-demo-{}", Uuid::now_v7()));
            (folder.clone(), Some(Passing(folder)))
        }
    };
    if folder.join(DATABASE_FILE).exists() {
        tracing::info!("going on from {}; --households and --seed are for a new district", folder.display());
    } else {
        build(&folder, args.households, args.seed)?;
    }
    let service = Service::open_existing(&folder, options())?;
    let (calm, seed) = (args.calm, args.seed);
    serve_until_signal(&service, &folder, args.bind, move |service, mut stop| async move {
        if calm {
            return;
        }
        let households = service.district.read().households().len();
        let stopped = async move {
            // An error says that the sender is gone, which is a stop as well.
            let _ = stop.wait_for(|stop| *stop).await;
        };
        simulate::walk(service, WalkOptions::calm(households, seed), stopped).await;
    })?;
    drop(service);
    Ok(ExitCode::SUCCESS)
}

fn options() -> ServiceOptions {
    ServiceOptions { access: Access::loopback_admin(), ..ServiceOptions::default() }
}

/// Makes the district and its past beside the place it is for, and moves it there when it is whole: a start that is cut
/// short leaves no half district behind.
fn build(folder: &Path, households: u32, seed: u64) -> anyhow::Result<()> {
    let lock = FolderLock::acquire(folder)?;
    let building = folder.join("building");
    if building.exists() {
        std::fs::remove_dir_all(&building).with_context(|| format!("{} cannot be cleared", building.display()))?;
    }
    let service = Service::open(&building, options())?;
    fill(&service, households, seed)?;
    service.close()?;
    drop(service);
    let left = building.join(format!("{DATABASE_FILE}-wal"));
    ensure!(!left.exists(), "{} was not folded into its database", left.display());
    let database = folder.join(DATABASE_FILE);
    std::fs::rename(building.join(DATABASE_FILE), &database)
        .with_context(|| format!("{} cannot be put in its place", database.display()))?;
    sync_folder(folder)?;
    std::fs::remove_dir_all(&building).with_context(|| format!("{} cannot be cleared", building.display()))?;
    drop(lock);
    Ok(())
}

fn fill(service: &Arc<Service>, households: u32, seed: u64) -> anyhow::Result<()> {
    let started = std::time::Instant::now();
    let district = simulate::district(households, seed)?;
    let (rounds, past) = simulate::past(&district, seed, Timestamp::now());
    let generated = started.elapsed();
    let rows = vec![
        SegmentRows::Areas(district.areas),
        SegmentRows::Households(district.households),
        SegmentRows::Roads(district.roads),
        SegmentRows::Base(district.base),
        SegmentRows::Facilities(district.facilities),
        SegmentRows::Shops(district.shops),
        SegmentRows::Staffing(district.staffing),
    ];
    taken(service.import(&format!("generated district, {households} doors, seed {seed}"), rows))?;
    let rounds = rounds.into_iter().map(Command::OpenRound).collect();
    service.submit_blocking(rounds).into_iter().try_for_each(taken)?;
    taken(service.import("generated past", vec![SegmentRows::Visits(past)]))?;
    // Follow-ups of the past that are due already.
    service.submit_blocking(vec![Command::AdvanceClock]).into_iter().try_for_each(taken)?;
    tracing::info!(
        households,
        seed,
        generated_ms = generated.as_millis() as u64,
        ms = started.elapsed().as_millis() as u64,
        "district made"
    );
    Ok(())
}

fn taken(outcome: Outcome) -> anyhow::Result<()> {
    match outcome {
        Outcome::Accepted(_) | Outcome::Repeated(_) => Ok(()),
        Outcome::Refused(refusal) => bail!("the generated district is refused: {refusal}"),
        Outcome::Failed(failure) => bail!("the generated district is not written: {failure}"),
    }
}

/// A folder that goes when its owner does.
struct Passing(PathBuf);

impl Drop for Passing {
    fn drop(&mut self) {
        if let Err(error) = std::fs::remove_dir_all(&self.0) {
            tracing::debug!(%error, "temporary folder stays");
        }
    }
}
