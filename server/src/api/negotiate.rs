//! Which encoding of an answer a client takes, and whether it has the answer already (RFC 9110, 12.5.3 and 13.1.2).

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};

/// A content coding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// As it is.
    Identity,
    /// gzip.
    Gzip,
    /// Brotli.
    Brotli,
}

impl Encoding {
    /// The token used in headers.
    pub fn token(self) -> &'static str {
        match self {
            Self::Identity => "identity",
            Self::Gzip => "gzip",
            Self::Brotli => "br",
        }
    }

    /// The `content-encoding` header, which identity has none of.
    pub fn header(self) -> Option<(HeaderName, HeaderValue)> {
        (self != Self::Identity).then(|| (header::CONTENT_ENCODING, HeaderValue::from_static(self.token())))
    }

    /// What the entity tag ends in: each encoding of an answer has its own tag.
    pub fn tag_suffix(self) -> &'static str {
        match self {
            Self::Identity => "",
            Self::Gzip => "-gz",
            Self::Brotli => "-br",
        }
    }
}

/// The encoding a client likes best among those there are; equally liked ones in the order given, identity when none
/// is taken.
pub fn encoding(headers: &HeaderMap, available: &[Encoding]) -> Encoding {
    let mut best = (Encoding::Identity, 0u16);
    for candidate in available {
        let weight = weight(headers, *candidate);
        if weight > best.1 {
            best = (*candidate, weight);
        }
    }
    best.0
}

/// Weight in thousandths a client gives an encoding.
fn weight(headers: &HeaderMap, encoding: Encoding) -> u16 {
    let mut any = None;
    for value in headers.get_all(header::ACCEPT_ENCODING) {
        for item in value.to_str().unwrap_or_default().split(',') {
            let mut parts = item.split(';').map(str::trim);
            let token = parts.next().unwrap_or_default();
            let weight =
                parts.find_map(|p| p.strip_prefix("q=").or_else(|| p.strip_prefix("Q="))).map_or(1000, thousandths);
            if token.eq_ignore_ascii_case(encoding.token())
                || (encoding == Encoding::Gzip && token.eq_ignore_ascii_case("x-gzip"))
            {
                return weight;
            }
            if token == "*" {
                any = Some(weight);
            }
        }
    }
    // Identity is always possible unless it is ruled out; it is liked least.
    any.unwrap_or(u16::from(encoding == Encoding::Identity))
}

fn thousandths(text: &str) -> u16 {
    let weight: f32 = text.trim().parse().unwrap_or(0.0);
    (weight.clamp(0.0, 1.0) * 1000.0) as u16
}

/// Whether the client has the answer with this entity tag already.
pub fn is_known(headers: &HeaderMap, tag: &str) -> bool {
    let weak = |t: &str| t.trim().trim_start_matches("W/").to_owned();
    headers
        .get_all(header::IF_NONE_MATCH)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|known| known.trim() == "*" || weak(known) == weak(tag))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Encoding; 3] = [Encoding::Brotli, Encoding::Gzip, Encoding::Identity];

    fn choice(accepted: &str) -> Encoding {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT_ENCODING, accepted.parse().unwrap());
        encoding(&headers, &ALL)
    }

    #[test]
    fn the_best_liked_encoding_is_chosen() {
        for (accepted, expected) in [
            ("gzip", Encoding::Gzip),
            ("gzip, deflate, br, zstd", Encoding::Brotli),
            ("gzip;q=1.0, br;q=0.5", Encoding::Gzip),
            ("br;q=0, gzip;q=0.1", Encoding::Gzip),
            ("identity", Encoding::Identity),
            ("identity;q=1, gzip;q=0.5", Encoding::Identity),
            ("*", Encoding::Brotli),
            ("*;q=0.5, br;q=0", Encoding::Gzip),
            ("zstd", Encoding::Identity),
            ("", Encoding::Identity),
            ("GZIP", Encoding::Gzip),
        ] {
            assert_eq!(choice(accepted), expected, "{accepted:?}");
        }
        assert_eq!(encoding(&HeaderMap::new(), &ALL), Encoding::Identity);
    }

    #[test]
    fn a_known_tag_is_found_in_a_list_weak_or_strong() {
        let mut headers = HeaderMap::new();
        headers.insert(header::IF_NONE_MATCH, "\"a\", W/\"b-gz\"".parse().unwrap());
        assert!(is_known(&headers, "\"b-gz\"") && is_known(&headers, "\"a\""));
        assert!(!is_known(&headers, "\"b\""));
        headers.insert(header::IF_NONE_MATCH, "*".parse().unwrap());
        assert!(is_known(&headers, "\"anything\""));
    }
}
