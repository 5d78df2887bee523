//! The demo district: the same for the same seed, with a believable past, and members at work in it.

use crate::harness::{Feed, Server, feed::Door as StreamDoor, folder, wangge, words};
use serde_json::Value;

/// Everything that a seed decides: areas with their outlines, and doors.
fn shape_of(arguments: &[&str]) -> (Value, Vec<(String, String)>) {
    let data = folder();
    let server = Server::demo_with(data.path(), arguments);
    let areas = server.get_json("/api/areas?geometry=true")["features"].clone();
    let doors = server.doors("?limit=10000");
    (areas, doors.into_iter().map(|door| (door.id, format!("{:?}", door.at))).collect())
}

#[test]
fn the_same_seed_makes_the_same_district_and_another_seed_another() {
    let one = shape_of(&["--calm", "--households", "1200", "--seed", "7"]);
    let same = shape_of(&["--calm", "--households", "1200", "--seed", "7"]);
    let other = shape_of(&["--calm", "--households", "1200", "--seed", "8"]);
    assert!(one == same, "seed 7 made two districts");
    assert!(one != other, "seeds 7 and 8 made one district");
    assert_eq!(one.1.len(), 1200);
}

#[test]
fn members_knock_at_doors_while_one_watches() {
    let data = folder();
    let server = Server::demo_with(data.path(), &["--households", "2000"]);
    let round = server.round();
    let feed = Feed::open(&server, StreamDoor::WebSocket, "");
    let first = feed.next("change");
    assert!(first["rounds"][&round]["households"].as_array().is_some_and(|doors| !doors.is_empty()), "{first}");
    feed.next("change");
}

#[test]
fn the_demo_has_a_finished_round_and_one_under_way() {
    let data = folder();
    let server = Server::demo(data.path());
    let listed = server.get_json("/api/rounds");
    let rounds = listed["rounds"].as_array().expect("rounds");
    let now = jiff::Timestamp::now();
    let moment =
        |round: &Value, field: &str| round[field].as_str().and_then(|text| text.parse::<jiff::Timestamp>().ok());
    let is_over = |round: &&Value| moment(round, "ends_at").is_some_and(|end| end <= now);
    let is_active = |round: &&Value| moment(round, "starts_at").is_some_and(|start| start <= now) && !is_over(round);
    let over = rounds.iter().find(is_over).expect("a finished round");
    let active = rounds.iter().find(is_active).expect("a round under way");
    assert_eq!(active["id"], server.round());

    let share = |round: &Value| {
        let id = round["id"].as_str().expect("an id");
        let coverage = server.get_json(&format!("/api/coverage?level=district&round={id}"));
        coverage["areas"][0]["reached_share"].as_f64().expect("a share")
    };
    assert!(share(over) > share(active), "the finished round reached more");
    assert!((0.3..0.9).contains(&share(active)), "{}", share(active));
}

#[test]
fn sizes_and_addresses_that_cannot_be_are_refused_in_a_line() {
    for arguments in [
        ["demo", "--households", "10"],
        ["demo", "--households", "99000000"],
        ["demo", "--bind", "0.0.0.0:0"],
        ["demo", "--bind", "nowhere"],
        ["demo", "--seed", "-1"],
    ] {
        let done = wangge(&arguments);
        let said = words(&done);
        assert!(!done.status.success(), "{arguments:?}: {said}");
        assert!(!said.contains("panicked") && said.lines().count() < 8, "{arguments:?}: {said}");
    }
}
