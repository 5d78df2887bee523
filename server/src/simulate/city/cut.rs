//! Cutting faces by streets: where a line meets the streets around, whether it fits, and what it becomes.

use super::mesh::{EdgeKind, Mesh};
use crate::simulate::plane::{Spot, distance_to, meeting, nearest_on, sides};

/// How a line is laid through a face.
#[derive(Debug, Clone, Copy)]
pub struct CutStyle {
    /// What the line is.
    pub kind: EdgeKind,
    /// An end this near to a crossing takes it, metres.
    pub snap_m: f64,
    /// Nearest that the line comes to other streets between its ends, metres.
    pub clearance_m: f64,
    /// Largest cosine of the angle between the line and the streets at its ends.
    pub max_cos: f64,
}

impl CutStyle {
    /// A line whose course is given and known to fit.
    pub fn given(kind: EdgeKind) -> Self {
        Self { kind, snap_m: 1.0, clearance_m: 0.5, max_cos: 1.0 }
    }
}

/// Cuts a face along a path whose ends lie on or next to its ring; the new face, or none when the line does not fit.
pub fn cut_face(mesh: &mut Mesh, face: u32, path: &[Spot], style: CutStyle) -> Option<u32> {
    let (first, last) = (*path.first()?, *path.last()?);
    let from = end_at(mesh, face, first, style)?;
    let to = end_at(mesh, face, last, style)?;
    let (a, b) = (from.at, to.at);
    let space = style.clearance_m.max(1.0);
    if a.to(b) < 2.0 * space || from.same_place(&to) {
        return None;
    }
    let inside: Vec<Spot> =
        path[1..path.len() - 1].iter().copied().filter(|p| p.to(a) > space && p.to(b) > space).collect();
    let mut line = vec![a];
    line.extend(&inside);
    line.push(b);
    if !fits(&mesh.outline(face), &line, style) || !angles_fit(mesh, face, &from, line[1], style) {
        return None;
    }
    if !angles_fit(mesh, face, &to, line[line.len() - 2], style) {
        return None;
    }
    let from_node = from.node(mesh, face)?;
    // Splitting at `from` may have moved the ring along: the other end is looked up again.
    let to_node = match to.place {
        Place::Node(n) => n,
        Place::Edge(_) => end_at(mesh, face, b, CutStyle { snap_m: 0.05, ..style })?.node(mesh, face)?,
    };
    mesh.cut(face, from_node, &inside, to_node, style.kind)
}

enum Place {
    Node(u32),
    Edge(u32),
}

struct End {
    at: Spot,
    place: Place,
}

impl End {
    fn same_place(&self, other: &Self) -> bool {
        match (&self.place, &other.place) {
            (Place::Node(a), Place::Node(b)) | (Place::Edge(a), Place::Edge(b)) => a == b,
            _ => false,
        }
    }

    fn node(&self, mesh: &mut Mesh, face: u32) -> Option<u32> {
        match self.place {
            Place::Node(n) => Some(n),
            Place::Edge(i) => {
                let ring = mesh.ring(face);
                let (a, b) = (ring[i as usize], ring[(i as usize + 1) % ring.len()]);
                let edge = mesh.edge_between(a, b)?;
                Some(mesh.split_edge(edge, self.at))
            }
        }
    }
}

