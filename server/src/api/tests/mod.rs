//! The API from outside, without a socket: requests in, answers out, over a real log in a temporary folder.

mod export;
mod imports;
mod pages;
mod reads;
mod refusals;
mod routes;
mod stream;
mod tiles;
mod visits;

use super::router;
use crate::auth::Access;
use crate::commit::{Service, ServiceOptions, sample};
use crate::store::SqliteStore;
use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode};
use axum::response::Response;
use http_body_util::BodyExt;
use serde_json::{Value, json};
use std::sync::Arc;
use tempfile::TempDir;
use tower::ServiceExt;

/// A served district: two grids of two blocks of three doors, two doors outside, and the round `now`.
struct World {
    service: Arc<Service>,
    store: Arc<SqliteStore>,
    router: Router,
    folder: TempDir,
}

/// An answer, read to its end.
#[derive(Debug)]
struct Answered {
    status: StatusCode,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl Answered {
    fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|e| panic!("{e}: {}", String::from_utf8_lossy(&self.body)))
    }

    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// The problem it must be.
    fn problem(&self, status: u16) -> Value {
        let body = self.json();
        assert_eq!(self.status.as_u16(), status, "{body}");
        assert_eq!(self.header("content-type"), "application/problem+json");
        assert_eq!(body["status"], status);
        assert!(body["detail"].as_str().is_some_and(|detail| detail.len() > 10), "{body}");
        body
    }
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    tokio::task::spawn_blocking(work).await.unwrap()
}

impl World {
    async fn new() -> Self {
        let world = Self::empty(Access::loopback_admin()).await;
        let service = Arc::clone(&world.service);
        blocking(move || sample::fill(&service)).await;
        world
    }

    async fn empty(access: Access) -> Self {
        blocking(move || {
            let folder = tempfile::tempdir().unwrap();
            let store = Arc::new(SqliteStore::open(folder.path()).unwrap());
            let options = ServiceOptions { access, ..ServiceOptions::default() };
            let service = Service::start(store.clone(), options).unwrap();
            let router = router(Arc::clone(&service), folder.path().join("imports")).unwrap();
            Self { router, service, store, folder }
        })
        .await
    }

    async fn send(&self, request: Request<Body>) -> Response {
        self.router.clone().oneshot(request).await.unwrap()
    }

    async fn ask(&self, request: Request<Body>) -> Answered {
        let (parts, body) = self.send(request).await.into_parts();
        let body = body.collect().await.unwrap().to_bytes().to_vec();
        Answered { status: parts.status, headers: parts.headers, body }
    }

    async fn get(&self, path: &str) -> Answered {
        self.get_with(path, &[]).await
    }

    async fn get_with(&self, path: &str, headers: &[(&str, &str)]) -> Answered {
        self.ask(request("GET", path, headers).body(Body::empty()).unwrap()).await
    }

    async fn post(&self, path: &str, body: impl Into<Body>) -> Answered {
        let headers = [("content-type", "application/json")];
        self.ask(request("POST", path, &headers).body(body.into()).unwrap()).await
    }

    async fn visit(&self, visit: &Value) -> Answered {
        self.post("/api/visits", visit.to_string()).await
    }
}

fn request(method: &str, path: &str, headers: &[(&str, &str)]) -> axum::http::request::Builder {
    let request = Request::builder().method(method).uri(path).header("host", "127.0.0.1:8080");
    headers.iter().fold(request, |request, (name, value)| request.header(*name, *value))
}

/// A visit of a while ago.
fn visit(id: u32, door: usize, outcome: &str) -> Value {
    json!({
        "id": format!("00000000-0000-4000-8000-{id:012}"),
        "household": format!("door-{door}"),
        "outcome": outcome,
        "happened_at": "2025-06-01T08:00:00Z",
    })
}

/// A value with one member set, or taken out when null.
fn with(mut value: Value, name: &str, member: Value) -> Value {
    if let Some(object) = value.as_object_mut() {
        if member.is_null() {
            object.remove(name);
        } else {
            object.insert(name.to_owned(), member);
        }
    }
    value
}
