//! What stands on a block: buildings with their stairs, greens, fences, gates and paths, all in metres.

use super::frame::{Frame, Rect};
use crate::simulate::plane::{Spot, nearest_on, sides};
use wangge_core::domain::feature::RoadClass;

/// What a block is used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Use {
    /// Old quarter.
    Old,
    /// Compound of towers.
    Towers,
    /// Compound of slabs.
    Slabs,
    /// Village between fields.
    Village,
    /// One of the named parks.
    Park,
    /// Small park.
    PocketPark,
    /// School.
    School,
    /// Market or mall.
    Market,
    /// Hospital or health centre.
    Clinic,
    /// Works and warehouses.
    Works,
    /// Wood or orchard.
    Wood,
    /// River bank.
    Bank,
    /// Huts on the river bank, in no area.
    Huts,
}

/// What a building is, for its doors' addresses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BuildingKind {
    /// Numbered inside its compound.
    Flats,
    /// Numbered along its street.
    Street,
    /// Numbered inside its village.
    Village,
    /// Stalls numbered inside a market.
    Market,
    /// Nobody's door.
    Public,
}

/// A building.
#[derive(Debug, Clone)]
pub struct Building {
    /// Footprint, clockwise as seen on the map.
    pub ring: Vec<Spot>,
    /// What it is.
    pub kind: BuildingKind,
    /// Its stairs.
    pub stairs: Vec<Stair>,
}

/// A stair: doors on floors over a rectangle inside the footprint.
#[derive(Debug, Clone)]
pub struct Stair {
    /// A corner of the rectangle.
    pub corner: Spot,
    /// Direction of its width.
    pub along: Spot,
    /// Width in metres.
    pub width_m: f64,
    /// Depth in metres.
    pub depth_m: f64,
    /// Lowest floor with doors.
    pub first_floor: u16,
    /// Floors with doors as usual for the place.
    pub floors: u16,
    /// Floors it may grow to.
    pub most_floors: u16,
    /// Doors a floor.
    pub per_floor: u16,
    /// Whether its doors are shops.
    pub shops: bool,
}

impl Stair {
    /// Stair over a rectangle of a frame.
    pub fn over(frame: Frame, rect: Rect) -> Self {
        Self {
            corner: frame.spot(rect.corners()[0]),
            along: frame.along(),
            width_m: rect.width(),
            depth_m: rect.depth(),
            first_floor: 1,
            floors: 1,
            most_floors: 1,
            per_floor: 1,
            shops: false,
        }
    }

    /// Doors as usual.
    pub fn doors(&self) -> u32 {
        u32::from(self.floors) * u32::from(self.per_floor)
    }

    /// Doors that can be told apart on its ground: at least 1.3 m between two.
    pub fn room(&self) -> u32 {
        let across = |m: f64| ((m - 0.6) / 1.3).floor().max(1.0) as u32;
        across(self.width_m) * across(self.depth_m)
    }

    /// Most doors it can be given.
    pub fn most(&self) -> u32 {
        let more = if self.shops { 1 } else { 2 };
        (u32::from(self.most_floors) * u32::from(self.per_floor) * more).min(self.room()).max(1)
    }
}

/// A path on foot or a lane inside a block.
#[derive(Debug, Clone)]
pub struct Path {
    /// Class.
    pub class: RoadClass,
    /// Its course.
    pub line: Vec<Spot>,
    /// Whether its start and its end lie on the block's boundary, to be tied to the street there.
    pub joins: [bool; 2],
}

/// A green with ponds in it.
#[derive(Debug, Clone)]
pub struct Green {
    /// Outline, clockwise as seen on the map.
    pub ring: Vec<Spot>,
    /// Ponds inside it, clockwise.
    pub ponds: Vec<Vec<Spot>>,
    /// Whether it carries the block's name.
    pub named: bool,
}

/// Everything on a block.
#[derive(Debug, Clone)]
pub struct Layout {
    /// What it is used for.
    pub used: Use,
    /// Buildings.
    pub buildings: Vec<Building>,
    /// Greens.
    pub greens: Vec<Green>,
    /// Ponds not inside a green.
    pub ponds: Vec<Vec<Spot>>,
    /// Fences, each a line.
    pub fences: Vec<Vec<Spot>>,
    /// Gates in the fences.
    pub gates: Vec<Spot>,
    /// Paths and lanes.
    pub paths: Vec<Path>,
}

