//! Indexes over positions and boxes; the only file that names rstar.
//!
//! Doors lie in arrays sorted along the tile curve, so a tile is one contiguous range; an R-tree over the boxes of runs
//! of doors answers windows, polygons and the nearest. Nothing here changes or judges geometry.

use super::curve::{fixed_from_key, key_from_fixed, key_range};
use super::inside::{EdgeBands, Place};
use super::position::FixedPoint;
use super::shape::{FixedBox, MultiPolygon};
use super::tile::TileCoord;
use rstar::{AABB, PointDistance, RTree, RTreeObject};
use std::collections::BinaryHeap;
use std::ops::ControlFlow;

/// Doors a run: enough that the tree over the runs is small, few enough that a run is looked through at once.
const RUN: usize = 64;
/// Doors waiting outside the arrays before they are merged in, at least; else an eighth of those in the arrays.
const WAITING: usize = 1024;

// Coordinates go to rstar as f64, which holds every u32 exactly; integer envelopes would overflow in its area sums.
fn corner(p: FixedPoint) -> [f64; 2] {
    [f64::from(p.x), f64::from(p.y)]
}

fn envelope(b: FixedBox) -> AABB<[f64; 2]> {
    AABB::from_corners(corner(b.min), corner(b.max))
}

/// Squared distance in units, rounded the same way everywhere here, so that a box is never farther than what it holds.
fn distance_2(b: FixedBox, p: FixedPoint) -> f64 {
    let gap = |min: u32, max: u32, v: u32| f64::from(min.saturating_sub(v).max(v.saturating_sub(max)));
    let (dx, dy) = (gap(b.min.x, b.max.x, p.x), gap(b.min.y, b.max.y, p.y));
    dx * dx + dy * dy
}

fn point_box(p: FixedPoint) -> FixedBox {
    FixedBox { min: p, max: p }
}

/// A box with a number: a run of doors, an area, a segment.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Entry {
    slot: u32,
    bounds: FixedBox,
}

impl RTreeObject for Entry {
    type Envelope = AABB<[f64; 2]>;
    fn envelope(&self) -> Self::Envelope {
        envelope(self.bounds)
    }
}

impl PointDistance for Entry {
    fn distance_2(&self, point: &[f64; 2]) -> f64 {
        self.envelope().distance_2(point)
    }
}

/// Doors by position.
///
/// Costs about 13 bytes a door once merged. Answers hold the slots of doors, sorted where no other order is named.
#[derive(Debug, Clone, Default)]
pub struct PointIndex {
    /// Places on the tile curve, ascending; equal places by slot.
    keys: Vec<u64>,
    slots: Vec<u32>,
    /// Boxes of the runs; an entry's slot is the run's number.
    runs: RTree<Entry>,
    /// Doors added since the last rebuild.
    added: RTree<Entry>,
}

impl PointIndex {
    /// Index over positions; a door's slot is its place in the slice.
    ///
    /// Costs a sort of as many numbers; linear for doors already in the order of the tile curve, as imports leave them.
    pub fn build(positions: &[FixedPoint]) -> Self {
        let keys: Vec<u64> = positions.iter().map(|p| key_from_fixed(*p)).collect();
        let (keys, slots) = curve_order(keys);
        Self::from_columns(keys, slots)
    }

    /// Index over keys in ascending order and the slots beside them.
    fn from_columns(keys: Vec<u64>, slots: Vec<u32>) -> Self {
        let bounds = |run: &[u64]| {
            let mut bounds = point_box(fixed_from_key(*run.first()?));
            for p in run.iter().map(|key| fixed_from_key(*key)) {
                bounds.min = FixedPoint { x: bounds.min.x.min(p.x), y: bounds.min.y.min(p.y) };
                bounds.max = FixedPoint { x: bounds.max.x.max(p.x), y: bounds.max.y.max(p.y) };
            }
            Some(bounds)
        };
        let runs = keys.chunks(RUN).zip(0u32..).filter_map(|(run, slot)| Some(Entry { slot, bounds: bounds(run)? }));
        let runs = RTree::bulk_load(runs.collect());
        Self { keys, slots, runs, added: RTree::new() }
    }

