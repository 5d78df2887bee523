//! Pace: how far each grid is in the round under way.

use super::random::Dice;
use super::story::{GridFacts, Story, hash};

/// Share of all doors the round under way has come to.
const WALKED_SHARE: f64 = 0.755;

/// Pace of each grid: below 1.0 the share of its doors that were come to, above it all, and again to those nobody opened.
///
/// Communities differ, grids in them less; the whole comes out at the same share for every district.
pub fn paces(grids: &[GridFacts<'_>], story: &Story, seed: u64) -> Vec<f64> {
    let own = |grid: &GridFacts<'_>| {
        let mut of_grid = Dice::new(seed, hash(grid.code));
        let mut of_community = Dice::new(seed, hash(grid.code.get(..12).unwrap_or_default()));
        if story.lags(grid.code) {
            (of_grid.between(0.18, 0.4), false)
        } else if story.is_out_by_day(grid.code) {
            (of_grid.between(0.7, 0.95), false)
        } else {
            (of_community.between(0.5, 1.1) + of_grid.between(-0.28, 0.28), true)
        }
    };
    let own: Vec<(f64, bool)> = grids.iter().map(own).collect();
    let pace = |(pace, moves): (f64, bool), shift: f64| if moves { (pace + shift).clamp(0.08, 1.25) } else { pace };
    let doors: f64 = grids.iter().map(|g| f64::from(g.doors)).sum();
    let walked = |shift: f64| -> f64 {
        grids.iter().zip(&own).map(|(g, &p)| f64::from(g.doors) * pace(p, shift).min(1.0)).sum::<f64>() / doors.max(1.0)
    };
    // Halving: the share walked grows with the shift.
    let (mut low, mut high) = (-1.5, 1.5);
    for _ in 0..40 {
        let middle = (low + high) / 2.0;
        if walked(middle) < WALKED_SHARE { low = middle } else { high = middle }
    }
    own.into_iter().map(|p| pace(p, low)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paces_differ_and_come_out_at_the_share_walked() {
        let codes: Vec<String> = (0..200).map(|i| format!("350602001{:03}{:03}", i / 6 + 1, i % 6 + 1)).collect();
        let grids: Vec<GridFacts<'_>> = codes.iter().map(|code| GridFacts { code, doors: 400, old: 0 }).collect();
        let story = Story::of(&grids, 3);
        let paces = paces(&grids, &story, 3);
        let walked = paces.iter().map(|p| p.min(1.0)).sum::<f64>() / paces.len() as f64;
        assert!((walked - WALKED_SHARE).abs() < 0.001, "{walked}");
        assert!(paces.iter().filter(|p| **p >= 1.0).count() > 20);
        assert!(paces.iter().filter(|p| **p < 0.6).count() > 20);
    }
}
