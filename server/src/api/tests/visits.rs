//! Visits over HTTP: one, many, and those that are refused.

use super::*;
use crate::api::visits::{MAX_BYTES, MAX_VISITS};

#[tokio::test]
async fn a_visit_is_taken_and_the_same_one_again_answers_the_same() {
    let world = World::new().await;
    let sent = visit(1, 0, "met");
    let first = world.visit(&sent).await;
    assert_eq!((first.status.as_u16(), first.json()), (201, json!({"id": sent["id"], "seq": "1-3", "status": 201})));
    let again = world.visit(&with(sent.clone(), "sent_at", json!("2025-06-01T08:00:01Z"))).await;
    assert_eq!((again.status, again.json()), (first.status, first.json()));
    let other = world.visit(&with(sent, "outcome", json!("refused"))).await.problem(409);
    assert_eq!(other["field"], "id");
    assert_eq!(world.service.district.read().visit_count(), 1);
}

#[tokio::test]
async fn a_refused_visit_says_which_field_and_why() {
    let world = World::new().await;
    let good = || visit(1, 0, "met");
    let future = jiff::Timestamp::now() + jiff::SignedDuration::from_mins(10);
    for (name, value, status) in [
        ("outcome", json!("hugged"), 400),
        ("outcome", json!(7), 400),
        ("outcome", Value::Null, 400),
        ("id", json!("not-a-uuid"), 400),
        ("happened_at", json!("yesterday"), 400),
        ("happened_at", json!("2025-13-45T00:00:00Z"), 400),
        ("happened_at", json!(1_700_000_000), 400),
        ("note", json!("asked for 张三"), 400),
        ("notes", json!("x"), 400),
        ("household", json!("door-9999"), 422),
        ("household", json!(["door-0"]), 400),
        ("round", json!("nowhere"), 422),
        ("happened_at", json!(future.to_string()), 422),
        ("happened_at", json!("2001-01-01T00:00:00Z"), 422),
        ("by", json!("x".repeat(65)), 422),
        ("replaces", json!("00000000-0000-4000-8000-000000000099"), 422),
    ] {
        let body = world.visit(&with(good(), name, value.clone())).await.problem(status);
        let told = format!("{} {}", body["field"], body["detail"]);
        assert!(told.contains(name), "{name} = {value}: {body}");
    }
    let note = world.visit(&with(good(), "note", json!("x"))).await.problem(400);
    assert!(note["detail"].as_str().unwrap().contains("notes are not kept yet"), "{note}");
    assert_eq!(world.service.district.read().visit_count(), 0);
}

#[tokio::test]
async fn of_many_visits_the_good_ones_are_taken_and_each_is_answered() {
    let world = World::new().await;
    let sent = json!([
        visit(1, 0, "met"),
        visit(2, 99, "met"),
        with(visit(3, 1, "met"), "outcome", json!("hugged")),
        visit(1, 0, "met"),
        visit(1, 0, "refused"),
        17,
        with(visit(6, 1, "remote"), "note", json!("x")),
        visit(7, 1, "no_answer"),
    ]);
    let answer = world.visit(&sent).await;
    assert_eq!(answer.status, 200);
    let answers = answer.json();
    let statuses: Vec<&Value> = answers.as_array().unwrap().iter().map(|a| &a["status"]).collect();
    assert_eq!(statuses, [201, 422, 400, 201, 409, 400, 400, 201]);
    assert_eq!(answers[0]["seq"], answers[3]["seq"]);
    assert_eq!(answers[2]["id"], sent[2]["id"]);
    assert_eq!(answers[5]["id"], Value::Null);
    assert!(answers[1]["problem"]["detail"].as_str().unwrap().contains("door-99"), "{answers}");
    assert!(answers[0].get("problem").is_none() && answers[1].get("seq").is_none());
    assert_eq!(world.service.district.read().visit_count(), 2);
    assert_eq!(world.visit(&json!([])).await.json(), json!([]));
}