    /// Adds a door; the slot must be new. Now and then this merges the waiting doors into the arrays.
    pub fn insert(&mut self, slot: u32, at: FixedPoint) {
        self.added.insert(Entry { slot, bounds: point_box(at) });
        if self.added.size() > WAITING.max(self.keys.len() / 8) {
            self.rebuild();
        }
    }

    /// Merges the doors added since the last rebuild into the arrays.
    pub fn rebuild(&mut self) {
        let (keys, slots) = (std::mem::take(&mut self.keys), std::mem::take(&mut self.slots));
        let mut pairs: Vec<_> = keys.into_iter().zip(slots).collect();
        pairs.extend(self.added.iter().map(|door| (key_from_fixed(door.bounds.min), door.slot)));
        // One long run in order and a few behind it: the stable sort merges them.
        pairs.sort();
        let (keys, slots) = pairs.into_iter().unzip();
        *self = Self::from_columns(keys, slots);
    }

    /// Doors in all.
    pub fn len(&self) -> usize {
        self.keys.len() + self.added.size()
    }

    /// Whether there are no doors.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Bytes held, near enough: the arrays by their capacity, the trees by their entries and nodes.
    pub fn memory_bytes(&self) -> usize {
        // A tree of n entries with at most 6 a node holds about n / 4 nodes beside them.
        let tree = |entries: usize| entries * (size_of::<Entry>() + 16) * 5 / 4;
        self.keys.capacity() * 8 + self.slots.capacity() * 4 + tree(self.runs.size()) + tree(self.added.size())
    }

    fn range(&self, tile: TileCoord) -> std::ops::Range<usize> {
        let keys = key_range(tile);
        let start = self.keys.partition_point(|key| key < keys.start());
        let end = start + self.keys[start..].partition_point(|key| key <= keys.end());
        start..end
    }

    /// Doors of a tile and of a buffer around it, in units of [`EXTENT`](super::tile::EXTENT); no wrap at the antimeridian.
    ///
    /// Without a buffer a door on a shared edge is in the tile to its south-east only; the buffer's own edge counts in.
    pub fn in_tile(&self, tile: TileCoord, buffer: u32) -> Vec<u32> {
        let mut found = self.slots[self.range(tile)].to_vec();
        let own = tile.own_box();
        self.added_in(own, |_| true, &mut found);
        if buffer > 0 {
            for strip in strips(tile.buffered_box(buffer), own) {
                self.runs_in(strip, |_| true, &mut found);
                self.added_in(strip, |_| true, &mut found);
            }
        }
        // Slots mostly ascend along the curve, and the stable sort merges runs that do.
        found.sort();
        found
    }

    /// How many doors a tile holds, without a buffer.
    pub fn count_in_tile(&self, tile: TileCoord) -> usize {
        let added = self.added.locate_in_envelope_intersecting(envelope(tile.own_box())).count();
        self.range(tile).len() + added
    }

    /// Doors in a box, its border included.
    pub fn in_box(&self, window: FixedBox) -> Vec<u32> {
        self.within(window, |_| true)
    }

    /// Doors inside polygons or on their border, decided exactly.
    pub fn in_polygons(&self, polygons: &MultiPolygon) -> Vec<u32> {
        let bands = EdgeBands::build(polygons);
        match bands.bounds() {
            Some(bounds) => self.within(bounds, |p| bands.place(p) != Place::Outside),
            None => Vec::new(),
        }
    }

