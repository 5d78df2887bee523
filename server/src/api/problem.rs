//! The one HTTP error: Problem Details (RFC 9457), `application/problem+json`.
//!
//! Every refusal of every handler is made here, so that each says what was wrong, with which value, and what would be
//! right, and none says more than that.

use crate::auth::AccessError;
use crate::commit::CommitFailure;
use crate::import::jobs::JobError;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use std::fmt;
use utoipa::ToSchema;
use uuid::Uuid;
use wangge_core::domain::{Refusal, RefusalKind};
use wangge_core::geometry::position::GeometryError;

/// What a handler answers: the thing, or a problem.
pub type Answer<T> = Result<T, Problem>;

/// Longest value repeated in a problem, characters.
const VALUE_LENGTH: usize = 80;

/// A refusal as it goes out (RFC 9457).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Problem)]
pub struct ProblemBody {
    /// Names the kind of problem; the same for every problem of a kind.
    #[serde(rename = "type")]
    kind: String,
    /// The kind in words.
    title: &'static str,
    /// The HTTP status.
    status: u16,
    /// What was wrong here, and what would be right.
    detail: String,
    /// Names this one occurrence, for the server's log.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    instance: Option<String>,
    /// The parameter, field or header that was wrong.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    field: Option<String>,
    /// Its value, shortened when long.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    value: Option<String>,
}

/// A refusal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    body: Box<ProblemBody>,
    header: Option<(HeaderName, HeaderValue)>,
}

impl Problem {
    fn new(status: StatusCode, slug: &str, title: &'static str, detail: impl Into<String>) -> Self {
        let body = ProblemBody {
            kind: format!("urn:wangge:problem:{slug}"),
            title,
            status: status.as_u16(),
            detail: detail.into(),
            instance: None,
            field: None,
            value: None,
        };
        Self { body: Box::new(body), header: None }
    }

