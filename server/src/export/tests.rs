//! Layers out of a small district: what goes out is what is there, and reads back as the same rows.

use super::*;
use crate::{
    commit::{Outcome, sample},
    kinds::{self, Values},
    table::{self, OpenOptions, Row, Step, write::WRITTEN},
};
use std::{collections::BTreeMap, path::PathBuf, sync::Arc};
use tempfile::TempDir;
use wangge_core::{
    domain::{
        Command,
        area::AreaRow,
        event::SegmentRows,
        facility::{FacilityKind, FacilityRow},
        feature::{BaseClass, BaseRow, RoadClass, RoadRow},
        row::ImportRow,
        shop::ShopRow,
        staffing::{StaffRole, StaffingRow},
        visit::{Outcome as Came, Visit},
    },
    geometry::{position::FixedPoint, shape::Shape},
};

const GRID: &str = "350602001001001";

struct World {
    service: Arc<Service>,
    folder: TempDir,
}

fn at(x: u32, y: u32) -> FixedPoint {
    FixedPoint { x: 3_550_000_000 + x, y: 1_850_000_000 + y }
}

/// Two grids side by side, each 100,000 units wide and 200,000 high, with something of every kind.
fn world() -> World {
    let folder = tempfile::tempdir().unwrap();
    let service = sample::filled(&folder.path().join("data"));
    let road =
        |id: &str, line: Vec<FixedPoint>| RoadRow { id: id.into(), name: "".into(), class: RoadClass::Lane, line };
    let base = |id: &str, class, shape| BaseRow { id: id.into(), name: "湖".into(), class, shape };
    let facility = |id: &str, x| FacilityRow {
        id: id.into(),
        name: "=医院\"1\"".into(),
        kind: FacilityKind::Hospital,
        at: at(x, 500),
        address: "漳华路1号".into(),
    };
    let shop = ShopRow {
        id: "shop-1".into(),
        name: "便利店".into(),
        category: "食品".into(),
        at: at(150_000, 10),
        household: Some("door-1".into()),
        hours: "Mo-Fr 08:00-20:00; Sa,Su 18:00-02:00".parse().unwrap(),
        address: String::new(),
    };
    let post = |post: &str, starts: Option<&str>, ends: Option<&str>| StaffingRow {
        id: format!("{GRID}/{post}"),
        grid: GRID.into(),
        role: StaffRole::GridMember,
        holder: "G-0017".into(),
        starts_on: starts.map(str::to_owned),
        ends_on: ends.map(str::to_owned),
    };
    let square = vec![wangge_core::geometry::shape::Polygon {
        outer: vec![at(10, 10), at(5_000, 10), at(5_000, 5_000), at(10, 5_000)],
        holes: vec![vec![at(100, 100), at(100, 200), at(200, 200), at(200, 100)]],
    }];
    let rows = vec![
        SegmentRows::Roads(vec![
            road("inside", vec![at(10, 10), at(20, 20)]),
            road("through", vec![at(0, 300_000), at(50_000, 150_000), at(90_000, 300_000)]),
            road("outside", vec![at(150_000, 10), at(150_000, 500)]),
        ]),
        SegmentRows::Base(vec![
            base("gate", BaseClass::Gate, Shape::Point(at(7, 8))),
            base("wall", BaseClass::Barrier, Shape::Line(vec![at(150_000, 7), at(160_000, 8)])),
            base("lake", BaseClass::Water, Shape::Polygons(square)),
        ]),
        SegmentRows::Facilities(vec![facility("f-1", 500), facility("f-2", 150_000)]),
        SegmentRows::Shops(vec![shop]),
        SegmentRows::Staffing(vec![post("a", None, Some("2026-03-01")), post("b", Some("2026-03-01"), None)]),
    ];
    assert!(matches!(service.import("more", rows), Outcome::Accepted(_)));
    World { service, folder }
}

impl World {
    fn export(&self, request: &ExportRequest, format: Format) -> Result<(PathBuf, Exported), ExportError> {
        let path = self.folder.path().join(format!("{}.{}", request.layer, format.id()));
        let now = Timestamp::from_second(1_760_000_000).unwrap();
        export(&self.service, request, format, &path, now).map(|exported| (path, exported))
    }

    /// Rows as they read back, values by column.
    fn rows(&self, request: &ExportRequest) -> Vec<BTreeMap<String, Cell>> {
        let (path, exported) = self.export(request, Format::GeoJson).unwrap();
        let (columns, rows) = read(&path);
        assert_eq!(exported.rows, rows.len() as u64);
        rows.into_iter().map(|(cells, _)| columns.iter().cloned().zip(cells).collect()).collect()
    }

