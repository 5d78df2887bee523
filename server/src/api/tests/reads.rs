//! Reads: areas, coverage, doors, state tables, catalogue and rounds say the same.

use super::*;
use crate::api::map::Catalog;
use wangge_core::format::state_table::{self, StateRows};

async fn visited() -> World {
    let world = World::new().await;
    // Two of six reached in the first grid, six of six touched and none reached in the second, one outside.
    for (id, (door, outcome)) in [(0, "met"), (1, "remote"), (2, "vacant"), (12, "met")].into_iter().enumerate() {
        assert_eq!(world.visit(&visit(id as u32 + 1, door, outcome)).await.status, 201);
    }
    world
}

#[tokio::test]
async fn coverage_lists_the_worst_first_and_counts_the_unassigned() {
    let world = visited().await;
    let coverage = world.get("/api/coverage").await.json();
    assert_eq!((&coverage["round"], &coverage["level"]), (&json!("now"), &json!("grid")));
    assert_eq!(coverage["seq"], world.service.seq().to_string());
    assert_eq!(coverage["unassigned"], json!({"eligible": 2, "touched": 1, "reached": 1, "untouched": 1}));
    let areas = coverage["areas"].as_array().unwrap();
    let shares: Vec<f64> = areas.iter().map(|area| area["reached_share"].as_f64().unwrap()).collect();
    assert!(shares.is_sorted() && shares.len() == 2, "{shares:?}");
    let keys: Vec<&String> = areas[0].as_object().unwrap().keys().collect();
    assert_eq!(
        keys,
        ["code", "eligible", "level", "name", "parent", "reached", "reached_share", "touched", "untouched"]
    );
    let district = world.get("/api/coverage?level=district").await.json();
    let area = &district["areas"][0];
    assert_eq!((&area["eligible"], &area["reached"], &area["parent"]), (&json!(11), &json!(2), &Value::Null));
    let blocks = world.get("/api/coverage?level=block&within=350602001001001&round=now").await.json();
    assert_eq!(blocks["areas"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn areas_are_listed_without_polygons_unless_asked_for() {
    let world = World::new().await;
    let all = world.get("/api/areas").await;
    assert_eq!(all.header("content-type"), "application/geo+json");
    let all = all.json();
    let features = all["features"].as_array().unwrap();
    assert_eq!((features.len(), &features[0]["properties"]["level"]), (9, &json!("district")));
    assert!(features.iter().all(|f| f["geometry"].is_null()));
    let grids = world.get("/api/areas?level=grid&within=350602001&geometry=true").await.json();
    assert_eq!(grids["features"].as_array().unwrap().len(), 2);
    assert_eq!(grids["features"][0]["geometry"]["type"], "MultiPolygon");
    let one = world.get("/api/areas/350602001001001").await.json();
    let properties = &one["properties"];
    assert_eq!((&one["id"], &properties["doors"]), (&properties["slot"], &json!(6)));
    let ([west, south, east, north], [lon, lat]) = (floats(&properties["bbox"]), floats(&properties["label"]));
    assert!(west < lon && lon < east && south < lat && lat < north);
}

fn floats<const N: usize>(value: &Value) -> [f64; N] {
    serde_json::from_value::<Vec<f64>>(value.clone()).unwrap().try_into().unwrap()
}

#[tokio::test]
async fn pages_of_doors_follow_their_links_and_miss_none() {
    let world = visited().await;
    let mut path = "/api/doors?limit=5".to_owned();
    let mut slots = Vec::new();
    loop {
        let page = world.get(&path).await.json();
        slots.extend(page["features"].as_array().unwrap().iter().map(|f| f["properties"]["slot"].as_u64().unwrap()));
        let links = page["links"].as_array().unwrap().clone();
        match links.iter().find(|link| link["rel"] == "next") {
            Some(next) => path = next["href"].as_str().unwrap().to_owned(),
            None => break,
        }
        assert!(path.contains("round=now") && path.contains("limit=5"), "{path}");
    }
    assert_eq!(slots, (0..14).collect::<Vec<u64>>());
}

#[tokio::test]
async fn doors_are_filtered_by_area_state_and_slot() {
    let world = visited().await;
    let count =
        async |query: &str| world.get(&format!("/api/doors{query}")).await.json()["features"].as_array().unwrap().len();
    assert_eq!(count("?within=350602").await, 12);
    assert_eq!(count("?state=met").await, 2);
    assert_eq!(count("?state=met&within=350602").await, 1);
    assert_eq!(count("?slot=3").await, 1);
    assert_eq!(count("?slot=4000000000").await, 0);
    let met = world.get("/api/doors?state=met&within=350602").await.json();
    let properties = &met["features"][0]["properties"];
    assert_eq!(properties["id"], "door-0");
    assert_eq!(properties["address"], "漳华路101");
    assert_eq!((&properties["attempts"], &properties["last_visit_at"]), (&json!(1), &json!("2025-06-01T08:00:00Z")));
    let outside = world.get("/api/doors?state=untouched").await.json();
    assert!(outside["features"].as_array().unwrap().iter().any(|f| f["properties"]["grid"].is_null()));
}

#[tokio::test]
async fn a_state_table_is_the_district_by_slot_and_known_by_its_tag() {
    let world = visited().await;
    let answer = world.get("/api/state/households").await;
    assert_eq!((answer.status.as_u16(), answer.header("x-round")), (200, "now"));
    let (header, StateRows::Doors(rows)) = state_table::decode(&answer.body).unwrap() else { panic!("not doors") };
    assert_eq!(header.seq, world.service.seq());
    let kept: Vec<u8> = world.service.district.read().rounds()[0].doors.iter().map(|door| door.0).collect();
    assert_eq!(rows, kept);
    let areas = world.get("/api/state/areas?round=now").await;
    assert!(matches!(state_table::decode(&areas.body).unwrap().1, StateRows::Areas(rows) if rows.iter().len() == 9));
    let tag = answer.header("etag").to_owned();
    let known = world.get_with("/api/state/households", &[("if-none-match", &tag)]).await;
    assert_eq!((known.status.as_u16(), known.body.len()), (304, 0));
    world.visit(&visit(77, 3, "refused")).await;
    assert_eq!(world.get_with("/api/state/households", &[("if-none-match", &tag)]).await.status, 200);
}

/// Rows of a state table, whatever they are of.
fn rows_of(table: &[u8]) -> Vec<u8> {
    table[state_table::HEADER_BYTES..].to_vec()
}

#[tokio::test]
async fn a_state_table_of_a_moment_is_the_one_that_was_served_then() {
    let world = visited().await;
    let then = world.service.district.read().households().slots().count();
    let before: Vec<Vec<u8>> = [world.get("/api/state/households").await, world.get("/api/state/areas").await]
        .map(|answer| rows_of(&answer.body))
        .to_vec();
    // Recorded in whole microseconds of this machine's clock: what follows is later by one at least.
    let known_at = jiff::Timestamp::now();
    tokio::time::sleep(std::time::Duration::from_millis(2)).await;
    assert_eq!(world.visit(&visit(77, 3, "refused")).await.status, 201);
    assert_eq!(world.visit(&visit(78, 4, "met")).await.status, 201);
    for (layer, before) in ["households", "areas"].into_iter().zip(before) {
        let path = format!("/api/state/{layer}");
        let now = world.get(&path).await;
        assert_ne!(rows_of(&now.body), before, "{layer}");
        let past = world.get(&format!("{path}?known_at={known_at}")).await;
        assert_eq!((past.status.as_u16(), past.header("x-round")), (200, "now"));
        assert_eq!(rows_of(&past.body), before, "{layer} as it was known then");
        let all = world.get(&format!("{path}?known_at={}", jiff::Timestamp::now())).await;
        assert_eq!(rows_of(&all.body), rows_of(&now.body), "{layer} as it is known now");
        assert_ne!(past.header("etag"), all.header("etag"));
        let tag = past.header("etag").to_owned();
        let again = world.get_with(&format!("{path}?known_at={known_at}"), &[("if-none-match", &tag)]).await;
        assert_eq!(again.status, 304);
    }
    let nothing = world.get("/api/state/households?round=now&at=2001-01-01").await;
    let (_, StateRows::Doors(rows)) = state_table::decode(&nothing.body).unwrap() else { panic!("not doors") };
    assert_eq!(rows.len(), then);
    assert!(rows.iter().all(|byte| byte & 0x0f <= 1), "nobody had been visited: {rows:?}");
    assert_eq!(world.get("/api/state/areas?at=soon").await.problem(400)["field"], "at");
}

#[tokio::test]
async fn the_catalog_is_what_the_document_says() {
    let world = World::new().await;
    let answer = world.get("/catalog").await;
    let catalog: Catalog = serde_json::from_slice(&answer.body).unwrap();
    drop(catalog);
    assert_eq!(answer.json()["default_round"], "now");
    let style = world.get("/style.json?theme=dark").await.json();
    assert_eq!(style["version"], 8);
    assert!(style.to_string().contains("http://127.0.0.1:8080/tiles/"), "{style}");
}

#[tokio::test]
async fn an_empty_log_answers_in_sentences() {
    let world = World::empty(Access::loopback_admin()).await;
    assert_eq!(world.get("/api/rounds").await.json(), json!({"rounds": []}));
    assert_eq!(world.get("/api/doors").await.json()["features"], json!([]));
    assert_eq!(world.get("/catalog").await.json()["default_round"], Value::Null);
    assert_eq!(world.get("/tiles/areas/0/0/0").await.status, 204);
    world.get("/api/coverage").await.problem(404);
    world.get("/api/state/areas").await.problem(404);
}
