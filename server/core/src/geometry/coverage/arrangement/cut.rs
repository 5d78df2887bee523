//! Edges cut wherever they meet, so that afterwards two of them share an end, or all of themselves, or nothing.
//!
//! Every new position is on the grid positions are stored on: an edge is led over each position whose pixel it passes
//! (snap rounding: Hobby 1999; repeated until nothing changes: Halperin and Packer 2002), so nothing moves by more than
//! about a unit. Edges that lie on one another become one that knows all who use it.

use super::cells::{Node, Span};
use super::meetings::{self, Tangle, Tangled};
use super::pixel::along;
use crate::geometry::position::FixedPoint;

/// Rounds of cutting after which whoever still has to be cut is left out; two or three are the rule.
const ROUNDS: usize = 40;
/// An edge as somebody uses it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Use {
    /// From the lesser to the greater end.
    pub(super) edge: Span,
    /// Who.
    pub(super) label: u32,
    /// How often it runs that way, less how often it runs back.
    pub(super) net: i32,
    /// Whether it is new since the last round.
    pub(super) fresh: bool,
}

impl Use {
    /// A way from one position to another; none from a position to itself.
    pub(super) fn way(from: FixedPoint, to: FixedPoint, label: u32, net: i32) -> Option<Self> {
        let (edge, net) = if from < to { ((from, to), net) } else { ((to, from), -net) };
        (from != to).then_some(Self { edge, label, net, fresh: true })
    }
}

/// Edges cut, each once, in ascending order.
#[derive(Debug, Default)]
pub(super) struct Cut {
    pub(super) edges: Vec<Span>,
    /// Where the users of each edge begin; one more than there are edges.
    pub(super) starts: Vec<u32>,
    /// Who uses it, with the net number of ways along it.
    pub(super) users: Vec<(u32, i32)>,
    /// Positions that edges were led over, ascending.
    pub(super) led_over: Vec<FixedPoint>,
    pub(super) tangles: Vec<Tangle>,
}

impl Cut {
    fn lay_out(uses: &[Use]) -> Self {
        let mut cut = Self::default();
        for (i, one) in uses.iter().enumerate() {
            if cut.edges.last() != Some(&one.edge) {
                cut.edges.push(one.edge);
                cut.starts.push(i as u32);
            }
            cut.users.push((one.label, one.net));
        }
        cut.starts.push(uses.len() as u32);
        cut
    }

    pub(super) fn users(&self, edge: u32) -> &[(u32, i32)] {
        let range = self.starts[edge as usize] as usize..self.starts[edge as usize + 1] as usize;
        &self.users[range]
    }
}

/// Cuts edges of so many labels.
pub(super) fn cut(mut uses: Vec<Use>, labels: usize) -> Cut {
    let mut tangled = Tangled::new(labels, uses.iter().map(|one| one.label));
    let mut places: Vec<FixedPoint> = Vec::new();
    let mut led_over = Vec::new();
    let mut round = 0;
    loop {
        merge(&mut uses);
        uses.retain(|one| !tangled.has(one.label));
        let now = Cut::lay_out(&uses);
        let fresh: Vec<bool> =
            now.starts.windows(2).map(|w| uses[w[0] as usize..w[1] as usize].iter().any(|one| one.fresh)).collect();
        // Positions where edges were cut in the last round are as new as where they cross in this one.
        places.append(&mut meetings::crossings(&now, &fresh, &mut tangled));
        places.sort_unstable();
        places.dedup();
        let mut nodes = nodes(&now.edges, &places);
        let mut found = meetings::passes(&now, &fresh, &mut nodes, &mut tangled);
        found.retain(|(edge, _)| !tangled.hides(now.users(*edge)));
        if found.is_empty() {
            let mut done = now;
            if !tangled.is_empty() {
                uses.retain(|one| !tangled.has(one.label));
                done = Cut::lay_out(&uses);
            }
            led_over.sort_unstable();
            led_over.dedup();
            done.led_over = led_over;
            done.tangles = tangled.into_found();
            return done;
        }
        round += 1;
        if round > ROUNDS {
            for (edge, at) in &found {
                now.users(*edge).iter().for_each(|(label, _)| tangled.add(*label, *label, *at));
            }
        }
        places = found.iter().map(|(_, at)| *at).collect();
        led_over.extend(&places);
        uses = split(&now, found);
    }
}

/// Puts uses in order and those of one edge and label together; ways there and back are none.
fn merge(uses: &mut Vec<Use>) {
    // Mostly one long run in order and a short one behind it: the stable sort merges them.
    uses.sort_by_key(|one| (one.edge, one.label));
    uses.dedup_by(|later, kept| {
        let same = (later.edge, later.label) == (kept.edge, kept.label);
        if same {
            kept.net += later.net;
            kept.fresh |= later.fresh;
        }
        same
    });
    uses.retain(|one| one.net != 0);
}

/// Every end of an edge, and the new places.
fn nodes(edges: &[Span], places: &[FixedPoint]) -> Vec<Node> {
    let mut all: Vec<FixedPoint> = edges.iter().flat_map(|(a, b)| [*a, *b]).chain(places.iter().copied()).collect();
    all.sort_unstable();
    all.dedup();
    all.into_iter().map(|at| Node { at, fresh: places.binary_search(&at).is_ok() }).collect()
}

