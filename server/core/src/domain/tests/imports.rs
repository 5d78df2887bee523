//! What imports do to a district that is at work: rows added, changed, moved; areas that begin and end.

use super::*;
use crate::domain::{
    CheckedAgainst, ImportCheck, ImportRow, RowCounts, RowKind, Standing,
    area::{AreaRow, Level},
    event::{Event, SegmentRef, SegmentRows},
    facility::{FacilityKind, FacilityRow},
    feature::{BaseClass, BaseRow, RoadClass, RoadRow},
    household::{HouseholdKind, HouseholdRow},
    samples::{self, SIDE},
    shop::ShopRow,
    staffing::{StaffRole, StaffingRow},
};
use crate::geometry::{
    inside::{Place, place},
    position::FixedPoint,
    shape::{MultiPolygon, Polygon, Shape},
};

/// The samples' second 0 is on 2026-09-21, an hour and three quarters before midnight in the district.
const DAY: i64 = 86_400;

fn rectangle(x: u32, y: u32, width: u32, height: u32) -> MultiPolygon {
    let p = |dx, dy| FixedPoint { x: 3_550_000_000 + x + dx, y: 1_850_000_000 + y + dy };
    vec![Polygon { outer: vec![p(0, 0), p(width, 0), p(width, height), p(0, height)], holes: Vec::new() }]
}

fn point(x: u32, y: u32) -> FixedPoint {
    FixedPoint { x: 3_550_000_000 + x, y: 1_850_000_000 + y }
}

fn looked(d: &District, rows: &[SegmentRows]) -> Result<(CheckedAgainst, ImportCheck), crate::domain::Refusal> {
    let mut check = ImportCheck::begin(d);
    for rows in rows {
        check.look(d, rows, 0..rows.len(), &mut Vec::new())?;
    }
    Ok((check.finish(d)?, check))
}

/// Checks and applies an import as the writer does.
fn import(d: &mut District, rows: Vec<SegmentRows>, now: i64) -> Result<crate::domain::Changes, String> {
    let (checked, _) = looked(d, &rows).map_err(|refusal| refusal.to_string())?;
    let segments = rows.iter().map(|r| SegmentRef { id: 1, rows: r.len() as u64, crc32: 0 }).collect();
    let command = Command::Import { source: "test".to_owned(), segments, checked };
    let Checked::Accept(event) = check(d, &Staged::default(), &command, at(now)).unwrap() else { panic!("accepted") };
    let mut copy = d.clone();
    let record = Record { n: d.seq().n + 1, recorded_at: at(now), event };
    let changes = apply(&mut copy, &record, &rows).map_err(|e| e.to_string())?;
    *d = copy;
    Ok(changes)
}

fn tick(d: &mut District, now: i64) -> Option<crate::domain::Changes> {
    match check(d, &Staged::default(), &Command::AdvanceClock, at(now)).unwrap() {
        Checked::Accept(event) => Some(follow(d, event, at(now))),
        _ => None,
    }
}

fn door(d: &District, id: &str) -> HouseholdRow {
    match d.row(RowKind::Households, d.households().by_id(id).unwrap()).unwrap() {
        ImportRow::Household(row) => row,
        other => panic!("{other:?}"),
    }
}

fn area(d: &District, code: &str) -> AreaRow {
    d.areas().row(d.areas().by_code(code).unwrap()).unwrap()
}

fn grid_of(d: &District, id: &str) -> Option<String> {
    let grid = d.households().grid(d.households().by_id(id).unwrap())?;
    d.areas().get(grid).map(|grid| grid.code.clone())
}

