//! `/metrics`: what happened since the start, in the text format of Prometheus.

use crate::auth::Identity;
use crate::commit::Service;
use axum::Extension;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use std::collections::BTreeMap;
use std::fmt::{Display, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Statuses counted: 100..600.
const STATUSES: usize = 500;
/// Route of requests no route is for.
const UNMATCHED: &str = "unmatched";

/// Requests by route and status.
#[derive(Debug)]
pub struct Metrics {
    routes: BTreeMap<&'static str, Vec<AtomicU64>>,
    tiles_kept: AtomicU64,
    tiles_drawn: AtomicU64,
}

impl Metrics {
    /// Counters at zero for these routes.
    pub fn new(routes: impl IntoIterator<Item = &'static str>) -> Self {
        let counters = || (0..STATUSES).map(|_| AtomicU64::new(0)).collect();
        let routes = routes.into_iter().chain([UNMATCHED]).map(|route| (route, counters())).collect();
        Self { routes, tiles_kept: AtomicU64::new(0), tiles_drawn: AtomicU64::new(0) }
    }

    /// Counts a tile that was asked for: answered from the cache, or drawn.
    pub fn count_tile(&self, is_kept: bool) {
        let counter = if is_kept { &self.tiles_kept } else { &self.tiles_drawn };
        counter.fetch_add(1, Ordering::Relaxed);
    }

    /// Counts an answer.
    pub fn count(&self, route: Option<&str>, status: StatusCode) {
        let route = self.routes.get(route.unwrap_or(UNMATCHED)).or_else(|| self.routes.get(UNMATCHED));
        let counter = route.and_then(|counters| counters.get(usize::from(status.as_u16()).checked_sub(100)?));
        if let Some(counter) = counter {
            counter.fetch_add(1, Ordering::Relaxed);
        }
    }

    fn write(&self, out: &mut String) {
        head(out, "wangge_http_requests_total", "counter", "Requests answered, by route and status.");
        for (route, counters) in &self.routes {
            for (status, count) in (100..).zip(counters).map(|(s, c)| (s, c.load(Ordering::Relaxed))) {
                if count > 0 {
                    // Writing to a String cannot fail.
                    let _ =
                        writeln!(out, "wangge_http_requests_total{{route=\"{route}\",status=\"{status}\"}} {count}");
                }
            }
        }
        let (kept, drawn) = (self.tiles_kept.load(Ordering::Relaxed), self.tiles_drawn.load(Ordering::Relaxed));
        figure(out, "wangge_tile_cache_hits_total", "counter", "Tiles answered as they were kept.", kept);
        figure(out, "wangge_tile_cache_misses_total", "counter", "Tiles drawn to be answered.", drawn);
    }
}

fn head(out: &mut String, name: &str, kind: &str, help: &str) {
    let _ = writeln!(out, "# HELP {name} {help}\n# TYPE {name} {kind}");
}

fn figure(out: &mut String, name: &str, kind: &str, help: &str, value: impl Display) {
    head(out, name, kind, help);
    let _ = writeln!(out, "{name} {value}");
}

/// Figures of this process, as Prometheus reads them.
#[utoipa::path(
    get,
    path = "/metrics",
    operation_id = "get_metrics",
    tag = "operation",
    responses(
        (status = 200, description = "Prometheus text format 0.0.4", body = String, content_type = "text/plain"),
        (status = "default", description = "Refused", body = super::problem::ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn metrics(
    _: Identity,
    State(service): State<Arc<Service>>,
    Extension(metrics): Extension<Arc<Metrics>>,
) -> impl IntoResponse {
    let mut out = String::with_capacity(4096);
    metrics.write(&mut out);
    let (seq, version, doors, visits) = {
        let district = service.district.read();
        (district.seq(), district.shapes_version(), district.households().len(), district.visit_count())
    };
    figure(&mut out, "wangge_log_epoch", "gauge", "Life of the log.", seq.epoch);
    figure(&mut out, "wangge_log_events", "gauge", "Number of the last event of the log.", seq.n);
    figure(
        &mut out,
        "wangge_commit_batches_total",
        "counter",
        "Batches written since the start.",
        service.live.published(),
    );
    figure(&mut out, "wangge_visits", "gauge", "Visits recorded, corrected ones included.", visits);
    figure(&mut out, "wangge_households", "gauge", "Doors known.", doors);
    figure(&mut out, "wangge_shapes_version", "gauge", "Version of the shapes.", version);
    figure(&mut out, "wangge_live_viewers", "gauge", "Streams open.", service.live.viewers());
    let started = service.started_at.as_second();
    figure(&mut out, "wangge_start_time_seconds", "gauge", "When the log was opened, seconds since 1970.", started);
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], out)
}