/// Where a line ends on a ring: at a crossing nearby, a bend of the street very near, or a new place on its side.
fn end_at(mesh: &Mesh, face: u32, p: Spot, style: CutStyle) -> Option<End> {
    let ring = mesh.ring(face);
    let mut best: Option<(f64, u32)> = None;
    let mut bend: Option<(f64, u32)> = None;
    for &n in ring {
        let d = mesh.at(n).to(p);
        let slot = if mesh.edges_at(n).len() > 2 { &mut best } else { &mut bend };
        if slot.is_none_or(|(least, _)| d < least) {
            *slot = Some((d, n));
        }
    }
    if let Some((d, n)) = best
        && d <= style.snap_m
    {
        return Some(End { at: mesh.at(n), place: Place::Node(n) });
    }
    if let Some((d, n)) = bend
        && d <= style.snap_m.min(4.0)
    {
        return Some(End { at: mesh.at(n), place: Place::Node(n) });
    }
    let outline = mesh.outline(face);
    let (i, t, _) = sides(&outline)
        .enumerate()
        .map(|(i, (a, b))| {
            let (t, d) = nearest_on(a, b, p);
            (i, t, d)
        })
        .fold((0, 0.0, f64::INFINITY), |best, side| if side.2 < best.2 { side } else { best });
    let at = outline[i].toward(outline[(i + 1) % outline.len()], t);
    Some(End { at, place: Place::Edge(i as u32) })
}

/// Whether a line stays inside a ring: it meets no side but at its ends, and its bends keep their distance.
fn fits(outline: &[Spot], line: &[Spot], style: CutStyle) -> bool {
    let last = line.len() - 1;
    let roomy = line[1..last].iter().all(|&p| distance_to(outline, p) >= style.clearance_m);
    let free = line.windows(2).enumerate().all(|(i, pair)| {
        // Ends are pulled in a little so that touching the ring there is no meeting.
        let pull = |keep: bool, p: Spot, q: Spot| if keep { p.toward(q, (0.3 / p.to(q)).min(0.4)) } else { p };
        let (p, q) = (pull(i == 0, pair[0], pair[1]), pull(i + 1 == last, pair[1], pair[0]));
        sides(outline).all(|(a, b)| meeting(p, q, a, b).is_none())
    });
    roomy && free && crate::simulate::plane::holds(outline, line[0].toward(line[1], 0.5))
}

/// Whether the line leaves its end at a good angle to every street there, and no crossing gets more than four arms.
fn angles_fit(mesh: &Mesh, face: u32, end: &End, next: Spot, style: CutStyle) -> bool {
    if style.max_cos >= 1.0 {
        return true;
    }
    let d = (next - end.at).unit();
    let sharp = |q: Spot| (q - end.at).unit().dot(d) > style.max_cos;
    match end.place {
        Place::Node(n) => {
            let edges = mesh.edges_at(n);
            edges.len() < 4
                && !edges.iter().any(|&e| {
                    let edge = &mesh.edges()[e as usize];
                    sharp(mesh.at(if edge.a == n { edge.b } else { edge.a }))
                })
        }
        Place::Edge(i) => {
            let ring = mesh.ring(face);
            let (a, b) = (ring[i as usize], ring[(i as usize + 1) % ring.len()]);
            !sharp(mesh.at(a)) && !sharp(mesh.at(b))
        }
    }
}

/// Follows directions from a place inside an outline until it meets the outline; the place first, the meeting last.
pub fn trace(outline: &[Spot], from: Spot, toward: Spot, step_m: f64, way: impl Fn(Spot) -> Spot) -> Option<Vec<Spot>> {
    let mut path = vec![from];
    let (mut p, mut heading) = (from, toward);
    for _ in 0..4_000 {
        let turn = |d: Spot| {
            [d, d.right(), -d, -d.right()]
                .into_iter()
                .fold(d, |b, c| if c.dot(heading) > b.dot(heading) { c } else { b })
        };
        let half = turn(way(p + heading * (step_m / 2.0)));
        if half.dot(heading) < 0.88 {
            return None;
        }
        let q = p + half * step_m;
        let hit = sides(outline)
            .filter_map(|(a, b)| meeting(p, q, a, b))
            .map(|(t, _)| t)
            .filter(|&t| path.len() > 1 || t > 1e-6)
            .fold(f64::INFINITY, f64::min);
        if hit.is_finite() {
            path.push(p.toward(q, hit));
            return Some(path);
        }
        path.push(q);
        (p, heading) = (q, half);
    }
    None
}
