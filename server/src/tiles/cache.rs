//! Tiles kept, bounded by bytes, and forgotten exactly: a tile drawn before a change can never come in after it.
//!
//! Whoever draws a tile takes a ticket before reading the state. Forgetting a tile takes its tickets away, and only a tile
//! whose ticket still stands is kept.

use super::answer::TileAnswer;
use super::layers::LayerSet;
use parking_lot::Mutex;
use quick_cache::{DefaultHashBuilder, Lifecycle, Weighter, sync::Cache};
use std::collections::{HashMap, HashSet};
use wangge_core::geometry::tile::TileCoord;

/// Which tile.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct TileKey {
    /// Round of its state; none for shapes alone.
    pub(super) state: StateOf,
    pub(super) layers: LayerSet,
    pub(super) tile: TileCoord,
}

/// Whose state a tile holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum StateOf {
    /// Nobody's: shapes alone.
    Shapes,
    /// Inline, when there is no round.
    NoRound,
    /// That of the round with this index.
    Round(usize),
}

/// Something whose change makes a tile another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Touch {
    /// The figures of an area whose polygon is in the tile.
    Area(u32),
    /// The figures of a cluster of doors, by its area.
    Cluster(u32),
    /// Any door in a tile of this address, its buffer included.
    Doors(TileCoord),
}

/// Leave to keep a tile, unless it is forgotten in between.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Ticket {
    key: TileKey,
    number: u64,
}

/// The tiles kept.
pub(super) struct TileCache {
    tiles: Cache<TileKey, Numbered, Weigh, DefaultHashBuilder, CollectEvicted>,
    registry: Mutex<Registry>,
}

/// A tile with the ticket it came in by.
#[derive(Clone)]
struct Numbered {
    answer: TileAnswer,
    number: u64,
}

#[derive(Clone)]
struct Weigh;

impl Weighter<TileKey, Numbered> for Weigh {
    fn weight(&self, _: &TileKey, tile: &Numbered) -> u64 {
        tile.answer.weight()
    }
}

/// Hands what the cache drops to the registry, which drops it too.
#[derive(Clone)]
struct CollectEvicted;

impl Lifecycle<TileKey, Numbered> for CollectEvicted {
    type RequestState = Vec<(TileKey, u64)>;

    fn on_evict(&self, evicted: &mut Self::RequestState, key: TileKey, tile: Numbered) {
        evicted.push((key, tile.number));
    }
}

/// Tickets that stand, of tiles kept or being drawn, and what touches them.
#[derive(Default)]
struct Registry {
    next: u64,
    tickets: HashMap<TileKey, Standing>,
    touched_by: HashMap<(usize, Touch), HashSet<TileKey>>,
    /// How many [`Touch::Doors`] there are at each zoom.
    door_tiles: [usize; 32],
}

struct Standing {
    number: u64,
    touches: Vec<Touch>,
}

impl TileCache {
    /// A cache of at most so many bytes.
    pub(super) fn new(bytes: u64) -> Self {
        /// What a tile weighs, roughly, with its compressions.
        const USUAL_TILE: u64 = 32 * 1024;
        let count = usize::try_from(bytes / USUAL_TILE).unwrap_or(usize::MAX).clamp(64, 1 << 20);
        let tiles = Cache::with(count, bytes, Weigh, DefaultHashBuilder::default(), CollectEvicted);
        Self { tiles, registry: Mutex::default() }
    }

    /// The tile, when it is kept.
    pub(super) fn get(&self, key: &TileKey) -> Option<TileAnswer> {
        self.tiles.get(key).map(|tile| tile.answer)
    }

    /// Leave to keep a tile that will be drawn from state read after this call.
    pub(super) fn ticket(&self, key: TileKey, touches: Vec<Touch>) -> Ticket {
        self.registry.lock().add(key, touches)
    }

    /// Keeps a tile if its ticket still stands.
    pub(super) fn keep(&self, ticket: Ticket, answer: TileAnswer) {
        // Inside the lock, so that a change forgets either the ticket or the tile, and never falls between.
        let mut registry = self.registry.lock();
        if !registry.stands(ticket) {
            return;
        }
        let mut evicted = Vec::new();
        self.tiles.insert_with_lifecycle(ticket.key, Numbered { answer, number: ticket.number }, &mut evicted);
        for (key, number) in evicted {
            registry.remove(Ticket { key, number });
        }
    }

    /// Takes back a ticket whose tile is not drawn.
    pub(super) fn give_back(&self, ticket: Ticket) {
        self.registry.lock().remove(ticket);
    }

    /// Forgets every tile of a round that one of these touches, kept or being drawn.
    pub(super) fn forget(&self, round: usize, touches: impl Iterator<Item = Touch>) {
        let mut registry = self.registry.lock();
        if registry.tickets.is_empty() {
            return;
        }
        for touch in touches {
            for key in registry.take(round, touch) {
                self.tiles.remove(&key);
            }
        }
    }

    /// Forgets every tile, kept or being drawn.
    pub(super) fn forget_all(&self) {
        let mut registry = self.registry.lock();
        let next = registry.next;
        *registry = Registry { next, ..Registry::default() };
        self.tiles.clear();
    }

    /// Zooms at which a tile with doors is kept or being drawn.
    pub(super) fn door_zooms(&self) -> Vec<u8> {
        let registry = self.registry.lock();
        (0u8..).zip(registry.door_tiles).filter(|(_, count)| *count > 0).map(|(zoom, _)| zoom).collect()
    }

