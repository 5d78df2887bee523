//! `/api/areas`: the hierarchy, as GeoJSON.

use super::asked::{Asked, Nothing, Segments, flag, parsed};
use super::named::{self, CollectionTag, FeatureTag, Link};
use super::problem::{Answer, Problem, short};
use super::schema::{LevelId, Position};
use crate::auth::Identity;
use crate::commit::Service;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::{IntoParams, ToSchema};
use wangge_core::domain::area::Level;
use wangge_core::domain::{Area, District};
use wangge_core::geometry::shape::{MultiPolygon, Ring};

/// Media type of GeoJSON (RFC 7946).
pub const GEOJSON: &str = "application/geo+json";

/// What is asked.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct AreasAsked {
    /// Only areas of this level.
    #[param(value_type = Option<LevelId>)]
    level: Option<String>,
    /// Code of an area: only it and what lies in it.
    within: Option<String>,
    /// Whether to answer the polygons too; false when absent.
    #[param(value_type = Option<bool>)]
    geometry: Option<String>,
}

/// Areas.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct AreaCollection {
    /// Always `FeatureCollection`.
    #[serde(rename = "type")]
    kind: CollectionTag,
    /// The areas, larger levels first.
    features: Vec<AreaFeature>,
    /// This collection.
    links: Vec<Link>,
}

/// An area.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct AreaFeature {
    /// Always `Feature`.
    #[serde(rename = "type")]
    kind: FeatureTag,
    /// Slot of the area.
    id: u32,
    /// Its polygons; null unless asked for.
    #[schema(required)]
    geometry: Option<Polygons>,
    /// What is known of it.
    properties: AreaProperties,
}

/// `MultiPolygon`.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub enum MultiPolygonTag {
    /// The only value.
    MultiPolygon,
}

/// Polygons, CRS84, outer rings counterclockwise.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Polygons {
    /// Always `MultiPolygon`.
    #[serde(rename = "type")]
    kind: MultiPolygonTag,
    /// Polygons, their rings, their positions.
    #[schema(value_type = Vec<Vec<Vec<Position>>>)]
    coordinates: Vec<Vec<Vec<[f64; 2]>>>,
}

/// What is known of an area.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct AreaProperties {
    /// Dense number: the feature id in tiles and the row in state tables.
    slot: u32,
    /// Unique code.
    code: String,
    /// Name shown.
    name: String,
    /// Level.
    #[schema(value_type = LevelId)]
    level: Level,
    /// Code of the area it lies in.
    #[schema(required)]
    parent: Option<String>,
    /// A point surely inside, where its name goes.
    #[schema(value_type = Position)]
    label: [f64; 2],
    /// West, south, east, north.
    #[schema(value_type = Vec<f64>, min_items = 4, max_items = 4)]
    bbox: [f64; 4],
    /// Doors inside.
    doors: u32,
}

