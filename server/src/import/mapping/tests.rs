//! Headers as people and programs write them find their fields.

mod real;

use super::*;
use crate::kinds;
use crate::table::{Cell, Format};
use wangge_core::domain::row::RowKind;

fn header(columns: &[&str], has_shapes: bool) -> Header {
    Header {
        format: Format::Csv,
        columns: columns.iter().map(|&name| name.to_owned()).collect(),
        has_shapes,
        crs: None,
        rows: None,
        bytes: 0,
        encoding: None,
        layer: None,
        notes: Vec::new(),
    }
}

fn rows(rows: &[&[&str]]) -> Vec<Row> {
    let cells = |row: &&[&str]| row.iter().map(|text| Cell::Text((*text).to_owned())).collect();
    rows.iter().zip(1..).map(|(row, number)| Row { number, cells: cells(row), shape: None }).collect()
}

fn guessed(kind: RowKind, columns: &[&str], sample: &[&[&str]]) -> Mapping {
    Mapping::guess(kinds::of(kind), &header(columns, false), &rows(sample))
}

fn shaped(kind: RowKind, columns: &[&str], sample: &[&[&str]]) -> Mapping {
    Mapping::guess(kinds::of(kind), &header(columns, true), &rows(sample))
}

fn pairs(given: &[(&str, &str)]) -> Vec<(String, String)> {
    given.iter().map(|(field, column)| ((*field).to_owned(), (*column).to_owned())).collect()
}

/// `field=column` of every field that has one, in order.
fn found(mapping: &Mapping) -> String {
    let mapped = mapping.describe().into_iter().filter_map(|m| Some(format!("{}={}", m.field, m.column?)));
    mapped.collect::<Vec<_>>().join(" ")
}

fn how(mapping: &Mapping, field: &str) -> How {
    mapping.describe().iter().find(|m| m.field == field).map_or(How::Absent, |m| m.how)
}

const FAMILY: [&str; 12] = [
    "小区名称",
    "楼栋号",
    "单元",
    "房号",
    "户主",
    "联系电话",
    "经度",
    "纬度",
    "网格编码",
    "所属社区",
    "常住人口",
    "房屋性质",
];

#[test]
fn headers_of_chinese_spreadsheets_find_their_fields() {
    let sample: &[&[&str]] = &[
        &[
            "幸福小区",
            "3号楼",
            "2单元",
            "501",
            "张三",
            "13805961234",
            "117.65",
            "24.51",
            "350602001001001",
            "西街社区",
            "3",
            "自住",
        ],
        &[
            "幸福小区",
            "3号楼",
            "2单元",
            "502",
            "李四",
            "13805961235",
            "117.65",
            "24.51",
            "350602001001001",
            "西街社区",
            "2",
            "出租",
        ],
    ];
    let mapping = guessed(RowKind::Households, &FAMILY, sample);
    assert_eq!(
        found(&mapping),
        "kind=房屋性质 residents=常住人口 place=小区名称 building=楼栋号 stair=单元 door=房号 lon=经度 lat=纬度"
    );
    assert_eq!(mapping.unused(), ["网格编码", "所属社区"]);
    assert_eq!(mapping.kept_out(), ["户主", "联系电话"]);
    let notes = mapping.notes().join("; ");
    assert!(
        notes.contains("made of place, building, stair and door") && notes.contains("\"户主\", \"联系电话\""),
        "{notes}"
    );
    assert!(mapping.with(&[]).is_ok(), "an id is made");
}

#[test]
fn names_are_compared_without_case_width_signs_and_old_characters() {
    let columns = ["門牌編號（必填）", "Street_Name", "ＲＯＯＭ－ＮＯ", "經度", "緯度", "Household ID"];
    let mapping = guessed(RowKind::Households, &columns, &[]);
    assert_eq!(found(&mapping), "id=Household ID place=Street_Name door=ＲＯＯＭ－ＮＯ lon=經度 lat=緯度");
    let mapping = guessed(RowKind::Households, &["房屋小区名称", "登记楼栋名称", "室号", "户编号", "x", "y"], &[]);
    assert_eq!(found(&mapping), "id=户编号 place=房屋小区名称 building=登记楼栋名称 door=室号 lon=x lat=y");
}

