//! Geometry commands (4.3): written from tile positions, checked and walked from command integers.

use super::protobuf::{put_varint, unzigzag, zigzag};

const MOVE_TO: u32 = 1;
const LINE_TO: u32 = 2;
const CLOSE_PATH: u32 = 7;

/// What a feature's geometry is (4.3.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum GeometryKind {
    /// A kind the reader does not know; its geometry is not interpreted.
    Unknown = 0,
    /// One or more points.
    Point = 1,
    /// One or more lines.
    Line = 2,
    /// One or more polygons.
    Polygon = 3,
}

/// Writes the commands of points; false and nothing written when there are none.
pub fn write_points(out: &mut Vec<u8>, points: &[(i32, i32)]) -> bool {
    if points.is_empty() {
        return false;
    }
    let mut pen = Pen { out, at: (0, 0) };
    pen.command(MOVE_TO, points.len());
    points.iter().for_each(|&p| pen.position(p));
    true
}

/// Writes the commands of lines; repeated positions are left out, and so are lines shorter than two positions.
pub fn write_lines(out: &mut Vec<u8>, lines: &[Vec<(i32, i32)>]) -> bool {
    let start = out.len();
    let mut pen = Pen { out, at: (0, 0) };
    for line in lines {
        let mut line = line.clone();
        line.dedup();
        if let [first, rest @ ..] = line.as_slice()
            && !rest.is_empty()
        {
            pen.command(MOVE_TO, 1);
            pen.position(*first);
            pen.command(LINE_TO, rest.len());
            rest.iter().for_each(|&p| pen.position(p));
        }
    }
    out.len() > start
}

/// Writes the commands of polygons, each a list of rings, the outer one first; the first position need not be repeated.
///
/// Every ring is wound as 4.3.3.3 wants it, whichever way it came: outer rings with a positive area in tile units, holes
/// with a negative one. Rings without an area are left out, and with an outer ring its holes.
pub fn write_polygons(out: &mut Vec<u8>, polygons: &[Vec<Vec<(i32, i32)>>]) -> bool {
    let start = out.len();
    let mut pen = Pen { out, at: (0, 0) };
    for polygon in polygons {
        for (place, ring) in polygon.iter().enumerate() {
            let mut ring = ring.clone();
            ring.dedup();
            while ring.len() > 1 && ring.first() == ring.last() {
                ring.pop();
            }
            let area = doubled_area(ring.iter().copied());
            if ring.len() < 3 || area == 0 {
                if place == 0 {
                    break;
                }
                continue;
            }
            if (area > 0) != (place == 0) {
                ring.reverse();
            }
            pen.command(MOVE_TO, 1);
            pen.position(ring[0]);
            pen.command(LINE_TO, ring.len() - 1);
            ring[1..].iter().for_each(|&p| pen.position(p));
            pen.command(CLOSE_PATH, 1);
        }
    }
    out.len() > start
}

/// Twice the signed area of a ring by the surveyor's formula; positive is clockwise as seen, y being south.
pub(super) fn doubled_area(ring: impl Iterator<Item = (i32, i32)> + Clone) -> i128 {
    let next = ring.clone().skip(1).chain(ring.clone().next());
    ring.zip(next).map(|(a, b)| i128::from(a.0) * i128::from(b.1) - i128::from(b.0) * i128::from(a.1)).sum()
}

/// Writes commands relative to where it is.
struct Pen<'a> {
    out: &'a mut Vec<u8>,
    at: (i32, i32),
}

impl Pen<'_> {
    fn command(&mut self, id: u32, count: usize) {
        put_varint(self.out, u64::from(id) | (count as u64) << 3);
    }

    fn position(&mut self, p: (i32, i32)) {
        put_varint(self.out, u64::from(zigzag(p.0.wrapping_sub(self.at.0))));
        put_varint(self.out, u64::from(zigzag(p.1.wrapping_sub(self.at.1))));
        self.at = p;
    }
}

