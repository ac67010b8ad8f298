//! Header fields of a response.

use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, LOCATION, SET_COOKIE};

use crate::secrets::{REDACTED, Secrets};

/// Where vendors put the identifier of a request, the most specific first. There is no standard for it.
const REQUEST_ID: [&str; 9] = [
    "x-request-id",
    "request-id",
    "x-requestid",
    "x-amzn-requestid",
    "x-amz-request-id",
    "x-ms-request-id",
    "x-correlation-id",
    "x-trace-id",
    "cf-ray",
];

/// Fields of a response that hold a credential: a session's, or one of the request that was echoed.
const CREDENTIALS: [&str; 5] = [
    "set-cookie2",
    "authorization",
    "proxy-authorization",
    "cookie",
    "x-api-key",
];

/// The media type of a body, in lower case and without parameters (RFC 9110 §8.3.1).
pub(crate) fn media_type(headers: &HeaderMap) -> Option<String> {
    let stated = headers.get(CONTENT_TYPE)?.to_str().ok()?;
    let essence = stated.split(';').next()?;
    Some(essence.trim().to_ascii_lowercase())
}

pub(crate) fn request_id(headers: &HeaderMap) -> Option<&str> {
    REQUEST_ID
        .iter()
        .find_map(|name| headers.get(*name)?.to_str().ok())
}

/// The fields without cookies and credentials, and with something else in the place of every known secret. What such a value
/// is then is marked as sensitive, as are locations.
pub(crate) fn without_credentials(headers: &HeaderMap, secrets: &Secrets) -> HeaderMap {
    let mut headers = marked(headers, secrets);
    for value in headers.values_mut() {
        if secrets.found_in(value.as_bytes()) {
            *value = scrubbed(value, secrets);
            value.set_sensitive(true);
        }
    }
    headers.remove(SET_COOKIE);
    for name in CREDENTIALS {
        headers.remove(name);
    }
    headers
}

/// The fields with cookies, locations (a URL can hold a key) and every echo of a known secret marked as sensitive, so
/// that their `Debug` output does not show them.
pub(crate) fn marked(headers: &HeaderMap, secrets: &Secrets) -> HeaderMap {
    let mut headers = headers.clone();
    for (name, value) in &mut headers {
        if name == SET_COOKIE || name == LOCATION || secrets.found_in(value.as_bytes()) {
            value.set_sensitive(true);
        }
    }
    headers
}

fn scrubbed(value: &HeaderValue, secrets: &Secrets) -> HeaderValue {
    let text = secrets.scrub(&String::from_utf8_lossy(value.as_bytes()));
    // A secret that is written in an unknown way is found, but cannot be cut out.
    let clean = Some(text).filter(|text| !secrets.found_in(text.as_bytes()));
    clean
        .and_then(|text| HeaderValue::try_from(text).ok())
        .unwrap_or(HeaderValue::from_static(REDACTED))
}

/// The names alone, in alphabetical order: what `Debug` may show.
pub(crate) fn names(headers: &HeaderMap) -> Vec<&str> {
    let mut names: Vec<&str> = headers.keys().map(HeaderName::as_str).collect();
    names.sort_unstable();
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cookies_and_secrets_go() {
        let mut headers = HeaderMap::new();
        headers.insert("set-cookie", "session=1".parse().unwrap());
        headers.insert("authorization", "Bearer k".parse().unwrap());
        headers.insert("x-echo", "you sent planted-secret".parse().unwrap());
        headers.insert("x-request-id", "r1".parse().unwrap());
        let secrets = Secrets::new(["planted-secret".to_owned()]);
        let kept = without_credentials(&headers, &secrets);
        assert_eq!(names(&kept), ["x-echo", "x-request-id"]);
        assert!(!format!("{kept:?}").contains("planted-secret"));
        assert_eq!(kept["x-echo"], "you sent [redacted]");
        assert_eq!(request_id(&kept), Some("r1"));
    }
}
