//! Faces of a level that are no part of exactly one area inside its parent: overlaps, gaps, land outside.

use super::arrangement::{Arrangement, Face, twin};
use super::finding::CoverArea;
use crate::geometry::inside::{Place, place};
use crate::geometry::label::interior_point;
use crate::geometry::shape::{MultiPolygon, Ring, alike};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// What is wrong with a face. Numbers are places among the areas of the level.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fault {
    /// Two areas have it, the lower code first.
    Overlap(u32, u32),
    /// An area has it outside its parent.
    Outside(u32),
    /// No area has it.
    Gap,
}

/// Faces joined by edges with one thing wrong with them.
#[derive(Debug, Clone)]
pub(super) struct Defect {
    pub(super) fault: Fault,
    /// Ascending.
    pub(super) faces: Vec<Face>,
}

/// The faces of a level and of the parents over it.
pub(super) struct Level<'a> {
    pub(super) areas: &'a [CoverArea<'a>],
    pub(super) parents: &'a [CoverArea<'a>],
    /// Shapes are numbered: the areas of the level, then the parents.
    pub(super) arrangement: Arrangement,
    /// The parent of each area, as a shape's number; none where it has none here.
    pub(super) parent: Vec<Option<u32>>,
    /// Areas with the polygons of one before them, which alone stands for them.
    pub(super) copies: Vec<(u32, u32)>,
    /// Shapes whose place is not known.
    unknown: BTreeSet<u32>,
}

