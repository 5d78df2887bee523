//! What every request passes before its handler: host, origin, counting, and the net under a panic.

use super::metrics::Metrics;
use super::problem::Problem;
use crate::auth::Identity;
use crate::auth::origin;
use crate::commit::Service;
use axum::extract::{FromRequestParts, MatchedPath, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use futures_util::FutureExt;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;

/// What the gate needs to know.
#[derive(Clone)]
pub struct Gate {
    /// The service behind it.
    pub service: Arc<Service>,
    /// Where requests are counted.
    pub metrics: Arc<Metrics>,
}

/// Lets a request through, or answers why not.
pub async fn pass(State(gate): State<Gate>, request: Request, next: Next) -> Response {
    let route = request.extensions().get::<MatchedPath>().cloned();
    let response = match check(&gate, &request) {
        Err(problem) => problem.into_response(),
        Ok(()) => AssertUnwindSafe(next.run(request)).catch_unwind().await.unwrap_or_else(|panic| {
            let said =
                panic.downcast_ref::<&str>().copied().or_else(|| panic.downcast_ref::<String>().map(String::as_str));
            Problem::internal(format_args!("panic: {}", said.unwrap_or("without words"))).into_response()
        }),
    };
    gate.metrics.count(route.as_ref().map(MatchedPath::as_str), response.status());
    with_nosniff(response)
}

fn check(gate: &Gate, request: &Request) -> Result<(), Problem> {
    gate.service.access.hosts().check(request.version(), request.uri(), request.headers())?;
    let changes = !matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if changes || request.uri().path() == super::STREAM {
        origin::check(request.uri(), request.headers())?;
    }
    Ok(())
}

fn with_nosniff(mut response: Response) -> Response {
    response.headers_mut().insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response
}

impl FromRequestParts<Arc<Service>> for Identity {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, service: &Arc<Service>) -> Result<Self, Problem> {
        Ok(service.access.identify(&parts.headers)?)
    }
}
