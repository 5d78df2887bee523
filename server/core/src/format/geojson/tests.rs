//! Files that are right, and every way to be wrong.

use super::*;
use crate::domain::{
    area::{AreaRow, Level},
    household::{Address, HouseholdKind, HouseholdRow},
};
use crate::geometry::{position::FixedPoint, shape::Polygon};
use proptest::prelude::*;
use serde_json::{Value, json};

fn file(features: Vec<Value>) -> Vec<u8> {
    json!({"type": "FeatureCollection", "features": features}).to_string().into_bytes()
}

fn square(west: f64, south: f64, side: f64) -> Value {
    let (east, north) = (west + side, south + side);
    json!([[[west, south], [east, south], [east, north], [west, north], [west, south]]])
}

fn area(properties: Value, coordinates: Value) -> Value {
    let geometry = json!({"type": "Polygon", "coordinates": coordinates});
    json!({"type": "Feature", "properties": properties, "geometry": geometry})
}

fn door(properties: Value, coordinates: Value) -> Value {
    let geometry = json!({"type": "Point", "coordinates": coordinates});
    json!({"type": "Feature", "properties": properties, "geometry": geometry})
}

fn grid() -> Value {
    json!({"code": "350602001001001", "name": "一网格", "level": "grid"})
}

/// The grid's properties with one changed; null takes it away.
fn grid_with(name: &str, value: Value) -> Value {
    let mut properties = grid();
    properties[name] = value;
    properties
}

fn area_error(feature: Value) -> String {
    match &areas(&file(vec![feature])).unwrap()[..] {
        [Err(error)] => error.to_string(),
        other => panic!("{other:?}"),
    }
}

fn door_error(feature: Value) -> String {
    match &households(&file(vec![feature])).unwrap()[..] {
        [Err(error)] => error.to_string(),
        other => panic!("{other:?}"),
    }
}

fn area_rows(bytes: &[u8]) -> Vec<AreaRow> {
    areas(bytes).unwrap().into_iter().map(Result::unwrap).collect()
}

fn door_rows(bytes: &[u8]) -> Vec<HouseholdRow> {
    households(bytes).unwrap().into_iter().map(Result::unwrap).collect()
}

#[test]
fn an_area_is_read_with_its_parent_from_the_national_code() {
    let rows = area_rows(&file(vec![area(grid(), square(117.65, 24.51, 0.01))]));
    assert_eq!(rows[0].parent.as_deref(), Some("350602001001"));
    assert_eq!(rows[0].geometry[0].outer.len(), 4);
}

#[test]
fn a_door_is_read_with_defaults() {
    let rows = door_rows(&file(vec![door(json!({"id": "d1", "address": "解放路12号"}), json!([117.65, 24.51]))]));
    assert_eq!(rows[0].address, Address { place: "解放路12号".into(), ..Address::default() });
    assert_eq!((rows[0].kind.id(), rows[0].residents), ("home", 0));
}

#[test]
fn a_refused_feature_leaves_the_others() {
    let good = area(grid(), square(117.65, 24.51, 0.01));
    let rows = areas(&file(vec![area(json!({}), square(0.0, 0.0, 1.0)), good])).unwrap();
    assert_eq!(rows[0].as_ref().unwrap_err().to_string(), "properties.code: is missing; it must be text (feature 1)");
    assert!(rows[1].is_ok());
}

