//! Which column of a file fills which field of a kind: guessed from names and values, shown, and overridden by hand.
//!
//! A guess never takes a column that says something about a person, by its name.

mod column;
mod given;
mod guess;
mod place;
#[cfg(test)]
mod tests;

pub use given::MappingError;

use crate::kinds::{Field, FieldFault, Kind, Origin, ShapeNeed, Values, is_personal};
use crate::table::{Header, RawShape, Row};
use column::Column;
use guess::Guess;
use serde::Serialize;
use std::borrow::Cow;

/// How the column of a field was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum How {
    /// It has the field's name.
    Named,
    /// It has another name of the field.
    Synonym,
    /// Its values could be nothing else.
    Content,
    /// It was named by hand.
    Given,
    /// Every row has the same, given by hand.
    Constant,
    /// There is none.
    Absent,
}

impl How {
    /// The word for it in reports.
    pub fn id(self) -> &'static str {
        match self {
            Self::Named => "named",
            Self::Synonym => "synonym",
            Self::Content => "content",
            Self::Given => "given",
            Self::Constant => "constant",
            Self::Absent => "absent",
        }
    }
}

/// A field and where its values come from, for a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MappedColumn {
    /// Name of the field; `lon`, `lat` and `wkt` are where shapes come from.
    pub field: &'static str,
    /// What the field means, in Chinese.
    pub zh: &'static str,
    /// Whether a row without it is refused.
    pub needed: bool,
    /// The column of the file, or the constant.
    pub column: Option<String>,
    /// How it was found.
    pub how: How,
    /// The first few different values.
    pub examples: Vec<String>,
}

/// Which column fills which field.
pub struct Mapping {
    kind: &'static dyn Kind,
    has_shapes: bool,
    lacks_shapes: bool,
    columns: Vec<Column>,
    /// By field of the kind, then longitude, latitude and WKT.
    origins: Vec<Origin>,
    how: Vec<How>,
    notes: Vec<String>,
}

impl Mapping {
    /// The mapping that names and values of columns suggest. `sample` is some of the first rows; a thousand are plenty.
    pub fn guess(kind: &'static dyn Kind, header: &Header, sample: &[Row]) -> Self {
        let of_people = kind.is_of_people();
        let columns = header.columns.iter().enumerate();
        let columns = columns.map(|(at, name)| Column::new(name, is_personal(name, of_people), at, sample)).collect();
        let fields = kind.fields().len() + place::FIELDS.len();
        let mut mapping = Self {
            kind,
            has_shapes: header.has_shapes,
            // A file may have room for shapes and none in it: points then come from columns.
            lacks_shapes: !sample.is_empty() && sample.iter().all(|row| row.shape.is_none()),
            columns,
            origins: vec![Origin::Absent; fields],
            how: vec![How::Absent; fields],
            notes: Vec::new(),
        };
        mapping.settle();
        mapping
    }

    /// The same with fields named by hand, each `(field, column)`, `(field, "=text")` for the same text in every row, or
    /// `(field, "")` for none. The columns used so are free for no other field by guess.
    ///
    /// # Errors
    /// [`MappingError`] for a field or column that is not there, and when a field that is needed finds no column.
    pub fn with(mut self, given: &[(String, String)]) -> Result<Self, MappingError> {
        given::apply(&mut self, given)?;
        self.settle();
        self.check()?;
        Ok(self)
    }

    /// Guesses every field that was not given by hand.
    fn settle(&mut self) {
        let is_given = |how: &How| matches!(how, How::Given | How::Constant);
        let given: Vec<Option<Origin>> =
            self.origins.iter().zip(&self.how).map(|(origin, how)| is_given(how).then(|| origin.clone())).collect();
        let Guess { found, notes } =
            guess::columns(self.kind, &self.columns, &given, self.has_shapes && !self.lacks_shapes);
        for (field, found) in found.into_iter().enumerate().filter(|(field, _)| given[*field].is_none()) {
            (self.origins[field], self.how[field]) = match found {
                Some((column, how)) => (Origin::Column(column), how),
                None => (Origin::Absent, How::Absent),
            };
        }
        self.notes = notes;
    }