fn every_kind() -> Vec<SegmentRows> {
    let (areas, households) = samples::rows();
    let at = point(20_000, 30_000);
    vec![
        SegmentRows::Areas(areas),
        SegmentRows::Households(households),
        SegmentRows::Roads(vec![RoadRow {
            id: "r1".into(),
            name: "胜利路".into(),
            class: RoadClass::Primary,
            line: vec![point(0, 0), point(SIDE, SIDE)],
        }]),
        SegmentRows::Base(vec![BaseRow {
            id: "b1".into(),
            name: "九龙江".into(),
            class: BaseClass::Water,
            shape: Shape::Polygons(rectangle(0, 0, 100, 100)),
        }]),
        SegmentRows::Facilities(vec![FacilityRow {
            id: "f1".into(),
            name: "芗城医院".into(),
            kind: FacilityKind::Hospital,
            at,
            address: String::new(),
        }]),
        SegmentRows::Shops(vec![ShopRow {
            id: "s1".into(),
            name: "小卖部".into(),
            category: "grocery".into(),
            at,
            household: Some("door-0".into()),
            hours: "Mo-Fr 08:00-20:00".parse().unwrap(),
            address: String::new(),
        }]),
        SegmentRows::Staffing(vec![StaffingRow {
            id: "350602001001001/police-1".into(),
            grid: "350602001001001".into(),
            role: StaffRole::Police,
            holder: "035012".into(),
            starts_on: None,
            ends_on: None,
        }]),
    ]
}

#[test]
fn the_same_rows_of_every_kind_again_say_nothing_new() {
    let mut d = District::empty(1);
    import(&mut d, every_kind(), 0).unwrap();
    let (_, check) = looked(&d, &every_kind()).unwrap();
    for rows in every_kind() {
        let kind = rows.kind().unwrap();
        let counts = RowCounts { same: rows.len() as u64, ..RowCounts::default() };
        assert_eq!(check.counts(kind), counts, "{kind}");
        assert_eq!(d.count(kind) as usize, rows.len());
        for at in 0..rows.len() {
            let row = rows.get(at).unwrap();
            assert_eq!(d.standing(&row), Standing::Same);
            assert_eq!(d.row(kind, d.slot_of(kind, row.key()).unwrap()), Some(row));
        }
    }
    assert_eq!(recount(&d), Vec::<String>::new());
}

#[test]
fn a_row_that_differs_says_in_what_and_how_far_it_moved() {
    let mut d = District::empty(1);
    import(&mut d, every_kind(), 0).unwrap();
    let moved = HouseholdRow { at: point(20_000, 30_000 + 10_000), residents: 5, ..door(&d, "door-0") };
    let Standing::Changed { moved_m: Some(far), fields } = d.standing(&ImportRow::Household(moved)) else {
        panic!("it moved");
    };
    assert_eq!(fields, ["position", "residents"]);
    assert!((far - 10_000.0 * 0.009_331 * 0.91).abs() < 1.0, "{far} m at 24.5 degrees north");
    let renamed = AreaRow { name: "新名".into(), ..area(&d, "350602001001001") };
    let fields = vec!["name"];
    assert_eq!(d.standing(&ImportRow::Area(renamed)), Standing::Changed { moved_m: None, fields });
}

#[test]
fn a_door_that_moved_keeps_its_slot_and_visits_and_the_figures_go_with_it() {
    let mut d = district();
    record(&mut d, visit(1, "door-0", Some("past"), Outcome::Met, 500), 1500).unwrap();
    let slot = d.households().by_id("door-0").unwrap();
    assert_eq!(grid_of(&d, "door-0").as_deref(), Some("350602001001001"));
    let east = HouseholdRow { at: point(SIDE + 20_000, 30_000), kind: HouseholdKind::Shop, ..door(&d, "door-0") };
    let changes = import(&mut d, vec![SegmentRows::Households(vec![east.clone()])], 1600).unwrap();
    assert_eq!(d.households().by_id("door-0"), Some(slot));
    assert_eq!(door(&d, "door-0"), east);
    assert_eq!(grid_of(&d, "door-0").as_deref(), Some("350602001001002"));
    assert_eq!(state(&d, "past", "door-0"), DoorState::Met);
    assert_eq!(state(&d, "now", "door-0"), DoorState::None, "the round covers the western grid only");
    assert!(changes.shapes && changes.rounds[0].areas.len() == 4, "two grids and two blocks: {changes:?}");
    assert_eq!(d.households().index().in_box(crate::geometry::shape::FixedBox { min: east.at, max: east.at }).len(), 2);
    assert_eq!(recount(&d), Vec::<String>::new());
}

