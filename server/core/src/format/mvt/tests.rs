//! The writer and the reader against each other, and the reader against hostile bytes.

use super::*;
use proptest::prelude::*;

/// The specification's own example (appendix A of 2.1, written as protobuf bytes): one point layer.
fn one_point_tile() -> Vec<u8> {
    let mut layer = LayerWriter::new("points");
    let (hello, world) = (layer.key("hello"), layer.value(Value::Text("world")));
    layer.point(Some(1), &[hello, world], (25, 17));
    let mut tile = TileWriter::default();
    tile.add(layer);
    tile.finish()
}

#[test]
fn a_point_is_written_as_in_the_specification() {
    // 4.3.5.1: MoveTo(+25, +17) is 9 50 34.
    let mut geometry = Vec::new();
    assert!(write_points(&mut geometry, &[(25, 17)]));
    assert_eq!(geometry, [9, 50, 34]);
}

#[test]
fn lines_and_polygons_are_written_as_in_the_specification() {
    // 4.3.5.4: two lines; 4.3.5.6: two polygons, the second with a hole.
    let mut lines = Vec::new();
    write_lines(&mut lines, &[vec![(2, 2), (2, 10), (10, 10)], vec![(1, 1), (3, 5)]]);
    assert_eq!(lines, [9, 4, 4, 18, 0, 16, 16, 0, 9, 17, 17, 10, 4, 8]);
    let first = vec![vec![(0, 0), (10, 0), (10, 10), (0, 10)]];
    let second = vec![vec![(11, 11), (20, 11), (20, 20), (11, 20)], vec![(13, 13), (13, 17), (17, 17), (17, 13)]];
    let mut polygons = Vec::new();
    write_polygons(&mut polygons, &[first, second]);
    let expected = [
        9, 0, 0, 26, 20, 0, 0, 20, 19, 0, 15, 9, 22, 2, 26, 18, 0, 0, 18, 17, 0, 15, 9, 4, 13, 26, 0, 8, 8, 0, 0, 7, 15,
    ];
    assert_eq!(polygons, expected);
}

#[test]
fn keys_and_values_are_written_once() {
    let mut layer = LayerWriter::new("l");
    for id in 0..100 {
        let tags =
            [layer.key("kind"), layer.value(Value::Text("home")), layer.key("n"), layer.value(Value::Uint(id % 2))];
        layer.point(Some(id), &tags, (id as i32, 0));
    }
    let mut tile = TileWriter::default();
    tile.add(layer);
    let bytes = tile.finish();
    let layers = decode(&bytes).unwrap();
    assert_eq!(layers[0].keys, ["kind", "n"]);
    assert_eq!(layers[0].values.len(), 3);
    assert_eq!(layers[0].len(), 100);
}

#[test]
fn a_ring_without_area_takes_its_holes_with_it() {
    let flat = vec![vec![(0, 0), (5, 5), (0, 0)], vec![(1, 1), (2, 1), (2, 2)]];
    assert!(!write_polygons(&mut Vec::new(), &[flat]));
}

#[test]
fn an_empty_tile_is_no_bytes() {
    let mut tile = TileWriter::default();
    tile.add(LayerWriter::new("nothing"));
    assert!(tile.finish().is_empty());
    assert_eq!(decode(&[]), Ok(vec![]));
}

