//! JSON bodies: bounded in size and depth before anything is made of them, with line and column where they break.

use super::problem::{Answer, Problem, short};
use axum::body::{Body, Bytes};
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, header};
use futures_util::StreamExt;
use serde::Deserialize;

/// Deepest nesting of arrays and objects; nothing this server takes comes near it.
pub const MAX_DEPTH: usize = 32;
/// Most bytes read and thrown away so that a client still sending can hear the refusal.
const MAX_DRAIN: usize = 64 << 20;

/// The bytes of a JSON body of at most `LIMIT` bytes: UTF-8, not nested too deeply, otherwise unread.
#[derive(Debug, Clone)]
pub struct JsonBytes<const LIMIT: usize>(pub Bytes);

impl<const LIMIT: usize, S: Send + Sync> FromRequest<S> for JsonBytes<LIMIT> {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &S) -> Answer<Self> {
        check_media_type(request.headers())?;
        let waits = request.headers().contains_key(header::EXPECT);
        let declared = request.headers().get(header::CONTENT_LENGTH).and_then(|v| v.to_str().ok()?.parse().ok());
        if waits && declared.is_some_and(|length: u64| length > LIMIT as u64) {
            return Err(too_large(LIMIT));
        }
        let bytes = read_limited(request.into_body(), LIMIT).await?;
        check_depth(&bytes)?;
        Ok(Self(bytes))
    }
}

fn too_large(limit: usize) -> Problem {
    Problem::too_large(format!("the body is larger than {limit} bytes; send it in several requests"))
}

fn check_media_type(headers: &HeaderMap) -> Answer<()> {
    let Some(value) = headers.get(header::CONTENT_TYPE) else { return Err(Problem::media_type("")) };
    let text = String::from_utf8_lossy(value.as_bytes()).to_ascii_lowercase();
    let essence = text.split(';').next().unwrap_or_default().trim();
    let json = essence == "application/json" || (essence.starts_with("application/") && essence.ends_with("+json"));
    if json { Ok(()) } else { Err(Problem::media_type(&text)) }
}

async fn read_limited(body: Body, limit: usize) -> Answer<Bytes> {
    let mut stream = body.into_data_stream();
    let mut read = Vec::new();
    let mut length = 0usize;
    while let Some(chunk) = stream.next().await {
        let chunk = chunk.map_err(|_| Problem::body("the body ended before it was complete"))?;
        length += chunk.len();
        if length <= limit {
            read.extend_from_slice(&chunk);
        } else if length > MAX_DRAIN {
            break;
        } else {
            read = Vec::new();
        }
    }
    if length > limit { Err(too_large(limit)) } else { Ok(read.into()) }
}

/// Refuses deep nesting without descending into it.
fn check_depth(bytes: &[u8]) -> Answer<()> {
    let (mut depth, mut in_text, mut escaped) = (0usize, false, false);
    for (at, byte) in bytes.iter().enumerate() {
        if in_text {
            (in_text, escaped) = (escaped || *byte != b'"', !escaped && *byte == b'\\');
            continue;
        }
        match byte {
            b'"' => in_text = true,
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > MAX_DEPTH {
            return Err(Problem::body(format!("byte {at}: nested deeper than {MAX_DEPTH} levels")));
        }
    }
    Ok(())
}

/// A value from JSON text.
///
/// # Errors
/// A problem with the field, line and column, and what was expected there.
pub fn read<'a, T: Deserialize<'a>>(bytes: &'a [u8]) -> Answer<T> {
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        let path = error.path().to_string();
        let problem = |detail: String| Problem::body(short_sentence(&detail));
        let inner = error.into_inner();
        if path == "." || path == "?" {
            problem(inner.to_string())
        } else {
            problem(format!("{path}: {inner}")).about(&path, None)
        }
    })?;
    reader.end().map_err(|error| Problem::body(error.to_string()))?;
    Ok(value)
}

/// Messages of the parser may repeat the value; keep them to a sentence, with the place at their end.
fn short_sentence(text: &str) -> String {
    const MOST: usize = 300;
    if text.chars().count() <= MOST {
        return text.to_owned();
    }
    let place = text.rfind(" at line ").map_or("", |at| &text[at..]);
    format!("{}{place}", short(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn broken_text_is_refused_with_its_line_and_column() {
        let problem = read::<Vec<u8>>(b"[1,\n2,,]").unwrap_err();
        let body = serde_json::to_value(problem.into_body()).unwrap();
        assert!(body["detail"].as_str().unwrap().contains("line 2 column 3"), "{body}");
    }

    #[test]
    fn a_value_followed_by_more_is_refused() {
        assert!(read::<Vec<u8>>(b"[1] [2]").is_err());
    }

    #[test]
    fn depth_is_counted_outside_texts_only() {
        assert!(check_depth("[".repeat(5_000).as_bytes()).is_err());
        assert!(check_depth(format!("\"{}\"", "[".repeat(5_000)).as_bytes()).is_ok());
        assert!(check_depth(format!("\"\\\"{}\"", "[".repeat(5_000)).as_bytes()).is_ok());
        assert!(check_depth("[],".repeat(5_000).as_bytes()).is_ok());
    }
}