/// The areas there are.
#[utoipa::path(
    get,
    path = "/api/areas",
    operation_id = "list_areas",
    tag = "ground",
    params(AreasAsked),
    responses(
        (status = 200, description = "Areas as GeoJSON", body = AreaCollection, content_type = "application/geo+json"),
        (status = "default", description = "Refused", body = super::problem::ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn list(
    _: Identity,
    State(service): State<Arc<Service>>,
    Asked(asked): Asked<AreasAsked>,
) -> Answer<Response> {
    let level = asked.level.as_deref().map(|text| parsed::<Level>("level", text)).transpose()?;
    let with_geometry = asked.geometry.as_deref().map(|text| flag("geometry", text)).transpose()?.unwrap_or(false);
    let district = service.district.read();
    let areas = district.areas();
    let slots = match &asked.within {
        Some(code) => areas.within(named::area(&district, "within", code)?.slot),
        None => areas.iter().map(|area| area.slot).collect(),
    };
    let mut found: Vec<&Area> = slots.into_iter().filter_map(|slot| areas.get(slot)).collect();
    found.retain(|area| level.is_none_or(|level| area.level == level));
    found.sort_by(|a, b| (a.level, &a.code).cmp(&(b.level, &b.code)));
    let query = [
        ("level", asked.level.as_deref()),
        ("within", asked.within.as_deref()),
        ("geometry", asked.geometry.as_deref()),
    ];
    let collection = AreaCollection {
        kind: CollectionTag::FeatureCollection,
        features: found.into_iter().map(|area| feature(&district, area, with_geometry)).collect(),
        links: vec![Link::geojson("self", "/api/areas", &query)],
    };
    drop(district);
    geojson(&collection)
}

/// One area with its polygons.
#[utoipa::path(
    get,
    path = "/api/areas/{code}",
    operation_id = "get_area",
    tag = "ground",
    params(("code" = String, Path, description = "Code of the area")),
    responses(
        (status = 200, description = "The area as GeoJSON", body = AreaFeature, content_type = "application/geo+json"),
        (status = "default", description = "Refused", body = super::problem::ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn one(
    _: Identity,
    State(service): State<Arc<Service>>,
    Segments(code): Segments<String>,
    _: Asked<Nothing>,
) -> Answer<Response> {
    let feature = {
        let district = service.district.read();
        let area = district.areas().by_code(&code).and_then(|slot| district.areas().get(slot));
        let unknown = || {
            let detail = format!("area {:?} is not known; /api/areas lists those that are", short(&code));
            Problem::not_found(detail).about("code", Some(&code))
        };
        feature(&district, area.ok_or_else(unknown)?, true)
    };
    geojson(&feature)
}

/// An answer in GeoJSON.
///
/// # Errors
/// An internal problem when the value cannot be written, which none here can.
pub fn geojson(value: &impl Serialize) -> Answer<Response> {
    let text = serde_json::to_vec(value).map_err(Problem::internal)?;
    Ok(([(header::CONTENT_TYPE, GEOJSON)], text).into_response())
}

fn feature(district: &District, area: &Area, with_geometry: bool) -> AreaFeature {
    let parent = area.parent.and_then(|parent| district.areas().get(parent));
    let (west_north, east_south) = (named::lonlat(area.bounds.min), named::lonlat(area.bounds.max));
    let polygons = || Polygons { kind: MultiPolygonTag::MultiPolygon, coordinates: coordinates(&area.geometry) };
    AreaFeature {
        kind: FeatureTag::Feature,
        id: area.slot,
        geometry: with_geometry.then(polygons),
        properties: AreaProperties {
            slot: area.slot,
            code: area.code.clone(),
            name: area.name.clone(),
            level: area.level,
            parent: parent.map(|parent| parent.code.clone()),
            label: named::lonlat(area.label),
            bbox: [west_north[0], east_south[1], east_south[0], west_north[1]],
            doors: area.doors,
        },
    }
}

/// Rings as RFC 7946 has them: closed, and wound the other way round than on a map whose y points south.
fn coordinates(polygons: &MultiPolygon) -> Vec<Vec<Vec<[f64; 2]>>> {
    let ring = |ring: &Ring| ring.first().into_iter().chain(ring.iter().rev()).map(|p| named::lonlat(*p)).collect();
    polygons.iter().map(|polygon| polygon.rings().map(ring).collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use wangge_core::geometry::position::FixedPoint;
    use wangge_core::geometry::shape::Polygon;

    #[test]
    fn rings_go_out_closed_and_counterclockwise() {
        let at = |x: u32, y: u32| FixedPoint { x: (1u32 << 31) + x * 10_000_000, y: (1u32 << 31) + y * 10_000_000 };
        // Clockwise as seen on the map: along the north, then down the east.
        let outer = vec![at(0, 0), at(1, 0), at(1, 1), at(0, 1)];
        let ring = coordinates(&vec![Polygon { outer, holes: vec![] }]).remove(0).remove(0);
        assert_eq!((ring.len(), ring[0]), (5, ring[4]));
        let twice_area: f64 = ring.windows(2).map(|p| p[0][0] * p[1][1] - p[1][0] * p[0][1]).sum();
        assert!(twice_area > 0.0);
    }
}
