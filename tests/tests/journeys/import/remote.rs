//! Import into a running server: the same report, while visits come in.

use super::*;
use crate::harness::{Feed, feed::Door as StreamDoor, visit};
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

/// Imports files into a server that runs.
fn send(server: &Server, kind: &str, files: &[&Path], more: &[&str]) -> Done {
    let url = server.url("");
    let mut all = vec!["import", kind];
    all.extend(files.iter().map(|file| text(file)));
    all.extend(["--server", &url]);
    all.extend(more);
    let output = wangge(&all);
    Done { ok: output.status.success(), said: words(&output) }
}

/// Lines of the server's own doors with one resident more each, and some new ones beside them.
fn newer_file(server: &Server, folder: &Path) -> (PathBuf, usize) {
    let doors = server.doors("?limit=10000");
    let known = doors.iter().map(|door| format!("{},{},{}\n", door.id, door.at[0], door.at[1]));
    let new = doors.iter().take(200).map(|door| format!("new-{},{},{}\n", door.id, door.at[0], door.at[1]));
    let text: String = std::iter::once("id,lon,lat\n".to_owned()).chain(known).chain(new).collect();
    (write(folder, "newer.csv", text), doors.len())
}

#[test]
fn rows_come_in_while_visits_come_in() {
    let place = folder();
    let server = Server::demo(&place.path().join("data"));
    let (file, before) = newer_file(&server, place.path());
    let untouched = server.untouched(400);
    let (stop, recorded) = (AtomicBool::new(false), AtomicU32::new(0));
    let done = std::thread::scope(|scope| {
        scope.spawn(|| {
            for door in untouched.iter().take_while(|_| !stop.load(Ordering::Relaxed)) {
                server.record(&visit(door, "met"));
                recorded.fetch_add(1, Ordering::Relaxed);
            }
        });
        let done = send(&server, "households", &[&file], &[]);
        stop.store(true, Ordering::Relaxed);
        done
    });
    let done = done.whole();
    assert_eq!(done.count("added"), 200, "{}", done.said);
    assert!(recorded.load(Ordering::Relaxed) > 0, "visits were recorded meanwhile");
    assert_eq!(server.doors("?limit=10000").len(), before + 200);
    let again = send(&server, "households", &[&file], &[]).whole();
    assert!(again.said.contains("nothing changed"), "{}", again.said);
    let jobs = server.get_json("/api/imports");
    let states: Vec<&str> =
        jobs["imports"].as_array().expect("jobs").iter().filter_map(|job| job["state"].as_str()).collect();
    assert_eq!(states, ["done", "done"]);
}

/// Eligible, touched and reached of a sum in `/api/coverage`.
fn sum_of(coverage: &Value, name: &str) -> [u64; 3] {
    ["eligible", "touched", "reached"].map(|each| coverage[name][each].as_u64().expect("a count"))
}

/// The next message that tells a sum of the round, and all the sums it tells.
fn told(feed: &Feed, round: &str) -> [Value; 2] {
    loop {
        let change = feed.next("change");
        let sums = ["total", "unassigned"].map(|name| change["rounds"][round][name].clone());
        if !sums[0].is_null() {
            return sums;
        }
    }
}

#[test]
fn a_door_outside_every_grid_is_in_the_total_and_in_the_message_that_tells_of_it() {
    let place = folder();
    let server = Server::demo(&place.path().join("data"));
    let round = server.round();
    let before = server.get_json("/api/coverage");
    let [total, outside] = ["total", "unassigned"].map(|name| sum_of(&before, name));
    let grids = server.coverage("grid");
    let feed = Feed::open(&server, StreamDoor::WebSocket, "");
    feed.next("hello");

    // Far to the east of the district; named and trusted, for a lone door tells nothing of its coordinate system.
    let file = write(place.path(), "far.csv", "id,lon,lat\nfar-1,118.2,24.51\n");
    send(&server, "households", &[&file], &["--crs", "crs84", "--trust-crs"]).whole();

    let more =
        |[eligible, touched, reached]: [u64; 3], [e, t, r]: [u64; 3]| json!([eligible + e, touched + t, reached + r]);
    assert_eq!(told(&feed, &round), [more(total, [1, 0, 0]), more(outside, [1, 0, 0])]);
    let door = server.doors("?limit=10000").into_iter().find(|door| door.id == "far-1").expect("it is there");
    assert_eq!(door.grid, "", "it lies in no grid");
    server.record(&visit(&door, "met"));
    assert_eq!(told(&feed, &round), [more(total, [1, 1, 1]), more(outside, [1, 1, 1])]);

    let now = server.get_json("/api/coverage");
    for (name, was) in [("total", total), ("unassigned", outside)] {
        assert_eq!(json!(sum_of(&now, name)), more(was, [1, 1, 1]), "{name}");
    }
    assert_eq!(server.coverage("grid"), grids, "no grid has it");
}

#[test]
fn the_report_is_the_same_whichever_way_the_file_goes() {
    let place = folder();
    let data = place.path().join("data");
    two_grids(place.path(), &data);
    let file = write(
        place.path(),
        "doors.csv",
        "id,lon,lat,residents\na1,117.605,24.51,3\na2,117.606,24.51,many\na3,117.66,24.51,1\n",
    );
    let more = ["--dry-run", "--partial", "--trust-crs"];
    let folder_said = import("households", &[&file], &data, &more).said;
    let server = Server::demo_with(&data, &["--calm"]);
    let rejects = place.path().join("rejects.csv");
    let sent = send(&server, "households", &[&file], &more);
    let lines = |said: &str| -> Vec<String> {
        said.lines().filter(|line| !line.contains(" INFO ")).map(str::to_owned).collect()
    };
    assert_eq!(lines(&folder_said), lines(&sent.said));
    assert_eq!(server.doors("?limit=10").len(), 0, "a dry run takes nothing");
    let done = send(&server, "households", &[&file], &["--partial", "--trust-crs", "--rejects", text(&rejects)]);
    assert_eq!((done.ok, done.count("added"), done.count("refused")), (false, 2, 1), "{}", done.said);
    let said = fs::read_to_string(&rejects).expect("the rejects came");
    assert!(said.contains("many") && said.contains("refused_because"), "{said}");
    assert_eq!(server.doors("?limit=10").len(), 2);
    let jobs = server.get_json("/api/imports");
    assert!(jobs["imports"].as_array().is_some_and(|jobs| jobs.len() == 2), "{jobs}");
}

#[test]
fn what_is_refused_leaves_nothing_waiting() {
    let place = folder();
    let data = place.path().join("data");
    two_grids(place.path(), &data);
    let server = Server::demo_with(&data, &["--calm"]);
    let bad = write(place.path(), "bad.csv", "colour,taste\nred,sweet\n");
    for _ in 0..6 {
        // More than may wait: each has to go before the next.
        send(&server, "households", &[&bad], &[]).refused(&["colour"]);
    }
    let rows = write(place.path(), "rows.csv", "id,lon,lat\na1,117.605,24.51\na2,1000,24.51\n");
    send(&server, "households", &[&rows], &[]).refused(&["row 2 (a2)"]);
    send(&server, "households", &[&rows], &["--crs", "mars"]).refused(&["mars"]);
    assert_eq!(server.doors("?limit=10").len(), 0);
    let gone = "http://127.0.0.1:1";
    let output = wangge(&["import", "households", text(&rows), "--server", gone]);
    assert!(!output.status.success() && words(&output).contains("127.0.0.1:1"), "{}", words(&output));
}
