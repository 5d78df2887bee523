//! There and back, and damaged at random.

use super::super::super::testing::read_bytes;
use crate::table::RawShape;
use proptest::prelude::*;
use serde_json::{Value, json};

fn any_shape() -> impl Strategy<Value = RawShape> {
    let position = || prop::array::uniform2(any::<f64>().prop_filter("finite", |number| number.is_finite()));
    let line = move || prop::collection::vec(position(), 1..6);
    prop_oneof![
        position().prop_map(RawShape::Point),
        prop::collection::vec(position(), 1..6).prop_map(RawShape::Points),
        prop::collection::vec(line(), 1..4).prop_map(RawShape::Lines),
        prop::collection::vec(prop::collection::vec(line(), 1..4), 1..4).prop_map(RawShape::Polygons),
    ]
}

fn coordinates(shape: &RawShape) -> Value {
    match shape {
        RawShape::Point(position) => json!(position),
        RawShape::Points(positions) => json!(positions),
        RawShape::Lines(lines) if lines.len() == 1 => json!(lines[0]),
        RawShape::Lines(lines) => json!(lines),
        RawShape::Polygons(polygons) if polygons.len() == 1 => json!(polygons[0]),
        RawShape::Polygons(polygons) => json!(polygons),
    }
}

fn file(shapes: &[RawShape], texts: &[String]) -> Value {
    let features = shapes.iter().zip(texts).map(|(shape, text)| {
        json!({"type": "Feature", "properties": {"text": text},
               "geometry": {"type": shape.name(), "coordinates": coordinates(shape)}})
    });
    json!({"type": "FeatureCollection", "features": features.collect::<Vec<_>>()})
}

proptest! {
    #[test]
    fn written_features_read_back(rows in prop::collection::vec((any_shape(), ".{0,12}"), 1..12), is_pretty in any::<bool>()) {
        let (shapes, texts): (Vec<_>, Vec<_>) = rows.into_iter().unzip();
        let file = file(&shapes, &texts);
        let bytes = if is_pretty { serde_json::to_vec_pretty(&file).unwrap() } else { file.to_string().into_bytes() };
        let (source, all) = read_bytes("t.geojson", &bytes).unwrap();
        prop_assert_eq!(&all.faults, &[]);
        prop_assert_eq!(source.header().rows, Some(shapes.len() as u64));
        prop_assert_eq!(all.rows.iter().map(|row| row.shape.clone().unwrap()).collect::<Vec<_>>(), shapes);
        // What a text of a cell is, is what was written, trimmed by no one here.
        let cells = all.rows.iter().map(|row| match &row.cells[0] {
            crate::table::Cell::Text(text) => text.clone(),
            other => panic!("{other:?}"),
        });
        prop_assert_eq!(cells.collect::<Vec<_>>(), texts);
    }

    #[test]
    fn damaged_files_never_panic(
        shapes in prop::collection::vec(any_shape(), 1..4),
        damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..6),
        end in any::<prop::sample::Index>(),
    ) {
        let texts = vec![String::from("x\\\"y"); shapes.len()];
        let mut bytes = file(&shapes, &texts).to_string().into_bytes();
        let is_whole = damage.is_empty();
        for (at, byte) in damage {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let end = end.index(bytes.len());
        bytes.truncate(end);
        let found = read_bytes("t.geojson", &bytes);
        if is_whole {
            // A collection that is cut off is never taken for a shorter one.
            prop_assert!(found.is_err());
        }
    }

    #[test]
    fn every_cut_of_a_sequence_loses_no_more_than_its_last_line(cut in any::<prop::sample::Index>()) {
        let line = json!({"type": "Feature", "properties": {"a": 1}, "geometry": null}).to_string() + "\n";
        let whole = line.repeat(5);
        let cut = cut.index(whole.len() - 1) + 1;
        let (_, all) = read_bytes("t.geojsonl", &whole[..cut]).unwrap();
        prop_assert!(all.rows.len() >= cut / line.len());
        prop_assert!(all.faults.len() <= 1);
    }
}