#[test]
fn a_later_version_of_a_grid_waits_for_its_day_and_then_ends_the_one_before() {
    let mut d = district();
    let west = area(&d, "350602001001001");
    let wide = AreaRow {
        geometry: rectangle(0, 0, SIDE + 50_000, 2 * SIDE),
        starts_on: Some("2026-10-01".into()),
        ..west.clone()
    };
    let changes = import(&mut d, vec![SegmentRows::Areas(vec![wide.clone()])], 1500).unwrap();
    assert_eq!(changes.rounds, [], "nothing is different yet");
    assert_eq!(d.waiting(), std::slice::from_ref(&wide));
    assert_eq!(d.standing(&ImportRow::Area(wide.clone())), Standing::Same);
    assert_eq!(area(&d, "350602001001001"), west);
    assert_eq!(d.next_due(), Some("2026-09-30T16:00:00Z".parse().unwrap()), "midnight in the district");
    assert_eq!(tick(&mut d, 8 * DAY), None);
    let changes = tick(&mut d, 10 * DAY).unwrap();
    assert!(changes.shapes && d.waiting().is_empty());
    let slot = d.areas().by_code("350602001001001").unwrap();
    let now = d.areas().get(slot).unwrap();
    assert_eq!((now.geometry.clone(), now.ended), (wide.geometry.clone(), false));
    assert_eq!(now.former, [AreaRow { ends_on: Some("2026-10-01".into()), ..west.clone() }]);
    // The strip between is in both grids; the lower code has it.
    assert_eq!(grid_of(&d, "door-3").as_deref(), Some("350602001001001"));
    assert_eq!(d.rounds()[1].total.eligible, 10, "the round's grid has more doors now");
    assert_eq!(d.standing(&ImportRow::Area(wide)), Standing::Same);
    assert_eq!(recount(&d), Vec::<String>::new());
    let back = District::from_snapshot(&d.to_snapshot().unwrap()).unwrap();
    assert!(back.areas().all().eq(d.areas().all()) && back.rounds() == d.rounds());
}

#[test]
fn a_row_without_a_first_day_corrects_the_version_in_force_and_leaves_its_day() {
    let mut d = district();
    let dated = AreaRow { starts_on: Some("2026-09-01".into()), ..area(&d, "350602001001001") };
    import(&mut d, vec![SegmentRows::Areas(vec![dated.clone()])], 1500).unwrap();
    let renamed = AreaRow { name: "renamed".into(), starts_on: None, ..dated.clone() };
    import(&mut d, vec![SegmentRows::Areas(vec![renamed.clone()])], 1500).unwrap();
    assert_eq!(area(&d, "350602001001001"), AreaRow { name: "renamed".into(), ..dated });
    assert_eq!(d.standing(&ImportRow::Area(renamed)), Standing::Same);
    assert_eq!(d.areas().in_force("350602001001001").unwrap().former.len(), 1);
}

#[test]
fn an_area_that_ends_leaves_the_tree_and_its_doors_and_keeps_its_slot() {
    let mut d = district();
    let slot = d.areas().by_code("350602001001001").unwrap();
    let ending = AreaRow { ends_on: Some("2026-09-25".into()), ..area(&d, "350602001001001") };
    import(&mut d, vec![SegmentRows::Areas(vec![ending])], 1500).unwrap();
    assert_eq!(grid_of(&d, "door-0").as_deref(), Some("350602001001001"));
    tick(&mut d, 5 * DAY).unwrap();
    let ended = d.areas().get(slot).unwrap();
    assert!(ended.ended && ended.doors == 0 && ended.parent.is_none() && ended.children.is_empty());
    assert!(d.areas().iter().all(|a| a.slot != slot) && d.areas().all().any(|a| a.slot == slot));
    assert_eq!(d.areas().within(slot), Vec::<u32>::new());
    assert_eq!(grid_of(&d, "door-0"), None);
    assert_eq!(d.rounds()[0].unassigned.eligible, 8);
    assert_eq!(d.rounds()[0].areas[slot as usize], Counts::default());
    assert_eq!(d.rounds()[1].total.eligible, 0, "the round goes on, with nothing to cover");
    assert_eq!(recount(&d), Vec::<String>::new());
    // A block of it has no parent in force until its grid is back.
    let block = d.areas().in_force("350602001001001001").unwrap();
    assert_eq!((block.parent, block.parent_code.as_deref()), (None, Some("350602001001001")));
    let refused = check(&d, &Staged::default(), &Command::OpenRound(round("r", 0, None, &["350602001001001"])), at(0));
    assert_eq!(refused.unwrap_err().kind, RefusalKind::UnknownReference);
    let again = AreaRow { starts_on: Some("2026-09-27".into()), ends_on: None, ..area(&d, "350602001001001") };
    import(&mut d, vec![SegmentRows::Areas(vec![again])], 5 * DAY + 10).unwrap();
    assert!(d.areas().in_force("350602001001001").is_none(), "its new version begins tomorrow");
    tick(&mut d, 6 * DAY).unwrap();
    assert_eq!(d.areas().in_force("350602001001001").map(|a| a.slot), Some(slot));
    assert_eq!(d.rounds()[1].total.eligible, 6);
    assert_eq!(recount(&d), Vec::<String>::new());
}

