//! Any row that can come in, any cell, any shape.

use crate::table::{Cell, RawShape};
use proptest::prelude::*;
use wangge_core::domain::{
    area::{AreaRow, Level},
    facility::{FacilityKind, FacilityRow},
    feature::{BaseClass, BaseRow, RoadClass, RoadRow},
    household::{Address, HouseholdKind, HouseholdRow},
    row::ImportRow,
    shop::ShopRow,
    staffing::{StaffRole, StaffingRow},
};
use wangge_core::geometry::{
    position::FixedPoint,
    shape::{MultiPolygon, Polygon, Polyline, Shape},
};

fn key() -> impl Strategy<Value = String> {
    prop_oneof!["[0-9a-z_-]{1,64}", "[0-9]{6,18}", "[户号0-9甲-]{1,20}"]
}

/// Text as a file may hold it: no control characters, no spaces at the ends.
fn text() -> impl Strategy<Value = String> {
    prop_oneof!["[a-zA-Z0-9幸福小区号楼улица/.,;()' 　-]{0,24}", "\\PC{0,12}"].prop_map(|text| text.trim().to_owned())
}

fn named() -> impl Strategy<Value = String> {
    text().prop_map(|text| if text.is_empty() { "x".to_owned() } else { text })
}

fn at() -> impl Strategy<Value = FixedPoint> {
    // The last units of the square are half beyond the globe.
    (1u32..u32::MAX, 1u32..u32::MAX - 1).prop_map(|(x, y)| FixedPoint { x, y })
}

fn line() -> impl Strategy<Value = Polyline> {
    prop::collection::vec((0u32..1 << 20, 0u32..1 << 20), 2..6).prop_map(|points| {
        let mut line: Polyline =
            points.into_iter().map(|(x, y)| FixedPoint { x: (1 << 30) + x, y: (1 << 30) + y }).collect();
        line.dedup();
        line.push(FixedPoint { x: 1 << 29, y: 1 << 29 });
        line
    })
}

fn polygons() -> impl Strategy<Value = MultiPolygon> {
    (1u32 << 28..7 << 28, 1u32 << 28..7 << 28, 10u32..1 << 24, 10u32..1 << 24, 1u32..3).prop_map(
        |(x, y, w, h, parts)| {
            let ring = |x: u32, y: u32, w: u32, h: u32| {
                [(0, 0), (w, 0), (w, h), (0, h)].map(|(dx, dy)| FixedPoint { x: x + dx, y: y + dy }).to_vec()
            };
            let polygon = |part: u32| {
                let x = x + part * (w + 1);
                let mut hole = ring(x + 2, y + 2, w - 4, h - 4);
                hole.reverse();
                Polygon { outer: ring(x, y, w, h), holes: vec![hole] }
            };
            (0..parts).map(polygon).collect()
        },
    )
}

fn term() -> impl Strategy<Value = (Option<String>, Option<String>)> {
    (prop::option::of("20[0-2][0-9]-0[1-9]-1[0-9]"), prop::option::of("20[3-4][0-9]-0[1-9]-1[0-9]"))
}

fn area() -> impl Strategy<Value = ImportRow> {
    let level = prop::sample::select(&Level::ALL[..]);
    (key(), named(), level, polygons(), term()).prop_map(|(code, name, level, geometry, (starts_on, ends_on))| {
        let parent = level.above().map(|_| format!("p{}", code.chars().take(60).collect::<String>()));
        ImportRow::Area(AreaRow { code, name, level, parent, geometry, starts_on, ends_on })
    })
}

fn household() -> impl Strategy<Value = ImportRow> {
    let kinds = [HouseholdKind::Home, HouseholdKind::Rental, HouseholdKind::Shop];
    let address = (text(), text(), text(), any::<i16>(), text())
        .prop_map(|(place, building, stair, floor, door)| Address { place, building, stair, floor, door });
    (key(), at(), prop::sample::select(kinds.to_vec()), any::<u16>(), address).prop_map(
        |(id, at, kind, residents, address)| ImportRow::Household(HouseholdRow { id, at, kind, residents, address }),
    )
}

