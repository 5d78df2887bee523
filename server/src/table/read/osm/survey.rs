//! The first look at a file: which elements are wanted, and which nodes and ways they need.

use super::{
    OsmLayer, blocks,
    tags::{Tags, Wanted},
};
use crate::table::{
    limits::Limits,
    read::fault::refused,
    source::{Format, TableError},
};
use osmpbf::{Element, RelMemberType, Relation};
use std::{
    collections::{BTreeMap, HashMap},
    path::Path,
};

/// An area of several ways.
pub(super) struct Areal {
    pub(super) id: i64,
    pub(super) name: Option<String>,
    pub(super) class: Wanted,
    /// Ways of its outer rings.
    pub(super) outer: Vec<i64>,
    /// Ways of its holes.
    pub(super) inner: Vec<i64>,
}

/// What a file has of a layer.
#[derive(Default)]
pub(super) struct Survey {
    /// Areas of several ways.
    pub(super) relations: Vec<Areal>,
    /// Nodes of the ways that are members of such areas.
    pub(super) members: HashMap<i64, Vec<i64>>,
    /// Nodes whose place is needed, unsorted.
    pub(super) nodes: Vec<i64>,
    /// How many of them there were when they were last sorted and each kept once.
    sorted: usize,
    /// How many nodes and ways the areas name.
    named: usize,
    /// Ways with `highway` that are no roads, by the reason.
    left_out: BTreeMap<String, u64>,
}

impl Survey {
    /// Looks through a file.
    pub(super) fn of(path: &Path, layer: OsmLayer, limits: &Limits) -> Result<Self, TableError> {
        let mut survey = Self::default();
        // A few kilobytes can name millions of nodes.
        let most = limits.held_bytes as usize / 4;
        if layer == OsmLayer::Base {
            blocks::each(path, |block| {
                for element in block.elements() {
                    if let Element::Relation(relation) = &element
                        && let Some(area) = areal(relation)
                    {
                        survey.named += area.outer.len() + area.inner.len();
                        survey.members.extend(area.outer.iter().chain(&area.inner).map(|way| (*way, Vec::new())));
                        survey.relations.push(area);
                    }
                }
                survey.within(most)
            })?;
        }
        blocks::each(path, |block| {
            for element in block.elements() {
                let Element::Way(way) = &element else { continue };
                let tags = Tags::of_way(way);
                let wanted = layer.wanted_way(&tags, way);
                let member = survey.members.get_mut(&way.id());
                if wanted.is_some() || member.is_some() {
                    survey.nodes.extend(way.refs());
                }
                if let Some(refs) = member {
                    *refs = way.refs().collect();
                    survey.named += refs.len();
                }
                if let Some(reason) = tags.no_road().filter(|_| layer == OsmLayer::Roads) {
                    *survey.left_out.entry(reason.to_owned()).or_default() += 1;
                }
            }
            survey.within(most)
        })?;
        Ok(survey)
    }

    /// Keeps each node once, and says when there are more than can be held.
    fn within(&mut self, most: usize) -> Result<(), TableError> {
        if self.nodes.len() > 2 * self.sorted + (1 << 20) {
            self.nodes.sort_unstable();
            self.nodes.dedup();
            self.sorted = self.nodes.len();
        }
        if self.nodes.len() + self.named > most {
            let message =
                format!("needs more than {most} nodes, which is as many as are held; cut the district out of it");
            return Err(refused(Format::OsmPbf, message));
        }
        Ok(())
    }

    /// What a person should know.
    pub(super) fn notes(&self) -> Vec<String> {
        let reasons: Vec<String> = self.left_out.iter().map(|(reason, count)| format!("{reason} {count}")).collect();
        let all: u64 = self.left_out.values().sum();
        if all == 0 {
            Vec::new()
        } else {
            vec![format!("{all} ways are no roads by their tags: {}", reasons.join(", "))]
        }
    }
}

/// The area a relation describes.
fn areal(relation: &Relation<'_>) -> Option<Areal> {
    let tags = Tags::of(relation.tags());
    if tags.get("type") != Some("multipolygon") {
        return None;
    }
    let class = tags.area()?;
    let mut area = Areal {
        id: relation.id(),
        name: tags.get("name").map(str::to_owned),
        class,
        outer: Vec::new(),
        inner: Vec::new(),
    };
    for member in relation.members() {
        if member.member_type != RelMemberType::Way {
            continue;
        }
        // An empty role is an outer one by the wiki's page on multipolygons.
        match member.role() {
            Ok("inner") => area.inner.push(member.member_id),
            _ => area.outer.push(member.member_id),
        }
    }
    Some(area)
}
