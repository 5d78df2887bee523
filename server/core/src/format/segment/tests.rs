//! Every kind of segment there and back, and damaged ones.

use super::*;
use crate::domain::{
    area::{AreaRow, Level},
    event::PastVisit,
    facility::{FacilityKind, FacilityRow},
    feature::{BaseClass, BaseRow, RoadClass, RoadRow},
    household::{Address, HouseholdKind, HouseholdRow},
    shop::ShopRow,
    staffing::{StaffRole, StaffingRow},
};
use crate::format::event::tests::{any_time, any_visit};
use crate::geometry::{
    position::FixedPoint,
    shape::{MultiPolygon, Polygon, Shape},
};
use proptest::prelude::*;

fn any_point() -> impl Strategy<Value = FixedPoint> {
    any::<(u32, u32)>().prop_map(|(x, y)| FixedPoint { x, y })
}

fn any_line() -> impl Strategy<Value = Vec<FixedPoint>> {
    prop::collection::vec(any_point(), 2..6)
}

fn any_polygons() -> impl Strategy<Value = MultiPolygon> {
    let ring = || prop::collection::vec(any_point(), 3..7);
    let polygon = (ring(), prop::collection::vec(ring(), 0..3)).prop_map(|(outer, holes)| Polygon { outer, holes });
    prop::collection::vec(polygon, 1..3)
}

fn any_area() -> impl Strategy<Value = AreaRow> {
    let date = || prop::option::of("20[0-9]{2}-0[1-9]-1[0-9]");
    ("[0-9]{6,15}", ".{1,8}", 0usize..5, prop::option::of("[0-9]{6}"), any_polygons(), date(), date()).prop_map(
        |(code, name, level, parent, geometry, starts_on, ends_on)| AreaRow {
            code,
            name,
            level: Level::ALL[level],
            parent,
            geometry,
            starts_on,
            ends_on,
        },
    )
}

fn any_household() -> impl Strategy<Value = HouseholdRow> {
    let kind = prop_oneof![Just(HouseholdKind::Home), Just(HouseholdKind::Rental), Just(HouseholdKind::Shop)];
    let address = (".{0,4}", ".{0,2}", ".{0,2}", any::<i16>(), ".{0,3}")
        .prop_map(|(place, building, stair, floor, door)| Address { place, building, stair, floor, door });
    (".{1,8}", any_point(), kind, any::<u16>(), address).prop_map(|(id, at, kind, residents, address)| HouseholdRow {
        id,
        at,
        kind,
        residents,
        address,
    })
}

fn any_road() -> impl Strategy<Value = RoadRow> {
    let class = prop_oneof![Just(RoadClass::Primary), Just(RoadClass::Lane), Just(RoadClass::Footway)];
    ("[a-z]{1,5}", ".{0,4}", class, any_line()).prop_map(|(id, name, class, line)| RoadRow { id, name, class, line })
}

fn any_base() -> impl Strategy<Value = BaseRow> {
    let class = prop_oneof![Just(BaseClass::Water), Just(BaseClass::Building), Just(BaseClass::Gate)];
    let shape = prop_oneof![
        any_point().prop_map(Shape::Point),
        any_line().prop_map(Shape::Line),
        any_polygons().prop_map(Shape::Polygons),
    ];
    ("[a-z]{1,5}", ".{0,4}", class, shape).prop_map(|(id, name, class, shape)| BaseRow { id, name, class, shape })
}

fn any_facility() -> impl Strategy<Value = FacilityRow> {
    (".{1,8}", ".{0,8}", 0usize..5, any_point(), ".{0,8}").prop_map(|(id, name, kind, at, address)| FacilityRow {
        id,
        name,
        kind: FacilityKind::ALL[kind],
        at,
        address,
    })
}