#[test]
fn malformed_tiles_are_refused_with_a_sentence() {
    let whole = one_point_tile();
    for cut in 1..whole.len() {
        assert!(decode(&whole[..cut]).is_err(), "cut at {cut}");
    }
    let twice = [whole.clone(), whole.clone()].concat();
    assert_eq!(decode(&twice), Err(MvtError::RepeatedLayer("points".into())));
    assert_eq!(decode(&twice).unwrap_err().to_string(), r#"vector tile: two layers are named "points""#);
}

#[test]
fn a_count_beyond_the_bytes_is_refused() {
    let mut layer = LayerWriter::new("l");
    // MoveTo with a count of 2²⁹ − 1 and no position.
    layer.feature(Some(1), &[], GeometryKind::Point, &[0xF9, 0xFF, 0xFF, 0xFF, 0x0F]);
    let mut tile = TileWriter::default();
    tile.add(layer);
    let source = GeometryError::Truncated { id: 1, count: (1 << 29) - 1 };
    assert_eq!(decode(&tile.finish()), Err(MvtError::Geometry { layer: "l".into(), feature: 0, source }));
}

#[test]
fn integers_that_are_not_packed_read_the_same() {
    // tags (field 2) and geometry (field 4) written one varint at a time.
    let feature = [0x18, 0x01, 0x20, 9, 0x20, 50, 0x20, 34];
    let mut layer = vec![0x78, 2, 0x0A, 1, b'l', 0x12, feature.len() as u8];
    layer.extend_from_slice(&feature);
    let tile = [&[0x1A, layer.len() as u8], layer.as_slice()].concat();
    let layers = decode(&tile).unwrap();
    assert_eq!(layers[0].features().next().unwrap().parts(), [[(25, 17)]]);
}

fn any_value() -> impl Strategy<Value = OwnedValue> {
    prop_oneof![
        ".{0,12}".prop_map(OwnedValue::Text),
        any::<f32>().prop_filter("equal to itself", |v| !v.is_nan()).prop_map(OwnedValue::Float),
        any::<f64>().prop_filter("equal to itself", |v| !v.is_nan()).prop_map(OwnedValue::Double),
        any::<i64>().prop_map(OwnedValue::Int),
        any::<u64>().prop_map(OwnedValue::Uint),
        any::<bool>().prop_map(OwnedValue::Bool),
    ]
}

#[derive(Debug, Clone)]
enum OwnedValue {
    Text(String),
    Float(f32),
    Double(f64),
    Int(i64),
    Uint(u64),
    Bool(bool),
}

impl OwnedValue {
    fn borrow(&self) -> Value<'_> {
        match self {
            Self::Text(text) => Value::Text(text),
            Self::Float(v) => Value::Float(*v),
            Self::Double(v) => Value::Double(*v),
            Self::Int(v) => Value::Int(*v),
            Self::Uint(v) => Value::Uint(*v),
            Self::Bool(v) => Value::Bool(*v),
        }
    }
}

/// Convex rings: a rectangle, with a smaller one as a hole when it is large enough.
fn rectangle(x: i32, y: i32, w: i32, h: i32) -> Vec<Vec<(i32, i32)>> {
    let ring = |x: i32, y: i32, w: i32, h: i32| vec![(x, y), (x + w, y), (x + w, y + h), (x, y + h)];
    let mut rings = vec![ring(x, y, w, h)];
    if w > 4 && h > 4 {
        let mut hole = ring(x + 1, y + 1, w - 2, h - 2);
        hole.reverse();
        rings.push(hole);
    }
    rings
}

#[derive(Debug, Clone)]
struct AnyFeature {
    id: Option<u64>,
    properties: Vec<(String, OwnedValue)>,
    kind: u8,
    points: Vec<(i32, i32)>,
    size: (i32, i32),
}

fn any_feature() -> impl Strategy<Value = AnyFeature> {
    let coordinate = -(1 << 20)..(1 << 20);
    (
        any::<Option<u64>>(),
        prop::collection::vec(("[a-c]{1,2}", any_value()), 0..4),
        0u8..3,
        prop::collection::vec((coordinate.clone(), coordinate), 2..12),
        (1i32..500, 1i32..500),
    )
        .prop_map(|(id, properties, kind, points, size)| AnyFeature { id, properties, kind, points, size })
}

