//! Visits as the log has them, those of a door that is gone included.

use super::{ExportError, OutRow, asked::Asked, moment::local, rows::point};
use crate::{
    commit::Service,
    store::StoreError,
    table::{
        Cell,
        write::{Column, ColumnKind, ShapeType, Sink, TableSchema},
    },
};
use jiff::Timestamp;
use std::ops::ControlFlow;
use wangge_core::domain::{
    District, SegmentData,
    event::{Event, Record, SegmentRows},
    visit::{Channel, Visit},
};

/// Visits looked up under one hold of the lock.
const PIECE: usize = 2_000;

const COLUMNS: [(&str, ColumnKind); 13] = [
    ("id", ColumnKind::Text),
    ("household", ColumnKind::Text),
    ("in_grid", ColumnKind::Text),
    ("round", ColumnKind::Text),
    ("outcome", ColumnKind::Text),
    ("happened_at", ColumnKind::Text),
    ("happened_local", ColumnKind::DateTime),
    ("recorded_at", ColumnKind::Text),
    ("by", ColumnKind::Text),
    ("channel", ColumnKind::Text),
    ("follow_up_at", ColumnKind::Text),
    ("replaces", ColumnKind::Text),
    ("corrected", ColumnKind::Bool),
];

/// What the table of visits looks like.
pub(super) fn schema() -> TableSchema {
    let columns = COLUMNS.map(|(name, kind)| Column::new(name, kind)).to_vec();
    TableSchema { name: "visits".to_owned(), columns, shape: Some(ShapeType::Point) }
}

/// A visit of the log.
struct Logged {
    visit: Visit,
    happened_at: Timestamp,
    recorded_at: Timestamp,
}

/// Writes the visits asked for, in the order recorded. The log is only ever added to, so whatever comes in meanwhile
/// lies behind the place where this ends.
pub(super) fn write(service: &Service, asked: &Asked, sink: &mut dyn Sink) -> Result<(), ExportError> {
    let mut waiting: Vec<Logged> = Vec::new();
    let mut failed: Option<ExportError> = None;
    service.log().read_events(1, &mut |n, record| {
        if n > asked.seq.n {
            return ControlFlow::Break(());
        }
        let taken = record.map_err(ExportError::from).and_then(|record| {
            take(service, asked, record, &mut waiting)?;
            if waiting.len() >= PIECE { put(service, asked, &mut waiting, sink) } else { Ok(()) }
        });
        match taken {
            Ok(()) => ControlFlow::Continue(()),
            Err(error) => {
                failed = Some(error);
                ControlFlow::Break(())
            }
        }
    })?;
    failed.map_or(Ok(()), Err)?;
    put(service, asked, &mut waiting, sink)
}

fn take(service: &Service, asked: &Asked, record: Record, waiting: &mut Vec<Logged>) -> Result<(), StoreError> {
    let is_asked = |visit: &Logged| {
        asked.from.is_none_or(|from| from <= visit.happened_at)
            && asked.until.is_none_or(|until| visit.happened_at <= until)
            && asked.known_at.is_none_or(|known_at| visit.recorded_at <= known_at)
            && asked.round.as_ref().is_none_or(|round| visit.visit.round.as_ref() == Some(&round.id))
    };
    match record.event {
        Event::VisitRecorded { visit, happened_at, .. } => {
            waiting.extend(Some(Logged { visit, happened_at, recorded_at: record.recorded_at }).filter(is_asked));
        }
        Event::Imported { segments, .. } => {
            for segment in segments {
                if let SegmentData::Rows(SegmentRows::Visits(rows)) = service.log().read_segment(&segment)? {
                    let logged = rows.into_iter().map(|row| Logged {
                        happened_at: row.visit.happened_at,
                        recorded_at: row.recorded_at,
                        visit: row.visit,
                    });
                    waiting.extend(logged.filter(is_asked));
                }
            }
        }
        Event::RoundOpened { .. } | Event::ClockAdvanced { .. } => {}
    }
    Ok(())
}

fn put(service: &Service, asked: &Asked, waiting: &mut Vec<Logged>, sink: &mut dyn Sink) -> Result<(), ExportError> {
    let mut rest = waiting.drain(..).peekable();
    while rest.peek().is_some() {
        let rows: Vec<OutRow> = {
            let district = service.district.read();
            rest.by_ref().take(PIECE).filter_map(|visit| row(&district, asked, visit)).collect()
        };
        rows.iter().try_for_each(|(cells, shape)| sink.write(cells, shape.as_ref()))?;
    }
    Ok(())
}

/// The row of a visit; none when its door lies outside the area asked for.
fn row(district: &District, asked: &Asked, logged: Logged) -> Option<OutRow> {
    let Logged { visit, happened_at, recorded_at } = logged;
    let door = district.households().by_id(&visit.household);
    if let Some(within) = &asked.within {
        door.filter(|door| within.holds_door(district, *door))?;
    }
    let grid = door.and_then(|door| district.households().grid(door)).and_then(|slot| district.areas().get(slot));
    let moment = |at: Option<Timestamp>| at.map_or(Cell::Empty, |at| Cell::Text(at.to_string()));
    let cells = vec![
        Cell::Text(visit.id.to_string()),
        Cell::Text(visit.household),
        grid.map_or(Cell::Empty, |grid| Cell::Text(grid.code.clone())),
        visit.round.map_or(Cell::Empty, Cell::Text),
        Cell::Text(visit.outcome.id().to_owned()),
        moment(Some(happened_at)),
        Cell::DateTime(local(happened_at)),
        moment(Some(recorded_at)),
        visit.by.map_or(Cell::Empty, Cell::Text),
        visit.channel.map_or(Cell::Empty, |channel| Cell::Text(channel_id(channel).to_owned())),
        moment(visit.follow_up_at),
        visit.replaces.map_or(Cell::Empty, |id| Cell::Text(id.to_string())),
        district.was_corrected(visit.id, asked.as_of).map_or(Cell::Empty, Cell::Bool),
    ];
    Some((cells, door.map(|door| point(district.households().at(door)))))
}

fn channel_id(channel: Channel) -> &'static str {
    match channel {
        Channel::Door => "door",
        Channel::Phone => "phone",
        Channel::Chat => "chat",
    }
}