    /// Whether everything that is needed has a column.
    fn check(&self) -> Result<(), MappingError> {
        let absent = |field: usize| self.origins[field] == Origin::Absent;
        let missing: Vec<&Field> =
            self.kind.fields().iter().enumerate().filter(|(at, f)| f.needed && absent(*at)).map(|(_, f)| f).collect();
        if !missing.is_empty() {
            return Err(MappingError::missing(&missing, &self.names()));
        }
        let [lon, lat, wkt] = self.places();
        if absent(lon) != absent(lat) {
            let (there, missing) = if absent(lon) { ("lat", "lon") } else { ("lon", "lat") };
            return Err(MappingError::HalfPlace { there, missing, columns: given::list(&self.names()) });
        }
        let nowhere = !self.has_shapes && absent(lon) && absent(wkt);
        if nowhere && self.kind.shape() != ShapeNeed::None {
            return Err(MappingError::NoPlace { kind: self.kind.kind(), columns: given::list(&self.names()) });
        }
        Ok(())
    }

    /// Numbers of longitude, latitude and WKT among the fields.
    fn places(&self) -> [usize; 3] {
        let first = self.kind.fields().len();
        [first, first + 1, first + 2]
    }

    fn fields(&self) -> impl Iterator<Item = &'static Field> {
        self.kind.fields().iter().chain(&place::FIELDS)
    }

    fn names(&self) -> Vec<&str> {
        self.columns.iter().map(|column| column.name.as_str()).collect()
    }

    /// Every field in its order, with the column that fills it. Longitude, latitude and WKT are told where used.
    pub fn describe(&self) -> Vec<MappedColumn> {
        let kinds = self.kind.fields().len();
        let fields = self.fields().zip(self.origins.iter().zip(&self.how)).enumerate();
        let shown = fields.filter(|(at, (_, (origin, _)))| *at < kinds || **origin != Origin::Absent);
        shown
            .map(|(_, (field, (origin, how)))| {
                let (column, examples) = match origin {
                    Origin::Column(column) => {
                        let column = &self.columns[*column];
                        (Some(column.name.clone()), column.examples())
                    }
                    Origin::Constant(cell) => (Some(cell.text().into_owned()), vec![cell.text().into_owned()]),
                    Origin::Absent => (None, Vec::new()),
                };
                MappedColumn { field: field.name, zh: field.zh, needed: field.needed, column, how: *how, examples }
            })
            .collect()
    }

    /// Columns nothing is filled from, without those that say something about a person.
    pub fn unused(&self) -> Vec<String> {
        self.left(false)
    }

    /// Columns left out because they say something about a person.
    pub fn kept_out(&self) -> Vec<String> {
        self.left(true)
    }

    fn left(&self, personal: bool) -> Vec<String> {
        let used = |at: usize| self.origins.contains(&Origin::Column(at));
        let left = self.columns.iter().enumerate().filter(|(at, column)| column.personal == personal && !used(*at));
        left.map(|(_, column)| column.name.clone()).collect()
    }

    /// What a person should know: columns left out on purpose, ids that are made, guesses that could be wrong.
    pub fn notes(&self) -> Vec<String> {
        let mut notes = self.notes.clone();
        let key = self.kind.fields().iter().position(|field| field.is_key);
        if let Some((made, key)) = self.kind.key_made().zip(key)
            && self.origins[key] == Origin::Absent
        {
            let field = self.kind.fields()[key].name;
            notes.push(format!(
                "no column is taken for {field}: it is {made}, so a row whose address changes is a new one"
            ));
        }
        let kept_out = self.kept_out();
        if !kept_out.is_empty() {
            let columns = given::list(&kept_out.iter().map(String::as_str).collect::<Vec<_>>());
            notes.push(format!("not taken, because names and numbers of people do not come in this way: {columns}"));
        }
        notes
    }

    /// The values of a row under the names of the fields, with its shape in CRS84.
    pub fn values<'a>(&'a self, row: &'a Row, shape: Option<&'a RawShape>) -> Values<'a> {
        Values::new(self.kind.fields(), &self.origins, &row.cells, shape)
    }

    /// The shape of a row in the coordinate system of the file: from columns where they were found, else its own. None
    /// when the columns are empty.
    ///
    /// # Errors
    /// [`FieldFault`] when longitude or latitude is no number, or the WKT cannot be read.
    pub fn shape<'a>(&self, row: &'a Row) -> Result<Option<Cow<'a, RawShape>>, FieldFault> {
        let [lon, lat, wkt] = self.places().map(|at| &self.origins[at]);
        match (lon, lat, wkt) {
            (Origin::Column(lon), Origin::Column(lat), _) => {
                let point = place::point(row.cells.get(*lon), row.cells.get(*lat))?.map(Cow::Owned);
                Ok(point.or_else(|| row.shape.as_ref().map(Cow::Borrowed)))
            }
            (.., Origin::Column(wkt)) => Ok(place::wkt(row.cells.get(*wkt))?.map(Cow::Owned)),
            _ => Ok(row.shape.as_ref().map(Cow::Borrowed)),
        }
    }
}
