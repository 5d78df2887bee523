//! `/api/live`: the stream over WebSocket for pages and as server-sent events for scripts: one feed, two doors.

use super::asked::{Asked, parsed};
use super::named;
use super::problem::{Answer, Problem};
use crate::auth::{Identity, Role};
use crate::commit::Service;
use crate::live::{Frame, Subscription, Topic, Topics};
use axum::extract::State;
use axum::extract::ws::rejection::WebSocketUpgradeRejection;
use axum::extract::ws::{Message, WebSocket, WebSocketUpgrade};
use axum::http::{HeaderMap, header};
use axum::response::sse::{Event, Sse};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::{Duration, Instant};
use utoipa::IntoParams;
use wangge_core::domain::seq::Seq;

/// Longest wait for a viewer to take a message before it counts as gone.
const SEND_TIMEOUT: Duration = Duration::from_secs(20);
/// How long rights that were asked hold; beats come often enough that they are asked again within 5 s.
const RIGHTS_HOLD: Duration = Duration::from_secs(4);
/// A viewer's buffers: messages are small, viewers are many.
const BUFFER: usize = 4096;

/// What is asked.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct LiveAsked {
    /// Tell what happened after this place in the log; from now on when absent.
    #[param(value_type = Option<super::schema::SeqText>)]
    since: Option<String>,
    /// Code of an area: only it, what lies in it, and the figures of the areas above it.
    within: Option<String>,
    /// Topics with commas: `rounds`, and for administrators `imports`. All that one may hear when absent; where the log
    /// stands, new shapes and resets are told always.
    topics: Option<String>,
}

/// What changes, from `since` on.
///
/// A WebSocket when the request upgrades, server-sent events with `Accept: text/event-stream` (`id` is the seq, and
/// `Last-Event-ID` goes before `since`). The first message is `hello`; a stream that cannot tell everything says
/// `reset`.
#[utoipa::path(
    get,
    path = "/api/live",
    operation_id = "open_stream",
    tag = "figures",
    params(LiveAsked, ("last-event-id" = Option<super::schema::SeqText>, Header, description = "Where server-sent events were cut off")),
    responses(
        (status = 101, description = "A WebSocket; each text message is a LiveMessage"),
        (status = 200, description = "Server-sent events; the data of each is a LiveMessage", body = super::openapi::LiveMessage, content_type = "text/event-stream"),
        (status = "default", description = "Refused", body = super::problem::ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn live(
    identity: Identity,
    State(service): State<Arc<Service>>,
    Asked(asked): Asked<LiveAsked>,
    headers: HeaderMap,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Answer<Response> {
    identity.at_least(Role::Field)?;
    let since = match (headers.get("last-event-id"), &asked.since) {
        (Some(last), _) => {
            let text = String::from_utf8_lossy(last.as_bytes());
            Some(parsed::<Seq>("last-event-id", &text)?)
        }
        (None, Some(since)) => Some(parsed::<Seq>("since", since)?),
        (None, None) => None,
    };
    let topics = topics(&identity, asked.topics.as_deref())?;
    let within = match &asked.within {
        Some(code) => Some(named::area(&service.district.read(), "within", code)?.slot),
        None => None,
    };
    let wants_upgrade = headers.contains_key(header::UPGRADE);
    let rights = Rights { service: Arc::clone(&service), headers, least: least_role(topics), asked: Instant::now() };
    let subscribe = move || service.live.subscribe(&service.district, since, within, topics);
    if wants_upgrade {
        let upgrade = upgrade.map_err(|error| Problem::upgrade_required(format!("no WebSocket: {error}")))?;
        let upgrade =
            upgrade.max_message_size(BUFFER).max_frame_size(BUFFER).read_buffer_size(BUFFER).write_buffer_size(0);
        return Ok(upgrade.on_upgrade(async move |socket| talk(socket, subscribe(), rights).await));
    }
    if !accepts_events(&rights.headers) {
        let detail = "this is a stream: open it as a WebSocket, or send accept: text/event-stream";
        return Err(Problem::not_acceptable(detail));
    }
    let events = futures_util::stream::unfold((subscribe(), rights), async |(mut stream, mut rights)| {
        let frame = stream.next().await.filter(|_| rights.hold())?;
        Some((Ok::<_, Infallible>(event(frame)), (stream, rights)))
    });
    Ok(Sse::new(events).into_response())
}

/// The topics of whoever asks: those named, or all that may be heard.
fn topics(identity: &Identity, named: Option<&str>) -> Answer<Topics> {
    let Some(named) = named else {
        let may_hear = |topic: &Topic| identity.at_least(least_role(Topics::default().with(*topic))).is_ok();
        return Ok(Topic::ALL.into_iter().filter(may_hear).collect());
    };
    let topics: Topics = named.split(',').map(|topic| parsed("topics", topic)).collect::<Answer<_>>()?;
    identity.at_least(least_role(topics))?;
    Ok(topics)
}

/// The least role that hears these topics; an import tells of files and rows that are not public yet.
fn least_role(topics: Topics) -> Role {
    if topics.has(Topic::Imports) { Role::Admin } else { Role::Field }
}

fn accepts_events(headers: &HeaderMap) -> bool {
    let accepted = headers.get_all(header::ACCEPT).iter().filter_map(|value| value.to_str().ok());
    accepted.flat_map(|value| value.split(',')).any(|item| {
        let media = item.split(';').next().unwrap_or_default().trim();
        media.eq_ignore_ascii_case("text/event-stream")
    })
}

fn event(frame: Frame) -> Event {
    let event = Event::default().data(frame.text.as_str());
    match frame.seq {
        Some(seq) => event.id(seq.to_string()),
        None => event,
    }
}

/// Whether whoever opened a stream may still read it.
struct Rights {
    service: Arc<Service>,
    headers: HeaderMap,
    /// What it takes to hear the topics of the stream.
    least: Role,
    asked: Instant,
}

impl Rights {
    fn hold(&mut self) -> bool {
        if self.asked.elapsed() < RIGHTS_HOLD {
            return true;
        }
        self.asked = Instant::now();
        self.service.access.identify(&self.headers).is_ok_and(|identity| identity.at_least(self.least).is_ok())
    }
}

async fn talk(mut socket: WebSocket, mut stream: Subscription, mut rights: Rights) {
    loop {
        let frame = tokio::select! {
            frame = stream.next() => frame,
            heard = socket.recv() => match heard {
                // A viewer has nothing to say; pings are answered below us.
                Some(Ok(message)) if !matches!(message, Message::Close(_)) => continue,
                _ => return,
            },
        };
        let message = match frame.filter(|_| rights.hold()) {
            Some(frame) => Message::Text(frame.text),
            None => Message::Close(None),
        };
        let ends = matches!(message, Message::Close(_));
        let sent = tokio::time::timeout(SEND_TIMEOUT, socket.send(message)).await;
        if ends || !matches!(sent, Ok(Ok(()))) {
            return;
        }
    }
}
