//! Faces beside foreign overlays: the areas of intersection, union and difference by JTS and by rust-geo-booleanop.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod hard;

use hard::{Frame, Rings, hard_dev, polygons_from_wkt, read};
use std::collections::BTreeMap;
use wangge_core::geometry::coverage::arrangement::Arrangement;
use wangge_core::geometry::exact::{doubled_area, edges};
use wangge_core::geometry::shape::{MultiPolygon, Polygon};

/// Areas of the faces that are in the first shape alone, in the second alone, and in both, in units.
fn areas(a: &MultiPolygon, b: &MultiPolygon) -> [f64; 3] {
    let arrangement = Arrangement::build(&[a, b]);
    assert!(arrangement.tangles().is_empty());
    let mut areas = [0.0; 3];
    for face in 1..arrangement.len() {
        let outline = arrangement.outline(&[face]);
        let doubled: i128 = outline.iter().flat_map(Polygon::rings).map(|ring| doubled_area(ring)).sum();
        match arrangement.members(face) {
            [0] => areas[0] += doubled as f64 / 2.0,
            [1] => areas[1] += doubled as f64 / 2.0,
            [_, _] => areas[2] += doubled as f64 / 2.0,
            _ => {}
        }
    }
    areas
}

/// Area of an operation's result.
fn result(operation: &str, [a, b, both]: [f64; 3]) -> Option<f64> {
    match operation.trim_end_matches("NG").to_ascii_lowercase().as_str() {
        "intersection" => Some(both),
        "union" => Some(a + b + both),
        "difference" | "diff" => Some(a),
        "symdifference" | "xor" => Some(a + b),
        _ => None,
    }
}

/// Shoelace areas of polygons in their own plane, holes off.
fn plane_area(parts: &Rings) -> f64 {
    let ring = |ring: &Vec<[f64; 2]>| {
        let Some(o) = ring.first() else { return 0.0 };
        let step = |w: &[[f64; 2]]| (w[0][0] - o[0]) * (w[1][1] - o[1]) - (w[1][0] - o[0]) * (w[0][1] - o[1]);
        (ring.windows(2).map(step).sum::<f64>() / 2.0).abs()
    };
    let polygon =
        |rings: &Vec<Vec<[f64; 2]>>| rings.first().map_or(0.0, ring) - rings.iter().skip(1).map(ring).sum::<f64>();
    parts.iter().map(polygon).sum()
}

fn perimeter(shape: &MultiPolygon) -> f64 {
    let sides = shape.iter().flat_map(Polygon::rings).flat_map(|ring| edges(ring));
    sides.map(|(a, b)| f64::from(a.x.abs_diff(b.x)).hypot(f64::from(a.y.abs_diff(b.y)))).sum()
}

/// What stands between two tags, from a place on; with the place behind it.
fn between<'a>(text: &'a str, from: usize, open: &str, close: &str) -> Option<(&'a str, usize)> {
    let start = from + text[from..].find(open)? + open.len();
    let end = start + text[start..].find(close)?;
    Some((&text[start..end], end))
}

/// Every polygon in a well-known text, whatever it is in.
fn polygons_in(wkt: &str) -> Rings {
    let text = wkt.split_whitespace().collect::<Vec<_>>().join(" ").replace("( ", "(").replace(" (", "(");
    let mut found = Rings::new();
    let mut from = 0;
    while let Some(at) = text[from..].find("POLYGON") {
        let start = from + at;
        let multi = text[..start].ends_with("MULTI");
        let open = start + "POLYGON".len();
        let mut depth = 0usize;
        let length = text[open..].find(|c| {
            depth = depth + usize::from(c == '(') - usize::from(c == ')');
            depth == 0
        });
        let end = open + length.unwrap_or(0) + 1;
        from = end.min(text.len());
        if text[open..].starts_with('(') {
            let kind = if multi { "MULTIPOLYGON" } else { "POLYGON" };
            found.extend(polygons_from_wkt(&format!("{kind}{}", &text[open..from])));
        }
    }
    found
}

/// Whether a text is a polygon or several and nothing else.
fn is_polygonal(wkt: &str) -> bool {
    let text = wkt.trim();
    text.starts_with("POLYGON") || text.starts_with("MULTIPOLYGON")
}

/// Files whose results are on a coarser grid than the operands, or are known there to be wrong.
const LEFT_OUT: [(&str, &str); 2] = [
    ("Prec.xml", "results on a grid of whole numbers: another rounding than ours"),
    ("TestOverlayNGFailure.xml", "the file says of its results that they are approximate"),
];

