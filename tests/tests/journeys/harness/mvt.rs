//! A reader of vector tiles, written from the specification alone (MVT 2.1), so that the server does not judge itself.

use std::collections::BTreeMap;

/// A value of a feature's attribute.
#[derive(Debug, Clone, PartialEq)]
pub enum Attribute {
    /// Text.
    Text(String),
    /// Any number.
    Number(f64),
    /// A truth value.
    Bool(bool),
}

/// A feature.
#[derive(Debug, Clone)]
pub struct Feature {
    /// Its id.
    pub id: u64,
    /// 1 point, 2 line, 3 polygon.
    pub kind: u64,
    /// Its attributes.
    pub attributes: BTreeMap<String, Attribute>,
    /// Where its geometry begins, tile units.
    pub start: (i64, i64),
}

impl Feature {
    /// A text attribute; empty when there is none.
    pub fn text(&self, name: &str) -> &str {
        match self.attributes.get(name) {
            Some(Attribute::Text(text)) => text,
            _ => "",
        }
    }

    /// A number attribute.
    pub fn number(&self, name: &str) -> Option<f64> {
        match self.attributes.get(name) {
            Some(Attribute::Number(number)) => Some(*number),
            _ => None,
        }
    }
}

/// Features of a tile by layer.
pub fn read(bytes: &[u8]) -> BTreeMap<String, Vec<Feature>> {
    fields(bytes).into_iter().filter(|(tag, _)| *tag == 3).map(|(_, layer)| read_layer(layer.bytes())).collect()
}

enum Field<'a> {
    Number(u64),
    Bytes(&'a [u8]),
}

impl<'a> Field<'a> {
    fn bytes(&self) -> &'a [u8] {
        match self {
            Self::Bytes(bytes) => bytes,
            Self::Number(_) => panic!("a number where a message belongs"),
        }
    }

    fn number(&self) -> u64 {
        match self {
            Self::Number(number) => *number,
            Self::Bytes(_) => panic!("a message where a number belongs"),
        }
    }

    fn text(&self) -> String {
        String::from_utf8(self.bytes().to_vec()).expect("texts are UTF-8")
    }
}

fn varint(bytes: &[u8], at: &mut usize) -> u64 {
    let mut value = 0;
    for shift in (0..64).step_by(7) {
        let byte = bytes[*at];
        *at += 1;
        value |= u64::from(byte & 0x7F) << shift;
        if byte < 0x80 {
            return value;
        }
    }
    panic!("a varint of more than ten bytes")
}

fn fields(bytes: &[u8]) -> Vec<(u64, Field<'_>)> {
    let mut found = Vec::new();
    let mut at = 0;
    let fixed = |at: &mut usize, size: usize| {
        *at += size;
        &bytes[*at - size..*at]
    };
    while at < bytes.len() {
        let key = varint(bytes, &mut at);
        let field = match key & 7 {
            0 => Field::Number(varint(bytes, &mut at)),
            1 => Field::Bytes(fixed(&mut at, 8)),
            2 => {
                let size = varint(bytes, &mut at) as usize;
                Field::Bytes(fixed(&mut at, size))
            }
            5 => Field::Bytes(fixed(&mut at, 4)),
            wire => panic!("wire type {wire}"),
        };
        found.push((key >> 3, field));
    }
    found
}

fn read_layer(bytes: &[u8]) -> (String, Vec<Feature>) {
    let fields = fields(bytes);
    let all = |tag: u64| fields.iter().filter(move |(t, _)| *t == tag).map(|(_, field)| field);
    let version = all(15).next().expect("a layer has a version").number();
    assert_eq!(version, 2, "MVT 2.1 layers say version 2");
    let keys: Vec<String> = all(3).map(Field::text).collect();
    let values: Vec<Attribute> = all(4).map(|field| read_value(field.bytes())).collect();
    let name = all(1).next().expect("a layer has a name").text();
    (name, all(2).map(|field| read_feature(field.bytes(), &keys, &values)).collect())
}

fn read_value(bytes: &[u8]) -> Attribute {
    let zigzag = |v: u64| ((v >> 1) as i64 ^ -((v & 1) as i64)) as f64;
    let fields = fields(bytes);
    let (tag, field) = fields.first().expect("a value says what it is");
    match tag {
        1 => Attribute::Text(field.text()),
        2 => Attribute::Number(f64::from(f32::from_le_bytes(field.bytes().try_into().expect("four bytes")))),
        3 => Attribute::Number(f64::from_le_bytes(field.bytes().try_into().expect("eight bytes"))),
        4 => Attribute::Number(field.number() as i64 as f64),
        5 => Attribute::Number(field.number() as f64),
        6 => Attribute::Number(zigzag(field.number())),
        7 => Attribute::Bool(field.number() != 0),
        other => panic!("value of tag {other}"),
    }
}

fn read_feature(bytes: &[u8], keys: &[String], values: &[Attribute]) -> Feature {
    let mut feature = Feature { id: 0, kind: 0, attributes: BTreeMap::new(), start: (0, 0) };
    for (tag, field) in fields(bytes) {
        match tag {
            1 => feature.id = field.number(),
            2 => {
                for pair in packed(field.bytes()).chunks(2) {
                    feature.attributes.insert(keys[pair[0] as usize].clone(), values[pair[1] as usize].clone());
                }
            }
            3 => feature.kind = field.number(),
            4 => {
                let numbers = packed(field.bytes());
                assert_eq!(numbers[0] & 7, 1, "a geometry begins with a move");
                let signed = |v: u64| (v >> 1) as i64 ^ -((v & 1) as i64);
                feature.start = (signed(numbers[1]), signed(numbers[2]));
            }
            _ => {}
        }
    }
    feature
}

fn packed(bytes: &[u8]) -> Vec<u64> {
    let mut at = 0;
    let mut numbers = Vec::new();
    while at < bytes.len() {
        numbers.push(varint(bytes, &mut at));
    }
    numbers
}

/// Tile that holds a position at a zoom: column, row.
pub fn tile_at([lon, lat]: [f64; 2], zoom: u32) -> (u32, u32) {
    let size = f64::from(1 << zoom);
    let x = (lon + 180.0) / 360.0 * size;
    let y = (1.0 - lat.to_radians().tan().asinh() / std::f64::consts::PI) / 2.0 * size;
    (x as u32, y as u32)
}