#[tokio::test]
async fn broken_bodies_are_refused_with_their_place() {
    let world = World::new().await;
    let deep = format!("{}{}", "[".repeat(5_000), "]".repeat(5_000));
    let deep_inside = format!("[{{\"id\":{}}}]", "{\"a\":".repeat(5_000));
    for (body, told) in [
        ("{\"id\":\n  12,,}", "line 2 column"),
        ("", "line 1 column 0"),
        ("{", "line 1 column"),
        ("null", "line 1 column"),
        ("\"text\"", "line 1 column"),
        ("[{},", "line 1 column"),
        ("{\"id\":\"\\ud800\"}", "line 1 column"),
        (deep.as_str(), "nested deeper than 32"),
        (deep_inside.as_str(), "nested deeper than 32"),
    ] {
        let problem = world.post("/api/visits", body.to_owned()).await.problem(400);
        assert!(problem["detail"].as_str().unwrap().contains(told), "{problem}");
    }
    let invalid_utf8: Vec<u8> = b"{\"id\":\"\xff\xfe\"}".to_vec();
    world.post("/api/visits", invalid_utf8).await.problem(400);
    let twice = visit(1, 0, "met").to_string().replacen('{', "{\"household\":\"door-1\",", 1);
    let problem = world.post("/api/visits", twice).await.problem(400);
    assert!(problem["detail"].as_str().unwrap().contains("duplicate field `household`"), "{problem}");
    let form = request("POST", "/api/visits", &[("content-type", "text/plain")]).body("{}".into()).unwrap();
    world.ask(form).await.problem(415);
}

#[tokio::test]
async fn too_many_visits_or_bytes_are_413() {
    let world = World::new().await;
    let many: Vec<Value> = (0..=MAX_VISITS as u32).map(|id| visit(id, 0, "met")).collect();
    world.post("/api/visits", Value::from(many).to_string()).await.problem(413);
    world.post("/api/visits", " ".repeat(MAX_BYTES + 1)).await.problem(413);
    let declared = [("content-type", "application/json"), ("content-length", "99999999"), ("expect", "100-continue")];
    world.ask(request("POST", "/api/visits", &declared).body(Body::empty()).unwrap()).await.problem(413);
    assert_eq!(world.service.district.read().visit_count(), 0);
}

#[tokio::test]
async fn a_full_disk_answers_507_and_heals() {
    let world = World::new().await;
    world.store.limit_pages(Some(1));
    let many: Vec<Value> = (0..2_000).map(|id| with(visit(id, 0, "no_answer"), "by", json!("x".repeat(60)))).collect();
    let answers = world.post("/api/visits", Value::from(many.clone()).to_string()).await.json();
    assert!(answers.as_array().unwrap().iter().all(|a| a["status"] == 507), "{}", answers[0]);
    assert_eq!(world.get("/api/coverage").await.status, 200);
    world.store.limit_pages(None);
    let answers = world.post("/api/visits", Value::from(many).to_string()).await.json();
    assert!(answers.as_array().unwrap().iter().all(|a| a["status"] == 201), "{}", answers[0]);
}

#[tokio::test]
async fn a_round_is_opened_once_and_listed_as_it_was_sent() {
    let world = World::new().await;
    let round = json!({"id": "spring", "name": "春季走访", "purpose": "", "starts_at": "2025-01-01T00:00:00Z", "ends_at": "2025-02-01T00:00:00Z", "scope": ["350602001001001"]});
    let taken = world.post("/api/rounds", round.to_string()).await;
    assert_eq!((taken.status.as_u16(), taken.json()), (201, json!({"id": "spring", "seq": "1-3", "status": 201})));
    let listed = world.get("/api/rounds").await.json();
    assert_eq!(listed["rounds"][1], round);
    assert_eq!(listed["rounds"][0].get("ends_at"), None, "an open round has no end");
    world.post("/api/rounds", with(round.clone(), "name", json!("other")).to_string()).await.problem(409);
    for (name, value, status) in [
        ("id", json!("a b"), 422),
        ("ends_at", json!("2024-01-01T00:00:00Z"), 422),
        ("scope", json!(["nowhere"]), 422),
        ("scope", json!("350602"), 400),
        ("starts_at", Value::Null, 400),
        ("colour", json!("red"), 400),
    ] {
        let sent = with(with(round.clone(), "id", json!("summer")), name, value);
        world.post("/api/rounds", sent.to_string()).await.problem(status);
    }
    let late = with(visit(1, 0, "met"), "round", json!("spring"));
    world.visit(&late).await.problem(422);
    let inside = with(late, "happened_at", json!("2025-01-15T00:00:00Z"));
    assert_eq!(world.visit(&inside).await.status, 201);
}
