//! `GET /api/export/{layer}.{format}`: a layer as a file, made whole before its first byte is sent.

use super::asked::{Asked, Segments, parsed};
use super::named;
use super::problem::{Answer, Problem};
use super::schema::{Binary, Moment as MomentText};
use super::sent_file::{SentFile, blocking, media_type};
use crate::auth::{Identity, Role};
use crate::commit::Service;
use crate::export::{ExportError, ExportRequest, Exported, Layer, Moment, export, format_of};
use crate::table::{Format, write::WriteError};
use axum::extract::State;
use axum::http::HeaderValue;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use std::sync::Arc;
use tokio::sync::Semaphore;
use utoipa::{IntoParams, ToSchema};
use wangge_core::domain::dates::local_date;

/// Exports made at a time; others wait. Each reads the whole of a layer and lies on the disk while it is sent.
static AT_ONCE: Semaphore = Semaphore::const_new(2);

/// What is asked.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ExportAsked {
    /// Code of an area: only what lies in it.
    within: Option<String>,
    /// What was true then: RFC 3339, or date and time by the district's clock, or a day for the end of it. For areas,
    /// households, staffing and visits.
    #[param(value_type = Option<MomentText>)]
    at: Option<String>,
    /// What had been recorded by then. For areas, households and visits.
    #[param(value_type = Option<MomentText>)]
    known_at: Option<String>,
    /// Visits that happened then or later.
    #[param(value_type = Option<MomentText>)]
    from: Option<String>,
    /// Id of a round; for states and figures the newest active one when absent, for visits every round.
    round: Option<String>,
}

/// What can be exported.
#[derive(Debug, Clone, Copy, ToSchema)]
#[schema(rename_all = "lowercase")]
#[allow(dead_code, reason = "describes the layers; a test holds it against them")]
pub enum ExportLayer {
    /// Areas in force, with figures.
    Areas,
    /// Doors, with how they stand.
    Households,
    /// Roads.
    Roads,
    /// Base map.
    Base,
    /// Facilities.
    Facilities,
    /// Shops.
    Shops,
    /// Posts of the grids.
    Staffing,
    /// Visits.
    Visits,
}

/// Formats of exports.
#[derive(Debug, Clone, Copy, ToSchema)]
#[schema(rename_all = "lowercase")]
#[allow(dead_code, reason = "describes the formats; a test holds it against them")]
pub enum ExportFormat {
    /// GeoJSON (RFC 7946).
    GeoJson,
    /// GeoJSON features one a line.
    GeoJsonL,
    /// CSV with a byte order mark.
    Csv,
    /// Excel.
    Xlsx,
    /// GeoPackage.
    Gpkg,
    /// FlatGeobuf.
    Fgb,
}

