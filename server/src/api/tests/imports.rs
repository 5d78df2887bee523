//! Imports over HTTP: nothing comes in before somebody confirms, and nothing stays of what is taken back.

use super::*;
use axum::body::Bytes;
use futures_util::{StreamExt, stream};
use std::io;
use std::time::Duration;
use wangge_core::geometry::position::{FixedPoint, lonlat_from_fixed};

const BOUNDARY: &str = "frontier";
const ENDED: [&str; 5] = ["ready", "refused", "done", "failed", "cancelled"];

/// A form: fields, then files by name.
fn form(fields: &[(&str, &str)], files: &[(&str, &str)]) -> String {
    let head = |name: &str, more: &str| {
        format!("--{BOUNDARY}\r\ncontent-disposition: form-data; name=\"{name}\"{more}\r\n\r\n")
    };
    let mut body = String::new();
    for (name, value) in fields {
        body += &format!("{}{value}\r\n", head(name, ""));
    }
    for (name, content) in files {
        body += &format!("{}{content}\r\n", head("file", &format!("; filename=\"{name}\"")));
    }
    body + &format!("--{BOUNDARY}--\r\n")
}

/// A row of doors, so far east of the sample's south-west corner.
fn door(id: &str, east: u32, residents: &str) -> String {
    let at = lonlat_from_fixed(FixedPoint { x: 3_550_000_000 + east, y: 1_850_030_000 });
    format!("{id},{:.9},{:.9},{residents}\n", at.lon(), at.lat())
}

fn doors(rows: &[String]) -> String {
    format!("id,lon,lat,residents\n{}", rows.concat())
}

fn two_new_doors() -> String {
    doors(&[door("new-1", 40_500, "2"), door("new-2", 141_000, "1")])
}

impl World {
    async fn upload(&self, body: impl Into<Body>) -> Answered {
        let kind = format!("multipart/form-data; boundary={BOUNDARY}");
        self.ask(request("POST", "/api/imports", &[("content-type", &kind)]).body(body.into()).unwrap()).await
    }

    async fn upload_doors(&self, content: &str) -> Value {
        let answer = self.upload(form(&[("kind", "households")], &[("doors.csv", content)])).await;
        assert_eq!(answer.status, 202, "{}", answer.json());
        let job = answer.json();
        assert_eq!(answer.header("location"), format!("/api/imports/{}", job["id"].as_str().unwrap()));
        job
    }

