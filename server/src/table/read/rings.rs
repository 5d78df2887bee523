//! Rings as polygons: those that run clockwise are outer ones, as in a shapefile, the others holes in them.

use crate::table::shape::Position;

/// Steps taken at most to find which ring lies in which.
const STEPS: usize = 200_000_000;

type Ring = Vec<Position>;

/// Polygons of rings in any order, the outer rings in theirs.
///
/// A hole goes to the smallest outer ring around it. Where none is around it, it is an outer ring that runs the wrong
/// way, as some programs write it.
///
/// # Errors
/// A sentence when there are so many rings that sorting them would take minutes.
pub(in crate::table) fn polygons(rings: Vec<Ring>) -> Result<Vec<Vec<Ring>>, String> {
    let count = rings.len();
    let (outers, holes): (Vec<Ring>, Vec<Ring>) = rings.into_iter().partition(|ring| doubled_area(ring) <= 0.0);
    let mut polygons: Vec<Vec<Ring>> = outers.into_iter().map(|ring| vec![ring]).collect();
    if polygons.len() == 1 && !holes.is_empty() {
        // Whether they lie within is for the gate to say.
        polygons.iter_mut().for_each(|polygon| polygon.extend_from_slice(&holes));
        return Ok(polygons);
    }
    let boxes: Vec<[f64; 4]> = polygons.iter().map(|polygon| bounds(&polygon[0])).collect();
    let (mut steps, mut alone) = (0, Vec::new());
    for hole in holes {
        let own = bounds(&hole);
        let mut around: Option<(f64, usize)> = None;
        for (index, outer) in boxes.iter().enumerate() {
            steps += 1;
            if outer[0] <= own[0] && outer[1] <= own[1] && outer[2] >= own[2] && outer[3] >= own[3] {
                let ring = &polygons[index][0];
                steps += ring.len();
                let area = doubled_area(ring).abs();
                if around.is_none_or(|(least, _)| area < least) && is_inside(&hole, ring, &mut steps) {
                    around = Some((area, index));
                }
            }
            if steps > STEPS {
                return Err(format!("has {count} rings, too many to tell which lies in which"));
            }
        }
        match around {
            Some((_, index)) => polygons[index].push(hole),
            None => alone.push(vec![hole]),
        }
    }
    polygons.extend(alone);
    Ok(polygons)
}

/// Twice the area, positive where the ring runs counter-clockwise.
pub(in crate::table) fn doubled_area(ring: &[Position]) -> f64 {
    let Some([x0, y0]) = ring.first().copied() else { return 0.0 };
    // Near the first position, so that small rings far from the origin keep their sign.
    let cross = |pair: &[Position]| (pair[0][0] - x0) * (pair[1][1] - y0) - (pair[1][0] - x0) * (pair[0][1] - y0);
    ring.windows(2).map(cross).sum()
}

fn bounds(ring: &Ring) -> [f64; 4] {
    let start = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
    ring.iter().fold(start, |[w, s, e, n], [x, y]| [w.min(*x), s.min(*y), e.max(*x), n.max(*y)])
}

/// Whether a ring lies in another, by its first position that is not on the other's line.
fn is_inside(hole: &Ring, ring: &Ring, steps: &mut usize) -> bool {
    for position in hole {
        *steps += ring.len();
        match side(*position, ring) {
            Side::Inside => return true,
            Side::Outside => return false,
            Side::On if *steps > STEPS => return false,
            Side::On => {}
        }
    }
    true
}

enum Side {
    Inside,
    Outside,
    On,
}

fn side([x, y]: Position, ring: &Ring) -> Side {
    let mut is_inside = false;
    for pair in ring.windows(2) {
        let ([x1, y1], [x2, y2]) = (pair[0], pair[1]);
        let cross = (x2 - x1) * (y - y1) - (y2 - y1) * (x - x1);
        if cross == 0.0 && x1.min(x2) <= x && x <= x1.max(x2) && y1.min(y2) <= y && y <= y1.max(y2) {
            return Side::On;
        }
        if (y1 > y) != (y2 > y) && (cross > 0.0) == (y2 > y1) {
            is_inside = !is_inside;
        }
    }
    if is_inside { Side::Inside } else { Side::Outside }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A square that runs clockwise.
    fn square(x: f64, y: f64, side: f64) -> Ring {
        vec![[x, y], [x, y + side], [x + side, y + side], [x + side, y], [x, y]]
    }

    fn hole(x: f64, y: f64, side: f64) -> Ring {
        square(x, y, side).into_iter().rev().collect()
    }

    #[test]
    fn holes_go_to_the_smallest_ring_around_them() {
        let (far, near, within) = (square(0.0, 0.0, 10.0), square(4.0, 4.0, 3.0), hole(5.0, 5.0, 1.0));
        let between = hole(3.0, 3.0, 5.0);
        let found = polygons(vec![within.clone(), far.clone(), between.clone(), near.clone()]).unwrap();
        assert_eq!(found, [vec![far, between], vec![near, within]]);
    }

    #[test]
    fn a_hole_that_touches_its_ring_is_still_in_it() {
        let (a, b) = (square(0.0, 0.0, 4.0), square(10.0, 0.0, 4.0));
        let touching = hole(10.0, 0.0, 2.0);
        assert_eq!(polygons(vec![a.clone(), b.clone(), touching.clone()]).unwrap(), [vec![a], vec![b, touching]]);
    }

    #[test]
    fn rings_that_run_the_wrong_way_are_polygons_all_the_same() {
        let (a, b) = (hole(0.0, 0.0, 1.0), hole(5.0, 0.0, 1.0));
        assert_eq!(polygons(vec![a.clone(), b.clone()]).unwrap(), [vec![a.clone()], vec![b]]);
        assert_eq!(polygons(vec![a.clone()]).unwrap(), [vec![a]]);
        assert_eq!(polygons(vec![]).unwrap(), Vec::<Vec<Ring>>::new());
    }

    #[test]
    fn rings_without_end_are_told_in_bounded_time() {
        let many: Vec<Ring> =
            (0..40_000).map(|n| if n % 2 == 0 { square(0.0, 0.0, 9.0) } else { hole(1.0, 1.0, 1.0) }).collect();
        assert!(polygons(many).unwrap_err().contains("40000 rings"));
    }
}
