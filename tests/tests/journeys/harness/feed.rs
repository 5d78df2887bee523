//! The live stream through both its doors, as messages one waits for.

use super::server::Server;
use futures_util::StreamExt;
use serde_json::Value;
use std::{
    io::{BufRead, BufReader},
    sync::mpsc::{self, Receiver, Sender},
    thread,
    time::{Duration, Instant},
};

/// How long a message may take; generous, because machines under test are busy.
const PATIENCE: Duration = Duration::from_secs(30);

/// An open stream.
pub struct Feed {
    messages: Receiver<Value>,
}

/// Which door of the stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Door {
    /// WebSocket.
    WebSocket,
    /// Server-sent events.
    Events,
}

impl Feed {
    /// Opens the stream; `query` such as `?since=1-42`.
    pub fn open(server: &Server, door: Door, query: &str) -> Self {
        let (tell, messages) = mpsc::channel();
        match door {
            Door::WebSocket => listen_websocket(format!("ws://{}/api/live{query}", server.address), tell),
            Door::Events => listen_events(server.url(&format!("/api/live{query}")), None, tell),
        }
        Self { messages }
    }

    /// Opens the stream of events as a browser does after a loss.
    pub fn resume_events(server: &Server, last_event_id: &str) -> Self {
        let (tell, messages) = mpsc::channel();
        listen_events(server.url("/api/live"), Some(last_event_id.to_owned()), tell);
        Self { messages }
    }

    /// The next message of a type; beats and others before it are passed over, a reset that was not asked for is not.
    #[track_caller]
    pub fn next(&self, wanted: &str) -> Value {
        let end = Instant::now() + PATIENCE;
        loop {
            let left = end.saturating_duration_since(Instant::now());
            let message = self.messages.recv_timeout(left).unwrap_or_else(|_| panic!("no {wanted} message came"));
            if message["type"] == wanted {
                return message;
            }
            assert_ne!(message["type"], "reset", "{message}");
        }
    }

    /// Changes until one of them holds this door, in this round; the byte it then has.
    #[track_caller]
    pub fn byte_of(&self, round: &str, slot: u64) -> u8 {
        loop {
            let change = self.next("change");
            if let Some(byte) = byte_in(&change, round, slot) {
                return byte;
            }
        }
    }

    /// Whether the stream ends; messages still on their way are passed over.
    pub fn ends(&self) -> bool {
        let end = Instant::now() + PATIENCE;
        loop {
            match self.messages.recv_timeout(end.saturating_duration_since(Instant::now())) {
                Ok(_) => {}
                Err(mpsc::RecvTimeoutError::Disconnected) => return true,
                Err(mpsc::RecvTimeoutError::Timeout) => return false,
            }
        }
    }
}

/// Byte of a door in a change; none when the change does not hold it.
pub fn byte_in(change: &Value, round: &str, slot: u64) -> Option<u8> {
    let doors = change["rounds"][round]["households"].as_array()?;
    let pair = doors.iter().find(|pair| pair[0] == slot)?;
    pair[1].as_u64().map(|byte| byte as u8)
}

/// Counts of an area in a change: eligible, touched, reached.
pub fn counts_in(change: &Value, round: &str, slot: u64) -> Option<[u64; 3]> {
    let areas = change["rounds"][round]["areas"].as_array()?;
    let row = areas.iter().find(|row| row[0] == slot)?;
    Some([row[1].as_u64()?, row[2].as_u64()?, row[3].as_u64()?])
}

fn listen_websocket(url: String, tell: Sender<Value>) {
    thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(async {
            let (mut socket, _) = tokio_tungstenite::connect_async(url).await.expect("the stream opens");
            while let Some(Ok(message)) = socket.next().await {
                let Ok(text) = message.to_text() else { continue };
                let Ok(value) = serde_json::from_str(text) else { continue };
                if tell.send(value).is_err() {
                    return;
                }
            }
        });
    });
}

fn listen_events(url: String, last_event_id: Option<String>, tell: Sender<Value>) {
    thread::spawn(move || {
        let mut request = ureq::get(&url).header("accept", "text/event-stream");
        if let Some(id) = &last_event_id {
            request = request.header("last-event-id", id);
        }
        let response = request.call().expect("the stream opens");
        let content_type = response.headers().get("content-type").and_then(|value| value.to_str().ok());
        assert!(content_type.is_some_and(|value| value.starts_with("text/event-stream")));
        let (mut id, mut data) = (String::new(), String::new());
        for line in BufReader::new(response.into_body().into_reader()).lines().map_while(Result::ok) {
            if let Some(text) = line.strip_prefix("id:") {
                id = text.trim().to_owned();
            } else if let Some(text) = line.strip_prefix("data:") {
                data.push_str(text);
            } else if line.is_empty() && !data.is_empty() {
                let value: Value = serde_json::from_str(&data).expect("an event's data is JSON");
                data.clear();
                assert!(value["type"] != "change" || value["seq"] == id, "an event's id is its seq: {id}, {value}");
                if tell.send(value).is_err() {
                    return;
                }
            }
        }
    });
}
