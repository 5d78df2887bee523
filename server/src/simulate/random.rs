//! Dice: a seeded stream of choices, and smooth noise over the plane.
//!
//! Nothing here asks the platform for a sine or a logarithm, so the same seed gives the same city everywhere.

use super::plane::Spot;
use rand_pcg::Pcg64Mcg;
use rand_pcg::rand_core::{Rng, SeedableRng};

/// A stream of choices, the same for the same seed and tag.
pub struct Dice(Pcg64Mcg);

impl Dice {
    /// Stream of a seed for one purpose; streams of different tags are independent.
    pub fn new(seed: u64, tag: u64) -> Self {
        Self(Pcg64Mcg::seed_from_u64(mix(seed ^ mix(tag))))
    }

    /// Any 64 bits.
    pub fn bits(&mut self) -> u64 {
        self.0.next_u64()
    }

    /// A number in 0.0..1.0.
    pub fn share(&mut self) -> f64 {
        share_of(self.bits())
    }

    /// A number in `low..high`.
    pub fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.share()
    }

    /// True with a probability.
    pub fn chance(&mut self, probability: f64) -> bool {
        self.share() < probability
    }

    /// A whole number in `0..count`; 0 when there is nothing to choose from.
    pub fn below(&mut self, count: usize) -> usize {
        ((self.share() * count as f64) as usize).min(count.saturating_sub(1))
    }

    /// One of several.
    pub fn pick<'a, T>(&mut self, of: &'a [T]) -> Option<&'a T> {
        of.get(self.below(of.len()))
    }
}

/// Scrambles 64 bits (the finaliser of SplitMix64).
pub fn mix(v: u64) -> u64 {
    let v = v.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let v = (v ^ (v >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let v = (v ^ (v >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    v ^ (v >> 31)
}

/// A number in 0.0..1.0 from 64 bits.
pub fn share_of(bits: u64) -> f64 {
    (bits >> 11) as f64 / (1u64 << 53) as f64
}

/// Smooth noise in −1.0..1.0 with bumps about `size_m` across.
pub fn noise(seed: u64, at: Spot, size_m: f64) -> f64 {
    let (x, y) = (at.x / size_m, at.y / size_m);
    let (x0, y0) = (x.floor(), y.floor());
    let corner = |dx: f64, dy: f64| {
        let (ix, iy) = ((x0 + dx) as i64 as u64, (y0 + dy) as i64 as u64);
        share_of(mix(seed ^ mix(ix ^ mix(iy)))) * 2.0 - 1.0
    };
    let smooth = |t: f64| t * t * t * (t * (t * 6.0 - 15.0) + 10.0);
    let (u, v) = (smooth(x - x0), smooth(y - y0));
    let north = corner(0.0, 0.0) * (1.0 - u) + corner(1.0, 0.0) * u;
    let south = corner(0.0, 1.0) * (1.0 - u) + corner(1.0, 1.0) * u;
    north * (1.0 - v) + south * v
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn streams_of_one_seed_and_tag_agree_and_others_differ() {
        let draw = |seed, tag| {
            let mut dice = Dice::new(seed, tag);
            [dice.bits(), dice.bits()]
        };
        assert_eq!(draw(1, 2), draw(1, 2));
        assert_ne!(draw(1, 2), draw(1, 3));
        assert_ne!(draw(1, 2), draw(2, 2));
    }

    #[test]
    fn noise_is_continuous_and_bounded() {
        for i in 0..2_000 {
            let at = Spot { x: f64::from(i) * 7.3 - 5_000.0, y: f64::from(i) * -3.1 };
            let near = Spot { x: at.x + 0.01, y: at.y };
            let n = noise(9, at, 100.0);
            assert!((-1.0..=1.0).contains(&n));
            assert!((n - noise(9, near, 100.0)).abs() < 0.01);
        }
    }
}
