//! What people and programs write in fields, one field at a time.

use super::*;
use wangge_core::domain::{area::AreaRow, feature::RoadClass, household::HouseholdRow};

fn area(texts: &[(&str, &str)]) -> Result<AreaRow, String> {
    match row_of(RowKind::Areas, texts, square()) {
        Ok(ImportRow::Area(row)) => Ok(row),
        Ok(other) => panic!("{other:?} is no area"),
        Err(fault) => Err(fault.to_string()),
    }
}

fn door(named: &[(&str, Cell)]) -> Result<HouseholdRow, String> {
    match row_of_cells(RowKind::Households, named, point()) {
        Ok(ImportRow::Household(row)) => Ok(row),
        Ok(other) => panic!("{other:?} is no door"),
        Err(fault) => Err(fault.to_string()),
    }
}

#[test]
fn a_code_of_the_national_scheme_names_its_parent_and_a_district_has_none() {
    let row = |code, level| area(&[("code", code), ("name", "n"), ("level", level)]);
    assert_eq!(row("350602001001001", "grid").unwrap().parent.as_deref(), Some("350602001001"));
    assert_eq!(row("350602001001001001", "小区").unwrap().parent.as_deref(), Some("350602001001001"));
    assert_eq!(row("３５０６０２", "区").unwrap().code, "350602");
    assert_eq!(row("350602", "district").unwrap().parent, None);
    let message = row("A6701-0425-00", "grid").unwrap_err();
    let expected = "parent: is missing; it must be the code of the community, as \"A6701-0425-00\" has not the 15 \
         digits of a grid in the national scheme";
    assert_eq!(message, expected);
}

#[test]
fn refusals_of_areas_name_the_field_the_value_and_what_would_be_right() {
    let fields = |field, value| {
        let mut texts = vec![("code", "350602001"), ("name", "n"), ("level", "subdistrict"), ("parent", "350602")];
        texts.retain(|(name, _)| *name != field);
        texts.push((field, value));
        area(&texts).unwrap_err()
    };
    let cases = [
        (fields("code", "35 0602"), "code: \"35 0602\" holds ' '; it must do without spaces and /\\?#%&,\"'<>"),
        (fields("code", ""), "code: is empty; it must be text"),
        (fields("name", "  "), "name: is empty; it must be text"),
        (fields("level", "planet"), "level: \"planet\" is none of district, subdistrict, community, grid, block"),
        (fields("parent", "350602001"), "parent: \"350602001\" is the area's own code"),
        (
            fields("code", "3.50602E+14"),
            "code: \"3.50602E+14\" was shortened by a spreadsheet; make its column text and enter it again",
        ),
        (
            fields("name", "a\u{7}b"),
            "name: \"a\\u{7}b\" holds '\\u{7}', a control character; write it in one line of text",
        ),
        (fields("starts_on", "bald"), "starts_on: \"bald\" is not a date; write it as YYYY-MM-DD, such as 2026-03-01"),
    ];
    for (message, expected) in cases {
        assert_eq!(message, expected);
    }
    let long = "长".repeat(201);
    assert_eq!(fields("name", &long), "name: has 201 characters; at most 200 are taken");
    let term =
        [("code", "350602"), ("name", "n"), ("level", "区"), ("starts_on", "2026-03-01"), ("ends_on", "2026-03-01")];
    assert_eq!(area(&term).unwrap_err(), "ends_on: 2026-03-01 is not after starts_on 2026-03-01");
    let given = area(&[("code", "350602"), ("name", "n"), ("level", "区"), ("parent", "35")]);
    assert_eq!(given.unwrap_err(), "parent: is given for a district; a district lies in no area");
}

