//! Tiles of a small district: what is in them, what a change forgets, and readers racing a writer.

use super::*;
use jiff::Timestamp;
use std::sync::atomic::{AtomicU64, Ordering};
use uuid::Uuid;
use wangge_core::domain::{
    apply,
    area::{AreaRow, Level},
    event::{Event, Record, SegmentRef, SegmentRows},
    feature::{BaseClass, BaseRow, RoadClass, RoadRow},
    household::{Address, HouseholdKind, HouseholdRow},
    round::Round,
    visit::{Outcome, Visit},
};
use wangge_core::format::mvt::{DecodedLayer, GeometryKind, Value, decode};
use wangge_core::geometry::shape::{MultiPolygon, Polygon, Shape};

/// North-west corner, on a corner of tiles of zoom 14 and below it of every zoom up to 22.
const ORIGIN: FixedPoint = FixedPoint { x: 13_546 << 18, y: 7_041 << 18 };
/// Side of a block: a tile of zoom 15.
const SIDE: u32 = 1 << 17;
/// Doors a block, in rows of ten.
const DOORS: u32 = 40;

fn p(x: u32, y: u32) -> FixedPoint {
    FixedPoint { x: ORIGIN.x + x, y: ORIGIN.y + y }
}

fn rectangle(x: u32, y: u32, width: u32, height: u32) -> MultiPolygon {
    vec![Polygon {
        outer: vec![p(x, y), p(x + width, y), p(x + width, y + height), p(x, y + height)],
        holes: Vec::new(),
    }]
}

/// A district of two grids side by side, each of two blocks one below the other; beside the blocks of the second grid
/// lie three doors in no block, and far outside one in no grid.
fn rows() -> Vec<SegmentRows> {
    let area = |code: &str, level, parent: Option<&str>, geometry| AreaRow {
        code: code.to_owned(),
        name: format!("名{code}"),
        level,
        parent: parent.map(str::to_owned),
        geometry,
        starts_on: None,
        ends_on: None,
    };
    let whole = || rectangle(0, 0, 3 * SIDE, 2 * SIDE);
    let mut areas = vec![
        area("350602", Level::District, None, whole()),
        area("350602001", Level::Subdistrict, Some("350602"), whole()),
        area("350602001001", Level::Community, Some("350602001"), whole()),
        area("350602001001001", Level::Grid, Some("350602001001"), rectangle(0, 0, SIDE, 2 * SIDE)),
        area("350602001001002", Level::Grid, Some("350602001001"), rectangle(SIDE, 0, 2 * SIDE, 2 * SIDE)),
    ];
    let mut doors = Vec::new();
    let mut door = |at| {
        doors.push(HouseholdRow {
            id: format!("door-{}", doors.len()),
            at,
            kind: HouseholdKind::Home,
            residents: 3,
            address: Address::default(),
        });
    };
    for (grid, x) in [("350602001001001", 0), ("350602001001002", SIDE)] {
        for block in 0..2u32 {
            let code = format!("{grid}{:03}", block + 1);
            areas.push(area(&code, Level::Block, Some(grid), rectangle(x, block * SIDE, SIDE, SIDE)));
            for i in 0..DOORS {
                door(p(x + 10_000 + (i % 10) * 10_000, block * SIDE + 10_000 + (i / 10) * 10_000));
            }
        }
    }
    for i in 0..3 {
        door(p(2 * SIDE + 50_000, 50_000 + i * 1000));
    }
    door(p(9 * SIDE, 0));
    let road = |id: &str, class, y| RoadRow {
        id: id.to_owned(),
        name: id.to_owned(),
        class,
        line: vec![p(0, y), p(3 * SIDE, y)],
    };
    let base = |id: &str, class, shape| BaseRow { id: id.to_owned(), name: String::new(), class, shape };
    vec![
        SegmentRows::Areas(areas),
        SegmentRows::Households(doors),
        SegmentRows::Roads(vec![road("胜利路", RoadClass::Primary, SIDE), road("小巷", RoadClass::Lane, 5000)]),
        SegmentRows::Base(vec![
            base("river", BaseClass::Water, Shape::Polygons(rectangle(0, 0, 3 * SIDE, 20_000))),
            base("puddle", BaseClass::Water, Shape::Polygons(rectangle(1000, 30_000, 300, 300))),
            base("house", BaseClass::Building, Shape::Polygons(rectangle(2000, 2000, 4000, 3000))),
            base("wall", BaseClass::Barrier, Shape::Line(vec![p(100, 100), p(9000, 100)])),
            base("door", BaseClass::Gate, Shape::Point(p(5000, 100))),
        ]),
    ]
}

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_790_000_000 + seconds).unwrap()
}

