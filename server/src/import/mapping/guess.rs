//! The guess: names first, each field in its order, then values where names say nothing.

use super::{How, column::Column, place};
use crate::kinds::{Field, Kind, Origin, ShapeNeed, plain};

/// Shortest synonym, in Chinese characters, that means its field at the end of a longer name, as in 房屋小区名称.
const SURE_ENDING: usize = 3;
/// Beginnings of names that are about another thing than the row itself.
const OF_ANOTHER: [&str; 6] = ["所属", "所在", "上级", "归属", "父级", "管辖"];
/// Endings of names of columns that tell rows apart.
const KEY_ENDINGS: [&str; 9] = ["id", "code", "key", "编号", "编码", "代码", "number", "no", "号"];

/// Columns by field, and what could be otherwise.
pub(super) struct Guess {
    pub(super) found: Vec<Option<(usize, How)>>,
    pub(super) notes: Vec<String>,
}

/// The column of every field that is not given, longitude, latitude and WKT after those of the kind.
pub(super) fn columns(kind: &dyn Kind, columns: &[Column], given: &[Option<Origin>], has_shapes: bool) -> Guess {
    let fields: Vec<&Field> = kind.fields().iter().chain(&place::FIELDS).collect();
    let places = kind.fields().len()..fields.len();
    let no_column = vec![false; columns.len()];
    let mut board = Board { columns, found: vec![None; fields.len()], taken: no_column.clone(), given: no_column };
    for column in given.iter().flatten() {
        if let Origin::Column(column) = column {
            board.given[*column] = true;
        }
    }
    // A file with shapes of its own needs no columns for them, and one place is enough.
    let place_given = given[places.start..].iter().any(Option::is_some);
    let closed = |field: usize| match kind.shape() {
        _ if has_shapes || place_given => true,
        ShapeNeed::None => true,
        // Longitude and latitude beside a line or polygon are those of its middle.
        ShapeNeed::Line | ShapeNeed::Polygons => field < places.end - 1,
        ShapeNeed::Point | ShapeNeed::Any => false,
    };
    let is_open = |field: usize| given[field].is_none() && !(places.contains(&field) && closed(field));
    let open: Vec<usize> = (0..fields.len()).filter(|field| is_open(*field)).collect();
    let mut notes = Vec::new();
    for &field in &open {
        board.take_named(field, fields[field]);
    }
    for &field in &open {
        board.take_synonym(field, fields[field]);
    }
    for &field in &open {
        board.take_ending(field, fields[field]);
    }
    board.settle_place(places.start, kind.shape());
    if open.contains(&places.start) {
        board.take_place(places.start, &mut notes);
    }
    let has_place = board.found[places.start..].iter().any(Option::is_some);
    for &field in open.iter().filter(|field| !(has_place && places.contains(*field))) {
        board.take_content(field, fields[field], kind.key_made().is_some());
    }
    // Columns of that very name are meant, whatever is in them: each row then says what is wrong with its own.
    let by_name = |field: &&usize| places.contains(*field) && !has_place;
    for &field in open.iter().filter(by_name) {
        board.take_very_name(field, fields[field]);
    }
    notes.extend(open.iter().filter_map(|&field| board.other(field, fields[field])));
    Guess { found: board.found, notes }
}

/// Which columns are taken, and for what.
struct Board<'a> {
    columns: &'a [Column],
    found: Vec<Option<(usize, How)>>,
    taken: Vec<bool>,
    /// Columns a person gave to some field.
    given: Vec<bool>,
}

