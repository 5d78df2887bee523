//! Checks the rows of an import as they come, before anything is recorded: what must hold among them and with the
//! district. What rows are in themselves is asked of [`super::row`].

use super::{
    Refusal, RefusalKind, refuse,
    row::{area, check_row, door},
    short,
};
use crate::domain::{
    area::{AreaRow, Level},
    areas::Version,
    district::District,
    doors::{Door, DoorColumns},
    event::{PastVisit, SegmentRows},
    row::{ImportRow, RowKind},
    standing::Standing,
    strings::{Strings, hash},
};
use std::{
    collections::{HashMap, HashSet},
    ops::Range,
};
use uuid::Uuid;

/// What an import is told when the district is not the one its rows were checked against any more.
pub(super) const CHANGED: &str = "the district changed while the file was read; look again";

/// What the rows of an import were checked against; they may be taken as long as it is the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CheckedAgainst {
    rows_version: u64,
    /// Visits and rounds there were, for an import that brings visits.
    history: Option<(usize, usize)>,
}

impl CheckedAgainst {
    /// The district as it is now; its visits and rounds only where visits are checked against them.
    pub(super) fn now(district: &District, with_visits: bool) -> Self {
        let history = with_visits.then(|| (district.visit_count(), district.rounds.len()));
        Self { rows_version: district.rows_version, history }
    }

    pub(super) fn has_visits(&self) -> bool {
        self.history.is_some()
    }
}

/// Rows of one kind by how they stand to the district.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct RowCounts {
    /// New ones.
    pub added: u64,
    /// Those that differ from what is there, moved ones included.
    pub changed: u64,
    /// Of those, the ones that lie somewhere else.
    pub moved: u64,
    /// Those that say what is there already.
    pub same: u64,
}

impl RowCounts {
    fn note(&mut self, standing: &Standing) {
        match standing {
            Standing::New => self.added += 1,
            Standing::Same => self.same += 1,
            Standing::Changed { moved_m, .. } => {
                self.changed += 1;
                self.moved += u64::from(moved_m.is_some());
            }
        }
    }
}

/// Checks an import segment by segment.
#[derive(Debug)]
pub struct ImportCheck {
    against: CheckedAgainst,
    /// Keys so far, by kind; a key's number is its row's place among those given. Those of doors are in `doors`.
    keys: [Strings; RowKind::ALL.len()],
    /// Hashes of the ids of the doors so far. One that stands twice is found when the import is applied.
    doors: Vec<u64>,
    /// Slot of the known door that came last.
    last_door: u32,
    levels: HashMap<String, Level>,
    visits: HashSet<Uuid>,
    /// What rows refer to that was not there when they came: it may come after them.
    wanted: Vec<Wanted>,
    counts: [RowCounts; RowKind::ALL.len()],
}

/// Something a row refers to.
#[derive(Debug)]
struct Wanted {
    kind: RowKind,
    key: String,
    refers: Refers,
}

#[derive(Debug)]
enum Refers {
    Parent {
        of: Level,
        code: String,
    },
    Door(String),
    Grid(String),
    /// The door of a visit.
    Visited(String),
}

impl Wanted {
    /// The id of a door it waits for.
    fn door(&self) -> Option<&str> {
        match &self.refers {
            Refers::Door(id) | Refers::Visited(id) => Some(id),
            Refers::Parent { .. } | Refers::Grid(_) => None,
        }
    }
}

impl ImportCheck {
    /// A check against a district; the same one, or a later state of it, is given to every call.
    pub fn begin(district: &District) -> Self {
        Self {
            against: CheckedAgainst::now(district, false),
            keys: Default::default(),
            doors: Vec::new(),
            last_door: 0,
            levels: HashMap::new(),
            visits: HashSet::new(),
            wanted: Vec::new(),
            counts: Default::default(),
        }
    }

    /// How the rows of a kind stand to the district, those given so far.
    pub fn counts(&self, kind: RowKind) -> RowCounts {
        self.counts[kind as usize]
    }

