//! The house keeps its rules: who names whom, what core never touches, how files are laid out.

#![allow(clippy::expect_used, clippy::panic, reason = "everything here is a test")]

mod rules;
mod scan;

use cargo_metadata::{DependencyKind, MetadataCommand};
use rules::{CORE, SERVER};
use scan::{Source, sources};

/// Files over 400 lines, each with its reason.
const LONG_FILES: [(&str, &str); 1] =
    [("server/src/tiles/tests.rs", "every claim about tiles over one sample district")];

/// Everything in Rust, generated code excepted (there is none).
const FOLDERS: [&str; 9] = [
    "server/src",
    "server/benches",
    "server/core/src",
    "server/core/tests",
    "server/tests",
    "web/engine",
    "xtask/src",
    "tests/src",
    "tests/tests",
];

fn every_source() -> Vec<Source> {
    let there = FOLDERS.iter().filter(|folder| scan::root().join(folder).is_dir());
    there.flat_map(|folder| sources(folder)).collect()
}

fn none(wrong: Vec<String>) {
    assert!(wrong.is_empty(), "{} rules are broken:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn server_rooms_name_lower_layers_only() {
    // Tests of a room may look at it through the rooms above.
    let is_test = |source: &&Source| source.module.last().is_some_and(|module| module == "tests");
    let sources = sources("server/src");
    none(sources.iter().filter(|source| !is_test(source)).flat_map(|source| SERVER.violations(source)).collect());
}

#[test]
fn core_layers_name_lower_layers_only() {
    none(sources("server/core/src").iter().flat_map(|source| CORE.violations(source)).collect());
}

#[test]
fn core_knows_no_files_clock_randomness_or_logging() {
    none(sources("server/core/src").iter().flat_map(rules::impure).collect());
}

#[test]
fn engine_layers_and_renderer_meet_only_in_the_draw_list() {
    none(sources("web/engine/src").iter().flat_map(rules::engine_violations).collect());
}

#[test]
fn rstar_is_named_by_the_index_alone() {
    let names_rstar = |source: &&Source| source.names().iter().any(|path| path[0] == "rstar");
    let sources: Vec<Source> =
        ["server/src", "server/core/src", "web/engine/src"].into_iter().flat_map(sources).collect();
    let naming: Vec<&str> = sources.iter().filter(names_rstar).map(|source| source.path.as_str()).collect();
    assert_eq!(naming, ["server/core/src/geometry/index.rs"]);
}

#[test]
fn crates_depend_on_what_they_may() {
    let metadata = MetadataCommand::new()
        .manifest_path(scan::root().join("Cargo.toml"))
        .no_deps()
        .exec()
        .expect("cargo metadata describes the workspace");
    let forbidden: [(&str, &[&str]); 3] = [
        ("wangge-core", &["wangge", "wangge-map", "tokio", "rand", "rand_pcg", "getrandom", "tracing", "log"]),
        ("wangge-map", &["wangge", "tokio", "rstar"]),
        ("wangge", &["wangge-map", "rstar", "wgpu"]),
    ];
    let mut wrong = Vec::new();
    for package in &metadata.packages {
        let normal = package.dependencies.iter().filter(|dependency| dependency.kind == DependencyKind::Normal);
        let names: Vec<&str> = normal.map(|dependency| dependency.name.as_str()).collect();
        for (name, banned) in forbidden.iter().filter(|(name, _)| *name == package.name.as_str()) {
            let found = names.iter().filter(|dependency| banned.contains(dependency));
            wrong.extend(found.map(|dependency| format!("{name} must not depend on {dependency}")));
        }
        if names.iter().any(|name| matches!(*name, "xtask" | "wangge-tests")) {
            wrong.push(format!("{} must not depend on build or test code", package.name));
        }
    }
    none(wrong);
}

#[test]
fn every_file_says_its_purpose_first() {
    let silent = every_source().into_iter().filter(|source| !source.text.starts_with("//!"));
    none(silent.map(|source| format!("{}: begins without `//!`", source.path)).collect());
}

#[test]
fn a_file_over_400_lines_has_a_reason() {
    let sources = every_source();
    let is_long = |path: &str| sources.iter().any(|source| source.path == path && source.text.lines().count() > 400);
    let excused = |path: &str| LONG_FILES.iter().any(|(file, reason)| *file == path && !reason.is_empty());
    let mut wrong: Vec<String> = sources
        .iter()
        .filter(|source| is_long(&source.path) && !excused(&source.path))
        .map(|source| format!("{}: {} lines and no reason in LONG_FILES", source.path, source.text.lines().count()))
        .collect();
    wrong.extend(
        LONG_FILES.iter().filter(|(file, _)| !is_long(file)).map(|(file, _)| format!("{file}: is not long any more")),
    );
    none(wrong);
}

#[test]
fn unsafe_code_is_forbidden_in_core_and_server() {
    for root in ["server/core/src/lib.rs", "server/src/lib.rs", "server/src/main.rs"] {
        let text = std::fs::read_to_string(scan::root().join(root)).expect("a crate's root");
        assert!(text.contains("#![forbid(unsafe_code)]"), "{root} does not forbid unsafe code");
    }
}

mod the_rules_themselves {
    //! The scanner finds what it must; otherwise the tests above would pass in silence.

    use super::{rules, scan::Source};

    fn server(below_src: &str, text: &str) -> Vec<String> {
        rules::SERVER.violations(&Source::new(below_src, below_src, text))
    }

    #[test]
    fn a_planted_sideways_import_is_found_however_it_is_written() {
        let plants = [
            "use crate::live::LiveHub;",
            "use crate::{auth::Identity, live::{LiveHub, Subscription}};",
            "use super::super::live;",
            "fn f() { crate::live::publish(); }",
            "pub(crate) use\n    crate::live::LiveHub;",
        ];
        for plant in plants {
            let wrong = server("tiles/cache.rs", plant);
            assert!(wrong.iter().any(|words| words.contains("tiles must not name live")), "{plant}: {wrong:?}");
        }
    }

    #[test]
    fn a_way_up_is_found_and_a_way_down_is_not() {
        assert_eq!(server("commit/mod.rs", "use crate::api::router;").len(), 1);
        assert_eq!(
            server("commit/mod.rs", "use crate::{store::Store, tiles::Tiles}; use super::commit::queue;").len(),
            0
        );
    }

    #[test]
    fn words_in_comments_and_texts_are_not_imports() {
        let text = "// use crate::api::x;\n/* crate::api::y */ const A: &str = \"crate::api::z\"; const B: &str = r#\"\"crate::api::w\"#; const C: char = '\"';";
        assert!(server("store/log.rs", text).is_empty());
        let after = "const C: char = '\"'; use crate::api::x; fn f<'a>(x: &'a str) {}";
        assert_eq!(server("store/log.rs", after).len(), 1);
    }

    #[test]
    fn a_room_without_a_layer_is_found() {
        assert_eq!(server("attic/mod.rs", "").len(), 1);
    }

    #[test]
    fn a_planted_clock_in_core_is_found() {
        let plants = [
            "use std::{fs, fmt};",
            "let t = jiff::Timestamp::now();",
            "use std::time::SystemTime;",
            "tracing::info!(\"x\");",
        ];
        for plant in plants {
            assert!(!rules::impure(&Source::new("domain/x.rs", "domain/x.rs", plant)).is_empty(), "{plant}");
        }
        assert!(rules::impure(&Source::new("domain/x.rs", "domain/x.rs", "use std::{fmt, str::FromStr};")).is_empty());
    }

    #[test]
    fn a_planted_domain_type_in_the_renderer_and_a_gpu_type_in_a_layer_are_found() {
        let wrong = |path: &str, text: &str| rules::engine_violations(&Source::new(path, path, text)).len();
        assert_eq!(
            wrong("render/doors.rs", "use wangge_core::{domain::visit::DoorByte, geometry::tile::TileCoord};"),
            1
        );
        assert_eq!(wrong("layer/doors.rs", "fn f(b: wgpu::Buffer) {}"), 1);
        assert_eq!(wrong("layer/doors.rs", "use crate::render::Renderer;"), 1);
        assert_eq!(wrong("layer/doors.rs", "use crate::draw::DrawList;"), 0);
    }
}
