//! `/api/imports/{id}/rejects`: the refused rows as a file, each with its reason, to be mended and brought in again.

use super::id;
use crate::api::asked::{Asked, Segments};
use crate::api::problem::{Answer, Problem, short};
use crate::api::sent_file::{SentFile, blocking, media_type};
use crate::auth::{Identity, Role};
use crate::import::jobs::{Job, Jobs};
use crate::table::{Format, write};
use axum::Extension;
use serde::Deserialize;
use std::sync::Arc;
use utoipa::IntoParams;
use uuid::Uuid;

/// What is asked.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct RejectsAsked {
    /// `geojson`, `geojsonl`, `csv`, `xlsx`, `gpkg` or `fgb`; that of the first file where it is one of these, else
    /// `geojson`.
    format: Option<String>,
}

/// The refused rows of an import as a file.
#[utoipa::path(
    get,
    path = "/api/imports/{id}/rejects",
    operation_id = "get_import_rejects",
    tag = "imports",
    params(("id" = String, Path, description = "Id of the import"), RejectsAsked),
    responses(
        (status = 200, description = "The rows as they were, each with its reason in refused_because", body = crate::api::schema::Binary, content_type = "application/octet-stream"),
        (status = "default", description = "Refused", body = crate::api::problem::ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn rejects(
    identity: Identity,
    Extension(jobs): Extension<Arc<Jobs>>,
    Segments(text): Segments<String>,
    Asked(asked): Asked<RejectsAsked>,
) -> Answer<SentFile> {
    identity.at_least(Role::Admin)?;
    let id = id(&text)?;
    let wanted = asked.format.as_deref().map(format).transpose()?;
    blocking(move || {
        let job = jobs.get(id)?;
        let format = wanted.unwrap_or_else(|| format_of(&job));
        let path = jobs.folder().join(format!("{}.{}", Uuid::now_v7(), format.id()));
        jobs.write_rejects(id, &path)?;
        SentFile::take(&path, media_type(format), name(&job, format)).map_err(Problem::internal)
    })
    .await
}

fn format(text: &str) -> Answer<Format> {
    write::WRITTEN.into_iter().find(|format| format.id() == text).ok_or_else(|| {
        let known = write::WRITTEN.map(Format::id).join(", ");
        Problem::parameter("format", text, format!("{:?} is not written; known are {known}", short(text)))
    })
}

/// The format a job came in, where it is one that is written.
fn format_of(job: &Job) -> Format {
    let name = job.files.first().map(|file| file.name.to_lowercase()).unwrap_or_default();
    let ending = |format: &Format| name.ends_with(&format!(".{}", format.id()));
    write::WRITTEN.into_iter().find(ending).unwrap_or(Format::GeoJson)
}

/// The first file's name, with what its rows are now.
fn name(job: &Job, format: Format) -> String {
    let name = job.files.first().map_or("import", |file| file.name.as_str());
    let stem = name.split_once('.').map_or(name, |(stem, _)| stem);
    format!("{stem}-refused.{}", format.id())
}