impl<'a> Level<'a> {
    /// Divides the plane by the areas in `shapes`, one each, and their parents.
    pub(super) fn of(areas: &'a [CoverArea<'a>], shapes: &[&MultiPolygon], parents: &'a [CoverArea<'a>]) -> Self {
        let copies = copies(areas, shapes);
        let nothing = MultiPolygon::new();
        let mut all: Vec<&MultiPolygon> = shapes.to_vec();
        copies.iter().for_each(|(copy, _)| all[*copy as usize] = &nothing);
        all.extend(parents.iter().map(|parent| parent.shape));
        let arrangement = Arrangement::build(&all);
        let left_out = arrangement.tangles().iter().map(|tangle| tangle.label);
        let unknown: BTreeSet<u32> = left_out.chain(arrangement.stacked().iter().copied()).collect();
        let numbers: HashMap<&str, u32> = parents.iter().map(|p| p.code).zip(areas.len() as u32..).collect();
        let parent = areas.iter().map(|area| numbers.get(area.parent?).copied()).collect();
        Self { areas, parents, arrangement, parent, copies, unknown }
    }

    fn count(&self) -> u32 {
        self.areas.len() as u32
    }

    /// The areas that have a face, ascending.
    pub(super) fn having(&self, face: Face) -> &[u32] {
        let members = self.arrangement.members(face);
        &members[..members.partition_point(|label| *label < self.count())]
    }

    /// The parents over a face, ascending, as shapes' numbers.
    pub(super) fn parents_over(&self, face: Face) -> &[u32] {
        let members = self.arrangement.members(face);
        &members[members.partition_point(|label| *label < self.count())..]
    }

    /// A parent over a face that has areas in it; the first of several.
    pub(super) fn parent_over(&self, face: Face) -> Option<&CoverArea<'a>> {
        let over = self.parents_over(face);
        let divided = over.iter().find(|parent| self.parent.contains(&Some(**parent)))?;
        self.parents.get((divided - self.count()) as usize)
    }

    /// Whether the faces of an area are known, so that they may be changed.
    pub(super) fn is_known(&self, area: u32) -> bool {
        !self.unknown.contains(&area) && self.copies.iter().all(|(copy, _)| *copy != area)
    }

    /// Parent of an area, as a shape's number, where both are here and their places known.
    pub(super) fn known_parent(&self, area: u32) -> Option<u32> {
        self.parent[area as usize].filter(|parent| !self.unknown.contains(parent))
    }

    /// Which of two areas keeps what both have: one that is fixed, else the one whose parent it lies in, else the lower
    /// code.
    pub(super) fn keeper(&self, a: u32, b: u32, face: Face) -> u32 {
        let over = self.parents_over(face);
        let rank = |area: u32| {
            let own = self.known_parent(area).is_none_or(|parent| over.contains(&parent));
            (!self.areas[area as usize].fixed, !own, self.areas[area as usize].code)
        };
        if rank(b) < rank(a) { b } else { a }
    }

    /// Everything wrong, in a fixed order.
    pub(super) fn defects(&self) -> Vec<Defect> {
        let mut faces: BTreeMap<Fault, Vec<Face>> = BTreeMap::new();
        let mut note = |fault: Fault, face: Face| faces.entry(fault).or_default().push(face);
        for face in 1..self.arrangement.len() {
            let (having, over) = (self.having(face), self.parents_over(face));
            for (i, &a) in having.iter().enumerate() {
                for &b in &having[i + 1..] {
                    let lower = self.areas[a as usize].code < self.areas[b as usize].code;
                    note(if lower { Fault::Overlap(a, b) } else { Fault::Overlap(b, a) }, face);
                }
                if self.known_parent(a).is_some_and(|parent| !over.contains(&parent)) {
                    note(Fault::Outside(a), face);
                }
            }
        }
        let mut defects = self.gaps();
        for (fault, faces) in faces {
            let groups = self.arrangement.connected(&faces, |_, _| true);
            defects.extend(groups.into_iter().map(|faces| Defect { fault, faces }));
        }
        defects
    }

    /// Land no area has, inside a parent that has others, or enclosed by areas.
    fn gaps(&self) -> Vec<Defect> {
        let divided: BTreeSet<u32> = self.parent.iter().flatten().copied().collect();
        let key = |face: Face| {
            let over = self.parents_over(face).iter().copied().filter(|parent| divided.contains(parent));
            self.having(face).is_empty().then(|| over.collect::<Vec<u32>>())
        };
        let outside: BTreeSet<Face> = self.outside_faces(&divided);
        let regions = self.arrangement.regions(key).into_iter();
        let gaps = regions.filter(|faces| !outside.contains(&faces[0]) && !self.may_be_had(faces));
        gaps.map(|faces| Defect { fault: Fault::Gap, faces }).collect()
    }

    /// Faces without an area that can be reached from outside all without entering a parent that has areas.
    fn outside_faces(&self, divided: &BTreeSet<u32>) -> BTreeSet<Face> {
        let open = |face: Face| {
            self.having(face).is_empty() && !self.parents_over(face).iter().any(|parent| divided.contains(parent))
        };
        let mut reached = BTreeSet::from([0]);
        let mut waiting = vec![0];
        while let Some(face) = waiting.pop() {
            for half in self.arrangement.around(face) {
                let beyond = self.arrangement.face(twin(*half));
                if open(beyond) && reached.insert(beyond) {
                    waiting.push(beyond);
                }
            }
        }
        reached
    }

    /// Whether an area whose faces are not known may have this land.
    fn may_be_had(&self, faces: &[Face]) -> bool {
        let mut unknown = self.unknown.iter().filter_map(|label| self.areas.get(*label as usize)).peekable();
        if unknown.peek().is_none() {
            return false;
        }
        let inside = interior_point(&self.arrangement.outline(faces));
        inside.is_none_or(|p| unknown.any(|area| place(area.shape, p) != Place::Outside))
    }
}

/// Areas with the same polygons as one before, in the order of codes; each with that one.
fn copies(areas: &[CoverArea], shapes: &[&MultiPolygon]) -> Vec<(u32, u32)> {
    let mut order: Vec<u32> = (0..areas.len() as u32).collect();
    order.sort_by_key(|area| (!areas[*area as usize].fixed, areas[*area as usize].code));
    let mut first: HashMap<Vec<Vec<Ring>>, u32> = HashMap::new();
    let mut copies = Vec::new();
    for area in order {
        let shape = shapes[area as usize];
        if shape.is_empty() {
            continue;
        }
        match first.entry(alike(shape)) {
            std::collections::hash_map::Entry::Occupied(before) => copies.push((area, *before.get())),
            std::collections::hash_map::Entry::Vacant(free) => {
                free.insert(area);
            }
        }
    }
    copies
}