/// The uses after edges were led over positions.
fn split(cut: &Cut, mut found: Vec<(u32, FixedPoint)>) -> Vec<Use> {
    let order = |edge: u32, p: FixedPoint| {
        let (a, b) = cut.edges[edge as usize];
        (edge, along(a, b, p), p)
    };
    found.sort_by_cached_key(|(edge, p)| order(*edge, *p));
    found.dedup();
    let mut uses = Vec::with_capacity(cut.users.len() + 2 * found.len());
    let mut pieces = Vec::new();
    let mut next = found.iter().peekable();
    for (edge, &(a, b)) in (0u32..).zip(&cut.edges) {
        let users = cut.users(edge);
        let mut from = a;
        while let Some((_, p)) = next.next_if(|(other, _)| *other == edge) {
            pieces.extend(users.iter().filter_map(|(label, net)| Use::way(from, *p, *label, *net)));
            from = *p;
        }
        if from == a {
            uses.extend(users.iter().map(|&(label, net)| Use { edge: (a, b), label, net, fresh: false }));
        } else {
            pieces.extend(users.iter().filter_map(|(label, net)| Use::way(from, b, *label, *net)));
        }
    }
    uses.append(&mut pieces);
    uses
}

#[cfg(test)]
mod tests {
    use super::super::pixel::passes_pixel;
    use super::*;
    use crate::geometry::exact::crosses_properly;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    fn at((x, y): (u32, u32)) -> FixedPoint {
        FixedPoint { x, y }
    }

    fn ways(ring: &[(u32, u32)], label: u32) -> Vec<Use> {
        let next = ring.iter().cycle().skip(1);
        ring.iter().zip(next).filter_map(|(a, b)| Use::way(at(*a), at(*b), label, 1)).collect()
    }

    #[test]
    fn an_edge_is_led_over_a_position_less_than_half_a_unit_off() {
        let long = (at((0, 0)), at((10, 4)));
        let beside = |apex: (u32, u32)| {
            let mut uses = ways(&[(0, 0), (10, 4), (10, 0)], 0);
            uses.extend(ways(&[apex, (apex.0, 9), (0, 9)], 1));
            cut(uses, 2).edges
        };
        // Over x = 4 the edge is at 1.6, over x = 3 at 1.2.
        let (near, far) = (beside((4, 2)), beside((3, 2)));
        assert!(near.contains(&(at((0, 0)), at((4, 2)))) && near.contains(&(at((4, 2)), at((10, 4)))));
        assert!(!near.contains(&long) && far.contains(&long));
    }

    #[test]
    fn a_hostile_pair_is_named_and_left_out_and_the_rest_is_cut() {
        // Combs across one another: 400 × 400 teeth cross 160,000 times at least.
        let comb = |across: bool| -> Vec<(u32, u32)> {
            let teeth = (0..400u32).flat_map(|i| [(i * 20, 0), (i * 20 + 10, 9_000)]);
            let back = [(9_000, 9_001), (9_000, 9_500), (0, 9_500)];
            teeth.chain(back).map(|(x, y)| if across { (y + 1, x + 500) } else { (x + 500, y + 1) }).collect()
        };
        let mut uses = ways(&comb(false), 0);
        uses.extend(ways(&comb(true), 1));
        uses.extend(ways(&[(20_000, 0), (20_010, 0), (20_005, 10)], 2));
        let cut = cut(uses, 3);
        assert!(cut.tangles.iter().all(|tangle| tangle.label < 2 && tangle.with < 2) && !cut.tangles.is_empty());
        assert!(cut.tangles.iter().any(|tangle| tangle.crossings > 10_000));
        assert!(cut.users.iter().filter(|(label, _)| *label == 2).count() == 3);
    }

    proptest! {
        #[test]
        fn afterwards_no_two_edges_meet_but_at_their_ends_and_every_way_is_still_closed(
            rings in prop::collection::vec(prop::collection::vec((0u32..60, 0u32..60), 3..9), 1..6)
        ) {
            let uses: Vec<Use> = (0u32..).zip(&rings).flat_map(|(label, ring)| ways(ring, label)).collect();
            let cut = cut(uses, rings.len());
            prop_assert!(cut.tangles.is_empty());
            for (i, (a, b)) in cut.edges.iter().enumerate() {
                for (c, d) in &cut.edges[..i] {
                    prop_assert!(!crosses_properly(*a, *b, *c, *d));
                }
                for p in cut.edges.iter().flat_map(|(c, d)| [*c, *d]) {
                    prop_assert!(!passes_pixel(*a, *b, p));
                }
            }
            let mut balance: BTreeMap<(u32, FixedPoint), i32> = BTreeMap::new();
            for (edge, (a, b)) in (0u32..).zip(&cut.edges) {
                for (label, net) in cut.users(edge) {
                    *balance.entry((*label, *a)).or_default() -= net;
                    *balance.entry((*label, *b)).or_default() += net;
                }
            }
            prop_assert!(balance.values().all(|net| *net == 0));
        }
    }
}
