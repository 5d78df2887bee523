//! Lines as streets need them: cut off at an outline, straightened, rounded.

use crate::simulate::plane::{Spot, meeting, nearest_on, sides};

/// The part of a line inside an outline, from where it enters first to where it leaves last.
pub fn clipped(outline: &[Spot], line: &[Spot]) -> Vec<Spot> {
    let hits: Vec<(usize, Spot)> = line
        .windows(2)
        .enumerate()
        .flat_map(|(i, pair)| {
            sides(outline)
                .filter_map(move |(a, b)| meeting(pair[0], pair[1], a, b).map(|(t, _)| (i, pair[0].toward(pair[1], t))))
        })
        .collect();
    let (Some(&(i, first)), Some(&(j, last))) = (hits.first(), hits.last()) else { return Vec::new() };
    let mut inside = vec![first];
    inside.extend(&line[i + 1..=j]);
    inside.push(last);
    inside
}

/// A line without the bends that matter less than a tolerance (Douglas–Peucker).
pub fn straightened(line: &[Spot], tolerance_m: f64) -> Vec<Spot> {
    if line.len() < 3 {
        return line.to_vec();
    }
    let (a, b) = (line[0], line[line.len() - 1]);
    let (at, far) = (1..line.len() - 1)
        .map(|i| (i, nearest_on(a, b, line[i]).1))
        .fold((0, 0.0), |best, c| if c.1 > best.1 { c } else { best });
    if far <= tolerance_m {
        return vec![a, b];
    }
    let mut left = straightened(&line[..=at], tolerance_m);
    left.pop();
    left.extend(straightened(&line[at..], tolerance_m));
    left
}

/// A line with its corners cut twice (Chaikin), its ends kept.
pub fn smoothed(mut line: Vec<Spot>) -> Vec<Spot> {
    for _ in 0..2 {
        let mut round = vec![line[0]];
        for pair in line.windows(2) {
            round.push(pair[0].toward(pair[1], 0.25));
            round.push(pair[0].toward(pair[1], 0.75));
        }
        round.push(line[line.len() - 1]);
        line = round;
    }
    line
}
