//! The description the server gives of itself, and the copy of it that the pages' types are made from.

use crate::harness::{Server, folder};
use serde_json::Value;
use std::path::Path;

#[test]
fn the_pages_types_are_made_from_what_is_served() {
    let data = folder();
    let served = Server::demo(data.path()).get_json("/openapi.json");
    let copy = Path::new(env!("CARGO_MANIFEST_DIR")).join("../web/app/openapi.json");
    let copy: Value =
        std::fs::read(copy).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default();
    assert!(served == copy, "web/app/openapi.json is not what the server serves: run `cargo xtask types`");
}

#[test]
fn every_described_path_answers_and_every_answer_is_described() {
    let data = folder();
    let server = Server::demo(data.path());
    let document = server.get_json("/openapi.json");
    assert!(document["openapi"].as_str().is_some_and(|version| version.starts_with("3.")));
    let paths = document["paths"].as_object().expect("paths");
    for (path, operations) in paths {
        let Some(get) = operations.get("get") else { continue };
        // Streams do not end, and addresses with a part to fill in need one that exists.
        if path.contains('{') || path == "/api/live" {
            continue;
        }
        let answer = server.get(path);
        let described = get["responses"].as_object().expect("responses");
        assert!(described.contains_key(&answer.status.to_string()), "{path} answers {} undescribed", answer.status);
        assert!(answer.status < 400, "{path} answers {}: {}", answer.status, answer.text());
    }
}
