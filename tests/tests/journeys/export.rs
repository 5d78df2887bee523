//! Layers out as files, and in again: what comes out of a second server is what came out of the first.

use crate::harness::{Server, folder, wangge, words};
use serde_json::Value;
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

/// Kinds in the order in which one may refer to those before it.
const KINDS: [&str; 7] = ["areas", "households", "roads", "base", "facilities", "shops", "staffing"];
const FORMATS: [&str; 6] = ["geojson", "geojsonl", "csv", "xlsx", "gpkg", "fgb"];

fn text(path: &Path) -> &str {
    path.to_str().expect("a path")
}

fn import(kind: &str, file: &Path, data: &Path) {
    // Doors of a sample lie thinly; nothing tells one datum from another there.
    let done = wangge(&["import", kind, text(file), "--data", text(data), "--crs", "crs84", "--trust-crs"]);
    assert!(done.status.success(), "{kind} from {}: {}", file.display(), words(&done));
}

fn sample(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../data/samples").join(name)
}

/// A server over the samples.
fn served_samples(data: &Path) -> Server {
    KINDS.iter().for_each(|kind| import(kind, &sample(&format!("{kind}.geojson")), data));
    Server::demo_with(data, &["--calm"])
}

/// Features of a layer by their key, every ring begun at its least position: a ring may come back begun elsewhere.
fn features(collection: &Value) -> BTreeMap<String, Value> {
    let key = |properties: &Value| {
        let named = ["code", "id", "post"].map(|name| properties[name].as_str().unwrap_or_default());
        format!("{} {}", named.concat(), properties["grid"].as_str().unwrap_or_default())
    };
    let all = collection["features"].as_array().expect("a collection has features").iter();
    all.map(|feature| {
        let mut feature = feature.clone();
        settle(&mut feature["geometry"]["coordinates"]);
        (key(&feature["properties"]), feature)
    })
    .collect()
}

/// Begins every closed run of positions at its least one.
fn settle(coordinates: &mut Value) {
    let Some(items) = coordinates.as_array_mut() else { return };
    let is_ring = items.len() > 3 && items.first() == items.last() && items.iter().all(|item| item[0].is_number());
    if !is_ring {
        items.iter_mut().for_each(settle);
        return;
    }
    items.pop();
    let number = |item: &Value, at: usize| item[at].as_f64().expect("a position has numbers");
    let least = (0..items.len()).min_by(|a, b| {
        let of = |at: usize| (number(&items[at], 0), number(&items[at], 1));
        of(*a).partial_cmp(&of(*b)).expect("numbers compare")
    });
    items.rotate_left(least.expect("a ring has positions"));
    items.push(items[0].clone());
}

#[test]
fn what_goes_out_in_any_format_comes_in_again_as_the_same() {
    let place = folder();
    let first = served_samples(&place.path().join("first"));
    let layers: BTreeMap<&str, _> =
        KINDS.iter().map(|kind| (*kind, features(&first.get_json(&format!("/api/export/{kind}.geojson"))))).collect();
    for format in FORMATS {
        let data = place.path().join(format);
        for kind in KINDS {
            let file = place.path().join(format!("{kind}.{format}"));
            let answer = first.get(&format!("/api/export/{kind}.{format}")).expect(200);
            fs::write(&file, &answer.body).expect("a file");
            import(kind, &file, &data);
        }
        let second = Server::demo_with(&data, &["--calm"]);
        for kind in KINDS {
            let back = features(&second.get_json(&format!("/api/export/{kind}.geojson")));
            let sent = &layers[kind];
            assert_eq!(back.keys().collect::<Vec<_>>(), sent.keys().collect::<Vec<_>>(), "{kind} by {format}");
            for (key, feature) in sent {
                assert_eq!(&back[key], feature, "{kind} {key} by {format}");
            }
        }
    }
}

#[test]
fn the_command_writes_the_same_from_a_folder_and_from_a_server() {
    let place = folder();
    let data = place.path().join("data");
    let server = Server::demo(&data);
    let grid = server.doors("?limit=1")[0].grid.clone();
    let export = |layer: &str, name: &str, from: [&str; 2], more: &[&str]| {
        let file = place.path().join(name);
        let mut arguments = vec!["export", layer, text(&file)];
        arguments.extend(from);
        arguments.extend(more);
        let done = wangge(&arguments);
        assert!(done.status.success(), "{layer}: {}", words(&done));
        fs::read(&file).expect("the file is there")
    };
    let chosen = [
        ("households", vec!["--within", grid.as_str(), "--at", "2020-01-01"]),
        ("areas", vec![]),
        ("visits", vec!["--within", grid.as_str()]),
    ];
    let url = server.url("");
    let told: Vec<_> = chosen
        .iter()
        .map(|(layer, more)| export(layer, &format!("{layer}-served.csv"), ["--server", &url], more))
        .collect();
    server.stop();
    for ((layer, more), served) in chosen.iter().zip(told) {
        let kept = export(layer, &format!("{layer}-kept.csv"), ["--data", text(&data)], more);
        assert!(kept == served, "{layer} differs");
        assert!(kept.iter().filter(|byte| **byte == b'\n').count() > 2, "{layer} has rows");
    }
}

#[test]
fn what_cannot_be_written_is_refused_and_leaves_nothing() {
    let place = folder();
    let data = place.path().join("data");
    import("areas", &sample("areas.csv"), &data);
    let out = place.path().join("out");
    fs::create_dir(&out).expect("a folder");
    for (layer, file, more, said) in [
        ("doors", "doors.csv", vec![], "none of areas, households"),
        ("areas", "areas.shp", vec![], "none of geojson, geojsonl, csv, xlsx, gpkg, fgb"),
        ("areas", "areas.csv", vec!["--within", "1"], "area \"1\" is not known; there are 350602"),
        ("households", "doors.csv", vec!["--round", "never"], "\"never\" is not known; there are none yet"),
        ("households", "doors.csv", vec!["--at", "soon"], "is no moment"),
        ("roads", "roads.csv", vec!["--at", "2026-01-01"], "means nothing for roads"),
        ("areas", "missing/areas.csv", vec![], "cannot be written"),
    ] {
        let file = out.join(file);
        let mut arguments = vec!["export", layer, text(&file), "--data", text(&data)];
        arguments.extend(more);
        let done = wangge(&arguments);
        assert!(!done.status.success() && words(&done).contains(said), "{arguments:?}: {}", words(&done));
        assert_eq!(fs::read_dir(&out).expect("a folder").count(), 0, "{arguments:?} left something");
    }
}

#[test]
fn a_template_names_columns_an_import_finds() {
    let place = folder();
    let data = place.path().join("data");
    import("areas", &sample("areas.geojson"), &data);
    for ending in ["csv", "xlsx"] {
        let file = place.path().join(format!("households.{ending}"));
        let done = wangge(&["template", "households", text(&file)]);
        assert!(done.status.success(), "{}", words(&done));
        let done = wangge(&["import", "households", text(&file), "--data", text(&data), "--partial", "--trust-crs"]);
        let said = words(&done);
        assert!(said.contains("E-0001") || said.contains("1 added") || said.contains("2 rows"), "{said}");
        assert!(said.contains("户编号 (id)") && said.contains("经度 (lon)"), "the mapping names the columns: {said}");
    }
    let server = Server::demo_with(&data, &["--calm"]);
    let doors = server.doors("?limit=10");
    assert_eq!(doors.iter().map(|door| door.id.as_str()).collect::<Vec<_>>(), ["E-0001"], "the example came in once");
}