    /// One column of what is exported.
    fn column(&self, request: &ExportRequest, name: &str) -> Vec<String> {
        self.rows(request).iter().map(|row| row[name].text().into_owned()).collect()
    }

    fn visit(&self, visit: Visit) {
        let outcomes = self.service.submit_blocking(vec![Command::Visit(visit)]);
        assert!(matches!(outcomes[..], [Outcome::Accepted(_)]), "{outcomes:?}");
    }

    fn refusal(&self, request: &ExportRequest) -> String {
        let error = self.export(request, Format::Csv).unwrap_err().to_string();
        assert!(!self.folder.path().join(format!("{}.csv", request.layer)).exists());
        error
    }
}

fn of(kind: RowKind) -> ExportRequest {
    ExportRequest::all(Layer::Rows(kind))
}

/// Columns and rows of a file; where it has no shapes of its own they come out of its columns.
fn read(path: &Path) -> (Vec<String>, Vec<OutRow>) {
    let mut source = table::open(path, &OpenOptions::default()).unwrap();
    let mut rows = Vec::new();
    let mut row = Row::default();
    loop {
        match source.read(&mut row).unwrap() {
            Step::Row => rows.push((row.cells.clone(), row.shape.clone())),
            Step::End => break,
            Step::Fault(fault) => panic!("{}: {fault}", path.display()),
        }
    }
    let header = source.header();
    let columns = header.columns.clone();
    if !header.has_shapes {
        let place = |name: &str| columns.iter().position(|column| column == name);
        for (cells, shape) in &mut rows {
            *shape = match (place("lon"), place("lat"), place("wkt")) {
                (Some(lon), Some(lat), _) => {
                    let number = |at: usize| cells[at].text().parse::<f64>();
                    number(lon).ok().zip(number(lat).ok()).map(|(lon, lat)| RawShape::Point([lon, lat]))
                }
                (.., Some(wkt)) => Some(table::wkt::parse(&cells[wkt].text()).unwrap()),
                _ => None,
            };
        }
    }
    rows.iter_mut().for_each(|(cells, _)| cells.resize(columns.len(), Cell::Empty));
    // A GeoPackage numbers its rows itself.
    if columns.first().is_some_and(|column| column == "fid") {
        rows.iter_mut().for_each(|(cells, _)| drop(cells.remove(0)));
        return (columns[1..].to_vec(), rows);
    }
    (columns, rows)
}

/// The same row with every ring begun at its least position: a ring may come back begun elsewhere.
fn settled(mut row: ImportRow) -> ImportRow {
    let polygons = match &mut row {
        ImportRow::Area(AreaRow { geometry, .. }) => geometry,
        ImportRow::Base(BaseRow { shape: Shape::Polygons(polygons), .. }) => polygons,
        _ => return row,
    };
    for polygon in polygons {
        for ring in std::iter::once(&mut polygon.outer).chain(&mut polygon.holes) {
            let least = (0..ring.len()).min_by_key(|at| ring[*at]).unwrap();
            ring.rotate_left(least);
        }
    }
    row
}

#[test]
fn every_layer_reads_back_from_every_format_as_the_rows_that_are_there() {
    let world = world();
    for kind in RowKind::ALL {
        let there: BTreeMap<String, ImportRow> = {
            let district = world.service.district.read();
            let rows = (0..district.count(kind)).filter_map(|slot| district.row(kind, slot));
            rows.map(|row| (row.key().to_owned(), settled(row))).collect()
        };
        let known = kinds::of(kind);
        for format in WRITTEN {
            let (path, _) = world.export(&of(kind), format).unwrap();
            let (columns, rows) = read(&path);
            let names: Vec<&str> = known.fields().iter().map(|field| field.name).collect();
            assert_eq!(columns[..names.len()], names, "{kind} {format}");
            let back = rows.iter().map(|(cells, shape)| {
                let shape = shape.as_ref().filter(|_| known.shape() != crate::kinds::ShapeNeed::None);
                let row = known.row(&Values::in_order(known.fields(), cells, shape));
                row.unwrap_or_else(|fault| panic!("{kind} {format}: {fault}"))
            });
            let back: BTreeMap<String, ImportRow> = back.map(|row| (row.key().to_owned(), settled(row))).collect();
            assert_eq!(back, there, "{kind} {format}");
        }
    }
}