#[test]
fn wrong_properties_are_refused_by_name() {
    let at = || square(117.65, 24.51, 0.01);
    let cases = [
        (
            "code",
            json!(350602001001001u64),
            "properties.code: is the number 350602001001001; write it as text, \"350602001001001\" (feature 1)",
        ),
        (
            "code",
            json!("a b"),
            "properties.code: \"a b\" holds ' '; it must do without spaces and /\\?#%&,\"'<> (feature 1)",
        ),
        ("name", json!(null), "properties.name: is missing; it must be text (feature 1)"),
        ("name", json!(["x"]), "properties.name: is an array; it must be text (feature 1)"),
        (
            "level",
            json!("street"),
            "properties.level: level \"street\" is none of district, subdistrict, community, grid, block (feature 1)",
        ),
        (
            "level",
            json!("block"),
            "properties.parent: is missing; it must be the code of the grid, as \"350602001001001\" has not the 18 digits of a block in the national scheme (feature 1)",
        ),
        ("level", json!("district"), ""),
        (
            "starts_on",
            json!("2026-02-30"),
            "properties.starts_on: \"2026-02-30\" is not a date; write it as YYYY-MM-DD, such as 2026-03-01 (feature 1)",
        ),
        (
            "starts_on",
            json!("20260301"),
            "properties.starts_on: \"20260301\" is not a date; write it as YYYY-MM-DD, such as 2026-03-01 (feature 1)",
        ),
        (
            "parent",
            json!("350602001001001"),
            "properties.parent: \"350602001001001\" is the area's own code (feature 1)",
        ),
    ];
    for (name, value, expected) in cases {
        let file = file(vec![area(grid_with(name, value), at())]);
        let found = areas(&file).unwrap().remove(0).map_or_else(|e| e.to_string(), |_| String::new());
        assert_eq!(found, expected, "{name}");
    }
}

#[test]
fn an_area_that_ends_before_it_starts_is_refused() {
    let mut properties = grid_with("starts_on", json!("2026-03-02"));
    properties["ends_on"] = json!("2026-03-02");
    let error = area_error(area(properties, square(117.65, 24.51, 0.01)));
    assert_eq!(error, "properties.ends_on: 2026-03-02 is not after starts_on 2026-03-02 (feature 1)");
}

#[test]
fn wrong_coordinates_are_refused_with_their_place() {
    let error = |coordinates: Value| area_error(area(grid(), coordinates));
    let text = error(json!([[[117.65, "x"], [117.66, 24.51]]]));
    assert!(text.starts_with("geometry.coordinates[0][0][1]: is \"x\"; a position is [longitude, latitude]"), "{text}");
    assert!(error(json!([[117.65, 24.51]])).starts_with("geometry.coordinates[0][0]: is 117.65; it must be an array"));
    let swapped = error(json!([[[24.51, 117.65], [24.52, 117.65], [24.52, 117.66], [24.51, 117.65]]]));
    assert!(swapped.contains("longitude and latitude look swapped"), "{swapped}");
    let unclosed = error(json!([[[117.0, 24.0], [117.1, 24.0], [117.1, 24.1], [117.0, 24.1]]]));
    assert!(unclosed.contains("is not closed"), "{unclosed}");
    let bow_tie = error(json!([[[117.0, 24.0], [117.1, 24.1], [117.1, 24.0], [117.0, 24.1], [117.0, 24.0]]]));
    assert!(bow_tie.contains("cross near"), "{bow_tie}");
    assert!(error(json!([])).contains("empty"));
    assert!(door_error(door(json!({"id": "d"}), json!([117.65]))).contains("has 1 numbers"));
}

#[test]
fn a_geometry_of_the_wrong_type_is_refused() {
    let mut feature = area(grid(), json!([117.65, 24.51]));
    feature["geometry"]["type"] = json!("Point");
    assert_eq!(
        area_error(feature),
        "geometry.type: is \"Point\"; an area is a \"Polygon\" or a \"MultiPolygon\" (feature 1)"
    );
    let mut feature = door(json!({"id": "d"}), square(117.65, 24.51, 0.01));
    feature["geometry"]["type"] = json!("Polygon");
    assert_eq!(door_error(feature), "geometry.type: is \"Polygon\"; a door is a \"Point\" (feature 1)");
    let mut feature = door(json!({"id": "d"}), json!([0, 0]));
    feature["geometry"] = json!(null);
    let expected = "geometry: is null; it must be a geometry object with type and coordinates (feature 1)";
    assert_eq!(door_error(feature), expected);
}

#[test]
fn wrong_door_properties_are_refused_by_name() {
    let error = |properties: Value| door_error(door(properties, json!([117.65, 24.51])));
    assert_eq!(error(json!({})), "properties.id: is missing; it must be text (feature 1)");
    assert_eq!(
        error(json!({"id": "d", "kind": "castle"})),
        "properties.kind: \"castle\" is none of home, rental, shop (feature 1)"
    );
    assert_eq!(
        error(json!({"id": "d", "residents": -1})),
        "properties.residents: is -1; it must be a whole number from 0 to 65535 (feature 1)"
    );
    assert_eq!(
        error(json!({"id": "d", "floor": 1.5})),
        "properties.floor: is 1.5; it must be a whole number from -32768 to 32767 (feature 1)"
    );
    assert_eq!(error(json!({"id": "x".repeat(65)})).matches("must have 1 to 64 characters").count(), 1);
}

