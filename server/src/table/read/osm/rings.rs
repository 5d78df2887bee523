//! Polygons of an area whose edge is several ways.

use super::{nodes::Nodes, survey::Areal};
use crate::table::shape::{Position, RawShape};
use std::collections::HashMap;

/// Polygons of an area: its ways joined into rings, each hole in the outer ring around it.
///
/// # Errors
/// What is wrong, for the row: ways or nodes are missing, or do not join into rings.
pub(super) fn polygons(area: &Areal, ways: &HashMap<i64, Vec<i64>>, nodes: &Nodes) -> Result<RawShape, String> {
    let mut polygons: Vec<Vec<Vec<Position>>> = rings(&area.outer, ways, nodes)?.into_iter().map(|r| vec![r]).collect();
    if polygons.is_empty() {
        return Err("has no outer way; an area needs one".to_owned());
    }
    for hole in rings(&area.inner, ways, nodes)? {
        let around = polygons.iter().position(|polygon| hole.first().is_some_and(|p| holds(&polygon[0], *p)));
        // The gate says what is wrong with a hole that lies in no ring.
        polygons[around.unwrap_or(0)].push(hole);
    }
    Ok(RawShape::Polygons(polygons))
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
            let next = at.get(&end).and_then(|numbers| numbers.iter().copied().find(|number| !used[*number]));
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

/// Whether a ring is around a position, by the number of edges east of it.
fn holds(ring: &[Position], [x, y]: Position) -> bool {
    let crosses =
        |a: &Position, b: &Position| (a[1] > y) != (b[1] > y) && x < (b[0] - a[0]) * (y - a[1]) / (b[1] - a[1]) + a[0];
    ring.windows(2).filter(|edge| crosses(&edge[0], &edge[1])).count() % 2 == 1
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
