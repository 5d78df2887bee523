//! A shape as well-known text (OGC 06-103r4), for formats that have no place for shapes.

use super::degrees::nine_decimals;
use crate::table::{Position, RawShape};
use std::fmt::Write;

/// Well-known text of a shape, coordinates with nine decimals.
pub fn wkt(shape: &RawShape) -> String {
    let mut text = String::new();
    match shape {
        RawShape::Point(at) => {
            text.push_str("POINT (");
            position(&mut text, at);
            text.push(')');
        }
        RawShape::Points(all) => {
            list(&mut text, "MULTIPOINT ", all, |text, at| positions(text, std::slice::from_ref(at)))
        }
        RawShape::Lines(lines) => match lines.as_slice() {
            [line] => list(&mut text, "LINESTRING ", line, position),
            lines => list(&mut text, "MULTILINESTRING ", lines, |text, line| positions(text, line)),
        },
        RawShape::Polygons(polygons) => match polygons.as_slice() {
            [rings] => list(&mut text, "POLYGON ", rings, |text, ring| positions(text, ring)),
            polygons => list(&mut text, "MULTIPOLYGON ", polygons, |text, rings| {
                list(text, "", rings, |text, ring| positions(text, ring));
            }),
        },
    }
    text
}

fn list<T>(text: &mut String, word: &str, items: &[T], each: impl Fn(&mut String, &T)) {
    text.push_str(word);
    if items.is_empty() {
        text.push_str("EMPTY");
        return;
    }
    text.push('(');
    for (at, item) in items.iter().enumerate() {
        if at > 0 {
            text.push_str(", ");
        }
        each(text, item);
    }
    text.push(')');
}

fn positions(text: &mut String, positions: &[Position]) {
    list(text, "", positions, position);
}

fn position(text: &mut String, [lon, lat]: &Position) {
    // Writing to a string cannot fail.
    let _ = write!(text, "{} {}", nine_decimals(*lon), nine_decimals(*lat));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_are_written_as_the_standard_has_them() {
        let line = vec![[117.5, 24.25], [-0.000000001, 24.5]];
        let ring = vec![[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 0.0]];
        for (shape, expected) in [
            (RawShape::Point([117.65, 24.5]), "POINT (117.65 24.5)"),
            (RawShape::Points(vec![[1.0, 2.0], [3.0, 4.0]]), "MULTIPOINT ((1 2), (3 4))"),
            (RawShape::Lines(vec![line.clone()]), "LINESTRING (117.5 24.25, -0.000000001 24.5)"),
            (
                RawShape::Lines(vec![line.clone(), line]),
                "MULTILINESTRING ((117.5 24.25, -0.000000001 24.5), (117.5 24.25, -0.000000001 24.5))",
            ),
            (RawShape::Polygons(vec![vec![ring.clone()]]), "POLYGON ((0 0, 1 0, 1 1, 0 0))"),
            (
                RawShape::Polygons(vec![vec![ring.clone(), ring]]),
                "POLYGON ((0 0, 1 0, 1 1, 0 0), (0 0, 1 0, 1 1, 0 0))",
            ),
            (RawShape::Polygons(Vec::new()), "MULTIPOLYGON EMPTY"),
        ] {
            assert_eq!(wkt(&shape), expected);
        }
    }
}