/// What is wrong with a feature's geometry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum GeometryError {
    /// No commands at all.
    #[error("no geometry; a feature needs at least one command")]
    Empty,
    /// A command the kind does not allow there.
    #[error("command {id} with count {count} cannot stand there in a {kind:?} geometry")]
    Command {
        /// Command id.
        id: u32,
        /// Its count.
        count: u32,
        /// The feature's kind.
        kind: GeometryKind,
    },
    /// Fewer parameters than the command's count asks for.
    #[error("command {id} asks for {count} positions, but the geometry ends before them")]
    Truncated {
        /// Command id.
        id: u32,
        /// Its count.
        count: u32,
    },
    /// A position outside 32 bits.
    #[error("a position leaves the 32-bit range")]
    Range,
    /// A line or ring that ends too early.
    #[error("a {0:?} geometry ends inside a part")]
    Unfinished(GeometryKind),
}

/// Checks command integers against the grammar of their kind (4.3.4.2–4.3.4.4), so that [`Commands`] cannot fail.
pub(super) fn check(kind: GeometryKind, integers: &[u32]) -> Result<(), GeometryError> {
    if kind == GeometryKind::Unknown {
        return Ok(());
    }
    if integers.is_empty() {
        return Err(GeometryError::Empty);
    }
    let (mut rest, mut at, mut before) = (integers, (0i32, 0i32), CLOSE_PATH);
    let mut is_first = true;
    while let [head, tail @ ..] = rest {
        let (id, count) = (head & 7, head >> 3);
        let is_allowed = match (kind, before, id) {
            (GeometryKind::Point, _, MOVE_TO) => is_first && count > 0,
            (GeometryKind::Line, CLOSE_PATH | LINE_TO, MOVE_TO) => count == 1,
            (GeometryKind::Line, MOVE_TO, LINE_TO) => count > 0,
            (GeometryKind::Polygon, CLOSE_PATH, MOVE_TO) => count == 1,
            (GeometryKind::Polygon, MOVE_TO, LINE_TO) => count > 1,
            (GeometryKind::Polygon, LINE_TO, CLOSE_PATH) => count == 1,
            _ => false,
        };
        if !is_allowed {
            return Err(GeometryError::Command { id, count, kind });
        }
        (rest, before, is_first) = (tail, id, false);
        if id != CLOSE_PATH {
            let needed = (count as usize).saturating_mul(2);
            let (parameters, after) = rest.split_at_checked(needed).ok_or(GeometryError::Truncated { id, count })?;
            for pair in parameters.chunks_exact(2) {
                let x = at.0.checked_add(unzigzag(pair[0])).ok_or(GeometryError::Range)?;
                let y = at.1.checked_add(unzigzag(pair[1])).ok_or(GeometryError::Range)?;
                at = (x, y);
            }
            rest = after;
        }
    }
    let is_finished = match kind {
        GeometryKind::Line => before == LINE_TO,
        GeometryKind::Polygon => before == CLOSE_PATH,
        GeometryKind::Point | GeometryKind::Unknown => true,
    };
    if is_finished { Ok(()) } else { Err(GeometryError::Unfinished(kind)) }
}

/// A drawing command with its position in tile units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Command {
    /// Begins a point, line or ring.
    MoveTo(i32, i32),
    /// Goes on to a position.
    LineTo(i32, i32),
    /// Closes the ring.
    Close,
}

/// Commands of a feature, one position each.
#[derive(Debug, Clone)]
pub struct Commands<'a> {
    rest: &'a [u32],
    at: (i32, i32),
    id: u32,
    left: u32,
}

impl<'a> Commands<'a> {
    /// `integers` have passed [`check`]; others end early.
    pub(super) fn new(integers: &'a [u32]) -> Self {
        Self { rest: integers, at: (0, 0), id: 0, left: 0 }
    }
}

impl Iterator for Commands<'_> {
    type Item = Command;

    fn next(&mut self) -> Option<Command> {
        while self.left == 0 {
            let (head, rest) = self.rest.split_first()?;
            (self.id, self.left, self.rest) = (head & 7, head >> 3, rest);
        }
        self.left -= 1;
        if self.id == CLOSE_PATH {
            return Some(Command::Close);
        }
        let ([dx, dy], rest) = self.rest.split_first_chunk()?;
        self.rest = rest;
        self.at = (self.at.0.wrapping_add(unzigzag(*dx)), self.at.1.wrapping_add(unzigzag(*dy)));
        Some(match self.id {
            MOVE_TO => Command::MoveTo(self.at.0, self.at.1),
            _ => Command::LineTo(self.at.0, self.at.1),
        })
    }
}
