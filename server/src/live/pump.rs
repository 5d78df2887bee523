//! The task of one scope: wakes on news, writes one message for all viewers of the scope, rests, and beats.

use super::{
    Hub,
    message::{self, Parcel},
    scope::Scope,
};
use parking_lot::RwLock;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::broadcast;
use tokio::time::{Instant, MissedTickBehavior};
use wangge_core::domain::{District, seq::Seq};

/// How often a scope is told.
#[derive(Debug, Clone, Copy)]
pub struct Pace {
    /// Rest after a message: at most one in this time, the first one at once.
    pub gap: Duration,
    /// Rest after news that carried nothing for the scope.
    pub quiet: Duration,
    /// Time between beats.
    pub beat: Duration,
    /// Messages a viewer may lag behind before it is reset.
    pub backlog: usize,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            gap: Duration::from_millis(100),
            quiet: Duration::from_millis(10),
            beat: Duration::from_secs(5),
            backlog: 64,
        }
    }
}

/// Runs until nobody listens (asked at each beat) or the hub closes. `cursor` is the number already told.
pub(super) async fn run(
    hub: Arc<Hub>,
    district: Arc<RwLock<District>>,
    scope: Scope,
    sender: broadcast::Sender<Arc<Parcel>>,
    mut cursor: u64,
) {
    let pace = hub.pace;
    let epoch = district.read().seq().epoch;
    let mut news = hub.news.subscribe();
    // News before this line is found by the first look; later ones wake the task.
    news.mark_changed();
    let mut beat = tokio::time::interval_at(Instant::now() + pace.beat, pace.beat);
    beat.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            biased;
            _ = beat.tick() => {
                if hub.retire(scope, &sender) {
                    return;
                }
                let parcel = message::beat(Seq { epoch, n: cursor });
                // An error says that nobody listens; the next beat ends this task then.
                let _ = sender.send(Arc::new(parcel));
                continue;
            }
            _ = news.changed() => {}
        }
        if news.borrow_and_update().closed {
            return;
        }
        let parcel = next_parcel(&hub, &district, scope, epoch, &mut cursor);
        let rest = if parcel.is_some() { pace.gap } else { pace.quiet };
        if let Some(parcel) = parcel {
            let _ = sender.send(Arc::new(parcel));
        }
        tokio::time::sleep(rest).await;
    }
}

/// What the scope has to be told after `cursor`, which moves on; none when that is nothing.
fn next_parcel(hub: &Hub, district: &RwLock<District>, scope: Scope, epoch: u32, cursor: &mut u64) -> Option<Parcel> {
    let found = hub.memory.lock().after(*cursor);
    match found {
        Ok(entries) => {
            let last = entries.last()?.clone();
            *cursor = last.seq.n;
            message::change(&district.read(), scope, &entries, &last)
        }
        Err(forgotten) => {
            *cursor = hub.memory.lock().last().unwrap_or(forgotten.floor);
            Some(message::reset(Seq { epoch, n: *cursor }, "too_much"))
        }
    }
}