fn any_shop() -> impl Strategy<Value = ShopRow> {
    let hours = prop_oneof![Just(""), Just("24/7"), Just("Mo-Fr 08:00-20:00; Sa 18:00-02:00"), Just("off")];
    let words = (".{1,8}", ".{0,8}", "[a-z]{0,4}", ".{0,8}");
    (words, any_point(), prop::option::of(".{1,8}"), hours).prop_map(
        |((id, name, category, address), at, household, hours)| ShopRow {
            id,
            name,
            category,
            at,
            household,
            hours: hours.parse().unwrap(),
            address,
        },
    )
}

fn any_staffing() -> impl Strategy<Value = StaffingRow> {
    let date = || prop::option::of("20[0-9]{2}-0[1-9]-1[0-9]");
    ("[0-9]{15}", "[a-z]{1,4}", 0usize..3, "[A-Z0-9]{1,6}", date(), date()).prop_map(
        |(grid, post, role, holder, starts_on, ends_on)| StaffingRow {
            id: format!("{grid}/{post}"),
            grid,
            role: StaffRole::ALL[role],
            holder,
            starts_on,
            ends_on,
        },
    )
}

fn any_rows() -> impl Strategy<Value = SegmentRows> {
    let past = (any_visit(), any_time()).prop_map(|(visit, recorded_at)| PastVisit { visit, recorded_at });
    prop_oneof![
        prop::collection::vec(any_area(), 0..5).prop_map(SegmentRows::Areas),
        prop::collection::vec(any_household(), 0..9).prop_map(SegmentRows::Households),
        prop::collection::vec(any_road(), 0..6).prop_map(SegmentRows::Roads),
        prop::collection::vec(any_base(), 0..6).prop_map(SegmentRows::Base),
        prop::collection::vec(past, 0..9).prop_map(SegmentRows::Visits),
        prop::collection::vec(any_facility(), 0..6).prop_map(SegmentRows::Facilities),
        prop::collection::vec(any_shop(), 0..6).prop_map(SegmentRows::Shops),
        prop::collection::vec(any_staffing(), 0..6).prop_map(SegmentRows::Staffing),
    ]
}

fn some_doors(count: usize) -> SegmentRows {
    let row = |n: usize| HouseholdRow {
        id: format!("d{n}"),
        at: FixedPoint { x: 3_500_000_000 + n as u32, y: 1_800_000_000 },
        kind: HouseholdKind::Home,
        residents: 3,
        address: Address { place: "解放路".into(), door: format!("{n}"), ..Address::default() },
    };
    SegmentRows::Households((0..count).map(row).collect())
}

proptest! {
    #[test]
    fn rows_read_back(rows in any_rows()) {
        let segment = encode(&rows.clone().into()).unwrap();
        prop_assert_eq!(decode(&segment.reference(9), &segment.bytes).unwrap().into_rows(), rows);
    }

    #[test]
    fn a_damaged_segment_is_refused(rows in any_rows(), at: prop::sample::Index, flip in 1u8..=255) {
        let mut segment = encode(&rows.clone().into()).unwrap();
        let reference = segment.reference(9);
        let place = at.index(segment.bytes.len());
        segment.bytes[place] ^= flip;
        let is_checksum = matches!(decode(&reference, &segment.bytes), Err(SegmentError::Checksum { .. }));
        prop_assert!(is_checksum);
        // Even with a checksum made for the damage, reading ends in rows or an error.
        let _ = decode_unchecked(&segment.bytes);
    }

    #[test]
    fn any_bytes_are_read_or_refused(kind in 0u8..10, bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let mut whole = b"WGSG".to_vec();
        whole.extend_from_slice(&[kind, 0, 1, 0, 3, 0, 0, 0, 0, 0, 0, 0]);
        whole.extend_from_slice(&bytes);
        let _ = decode_unchecked(&whole);
    }
}

#[test]
fn a_truncated_segment_is_refused() {
    let segment = encode(&some_doors(20).into()).unwrap();
    for cut in 0..segment.bytes.len() {
        assert!(decode(&segment.reference(1), &segment.bytes[..cut]).is_err());
        assert!(decode_unchecked(&segment.bytes[..cut]).is_err(), "cut at {cut}");
    }
}

