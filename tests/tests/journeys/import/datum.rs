//! A file in another coordinate system is stopped before it does harm, says which, and comes in when that is named.

use super::*;

/// GCJ-02 of WGS-84, degrees, as published many times since 2010 (ellipsoid of Krassowsky); inside China only.
fn gcj02([lon, lat]: [f64; 2]) -> [f64; 2] {
    use std::f64::consts::PI;
    let (x, y) = (lon - 105.0, lat - 35.0);
    let common = (20.0 * (6.0 * x * PI).sin() + 20.0 * (2.0 * x * PI).sin()) * 2.0 / 3.0;
    let root = x.abs().sqrt();
    let east = 300.0
        + x
        + 2.0 * y
        + 0.1 * x * x
        + 0.1 * x * y
        + 0.1 * root
        + common
        + (20.0 * (x * PI).sin() + 40.0 * (x / 3.0 * PI).sin()) * 2.0 / 3.0
        + (150.0 * (x / 12.0 * PI).sin() + 300.0 * (x / 30.0 * PI).sin()) * 2.0 / 3.0;
    let north = -100.0
        + 2.0 * x
        + 3.0 * y
        + 0.2 * y * y
        + 0.1 * x * y
        + 0.2 * root
        + common
        + (20.0 * (y * PI).sin() + 40.0 * (y / 3.0 * PI).sin()) * 2.0 / 3.0
        + (160.0 * (y / 12.0 * PI).sin() + 320.0 * (y * PI / 30.0).sin()) * 2.0 / 3.0;
    let (a, e2) = (6_378_245.0, 0.006_693_421_622_965_943);
    let phi = lat.to_radians();
    let magic = 1.0 - e2 * phi.sin().powi(2);
    let d_lat = north * 180.0 / ((a * (1.0 - e2)) / (magic * magic.sqrt()) * PI);
    let d_lon = east * 180.0 / (a / magic.sqrt() * phi.cos() * PI);
    [lon + d_lon, lat + d_lat]
}

/// A demo district, and its doors as a file writes them, their positions changed.
fn shifted(place: &Path, name: &str, to: impl Fn([f64; 2]) -> [f64; 2]) -> (PathBuf, PathBuf) {
    let data = place.join("data");
    let server = Server::demo(&data);
    let doors = server.doors("?limit=10000");
    server.stop();
    assert!(doors.len() > 1_000);
    let lines = doors.iter().map(|door| {
        let [x, y] = to(door.at);
        format!("n-{},{x:.7},{y:.7}\n", door.id)
    });
    let text: String = std::iter::once("id,lon,lat\n".to_owned()).chain(lines).collect();
    (write(place, name, text), data)
}

#[test]
fn doors_in_gcj02_are_stopped_and_come_in_once_it_is_named() {
    let place = folder();
    let (file, data) = shifted(place.path(), "gcj.csv", gcj02);
    let done = import("households", &[&file], &data, &[]).refused(&["gcj02", "--trust-crs"]);
    assert!(done.said.contains("0 taken"), "{}", done.said);
    let before = import("households", &[&file], &data, &["--partial"]).refused(&["gcj02"]);
    assert!(before.said.contains("0 taken"), "--partial does not mean --trust-crs: {}", before.said);
    let done = import("households", &[&file], &data, &["--crs", "gcj02"]).whole();
    assert!(done.count("added") > 1_000, "{}", done.said);
}

#[test]
fn who_trusts_the_coordinates_is_believed() {
    let place = folder();
    let (file, data) = shifted(place.path(), "gcj.csv", gcj02);
    let done = import("households", &[&file], &data, &["--trust-crs"]).whole();
    assert!(done.said.contains("trusted"), "{}", done.said);
}

#[test]
fn swapped_columns_and_metres_are_stopped_and_doors_as_they_are_pass() {
    let place = folder();
    let (file, data) = shifted(place.path(), "swapped.csv", |[lon, lat]| [lat, lon]);
    import("households", &[&file], &data, &[]).refused(&["latlon"]);
    import("households", &[&file], &data, &["--crs", "latlon"]).whole();
    let metres = doors(&[("m1", 565_570.0, 2_712_263.0, 1), ("m2", 565_580.0, 2_712_263.0, 1)]);
    let metres = write(place.path(), "metres.csv", metres);
    import("households", &[&metres], &data, &[]).refused(&["EPSG:4548"]);
    let place = folder();
    let (file, data) = shifted(place.path(), "right.csv", |at| at);
    import("households", &[&file], &data, &[]).whole();
}
