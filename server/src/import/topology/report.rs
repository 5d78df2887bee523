//! The topology report: findings of every level, worst first, with totals.

use super::after::{AreasAfter, Held};
use super::codes;
use super::words;
use crate::import::plan::{FINDINGS_SHOWN, Finding as Shown, Topology};
use std::collections::{BTreeMap, HashMap, HashSet};
use wangge_core::{
    domain::area::Level,
    geometry::{
        coverage::{CoverArea, Crossings, Finding, FindingKind, crossings, findings},
        position::{FixedPoint, lonlat_from_fixed},
    },
};

/// Findings of a kind a report keeps; the counts are of all.
const MOST_OF_A_KIND: usize = 100;
/// Parts of a split area that are named.
const MOST_PARTS: usize = 4;

/// Kinds, worst first.
const KINDS: [&str; 14] = [
    "duplicate_code",
    "no_parent",
    "twice",
    "across",
    "overlap",
    "outside",
    "gap",
    "malformed_code",
    "too_complex",
    "overlap_sliver",
    "outside_sliver",
    "gap_sliver",
    "near_miss",
    "t_junction",
];

/// How big a finding is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Size {
    /// The number.
    pub value: f64,
    /// `m²`, `m`, `corners`, `crossings`, `rows` or `areas`.
    pub unit: &'static str,
}

/// One thing that is wrong between areas, in words.
#[derive(Debug, Clone, PartialEq)]
pub struct Reported {
    /// Level of the areas.
    pub level: &'static str,
    /// What it is, such as `overlap`.
    pub kind: String,
    /// Codes of the areas it is about.
    pub areas: Vec<String>,
    /// A place where it is.
    pub at: Option<FixedPoint>,
    /// How big it is.
    pub size: Size,
    /// What is wrong, with the size.
    pub message: String,
    /// What would mend it.
    pub repair: String,
    /// Whether it is about an area that comes in.
    pub incoming: bool,
}

fn degrees(at: FixedPoint) -> [f64; 2] {
    // Seven digits: a centimetre.
    <[f64; 2]>::from(lonlat_from_fixed(at)).map(|degrees| (degrees * 1e7).round() / 1e7)
}

/// What is wrong between areas. Nothing in it refuses an import.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TopologyReport {
    /// Width below which a fault is a sliver, metres.
    pub tolerance_m: f64,
    /// Areas that were looked at.
    pub areas: u64,
    /// How many findings of each kind.
    pub counts: BTreeMap<String, u64>,
    /// Square metres of each kind that is land.
    pub land_m2: BTreeMap<String, f64>,
    /// Findings that are about none of the areas that come in; they are not counted above.
    pub elsewhere: u64,
    /// The first findings, worst first.
    pub findings: Vec<Reported>,
}

/// What would be wrong between areas: those that come in, and those they come to lie beside.
///
/// Levels without a row that comes in are not looked at, but parents and children of those rows are. What is nowhere wider
/// than `tolerance_m` is a sliver.
pub fn topology_report(after: &AreasAfter, tolerance_m: f64) -> TopologyReport {
    let mut all = codes::findings(after);
    for (&level, held) in after.levels.iter().filter(|(level, held)| concerns(after, **level, held)) {
        all.extend(of_level(after, level, held, tolerance_m));
    }
    let before = all.len();
    all.retain(|finding| finding.incoming);
    let rank: HashMap<&str, usize> = KINDS.iter().enumerate().map(|(rank, kind)| (*kind, rank)).collect();
    all.sort_by(|s, t| {
        let order = |f: &Reported| rank.get(f.kind.as_str()).copied().unwrap_or(KINDS.len());
        order(s).cmp(&order(t)).then(t.size.value.total_cmp(&s.size.value)).then_with(|| s.areas.cmp(&t.areas))
    });
    let mut report = TopologyReport {
        tolerance_m,
        areas: after.count() as u64,
        elsewhere: (before - all.len()) as u64,
        ..TopologyReport::default()
    };
    for finding in &all {
        *report.counts.entry(finding.kind.clone()).or_default() += 1;
        if finding.size.unit == "m²" {
            *report.land_m2.entry(finding.kind.clone()).or_default() += finding.size.value;
        }
    }
    report.findings = first_of_each_kind(all, MOST_OF_A_KIND);
    report
}

/// The first so many findings of each kind, in the order they are in.
fn first_of_each_kind(findings: Vec<Reported>, most: usize) -> Vec<Reported> {
    let mut kept: HashMap<String, usize> = HashMap::new();
    let mut is_kept = |finding: &Reported| {
        let count = kept.entry(finding.kind.clone()).or_default();
        *count += 1;
        *count <= most
    };
    findings.into_iter().filter(|finding| is_kept(finding)).collect()
}

/// Whether something of a level comes in, or a parent of one of its areas does.
fn concerns(after: &AreasAfter, level: Level, held: &[Held]) -> bool {
    let comes_in = |held: &Held| held.row.is_some();
    held.iter().any(comes_in) || after.parents(level).iter().any(comes_in)
}

