//! Roads and the base map: shapes that are valid and hang together.

use super::districts;
use std::collections::BTreeSet;
use wangge_core::domain::feature::{BaseClass, RoadClass};
use wangge_core::geometry::gate::fixed_polygons;
use wangge_core::geometry::position::FixedPoint;
use wangge_core::geometry::shape::Shape;

#[test]
fn every_shape_of_the_base_map_passes_the_gate() {
    for district in districts() {
        let mut ids = BTreeSet::new();
        for row in &district.base {
            assert!(ids.insert(&row.id));
            match &row.shape {
                Shape::Polygons(shape) => {
                    let kept = fixed_polygons(shape.clone()).unwrap_or_else(|e| panic!("{}: {e}", row.id));
                    assert_eq!(kept.len(), shape.len());
                }
                Shape::Line(line) => assert!(row.class == BaseClass::Barrier && line.len() > 1),
                Shape::Point(_) => assert_eq!(row.class, BaseClass::Gate),
            }
        }
        for class in [BaseClass::Water, BaseClass::Green, BaseClass::Building] {
            assert!(district.base.iter().any(|b| b.class == class));
        }
    }
}

#[test]
fn paths_and_lanes_of_a_block_reach_the_streets() {
    for district in districts() {
        let street = |class| class <= RoadClass::Residential;
        let nodes = |of: &dyn Fn(RoadClass) -> bool| -> BTreeSet<FixedPoint> {
            district.roads.iter().filter(|r| of(r.class)).flat_map(|r| r.line.iter().copied()).collect()
        };
        let mut reached = nodes(&street);
        let mut left: Vec<_> = district.roads.iter().filter(|r| !street(r.class)).collect();
        loop {
            let before = left.len();
            left.retain(|r| {
                let joined = r.line.iter().any(|p| reached.contains(p));
                if joined {
                    reached.extend(&r.line);
                }
                !joined
            });
            if left.len() == before {
                break;
            }
        }
        let all = district.roads.iter().filter(|r| !street(r.class)).count();
        assert!(left.len() * 20 <= all, "{} of {all} paths hang loose", left.len());
    }
}

#[test]
fn every_street_has_a_name_and_no_two_share_one() {
    for district in districts() {
        let mut names = BTreeSet::new();
        let mut ids = BTreeSet::new();
        for road in &district.roads {
            assert!(ids.insert(&road.id) && road.line.len() > 1, "{}", road.id);
            assert!(road.line.windows(2).all(|p| p[0] != p[1]), "{}", road.id);
            if road.id.starts_with("street-") {
                assert!(!road.name.is_empty() && names.insert(&road.name), "{} {}", road.id, road.name);
            }
        }
    }
}
