//! The path to a place in a JSON text, for messages: `geometry.coordinates[0][3]`.

/// Most steps of a path that are told.
const STEPS: usize = 12;

enum Frame<'a> {
    Object { key: &'a str, is_key_next: bool },
    Array(usize),
}

/// Path to the value that begins at, or lies around, a byte; empty for the whole text. The text need not be sound.
pub(super) fn path_to(text: &str, at: usize) -> String {
    let bytes = text.as_bytes();
    let mut frames: Vec<Frame<'_>> = Vec::new();
    let mut i = 0;
    while i < at.min(bytes.len()) {
        match bytes[i] {
            b'"' => {
                let end = text_end(bytes, i);
                if let Some(Frame::Object { key, is_key_next: true }) = frames.last_mut() {
                    *key = text.get(i + 1..end.saturating_sub(1)).unwrap_or_default();
                }
                i = end;
                continue;
            }
            b'{' => frames.push(Frame::Object { key: "", is_key_next: true }),
            b'[' => frames.push(Frame::Array(0)),
            b'}' | b']' => {
                frames.pop();
            }
            b',' => match frames.last_mut() {
                Some(Frame::Array(index)) => *index += 1,
                Some(Frame::Object { is_key_next, .. }) => *is_key_next = true,
                None => {}
            },
            b':' => {
                if let Some(Frame::Object { is_key_next, .. }) = frames.last_mut() {
                    *is_key_next = false;
                }
            }
            _ => {}
        }
        i += 1;
    }
    let mut path = String::new();
    for frame in frames.iter().take(STEPS) {
        match frame {
            Frame::Object { key: "", .. } => {}
            Frame::Object { key, .. } if path.is_empty() => path.push_str(key),
            Frame::Object { key, .. } => path.extend([".", key]),
            Frame::Array(index) => path.push_str(&format!("[{index}]")),
        }
    }
    if frames.len() > STEPS {
        path.push('…');
    }
    path
}

fn text_end(bytes: &[u8], quote: usize) -> usize {
    let mut i = quote + 1;
    while i < bytes.len() {
        match bytes[i] {
            b'\\' => i += 2,
            b'"' => return i + 1,
            _ => i += 1,
        }
    }
    bytes.len()
}

/// What a JSON text is, in words.
pub(super) fn kind(json: &str) -> &'static str {
    match json.bytes().next() {
        Some(b'{') => "an object",
        Some(b'[') => "an array",
        Some(b'"') => "text",
        Some(b't' | b'f') => "true or false",
        Some(b'n') => "null",
        _ => "a number",
    }
}

/// A JSON value for a message: itself when it is small, else what it is.
pub(super) fn short(json: &str) -> String {
    match json.bytes().next() {
        Some(b'{' | b'[') => kind(json).to_owned(),
        Some(b'"') if json.chars().count() > 42 => kind(json).to_owned(),
        _ => json.chars().take(42).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::path_to;

    #[test]
    fn paths_lead_through_objects_arrays_and_texts() {
        let text = r#"{"a": {"b,\"{": [1, [2, 3], {"c": 4}]}, "d": 5}"#;
        for (value, path) in [("1", r#"a.b,\"{[0]"#), ("3", r#"a.b,\"{[1][1]"#), ("4", r#"a.b,\"{[2].c"#), ("5", "d")] {
            assert_eq!(path_to(text, text.find(value).unwrap()), path);
        }
        assert_eq!(path_to(text, 0), "");
        assert_eq!(path_to(&"[".repeat(5000), 5000), format!("{}…", "[0]".repeat(12)));
    }
}
