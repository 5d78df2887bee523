//! One viewer's stream: what it missed, then what comes, nothing twice.

use super::imports::Listener;
use super::message::{Frame, Parcel};
use super::{Hub, Scope, Topic, Topics, message};
use parking_lot::RwLock;
use std::collections::VecDeque;
use std::sync::{Arc, atomic::Ordering};
use tokio::sync::broadcast::{self, error::RecvError};
use wangge_core::domain::{District, seq::Seq};

/// A stream of messages for one viewer. Dropping it ends it.
#[derive(Debug)]
pub struct Subscription {
    hub: Arc<Hub>,
    receiver: broadcast::Receiver<Arc<Parcel>>,
    /// Progress of imports, for whoever may hear it.
    imports: Option<Listener>,
    topics: Topics,
    waiting: VecDeque<Frame>,
    /// Everything up to here was told, or is in `waiting`.
    position: Seq,
}

impl Subscription {
    pub(super) fn new(
        hub: Arc<Hub>,
        receiver: broadcast::Receiver<Arc<Parcel>>,
        position: Seq,
        topics: Topics,
    ) -> Self {
        hub.viewers.fetch_add(1, Ordering::Relaxed);
        let imports = topics.has(Topic::Imports).then(|| hub.imports.listen(hub.pace.gap));
        Self { hub, receiver, imports, topics, waiting: VecDeque::new(), position }
    }

    /// Queues what happened after `since`, up to what was published. The start, or why it cannot be had.
    pub(super) fn resume(
        &mut self,
        district: &RwLock<District>,
        scope: Scope,
        since: Seq,
        published: u64,
    ) -> Result<Seq, &'static str> {
        let now = self.position;
        if since.epoch != now.epoch {
            return Err("epoch");
        }
        if since.n > now.n {
            return Err("future");
        }
        let entries = self.hub.memory.lock().after(since.n);
        let entries = entries.map_err(|_| "too_old")?;
        self.position = Seq { n: since.n.max(published), ..now };
        if let Some(last) = entries.last() {
            self.position.n = self.position.n.max(last.seq.n);
            if let Some(parcel) = message::change(&district.read(), scope, &entries, last) {
                self.put(&parcel);
            }
        }
        Ok(since)
    }

    /// Puts `hello` in front, and behind it a `reset` when there is a reason for one.
    pub(super) fn greet(&mut self, start: Result<Seq, &'static str>, shapes_version: u64) {
        match start {
            Ok(seq) => self.waiting.push_front(message::hello(seq, shapes_version)),
            Err(reason) => {
                self.waiting.push_front(message::hello(self.position, shapes_version));
                self.waiting.extend(message::reset(self.position, reason).frames);
            }
        }
    }

    /// The next message; none when the server shuts down. Can be dropped while it waits without losing anything.
    pub async fn next(&mut self) -> Option<Frame> {
        loop {
            if let Some(frame) = self.waiting.pop_front() {
                return Some(frame);
            }
            let heard = tokio::select! {
                heard = self.receiver.recv() => heard,
                frames = progress(&mut self.imports) => {
                    self.waiting.extend(frames);
                    continue;
                }
            };
            match heard {
                Ok(parcel) => self.take(&parcel),
                Err(RecvError::Lagged(_)) => self.skip_to_now(),
                Err(RecvError::Closed) => return None,
            }
        }
    }

    fn take(&mut self, parcel: &Parcel) {
        let news = if parcel.beat { parcel.seq.n >= self.position.n } else { parcel.seq.n > self.position.n };
        if news {
            self.position = parcel.seq;
            self.put(parcel);
        }
    }

    /// Queues those frames of a parcel that this viewer wants.
    fn put(&mut self, parcel: &Parcel) {
        let topics = self.topics;
        let wanted = parcel.frames.iter().filter(|frame| frame.topic.is_none_or(|topic| topics.has(topic)));
        self.waiting.extend(wanted.cloned());
    }

    /// A viewer too slow for the stream starts again from now, and is told so.
    fn skip_to_now(&mut self) {
        self.receiver = self.receiver.resubscribe();
        let published = self.hub.memory.lock().last();
        self.position.n = self.position.n.max(published.unwrap_or_default());
        self.waiting.extend(message::reset(self.position, "too_slow").frames);
    }
}

/// What imports have to say; nothing ever where they are not heard.
async fn progress(imports: &mut Option<Listener>) -> Vec<Frame> {
    match imports {
        Some(listener) => listener.next().await,
        None => std::future::pending().await,
    }
}

impl Drop for Subscription {
    fn drop(&mut self) {
        self.hub.viewers.fetch_sub(1, Ordering::Relaxed);
    }
}
