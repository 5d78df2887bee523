//! Tiles over HTTP: encodings, tags, versions.

use super::*;
use std::io::Read;

/// Address of a tile that holds the sample district.
fn tile(zoom: u32) -> String {
    let at = |v: u64| v >> (32 - zoom);
    format!("{zoom}/{}/{}", at(3_550_050_000), at(1_850_050_000))
}

#[tokio::test]
async fn shapes_are_kept_for_ever_under_their_version_only() {
    let world = World::new().await;
    let path = format!("/shapes/1/areas,households/{}", tile(12));
    let answer = world.get(&path).await;
    assert_eq!((answer.status.as_u16(), answer.header("content-type")), (200, "application/vnd.mapbox-vector-tile"));
    assert_eq!(answer.header("cache-control"), "public, max-age=31536000, immutable");
    for ending in [".mvt", ".pbf"] {
        assert_eq!(world.get(&format!("{path}{ending}")).await.body, answer.body);
    }
    world.visit(&visit(1, 0, "met")).await;
    assert_eq!(world.get(&path).await.body, answer.body, "shapes do not change with visits");
    let outside = world.get("/shapes/1/areas/12/0/0").await;
    assert_eq!((outside.status.as_u16(), outside.body.len()), (204, 0));
}

#[tokio::test]
async fn an_inline_tile_changes_with_a_visit_and_is_known_by_its_tag_until_then() {
    let world = World::new().await;
    let path = format!("/tiles/households/{}", tile(15));
    let answer = world.get(&path).await;
    assert_eq!(answer.status, 200);
    assert!(answer.header("cache-control").contains("no-cache"));
    let tag = answer.header("etag").to_owned();
    let known = world.get_with(&path, &[("if-none-match", &tag)]).await;
    assert_eq!((known.status.as_u16(), known.body.len(), known.header("etag")), (304, 0, tag.as_str()));
    world.visit(&visit(1, 0, "met")).await;
    let changed = world.get_with(&path, &[("if-none-match", &tag)]).await;
    assert_eq!(changed.status, 200);
    assert_ne!(changed.body, answer.body);
    let twice = world.get(&format!("{path}?round=now")).await;
    assert_eq!(twice.body, changed.body);
}

#[tokio::test]
async fn every_encoding_holds_the_same_tile_under_its_own_tag() {
    let world = World::new().await;
    let path = format!("/tiles/areas,households/{}", tile(14));
    let plain = world.get(&path).await;
    assert_eq!((plain.header("content-encoding"), plain.header("vary")), ("", "accept-encoding"));
    let gzip = world.get_with(&path, &[("accept-encoding", "gzip, br;q=0.5")]).await;
    assert_eq!(gzip.header("content-encoding"), "gzip");
    let mut unpacked = Vec::new();
    flate2::read::GzDecoder::new(&gzip.body[..]).read_to_end(&mut unpacked).unwrap();
    assert_eq!(unpacked, plain.body);
    let brotli = world.get_with(&path, &[("accept-encoding", "br")]).await;
    assert_eq!(brotli.header("content-encoding"), "br");
    let mut unpacked = Vec::new();
    brotli::Decompressor::new(&brotli.body[..], 4096).read_to_end(&mut unpacked).unwrap();
    assert_eq!(unpacked, plain.body);
    assert_eq!(world.get_with(&path, &[("accept-encoding", "identity")]).await.body, plain.body);
    let tags = [plain.header("etag"), gzip.header("etag"), brotli.header("etag")];
    assert!(tags[0] != tags[1] && tags[1] != tags[2] && tags[0] != tags[2]);
}

#[tokio::test]
async fn tilejson_names_addresses_that_answer() {
    let world = World::new().await;
    let document = world.get("/tiles/areas,households.json").await.json();
    assert_eq!(document["tilejson"], "3.0.0");
    let address = document["tiles"][0].as_str().unwrap().replace("{z}/{x}/{y}", &tile(12));
    let path = address.strip_prefix("http://127.0.0.1:8080").unwrap();
    assert_eq!(world.get(path).await.status, 200);
}
