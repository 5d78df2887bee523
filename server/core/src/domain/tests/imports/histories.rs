//! Imports in random histories: what follows from them, read again from the words of the design with none of the code
//! under test.

use super::*;
use crate::domain::dates::{date_of, local_date};
use jiff::civil::Date;

/// An area by number, its rectangle, and its first and last day from today.
type Drawn = (u8, [u32; 4], Option<i64>, Option<i64>);

/// One thing that happens.
#[derive(Debug, Clone)]
enum Step {
    /// Doors, new, known or moved: number, place, residents.
    Doors(Vec<(u8, u32, u32, u16)>),
    /// Grids (0..3) and blocks of the first two (3..7), each with a rectangle and its first and last day from today.
    Areas(Vec<Drawn>),
    /// A visit at a door in a round.
    Visit(u8, u8, usize),
    /// Time passes, in hours; the clock looks.
    Wait(i64),
}

fn any_step() -> impl Strategy<Value = Step> {
    let side = || (0u32..20).prop_map(|n| n * SIDE / 8);
    let door = (0u8..24, side(), side(), 0u16..4);
    let rectangle = [side().boxed(), side().boxed(), side().boxed(), side().boxed()];
    let days = || prop::option::weighted(0.5, -3i64..6);
    prop_oneof![
        3 => prop::collection::vec(door, 1..6).prop_map(Step::Doors),
        4 => prop::collection::vec((0u8..7, rectangle, days(), days()), 1..4).prop_map(Step::Areas),
        4 => (0u8..24, 0u8..3, 0usize..8).prop_map(|(door, round, outcome)| Step::Visit(door, round, outcome)),
        3 => (1i64..80).prop_map(Step::Wait),
    ]
}

fn code(which: u8) -> (String, Level, String) {
    match which {
        0..3 => (format!("35060200100100{which}"), Level::Grid, "350602001001".to_owned()),
        _ => {
            let grid = format!("35060200100100{}", which % 2);
            (format!("{grid}00{which}"), Level::Block, grid)
        }
    }
}

/// Versions of every area by code and first day, as rows said them.
type Said = BTreeMap<String, BTreeMap<Option<Date>, AreaRow>>;

/// The version of a code that a day falls into.
fn version(said: &Said, code: &str, today: Date) -> Option<(Option<Date>, AreaRow)> {
    let versions = said.get(code)?;
    let (start, row) = versions.iter().rev().find(|(start, _)| start.is_none_or(|start| start <= today))?;
    Some((*start, row.clone()))
}

fn in_force(said: &Said, today: Date) -> Vec<AreaRow> {
    let versions = said.keys().filter_map(|code| version(said, code, today)).map(|(_, row)| row);
    versions.filter(|row| row.ends_on.as_deref().and_then(date_of).is_none_or(|end| today < end)).collect()
}

/// A row that was taken.
fn say(said: &mut Said, row: &AreaRow, today: Date) {
    let now = version(said, &row.code, today).map(|(start, _)| start);
    let start = row.starts_on.as_deref().and_then(date_of).or(now.flatten());
    said.entry(row.code.clone()).or_default().insert(start, row.clone());
}

/// Grid and block of a position, by a look at every one in force.
fn areas_of(there: &[AreaRow], at: FixedPoint) -> (Option<String>, Option<String>) {
    let holds = |level: Level| {
        let holding = there.iter().filter(move |row| row.level == level && place(&row.geometry, at) != Place::Outside);
        holding.min_by(|a, b| a.code.cmp(&b.code))
    };
    let grid = holds(Level::Grid);
    let block = grid.and_then(|grid| holds(Level::Block).filter(|block| block.parent.as_ref() == Some(&grid.code)));
    (grid.map(|row| row.code.clone()), block.map(|row| row.code.clone()))
}

