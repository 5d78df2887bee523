//! Bad input: every refusal is a problem that says what, where and what would be right; nothing is lost by it.

use crate::harness::{Server, folder, from_now, new_id, visit};
use serde_json::{Value, json};

/// A server, a door, and the figures that no refusal may move.
fn with_server(test: impl FnOnce(&Server, &Value)) {
    let data = folder();
    let server = Server::demo(data.path());
    let door = server.untouched(1).remove(0);
    let before = server.get_json("/api/coverage");
    test(&server, &visit(&door, "met"));
    let after = server.get_json("/api/coverage");
    assert_eq!((&before["seq"], &before["areas"]), (&after["seq"], &after["areas"]), "a refusal changes nothing");
    server.get("/health").expect(200);
}

fn changed(visit: &Value, field: &str, value: Value) -> Value {
    let mut visit = visit.clone();
    visit["id"] = json!(new_id());
    visit[field] = value;
    visit
}

#[test]
fn a_body_that_is_no_json_is_refused_with_the_place() {
    with_server(|server, visit| {
        for body in ["", "{", "not json", "{\"id\": }", "[{\"id\":1},", "\u{0}\u{1}", "nul"] {
            server.post_bytes("/api/visits", body.as_bytes(), &[]).expect_problem(&[400]);
        }
        let mut cut = visit.to_string();
        cut.truncate(cut.len() - 1);
        let detail = server.post_bytes("/api/visits", cut.as_bytes(), &[]).expect_problem(&[400]);
        assert!(detail.contains("column") || detail.contains("line"), "{detail}");
        server.post_bytes("/api/visits", &[0xFF, 0xFE, b'{', b'}'], &[]).expect_problem(&[400]);
    });
}

#[test]
fn an_array_nested_5000_deep_is_refused() {
    with_server(|server, _| {
        let nested = format!("{}{}", "[".repeat(5000), "]".repeat(5000));
        server.post_bytes("/api/visits", nested.as_bytes(), &[]).expect_problem(&[400]);
        let hidden = format!("{{\"id\":{nested}}}");
        server.post_bytes("/api/visits", hidden.as_bytes(), &[]).expect_problem(&[400, 422]);
        let open = "[".repeat(100_000);
        server.post_bytes("/api/rounds", open.as_bytes(), &[]).expect_problem(&[400]);
    });
}

#[test]
fn a_field_of_a_wrong_type_or_an_unknown_value_is_named() {
    with_server(|server, visit| {
        let wrongs = [
            ("id", json!("not-a-uuid"), "uuid"),
            ("id", json!(7), ""),
            ("household", json!(12), ""),
            ("household", json!("no such door"), "no such door"),
            ("household", json!(""), ""),
            ("outcome", json!("maybe"), "maybe"),
            ("outcome", json!(null), ""),
            ("round", json!("no-such-round"), "no-such-round"),
            ("happened_at", json!("yesterday"), "happened_at"),
            ("happened_at", json!("2026-02-30T00:00:00Z"), "happened_at"),
            ("happened_at", json!(1_700_000_000), ""),
            ("happened_at", json!(from_now(600)), "2 minutes"),
            ("sent_at", json!("soon"), "sent_at"),
            ("by", json!("x".repeat(65)), "by"),
            ("channel", json!("pigeon"), "pigeon"),
            ("replaces", json!("1"), "replaces"),
            ("replaces", json!(new_id()), "replaces"),
            ("note", json!("somebody was rude"), "note"),
            ("colour", json!("red"), "colour"),
        ];
        for (field, value, word) in wrongs {
            let sent = changed(visit, field, value);
            let detail = server.post("/api/visits", &sent).expect_problem(&[400, 404, 422]);
            let all = detail.to_lowercase();
            assert!(all.contains(word), "{field}: {detail:?} does not name {word:?}");
        }
        for field in ["id", "household", "outcome", "happened_at"] {
            let mut missing = visit.clone();
            missing.as_object_mut().expect("a visit is an object").remove(field);
            let detail = server.post("/api/visits", &missing).expect_problem(&[400, 422]);
            assert!(detail.contains(field), "{detail}");
        }
        for body in [json!(7), json!("visit"), json!(null), json!({})] {
            server.post("/api/visits", &body).expect_problem(&[400, 422]);
        }
    });
}

#[test]
fn a_problem_never_repeats_a_huge_value() {
    with_server(|server, visit| {
        let sent = changed(visit, "outcome", json!("x".repeat(100_000)));
        let answer = server.post("/api/visits", &sent);
        answer.expect_problem(&[400, 422]);
        assert!(answer.body.len() < 2000, "{} bytes", answer.body.len());
    });
}

#[test]
fn a_body_over_the_limit_is_413_and_too_long_a_batch_is_refused() {
    with_server(|server, visit| {
        let huge = format!("[{}{}]", " ".repeat(9_000_000), visit);
        server.post_bytes("/api/visits", huge.as_bytes(), &[]).expect_problem(&[413]);
        let many: Vec<Value> = (0..10_001).map(|_| json!({ "id": 1 })).collect();
        server.post("/api/visits", &json!(many)).expect_problem(&[400, 413, 422]);
    });
}

#[test]
fn a_bad_round_is_refused() {
    with_server(|server, _| {
        let good = json!({ "id": "extra", "name": "加访", "starts_at": from_now(0), "ends_at": from_now(3600) });
        let with = |field: &str, value: Value| {
            let mut round = good.clone();
            round[field] = value;
            round
        };
        let wrongs = [
            with("id", json!("has spaces / and slashes")),
            with("id", json!("")),
            with("name", json!("")),
            with("name", json!("长".repeat(201))),
            with("ends_at", json!(from_now(-3600))),
            with("starts_at", json!("never")),
            with("scope", json!(["no-such-area"])),
            with("scope", json!("350602")),
            with("colour", json!(1)),
        ];
        for round in wrongs {
            server.post("/api/rounds", &round).expect_problem(&[400, 404, 422]);
        }
    });
}

#[test]
fn questions_that_cannot_be_answered_are_refused_never_ignored() {
    with_server(|server, _| {
        for path in [
            "/api/doors?limit=0",
            "/api/doors?limit=10001",
            "/api/doors?limit=-1",
            "/api/doors?limit=many",
            "/api/doors?state=asleep",
            "/api/doors?within=no-such-area",
            "/api/doors?round=no-such-round",
            "/api/doors?cursor=%00%ff",
            "/api/doors?cursor=garbage",
            "/api/areas?level=street",
            "/api/coverage?round=no-such-round",
            "/api/state/clouds",
            "/api/state/households?round=no-such-round",
            "/no/such/page",
        ] {
            server.get(path).expect_problem(&[400, 404, 422]);
        }
        for path in ["/api/coverage?at=2026-01-01T00:00:00Z", "/api/doors?at=2026-01-01T00:00:00Z"] {
            server.get(path).expect_problem(&[400, 501]);
        }
        server.get("/api/areas?known_at=2026-01-01T00:00:00Z").expect_problem(&[501]);
        server.get("/api/state/areas?known_at=yesterday").expect_problem(&[400]);
        server.get("/api/live?since=garbage").expect_problem(&[400, 422, 426]);
    });
}

#[test]
fn methods_and_media_types_that_are_not_served_are_problems() {
    with_server(|server, visit| {
        server.post("/api/coverage", &json!({})).expect_problem(&[405]);
        let text = visit.to_string();
        for media in ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"] {
            let answer = server.post_bytes("/api/visits", text.as_bytes(), &[("content-type", media)]);
            answer.expect_problem(&[415]);
        }
    });
}
