//! Tiles: what they hold, how they travel, when they are fresh.

use crate::harness::{Server, folder, mvt, visit};

/// Address of the tile around a door.
fn around(server: &Server, zoom: u32) -> String {
    let door = server.untouched(1).remove(0);
    let (x, y) = mvt::tile_at(door.at, zoom);
    format!("{zoom}/{x}/{y}")
}

#[test]
fn a_tile_travels_plain_gzipped_and_brotlied_with_the_same_content() {
    let data = folder();
    let server = Server::demo(data.path());
    let path = format!("/tiles/areas,households,roads,base/{}", around(&server, 14));
    let plain = server.get_with(&path, &[("accept-encoding", "identity")]).expect(200);
    assert_eq!(plain.header("content-encoding"), "");
    assert_eq!(plain.header("content-type"), "application/vnd.mapbox-vector-tile");
    for encoding in ["gzip", "br"] {
        let packed = server.get_with(&path, &[("accept-encoding", encoding)]).expect(200);
        assert_eq!(packed.header("content-encoding"), encoding);
        assert!(packed.header("vary").to_lowercase().contains("accept-encoding"));
        assert!(packed.body.len() < plain.body.len());
        assert_eq!(packed.unpacked(), plain.body);
    }
    let refused = server.get_with(&path, &[("accept-encoding", "gzip;q=0, br;q=0")]).expect(200);
    assert_eq!(refused.header("content-encoding"), "");
}

#[test]
fn an_unchanged_tile_is_304_and_a_changed_one_is_not() {
    let data = folder();
    let server = Server::demo(data.path());
    let door = server.untouched(1).remove(0);
    let (x, y) = mvt::tile_at(door.at, 15);
    let path = format!("/tiles/households/15/{x}/{y}");
    let etag = server.get(&path).expect(200).header("etag").to_owned();
    assert!(!etag.is_empty());

    let again = server.get_with(&path, &[("if-none-match", &etag)]).expect(304);
    assert!(again.body.is_empty());
    server.get_with(&path, &[("if-none-match", &format!("\"x\", {etag}"))]).expect(304);

    server.record(&visit(&door, "met"));
    let changed = server.get_with(&path, &[("if-none-match", &etag)]).expect(200);
    assert_ne!(changed.header("etag"), etag);
}

#[test]
fn a_change_leaves_other_tiles_as_they_were() {
    let data = folder();
    let server = Server::demo(data.path());
    let door = server.untouched(1).remove(0);
    let far = server.doors("?limit=1500").into_iter().find(|other| {
        let ((x, y), (door_x, door_y)) = (mvt::tile_at(other.at, 18), mvt::tile_at(door.at, 18));
        x.abs_diff(door_x).max(y.abs_diff(door_y)) > 1
    });
    let (x, y) = mvt::tile_at(far.expect("the district is wider than two small tiles").at, 18);
    let path = format!("/tiles/households/18/{x}/{y}");
    let etag = server.get(&path).expect(200).header("etag").to_owned();
    server.record(&visit(&door, "met"));
    server.get_with(&path, &[("if-none-match", &etag)]).expect(304);
}

#[test]
fn nothing_there_is_204() {
    let data = folder();
    let server = Server::demo(data.path());
    let answer = server.get("/tiles/areas,households/14/0/0").expect(204);
    assert!(answer.body.is_empty());
    let version = version(&server);
    server.get(&format!("/shapes/{version}/areas/14/0/0")).expect(204);
}

fn version(server: &Server) -> String {
    server.get_json("/catalog")["shapes_version"].to_string().replace('"', "")
}

#[test]
fn shapes_are_for_ever_and_hold_no_state() {
    let data = folder();
    let server = Server::demo(data.path());
    let door = server.untouched(1).remove(0);
    let (x, y) = mvt::tile_at(door.at, 16);
    let path = format!("/shapes/{}/areas,households/16/{x}/{y}", version(&server));
    let before = server.get(&path).expect(200);
    assert!(before.header("cache-control").contains("immutable"), "{}", before.header("cache-control"));

    server.record(&visit(&door, "met"));

    let after = server.get(&path).expect(200);
    assert_eq!(before.unpacked(), after.unpacked());
    let layers = mvt::read(&after.unpacked());
    let found = layers["households"].iter().find(|feature| feature.id == door.slot).expect("the door is there");
    assert_eq!(found.kind, 1);
    assert_eq!(found.text("state"), "");
    assert!(layers["areas"].iter().all(|area| area.number("reached").is_none() && !area.text("code").is_empty()));
}

#[test]
fn a_composite_holds_what_its_parts_hold() {
    let data = folder();
    let server = Server::demo(data.path());
    let tile = around(&server, 15);
    let whole = mvt::read(&server.get(&format!("/tiles/areas,households,roads,base/{tile}")).expect(200).unpacked());
    for layer in ["areas", "households", "roads", "base"] {
        let answer = server.get(&format!("/tiles/{layer}/{tile}")).expect(200);
        let alone = mvt::read(&answer.unpacked());
        let ids = |features: &[mvt::Feature]| features.iter().map(|f| (f.id, f.start)).collect::<Vec<_>>();
        assert_eq!(ids(&alone[layer]), ids(&whole[layer]), "{layer}");
        assert!(!alone[layer].is_empty(), "{layer} has something around a door");
    }
}

#[test]
fn from_far_a_block_stands_for_its_doors_and_from_near_every_door_is_there_once() {
    let data = folder();
    let server = Server::demo(data.path());
    let doors = server.doors("?limit=1500");
    let tiles = |zoom| doors.iter().map(|door| mvt::tile_at(door.at, zoom)).collect::<std::collections::BTreeSet<_>>();
    let read = |zoom: u32, (x, y): (u32, u32)| {
        let answer = server.get(&format!("/tiles/households/{zoom}/{x}/{y}")).expect(200);
        let features = mvt::read(&answer.unpacked()).remove("households").unwrap_or_default();
        let inside = |f: &mvt::Feature| (0..4096).contains(&f.start.0) && (0..4096).contains(&f.start.1);
        features.into_iter().filter(inside).collect::<Vec<_>>()
    };
    let near: Vec<u64> = tiles(14).into_iter().flat_map(|tile| read(14, tile)).map(|feature| feature.id).collect();
    let unique: std::collections::BTreeSet<u64> = near.iter().copied().collect();
    assert_eq!(unique.len(), near.len(), "no door is in two tiles' insides");
    assert!(
        near.len() >= 1490,
        "{} of 1500 doors (a door on a tile's rounded edge may fall to its neighbour)",
        near.len()
    );

    let far: Vec<mvt::Feature> = tiles(12).into_iter().flat_map(|tile| read(12, tile)).collect();
    assert!(far.len() < 300, "{} points stand for 1500 doors", far.len());
    let sum: f64 = far.iter().filter_map(|block| block.number("doors")).sum();
    assert!(sum > 1000.0, "blocks say how many doors they stand for: {sum}");
}
