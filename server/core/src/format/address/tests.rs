//! Addresses of many hands come apart as their readers would take them apart, and lose nothing.

use super::*;
use proptest::prelude::*;

fn parts(text: &str) -> (String, String, String, i16, String) {
    let Address { place, building, stair, floor, door } = parse(text);
    (place, building, stair, floor, door)
}

#[track_caller]
fn check(cases: &[(&str, &str, &str, &str, i16, &str)]) {
    for (text, place, building, stair, floor, door) in cases {
        let expected = (*place, *building, *stair, *floor, *door);
        let (p, b, s, f, d) = parts(text);
        assert_eq!((p.as_str(), b.as_str(), s.as_str(), f, d.as_str()), expected, "{text}");
    }
}

#[test]
fn chinese_addresses_have_place_building_stair_floor_and_door() {
    check(&[
        ("3号楼2单元501", "", "3号楼", "2单元", 5, "501"),
        ("幸福小区3号楼2单元501室", "幸福小区", "3号楼", "2单元", 5, "501"),
        ("幸福小区 3号楼 2单元 501室", "幸福小区", "3号楼", "2单元", 5, "501"),
        ("１２棟", "", "12棟", "", 0, ""),
        ("中山路12号之3", "中山路", "12号之3", "", 0, ""),
        ("12号之三", "", "12号之三", "", 0, ""),
        ("中山路12号附3号", "中山路", "12号附3号", "", 0, ""),
        ("中山路12-3号", "中山路", "12-3号", "", 0, ""),
        ("A座1203", "", "A座", "", 12, "1203"),
        ("财富广场A座1203室", "财富广场", "A座", "", 12, "1203"),
        ("3栋-2-501", "", "3栋", "2", 5, "501"),
        ("3栋501", "", "3栋", "", 5, "501"),
        ("3-2-501", "", "3", "2", 5, "501"),
        ("幸福小区3-2-501", "幸福小区", "3", "2", 5, "501"),
        ("胜利西路118弄5支弄7号601室", "胜利西路118弄5支弄", "7号", "", 6, "601"),
        ("某某村三组12号", "某某村三组", "12号", "", 0, ""),
        ("保健巷119号8栋2单元", "保健巷119号", "8栋", "2单元", 0, ""),
        ("上冯路5号10栋", "上冯路5号", "10栋", "", 0, ""),
        ("幸福小区3栋7号", "幸福小区", "3栋", "", 0, "7号"),
        ("幸福小区二号楼三单元五〇一室", "幸福小区", "二号楼", "三单元", 0, "五〇一"),
        ("牧工商家属院东区1号楼西单元", "牧工商家属院东区", "1号楼", "西单元", 0, ""),
        ("东方红小区B5号楼", "东方红小区", "B5号楼", "", 0, ""),
        ("和平里甲3号", "和平里", "甲3号", "", 0, ""),
        ("3#楼2单元501", "", "3#楼", "2单元", 5, "501"),
        ("1号楼3门502", "", "1号楼", "3门", 5, "502"),
        ("浦南花园3号楼2单元店3", "浦南花园", "3号楼", "2单元", 0, "店3"),
        ("中心市场3号厅5号摊", "中心市场", "3号厅", "", 0, "5号摊"),
        ("中山路12号301", "中山路", "12号", "", 3, "301"),
        ("供销大厦B座12A05", "供销大厦", "B座", "", 0, "12A05"),
    ]);
}

#[test]
fn floors_are_said_in_words_and_by_the_number_of_the_door() {
    check(&[
        ("3号楼2单元3层302室", "", "3号楼", "2单元", 3, "302"),
        ("3号楼3层7号", "", "3号楼", "", 3, "3层7号"),
        ("3号楼负一层", "", "3号楼", "", -1, ""),
        ("负一层", "", "", "", -1, ""),
        ("3号楼B1", "", "3号楼", "", -1, "B1"),
        ("3号楼B1层", "", "3号楼", "", -1, ""),
        ("百货大楼十二层", "百货大楼", "", "", 12, ""),
        ("中山路12号3楼", "中山路", "12号", "", 3, ""),
        ("3号楼0501", "", "3号楼", "", 5, "0501"),
        ("3号楼-3层", "", "3号楼", "", 3, ""),
        ("3号楼2单元100", "", "3号楼", "2单元", 0, "100"),
        ("501室", "", "", "", 0, "501"),
    ]);
}

#[test]
fn floors_in_words_are_numbers() {
    let said =
        [("3", 3), ("3层", 3), ("十二楼", 12), ("负一层", -1), ("B1", -1), ("地下2层", -2), ("-1", -1), ("３Ｆ", 3)];
    for (text, number) in said {
        assert_eq!(floor(text), Some(number), "{text}");
    }
    for text in ["", "层", "顶层", "0", "999", "三百"] {
        assert_eq!(floor(text), None, "{text}");
    }
}

#[test]
fn taiwanese_addresses_keep_city_village_and_lanes_in_the_place() {
    check(&[
        ("臺南市東區崇明里3鄰崇明街12巷3弄5號2樓之1", "臺南市東區崇明里3鄰崇明街12巷3弄", "5號", "", 2, "2樓之1"),
        ("臺南市北區公園路３２１巷５號", "臺南市北區公園路321巷", "5號", "", 0, ""),
        ("中華路一段7號十二樓", "中華路一段", "7號", "", 12, ""),
    ]);
}

