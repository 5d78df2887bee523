//! A few of many, each with the same chance, without knowing how many there will be.

/// An even sample (Vitter's algorithm R). The same offers make the same sample.
#[derive(Debug, Clone)]
pub(super) struct Sample<T> {
    kept: Vec<T>,
    most: usize,
    offered: u64,
    state: u64,
}

impl<T> Sample<T> {
    /// An empty sample of at most so many.
    pub(super) fn new(most: usize) -> Self {
        Self { kept: Vec::new(), most, offered: 0, state: 0x9E37_79B9_7F4A_7C15 }
    }

    /// Offers one more; it is made only when it is kept.
    pub(super) fn offer(&mut self, make: impl FnOnce() -> T) {
        self.offered += 1;
        if self.kept.len() < self.most {
            self.kept.push(make());
            return;
        }
        // The upper half of the product is even enough, and costs no division.
        let at = (u128::from(self.random()) * u128::from(self.offered)) >> 64;
        if let Some(place) = self.kept.get_mut(at as usize) {
            *place = make();
        }
    }

    /// How many were offered.
    pub(super) fn offered(&self) -> u64 {
        self.offered
    }

    /// Those kept.
    pub(super) fn kept(&self) -> &[T] {
        &self.kept
    }

    /// The next of a row of random numbers (splitmix64).
    fn random(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_few_are_kept_whole_and_of_many_every_part_has_its_share() {
        let mut sample = Sample::new(1000);
        (0..900).for_each(|n| sample.offer(|| n));
        assert_eq!(sample.kept(), (0..900).collect::<Vec<_>>());
        (900..100_000).for_each(|n| sample.offer(|| n));
        assert_eq!((sample.kept().len(), sample.offered()), (1000, 100_000));
        for tenth in 0..10 {
            let share = sample.kept().iter().filter(|n| **n / 10_000 == tenth).count();
            // Binomial with mean 100 and deviation 9.5: six deviations either way.
            assert!((43..157).contains(&share), "{share} of the tenth {tenth}");
        }
    }
}
