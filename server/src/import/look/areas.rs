//! Areas: all rows are held, because what is wrong with one may lie in another: its parent, its neighbours, its children.

use super::{
    Look,
    datum::{self, RawArea},
    file::OpenFile,
    judge::unassigned,
    pass::{From, Taker},
};
use crate::import::{
    ImportError, Prepared,
    features::{Change, Outline},
    ground::reassign,
    plan::{Datum, VANISHED_SHOWN},
    progress::Stage,
    refusals::Reason,
    spool::Spool,
    topology::{AreasAfter, SLIVER_M, repair_rows, topology_report},
};
use crate::table::RawShape;
use std::collections::{HashMap, HashSet};
use wangge_core::domain::{
    District, ImportCheck, Standing,
    area::{AreaRow, Level},
    event::SegmentRows,
    row::{ImportRow, RowKind},
};

/// Positions of all outlines together: 320 MB.
const MOST_POSITIONS: usize = 40_000_000;
/// Positions by which a coordinate system is judged, at most.
const MOST_JUDGED: usize = 5_000_000;
/// Rows given to the staging at once.
const STAGED: usize = 4_096;

/// An area that may come in as far as is known.
struct Candidate {
    file: u32,
    number: u64,
    /// Where the row lies as the file has it.
    original: u64,
}

/// Areas of every file.
struct Areas {
    rows: Vec<AreaRow>,
    candidates: Vec<Candidate>,
    originals: Spool,
    positions: usize,
    /// Codes the files name, refused rows included.
    named: HashSet<String>,
}

/// Looks at areas.
pub(super) fn look(mut look: Look<'_>) -> Result<Prepared, ImportError> {
    let mut areas = Areas {
        rows: Vec::new(),
        candidates: Vec::new(),
        originals: Spool::create(&look.work.join("originals"))?,
        positions: 0,
        named: HashSet::new(),
    };
    look.pass(&mut areas)?;
    look.progress.at(Stage::Checking, 0, look.bytes, look.counts.rows);
    let refused = areas.unfit(&look.service.district.read());
    areas.refuse(&mut look, refused)?;
    let refused = areas.misplaced(&look.service.district.read());
    areas.refuse(&mut look, refused)?;
    let ground = look.service.district.read().only_areas();
    areas.survey(&ground, &mut look);
    let vanished = areas.judge(&mut look);
    if look.counts.altering() > 0 {
        reassign(look.service, &ground, &areas.rows, &mut look.counts, &mut look.assignment);
    }
    let mut staging = look.service.stage();
    let mut rows = areas.rows.into_iter();
    loop {
        let some: Vec<AreaRow> = rows.by_ref().take(STAGED).collect();
        if some.is_empty() {
            break;
        }
        staging.add(SegmentRows::Areas(some))?;
    }
    look.decide(staging, vanished)
}

impl Taker for Areas {
    fn row(&mut self, _: &mut Look<'_>, from: &From<'_>, row: ImportRow) -> Result<(), ImportError> {
        let ImportRow::Area(row) = row else { return Ok(()) };
        self.positions += row.geometry.iter().flat_map(|polygon| polygon.rings()).map(Vec::len).sum::<usize>();
        if self.positions > MOST_POSITIONS {
            return Err(ImportError::TooLarge { most: MOST_POSITIONS });
        }
        self.named.insert(row.code.clone());
        let original = self.originals.put(&from.kept())?;
        self.candidates.push(Candidate { file: from.file, number: from.raw.number, original });
        self.rows.push(row);
        Ok(())
    }

    fn named(&mut self, key: &str) {
        self.named.insert(key.to_owned());
    }

    fn datum(&mut self, look: &Look<'_>, file: &OpenFile) -> Result<Option<Datum>, ImportError> {
        let mut raw = Vec::new();
        let mut positions = 0;
        for (row, candidate) in self.rows.iter().zip(&self.candidates).filter(|(_, c)| c.file == file.number) {
            let original = self.originals.get(candidate.original)?.row();
            let Some(RawShape::Polygons(polygons)) = file.shape(&original) else { continue };
            positions += polygons.iter().flatten().map(Vec::len).sum::<usize>();
            if positions > MOST_JUDGED {
                break;
            }
            raw.push(RawArea { code: row.code.clone(), parent: row.parent.clone(), level: row.level, polygons });
        }
        Ok(datum::of_areas(look, file, &raw))
    }

    fn batch(&mut self, _: &mut Look<'_>) -> Result<(), ImportError> {
        Ok(())
    }
}

type Refused = HashMap<usize, Reason>;

impl Areas {
    /// Rows that cannot be in themselves, or that change what cannot be changed.
    fn unfit(&self, district: &District) -> Refused {
        let mut check = ImportCheck::begin(district);
        let mut refused = Refused::new();
        let mut seen = Vec::new();
        for (at, row) in self.rows.iter().enumerate() {
            let row = SegmentRows::Areas(vec![row.clone()]);
            if let Err(refusal) = check.look(district, &row, 0..1, &mut seen) {
                refused.insert(at, Reason::new(refusal.field, refusal.message));
            }
        }
        refused
    }

