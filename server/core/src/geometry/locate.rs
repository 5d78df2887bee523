//! Which area holds a position.
//!
//! Most positions are answered by the cell they lie in; only cells with an edge in them ask the edges.

use super::exact::edges;
use super::index::BoxIndex;
use super::inside::{EdgeBands, Place};
use super::position::FixedPoint;
use super::shape::{FixedBox, MultiPolygon, Polygon};

/// How areas hold a position.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Held {
    /// Slot of the area that has it, as [`Locator::locate`] says.
    pub slot: Option<u32>,
    /// Whether it lies on the border of one of them.
    pub on_edge: bool,
    /// Whether it lies inside more than one of them, borders not counted.
    pub in_several: bool,
}

/// Areas laid out for many questions of the kind "which one holds this position".
#[derive(Debug, Clone, Default)]
pub struct Locator {
    /// Slots and edges in the order of codes, so that the lowest number is the lowest code.
    areas: Vec<(u32, EdgeBands)>,
    boxes: BoxIndex,
    cells: Option<Cells>,
}

impl Locator {
    /// Takes the areas to choose from: slot, code and polygons.
    pub fn build<'a>(areas: impl Iterator<Item = (u32, &'a str, &'a MultiPolygon)>) -> Self {
        let mut areas: Vec<_> = areas.collect();
        areas.sort_by(|a, b| (a.1, a.0).cmp(&(b.1, b.0)));
        let shapes: Vec<&MultiPolygon> = areas.iter().map(|area| area.2).collect();
        let areas: Vec<_> = areas.iter().map(|(slot, _, shape)| (*slot, EdgeBands::build(shape))).collect();
        let boxes: Vec<_> =
            (0u32..).zip(&areas).filter_map(|(rank, (_, edges))| Some((rank, edges.bounds()?))).collect();
        let mut locator = Self { boxes: BoxIndex::build(boxes.clone()), areas, cells: None };
        locator.cells = Cells::build(&shapes, &boxes, |p| {
            let held = locator.held_by_edges(p, None);
            Some(held.rank? | if held.inside > 1 { SEVERAL } else { 0 })
        });
        locator
    }

    /// Slot of the area that holds a position, its border included; among several the one with the lowest code.
    ///
    /// Exact: a position on an arc that areas share is in one of them by the rule, and none is lost between them.
    pub fn locate(&self, p: FixedPoint) -> Option<u32> {
        let rank = match self.cells.as_ref()?.cell(p)? {
            Cell::Whole { rank, .. } => rank,
            Cell::Edges { near } => self.rank_by_edges(p, near)?,
        };
        self.areas.get(rank as usize).map(|area| area.0)
    }

    /// How the areas hold a position: [`Locator::locate`] with what a person should know of it.
    pub fn hold(&self, p: FixedPoint) -> Held {
        let slot = |rank: u32| self.areas.get(rank as usize).map(|area| area.0);
        match self.cells.as_ref().and_then(|cells| cells.cell(p)) {
            None => Held::default(),
            Some(Cell::Whole { rank, several }) => Held { slot: slot(rank), on_edge: false, in_several: several },
            Some(Cell::Edges { near }) => {
                let held = self.held_by_edges(p, near);
                Held { slot: held.rank.and_then(slot), on_edge: held.on_edge, in_several: held.inside > 1 }
            }
        }
    }

    /// Asks the edges of the areas near a position: those listed, else those whose box holds it.
    fn held_by_edges(&self, p: FixedPoint, near: Option<&[u32]>) -> HeldByEdges {
        let mut held = HeldByEdges::default();
        let look = |rank: u32| {
            match self.areas[rank as usize].1.place(p) {
                Place::Outside => return,
                Place::Inside => held.inside += 1,
                Place::Border => held.on_edge = true,
            }
            held.rank = Some(held.rank.map_or(rank, |lowest| lowest.min(rank)));
        };
        match near {
            Some(near) => near.iter().copied().for_each(look),
            None => self.boxes.visit_holding(p, look),
        }
        held
    }

    fn rank_by_edges(&self, p: FixedPoint, near: Option<&[u32]>) -> Option<u32> {
        let holds = |rank: &u32| self.areas[*rank as usize].1.place(p) != Place::Outside;
        if let Some(near) = near {
            return near.iter().copied().find(holds);
        }
        let mut lowest = None;
        self.boxes.visit_holding(p, |rank| {
            let lower = lowest.is_none_or(|lowest| rank < lowest);
            if lower && holds(&rank) {
                lowest = Some(rank);
            }
        });
        lowest
    }
}

