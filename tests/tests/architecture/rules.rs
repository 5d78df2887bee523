//! The dependency rule of the house, as data, and what breaks it.

use super::scan::Source;

/// Rooms of a crate in layers, highest first. A room names rooms of lower layers only, never its neighbours.
pub struct Layers {
    /// What the crate is called in messages.
    pub crate_name: &'static str,
    /// Rooms by layer.
    pub layers: &'static [&'static [&'static str]],
}

/// The server.
pub const SERVER: Layers = Layers {
    crate_name: "server",
    layers: &[
        &["main"],
        &["cli"],
        &["api", "import", "export", "simulate", "check"],
        &["commit"],
        &["store", "tiles", "live", "auth"],
    ],
};

/// What server and browser share.
pub const CORE: Layers =
    Layers { crate_name: "core", layers: &[&["format"], &["domain"], &["network"], &["geometry"]] };

impl Layers {
    /// What a source names that it must not.
    pub fn violations(&self, source: &Source) -> Vec<String> {
        // The crate's root only declares its rooms.
        let Some(room) = source.module.first() else { return Vec::new() };
        let Some(own) = self.layer(room) else {
            return vec![format!("{}: room {room:?} has no layer in tests/architecture/rules.rs", source.path)];
        };
        let named =
            source.names().into_iter().filter(|path| path[0] == "crate").filter_map(|path| path.get(1).cloned());
        let mut wrong: Vec<String> = named
            .filter(|other| other != room)
            .filter(|other| self.layer(other).is_some_and(|layer| layer <= own))
            .map(|other| format!("{}: {} {room} must not name {other}", source.path, self.crate_name))
            .collect();
        wrong.sort();
        wrong.dedup();
        wrong
    }

    fn layer(&self, room: &str) -> Option<usize> {
        self.layers.iter().position(|rooms| rooms.contains(&room))
    }
}

/// What core must never name: the outside world comes in as arguments.
const IMPURE: [(&[&str], &str); 12] = [
    (&["tokio"], "tokio"),
    (&["std", "fs"], "files"),
    (&["std", "net"], "the network"),
    (&["std", "env"], "the environment"),
    (&["std", "thread"], "threads"),
    (&["std", "time"], "the clock"),
    (&["SystemTime"], "the clock"),
    (&["Timestamp", "now"], "the clock"),
    (&["rand"], "randomness"),
    (&["Uuid", "new_v4"], "randomness"),
    (&["Uuid", "now_v7"], "randomness and the clock"),
    (&["tracing"], "logging"),
];

/// What a source of core names of the outside world.
pub fn impure(source: &Source) -> Vec<String> {
    let names = source.names();
    let holds = |path: &[String], words: &[&str]| path.windows(words.len()).any(|part| part == words);
    let wrong = IMPURE.iter().filter(|(words, _)| names.iter().any(|path| holds(path, words)));
    let mut wrong: Vec<String> = wrong
        .map(|(words, what)| format!("{}: core must not know {what} ({})", source.path, words.join("::")))
        .collect();
    if ["println!", "eprintln!", "print!", "dbg!"].iter().any(|print| source.code.contains(print)) {
        wrong.push(format!("{}: core must not print", source.path));
    }
    wrong
}

/// Rooms of the engine between `app` and `platform`.
const ENGINE_ROOMS: [&str; 8] = ["layer", "source", "render", "view", "input", "pick", "text", "mesh"];

/// What a source of the engine names that its room must not.
pub fn engine_violations(source: &Source) -> Vec<String> {
    let Some(room) = source.module.first().map(String::as_str) else { return Vec::new() };
    let names = source.names();
    let names_room =
        |other: &str| names.iter().any(|path| path[0] == "crate" && path.get(1).is_some_and(|r| r == other));
    let names_crate = |other: &str| names.iter().any(|path| path[0] == other);
    let mut wrong = Vec::new();
    let mut forbid = |broken: bool, words: String| {
        if broken {
            wrong.push(format!("{}: engine {room} must not name {words}", source.path));
        }
    };
    forbid(room != "app" && names_room("app"), "app".to_owned());
    if room == "platform" {
        ENGINE_ROOMS.iter().for_each(|other| forbid(names_room(other), (*other).to_owned()));
    }
    if room == "render" {
        let domain = names.iter().any(|path| path[0] == "wangge_core" && path.get(1).is_some_and(|m| m == "domain"));
        forbid(domain, "a domain type".to_owned());
        ENGINE_ROOMS.iter().filter(|other| **other != "render").for_each(|other| {
            forbid(names_room(other), (*other).to_owned());
        });
    }
    if room != "render" && room != "platform" && room != "app" {
        forbid(names_crate("wgpu"), "wgpu".to_owned());
    }
    wrong
}
