//! Real neighbours through the gate and every zoom: the communities, villages and districts of a city.
#![allow(clippy::unwrap_used)]

use std::path::PathBuf;
use wangge_core::geometry::gate;
use wangge_core::geometry::index::PointIndex;
use wangge_core::geometry::label::interior_point;
use wangge_core::geometry::locate::Locator;
use wangge_core::geometry::measure::area_m2;
use wangge_core::geometry::shape::{MultiPolygon, Polygon};
use wangge_core::geometry::topology::{Topology, edge_use};

/// Polygons of a file of the city; those the gate refuses are counted apart.
fn city(file: &str) -> Option<(Vec<MultiPolygon>, usize)> {
    let Some(folder) = std::env::var_os("WANGGE_GEODATA") else {
        eprintln!("skipped: WANGGE_GEODATA is not set");
        return None;
    };
    let bytes = std::fs::read(PathBuf::from(folder).join("tainan").join(file)).unwrap();
    let json: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
    let features = json["features"].as_array().unwrap();
    let shapes = features.iter().map(|feature| {
        let geometry = &feature["geometry"];
        let coordinates = geometry["coordinates"].clone();
        if geometry["type"] == "Polygon" {
            gate::polygons(&[serde_json::from_value::<Vec<Vec<Vec<f64>>>>(coordinates).unwrap()])
        } else {
            gate::polygons(&serde_json::from_value::<Vec<Vec<Vec<Vec<f64>>>>>(coordinates).unwrap())
        }
    });
    let (taken, refused): (Vec<_>, Vec<_>) = shapes.partition(Result::is_ok);
    refused.iter().for_each(|refusal| println!("{file}: {}", refusal.as_ref().unwrap_err()));
    Some((taken.into_iter().map(Result::unwrap).collect(), refused.len()))
}

/// Edges inside the city, and edges on its outside or beside a neighbour that does not share them.
fn inner_and_outer(shapes: &[MultiPolygon]) -> (usize, usize) {
    let uses = edge_use(shapes);
    assert!(uses.values().all(|n| *n == 1), "an edge is used twice in one direction");
    let outer = uses.keys().filter(|(a, b)| !uses.contains_key(&(*b, *a))).count();
    ((uses.len() - outer) / 2, outer)
}

#[test]
fn neighbours_stay_exact_at_every_zoom() {
    for file in ["communities_code2.geojson", "districts.geojson"] {
        let Some((shapes, refused)) = city(file) else { return };
        assert_eq!(refused, 0, "{file}");
        let topology = Topology::build(&shapes.iter().collect::<Vec<_>>());
        let (inner, outer) = inner_and_outer(&shapes);
        let shared = topology.arc_use().iter().filter(|uses| **uses == 2).count();
        println!("{file}: {} shapes, {inner} edges inside, {outer} outside, {shared} shared arcs", shapes.len());
        assert!(topology.arc_use().iter().all(|uses| *uses <= 2));
        for zoom in 0..16 {
            let simple = topology.simplified(zoom);
            let (_, outer_now) = inner_and_outer(&simple);
            assert!(outer_now <= outer, "zoom {zoom}: {outer_now} edges outside, {outer} before");
            for shape in simple.iter().filter(|shape| !shape.is_empty()) {
                assert_eq!(gate::fixed_polygons(shape.clone()).as_ref(), Ok(shape), "{file} at zoom {zoom}");
            }
            if zoom == 8 || zoom == 12 {
                let count = |shapes: &[MultiPolygon]| {
                    shapes.iter().flatten().flat_map(Polygon::rings).map(Vec::len).sum::<usize>()
                };
                println!("zoom {zoom}: {} of {} positions", count(&simple), count(&shapes));
            }
        }
        assert_eq!(topology.simplified(16), shapes);
    }
}

#[test]
fn every_area_is_found_again_at_its_name() {
    let Some((shapes, _)) = city("communities_code2.geojson") else { return };
    let names: Vec<_> = shapes.iter().map(|shape| interior_point(shape).unwrap()).collect();
    let locator = Locator::build((0u32..).zip(&shapes).map(|(slot, shape)| (slot, "", shape)));
    for (slot, name) in (0u32..).zip(&names) {
        assert_eq!(locator.locate(*name), Some(slot));
    }
    let index = PointIndex::build(&names);
    for (slot, shape) in (0u32..).zip(&shapes) {
        assert!(index.in_polygons(shape).contains(&slot));
    }
}

#[test]
fn the_city_is_as_large_as_its_data_say() {
    let Some((shapes, _)) = city("districts.geojson") else { return };
    // The README beside the data gives 2,256 km² for the smallest areas; the districts are another drawing.
    let km2 = shapes.iter().map(area_m2).sum::<f64>() / 1e6;
    println!("{km2:.2} km²");
    assert!((2_250.0..2_265.0).contains(&km2), "{km2}");
}

#[test]
fn the_one_invalid_village_is_refused() {
    let Some((shapes, refused)) = city("villages.geojson") else { return };
    assert_eq!((shapes.len() + refused, refused), (649, 1));
}