/// What the edges alone say of a position.
#[derive(Default)]
struct HeldByEdges {
    rank: Option<u32>,
    on_edge: bool,
    inside: u32,
}

/// Cells an area, so that most of them have no edge in them.
const CELLS_AN_AREA: usize = 64;
/// Most cells in all: 16 MB.
const MOST_CELLS: usize = 1 << 22;

/// Areas listed a cell, on average over all cells, at most; where boxes overlap more than this, no lists are made.
const NEAR_A_CELL: usize = 8;

/// What a cell knows of the positions in it.
enum Cell<'a> {
    /// All are in this area, and perhaps in more.
    Whole { rank: u32, several: bool },
    /// An edge runs through, or near; the areas whose boxes meet the cell, lowest first, where they are listed.
    Edges { near: Option<&'a [u32]> },
}

/// A raster over the areas that says where no edge is near.
#[derive(Debug, Clone)]
struct Cells {
    bounds: FixedBox,
    /// Units a cell, east and south.
    side: (u64, u64),
    columns: usize,
    /// The rank of the area around each cell, or one of the two marks below.
    ranks: Vec<u32>,
    near: Option<Near>,
}

const EDGES: u32 = u32::MAX;
const NOWHERE: u32 = u32::MAX - 1;
/// Set on a rank whose cell lies in more areas than the one.
const SEVERAL: u32 = 1 << 31;

impl Cells {
    fn build(
        shapes: &[&MultiPolygon],
        boxes: &[(u32, FixedBox)],
        rank: impl Fn(FixedPoint) -> Option<u32>,
    ) -> Option<Self> {
        let rings = || shapes.iter().flat_map(|shape| shape.iter()).flat_map(Polygon::rings);
        let bounds = FixedBox::around(rings().flatten())?;
        let (width, height) = (u64::from(bounds.max.x - bounds.min.x) + 1, u64::from(bounds.max.y - bounds.min.y) + 1);
        let wanted = (shapes.len() * CELLS_AN_AREA).min(MOST_CELLS) as f64;
        let columns = (wanted * width as f64 / height as f64).sqrt().clamp(1.0, wanted) as u64;
        let side = (width.div_ceil(columns), height.div_ceil((wanted as u64 / columns).max(1)));
        let (columns, rows) = (width.div_ceil(side.0) as usize, height.div_ceil(side.1) as usize);
        let mut cells = Self { bounds, side, columns, ranks: vec![NOWHERE; columns * rows], near: None };
        for (a, b) in rings().flat_map(|ring| edges(ring)) {
            cells.mark(a, b);
        }
        // Neighbours in a row without an edge between them are in the same area: one question answers for all.
        for row in 0..rows {
            let mut before = EDGES;
            for column in 0..columns {
                let here = row * columns + column;
                if cells.ranks[here] != EDGES {
                    if before == EDGES {
                        before = rank(cells.corner(column, row)).unwrap_or(NOWHERE);
                    }
                    cells.ranks[here] = before;
                } else {
                    before = EDGES;
                }
            }
        }
        cells.near = Near::build(&cells, boxes);
        Some(cells)
    }

    /// North-west corner of a cell.
    fn corner(&self, column: usize, row: usize) -> FixedPoint {
        let at = |start: u32, cell: usize, side: u64| start + (cell as u64 * side) as u32;
        FixedPoint { x: at(self.bounds.min.x, column, self.side.0), y: at(self.bounds.min.y, row, self.side.1) }
    }

    fn column(&self, x: u32) -> usize {
        (u64::from(x.clamp(self.bounds.min.x, self.bounds.max.x) - self.bounds.min.x) / self.side.0) as usize
    }

    fn row(&self, y: u32) -> usize {
        (u64::from(y.clamp(self.bounds.min.y, self.bounds.max.y) - self.bounds.min.y) / self.side.1) as usize
    }