#[test]
fn doors_carry_their_grid_and_how_they_stand_in_the_round() {
    let world = world();
    world.visit(sample::visit(1, 0, Came::NoAnswer));
    world.visit(sample::visit(2, 0, Came::Met));
    world.visit(sample::visit(3, 12, Came::Refused));
    let rows = world.rows(&of(RowKind::Households));
    let row = |id: &str| rows.iter().find(|row| row["id"].text() == id).unwrap();
    let text = |id: &str, column: &str| row(id)[column].text().into_owned();
    let first = ["in_grid", "in_block", "round", "round_state", "attempts"].map(|column| text("door-0", column));
    assert_eq!(first, [GRID, "350602001001001001", "now", "met", "2"]);
    assert_eq!(text("door-0", "last_visit_at"), "2025-06-15T15:06:42Z");
    assert_eq!(text("door-0", "last_visit_local"), "2025-06-15T23:06:42", "by the district's clock");
    assert_eq!((text("door-12", "in_grid"), text("door-12", "round_state")), (String::new(), "refused".to_owned()));
    assert_eq!((text("door-5", "round_state"), text("door-5", "attempts")), ("untouched".to_owned(), "0".to_owned()));
}

#[test]
fn states_are_those_of_the_moment_asked_for_by_what_was_known_then() {
    let world = world();
    world.visit(sample::visit(1, 0, Came::Met));
    let happened = Moment(Timestamp::from_second(1_750_000_001).unwrap());
    let before = Moment(Timestamp::from_second(1_750_000_000).unwrap());
    let state = |at: Option<Moment>, known_at: Option<Moment>| {
        let request = ExportRequest { at, known_at, ..of(RowKind::Households) };
        world.rows(&request).iter().find(|row| row["id"].text() == "door-0").unwrap()["round_state"].text().into_owned()
    };
    assert_eq!(state(None, None), "met");
    assert_eq!(state(Some(happened), None), "met");
    assert_eq!(state(Some(before), None), "untouched");
    assert_eq!(state(Some(happened), Some(happened)), "untouched", "it was recorded later, by this test");
    let request = ExportRequest { at: Some(before), ..of(RowKind::Areas) };
    assert_eq!(world.column(&request, "touched").iter().map(|n| n.parse::<u32>().unwrap()).sum::<u32>(), 0);
}

#[test]
fn areas_carry_the_figures_of_the_round() {
    let world = world();
    world.visit(sample::visit(1, 0, Came::Met));
    world.visit(sample::visit(2, 1, Came::Vacant));
    let rows = world.rows(&of(RowKind::Areas));
    let grid = rows.iter().find(|row| row["code"].text() == GRID).unwrap();
    let figures = ["doors", "round", "eligible", "touched", "reached", "untouched", "reached_share"];
    assert_eq!(figures.map(|column| grid[column].text().into_owned()), ["6", "now", "5", "1", "1", "4", "0.2"]);
    let at = Moment("2026-01-01T00:00:00Z".parse().unwrap());
    let then = world.rows(&ExportRequest { at: Some(at), ..of(RowKind::Areas) });
    assert_eq!(then, rows, "what is counted from the visits is what was kept step by step");
}

#[test]
fn the_version_of_an_area_is_that_of_the_day_asked_for() {
    let world = world();
    let mut new = sample::areas().into_iter().find(|area| area.code == GRID).unwrap();
    (new.name, new.starts_on) = ("新".to_owned(), Some("2025-03-01".to_owned()));
    assert!(matches!(world.service.import("newer", vec![SegmentRows::Areas(vec![new])]), Outcome::Accepted(_)));
    let on = |day: &str| {
        let at = Some(day.parse().unwrap());
        let rows = world.rows(&ExportRequest { at, within: Some(GRID.to_owned()), ..of(RowKind::Areas) });
        let row = rows.into_iter().find(|row| row["code"].text() == GRID).unwrap();
        ["name", "starts_on", "ends_on", "doors"].map(|column| row[column].text().into_owned())
    };
    assert_eq!(on("2025-03-01"), ["新", "2025-03-01", "", "6"]);
    assert_eq!(on("2025-02-28"), [GRID, "", "2025-03-01", ""], "an earlier version has no figures of its own");
}

#[test]
fn only_what_lies_in_an_area_goes_out_when_one_is_named() {
    let world = world();
    world.visit(sample::visit(1, 0, Came::Met));
    world.visit(sample::visit(2, 12, Came::Met));
    let within = |layer: Layer, column: &str| {
        let mut found = world.column(&ExportRequest { within: Some(GRID.into()), ..ExportRequest::all(layer) }, column);
        found.sort();
        found
    };
    assert_eq!(within(Layer::Rows(RowKind::Areas), "code"), [GRID, "350602001001001001", "350602001001001002"]);
    assert_eq!(within(Layer::Rows(RowKind::Households), "id").len(), 6);
    assert_eq!(within(Layer::Rows(RowKind::Roads), "id"), ["inside", "through"]);
    assert_eq!(within(Layer::Rows(RowKind::Base), "id"), ["gate", "lake"]);
    assert_eq!(within(Layer::Rows(RowKind::Facilities), "id"), ["f-1"]);
    assert_eq!(within(Layer::Rows(RowKind::Shops), "id"), [""; 0]);
    assert_eq!(within(Layer::Rows(RowKind::Staffing), "post"), ["a", "b"]);
    assert_eq!(within(Layer::Visits, "household"), ["door-0"]);
}