    /// Checks some of a segment's rows; says of each in `says_new` whether it says anything new.
    ///
    /// # Errors
    /// [`Refusal`] for the first row that cannot be taken; the import is refused with it.
    pub fn look(
        &mut self,
        district: &District,
        rows: &SegmentRows,
        range: Range<usize>,
        says_new: &mut Vec<bool>,
    ) -> Result<(), Refusal> {
        self.still(district)?;
        match rows {
            SegmentRows::Households(rows) => {
                rows[range].iter().try_for_each(|row| self.door(district, &Door::of(row), says_new))
            }
            SegmentRows::Areas(rows) => rows[range].iter().try_for_each(|row| {
                area(row)?;
                self.once(RowKind::Areas, &row.code)?;
                self.area(district, row)?;
                says_new.push(self.note(RowKind::Areas, &district.area_standing(row)));
                Ok(())
            }),
            SegmentRows::Visits(rows) => rows[range].iter().try_for_each(|row| {
                says_new.push(true);
                self.visit(district, row)
            }),
            SegmentRows::Roads(_)
            | SegmentRows::Base(_)
            | SegmentRows::Facilities(_)
            | SegmentRows::Shops(_)
            | SegmentRows::Staffing(_) => range.filter_map(|at| rows.get(at)).try_for_each(|row| {
                check_row(&row)?;
                self.once(row.kind(), row.key())?;
                self.refers(district, &row);
                says_new.push(self.note(row.kind(), &district.standing(&row)));
                Ok(())
            }),
        }
    }

    /// The same for doors in columns.
    ///
    /// # Errors
    /// [`Refusal`] like [`ImportCheck::look`].
    pub fn look_at_doors(
        &mut self,
        district: &District,
        doors: &DoorColumns,
        mut range: Range<usize>,
        says_new: &mut Vec<bool>,
    ) -> Result<(), Refusal> {
        self.still(district)?;
        range.try_for_each(|row| self.door(district, &doors.get(row), says_new))
    }

    fn still(&self, district: &District) -> Result<(), Refusal> {
        if self.against.rows_version == district.rows_version {
            return Ok(());
        }
        refuse(RefusalKind::Conflict, "file", CHANGED)
    }

    fn note(&mut self, kind: RowKind, standing: &Standing) -> bool {
        self.counts[kind as usize].note(standing);
        *standing != Standing::Same
    }

    fn door(&mut self, district: &District, row: &Door<'_>, says_new: &mut Vec<bool>) -> Result<(), Refusal> {
        door(row)?;
        self.doors.push(hash(row.id));
        let (standing, slot) = district.door_standing(row, self.last_door);
        self.last_door = slot.unwrap_or(self.last_door);
        says_new.push(self.note(RowKind::Households, &standing));
        Ok(())
    }

    /// Everything that was referred to is there, and what the rows were checked against.
    ///
    /// # Errors
    /// [`Refusal`] for the first reference to something that is neither in the district nor in the import.
    pub fn finish(&self, district: &District) -> Result<CheckedAgainst, Refusal> {
        let wanted: HashSet<u64> = self.wanted.iter().filter_map(Wanted::door).map(hash).collect();
        // Two ids with one hash are one in 10¹⁹; what they would let in is a shop behind a door that is not there.
        let came: HashSet<u64> = self.doors.iter().copied().filter(|door| wanted.contains(door)).collect();
        let missing = |wanted: &&Wanted| !wanted.door().is_some_and(|door| came.contains(&hash(door)));
        self.wanted.iter().filter(missing).try_for_each(|wanted| self.resolved(district, wanted))?;
        if self.visits.is_empty() {
            return Ok(self.against);
        }
        Ok(CheckedAgainst { rows_version: self.against.rows_version, ..CheckedAgainst::now(district, true) })
    }

    fn once(&mut self, kind: RowKind, key: &str) -> Result<(), Refusal> {
        let keys = &mut self.keys[kind as usize];
        let next = keys.len() as u32;
        let number = keys.intern(key);
        if number == next {
            return Ok(());
        }
        let field = if kind == RowKind::Areas { "code" } else { "id" };
        let again = self.counts[kind as usize];
        let rows = again.added + again.changed + again.same;
        let message = format!(
            "{} {:?} stands twice in the import, as row {} and row {} of its kind; each may come in once",
            kind.noun(),
            short(key),
            number + 1,
            rows + 1
        );
        refuse(RefusalKind::Conflict, field, message)
    }