    /// The doors nearest to a position, nearest first and equally near ones by slot; fewer when there are fewer.
    ///
    /// Near on the map is near on the ground, because Mercator keeps shapes in a small neighbourhood; across many
    /// degrees of latitude, or over the antimeridian, it is not.
    pub fn nearest(&self, to: FixedPoint, count: usize) -> Vec<u32> {
        // The `count` best so far, the worst of them on top. Distances are not negative, so their bits order as they do.
        let mut best: BinaryHeap<(u64, u32)> = BinaryHeap::new();
        let mut offer = |distance: f64, slot: u32| {
            best.push((distance.to_bits(), slot));
            if best.len() > count {
                best.pop();
            }
            if best.len() < count { f64::INFINITY } else { best.peek().map_or(-1.0, |worst| f64::from_bits(worst.0)) }
        };
        let mut reach = if count == 0 { -1.0 } else { f64::INFINITY };
        for door in self.added.nearest_neighbor_iter(corner(to)).take(count) {
            reach = offer(distance_2(door.bounds, to), door.slot);
        }
        for run in self.runs.nearest_neighbor_iter(corner(to)) {
            if distance_2(run.bounds, to) > reach {
                break;
            }
            for i in self.run(run) {
                let distance = distance_2(point_box(fixed_from_key(self.keys[i])), to);
                if distance <= reach {
                    reach = offer(distance, self.slots[i]);
                }
            }
        }
        best.into_sorted_vec().into_iter().map(|(_, slot)| slot).collect()
    }

    fn within(&self, window: FixedBox, keep: impl Fn(FixedPoint) -> bool) -> Vec<u32> {
        let mut found = Vec::new();
        self.runs_in(window, &keep, &mut found);
        self.added_in(window, &keep, &mut found);
        found.sort_unstable();
        found
    }

    fn run(&self, run: &Entry) -> std::ops::Range<usize> {
        let start = run.slot as usize * RUN;
        start..(start + RUN).min(self.keys.len())
    }

    fn runs_in(&self, window: FixedBox, keep: impl Fn(FixedPoint) -> bool, found: &mut Vec<u32>) {
        for run in self.runs.locate_in_envelope_intersecting(envelope(window)) {
            for i in self.run(run) {
                let p = fixed_from_key(self.keys[i]);
                if window.meets(point_box(p)) && keep(p) {
                    found.push(self.slots[i]);
                }
            }
        }
    }

    fn added_in(&self, window: FixedBox, keep: impl Fn(FixedPoint) -> bool, found: &mut Vec<u32>) {
        let doors = self.added.locate_in_envelope_intersecting(envelope(window));
        found.extend(doors.filter(|door| keep(door.bounds.min)).map(|door| door.slot));
    }
}

/// What an outer box holds beyond an inner one, as up to four boxes that do not meet.
fn strips(outer: FixedBox, inner: FixedBox) -> impl Iterator<Item = FixedBox> {
    let strip = |x0: u32, y0: u32, x1: u32, y1: u32| FixedBox {
        min: FixedPoint { x: x0, y: y0 },
        max: FixedPoint { x: x1, y: y1 },
    };
    let (o, i) = (outer, inner);
    let north = (o.min.y < i.min.y).then(|| strip(o.min.x, o.min.y, o.max.x, i.min.y - 1));
    let south = (o.max.y > i.max.y).then(|| strip(o.min.x, i.max.y + 1, o.max.x, o.max.y));
    let west = (o.min.x < i.min.x).then(|| strip(o.min.x, i.min.y, i.min.x - 1, i.max.y));
    let east = (o.max.x > i.max.x).then(|| strip(i.max.x + 1, i.min.y, o.max.x, i.max.y));
    [north, south, west, east].into_iter().flatten()
}