fn of_level(after: &AreasAfter, level: Level, held: &[Held], tolerance_m: f64) -> Vec<Reported> {
    let areas: Vec<CoverArea> = held.iter().map(Held::cover).collect();
    let parents = after.parents(level);
    let covers: Vec<CoverArea> = parents.iter().map(Held::cover).collect();
    let incoming: HashSet<&str> =
        held.iter().chain(&parents).filter(|held| held.row.is_some()).map(|held| held.code).collect();
    let mut found = findings(&areas, &covers, tolerance_m);
    let across = across(held, &found, tolerance_m);
    let split: HashSet<&str> = across.split.iter().map(|split| split.code.as_str()).collect();
    // An area across several others of its level is one fault, not one with each of them.
    let of_split = |finding: &Finding| {
        let pair = |new: usize, old: usize| {
            let codes = (finding.codes.get(new), finding.codes.get(old));
            matches!(codes, (Some(new), Some(old)) if split.contains(new.as_str()) && !incoming.contains(old.as_str()))
        };
        matches!(finding.kind, FindingKind::Overlap | FindingKind::OverlapSliver) && (pair(0, 1) || pair(1, 0))
    };
    // Streets run between blocks: land none of them has is wrong only where it is a crack.
    let of_street = |finding: &Finding| level == Level::Block && finding.kind == FindingKind::Gap;
    found.retain(|finding| !of_split(finding) && !of_street(finding));
    let mut reported: Vec<Reported> = across_reported(level, across);
    reported.extend(found.into_iter().map(|finding| Reported {
        level: level.id(),
        kind: finding.kind.id().to_owned(),
        at: Some(finding.at),
        size: words::size(&finding),
        message: words::message(&finding),
        repair: words::repair(&finding, tolerance_m),
        incoming: finding.codes.iter().chain(&finding.within).any(|code| incoming.contains(code.as_str())),
        areas: finding.codes,
    }));
    reported
}

/// How areas that come in lie across others of their level that stay.
fn across(held: &[Held], found: &[Finding], tolerance_m: f64) -> Crossings {
    let (new, old): (Vec<&Held>, Vec<&Held>) = held.iter().partition(|held| held.row.is_some());
    let is_new: HashSet<&str> = new.iter().map(|held| held.code).collect();
    let mixed = |finding: &&Finding| {
        let news = finding.codes.iter().filter(|code| is_new.contains(code.as_str())).count();
        finding.kind == FindingKind::Overlap && news == 1
    };
    if !found.iter().any(|finding| mixed(&finding)) {
        return Crossings::default();
    }
    let new: Vec<CoverArea> = new.into_iter().map(Held::cover).collect();
    let old: Vec<CoverArea> = old.into_iter().map(Held::cover).collect();
    let mut crossings = crossings(&new, &old, tolerance_m);
    // In one area and in none, it overlaps that one, and that is told already.
    crossings.split.retain(|split| split.parts.iter().filter(|part| part.code.is_some()).count() > 1);
    crossings
}

fn across_reported(level: Level, across: Crossings) -> Vec<Reported> {
    let one = |split: wangge_core::geometry::coverage::Split| {
        let part = |part: &wangge_core::geometry::coverage::Part| {
            let code = part.code.as_deref().unwrap_or("none of them");
            format!("{:.1} % ({}) in {code}", part.share * 100.0, words::area(part.area_m2))
        };
        let mut parts: Vec<String> = split.parts.iter().take(MOST_PARTS).map(part).collect();
        if split.parts.len() > MOST_PARTS {
            parts.push(format!("{} parts more", split.parts.len() - MOST_PARTS));
        }
        Reported {
            level: level.id(),
            kind: "across".to_owned(),
            at: Some(split.at),
            size: Size { value: split.parts[1..].iter().map(|part| part.area_m2).sum(), unit: "m²" },
            message: format!("{} lies across areas of its level that stay: {}", split.code, words::listed(&parts)),
            repair: "import the set that takes their place with the same codes, or give those an end".to_owned(),
            areas: std::iter::once(split.code).chain(split.parts.into_iter().filter_map(|part| part.code)).collect(),
            incoming: true,
        }
    };
    across.split.into_iter().map(one).collect()
}

impl TopologyReport {
    /// The report as a plan shows it, with what a repair did.
    pub fn into_plan(self, repaired: Vec<String>) -> Topology {
        let shown = |finding: Reported| Shown {
            kind: finding.kind,
            at: finding.at.map(degrees),
            message: format!("{}; {}", finding.message, finding.repair),
            areas: finding.areas,
        };
        let each = FINDINGS_SHOWN / self.counts.len().max(1);
        let findings = first_of_each_kind(self.findings, each).into_iter().map(shown).collect();
        Topology { counts: self.counts, land_m2: self.land_m2, elsewhere: self.elsewhere, findings, repaired }
    }
}