#[test]
fn days_are_read_in_the_forms_people_write_and_plain_numbers_are_not() {
    let day = |cell: Cell| {
        let named = [
            ("code", Cell::Integer(350_602)),
            ("name", Cell::Text("n".into())),
            ("level", Cell::Text("县".into())),
            ("starts_on", cell),
        ];
        match row_of_cells(RowKind::Areas, &named, square()) {
            Ok(ImportRow::Area(row)) => Ok(row.starts_on),
            Ok(_) => panic!("an area"),
            Err(fault) => Err(fault.to_string()),
        }
    };
    let first = Ok(Some("2026-03-01".to_owned()));
    for text in [
        "2026-03-01",
        "2026/3/1",
        "2026.3.1",
        "2026年3月1日",
        "20260301",
        "２０２６－３－１",
        "2026-03-01 00:00:00",
        "2026-03-01T08:00",
    ] {
        assert_eq!(day(Cell::Text(text.to_owned())), first, "{text}");
    }
    let date = jiff::civil::date(2026, 3, 1);
    assert_eq!(day(Cell::Date(date)), first);
    assert_eq!(day(Cell::DateTime(date.at(8, 30, 0, 0))), first);
    assert_eq!(day(Cell::Integer(20_260_301)), first);
    assert_eq!(day(Cell::Empty), Ok(None));
    for cell in [Cell::Integer(46_082), Cell::Real(46_082.0)] {
        let message = "starts_on: \"46082\" is not a date; give its column the form of a date, or write 2026-03-01";
        assert_eq!(day(cell).unwrap_err(), message);
    }
    for text in ["2026-13-01", "2026-02-30", "1/2/26", "01-02-2026", "2026-3", "gestern"] {
        assert!(day(Cell::Text(text.to_owned())).is_err(), "{text}");
    }
}

#[test]
fn whole_numbers_may_have_a_point_wide_digits_or_thousands() {
    let residents = |cell: Cell| door(&[("id", Cell::Integer(1)), ("residents", cell)]).map(|row| row.residents);
    for text in ["1024", "1,024", "1024.0", "１０２４", " 1024 "] {
        assert_eq!(residents(Cell::Text(text.to_owned())), Ok(1024), "{text}");
    }
    assert_eq!(residents(Cell::Real(3.0)), Ok(3));
    assert_eq!(residents(Cell::Empty), Ok(0));
    for text in ["3.5", "1,02", "12,3456", "-1", "70000", "drei", "1.024,5"] {
        let message = residents(Cell::Text(text.to_owned())).unwrap_err();
        assert_eq!(message, format!("residents: is {text:?}; it must be a whole number from 0 to 65535"));
    }
    assert_eq!(residents(Cell::Real(2.5)).unwrap_err(), "residents: is 2.5; it must be a whole number from 0 to 65535");
}

#[test]
fn ids_of_spreadsheets_lose_their_point_and_rounded_ones_are_refused() {
    let id = |cell: Cell| door(&[("id", cell)]).map(|row| row.id);
    assert_eq!(id(Cell::Real(501.0)).as_deref(), Ok("501"));
    assert_eq!(id(Cell::Integer(350_602_001_001_001)).as_deref(), Ok("350602001001001"));
    assert_eq!(id(Cell::Text("　Ｄ－１　".to_owned())).as_deref(), Ok("D-1"));
    let message = id(Cell::Real(350_602_001_001_001_001.0)).unwrap_err();
    assert!(message.starts_with("id: 350602001001001000 has more digits than a spreadsheet keeps (15)"), "{message}");
    let long = id(Cell::Text("x".repeat(65))).unwrap_err();
    assert!(long.ends_with("must have 1 to 64 characters"), "{long}");
}

