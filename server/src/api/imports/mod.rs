//! `/api/imports`: files that come in while serving: received, looked at, shown, then confirmed or taken back.

mod paced;
mod receive;
mod rejects;

pub use receive::{__path_receive, receive};
pub use rejects::{__path_rejects, rejects};

use super::asked::{Asked, Nothing, Segments, number, parsed};
use super::json::{self, JsonBytes};
use super::problem::Answer;
use super::schema::Binary;
use super::sent_file::blocking;
use crate::auth::{Identity, Role};
use crate::import::ImportOptions;
use crate::import::jobs::{Job, Jobs};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use wangge_core::format::live::ImportProgress;

/// Longest JSON of options.
const MAX_BYTES: usize = 256 << 10;
/// Most features of each sort of change in one answer.
const MOST_FEATURES: usize = 10_000;

/// What a form sends; the fields before the files.
#[derive(Debug, ToSchema)]
#[allow(dead_code, reason = "describes the body, which is read part by part")]
pub struct ImportUpload {
    /// Which rows: `areas`, `households`, `roads`, `base`, `facilities`, `shops` or `staffing`.
    kind: String,
    /// Coordinate system: `crs84`, `gcj02`, `bd09` or `EPSG:n`; what the file declares, else `crs84`, without it.
    #[schema(nullable = false)]
    crs: Option<String>,
    /// Go on though the coordinates fit another system better.
    #[schema(nullable = false)]
    trust_crs: Option<bool>,
    /// Columns of fields, each `field=column`; `field==text` gives every row the text. May be repeated.
    #[schema(nullable = false)]
    map: Option<Vec<String>>,
    /// Layer or sheet to read.
    #[schema(nullable = false)]
    layer: Option<String>,
    /// Text encoding, such as `gb18030`.
    #[schema(nullable = false)]
    encoding: Option<String>,
    /// Take the good rows though others are refused.
    #[schema(nullable = false)]
    partial: Option<bool>,
    /// Repair the outlines of areas, moving no corner by more than this many metres.
    #[schema(nullable = false)]
    repair_m: Option<f64>,
    /// The files.
    #[schema(value_type = Vec<Binary>)]
    file: Vec<u8>,
}

/// Imports there are.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Imports {
    /// Newest first, without their plans; those long over are forgotten.
    imports: Vec<Job>,
}

/// An import with the address it is at.
#[derive(Debug)]
pub struct JobAnswer(pub StatusCode, pub Job);

impl IntoResponse for JobAnswer {
    fn into_response(self) -> Response {
        let location = HeaderValue::from_str(&format!("/api/imports/{}", self.1.id)).ok();
        let mut response = (self.0, Json(self.1)).into_response();
        response.headers_mut().extend(location.map(|address| (header::LOCATION, address)));
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        response
    }
}

/// How far a job is, for the stream.
pub fn progress(job: &Job) -> ImportProgress {
    ImportProgress {
        id: job.id.to_string(),
        state: job.state.id().to_owned(),
        stage: job.stage.map(|stage| stage.id().to_owned()),
        done_bytes: job.done_bytes,
        bytes: job.bytes,
        rows: job.rows,
    }
}

/// The id in an address.
fn id(text: &str) -> Answer<Uuid> {
    parsed("id", text)
}

/// Every import.
#[utoipa::path(
    get,
    path = "/api/imports",
    operation_id = "list_imports",
    tag = "imports",
    responses(
        (status = 200, description = "Imports under way and those lately over", body = Imports),
        (status = "default", description = "Refused", body = super::problem::ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn list(
    identity: Identity,
    Extension(jobs): Extension<Arc<Jobs>>,
    _: Asked<Nothing>,
) -> Answer<impl IntoResponse> {
    identity.at_least(Role::Admin)?;
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(Imports { imports: jobs.list() })))
}

