//! A feature's properties as cells: numbers of columns, each followed by its value.

use crate::table::{cell::Cell, limits::Limits, wkt};
use flatgeobuf::ColumnType;
use jiff::civil::{Date, DateTime};

/// A column of a layer.
#[derive(Debug, Clone)]
pub(super) struct Column {
    pub name: String,
    pub kind: ColumnType,
    /// Its place among the columns of the header.
    pub cell: usize,
}

/// Puts properties into cells that are empty.
///
/// # Errors
/// The column that is wrong, and why.
pub(super) fn fill(
    cells: &mut [Cell],
    bytes: &[u8],
    columns: &[Column],
    limits: &Limits,
) -> Result<(), (String, String)> {
    let mut bytes = Bytes(bytes);
    while !bytes.0.is_empty() {
        let wrong = |message: String| ("properties".to_owned(), message);
        let number = usize::from(u16::from_le_bytes(bytes.take().map_err(wrong)?));
        let Some(column) = columns.get(number) else {
            return Err(wrong(format!("have a value for column {number}; there are {}", columns.len())));
        };
        let cell = value(&mut bytes, column.kind, limits).map_err(|message| (column.name.clone(), message))?;
        if let Some(place) = cells.get_mut(column.cell) {
            *place = cell;
        }
    }
    Ok(())
}

fn value(bytes: &mut Bytes<'_>, kind: ColumnType, limits: &Limits) -> Result<Cell, String> {
    Ok(match kind {
        ColumnType::Byte => Cell::Integer(i8::from_le_bytes(bytes.take()?).into()),
        ColumnType::UByte => Cell::Integer(u8::from_le_bytes(bytes.take()?).into()),
        ColumnType::Bool => Cell::Bool(bytes.take::<1>()? != [0]),
        ColumnType::Short => Cell::Integer(i16::from_le_bytes(bytes.take()?).into()),
        ColumnType::UShort => Cell::Integer(u16::from_le_bytes(bytes.take()?).into()),
        ColumnType::Int => Cell::Integer(i32::from_le_bytes(bytes.take()?).into()),
        ColumnType::UInt => Cell::Integer(u32::from_le_bytes(bytes.take()?).into()),
        ColumnType::Long => Cell::Integer(i64::from_le_bytes(bytes.take()?)),
        ColumnType::ULong => {
            let number = u64::from_le_bytes(bytes.take()?);
            i64::try_from(number).map_or_else(|_| Cell::Text(number.to_string()), Cell::Integer)
        }
        ColumnType::Float => {
            // By its own digits: 0.1 stays 0.1.
            let number = f32::from_le_bytes(bytes.take()?);
            real(number.to_string().parse().unwrap_or(f64::from(number)))
        }
        ColumnType::Double => real(f64::from_le_bytes(bytes.take()?)),
        ColumnType::String | ColumnType::Json => Cell::Text(bytes.text(limits)?.to_owned()),
        ColumnType::DateTime => moment(bytes.text(limits)?),
        ColumnType::Binary => {
            bytes.part()?;
            Cell::Empty
        }
        other => return Err(format!("is of type {}, which is not known", other.0)),
    })
}

fn real(number: f64) -> Cell {
    if number.is_finite() { Cell::Real(number) } else { Cell::Empty }
}

/// Days and moments without a zone as such, others as they are written.
fn moment(text: &str) -> Cell {
    match (text.len(), text.parse::<Date>(), text.parse::<DateTime>()) {
        (10, Ok(day), _) => Cell::Date(day),
        (_, _, Ok(moment)) if !text.ends_with('Z') => Cell::DateTime(moment),
        _ => Cell::Text(text.to_owned()),
    }
}

struct Bytes<'a>(&'a [u8]);

impl<'a> Bytes<'a> {
    fn take<const N: usize>(&mut self) -> Result<[u8; N], String> {
        let (part, rest) = self.0.split_first_chunk::<N>().ok_or("is cut off")?;
        self.0 = rest;
        Ok(*part)
    }

    fn part(&mut self) -> Result<&'a [u8], String> {
        let length = u32::from_le_bytes(self.take()?) as usize;
        let left = self.0.len();
        let (part, rest) =
            self.0.split_at_checked(length).ok_or_else(|| format!("claims {length} bytes where {left} are left"))?;
        self.0 = rest;
        Ok(part)
    }

    fn text(&mut self, limits: &Limits) -> Result<&'a str, String> {
        let part = self.part()?;
        let text = std::str::from_utf8(part)
            .map_err(|e| format!("byte {} fits no character of UTF-8", e.valid_up_to() + 1))?;
        if text.len() > limits.cell_bytes && !wkt::is_likely(text) {
            return Err(format!("has {} bytes; at most {} are taken", text.len(), limits.cell_bytes));
        }
        Ok(text)
    }
}
