//! `POST /api/visits`: one visit, or many of which the good ones are taken.

use super::asked::{Asked, Nothing};
use super::json::{self, JsonBytes};
use super::problem::{Answer, Problem, ProblemBody};
use super::schema::{ChannelId, Moment, OutcomeId, SeqText};
use crate::auth::{Identity, Role};
use crate::commit::{Outcome as Committed, Service};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use std::sync::Arc;
use utoipa::ToSchema;
use uuid::Uuid;
use wangge_core::domain::Command;
use wangge_core::domain::seq::Seq;
use wangge_core::domain::visit::{Channel, Outcome, Visit};

/// Bytes of a request, at most.
pub const MAX_BYTES: usize = 8_000_000;
/// Visits of a request, at most.
pub const MAX_VISITS: usize = 10_000;

/// A visit as a device sends it.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Visit)]
pub struct VisitSent {
    /// Made by the device; sent again with the same content it answers the same.
    id: Uuid,
    /// Id of the door.
    #[schema(max_length = 64, min_length = 1)]
    household: String,
    /// Id of the round; the newest active one when absent.
    round: Option<String>,
    /// What came of it.
    #[schema(value_type = OutcomeId)]
    outcome: Outcome,
    /// When it happened, by the device's clock.
    #[schema(value_type = Moment)]
    happened_at: Timestamp,
    /// When this was sent, by the device's clock.
    #[schema(value_type = Option<Moment>)]
    sent_at: Option<Timestamp>,
    /// Who made it.
    #[schema(max_length = 64, min_length = 1)]
    by: Option<String>,
    /// How.
    #[schema(value_type = Option<ChannelId>)]
    channel: Option<Channel>,
    /// When to come again.
    #[schema(value_type = Option<Moment>)]
    follow_up_at: Option<Timestamp>,
    /// Id of the visit this one corrects.
    replaces: Option<Uuid>,
    /// Text about people; refused until it can be kept apart from the log.
    #[serde(default, deserialize_with = "given")]
    #[schema(ignore)]
    note: bool,
}

/// Whether a member is there, whatever its value.
fn given<'de, D: serde::Deserializer<'de>>(value: D) -> Result<bool, D::Error> {
    serde::de::IgnoredAny::deserialize(value).map(|_| true)
}

impl VisitSent {
    fn checked(self) -> Answer<Visit> {
        if self.note {
            let detail = "note: notes are not kept yet; send the visit without one";
            return Err(Problem::body(detail).about("note", None));
        }
        Ok(Visit {
            id: self.id,
            household: self.household,
            round: self.round,
            outcome: self.outcome,
            happened_at: whole_us(self.happened_at),
            sent_at: self.sent_at.map(whole_us),
            by: self.by,
            channel: self.channel,
            follow_up_at: self.follow_up_at.map(whole_us),
            replaces: self.replaces,
        })
    }
}

/// Moments are kept in microseconds; finer ones would come back changed.
fn whole_us(at: Timestamp) -> Timestamp {
    Timestamp::from_microsecond(at.as_microsecond()).unwrap_or(at)
}

/// Outcome of a visit sent alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct VisitTaken {
    /// Id of the visit.
    id: Uuid,
    /// Place of the visit in the log.
    #[schema(value_type = SeqText)]
    seq: Seq,
    /// Always 201, also when it was taken before.
    status: u16,
}

/// Outcome of one visit among many.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct VisitAnswer {
    /// Id as it was sent; null where none could be read.
    #[schema(required)]
    id: Option<String>,
    /// The HTTP status it would have had alone.
    status: u16,
    /// Place in the log, when it was taken.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<SeqText>, nullable = false)]
    seq: Option<Seq>,
    /// Why it was not taken.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    problem: Option<ProblemBody>,
}

/// One visit, or at most 10,000.
#[derive(Debug, ToSchema)]
#[serde(untagged)]
#[allow(dead_code, reason = "describes the body, which is read in two steps")]
pub enum VisitsSent {
    /// One visit.
    One(Box<VisitSent>),
    /// Many visits; the good ones are taken.
    Many(Vec<VisitSent>),
}

/// Records visits.
///
/// One visit answers 201 once it is durable; many answer 200 with an outcome each, in the order sent.
#[utoipa::path(
    post,
    path = "/api/visits",
    operation_id = "record_visits",
    tag = "field work",
    request_body = VisitsSent,
    responses(
        (status = 200, description = "What became of each visit", body = Vec<VisitAnswer>),
        (status = 201, description = "The visit is recorded", body = VisitTaken),
        (status = "default", description = "Refused", body = super::problem::ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn record(
    identity: Identity,
    State(service): State<Arc<Service>>,
    _: Asked<Nothing>,
    JsonBytes(body): JsonBytes<MAX_BYTES>,
) -> Answer<Response> {
    identity.at_least(Role::Field)?;
    if body.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'[') {
        return record_many(&service, &body).await.map(|answers| Json(answers).into_response());
    }
    let visit = json::read::<VisitSent>(&body)?.checked()?;
    let id = visit.id;
    let outcome = service.submit(vec![Command::Visit(visit)]).await.pop();
    let seq = committed(outcome)?;
    let taken = VisitTaken { id, seq, status: StatusCode::CREATED.as_u16() };
    Ok((StatusCode::CREATED, Json(taken)).into_response())
}

async fn record_many(service: &Service, body: &[u8]) -> Answer<Vec<VisitAnswer>> {
    let items: Vec<&RawValue> = json::read(body)?;
    if items.len() > MAX_VISITS {
        let detail = format!("{} visits are too many; send at most {MAX_VISITS} at once", items.len());
        return Err(Problem::too_large(detail));
    }
    let mut commands = Vec::with_capacity(items.len());
    let mut answers = Vec::with_capacity(items.len());
    for item in items {
        match json::read::<VisitSent>(item.get().as_bytes()).and_then(VisitSent::checked) {
            Ok(visit) => {
                answers.push((Some(visit.id.to_string()), Ok(())));
                commands.push(Command::Visit(visit));
            }
            Err(problem) => answers.push((id_of(item), Err(problem))),
        }
    }
    let mut outcomes = service.submit(commands).await.into_iter();
    let answer = |(id, read): (Option<String>, Answer<()>)| match read.and_then(|()| committed(outcomes.next())) {
        Ok(seq) => VisitAnswer { id, status: StatusCode::CREATED.as_u16(), seq: Some(seq), problem: None },
        Err(problem) => {
            VisitAnswer { id, status: problem.status().as_u16(), seq: None, problem: Some(problem.into_body()) }
        }
    };
    Ok(answers.into_iter().map(answer).collect())
}

/// Where a command stands in the log, or why it does not.
pub(super) fn committed(outcome: Option<Committed>) -> Answer<Seq> {
    match outcome {
        Some(Committed::Accepted(seq) | Committed::Repeated(seq)) => Ok(seq),
        Some(Committed::Refused(refusal)) => Err(refusal.into()),
        Some(Committed::Failed(failure)) => Err(failure.into()),
        None => Err(Problem::internal("the writer answered fewer outcomes than commands")),
    }
}

/// The id of a visit that could not be read, so that its sender knows which it was.
fn id_of(item: &RawValue) -> Option<String> {
    #[derive(Deserialize)]
    struct Named {
        id: String,
    }
    let named: Named = serde_json::from_str(item.get()).ok()?;
    Some(super::problem::short(&named.id))
}