/// Keys in ascending order and beside them their places before, equal ones in the order they had.
///
/// Keys and places are sorted as one number, which is twice as fast as sorting pairs; where both together need more than 64
/// bits, the keys lose their last bits and the few that then look alike are sorted again.
pub(crate) fn curve_order(keys: Vec<u64>) -> (Vec<u64>, Vec<u32>) {
    let count = keys.len() as u32;
    if keys.is_sorted() {
        return (keys, (0..count).collect());
    }
    let first = keys.first().copied().unwrap_or(0);
    let differing = keys.iter().fold(0, |bits, key| bits | (key ^ first));
    let key_bits = u64::BITS - differing.leading_zeros();
    let place_bits = (u32::BITS - count.leading_zeros()).max(1);
    let lost_bits = (key_bits + place_bits).saturating_sub(u64::BITS);
    let own = if key_bits == u64::BITS { u64::MAX } else { (1 << key_bits) - 1 };
    let mut packed: Vec<u64> =
        keys.iter().zip(0u64..).map(|(key, place)| (((key & own) >> lost_bits) << place_bits) | place).collect();
    packed.sort_unstable();
    let mut places: Vec<u32> = packed.iter().map(|both| (both & ((1 << place_bits) - 1)) as u32).collect();
    let mut sorted = packed;
    for (key, place) in sorted.iter_mut().zip(&places) {
        *key = keys[*place as usize];
    }
    let mut start = 0;
    while lost_bits > 0 && start < sorted.len() {
        let alike = sorted[start..].iter().take_while(|key| **key >> lost_bits == sorted[start] >> lost_bits).count();
        let group = start..start + alike;
        if !sorted[group.clone()].is_sorted() {
            places[group.clone()].sort_by_key(|place| keys[*place as usize]);
            sorted[group].sort_unstable();
        }
        start += alike;
    }
    (sorted, places)
}

/// Boxes by what they meet.
#[derive(Debug, Clone, Default)]
pub struct BoxIndex {
    tree: RTree<Entry>,
}

impl BoxIndex {
    /// Index over boxes with their slots.
    pub fn build(boxes: Vec<(u32, FixedBox)>) -> Self {
        let entries = boxes.into_iter().map(|(slot, bounds)| Entry { slot, bounds }).collect();
        Self { tree: RTree::bulk_load(entries) }
    }

    /// Adds a box.
    pub fn insert(&mut self, slot: u32, bounds: FixedBox) {
        self.tree.insert(Entry { slot, bounds });
    }

    /// Boxes in all.
    pub fn len(&self) -> usize {
        self.tree.size()
    }

    /// Whether there are no boxes.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Slots of the boxes that share a position with a window, sorted.
    pub fn meeting(&self, window: FixedBox) -> Vec<u32> {
        let mut found: Vec<_> = self.tree.locate_in_envelope_intersecting(envelope(window)).map(|e| e.slot).collect();
        found.sort_unstable();
        found
    }

    /// Shows the slots of the boxes that hold a position, in no order and without a list.
    pub fn visit_holding(&self, p: FixedPoint, mut visit: impl FnMut(u32)) {
        let _ = self.tree.locate_in_envelope_intersecting_int(envelope(point_box(p)), |entry| {
            visit(entry.slot);
            ControlFlow::<()>::Continue(())
        });
    }
}

/// Positions that come and go: which of them lie in a box now.
#[derive(Debug, Clone, Default)]
pub struct LivePoints {
    tree: RTree<Entry>,
}

impl LivePoints {
    /// Positions by number.
    pub fn build(points: impl IntoIterator<Item = (u32, FixedPoint)>) -> Self {
        let entries = points.into_iter().map(|(slot, p)| Entry { slot, bounds: point_box(p) }).collect();
        Self { tree: RTree::bulk_load(entries) }
    }

    /// Takes a position out; false when it is not there.
    pub fn remove(&mut self, slot: u32, at: FixedPoint) -> bool {
        self.tree.remove(&Entry { slot, bounds: point_box(at) }).is_some()
    }

    /// First position found in a box that passes a test.
    pub fn find_in(&self, window: FixedBox, test: impl Fn(u32, FixedPoint) -> bool) -> Option<u32> {
        let mut inside = self.tree.locate_in_envelope_intersecting(envelope(window));
        inside.find(|e| test(e.slot, e.bounds.min)).map(|e| e.slot)
    }
}

#[cfg(test)]
mod tests;