fn follow(district: &mut District, event: Event, rows: &[SegmentRows]) -> Changes {
    let record = Record { n: district.seq().n + 1, recorded_at: at(0), event };
    apply(district, &record, rows).unwrap()
}

fn import(district: &mut District, rows: &[SegmentRows]) -> Changes {
    let segments = rows.iter().map(|rows| SegmentRef { id: 1, rows: rows.len() as u64, crc32: 0 }).collect();
    follow(district, Event::Imported { source: "test".to_owned(), segments, today: None }, rows)
}

fn open_round(district: &mut District, id: &str) -> Changes {
    let round = Round {
        id: id.to_owned(),
        name: id.to_owned(),
        purpose: String::new(),
        starts_at: at(0),
        ends_at: None,
        scope: Vec::new(),
    };
    follow(district, Event::RoundOpened { round }, &[])
}

fn visit(district: &mut District, door: &str, round: &str, outcome: Outcome) -> Changes {
    let n = district.seq().n;
    let visit = Visit {
        id: Uuid::from_u128(u128::from(n)),
        household: door.to_owned(),
        round: Some(round.to_owned()),
        outcome,
        happened_at: at(n as i64),
        sent_at: None,
        by: None,
        channel: None,
        follow_up_at: None,
        replaces: None,
    };
    let happened_at = visit.happened_at;
    follow(district, Event::VisitRecorded { visit, round_named: true, happened_at }, &[])
}

fn district() -> District {
    let mut district = District::empty(1);
    import(&mut district, &rows());
    open_round(&mut district, "r1");
    open_round(&mut district, "r2");
    district
}

fn tile(zoom: u8, at: FixedPoint) -> TileCoord {
    TileCoord::containing(at, zoom).unwrap()
}

fn layers(names: &str) -> LayerSet {
    LayerSet::parse(names).unwrap()
}

/// The properties of a feature by its id.
fn properties(layer: &DecodedLayer<'_>, id: u64) -> Vec<(String, String)> {
    let feature = layer.features().find(|f| f.id() == Some(id)).unwrap();
    let text = |value: Value<'_>| match value {
        Value::Text(text) => text.to_owned(),
        Value::Bool(value) => value.to_string(),
        other => other.as_f64().map(|v| v.to_string()).unwrap_or_default(),
    };
    feature.properties().map(|(key, value)| (key.to_owned(), text(value))).collect()
}

fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect()
}

#[test]
fn a_shape_tile_holds_every_layer_with_slots_as_ids() {
    let district = RwLock::new(district());
    let answer = Tiles::new(1 << 20).shape(&district, &LayerSet::ALL, tile(15, p(0, 0)));
    let bytes = answer.identity();
    let decoded = decode(&bytes).unwrap();
    let names: Vec<&str> = decoded.iter().map(|layer| layer.name).collect();
    assert_eq!(names, ["areas", "households", "roads", "base"]);
    let district = district.read();
    assert_eq!(answer.shapes_version(), district.shapes_version());
    let grid = district.areas().by_code("350602001001001").unwrap();
    let expected =
        [("code", "350602001001001"), ("name", "名350602001001001"), ("level", "grid"), ("parent", "350602001001")];
    assert_eq!(properties(&decoded[0], u64::from(grid)), pairs(&expected));
    let door = district.households().by_id("door-0").unwrap();
    assert_eq!(properties(&decoded[1], u64::from(door)), pairs(&[("kind", "home")]));
    let feature = decoded[1].features().find(|f| f.id() == Some(u64::from(door))).unwrap();
    assert_eq!(feature.parts(), [[tile(15, p(0, 0)).point_in_tile(p(10_000, 10_000))]]);
    assert_eq!(decoded[1].len(), DOORS as usize, "doors of one block lie in the tile");
    let kinds: Vec<GeometryKind> = decoded[3].features().map(|f| f.kind()).collect();
    use GeometryKind::{Line, Point, Polygon};
    assert_eq!(kinds, [Polygon, Polygon, Polygon, Line, Point]);
}

