//! The tiles that are here or on their way: what to ask for, what to let go, what to show meanwhile.

use std::collections::{BTreeSet, HashMap};
use wangge_core::geometry::tile::TileCoord;

/// Requests under way at once.
const MOST_REQUESTS: usize = 12;
/// First wait before a failed tile is asked for again; doubled each time.
const RETRY_MS: f64 = 1_000.0;
/// Longest such wait.
const LONGEST_RETRY_MS: f64 = 30_000.0;
/// How many zooms down tiles are looked for to stand in for a missing one.
const STAND_IN_DEPTH: u8 = 4;

/// What to do about requests now.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Plan {
    /// Tiles to ask for, each under its request's number.
    pub start: Vec<(u64, TileCoord)>,
    /// Requests nobody waits for any more.
    pub cancel: Vec<u64>,
}

/// Numbers for whoever watches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct StoreFigures {
    /// Requests ever begun.
    pub requested: u64,
    /// Tiles ever taken in, empty ones too.
    pub loaded: u64,
    /// Requests under way.
    pub pending: usize,
    /// Tiles that were asked for and could not be had.
    pub failed: usize,
    /// Bytes held.
    pub bytes: usize,
}

#[derive(Debug)]
enum Content<M> {
    Unknown,
    Empty,
    Here(M),
}

#[derive(Debug)]
struct Entry<M> {
    content: Content<M>,
    /// Whether the content is of the newest version.
    is_current: bool,
    request: Option<u64>,
    failures: u32,
    retry_at_ms: f64,
    bytes: usize,
    last_used: u64,
}

impl<M> Default for Entry<M> {
    fn default() -> Self {
        Self {
            content: Content::Unknown,
            is_current: false,
            request: None,
            failures: 0,
            retry_at_ms: 0.0,
            bytes: 0,
            last_used: 0,
        }
    }
}

/// Tiles by address, with a limit on the bytes they hold. `M` is whatever a tile is once it is here.
#[derive(Debug)]
pub struct TileStore<M> {
    entries: HashMap<TileCoord, Entry<M>>,
    byte_limit: usize,
    tick: u64,
    requested: u64,
    loaded: u64,
}

impl<M> TileStore<M> {
    /// An empty store. Tiles in view are kept even beyond the limit.
    pub fn new(byte_limit: usize) -> Self {
        Self { entries: HashMap::new(), byte_limit, tick: 0, requested: 0, loaded: 0 }
    }

    /// Decides about requests: asks for what is in view and not here, in the order given, and gives up what is not.
    pub fn plan(&mut self, in_view: &[TileCoord], now_ms: f64) -> Plan {
        self.tick += 1;
        let wanted: BTreeSet<TileCoord> = in_view.iter().copied().collect();
        let mut plan = Plan::default();
        for (tile, entry) in &mut self.entries {
            if !wanted.contains(tile) {
                plan.cancel.extend(entry.request.take());
            }
        }
        let mut running = self.pending();
        for tile in in_view {
            let entry = self.entries.entry(*tile).or_default();
            entry.last_used = self.tick;
            let is_due = !entry.is_current && entry.request.is_none() && now_ms >= entry.retry_at_ms;
            if is_due && running < MOST_REQUESTS {
                running += 1;
                self.requested += 1;
                entry.request = Some(self.requested);
                plan.start.push((self.requested, *tile));
            }
        }
        plan
    }

    /// Takes in a tile; `None` is one known to be empty. Gives back what has to be let go: what it replaces, or the tile
    /// itself when nobody waits for this request any more.
    pub fn take_in(&mut self, request: u64, tile: TileCoord, content: Option<(M, usize)>) -> Option<M> {
        let Some(entry) = self.entries.get_mut(&tile).filter(|e| e.request == Some(request)) else {
            return content.map(|(mesh, _)| mesh);
        };
        self.loaded += 1;
        (entry.request, entry.failures, entry.retry_at_ms, entry.is_current) = (None, 0, 0.0, true);
        let (content, bytes) = content.map_or((Content::Empty, 0), |(mesh, bytes)| (Content::Here(mesh), bytes));
        entry.bytes = bytes;
        match std::mem::replace(&mut entry.content, content) {
            Content::Here(old) => Some(old),
            Content::Unknown | Content::Empty => None,
        }
    }

    /// Whether anybody waits for a request.
    pub fn awaits(&self, request: u64, tile: TileCoord) -> bool {
        self.entries.get(&tile).is_some_and(|e| e.request == Some(request))
    }

