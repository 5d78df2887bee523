//! A feature's text as a row: properties into cells, its geometry into a shape.

use super::{
    coordinates,
    crs::{self, NamedCrs},
    members::{Members, Object, Text, members},
    place::{kind, path_to, short},
};
use crate::table::{cell::Cell, limits::Limits, read::fault::unusable, shape::RawShape, source::Row, wkt};
use serde_json::value::RawValue;
use std::{borrow::Cow, collections::HashMap};

/// The note on heights.
pub(super) const HEIGHTS: &str = "third numbers of positions (heights) are dropped";

/// Which cell a property goes to; grows as new names come.
#[derive(Debug, Default)]
pub(super) struct Columns {
    index: HashMap<String, usize>,
    /// The feature that last filled each column.
    filled_by: Vec<u64>,
    /// The column that follows the one filled last: features mostly have their properties in the same order.
    next: usize,
}

impl Columns {
    /// Forgets which feature filled what, so that features may be counted from one again.
    pub(super) fn restart(&mut self) {
        self.filled_by.iter_mut().for_each(|number| *number = 0);
    }

    fn of(&mut self, name: &str, names: &mut Vec<String>, limits: &Limits) -> Result<usize, String> {
        let next = self.next;
        let column = match names.get(next) {
            Some(expected) if expected == name => next,
            _ => match self.index.get(name) {
                Some(column) => *column,
                None if names.len() >= limits.columns => {
                    return Err(format!("is one name too many; a file may have {} columns", limits.columns));
                }
                None => {
                    names.push(name.to_owned());
                    self.index.insert(name.to_owned(), names.len() - 1);
                    self.filled_by.push(0);
                    names.len() - 1
                }
            },
        };
        self.next = column + 1;
        Ok(column)
    }
}

/// What is wrong with a feature: the member, and why.
pub(super) type Wrong = (String, String);

/// What a feature is read with.
pub(super) struct Context<'a> {
    /// Names of the columns, which may become more.
    pub names: &'a mut Vec<String>,
    /// Where they are.
    pub columns: &'a mut Columns,
    /// Bounds.
    pub limits: &'a Limits,
    /// The coordinate system of the whole file.
    pub crs: Option<&'a NamedCrs>,
    /// Line of the file the feature begins in.
    pub line: u64,
}

/// Reads a feature into a row whose number is set; answers whether heights were dropped.
pub(super) fn read(text: &str, context: &mut Context<'_>, row: &mut Row) -> Result<bool, Wrong> {
    let wrong = |field: &str, message: String| (field.to_owned(), message);
    if !text.starts_with('{') {
        return Err(wrong("feature", format!("is {}; it must be an object", broken_word(text).unwrap_or(kind(text)))));
    }
    row.cells.iter_mut().for_each(|cell| *cell = Cell::Empty);
    row.shape = None;
    let mut refused = None;
    let found = members(text, |name, value| {
        if refused.is_none() {
            refused = property(&name, value, context, row).err().map(|message| (format!("properties.{name}"), message));
        }
    });
    let found = found.map_err(|error| broken(text, &error, context.line))?;
    match found.named.map(RawValue::get) {
        Some("\"Feature\"") => {}
        Some(other) => return Err(wrong("type", format!("is {}; it must be \"Feature\"", short(other)))),
        None => return Err(wrong("type", "is missing; it must be \"Feature\"".to_owned())),
    }
    if let Some(refused) = refused {
        return Err(refused);
    }
    needs_object(&found.properties, "properties", "an object or null")?;
    needs_object(&found.geometry, "geometry", "a geometry object with type and coordinates, or null")?;
    identity(&found, context, row)?;
    crs::same(found.crs, context.crs).map_err(|message| wrong("crs", message))?;
    let Some(Object::Members(geometry)) = &found.geometry else { return Ok(false) };
    crs::same(geometry.crs, context.crs).map_err(|message| wrong("geometry.crs", message))?;
    let (shape, has_heights) = shape(geometry.named, geometry.coordinates, context.limits)?;
    if let Some(message) = unusable(&shape, context.limits) {
        return Err(wrong("geometry.coordinates", message));
    }
    row.shape = Some(shape);
    Ok(has_heights)
}

fn needs_object<T>(found: &Option<Object<T>>, name: &str, needs: &str) -> Result<(), Wrong> {
    match found {
        None => Err((name.to_owned(), format!("is missing; it must be {needs}"))),
        Some(Object::Other(what)) => Err((name.to_owned(), format!("is {what}; it must be {needs}"))),
        Some(_) => Ok(()),
    }
}

