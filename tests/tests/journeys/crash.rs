//! Power cuts: what was acknowledged is there afterwards, and the log is whole.

use crate::harness::{Server, folder, http::post_to, visit, wangge, words};
use serde_json::Value;
use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

const CYCLES: usize = 4;
const WRITERS: usize = 4;
const PATIENCE: Duration = Duration::from_secs(60);

/// A visit as sent, and the seq it was answered with.
type Acknowledged = (Value, String);

/// Writes visits from several threads until the power is cut.
fn write_until_power_cut(server: Server, cycle: usize) -> Vec<Acknowledged> {
    let doors = Arc::new(server.doors("?limit=1500"));
    let acknowledged = Arc::new(Mutex::new(Vec::new()));
    let stop = Arc::new(AtomicBool::new(false));
    let url = server.url("/api/visits");
    let writers: Vec<_> = (0..WRITERS)
        .map(|writer| {
            let (doors, acknowledged, stop, url) =
                (Arc::clone(&doors), Arc::clone(&acknowledged), Arc::clone(&stop), url.clone());
            thread::spawn(move || {
                for i in (writer..).step_by(WRITERS) {
                    if stop.load(Ordering::Relaxed) {
                        return;
                    }
                    let sent = visit(&doors[(i * 7 + cycle) % doors.len()], ["met", "no_answer", "vacant"][i % 3]);
                    let Ok(answer) = post_to(&url, sent.to_string().as_bytes(), &[]) else { return };
                    let answer = answer.expect(201).json();
                    let seq = answer["seq"].as_str().expect("a seq").to_owned();
                    acknowledged.lock().expect("a list").push((sent, seq));
                }
            })
        })
        .collect();
    // A different moment each time, after so many answers and not after so much time: machines differ.
    let wanted = 10 + 35 * cycle;
    let end = Instant::now() + PATIENCE;
    while acknowledged.lock().expect("a list").len() < wanted && Instant::now() < end {
        thread::sleep(Duration::from_millis(1));
    }
    server.cut_power();
    stop.store(true, Ordering::Relaxed);
    writers.into_iter().for_each(|writer| writer.join().expect("a writer ends"));
    Arc::into_inner(acknowledged).expect("the writers are gone").into_inner().expect("a list")
}

#[test]
fn every_acknowledged_visit_survives_power_cuts_during_writes() {
    let data = folder();
    let mut acknowledged: Vec<Acknowledged> = Vec::new();
    for cycle in 0..CYCLES {
        let fresh = write_until_power_cut(Server::demo(data.path()), cycle);
        assert!(!fresh.is_empty(), "nothing was written before the power cut");
        acknowledged.extend(fresh);
    }
    let server = Server::demo(data.path());
    let before = server.get_json("/api/coverage")["areas"].clone();

    // The same id with the same content answers the same: so each must still be known.
    for (sent, seq) in &acknowledged {
        let again = server.post("/api/visits", sent);
        assert!([200, 201].contains(&again.status), "{}", again.text());
        assert_eq!(again.json()["seq"], *seq);
    }
    assert_eq!(server.get_json("/api/coverage")["areas"], before, "sent again, they change nothing");
    server.stop();

    let checked = wangge(&["check", "--data", data.path().to_str().expect("a path")]);
    assert!(checked.status.success(), "{}", words(&checked));
}

#[test]
fn a_calm_stop_and_a_start_bring_back_the_same_district() {
    let data = folder();
    let server = Server::demo(data.path());
    server.record(&visit(&server.untouched(1)[0], "met"));
    let (coverage, catalog) = (server.get_json("/api/coverage"), server.get_json("/catalog"));
    server.stop();
    let server = Server::demo(data.path());
    let again = server.get_json("/api/coverage");
    assert_eq!((&again["seq"], &again["areas"]), (&coverage["seq"], &coverage["areas"]));
    assert_eq!(server.get_json("/catalog")["shapes_version"], catalog["shapes_version"]);
}

#[test]
fn a_second_server_on_the_same_folder_says_so_and_stops() {
    let data = folder();
    let server = Server::demo(data.path());
    let path = data.path().to_str().expect("a path");
    let second = wangge(&["demo", "--bind", "127.0.0.1:0", "--calm", "--data", path]);
    assert!(!second.status.success());
    let said = words(&second);
    assert!(said.contains(path) && !said.contains("panicked"), "{said}");
    assert!(said.to_lowercase().contains("another") || said.contains("in use"), "{said}");
    server.get("/health").expect(200);
    server.record(&visit(&server.untouched(1)[0], "met"));
}

#[test]
fn a_changed_byte_in_the_log_is_found() {
    let data = folder();
    let server = Server::demo(data.path());
    let door = server.untouched(1).remove(0);
    server.record(&visit(&door, "met"));
    server.stop();
    let mut changed = 0;
    for entry in std::fs::read_dir(data.path()).expect("the data folder") {
        let path = entry.expect("an entry").path();
        let mut bytes = std::fs::read(&path).unwrap_or_default();
        let needle = door.id.as_bytes();
        let places: Vec<usize> =
            (0..bytes.len().saturating_sub(needle.len())).filter(|&i| bytes[i..].starts_with(needle)).collect();
        for place in places {
            bytes[place] ^= 1;
            changed += 1;
        }
        std::fs::write(path, bytes).expect("the file is written back");
    }
    assert!(changed > 0, "the door's id lies somewhere in the data folder");
    let checked = wangge(&["check", "--data", data.path().to_str().expect("a path")]);
    assert!(!checked.status.success(), "{}", words(&checked));
    assert!(!words(&checked).contains("panicked"), "{}", words(&checked));
}