impl Layout {
    /// Nothing yet.
    pub fn empty(used: Use) -> Self {
        Self {
            used,
            buildings: Vec::new(),
            greens: Vec::new(),
            ponds: Vec::new(),
            fences: Vec::new(),
            gates: Vec::new(),
            paths: Vec::new(),
        }
    }

    /// Every stair.
    pub fn stairs(&self) -> impl Iterator<Item = &Stair> {
        self.buildings.iter().flat_map(|b| &b.stairs)
    }

    /// Doors as usual.
    pub fn doors(&self) -> u32 {
        self.stairs().map(Stair::doors).sum()
    }

    /// Most doors the block can be given.
    pub fn most(&self) -> u32 {
        self.stairs().map(Stair::most).sum()
    }

    /// Fences off a yard, with a gap at each gate.
    pub fn fence(&mut self, yard: &[Spot], gates: &[Spot], gap_m: f64) {
        let total: f64 = sides(yard).map(|(a, b)| a.to(b)).sum();
        let mut at: Vec<f64> = gates.iter().map(|&g| place_on(yard, g)).collect();
        at.sort_by(f64::total_cmp);
        self.gates.extend(gates);
        if at.is_empty() {
            let mut closed = yard.to_vec();
            closed.extend(yard.first());
            self.fences.push(closed);
            return;
        }
        for (i, &from) in at.iter().enumerate() {
            let next = at.get(i + 1).copied().unwrap_or(at[0] + total);
            let (start, end) = (from + gap_m / 2.0, next - gap_m / 2.0);
            if end - start > 4.0 {
                self.fences.push(part_of(yard, start, end));
            }
        }
    }
}

/// Metres along a ring to the place nearest to a spot.
fn place_on(ring: &[Spot], p: Spot) -> f64 {
    let (mut best, mut run) = ((f64::INFINITY, 0.0), 0.0);
    for (a, b) in sides(ring) {
        let (t, d) = nearest_on(a, b, p);
        if d < best.0 {
            best = (d, run + t * a.to(b));
        }
        run += a.to(b);
    }
    best.1
}

/// The part of a ring between two places, which may run past its start.
fn part_of(ring: &[Spot], from_m: f64, to_m: f64) -> Vec<Spot> {
    let (mut line, mut run) = (Vec::new(), 0.0);
    for (a, b) in sides(ring).chain(sides(ring)) {
        let len = a.to(b);
        let at = |m: f64| a.toward(b, ((m - run) / len.max(1e-6)).clamp(0.0, 1.0));
        if line.is_empty() {
            if from_m >= run && from_m < run + len {
                line.push(at(from_m));
            }
        } else {
            line.push(a);
        }
        if !line.is_empty() && to_m <= run + len {
            line.push(at(to_m));
            break;
        }
        run += len;
    }
    line
}

/// Whether two convex rings share ground (separating axes).
pub fn overlap(a: &[Spot], b: &[Spot]) -> bool {
    let apart = |p: &[Spot], q: &[Spot]| {
        sides(p).any(|(s, e)| {
            let axis = (e - s).right();
            let ((p0, p1), (q0, q1)) =
                (crate::simulate::plane::extent(p, axis), crate::simulate::plane::extent(q, axis));
            p1 <= q0 || q1 <= p0
        })
    };
    !apart(a, b) && !apart(b, a)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::simulate::plane::spot;

    #[test]
    fn a_fence_leaves_gaps_of_the_asked_width_at_its_gates() {
        let yard = [spot(0.0, 0.0), spot(50.0, 0.0), spot(50.0, 50.0), spot(0.0, 50.0)];
        let mut layout = Layout::empty(Use::Slabs);
        layout.fence(&yard, &[spot(25.0, 0.0), spot(50.0, 25.0)], 6.0);
        let length: f64 = layout.fences.iter().flat_map(|f| f.windows(2)).map(|p| p[0].to(p[1])).sum();
        assert_eq!(layout.fences.len(), 2);
        assert!((length - 188.0).abs() < 1e-6, "{length}");
    }
}