fn shape(named: Option<&RawValue>, coordinates: Option<&RawValue>, limits: &Limits) -> Result<(RawShape, bool), Wrong> {
    const NAMES: [&str; 6] = ["Point", "LineString", "Polygon", "MultiPoint", "MultiLineString", "MultiPolygon"];
    let named = named.map_or("missing", RawValue::get);
    let Some(name) = NAMES.iter().find(|name| named.trim_matches('"') == **name && named.starts_with('"')) else {
        let message = format!("is {}; it must be one of {}", short(named), NAMES.join(", "));
        return Err(("geometry.type".to_owned(), message));
    };
    let Some(coordinates) = coordinates else {
        return Err(("geometry.coordinates".to_owned(), "is missing; it must be an array".to_owned()));
    };
    coordinates::shape(name, coordinates.get(), limits).map_err(|wrong| (wrong.place, wrong.message))
}

/// Puts a property into its cell.
fn property(name: &str, value: &RawValue, context: &mut Context<'_>, row: &mut Row) -> Result<(), String> {
    let column = context.columns.of(name, context.names, context.limits)?;
    if std::mem::replace(&mut context.columns.filled_by[column], row.number) == row.number {
        return Err("stands twice".to_owned());
    }
    if row.cells.len() <= column {
        row.cells.resize(column + 1, Cell::Empty);
    }
    row.cells[column] = cell(value.get(), context.limits)?;
    Ok(())
}

/// The feature's own id stands in column `id` where no property of that name does.
fn identity(found: &Members<'_>, context: &mut Context<'_>, row: &mut Row) -> Result<(), Wrong> {
    let Some(id) = found.id.map(RawValue::get).filter(|id| *id != "null") else { return Ok(()) };
    let wrong = |message: String| ("id".to_owned(), message);
    if !id.starts_with('"') && !id.starts_with(|c: char| c.is_ascii_digit() || c == '-') {
        return Err(wrong(format!("is {}; it must be text or a number", kind(id))));
    }
    let column = context.columns.of("id", context.names, context.limits).map_err(wrong)?;
    if std::mem::replace(&mut context.columns.filled_by[column], row.number) != row.number {
        row.cells.resize(row.cells.len().max(column + 1), Cell::Empty);
        row.cells[column] = cell(id, context.limits).map_err(wrong)?;
    }
    Ok(())
}

/// Cell of a JSON value; lists and objects as their text, and so are whole numbers too long to be kept exactly.
fn cell(json: &str, limits: &Limits) -> Result<Cell, String> {
    let cell = match json.bytes().next() {
        Some(b'n') => Cell::Empty,
        Some(b't') => Cell::Bool(true),
        Some(b'f') => Cell::Bool(false),
        Some(b'"') => {
            let Text(text) = serde_json::from_str(json).unwrap_or(Text(Cow::Borrowed("")));
            Cell::Text(text.into_owned())
        }
        Some(b'{' | b'[') => Cell::Text(json.to_owned()),
        _ => match (json.parse::<i64>(), json.parse::<f64>()) {
            (Ok(number), _) => Cell::Integer(number),
            _ if json.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-') => Cell::Text(json.to_owned()),
            (_, Ok(number)) if number.is_finite() => Cell::Real(number),
            _ => return Err(format!("is {}, which is larger than any number read here", short(json))),
        },
    };
    match &cell {
        Cell::Text(text) if text.len() > limits.cell_bytes && !wkt::is_likely(text) => {
            Err(format!("has {} bytes; at most {} are taken", text.len(), limits.cell_bytes))
        }
        _ => Ok(cell),
    }
}

/// A text that is no JSON: where, and what stands there.
fn broken(text: &str, error: &serde_json::Error, line: u64) -> Wrong {
    let before = error.line().saturating_sub(1);
    let start = match before {
        0 => 0,
        lines => memchr::memchr_iter(b'\n', text.as_bytes()).nth(lines - 1).map_or(0, |at| at + 1),
    };
    let at = (start + error.column().saturating_sub(1)).min(text.len());
    let whole = error.to_string();
    let what = whole.rsplit_once(" at line ").map_or(whole.as_str(), |(what, _)| what);
    let line = line + before as u64;
    // A word is found wrong at its second letter, or behind its sign.
    let word = (0..=2).rev().find_map(|back| broken_word(text.get(at.checked_sub(back)?..)?));
    let path = path_to(text, at);
    let field = if path.is_empty() { "feature".to_owned() } else { path };
    match word {
        Some(word) => {
            (field, format!("{word} is not a JSON number, coordinates are finite numbers (line {line} of the file)"))
        }
        None => (field, format!("cannot be read: {what} (line {line} of the file)")),
    }
}

/// What other programs write for missing numbers.
fn broken_word(text: &str) -> Option<&'static str> {
    ["NaN", "nan", "Infinity", "-Infinity", "inf", "-inf"].into_iter().find(|word| text.starts_with(word))
}
