//! Shapes through the gate, and back into raw ones.

use super::field::FieldFault;
use super::values::Values;
use crate::table::{Position, RawShape};
use wangge_core::geometry::{
    gate,
    position::{FixedPoint, lonlat_from_fixed},
    shape::{MultiPolygon, Polyline, Ring},
};

impl<'a> Values<'a> {
    fn needed_shape(&self, what: &str, needs: &str) -> Result<&'a RawShape, FieldFault> {
        let missing = || FieldFault::geometry(format!("is missing; {what} needs {needs}"));
        self.shape().ok_or_else(missing)
    }

    /// The position of a row that needs one; `what` is the row with its article.
    ///
    /// # Errors
    /// [`FieldFault`] when there is none, it is another shape, or off the map.
    pub fn point(&self, what: &str) -> Result<FixedPoint, FieldFault> {
        match self.needed_shape(what, "a point: longitude and latitude, WKT, or a geometry")? {
            RawShape::Point(position) => gate::point(position).map_err(FieldFault::geometry),
            RawShape::Points(positions) if positions.len() == 1 => {
                gate::point(&positions[0]).map_err(FieldFault::geometry)
            }
            other => Err(FieldFault::geometry(format!("is a {}; {what} is a Point", other.name()))),
        }
    }

    /// The line of a row that needs one. Lines of several parts are taken when each begins where another ends.
    ///
    /// # Errors
    /// [`FieldFault`] when there is none, it is another shape, in parts that lie apart, or off the map.
    pub fn line(&self, what: &str) -> Result<Polyline, FieldFault> {
        let lines = match self.needed_shape(what, "a line")? {
            RawShape::Lines(lines) => lines,
            // What encloses something is drawn as an area by many.
            RawShape::Polygons(polygons) if polygons.len() == 1 && polygons[0].len() == 1 => &polygons[0],
            other => return Err(FieldFault::geometry(format!("is a {}; {what} is a LineString", other.name()))),
        };
        match lines.as_slice() {
            [line] => gate::line(line),
            lines => gate::line(&joined(lines).ok_or_else(|| {
                let apart = format!("has {} lines that lie apart; {what} is one line, make each a row", lines.len());
                FieldFault::geometry(apart)
            })?),
        }
        .map_err(FieldFault::geometry)
    }

    /// The polygons of a row that needs them.
    ///
    /// # Errors
    /// [`FieldFault`] when there are none, it is another shape, or the gate refuses them.
    pub fn polygons(&self, what: &str) -> Result<MultiPolygon, FieldFault> {
        match self.needed_shape(what, "a polygon")? {
            RawShape::Polygons(polygons) => gate::polygons(polygons).map_err(FieldFault::geometry),
            other => {
                let message = format!("is a {}; {what} is a Polygon or a MultiPolygon", other.name());
                Err(FieldFault::geometry(message))
            }
        }
    }
}

/// Lines as one, each beginning where the one before ends, turned round where needed.
fn joined(lines: &[Vec<Position>]) -> Option<Vec<Position>> {
    let mut rest: Vec<&Vec<Position>> = lines.iter().filter(|line| !line.is_empty()).collect();
    let mut whole = if rest.is_empty() { return None } else { rest.remove(0).clone() };
    while !rest.is_empty() {
        let (first, last) = (*whole.first()?, *whole.last()?);
        let at = rest.iter().position(|line| {
            let ends = [line.first().copied(), line.last().copied()];
            ends.contains(&Some(first)) || ends.contains(&Some(last))
        })?;
        let mut next = rest.remove(at).clone();
        if next.first() != Some(&last) && next.last() != Some(&last) {
            whole.reverse();
        }
        if next.first() != whole.last() {
            next.reverse();
        }
        whole.extend_from_slice(&next[1..]);
    }
    Some(whole)
}

/// A position in degrees.
pub(super) fn raw(point: FixedPoint) -> Position {
    lonlat_from_fixed(point).into()
}

/// A line in degrees.
pub(super) fn raw_line(line: &Polyline) -> RawShape {
    RawShape::Lines(vec![line.iter().copied().map(raw).collect()])
}

/// Polygons in degrees, closed; outer rings run counter-clockwise, holes clockwise (RFC 7946, 3.1.6).
pub(super) fn raw_polygons(polygons: &MultiPolygon) -> RawShape {
    // Turned round so that the gate, turning it back, begins where it began.
    let closed = |ring: &Ring| ring.iter().rev().chain(ring.last()).copied().map(raw).collect();
    RawShape::Polygons(polygons.iter().map(|polygon| polygon.rings().map(closed).collect()).collect())
}
