//! `GET /api/doors`: the doors and how they stand in a round, page by page.

use super::areas::geojson;
use super::asked::{Asked, number};
use super::named::{self, CollectionTag, FeatureTag, Link};
use super::problem::{Answer, Problem, short};
use super::schema::{DoorStateId, HouseholdKindId, Moment, Position};
use crate::auth::{Identity, Role};
use crate::commit::Service;
use axum::extract::State;
use axum::response::Response;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::{IntoParams, ToSchema};
use wangge_core::domain::District;
use wangge_core::domain::household::HouseholdKind;
use wangge_core::domain::visit::DoorState;
use wangge_core::format::address::address_text;

/// Doors of a page, at most.
pub const MAX_LIMIT: usize = 10_000;
const DEFAULT_LIMIT: usize = 100;

/// What is asked.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct DoorsAsked {
    /// Code of an area: only doors in it.
    within: Option<String>,
    /// Id of a round; the newest active one when absent.
    round: Option<String>,
    /// Only doors in this state.
    #[param(value_type = Option<DoorStateId>)]
    state: Option<String>,
    /// Only the door at this slot.
    #[param(value_type = Option<u32>)]
    slot: Option<String>,
    /// Doors of a page, 1 to 10,000; 100 when absent.
    #[param(value_type = Option<u32>, minimum = 1, maximum = 10000)]
    limit: Option<String>,
    /// Where the page begins, from the link `next` of the page before.
    cursor: Option<String>,
}

/// A page of doors.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct DoorCollection {
    /// Always `FeatureCollection`.
    #[serde(rename = "type")]
    kind: CollectionTag,
    /// The doors, by slot.
    features: Vec<DoorFeature>,
    /// This page, and the next one unless this is the last.
    links: Vec<Link>,
    /// Id of the round the states are of; null when there is no round yet.
    #[schema(required)]
    round: Option<String>,
}

/// A door.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct DoorFeature {
    /// Always `Feature`.
    #[serde(rename = "type")]
    kind: FeatureTag,
    /// Slot of the door.
    id: u32,
    /// Where it is.
    geometry: Point,
    /// What is known of it.
    properties: DoorProperties,
}

/// `Point`.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub enum PointTag {
    /// The only value.
    Point,
}

/// A position.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Point {
    /// Always `Point`.
    #[serde(rename = "type")]
    kind: PointTag,
    /// Longitude and latitude.
    #[schema(value_type = Position)]
    coordinates: [f64; 2],
}

/// What is known of a door.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct DoorProperties {
    /// Its id.
    id: String,
    /// Dense number: the feature id in tiles and the row in state tables.
    slot: u32,
    /// Code of the grid that holds it; null when unassigned.
    #[schema(required)]
    grid: Option<String>,
    /// Where it is, in words.
    address: String,
    /// What it is used for.
    #[schema(value_type = HouseholdKindId)]
    kind: HouseholdKind,
    /// Its state in the round.
    #[schema(value_type = DoorStateId)]
    state: DoorState,
    /// Attempts in the round, 7 meaning seven or more.
    #[schema(maximum = 7)]
    attempts: u8,
    /// Whether a follow-up is due.
    follow_up_due: bool,
    /// When its latest counting visit in the round happened.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Moment>, nullable = false)]
    last_visit_at: Option<Timestamp>,
}

