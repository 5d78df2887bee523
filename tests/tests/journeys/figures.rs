//! Figures: coverage, areas, doors and state tables say the same.

use crate::harness::{Server, folder, mvt};
use serde_json::Value;
use std::collections::BTreeMap;

const LEVELS: [&str; 5] = ["district", "subdistrict", "community", "grid", "block"];

/// A state table taken apart: rows of its bytes, and the seq it stands at.
struct Table {
    row_bytes: usize,
    rows: Vec<u8>,
    seq: String,
}

fn table(server: &Server, layer: &str) -> Table {
    let answer = server.get(&format!("/api/state/{layer}")).expect(200);
    let body = answer.unpacked();
    let number = |at: usize, size: usize| body[at..at + size].iter().rev().fold(0u64, |n, b| n << 8 | u64::from(*b));
    assert_eq!(&body[0..4], b"WGS1");
    let (row_bytes, rows) = (number(4, 2) as usize, number(8, 4) as usize);
    assert_eq!(number(6, 2), 0);
    assert_eq!(body.len(), 32 + row_bytes * rows, "the rows follow a head of 32 bytes");
    assert!(!answer.header("etag").is_empty());
    assert_eq!(answer.header("x-round"), server.round());
    Table { row_bytes, rows: body[32..].to_vec(), seq: format!("{}-{}", number(12, 4), number(16, 8)) }
}

fn areas_by_code(server: &Server) -> BTreeMap<String, Value> {
    let areas = server.get_json("/api/areas");
    let features = areas["features"].as_array().expect("areas are a collection");
    features
        .iter()
        .map(|f| (f["properties"]["code"].as_str().expect("a code").to_owned(), f["properties"].clone()))
        .collect()
}

#[test]
fn coverage_lists_the_worst_first_and_adds_up() {
    let data = folder();
    let server = Server::demo(data.path());

    let grids = server.get_json("/api/coverage?level=grid");
    let areas = grids["areas"].as_array().expect("areas");
    assert_eq!(grids["level"], "grid");
    assert!(grids["round"].is_string() && grids["at"].is_string() && grids["seq"].is_string());

    let shares: Vec<f64> = areas.iter().filter_map(|area| area["reached_share"].as_f64()).collect();
    assert!(shares.len() > 1 && shares.is_sorted(), "worst first: {shares:?}");
    for area in areas {
        let count = |name: &str| area[name].as_u64().expect("a count");
        assert_eq!(count("untouched"), count("eligible") - count("touched"));
        if count("eligible") > 0 {
            let share = count("reached") as f64 / count("eligible") as f64;
            assert!((area["reached_share"].as_f64().expect("a share") - share).abs() < 1e-3, "{area}");
        }
    }
    let sum =
        |level: &str| server.coverage(level).values().fold([0; 3], |a, b| [a[0] + b[0], a[1] + b[1], a[2] + b[2]]);
    let whole = sum("district");
    let figures =
        |name: &str| ["eligible", "touched", "reached"].map(|each| grids[name][each].as_u64().expect("a count"));
    let outside = figures("unassigned");
    assert_eq!(figures("total"), [0, 1, 2].map(|i| whole[i] + outside[i]), "the total has the doors in no grid too");
    let grid = areas[0]["code"].as_str().expect("a code");
    let within = server.get_json(&format!("/api/coverage?level=grid&within={grid}"));
    assert_eq!(within["total"], grids["total"], "it is the whole, whatever is asked for");
    assert!(whole[0] > 0 && whole[2] > 0 && whole[2] < whole[0], "the demo is under way: {whole:?}");
    for level in ["subdistrict", "community", "grid"] {
        assert_eq!(sum(level), whole, "{level} adds up to the district");
    }
}

#[test]
fn the_state_table_of_areas_equals_coverage_at_every_level() {
    let data = folder();
    let server = Server::demo(data.path());
    let areas = areas_by_code(&server);
    let table = table(&server, "areas");
    assert_eq!(table.row_bytes, 12);

    for level in LEVELS {
        for (code, counts) in server.coverage(level) {
            let slot = areas[&code]["slot"].as_u64().expect("a slot") as usize;
            let row = &table.rows[slot * 12..slot * 12 + 12];
            let in_table: Vec<u64> =
                row.chunks(4).map(|four| u64::from(u32::from_le_bytes(four.try_into().expect("four")))).collect();
            assert_eq!(in_table, counts, "{level} {code}");
        }
    }
    assert_eq!(table.seq, server.get_json("/api/coverage")["seq"]);
}