#[test]
fn faces_have_the_areas_jts_expects_of_overlays() {
    let Some(folder) = hard_dev() else { return };
    let mut agreed: BTreeMap<String, usize> = BTreeMap::new();
    let mut wrong = Vec::new();
    let mut files = 0;
    for kind in ["general", "misc", "validate", "failure"] {
        for entry in std::fs::read_dir(folder.join("jts_xml").join(kind)).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if LEFT_OUT.iter().any(|(end, _)| name.ends_with(end)) {
                continue;
            }
            files += 1;
            let text = std::fs::read_to_string(&path).unwrap();
            if text.contains("precisionModel scale") {
                continue;
            }
            let mut from = 0;
            while let Some((case, next)) = between(&text, from, "<case>", "</case>") {
                from = next;
                let operand = |tag: &str| {
                    let (wkt, _) = between(case, 0, &format!("<{tag}>"), &format!("</{tag}>"))?;
                    is_polygonal(wkt).then(|| polygons_in(wkt))
                };
                let (Some(a), Some(b)) = (operand("a"), operand("b")) else { continue };
                let frame = Frame::around([&a, &b]);
                let (ours_a, ours_b) = (frame.fixed(&a), frame.fixed(&b));
                let mut at = 0;
                while let Some((op, next)) = between(case, at, "<op ", "</op>") {
                    at = next;
                    let attribute = |name: &str| {
                        between(op, 0, &format!("{name}=\""), "\"")
                            .or_else(|| between(op, 0, &format!("{name}='"), "'"))
                    };
                    let Some((operation, _)) = attribute("name") else { continue };
                    let swapped = attribute("arg1").is_some_and(|(arg, _)| arg.eq_ignore_ascii_case("b"));
                    let mut three = areas(&ours_a, &ours_b);
                    if swapped {
                        three.swap(0, 1);
                    }
                    let Some(ours) = result(operation, three).filter(|_| attribute("arg2").is_some()) else { continue };
                    let expected = &op[op.find('>').unwrap() + 1..];
                    let theirs = plane_area(&polygons_in(expected)) * frame.scale * frame.scale;
                    // Every edge may move by about a unit.
                    let most = 2.0 * (perimeter(&ours_a) + perimeter(&ours_b)) + 4.0;
                    if (ours - theirs).abs() > most {
                        wrong.push(format!("{name} {operation}: {ours} here, {theirs} there\n{case}"));
                    } else {
                        *agreed.entry(operation.to_owned()).or_default() += 1;
                    }
                }
            }
        }
    }
    println!("{files} files, areas that agree: {agreed:?}");
    assert!(wrong.is_empty(), "{} differ\n{}", wrong.len(), wrong.join("\n"));
    assert!(agreed.values().sum::<usize>() > 100);
}

/// Results of rust-geo-booleanop that are not what they should be.
const WRONG_THERE: (&str, &str) = ("hole_hole.geojson", "the union of two shapes with area is written as empty");

#[test]
fn faces_have_the_areas_of_rust_geo_booleanop() {
    let Some(folder) = hard_dev() else { return };
    let (mut agreed, mut wrong) = (0, Vec::new());
    for entry in std::fs::read_dir(folder.join("georust")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let collection = read(path);
        let shape = |feature: &serde_json::Value| -> Rings {
            let geometry = &feature["geometry"];
            let coordinates = geometry["coordinates"].clone();
            match geometry["type"].as_str().unwrap() {
                "Polygon" => vec![serde_json::from_value(coordinates).unwrap()],
                _ => serde_json::from_value(coordinates).unwrap(),
            }
        };
        let features = collection["features"].as_array().unwrap();
        let (a, b) = (shape(&features[0]), shape(&features[1]));
        let frame = Frame::around([&a, &b]);
        let (ours_a, ours_b) = (frame.fixed(&a), frame.fixed(&b));
        let three = areas(&ours_a, &ours_b);
        for feature in &features[2..] {
            let operation = feature["properties"]["operation"].as_str().unwrap();
            let Some(ours) = result(operation, three) else { continue };
            let theirs = plane_area(&shape(feature)) * frame.scale * frame.scale;
            let most = 2.0 * (perimeter(&ours_a) + perimeter(&ours_b)) + 4.0;
            if (ours - theirs).abs() > most {
                if name == WRONG_THERE.0 && theirs == 0.0 {
                    continue;
                }
                wrong.push(format!("{name} {operation}: {ours} here, {theirs} there, {three:?}"));
            } else {
                agreed += 1;
            }
        }
    }
    println!("{agreed} areas agree; {}: {}", WRONG_THERE.0, WRONG_THERE.1);
    assert!(agreed >= 60 && wrong.is_empty(), "{} differ\n{}", wrong.len(), wrong.join("\n"));
}
