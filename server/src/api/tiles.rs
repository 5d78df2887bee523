//! `/shapes/{version}/…` and `/tiles/…`: vector tiles, compressed once and sent as they are kept.

use super::asked::{Asked, Nothing, Segments, number};
use super::metrics::Metrics;
use super::named;
use super::negotiate::{self, Encoding};
use super::problem::{Answer, Problem};
use crate::auth::{Identity, Role};
use crate::commit::Service;
use crate::tiles::{LayerError, LayerSet, MapLayer, TileAnswer};
use axum::Extension;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use std::sync::Arc;
use utoipa::IntoParams;
use wangge_core::geometry::tile::TileCoord;

/// Media type of vector tiles (MVT 2.1, 3.1).
pub const MVT: &str = "application/vnd.mapbox-vector-tile";
/// Under its version a shape never changes.
const FOR_EVER: &str = "public, max-age=31536000, immutable";
/// A tile with state in it is asked about each time.
const ASK_AGAIN: &str = "no-cache, must-revalidate";

/// What is asked of a tile with state in it.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct TileAsked {
    /// Id of a round; the newest active one when absent.
    round: Option<String>,
}

/// A tile of shapes, unchanging under its version.
#[utoipa::path(
    get,
    path = "/shapes/{version}/{layers}/{z}/{x}/{y}",
    operation_id = "get_shape_tile",
    tag = "tiles",
    params(
        ("version" = u64, Path, description = "Version of the shapes, from /catalog"),
        ("layers" = String, Path, description = "Layers with commas, at most 8"),
        ("z" = u32, Path, description = "Zoom, 0 to 22"),
        ("x" = u32, Path, description = "Column"),
        ("y" = String, Path, description = "Row; may end in .mvt or .pbf"),
    ),
    responses(
        (status = 200, description = "The tile", body = super::schema::Binary, content_type = "application/vnd.mapbox-vector-tile"),
        (status = 204, description = "Nothing lies there"),
        (status = 304, description = "The tile is the one named in If-None-Match"),
        (status = 410, description = "The version is over; the newest is named", body = super::problem::ProblemBody, content_type = "application/problem+json"),
        (status = "default", description = "Refused", body = super::problem::ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn shape(
    identity: Identity,
    State(service): State<Arc<Service>>,
    Extension(metrics): Extension<Arc<Metrics>>,
    Segments((version, layers, z, x, y)): Segments<(String, String, String, String, String)>,
    _: Asked<Nothing>,
    headers: HeaderMap,
) -> Answer<Response> {
    let (layers, tile) = address(&identity, &layers, &z, &x, &y)?;
    let version = number("version", &version, 0..=u64::MAX)?;
    let wanted = |tile: &TileAnswer| tile.shapes_version() == version;
    let kept = service.tiles.kept_shape(&layers, tile).filter(wanted);
    metrics.count_tile(kept.is_some());
    let answer = match kept {
        Some(answer) => answer,
        None => {
            check_version(version, service.district.read().shapes_version())?;
            let service = Arc::clone(&service);
            let drawn = away(move || service.tiles.shape(&service.district, &layers, tile)).await?;
            check_version(version, drawn.shapes_version())?;
            drawn
        }
    };
    respond(answer, &headers, FOR_EVER).await
}

fn check_version(asked: u64, newest: u64) -> Answer<()> {
    let about = |problem: Problem| problem.about("version", Some(&asked.to_string()));
    if asked < newest {
        return Err(about(Problem::gone(format!(
            "shapes of version {asked} are over; the newest version is {newest}"
        ))));
    }
    if asked > newest {
        return Err(about(Problem::not_found(format!(
            "shapes have no version {asked} yet; the newest version is {newest}"
        ))));
    }
    Ok(())
}

/// A tile of shapes with the state of a round in it.
#[utoipa::path(
    get,
    path = "/tiles/{layers}/{z}/{x}/{y}",
    operation_id = "get_tile",
    tag = "tiles",
    params(
        ("layers" = String, Path, description = "Layers with commas, at most 8"),
        ("z" = u32, Path, description = "Zoom, 0 to 22"),
        ("x" = u32, Path, description = "Column"),
        ("y" = String, Path, description = "Row; may end in .mvt or .pbf"),
        TileAsked,
    ),
    responses(
        (status = 200, description = "The tile", body = super::schema::Binary, content_type = "application/vnd.mapbox-vector-tile"),
        (status = 204, description = "Nothing lies there"),
        (status = 304, description = "The tile is the one named in If-None-Match"),
        (status = "default", description = "Refused", body = super::problem::ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn inline(
    identity: Identity,
    State(service): State<Arc<Service>>,
    Extension(metrics): Extension<Arc<Metrics>>,
    Segments((layers, z, x, y)): Segments<(String, String, String, String)>,
    Asked(asked): Asked<TileAsked>,
    headers: HeaderMap,
) -> Answer<Response> {
    let (layers, tile) = address(&identity, &layers, &z, &x, &y)?;
    let round = {
        let district = service.district.read();
        match (&asked.round, district.rounds().is_empty()) {
            (None, true) => None,
            (id, _) => Some(named::round(&district, id.as_deref(), named::now())?),
        }
    };
    let kept = service.tiles.kept_inline(&layers, tile, round);
    metrics.count_tile(kept.is_some());
    let answer = match kept {
        Some(answer) => answer,
        None => {
            let service = Arc::clone(&service);
            away(move || service.tiles.inline(&service.district, &layers, tile, round)).await?
        }
    };
    respond(answer, &headers, ASK_AGAIN).await
}

/// Layers as an address names them, when the identity may see them.
pub fn layers(identity: &Identity, text: &str) -> Answer<LayerSet> {
    let layers = LayerSet::parse(text).map_err(|error| match error {
        LayerError::Unknown(_) => Problem::not_found(error.to_string()).about("layers", Some(text)),
        _ => Problem::parameter("layers", text, error),
    })?;
    if layers.contains(MapLayer::Households) {
        identity.at_least(Role::Field)?;
    }
    Ok(layers)
}

fn address(identity: &Identity, layer_names: &str, z: &str, x: &str, y: &str) -> Answer<(LayerSet, TileCoord)> {
    let layers = layers(identity, layer_names)?;
    let row = y.strip_suffix(".mvt").or_else(|| y.strip_suffix(".pbf")).unwrap_or(y);
    let tile =
        TileCoord::new(number("z", z, 0..=u32::MAX)?, number("x", x, 0..=u64::MAX)?, number("y", row, 0..=u64::MAX)?)?;
    Ok((layers, tile))
}

/// Does what takes milliseconds on a thread nobody else waits for.
async fn away<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Answer<T> {
    tokio::task::spawn_blocking(work).await.map_err(Problem::internal)
}

async fn respond(answer: TileAnswer, headers: &HeaderMap, lasting: &'static str) -> Answer<Response> {
    let lasting = (header::CACHE_CONTROL, HeaderValue::from_static(lasting));
    if answer.is_empty() {
        return Ok((StatusCode::NO_CONTENT, [lasting]).into_response());
    }
    // gzip before Brotli when both are liked the same: it is made faster, and is about as small.
    let encoding = negotiate::encoding(headers, &[Encoding::Gzip, Encoding::Brotli, Encoding::Identity]);
    let tag = format!("\"{}{}\"", answer.tag(), encoding.tag_suffix());
    let known = negotiate::is_known(headers, &tag);
    let tag = (header::ETAG, HeaderValue::from_str(&tag).map_err(Problem::internal)?);
    let vary = (header::VARY, HeaderValue::from_static("accept-encoding"));
    if known {
        return Ok((StatusCode::NOT_MODIFIED, [lasting, tag, vary]).into_response());
    }
    let body = match encoding {
        Encoding::Identity => answer.identity(),
        Encoding::Gzip if answer.has_gzip() => answer.gzip(),
        Encoding::Brotli if answer.has_brotli() => answer.brotli(),
        Encoding::Gzip => away(move || answer.gzip()).await?,
        Encoding::Brotli => away(move || answer.brotli()).await?,
    };
    let media = (header::CONTENT_TYPE, HeaderValue::from_static(MVT));
    let mut response = ([media, lasting, tag, vary], body).into_response();
    response.headers_mut().extend(encoding.header());
    Ok(response)
}