#[test]
fn doors_counted_one_by_one_equal_coverage() {
    let data = folder();
    let server = Server::demo(data.path());
    let table = table(&server, "households");
    assert_eq!((table.row_bytes, table.rows.len()), (1, 1500));

    // Doors page by page, each once.
    let mut next = Some("/api/doors?limit=400".to_owned());
    let mut by_grid: BTreeMap<String, [u64; 3]> = BTreeMap::new();
    let mut seen = std::collections::BTreeSet::new();
    let mut pages = 0;
    while let Some(path) = next {
        let page = server.get_json(&path);
        pages += 1;
        for feature in page["features"].as_array().expect("features") {
            let properties = &feature["properties"];
            assert!(seen.insert(properties["id"].as_str().expect("an id").to_owned()), "a door came twice");
            let byte = table.rows[properties["slot"].as_u64().expect("a slot") as usize];
            let state = properties["state"].as_str().expect("a state");
            const STATES: [&str; 10] = [
                "none",
                "untouched",
                "met",
                "remote",
                "no_answer",
                "refused",
                "no_access",
                "vacant",
                "moved",
                "demolished",
            ];
            assert_eq!(STATES[usize::from(byte & 0x0F)], state, "{properties}");
            let counts = by_grid.entry(properties["grid"].as_str().unwrap_or_default().to_owned()).or_default();
            let eligible = !matches!(state, "none" | "vacant" | "moved" | "demolished");
            counts[0] += u64::from(eligible);
            counts[1] += u64::from(eligible && state != "untouched");
            counts[2] += u64::from(matches!(state, "met" | "remote"));
        }
        let links = page["links"].as_array().expect("links");
        let link = links.iter().find(|link| link["rel"] == "next").and_then(|link| link["href"].as_str());
        next = link.map(|href| href.trim_start_matches(&server.url("")).to_owned());
    }
    assert_eq!((seen.len(), pages), (1500, 4));

    by_grid.remove("");
    let coverage = server.coverage("grid");
    for (grid, counts) in &by_grid {
        assert_eq!(coverage[grid], *counts, "grid {grid}");
    }
}

#[test]
fn every_door_lies_in_the_grid_it_names() {
    let data = folder();
    let server = Server::demo(data.path());
    let areas = areas_by_code(&server);
    for door in server.doors("?limit=300") {
        if door.grid.is_empty() {
            continue;
        }
        assert_eq!(areas[&door.grid]["level"], "grid");
        let bounds: Vec<f64> =
            areas[&door.grid]["bbox"].as_array().expect("a box").iter().filter_map(Value::as_f64).collect();
        assert!((bounds[0]..=bounds[2]).contains(&door.at[0]) && (bounds[1]..=bounds[3]).contains(&door.at[1]));
    }
    assert!(
        areas
            .values()
            .any(|area| area["code"].as_str().is_some_and(|code| code.len() == 15) && area["level"] == "grid")
    );
    let within = server.doors(&format!("?limit=50&within={}", server.doors("?limit=1")[0].grid));
    assert!(within.iter().all(|door| door.grid == within[0].grid));
}

#[test]
fn an_area_alone_comes_with_its_outline() {
    let data = folder();
    let server = Server::demo(data.path());
    let district = server.get_json("/api/areas?level=district");
    assert!(district["features"][0]["geometry"].is_null());
    let code = district["features"][0]["properties"]["code"].as_str().expect("a code").to_owned();
    let area = server.get_json(&format!("/api/areas/{code}"));
    assert_eq!(area["type"], "Feature");
    assert!(["Polygon", "MultiPolygon"].contains(&area["geometry"]["type"].as_str().expect("a geometry")));
    server.get("/api/areas/999").expect_problem(&[404]);
    server.get("/api/coverage?level=street").expect_problem(&[400, 422]);
    server.get("/api/coverage?within=999").expect_problem(&[400, 404, 422]);
}

#[test]
fn the_operational_pages_answer() {
    let data = folder();
    let server = Server::demo(data.path());
    server.get("/health").expect(200);
    server.get("/ready").expect(200);
    assert!(server.get("/metrics").expect(200).text().lines().any(|line| line.starts_with("wangge_")));
    let openapi = server.get_json("/openapi.json");
    for path in ["/api/visits", "/api/rounds", "/api/coverage", "/api/areas", "/api/doors"] {
        assert!(openapi["paths"][path].is_object(), "{path} is not described");
    }
    let catalog = server.get_json("/catalog");
    for layer in ["areas", "households", "roads", "base"] {
        assert!(catalog["layers"].as_array().is_some_and(|layers| layers.iter().any(|l| l["id"] == layer)), "{layer}");
    }
    assert!(!catalog["shapes_version"].is_null());
    let style = server.get_json("/style.json");
    assert_eq!(style["version"], 8);
    let tiles = server.get_json("/tiles/areas,households.json");
    assert_eq!(tiles["tilejson"], "3.0.0");
    assert!(tiles["tiles"][0].as_str().is_some_and(|url| url.contains("{z}/{x}/{y}")));
    let [lon, lat] = [0, 1].map(|i| catalog["center"][i].as_f64().expect("a centre"));
    let (x, y) = mvt::tile_at([lon, lat], 14);
    let tile = server.get(&format!("/tiles/areas/14/{x}/{y}")).expect(200);
    assert!(!mvt::read(&tile.unpacked())["areas"].is_empty());
}
