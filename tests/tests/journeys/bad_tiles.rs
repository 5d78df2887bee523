//! Tile addresses that are not of this world.

use crate::harness::{Server, folder};

#[test]
fn addresses_outside_the_pyramid_say_so() {
    let data = folder();
    let server = Server::demo(data.path());
    let version = server.get_json("/catalog")["shapes_version"].to_string().replace('"', "");
    for base in ["/tiles/areas".to_owned(), format!("/shapes/{version}/areas")] {
        for tile in [
            "23/0/0",
            "1/2/0",
            "1/0/2",
            "5/32/0",
            "-1/0/0",
            "1/-1/0",
            "a/b/c",
            "1/0/0.5",
            "99999999999/0/0",
            "0/0/99999999999999999999",
        ] {
            let answer = server.get(&format!("{base}/{tile}"));
            answer.expect_problem(&[400, 404]);
        }
        let whole_world = server.get(&format!("{base}/0/0/0")).status;
        assert!([200, 204].contains(&whole_world), "{whole_world}");
    }
}

#[test]
fn layers_that_do_not_exist_or_are_too_many_say_so() {
    let data = folder();
    let server = Server::demo(data.path());
    let many = vec!["areas"; 500].join(",");
    for layers in ["clouds", "areas,clouds", "areas,areas", "areas,,roads", ",", &many, &"x".repeat(5000)] {
        server.get(&format!("/tiles/{layers}/0/0/0")).expect_problem(&[400, 404, 414]);
        server.get(&format!("/tiles/{layers}.json")).expect_problem(&[400, 404, 414]);
    }
    server.get("/tiles/closures/0/0/0").expect_problem(&[400, 404]);
    server.get("/tiles/areas/0/0/0?at=2026-01-01T00:00:00Z").expect_problem(&[400, 501]);
    server.get("/tiles/areas/0/0/0?round=no-such-round").expect_problem(&[400, 404, 422]);
}

#[test]
fn versions_of_shapes_that_never_were_are_gone_or_unknown() {
    let data = folder();
    let server = Server::demo(data.path());
    let newest = server.get_json("/catalog")["shapes_version"].to_string().replace('"', "");
    let detail = server.get("/shapes/0/areas/0/0/0").expect_problem(&[410]);
    assert!(detail.contains(&newest), "it names the newest: {detail}");
    server.get("/shapes/latest/areas/0/0/0").expect_problem(&[400, 404]);
}
