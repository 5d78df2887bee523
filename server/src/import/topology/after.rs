//! The areas as they would stand once rows were taken.

use jiff::civil::Date;
use std::collections::{BTreeMap, HashMap, HashSet};
use wangge_core::{
    domain::{
        District,
        area::{AreaRow, Level},
    },
    geometry::{coverage::CoverArea, shape::MultiPolygon},
};

/// An area that would be in force.
#[derive(Debug, Clone, Copy)]
pub(super) struct Held<'a> {
    pub(super) code: &'a str,
    pub(super) level: Level,
    pub(super) parent: Option<&'a str>,
    pub(super) shape: &'a MultiPolygon,
    /// Number of its row among those that come in; none for one that stays as it is.
    pub(super) row: Option<usize>,
}

impl<'a> Held<'a> {
    fn of(row: &'a AreaRow, number: Option<usize>) -> Self {
        Self { code: &row.code, level: row.level, parent: row.parent.as_deref(), shape: &row.geometry, row: number }
    }

    pub(super) fn cover(&self) -> CoverArea<'a> {
        CoverArea { code: self.code, parent: self.parent, shape: self.shape, fixed: self.row.is_none() }
    }
}

/// The areas that would be in force on a day, by level.
#[derive(Debug, Default)]
pub struct AreasAfter<'a> {
    /// The day they are looked at: today, or the last day on which one of the rows begins.
    pub day: Option<Date>,
    pub(super) levels: BTreeMap<Level, Vec<Held<'a>>>,
    by_code: HashMap<&'a str, Held<'a>>,
    /// Codes that several rows have which would be in force together.
    pub(super) repeated: BTreeMap<&'a str, usize>,
}

impl<'a> AreasAfter<'a> {
    /// The areas of a district once rows were taken: on the day the last of the rows begins, if that is after today.
    ///
    /// A row takes the place of the area with its code, as does a version that waits for its day; of several rows with one
    /// code the latest to begin counts, of equals the first.
    pub fn taking(district: &'a District, rows: &'a [AreaRow]) -> Self {
        let date = |day: &Option<String>| day.as_deref().and_then(|day| day.parse::<Date>().ok());
        let last = rows.iter().filter_map(|row| date(&row.starts_on)).max();
        let day = district.today().max(last);
        let begun = |row: &AreaRow| date(&row.starts_on).zip(day).is_none_or(|(start, day)| start <= day);
        let over = |end: &Option<String>| date(end).zip(day).is_some_and(|(end, day)| end <= day);
        let mut versions: HashMap<&str, (Option<Date>, &AreaRow, Option<usize>)> = HashMap::new();
        let mut repeated: BTreeMap<&str, usize> = BTreeMap::new();
        let waiting = district.waiting().iter().map(|row| (row, None));
        for (row, number) in waiting.chain(rows.iter().enumerate().map(|(number, row)| (row, Some(number)))) {
            let start = date(&row.starts_on);
            if !begun(row) {
                continue;
            }
            let known = versions.get(row.code.as_str());
            if known.is_some_and(|known| known.0 == start && known.2.is_some() && number.is_some()) {
                *repeated.entry(&row.code).or_insert(1) += 1;
            } else if known.is_none_or(|known| start >= known.0) {
                versions.insert(&row.code, (start, row, number));
            }
        }
        let mut after = Self { day, repeated, ..Self::default() };
        for area in district.areas().iter().filter(|area| !over(&area.ends_on)) {
            if !versions.contains_key(area.code.as_str()) {
                after.add(Held {
                    code: &area.code,
                    level: area.level,
                    parent: area.parent_code.as_deref(),
                    shape: &area.geometry,
                    row: None,
                });
            }
        }
        for (_, row, number) in versions.into_values().filter(|(_, row, _)| !over(&row.ends_on)) {
            after.add(Held::of(row, number));
        }
        after.levels.values_mut().for_each(|held| held.sort_by(|a, b| a.code.cmp(b.code)));
        after
    }

    fn add(&mut self, held: Held<'a>) {
        self.levels.entry(held.level).or_default().push(held);
        self.by_code.insert(held.code, held);
    }

    pub(super) fn get(&self, code: &str) -> Option<Held<'a>> {
        self.by_code.get(code).copied()
    }

    /// The areas that areas of a level say they lie in, by code.
    pub(super) fn parents(&self, level: Level) -> Vec<Held<'a>> {
        let named: HashSet<&str> =
            self.levels.get(&level).into_iter().flatten().filter_map(|held| held.parent).collect();
        let mut parents: Vec<Held> = named.into_iter().filter_map(|code| self.get(code)).collect();
        parents.retain(|parent| parent.level < level);
        parents.sort_by(|a, b| a.code.cmp(b.code));
        parents
    }

    /// Areas in all.
    pub(super) fn count(&self) -> usize {
        self.by_code.len()
    }
}
