//! Origins of URLs.

/// The origin of an absolute URL as text (RFC 6454 §6.2): scheme and host in lower case, and the port unless it is the scheme's
/// own. `//host` has the scheme https.
pub(crate) fn origin(url: &str) -> Option<String> {
    let url = match url.strip_prefix("//") {
        Some(rest) => format!("https://{rest}"),
        None => url.to_owned(),
    };
    let uri: http::Uri = url.parse().ok()?;
    let scheme = uri.scheme_str()?.to_ascii_lowercase();
    let host = uri
        .host()
        .filter(|host| !host.is_empty())?
        .to_ascii_lowercase();
    let usual = match scheme.as_str() {
        "https" => Some(443),
        "http" => Some(80),
        _ => None,
    };
    Some(match uri.port_u16().filter(|port| Some(*port) != usual) {
        Some(port) => format!("{scheme}://{host}:{port}"),
        None => format!("{scheme}://{host}"),
    })
}

#[cfg(test)]
mod tests {
    use super::origin;

    #[test]
    fn what_says_the_same_is_the_same() {
        for (url, expected) in [
            ("https://A.example:443/v1?x", "https://a.example"),
            ("HTTPS://a.example:8443", "https://a.example:8443"),
            ("http://a.example:80", "http://a.example"),
            ("http://a.example:443", "http://a.example:443"),
            ("//a.example/v1", "https://a.example"),
            ("https://[::1]:8/", "https://[::1]:8"),
        ] {
            assert_eq!(origin(url).as_deref(), Some(expected), "{url}");
        }
        for url in ["/v1", "v1", "https://", "a.example", ""] {
            assert_eq!(origin(url), None, "{url}");
        }
    }
}
