//! The end of a JSON value, found piece by piece in bytes that keep coming.

/// Where in a value the scan is.
#[derive(Debug, Default)]
pub(super) struct ValueEnd {
    depth: usize,
    is_in_text: bool,
    is_after_backslash: bool,
    is_bare: bool,
}

impl ValueEnd {
    /// Goes on with further bytes of the value, beginning with its first one: how many belong to it if it ends there.
    ///
    /// Brackets are counted, not matched: a value is parsed when it is used.
    pub(super) fn feed(&mut self, bytes: &[u8]) -> Option<usize> {
        let mut at = 0;
        while let Some(byte) = bytes.get(at) {
            if self.is_in_text {
                if self.is_after_backslash {
                    self.is_after_backslash = false;
                    at += 1;
                    continue;
                }
                let next = memchr::memchr2(b'"', b'\\', &bytes[at..])?;
                at += next + 1;
                if bytes[at - 1] == b'\\' {
                    self.is_after_backslash = true;
                    continue;
                }
                self.is_in_text = false;
                if self.depth == 0 {
                    return Some(at);
                }
                continue;
            }
            match byte {
                b'"' if !self.is_bare => self.is_in_text = true,
                b'{' | b'[' if !self.is_bare => self.depth += 1,
                // A bare word ends before what follows it; so does a value that is missing.
                b'}' | b']' if self.depth == 0 => return Some(at),
                b'}' | b']' => {
                    self.depth -= 1;
                    if self.depth == 0 {
                        return Some(at + 1);
                    }
                }
                b',' | b':' | b' ' | b'\n' | b'\r' | b'\t' if self.depth == 0 => return Some(at),
                _ if self.depth == 0 => self.is_bare = true,
                _ => {}
            }
            at += 1;
        }
        None
    }

    /// Whether the file may end here: within a bare word, a number say.
    pub(super) fn is_bare(&self) -> bool {
        self.is_bare
    }
}

#[cfg(test)]
mod tests {
    use super::ValueEnd;
    use proptest::prelude::*;
    use serde_json::Value;

    fn any_json() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i32>().prop_map(Value::from),
            "[\\[\\]{}\\\\\",:a ]{0,6}".prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 32, 4, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
                prop::collection::hash_map("[\\[\\]{}\\\\\",:a ]{0,4}", inner, 0..4)
                    .prop_map(|map| Value::Object(map.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn the_end_is_found_however_the_bytes_come(value in any_json(), cut in 1_usize..9) {
            let json = value.to_string();
            let text = format!("{json} , x");
            let mut end = ValueEnd::default();
            let mut passed = 0;
            for piece in text.as_bytes().chunks(cut) {
                if let Some(length) = end.feed(piece) {
                    passed += length;
                    break;
                }
                passed += piece.len();
            }
            prop_assert_eq!(passed, json.len());
        }
    }
}