/// A layer as a file.
#[utoipa::path(
    get,
    path = "/api/export/{layer}.{format}",
    operation_id = "export_layer",
    tag = "files",
    params(
        ("layer" = ExportLayer, Path, description = "The layer"),
        ("format" = ExportFormat, Path, description = "Format of the file"),
        ExportAsked
    ),
    responses(
        (status = 200, description = "The file", body = Binary, content_type = "application/octet-stream",
            headers(
                ("x-seq" = String, description = "Place in the log all rows are of"),
                ("x-round" = String, description = "Id of the round of states and figures"),
                ("content-disposition" = String, description = "A name to save it under")
            )),
        (status = "default", description = "Refused", body = super::problem::ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn file(
    identity: Identity,
    State(service): State<Arc<Service>>,
    Segments(file): Segments<String>,
    Asked(asked): Asked<ExportAsked>,
) -> Answer<Response> {
    // Doors have addresses.
    identity.at_least(Role::Command)?;
    let (layer, format) = named_file(&file)?;
    let moment = |name, text: &Option<String>| text.as_deref().map(|text| parsed::<Moment>(name, text)).transpose();
    let (at, known_at, from) =
        (moment("at", &asked.at)?, moment("known_at", &asked.known_at)?, moment("from", &asked.from)?);
    let request = ExportRequest { layer, within: asked.within, round: asked.round, at, known_at, from };
    let _turn = AT_ONCE.acquire().await.map_err(Problem::internal)?;
    let (sent, exported) = blocking(move || made(&service, &request, format)).await?;
    let mut response = sent.into_response();
    let texts = [("x-seq", Some(exported.seq.to_string())), ("x-round", exported.round)];
    for (name, text) in texts.into_iter().filter_map(|(name, text)| Some((name, text?))) {
        response.headers_mut().extend(HeaderValue::from_str(&text).ok().map(|value| (name_of(name), value)));
    }
    Ok(response)
}

fn name_of(name: &'static str) -> axum::http::HeaderName {
    axum::http::HeaderName::from_static(name)
}

/// Layer and format of a name such as `households.xlsx`.
fn named_file(file: &str) -> Answer<(Layer, Format)> {
    let (layer, ending) = file.split_once('.').unwrap_or((file, ""));
    let layer = layer.parse().map_err(|error| Problem::not_found(format!("{error}")).about("layer", Some(layer)))?;
    let format =
        format_of(ending).map_err(|error| Problem::not_found(error.to_string()).about("format", Some(ending)))?;
    Ok((layer, format))
}

fn made(service: &Service, request: &ExportRequest, format: Format) -> Answer<(SentFile, Exported)> {
    let folder = tempfile::tempdir().map_err(Problem::internal)?;
    let path = folder.path().join("made");
    let now = named::now();
    let exported = export(service, request, format, &path, now).map_err(|error| problem(error, request, format))?;
    let day = request.at.map_or_else(|| local_date(now), Moment::day);
    let mut name = request.layer.id().to_owned();
    request.within.iter().for_each(|code| name.push_str(&format!("-{code}")));
    name.push_str(&format!("-{day}.{}", format.id()));
    SentFile::take(&path, media_type(format), name).map(|sent| (sent, exported)).map_err(Problem::internal)
}

fn problem(error: ExportError, request: &ExportRequest, format: Format) -> Problem {
    let sentence = error.to_string();
    match error {
        ExportError::Meaningless { name, .. } => Problem::query(name, sentence),
        ExportError::Area { .. } => Problem::query("within", sentence).about("within", request.within.as_deref()),
        ExportError::Round { .. } => Problem::query("round", sentence).about("round", request.round.as_deref()),
        ExportError::Changed => Problem::unavailable(sentence),
        // Not a fault of the server: the rows asked for do not go into this format.
        ExportError::Write(WriteError::TooMany { .. } | WriteError::NoShape { .. } | WriteError::Value { .. }) => {
            Problem::query("format", sentence).about("format", Some(format.id()))
        }
        ExportError::Write(_) | ExportError::Log(_) => Problem::internal(sentence),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::write::WRITTEN;
    use utoipa::PartialSchema;

    #[test]
    fn the_document_names_the_layers_and_formats_there_are() {
        let words =
            |schema: serde_json::Value| -> Vec<String> { serde_json::from_value(schema["enum"].clone()).unwrap() };
        let layers = words(serde_json::to_value(ExportLayer::schema()).unwrap());
        assert_eq!(layers, Layer::ALL.map(Layer::id));
        let formats = words(serde_json::to_value(ExportFormat::schema()).unwrap());
        assert_eq!(formats, WRITTEN.map(Format::id));
    }

    #[test]
    fn names_that_are_no_layer_or_format_are_answered_with_those_there_are() {
        assert!(named_file("households.xlsx").is_ok());
        for (name, field) in
            [("doors.csv", "layer"), ("areas", "format"), ("areas.shp", "format"), ("areas.tar.gz", "format")]
        {
            let problem = named_file(name).unwrap_err();
            assert_eq!(problem.status(), 404);
            assert_eq!(serde_json::to_value(problem.into_body()).unwrap()["field"], field, "{name}");
        }
    }
}
