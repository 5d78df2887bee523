//! The plan of the city: how far it reaches, how dense it is where, which way its streets run.

use super::river::River;
use crate::simulate::plane::{Spot, direction, spot};
use crate::simulate::random::{Dice, mix, noise};
use crate::simulate::recipe::Recipe;

/// What a part of the city is built as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Zone {
    /// Old quarter: small houses along lanes.
    Old,
    /// Compounds of towers.
    Towers,
    /// Compounds of slabs.
    Slabs,
    /// Villages between fields.
    Villages,
}

/// A small town of its own at the rim.
#[derive(Debug, Clone, Copy)]
struct Town {
    at: Spot,
    radius_m: f64,
}

/// The plan.
pub struct Plan<'a> {
    /// Numbers and names.
    pub recipe: &'a Recipe,
    /// Seed of everything.
    pub seed: u64,
    /// Radius of the district, metres.
    pub radius_m: f64,
    /// The river through it.
    pub river: River,
    /// Middle of the old core.
    pub core: Spot,
    /// Places of the named parks, and the ground each takes in m².
    pub parks: Vec<(Spot, f64)>,
    tilt: Spot,
    towns: Vec<Town>,
}

impl<'a> Plan<'a> {
    /// Plan of a district of a radius.
    pub fn new(recipe: &'a Recipe, seed: u64, radius_m: f64) -> Self {
        let mut dice = Dice::new(seed, 0x504C_414E);
        let river = River::new(seed, radius_m, recipe.river_width_share);
        let abreast = radius_m * dice.between(-0.15, 0.0);
        let core = river.middle(abreast) - river.downstream(abreast).right() * (river.bank_m + radius_m * 0.17);
        let tilt = direction(dice.between(-0.022, 0.022));
        let count = if radius_m > 2_400.0 { (radius_m / 900.0) as usize } else { 0 };
        let turn = dice.share();
        let towns = (0..count)
            .map(|i| Town {
                at: direction(turn + i as f64 / count as f64 + dice.between(-0.03, 0.03))
                    * (radius_m * dice.between(0.7, 0.84)),
                radius_m: dice.between(500.0, 900.0),
            })
            .collect();
        let count = (radius_m / 420.0).round().clamp(1.0, 14.0) as usize;
        let parks = (0..count)
            .map(|i| {
                let at = direction(turn + 0.618 * i as f64) * (radius_m * dice.between(0.2, 0.82));
                (at, dice.between(24_000.0, 90_000.0) * (radius_m / 1_500.0).clamp(0.2, 1.6))
            })
            .collect();
        Self { recipe, seed, radius_m, river, core, parks, tilt, towns }
    }

    /// Size of the widest meshes of streets against those of a city of usual size.
    pub fn scale(&self) -> f64 {
        (self.radius_m / 1_500.0).clamp(0.42, 1.2)
    }

    /// Distance from the centre against the district's rim, whose outline swings: below 1 is inside.
    pub fn reach(&self, p: Spot) -> f64 {
        let d = p.unit();
        p.len() / (self.radius_m * (1.0 + 0.16 * noise(self.seed ^ 3, d * 1.7, 1.0)))
    }

    /// How urban a place is: 1 in the middle, 0 in the fields.
    pub fn urban(&self, p: Spot) -> f64 {
        let grain = 0.16 * noise(self.seed ^ 4, p, self.radius_m * 0.3);
        let city = 1.06 - 0.98 * p.len() / self.radius_m + grain;
        let town = self.towns.iter().map(|t| 0.8 - 0.45 * p.to(t.at) / t.radius_m + grain / 2.0);
        town.fold(city, f64::max).clamp(0.0, 1.0)
    }

    /// What is built at a place.
    pub fn zone(&self, p: Spot) -> Zone {
        let urban = self.urban(p);
        let core_m = (self.radius_m * 0.2).min(700.0) * (1.0 + 0.25 * noise(self.seed ^ 5, p, self.radius_m * 0.15));
        let quarter = noise(self.seed ^ 6, p, (self.radius_m * 0.2).clamp(150.0, 420.0));
        let north = self.river.place_of(p).1 < 0.0;
        if p.to(self.core) < core_m || (north && urban > 0.45 && quarter > 0.6) {
            Zone::Old
        } else if urban < 0.33 {
            Zone::Villages
        } else {
            let taste = noise(self.seed ^ 7, p, 380.0) * 0.35 + if north { -0.04 } else { 0.16 };
            if urban + taste > 0.72 { Zone::Towers } else { Zone::Slabs }
        }
    }

    /// Ground area of a block where it is, m²: faces larger than this are cut.
    pub fn block_area_m2(&self, p: Spot) -> f64 {
        let area = &self.recipe.block_area_m2;
        match self.zone(p) {
            Zone::Old => area.old,
            Zone::Towers => area.towers,
            Zone::Slabs => area.slabs,
            Zone::Villages => area.villages * (1.2 - self.urban(p)),
        }
    }

    /// One of the two directions streets run at a place; the other is across.
    pub fn along(&self, p: Spot) -> Spot {
        let swing = 0.035 * noise(self.seed ^ 8, p, self.radius_m * 0.55);
        let mut d = self.tilt.turned(direction(swing));
        let (station_m, off_m) = self.river.place_of(p);
        let near_river = 1.0 - (off_m.abs() / (self.radius_m * 0.5)).min(1.0);
        d = blend(d, self.river.downstream(station_m), near_river * near_river);
        let outward = ((p.len() / self.radius_m - 0.5) * 1.4).clamp(0.0, 0.75);
        d = blend(d, p.unit(), outward * (1.0 - near_river));
        let core = 1.0 - (p.to(self.core) / (self.radius_m * 0.26)).min(1.0);
        blend(d, self.tilt.turned(direction(0.96)), core)
    }

    /// The same with the crookedness of lanes in old quarters and villages.
    pub fn crooked(&self, p: Spot) -> Spot {
        let wobble = match self.zone(p) {
            Zone::Old => 0.06,
            Zone::Villages => 0.05,
            Zone::Towers | Zone::Slabs => 0.006,
        };
        self.along(p).turned(direction(wobble * noise(self.seed ^ 9, p, 70.0)))
    }

    /// Dice of a face or block.
    pub fn dice(&self, what: u64, tag: u64) -> Dice {
        Dice::new(self.seed ^ mix(what), tag)
    }
}

/// A direction part of the way from one cross of streets to another, turning the shorter way.
fn blend(from: Spot, to: Spot, share: f64) -> Spot {
    let crosses = [to, to.right(), -to, -to.right()];
    let near = crosses.into_iter().fold(to, |best, d| if d.dot(from) > best.dot(from) { d } else { best });
    (from * (1.0 - share) + near * share).unit()
}

/// The outline of the mesh: the district and its outskirts, clockwise as seen on the map.
pub fn outskirts(plan: &Plan<'_>) -> Vec<Spot> {
    let count = 96;
    (0..count)
        .map(|i| {
            let d = direction(f64::from(i) / f64::from(count));
            d * (plan.radius_m * (1.42 + 0.1 * noise(plan.seed ^ 10, spot(d.x, d.y) * 2.0, 1.0)))
        })
        .collect()
}
