//! Host allow-list: a page of another name that resolves to this address (DNS rebinding) gets nothing.

use super::AccessError;
use axum::http::{HeaderMap, Uri, Version, header::HOST, uri::Authority};
use std::net::IpAddr;

/// Names and addresses this server answers for, whatever the port.
#[derive(Debug, Clone, Default)]
pub struct HostList {
    names: Vec<String>,
}

impl HostList {
    /// Loopback only: `localhost`, 127.0.0.0/8 and `[::1]`.
    pub fn loopback() -> Self {
        Self::default()
    }

    /// Adds a name or address, without a port.
    pub fn add(&mut self, name: &str) {
        self.names.push(name.trim_matches(['[', ']']).to_ascii_lowercase());
    }

    /// Whether requests for a host (no port; brackets around IPv6 or not) are taken.
    pub fn contains(&self, host: &str) -> bool {
        let host = host.strip_prefix('[').and_then(|h| h.strip_suffix(']')).unwrap_or(host);
        host.eq_ignore_ascii_case("localhost")
            || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
            || self.names.iter().any(|name| name.eq_ignore_ascii_case(host))
    }

    /// Nothing when the request is for one of these hosts. HTTP/1.0 may name none.
    ///
    /// # Errors
    /// [`AccessError::HostMissing`] or [`AccessError::HostForeign`].
    pub fn check(&self, version: Version, uri: &Uri, headers: &HeaderMap) -> Result<(), AccessError> {
        let Some(authority) = authority(uri, headers)? else {
            return if version == Version::HTTP_10 { Ok(()) } else { Err(AccessError::HostMissing) };
        };
        if self.contains(authority.host()) {
            Ok(())
        } else {
            Err(AccessError::HostForeign(authority.host().chars().take(80).collect()))
        }
    }
}

/// Host and port a request is for: the Host header, or for HTTP/2 the address itself.
///
/// # Errors
/// [`AccessError::HostMissing`] when it is named more than once or cannot be read.
pub fn authority(uri: &Uri, headers: &HeaderMap) -> Result<Option<Authority>, AccessError> {
    let mut named = headers.get_all(HOST).iter();
    let Some(value) = named.next() else { return Ok(uri.authority().cloned()) };
    if named.next().is_some() {
        return Err(AccessError::HostMissing);
    }
    let authority = Authority::try_from(value.as_bytes()).map_err(|_| AccessError::HostMissing)?;
    // `user@host` is no host: nobody but an attacker writes it here.
    if authority.as_str().contains('@') { Err(AccessError::HostMissing) } else { Ok(Some(authority)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(host: Option<&str>) -> Result<(), AccessError> {
        let mut headers = HeaderMap::new();
        if let Some(host) = host {
            headers.insert(HOST, host.parse().unwrap());
        }
        let mut list = HostList::loopback();
        list.add("[fd00::7]");
        list.add("wangge.example");
        list.check(Version::HTTP_11, &Uri::from_static("/"), &headers)
    }

    #[test]
    fn loopback_names_and_added_ones_pass_with_any_port() {
        for host in [
            "localhost",
            "LOCALHOST:8080",
            "127.0.0.1:18001",
            "127.9.9.9",
            "[::1]:8080",
            "[fd00::7]:1",
            "wangge.example:8080",
        ] {
            assert_eq!(check(Some(host)), Ok(()), "{host}");
        }
    }

    #[test]
    fn other_hosts_are_refused() {
        for host in [
            "evil.example",
            "evil.example:8080",
            "127.0.0.1.evil.example",
            "localhost.evil.example",
            "10.0.0.1",
            "a@localhost",
        ] {
            assert!(check(Some(host)).is_err(), "{host}");
        }
        assert_eq!(check(None), Err(AccessError::HostMissing));
    }

    #[test]
    fn two_hosts_are_refused() {
        let mut headers = HeaderMap::new();
        headers.append(HOST, "localhost".parse().unwrap());
        headers.append(HOST, "evil.example".parse().unwrap());
        let uri = Uri::from_static("/");
        assert_eq!(HostList::loopback().check(Version::HTTP_11, &uri, &headers), Err(AccessError::HostMissing));
    }
}
