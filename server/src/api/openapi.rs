//! `/openapi.json`: every route and every type, as OpenAPI; the app's types are made from it.

use super::asked::{Asked, Nothing};
use super::schema::{DoorStateId, LevelId, Moment, SeqText};
use super::{
    areas, coverage, doors, export, health, imports, live, map, metrics, problem, rounds, state, tiles, visits,
};
use crate::auth::Identity;
use axum::http::header;
use axum::response::IntoResponse;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::OnceLock;
use utoipa::{OpenApi, ToSchema};

/// Describes a message of the stream, which the core writes.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(tag = "type", rename_all = "lowercase", deny_unknown_fields)]
#[allow(dead_code, reason = "describes messages; a test reads them into it")]
pub enum LiveMessage {
    /// The first one: where the stream begins.
    Hello {
        /// Place in the log.
        #[schema(value_type = SeqText)]
        seq: String,
        /// Version of the shapes.
        shapes_version: u64,
    },
    /// Something changed. Values are absolute.
    Change {
        /// Place of the last event in it.
        #[schema(value_type = SeqText)]
        seq: String,
        /// When that event was recorded.
        #[schema(value_type = Moment)]
        at: String,
        /// Doors and areas, by the round's id.
        rounds: BTreeMap<String, LiveRound>,
        /// Whether the list of rounds changed.
        #[serde(default)]
        round_list: bool,
    },
    /// Shapes changed.
    Shapes {
        /// The new version.
        version: u64,
    },
    /// Everything must be read again.
    Reset {
        /// Place in the log the stream goes on from.
        #[schema(value_type = SeqText)]
        seq: String,
        /// `epoch`, `future`, `too_old`, `too_slow` or `too_much`.
        reason: String,
    },
    /// Nothing else happened.
    Beat {
        /// Place in the log.
        #[schema(value_type = SeqText)]
        seq: String,
        /// The server's clock.
        #[schema(value_type = Moment)]
        at: String,
    },
    /// How far an import is: for administrators, without a place in the log.
    Import {
        /// Id of the import.
        id: String,
        /// What is being done with it, as `/api/imports/{id}` says it.
        state: String,
        /// The part of that: `reading`, `checking`, `writing`.
        #[serde(default)]
        #[schema(nullable = false)]
        stage: Option<String>,
        /// Bytes dealt with.
        done_bytes: u64,
        /// Bytes in all.
        bytes: u64,
        /// Rows dealt with.
        rows: u64,
    },
}

/// What changed in a round.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[allow(dead_code, reason = "describes messages; a test reads them into it")]
pub struct LiveRound {
    /// Slot and byte of each door.
    #[schema(value_type = Vec<Vec<u32>>)]
    households: Vec<(u32, u8)>,
    /// Slot, eligible, touched and reached of each area.
    #[schema(value_type = Vec<Vec<u32>>)]
    areas: Vec<(u32, u32, u32, u32)>,
    /// Eligible, touched and reached of all doors of the round, where they changed and the viewer sees the whole.
    #[serde(default)]
    #[schema(value_type = Option<Vec<u32>>)]
    total: Option<(u32, u32, u32)>,
    /// The same of those that lie in no grid.
    #[serde(default)]
    #[schema(value_type = Option<Vec<u32>>)]
    unassigned: Option<(u32, u32, u32)>,
}

#[derive(OpenApi)]
#[openapi(
    info(title = "Wangge", description = "Map server for community-grid work", license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0")),
    paths(
        health::health,
        health::ready,
        metrics::metrics,
        openapi_json,
        map::catalog,
        map::style,
        map::tilejson,
        tiles::inline,
        tiles::shape,
        areas::list,
        areas::one,
        coverage::coverage,
        doors::list,
        export::file,
        imports::list,
        imports::receive,
        imports::one,
        imports::features,
        imports::rejects,
        imports::look,
        imports::confirm,
        imports::cancel,
        live::live,
        rounds::list,
        rounds::open,
        state::table,
        visits::record,
    ),
    // Types that only parameters name are not found by themselves.
    components(schemas(problem::ProblemBody, LiveMessage, export::ExportLayer, export::ExportFormat, state::StateLayer, map::ThemeId, LevelId, DoorStateId, SeqText))
)]
struct Document;

/// The OpenAPI document of everything served.
pub fn openapi() -> utoipa::openapi::OpenApi {
    Document::openapi()
}

/// This document.
#[utoipa::path(
    get,
    path = "/openapi.json",
    operation_id = "get_openapi",
    tag = "operation",
    responses((status = 200, description = "OpenAPI 3.1", body = serde_json::Value))
)]
pub async fn openapi_json(_: Identity, _: Asked<Nothing>) -> impl IntoResponse {
    static TEXT: OnceLock<String> = OnceLock::new();
    // Writing a document made of texts and numbers cannot fail.
    let text = TEXT.get_or_init(|| openapi().to_json().unwrap_or_default());
    ([(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "no-cache")], text.as_str())
}
