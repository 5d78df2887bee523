//! What the benches share: a generated district being served, and rounds that alternate with a floor.
#![allow(dead_code)]

use jiff::Timestamp;
use std::sync::Arc;
use wangge::{
    auth::Access,
    commit::{Outcome, Service, ServiceOptions},
    simulate,
};
use wangge_core::domain::{
    Command,
    event::SegmentRows,
    round::Round,
    visit::{Outcome as Came, Visit},
};

/// Rounds of which the median is told.
pub const ROUNDS: usize = 5;

/// Service over a generated district of `households` doors with one open round, in a folder that goes with the process.
pub fn service(folder: &std::path::Path, households: u32) -> Arc<Service> {
    let options = ServiceOptions { access: Access::loopback_admin(), ..ServiceOptions::default() };
    let service = Service::open(folder, options).expect("a new folder opens");
    let made = simulate::district(households, 1).expect("the generator knows this size");
    let rows = vec![
        SegmentRows::Areas(made.areas),
        SegmentRows::Households(made.households),
        SegmentRows::Roads(made.roads),
        SegmentRows::Base(made.base),
    ];
    assert!(matches!(service.import("bench", rows), Outcome::Accepted(_)));
    let round = Round {
        id: "bench".to_owned(),
        name: "bench".to_owned(),
        purpose: String::new(),
        starts_at: Timestamp::UNIX_EPOCH,
        ends_at: None,
        scope: Vec::new(),
    };
    assert!(matches!(service.submit_blocking(vec![Command::OpenRound(round)])[0], Outcome::Accepted(_)));
    service
}

/// A visit at one of the doors, all over the district as `i` counts up.
pub fn visit(service: &Service, i: u64) -> Command {
    let slot = (i.wrapping_mul(7919) % service.district.read().households().len() as u64) as u32;
    Command::Visit(Visit {
        id: uuid::Uuid::now_v7(),
        household: service.district.read().households().id(slot).to_owned(),
        round: None,
        outcome: Came::ALL[(i % 5) as usize],
        happened_at: Timestamp::now(),
        sent_at: None,
        by: None,
        channel: None,
        follow_up_at: None,
        replaces: None,
    })
}

/// Middle of some figures.
pub fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures[figures.len() / 2]
}

/// Prints a figure beside its floor: medians, and the median of the ratios round by round.
pub fn tell(what: &str, unit: &str, ours: &[f64], floor: &[f64]) {
    let ratio = median(ours.iter().zip(floor).map(|(o, f)| o / f).collect());
    println!(
        "{what:<44} {:>10.0} {unit}   floor {:>10.0} {unit}   ratio {ratio:.2}",
        median(ours.to_vec()),
        median(floor.to_vec())
    );
}
