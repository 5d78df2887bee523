//! GeoPackageBinary (12-128r18, 2.1.3): a header with the shape's box, then well-known binary.

use crate::table::{Position, RawShape};

/// WGS-84, longitude first as every GeoPackage has it.
pub(super) const SRS: i32 = 4326;

/// Box around positions; empty at first.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Envelope([f64; 4]);

impl Default for Envelope {
    fn default() -> Self {
        Self([f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY])
    }
}

impl Envelope {
    /// Box around a shape; empty when it has no position or one that is not finite.
    pub(super) fn around(shape: Option<&RawShape>) -> Self {
        let mut found = Self::default();
        for [x, y] in shape.into_iter().flat_map(RawShape::positions) {
            if !x.is_finite() || !y.is_finite() {
                return Self::default();
            }
            found.include(Self([*x, *y, *x, *y]));
        }
        found
    }

    /// Grows to hold another.
    pub(super) fn include(&mut self, other: Self) {
        let ([a, b, c, d], [e, f, g, h]) = (self.0, other.0);
        self.0 = [a.min(e), b.min(f), c.max(g), d.max(h)];
    }

    /// West, south, east, north; none when empty.
    pub(super) fn bounds(self) -> Option<[f64; 4]> {
        (self.0[0] <= self.0[2]).then_some(self.0)
    }
}

/// Appends a shape. A point is its own box and goes without one. `multi` writes a single line or polygon as several.
pub(super) fn binary(out: &mut Vec<u8>, shape: &RawShape, multi: bool, envelope: Envelope) {
    let boxed = envelope.bounds().filter(|_| !matches!(shape, RawShape::Point(_)));
    let is_empty = shape.positions().next().is_none();
    // Little-endian; an envelope of two dimensions; empty.
    let flags = 1 | u8::from(boxed.is_some()) << 1 | u8::from(is_empty) << 4;
    out.extend([b'G', b'P', 0, flags]);
    out.extend(SRS.to_le_bytes());
    if let Some([min_x, min_y, max_x, max_y]) = boxed {
        [min_x, max_x, min_y, max_y].iter().for_each(|number| out.extend(number.to_le_bytes()));
    }
    match shape {
        RawShape::Point(at) => point(out, at),
        RawShape::Points(all) => {
            head(out, 4, all.len());
            all.iter().for_each(|at| point(out, at));
        }
        RawShape::Lines(lines) => match lines.as_slice() {
            [line] if !multi => run(out, 2, line),
            lines => {
                head(out, 5, lines.len());
                lines.iter().for_each(|line| run(out, 2, line));
            }
        },
        RawShape::Polygons(polygons) => match polygons.as_slice() {
            [rings] if !multi => polygon(out, rings),
            polygons => {
                head(out, 6, polygons.len());
                polygons.iter().for_each(|rings| polygon(out, rings));
            }
        },
    }
}

/// Byte order and type.
fn tag(out: &mut Vec<u8>, kind: u32) {
    out.push(1);
    out.extend(kind.to_le_bytes());
}

fn head(out: &mut Vec<u8>, kind: u32, count: usize) {
    tag(out, kind);
    out.extend((count as u32).to_le_bytes());
}

fn point(out: &mut Vec<u8>, at: &Position) {
    tag(out, 1);
    at.iter().for_each(|number| out.extend(number.to_le_bytes()));
}

fn run(out: &mut Vec<u8>, kind: u32, positions: &[Position]) {
    head(out, kind, positions.len());
    positions.iter().flatten().for_each(|number| out.extend(number.to_le_bytes()));
}

fn polygon(out: &mut Vec<u8>, rings: &[Vec<Position>]) {
    head(out, 3, rings.len());
    for ring in rings {
        out.extend((ring.len() as u32).to_le_bytes());
        ring.iter().flatten().for_each(|number| out.extend(number.to_le_bytes()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_point_has_no_box_and_a_line_has_one() {
        let mut bytes = Vec::new();
        let at = RawShape::Point([117.5, 24.5]);
        binary(&mut bytes, &at, false, Envelope::around(Some(&at)));
        assert_eq!((&bytes[..8], bytes.len()), (&[b'G', b'P', 0, 1, 0xE6, 0x10, 0, 0][..], 8 + 21));
        let line = RawShape::Lines(vec![vec![[3.0, 1.0], [2.0, 4.0]]]);
        bytes.clear();
        binary(&mut bytes, &line, false, Envelope::around(Some(&line)));
        let numbers: Vec<f64> = bytes[8..40].chunks(8).map(|b| f64::from_le_bytes(b.try_into().unwrap())).collect();
        assert_eq!((bytes[3], numbers), (3, vec![2.0, 3.0, 1.0, 4.0]), "min x, max x, min y, max y");
    }

    #[test]
    fn a_shape_with_nothing_in_it_says_so() {
        let mut bytes = Vec::new();
        let none = RawShape::Polygons(Vec::new());
        binary(&mut bytes, &none, true, Envelope::around(Some(&none)));
        assert_eq!((bytes[3], Envelope::around(Some(&none)).bounds()), (0x11, None));
        let no_number = RawShape::Lines(vec![vec![[f64::NAN, 1.0], [2.0, 4.0]]]);
        assert_eq!(Envelope::around(Some(&no_number)).bounds(), None);
    }
}
