//! Regions: faces grown together until each region is large enough, along the streets that divide least.

use crate::simulate::city::mesh::{EdgeKind, Mesh, OUTSIDE};
use std::collections::{BTreeMap, BTreeSet};
use wangge_core::domain::feature::RoadClass;

/// A region while it grows.
#[derive(Debug, Clone)]
struct Region {
    weight: f64,
    perimeter_m: f64,
    /// Ties to neighbours: length of the common border, longer where it divides little.
    ties: BTreeMap<u32, f64>,
}

/// Regions over members `0..count`; each starts alone.
pub struct Regions {
    regions: Vec<Region>,
    into: Vec<u32>,
}

/// How much a border joins what lies on its two sides.
fn tie(kind: EdgeKind) -> f64 {
    match kind {
        EdgeKind::Border => 1.0,
        EdgeKind::Road(class) => match class {
            RoadClass::Lane | RoadClass::Footway => 1.0,
            RoadClass::Residential => 0.7,
            RoadClass::Tertiary => 0.3,
            RoadClass::Secondary => 0.1,
            RoadClass::Primary => 0.04,
        },
        EdgeKind::Bridge(_) => 0.1,
        EdgeKind::River | EdgeKind::Rim => 0.0005,
    }
}

impl Regions {
    /// Members and their weights; `member_of` says which member a face belongs to, if any.
    pub fn new(mesh: &Mesh, weights: &[f64], member_of: impl Fn(u32) -> Option<u32>) -> Self {
        let mut regions: Vec<Region> =
            weights.iter().map(|&weight| Region { weight, perimeter_m: 0.0, ties: BTreeMap::new() }).collect();
        for (id, edge) in mesh.edges().iter().enumerate() {
            let side = |face: u32| if face == OUTSIDE { None } else { member_of(face) };
            let (a, b) = (side(edge.along), side(edge.against));
            if a == b {
                continue;
            }
            let length_m = mesh.length_m(id as u32);
            for (one, other) in [(a, b), (b, a)] {
                if let Some(region) = one.and_then(|m| regions.get_mut(m as usize)) {
                    region.perimeter_m += length_m;
                    if let Some(other) = other {
                        *region.ties.entry(other).or_default() += length_m * tie(edge.kind);
                    }
                }
            }
        }
        let into = (0..regions.len() as u32).collect();
        Self { regions, into }
    }

    /// Joins each of some members to the neighbour among the others with which it shares the longest border.
    pub fn attach(&mut self, some: impl Fn(u32) -> bool) {
        let best = |member: u32| {
            let ties = self.regions[member as usize].ties.iter().filter(|&(&n, _)| !some(n));
            ties.fold(
                None,
                |best: Option<(u32, f64)>, (&n, &t)| if best.is_none_or(|b| t > b.1) { Some((n, t)) } else { best },
            )
        };
        // All are chosen before any is joined: a joined one would draw the next along.
        let chosen: Vec<(u32, u32)> =
            (0..self.into.len() as u32).filter(|&m| some(m)).filter_map(|m| Some((m, best(m)?.0))).collect();
        for (member, neighbour) in chosen {
            self.join(member, neighbour);
        }
    }

    /// Joins the lightest region to the neighbour that suits best until `enough(lightest weight, regions left)`.
    ///
    /// Regions heavier than `most` come about only where a region has no lighter neighbour.
    pub fn grow(&mut self, most: f64, enough: impl Fn(f64, usize) -> bool) {
        let key = |weight: f64| (weight * 1_000.0) as u64;
        let alive: Vec<u32> = (0..self.regions.len() as u32).filter(|&r| self.into[r as usize] == r).collect();
        let mut queue: BTreeSet<(u64, u32)> =
            alive.iter().map(|&r| (key(self.regions[r as usize].weight), r)).collect();
        while queue.len() > 1 {
            let Some(&(lightest, region)) = queue.iter().next() else { break };
            if enough(lightest as f64 / 1_000.0, queue.len()) {
                break;
            }
            queue.remove(&(lightest, region));
            let Some(neighbour) = self.best_neighbour(region, most) else { continue };
            queue.remove(&(key(self.regions[neighbour as usize].weight), neighbour));
            self.join(region, neighbour);
            queue.insert((key(self.regions[neighbour as usize].weight), neighbour));
        }
    }

    fn best_neighbour(&self, region: u32, most: f64) -> Option<u32> {
        let own = &self.regions[region as usize];
        let score = |&(&n, &t): &(&u32, &f64)| {
            let other = &self.regions[n as usize];
            let sum = own.weight + other.weight;
            let shared = t / own.perimeter_m.min(other.perimeter_m).max(1.0);
            let over = ((sum - most) / most).max(0.0);
            shared / (1.0 + 0.5 * sum / most) - 4.0 * over
        };
        own.ties
            .iter()
            .fold(None, |best: Option<(u32, f64)>, tie| {
                let s = score(&tie);
                if best.is_none_or(|b| s > b.1) { Some((*tie.0, s)) } else { best }
            })
            .map(|b| b.0)
    }

    fn join(&mut self, from: u32, to: u32) {
        if from == to {
            return;
        }
        let mut gone = std::mem::replace(
            &mut self.regions[from as usize],
            Region { weight: 0.0, perimeter_m: 0.0, ties: BTreeMap::new() },
        );
        self.into[from as usize] = to;
        let shared = gone.ties.remove(&to).unwrap_or(0.0);
        for (&n, &t) in &gone.ties {
            let ties = &mut self.regions[n as usize].ties;
            ties.remove(&from);
            *ties.entry(to).or_default() += t;
        }
        let target = &mut self.regions[to as usize];
        target.ties.remove(&from);
        for (n, t) in gone.ties {
            *target.ties.entry(n).or_default() += t;
        }
        target.weight += gone.weight;
        target.perimeter_m = (target.perimeter_m + gone.perimeter_m - 2.0 * shared).max(1.0);
    }

    /// The region a member has come into.
    pub fn region_of(&self, member: u32) -> u32 {
        let mut m = member;
        while self.into[m as usize] != m {
            m = self.into[m as usize];
        }
        m
    }

    /// Members by region; regions and members in ascending order.
    pub fn groups(&self) -> Vec<Vec<u32>> {
        let mut groups: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        for member in 0..self.into.len() as u32 {
            groups.entry(self.region_of(member)).or_default().push(member);
        }
        groups.into_values().collect()
    }
}
