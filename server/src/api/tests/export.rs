//! Layers as files.

use super::*;
use wangge_core::domain::event::SegmentRows;
use wangge_core::domain::staffing::{StaffRole, StaffingRow};

#[tokio::test]
async fn a_layer_comes_as_a_file_with_a_name_to_save_it_under() {
    let world = World::new().await;
    world.visit(&visit(1, 0, "met")).await;
    let answer = world.get("/api/export/households.csv?within=350602001001001&at=2026-01-01").await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("content-type"), "text/csv; charset=utf-8");
    let disposition = answer.header("content-disposition");
    assert!(disposition.contains("filename=\"households-350602001001001-2026-01-01.csv\""), "{disposition}");
    assert_eq!((answer.header("x-seq"), answer.header("x-round")), (world.service.seq().to_string().as_str(), "now"));
    let text = String::from_utf8(answer.body).unwrap();
    assert!(text.starts_with("\u{feff}id,kind,residents,"), "{text}");
    assert_eq!((text.lines().count(), text.matches(",met,").count()), (7, 1));
}

#[tokio::test]
async fn every_layer_comes_in_every_format() {
    let world = World::new().await;
    world.visit(&visit(1, 0, "met")).await;
    let service = Arc::clone(&world.service);
    let post = StaffingRow {
        id: "350602001001001/police".into(),
        grid: "350602001001001".into(),
        role: StaffRole::Police,
        holder: "035012".into(),
        starts_on: None,
        ends_on: None,
    };
    blocking(move || service.import("posts", vec![SegmentRows::Staffing(vec![post])])).await;
    for layer in ["areas", "households", "roads", "base", "facilities", "shops", "staffing", "visits"] {
        for (format, begin) in [
            ("geojson", &b"{\"type\":\"FeatureCollection\""[..]),
            ("geojsonl", b""),
            ("csv", "\u{feff}".as_bytes()),
            ("xlsx", b"PK\x03\x04"),
            ("gpkg", b"SQLite format 3\0"),
            ("fgb", b"fgb\x03fgb"),
        ] {
            let answer = world.get(&format!("/api/export/{layer}.{format}")).await;
            assert_eq!(answer.status, 200, "{layer}.{format}: {}", String::from_utf8_lossy(&answer.body));
            assert!(answer.body.starts_with(begin), "{layer}.{format}");
            assert_eq!(answer.header("content-length"), answer.body.len().to_string());
        }
    }
}

#[tokio::test]
async fn what_cannot_be_exported_is_refused_by_name() {
    let world = World::new().await;
    for (path, status, field) in [
        ("doors.csv", 404, "layer"),
        ("areas.shp", 404, "format"),
        ("areas.csv?within=350603", 400, "within"),
        ("households.csv?round=then", 400, "round"),
        ("households.csv?at=yesterday", 400, "at"),
        ("roads.csv?at=2026-01-01", 400, "at"),
        ("visits.csv?known_at=", 400, "known_at"),
        ("areas.csv?from=2026-01-01", 400, "from"),
    ] {
        let problem = world.get(&format!("/api/export/{path}")).await.problem(status);
        assert_eq!(problem["field"], field, "{path}: {problem}");
    }
}