    /// Notes that a request failed; the tile is asked for again later, each time after twice as long.
    pub fn fail(&mut self, request: u64, tile: TileCoord, now_ms: f64) {
        if let Some(entry) = self.entries.get_mut(&tile).filter(|e| e.request == Some(request)) {
            let wait = (RETRY_MS * f64::from(entry.failures).exp2()).min(LONGEST_RETRY_MS);
            (entry.request, entry.retry_at_ms) = (None, now_ms + wait);
            entry.failures += 1;
        }
    }

    /// When the next failed tile in view may be asked for again.
    pub fn next_retry_ms(&self, in_view: &[TileCoord]) -> Option<f64> {
        let waiting = in_view.iter().filter_map(|tile| self.entries.get(tile));
        let due = waiting.filter(|e| e.failures > 0 && e.request.is_none()).map(|e| e.retry_at_ms);
        due.min_by(f64::total_cmp)
    }

    /// Makes every tile old: it is shown until its newer self is here. Gives back the requests to cancel.
    pub fn renew(&mut self) -> Vec<u64> {
        let mut cancel = Vec::new();
        for entry in self.entries.values_mut() {
            (entry.is_current, entry.failures, entry.retry_at_ms) = (false, 0, 0.0);
            cancel.extend(entry.request.take());
        }
        cancel
    }

    /// Forgets everything. Gives back the requests to cancel.
    pub fn clear(&mut self) -> Vec<u64> {
        self.entries.drain().filter_map(|(_, entry)| entry.request).collect()
    }

    /// A tile that is here.
    pub fn get(&self, tile: TileCoord) -> Option<&M> {
        match &self.entries.get(&tile)?.content {
            Content::Here(content) => Some(content),
            Content::Unknown | Content::Empty => None,
        }
    }

    /// Tiles to draw for what is in view: each one itself, or else what there is above and below it. Larger tiles come
    /// first, so that the nearer truth is drawn over them. Marks them as used.
    pub fn to_draw(&mut self, in_view: &[TileCoord]) -> Vec<TileCoord> {
        let mut drawn = BTreeSet::new();
        for tile in in_view {
            if self.is_known(*tile) {
                drawn.insert(*tile);
                continue;
            }
            let above = std::iter::successors(tile.parent(), |t| t.parent()).find(|t| self.is_known(*t));
            drawn.extend(above);
            let below = self
                .entries
                .iter()
                .filter(|(t, entry)| !matches!(entry.content, Content::Unknown) && lies_in(**t, *tile, STAND_IN_DEPTH));
            drawn.extend(below.map(|(t, _)| *t));
        }
        for tile in &drawn {
            if let Some(entry) = self.entries.get_mut(tile) {
                entry.last_used = self.tick;
            }
        }
        drawn.into_iter().collect()
    }

    /// Whether everything in view is here and new.
    pub fn is_complete(&self, in_view: &[TileCoord]) -> bool {
        in_view.iter().all(|tile| self.entries.get(tile).is_some_and(|entry| entry.is_current))
    }

    /// Lets go of what was used longest ago until the limit is kept; never of what was used last.
    pub fn evict(&mut self) -> Vec<M> {
        let mut held: usize = self.entries.values().map(|e| e.bytes).sum();
        if held <= self.byte_limit {
            return Vec::new();
        }
        let mut old: Vec<(u64, TileCoord)> = self
            .entries
            .iter()
            .filter(|(_, e)| e.request.is_none() && e.last_used < self.tick)
            .map(|(tile, e)| (e.last_used, *tile))
            .collect();
        old.sort_unstable();
        let mut gone = Vec::new();
        for (_, tile) in old {
            if held <= self.byte_limit {
                break;
            }
            if let Some(entry) = self.entries.remove(&tile) {
                held -= entry.bytes;
                if let Content::Here(content) = entry.content {
                    gone.push(content);
                }
            }
        }
        gone
    }

    /// Numbers for whoever watches.
    pub fn figures(&self) -> StoreFigures {
        StoreFigures {
            requested: self.requested,
            loaded: self.loaded,
            pending: self.pending(),
            failed: self.entries.values().filter(|e| e.failures > 0).count(),
            bytes: self.entries.values().map(|e| e.bytes).sum(),
        }
    }

    fn pending(&self) -> usize {
        self.entries.values().filter(|e| e.request.is_some()).count()
    }

    fn is_known(&self, tile: TileCoord) -> bool {
        self.entries.get(&tile).is_some_and(|e| !matches!(e.content, Content::Unknown))
    }
}

