//! The stream: every change reaches every viewer, through losses and restarts, or it is told to start anew.

use crate::harness::{
    Feed, Server,
    feed::{Door as StreamDoor, byte_in, counts_in},
    folder, seq, visit,
};
use serde_json::json;

const DOORS: [StreamDoor; 2] = [StreamDoor::WebSocket, StreamDoor::Events];
/// Bytes of a door as the state table has them: state in the low four bits, attempts above.
const MET_ONCE: u8 = 2 | 1 << 5;
const NO_ANSWER_ONCE: u8 = 4 | 1 << 5;

#[test]
fn a_visit_reaches_both_doors_of_the_stream_with_the_figures_above_it() {
    let data = folder();
    let server = Server::demo(data.path());
    let round = server.round();
    let areas = server.get_json("/api/areas");
    let slot_of = |code: &str| {
        let features = areas["features"].as_array().expect("areas");
        features.iter().find(|f| f["properties"]["code"] == code).and_then(|f| f["properties"]["slot"].as_u64())
    };
    for kind in DOORS {
        let feed = Feed::open(&server, kind, "");
        let hello = feed.next("hello");
        assert_eq!(hello["seq"], server.get_json("/api/coverage")["seq"], "{kind:?}");
        assert!(!hello["shapes_version"].is_null());
        let door = server.untouched(1).remove(0);

        let recorded = server.record(&visit(&door, "met"));

        let change = feed.next("change");
        assert_eq!(change["seq"], recorded, "{kind:?}");
        assert_eq!(byte_in(&change, &round, door.slot), Some(MET_ONCE), "{kind:?}");
        let grid = slot_of(&door.grid).expect("the grid is listed");
        assert_eq!(counts_in(&change, &round, grid), Some(server.coverage("grid")[&door.grid]), "{kind:?}");
    }
}

#[test]
fn a_beat_comes_while_nothing_happens() {
    let data = folder();
    let server = Server::demo(data.path());
    let feed = Feed::open(&server, StreamDoor::WebSocket, "");
    let beat = feed.next("beat");
    assert!(beat["at"].is_string() && beat["seq"].is_string());
}

#[test]
fn what_was_missed_is_told_first() {
    let data = folder();
    let server = Server::demo(data.path());
    let round = server.round();
    let doors = server.untouched(3);
    let since = server.record(&visit(&doors[0], "met"));
    server.record(&visit(&doors[1], "met"));
    server.record(&visit(&doors[2], "no_answer"));
    for kind in DOORS {
        let feed = Feed::open(&server, kind, &format!("?since={since}"));
        feed.next("hello");
        let change = feed.next("change");
        assert_eq!(byte_in(&change, &round, doors[0].slot), None, "{kind:?}: since is exclusive");
        assert_eq!(byte_in(&change, &round, doors[1].slot), Some(MET_ONCE), "{kind:?}: {change}");
    }
    let feed = Feed::resume_events(&server, &since);
    assert_eq!(feed.byte_of(&round, doors[1].slot), MET_ONCE);
}

#[test]
fn a_viewer_goes_on_through_a_restart_without_a_gap() {
    let data = folder();
    let server = Server::demo(data.path());
    let round = server.round();
    let doors = server.untouched(3);
    let feed = Feed::open(&server, StreamDoor::WebSocket, "");
    feed.next("hello");
    let since = server.record(&visit(&doors[0], "met"));
    assert_eq!(feed.byte_of(&round, doors[0].slot), MET_ONCE);

    // One visit the viewer never hears of, a power cut, one more before it is back.
    server.record(&visit(&doors[1], "no_answer"));
    server.cut_power();
    assert!(feed.ends());
    let server = Server::demo(data.path());
    server.record(&visit(&doors[2], "met"));

    for kind in DOORS {
        let feed = Feed::open(&server, kind, &format!("?since={since}"));
        let change = feed.next("change");
        assert_eq!(byte_in(&change, &round, doors[1].slot), Some(NO_ANSWER_ONCE), "{kind:?}: {change}");
        let last = byte_in(&change, &round, doors[2].slot).unwrap_or_else(|| feed.byte_of(&round, doors[2].slot));
        assert_eq!(last, MET_ONCE, "{kind:?}");
    }
}

#[test]
fn a_viewer_of_another_life_of_the_log_starts_anew() {
    let data = folder();
    let server = Server::demo(data.path());
    let (epoch, n) = seq(server.get_json("/api/coverage")["seq"].as_str().expect("a seq"));
    for kind in DOORS {
        for since in [format!("{}-1", epoch.wrapping_add(1)), format!("{epoch}-{}", n + 1000)] {
            let feed = Feed::open(&server, kind, &format!("?since={since}"));
            let reset = feed.next("reset");
            assert!(reset["reason"].as_str().is_some_and(|reason| !reason.is_empty()), "{reset}");
            assert_eq!(reset["seq"], format!("{epoch}-{n}"));
        }
    }
}

#[test]
fn a_viewer_of_one_grid_hears_of_that_grid_only() {
    let data = folder();
    let server = Server::demo(data.path());
    let round = server.round();
    let mut doors = server.untouched(400);
    let here = doors.remove(0);
    let elsewhere = doors.into_iter().find(|door| door.grid != here.grid).expect("untouched doors in two grids");
    let feed = Feed::open(&server, StreamDoor::WebSocket, &format!("?within={}", here.grid));
    feed.next("hello");

    server.record(&visit(&elsewhere, "met"));
    server.record(&visit(&here, "met"));

    let change = feed.next("change");
    assert_eq!(byte_in(&change, &round, elsewhere.slot), None, "{change}");
    let byte = byte_in(&change, &round, here.slot).unwrap_or_else(|| feed.byte_of(&round, here.slot));
    assert_eq!(byte, MET_ONCE);
}

#[test]
fn many_visits_at_once_arrive_coalesced_and_complete() {
    let data = folder();
    let server = Server::demo(data.path());
    let round = server.round();
    let doors = server.untouched(300);
    let feed = Feed::open(&server, StreamDoor::WebSocket, "");
    feed.next("hello");
    let batch: Vec<_> = doors.iter().map(|door| visit(door, "met")).collect();

    server.post("/api/visits", &json!(batch)).expect(200);

    let mut missing: std::collections::BTreeSet<u64> = doors.iter().map(|door| door.slot).collect();
    let mut messages = 0;
    while !missing.is_empty() {
        let change = feed.next("change");
        messages += 1;
        missing.retain(|slot| byte_in(&change, &round, *slot) != Some(MET_ONCE));
    }
    assert!(messages <= 30, "{messages} messages for 300 visits");
}
