//! Polygons of an area whose edge is several ways.

use super::{nodes::Nodes, survey::Areal};
use crate::table::{
    read::rings::{doubled_area, polygons as sorted},
    shape::{Position, RawShape},
};
use std::collections::HashMap;

/// Polygons of an area: its ways joined into rings, each hole in the outer ring around it.
///
/// # Errors
/// What is wrong, for the row: ways or nodes are missing, or do not join into rings.
pub(super) fn polygons(area: &Areal, ways: &HashMap<i64, Vec<i64>>, nodes: &Nodes) -> Result<RawShape, String> {
    let mut all = rings(&area.outer, ways, nodes)?;
    if all.is_empty() {
        return Err("has no outer way; an area needs one".to_owned());
    }
    // Roles say which is which; the way a ring runs says it from here on.
    all.iter_mut().filter(|ring| doubled_area(ring) > 0.0).for_each(|ring| ring.reverse());
    for mut hole in rings(&area.inner, ways, nodes)? {
        if doubled_area(&hole) < 0.0 {
            hole.reverse();
        }
        all.push(hole);
    }
    sorted(all).map(RawShape::Polygons)
}

fn rings(ids: &[i64], ways: &HashMap<i64, Vec<i64>>, nodes: &Nodes) -> Result<Vec<Vec<Position>>, String> {
    let mut pieces = Vec::with_capacity(ids.len());
    for id in ids {
        match ways.get(id).map(Vec::as_slice) {
            Some([]) | None => return Err(format!("needs way/{id}, which is not in the file")),
            Some(refs) => pieces.push(refs),
        }
    }
    join(&pieces)?.iter().map(|ring| nodes.ring(ring)).collect()
}

/// Closed rings of pieces that meet at their ends, in either direction.
fn join(pieces: &[&[i64]]) -> Result<Vec<Vec<i64>>, String> {
    let mut at: HashMap<i64, Vec<usize>> = HashMap::new();
    for (number, piece) in pieces.iter().enumerate() {
        for end in [piece.first(), piece.last()].into_iter().flatten() {
            at.entry(*end).or_default().push(number);
        }
    }
    let mut used = vec![false; pieces.len()];
    let mut rings = Vec::new();
    for start in 0..pieces.len() {
        if std::mem::replace(&mut used[start], true) {
            continue;
        }
        let mut ring = pieces[start].to_vec();
        while ring.first() != ring.last() {
            let end = ring.last().copied().unwrap_or_default();
            // Those taken are dropped for good, so that a node at which thousands meet is not gone through as often.
            let numbers = at.get_mut(&end);
            let next = numbers.and_then(|numbers| std::iter::from_fn(|| numbers.pop()).find(|number| !used[*number]));
            let Some(next) = next else {
                return Err(format!("has ways that do not close: nothing goes on at node/{end}"));
            };
            used[next] = true;
            let piece = pieces[next];
            if piece.first() == Some(&end) {
                ring.extend_from_slice(&piece[1..]);
            } else {
                ring.extend(piece.iter().rev().skip(1));
            }
        }
        rings.push(ring);
    }
    Ok(rings)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_join_in_either_direction() {
        let rings = join(&[&[1, 2, 3], &[5, 4, 3], &[5, 6, 1], &[7, 8, 9, 7]]).unwrap();
        assert_eq!(rings, [vec![1, 2, 3, 4, 5, 6, 1], vec![7, 8, 9, 7]]);
    }

    #[test]
    fn pieces_that_leave_a_gap_are_refused_with_the_node() {
        assert_eq!(join(&[&[1, 2, 3], &[4, 1]]).unwrap_err(), "has ways that do not close: nothing goes on at node/3");
    }
}
