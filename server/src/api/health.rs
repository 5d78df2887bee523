//! `/health` and `/ready`: for whoever starts and watches the server; the only routes without an identity.

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use std::sync::Arc;
use utoipa::ToSchema;

use super::problem::{Answer, Problem};
use crate::commit::Service;

/// That the server is there.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Health {
    /// `ok`, or `ready`.
    status: &'static str,
}

/// Whether the process answers.
#[utoipa::path(
    get,
    path = "/health",
    operation_id = "get_health",
    tag = "operation",
    responses((status = 200, description = "It does", body = Health))
)]
pub async fn health() -> Json<Health> {
    Json(Health { status: "ok" })
}

/// Whether the log is replayed and requests are taken.
#[utoipa::path(
    get,
    path = "/ready",
    operation_id = "get_ready",
    tag = "operation",
    responses(
        (status = 200, description = "They are", body = Health),
        (status = 503, description = "Not yet, or no longer", body = super::problem::ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn ready(State(service): State<Arc<Service>>) -> Answer<Json<Health>> {
    if service.live.is_closed() {
        return Err(Problem::unavailable("the server is stopping"));
    }
    if !service.takes_writes() {
        return Err(Problem::unavailable("no writes are taken any more; the server's own log says why"));
    }
    Ok(Json(Health { status: "ready" }))
}