proptest! {
    #[test]
    fn what_is_written_reads_back(features in prop::collection::vec(any_feature(), 1..20)) {
        let mut layer = LayerWriter::new("层");
        let mut kept = Vec::new();
        for f in &features {
            let tags: Vec<u32> = f.properties.iter()
                .flat_map(|(k, v)| [layer.key(k), layer.value(v.borrow())])
                .collect();
            let mut line = f.points.clone();
            line.dedup();
            let is_drawn = match f.kind {
                0 => { layer.point(f.id, &tags, f.points[0]); true }
                1 => layer.lines(f.id, &tags, std::slice::from_ref(&f.points)),
                _ => layer.polygons(f.id, &tags, &[rectangle(f.points[0].0, f.points[0].1, f.size.0, f.size.1)]),
            };
            prop_assert_eq!(is_drawn, f.kind != 1 || line.len() > 1);
            if is_drawn {
                kept.push((f, line));
            }
        }
        let mut tile = TileWriter::default();
        tile.add(layer);
        let bytes = tile.finish();
        let layers = decode(&bytes).unwrap();
        let read = layers.first().map_or(0, DecodedLayer::len);
        prop_assert_eq!(read, kept.len());
        for (feature, (f, line)) in layers.iter().flat_map(DecodedLayer::features).zip(kept) {
            prop_assert_eq!(feature.id(), f.id);
            let properties: Vec<_> = feature.properties().collect();
            let expected: Vec<_> = f.properties.iter().map(|(k, v)| (k.as_str(), v.borrow())).collect();
            prop_assert_eq!(properties, expected);
            match f.kind {
                0 => prop_assert_eq!(feature.parts(), vec![vec![f.points[0]]]),
                1 => prop_assert_eq!(feature.parts(), vec![line]),
                _ => {
                    let expected = rectangle(f.points[0].0, f.points[0].1, f.size.0, f.size.1);
                    prop_assert_eq!(feature.polygons(), vec![expected]);
                }
            }
        }
    }

    #[test]
    fn winding_comes_out_right_whichever_way_it_came(
        x in -5000i32..5000, y in -5000i32..5000, w in 5i32..900, h in 5i32..900, outer: bool, hole: bool,
    ) {
        let mut rings = rectangle(x, y, w, h);
        if outer { rings[0].reverse(); }
        if hole { rings[1].reverse(); }
        let mut layer = LayerWriter::new("l");
        layer.polygons(None, &[], &[rings]);
        let mut tile = TileWriter::default();
        tile.add(layer);
        let bytes = tile.finish();
        let layers = decode(&bytes).unwrap();
        let polygons = layers[0].features().next().unwrap().polygons();
        prop_assert_eq!(polygons.len(), 1);
        prop_assert!(geometry::doubled_area(polygons[0][0].iter().copied()) > 0);
        prop_assert!(geometry::doubled_area(polygons[0][1].iter().copied()) < 0);
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = decode(&bytes).map(|layers| walk(&layers));
    }

    #[test]
    fn a_damaged_tile_is_read_or_refused(at: prop::sample::Index, flip in 1u8..=255, features in prop::collection::vec(any_feature(), 1..6)) {
        let mut layer = LayerWriter::new("l");
        for f in &features {
            let tags: Vec<u32> = f.properties.iter()
                .flat_map(|(k, v)| [layer.key(k), layer.value(v.borrow())])
                .collect();
            layer.polygons(f.id, &tags, &[rectangle(f.points[0].0, f.points[0].1, f.size.0, f.size.1)]);
        }
        let mut tile = TileWriter::default();
        tile.add(layer);
        let mut bytes = tile.finish();
        let place = at.index(bytes.len());
        bytes[place] ^= flip;
        let _ = decode(&bytes).map(|layers| walk(&layers));
    }
}

/// Walks everything a reader can ask for.
fn walk(layers: &[DecodedLayer<'_>]) -> usize {
    layers
        .iter()
        .flat_map(DecodedLayer::features)
        .map(|f| f.properties().count() + f.parts().len() + f.polygons().len() + f.commands().count())
        .sum()
}
