//! Files of every format, alone and together, mended and brought in again.

use super::*;

/// The kind a sample is of, by its name.
fn kind_of(file: &Path) -> Option<String> {
    let name = file.file_name()?.to_str()?;
    let kinds = ["areas", "households", "roads", "base", "facilities", "shops", "staffing"];
    kinds.into_iter().find(|kind| name.starts_with(kind)).map(str::to_owned)
}

#[test]
fn the_samples_of_every_format_say_the_same_and_are_served() {
    let data = folder();
    let mut files: Vec<PathBuf> =
        fs::read_dir(samples()).expect("samples").map(|entry| entry.expect("an entry").path()).collect();
    files.sort();
    let mut seen = 0;
    for kind in ["areas", "households", "roads", "base", "facilities", "shops", "staffing"] {
        let of_kind: Vec<&PathBuf> = files.iter().filter(|file| kind_of(file).as_deref() == Some(kind)).collect();
        for (at, file) in of_kind.iter().enumerate() {
            // A few doors say too little of where they are to be judged.
            let done = import(kind, &[file], data.path(), &["--trust-crs"]).whole();
            let altered = done.count("added") + done.count("changed") + done.count("moved");
            assert!(done.count("rows") > 0, "{}: {}", file.display(), done.said);
            // A shapefile has shapes of one sort: what other files say in one, three of these say together.
            let is_part = file.to_string_lossy().contains("base-");
            assert_eq!(altered > 0, at == 0 || is_part, "{} is the {at}. of its kind: {}", file.display(), done.said);
            seen += 1;
        }
    }
    assert!(seen >= 2, "there are samples");
    let checked = wangge(&["check", "--data", text(data.path())]);
    assert!(checked.status.success(), "{}", words(&checked));
    let server = Server::demo_with(data.path(), &["--calm"]);
    let features = |name: &str| {
        let text = fs::read_to_string(samples().join(name)).expect("a sample");
        let collection: Value = serde_json::from_str(&text).expect("a sample is JSON");
        collection["features"].as_array().map(Vec::len)
    };
    assert_eq!(server.get_json("/api/areas")["features"].as_array().map(Vec::len), features("areas.geojson"));
    assert_eq!(Some(server.doors("?limit=10000").len()), features("households.geojson"));
}

#[test]
fn several_files_are_one_import() {
    let place = folder();
    let data = place.path().join("data");
    two_grids(place.path(), &data);
    let east = write(place.path(), "east.csv", doors(&[("e-1", 117.615, 24.51, 1), ("e-2", 117.616, 24.51, 2)]));
    let west = write(place.path(), "west.csv", doors(&[("w-1", 117.605, 24.51, 1), ("e-1", 117.606, 24.51, 2)]));
    import("households", &[&east, &west], &data, &[]).refused(&["west.csv row 2 (e-1)", "row 1 of east.csv"]);
    let done = import("households", &[&east, &west], &data, &["--partial", "--crs", "crs84"]);
    assert_eq!((done.ok, done.count("added"), done.count("refused")), (false, 3, 1), "{}", done.said);
    assert_eq!(known_doors(&data).len(), 3);
}

#[test]
fn rejects_are_mended_and_come_in() {
    for ending in ["csv", "geojson"] {
        let place = folder();
        let data = place.path().join("data");
        two_grids(place.path(), &data);
        let file = write(
            place.path(),
            "doors.csv",
            "id,lon,lat,residents,remark\na1,117.605,24.51,3,ok\na2,117.606,24.51,many,\"said \"\"many\"\"\"\na3,24.51,117.607,2,\n",
        );
        let rejects = place.path().join(format!("rejects.{ending}"));
        let done = import("households", &[&file], &data, &["--partial", "--rejects", text(&rejects), "--crs", "crs84"]);
        assert_eq!((done.ok, done.count("added"), done.count("refused")), (false, 1, 2), "{}", done.said);
        let said = fs::read_to_string(&rejects).expect("the rejects are there");
        assert!(said.contains("refused_because") && said.contains("said "), "{said}");
        // As a person would: the number put right, and the two coordinates the right way round.
        let mended = if ending == "csv" {
            said.replace(",many,", ",4,").replace("24.51,117.607", "117.607,24.51")
        } else {
            let mut collection: Value = serde_json::from_str(&said).expect("rejects are GeoJSON");
            let rows = collection["features"].as_array_mut().expect("features");
            assert_eq!(rows.len(), 2);
            rows[0]["properties"]["residents"] = json!(4);
            rows[1]["properties"]["lon"] = json!("117.607");
            rows[1]["properties"]["lat"] = json!("24.51");
            collection.to_string()
        };
        let file = write(place.path(), &format!("mended.{ending}"), mended);
        let done = import("households", &[&file], &data, &["--trust-crs"]).whole();
        assert_eq!(done.count("added"), 2, "{}", done.said);
        assert_eq!(known_doors(&data).len(), 3);
    }
}