impl Board<'_> {
    /// Whether a column may be taken. One that was given for another field may still be the key by its name: where
    /// areas have no names, their codes are given for names.
    fn is_free(&self, column: usize, is_key: bool) -> bool {
        !self.taken[column] && !self.columns[column].personal && (is_key || !self.given[column])
    }

    fn take(&mut self, field: usize, column: usize, how: How) {
        self.found[field] = Some((column, how));
        self.taken[column] = true;
    }

    /// A column with the field's own name, English or Chinese.
    fn take_named(&mut self, field: usize, of: &Field) {
        let names = [plain(of.name), plain(of.zh)];
        let is_named = |at: &usize| {
            let column = &self.columns[*at];
            // A key by its very name is one whatever it looks like: ids may be words.
            let sure = of.is_key && column.plain == names[0];
            names.contains(&column.plain) && self.is_free(*at, of.is_key) && (sure || column.may_be(of.fits))
        };
        if let Some(column) = (0..self.columns.len()).find(is_named) {
            self.take(field, column, How::Named);
        }
    }

    /// A column with the field's own name whose values do not fit it.
    fn take_very_name(&mut self, field: usize, of: &Field) {
        let names = [plain(of.name), plain(of.zh)];
        let is_named = |at: &usize| names.contains(&self.columns[*at].plain) && self.is_free(*at, false);
        if self.found[field].is_none()
            && let Some(column) = (0..self.columns.len()).find(is_named)
        {
            self.take(field, column, How::Named);
        }
    }

    /// Columns with another name of the field, the surest first.
    fn synonyms(&self, of: &Field) -> Vec<usize> {
        let mut columns: Vec<usize> = Vec::new();
        for word in of.synonyms.split_whitespace() {
            let named = self.columns.iter().enumerate().filter(|(_, column)| column.plain == word);
            let free = named.filter(|(at, column)| self.is_free(*at, of.is_key) && column.may_be(of.fits));
            columns.extend(free.map(|(at, _)| at));
        }
        columns
    }

    /// The column with the surest other name; of keys one whose values differ comes first.
    fn take_synonym(&mut self, field: usize, of: &Field) {
        if self.found[field].is_some() {
            return;
        }
        let mut candidates = self.synonyms(of);
        if of.name == "name" {
            // The town's name in every row is the name of the town, not of the row.
            candidates.retain(|at| self.columns[*at].is_varied());
        }
        let unique = candidates.iter().position(|at| self.columns[*at].is_unique()).filter(|_| of.is_key);
        if let Some(column) = candidates.get(unique.unwrap_or(0)) {
            self.take(field, *column, How::Synonym);
        }
    }

    /// A column nothing was filled from that could fill the field as well, in a sentence.
    fn other(&self, field: usize, of: &Field) -> Option<String> {
        let (column, _) = self.found[field].filter(|_| !of.is_key)?;
        let other = &self.columns[*self.synonyms(of).first()?].name;
        let (name, column) = (of.name, &self.columns[column].name);
        Some(format!("{other:?} could be {name} as well as {column:?}; --map {name}={other} takes it instead"))
    }

    /// A column whose name ends with a long Chinese synonym, the longest first.
    fn take_ending(&mut self, field: usize, of: &Field) {
        if self.found[field].is_some() {
            return;
        }
        let ending = |column: &Column| {
            let words = of.synonyms.split_whitespace();
            let sure = words.filter(|word| word.chars().count() >= SURE_ENDING && !word.is_ascii());
            sure.filter(|word| column.plain.ends_with(word)).map(str::len).max()
        };
        let of_another = |column: &Column| OF_ANOTHER.iter().any(|start| column.plain.starts_with(start));
        let columns = self.columns.iter().enumerate();
        let free = columns.filter(|(at, c)| self.is_free(*at, of.is_key) && !of_another(c) && c.may_be(of.fits));
        let best = free.filter_map(|(at, c)| Some((ending(c)?, std::cmp::Reverse(at)))).max();
        if let Some((_, std::cmp::Reverse(column))) = best {
            self.take(field, column, How::Synonym);
        }
    }

    /// Leaves one place where there are two: a point has longitude and latitude, anything else well-known text.
    fn settle_place(&mut self, lon: usize, shape: ShapeNeed) {
        let found = [lon, lon + 1, lon + 2].map(|field| self.found[field].is_some());
        let dropped = match found {
            [true, true, true] if shape == ShapeNeed::Point => lon + 2..lon + 3,
            [_, _, true] => lon..lon + 2,
            _ => return,
        };
        for field in dropped {
            if let Some((column, _)) = self.found[field].take() {
                self.taken[column] = false;
            }
        }
    }

    /// Longitude and latitude by the range of two columns of decimal numbers.
    fn take_place(&mut self, lon: usize, notes: &mut Vec<String>) {
        if self.found[lon..].iter().any(Option::is_some) {
            return;
        }
        let free = (0..self.columns.len()).filter(|at| self.is_free(*at, false));
        let degrees: Vec<usize> = free.filter(|at| place::is_degrees(self.columns[*at].values())).collect();
        let &[first, second] = degrees.as_slice() else { return };
        let (first_name, second_name) = (&self.columns[first].name, &self.columns[second].name);
        let beyond = |at: usize| place::is_beyond_latitude(self.columns[at].values());
        match (beyond(first), beyond(second)) {
            (true, false) => self.take_both(lon, first, second),
            (false, true) => self.take_both(lon, second, first),
            _ => notes.push(format!(
                "{first_name:?} and {second_name:?} look like degrees, but which is longitude cannot be told; say it \
                 with --map lon={first_name} --map lat={second_name}, or the other way round"
            )),
        }
    }

    fn take_both(&mut self, field: usize, lon: usize, lat: usize) {
        self.take(field, lon, How::Content);
        self.take(field + 1, lat, How::Content);
    }

    /// A column whose values could be nothing else. Ids that can be made of the address are not looked for by value
    /// alone: house numbers differ, too.
    fn take_content(&mut self, field: usize, of: &Field, key_is_made: bool) {
        if self.found[field].is_some() || !of.by_content {
            return;
        }
        let fits = |at: &usize| {
            let column = &self.columns[*at];
            self.is_free(*at, false) && column.is_all(of.fits) && (!of.is_key || column.is_unique())
        };
        let fitting: Vec<usize> = (0..self.columns.len()).filter(fits).collect();
        let says_key = |at: &&usize| KEY_ENDINGS.iter().any(|ending| self.columns[**at].plain.ends_with(ending));
        let column = match (fitting.iter().find(says_key), fitting.as_slice()) {
            (Some(column), _) if of.is_key => Some(*column),
            (_, [column]) if !(of.is_key && key_is_made) => Some(*column),
            _ => None,
        };
        if let Some(column) = column {
            self.take(field, column, How::Content);
        }
    }
}
