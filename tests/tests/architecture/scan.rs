//! Reads Rust sources well enough to tell which modules and crates they name; no macros are expanded.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// One source file.
pub struct Source {
    /// Place in the repository, with `/`.
    pub path: String,
    /// Module it is, below the crate's root: `["api", "visits"]`; empty for `lib.rs`, `["main"]` for `main.rs`.
    pub module: Vec<String>,
    /// As it lies there.
    pub text: String,
    /// Without comments and without the insides of literals; tests stay in.
    pub code: String,
}

impl Source {
    /// A source from its place below a crate's `src` folder.
    pub fn new(path: &str, below_src: &str, text: &str) -> Self {
        Self { path: path.to_owned(), module: module_of(below_src), text: text.to_owned(), code: bare(text) }
    }

    /// Paths named in the code, `crate::`, `self::` and `super::` resolved to the crate's root (`crate`), groups unfolded.
    pub fn names(&self) -> Vec<Vec<String>> {
        let mut found = Vec::new();
        let bytes = self.code.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            let before = at.checked_sub(1).map(|i| bytes[i]);
            let starts = is_word(bytes[at]) && !before.is_some_and(|b| is_word(b) || b == b':' || b == b'\'');
            if !starts {
                at += 1;
                continue;
            }
            let mut paths = Vec::new();
            let end = path_at(&self.code, at, &mut Vec::new(), &mut paths);
            found.extend(paths.into_iter().filter(|path| path.len() > 1).map(|path| self.resolve(path)));
            at = end.max(at + 1);
        }
        found
    }

    fn resolve(&self, path: Vec<String>) -> Vec<String> {
        let mut base = self.module.clone();
        let mut rest = path.as_slice();
        match rest.first().map(String::as_str) {
            Some("crate") => return path,
            Some("self") => rest = &rest[1..],
            Some("super") => {}
            _ => return path,
        }
        while rest.first().is_some_and(|part| part == "super") {
            base.pop();
            rest = &rest[1..];
        }
        std::iter::once("crate".to_owned()).chain(base).chain(rest.iter().cloned()).collect()
    }
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// Reads a path from `at`, unfolding `{…}` groups; answers where it ends.
fn path_at(code: &str, at: usize, prefix: &mut Vec<String>, found: &mut Vec<Vec<String>>) -> usize {
    let bytes = code.as_bytes();
    let depth = prefix.len();
    let mut at = at;
    loop {
        let end = (at..bytes.len()).find(|&i| !is_word(bytes[i])).unwrap_or(bytes.len());
        if end == at {
            break;
        }
        prefix.push(code[at..end].to_owned());
        at = end;
        if !code[at..].starts_with("::") {
            break;
        }
        at += 2;
        if code[at..].starts_with('{') {
            at = group_at(code, at + 1, prefix, found);
            prefix.truncate(depth);
            return at;
        }
    }
    found.push(prefix.clone());
    prefix.truncate(depth);
    at
}

fn group_at(code: &str, at: usize, prefix: &mut Vec<String>, found: &mut Vec<Vec<String>>) -> usize {
    let bytes = code.as_bytes();
    let mut at = at;
    while at < bytes.len() {
        match bytes[at] {
            b'}' => return at + 1,
            byte if is_word(byte) => at = path_at(code, at, prefix, found),
            _ => at += 1,
        }
    }
    at
}

fn module_of(below_src: &str) -> Vec<String> {
    let mut parts: Vec<String> = below_src.trim_end_matches(".rs").split('/').map(str::to_owned).collect();
    if parts.last().is_some_and(|last| last == "mod" || last == "lib") {
        parts.pop();
    }
    parts
}

/// Text without comments and without the insides of literals.
fn bare(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let is = |at: usize, word: &str| word.chars().enumerate().all(|(i, c)| chars.get(at + i) == Some(&c));
    let mut code = String::with_capacity(text.len());
    let mut at = 0;
    while at < chars.len() {
        if is(at, "//") {
            at = (at..chars.len()).find(|&i| chars[i] == '\n').unwrap_or(chars.len());
        } else if is(at, "/*") {
            at = (at + 2..chars.len()).find(|&i| is(i, "*/")).map_or(chars.len(), |i| i + 2);
        } else if let Some(end) = literal_end(&chars, at) {
            code.push('"');
            at = end;
        } else {
            code.push(chars[at]);
            at += 1;
        }
    }
    code
}

/// Where the literal that begins at `at` ends; none when none begins there. Lifetimes are no literals.
fn literal_end(chars: &[char], at: usize) -> Option<usize> {
    let word_before = at > 0 && (chars[at - 1].is_alphanumeric() || chars[at - 1] == '_');
    match chars[at] {
        'r' if !word_before => {
            let marks = chars[at + 1..].iter().take_while(|c| **c == '#').count();
            if chars.get(at + 1 + marks) != Some(&'"') {
                return None;
            }
            let closes = |i: usize| chars[i] == '"' && (1..=marks).all(|k| chars.get(i + k) == Some(&'#'));
            Some((at + 2 + marks..chars.len()).find(|&i| closes(i)).map_or(chars.len(), |i| i + 1 + marks))
        }
        '"' => Some(closing(chars, at + 1, '"')),
        '\'' if chars.get(at + 1) == Some(&'\\') => Some(closing(chars, at + 1, '\'')),
        '\'' if chars.get(at + 2) == Some(&'\'') => Some(at + 3),
        _ => None,
    }
}

fn closing(chars: &[char], from: usize, mark: char) -> usize {
    let mut at = from;
    while at < chars.len() && chars[at] != mark {
        at += if chars[at] == '\\' { 2 } else { 1 };
    }
    (at + 1).min(chars.len())
}

/// Root of the repository.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("tests lies in the repository").to_path_buf()
}

/// Every Rust source below a folder of the repository; modules are named from that folder.
pub fn sources(folder: &str) -> Vec<Source> {
    let mut found = Vec::new();
    collect(&root().join(folder), folder, folder, &mut found);
    assert!(!found.is_empty(), "no Rust source below {folder}");
    found
}

fn collect(folder: &Path, name: &str, base: &str, found: &mut Vec<Source>) {
    let entries = fs::read_dir(folder).unwrap_or_else(|cause| panic!("cannot read {name}: {cause}"));
    let mut entries: Vec<_> = entries.map(|entry| entry.expect("a folder's entry")).collect();
    entries.sort_by_key(std::fs::DirEntry::file_name);
    for entry in entries {
        let path = format!("{name}/{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            if !path.ends_with("/node_modules") {
                collect(&entry.path(), &path, base, found);
            }
        } else if path.ends_with(".rs") {
            let text = fs::read_to_string(entry.path()).expect("a source is text");
            found.push(Source::new(&path, path.trim_start_matches(base).trim_start_matches('/'), &text));
        }
    }
}
