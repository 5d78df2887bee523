//! What an import would do: the plan a person reads before saying yes.
//!
//! Everything here is plain data that goes over the wire as it is; lists are short, counts are always whole.

use super::mapping::MappedColumn;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// Refused rows a plan shows.
pub const REFUSED_SHOWN: usize = 100;
/// Keys of vanished rows a plan shows.
pub const VANISHED_SHOWN: usize = 1_000;
/// Findings of the topology report a plan shows.
pub const FINDINGS_SHOWN: usize = 200;
/// Doors shown as examples of each way to be assigned badly.
pub const ASSIGNED_SHOWN: usize = 20;

/// What an import would do.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, ToSchema)]
#[schema(as = ImportPlan)]
pub struct Plan {
    /// What the rows come from: the names of the files.
    pub source: String,
    /// Which rows: `areas`, `households`, `roads`, `base`, `facilities`, `shops` or `staffing`.
    pub kind: String,
    /// Each file as it was understood.
    pub files: Vec<PlanFile>,
    /// How many rows of every sort.
    pub counts: Counts,
    /// What is wrong between areas; only for areas.
    pub topology: Option<Topology>,
    /// Doors in no grid, on an edge or in several, by name.
    pub assignment: Assignment,
    /// The first rows refused.
    pub refused: Vec<RefusedRow>,
    /// Refused rows by reason, most first.
    pub refused_by_reason: Vec<ReasonCount>,
    /// Keys of the first rows that are in the district where the file has rows too, but not in the file.
    pub vanished: Vec<String>,
    /// Whether confirming takes it.
    pub would_take: bool,
    /// Why not, and what would help.
    pub why_not: Option<String>,
    /// What a person should know besides, and do next.
    pub notes: Vec<String>,
}

/// A file as it was understood.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, ToSchema)]
#[schema(as = ImportPlanFile)]
pub struct PlanFile {
    /// Its name, without folders.
    pub name: String,
    /// Its format, such as `GeoPackage`.
    pub format: String,
    /// The text encoding read by, where that was a question.
    pub encoding: Option<String>,
    /// The coordinate system read by, such as `crs84` or `EPSG:4548`.
    pub crs: String,
    /// Where that comes from: `given`, `declared` by the file, or `assumed`.
    pub crs_from: String,
    /// The layer or sheet read, where there may be several.
    pub layer: Option<String>,
    /// What the reader wants known.
    pub notes: Vec<String>,
    /// Every field of the kind, with the column it is filled from.
    pub mapping: Vec<MappedField>,
    /// Columns nothing is filled from.
    pub unused: Vec<String>,
    /// What the look at the coordinates found; none where there is nothing to hold them against.
    pub datum: Option<Datum>,
    /// Rows of this file, refused ones included.
    pub rows: u64,
}

/// A field of the kind, and where its values come from.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, ToSchema)]
#[schema(as = ImportMappedField)]
pub struct MappedField {
    /// Name of the field; `lon`, `lat` and `wkt` are where places come from.
    pub field: String,
    /// What it means, in Chinese.
    pub zh: String,
    /// Whether a row without it is refused.
    pub needed: bool,
    /// Column of the file, or the constant.
    pub column: Option<String>,
    /// How it was found: `named`, `synonym`, `content`, `given`, `constant` or `absent`.
    pub how: String,
    /// The first few values.
    pub examples: Vec<String>,
}

impl From<MappedColumn> for MappedField {
    fn from(mapped: MappedColumn) -> Self {
        let MappedColumn { field, zh, needed, column, how, examples } = mapped;
        Self { field: field.to_owned(), zh: zh.to_owned(), needed, column, how: how.id().to_owned(), examples }
    }
}

/// What the look at the coordinates found.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, ToSchema)]
#[schema(as = ImportDatum)]
pub struct Datum {
    /// Whether the import goes on.
    pub passes: bool,
    /// Whether it goes on only because `trust_crs` was said.
    pub trusted: bool,
    /// Whether it stops because nobody said which coordinate system it is, and the numbers cannot tell.
    #[serde(default)]
    pub asks: bool,
    /// Where it asks: the ways to read the numbers, the one they were read by first.
    #[serde(default)]
    pub candidates: Vec<Candidate>,
    /// The coordinate system that fits better, as `crs` takes it.
    pub suggested: Option<String>,
    /// Metres things would move by, half of them by less, when read by that one.
    pub moved_m: Option<f64>,
    /// Direction of that move, degrees from north over east.
    pub bearing_deg: Option<f64>,
    /// What was found, how sure it is and how far things would move.
    pub sentences: Vec<String>,
}

