//! A site: the ground of a block, the streets along its sides, and the yard inside them.

use crate::simulate::city::mesh::{EdgeKind, Mesh};
use crate::simulate::city::plan::Plan;
use crate::simulate::plane::{Spot, area_m2, centroid, distance_to, holds, sides};
use crate::simulate::random::Dice;
use wangge_core::domain::feature::RoadClass;

/// The ground of a block.
pub struct Site<'a> {
    /// The plan.
    pub plan: &'a Plan<'a>,
    /// Face in the mesh.
    pub face: u32,
    /// Its ring, clockwise as seen on the map.
    pub ring: Vec<Spot>,
    /// What runs along each side; side `i` starts at corner `i`.
    pub kinds: Vec<EdgeKind>,
    /// Its middle.
    pub middle: Spot,
    /// Its area.
    pub area_m2: f64,
}

/// A straight run of a site's boundary.
#[derive(Debug, Clone, Copy)]
pub struct Side {
    /// Start; the inside lies to the right.
    pub a: Spot,
    /// End.
    pub b: Spot,
    /// What runs along it.
    pub kind: EdgeKind,
}

impl Side {
    /// Direction.
    pub fn along(self) -> Spot {
        (self.b - self.a).unit()
    }

    /// Length in metres.
    pub fn len(self) -> f64 {
        self.a.to(self.b)
    }
}

impl<'a> Site<'a> {
    /// Site of a face.
    pub fn new(plan: &'a Plan<'a>, mesh: &Mesh, face: u32) -> Self {
        let ring = mesh.outline(face);
        let kinds = mesh.edges_of(face).into_iter().map(|e| mesh.edges()[e as usize].kind).collect();
        Self { plan, face, middle: centroid(&ring), area_m2: area_m2(&ring), ring, kinds }
    }

    /// Dice of this site for one purpose.
    pub fn dice(&self, tag: u64) -> Dice {
        self.plan.dice(u64::from(self.face) + 1, tag)
    }

    /// The boundary as runs that are straight within half a metre and have one kind of street.
    pub fn sides(&self) -> Vec<Side> {
        let n = self.ring.len();
        let turn = |i: usize| {
            let (p, q, r) = (self.ring[(i + n - 1) % n], self.ring[i], self.ring[(i + 1) % n]);
            (q - p).unit().dot((r - q).unit()) < 0.985 || self.kinds[(i + n - 1) % n] != self.kinds[i]
        };
        let corners: Vec<usize> = (0..n).filter(|&i| turn(i)).collect();
        if corners.len() < 3 {
            return sides(&self.ring).zip(&self.kinds).map(|((a, b), &kind)| Side { a, b, kind }).collect();
        }
        (0..corners.len())
            .map(|c| {
                let (i, j) = (corners[c], corners[(c + 1) % corners.len()]);
                Side { a: self.ring[i], b: self.ring[j], kind: self.kinds[i] }
            })
            .collect()
    }

    /// The ring inside the boundary, each side moved in by its own distance; none when too little is left.
    pub fn inset(&self, distance: impl Fn(&Side) -> f64) -> Option<Vec<Spot>> {
        let mut lines: Vec<(Spot, Spot)> = self
            .sides()
            .iter()
            .filter(|s| s.len() > 1.0)
            .map(|s| (s.a + s.along().right() * distance(s), s.along()))
            .collect();
        for _ in 0..24 {
            let n = lines.len();
            if n < 3 {
                return None;
            }
            let corners: Vec<Spot> = (0..n).map(|i| corner(lines[(i + n - 1) % n], lines[i])).collect();
            // A side that came out backwards or very short has no room left: its neighbours meet instead.
            let worst = (0..n)
                .map(|i| (i, (corners[(i + 1) % n] - corners[i]).dot(lines[i].1)))
                .fold((0, f64::INFINITY), |w, c| if c.1 < w.1 { c } else { w });
            if worst.1 < 4.0 {
                lines.remove(worst.0);
                continue;
            }
            let inside = corners.iter().all(|&p| holds(&self.ring, p) && distance_to(&self.ring, p) > 1.0);
            return (inside && area_m2(&corners) > 120.0).then_some(corners);
        }
        None
    }
}

/// Where two lines, each a place and a direction, meet; halfway between when they are nearly one line.
fn corner(first: (Spot, Spot), second: (Spot, Spot)) -> Spot {
    let den = first.1.cross(second.1);
    if den.abs() < 0.12 {
        let back = first.0 + first.1 * (second.0 - first.0).dot(first.1);
        return back.toward(second.0, 0.5);
    }
    first.0 + first.1 * ((second.0 - first.0).cross(second.1) / den)
}

/// From the middle of a street to the walls along it, metres; old streets are narrower.
pub fn setback_m(kind: EdgeKind, old: bool) -> f64 {
    let wide = match kind {
        EdgeKind::Road(class) | EdgeKind::Bridge(class) => match class {
            RoadClass::Primary => 19.0,
            RoadClass::Secondary => 15.0,
            RoadClass::Tertiary => 11.0,
            RoadClass::Residential => 7.5,
            RoadClass::Lane => 2.6,
            RoadClass::Footway => 2.0,
        },
        EdgeKind::Border | EdgeKind::River | EdgeKind::Rim => 3.0,
    };
    if old && wide > 3.0 { wide * 0.72 } else { wide }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::simulate::plane::spot;
    use crate::simulate::recipe::Recipe;

    #[test]
    fn a_square_inset_by_ten_metres_has_sides_twenty_metres_shorter() {
        let recipe = Recipe::built_in().unwrap();
        let plan = Plan::new(&recipe, 1, 1_000.0);
        let mesh = Mesh::new(&[spot(0.0, 0.0), spot(100.0, 0.0), spot(100.0, 100.0), spot(0.0, 100.0)]);
        let site = Site::new(&plan, &mesh, 0);
        let yard = site.inset(|_| 10.0).unwrap();
        assert!((area_m2(&yard) - 6_400.0).abs() < 1.0);
        assert!(site.inset(|_| 60.0).is_none());
    }
}