/// The rows of a step of areas, each code once.
fn area_rows(areas: &[Drawn], today: Date) -> Vec<AreaRow> {
    let day =
        |from_today: i64| today.checked_add(jiff::SignedDuration::from_hours(24 * from_today)).unwrap().to_string();
    let row = |(which, [x, y, width, height], start, end): &Drawn| {
        let (code, level, parent) = code(*which);
        let ends = end.filter(|end| start.is_none_or(|start| start < *end));
        AreaRow {
            name: code.clone(),
            code,
            level,
            parent: Some(parent),
            geometry: rectangle(*x, *y, width + 1, height + 1),
            starts_on: start.map(day),
            ends_on: ends.map(day),
        }
    };
    let mut rows: Vec<AreaRow> = areas.iter().map(row).collect();
    rows.sort_by(|a, b| a.code.cmp(&b.code));
    rows.dedup_by(|a, b| a.code == b.code);
    rows
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 160, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn doors_lie_in_the_areas_in_force_and_every_figure_follows(steps in prop::collection::vec(any_step(), 1..40)) {
        let mut d = district();
        follow(&mut d, Event::RoundOpened { round: round("third", 2000, None, &[]) }, at(0));
        let mut said = Said::new();
        let mut log: Vec<(Record, Vec<SegmentRows>)> = Vec::new();
        let beginning = d.clone();
        let mut now = 5000;
        samples::rows().0.iter().for_each(|row| say(&mut said, row, local_date(at(0))));
        let mut visits = 0u128;
        for step in steps {
            now += 60;
            let today = local_date(at(now));
            let (command, rows) = match &step {
                Step::Doors(doors) => {
                    let mut doors: Vec<HouseholdRow> = doors.iter().map(|(id, x, y, residents)| HouseholdRow {
                        id: format!("door-{id}"),
                        at: point(*x, *y),
                        residents: *residents,
                        ..door(&beginning, "door-0")
                    }).collect();
                    doors.sort_by(|a, b| a.id.cmp(&b.id));
                    doors.dedup_by(|a, b| a.id == b.id);
                    (None, vec![SegmentRows::Households(doors)])
                }
                Step::Areas(areas) => (None, vec![SegmentRows::Areas(area_rows(areas, today))]),
                Step::Visit(door, in_round, outcome) => {
                    visits += 1;
                    let in_round = ["past", "now", "third"][usize::from(*in_round)];
                    let happened = if in_round == "past" { 500 } else { now };
                    let visit = visit(visits, &format!("door-{door}"), Some(in_round), Outcome::ALL[*outcome], happened);
                    (Some(Command::Visit(visit)), Vec::new())
                }
                Step::Wait(hours) => {
                    now += hours * 3600;
                    (Some(Command::AdvanceClock), Vec::new())
                }
            };
            let today = local_date(at(now));
            let command = match command {
                Some(command) => command,
                None => {
                    let Ok((checked, _)) = looked(&d, &rows) else { continue };
                    let segments = rows.iter().map(|r| SegmentRef { id: 1, rows: r.len() as u64, crc32: 0 }).collect();
                    Command::Import { source: "test".into(), segments, checked }
                }
            };
            let Ok(Checked::Accept(event)) = check(&d, &Staged::default(), &command, at(now)) else { continue };
            if let [SegmentRows::Areas(areas)] = &rows[..] {
                areas.iter().for_each(|row| say(&mut said, row, today));
            }
            let record = Record { n: d.seq().n + 1, recorded_at: at(now), event };
            let before = d.clone();
            let changes = apply(&mut d, &record, &rows).unwrap();
            let wide = touched(&d, &record);
            prop_assert!(wide.shapes || !changes.shapes);
            for (index, (old, new)) in before.rounds().iter().zip(d.rounds()).enumerate() {
                let differs = |slot: &u32| old.doors[*slot as usize] != new.doors[*slot as usize];
                let doors: Vec<u32> = before.households().slots().filter(differs).collect();
                let differs = |slot: &u32| old.areas[*slot as usize] != new.areas[*slot as usize];
                let areas: Vec<u32> = (0..before.areas().len() as u32).filter(differs).collect();
                let named = changes.rounds.iter().find(|c| c.round == index);
                prop_assert_eq!(named.map_or(&[][..], |c| &c.households), doors.as_slice());
                prop_assert_eq!(named.map_or(&[][..], |c| &c.areas), areas.as_slice());
                let sums = [old.total != new.total, old.unassigned != new.unassigned];
                prop_assert_eq!(named.map_or([false; 2], |c| [c.total, c.unassigned]), sums);
                let wide = wide.rounds.iter().find(|c| c.round == index);
                let named = wide.map_or([false; 2], |w| [w.total, w.unassigned]);
                prop_assert!(named.iter().zip(sums).all(|(named, differs)| *named || !differs));
                prop_assert!(doors.iter().all(|slot| wide.is_some_and(|w| w.households.contains(slot))));
                prop_assert_eq!(new.doors.len(), d.households().len());
                prop_assert_eq!(new.areas.len(), d.areas().len());
            }
            log.push((record, rows));
            // The calendar moves with events; between them the district is that of the day it knows.
            let there = in_force(&said, d.today().unwrap_or(local_date(at(0))));
            let codes: Vec<&str> = there.iter().map(|row| row.code.as_str()).collect();
            let mut kept: Vec<&str> = d.areas().iter().map(|area| area.code.as_str()).collect();
            kept.sort_unstable();
            prop_assert_eq!(kept, codes);
            for slot in d.households().slots() {
                let code = |slot: Option<u32>| slot.and_then(|slot| d.areas().get(slot)).map(|area| area.code.clone());
                let kept = (code(d.households().grid(slot)), code(d.households().block(slot)));
                prop_assert_eq!(kept, areas_of(&there, d.households().at(slot)), "{}", d.households().id(slot));
            }
            prop_assert_eq!(recount(&d), Vec::<String>::new());
        }
        let held = d.to_snapshot().unwrap();
        let back = District::from_snapshot(&held).unwrap();
        prop_assert!(back.areas().all().eq(d.areas().all()));
        prop_assert_eq!(back.rounds(), d.rounds());
        prop_assert_eq!((back.waiting(), back.next_due(), back.today()), (d.waiting(), d.next_due(), d.today()));
        let mut again = beginning;
        for (record, rows) in &log {
            apply(&mut again, record, rows).unwrap();
        }
        prop_assert_eq!(again.to_snapshot().unwrap(), held);
    }
}