#[test]
fn words_of_lists_are_understood_in_both_languages_and_of_openstreetmap() {
    let kind =
        |text: &str| door(&[("id", Cell::Integer(1)), ("kind", Cell::Text(text.to_owned()))]).map(|d| d.kind.id());
    for (text, id) in
        [("出租屋", "rental"), ("自住", "home"), ("商鋪", "shop"), ("Rental", "rental"), ("店铺", "shop"), ("", "home")]
    {
        assert_eq!(kind(text), Ok(id), "{text}");
    }
    assert_eq!(kind("castle").unwrap_err(), "kind: \"castle\" is none of home, rental, shop");
    let class = |text: &str| {
        let texts = [("id", "r1"), ("class", text)];
        match row_of(RowKind::Roads, &texts, line(&[&[[117.0, 24.0], [117.1, 24.1]]])) {
            Ok(ImportRow::Road(row)) => Ok(row.class),
            Ok(_) => panic!("a road"),
            Err(fault) => Err(fault.to_string()),
        }
    };
    for (text, expected) in [
        ("trunk_link", RoadClass::Primary),
        ("living_street", RoadClass::Residential),
        ("service", RoadClass::Lane),
        ("steps", RoadClass::Footway),
        ("主干路", RoadClass::Primary),
        ("", RoadClass::Residential),
    ] {
        assert_eq!(class(text), Ok(expected), "{text}");
    }
    let message = class("construction").unwrap_err();
    assert_eq!(message, "class: \"construction\" is none of primary, secondary, tertiary, residential, lane, footway");
}

#[test]
fn base_features_have_the_class_their_tags_say_and_the_shape_it_needs() {
    let of = |texts: &[(&str, &str)], shape| match row_of(RowKind::Base, texts, shape) {
        Ok(ImportRow::Base(row)) => Ok(row.class.id()),
        Ok(_) => panic!("a base feature"),
        Err(fault) => Err(fault.to_string()),
    };
    let fence = || line(&[&[[117.0, 24.0], [117.1, 24.1]]]);
    assert_eq!(of(&[("id", "1"), ("building", "yes")], square()), Ok("building"));
    assert_eq!(of(&[("id", "1"), ("barrier", "lift_gate")], point()), Ok("gate"));
    assert_eq!(of(&[("id", "1"), ("barrier", "wall")], fence()), Ok("barrier"));
    assert_eq!(of(&[("id", "1"), ("natural", "wood"), ("building", "no")], square()), Ok("green"));
    assert_eq!(of(&[("id", "1"), ("waterway", "riverbank")], square()), Ok("water"));
    assert_eq!(of(&[("id", "1"), ("class", "围墙")], square()), Ok("barrier"), "an enclosing wall is its outline");
    assert_eq!(
        of(&[("id", "1"), ("class", "gate")], square()).unwrap_err(),
        "geometry: is a Polygon; a gate is a Point"
    );
    let kerb = of(&[("id", "1"), ("barrier", "kerb")], fence()).unwrap_err();
    assert_eq!(
        kerb,
        "barrier: \"kerb\" is not shown on the base map; it shows water, green, buildings, barriers, gates"
    );
    let nothing = of(&[("id", "1")], square()).unwrap_err();
    assert_eq!(nothing, "class: is missing; it must be water, green, building, barrier or gate");
}

#[test]
fn lines_in_parts_are_one_line_when_they_meet_and_refused_when_they_do_not() {
    let road = |shape| match row_of(RowKind::Roads, &[("id", "r1")], shape) {
        Ok(ImportRow::Road(row)) => Ok(row.line.len()),
        Ok(_) => panic!("a road"),
        Err(fault) => Err(fault.to_string()),
    };
    let (a, b, c, d) = ([117.0, 24.0], [117.1, 24.1], [117.2, 24.1], [117.3, 24.2]);
    assert_eq!(road(line(&[&[a, b], &[b, c], &[c, d]])), Ok(4));
    assert_eq!(road(line(&[&[c, b], &[a, b], &[d, c]])), Ok(4), "in any order and direction");
    let apart = road(line(&[&[a, b], &[c, d]])).unwrap_err();
    assert_eq!(apart, "geometry: has 2 lines that lie apart; a road is one line, make each a row");
    assert_eq!(road(point()).unwrap_err(), "geometry: is a Point; a road is a LineString");
    assert_eq!(road(None).unwrap_err(), "geometry: is missing; a road needs a line");
}
