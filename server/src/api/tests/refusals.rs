//! Refusals: every one a problem that says what would be right.

use super::*;

#[tokio::test]
async fn addresses_that_mean_nothing_are_refused_with_what_would_be_right() {
    let world = World::new().await;
    let many_layers = ["areas"; 500].join(",");
    for (path, status, told) in [
        ("/api/coverage?level=planet", 400, "district, subdistrict"),
        ("/api/coverage?within=nowhere", 400, "nowhere"),
        ("/api/coverage?round=nowhere", 400, "/api/rounds"),
        ("/api/coverage?level=grid&level=block", 400, "twice"),
        ("/api/coverage?levle=grid", 400, "level, within, round"),
        ("/api/coverage?level", 400, "level"),
        ("/api/areas/nowhere", 404, "/api/areas"),
        ("/api/areas?geometry=yes", 400, "true nor false"),
        ("/api/areas/%FF", 400, "address"),
        ("/api/doors?limit=0", 400, "1..=10000"),
        ("/api/doors?limit=10001", 400, "1..=10000"),
        ("/api/doors?limit=many", 400, "1..=10000"),
        ("/api/doors?state=happy", 400, "untouched"),
        ("/api/doors?cursor=abc", 400, "cursor"),
        ("/api/doors?slot=-1", 400, "slot"),
        ("/api/doors?within=%00", 400, "within"),
        ("/api/state/roads", 404, "areas and households"),
        ("/tiles/areas/23/0/0", 400, "22"),
        ("/tiles/areas/2/4/0", 400, "outside the pyramid"),
        ("/tiles/areas/2/0/4", 400, "outside the pyramid"),
        ("/tiles/areas/2/-1/0", 400, "x"),
        ("/tiles/areas/a/0/0", 400, "z"),
        ("/tiles/areas/0/0/0.png", 400, "y"),
        ("/tiles/areas/99999999999999999999999/0/0", 400, "z"),
        ("/tiles/areas/2/18446744073709551615/0", 400, "outside the pyramid"),
        ("/tiles/closures/0/0/0", 404, "areas, households, roads, base"),
        ("/tiles/areas,areas/0/0/0", 400, "twice"),
        ("/tiles/areas", 404, ".json"),
        ("/shapes/x/areas/0/0/0", 400, "version"),
        ("/shapes/999/areas/0/0/0", 404, "newest version is 1"),
        ("/shapes/0/areas/0/0/0", 410, "newest version is 1"),
        ("/style.json?theme=pink", 400, "light, dark"),
        ("/nothing/here", 404, "/openapi.json"),
        ("/../../etc/passwd", 404, "openapi"),
        ("/assets/..%2f..%2fCargo.toml", 404, "openapi"),
        ("/api/live", 406, "text/event-stream"),
        (&format!("/tiles/{many_layers}/0/0/0"), 400, "at most 8"),
        (&format!("/tiles/{many_layers}.json"), 400, "at most 8"),
    ] {
        let problem = world.get(path).await.problem(status);
        let detail = problem["detail"].as_str().unwrap();
        assert!(detail.contains(told), "{path}: {problem}");
        assert!(problem.to_string().len() < 1_000, "{path} is repeated at length");
    }
}

#[tokio::test]
async fn a_method_nobody_serves_is_405_and_names_those_that_are() {
    let world = World::new().await;
    let answer = world.ask(request("DELETE", "/api/rounds", &[]).body(Body::empty()).unwrap()).await;
    answer.problem(405);
    let mut allowed: Vec<&str> = answer.header("allow").split(',').map(str::trim).collect();
    allowed.sort_unstable();
    assert_eq!(allowed, ["GET", "HEAD", "POST"]);
}
