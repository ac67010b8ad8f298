//! The URL that operation paths are appended to.

use std::fmt;

use reqwest::Url;

use super::BuildError;
use crate::origin;

/// A URL as it was given. Its text is not shown before it was checked: it may hold a password.
#[derive(Clone)]
pub(super) struct Unchecked(pub(super) String);

impl fmt::Debug for Unchecked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match check("", &self.0, true) {
            Ok((_, text)) => text.fmt(f),
            Err(_) => f.write_str("not a base URL"),
        }
    }
}

/// Checks a base URL, given to `setting`, and returns it with its text without a slash at the end.
///
/// The problem never quotes the URL, which may hold a password.
pub(super) fn check(
    setting: &'static str,
    text: &str,
    allow_http: bool,
) -> Result<(Url, String), BuildError> {
    let wrong = |problem: &str| BuildError::new(setting, problem);
    if text.is_empty() {
        return Err(wrong("it is empty"));
    }
    // A URL parser drops or repairs all of these without a word.
    if text
        .chars()
        .any(|c| c.is_whitespace() || c.is_control() || c == '\\')
    {
        return Err(wrong(
            "it holds white space, a control character or a backslash",
        ));
    }
    let lower = text.to_ascii_lowercase();
    if !lower.starts_with("https://") && !lower.starts_with("http://") {
        return Err(wrong("it has to begin with `https://` or `http://`"));
    }
    let after_scheme = text.split_once("://").map_or("", |(_, rest)| rest);
    let authority = after_scheme.split('/').next().unwrap_or_default();
    if authority.is_empty() || !authority.is_ascii() {
        return Err(wrong(
            "its host is empty or not ASCII; write an international name in its `xn--` form",
        ));
    }
    if authority.contains('@') {
        return Err(wrong(
            "it holds a user name or a password; give them as a credential",
        ));
    }
    if after_scheme.contains("%!") {
        return Err(wrong("it holds a `%` that encodes nothing"));
    }
    let url = Url::parse(text).map_err(|error| wrong(&format!("it is not a URL: {error}")))?;
    if url.query().is_some() || url.fragment().is_some() {
        return Err(wrong("it holds a query or a fragment"));
    }
    if url.scheme() == "http" && !allow_http && !origin::is_loopback(&url) {
        return Err(wrong(
            "it has to begin with `https://`, since the host is not this machine (allow_http permits it)",
        ));
    }
    let trimmed = url.as_str().trim_end_matches('/').to_owned();
    Ok((url, trimmed))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_parser_would_repair_is_refused() {
        for bad in [
            "https:///evil.example/v1",
            "https:////evil.example",
            "https://@h.example",
            "https://u@h.example",
            "https://ex\u{ad}ample.com",
            "https://a.example/%!",
        ] {
            assert!(check("base_url", bad, false).is_err(), "{bad}");
        }
    }

    #[test]
    fn good_ones_are_cleaned() {
        for (given, expected) in [
            ("https://api.example.com", "https://api.example.com"),
            ("https://API.example.com:443/", "https://api.example.com"),
            ("https://api.example.com/v1//", "https://api.example.com/v1"),
            (
                "https://api.example.com/a/../v1",
                "https://api.example.com/v1",
            ),
            ("HTTP://localhost:8080", "http://localhost:8080"),
            ("http://[::1]:8080/", "http://[::1]:8080"),
            ("http://127.0.0.1", "http://127.0.0.1"),
        ] {
            assert_eq!(check("base_url", given, false).unwrap().1, expected);
        }
        assert!(check("base_url", "http://api.example.com", true).is_ok());
    }

    #[test]
    fn bad_ones_are_refused_without_being_shown() {
        for given in [
            "",
            " ",
            "/v1",
            "api.example.com",
            "https:api.example.com",
            "https:\\\\api.example.com",
            "https://",
            "https://planted-secret@api.example.com",
            "https://user:planted-secret@api.example.com",
            "https://api.example.com/?key=planted-secret",
            "https://api.example.com/?",
            "https://api.example.com/#planted-secret",
            "https://api.exa\nmple.com",
            " https://api.example.com",
            "ftp://api.example.com",
            "http://api.example.com",
            "http://localhost.example.com",
            "http://0.0.0.0",
            "https://api.example.com:99999",
        ] {
            let error = check("base_url", given, false).unwrap_err();
            assert_eq!(error.setting(), "base_url");
            let shown = format!("{error} {error:?}");
            assert!(!shown.contains("planted-secret"), "{shown}");
        }
    }
}
