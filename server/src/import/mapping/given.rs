//! What a person says about columns: `field=column`, `field==text`, `field=` for none.

use super::{How, Mapping, place};
use crate::kinds::{Field, Origin, plain};
use crate::table::Cell;
use wangge_core::domain::row::RowKind;

/// Columns named in a message, at most.
const LISTED: usize = 40;

/// Why columns and fields do not come together.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MappingError {
    /// A field that the kind does not have.
    #[error("{kind} have no field {field:?}{}; their fields are {fields}", nearest(.near))]
    Field {
        /// The kind.
        kind: RowKind,
        /// What was said.
        field: String,
        /// The field that is called almost so.
        near: Option<String>,
        /// The fields there are.
        fields: String,
    },
    /// A column that the file does not have.
    #[error("the file has no column {column:?} for {field}{}; its columns are {columns}", nearest(.near))]
    Column {
        /// The field.
        field: &'static str,
        /// What was said.
        column: String,
        /// The column that is called almost so.
        near: Option<String>,
        /// The columns there are.
        columns: String,
    },
    /// Two words about one field.
    #[error("{0} is mapped twice; name one column for it")]
    Twice(&'static str),
    /// A text that cannot stand in the field.
    #[error("{text:?} cannot stand in {field}, which takes {takes}")]
    Constant {
        /// The field.
        field: &'static str,
        /// The text.
        text: String,
        /// What it takes.
        takes: &'static str,
    },
    /// A column about people.
    #[error(
        "column {column:?} is about a person by its name; names, phones and papers of people are not taken, for {field} or anything else"
    )]
    Personal {
        /// The field.
        field: &'static str,
        /// The column.
        column: String,
    },
    /// Fields that need a column and have none.
    #[error(
        "no column gives {missing}; the columns are {columns}. Say which with --map {example}=COLUMN, or --map {example}==TEXT for the same text in every row"
    )]
    Missing {
        /// The fields, each with what it takes.
        missing: String,
        /// The first of them.
        example: &'static str,
        /// The columns there are.
        columns: String,
    },
    /// Longitude without latitude, or the other way round.
    #[error(
        "{there} has a column and {missing} has none; the columns are {columns}. Say which with --map {missing}=COLUMN"
    )]
    HalfPlace {
        /// What is there.
        there: &'static str,
        /// What is missing.
        missing: &'static str,
        /// The columns there are.
        columns: String,
    },
    /// Nothing says where rows are.
    #[error(
        "no column says where the {kind} are; the columns are {columns}. Say which with --map lon=COLUMN --map lat=COLUMN, or --map wkt=COLUMN"
    )]
    NoPlace {
        /// The kind.
        kind: RowKind,
        /// The columns there are.
        columns: String,
    },
}

impl MappingError {
    pub(super) fn missing(fields: &[&'static Field], columns: &[&str]) -> Self {
        let missing: Vec<String> = fields.iter().map(|f| format!("{} ({}: {})", f.name, f.zh, f.takes)).collect();
        let example = fields.first().map_or("", |field| field.name);
        Self::Missing { missing: missing.join(" and "), example, columns: list(columns) }
    }
}

fn nearest(near: &Option<String>) -> String {
    near.as_ref().map_or_else(String::new, |near| format!(", did you mean {near:?}"))
}

/// Names for a message; there may be very many.
pub(super) fn list(names: &[&str]) -> String {
    let mut listed: Vec<String> = names.iter().take(LISTED).map(|name| format!("{name:?}")).collect();
    if names.len() > LISTED {
        listed.push(format!("{} more", names.len() - LISTED));
    }
    if listed.is_empty() { "none at all".to_owned() } else { listed.join(", ") }
}

/// Puts in what was said.
pub(super) fn apply(mapping: &mut Mapping, given: &[(String, String)]) -> Result<(), MappingError> {
    let mut said = vec![false; mapping.origins.len()];
    for (name, column) in given {
        let (at, field) = field_called(mapping, name)?;
        if std::mem::replace(&mut said[at], true) {
            return Err(MappingError::Twice(field.name));
        }
        (mapping.origins[at], mapping.how[at]) = match column.strip_prefix('=') {
            Some(text) => (constant(field, text)?, How::Constant),
            None if column.is_empty() => (Origin::Absent, How::Given),
            None => (Origin::Column(column_called(mapping, field, column)?), How::Given),
        };
    }
    Ok(())
}

fn field_called(mapping: &Mapping, name: &str) -> Result<(usize, &'static Field), MappingError> {
    let found = mapping.fields().enumerate().find(|(_, field)| plain(field.name) == plain(name));
    found.ok_or_else(|| {
        let names: Vec<&str> = mapping.fields().map(|field| field.name).collect();
        MappingError::Field {
            kind: mapping.kind.kind(),
            field: name.chars().take(60).collect(),
            near: near(name, &names),
            fields: names.join(", "),
        }
    })
}

fn constant(field: &Field, text: &str) -> Result<Origin, MappingError> {
    let cell = Cell::Text(text.to_owned());
    let is_place = place::FIELDS.iter().any(|place| place.name == field.name);
    if is_place || field.is_key || !(field.fits)(&cell) {
        let text = text.chars().take(60).collect();
        return Err(MappingError::Constant { field: field.name, text, takes: field.takes });
    }
    Ok(Origin::Constant(cell))
}

/// The column of exactly that name, else the only one that is called so in another form.
fn column_called(mapping: &Mapping, field: &Field, name: &str) -> Result<usize, MappingError> {
    let columns = &mapping.columns;
    let exact = columns.iter().position(|column| column.name.trim() == name.trim());
    let alike: Vec<usize> = (0..columns.len()).filter(|at| columns[*at].plain == plain(name)).collect();
    let found = exact.or(if let [one] = alike.as_slice() { Some(*one) } else { None });
    match found {
        Some(at) if columns[at].personal => {
            Err(MappingError::Personal { field: field.name, column: columns[at].name.clone() })
        }
        Some(at) => Ok(at),
        None => Err(MappingError::Column {
            field: field.name,
            column: name.chars().take(60).collect(),
            near: near(name, &mapping.names()),
            columns: list(&mapping.names()),
        }),
    }
}

/// The name that differs least, when it differs little.
fn near(name: &str, names: &[&str]) -> Option<String> {
    let wanted: Vec<char> = plain(name).chars().take(64).collect();
    let distance = |other: &str| edits(&wanted, &plain(other).chars().take(64).collect::<Vec<_>>());
    let best = names.iter().map(|other| (distance(other), *other)).min_by_key(|(edits, _)| *edits)?;
    (best.0 <= (wanted.len() / 3).max(1) && best.0 < wanted.len()).then(|| best.1.to_owned())
}

/// How many characters must be put in, left out or changed to make one of the other (Levenshtein).
fn edits(a: &[char], b: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.iter().enumerate() {
        let mut corner = std::mem::replace(&mut row[0], i + 1);
        for (j, to) in b.iter().enumerate() {
            let changed = corner + usize::from(from != to);
            corner = row[j + 1];
            row[j + 1] = changed.min(row[j] + 1).min(corner + 1);
        }
    }
    row[b.len()]
}
