//! Origins of URLs (RFC 6454 §4: scheme, host, port), which decide where credentials may go.

use std::net::{Ipv4Addr, Ipv6Addr};

use reqwest::Url;

pub(crate) fn same(a: &Url, b: &Url) -> bool {
    a.origin() == b.origin()
}

/// Whether requests to this URL stay on this machine.
pub(crate) fn is_loopback(url: &Url) -> bool {
    let Some(host) = url.host_str() else {
        return false;
    };
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost"
        || host
            .parse::<Ipv4Addr>()
            .is_ok_and(|address| address.is_loopback())
        || bare
            .parse::<Ipv6Addr>()
            .is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn origins() {
        let at = |a: &str, b: &str| same(&a.parse().unwrap(), &b.parse().unwrap());
        assert!(at("https://a.example/x", "https://A.example:443/y?z"));
        assert!(!at("https://a.example", "http://a.example"));
        assert!(!at("https://a.example", "https://a.example:444"));
        assert!(!at("https://a.example", "https://b.a.example"));
    }

    #[test]
    fn loopback() {
        for (url, expected) in [
            ("http://localhost:1", true),
            ("http://LOCALHOST", true),
            ("http://127.0.0.1", true),
            ("http://127.255.1.2", true),
            ("http://0x7f.1", true),
            ("http://[::1]:8080", true),
            ("http://localhost.example", false),
            ("http://127.0.0.1.example", false),
            ("http://128.0.0.1", false),
            ("http://0.0.0.0", false),
            ("http://[::2]", false),
            ("http://example.com", false),
        ] {
            assert_eq!(is_loopback(&url.parse().unwrap()), expected, "{url}");
        }
    }
}
