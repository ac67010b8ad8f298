//! URLs: which may be asked, and what of them is shown.

use reqwest::Url;

/// The rule of the manifest for URLs, for those that come from elsewhere: https, or http to this machine, and no user name.
pub(crate) fn may_be_asked(url: &Url) -> bool {
    let is_loopback = matches!(url.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"));
    let scheme = url.scheme() == "https" || (url.scheme() == "http" && is_loopback);
    scheme && url.host_str().is_some() && url.username().is_empty() && url.password().is_none()
}

/// Whether a request goes to this machine, for which no proxy is asked.
pub(super) fn is_local(url: &Url) -> bool {
    url.scheme() == "http"
}

/// Scheme, host and port, in one spelling.
pub(crate) fn origin(url: &Url) -> String {
    url.origin().ascii_serialization()
}

/// A URL as it is shown: queries may hold keys.
pub(crate) fn shown(url: &Url) -> String {
    let mut shown = url.clone();
    shown.set_fragment(None);
    // Fails only for URLs that have no host, which cannot have these either.
    let _ = shown.set_username("");
    let _ = shown.set_password(None);
    match shown.query().is_some() {
        true => {
            shown.set_query(None);
            format!("{shown}?…")
        }
        false => shown.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        text.parse().unwrap()
    }

    #[test]
    fn what_may_be_asked() {
        for good in ["https://a.b/c", "http://127.0.0.1:1/", "http://localhost/"] {
            assert!(may_be_asked(&url(good)), "{good}");
        }
        for bad in [
            "http://a.b/",
            "ftp://a.b/",
            "https://u@a.b/",
            "https://u:p@a.b/",
            "file:///etc/passwd",
            "data:text/plain,x",
        ] {
            assert!(!may_be_asked(&url(bad)), "{bad}");
        }
    }

    #[test]
    fn no_query_is_shown() {
        let secret = url("https://u:p@a.b/c.md?token=hidden#hidden");
        assert_eq!(shown(&secret), "https://a.b/c.md?…");
        assert_eq!(shown(&url("https://a.b/c.md")), "https://a.b/c.md");
    }
}
