//! Sameness: a seed tells the same district and the same day again.

use crate::simulate::{DistrictError, LEAST_HOUSEHOLDS, MOST_HOUSEHOLDS, district};

#[test]
fn the_same_number_and_seed_give_the_same_rows() {
    assert!(district(6_000, 7).unwrap() == district(6_000, 7).unwrap());
    assert!(district(6_000, 7).unwrap().areas != district(6_000, 8).unwrap().areas);
}

#[test]
fn many_seeds_and_sizes_give_a_district() {
    for seed in 0..40 {
        for households in [1_000, 1_001, 1_499, 2_345, 5_000] {
            let made = district(households, seed).unwrap_or_else(|e| panic!("{households} doors, seed {seed}: {e}"));
            assert_eq!(made.households.len(), households as usize, "seed {seed}");
        }
    }
}

#[test]
fn a_number_of_doors_outside_the_range_is_refused() {
    assert!(matches!(district(LEAST_HOUSEHOLDS - 1, 1), Err(DistrictError::Households(_))));
    assert!(matches!(district(MOST_HOUSEHOLDS + 1, 1), Err(DistrictError::Households(_))));
}

#[test]
#[ignore = "large: run by hand with --release"]
fn large_districts_come_out_whole() {
    for households in [250_000, MOST_HOUSEHOLDS] {
        for seed in 1..4 {
            assert_eq!(district(households, seed).unwrap().households.len(), households as usize);
        }
    }
}