/// One import, with its plan once it was looked at.
#[utoipa::path(
    get,
    path = "/api/imports/{id}",
    operation_id = "get_import",
    tag = "imports",
    params(("id" = String, Path, description = "Id of the import")),
    responses(
        (status = 200, description = "The import", body = Job),
        (status = "default", description = "Refused", body = super::problem::ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn one(
    identity: Identity,
    Extension(jobs): Extension<Arc<Jobs>>,
    Segments(text): Segments<String>,
    _: Asked<Nothing>,
) -> Answer<JobAnswer> {
    identity.at_least(Role::Admin)?;
    Ok(JobAnswer(StatusCode::OK, jobs.get(id(&text)?)?))
}

/// What is asked of the features.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct FeaturesAsked {
    /// Most features of each sort of change, 1 to 10,000; where there are more, an even choice of them.
    #[param(value_type = Option<u32>, minimum = 1, maximum = 10000)]
    limit: Option<String>,
}

/// What an import would change, for a map.
///
/// A GeoJSON FeatureCollection. Each feature says its `change`: `added`, `moved` (a line from the old place to the new
/// for what is a point), `changed`, `refused` or `vanished`, and its `key`.
#[utoipa::path(
    get,
    path = "/api/imports/{id}/features",
    operation_id = "get_import_features",
    tag = "imports",
    params(("id" = String, Path, description = "Id of the import"), FeaturesAsked),
    responses(
        (status = 200, description = "GeoJSON", body = serde_json::Value, content_type = "application/geo+json"),
        (status = "default", description = "Refused", body = super::problem::ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn features(
    identity: Identity,
    Extension(jobs): Extension<Arc<Jobs>>,
    Segments(text): Segments<String>,
    Asked(asked): Asked<FeaturesAsked>,
) -> Answer<impl IntoResponse> {
    identity.at_least(Role::Admin)?;
    let id = id(&text)?;
    let limit = asked.limit.map_or(Ok(MOST_FEATURES), |text| number("limit", &text, 1..=MOST_FEATURES))?;
    let written = blocking(move || Ok(jobs.features(id, limit)?.to_string())).await?;
    Ok(([(header::CONTENT_TYPE, "application/geo+json"), (header::CACHE_CONTROL, "no-store")], written))
}

/// Looks again at the files of an import, understood another way.
#[utoipa::path(
    post,
    path = "/api/imports/{id}/look",
    operation_id = "look_again",
    tag = "imports",
    params(("id" = String, Path, description = "Id of the import")),
    request_body = ImportOptions,
    responses(
        (status = 202, description = "It will be looked at", body = Job),
        (status = "default", description = "Refused", body = super::problem::ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn look(
    identity: Identity,
    Extension(jobs): Extension<Arc<Jobs>>,
    Segments(text): Segments<String>,
    _: Asked<Nothing>,
    JsonBytes(body): JsonBytes<MAX_BYTES>,
) -> Answer<JobAnswer> {
    identity.at_least(Role::Admin)?;
    let options = json::read::<ImportOptions>(&body)?;
    Ok(JobAnswer(StatusCode::ACCEPTED, jobs.look_again(id(&text)?, options)?))
}

/// Takes an import's rows into the district, as its plan says.
///
/// 409 when the district changed since it was looked at; it is looked at again then.
#[utoipa::path(
    post,
    path = "/api/imports/{id}/confirm",
    operation_id = "confirm_import",
    tag = "imports",
    params(("id" = String, Path, description = "Id of the import")),
    responses(
        (status = 202, description = "Its rows are being written", body = Job),
        (status = "default", description = "Refused", body = super::problem::ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn confirm(
    identity: Identity,
    Extension(jobs): Extension<Arc<Jobs>>,
    Segments(text): Segments<String>,
    _: Asked<Nothing>,
) -> Answer<JobAnswer> {
    identity.at_least(Role::Admin)?;
    Ok(JobAnswer(StatusCode::ACCEPTED, jobs.confirm(id(&text)?)?))
}

/// Takes an import back: nothing of it comes in.
#[utoipa::path(
    delete,
    path = "/api/imports/{id}",
    operation_id = "cancel_import",
    tag = "imports",
    params(("id" = String, Path, description = "Id of the import")),
    responses(
        (status = 200, description = "The import as it ended", body = Job),
        (status = "default", description = "Refused", body = super::problem::ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn cancel(
    identity: Identity,
    Extension(jobs): Extension<Arc<Jobs>>,
    Segments(text): Segments<String>,
    _: Asked<Nothing>,
) -> Answer<JobAnswer> {
    identity.at_least(Role::Admin)?;
    let id = id(&text)?;
    // Its files are removed, which may take the disk a while.
    blocking(move || Ok(jobs.cancel(id)?)).await.map(|job| JobAnswer(StatusCode::OK, job))
}
