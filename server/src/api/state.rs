//! `GET /api/state/{layer}`: how every door or area stands, by slot, in as few bytes as it takes.

use super::asked::{Asked, Segments};
use super::named;
use super::negotiate::{self, Encoding};
use super::past::Past;
use super::problem::{Answer, Problem, short};
use crate::auth::{Identity, Role};
use crate::commit::Service;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use flate2::{Compression, write::GzEncoder};
use serde::Deserialize;
use std::io::Write;
use std::sync::Arc;
use utoipa::IntoParams;
use wangge_core::format::state_table::{encode_areas, encode_doors};

/// Tables smaller than this are not worth compressing.
const WORTH_COMPRESSING: usize = 1024;

/// What is asked.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct StateAsked {
    /// Id of a round; the newest that is, or was then, active when absent.
    round: Option<String>,
    /// What was true at a moment; now when absent. A day alone means its end.
    at: Option<String>,
    /// As far as it had been recorded by a moment; all that is known when absent.
    known_at: Option<String>,
}

/// How every door or area stands in a round, or stood at a moment: a `WGS1` table.
///
/// Which doors and areas there are, and the grid of each door, are those of today: slots are those of the shapes version the
/// table names.
#[utoipa::path(
    get,
    path = "/api/state/{layer}",
    operation_id = "get_state",
    tag = "figures",
    params(("layer" = StateLayer, Path, description = "Whose state"), StateAsked),
    responses(
        (status = 200, description = "The table", body = super::schema::Binary, content_type = "application/octet-stream",
            headers(("x-round" = String, description = "Id of the round"), ("etag" = String, description = "Changes with every event"))),
        (status = 304, description = "The table is the one named in If-None-Match"),
        (status = "default", description = "Refused", body = super::problem::ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn table(
    identity: Identity,
    State(service): State<Arc<Service>>,
    Segments(layer): Segments<String>,
    Asked(asked): Asked<StateAsked>,
    headers: HeaderMap,
) -> Answer<Response> {
    let layer = StateLayer::named(&layer)?;
    if layer == StateLayer::Households {
        identity.at_least(Role::Field)?;
    }
    let encoding = negotiate::encoding(&headers, &[Encoding::Gzip, Encoding::Identity]);
    let past = Past::asked(asked.at.as_deref(), asked.known_at.as_deref())?;
    let (now, tag, round) = {
        let district = service.district.read();
        let at = past.and_then(Past::at).unwrap_or_else(named::now);
        let index = named::round(&district, asked.round.as_deref(), at)?;
        let state = &district.rounds()[index];
        let (seq, version) = (district.seq(), district.shapes_version());
        let then = past.map(Past::tag).unwrap_or_default();
        let tag = format!("\"{seq}-{}-{index}{then}{}\"", layer.id(), encoding.tag_suffix());
        let is_asked = past.is_none() && !negotiate::is_known(&headers, &tag);
        let now = is_asked.then(|| match layer {
            StateLayer::Households => encode_doors(seq, version, &state.doors),
            StateLayer::Areas => encode_areas(seq, version, &state.areas),
        });
        (now, tag, state.round.id.clone())
    };
    let table = match past {
        Some(past) if !negotiate::is_known(&headers, &tag) => Some(past.table(service, layer, round.clone()).await?),
        _ => now,
    };
    let mut response = match table {
        None => StatusCode::NOT_MODIFIED.into_response(),
        Some(table) => compressed(table, encoding).await?,
    };
    let headers = response.headers_mut();
    headers.insert(header::ETAG, text(&tag)?);
    headers.insert("x-round", text(&round)?);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    Ok(response)
}

/// Whose state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, utoipa::ToSchema)]
#[schema(rename_all = "lowercase")]
pub enum StateLayer {
    /// Twelve bytes an area.
    Areas,
    /// A byte a door.
    Households,
}

impl StateLayer {
    fn id(self) -> &'static str {
        match self {
            Self::Areas => "areas",
            Self::Households => "households",
        }
    }

    fn named(text: &str) -> Answer<Self> {
        [Self::Areas, Self::Households].into_iter().find(|layer| layer.id() == text).ok_or_else(|| {
            let detail = format!("there is no state of {:?}; there is of areas and households", short(text));
            Problem::not_found(detail).about("layer", Some(text))
        })
    }
}

fn text(value: &str) -> Answer<HeaderValue> {
    HeaderValue::from_str(value).map_err(Problem::internal)
}

async fn compressed(table: Vec<u8>, encoding: Encoding) -> Answer<Response> {
    let media = (header::CONTENT_TYPE, HeaderValue::from_static("application/octet-stream"));
    let Some(coding) = encoding.header().filter(|_| table.len() >= WORTH_COMPRESSING) else {
        return Ok(([media], table).into_response());
    };
    // Some milliseconds for a large district: not on a thread that others wait for.
    let packed = tokio::task::spawn_blocking(move || {
        let mut packer = GzEncoder::new(Vec::with_capacity(table.len() / 4), Compression::fast());
        packer.write_all(&table)?;
        packer.finish()
    });
    let packed = packed.await.map_err(Problem::internal)?.map_err(Problem::internal)?;
    Ok(([media, coding], packed).into_response())
}