#[test]
fn low_zooms_leave_out_what_would_not_be_seen() {
    let district = RwLock::new(district());
    let tiles = Tiles::new(1 << 20);
    let counts = |zoom: u8| -> Vec<(String, usize)> {
        let bytes = tiles.shape(&district, &LayerSet::ALL, tile(zoom, p(0, 0))).identity();
        decode(&bytes).unwrap().iter().map(|layer| (layer.name.to_owned(), layer.len())).collect()
    };
    let named = |expected: &[(&str, usize)]| -> Vec<(String, usize)> {
        expected.iter().map(|(name, count)| ((*name).to_owned(), *count)).collect()
    };
    // Four blocks and the doors outside them make five points; of the base only the river can be seen.
    assert_eq!(counts(9), named(&[("areas", 2), ("households", 5), ("roads", 1), ("base", 1)]));
    assert_eq!(counts(13), named(&[("areas", 5), ("households", 5), ("roads", 1), ("base", 1)]));
}

#[test]
fn an_inline_tile_shows_the_state_of_its_round() {
    let district = RwLock::new(district());
    let tiles = Tiles::new(1 << 20);
    let changes = visit(&mut district.write(), "door-0", "r1", Outcome::NoAnswer);
    tiles.forget(&district.read(), &changes);
    let (door, block) = {
        let district = district.read();
        (district.households().by_id("door-0").unwrap(), district.areas().by_code("350602001001001001").unwrap())
    };
    let answer = tiles.inline(&district, &layers("areas,households"), tile(15, p(0, 0)), Some(0));
    let bytes = answer.identity();
    let decoded = decode(&bytes).unwrap();
    let state = [("kind", "home"), ("state", "no_answer"), ("attempts", "1"), ("follow_up_due", "false")];
    assert_eq!(properties(&decoded[1], u64::from(door)), pairs(&state));
    let figures = [
        ("eligible", "40"),
        ("touched", "1"),
        ("reached", "0"),
        ("untouched", "39"),
        ("reached_share", "0"),
        ("round", "r1"),
    ];
    assert_eq!(properties(&decoded[0], u64::from(block))[4..], pairs(&figures));
    let other = tiles.inline(&district, &layers("households"), tile(15, p(0, 0)), Some(1)).identity();
    assert_eq!(properties(&decode(&other).unwrap()[0], u64::from(door))[1].1, "untouched");
}

#[test]
fn low_zooms_show_one_point_a_block_with_its_figures() {
    let district = RwLock::new(district());
    let tiles = Tiles::new(1 << 20);
    let figures = |code: &str| {
        let slot = district.read().areas().by_code(code).unwrap();
        let bytes = tiles.inline(&district, &layers("households"), tile(12, p(0, 0)), Some(0)).identity();
        properties(&decode(&bytes).unwrap()[0], u64::from(slot))
    };
    let expected = |doors: &str, reached: &str, untouched: &str, share: &str| {
        pairs(&[
            ("doors", doors),
            ("eligible", doors),
            ("touched", reached),
            ("reached", reached),
            ("untouched", untouched),
            ("reached_share", share),
        ])
    };
    assert_eq!(figures("350602001001001001"), expected("40", "0", "40", "0"));
    for door in ["door-0", "door-161"] {
        let mut district = district.write();
        let changes = visit(&mut district, door, "r1", Outcome::Met);
        tiles.forget(&district, &changes);
    }
    assert_eq!(figures("350602001001001001"), expected("40", "1", "39", "0.025"));
    // Doors of the second grid in none of its blocks are a point of their own.
    assert_eq!(figures("350602001001002"), expected("3", "1", "2", "0.3333333333333333"));
}

#[test]
fn nothing_is_drawn_outside_the_data() {
    let district = RwLock::new(district());
    let tiles = Tiles::new(1 << 20);
    let far = TileCoord::new(14, 0, 0).unwrap();
    assert!(tiles.shape(&district, &LayerSet::ALL, far).is_empty());
    assert!(tiles.inline(&district, &LayerSet::ALL, far, Some(0)).is_empty());
    let empty = RwLock::new(District::empty(1));
    assert!(Tiles::new(1 << 20).inline(&empty, &LayerSet::ALL, tile(14, p(0, 0)), None).is_empty());
}

