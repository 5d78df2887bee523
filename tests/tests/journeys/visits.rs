//! Visits: what is accepted, repeated, corrected or refused, and where it shows.

use crate::harness::{Server, folder, from_now, mvt, new_id, seq, visit};
use serde_json::json;

#[test]
fn a_visit_is_in_the_next_read_of_everything() {
    let data = folder();
    let server = Server::demo(data.path());
    let door = server.untouched(1).remove(0);
    let (x, y) = mvt::tile_at(door.at, 16);
    let tile = format!("/tiles/areas,households/16/{x}/{y}");
    let state = |server: &Server| {
        let layers = mvt::read(&server.get(&tile).expect(200).unpacked());
        let found =
            layers["households"].iter().find(|feature| feature.id == door.slot).expect("the door is in its tile");
        (found.text("state").to_owned(), found.number("attempts"))
    };
    let reached_in_tile = |server: &Server| {
        let layers = mvt::read(&server.get(&tile).expect(200).unpacked());
        layers["areas"].iter().find(|area| area.text("code") == door.grid).and_then(|area| area.number("reached"))
    };
    let before = server.coverage("grid")[&door.grid];
    assert_eq!(state(&server).0, "untouched");
    assert_eq!(reached_in_tile(&server), Some(before[2] as f64));

    let answer = server.post("/api/visits", &visit(&door, "met")).expect(201).json();

    assert_eq!(state(&server), ("met".to_owned(), Some(1.0)));
    assert_eq!(server.door(door.slot).state, "met");
    let after = server.coverage("grid")[&door.grid];
    assert_eq!(after, [before[0], before[1] + 1, before[2] + 1]);
    assert_eq!(reached_in_tile(&server), Some(after[2] as f64));
    assert_eq!(answer["seq"], server.get_json("/api/coverage")["seq"]);
}

#[test]
fn a_visit_sent_twice_counts_once_and_answers_the_same() {
    let data = folder();
    let server = Server::demo(data.path());
    let door = server.untouched(1).remove(0);
    let mut sent = visit(&door, "no_answer");
    let first = server.record(&sent);
    let counted = server.coverage("grid");

    // Sent again, later, as a device does that never saw the answer.
    sent["sent_at"] = json!(from_now(1));
    let again = server.post("/api/visits", &sent);

    assert!([200, 201].contains(&again.status), "{}", again.text());
    assert_eq!(again.json()["seq"], first);
    assert_eq!(server.coverage("grid"), counted);
}

#[test]
fn the_same_id_with_other_content_is_a_conflict() {
    let data = folder();
    let server = Server::demo(data.path());
    let door = server.untouched(1).remove(0);
    let mut sent = visit(&door, "no_answer");
    server.record(&sent);
    sent["outcome"] = json!("met");
    server.post("/api/visits", &sent).expect_problem(&[409]);
    assert_eq!(server.door(door.slot).state, "no_answer");
}

#[test]
fn a_correction_takes_the_wrong_visit_back() {
    let data = folder();
    let server = Server::demo(data.path());
    let door = server.untouched(1).remove(0);
    let before = server.coverage("grid")[&door.grid];
    let wrong = visit(&door, "met");
    server.record(&wrong);

    let mut right = visit(&door, "no_answer");
    right["replaces"] = wrong["id"].clone();
    server.record(&right);

    assert_eq!(server.door(door.slot).state, "no_answer");
    assert_eq!(server.coverage("grid")[&door.grid], [before[0], before[1] + 1, before[2]]);
}

#[test]
fn a_door_once_reached_stays_reached_and_an_empty_one_leaves_the_denominator() {
    let data = folder();
    let server = Server::demo(data.path());
    let doors = server.untouched(2);
    let before = server.coverage("district");
    server.record(&visit(&doors[0], "met"));
    server.record(&visit(&doors[0], "no_answer"));
    server.record(&visit(&doors[1], "vacant"));
    assert_eq!(server.door(doors[0].slot).state, "met");
    assert_eq!(server.door(doors[1].slot).state, "vacant");
    let code = before.keys().next().expect("a district");
    let [eligible, touched, reached] = before[code];
    assert_eq!(server.coverage("district")[code], [eligible - 1, touched + 1, reached + 1]);
}