#[test]
fn an_import_the_day_after_lets_pass_what_the_clock_has_not() {
    let mut d = district();
    let later = AreaRow { name: "later".into(), starts_on: Some("2026-09-23".into()), ..area(&d, "350602001001001") };
    import(&mut d, vec![SegmentRows::Areas(vec![later])], 1500).unwrap();
    import(&mut d, vec![SegmentRows::Roads(Vec::new())], 3 * DAY).unwrap();
    assert_eq!(d.areas().in_force("350602001001001").map(|a| a.name.as_str()), Some("later"));
    assert_eq!(tick(&mut d, 3 * DAY), None);
}

#[test]
fn events_of_version_1_leave_every_version_in_force_until_a_day_is_said() {
    let (mut areas, households) = samples::rows();
    areas[3].starts_on = Some("2999-01-01".into());
    areas[4].ends_on = Some("2020-01-01".into());
    let rows = [SegmentRows::Areas(areas), SegmentRows::Households(households)];
    let segments = rows.iter().map(|r| SegmentRef { id: 1, rows: r.len() as u64, crc32: 0 }).collect();
    let event = Event::Imported { source: "old".into(), segments, today: None };
    let mut d = District::empty(1);
    apply(&mut d, &Record { n: 1, recorded_at: at(0), event }, &rows).unwrap();
    assert_eq!((d.areas().iter().count(), d.waiting().len()), (9, 0));
    tick(&mut d, 0).unwrap();
    assert_eq!(d.areas().iter().count(), 8, "the one whose last day is past");
    assert_eq!(recount(&d), Vec::<String>::new());
}

