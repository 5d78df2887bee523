//! A small district for tests: two grids of two blocks, three doors a block, two doors outside all grids.

use jiff::Timestamp;
use std::{path::Path, sync::Arc};
use uuid::Uuid;
use wangge_core::{
    domain::{
        area::{AreaRow, Level},
        event::SegmentRows,
        household::{Address, HouseholdKind, HouseholdRow},
        round::Round,
        visit::{Outcome as Came, Visit},
    },
    geometry::{position::FixedPoint, shape::Polygon},
};

use super::{Command, Outcome, Service, ServiceOptions};

const SIDE: u32 = 100_000;

fn point(x: u32, y: u32) -> FixedPoint {
    FixedPoint { x: 3_550_000_000 + x, y: 1_850_000_000 + y }
}

fn rectangle(x: u32, y: u32, width: u32, height: u32) -> Vec<Polygon> {
    let outer = vec![point(x, y), point(x + width, y), point(x + width, y + height), point(x, y + height)];
    vec![Polygon { outer, holes: Vec::new() }]
}

pub(crate) fn areas() -> Vec<AreaRow> {
    let area = |code: &str, level, parent: Option<&str>, geometry| AreaRow {
        code: code.to_owned(),
        name: code.to_owned(),
        level,
        parent: parent.map(str::to_owned),
        geometry,
        starts_on: None,
        ends_on: None,
    };
    let whole = rectangle(0, 0, 2 * SIDE, 2 * SIDE);
    let mut areas = vec![
        area("350602", Level::District, None, whole.clone()),
        area("350602001", Level::Subdistrict, Some("350602"), whole.clone()),
        area("350602001001", Level::Community, Some("350602001"), whole),
    ];
    for (column, grid) in ["350602001001001", "350602001001002"].into_iter().enumerate() {
        let x = column as u32 * SIDE;
        areas.push(area(grid, Level::Grid, Some("350602001001"), rectangle(x, 0, SIDE, 2 * SIDE)));
        for row in 0..2u32 {
            let code = format!("{grid}{:03}", row + 1);
            areas.push(area(&code, Level::Block, Some(grid), rectangle(x, row * SIDE, SIDE, SIDE)));
        }
    }
    areas
}

pub(crate) fn households() -> Vec<HouseholdRow> {
    let blocks =
        (0..4u32).flat_map(|block| (1..4).map(move |i| (block % 2 * SIDE + 20_000 * i, block / 2 * SIDE + 30_000)));
    let outside = [(3 * SIDE, 30_000), (3 * SIDE, 60_000)];
    blocks
        .chain(outside)
        .enumerate()
        .map(|(i, (x, y))| HouseholdRow {
            id: format!("door-{i}"),
            at: point(x, y),
            kind: HouseholdKind::Home,
            residents: 3,
            address: Address { place: "漳华路".to_owned(), door: "101".to_owned(), ..Address::default() },
        })
        .collect()
}

pub(crate) fn round(id: &str) -> Round {
    let starts_at = Timestamp::from_second(1_700_000_000).unwrap();
    Round {
        id: id.to_owned(),
        name: id.to_owned(),
        purpose: String::new(),
        starts_at,
        ends_at: None,
        scope: Vec::new(),
    }
}

/// A visit that happened a while ago.
pub(crate) fn visit(id: u128, door: usize, outcome: Came) -> Visit {
    Visit {
        id: Uuid::from_u128(id),
        household: format!("door-{door}"),
        round: None,
        outcome,
        happened_at: Timestamp::from_second(1_750_000_000 + id as i64).unwrap(),
        sent_at: None,
        by: None,
        channel: None,
        follow_up_at: None,
        replaces: None,
    }
}

/// Service over a folder, without the district.
pub(crate) fn open(folder: &Path) -> Arc<Service> {
    Service::open(folder, ServiceOptions::default()).unwrap()
}

/// Service over a new log with the district and one open round, `now`.
pub(crate) fn filled(folder: &Path) -> Arc<Service> {
    let service = open(folder);
    fill(&service);
    service
}

pub(crate) fn fill(service: &Service) {
    let rows = vec![SegmentRows::Areas(areas()), SegmentRows::Households(households())];
    assert!(matches!(service.import("sample", rows), Outcome::Accepted(_)));
    let opened = service.submit_blocking(vec![Command::OpenRound(round("now"))]);
    assert!(matches!(opened[..], [Outcome::Accepted(_)]));
}