#[test]
fn every_kind_finds_its_own_field_names_and_english_ones() {
    for kind in kinds::all() {
        let columns: Vec<&str> = kind.fields().iter().map(|field| field.name).collect();
        let mapping = shaped(kind.kind(), &columns, &[]);
        for mapped in mapping.describe() {
            assert_eq!((mapped.column.as_deref(), mapped.how), (Some(mapped.field), How::Named));
        }
    }
    let english = ["poi_name", "amenity", "osm_id", "addr:full", "longitude", "latitude"];
    let mapping = guessed(RowKind::Facilities, &english, &[&["A", "hospital", "1", "x", "117.1", "24.1"]]);
    assert_eq!(found(&mapping), "id=osm_id name=poi_name kind=amenity address=addr:full lon=longitude lat=latitude");
    let shops = ["店铺编号", "店铺名称", "经营类型", "营业时间", "经营者姓名", "经营地址", "东经", "北纬"];
    let mapping =
        guessed(RowKind::Shops, &shops, &[&["S1", "A", "餐饮", "周一至周五 8:00-20:00", "王五", "x", "117.1", "24.1"]]);
    assert_eq!(
        found(&mapping),
        "id=店铺编号 name=店铺名称 category=经营类型 hours=营业时间 address=经营地址 lon=东经 lat=北纬"
    );
}

#[test]
fn staffing_finds_badges_and_leaves_people_out_even_by_hand() {
    let columns = ["网格编码", "岗位", "姓名", "手机", "工号", "上岗日期"];
    let sample: &[&[&str]] = &[&["350602001001001", "网格员", "张三", "13805961234", "W-0417", "2026-03-01"]];
    let mapping = guessed(RowKind::Staffing, &columns, sample);
    assert_eq!(found(&mapping), "grid=网格编码 role=岗位 holder=工号 starts_on=上岗日期");
    assert_eq!(mapping.kept_out(), ["姓名", "手机"]);
    let error = mapping.with(&pairs(&[("holder", "姓名")])).err().unwrap();
    assert!(matches!(error, MappingError::Personal { field: "holder", .. }), "{error}");
    // Without a badge nobody's name is taken for one.
    let without = guessed(RowKind::Staffing, &["网格编码", "岗位", "name"], &[&["350602001001001", "民警", "T17"]]);
    let error = without.with(&[]).err().unwrap().to_string();
    assert!(error.starts_with("no column gives holder (工号: a badge number or team code"), "{error}");
}

#[test]
fn columns_that_hold_something_else_are_not_taken_for_their_name() {
    let columns = ["osm_id", "housenumber", "street", "building", "geom", "lon", "lat"];
    let sample: &[&[&str]] = &[
        &["500429107", "12", "переулок Камкалы", "yes", "Polygon", "71.360232", "51.2384673"],
        &["500429092", "12/4", "переулок Камкалы", "apartments", "Polygon", "71.361276", "51.2390221"],
    ];
    let mapping = guessed(RowKind::Households, &columns, sample);
    assert_eq!(found(&mapping), "id=osm_id place=street building=housenumber lon=lon lat=lat");
    assert_eq!(mapping.unused(), ["building", "geom"]);
}

#[test]
fn where_names_say_nothing_values_do() {
    let columns = ["a", "b", "c", "d", "e"];
    let sample: &[&[&str]] =
        &[&["24.5123", "117.6512", "350602001", "街道", "甲"], &["24.5124", "117.6513", "350602002", "街道", "乙"]];
    let mapping = guessed(RowKind::Facilities, &columns, sample);
    assert_eq!((how(&mapping, "lon"), how(&mapping, "id")), (How::Content, How::Content));
    assert_eq!(found(&mapping), "id=c lon=b lat=a");
    let mapping = shaped(RowKind::Areas, &columns, sample);
    assert_eq!(found(&mapping), "code=c level=d");
    let one_text: &[&[&str]] = &[&["幸福小区3号楼2单元501"], &["幸福小区3号楼2单元502"]];
    assert_eq!(found(&shaped(RowKind::Households, &["列1"], one_text)), "address=列1");
    let wkt: &[&[&str]] = &[&["r1", "LINESTRING (117 24, 117.1 24.1)"], &["r2", "LINESTRING (117 24, 117.1 24.1)"]];
    assert_eq!(found(&guessed(RowKind::Roads, &["id", "列2"], wkt)), "id=id wkt=列2");
}

