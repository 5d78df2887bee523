//! What an older event may have altered, told from the district of today: fills the stream's memory after a start from
//! a snapshot. It may name too much, never too little.

use super::{
    apply::tidy,
    changes::{Changes, RoundChanges},
    district::District,
    event::{Event, Record},
    seq::Seq,
};

/// Doors, areas and lists that an event already applied may have changed.
pub fn touched(district: &District, record: &Record) -> Changes {
    let mut rounds: Vec<RoundChanges> = district
        .rounds()
        .iter()
        .enumerate()
        .map(|(round, _)| RoundChanges { round, ..RoundChanges::default() })
        .collect();
    let (mut shapes, mut round_list) = (false, false);
    let mut doors: Vec<u32> = Vec::new();
    match &record.event {
        Event::Imported { .. } => {
            shapes = true;
            doors = district.households().slots().collect();
        }
        Event::RoundOpened { .. } => {
            round_list = true;
            // Opening a round between others changes what later ones carry: every door may be another.
            doors = district.households().slots().collect();
        }
        Event::VisitRecorded { visit, .. } => doors.extend(district.households().by_id(&visit.household)),
        Event::ClockAdvanced { today: Some(_), .. } => {
            shapes = true;
            doors = district.households().slots().collect();
        }
        Event::ClockAdvanced { since, at, today: None } => {
            let due = district.visits.follow_ups(since.as_microsecond(), at.as_microsecond());
            doors.extend(due.map(|(_, door)| door));
        }
    }
    for change in &mut rounds {
        change.households.clone_from(&doors);
        (change.total, change.unassigned) = (!doors.is_empty(), !doors.is_empty());
        let leaves = doors.iter().filter_map(|door| district.households().leaf(*door));
        change.areas = leaves.flat_map(|leaf| district.areas().up(leaf)).collect();
    }
    tidy(&mut rounds);
    let seq = Seq { epoch: district.seq().epoch, n: record.n };
    Changes { seq, at: record.recorded_at, rounds, shapes, round_list }
}
