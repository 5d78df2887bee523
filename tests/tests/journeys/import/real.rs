//! Real data: a city's statistical areas as three levels of areas, a town's roads and addresses.

use super::*;

#[test]
fn the_areas_of_tainan_come_in_as_three_levels() {
    let Some(real) = geodata() else { return };
    let (place, tainan) = (folder(), real.join("tainan"));
    let data = place.path().join("data");
    let (districts, communities, grids) =
        (tainan.join("districts.geojson"), tainan.join("communities_code2.geojson"), tainan.join("microgrids.gpkg"));
    let done = import(
        "areas",
        &[&districts],
        &data,
        &["--map", "code=towncode", "--map", "name=town", "--map", "level==district"],
    )
    .whole();
    assert_eq!(done.count("added"), 37, "{}", done.said);
    let done = import(
        "areas",
        &[&communities],
        &data,
        &["--map", "code=code2", "--map", "name=code2", "--map", "level==community", "--map", "parent=town_id"],
    )
    .whole();
    assert_eq!(done.count("added"), 667, "{}", done.said);
    let map = ["--map", "code=codebase", "--map", "name=codebase", "--map", "level==grid", "--map", "parent=code2"];
    let done = import("areas", &[&grids], &data, &map).whole();
    assert_eq!(done.count("added"), 12_774, "{}", done.said);
    assert!(done.said.contains("  38 overlap_sliver, 8.0 m² in all"), "the known overlap is found: {}", done.said);
    let again = import("areas", &[&grids], &data, &map).whole();
    assert_eq!(again.count("same"), 12_774, "{}", again.said);
    let server = Server::demo_with(&data, &["--calm"]);
    let grids = server.get_json("/api/areas?level=grid");
    assert_eq!(grids["features"].as_array().map(Vec::len), Some(12_774));
}

#[test]
fn roads_and_addresses_of_astana_come_in() {
    let Some(real) = geodata() else { return };
    let (place, town) = (folder(), real.join("osm_astana"));
    let data = place.path().join("data");
    let roads = town.join("astana.gpkg");
    let done = import("roads", &[&roads], &data, &[]).refused(&["layer roads", "\"construction\" is none of primary"]);
    assert_eq!((done.count("rows"), done.count("refused")), (10_664, 96), "{}", done.said);
    let done = import("roads", &[&roads], &data, &["--partial"]);
    assert_eq!(done.count("added"), 10_664 - 96, "{}", done.said);
    let addresses = town.join("addresses.csv");
    let done = import("households", &[&addresses], &data, &[]);
    assert_eq!(done.count("rows"), 21_753, "{}", done.said);
    assert_eq!(done.count("added") + done.count("refused"), 21_753, "{}", done.said);
    assert!(done.said.contains("no grids yet"), "{}", done.said);
}
