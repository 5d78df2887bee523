//! A block's own frame: `u` along its rows, `v` across them; rectangles in it, and where they fit.

use crate::simulate::plane::{Spot, holds, sides, spot};

/// Directions of the rows of a block.
#[derive(Debug, Clone, Copy)]
pub struct Frame {
    along: Spot,
}

impl Frame {
    /// Frame whose `u` runs along a direction of length 1.
    pub fn new(along: Spot) -> Self {
        Self { along }
    }

    /// Frame of rows that face south as nearly as the streets allow: the way houses are built here.
    pub fn facing_south(street: Spot) -> Self {
        let along = if street.x.abs() >= street.y.abs() { street } else { street.right() };
        Self { along: if along.x < 0.0 { -along } else { along } }
    }

    /// The direction of `u`.
    pub fn along(self) -> Spot {
        self.along
    }

    /// `(u, v)` of a spot.
    pub fn local(self, p: Spot) -> Spot {
        spot(p.dot(self.along), p.dot(self.along.right()))
    }

    /// The spot at `(u, v)`.
    pub fn spot(self, l: Spot) -> Spot {
        self.along * l.x + self.along.right() * l.y
    }

    /// A ring in `(u, v)`.
    pub fn local_ring(self, ring: &[Spot]) -> Vec<Spot> {
        ring.iter().map(|&p| self.local(p)).collect()
    }

    /// A ring given in `(u, v)`.
    pub fn ring(self, ring: &[Spot]) -> Vec<Spot> {
        ring.iter().map(|&p| self.spot(p)).collect()
    }
}

/// An upright rectangle in `(u, v)`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rect {
    /// Least `u`.
    pub u0: f64,
    /// Least `v`.
    pub v0: f64,
    /// Most `u`.
    pub u1: f64,
    /// Most `v`.
    pub v1: f64,
}

impl Rect {
    /// Rectangle around a middle.
    pub fn around(u: f64, v: f64, width: f64, depth: f64) -> Self {
        Self { u0: u - width / 2.0, v0: v - depth / 2.0, u1: u + width / 2.0, v1: v + depth / 2.0 }
    }

    /// Larger by a margin on every side.
    pub fn grown(self, by: f64) -> Self {
        Self { u0: self.u0 - by, v0: self.v0 - by, u1: self.u1 + by, v1: self.v1 + by }
    }

    /// Extent along `u`.
    pub fn width(self) -> f64 {
        self.u1 - self.u0
    }

    /// Extent along `v`.
    pub fn depth(self) -> f64 {
        self.v1 - self.v0
    }

    /// Corners, clockwise as seen on the map.
    pub fn corners(self) -> [Spot; 4] {
        [spot(self.u0, self.v0), spot(self.u1, self.v0), spot(self.u1, self.v1), spot(self.u0, self.v1)]
    }

    /// Its ring with the corners cut.
    pub fn chamfered(self, cut: f64) -> Vec<Spot> {
        let c = cut.min(self.width() / 3.0).min(self.depth() / 3.0);
        vec![
            spot(self.u0 + c, self.v0),
            spot(self.u1 - c, self.v0),
            spot(self.u1, self.v0 + c),
            spot(self.u1, self.v1 - c),
            spot(self.u1 - c, self.v1),
            spot(self.u0 + c, self.v1),
            spot(self.u0, self.v1 - c),
            spot(self.u0, self.v0 + c),
        ]
    }

    /// Whether two rectangles share ground.
    pub fn meets(self, o: Self) -> bool {
        self.u0 < o.u1 && o.u0 < self.u1 && self.v0 < o.v1 && o.v0 < self.v1
    }

    /// Whether a segment passes through it.
    pub fn crossed_by(self, a: Spot, b: Spot) -> bool {
        let (mut enter, mut leave) = (0.0f64, 1.0f64);
        for (p, q, low, high) in [(a.x, b.x, self.u0, self.u1), (a.y, b.y, self.v0, self.v1)] {
            let d = q - p;
            if d.abs() < 1e-9 {
                if p <= low || p >= high {
                    return false;
                }
                continue;
            }
            let (t0, t1) = ((low - p) / d, (high - p) / d);
            enter = enter.max(t0.min(t1));
            leave = leave.min(t0.max(t1));
        }
        enter < leave
    }
}

/// Whether a rectangle lies inside a ring, a margin away from its sides.
pub fn fits(ring: &[Spot], rect: Rect, margin: f64) -> bool {
    let room = rect.grown(margin);
    holds(ring, rect.corners()[0]) && !sides(ring).any(|(a, b)| room.crossed_by(a, b))
}

/// Stretches of `u` in which a strip `v0..v1` lies inside a ring, a margin away from its sides and clear of obstacles.
pub fn stretches(ring: &[Spot], v0: f64, v1: f64, margin: f64, obstacles: &[Rect]) -> Vec<(f64, f64)> {
    const STEP: f64 = 2.0;
    let (low, high) = crate::simulate::plane::extent(ring, spot(1.0, 0.0));
    let count = ((high - low) / STEP).floor().max(0.0) as usize;
    let mut found: Vec<(f64, f64)> = Vec::new();
    let mut open = None;
    for i in 0..=count {
        let u = low + i as f64 * STEP;
        let slice = Rect { u0: u, v0, u1: u + STEP, v1 };
        let free = i < count && !obstacles.iter().any(|o| o.meets(slice)) && fits(ring, slice, margin);
        match (free, open) {
            (true, None) => open = Some(u),
            (false, Some(start)) => {
                found.push((start, u));
                open = None;
            }
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_strip_through_a_square_with_a_pillar_has_two_stretches() {
        let square = [spot(0.0, 0.0), spot(100.0, 0.0), spot(100.0, 100.0), spot(0.0, 100.0)];
        let pillar = Rect::around(50.0, 50.0, 10.0, 10.0);
        let found = stretches(&square, 45.0, 55.0, 5.0, &[pillar]);
        assert_eq!(found.len(), 2);
        assert!(found[0].0 >= 4.0 && found[0].1 <= 46.0 && found[1].0 >= 54.0 && found[1].1 <= 96.0, "{found:?}");
    }

    #[test]
    fn a_frame_takes_a_spot_there_and_back() {
        let frame = Frame::facing_south(spot(0.6, 0.8));
        let p = spot(12.0, -7.0);
        assert!(frame.spot(frame.local(p)).to(p) < 1e-9);
        assert!(frame.along().x.abs() >= frame.along().y.abs());
    }
}