    /// A parameter of the address is wrong.
    pub fn parameter(name: &str, value: &str, detail: impl fmt::Display) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "parameter", "Parameter not understood", format!("{name}: {detail}"))
            .about(name, Some(value))
    }

    /// A parameter of the address exists nowhere, or twice.
    pub fn query(name: &str, detail: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "parameter", "Parameter not understood", detail).about(name, None)
    }

    /// The body cannot be read.
    pub fn body(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "body", "Body not understood", detail)
    }

    /// The body is larger than taken.
    pub fn too_large(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, "too-large", "Body too large", detail)
    }

    /// The body is of another media type.
    pub fn media_type(found: &str) -> Self {
        let detail = "the body must be JSON, sent with content-type: application/json";
        Self::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "media-type", "Media type not supported", detail)
            .about("content-type", Some(found))
    }

    /// The body is no form with files.
    pub fn multipart_type(found: &str) -> Self {
        let detail =
            "files come as multipart/form-data with a boundary, such as curl -F kind=areas -F file=@areas.geojson";
        Self::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "media-type", "Media type not supported", detail)
            .about("content-type", Some(found))
    }

    /// There is nothing here.
    pub fn not_found(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, "not-found", "Not found", detail)
    }

    /// The address is known, the method is not.
    pub fn method(method: &str, path: &str) -> Self {
        let detail = format!("{method} is not possible on {}; see the Allow header", short(path));
        Self::new(StatusCode::METHOD_NOT_ALLOWED, "method", "Method not allowed", detail)
    }

    /// It was here, under a version that is over.
    pub fn gone(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::GONE, "gone", "No longer here", detail)
    }

    /// The server does not do this yet.
    pub fn not_implemented(name: &str, detail: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_IMPLEMENTED, "not-implemented", "Not implemented", detail).about(name, None)
    }

    /// None of the forms the client takes can be had.
    pub fn not_acceptable(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_ACCEPTABLE, "not-acceptable", "Not acceptable", detail)
    }

    /// A WebSocket request that cannot be upgraded.
    pub fn upgrade_required(detail: impl Into<String>) -> Self {
        let header = (header::UPGRADE, HeaderValue::from_static("websocket"));
        Self { header: Some(header), ..Self::new(StatusCode::UPGRADE_REQUIRED, "upgrade", "Upgrade required", detail) }
    }

    /// The server starts or stops.
    pub fn unavailable(detail: impl Into<String>) -> Self {
        let header = (header::RETRY_AFTER, HeaderValue::from_static("2"));
        Self {
            header: Some(header),
            ..Self::new(StatusCode::SERVICE_UNAVAILABLE, "unavailable", "Unavailable", detail)
        }
    }

    /// Something failed that is no fault of the request. The cause goes to the log, its number to the client.
    pub fn internal(cause: impl fmt::Display) -> Self {
        let id = Uuid::now_v7();
        tracing::error!(request = %id, "request failed: {cause}");
        let detail = "the server failed; its log has the cause under the number in instance";
        let mut problem = Self::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", "Internal error", detail);
        problem.body.instance = Some(format!("urn:uuid:{id}"));
        problem
    }

    /// Names what was wrong.
    #[must_use]
    pub fn about(mut self, field: &str, value: Option<&str>) -> Self {
        self.body.field = Some(field.to_owned());
        self.body.value = value.map(short);
        self
    }

    /// The HTTP status.
    pub fn status(&self) -> StatusCode {
        StatusCode::from_u16(self.body.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    /// The problem as part of another answer.
    pub fn into_body(self) -> ProblemBody {
        *self.body
    }
}

/// The start of a text, for a message.
pub fn short(text: &str) -> String {
    match text.char_indices().nth(VALUE_LENGTH) {
        None => text.to_owned(),
        Some((end, _)) => format!("{}…", &text[..end]),
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let text = serde_json::to_vec(&self.body).unwrap_or_default();
        let headers = [
            (header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json")),
            (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        ];
        let mut response = (self.status(), headers, text).into_response();
        if let Some((name, value)) = self.header {
            response.headers_mut().insert(name, value);
        }
        response
    }
}

impl From<AccessError> for Problem {
    fn from(error: AccessError) -> Self {
        let detail = error.to_string();
        let new = |status, slug, title| Self::new(status, slug, title, detail);
        match error {
            AccessError::Absent => new(StatusCode::UNAUTHORIZED, "identity", "Who are you"),
            AccessError::Role { .. } => new(StatusCode::FORBIDDEN, "role", "Not allowed"),
            AccessError::HostMissing => new(StatusCode::BAD_REQUEST, "host", "Host not named").about("host", None),
            AccessError::HostForeign(host) => {
                new(StatusCode::MISDIRECTED_REQUEST, "host", "Not this host").about("host", Some(&host))
            }
            AccessError::CrossSite { header, value } => {
                new(StatusCode::FORBIDDEN, "cross-site", "Request of another site").about(header, Some(&value))
            }
        }
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        let (status, slug, title) = match refusal.kind {
            RefusalKind::Conflict => (StatusCode::CONFLICT, "conflict", "Conflict"),
            RefusalKind::UnknownReference => (StatusCode::UNPROCESSABLE_ENTITY, "unknown-reference", "Not known"),
            RefusalKind::OutsideRound => (StatusCode::UNPROCESSABLE_ENTITY, "outside-round", "Outside the round"),
            RefusalKind::Future => (StatusCode::UNPROCESSABLE_ENTITY, "future", "In the future"),
            RefusalKind::Invalid => (StatusCode::UNPROCESSABLE_ENTITY, "invalid", "Value not allowed"),
        };
        Self::new(status, slug, title, refusal.message).about(refusal.field, None)
    }
}

impl From<CommitFailure> for Problem {
    fn from(failure: CommitFailure) -> Self {
        match failure {
            CommitFailure::Full => {
                let detail =
                    "the disk is full, nothing was recorded; reading goes on, send it again when there is room";
                Self::new(StatusCode::INSUFFICIENT_STORAGE, "storage-full", "Storage full", detail)
            }
            CommitFailure::Closed => Self::unavailable("the server is stopping, nothing was recorded; send it again"),
            other => Self::internal(other),
        }
    }
}

impl From<JobError> for Problem {
    fn from(error: JobError) -> Self {
        let detail = error.to_string();
        let new = |status, slug, title| Self::new(status, slug, title, detail.clone());
        match error {
            JobError::Unknown(_) => Self::not_found(detail),
            JobError::Full { .. } | JobError::Elsewhere { .. } | JobError::Changed(_) => {
                new(StatusCode::CONFLICT, "conflict", "Conflict")
            }
            JobError::TooLarge { .. } => Self::too_large(detail),
            JobError::NoFile => Self::body(detail),
            JobError::Refused { .. } => new(StatusCode::UNPROCESSABLE_ENTITY, "invalid", "Value not allowed"),
            JobError::Option(fault) => Self::body(detail).about(fault.field, None),
            JobError::Io(source) if source.kind() == std::io::ErrorKind::StorageFull => CommitFailure::Full.into(),
            JobError::Io(source) => Self::internal(source),
            JobError::Closed => Self::unavailable(detail),
        }
    }
}

impl From<GeometryError> for Problem {
    fn from(error: GeometryError) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "geometry", "Outside the map", error.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_value_is_shortened_at_a_character() {
        assert_eq!(short(&"网".repeat(500)).chars().count(), VALUE_LENGTH + 1);
    }

    #[test]
    fn an_internal_problem_never_carries_its_cause() {
        let text = serde_json::to_string(&Problem::internal("the secret cause").body).unwrap();
        assert!(!text.contains("secret") && text.contains("urn:uuid:"), "{text}");
    }
}
