//! The river: a curved line through the district, its banks and its water.

use crate::simulate::plane::{Spot, direction, spot};
use crate::simulate::random::{Dice, noise};
use wangge_core::geometry::shape::Ring;

/// The river's course. Stations are metres along its main direction, 0 abreast of the district's centre.
#[derive(Debug, Clone)]
pub struct River {
    main: Spot,
    offset_m: f64,
    swing_m: f64,
    bend_m: f64,
    seed: u64,
    /// Usual width of the water, metres.
    pub width_m: f64,
    /// From the middle to the riverside roads, metres.
    pub bank_m: f64,
}

impl River {
    /// River of a district of a radius.
    pub fn new(seed: u64, radius_m: f64, width_share: f64) -> Self {
        let mut dice = Dice::new(seed, 0x0052_4956);
        let width_m = (radius_m * width_share).clamp(14.0, 240.0);
        Self {
            main: direction(dice.between(0.03, 0.075)),
            offset_m: radius_m * dice.between(0.14, 0.2),
            swing_m: radius_m * 0.2,
            bend_m: radius_m * 0.75,
            seed: dice.bits(),
            width_m,
            bank_m: width_m * 0.57 + (radius_m * 0.03).clamp(25.0, 44.0),
        }
    }

    fn lateral(&self, station_m: f64) -> f64 {
        self.offset_m + self.swing_m * noise(self.seed, spot(station_m, 0.0), self.bend_m)
    }

    /// Middle of the river at a station.
    pub fn middle(&self, station_m: f64) -> Spot {
        self.main * station_m + self.main.right() * self.lateral(station_m)
    }

    /// Direction downstream at a station.
    pub fn downstream(&self, station_m: f64) -> Spot {
        (self.middle(station_m + 5.0) - self.middle(station_m - 5.0)).unit()
    }

    /// A line beside the river, `offset_m` to its right (negative: left) as one looks downstream.
    pub fn beside(&self, from_m: f64, to_m: f64, step_m: f64, offset_m: f64) -> Vec<Spot> {
        let count = ((to_m - from_m) / step_m).abs().ceil().max(1.0) as usize;
        (0..=count)
            .map(|i| {
                let s = from_m + (to_m - from_m) * i as f64 / count as f64;
                self.middle(s) + self.downstream(s).right() * offset_m
            })
            .collect()
    }

    /// Station abreast of a spot and its distance right of the middle (negative: left), metres, about.
    pub fn place_of(&self, p: Spot) -> (f64, f64) {
        let station_m = p.dot(self.main);
        let slant = self.downstream(station_m).dot(self.main);
        (station_m, (p.dot(self.main.right()) - self.lateral(station_m)) * slant)
    }

    /// Half the water's width at a station: wider and narrower by a sixth, never up to the riverside roads.
    pub fn half_width(&self, station_m: f64) -> f64 {
        self.width_m / 2.0 * (1.0 + 0.14 * noise(self.seed ^ 1, spot(station_m, 0.0), self.width_m * 3.0))
    }

    /// The water between two stations.
    pub fn water(&self, from_m: f64, to_m: f64) -> Ring {
        let step_m = (self.width_m / 4.0).max(8.0);
        let count = ((to_m - from_m) / step_m).ceil().max(1.0) as usize;
        let bank = |i: usize, side: f64| {
            let s = from_m + (to_m - from_m) * i as f64 / count as f64;
            (self.middle(s) + self.downstream(s).right() * (side * self.half_width(s))).fixed()
        };
        (0..=count).map(|i| bank(i, -1.0)).chain((0..=count).rev().map(|i| bank(i, 1.0))).collect()
    }
}