    /// The import once nothing is done with it any more.
    async fn settled(&self, job: &Value) -> Value {
        let path = format!("/api/imports/{}", job["id"].as_str().unwrap());
        for _ in 0..2_000 {
            let job = self.get(&path).await.json();
            if ENDED.contains(&job["state"].as_str().unwrap()) {
                return job;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        panic!("the import does not end");
    }

    async fn act(&self, job: &Value, verb: &str) -> Answered {
        self.post(&format!("/api/imports/{}/{verb}", job["id"].as_str().unwrap()), Body::empty()).await
    }

    async fn of(&self, job: &Value, what: &str) -> Answered {
        self.get(&format!("/api/imports/{}{what}", job["id"].as_str().unwrap())).await
    }

    async fn take_back(&self, job: &Value) -> Answered {
        let path = format!("/api/imports/{}", job["id"].as_str().unwrap());
        self.ask(request("DELETE", &path, &[]).body(Body::empty()).unwrap()).await
    }

    fn doors(&self) -> usize {
        self.service.district.read().households().len()
    }

    /// Files that lie about for imports.
    fn files(&self) -> usize {
        fn count(folder: &std::path::Path) -> usize {
            let entries = std::fs::read_dir(folder).into_iter().flatten().map(|entry| entry.unwrap().path());
            entries.map(|path| if path.is_dir() { count(&path) } else { 1 }).sum()
        }
        count(&self.folder.path().join("imports"))
    }
}

#[tokio::test]
async fn files_are_looked_at_and_shown_and_come_in_once_somebody_confirms() {
    let world = World::new().await;
    let job = world.upload_doors(&two_new_doors()).await;
    let ready = world.settled(&job).await;
    assert_eq!(ready["state"], "ready", "{ready}");
    assert_eq!(
        (&ready["plan"]["counts"]["added"], &ready["plan"]["counts"]["rows"]),
        (&json!(2), &json!(2)),
        "{ready}"
    );
    let features = world.of(&job, "/features").await;
    assert_eq!(features.header("content-type"), "application/geo+json");
    let changes: Vec<Value> =
        features.json()["features"].as_array().unwrap().iter().map(|f| f["properties"]["change"].clone()).collect();
    assert_eq!(changes.iter().filter(|change| **change == json!("added")).count(), 2, "{changes:?}");
    assert_eq!(world.doors(), 14, "nothing comes in by being looked at");

    let taking = world.act(&job, "confirm").await;
    assert_eq!(taking.status, 202, "{}", taking.json());
    let done = world.settled(&job).await;
    assert_eq!((&done["state"], &done["taken"], &done["seq"]), (&json!("done"), &json!(true), &json!("1-3")), "{done}");
    assert_eq!(world.doors(), 16);
    let listed = world.get("/api/imports").await.json();
    assert_eq!((&listed["imports"][0]["id"], &listed["imports"][0]["plan"]), (&job["id"], &Value::Null));
    world.act(&job, "confirm").await.problem(409);
}

#[tokio::test]
async fn what_is_taken_back_leaves_nothing() {
    let world = World::new().await;
    let job = world.upload_doors(&two_new_doors()).await;
    assert_eq!(world.settled(&job).await["state"], "ready");
    assert!(world.files() > 0);
    let gone = world.take_back(&job).await;
    assert_eq!((gone.status.as_u16(), &gone.json()["state"]), (200, &json!("cancelled")));
    assert_eq!((world.doors(), world.files(), world.service.seq().n), (14, 0, 2));
    world.act(&job, "confirm").await.problem(409);
    world.of(&job, "/features").await.problem(409);
}

#[tokio::test]
async fn refused_rows_come_back_as_a_file_and_the_rest_comes_in_when_asked_for() {
    let world = World::new().await;
    let content = doors(&[door("new-1", 40_500, "2"), door("new-2", 141_000, "many"), door("new-3", 60_500, "-1")]);
    let job = world.upload_doors(&content).await;
    let refused = world.settled(&job).await;
    assert_eq!((&refused["state"], &refused["plan"]["counts"]["refused"]), (&json!("refused"), &json!(2)), "{refused}");
    assert_eq!(world.act(&job, "confirm").await.problem(422)["type"], "urn:wangge:problem:invalid");
    let rejects = world.of(&job, "/rejects").await;
    assert_eq!(rejects.header("content-type"), "text/csv; charset=utf-8", "the format they came in");
    assert!(rejects.header("content-disposition").contains("doors-refused.csv"));
    let text = String::from_utf8(rejects.body).unwrap();
    assert!(text.contains("refused_because") && text.contains("new-2") && !text.contains("new-1"), "{text}");
    let rejects = world.of(&job, "/rejects?format=geojson").await;
    assert_eq!(rejects.json()["features"].as_array().unwrap().len(), 2);

    let mut options = refused["options"].clone();
    options["partial"] = json!(true);
    let path = format!("/api/imports/{}/look", job["id"].as_str().unwrap());
    assert_eq!(world.post(&path, options.to_string()).await.status, 202);
    let ready = world.settled(&job).await;
    assert_eq!(ready["state"], "ready", "{ready}");
    world.act(&job, "confirm").await;
    assert_eq!(world.settled(&job).await["state"], "done");
    assert_eq!(world.doors(), 15);
    assert_eq!(world.of(&job, "/rejects").await.status, 200, "the refused rows can still be had");
}

#[tokio::test]
async fn a_district_that_changed_meanwhile_is_looked_at_again() {
    let world = World::new().await;
    let job = world.upload_doors(&two_new_doors()).await;
    assert_eq!(world.settled(&job).await["state"], "ready");
    let other = world.upload_doors(&two_new_doors()).await;
    assert_eq!(world.settled(&other).await["state"], "ready");
    world.act(&other, "confirm").await;
    assert_eq!(world.settled(&other).await["state"], "done");
    world.act(&job, "confirm").await.problem(409);
    let again = world.settled(&job).await;
    assert_eq!((&again["state"], &again["plan"]["counts"]["same"]), (&json!("ready"), &json!(2)), "{again}");
}

#[tokio::test]
async fn a_form_that_is_wrong_is_refused_by_name_and_leaves_nothing() {
    let world = World::new().await;
    let content = two_new_doors();
    let file = [("doors.csv", content.as_str())];
    let doors = ("kind", "households");
    let late = form(&[], &file).replace(&format!("--{BOUNDARY}--"), "") + &form(&[doors], &[]);
    let renamed = form(&[doors], &file).replace("name=\"file\"", "name=\"upload\"");
    for (body, told) in [
        (form(&[("kind", "weather")], &file), "weather"),
        (form(&[], &file), "kind"),
        (form(&[doors, ("colour", "red")], &file), "colour"),
        (form(&[doors, doors], &file), "twice"),
        (form(&[doors, ("partial", "yes")], &file), "true nor false"),
        (form(&[doors, ("repair_m", "far")], &file), "number"),
        (form(&[doors, ("crs", "EPSG:0")], &file), "crs"),
        (form(&[doors, ("map", "name")], &file), "field=column"),
        (form(&[doors, ("layer", &"x".repeat(5_000))], &file), "4096"),
        (form(&[doors], &[]), "no file"),
        (late, "kind"),
        (form(&[doors], &file).replace("--frontier--", "") + &form(&[("crs", "gcj02")], &[]), "before"),
        (renamed, "upload"),
        (form(&[doors], &file).replace("--frontier--", ""), "multipart"),
        ("nothing like it".to_owned(), "multipart"),
    ] {
        let problem = world.upload(body.clone()).await.problem(400);
        let detail = problem["detail"].as_str().unwrap();
        let told = if told == "before" { "send every field first" } else { told };
        assert!(detail.contains(told), "{told}: {detail}\n{body}");
    }
    world.post("/api/imports", "{}").await.problem(415);
    assert_eq!(world.get("/api/imports").await.json(), json!({"imports": []}));
    assert_eq!((world.files(), world.doors()), (0, 14));
}

#[tokio::test]
async fn a_client_that_goes_away_leaves_nothing() {
    let world = World::new().await;
    let begun = form(&[("kind", "households")], &[("doors.csv", &two_new_doors())]).replace("--frontier--\r\n", "");
    let piece = |text: &str| Ok::<_, io::Error>(Bytes::from(text.to_owned()));
    // A connection that breaks.
    let broken = stream::iter([piece(&begun), Err(io::Error::other("gone"))]);
    world.upload(Body::from_stream(broken)).await.problem(400);
    assert_eq!((world.files(), world.get("/api/imports").await.json()), (0, json!({"imports": []})));
    // One that is given up: the server drops the request where it stands.
    let halting = stream::iter([piece(&begun)]).chain(stream::pending());
    let given_up = tokio::time::timeout(Duration::from_millis(300), world.upload(Body::from_stream(halting))).await;
    assert!(given_up.is_err());
    for _ in 0..2_000 {
        if world.get("/api/imports").await.json() == json!({"imports": []}) {
            assert_eq!(world.files(), 0);
            return;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    panic!("the import stays: {}", world.get("/api/imports").await.json());
}

#[tokio::test]
async fn a_large_file_reaches_the_disk_whole() {
    let world = World::new().await;
    let row = door("", 40_500, "1");
    let rows: Vec<String> = (0..30_000).map(|n| format!("big-{n}{row}")).collect();
    let body = form(&[("kind", "households")], &[("doors.csv", &doors(&rows))]);
    // Cut where it hurts: pieces of odd sizes, boundaries torn apart.
    let pieces: Vec<_> =
        body.into_bytes().chunks(997).map(|piece| Ok::<_, io::Error>(Bytes::copy_from_slice(piece))).collect();
    let answer = world.upload(Body::from_stream(stream::iter(pieces))).await;
    assert_eq!(answer.status, 202);
    let looked = world.settled(&answer.json()).await;
    assert_eq!(looked["plan"]["counts"]["rows"], 30_000, "{}", looked["reason"]);
    assert_eq!(looked["files"][0]["bytes"], doors(&rows).len());
}

#[tokio::test]
async fn addresses_of_imports_that_mean_nothing_are_refused() {
    let world = World::new().await;
    let absent = "/api/imports/00000000-0000-7000-8000-000000000001";
    for (path, status, told) in [
        (absent.to_owned(), 404, "not known"),
        ("/api/imports/seven".to_owned(), 400, "id"),
        (format!("{absent}/features?limit=0"), 400, "1..=10000"),
        (format!("{absent}/features"), 404, "not known"),
        (format!("{absent}/rejects?format=doc"), 400, "geojson"),
    ] {
        let problem = world.get(&path).await.problem(status);
        assert!(problem["detail"].as_str().unwrap().contains(told), "{path}: {problem}");
    }
    world.post(&format!("{absent}/look"), r#"{"kind":"households"}"#).await.problem(404);
    world.post(&format!("{absent}/look"), r#"{"colour":"red"}"#).await.problem(400);
    world.post(&format!("{absent}/confirm"), Body::empty()).await.problem(404);
}
