//! Texts that are shapes, texts that are not, and the way there and back.

use super::*;
use proptest::prelude::*;

#[test]
fn every_shape_is_read_however_it_is_spaced() {
    let cases = [
        ("POINT (118.08 24.48)", RawShape::Point([118.08, 24.48])),
        ("point(118.08 24.48)", RawShape::Point([118.08, 24.48])),
        ("SRID=4490;POINT Z (1 2 3)", RawShape::Point([1.0, 2.0])),
        ("POINTZM(1 2 3 4)", RawShape::Point([1.0, 2.0])),
        ("POINT (1 2 3)", RawShape::Point([1.0, 2.0])),
        ("POINT M (-1e3 +.5 9)", RawShape::Point([-1000.0, 0.5])),
        ("MULTIPOINT ((1 2), (3 4))", RawShape::Points(vec![[1.0, 2.0], [3.0, 4.0]])),
        ("MULTIPOINT (1 2, 3 4)", RawShape::Points(vec![[1.0, 2.0], [3.0, 4.0]])),
        (" LineString( 1 2 ,3 4 ) ", RawShape::Lines(vec![vec![[1.0, 2.0], [3.0, 4.0]]])),
        (
            "MULTILINESTRING((1 2,3 4),(5 6,7 8))",
            RawShape::Lines(vec![vec![[1.0, 2.0], [3.0, 4.0]], vec![[5.0, 6.0], [7.0, 8.0]]]),
        ),
        (
            "POLYGON ((0 0,1 0,0 1,0 0))",
            RawShape::Polygons(vec![vec![vec![[0.0, 0.0], [1.0, 0.0], [0.0, 1.0], [0.0, 0.0]]]]),
        ),
    ];
    for (text, shape) in cases {
        assert_eq!(parse(text), Ok(shape), "{text}");
        assert!(is_likely(text));
    }
}

#[test]
fn what_is_no_shape_says_where() {
    let cases = [
        ("", "\"\" is not WKT; write POINT (118.08 24.48) or the like"),
        ("118.08,24.48", "\"118.08,24.48\" is not WKT; write POINT (118.08 24.48) or the like"),
        ("POINT", "is cut off after 5 characters; \"(\" is expected"),
        ("POINT (1", "is cut off after 8 characters; a number is expected"),
        ("POINT (1 x)", "\"x)\" stands at character 10; a number is expected"),
        ("POINT (1 NaN)", "\"NaN)\" stands at character 10; a number is expected"),
        ("POINT (1 1e999)", "\"1e999)\" stands at character 10; a number is expected"),
        ("POINT (1 2) x", "\"x\" stands after the shape, at character 13"),
        ("POINT (1 2, 3 4)", "has 2 positions; a POINT has one"),
        ("POINT EMPTY", "is an empty POINT; it must have positions"),
        ("POINT Z (1 2)", "has a position of 2 numbers before character 13; its heading says 3"),
        ("POINT (1 2 3 4 5)", "\"5)\" stands at character 16; \",\" or \")\" is expected"),
        (
            "CIRCULARSTRING (0 0, 1 1, 2 0)",
            "\"CIRCULARSTRING\" is not a shape that is taken; those are POINT, LINESTRING",
        ),
        ("LINESTRING (1 2; 3 4)", "\"; 3 4)\" stands at character 16; a number is expected"),
    ];
    for (text, message) in cases {
        let found = parse(text).unwrap_err();
        assert!(found.starts_with(message), "{text}: {found}");
    }
}

#[test]
fn a_text_nested_deep_is_refused() {
    assert!(parse(&format!("POLYGON {}", "(".repeat(100_000))).is_err());
}

fn any_shape() -> impl Strategy<Value = RawShape> {
    let position = || prop::array::uniform2(-1e9..1e9_f64);
    let line = move || prop::collection::vec(position(), 1..6);
    prop_oneof![
        position().prop_map(RawShape::Point),
        prop::collection::vec(position(), 1..6).prop_map(RawShape::Points),
        prop::collection::vec(line(), 1..4).prop_map(RawShape::Lines),
        prop::collection::vec(prop::collection::vec(line(), 1..4), 1..4).prop_map(RawShape::Polygons),
    ]
}

/// The text of a shape, every list written as it stands.
fn written(shape: &RawShape) -> String {
    let list = |items: Vec<String>| format!("({})", items.join(", "));
    let position = |p: &Position| format!("{} {}", p[0], p[1]);
    let line = |l: &Vec<Position>| list(l.iter().map(position).collect());
    let rings = |p: &Vec<Vec<Position>>| list(p.iter().map(line).collect());
    match shape {
        RawShape::Point(p) => format!("POINT ({})", position(p)),
        RawShape::Points(points) => format!("MULTIPOINT {}", line(points)),
        RawShape::Lines(lines) => format!("MULTILINESTRING {}", rings(lines)),
        RawShape::Polygons(polygons) => format!("MULTIPOLYGON {}", list(polygons.iter().map(rings).collect())),
    }
}

proptest! {
    #[test]
    fn a_written_shape_reads_back(shape in any_shape()) {
        prop_assert_eq!(parse(&written(&shape)), Ok(shape));
    }

    #[test]
    fn a_damaged_text_never_panics(shape in any_shape(), at in any::<prop::sample::Index>(), with in any::<char>()) {
        let text = written(&shape);
        let at = at.index(text.len());
        let _ = parse(&text[..at]);
        let _ = parse(&format!("{}{with}{}", &text[..at], &text[at + 1..]));
    }
}