#[test]
fn what_an_import_may_not_bring_is_refused_in_words() {
    let mut d = district();
    let dated = AreaRow { starts_on: Some("2026-09-01".into()), ..area(&d, "350602001001002") };
    import(&mut d, vec![SegmentRows::Areas(vec![dated.clone()])], 1500).unwrap();
    let refused = |rows: Vec<SegmentRows>| looked(&d, &rows).map(|_| ()).unwrap_err().message;
    let areas = |rows: &[AreaRow]| vec![SegmentRows::Areas(rows.to_vec())];
    let grid = AreaRow { code: "350602001001009".into(), ..area(&d, "350602001001001") };
    let with = |change: &dyn Fn(&mut AreaRow)| {
        let mut row = grid.clone();
        change(&mut row);
        row
    };
    let cases = [
        (
            areas(&[grid.clone(), grid.clone()]),
            "area \"350602001001009\" stands twice in the import, as row 1 and row 2",
        ),
        (areas(&[with(&|r| r.code = String::new())]), "code \"\" of a area must be 1 to 64 characters"),
        (areas(&[with(&|r| r.code = "a/b".into())]), "holds no /"),
        (areas(&[with(&|r| r.parent = None)]), "names no parent; every area but a district lies in one"),
        (areas(&[with(&|r| r.parent = Some("nowhere".into()))]), "is neither in force nor in the import"),
        (areas(&[with(&|r| r.parent = Some("350602001001001".into()))]), "is a grid; a parent is of a larger level"),
        (areas(&[with(&|r| r.starts_on = Some("1.9.2026".into()))]), "is no date; it is written YYYY-MM-DD"),
        (
            areas(&[with(&|r| (r.starts_on, r.ends_on) = (Some("2026-09-02".into()), Some("2026-09-02".into())))]),
            "ends_on 2026-09-02 is not after starts_on 2026-09-02",
        ),
        (
            areas(&[AreaRow { level: Level::Block, ..area(&d, "350602001001001") }]),
            "is a grid; a block needs a code of its own",
        ),
        (
            areas(&[AreaRow { starts_on: Some("2026-08-01".into()), ..dated.clone() }]),
            "in force starts on 2026-09-01; one that started on 2026-08-01 cannot be changed any more",
        ),
        (
            vec![SegmentRows::Households(vec![HouseholdRow { id: " x".into(), ..door(&d, "door-0") }])],
            "must be 1 to 64 characters without spaces around it",
        ),
    ];
    for (rows, words) in cases {
        let message = refused(rows);
        assert!(message.contains(words), "{message}");
    }
    let [.., shops, staffing] = &every_kind()[..] else { panic!("seven kinds") };
    let (SegmentRows::Shops(shops), SegmentRows::Staffing(staffing)) = (shops, staffing) else {
        panic!("the last two")
    };
    let shop = |household: &str| {
        vec![SegmentRows::Shops(vec![ShopRow { household: Some(household.into()), ..shops[0].clone() }])]
    };
    assert!(refused(shop("door-99")).contains("household \"door-99\" of shop \"s1\" is not known"));
    let post = |change: &dyn Fn(&mut StaffingRow)| {
        let mut row = staffing[0].clone();
        change(&mut row);
        vec![SegmentRows::Staffing(vec![row])]
    };
    assert!(refused(post(&|r| r.holder = "张三".into())).contains("names and phone numbers of people are not kept"));
    assert!(!refused(post(&|r| r.holder = "张三".into())).contains("张三"));
    assert!(refused(post(&|r| r.id = "350602001001001".into())).contains("/ and a post of 1 to 32 characters"));
    let at_block = post(&|r| (r.id, r.grid) = ("350602001001001001/t1".into(), "350602001001001001".into()));
    assert!(refused(at_block).contains("is a block, not a grid"));
    // What comes with the same import counts, in whatever order.
    let new = HouseholdRow { id: "door-99".into(), ..door(&d, "door-0") };
    let together = [shop("door-99"), vec![SegmentRows::Households(vec![new])]].concat();
    assert!(looked(&d, &together).is_ok());
}

#[test]
fn a_door_that_stands_twice_is_found_and_nothing_of_the_import_stays() {
    let mut d = district();
    let known = door(&d, "door-0");
    let new = HouseholdRow { id: "new".into(), ..known.clone() };
    let before = d.to_snapshot().unwrap();
    for row in [known, new] {
        let id = row.id.clone();
        let error = import(&mut d, vec![SegmentRows::Households(vec![row.clone(), row])], 1500).unwrap_err();
        assert!(error.contains(&format!("brings household {id:?} twice")), "{error}");
    }
    assert_eq!(d.to_snapshot().unwrap(), before);
}

#[test]
fn rows_checked_against_another_district_are_refused() {
    let mut d = district();
    let rows = SegmentRows::Households(vec![HouseholdRow { id: "new".into(), ..door(&d, "door-0") }]);
    let (checked, mut late) = looked(&d, std::slice::from_ref(&rows)).unwrap();
    record(&mut d, visit(1, "door-0", None, Outcome::Met, 1500), 1500).unwrap();
    let segments = vec![SegmentRef { id: 1, rows: 1, crc32: 0 }];
    let command = Command::Import { source: "test".into(), segments, checked };
    assert!(check(&d, &Staged::default(), &command, at(1500)).is_ok(), "a visit changes no row");
    let [.., shops, _] = &every_kind()[..] else { panic!("seven kinds") };
    import(&mut d, vec![shops.clone()], 1500).unwrap();
    let refusal = check(&d, &Staged::default(), &command, at(1500)).unwrap_err();
    assert_eq!((refusal.kind, refusal.field), (RefusalKind::Conflict, "file"));
    assert!(refusal.message.contains("the district changed while the file was read; look again"));
    assert_eq!(late.look(&d, &rows, 0..1, &mut Vec::new()).unwrap_err().kind, RefusalKind::Conflict);
}

mod histories;