    /// Rows whose parent is not there, not among the rows taken, or too small. Parents may come after their children.
    fn misplaced(&self, district: &District) -> Refused {
        // Larger levels first: whether a parent is taken is known before its children are asked.
        let mut order: Vec<usize> = (0..self.rows.len()).collect();
        order.sort_by_key(|at| self.rows[*at].level);
        let mut taken: HashMap<&str, Level> = HashMap::new();
        let mut refused = Refused::new();
        for at in order {
            let row = &self.rows[at];
            let level_of = |code: &str| {
                let here = || district.areas().in_force(code).map(|area| area.level);
                let waiting = || district.waiting().iter().find(|row| row.code == code).map(|row| row.level);
                taken.get(code).copied().or_else(here).or_else(waiting)
            };
            match misplaced(row, level_of) {
                None => drop(taken.insert(&row.code, row.level)),
                Some(reason) => drop(refused.insert(at, reason)),
            }
        }
        refused
    }

    /// Writes rows down as refused, in the order of the files, and lets go of them.
    fn refuse(&mut self, look: &mut Look<'_>, mut refused: Refused) -> Result<(), ImportError> {
        if refused.is_empty() {
            return Ok(());
        }
        let rows = std::mem::take(&mut self.rows);
        let candidates = std::mem::take(&mut self.candidates);
        for (at, (row, candidate)) in rows.into_iter().zip(candidates).enumerate() {
            let Some(reason) = refused.remove(&at) else {
                self.rows.push(row);
                self.candidates.push(candidate);
                continue;
            };
            let mut kept = self.originals.get(candidate.original)?;
            (kept.file, kept.number) = (candidate.file, candidate.number);
            let sentence = reason.sentence();
            look.counts.refused += 1;
            let code = row.code.clone();
            let row = ImportRow::Area(row);
            look.features.offer(Change::Refused, || (code.clone(), Outline::of(&row)), Some(&sentence));
            look.book.refuse(Some(&code), &reason, kept)?;
        }
        Ok(())
    }

    /// Mends outlines where that was asked for, and says what is wrong between areas.
    fn survey(&mut self, ground: &District, look: &mut Look<'_>) {
        let mut repaired = std::mem::take(&mut look.mended);
        if let Some(metres) = look.request.repair_m {
            repaired.extend(repair_rows(ground, &mut self.rows, metres).sentences);
        }
        let after = AreasAfter::taking(ground, &self.rows);
        let report = topology_report(&after, look.request.repair_m.unwrap_or(SLIVER_M));
        look.topology = Some(report.into_plan(repaired));
    }

    /// Says of every row what it would do, and which areas of the district the files do not name.
    fn judge(&self, look: &mut Look<'_>) -> Vec<String> {
        let district = look.service.district.read();
        for row in &self.rows {
            let row = ImportRow::Area(row.clone());
            let drawn = || (row.key().to_owned(), Outline::of(&row));
            match district.standing(&row) {
                Standing::Same => look.counts.same += 1,
                Standing::New => {
                    look.counts.added += 1;
                    look.features.offer(Change::Added, drawn, None);
                }
                Standing::Changed { fields, .. } => {
                    look.counts.changed += 1;
                    look.features.offer(Change::Changed, drawn, Some(&fields.join(", ")));
                }
            }
        }
        look.counts.unassigned_now = unassigned(&district);
        self.vanished(&district, look)
    }

    /// Areas in force beside which the files have some, of the same level and parent, but that they do not name.
    fn vanished(&self, district: &District, look: &mut Look<'_>) -> Vec<String> {
        let reached: HashSet<(Level, Option<&str>)> =
            self.rows.iter().map(|row| (row.level, row.parent.as_deref())).collect();
        let mut first = Vec::new();
        for area in district.areas().iter() {
            if self.named.contains(&area.code) || !reached.contains(&(area.level, area.parent_code.as_deref())) {
                continue;
            }
            look.counts.vanished += 1;
            if first.len() < VANISHED_SHOWN {
                first.push(area.code.clone());
            }
            let drawn = || {
                let row = district.row(RowKind::Areas, area.slot);
                (area.code.clone(), row.map_or(Outline::Nowhere, |row| Outline::of(&row)))
            };
            look.features.offer(Change::Vanished, drawn, None);
        }
        first
    }
}

/// Why an area cannot lie where it says.
fn misplaced(row: &AreaRow, level_of: impl Fn(&str) -> Option<Level>) -> Option<Reason> {
    let (Some(parent), Some(above)) = (row.parent.as_deref(), row.level.above()) else {
        let alone = row.level == Level::District && row.parent.is_none();
        return (!alone).then(|| Reason::new("parent", "every area but a district lies in one, a district in none"));
    };
    let shown: String = parent.chars().take(40).collect();
    let why = match level_of(parent) {
        Some(level) if level < row.level => return None,
        Some(level) => {
            format!("{shown:?} is a {level}; a {} lies in a larger area, such as a {above}", row.level)
        }
        None => format!("{shown:?} is neither in force nor among the rows taken from the files"),
    };
    Some(Reason::new("parent", why))
}
