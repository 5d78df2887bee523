//! Which shapes cover each face, found by walking over borders from the outside in.

use super::{Arrangement, Face, twin};
use std::collections::{BTreeSet, HashMap};

/// Shapes that may lie on one another before the rest of them is left out.
const DEEPEST: usize = 32;

/// The shapes over each face; equal sets are kept once.
#[derive(Debug, Default)]
pub(super) struct Members {
    sets: Vec<Vec<u32>>,
    /// The set of each face.
    of: Vec<u32>,
    left_out: Vec<u32>,
}

impl Members {
    pub(super) fn find(arrangement: &Arrangement) -> Self {
        const NONE: u32 = u32::MAX;
        let mut members =
            Self { sets: vec![Vec::new()], of: vec![NONE; arrangement.len() as usize], left_out: Vec::new() };
        let mut numbers: HashMap<Vec<u32>, u32> = HashMap::from([(Vec::new(), 0)]);
        let mut left_out = BTreeSet::new();
        members.of[0] = 0;
        let mut waiting: Vec<Face> = vec![0];
        while let Some(face) = waiting.pop() {
            for half in arrangement.around(face) {
                let beyond = arrangement.face(twin(*half)) as usize;
                if members.of[beyond] != NONE {
                    continue;
                }
                let here = &members.sets[members.of[face as usize] as usize];
                let mut set = toggled(here, arrangement.users(*half));
                // Equal sets must look equal, whatever was left out since they were made.
                set.retain(|label| !left_out.contains(label));
                while set.len() > DEEPEST {
                    left_out.extend(set.pop());
                }
                let sets = &mut members.sets;
                members.of[beyond] = *numbers.entry(set).or_insert_with_key(|set| {
                    sets.push(set.clone());
                    (sets.len() - 1) as u32
                });
                waiting.push(beyond as u32);
            }
        }
        members.sets.iter_mut().for_each(|set| set.retain(|label| !left_out.contains(label)));
        members.left_out = left_out.into_iter().collect();
        members
    }

    pub(super) fn of(&self, face: Face) -> &[u32] {
        &self.sets[self.of[face as usize] as usize]
    }

    pub(super) fn left_out(&self) -> &[u32] {
        &self.left_out
    }
}

/// The set beyond an edge: without those that end there, with those that begin.
fn toggled(here: &[u32], users: &[(u32, i32)]) -> Vec<u32> {
    let mut set = Vec::with_capacity(here.len() + 1);
    let mut there = users.iter().filter(|(_, net)| net % 2 != 0).map(|(label, _)| *label).peekable();
    for &label in here {
        while let Some(before) = there.next_if(|other| *other < label) {
            set.push(before);
        }
        if there.next_if_eq(&label).is_none() {
            set.push(label);
        }
    }
    set.extend(there);
    set
}
