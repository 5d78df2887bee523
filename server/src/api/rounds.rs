//! `/api/rounds`: the rounds there are, and opening one.

use super::asked::{Asked, Nothing};
use super::json::{self, JsonBytes};
use super::problem::Answer;
use super::schema::{Moment, SeqText};
use super::visits::committed;
use crate::auth::{Identity, Role};
use crate::commit::Service;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::ToSchema;
use wangge_core::domain::Command;
use wangge_core::domain::round::Round;
use wangge_core::domain::seq::Seq;

const MAX_BYTES: usize = 1_000_000;

/// One pass over the doors of an area for a purpose.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewRound)]
pub struct RoundSent {
    /// Unique, of `a-z A-Z 0-9 - _ .`.
    #[schema(min_length = 1, max_length = 64, pattern = "^[A-Za-z0-9._-]+$")]
    id: String,
    /// Name shown.
    #[schema(min_length = 1, max_length = 200)]
    name: String,
    /// What it is for; may be empty.
    #[serde(default)]
    purpose: String,
    /// When it begins.
    #[schema(value_type = Moment)]
    starts_at: Timestamp,
    /// When it ends, not included; open without one.
    #[schema(value_type = Option<Moment>)]
    ends_at: Option<Timestamp>,
    /// Codes of the areas it covers; empty covers every door.
    #[serde(default)]
    scope: Vec<String>,
}

impl From<RoundSent> for Round {
    fn from(sent: RoundSent) -> Self {
        let RoundSent { id, name, purpose, starts_at, ends_at, scope } = sent;
        Self { id, name, purpose, starts_at, ends_at, scope }
    }
}

/// One pass over the doors of an area for a purpose, as it is kept.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Round)]
pub struct RoundKnown {
    /// Id of the round.
    id: String,
    /// Name shown.
    name: String,
    /// What it is for; may be empty.
    purpose: String,
    /// When it begins.
    #[schema(value_type = Moment)]
    starts_at: Timestamp,
    /// When it ends, not included; open without one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Moment>, nullable = false)]
    ends_at: Option<Timestamp>,
    /// Codes of the areas it covers; empty covers every door.
    scope: Vec<String>,
}

impl From<Round> for RoundKnown {
    fn from(round: Round) -> Self {
        let Round { id, name, purpose, starts_at, ends_at, scope } = round;
        Self { id, name, purpose, starts_at, ends_at, scope }
    }
}

/// The rounds there are.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Rounds {
    /// In the order they were opened.
    rounds: Vec<RoundKnown>,
}

/// A round that was opened.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RoundTaken {
    /// Id of the round.
    id: String,
    /// Its place in the log.
    #[schema(value_type = SeqText)]
    seq: Seq,
    /// Always 201.
    status: u16,
}

/// The rounds there are.
#[utoipa::path(
    get,
    path = "/api/rounds",
    operation_id = "list_rounds",
    tag = "field work",
    responses(
        (status = 200, description = "Every round", body = Rounds),
        (status = "default", description = "Refused", body = super::problem::ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn list(_: Identity, State(service): State<Arc<Service>>, _: Asked<Nothing>) -> Json<Rounds> {
    let district = service.district.read();
    Json(Rounds { rounds: district.rounds().iter().map(|state| state.round.clone().into()).collect() })
}

/// Opens a round.
#[utoipa::path(
    post,
    path = "/api/rounds",
    operation_id = "open_round",
    tag = "field work",
    request_body = RoundSent,
    responses(
        (status = 201, description = "The round is open", body = RoundTaken),
        (status = "default", description = "Refused", body = super::problem::ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn open(
    identity: Identity,
    State(service): State<Arc<Service>>,
    _: Asked<Nothing>,
    JsonBytes(body): JsonBytes<MAX_BYTES>,
) -> Answer<(StatusCode, Json<RoundTaken>)> {
    identity.at_least(Role::Planner)?;
    let round = Round::from(json::read::<RoundSent>(&body)?);
    let id = round.id.clone();
    let seq = committed(service.submit(vec![Command::OpenRound(round)]).await.pop())?;
    Ok((StatusCode::CREATED, Json(RoundTaken { id, seq, status: StatusCode::CREATED.as_u16() })))
}