#[test]
fn another_format_version_is_refused_by_its_number() {
    let mut segment = encode(&some_doors(1).into()).unwrap();
    segment.bytes[6] = 2;
    let reference = SegmentRef { id: 1, rows: 1, crc32: crc32fast::hash(&segment.bytes) };
    assert_eq!(decode(&reference, &segment.bytes), Err(SegmentError::Version(2)));
}

#[test]
fn a_door_of_a_street_takes_few_bytes() {
    let segment = encode(&some_doors(1000).into()).unwrap();
    assert!(segment.bytes.len() < 30 * 1000, "{} bytes", segment.bytes.len());
}

/// Columns of doors in the order and types in which version 1 was first written, with nothing of the code under test.
#[derive(serde::Serialize)]
struct DoorsAsFirstWritten {
    id: Vec<String>,
    at: (Vec<i32>, Vec<i32>),
    kind: Vec<u8>,
    residents: Vec<u16>,
    place: (Vec<String>, Vec<u32>),
    building: (Vec<String>, Vec<u32>),
    stair: (Vec<String>, Vec<u32>),
    floor: Vec<i16>,
    door: (Vec<String>, Vec<u32>),
}

#[test]
fn doors_read_as_they_were_first_written() {
    let body = DoorsAsFirstWritten {
        id: vec!["d1".into(), "d2".into()],
        at: (vec![7, -2], vec![9, 1]),
        kind: vec![0, 2],
        residents: vec![3, 0],
        place: (vec!["解放路".into()], vec![0, 0]),
        building: (vec![String::new()], vec![0, 0]),
        stair: (vec!["1".into(), "2".into()], vec![1, 0]),
        floor: vec![-1, 12],
        door: (vec!["101".into(), "102".into()], vec![0, 1]),
    };
    let mut bytes = b"WGSG\x02\0\x01\0\x02\0\0\0\0\0\0\0".to_vec();
    bytes.extend(postcard::to_stdvec(&body).unwrap());
    let row = |id: &str, x, y, kind, residents, (stair, floor, door): (&str, i16, &str)| HouseholdRow {
        id: id.to_owned(),
        at: FixedPoint { x, y },
        kind,
        residents,
        address: Address {
            place: "解放路".into(),
            building: String::new(),
            stair: stair.into(),
            floor,
            door: door.into(),
        },
    };
    let rows = SegmentRows::Households(vec![
        row("d1", 7, 9, HouseholdKind::Home, 3, ("2", -1, "101")),
        row("d2", 5, 10, HouseholdKind::Shop, 0, ("1", 12, "102")),
    ]);
    assert_eq!(decode_unchecked(&bytes).unwrap().into_rows(), rows);
    assert_eq!(encode(&rows.clone().into()).unwrap().bytes.len(), bytes.len());
}

#[test]
fn a_word_that_is_not_there_is_refused() {
    let columns = DoorsAsFirstWritten {
        id: vec!["d1".into()],
        at: (vec![7], vec![9]),
        kind: vec![0],
        residents: vec![3],
        place: (vec!["a".into()], vec![1]),
        building: (vec![String::new()], vec![0]),
        stair: (vec![String::new()], vec![0]),
        floor: vec![0],
        door: (vec![String::new()], vec![0]),
    };
    let refused = |columns: &DoorsAsFirstWritten| doors::decode(&postcard::to_stdvec(columns).unwrap()).unwrap_err();
    assert_eq!(refused(&columns), SegmentError::Columns(ColumnError::Value { column: "place", value: 1 }));
    let short = DoorsAsFirstWritten { floor: Vec::new(), place: (vec!["a".into()], vec![0]), ..columns };
    assert_eq!(refused(&short), SegmentError::Columns(ColumnError::Short("floor")));
}