#[test]
fn ids_given_twice_are_refused_the_second_time() {
    let one = || door(json!({"id": "d"}), json!([117.65, 24.51]));
    let rows = households(&file(vec![one(), one()])).unwrap();
    assert!(rows[0].is_ok());
    assert_eq!(
        rows[1].as_ref().unwrap_err().to_string(),
        "properties.id: \"d\" is the id of feature 1 already; ids are unique (feature 2)"
    );
}

#[test]
fn a_file_that_is_no_collection_is_refused_whole() {
    let error = |text: &str| areas(text.as_bytes()).unwrap_err().to_string();
    assert!(error("").starts_with("the file is not JSON"));
    assert!(error("[]").starts_with("the file is an array; a FeatureCollection is needed"));
    assert!(error("{}").starts_with("the file is an object without a type"));
    assert!(error(r#"{"type": "Feature"}"#).starts_with(r#"the file is a "Feature"; a FeatureCollection is needed"#));
    assert_eq!(error(r#"{"type": "FeatureCollection"}"#), "\"features\" is missing; it must be an array of features");
    assert_eq!(
        error(r#"{"type": "FeatureCollection", "features": {}}"#),
        "\"features\" is an object; it must be an array of features"
    );
    assert!(error(r#"{"type": "FeatureCollection", "features": [], "features": []}"#).contains("stands twice"));
    assert_eq!(
        areas(b"{\"a\": \"\xFF\"}").unwrap_err().to_string(),
        "the file is not UTF-8 text: byte 7 fits no character"
    );
}

#[test]
fn nan_and_infinity_are_refused_with_their_line() {
    for word in ["NaN", "Infinity", "-Infinity"] {
        let text = format!("{{\"type\": \"FeatureCollection\",\n \"features\": [{{\"coordinates\": [{word}, 1]}}]}}");
        let error = areas(text.as_bytes()).unwrap_err().to_string();
        let named = word.trim_start_matches('-');
        assert!(error.contains("line 2") && error.contains(&format!("{named} is not a JSON number")), "{error}");
    }
    let text = r#"{"type": "FeatureCollection", "features": [{"type": "Feature", "x": 1e999}]}"#;
    let rows = areas(text.as_bytes()).unwrap();
    assert!(rows[0].as_ref().unwrap_err().to_string().contains("number out of range"));
}

#[test]
fn only_crs84_is_read() {
    let with_crs = |crs: Value| {
        let file = json!({"type": "FeatureCollection", "features": [], "crs": crs}).to_string();
        areas(file.as_bytes()).map(|rows| rows.len()).map_err(|e| e.to_string())
    };
    let named = |name: &str| json!({"type": "name", "properties": {"name": name}});
    assert_eq!(with_crs(named("urn:ogc:def:crs:OGC:1.3:CRS84")), Ok(0));
    assert_eq!(with_crs(json!(null)), Ok(0));
    let error = with_crs(named("urn:ogc:def:crs:EPSG::4548")).unwrap_err();
    assert!(error.starts_with("\"crs\" names \"urn:ogc:def:crs:EPSG::4548\"; GeoJSON is read as CRS84"), "{error}");
    assert!(with_crs(json!({"type": "link"})).is_err());
    let mut feature = door(json!({"id": "d"}), json!([117.65, 24.51]));
    feature["geometry"]["crs"] = named("EPSG:3857");
    assert!(door_error(feature).starts_with("geometry.crs: names \"EPSG:3857\""));
}

#[test]
fn arrays_nested_5000_deep_are_refused() {
    let bomb = format!("{}{}", "[".repeat(5000), "]".repeat(5000));
    assert!(areas(bomb.as_bytes()).is_err());
    let inside = format!(r#"{{"type": "FeatureCollection", "features": [{{"type": "Feature", "x": {bomb}}}]}}"#);
    let rows = areas(inside.as_bytes()).unwrap();
    assert!(rows[0].as_ref().unwrap_err().to_string().contains("recursion limit"));
    let beside = format!(r#"{{"type": "FeatureCollection", "features": [], "x": {bomb}}}"#);
    assert_eq!(areas(beside.as_bytes()).unwrap().len(), 0);
    assert!(areas("[".repeat(5000).as_bytes()).is_err());
    assert!(areas(r#"{"a":"#.repeat(5000).as_bytes()).is_err());
}

#[test]
fn written_outer_rings_run_counter_clockwise() {
    let properties = json!({"code": "350602", "name": "芗城区", "level": "district"});
    let rows = area_rows(&file(vec![area(properties, square(117.0, 24.0, 1.0))]));
    let feature = serde_json::to_value(area_feature(&rows[0])).unwrap();
    let ring: Vec<[f64; 2]> = serde_json::from_value(feature["geometry"]["coordinates"][0].clone()).unwrap();
    let doubled: f64 = ring.windows(2).map(|w| w[0][0] * w[1][1] - w[1][0] * w[0][1]).sum();
    assert!(doubled > 0.0, "north is up here, so counter-clockwise is positive");
    assert_eq!(ring.first(), ring.last());
}

/// Rings begun at their least position: writing begins them where it likes.
fn rotated(mut row: AreaRow) -> AreaRow {
    for polygon in &mut row.geometry {
        for ring in std::iter::once(&mut polygon.outer).chain(&mut polygon.holes) {
            let least = (0..ring.len()).min_by_key(|i| ring[*i]).unwrap_or(0);
            ring.rotate_left(least);
        }
    }
    row
}

fn any_area() -> impl Strategy<Value = AreaRow> {
    let date = || prop::option::of("20[0-4][0-9]-0[1-9]-1[0-9]");
    let corner = (1u32 << 28..7 << 28, 1u32 << 28..7 << 28, 10u32..1 << 24, 10u32..1 << 24);
    ("[0-9a-z]{1,20}", "[^\\s]{1,8}", 1usize..5, "[0-9]{6}", date(), corner, 1usize..3).prop_map(
        |(code, name, level, parent, starts_on, (x, y, w, h), parts)| {
            let ring = |x: u32, y: u32, w: u32, h: u32| {
                [(0, 0), (w, 0), (w, h), (0, h)].map(|(dx, dy)| FixedPoint { x: x + dx, y: y + dy }).to_vec()
            };
            let polygon = |part: usize| {
                let x = x + part as u32 * (w + 1);
                let mut hole = ring(x + 2, y + 2, w - 4, h - 4);
                hole.reverse();
                Polygon { outer: ring(x, y, w, h), holes: vec![hole] }
            };
            let (geometry, level) = ((0..parts).map(polygon).collect(), Level::ALL[level]);
            AreaRow { parent: Some(format!("p{parent}")), code, name, level, geometry, starts_on, ends_on: None }
        },
    )
}

fn any_household() -> impl Strategy<Value = HouseholdRow> {
    let address = (".{0,6}", ".{0,4}", ".{0,4}", any::<i16>(), ".{0,4}")
        .prop_map(|(place, building, stair, floor, door)| Address { place, building, stair, floor, door });
    let kind = prop_oneof![Just(HouseholdKind::Home), Just(HouseholdKind::Rental), Just(HouseholdKind::Shop)];
    ("[0-9a-z-]{1,64}", any::<(u32, u32)>(), kind, any::<u16>(), address).prop_map(
        |(id, (x, y), kind, residents, address)| {
            // The last units of the square are half beyond the globe.
            let at = FixedPoint { x: x.max(1), y: y.clamp(1, u32::MAX - 1) };
            HouseholdRow { id, at, kind, residents, address }
        },
    )
}

proptest! {
    #[test]
    fn written_areas_read_back(row in any_area()) {
        let bytes = file(vec![serde_json::to_value(area_feature(&row)).unwrap()]);
        prop_assert_eq!(area_rows(&bytes).into_iter().map(rotated).collect::<Vec<_>>(), vec![rotated(row)]);
    }

    #[test]
    fn written_doors_read_back(row in any_household()) {
        let bytes = file(vec![serde_json::to_value(household_feature(&row)).unwrap()]);
        prop_assert_eq!(door_rows(&bytes), vec![row]);
    }
}