    #[cfg(test)]
    pub(super) fn is_consistent(&self) -> bool {
        let registry = self.registry.lock();
        let links: usize = registry.touched_by.values().map(HashSet::len).sum();
        let named: usize = registry
            .tickets
            .iter()
            .filter(|(key, _)| matches!(key.state, StateOf::Round(_)))
            .map(|(_, standing)| standing.touches.len())
            .sum();
        links == named && registry.touched_by.values().all(|keys| !keys.is_empty())
    }
}

impl Registry {
    fn add(&mut self, key: TileKey, mut touches: Vec<Touch>) -> Ticket {
        touches.sort_unstable_by_key(|touch| match touch {
            Touch::Area(slot) => (0, u64::from(*slot)),
            Touch::Cluster(slot) => (1, u64::from(*slot)),
            Touch::Doors(_) => (2, 0),
        });
        touches.dedup();
        self.unlink(&key);
        self.next += 1;
        let ticket = Ticket { key, number: self.next };
        if let StateOf::Round(round) = key.state {
            for touch in &touches {
                self.touched_by.entry((round, *touch)).or_default().insert(key);
                if let Touch::Doors(tile) = touch {
                    self.door_tiles[usize::from(tile.z())] += 1;
                }
            }
        }
        self.tickets.insert(key, Standing { number: ticket.number, touches });
        ticket
    }

    fn stands(&self, ticket: Ticket) -> bool {
        self.tickets.get(&ticket.key).is_some_and(|standing| standing.number == ticket.number)
    }

    fn remove(&mut self, ticket: Ticket) {
        if self.stands(ticket) {
            self.unlink(&ticket.key);
        }
    }

    /// Takes away the tickets one touch reaches, and names their tiles.
    fn take(&mut self, round: usize, touch: Touch) -> Vec<TileKey> {
        let keys: Vec<TileKey> = self.touched_by.get(&(round, touch)).into_iter().flatten().copied().collect();
        for key in &keys {
            self.unlink(key);
        }
        keys
    }

    fn unlink(&mut self, key: &TileKey) {
        let Some(standing) = self.tickets.remove(key) else { return };
        let StateOf::Round(round) = key.state else { return };
        for touch in standing.touches {
            if let Some(keys) = self.touched_by.get_mut(&(round, touch)) {
                keys.remove(key);
                if keys.is_empty() {
                    self.touched_by.remove(&(round, touch));
                }
            }
            if let Touch::Doors(tile) = touch {
                self.door_tiles[usize::from(tile.z())] -= 1;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(round: usize, x: u64) -> TileKey {
        TileKey { state: StateOf::Round(round), layers: LayerSet::ALL, tile: TileCoord::new(15, x, 0).unwrap() }
    }

    fn answer(byte: u8) -> TileAnswer {
        TileAnswer::new(1, vec![byte; 100])
    }

    fn bytes(cache: &TileCache, key: TileKey) -> Option<u8> {
        cache.get(&key).map(|answer| answer.identity()[0])
    }

    #[test]
    fn a_tile_forgotten_while_it_is_drawn_is_not_kept() {
        let cache = TileCache::new(1 << 20);
        let ticket = cache.ticket(key(0, 1), vec![Touch::Area(7)]);
        cache.forget(0, [Touch::Area(7)].into_iter());
        cache.keep(ticket, answer(1));
        assert_eq!(bytes(&cache, key(0, 1)), None);
        assert!(cache.is_consistent());
    }

    #[test]
    fn of_two_drawn_at_once_the_older_cannot_replace_the_newer() {
        let cache = TileCache::new(1 << 20);
        let older = cache.ticket(key(0, 1), vec![Touch::Area(7)]);
        let newer = cache.ticket(key(0, 1), vec![Touch::Area(7)]);
        cache.keep(newer, answer(2));
        cache.keep(older, answer(1));
        assert_eq!(bytes(&cache, key(0, 1)), Some(2));
    }

    #[test]
    fn only_what_is_touched_is_forgotten() {
        let cache = TileCache::new(1 << 20);
        for (round, x, touch) in [(0, 1, Touch::Area(7)), (0, 2, Touch::Area(8)), (1, 1, Touch::Area(7))] {
            let ticket = cache.ticket(key(round, x), vec![touch, Touch::Doors(key(round, x).tile)]);
            cache.keep(ticket, answer(x as u8));
        }
        cache.forget(0, [Touch::Area(7), Touch::Cluster(8)].into_iter());
        assert_eq!(bytes(&cache, key(0, 1)), None);
        assert_eq!(bytes(&cache, key(0, 2)), Some(2));
        assert_eq!(bytes(&cache, key(1, 1)), Some(1));
        assert_eq!(cache.door_zooms(), [15]);
        assert!(cache.is_consistent());
    }

    #[test]
    fn what_is_dropped_for_room_is_dropped_from_the_registry() {
        let cache = TileCache::new(64 * 1024);
        for x in 0..2000 {
            let ticket = cache.ticket(key(0, x), vec![Touch::Area(x as u32), Touch::Doors(key(0, x).tile)]);
            cache.keep(ticket, TileAnswer::new(1, vec![0; 1000]));
        }
        let standing = cache.registry.lock().tickets.len();
        assert!(standing <= 64 * 1024 / 3256 + 1, "{standing} tickets stand");
        assert!(cache.tiles.weight() <= 64 * 1024);
        assert!(cache.is_consistent());
        cache.forget_all();
        assert_eq!(cache.tiles.len() + cache.registry.lock().tickets.len(), 0);
        assert!(cache.is_consistent());
    }
}
