//! A small district for tests: two grids of two blocks, three doors a block, two doors outside all grids.

use super::{
    District, apply,
    area::{AreaRow, Level},
    event::{Event, Record, SegmentRef, SegmentRows},
    household::{Address, HouseholdKind, HouseholdRow},
    round::Round,
};
use crate::geometry::{position::FixedPoint, shape::Polygon};
use jiff::Timestamp;

pub(super) const SIDE: u32 = 100_000;
const ORIGIN: FixedPoint = FixedPoint { x: 3_550_000_000, y: 1_850_000_000 };

pub(super) fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_790_000_000 + seconds).unwrap()
}

fn rectangle(x: u32, y: u32, width: u32, height: u32) -> Vec<Polygon> {
    let p = |dx: u32, dy: u32| FixedPoint { x: ORIGIN.x + x + dx, y: ORIGIN.y + y + dy };
    vec![Polygon { outer: vec![p(0, 0), p(width, 0), p(width, height), p(0, height)], holes: Vec::new() }]
}

pub(super) fn rows() -> (Vec<AreaRow>, Vec<HouseholdRow>) {
    let mut areas = Vec::new();
    let mut area = |code: &str, level, parent: Option<&str>, geometry| {
        areas.push(AreaRow {
            code: code.to_owned(),
            name: code.to_owned(),
            level,
            parent: parent.map(str::to_owned),
            geometry,
            starts_on: None,
            ends_on: None,
        });
    };
    area("350602", Level::District, None, rectangle(0, 0, 2 * SIDE, 2 * SIDE));
    area("350602001", Level::Subdistrict, Some("350602"), rectangle(0, 0, 2 * SIDE, 2 * SIDE));
    area("350602001001", Level::Community, Some("350602001"), rectangle(0, 0, 2 * SIDE, 2 * SIDE));
    for (g, grid) in ["350602001001001", "350602001001002"].into_iter().enumerate() {
        let x = g as u32 * SIDE;
        area(grid, Level::Grid, Some("350602001001"), rectangle(x, 0, SIDE, 2 * SIDE));
        for b in 0..2u32 {
            let code = format!("{grid}{:03}", b + 1);
            area(&code, Level::Block, Some(grid), rectangle(x, b * SIDE, SIDE, SIDE));
        }
    }
    let mut doors = Vec::new();
    let mut door = |x: u32, y: u32| {
        doors.push(HouseholdRow {
            id: format!("door-{}", doors.len()),
            at: FixedPoint { x: ORIGIN.x + x, y: ORIGIN.y + y },
            kind: HouseholdKind::Home,
            residents: 3,
            address: Address { place: "漳华路".to_owned(), door: "101".to_owned(), ..Address::default() },
        });
    };
    for block in 0..4u32 {
        for i in 0..3u32 {
            door((block % 2) * SIDE + 20_000 * (i + 1), (block / 2) * SIDE + 30_000);
        }
    }
    door(3 * SIDE, 30_000);
    door(3 * SIDE, 60_000);
    (areas, doors)
}

pub(super) fn round(id: &str, from: i64, to: Option<i64>, scope: &[&str]) -> Round {
    Round {
        id: id.to_owned(),
        name: id.to_owned(),
        purpose: String::new(),
        starts_at: at(from),
        ends_at: to.map(at),
        scope: scope.iter().map(|s| (*s).to_owned()).collect(),
    }
}

/// Applies an event as the writer does.
pub(super) fn follow(district: &mut District, event: Event, recorded_at: Timestamp) -> super::Changes {
    let record = Record { n: district.seq().n + 1, recorded_at, event };
    apply(district, &record, &[]).unwrap()
}

/// The small district with two rounds: `past` over seconds 0..1000, `now` from 1000 on.
pub(super) fn district() -> District {
    let (areas, households) = rows();
    let mut district = District::empty(1);
    let segments = [SegmentRows::Areas(areas), SegmentRows::Households(households)];
    let named = segments.iter().map(|s| SegmentRef { id: 1, rows: s.len() as u64, crc32: 0 }).collect();
    let event = Event::Imported { source: "sample".to_owned(), segments: named, today: None };
    apply(&mut district, &Record { n: 1, recorded_at: at(0), event }, &segments).unwrap();
    for round in [round("past", 0, Some(1000), &[]), round("now", 1000, None, &["350602001001001"])] {
        follow(&mut district, Event::RoundOpened { round }, at(0));
    }
    district
}
