//! Days pass: versions of areas that waited come into force, others end.

use super::{
    area::AreaRow,
    areas::Version,
    dates::{beginning, maybe_date},
    district::District,
};
use jiff::{Timestamp, civil::Date};

impl District {
    /// Moves the calendar on; true when an area began or ended. Days do not go back.
    pub(super) fn advance_to(&mut self, today: Date) -> bool {
        if self.today.is_some_and(|known| today <= known) {
            return false;
        }
        self.today = Some(today);
        let due = |row: &AreaRow| maybe_date(row.starts_on.as_ref()).is_none_or(|start| start <= today);
        let rows: Vec<AreaRow> = self.waiting.extract_if(.., |row| due(row)).collect();
        let ending = self.areas.next_end().is_some_and(|end| end <= today);
        if rows.is_empty() && !ending {
            return false;
        }
        // They lie by their first day: a code with two versions due takes both, one after the other.
        for day in rows.chunk_by(|a, b| a.starts_on == b.starts_on) {
            self.areas.import(day.to_vec());
        }
        self.areas.settle(self.today);
        true
    }

    /// Takes areas of an import: those whose day has not come wait, the others are in force at once.
    pub(super) fn take_areas(&mut self, rows: Vec<AreaRow>) {
        let waits = |row: &AreaRow| {
            let start = maybe_date(row.starts_on.as_ref());
            let later = start.zip(self.today).is_some_and(|(start, today)| start > today);
            let known = self.areas.by_code(&row.code).and_then(|slot| self.areas.get(slot));
            later && known.is_none_or(|area| matches!(area.version_of(row), Version::Later(_)))
        };
        let (later, now): (Vec<AreaRow>, Vec<AreaRow>) = rows.into_iter().partition(waits);
        for row in later {
            self.waiting.retain(|known| (&known.code, &known.starts_on) != (&row.code, &row.starts_on));
            self.waiting.push(row);
        }
        self.waiting.sort_by(|a, b| (&a.starts_on, &a.code).cmp(&(&b.starts_on, &b.code)));
        self.areas.import(now);
        self.areas.settle(self.today);
    }

    /// The version of an area that waits under a code for a day.
    pub(super) fn waiting_version(&self, code: &str, starts_on: Option<&String>) -> Option<&AreaRow> {
        self.waiting.iter().find(|row| row.code == code && row.starts_on.as_ref() == starts_on)
    }

    /// The next day on which a version of an area begins or ends.
    pub(super) fn next_dating(&self) -> Option<Date> {
        let first = self.waiting.first().and_then(|row| maybe_date(row.starts_on.as_ref()));
        [first, self.areas.next_end()].into_iter().flatten().min()
    }

    /// The moment at which that day begins.
    pub(super) fn next_dating_at(&self) -> Option<Timestamp> {
        self.next_dating().and_then(beginning)
    }
}