#[test]
fn what_cannot_be_told_is_said_and_not_guessed() {
    let europe: &[&[&str]] = &[&["1", "52.5123", "13.4512"], &["2", "52.5124", "13.4513"]];
    let mapping = guessed(RowKind::Facilities, &["id", "p", "q"], europe);
    assert_eq!(found(&mapping), "id=id");
    assert!(
        mapping.notes().iter().any(|note| note.contains("which is longitude cannot be told")),
        "{:?}",
        mapping.notes()
    );
    let both = guessed(RowKind::Households, &["户编号", "房号", "室号", "经度", "纬度"], &[]);
    assert_eq!(found(&both), "id=户编号 door=房号 lon=经度 lat=纬度");
    assert!(both.notes()[0].starts_with("\"室号\" could be door as well as \"房号\""), "{:?}", both.notes());
}

#[test]
fn a_hopeless_header_is_refused_with_all_that_is_missing_and_all_there_is() {
    let error = guessed(RowKind::Areas, &["foo", "bar"], &[&["x", "y"]]).with(&[]).err().unwrap();
    let expected = "no column gives code (编码: a code of up to 64 characters without spaces) and name (名称: text shown \
         on the map) and level (层级: district, subdistrict, community, grid or block); the columns are \"foo\", \
         \"bar\". Say which with --map code=COLUMN, or --map code==TEXT for the same text in every row";
    assert_eq!(error.to_string(), expected);
    let error = guessed(RowKind::Facilities, &["id", "name", "lon"], &[]).with(&[]).err().unwrap();
    assert!(error.to_string().starts_with("lon has a column and lat has none"), "{error}");
    let error = guessed(RowKind::Facilities, &["id", "name"], &[]).with(&[]).err().unwrap();
    assert!(error.to_string().starts_with("no column says where the facilities are"), "{error}");
    let error = guessed(RowKind::Facilities, &[], &[]).with(&[]).err().unwrap();
    assert!(error.to_string().contains("the columns are none at all"), "{error}");
}

#[test]
fn what_is_said_by_hand_goes_before_every_guess() {
    let columns = ["codebase", "code2", "town_id", "town"];
    let mapping =
        shaped(RowKind::Areas, &columns, &[&["A1-01", "A1", "67", "新營區"], &["A1-02", "A1", "67", "新營區"]]);
    let given = pairs(&[("name", "codebase"), ("level", "=grid"), ("parent", "Town ID")]);
    let mapping = mapping.with(&given).unwrap();
    assert_eq!(
        found(&mapping),
        "code=codebase name=codebase level=grid parent=town_id",
        "a column may be used twice by hand"
    );
    assert_eq!((how(&mapping, "level"), how(&mapping, "parent")), (How::Constant, How::Given));
    let row = &rows(&[&["A1-01", "A1", "67", "新營區"]])[0];
    let values = mapping.values(row, None);
    assert_eq!(
        (values.cell(0).text(), values.cell(2).text(), values.cell(3).text()),
        ("A1-01".into(), "grid".into(), "67".into())
    );
    let none = guessed(RowKind::Households, &["id", "kind", "lon", "lat"], &[]).with(&pairs(&[("kind", "")])).unwrap();
    assert_eq!(found(&none), "id=id lon=lon lat=lat", "none is taken where none is said");
}