#[test]
fn without_a_round_inline_tiles_hold_shapes() {
    let mut bare = District::empty(1);
    import(&mut bare, &rows());
    let district = RwLock::new(bare);
    let tiles = Tiles::new(1 << 20);
    let at = tile(14, p(0, 0));
    let (shape, inline) =
        (tiles.shape(&district, &LayerSet::ALL, at), tiles.inline(&district, &LayerSet::ALL, at, None));
    assert_eq!(shape.identity(), inline.identity());
}

/// Every tile that could hold something of the district: all layers and single ones, inline in both rounds, and shapes.
fn every_key() -> Vec<TileKey> {
    let mut keys = Vec::new();
    for zoom in [0, 7, 10, 11, 13, 14, 15, 16, 18, 22] {
        for place in
            [p(0, 0), p(10_000, 10_000), p(SIDE - 40, 10_000), p(SIDE, 0), p(SIDE, SIDE + 10_000), p(2 * SIDE, 0)]
        {
            for state in [StateOf::Shapes, StateOf::Round(0), StateOf::Round(1)] {
                for names in ["areas", "households", "areas,households,roads,base"] {
                    keys.push(TileKey::new(state, layers(names), tile(zoom, place)));
                }
            }
        }
    }
    keys
}

#[test]
fn a_change_forgets_exactly_the_tiles_it_changes() {
    let district = RwLock::new(district());
    let tiles = Tiles::new(64 << 20);
    let doors = ["door-0", "door-9", "door-45", "door-0", "door-0", "door-82", "door-161", "door-163"];
    let outcomes = [Outcome::NoAnswer, Outcome::Met, Outcome::Vacant, Outcome::NoAnswer, Outcome::Remote];
    let mut forgotten = 0;
    for (step, door) in doors.into_iter().enumerate() {
        let before: Vec<(TileKey, TileAnswer)> = every_key()
            .into_iter()
            .map(|key| (key, tiles.cache.get(&key).unwrap_or_else(|| tiles.draw(&district, key))))
            .collect();
        let outcome = outcomes[step % outcomes.len()];
        let round = if step % 3 == 2 { "r2" } else { "r1" };
        let changes = visit(&mut district.write(), door, round, outcome);
        tiles.forget(&district.read(), &changes);
        let fresh = Tiles::new(64 << 20);
        for (key, old) in before {
            let is_changed = fresh.draw(&district, key).tag() != old.tag();
            let is_forgotten = tiles.cache.get(&key).is_none();
            // A tile without anything in it is not kept in the first place.
            if old.is_empty() {
                continue;
            }
            assert_eq!(is_forgotten, is_changed, "step {step}, {door}, {key:?}");
            forgotten += usize::from(is_forgotten);
        }
        assert!(tiles.cache.is_consistent());
    }
    assert!(forgotten > 100, "{forgotten} tiles were forgotten");
}

#[test]
fn a_tile_of_other_doors_stays_when_a_door_changes() {
    let district = RwLock::new(district());
    let tiles = Tiles::new(1 << 20);
    let households = layers("households");
    let (here, there) = (tile(16, p(10_000, 10_000)), tile(16, p(SIDE + 70_000, SIDE + 10_000)));
    for at in [here, there] {
        tiles.inline(&district, &households, at, Some(0));
    }
    let changes = visit(&mut district.write(), "door-0", "r1", Outcome::Met);
    tiles.forget(&district.read(), &changes);
    assert!(tiles.kept_inline(&households, here, Some(0)).is_none());
    assert!(tiles.kept_inline(&households, there, Some(0)).is_some());
}

