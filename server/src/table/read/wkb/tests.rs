//! Bytes that are shapes, bytes that are not, and the way there and back.

use super::*;
use proptest::prelude::*;

/// Writes shapes in every manner WKB knows.
#[derive(Debug, Clone, Copy)]
struct Manner {
    is_little: bool,
    is_extended: bool,
    has_z: bool,
    has_m: bool,
}

impl Manner {
    fn number(self, out: &mut Vec<u8>, number: u32) {
        out.extend(if self.is_little { number.to_le_bytes() } else { number.to_be_bytes() });
    }

    fn heading(self, out: &mut Vec<u8>, kind: u32) {
        out.push(u8::from(self.is_little));
        if self.is_extended {
            let flags = (u32::from(self.has_z) << 31) | (u32::from(self.has_m) << 30) | 0x2000_0000;
            self.number(out, kind | flags);
            self.number(out, 4490);
        } else {
            self.number(out, kind + 1000 * u32::from(self.has_z) + 2000 * u32::from(self.has_m));
        }
    }

    fn positions(self, out: &mut Vec<u8>, positions: &[Position]) {
        let more = usize::from(self.has_z) + usize::from(self.has_m);
        for position in positions {
            for number in position.iter().chain(&[7.0, 8.0][..more]) {
                out.extend(if self.is_little { number.to_le_bytes() } else { number.to_be_bytes() });
            }
        }
    }

    fn line(self, out: &mut Vec<u8>, line: &[Position]) {
        self.number(out, line.len() as u32);
        self.positions(out, line);
    }

    fn rings(self, out: &mut Vec<u8>, rings: &[Vec<Position>]) {
        self.number(out, rings.len() as u32);
        rings.iter().for_each(|ring| self.line(out, ring));
    }

    fn write(self, shape: &RawShape) -> Vec<u8> {
        let mut out = Vec::new();
        match shape {
            RawShape::Point(position) => {
                self.heading(&mut out, POINT);
                self.positions(&mut out, &[*position]);
            }
            RawShape::Points(positions) => {
                self.heading(&mut out, MULTI_POINT);
                self.number(&mut out, positions.len() as u32);
                for position in positions {
                    self.heading(&mut out, POINT);
                    self.positions(&mut out, &[*position]);
                }
            }
            RawShape::Lines(lines) => {
                self.heading(&mut out, MULTI_LINE);
                self.number(&mut out, lines.len() as u32);
                for line in lines {
                    self.heading(&mut out, LINE);
                    self.line(&mut out, line);
                }
            }
            RawShape::Polygons(polygons) => {
                self.heading(&mut out, MULTI_POLYGON);
                self.number(&mut out, polygons.len() as u32);
                for rings in polygons {
                    self.heading(&mut out, POLYGON);
                    self.rings(&mut out, rings);
                }
            }
        }
        out
    }
}

const PLAIN: Manner = Manner { is_little: true, is_extended: false, has_z: false, has_m: false };

#[test]
fn bytes_of_another_writer_are_read() {
    // From the GEOS of PostGIS: ST_AsBinary('POINT(1 2)') and ST_AsEWKB('SRID=4326;LINESTRING Z (0 1 2, 3 4 5)').
    let point = [1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xF0, 0x3F, 0, 0, 0, 0, 0, 0, 0, 0x40];
    assert_eq!(parse(&point), Ok((RawShape::Point([1.0, 2.0]), false)));
    let hex = "01020000a0e6100000020000000000000000000000000000000000f03f000000000000004000000000000008400000000000001040\
               0000000000001440";
    let bytes: Vec<u8> =
        (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap()).collect();
    assert_eq!(parse(&bytes), Ok((RawShape::Lines(vec![vec![[0.0, 1.0], [3.0, 4.0]]]), true)));
}

#[test]
fn what_is_no_shape_says_why() {
    let error = |bytes: &[u8]| parse(bytes).unwrap_err();
    assert_eq!(error(&[]), "has 0 bytes; a shape is needed");
    assert_eq!(error(&[2, 0]), "has byte order 2 at byte 0; it is 0 or 1");
    assert_eq!(error(&[1, 1, 0, 0, 0, 9]), "is cut off after 6 bytes");
    assert_eq!(
        error(&[1, 7, 0, 0, 0, 0, 0, 0, 0]),
        "is a GeometryCollection (type 7); points, lines, polygons and their multiples are taken"
    );
    assert_eq!(error(&[1, 2, 0, 0, 0, 255, 255, 255, 255]), "claims 4294967295 parts at byte 5 where 0 bytes are left");
    assert_eq!(error(&PLAIN.write(&RawShape::Point([f64::NAN; 2]))), "is an empty Point; it must have a position");
    let mut long = PLAIN.write(&RawShape::Point([1.0, 2.0]));
    long.push(0);
    assert_eq!(error(&long), "has 1 bytes more than its shape needs");
    let mut mixed = PLAIN.write(&RawShape::Points(vec![[1.0, 2.0]]));
    mixed[10] = 2;
    assert_eq!(error(&mixed), "holds a part of type 2 where all are of type 1");
}

fn any_shape() -> impl Strategy<Value = RawShape> {
    let position = || prop::array::uniform2(-1e9..1e9_f64);
    let line = move || prop::collection::vec(position(), 0..6);
    prop_oneof![
        position().prop_map(RawShape::Point),
        prop::collection::vec(position(), 0..6).prop_map(RawShape::Points),
        prop::collection::vec(line(), 0..4).prop_map(RawShape::Lines),
        prop::collection::vec(prop::collection::vec(line(), 0..4), 0..4).prop_map(RawShape::Polygons),
    ]
}

fn any_manner() -> impl Strategy<Value = Manner> {
    any::<[bool; 4]>().prop_map(|[is_little, is_extended, has_z, has_m]| Manner {
        is_little,
        is_extended,
        has_z,
        has_m,
    })
}

proptest! {
    #[test]
    fn written_shapes_read_back(shape in any_shape(), manner in any_manner()) {
        prop_assert_eq!(parse(&manner.write(&shape)), Ok((shape, manner.has_z || manner.has_m)));
    }

    #[test]
    fn every_cut_is_refused(shape in any_shape(), manner in any_manner(), cut in any::<prop::sample::Index>()) {
        let bytes = manner.write(&shape);
        prop_assert!(parse(&bytes[..cut.index(bytes.len())]).is_err());
    }

    #[test]
    fn damaged_bytes_never_panic(
        shape in any_shape(),
        manner in any_manner(),
        damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
    ) {
        let mut bytes = manner.write(&shape);
        for (at, byte) in damage {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if let Ok((shape, _)) = parse(&bytes) {
            prop_assert!(shape.positions().count() * 16 <= bytes.len());
        }
    }
}
