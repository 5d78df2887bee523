//! `/tiles/{layers}.json`, `/style.json`, `/catalog`: what a map client reads first.

use super::asked::{Asked, Nothing, Segments, parsed};
use super::named;
use super::problem::{Answer, Problem, short};
use super::rounds::RoundKnown;
use super::tiles;
use crate::auth::{Identity, host};
use crate::commit::Service;
use crate::tiles::Theme;
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, Uri, header};
use axum::response::IntoResponse;
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::Arc;
use utoipa::{IntoParams, ToSchema};

/// TileJSON 3.0.0 of layers with state in them.
#[utoipa::path(
    get,
    path = "/tiles/{layers}.json",
    operation_id = "get_tilejson",
    tag = "tiles",
    params(("layers" = String, Path, description = "Layers with commas, at most 8")),
    responses(
        (status = 200, description = "TileJSON 3.0.0", body = Value),
        (status = "default", description = "Refused", body = super::problem::ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn tilejson(
    identity: Identity,
    State(service): State<Arc<Service>>,
    Segments(file): Segments<String>,
    _: Asked<Nothing>,
    uri: Uri,
    headers: HeaderMap,
) -> Answer<impl IntoResponse> {
    let Some(layers) = file.strip_suffix(".json") else {
        let detail = format!("there is nothing at /tiles/{0}; TileJSON is at /tiles/{0}.json", short(&file));
        return Err(Problem::not_found(detail));
    };
    let layers = tiles::layers(&identity, layers)?;
    let base = base_url(&uri, &headers)?;
    Ok(asked_again(crate::tiles::tilejson(&service.district.read(), &layers, &base, true)))
}

/// What is asked.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct StyleAsked {
    /// `light` or `dark`; light when absent.
    #[param(value_type = Option<ThemeId>)]
    theme: Option<String>,
}

/// Light or dark.
#[derive(Debug, Clone, Copy, ToSchema)]
#[schema(rename_all = "lowercase")]
#[allow(dead_code, reason = "describes the parameter, which tiles read")]
pub enum ThemeId {
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

/// The map's style, as MapLibre reads it.
#[utoipa::path(
    get,
    path = "/style.json",
    operation_id = "get_style",
    tag = "tiles",
    params(StyleAsked),
    responses(
        (status = 200, description = "MapLibre style, version 8", body = Value),
        (status = "default", description = "Refused", body = super::problem::ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn style(
    _: Identity,
    State(service): State<Arc<Service>>,
    Asked(asked): Asked<StyleAsked>,
    uri: Uri,
    headers: HeaderMap,
) -> Answer<impl IntoResponse> {
    let theme = asked.theme.as_deref().map(|text| parsed::<Theme>("theme", text)).transpose()?.unwrap_or_default();
    let base = base_url(&uri, &headers)?;
    Ok(asked_again(crate::tiles::style(&service.district.read(), &base, theme)))
}

/// What is here, and where to fetch it from.
#[utoipa::path(
    get,
    path = "/catalog",
    operation_id = "get_catalog",
    tag = "tiles",
    responses(
        (status = 200, description = "The catalog", body = Catalog),
        (status = "default", description = "Refused", body = super::problem::ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn catalog(
    _: Identity,
    State(service): State<Arc<Service>>,
    _: Asked<Nothing>,
    uri: Uri,
    headers: HeaderMap,
) -> Answer<impl IntoResponse> {
    let base = base_url(&uri, &headers)?;
    let district = service.district.read();
    let round = district.default_round(named::now());
    Ok(asked_again(crate::tiles::catalog(&district, &base, round)))
}

/// Describes the catalog, which tiles write.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[allow(dead_code, reason = "describes an answer; a test reads one into it")]
pub struct Catalog {
    /// Name of the district.
    name: String,
    /// Life of the log.
    epoch: u32,
    /// Version of areas, households, roads and base.
    shapes_version: u64,
    /// West, south, east, north of everything.
    #[schema(value_type = Vec<f64>, min_items = 4, max_items = 4)]
    bounds: [f64; 4],
    /// Longitude, latitude and zoom to begin at.
    #[schema(value_type = Vec<f64>, min_items = 3, max_items = 3)]
    center: [f64; 3],
    /// First zoom with anything to see.
    minzoom: u8,
    /// Deepest zoom with more to see than the one above.
    maxzoom: u8,
    /// The layers.
    layers: Vec<CatalogLayer>,
    /// The rounds.
    rounds: Vec<RoundKnown>,
    /// Id of the round meant where none is named; null when there is none.
    #[schema(required)]
    default_round: Option<String>,
}

/// Describes a layer of the catalog.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[allow(dead_code, reason = "describes an answer; a test reads one into it")]
pub struct CatalogLayer {
    /// Name in addresses.
    id: String,
    /// What it shows.
    description: String,
    /// What its features are.
    geometry: String,
    /// First zoom with anything in it.
    minzoom: u8,
    /// Deepest zoom with more in it than the one above.
    maxzoom: u8,
    /// Properties of its features and their types.
    fields: BTreeMap<String, String>,
    /// Address of tiles with state in them.
    tiles: String,
    /// Address of tiles of shapes.
    shapes: String,
    /// Features in it.
    count: usize,
}

/// Scheme and host a client reached this server by; the host passed the allow-list.
fn base_url(uri: &Uri, headers: &HeaderMap) -> Answer<String> {
    let authority = host::authority(uri, headers)?;
    Ok(authority.map(|authority| format!("http://{authority}")).unwrap_or_default())
}

fn asked_again(document: Value) -> impl IntoResponse {
    ([(header::CACHE_CONTROL, "no-cache")], Json(document))
}