#[test]
fn words_that_mean_nothing_are_answered_with_the_nearest_that_do() {
    let answer = |given: &[(&str, &str)]| {
        let mapping = guessed(RowKind::Households, &["编号", "street", "lon", "lat"], &[]);
        mapping.with(&pairs(given)).err().unwrap().to_string()
    };
    let fields = "id, kind, residents, place, building, stair, floor, door, address, lon, lat, wkt";
    assert_eq!(
        answer(&[("plase", "street")]),
        format!("households have no field \"plase\", did you mean \"place\"; their fields are {fields}")
    );
    let columns = "its columns are \"编号\", \"street\", \"lon\", \"lat\"";
    assert_eq!(
        answer(&[("place", "stret")]),
        format!("the file has no column \"stret\" for place, did you mean \"street\"; {columns}")
    );
    assert_eq!(answer(&[("place", "zzz")]), format!("the file has no column \"zzz\" for place; {columns}"));
    assert_eq!(answer(&[("place", "street"), ("place", "lon")]), "place is mapped twice; name one column for it");
    assert_eq!(
        answer(&[("kind", "=castle")]),
        "\"castle\" cannot stand in kind, which takes home, rental or shop; home when absent"
    );
    assert!(answer(&[("id", "=1")]).starts_with("\"1\" cannot stand in id"), "one id for every row");
}

#[test]
fn shapes_come_from_columns_or_from_the_row() {
    let mapping = guessed(RowKind::Households, &["id", "lon", "lat"], &[]).with(&[]).unwrap();
    let shape = |cells: &[&str]| {
        let row = rows(&[cells]).remove(0);
        mapping.shape(&row).map(|shape| shape.map(Cow::into_owned)).map_err(|fault| fault.to_string())
    };
    assert_eq!(shape(&["1", "117.65", "24.51"]), Ok(Some(RawShape::Point([117.65, 24.51]))));
    assert_eq!(shape(&["1", "117.65°E", "北纬24.51°"]), Ok(Some(RawShape::Point([117.65, 24.51]))));
    assert_eq!(shape(&["1", "", " "]), Ok(None));
    assert_eq!(shape(&["1"]), Ok(None), "a short row");
    assert_eq!(shape(&["1", "117.65", ""]).unwrap_err(), "lat: is empty while the other is there; both are needed");
    let message = "lon: \"west\" is not a number; it must be one, such as 117.6523";
    assert_eq!(shape(&["1", "west", "24.51"]).unwrap_err(), message);

    let wkt = guessed(RowKind::Roads, &["id", "wkt"], &[]).with(&[]).unwrap();
    let row = rows(&[&["r1", "LINESTRING (117 24, 117.5 24.5)"]]).remove(0);
    let line = RawShape::Lines(vec![vec![[117.0, 24.0], [117.5, 24.5]]]);
    assert_eq!(wkt.shape(&row).unwrap().as_deref(), Some(&line));
    let broken = rows(&[&["r1", "LINESTRING (117 24, "]]).remove(0);
    assert_eq!(wkt.shape(&broken).unwrap_err().field, "wkt");

    // The middle of an area is not its shape, and a file with shapes needs no columns for them.
    let areas = guessed(RowKind::Areas, &["code", "name", "level", "lon", "lat", "wkt"], &[]).with(&[]).unwrap();
    assert_eq!(found(&areas), "code=code name=name level=level wkt=wkt");
    let own = shaped(RowKind::Households, &["id", "lon", "lat"], &[]).with(&[]).unwrap();
    let row = Row { shape: Some(RawShape::Point([1.0, 2.0])), ..rows(&[&["1", "117.65", "24.51"]]).remove(0) };
    assert!(matches!(own.shape(&row).unwrap(), Some(Cow::Borrowed(RawShape::Point([1.0, 2.0])))));
}

#[test]
fn the_description_goes_over_the_wire() {
    let mapping = guessed(RowKind::Households, &["编号", "lon", "lat"], &[&["D-1", "117.65", "24.51"]]);
    let first = serde_json::to_value(&mapping.describe()[0]).unwrap();
    let expected = serde_json::json!({
        "field": "id", "zh": "户编号", "needed": false, "column": "编号", "how": "synonym", "examples": ["D-1"],
    });
    assert_eq!(first, expected);
}
