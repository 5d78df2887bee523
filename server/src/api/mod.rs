//! The HTTP API: every route is on this page.
//!
//! A handler asks for an [`Identity`](crate::auth::Identity) first, parses what it is asked into types that cannot be
//! wrong, reads the district under its lock or hands commands to the writer, and answers. Nothing is decided here that
//! the core could decide.

mod areas;
mod asked;
mod coverage;
mod doors;
mod export;
mod gate;
mod health;
mod imports;
mod json;
mod live;
mod map;
mod metrics;
mod named;
mod negotiate;
mod openapi;
mod pages;
mod past;
mod problem;
mod rounds;
mod schema;
mod sent_file;
mod state;
#[cfg(test)]
mod tests;
mod tiles;
mod visits;

pub use openapi::openapi;
pub use problem::Problem;

use crate::commit::Service;
use crate::import::jobs::{Job, JobLimits, Jobs};
use axum::extract::DefaultBodyLimit;
use axum::http::{Method, Uri};
use axum::routing::{MethodRouter, get, post};
use axum::{Extension, Router, middleware};
use gate::Gate;
use metrics::Metrics;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;

/// The stream; reading it takes the same origin as changing something.
const STREAM: &str = "/api/live";
/// Addresses of pages: the app looks which one it is asked for.
const PAGES: [&str; 3] = ["/", "/admin", "/admin/import"];

/// Every route. `/health` and `/ready` are public; all others ask who is there.
fn routes() -> Vec<(&'static str, MethodRouter<Arc<Service>>)> {
    let mut routes: Vec<_> = PAGES.into_iter().map(|path| (path, get(pages::index))).collect();
    routes.extend([
        ("/health", get(health::health)),
        ("/ready", get(health::ready)),
        ("/metrics", get(metrics::metrics)),
        ("/openapi.json", get(openapi::openapi_json)),
        ("/catalog", get(map::catalog)),
        ("/style.json", get(map::style)),
        ("/tiles/{layers}", get(map::tilejson)),
        ("/tiles/{layers}/{z}/{x}/{y}", get(tiles::inline)),
        ("/shapes/{version}/{layers}/{z}/{x}/{y}", get(tiles::shape)),
        ("/api/areas", get(areas::list)),
        ("/api/areas/{code}", get(areas::one)),
        ("/api/coverage", get(coverage::coverage)),
        ("/api/doors", get(doors::list)),
        ("/api/export/{file}", get(export::file)),
        (STREAM, get(live::live)),
        ("/api/imports", get(imports::list).merge(post(imports::receive).layer(DefaultBodyLimit::disable()))),
        ("/api/imports/{id}", get(imports::one).delete(imports::cancel)),
        ("/api/imports/{id}/confirm", post(imports::confirm)),
        ("/api/imports/{id}/features", get(imports::features)),
        ("/api/imports/{id}/look", post(imports::look)),
        ("/api/imports/{id}/rejects", get(imports::rejects)),
        ("/api/rounds", get(rounds::list).post(rounds::open)),
        ("/api/state/{layer}", get(state::table)),
        ("/api/visits", post(visits::record)),
    ]);
    routes
}

/// The whole server as a tower service. `folder` is where files of imports lie while they are looked at; it is this
/// router's alone, and cleared.
///
/// # Errors
/// When the folder cannot be cleared, or the thread of the imports not started.
pub fn router(service: Arc<Service>, folder: PathBuf) -> io::Result<Router> {
    let live = Arc::clone(&service.live);
    let tell = move |job: &Job| live.tell_import(imports::progress(job));
    let jobs = Arc::new(Jobs::start(Arc::clone(&service), folder, JobLimits::default(), tell)?);
    let metrics = Arc::new(Metrics::new(routes().into_iter().map(|(path, _)| path)));
    let gate = Gate { service: Arc::clone(&service), metrics: Arc::clone(&metrics) };
    let router = routes()
        .into_iter()
        .fold(Router::new(), |router, (path, methods)| router.route(path, methods))
        .fallback(pages::other)
        .method_not_allowed_fallback(async |method: Method, uri: Uri| Problem::method(method.as_str(), uri.path()))
        .layer(Extension(metrics))
        .layer(Extension(jobs))
        .layer(middleware::from_fn_with_state(gate, gate::pass))
        .with_state(service);
    Ok(router)
}