/// Whether a tile lies inside another, at most so many zooms below it.
fn lies_in(inner: TileCoord, outer: TileCoord, depth: u8) -> bool {
    let Some(down) = inner.z().checked_sub(outer.z()) else { return false };
    (1..=depth).contains(&down) && inner.x() >> down == outer.x() && inner.y() >> down == outer.y()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tile(z: u32, x: u64, y: u64) -> TileCoord {
        TileCoord::new(z, x, y).unwrap()
    }

    fn load(store: &mut TileStore<&'static str>, at: TileCoord, content: &'static str, bytes: usize) {
        let plan = store.plan(&[at], 0.0);
        let (request, _) = plan.start[0];
        assert_eq!(store.take_in(request, at, Some((content, bytes))), None);
    }

    #[test]
    fn a_tile_is_asked_for_once_and_given_up_when_out_of_view() {
        let mut store = TileStore::<()>::new(1000);
        let first = store.plan(&[tile(3, 1, 1)], 0.0);
        assert_eq!(first.start, [(1, tile(3, 1, 1))]);
        assert_eq!(store.plan(&[tile(3, 1, 1)], 1.0), Plan::default());
        let second = store.plan(&[tile(3, 2, 1)], 2.0);
        assert_eq!(second.cancel, [1]);
        assert_eq!(store.take_in(1, tile(3, 1, 1), Some(((), 5))), Some(()), "its late answer is let go");
    }

    #[test]
    fn requests_at_once_are_limited_and_the_first_in_view_come_first() {
        let mut store = TileStore::<()>::new(1000);
        let view: Vec<_> = (0..30).map(|x| tile(6, x, 0)).collect();
        let started: Vec<_> = store.plan(&view, 0.0).start.into_iter().map(|(_, t)| t).collect();
        assert_eq!(started, view[..MOST_REQUESTS]);
    }

    #[test]
    fn a_failed_tile_is_tried_again_after_longer_and_longer() {
        let mut store = TileStore::<()>::new(1000);
        let view = [tile(3, 1, 1)];
        let mut now = 0.0;
        for wait in [1_000.0, 2_000.0, 4_000.0] {
            let (request, _) = store.plan(&view, now).start[0];
            store.fail(request, view[0], now);
            assert_eq!(store.next_retry_ms(&view), Some(now + wait));
            assert!(store.plan(&view, now + wait - 1.0).start.is_empty());
            now += wait;
        }
    }

    #[test]
    fn parents_and_children_stand_in_larger_ones_below() {
        let mut store = TileStore::new(1000);
        load(&mut store, tile(2, 0, 0), "grandparent", 1);
        load(&mut store, tile(5, 1, 1), "child", 1);
        load(&mut store, tile(5, 7, 7), "elsewhere", 1);
        assert_eq!(store.to_draw(&[tile(4, 0, 0)]), [tile(2, 0, 0), tile(5, 1, 1)]);
    }

    #[test]
    fn an_empty_tile_needs_no_stand_in() {
        let mut store = TileStore::new(1000);
        load(&mut store, tile(2, 0, 0), "parent", 1);
        let at = tile(3, 0, 0);
        let (request, _) = store.plan(&[at], 0.0).start[0];
        store.take_in(request, at, None);
        assert_eq!(store.to_draw(&[at]), [at]);
        assert!(store.is_complete(&[at]));
    }

    #[test]
    fn old_tiles_are_shown_until_the_new_ones_are_here() {
        let mut store = TileStore::new(1000);
        let at = tile(3, 0, 0);
        load(&mut store, at, "old", 1);
        store.renew();
        assert_eq!(store.get(at), Some(&"old"));
        let (request, _) = store.plan(&[at], 0.0).start[0];
        assert_eq!(store.take_in(request, at, Some(("new", 1))), Some("old"));
        assert_eq!(store.get(at), Some(&"new"));
    }

    #[test]
    fn the_limit_lets_the_oldest_go_and_keeps_what_is_in_view() {
        let mut store = TileStore::new(250);
        for x in 0..4 {
            load(&mut store, tile(5, x, 0), ["a", "b", "c", "d"][x as usize], 100);
        }
        assert_eq!(store.evict(), ["a", "b"]);
        assert_eq!(store.figures().bytes, 200);
        store.plan(&[tile(5, 3, 0), tile(5, 2, 0)], 0.0);
        store.byte_limit = 0;
        assert!(store.evict().is_empty());
    }
}
