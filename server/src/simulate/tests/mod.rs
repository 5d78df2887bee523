//! What is claimed of every generated district, checked from its rows alone.

mod areas;
mod households;
mod same;
mod samples;
mod services;
mod shapes;

use super::{DemoDistrict, district};

/// Districts of several sizes and seeds, small enough for a test.
fn districts() -> impl Iterator<Item = DemoDistrict> {
    [(1_000, 1), (1_777, 5), (4_000, 2), (12_000, 3), (30_000, 1)]
        .into_iter()
        .map(|(households, seed)| district(households, seed).unwrap())
}
