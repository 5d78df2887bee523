//! The indexes beside a look at everything.

use super::*;
use crate::geometry::inside;
use crate::geometry::shape::Polygon;
use proptest::prelude::*;

/// Doors of a small town, so that windows hold some and doors share places.
fn doors(most: usize) -> impl Strategy<Value = Vec<FixedPoint>> {
    let door = (0u32..3000, 0u32..3000).prop_map(|(x, y)| FixedPoint { x: 3_549_000_000 + x, y: 1_846_000_000 + y });
    prop::collection::vec(door, 0..most)
}

fn near(p: &FixedPoint, dx: i32, dy: i32) -> FixedPoint {
    FixedPoint { x: p.x.saturating_add_signed(dx), y: p.y.saturating_add_signed(dy) }
}

const MIDDLE: FixedPoint = FixedPoint { x: 3_549_001_500, y: 1_846_001_500 };

/// The index built over the first doors, the others added one by one.
fn index(doors: &[FixedPoint], built: usize) -> PointIndex {
    let built = built.min(doors.len());
    let mut index = PointIndex::build(&doors[..built]);
    for (slot, door) in (0u32..).zip(doors).skip(built) {
        index.insert(slot, *door);
    }
    index
}

fn slots(doors: &[FixedPoint], keep: impl Fn(FixedPoint) -> bool) -> Vec<u32> {
    (0u32..).zip(doors).filter(|(_, p)| keep(**p)).map(|(slot, _)| slot).collect()
}

#[test]
fn an_index_of_nothing_answers_nothing() {
    let empty = PointIndex::default();
    let root = TileCoord::new(0, 0, 0).unwrap();
    assert!(empty.is_empty() && empty.in_tile(root, 64).is_empty() && empty.nearest(MIDDLE, 3).is_empty());
    assert_eq!((empty.count_in_tile(root), PointIndex::build(&[]).len()), (0, 0));
    assert!(BoxIndex::build(Vec::new()).meeting(root.own_box()).is_empty());
}

#[test]
fn a_door_costs_at_most_24_bytes() {
    let doors: Vec<_> =
        (0..200_000u32).map(|i| fixed_from_key(u64::from(i).wrapping_mul(0x9E37_79B9_7F4A_7C15))).collect();
    let index = PointIndex::build(&doors);
    assert!(index.memory_bytes() <= 24 * doors.len(), "{} bytes a door", index.memory_bytes() / doors.len());
}

#[test]
fn doors_are_merged_once_many_wait() {
    let doors: Vec<_> = (0..3000u32).map(|i| near(&MIDDLE, (i % 50) as i32, (i / 50) as i32)).collect();
    let index = index(&doors, 100);
    assert!(index.added.size() <= WAITING && index.len() == doors.len());
    assert_eq!(index.in_tile(TileCoord::new(0, 0, 0).unwrap(), 0), (0..3000).collect::<Vec<_>>());
}

#[test]
fn doors_at_the_corners_of_the_world_are_found() {
    let corners: Vec<_> =
        [(0, 0), (u32::MAX, 0), (0, u32::MAX), (u32::MAX, u32::MAX)].map(|(x, y)| FixedPoint { x, y }).into();
    let index = PointIndex::build(&corners);
    assert_eq!(index.in_tile(TileCoord::new(0, 0, 0).unwrap(), 256), [0, 1, 2, 3]);
    assert_eq!(index.in_tile(TileCoord::new(22, (1 << 22) - 1, (1 << 22) - 1).unwrap(), 64), [3]);
    assert_eq!(index.nearest(corners[2], 1), [2]);
}

