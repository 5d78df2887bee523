//! The live stream: what changed, told to every viewer in order, never missing anything in silence.
//!
//! The writer thread only remembers a change and rings; one task a scope writes the messages, and each viewer takes the
//! same bytes. A viewer subscribes, is told again what it missed, drops what it had already, and goes on live; where
//! that is not possible it gets an explicit `reset`.

mod imports;
pub mod memory;
pub mod message;
mod pump;
pub mod scope;
mod subscription;
pub mod topics;

pub use message::Frame;
pub use pump::Pace;
pub use scope::Scope;
pub use subscription::Subscription;
pub use topics::{Topic, Topics};

use imports::Board;
use memory::Memory;
use message::Parcel;
use parking_lot::{Mutex, RwLock};
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::sync::{broadcast, watch};
use wangge_core::domain::{District, changes::Changes, seq::Seq};
use wangge_core::format::live::ImportProgress;

/// Rings the scopes: how often, and whether it was the last time.
#[derive(Debug, Clone, Copy, Default)]
struct News {
    count: u64,
    closed: bool,
}

/// What the parts of the hub share. Locks are taken in the order district, scopes, memory, and held for no await.
#[derive(Debug)]
struct Hub {
    memory: Mutex<Memory>,
    news: watch::Sender<News>,
    scopes: Mutex<HashMap<Scope, broadcast::Sender<Arc<Parcel>>>>,
    imports: Board,
    viewers: AtomicUsize,
    pace: Pace,
}

impl Hub {
    /// Whether nobody listens to a scope any more; it is forgotten then and its task must end.
    fn retire(&self, scope: Scope, sender: &broadcast::Sender<Arc<Parcel>>) -> bool {
        let mut scopes = self.scopes.lock();
        let idle = sender.receiver_count() == 0;
        if idle {
            scopes.remove(&scope);
        }
        idle
    }
}

/// The stream's memory and everybody who listens.
#[derive(Debug)]
pub struct LiveHub {
    hub: Arc<Hub>,
}

impl Default for LiveHub {
    fn default() -> Self {
        Self::new()
    }
}

impl LiveHub {
    /// A hub that remembers nothing yet.
    pub fn new() -> Self {
        Self::with(Pace::default(), Memory::default())
    }

    /// A hub with its own pace and memory.
    pub fn with(pace: Pace, memory: Memory) -> Self {
        let hub = Hub {
            memory: Mutex::new(memory),
            news: watch::Sender::new(News::default()),
            scopes: Mutex::new(HashMap::new()),
            imports: Board::default(),
            viewers: AtomicUsize::new(0),
            pace,
        };
        Self { hub: Arc::new(hub) }
    }

    /// Takes in what one older event altered, so that viewers can resume through a restart. Oldest first, before the
    /// first [`LiveHub::publish`], without gaps up to the district's seq.
    pub fn remember(&self, changes: Changes) {
        let mut memory = self.hub.memory.lock();
        memory.begin_after(changes.seq.n.saturating_sub(1));
        memory.push(changes);
    }

    /// Tells every viewer what changed. Called by the writer once the district has it; never waits for a viewer.
    pub fn publish(&self, _district: &District, changes: &Changes) {
        self.hub.memory.lock().push(changes.clone());
        self.hub.news.send_modify(|news| news.count += 1);
    }

    /// Tells those who hear of imports how far one is; of words that follow each other closely only the last goes out.
    /// Never waits for a viewer.
    pub fn tell_import(&self, progress: ImportProgress) {
        self.hub.imports.tell(progress);
    }

    /// A stream of a scope from after `since`, or from now.
    ///
    /// Must be called inside the tokio runtime, and without the district's lock.
    pub fn subscribe(
        &self,
        district: &Arc<RwLock<District>>,
        since: Option<Seq>,
        within: Option<u32>,
        topics: Topics,
    ) -> Subscription {
        let scope = Scope::new(within);
        let (seq, shapes_version) = {
            let district = district.read();
            (district.seq(), district.shapes_version())
        };
        // Listen first, look at the memory after: whatever is sent between the two is in both.
        let receiver = self.listen(district, scope, seq.n);
        let published = self.hub.memory.lock().last().unwrap_or(seq.n);
        // The district may be ahead of what was published, or have moved on since it was read.
        let now = Seq { n: seq.n.max(published), ..seq };
        let mut subscription = Subscription::new(Arc::clone(&self.hub), receiver, now, topics);
        let start = match since {
            None => Ok(now),
            Some(since) => subscription.resume(district, scope, since, published),
        };
        subscription.greet(start, shapes_version);
        subscription
    }

    fn listen(&self, district: &Arc<RwLock<District>>, scope: Scope, now: u64) -> broadcast::Receiver<Arc<Parcel>> {
        let mut scopes = self.hub.scopes.lock();
        if let Some(sender) = scopes.get(&scope) {
            return sender.subscribe();
        }
        let (sender, receiver) = broadcast::channel(self.hub.pace.backlog);
        if self.is_closed() {
            return receiver;
        }
        let cursor = {
            let mut memory = self.hub.memory.lock();
            memory.begin_after(now);
            memory.last().unwrap_or(now)
        };
        scopes.insert(scope, sender.clone());
        tokio::spawn(pump::run(Arc::clone(&self.hub), Arc::clone(district), scope, sender, cursor));
        receiver
    }

    /// How many viewers are connected.
    pub fn viewers(&self) -> usize {
        self.hub.viewers.load(Ordering::Relaxed)
    }

    /// How many batches were published since the start.
    pub fn published(&self) -> u64 {
        self.hub.news.borrow().count
    }

    /// Whether [`LiveHub::close`] was called.
    pub fn is_closed(&self) -> bool {
        self.hub.news.borrow().closed
    }

    /// Ends every stream; for shutting down.
    pub fn close(&self) {
        self.hub.news.send_modify(|news| news.closed = true);
        self.hub.scopes.lock().clear();
    }
}

impl Drop for LiveHub {
    fn drop(&mut self) {
        self.close();
    }
}

#[cfg(test)]
mod tests;