    /// Marks the cells an edge runs through, and a few it only passes closely.
    fn mark(&mut self, a: FixedPoint, b: FixedPoint) {
        let (top, low) = if a.y <= b.y { (a, b) } else { (b, a) };
        for row in self.row(top.y)..=self.row(low.y) {
            // Where the edge enters and leaves the row; f64 is off by far less than the two units added.
            let x_at = |y: u64| {
                let y = y.clamp(u64::from(top.y), u64::from(low.y)) as u32;
                if low.y == top.y {
                    return (f64::from(top.x.min(low.x)), f64::from(top.x.max(low.x)));
                }
                let share = f64::from(y - top.y) / f64::from(low.y - top.y);
                let x = f64::from(top.x) + share * (f64::from(low.x) - f64::from(top.x));
                (x, x)
            };
            let start = u64::from(self.bounds.min.y) + row as u64 * self.side.1;
            let (enters, leaves) = (x_at(start), x_at(start + self.side.1));
            let west = (enters.0.min(leaves.0) - 2.0).max(0.0) as u32;
            let east = (enters.1.max(leaves.1) + 2.0).min(f64::from(u32::MAX)) as u32;
            let (first, last) = (self.column(west), self.column(east));
            self.ranks[row * self.columns + first..=row * self.columns + last].fill(EDGES);
        }
    }

    /// What the cell of a position knows; none when no area is there.
    fn cell(&self, p: FixedPoint) -> Option<Cell<'_>> {
        if !self.bounds.meets(FixedBox { min: p, max: p }) {
            return None;
        }
        let cell = self.row(p.y) * self.columns + self.column(p.x);
        match self.ranks[cell] {
            EDGES => Some(Cell::Edges { near: self.near.as_ref().map(|near| near.of(cell)) }),
            NOWHERE => None,
            rank => Some(Cell::Whole { rank: rank & !SEVERAL, several: rank & SEVERAL != 0 }),
        }
    }
}

/// Areas by the cells with edges that their boxes meet: a short list costs less than a walk down a tree.
#[derive(Debug, Clone)]
struct Near {
    /// Where each cell's list begins in `ranks`; one more than there are cells.
    starts: Vec<u32>,
    ranks: Vec<u32>,
}

impl Near {
    /// Lists for cells; none where boxes overlap so much that they would be long. `boxes` are in the order of ranks.
    fn build(cells: &Cells, boxes: &[(u32, FixedBox)]) -> Option<Self> {
        let reach = |b: &FixedBox| {
            let columns = cells.column(b.min.x)..=cells.column(b.max.x);
            (columns, cells.row(b.min.y)..=cells.row(b.max.y))
        };
        let met = boxes.iter().map(|(_, b)| {
            let (columns, rows) = reach(b);
            columns.count() * rows.count()
        });
        let most = cells.ranks.len() * NEAR_A_CELL;
        met.scan(0usize, |all, met| {
            *all = all.saturating_add(met);
            Some(*all)
        })
        .all(|all| all <= most)
        .then_some(())?;
        let each = |visit: &mut dyn FnMut(usize, u32)| {
            for (rank, b) in boxes {
                let (columns, rows) = reach(b);
                for cell in rows.flat_map(|row| columns.clone().map(move |column| row * cells.columns + column)) {
                    if cells.ranks[cell] == EDGES {
                        visit(cell, *rank);
                    }
                }
            }
        };
        let mut starts = vec![0u32; cells.ranks.len() + 1];
        each(&mut |cell, _| starts[cell] += 1);
        let mut end = 0;
        for start in &mut starts {
            end += *start;
            *start = end;
        }
        // Filled from behind, so that each start comes to stand where its list begins; ranks come in falling order then.
        let mut near = Self { ranks: vec![0; end as usize], starts };
        each(&mut |cell, rank| {
            near.starts[cell] -= 1;
            near.ranks[near.starts[cell] as usize] = rank;
        });
        (0..cells.ranks.len()).for_each(|cell| {
            let list = near.starts[cell] as usize..near.starts[cell + 1] as usize;
            near.ranks[list].reverse();
        });
        Some(near)
    }