#[test]
fn new_shapes_forget_everything_and_name_their_version() {
    let district = RwLock::new(district());
    let tiles = Tiles::new(1 << 20);
    let old = tiles.shape(&district, &LayerSet::ALL, tile(14, p(0, 0)));
    let more = RoadRow {
        id: "new".to_owned(),
        name: String::new(),
        class: RoadClass::Primary,
        line: vec![p(0, 0), p(SIDE, SIDE)],
    };
    let changes = import(&mut district.write(), &[SegmentRows::Roads(vec![more])]);
    tiles.forget(&district.read(), &changes);
    let new = tiles.shape(&district, &LayerSet::ALL, tile(14, p(0, 0)));
    assert_eq!(new.shapes_version(), district.read().shapes_version());
    assert!(new.shapes_version() > old.shapes_version());
    assert_ne!(new.tag(), old.tag());
}

#[test]
fn a_tile_read_after_a_change_is_never_older() {
    let district = RwLock::new(district());
    let tiles = Tiles::new(1 << 20);
    let doors = 4 * u64::from(DOORS);
    let acknowledged = AtomicU64::new(0);
    let whole = district.read().areas().by_code("350602").unwrap();
    let (reads, failure) = (AtomicU64::new(0), Mutex::new(None));
    let write = || {
        for n in 0..doors {
            {
                let mut district = district.write();
                let changes = visit(&mut district, &format!("door-{n}"), "r1", Outcome::Met);
                tiles.forget(&district, &changes);
            }
            acknowledged.store(n + 1, Ordering::SeqCst);
            // Let the readers come round, whatever the machine's speed.
            let until = reads.load(Ordering::SeqCst) + 3;
            while reads.load(Ordering::SeqCst) < until && failure.lock().is_none() {
                std::thread::yield_now();
            }
        }
    };
    let read = &|zoom: u8| {
        while acknowledged.load(Ordering::SeqCst) < doors && failure.lock().is_none() {
            let before = acknowledged.load(Ordering::SeqCst);
            let bytes = tiles.inline(&district, &layers("areas,households"), tile(zoom, p(0, 0)), Some(0)).identity();
            let decoded = decode(&bytes).unwrap();
            let area = decoded[0].features().find(|f| f.id() == Some(u64::from(whole))).unwrap();
            let reached = area.get("reached").and_then(|v| v.as_f64()).unwrap() as u64;
            if reached < before {
                *failure.lock() = Some(format!("zoom {zoom} shows {reached} reached after {before} were acknowledged"));
            }
            reads.fetch_add(1, Ordering::SeqCst);
        }
    };
    std::thread::scope(|scope| {
        for zoom in [12, 14, 15] {
            scope.spawn(move || read(zoom));
        }
        write();
    });
    assert_eq!(*failure.lock(), None);
    assert!(tiles.cache.is_consistent());
}

#[test]
fn documents_name_their_layers_and_addresses() {
    let district = district();
    let document = tilejson(&district, &layers("areas,base"), "http://host", true);
    assert_eq!(document["tiles"][0], "http://host/tiles/areas,base/{z}/{x}/{y}");
    assert_eq!(document["vector_layers"][0]["fields"]["reached_share"], "Number");
    let shapes = tilejson(&district, &layers("areas"), "", false);
    assert_eq!(shapes["tiles"][0], format!("/shapes/{}/areas/{{z}}/{{x}}/{{y}}", district.shapes_version()));
    assert!(shapes["vector_layers"][0]["fields"].get("eligible").is_none());
    let catalog = catalog(&district, "", Some(1));
    assert_eq!(catalog["default_round"], "r2");
    assert_eq!(catalog["layers"].as_array().unwrap().len(), 4);
    assert_eq!(catalog["layers"][1]["count"], 164);
    assert_eq!(catalog["name"], "名350602");
}

#[test]
fn the_style_names_each_layer_once_and_differs_by_theme() {
    let district = district();
    let (light, dark) = (style(&district, "", Theme::Light), style(&district, "", Theme::Dark));
    let ids: Vec<&str> = light["layers"].as_array().unwrap().iter().map(|l| l["id"].as_str().unwrap()).collect();
    let unique: std::collections::HashSet<&&str> = ids.iter().collect();
    assert_eq!(unique.len(), ids.len());
    for id in [
        "background",
        "water",
        "green",
        "building",
        "barrier",
        "gate",
        "road-casing-primary",
        "road-footway",
        "area-fill-grid",
        "area-line-block",
        "households",
        "households-block",
    ] {
        assert!(ids.contains(&id), "{id}");
    }
    assert_ne!(light["layers"][0]["paint"], dark["layers"][0]["paint"]);
}