#[test]
fn a_dry_run_says_what_would_be_and_takes_nothing() {
    let place = folder();
    let data = place.path().join("data");
    two_grids(place.path(), &data);
    let good = write(place.path(), "good.csv", doors(&[("a1", 117.605, 24.51, 1)]));
    let done = import("households", &[&good], &data, &["--dry-run", "--crs", "crs84"]).whole();
    assert_eq!(done.count("added"), 1);
    assert!(done.said.contains("dry run") && done.said.contains("0 taken"), "{}", done.said);
    let bad = write(place.path(), "bad.csv", "id,lon,lat\na1,1000,24\n");
    import("households", &[&bad], &data, &["--dry-run"]).refused(&["row 1 (a1)"]);
    assert_eq!(known_doors(&data).len(), 0);
}

#[test]
fn columns_are_guessed_in_chinese_shown_and_overridden() {
    let place = folder();
    let data = place.path().join("data");
    two_grids(place.path(), &data);
    let file = write(place.path(), "门牌.csv", in_gb18030());
    let done = import("households", &[&file], &data, &CRS84).whole();
    for words in ["经度", "小区", "楼栋", "gb18030", "synonym"] {
        assert!(done.said.to_lowercase().contains(words), "{words} is missing: {}", done.said);
    }
    let other = write(place.path(), "other.csv", "key,east,north,heads\nb1,117.605,24.51,3\n");
    let map =
        ["--map", "id=key", "--map", "lon=east", "--map", "lat=north", "--map", "residents=heads", "--crs", "crs84"];
    let done = import("households", &[&other], &data, &map).whole();
    assert!(done.said.contains("given"), "{}", done.said);
    import("households", &[&other], &data, &["--map", "id=nothing"]).refused(&["nothing", "key"]);
    import("households", &[&other], &data, &["--map", "id"]).refused(&["map"]);
    assert_eq!(known_doors(&data).len(), 2);
}

/// A table a spreadsheet of a Chinese office writes: `户编号,经度,纬度,小区,楼栋,单元,室` and one row, in GB18030.
fn in_gb18030() -> Vec<u8> {
    // 户编号,经度,纬度,小区,楼栋,单元,室 / 1001,117.605,24.51,瑞京花园,3号楼,2单元,501
    let words: [&[u8]; 7] = [
        &[0xBB, 0xA7, 0xB1, 0xE0, 0xBA, 0xC5],
        &[0xBE, 0xAD, 0xB6, 0xC8],
        &[0xCE, 0xB3, 0xB6, 0xC8],
        &[0xD0, 0xA1, 0xC7, 0xF8],
        &[0xC2, 0xA5, 0xB6, 0xB0],
        &[0xB5, 0xA5, 0xD4, 0xAA],
        &[0xCA, 0xD2],
    ];
    let mut bytes = words.join(&b","[..]);
    bytes.extend(b"\r\n1001,117.605,24.51,");
    bytes.extend([0xC8, 0xF0, 0xBE, 0xA9, 0xBB, 0xA8, 0xD4, 0xB0]);
    bytes.extend(b",3");
    bytes.extend([0xBA, 0xC5, 0xC2, 0xA5]);
    bytes.extend(b",2");
    bytes.extend([0xB5, 0xA5, 0xD4, 0xAA]);
    bytes.extend(b",501\r\n");
    bytes
}