proptest! {
    #[test]
    fn the_curve_s_order_is_a_sort(mut keys in prop::collection::vec(any::<u64>(), 0..600), bits in 0u32..64, alike in any::<bool>()) {
        for key in &mut keys {
            // Keys that differ in their first and last bits only need more than 64 bits with their slots.
            *key = if alike { *key & (0b11 << 62 | 0b111) } else { *key >> bits };
        }
        let mut expected: Vec<u32> = (0..keys.len() as u32).collect();
        expected.sort_by_key(|slot| keys[*slot as usize]);
        let sorted = expected.iter().map(|slot| keys[*slot as usize]).collect();
        prop_assert_eq!(curve_order(keys), (sorted, expected));
    }

    #[test]
    fn a_tile_holds_its_doors_and_those_of_the_buffer(
        doors in doors(400), built in 0usize..400, zoom in 19u32..=22, buffer in prop_oneof![Just(0u32), 1u32..512], dx in -1500i32..1500, dy in -1500i32..1500,
    ) {
        let index = index(&doors, built);
        let tile = TileCoord::containing(near(&MIDDLE, dx, dy), zoom as u8).unwrap();
        let window = if buffer == 0 { tile.own_box() } else { tile.buffered_box(buffer) };
        prop_assert_eq!(index.in_tile(tile, buffer), slots(&doors, |p| window.meets(point_box(p))));
        let own = slots(&doors, |p| TileCoord::containing(p, tile.z()).unwrap() == tile);
        prop_assert_eq!(index.in_tile(tile, 0), own.clone());
        prop_assert_eq!(index.count_in_tile(tile), own.len());
    }

    #[test]
    fn a_window_and_a_polygon_hold_what_a_look_at_every_door_finds(
        doors in doors(400), built in 0usize..400, corners in prop::collection::vec((0i32..3000, 0i32..3000), 3..8),
    ) {
        let index = index(&doors, built);
        let outer: Vec<_> = corners.iter().map(|(x, y)| near(&MIDDLE, x - 1500, y - 1500)).collect();
        let window = FixedBox::around(&outer).unwrap();
        let shape = vec![Polygon { outer, holes: Vec::new() }];
        prop_assert_eq!(index.in_box(window), slots(&doors, |p| window.meets(point_box(p))));
        prop_assert_eq!(index.in_polygons(&shape), slots(&doors, |p| inside::place(&shape, p) != Place::Outside));
    }

    #[test]
    fn the_nearest_are_the_nearest(doors in doors(300), built in 0usize..300, count in 0usize..20, dx in -3000i32..3000, dy in -3000i32..3000) {
        let index = index(&doors, built);
        let to = near(&MIDDLE, dx, dy);
        let mut expected = slots(&doors, |_| true);
        let distance = |slot: &u32| {
            let p = doors[*slot as usize];
            u64::from(p.x.abs_diff(to.x)).pow(2) + u64::from(p.y.abs_diff(to.y)).pow(2)
        };
        expected.sort_by_key(|slot| (distance(slot), *slot));
        expected.truncate(count);
        prop_assert_eq!(index.nearest(to, count), expected);
    }

    #[test]
    fn boxes_met_are_those_a_look_at_every_box_finds(corners in prop::collection::vec((0u32..100, 0u32..100, 0u32..9, 0u32..9), 0..200), added in 0usize..200) {
        let boxes: Vec<_> = (0u32..).zip(&corners).map(|(slot, &(x, y, w, h))| {
            (slot, FixedBox { min: FixedPoint { x, y }, max: FixedPoint { x: x + w, y: y + h } })
        }).collect();
        let (built, later) = boxes.split_at(added.min(boxes.len()));
        let mut index = BoxIndex::build(built.to_vec());
        later.iter().for_each(|(slot, bounds)| index.insert(*slot, *bounds));
        let window = FixedBox { min: FixedPoint { x: 40, y: 40 }, max: FixedPoint { x: 60, y: 55 } };
        let expected: Vec<_> = boxes.iter().filter(|(_, b)| b.meets(window)).map(|(slot, _)| *slot).collect();
        prop_assert_eq!(index.meeting(window), expected);
        let p = FixedPoint { x: 50, y: 50 };
        let mut holding = Vec::new();
        index.visit_holding(p, |slot| holding.push(slot));
        holding.sort_unstable();
        prop_assert_eq!(holding, index.meeting(point_box(p)));
    }
}
