//! Routes: each asks for an identity, each is described and under its own id.

use super::*;
use crate::api::gate::{Gate, pass};
use crate::api::metrics::Metrics;
use crate::api::{PAGES, openapi, routes};
use axum::middleware;
use axum::routing::get;

/// An address of a route, its parameters filled in.
fn address(route: &str) -> String {
    let filled = route.replace("{version}", "2").replace("{z}", "0").replace("{x}", "0").replace("{y}", "0");
    let layers = if filled == "/tiles/{layers}" { "areas.json" } else { "areas" };
    let filled = filled.replace("{id}", "00000000-0000-7000-8000-000000000001");
    filled
        .replace("{layers}", layers)
        .replace("{layer}", "areas")
        .replace("{file}", "areas.csv")
        .replace("{code}", "350602")
}

#[tokio::test]
async fn every_route_but_health_and_ready_refuses_an_absent_identity() {
    let world = World::empty(Access::nobody()).await;
    for (route, _) in routes() {
        let mut refused = 0;
        for method in ["GET", "POST", "PUT", "PATCH", "DELETE"] {
            let answer = world.ask(request(method, &address(route), &[]).body(Body::empty()).unwrap()).await;
            match answer.status.as_u16() {
                405 => {}
                200 => assert!(route == "/health" || route == "/ready", "{method} {route} let somebody in"),
                _ => {
                    answer.problem(401);
                    refused += 1;
                }
            }
        }
        assert!(refused > 0 || route == "/health" || route == "/ready", "{route}");
    }
    world.get("/nothing/here").await.problem(401);
}

#[tokio::test]
async fn the_document_names_every_route_and_no_other() {
    let document = serde_json::to_value(openapi()).unwrap();
    let mut documented: Vec<String> = document["paths"]
        .as_object()
        .unwrap()
        .keys()
        .map(|path| path.replace("{layers}.json", "{layers}").replace("{layer}.{format}", "{file}"))
        .collect();
    let mut served: Vec<String> =
        routes().into_iter().map(|(path, _)| path.to_owned()).filter(|p| !PAGES.contains(&p.as_str())).collect();
    documented.sort();
    served.sort();
    assert_eq!(documented, served);
    let world = World::new().await;
    assert_eq!(world.get("/openapi.json").await.json(), document);
}

#[test]
fn every_operation_of_the_document_has_its_own_id() {
    let document = serde_json::to_value(openapi()).unwrap();
    let operations =
        document["paths"].as_object().unwrap().values().flat_map(|path| path.as_object().unwrap().values());
    let mut ids: Vec<&str> = operations.map(|operation| operation["operationId"].as_str().unwrap()).collect();
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), count);
}

#[test]
fn every_reference_of_the_document_leads_somewhere() {
    let text = serde_json::to_string(&openapi()).unwrap();
    let document: Value = serde_json::from_str(&text).unwrap();
    for reference in text.split("\"$ref\":\"#").skip(1) {
        let pointer = &reference[..reference.find('"').unwrap()];
        assert!(document.pointer(pointer).is_some(), "{pointer}");
    }
}

#[tokio::test]
async fn reads_in_time_are_refused_by_every_route_that_takes_parameters() {
    let world = World::new().await;
    for (route, _) in routes() {
        let takes_none = ["/health", "/ready", "/metrics", "/api/visits"];
        if PAGES.contains(&route)
            || takes_none.contains(&route)
            || route == "/api/export/{file}"
            || route == "/api/state/{layer}"
            || route.ends_with("/look")
            || route.ends_with("/confirm")
        {
            continue;
        }
        let path = address(route);
        let headers = [("accept", "text/event-stream")];
        world.get_with(&format!("{path}?at=2026-01-01T00:00:00Z"), &headers).await.problem(501);
        world.get_with(&format!("{path}?known_at=now"), &headers).await.problem(501);
        let body = world.get_with(&format!("{path}?bogus=1"), &headers).await.problem(400);
        assert_eq!(body["field"], "bogus", "{path}");
    }
}

#[tokio::test]
async fn a_panic_answers_a_number_and_nothing_else() {
    let world = World::new().await;
    let gate = Gate { service: Arc::clone(&world.service), metrics: Arc::new(Metrics::new(["/panic"])) };
    async fn panics() -> &'static str {
        panic!("the secret cause")
    }
    let router = Router::new().route("/panic", get(panics)).layer(middleware::from_fn_with_state(gate, pass));
    let world = World { router, ..world };
    let answer = world.get("/panic").await;
    let body = answer.problem(500);
    assert!(body["instance"].as_str().unwrap().starts_with("urn:uuid:"));
    assert!(!String::from_utf8_lossy(&answer.body).contains("secret"));
}

#[tokio::test]
async fn another_host_is_misdirected_and_a_page_of_another_site_is_refused() {
    let world = World::new().await;
    let rebound = Request::builder().uri("/health").header("host", "evil.example:8080").body(Body::empty()).unwrap();
    world.ask(rebound).await.problem(421);
    world.ask(Request::builder().uri("/health").body(Body::empty()).unwrap()).await.problem(400);
    let cross = [("origin", "http://evil.example"), ("content-type", "application/json")];
    let body = visit(1, 0, "met").to_string();
    world.ask(request("POST", "/api/visits", &cross).body(body.clone().into()).unwrap()).await.problem(403);
    let stream = [("sec-fetch-site", "cross-site"), ("accept", "text/event-stream")];
    world.get_with("/api/live", &stream).await.problem(403);
    let own =
        [("origin", "http://127.0.0.1:8080"), ("sec-fetch-site", "same-origin"), ("content-type", "application/json")];
    assert_eq!(world.ask(request("POST", "/api/visits", &own).body(body.into()).unwrap()).await.status, 201);
}

#[tokio::test]
async fn metrics_count_what_was_answered() {
    let world = World::new().await;
    world.visit(&visit(1, 0, "met")).await;
    world.get("/api/areas/nowhere").await;
    for _ in 0..3 {
        world.get("/tiles/areas/0/0/0").await;
    }
    let text = String::from_utf8(world.get("/metrics").await.body).unwrap();
    for line in [
        "wangge_http_requests_total{route=\"/api/visits\",status=\"201\"} 1",
        "wangge_http_requests_total{route=\"/api/areas/{code}\",status=\"404\"} 1",
        "wangge_log_events 3",
        "wangge_commit_batches_total 3",
        "wangge_visits 1",
        "wangge_live_viewers 0",
        "wangge_tile_cache_hits_total 2",
        "wangge_tile_cache_misses_total 1",
    ] {
        assert!(text.lines().any(|found| found == line), "{line} is not in\n{text}");
    }
}

#[tokio::test]
async fn health_and_readiness_are_told() {
    let world = World::new().await;
    assert_eq!(world.get("/health").await.json(), json!({"status": "ok"}));
    assert_eq!(world.get("/ready").await.json(), json!({"status": "ready"}));
    world.service.live.close();
    world.get("/ready").await.problem(503);
}