    fn of(&self, cell: usize) -> &[u32] {
        &self.ranks[self.starts[cell] as usize..self.starts[cell + 1] as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::gate;
    use crate::geometry::shape::Polygon;
    use geo::{Contains, Intersects};
    use proptest::prelude::*;

    fn at(x: u32, y: u32) -> FixedPoint {
        FixedPoint { x, y }
    }

    fn square(x: u32, y: u32, side: u32) -> MultiPolygon {
        vec![Polygon {
            outer: vec![at(x, y), at(x + side, y), at(x + side, y + side), at(x, y + side)],
            holes: Vec::new(),
        }]
    }

    #[test]
    fn a_border_belongs_to_the_lowest_code() {
        let (west, east) = (square(0, 0, 10), square(10, 0, 10));
        let locator = Locator::build([(7, "350602002", &west), (3, "350602001", &east)].into_iter());
        assert_eq!(locator.locate(at(9, 5)), Some(7));
        assert_eq!(locator.locate(at(10, 5)), Some(3));
        assert_eq!(locator.locate(at(0, 0)), Some(7));
        assert_eq!(locator.locate(at(20, 10)), Some(3));
        assert_eq!(locator.locate(at(21, 10)), None);
        assert_eq!(Locator::default().locate(at(0, 0)), None);
    }

    #[test]
    fn what_lies_in_a_hole_belongs_to_the_area_that_fills_it() {
        let mut around = square(0, 0, 30);
        around[0].holes.push(vec![at(10, 10), at(10, 20), at(20, 20), at(20, 10)]);
        let island = square(10, 10, 10);
        let locator = Locator::build([(0, "a", &around), (1, "b", &island)].into_iter());
        assert_eq!(locator.locate(at(15, 15)), Some(1));
        assert_eq!(locator.locate(at(10, 15)), Some(0));
        assert_eq!(locator.locate(at(5, 15)), Some(0));
    }

    #[test]
    fn areas_heaped_on_each_other_are_told_apart_without_lists() {
        let heap: Vec<_> = (0..20).map(|_| square(0, 0, 1000)).collect();
        let locator = Locator::build((0u32..).zip(&heap).map(|(slot, shape)| (slot, "same", shape)));
        assert!(locator.cells.as_ref().is_some_and(|cells| cells.near.is_none()));
        assert_eq!(locator.hold(at(0, 500)), Held { slot: Some(0), on_edge: true, in_several: false });
        assert_eq!(locator.hold(at(1, 1)), Held { slot: Some(0), on_edge: false, in_several: true });
        assert_eq!(locator.locate(at(1000, 7)), Some(0));
    }

    proptest! {
        #[test]
        fn cells_and_edges_agree_with_a_look_at_every_area(
            stars in prop::collection::vec((prop::collection::vec(3u32..40_000, 3..9), 0u32..100_000, 0u32..100_000), 1..30),
            doors in prop::collection::vec((0u32..200_000, 0u32..200_000), 200),
        ) {
            let star = |(radii, x, y): &(Vec<u32>, u32, u32)| -> MultiPolygon {
                let step = std::f64::consts::TAU / radii.len() as f64;
                let corner = |(i, r): (usize, &u32)| {
                    let (sin, cos) = (i as f64 * step).sin_cos();
                    at((50_000.0 + f64::from(*x) + cos * f64::from(*r)) as u32, (50_000.0 + f64::from(*y) + sin * f64::from(*r)) as u32)
                };
                vec![Polygon { outer: radii.iter().enumerate().map(corner).collect(), holes: Vec::new() }]
            };
            let shapes: Vec<_> = stars.iter().map(star).collect();
            let locator = Locator::build((0u32..).zip(&shapes).map(|(slot, shape)| (slot, "same", shape)));
            let corners = shapes.iter().flatten().flat_map(|p| p.outer.clone());
            for p in doors.iter().map(|(x, y)| at(*x, *y)).chain(corners) {
                let places: Vec<Place> = shapes.iter().map(|shape| crate::geometry::inside::place(shape, p)).collect();
                let slot = (0u32..).zip(&places).find(|(_, place)| **place != Place::Outside).map(|(slot, _)| slot);
                prop_assert_eq!(locator.locate(p), slot);
                let on_edge = places.contains(&Place::Border);
                let in_several = places.iter().filter(|place| **place == Place::Inside).count() > 1;
                prop_assert_eq!(locator.hold(p), Held { slot, on_edge, in_several });
            }
        }

        #[test]
        fn inside_and_border_agree_with_geo(corners in prop::collection::vec((0u32..24, 0u32..24), 3..12)) {
            let outer: Vec<_> = corners.iter().map(|(x, y)| at(*x, *y)).collect();
            let Ok(shape) = gate::fixed_polygons(vec![Polygon { outer, holes: Vec::new() }]) else { return Ok(()) };
            let line: geo::LineString<f64> = shape[0].outer.iter().map(|p| (f64::from(p.x), f64::from(p.y))).collect();
            let theirs = geo::Polygon::new(line, Vec::new());
            let locator = Locator::build([(0, "a", &shape)].into_iter());
            let bands = EdgeBands::build(&shape);
            for x in 0..25 {
                for y in 0..25 {
                    let point = geo::Point::new(f64::from(x), f64::from(y));
                    prop_assert_eq!(bands.place(at(x, y)) == Place::Inside, theirs.contains(&point));
                    prop_assert_eq!(locator.locate(at(x, y)).is_some(), theirs.intersects(&point));
                }
            }
        }
    }
}
