//! Areas, roads, base and visits, taken apart into columns and put together again.
//!
//! The rows' own serde is for JSON and leaves members out, which postcard cannot read back; these structs do not.

use super::{
    Columns,
    columns::{ColumnError, Lines, Moment, Polygons, Positions, Reader, Words, moment_of, timestamp_of},
};
use crate::domain::{
    area::{AreaRow, Level},
    event::PastVisit,
    feature::{BaseClass, BaseRow, RoadClass, RoadRow},
    visit::{Channel, Outcome, Visit},
};
use crate::geometry::{
    position::FixedPoint,
    shape::{MultiPolygon, Polyline, Shape},
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

#[derive(Serialize, Deserialize)]
pub(super) struct AreaColumns {
    code: Vec<String>,
    name: Vec<String>,
    level: Vec<Level>,
    parent: Vec<Option<String>>,
    geometry: Polygons,
    starts_on: Vec<Option<String>>,
    ends_on: Vec<Option<String>>,
}

impl Columns for AreaColumns {
    type Row = AreaRow;

    fn of(rows: &[AreaRow]) -> Self {
        Self {
            code: rows.iter().map(|r| r.code.clone()).collect(),
            name: rows.iter().map(|r| r.name.clone()).collect(),
            level: rows.iter().map(|r| r.level).collect(),
            parent: rows.iter().map(|r| r.parent.clone()).collect(),
            geometry: Polygons::of(rows.iter().map(|r| &r.geometry)),
            starts_on: rows.iter().map(|r| r.starts_on.clone()).collect(),
            ends_on: rows.iter().map(|r| r.ends_on.clone()).collect(),
        }
    }

    fn into_rows(self) -> Result<Vec<AreaRow>, ColumnError> {
        let mut name = Reader::new("name", self.name);
        let mut level = Reader::new("level", self.level);
        let mut parent = Reader::new("parent", self.parent);
        let mut geometry = self.geometry.read();
        let mut starts_on = Reader::new("starts_on", self.starts_on);
        let mut ends_on = Reader::new("ends_on", self.ends_on);
        let rows = self
            .code
            .into_iter()
            .map(|code| {
                Ok(AreaRow {
                    code,
                    name: name.next()?,
                    level: level.next()?,
                    parent: parent.next()?,
                    geometry: geometry.next()?,
                    starts_on: starts_on.next()?,
                    ends_on: ends_on.next()?,
                })
            })
            .collect::<Result<_, ColumnError>>()?;
        name.end()?;
        level.end()?;
        parent.end()?;
        geometry.end()?;
        starts_on.end()?;
        ends_on.end()?;
        Ok(rows)
    }
}

#[derive(Serialize, Deserialize)]
pub(super) struct RoadColumns {
    id: Vec<String>,
    name: Words,
    class: Vec<RoadClass>,
    line: Lines,
}

impl Columns for RoadColumns {
    type Row = RoadRow;

    fn of(rows: &[RoadRow]) -> Self {
        Self {
            id: rows.iter().map(|r| r.id.clone()).collect(),
            name: Words::of(rows.iter().map(|r| r.name.as_str())),
            class: rows.iter().map(|r| r.class).collect(),
            line: Lines::of(rows.iter().map(|r| &r.line)),
        }
    }

    fn into_rows(self) -> Result<Vec<RoadRow>, ColumnError> {
        let mut name = self.name.read("name");
        let mut class = Reader::new("class", self.class);
        let mut line = self.line.read();
        let rows = self
            .id
            .into_iter()
            .map(|id| Ok(RoadRow { id, name: name.next()?, class: class.next()?, line: line.next()? }))
            .collect::<Result<_, ColumnError>>()?;
        name.end()?;
        class.end()?;
        line.end()?;
        Ok(rows)
    }
}

#[derive(Serialize, Deserialize)]
pub(super) struct BaseColumns {
    id: Vec<String>,
    name: Words,
    class: Vec<BaseClass>,
    /// 0 a point, 1 a line, 2 polygons; each kind's shapes lie in a column of their own.
    shape: Vec<u8>,
    points: Positions,
    lines: Lines,
    polygons: Polygons,
}

impl Columns for BaseColumns {
    type Row = BaseRow;

    fn of(rows: &[BaseRow]) -> Self {
        let shapes = || rows.iter().map(|r| &r.shape);
        let number = |shape: &Shape| match shape {
            Shape::Point(_) => 0,
            Shape::Line(_) => 1,
            Shape::Polygons(_) => 2,
        };
        Self {
            id: rows.iter().map(|r| r.id.clone()).collect(),
            name: Words::of(rows.iter().map(|r| r.name.as_str())),
            class: rows.iter().map(|r| r.class).collect(),
            shape: shapes().map(number).collect(),
            points: Positions::of(shapes().filter_map(point_of)),
            lines: Lines::of(shapes().filter_map(line_of)),
            polygons: Polygons::of(shapes().filter_map(polygons_of)),
        }
    }

    fn into_rows(self) -> Result<Vec<BaseRow>, ColumnError> {
        let mut name = self.name.read("name");
        let mut class = Reader::new("class", self.class);
        let mut shape = Reader::new("shape", self.shape);
        let (mut points, mut lines, mut polygons) = (self.points.read(), self.lines.read(), self.polygons.read());
        let rows = self
            .id
            .into_iter()
            .map(|id| {
                let shape = match shape.next()? {
                    0 => Shape::Point(points.next()?),
                    1 => Shape::Line(lines.next()?),
                    2 => Shape::Polygons(polygons.next()?),
                    other => return Err(ColumnError::Value { column: "shape", value: i64::from(other) }),
                };
                Ok(BaseRow { id, name: name.next()?, class: class.next()?, shape })
            })
            .collect::<Result<_, ColumnError>>()?;
        name.end()?;
        class.end()?;
        shape.end()?;
        points.end()?;
        lines.end()?;
        polygons.end()?;
        Ok(rows)
    }
}

fn point_of(shape: &Shape) -> Option<&FixedPoint> {
    if let Shape::Point(p) = shape { Some(p) } else { None }
}

fn line_of(shape: &Shape) -> Option<&Polyline> {
    if let Shape::Line(line) = shape { Some(line) } else { None }
}

fn polygons_of(shape: &Shape) -> Option<&MultiPolygon> {
    if let Shape::Polygons(polygons) = shape { Some(polygons) } else { None }
}

#[derive(Serialize, Deserialize)]
pub(super) struct VisitColumns {
    /// Sixteen bytes a visit.
    id: Vec<u8>,
    household: Vec<String>,
    round: Vec<Option<u32>>,
    outcome: Vec<Outcome>,
    happened_at: Vec<Moment>,
    sent_at: Vec<Option<Moment>>,
    by: Vec<Option<u32>>,
    channel: Vec<Option<Channel>>,
    follow_up_at: Vec<Option<Moment>>,
    replaces: Vec<Option<[u8; 16]>>,
    recorded_at: Vec<Moment>,
    /// Rounds and people, by their number.
    words: Vec<String>,
}

impl Columns for VisitColumns {
    type Row = PastVisit;

    fn of(rows: &[PastVisit]) -> Self {
        let mut words = Vec::new();
        let mut places = std::collections::HashMap::new();
        let mut place_of = |text: &Option<String>| {
            text.as_ref().map(|text| {
                *places.entry(text.clone()).or_insert_with(|| {
                    words.push(text.clone());
                    (words.len() - 1) as u32
                })
            })
        };
        let round = rows.iter().map(|r| place_of(&r.visit.round)).collect();
        let by = rows.iter().map(|r| place_of(&r.visit.by)).collect();
        let visits = || rows.iter().map(|r| &r.visit);
        Self {
            id: visits().flat_map(|v| *v.id.as_bytes()).collect(),
            household: visits().map(|v| v.household.clone()).collect(),
            round,
            outcome: visits().map(|v| v.outcome).collect(),
            happened_at: visits().map(|v| moment_of(v.happened_at)).collect(),
            sent_at: visits().map(|v| v.sent_at.map(moment_of)).collect(),
            by,
            channel: visits().map(|v| v.channel).collect(),
            follow_up_at: visits().map(|v| v.follow_up_at.map(moment_of)).collect(),
            replaces: visits().map(|v| v.replaces.map(Uuid::into_bytes)).collect(),
            recorded_at: rows.iter().map(|r| moment_of(r.recorded_at)).collect(),
            words,
        }
    }

    fn into_rows(self) -> Result<Vec<PastVisit>, ColumnError> {
        let words = self.words;
        let word = |column: &'static str, at: Option<u32>| {
            let find = |at: u32| words.get(at as usize).cloned();
            at.map(|at| find(at).ok_or(ColumnError::Value { column, value: i64::from(at) })).transpose()
        };
        let (ids, rest) = self.id.as_chunks::<16>();
        if !rest.is_empty() {
            return Err(ColumnError::Short("id"));
        }
        let mut id = Reader::new("id", ids.to_vec());
        let mut round = Reader::new("round", self.round);
        let mut outcome = Reader::new("outcome", self.outcome);
        let mut happened_at = Reader::new("happened_at", self.happened_at);
        let mut sent_at = Reader::new("sent_at", self.sent_at);
        let mut by = Reader::new("by", self.by);
        let mut channel = Reader::new("channel", self.channel);
        let mut follow_up_at = Reader::new("follow_up_at", self.follow_up_at);
        let mut replaces = Reader::new("replaces", self.replaces);
        let mut recorded_at = Reader::new("recorded_at", self.recorded_at);
        let rows = self
            .household
            .into_iter()
            .map(|household| {
                let visit = Visit {
                    id: Uuid::from_bytes(id.next()?),
                    household,
                    round: word("round", round.next()?)?,
                    outcome: outcome.next()?,
                    happened_at: timestamp_of(happened_at.next()?)?,
                    sent_at: sent_at.next()?.map(timestamp_of).transpose()?,
                    by: word("by", by.next()?)?,
                    channel: channel.next()?,
                    follow_up_at: follow_up_at.next()?.map(timestamp_of).transpose()?,
                    replaces: replaces.next()?.map(Uuid::from_bytes),
                };
                Ok(PastVisit { visit, recorded_at: timestamp_of(recorded_at.next()?)? })
            })
            .collect::<Result<_, ColumnError>>()?;
        id.end()?;
        round.end()?;
        outcome.end()?;
        happened_at.end()?;
        sent_at.end()?;
        by.end()?;
        channel.end()?;
        follow_up_at.end()?;
        replaces.end()?;
        recorded_at.end()?;
        Ok(rows)
    }
}