    fn area(&mut self, district: &District, row: &AreaRow) -> Result<(), Refusal> {
        let invalid = |field, message: String| refuse(RefusalKind::Invalid, field, message);
        let code = short(&row.code);
        let known = district.areas.by_code(&row.code).and_then(|slot| district.areas.get(slot));
        let waiting = district.waiting.iter().find(|waiting| waiting.code == row.code);
        let level = known.map(|area| area.level).or(waiting.map(|waiting| waiting.level));
        if let Some(level) = level.filter(|level| *level != row.level) {
            return invalid(
                "level",
                format!(
                    "area {code:?} is a {level}; a {} needs a code of its own, for a code keeps its level",
                    row.level
                ),
            );
        }
        if let Some(area) = known {
            let version = area.version_of(row);
            let former = matches!(version, Version::Former(_)) && district.area_standing(row) != Standing::Same;
            if former || version == Version::Older {
                let starts = |day: &Option<String>| day.clone().unwrap_or_default();
                return invalid(
                    "starts_on",
                    format!(
                        "the version of {code:?} in force starts on {}; one that started on {} cannot be changed any more",
                        starts(&area.starts_on),
                        starts(&row.starts_on)
                    ),
                );
            }
        }
        self.levels.insert(row.code.clone(), row.level);
        if let Some(parent) = &row.parent {
            self.want(district, RowKind::Areas, &row.code, Refers::Parent { of: row.level, code: parent.clone() });
        }
        Ok(())
    }

    fn refers(&mut self, district: &District, row: &ImportRow) {
        match row {
            ImportRow::Shop(row) => {
                if let Some(door) = &row.household {
                    self.want(district, RowKind::Shops, &row.id, Refers::Door(door.clone()));
                }
            }
            ImportRow::Staffing(row) => self.want(district, RowKind::Staffing, &row.id, Refers::Grid(row.grid.clone())),
            _ => {}
        }
    }

    fn visit(&mut self, district: &District, row: &PastVisit) -> Result<(), Refusal> {
        let visit = &row.visit;
        if !self.visits.insert(visit.id) || district.visits.find(visit.id).is_some() {
            let message = format!("visit {} is already there; each may come in once", visit.id);
            return refuse(RefusalKind::Conflict, "id", message);
        }
        if visit.round.as_deref().and_then(|round| district.round_index(round)).is_none() {
            let message =
                format!("visit {} names a round that is not there; /api/rounds lists those that are", visit.id);
            return refuse(RefusalKind::UnknownReference, "round", message);
        }
        if district.households.by_id(&visit.household).is_none() {
            let refers = Refers::Visited(visit.household.clone());
            self.wanted.push(Wanted { kind: RowKind::Households, key: visit.id.to_string(), refers });
        }
        Ok(())
    }

    /// Remembers a reference to what is not there yet.
    fn want(&mut self, district: &District, kind: RowKind, key: &str, refers: Refers) {
        let wanted = Wanted { kind, key: key.to_owned(), refers };
        if self.resolved(district, &wanted).is_err() {
            self.wanted.push(wanted);
        }
    }

    /// Level of a code: in this import, in force, or waiting for its day.
    fn level_of(&self, district: &District, code: &str) -> Option<Level> {
        let waiting = || district.waiting.iter().find(|row| row.code == code).map(|row| row.level);
        let here = || district.areas.in_force(code).map(|area| area.level);
        self.levels.get(code).copied().or_else(here).or_else(waiting)
    }

    fn resolved(&self, district: &District, wanted: &Wanted) -> Result<(), Refusal> {
        let (noun, key) = (wanted.kind.noun(), short(&wanted.key));
        let unknown = |field, message: String| refuse(RefusalKind::UnknownReference, field, message);
        match &wanted.refers {
            Refers::Parent { of, code } => match self.level_of(district, code) {
                Some(level) if level < *of => Ok(()),
                Some(level) => unknown(
                    "parent",
                    format!("parent {:?} of {of} {key:?} is a {level}; a parent is of a larger level", short(code)),
                ),
                None => unknown(
                    "parent",
                    format!("parent {:?} of {of} {key:?} is neither in force nor in the import", short(code)),
                ),
            },
            Refers::Door(door) | Refers::Visited(door) if district.households.by_id(door).is_some() => Ok(()),
            Refers::Door(door) => {
                unknown("household", format!("household {:?} of {noun} {key:?} is not known", short(door)))
            }
            Refers::Visited(_) => unknown("household", format!("visit {key} names a door that is not there")),
            Refers::Grid(code) => match self.level_of(district, code) {
                Some(Level::Grid) => Ok(()),
                Some(level) => unknown("grid", format!("{:?} of {noun} {key:?} is a {level}, not a grid", short(code))),
                None => unknown("grid", format!("grid {:?} of {noun} {key:?} is not known", short(code))),
            },
        }
    }
}
