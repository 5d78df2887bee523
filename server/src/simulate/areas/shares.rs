//! Shares: how many doors each grid and each block gets, so that the sums come out exactly.

/// What a grid would have as usual, and at most.
#[derive(Debug, Clone, Copy)]
pub struct GridDoors {
    /// Doors its blocks have as usual, in proportion.
    pub usual: f64,
    /// Doors its blocks can be given.
    pub most: u32,
}

/// Doors of each grid: `least..=most` each, `total` in all; none when that cannot be.
///
/// A total below `least` is one grid's.
pub fn grid_doors(grids: &[GridDoors], least: u32, most: u32, total: u32) -> Option<Vec<u32>> {
    let least = least.min(total);
    let tops: Vec<u32> = grids.iter().map(|g| g.most.min(most)).collect();
    let (low, high) = (u64::from(least) * grids.len() as u64, tops.iter().map(|&t| u64::from(t)).sum::<u64>());
    if grids.is_empty() || tops.iter().any(|&t| t < least) || u64::from(total) < low || u64::from(total) > high {
        return None;
    }
    let start = grids.iter().zip(&tops).map(|(g, &top)| (g.usual.round() as u32).clamp(least, top)).collect();
    Some(levelled(start, &vec![least; grids.len()], &tops, total))
}

/// Doors of each block of a grid: in proportion, at most what each can be given, `total` in all if there is room.
pub fn block_doors(usual: &[f64], most: &[u32], total: u32) -> Vec<u32> {
    let sum: f64 = usual.iter().sum::<f64>().max(1e-9);
    let start = usual.iter().zip(most).map(|(u, &m)| ((u / sum * f64::from(total)).round() as u32).min(m)).collect();
    levelled(start, &vec![0; most.len()], most, total)
}

/// Counts moved up or down, each in proportion to its room, until they add up to a total.
fn levelled(mut counts: Vec<u32>, low: &[u32], high: &[u32], total: u32) -> Vec<u32> {
    loop {
        let sum: i64 = counts.iter().map(|&c| i64::from(c)).sum();
        let missing = i64::from(total) - sum;
        let room = |i: usize, c: u32| i64::from(if missing > 0 { high[i] - c } else { c - low[i] });
        let all: i64 = counts.iter().enumerate().map(|(i, &c)| room(i, c)).sum();
        if missing == 0 || all == 0 {
            return counts;
        }
        let mut left = missing.abs().min(all);
        let part = left;
        for (i, c) in counts.iter_mut().enumerate() {
            let own = room(i, *c);
            let step = (own * part / all).max(i64::from(own > 0)).min(left).min(own);
            *c = (i64::from(*c) + step * missing.signum()) as u32;
            left -= step;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grids_get_three_to_five_hundred_doors_and_the_total_exactly() {
        let grids: Vec<GridDoors> =
            [120.0, 450.0, 390.0, 800.0, 333.0].map(|usual| GridDoors { usual, most: 900 }).to_vec();
        for total in [1_500, 1_777, 2_000, 2_500] {
            let doors = grid_doors(&grids, 300, 500, total).unwrap();
            assert_eq!(doors.iter().sum::<u32>(), total);
            assert!(doors.iter().all(|d| (300..=500).contains(d)), "{doors:?}");
        }
        assert!(grid_doors(&grids, 300, 500, 2_501).is_none());
        assert!(grid_doors(&grids, 300, 500, 1_499).is_none());
    }

    #[test]
    fn blocks_get_no_more_than_they_can_hold() {
        let doors = block_doors(&[10.0, 200.0, 0.0], &[40, 210, 0], 245);
        assert_eq!(doors.iter().sum::<u32>(), 245);
        assert!(doors[0] <= 40 && doors[1] <= 210 && doors[2] == 0);
    }
}
