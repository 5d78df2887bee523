//! Files: refused whole, in part, mended and brought in again; several together; stopped on the way.

use super::*;
use std::sync::atomic::{AtomicU64, Ordering};

#[test]
fn a_file_that_is_nothing_known_is_refused_whole() {
    let place = Place::empty();
    for bytes in [&b""[..], b"\x00\x01\x02\x03", b"\xff\xfe"] {
        let file = place.file("f", bytes);
        assert!(place.look(&of("areas"), &[&file]).is_err(), "{bytes:?}");
    }
    let absent = place.path("absent.csv");
    let error = place.look(&of("areas"), &[&absent]).err().unwrap().to_string();
    assert!(error.contains("absent.csv"), "{error}");
    assert_eq!(place.seq(), 0);
}

#[test]
fn columns_that_make_no_rows_are_named_with_those_there_are() {
    let place = Place::empty();
    let file = place.file("f.csv", "colour,taste\nred,sweet\n");
    let error = place.look(&of("households"), &[&file]).err().unwrap().to_string();
    assert!(error.contains("colour") && error.contains("f.csv"), "{error}");
}

#[test]
fn an_empty_collection_is_whole_and_writes_nothing() {
    let place = Place::empty();
    let file = place.file("f.geojson", collection(vec![]));
    let report = place.take(&of("areas"), &file);
    assert!(report.is_whole(), "{}", report.plan);
    assert_eq!((report.seq, place.seq()), (None, 0));
}

#[test]
fn what_was_looked_at_and_left_was_never_there() {
    let place = Place::filled();
    let before = place.seq();
    let file = place.file("f.geojson", collection(vec![door("new", lonlat(20_000, 30_000))]));
    let prepared = place.look(&of("households"), &[&file]).unwrap();
    assert_eq!(prepared.plan().counts.added, 1);
    let report = prepared.left("it was a dry run");
    assert_eq!((report.taken, report.plan.would_take, place.seq()), (false, true, before));
}

#[test]
fn rows_looked_at_before_the_district_changed_are_not_taken() {
    let place = Place::filled();
    let file = |id: &str| place.file(&format!("{id}.geojson"), collection(vec![door(id, lonlat(20_000, 30_000))]));
    let (one, two) = (file("one"), file("two"));
    let prepared = place.look(&of("households"), &[&one]).unwrap();
    assert!(place.take(&of("households"), &two).is_whole());
    assert!(!prepared.is_current());
    assert!(matches!(prepared.take(&Unwatched), Err(ImportError::Changed)));
    assert!(place.take(&of("households"), &one).is_whole());
}

#[test]
fn rejects_carry_the_reason_and_come_in_once_mended_in_every_format() {
    for ending in ["geojson", "csv", "xlsx"] {
        let place = Place::filled();
        let mut broken = door("", lonlat(20_000, 30_000));
        broken["properties"] = json!({ "id": "bad id", "residents": 3, "note": "kept" });
        let rows = vec![broken, door("b", lonlat(20_000, 31_000)), json!(7)];
        let file = place.file("f.geojson", collection(rows));
        let prepared = place.look(&partial("households"), &[&file]).unwrap();
        assert_eq!(refused(prepared.plan()), [1, 3], "{}", prepared.plan());
        let rejects = place.path(&format!("rejects.{ending}"));
        prepared.refusals().write(&rejects).unwrap();
        prepared.take(&Unwatched).unwrap();
        if ending == "xlsx" {
            continue;
        }
        let text = std::fs::read_to_string(&rejects).unwrap();
        assert!(text.contains("refused_because") && text.contains("kept"), "{text}");
        let mended = text.replace("bad id", "good-id");
        std::fs::write(&rejects, mended).unwrap();
        let report = place.take(&partial("households"), &rejects);
        assert_eq!((report.plan.counts.added, report.plan.counts.refused), (1, 1), "{}", report.plan);
    }
}

#[test]
fn a_collection_that_is_cut_off_is_refused_whole_whatever_is_asked() {
    let place = Place::filled();
    let mut bytes = collection((0..50).map(|n| door(&format!("n{n}"), lonlat(20_000 + n, 30_000))).collect());
    bytes.truncate(bytes.len() / 2);
    let file = place.file("cut.geojson", bytes);
    let before = place.seq();
    for options in [of("households"), partial("households")] {
        let refused = place.look(&options, &[&file]).err().map(|error| error.to_string()).unwrap_or_default();
        assert!(refused.contains("cut.geojson") && refused.contains("it ends at line 1"), "{refused}");
    }
    assert_eq!(place.seq(), before);
}

#[test]
fn reasons_are_counted_by_what_is_wrong_and_not_by_the_value() {
    let place = Place::filled();
    let [lon, lat] = lonlat(20_000, 30_000);
    let rows: String = (0..500).map(|n| format!("d{n},{lon},{lat},many{n}\n")).collect();
    let file = place.file("f.csv", format!("id,lon,lat,residents\nd,{lon},{lat},3\n{rows}"));
    let plan = place.look(&partial("households"), &[&file]).unwrap().plan().clone();
    assert_eq!((plan.counts.refused, plan.refused.len()), (500, plan::REFUSED_SHOWN));
    assert_eq!(plan.refused_by_reason.len(), 1, "{:?}", plan.refused_by_reason);
    assert_eq!(plan.refused_by_reason[0].rows, 500);
}

struct StopsAfter(u64, AtomicU64);

impl Progress for StopsAfter {
    fn at(&self, _: Stage, _: u64, _: u64, _: u64) {}

    fn is_cancelled(&self) -> bool {
        self.1.fetch_add(1, Ordering::Relaxed) >= self.0
    }
}

#[test]
fn an_import_that_is_stopped_leaves_nothing() {
    let place = Place::filled();
    let [lon, lat] = lonlat(20_000, 30_000);
    let rows: String = (0..20_000).map(|n| format!("d{n},{lon},{lat}\n")).collect();
    let file = place.file("f.csv", format!("id,lon,lat\n{rows}"));
    let before = place.seq();
    for stop_at in [0, 1, 3] {
        let request = ImportRequest::understand(&of("households"), vec![file.clone()]).unwrap();
        let progress = StopsAfter(stop_at, AtomicU64::new(0));
        let stopped = look(&place.service, &request, &place.path("work"), &progress);
        assert!(matches!(stopped, Err(ImportError::Cancelled)));
    }
    assert_eq!(place.seq(), before);
    assert!(place.take(&of("households"), &file).is_whole());
}
