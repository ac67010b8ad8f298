//! Which URLs bytes may go to or come from, and what of one is secret.

use reqwest::Url;
use reqwest::header::LOCATION;
use reqwest::{Response, StatusCode};

use crate::origin;
use crate::secrets::Secrets;

/// Shorter values of a query are not looked for in what a server says: they are names and numbers, no signatures.
const SHORTEST_SECRET: usize = 8;

/// Whether `http` is permitted, which follows from the client's base URL.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rules {
    any_http: bool,
}

impl Rules {
    /// A base URL with `http` that is not on this machine is one of `allow_http`, which then goes for transfers as well.
    pub(super) fn of(base_url: &Url) -> Self {
        Self {
            any_http: base_url.scheme() == "http" && !origin::is_loopback(base_url),
        }
    }

    /// Reads an absolute URL. Why one is refused never quotes it: it may hold a signature.
    pub(super) fn read(self, text: &str) -> Result<Url, &'static str> {
        let is_odd = |c: char| c.is_control() || c.is_whitespace() || c == '\\';
        // A parser would drop or repair them, and a signature is of the URL as it was.
        if text.contains(is_odd) {
            return Err("its URL holds white space, a control character or a backslash");
        }
        let mut url = Url::parse(text).map_err(|_| "its URL is not an absolute URL")?;
        if !matches!(url.scheme(), "https" | "http") || !text.contains("://") {
            return Err("its URL does not begin with `https://`");
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err("its URL holds a user name or a password");
        }
        if !self.permit(&url) {
            return Err(
                "its URL begins with `http://`, and the host is not this machine (allow_http and a base URL with `http` permit it)",
            );
        }
        url.set_fragment(None);
        Ok(url)
    }

    fn permit(self, url: &Url) -> bool {
        match url.scheme() {
            "https" => true,
            "http" => self.any_http || origin::is_loopback(url),
            _ => false,
        }
    }

    /// Where the answer to a GET without credentials says that the bytes are. Another host is as good as the first, but what began
    /// with `https` does not go on without.
    pub(super) fn redirected(self, response: &Response) -> Option<Url> {
        let redirects = [
            StatusCode::MOVED_PERMANENTLY,
            StatusCode::FOUND,
            StatusCode::SEE_OTHER,
            StatusCode::TEMPORARY_REDIRECT,
            StatusCode::PERMANENT_REDIRECT,
        ];
        if !redirects.contains(&response.status()) {
            return None;
        }
        let location = response.headers().get(LOCATION)?.to_str().ok()?;
        self.next(response.url(), location)
    }

    fn next(self, from: &Url, location: &str) -> Option<Url> {
        let target = self.read(from.join(location).ok()?.as_str()).ok()?;
        (from.scheme() == "http" || target.scheme() == "https").then_some(target)
    }
}

/// What must not be shown of these URLs: their queries and the values in them, where signatures are.
pub(super) fn secrets_of(urls: &[Url]) -> Secrets {
    let queries = urls.iter().filter_map(Url::query).map(str::to_owned);
    let pairs = urls.iter().flat_map(Url::query_pairs);
    let values = pairs.map(|(_, value)| value.into_owned());
    Secrets::new(
        queries
            .chain(values)
            .filter(|text| text.len() >= SHORTEST_SECRET),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn https_or_this_machine() {
        let strict = Rules::of(&"https://api.example.com".parse().unwrap());
        let local = Rules::of(&"http://127.0.0.1:80".parse().unwrap());
        let lax = Rules::of(&"http://api.internal".parse().unwrap());
        for (url, by_most, by_lax) in [
            ("https://storage.example/a?X-Signature=s", true, true),
            ("HTTPS://storage.example/a#part", true, true),
            ("http://127.0.0.1:9000/a", true, true),
            ("http://localhost/a", true, true),
            ("http://storage.internal/a", false, true),
            ("http://localhost.example/a", false, true),
            ("https://planted-secret@storage.example/", false, false),
            ("https://u:planted-secret@storage.example/", false, false),
            ("ftp://storage.example/?planted-secret", false, false),
            ("file:///etc/planted-secret", false, false),
            ("https:storage.example/planted-secret", false, false),
            ("/planted-secret", false, false),
            ("https://storage.example/planted secret", false, false),
            ("https://storage.example\\planted-secret", false, false),
            ("https://storage.example/a\n", false, false),
            ("", false, false),
        ] {
            for (rules, expected) in [(strict, by_most), (local, by_most), (lax, by_lax)] {
                let read = rules.read(url);
                assert_eq!(read.is_ok(), expected, "{url}: {read:?}");
                if let Err(problem) = read {
                    assert!(!problem.contains("planted"), "{problem}");
                }
            }
        }
        let url = strict.read("https://a.example/b?c=d%2Fe#f").unwrap();
        assert_eq!(url.as_str(), "https://a.example/b?c=d%2Fe");
    }

    #[test]
    fn a_redirect_does_not_leave_https() {
        for base_url in ["https://api.example", "http://api.internal", "http://[::1]"] {
            let rules = Rules::of(&base_url.parse().unwrap());
            for (from, location, expected) in [
                (
                    "https://a.example/b/c?d",
                    "e",
                    Some("https://a.example/b/e"),
                ),
                (
                    "https://a.example/b",
                    "https://f.example/",
                    Some("https://f.example/"),
                ),
                (
                    "https://a.example/b",
                    "//f.example/#g",
                    Some("https://f.example/"),
                ),
                ("https://a.example/b", "http://a.example/b", None),
                ("https://a.example/b", "http://127.0.0.1/", None),
                ("https://a.example/b", "https://u:p@f.example/", None),
                ("https://a.example/b", "data:,x", None),
                (
                    "http://127.0.0.1/",
                    "http://127.0.0.1:2/",
                    Some("http://127.0.0.1:2/"),
                ),
                (
                    "http://127.0.0.1/",
                    "https://a.example/",
                    Some("https://a.example/"),
                ),
            ] {
                let next = rules.next(&from.parse().unwrap(), location);
                assert_eq!(
                    next.as_ref().map(Url::as_str),
                    expected,
                    "{from} {location}"
                );
            }
        }
    }

    #[test]
    fn a_signature_is_found_in_every_spelling() {
        let url = "https://a.example/b?Expires=900&Signature=ab%2Fcd%2Bplanted%3D"
            .parse()
            .unwrap();
        let secrets = secrets_of(&[url]);
        for text in [
            "you sent ab/cd+planted=",
            "ab%2Fcd%2Bplanted%3D",
            "?Expires=900&Signature=ab%2Fcd%2Bplanted%3D",
        ] {
            assert!(secrets.found_in(text.as_bytes()), "{text}");
        }
        assert!(!secrets.found_in(b"it expired after 900 seconds"));
    }
}