#[test]
fn of_a_batch_the_good_ones_are_accepted_and_each_says_what_became_of_it() {
    let data = folder();
    let server = Server::demo(data.path());
    let doors = server.untouched(3);
    let good: Vec<_> = doors.iter().map(|door| visit(door, "remote")).collect();
    let mut unknown = visit(&doors[0], "met");
    unknown["household"] = json!("no such door");
    let batch = json!([good[0], unknown, good[1], good[0], good[2]]);

    let answer = server.post("/api/visits", &batch).expect(200).json();

    let items = answer.as_array().expect("an array answers an array");
    assert_eq!(items.len(), 5);
    for (item, sent) in items.iter().zip(batch.as_array().expect("a batch")) {
        assert_eq!(item["id"], sent["id"]);
    }
    let status = |i: usize| items[i]["status"].as_u64().expect("a status");
    assert_eq!([status(0), status(2), status(4)], [201; 3], "{answer}");
    assert!((400..500).contains(&status(1)) && items[1]["problem"]["detail"].is_string(), "{answer}");
    assert!([200, 201].contains(&status(3)), "{answer}");
    let number = |i: usize| seq(items[i]["seq"].as_str().expect("a seq")).1;
    assert!(number(0) < number(2) && number(2) < number(4));
    assert_eq!(number(0), number(3), "sent twice in a batch counts once");
    assert!(doors.iter().all(|door| server.door(door.slot).state == "remote"));
}

#[test]
fn a_late_visit_counts_in_the_round_it_happened_in() {
    let data = folder();
    let server = Server::demo(data.path());
    let door = server.untouched(1).remove(0);
    let mut late = visit(&door, "met");
    late["happened_at"] = json!(from_now(-60));
    late["sent_at"] = json!(from_now(0));
    server.record(&late);
    assert_eq!(server.door(door.slot).state, "met");

    let mut early = visit(&door, "no_answer");
    early["happened_at"] = json!("2001-01-01T00:00:00Z");
    let detail = server.post("/api/visits", &early).expect_problem(&[422]);
    assert!(detail.contains("round"), "{detail}");
}

#[test]
fn a_clock_that_is_off_is_corrected_by_the_time_of_sending() {
    let data = folder();
    let server = Server::demo(data.path());
    let door = server.untouched(1).remove(0);
    // This device's clock is an hour ahead: by itself the visit would be from the future.
    let mut ahead = visit(&door, "met");
    ahead["happened_at"] = json!(from_now(3600 - 30));
    ahead["sent_at"] = json!(from_now(3600));
    server.record(&ahead);
    assert_eq!(server.door(door.slot).state, "met");
}

#[test]
fn a_new_round_starts_at_nothing_and_takes_visits() {
    let data = folder();
    let server = Server::demo(data.path());
    let rounds = server.get_json("/api/rounds");
    let listed = rounds["rounds"].as_array().expect("rounds").len();
    assert!(listed >= 2, "the demo has a finished round and one under way: {rounds}");
    let round = json!({ "id": "night", "name": "夜间走访", "purpose": "", "starts_at": from_now(-120), "scope": [] });
    server.post("/api/rounds", &round).expect(201);
    server.post("/api/rounds", &json!({ "id": "night", "name": "x", "starts_at": from_now(0) })).expect_problem(&[409]);

    assert_eq!(server.get_json("/api/rounds")["rounds"].as_array().map(Vec::len), Some(listed + 1));
    assert_eq!(server.round(), "night", "the newest active round is taken when none is named");
    assert!(server.coverage("district").values().all(|counts| counts[1] == 0 && counts[2] == 0));
    let door = server.untouched(1).remove(0);
    let mut sent = visit(&door, "met");
    sent["round"] = json!("night");
    sent["id"] = json!(new_id());
    server.record(&sent);
    assert_eq!(server.coverage("district").values().map(|counts| counts[2]).sum::<u64>(), 1);
}
