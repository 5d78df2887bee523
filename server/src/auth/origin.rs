//! Whether a request that changes something, or opens the stream, comes from this server's own pages or from a script.
//!
//! Browsers name where a request comes from in `Sec-Fetch-Site` and `Origin`; a request with neither is a script.
//! Source: Fetch Metadata Request Headers (W3C), RFC 6454.

use super::{AccessError, host};
use axum::http::{HeaderMap, Uri, header::ORIGIN};

const SEC_FETCH_SITE: &str = "sec-fetch-site";

/// Nothing when the request comes from the same origin, from the address bar, or from a script.
///
/// # Errors
/// [`AccessError::CrossSite`] with the header that told.
pub fn check(uri: &Uri, headers: &HeaderMap) -> Result<(), AccessError> {
    let refused = |header, value: &[u8]| {
        let value = String::from_utf8_lossy(value).chars().take(80).collect();
        Err(AccessError::CrossSite { header, value })
    };
    for site in headers.get_all(SEC_FETCH_SITE) {
        if !matches!(site.as_bytes(), b"same-origin" | b"none") {
            return refused("Sec-Fetch-Site", site.as_bytes());
        }
    }
    let host = host::authority(uri, headers)?;
    for origin in headers.get_all(ORIGIN) {
        let authority = origin.to_str().ok().and_then(|o| o.split_once("://")).map(|(_, authority)| authority);
        let same = match (authority, &host) {
            (Some(authority), Some(host)) => authority.eq_ignore_ascii_case(host.as_str()),
            _ => false,
        };
        if !same {
            return refused("Origin", origin.as_bytes());
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_with(pairs: &[(&'static str, &str)]) -> Result<(), AccessError> {
        let mut headers = HeaderMap::new();
        headers.insert("host", "127.0.0.1:8080".parse().unwrap());
        for (name, value) in pairs {
            headers.append(*name, value.parse().unwrap());
        }
        check(&Uri::from_static("/api/visits"), &headers)
    }

    #[test]
    fn a_script_names_no_origin_and_passes() {
        assert_eq!(check_with(&[]), Ok(()));
    }

    #[test]
    fn the_own_page_passes() {
        assert_eq!(check_with(&[("origin", "http://127.0.0.1:8080"), ("sec-fetch-site", "same-origin")]), Ok(()));
        assert_eq!(check_with(&[("sec-fetch-site", "none")]), Ok(()));
    }

    #[test]
    fn other_sites_other_ports_and_hidden_origins_are_refused() {
        for pairs in [
            [("origin", "http://evil.example")],
            [("origin", "http://127.0.0.1:9999")],
            [("origin", "http://127.0.0.1:8080.evil.example")],
            [("origin", "null")],
            [("sec-fetch-site", "cross-site")],
            [("sec-fetch-site", "same-site")],
        ] {
            assert!(check_with(&pairs).is_err(), "{pairs:?}");
        }
        assert!(check_with(&[("sec-fetch-site", "same-origin"), ("origin", "http://evil.example")]).is_err());
    }
}
