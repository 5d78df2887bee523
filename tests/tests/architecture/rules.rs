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
        &["api", "simulate"],
        &["import", "export", "check"],
        &["commit"],
        &["store", "tiles", "live", "auth", "kinds"],
        &["table"],
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

/// The engine in the browser. `draw` holds what the rooms hand each other, the draw list above all.
pub const ENGINE: Layers = Layers {
    crate_name: "engine",
    layers: &[
        &["app"],
        &["layer", "source", "render", "view", "input", "pick", "text", "mesh"],
        &["draw"],
        &["platform"],
    ],
};

/// Rooms of the engine that may name the GPU's types.
const GPU_ROOMS: [&str; 3] = ["app", "render", "platform"];

/// What a source of the engine names that its room must not: the renderer knows no domain type, the others no GPU.
pub fn engine_violations(source: &Source) -> Vec<String> {
    let mut wrong = ENGINE.violations(source);
    let Some(room) = source.module.first().map(String::as_str) else { return wrong };
    let names = source.names();
    if room == "render" && names.iter().any(|path| path.starts_with(&["wangge_core".to_owned(), "domain".to_owned()])) {
        wrong.push(format!("{}: engine render must not name a domain type", source.path));
    }
    if !GPU_ROOMS.contains(&room) && names.iter().any(|path| path[0] == "wgpu") {
        wrong.push(format!("{}: engine {room} must not name wgpu", source.path));
    }
    wrong
}