/// A way to read the numbers of a file.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, ToSchema)]
#[schema(as = ImportCandidate)]
pub struct Candidate {
    /// The coordinate system, as `crs` takes it.
    pub crs: String,
    /// Share of the positions that lie in an area when read so, 0 to 1.
    pub share: f64,
    /// Metres things would lie from where they were read to be, half of them by less.
    pub moved_m: Option<f64>,
}

/// How many rows of every sort.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, ToSchema)]
#[schema(as = ImportCounts)]
pub struct Counts {
    /// Rows of the files.
    pub rows: u64,
    /// Rows whose id is new.
    pub added: u64,
    /// Rows that change something else than a place.
    pub changed: u64,
    /// Rows that change a place, and perhaps more.
    pub moved: u64,
    /// Rows that are in the district as they are.
    pub same: u64,
    /// Rows that may not come in.
    pub refused: u64,
    /// Rows of the district that lie where the file has rows, but are not in it. They stay.
    pub vanished: u64,
    /// Doors that would lie in no grid: those of the file, or all of them when areas come in.
    pub unassigned: u64,
    /// Of the same doors, those on an edge of a grid; the lowest code has them.
    pub on_edge: u64,
    /// Of the same doors, those inside more than one grid; the lowest code has them.
    pub in_several: u64,
    /// Doors of the district that would come into another grid; only when areas come in.
    pub reassigned: u64,
    /// Doors of the district that lie in no grid now.
    pub unassigned_now: u64,
}

impl Counts {
    /// Rows nothing is wrong with.
    pub fn good(&self) -> u64 {
        self.added + self.changed + self.moved + self.same
    }

    /// Rows that would alter the district.
    pub fn altering(&self) -> u64 {
        self.added + self.changed + self.moved
    }
}

/// Doors in no grid, on an edge or in several.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, ToSchema)]
#[schema(as = ImportAssignment)]
pub struct Assignment {
    /// Ids of the first doors in no grid.
    pub outside: Vec<String>,
    /// Ids of the first doors on an edge, each with the grid that has it.
    pub on_edge: Vec<String>,
    /// Ids of the first doors inside several grids, each with the grid that has it.
    pub in_several: Vec<String>,
}

/// What is wrong between areas.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, ToSchema)]
#[schema(as = ImportTopology)]
pub struct Topology {
    /// How many findings of each kind.
    pub counts: BTreeMap<String, u64>,
    /// Square metres of each kind that is land.
    #[serde(default)]
    pub land_m2: BTreeMap<String, f64>,
    /// How many more there are between areas that do not come in.
    #[serde(default)]
    pub elsewhere: u64,
    /// The first findings of each kind, worst first.
    pub findings: Vec<Finding>,
    /// What a repair did, where one was asked for.
    pub repaired: Vec<String>,
}

/// One thing that is wrong between areas.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, ToSchema)]
#[schema(as = ImportFinding)]
pub struct Finding {
    /// What it is, such as `overlap`.
    pub kind: String,
    /// Codes of the areas it is about.
    pub areas: Vec<String>,
    /// Longitude and latitude of a place where it is.
    pub at: Option<[f64; 2]>,
    /// What is wrong, how big it is and what would mend it.
    pub message: String,
}

/// A row that may not come in.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, ToSchema)]
#[schema(as = ImportRefusedRow)]
pub struct RefusedRow {
    /// Name of its file, where there are several.
    pub file: Option<String>,
    /// Its number in the file, from 1; a header is not counted.
    pub row: u64,
    /// Its id or code, where it was readable.
    pub key: Option<String>,
    /// The field that is wrong.
    pub field: String,
    /// What is wrong, with which value, and what would be right.
    pub reason: String,
}

/// How many rows were refused for a reason.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, ToSchema)]
#[schema(as = ImportReasonCount)]
pub struct ReasonCount {
    /// The reason without the values.
    pub reason: String,
    /// How many.
    pub rows: u64,
}

/// What an import did.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, ToSchema)]
#[schema(as = ImportReport)]
pub struct Report {
    /// The plan that was carried out.
    pub plan: Plan,
    /// Whether its rows are in the district now; an import that changes nothing is taken without an event.
    pub taken: bool,
    /// Place of the import in the log, `epoch-number`, when there was something to write.
    pub seq: Option<String>,
}

impl Report {
    /// Whether every row of the files is in the district now.
    pub fn is_whole(&self) -> bool {
        self.taken && self.plan.counts.refused == 0
    }
}

impl Plan {
    /// Whether confirming takes every row of the files.
    pub fn would_take_whole(&self) -> bool {
        self.would_take && self.counts.refused == 0
    }
}
