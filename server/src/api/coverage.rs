//! `GET /api/coverage`: how much of every area has been reached, the worst first.

use super::asked::{Asked, parsed};
use super::named;
use super::problem::Answer;
use super::schema::{LevelId, Moment, SeqText};
use crate::auth::Identity;
use crate::commit::Service;
use axum::Json;
use axum::extract::State;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;
use std::sync::Arc;
use utoipa::{IntoParams, ToSchema};
use wangge_core::domain::area::Level;
use wangge_core::domain::figures::Counts;
use wangge_core::domain::seq::Seq;

/// What is asked.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct CoverageAsked {
    /// Level of the areas; grids when absent.
    #[param(value_type = Option<LevelId>)]
    level: Option<String>,
    /// Code of an area: only it and what lies in it.
    within: Option<String>,
    /// Id of a round; the newest active one when absent.
    round: Option<String>,
}

/// Figures of a level.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Coverage {
    /// Id of the round.
    round: String,
    /// Level of the areas.
    #[schema(value_type = LevelId)]
    level: Level,
    /// When this was true.
    #[schema(value_type = Moment)]
    at: Timestamp,
    /// Place in the log it is true for.
    #[schema(value_type = SeqText)]
    seq: Seq,
    /// The areas, worst first: by reached share, then by most untouched; areas without eligible doors last.
    areas: Vec<AreaFigures>,
    /// Doors of the round that lie in no grid.
    unassigned: Figures,
    /// All doors of the round, wherever they lie, those in no grid included; `level` and `within` do not narrow it.
    total: Figures,
}

/// Counts of doors. Touched, reached and untouched count eligible doors only.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub struct Figures {
    /// Doors minus vacant, moved and demolished.
    eligible: u32,
    /// With any attempt.
    touched: u32,
    /// Met or reported.
    reached: u32,
    /// Without an attempt.
    untouched: u32,
}

impl From<Counts> for Figures {
    fn from(counts: Counts) -> Self {
        let untouched = counts.untouched();
        let Counts { eligible, touched, reached } = counts;
        Self { eligible, touched, reached, untouched }
    }
}

/// Figures of an area.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct AreaFigures {
    /// Code of the area.
    code: String,
    /// Name of the area.
    name: String,
    /// Level of the area.
    #[schema(value_type = LevelId)]
    level: Level,
    /// Code of the area it lies in.
    #[schema(required)]
    parent: Option<String>,
    /// Its counts.
    #[serde(flatten)]
    figures: Figures,
    /// Reached ÷ eligible; null without eligible doors.
    #[schema(required)]
    reached_share: Option<f64>,
}

/// Figures of every area of a level in a round.
#[utoipa::path(
    get,
    path = "/api/coverage",
    operation_id = "get_coverage",
    tag = "figures",
    params(CoverageAsked),
    responses(
        (status = 200, description = "The figures", body = Coverage),
        (status = "default", description = "Refused", body = super::problem::ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn coverage(
    _: Identity,
    State(service): State<Arc<Service>>,
    Asked(asked): Asked<CoverageAsked>,
) -> Answer<Json<Coverage>> {
    let level = asked.level.as_deref().map(|text| parsed::<Level>("level", text)).transpose()?.unwrap_or(Level::Grid);
    let now = named::now();
    let district = service.district.read();
    let state = &district.rounds()[named::round(&district, asked.round.as_deref(), now)?];
    let areas = district.areas();
    let slots = match &asked.within {
        Some(code) => areas.within(named::area(&district, "within", code)?.slot),
        None => areas.iter().map(|area| area.slot).collect(),
    };
    let mut rows: Vec<AreaFigures> = slots
        .into_iter()
        .filter_map(|slot| Some((areas.get(slot)?, *state.areas.get(slot as usize)?)))
        .filter(|(area, _)| area.level == level)
        .map(|(area, counts)| AreaFigures {
            code: area.code.clone(),
            name: area.name.clone(),
            level,
            parent: area.parent.and_then(|parent| areas.get(parent)).map(|parent| parent.code.clone()),
            figures: counts.into(),
            reached_share: counts.reached_share(),
        })
        .collect();
    rows.sort_by(worst_first);
    Ok(Json(Coverage {
        round: state.round.id.clone(),
        level,
        at: now,
        seq: district.seq(),
        areas: rows,
        unassigned: state.unassigned.into(),
        total: state.total.into(),
    }))
}

fn worst_first(a: &AreaFigures, b: &AreaFigures) -> Ordering {
    let share = |row: &AreaFigures| row.reached_share.unwrap_or(f64::INFINITY);
    share(a)
        .total_cmp(&share(b))
        .then_with(|| b.figures.untouched.cmp(&a.figures.untouched))
        .then_with(|| a.code.cmp(&b.code))
}