/// Doors and how they stand in a round.
#[utoipa::path(
    get,
    path = "/api/doors",
    operation_id = "list_doors",
    tag = "field work",
    params(DoorsAsked),
    responses(
        (status = 200, description = "A page of doors as GeoJSON", body = DoorCollection, content_type = "application/geo+json"),
        (status = "default", description = "Refused", body = super::problem::ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn list(
    identity: Identity,
    State(service): State<Arc<Service>>,
    Asked(asked): Asked<DoorsAsked>,
) -> Answer<Response> {
    identity.at_least(Role::Field)?;
    let collection = page(&service.district.read(), &asked)?;
    geojson(&collection)
}

fn page(district: &District, asked: &DoorsAsked) -> Answer<DoorCollection> {
    let limit = asked.limit.as_deref().map_or(Ok(DEFAULT_LIMIT), |text| number("limit", text, 1..=MAX_LIMIT))?;
    let first = asked.cursor.as_deref().map_or(Ok(0), |text| number("cursor", text, 0..=u32::MAX))?;
    let only = asked.slot.as_deref().map(|text| number("slot", text, 0..=u32::MAX)).transpose()?;
    let state = asked.state.as_deref().map(state_named).transpose()?;
    let within = match &asked.within {
        Some(code) => Some(named::area(district, "within", code)?.slot),
        None => None,
    };
    let round = match (&asked.round, district.rounds().is_empty()) {
        (None, true) => None,
        (id, _) => Some(named::round(district, id.as_deref(), named::now())?),
    };
    let doors = district.households();
    let slots = match only {
        Some(slot) => slot.max(first)..slot.saturating_add(1).min(doors.slots().end),
        None => first..doors.slots().end,
    };
    let is_within = |slot: u32, area: u32| doors.leaf(slot).is_some_and(|l| district.areas().up(l).any(|a| a == area));
    let mut found = slots
        .filter(|slot| state.is_none_or(|state| byte(district, round, *slot).state() == state))
        .filter(|slot| within.is_none_or(|area| is_within(*slot, area)));
    let features: Vec<DoorFeature> = found.by_ref().take(limit).map(|slot| feature(district, round, slot)).collect();
    let next = found.next().map(|slot| slot.to_string());
    let round_id = round.map(|index| district.rounds()[index].round.id.clone());
    // The round goes into the links by its id: the next page is of the same one even when another begins meanwhile.
    let link = |rel, cursor| {
        let query = [
            ("within", asked.within.as_deref()),
            ("round", round_id.as_deref()),
            ("state", asked.state.as_deref()),
            ("slot", asked.slot.as_deref()),
            ("limit", asked.limit.as_deref()),
            ("cursor", cursor),
        ];
        Link::geojson(rel, "/api/doors", &query)
    };
    let mut links = vec![link("self", asked.cursor.as_deref())];
    links.extend(next.as_deref().map(|cursor| link("next", Some(cursor))));
    Ok(DoorCollection { kind: CollectionTag::FeatureCollection, features, links, round: round_id })
}

fn state_named(text: &str) -> Answer<DoorState> {
    DoorState::from_id(text).ok_or_else(|| {
        let known = DoorState::ALL.map(DoorState::id).join(", ");
        Problem::parameter("state", text, format!("{:?} is none of {known}", short(text)))
    })
}

fn byte(district: &District, round: Option<usize>, slot: u32) -> wangge_core::domain::visit::DoorByte {
    let state = round.and_then(|index| district.rounds().get(index));
    state.and_then(|state| state.doors.get(slot as usize)).copied().unwrap_or_default()
}

fn feature(district: &District, round: Option<usize>, slot: u32) -> DoorFeature {
    let doors = district.households();
    let grid = doors.grid(slot).and_then(|grid| district.areas().get(grid));
    let byte = byte(district, round, slot);
    DoorFeature {
        kind: FeatureTag::Feature,
        id: slot,
        geometry: Point { kind: PointTag::Point, coordinates: named::lonlat(doors.at(slot)) },
        properties: DoorProperties {
            id: doors.id(slot).to_owned(),
            slot,
            grid: grid.map(|grid| grid.code.clone()),
            address: address_text(&doors.address(slot)),
            kind: doors.kind(slot),
            state: byte.state(),
            attempts: byte.attempts(),
            follow_up_due: byte.follow_up_due(),
            last_visit_at: round.and_then(|index| district.last_visit_at(index, slot)),
        },
    }
}
