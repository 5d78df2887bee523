//! The pages: the app as it was built, embedded in the binary.
//!
//! Builds without the app too; then `/` says how to build it.

use super::negotiate::{self, Encoding};
use super::problem::{Answer, Problem, short};
use crate::auth::Identity;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{Html, IntoResponse, Response};
use rust_embed::{EmbeddedFile, RustEmbed};
use std::fmt::Write;

#[derive(RustEmbed)]
#[folder = "../web/app/dist"]
#[allow_missing = true]
struct App;

/// Folder of files whose names carry a hash of what is in them.
const HASHED: &str = "assets/";
const INDEX: &str = "index.html";
const UNBUILT: &str = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Wangge</title>\
<p>This server was built without its pages. Run <code>cargo xtask build</code> and start it again; the API is at \
<a href=\"/openapi.json\">/openapi.json</a>.</p></html>";

/// `/` and the other pages: the app, which looks at its address.
pub async fn index(_: Identity, headers: HeaderMap) -> Response {
    file(INDEX, &headers).unwrap_or_else(|| Html(UNBUILT).into_response())
}

/// Every address that is no route: a file of the app, or a problem.
pub async fn other(_: Identity, method: Method, uri: Uri, headers: HeaderMap) -> Answer<Response> {
    let path = uri.path().trim_start_matches('/');
    let readable = matches!(method, Method::GET | Method::HEAD) && !path.ends_with(".br") && !path.ends_with(".gz");
    let found = if readable { file(path, &headers) } else { None };
    found.ok_or_else(|| {
        Problem::not_found(format!("there is nothing at {}; /openapi.json lists what there is", short(uri.path())))
    })
}

/// An answer with a file of the app, in the best encoding it was built in.
fn file(path: &str, headers: &HeaderMap) -> Option<Response> {
    let plain = App::get(path)?;
    let neighbours = [(Encoding::Brotli, ".br"), (Encoding::Gzip, ".gz")];
    let packed: Vec<(Encoding, EmbeddedFile)> = neighbours
        .into_iter()
        .filter_map(|(encoding, ending)| Some((encoding, App::get(&format!("{path}{ending}"))?)))
        .collect();
    let mut available: Vec<Encoding> = packed.iter().map(|(encoding, _)| *encoding).collect();
    available.push(Encoding::Identity);
    let encoding = negotiate::encoding(headers, &available);
    let tag = tag(&plain, encoding);
    let body = packed.into_iter().find(|(packed, _)| *packed == encoding).map_or(plain.data, |(_, file)| file.data);
    let mut response = if negotiate::is_known(headers, &tag) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        let mut response = body.into_response();
        response.headers_mut().insert(header::CONTENT_TYPE, media_type(path));
        response.headers_mut().extend(encoding.header());
        response
    };
    let lasting = if path.starts_with(HASHED) { "public, max-age=31536000, immutable" } else { "no-cache" };
    let out = response.headers_mut();
    out.insert(header::CACHE_CONTROL, HeaderValue::from_static(lasting));
    out.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    out.extend(HeaderValue::from_str(&tag).ok().map(|tag| (header::ETAG, tag)));
    Some(response)
}

/// Entity tag: half the hash of the file is plenty.
fn tag(file: &EmbeddedFile, encoding: Encoding) -> String {
    let hash = file.metadata.sha256_hash();
    let hex = hash.iter().take(16).fold(String::new(), |mut hex, byte| {
        // Writing to a String cannot fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    });
    format!("\"{hex}{}\"", encoding.tag_suffix())
}

fn media_type(path: &str) -> HeaderValue {
    let guess = mime_guess::from_path(path).first_or_octet_stream();
    let text = match guess.type_() {
        mime_guess::mime::TEXT => format!("{}; charset=utf-8", guess.essence_str()),
        _ => guess.essence_str().to_owned(),
    };
    HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static("application/octet-stream"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_go_out_under_their_media_types() {
        for (path, expected) in [
            ("assets/engine-1a2b.wasm", "application/wasm"),
            ("assets/app-1a2b.js", "text/javascript; charset=utf-8"),
            ("index.html", "text/html; charset=utf-8"),
            ("assets/app.css", "text/css; charset=utf-8"),
            ("icon.svg", "image/svg+xml"),
            ("noend", "application/octet-stream"),
        ] {
            assert_eq!(media_type(path), expected, "{path}");
        }
    }
}