#[test]
fn posts_are_those_held_on_the_day_asked_for() {
    let world = world();
    let posts =
        |day: &str| world.column(&ExportRequest { at: Some(day.parse().unwrap()), ..of(RowKind::Staffing) }, "post");
    assert_eq!((posts("2026-02-28"), posts("2026-03-01")), (vec!["a".to_owned()], vec!["b".to_owned()]));
}

#[test]
fn visits_go_out_as_the_log_has_them_and_say_which_were_corrected() {
    let world = world();
    world.visit(sample::visit(1, 0, Came::NoAnswer));
    let correction = Visit {
        replaces: Some(sample::visit(1, 0, Came::Met).id),
        by: Some("G-0017".to_owned()),
        ..sample::visit(2, 0, Came::Met)
    };
    world.visit(correction);
    world.visit(sample::visit(3, 12, Came::Met));
    let all = ExportRequest::all(Layer::Visits);
    let rows = world.rows(&all);
    let told = |row: &BTreeMap<String, Cell>| {
        ["household", "round", "outcome", "happened_at", "by", "corrected"].map(|c| row[c].text().into_owned())
    };
    assert_eq!(told(&rows[0]), ["door-0", "now", "no_answer", "2025-06-15T15:06:41Z", "", "true"]);
    assert_eq!(told(&rows[1]), ["door-0", "now", "met", "2025-06-15T15:06:42Z", "G-0017", "false"]);
    assert_eq!(rows[1]["replaces"].text(), rows[0]["id"].text());
    let moment = |second: i64| Some(Moment(Timestamp::from_second(1_750_000_000 + second).unwrap()));
    let count = |request: ExportRequest| world.rows(&request).len();
    assert_eq!(count(ExportRequest { from: moment(2), at: moment(2), ..all.clone() }), 1);
    assert_eq!(count(ExportRequest { known_at: moment(9), ..all.clone() }), 0);
    assert_eq!(count(ExportRequest { round: Some("now".to_owned()), ..all }), 3);
}

#[test]
fn what_is_not_there_is_refused_with_what_is() {
    let world = world();
    let area = world.refusal(&ExportRequest { within: Some("350603".into()), ..of(RowKind::Areas) });
    assert!(area.starts_with("within: area \"350603\" is not known; there are 350602, 350602001, "), "{area}");
    let round = world.refusal(&ExportRequest { round: Some("then".into()), ..of(RowKind::Households) });
    assert_eq!(round, "round: \"then\" is not known; there are now");
    let at = Some("2026-03-01".parse().unwrap());
    let roads = world.refusal(&ExportRequest { at, ..of(RowKind::Roads) });
    assert_eq!(roads, "at means nothing for roads; areas, households, staffing and visits are dated");
    let shops = world.refusal(&ExportRequest { round: Some("now".into()), ..of(RowKind::Shops) });
    assert_eq!(shops, "round means nothing for shops; areas, households and visits are of rounds");
    let from = world.refusal(&ExportRequest { from: at, ..of(RowKind::Areas) });
    assert_eq!(from, "from means nothing for areas; it is for visits");
}

#[test]
fn an_export_begins_again_when_rows_come_in() {
    let world = world();
    let asked = Asked::of(&world.service.district.read(), &of(RowKind::Areas), Timestamp::UNIX_EPOCH).unwrap();
    assert!(areas::Areas::of(&world.service, &asked).is_some());
    world.visit(sample::visit(1, 0, Came::Met));
    let mut areas = areas::Areas::of(&world.service, &asked).unwrap();
    let mut rows = Vec::new();
    areas.next(&world.service.district.read(), &mut rows);
    assert!(
        rows.iter().all(|(cells, _)| cells[cells.len() - 3] == Cell::Integer(0)),
        "a visit recorded later is not seen"
    );
    let door = sample::households().remove(0);
    let moved =
        vec![SegmentRows::Households(vec![wangge_core::domain::household::HouseholdRow { residents: 9, ..door }])];
    assert!(matches!(world.service.import("moved", moved), Outcome::Accepted(_)));
    assert!(areas::Areas::of(&world.service, &asked).is_none());
}
