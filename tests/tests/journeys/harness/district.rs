//! The words of field work: doors, visits, figures, as a client of the server sees them.

use super::server::Server;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// A door as `/api/doors` lists it.
#[derive(Debug, Clone)]
pub struct Door {
    /// Id.
    pub id: String,
    /// Slot.
    pub slot: u64,
    /// Code of its grid.
    pub grid: String,
    /// Longitude, latitude.
    pub at: [f64; 2],
    /// State.
    pub state: String,
}

impl Door {
    fn from_feature(feature: &Value) -> Self {
        let properties = &feature["properties"];
        let text = |name: &str| properties[name].as_str().unwrap_or_default().to_owned();
        let at = |i: usize| feature["geometry"]["coordinates"][i].as_f64().expect("a door has a position");
        let slot = properties["slot"].as_u64().expect("a door has a slot");
        Self { id: text("id"), slot, grid: text("grid"), at: [at(0), at(1)], state: text("state") }
    }
}

/// Counts of an area as `/api/coverage` has them: eligible, touched, reached.
pub type Counts = [u64; 3];

impl Server {
    /// Doors of one answer of `/api/doors`; `query` such as `?limit=5`.
    #[track_caller]
    pub fn doors(&self, query: &str) -> Vec<Door> {
        let answer = self.get_json(&format!("/api/doors{query}"));
        answer["features"].as_array().expect("a collection has features").iter().map(Door::from_feature).collect()
    }

    /// Untouched doors that lie in a grid.
    #[track_caller]
    pub fn untouched(&self, count: usize) -> Vec<Door> {
        let mut doors = self.doors(&format!("?state=untouched&limit={}", count + 200));
        doors.retain(|door| !door.grid.is_empty());
        assert!(doors.len() >= count, "the demo has {} untouched doors, {count} are needed", doors.len());
        doors.truncate(count);
        doors
    }

    /// A door by its slot.
    #[track_caller]
    pub fn door(&self, slot: u64) -> Door {
        self.doors(&format!("?slot={slot}")).remove(0)
    }

    /// Id of the round that is taken when none is named.
    #[track_caller]
    pub fn round(&self) -> String {
        self.get_json("/api/coverage")["round"].as_str().expect("coverage names its round").to_owned()
    }

    /// Figures of every area of a level, by code.
    #[track_caller]
    pub fn coverage(&self, level: &str) -> BTreeMap<String, Counts> {
        let coverage = self.get_json(&format!("/api/coverage?level={level}"));
        let areas = coverage["areas"].as_array().expect("coverage has areas");
        let count = |area: &Value, name: &str| area[name].as_u64().unwrap_or_else(|| panic!("{name} in {area}"));
        let counts = |area: &Value| [count(area, "eligible"), count(area, "touched"), count(area, "reached")];
        areas.iter().map(|area| (area["code"].as_str().expect("a code").to_owned(), counts(area))).collect()
    }

    /// Records a visit; checks that it was accepted, answers its seq.
    #[track_caller]
    pub fn record(&self, visit: &Value) -> String {
        let answer = self.post("/api/visits", visit).expect(201).json();
        answer["seq"].as_str().expect("an accepted visit has a seq").to_owned()
    }
}

/// A visit that happened now.
pub fn visit(door: &Door, outcome: &str) -> Value {
    json!({ "id": new_id(), "household": door.id, "outcome": outcome, "happened_at": now() })
}

/// A new id.
pub fn new_id() -> String {
    uuid::Uuid::now_v7().to_string()
}

/// Now, as visits say it.
pub fn now() -> String {
    from_now(0)
}

/// Some seconds from now.
pub fn from_now(seconds: i64) -> String {
    let now = jiff::Timestamp::now();
    let millis = now.as_millisecond() + seconds * 1000;
    jiff::Timestamp::from_millisecond(millis).expect("a time near now").to_string()
}

/// Place in the log: epoch, number.
#[track_caller]
pub fn seq(text: &str) -> (u32, u64) {
    let (epoch, n) = text.split_once('-').unwrap_or_else(|| panic!("{text} is no seq"));
    (epoch.parse().expect("an epoch"), n.parse().expect("a number"))
}