#[test]
fn latin_and_cyrillic_streets_stay_whole_and_house_numbers_are_never_torn() {
    check(&[
        ("улица Такжарык Жолдаулы, 2/1", "улица Такжарык Жолдаулы", "2/1", "", 0, ""),
        ("12 Baker Street, Flat 3", "Baker Street", "12", "", 0, "Flat 3"),
        ("221B Baker Street", "Baker Street", "221B", "", 0, ""),
        ("проспект Нургисы Тлендиева 54", "проспект Нургисы Тлендиева", "54", "", 0, ""),
        ("переулок Камкалы 12/4", "переулок Камкалы", "12/4", "", 0, ""),
        ("улица Абая 12 а", "улица Абая", "12 а", "", 0, ""),
        ("улица Абая, дом 4/3, подъезд 2, этаж 3, кв. 15", "улица Абая", "дом 4/3", "подъезд 2", 3, "кв. 15"),
        ("г. Астана, улица Абая, 12, кв.5", "г. Астана, улица Абая", "12", "", 0, "кв.5"),
        ("Астана, улица Абая 12", "Астана, улица Абая", "12", "", 0, ""),
        ("41 улица, 7", "41 улица", "7", "", 0, ""),
        ("350 5th Avenue", "5th Avenue", "350", "", 0, ""),
        ("Baker Street 12, 3rd floor", "Baker Street", "12", "", 3, ""),
    ]);
}

#[test]
fn what_cannot_be_told_apart_stays_whole() {
    let whole = "知春路八十二号院|长江一号|辛楼|三元三村|和兴路199号楼(西大直街351-6号楼)|供销商住楼2|430朝阳村|洪湖街8-2|幸福小区2楼|中山路12、14号|荣丰2008|幸福小区B1|3号楼2单元501室502室|三座|улица 36|улица Е 246|улица 8 Марта|переулок Степана Разина №2|41 улица|5th Avenue|Highway 101|12|А-191|неим. 26|Flat 3|улица Абая, 12, Астана|,||号|单元|之3";
    for text in whole.split('|') {
        assert_eq!(parse(text), Address { place: text.to_owned(), ..Address::default() });
    }
}

#[test]
fn addresses_in_one_line_never_run_numbers_or_words_together() {
    let address = |place: &str, building: &str, stair: &str, floor, door: &str| Address {
        place: place.to_owned(),
        building: building.to_owned(),
        stair: stair.to_owned(),
        floor,
        door: door.to_owned(),
    };
    let cases = [
        (address("芗江花园", "3号楼", "2单元", 5, "501"), "芗江花园3号楼2单元501"),
        (address("芗江花园", "3", "2", 5, "501"), "芗江花园3-2-501"),
        (address("荣丰2008", "3号楼", "", 0, ""), "荣丰2008 3号楼"),
        (address("улица Абая", "12/4", "", 0, ""), "улица Абая, 12/4"),
        (address("Baker Street", "12", "", 0, "Flat 3"), "Baker Street, 12, Flat 3"),
        (address("中山路", "12号", "", 3, ""), "中山路12号3层"),
        (address("中山路", "12号", "", -1, ""), "中山路12号负1层"),
        (Address::default(), ""),
    ];
    for (address, line) in cases {
        assert_eq!(address_text(&address), line);
    }
}

/// What stays of a text when forms are taken away: signs between parts, 室, and words for the floor.
fn bare(text: &str) -> Vec<char> {
    folded(text).chars().filter(|c| !" -,_室房号號".contains(*c)).collect()
}

fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        "[0-9]{1,4}",
        prop::sample::select("幸福小区|中山路|三|十二|号|號|楼|号楼|栋|幢|座|单元|層|层|室|房|负|B1|之|附|弄|巷|组|村|-| |，|１２|A|东|甲|店|улица|Абая|12/4|кв. 5|Baker|Street|, |Flat 3|第|#|F|院|、|地下".split('|').collect::<Vec<_>>())
        .prop_map(str::to_owned),
        // A mark nobody sees is no character of an address.
        any::<char>().prop_filter("unseen", |c| *c != '\u{feff}').prop_map(String::from),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4096))]

    #[test]
    fn every_character_of_an_address_stands_in_its_parts(pieces in prop::collection::vec(piece(), 0..9)) {
        let text = pieces.concat();
        let Address { place, building, stair, floor, door } = parse(&text);
        let parts = format!("{place} {building} {stair} {door}");
        // A floor's word may go when its number is kept: 3层302, этаж 3.
        let mut missing = bare(&text);
        for c in bare(&parts) {
            let at = missing.iter().position(|m| *m == c);
            let Some(at) = at else { return Err(TestCaseError::fail(format!("{c:?} of {parts:?} is not in {text:?}"))) };
            missing.remove(at);
        }
        let missing: String = missing.into_iter().collect();
        let said = |word: char| "负負第地下B层層楼樓F〇零一二三四五六七八九十百廿两".contains(word) || word.is_ascii_digit();
        prop_assert!(missing.is_empty() || floor != 0 && missing.chars().all(said), "{missing:?} of {text:?} is lost");
    }

    #[test]
    fn an_address_in_one_line_comes_apart_again(
        place in "[幸福中山园]{2,5}[路里村]?",
        number in 1u32..200, stair in 0u32..9, floor in 1i16..40, on_floor in 1u32..20,
        form in prop::sample::select(vec!["号楼", "栋", "幢", "号", "座", "棟"]),
    ) {
        let address = Address {
            place,
            building: format!("{number}{form}"),
            stair: if stair == 0 { String::new() } else { format!("{stair}单元") },
            floor,
            door: format!("{floor}{on_floor:02}"),
        };
        prop_assert_eq!(parse(&address_text(&address)), address);
    }

    #[test]
    fn any_text_is_read(text in any::<String>()) {
        let address = parse(&text);
        prop_assert!(!address_text(&address).is_empty() || folded(&text).is_empty());
    }
}
