//! Properties that change with visits: the state of doors and the figures of areas in a round.

use super::layers::{DOOR_ZOOM, MapLayer};
use super::prepared::{Cluster, Prepared};
use super::shapes::tag;
use wangge_core::domain::{
    RoundState,
    figures::Counts,
    visit::{DoorByte, DoorState},
};
use wangge_core::format::mvt::{LayerWriter, Value};
use wangge_core::geometry::tile::TileCoord;

/// Adds the state of a feature in a round to its properties.
pub(super) struct State<'a> {
    round: &'a RoundState,
    prepared: &'a Prepared,
    layer: MapLayer,
    is_doors: bool,
    door_values: DoorValues,
}

/// Places of a door's keys and values in the layer, looked up once each.
#[derive(Default)]
struct DoorValues {
    keys: Option<[u32; 3]>,
    states: [Option<u32>; DoorState::ALL.len()],
    attempts: [Option<u32>; 8],
    due: [Option<u32>; 2],
}

impl<'a> State<'a> {
    pub(super) fn new(round: &'a RoundState, prepared: &'a Prepared, layer: MapLayer, tile: TileCoord) -> Self {
        Self { round, prepared, layer, is_doors: tile.z() >= DOOR_ZOOM, door_values: DoorValues::default() }
    }

    /// Adds to the tags of the feature with a number of its outline.
    pub(super) fn add(&mut self, out: &mut LayerWriter, number: u32, tags: &mut Vec<u32>) {
        match self.layer {
            MapLayer::Areas => {
                let counts = self.round.areas.get(number as usize).copied().unwrap_or_default();
                add_counts(out, tags, counts);
                tag(out, tags, "round", Value::Text(&self.round.round.id));
            }
            MapLayer::Households if self.is_doors => {
                let byte = self.round.doors.get(number as usize).copied().unwrap_or_default();
                self.door_values.add(out, tags, byte);
            }
            MapLayer::Households => {
                if let Some(cluster) = self.prepared.clusters.get(number as usize) {
                    add_counts(out, tags, cluster_counts(self.round, cluster));
                }
            }
            MapLayer::Roads | MapLayer::Base => {}
        }
    }
}

impl DoorValues {
    fn add(&mut self, out: &mut LayerWriter, tags: &mut Vec<u32>, byte: DoorByte) {
        let [state_key, attempts_key, due_key] =
            *self.keys.get_or_insert_with(|| [out.key("state"), out.key("attempts"), out.key("follow_up_due")]);
        let (state, attempts, due) = (byte.state(), byte.attempts(), byte.follow_up_due());
        let state = *self.states[state as usize].get_or_insert_with(|| out.value(Value::Text(state.id())));
        let attempts =
            *self.attempts[usize::from(attempts)].get_or_insert_with(|| out.value(Value::Uint(u64::from(attempts))));
        let due = *self.due[usize::from(due)].get_or_insert_with(|| out.value(Value::Bool(due)));
        tags.extend([state_key, state, attempts_key, attempts, due_key, due]);
    }
}

/// Counts of a cluster: its block keeps them; those of doors outside all blocks are added up.
fn cluster_counts(round: &RoundState, cluster: &Cluster) -> Counts {
    if cluster.loose.is_empty() {
        return round.areas.get(cluster.area as usize).copied().unwrap_or_default();
    }
    let doors = cluster.loose.iter().filter_map(|door| round.doors.get(*door as usize));
    doors.map(|byte| Counts::of(*byte)).fold(Counts::default(), |sum, counts| Counts {
        eligible: sum.eligible + counts.eligible,
        touched: sum.touched + counts.touched,
        reached: sum.reached + counts.reached,
    })
}

fn add_counts(out: &mut LayerWriter, tags: &mut Vec<u32>, counts: Counts) {
    let untouched = counts.untouched();
    for (key, count) in [
        ("eligible", counts.eligible),
        ("touched", counts.touched),
        ("reached", counts.reached),
        ("untouched", untouched),
    ] {
        tag(out, tags, key, Value::Uint(u64::from(count)));
    }
    if let Some(share) = counts.reached_share() {
        tag(out, tags, "reached_share", Value::Double(share));
    }
}
