//! The stream over both its doors.

use super::*;
use crate::api::openapi::LiveMessage;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// Events of a body until one matches: each its id and its data.
async fn events_until(body: &mut Body, matches: impl Fn(&Value) -> bool) -> Vec<(String, Value)> {
    let (mut text, mut events) = (String::new(), Vec::new());
    loop {
        let frame = tokio::time::timeout(Duration::from_secs(20), body.frame()).await.unwrap().unwrap().unwrap();
        text.push_str(std::str::from_utf8(frame.data_ref().unwrap()).unwrap());
        while let Some(end) = text.find("\n\n") {
            let event: String = text.drain(..end + 2).collect();
            let line =
                |name: &str| event.lines().find_map(|l| l.strip_prefix(name)).unwrap_or_default().trim().to_owned();
            let data: Value = serde_json::from_str(&line("data:")).unwrap();
            serde_json::from_value::<LiveMessage>(data.clone()).expect("the document describes every message");
            let found = matches(&data);
            events.push((line("id:"), data));
            if found {
                return events;
            }
        }
    }
}

async fn open(world: &World, path: &str, headers: &[(&str, &str)]) -> Body {
    let request = request("GET", path, headers).header("accept", "text/event-stream").body(Body::empty()).unwrap();
    let response = world.send(request).await;
    assert_eq!(response.status(), 200);
    assert_eq!(response.headers()["content-type"], "text/event-stream");
    response.into_body()
}

#[tokio::test]
async fn events_tell_a_visit_and_resume_from_the_last_id() {
    let world = World::new().await;
    let mut body = open(&world, "/api/live?topics=rounds", &[]).await;
    let hello = events_until(&mut body, |m| m["type"] == "hello").await;
    assert_eq!(hello[0].0, "1-2");
    world.visit(&visit(1, 0, "met")).await;
    let (id, change) = events_until(&mut body, |m| m["type"] == "change").await.pop().unwrap();
    assert_eq!((id.as_str(), &change["seq"]), ("1-3", &json!("1-3")));
    assert_eq!(change["rounds"]["now"]["households"].as_array().unwrap().len(), 1);
    drop(body);
    world.visit(&visit(2, 1, "refused")).await;
    let mut body = open(&world, "/api/live?since=1-1", &[("last-event-id", "1-3")]).await;
    let events = events_until(&mut body, |m| m["seq"] == "1-4").await;
    assert_eq!(events[1].1["rounds"]["now"]["households"].as_array().unwrap().len(), 1, "{events:?}");
    let mut body = open(&world, "/api/live?since=7-1", &[]).await;
    let events = events_until(&mut body, |m| m["type"] == "reset").await;
    assert_eq!(events[1].1["reason"], "epoch");
}

#[tokio::test]
async fn a_stream_asked_for_wrongly_is_refused() {
    let world = World::new().await;
    let accept = ("accept", "text/event-stream");
    for (path, told) in [
        ("/api/live?since=42", "EPOCH-N"),
        ("/api/live?within=nowhere", "nowhere"),
        ("/api/live?topics=rounds,weather", "weather"),
    ] {
        let problem = world.get_with(path, &[accept]).await.problem(400);
        assert!(problem["detail"].as_str().unwrap().contains(told), "{problem}");
    }
    world.get_with("/api/live", &[accept, ("last-event-id", "x")]).await.problem(400);
    world.get_with("/api/live", &[("upgrade", "websocket"), ("connection", "upgrade")]).await.problem(426);
}

#[tokio::test]
async fn an_administrator_hears_of_imports_unless_only_rounds_are_asked_for() {
    let world = World::new().await;
    let mut all = open(&world, "/api/live", &[]).await;
    let mut imports = open(&world, "/api/live?topics=imports", &[]).await;
    let mut rounds = open(&world, "/api/live?topics=rounds", &[]).await;
    for body in [&mut all, &mut imports, &mut rounds] {
        events_until(body, |m| m["type"] == "hello").await;
    }
    let progress = wangge_core::format::live::ImportProgress {
        id: "job".into(),
        state: "looking".into(),
        stage: Some("reading".into()),
        done_bytes: 10,
        bytes: 20,
        rows: 3,
    };
    world.service.live.tell_import(progress);
    let told = json!({"type": "import", "id": "job", "state": "looking", "stage": "reading", "done_bytes": 10, "bytes": 20, "rows": 3});
    for body in [&mut all, &mut imports] {
        assert_eq!(events_until(body, |m| m["type"] == "import").await, [(String::new(), told.clone())]);
    }
    world.visit(&visit(1, 0, "met")).await;
    let heard = events_until(&mut rounds, |m| m["type"] == "change").await;
    assert_eq!(heard.len(), 1, "{heard:?}");
}

#[tokio::test]
async fn a_web_socket_tells_the_same() {
    let world = World::new().await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let router = world.router.clone();
    let server = tokio::spawn(async move { axum::serve(listener, router).await });
    let mut socket = TcpStream::connect(address).await.unwrap();
    let request = format!(
        "GET /api/live?within=350602001001001 HTTP/1.1\r\nhost: {address}\r\norigin: http://{address}\r\nupgrade: websocket\r\n\
         connection: Upgrade\r\nsec-websocket-version: 13\r\nsec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
    );
    socket.write_all(request.as_bytes()).await.unwrap();
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(socket.read_u8().await.unwrap());
    }
    assert!(head.starts_with(b"HTTP/1.1 101"), "{}", String::from_utf8_lossy(&head));
    assert_eq!(text_frame(&mut socket).await["type"], "hello");
    world.visit(&visit(1, 0, "met")).await;
    let change = text_frame(&mut socket).await;
    assert_eq!((&change["type"], &change["seq"]), (&json!("change"), &json!("1-3")));
    world.service.live.close();
    // A close frame, and the end.
    assert_eq!(socket.read_u8().await.unwrap(), 0x88);
    server.abort();
}

/// A short text frame of a server: two bytes of head, or four.
async fn text_frame(socket: &mut TcpStream) -> Value {
    assert_eq!(socket.read_u8().await.unwrap(), 0x81);
    let length = match socket.read_u8().await.unwrap() {
        126 => socket.read_u16().await.unwrap(),
        length => u16::from(length),
    };
    let mut text = vec![0; usize::from(length)];
    socket.read_exact(&mut text).await.unwrap();
    serde_json::from_slice(&text).unwrap()
}
