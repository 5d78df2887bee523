//! Addresses of doors: from their columns, from one text, and the ids made of them.

use super::*;
use wangge_core::domain::household::{Address, HouseholdRow};
use wangge_core::format::address::address_text;

fn door(texts: &[(&str, &str)]) -> Result<HouseholdRow, String> {
    match row_of(RowKind::Households, texts, point()) {
        Ok(ImportRow::Household(row)) => Ok(row),
        Ok(other) => panic!("{other:?} is no door"),
        Err(fault) => Err(fault.to_string()),
    }
}

fn parts(texts: &[(&str, &str)]) -> (String, String, String, i16, String) {
    let mut texts = texts.to_vec();
    texts.push(("id", "1"));
    let Address { place, building, stair, floor, door } = door(&texts).unwrap().address;
    (place, building, stair, floor, door)
}

fn is(texts: &[(&str, &str)], (place, building, stair, floor, door): (&str, &str, &str, i16, &str)) {
    assert_eq!(parts(texts), (place.into(), building.into(), stair.into(), floor, door.into()), "{texts:?}");
}

#[test]
fn an_address_in_one_text_fills_what_has_no_column() {
    is(&[("address", "幸福小区3号楼2单元501室")], ("幸福小区", "3号楼", "2单元", 5, "501"));
    is(&[("place", "幸福小区"), ("address", "幸福小区3号楼2单元501室")], ("幸福小区", "3号楼", "2单元", 5, "501"));
    is(&[("place", "幸福小区"), ("address", "胜利西路118号幸福小区3号楼")], ("幸福小区", "3号楼", "", 0, ""));
    is(&[("building", "甲栋"), ("address", "幸福小区3号楼2单元501室")], ("幸福小区", "甲栋", "2单元", 5, "501"));
    is(&[("place", "幸福小区"), ("address", "3号楼2单元501")], ("幸福小区", "3号楼", "2单元", 5, "501"));
}

#[test]
fn what_an_address_says_of_the_place_is_not_lost() {
    is(&[("place", "新桥街道"), ("address", "大榕树后面")], ("新桥街道 大榕树后面", "", "", 0, ""));
    is(&[("place", "榕树"), ("address", "大榕树后面")], ("大榕树后面", "", "", 0, ""));
}

#[test]
fn floors_are_said_by_doors_only_where_the_file_has_no_floors() {
    is(&[("place", "a"), ("building", "3号楼"), ("door", "501")], ("a", "3号楼", "", 5, "501"));
    is(&[("place", "a"), ("building", "3号楼"), ("door", "501"), ("floor", "")], ("a", "3号楼", "", 0, "501"));
    is(&[("place", "a"), ("building", "3号楼"), ("floor", "负一层")], ("a", "3号楼", "", -1, ""));
    is(&[("place", "a"), ("building", "3号楼"), ("floor", "１２Ｆ")], ("a", "3号楼", "", 12, ""));
    let message = door(&[("id", "1"), ("floor", "顶楼")]).unwrap_err();
    assert_eq!(message, "floor: is \"顶楼\"; it must be a whole number from -32768 to 32767");
}

#[test]
fn doors_without_ids_have_ids_made_of_their_address_the_same_in_every_file() {
    let id = |texts: &[(&str, &str)]| door(texts).map(|row| row.id);
    let one = id(&[("address", "幸福小区3号楼2单元501室")]);
    assert_eq!(one.as_deref(), Ok("幸福小区-3号楼-2单元-501"));
    let other = [("place", "幸福小区"), ("building", "3号楼"), ("stair", "2单元"), ("door", "501")];
    assert_eq!(id(&other), one);
    assert_eq!(id(&[("address", "中山路１２号")]).as_deref(), Ok("中山路-12号"));
    assert_eq!(id(&[("place", "a"), ("building", "3"), ("floor", "2"), ("door", "7")]).as_deref(), Ok("a-3--2层7"));
    // The number was computed by another program (FNV-1a, 64 bits, a zero byte behind each part).
    assert_eq!(id(&[("address", "улица Абая, 12/4")]).as_deref(), Ok("улица_Абая-12_4~332c542a3344266e"));
    let message = id(&[("address", "幸福小区")]).unwrap_err();
    let expected = "id: is missing, and the address \"幸福小区\" does not tell one door from another; give an id, or \
         place, building and door";
    assert_eq!(message, expected);
    assert!(id(&[]).unwrap_err().starts_with("id: is missing, and there is no address"));
}

proptest! {
    #[test]
    fn addresses_that_differ_have_ids_that_differ(a in super::any::row(), b in super::any::row()) {
        let (ImportRow::Household(a), ImportRow::Household(b)) = (a, b) else { return Ok(()) };
        let id = |row: &HouseholdRow| {
            let Address { place, building, stair, floor, door } = &row.address;
            let floor = floor.to_string();
            let texts = [("place", place.as_str()), ("building", building), ("stair", stair), ("floor", &floor), ("door", door)];
            super::doors::door(&texts).map(|row| row.id)
        };
        // Ids are made of the text as folded, so that wide and narrow signs are one.
        let same = |a: &str, b: &str| wangge_core::format::address::folded(a) == wangge_core::format::address::folded(b);
        let pairs = [(&a.address.place, &b.address.place), (&a.address.building, &b.address.building),
            (&a.address.stair, &b.address.stair), (&a.address.door, &b.address.door)];
        let equal = pairs.iter().all(|(a, b)| same(a, b)) && a.address.floor == b.address.floor;
        if let (Ok(a), Ok(b)) = (id(&a), id(&b)) {
            prop_assert!(equal || a != b, "{a}");
            prop_assert!(a.chars().count() <= 64 && !a.contains(super::super::text::cannot_stand_in_key));
        }
    }
}

#[test]
fn addresses_of_the_demo_come_apart_into_what_they_were_made_of() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../data/samples/households.geojson");
    let mut seen = 0;
    for (header, row) in real::rows(&path) {
        let kind = of(RowKind::Households);
        let at = |field: &Field| header.iter().position(|c| c == field.name).map_or(Origin::Absent, Origin::Column);
        let origins: Vec<Origin> = kind.fields().iter().map(at).collect();
        let made = kind.row(&Values::new(kind.fields(), &origins, &row.cells, row.shape.as_ref())).unwrap();
        let ImportRow::Household(made) = made else { panic!("{made:?} is no door") };
        let line = address_text(&made.address);
        let read = door(&[("id", "1"), ("address", &line)]).unwrap().address;
        // Shops and stalls have their floor in no word of their address.
        let is_said = made.address.door.ends_with(|c: char| c.is_ascii_digit()) && !made.address.door.contains('店');
        let floor = if is_said { made.address.floor } else { read.floor };
        assert_eq!(read, Address { floor, ..made.address }, "{line}");
        seen += 1;
    }
    assert!(seen > 30, "{seen} doors");
}