fn road() -> impl Strategy<Value = ImportRow> {
    use RoadClass::{Footway, Lane, Primary, Residential, Secondary, Tertiary};
    let classes = [Primary, Secondary, Tertiary, Residential, Lane, Footway];
    (key(), text(), prop::sample::select(classes.to_vec()), line())
        .prop_map(|(id, name, class, line)| ImportRow::Road(RoadRow { id, name, class, line }))
}

fn base() -> impl Strategy<Value = ImportRow> {
    let area = prop::sample::select(&[BaseClass::Water, BaseClass::Green, BaseClass::Building][..]);
    let shaped = prop_oneof![
        at().prop_map(|at| (BaseClass::Gate, Shape::Point(at))),
        line().prop_map(|line| (BaseClass::Barrier, Shape::Line(line))),
        (area, polygons()).prop_map(|(class, polygons)| (class, Shape::Polygons(polygons))),
    ];
    (key(), text(), shaped).prop_map(|(id, name, (class, shape))| ImportRow::Base(BaseRow { id, name, class, shape }))
}

fn facility() -> impl Strategy<Value = ImportRow> {
    (key(), named(), prop::sample::select(&FacilityKind::ALL[..]), at(), text())
        .prop_map(|(id, name, kind, at, address)| ImportRow::Facility(FacilityRow { id, name, kind, at, address }))
}

fn shop() -> impl Strategy<Value = ImportRow> {
    let hours = ["", "24/7", "Mo-Fr 08:00-20:00; Sa,Su 09:00-18:00", "18:00-02:00", "off"];
    (key(), named(), text(), at(), prop::option::of(key()), prop::sample::select(hours.to_vec()), text()).prop_map(
        |(id, name, category, at, household, hours, address)| {
            let hours = hours.parse().expect("hours of the list");
            ImportRow::Shop(ShopRow { id, name, category, at, household, hours, address })
        },
    )
}

fn staffing() -> impl Strategy<Value = ImportRow> {
    (key(), "[a-z0-9-]{1,32}", prop::sample::select(&StaffRole::ALL[..]), "[A-Z][0-9]{1,6}", term()).prop_map(
        |(grid, post, role, holder, (starts_on, ends_on))| {
            ImportRow::Staffing(StaffingRow { id: format!("{grid}/{post}"), grid, role, holder, starts_on, ends_on })
        },
    )
}

/// Any row of any kind.
pub(super) fn row() -> impl Strategy<Value = ImportRow> {
    prop_oneof![area(), household(), road(), base(), facility(), shop(), staffing()]
}

/// Any cell; words of lists are among them, so that rows come about.
pub(super) fn cell() -> impl Strategy<Value = Cell> {
    let words =
        ["350602", "grid", "home", "water", "gate", "police", "T17", "5", "2026-03-01", "幸福小区3号楼2单元501"];
    prop_oneof![
        Just(Cell::Empty),
        any::<bool>().prop_map(Cell::Bool),
        any::<i64>().prop_map(Cell::Integer),
        (0i64..20_000).prop_map(Cell::Integer),
        any::<f64>().prop_map(Cell::Real),
        any::<String>().prop_map(Cell::Text),
        "\\PC{0,300}".prop_map(Cell::Text),
        prop::sample::select(words.to_vec()).prop_map(|word| Cell::Text(word.to_owned())),
    ]
}

/// Any shape, sound or not.
pub(super) fn shape() -> impl Strategy<Value = RawShape> {
    let number = || prop_oneof![-200.0..200.0, any::<f64>()];
    let position = || (number(), number()).prop_map(|(x, y)| [x, y]);
    let positions = || prop::collection::vec(position(), 0..6);
    prop_oneof![
        position().prop_map(RawShape::Point),
        positions().prop_map(RawShape::Points),
        prop::collection::vec(positions(), 0..3).prop_map(RawShape::Lines),
        prop::collection::vec(prop::collection::vec(positions(), 0..3), 0..3).prop_map(RawShape::Polygons),
    ]
}
