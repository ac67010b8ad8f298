//! A credential that is ready to be sent.

use std::fmt;

use reqwest::header::{COOKIE, HeaderName, HeaderValue};
use reqwest::{Request, Url};
use secrecy::{ExposeSecret, SecretString};

/// A checked credential. `Debug` shows where it is sent, not what.
#[derive(Clone)]
pub(crate) enum Prepared {
    Header {
        name: HeaderName,
        value: HeaderValue,
    },
    Query {
        name: String,
        secret: SecretString,
    },
    Cookie {
        name: String,
        secret: SecretString,
    },
}

/// Where a credential is sent; two credentials cannot have the same place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    Header(String),
    Query(String),
    Cookie(String),
}

impl Prepared {
    pub(super) fn header(name: HeaderName, value: HeaderValue) -> Self {
        Self::Header { name, value }
    }

    pub(super) fn query(name: String, secret: &str) -> Self {
        Self::Query {
            name,
            secret: secret.into(),
        }
    }

    pub(super) fn cookie(name: String, secret: &str) -> Self {
        Self::Cookie {
            name,
            secret: secret.into(),
        }
    }

    /// Whether the same would be sent.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Header { name, value }, Self::Header { name: n, value: v }) => {
                name == n && value == v
            }
            (Self::Query { name, secret }, Self::Query { name: n, secret: s })
            | (Self::Cookie { name, secret }, Self::Cookie { name: n, secret: s }) => {
                name == n && secret.expose_secret() == s.expose_secret()
            }
            _ => false,
        }
    }

    /// Puts the credential into a request, in place of anything that a parameter put there.
    pub(crate) fn apply(&self, request: &mut Request) {
        match self {
            Self::Header { name, value } => {
                request.headers_mut().insert(name, value.clone());
            }
            Self::Query { name, secret } => {
                replace_query(request.url_mut(), name, secret.expose_secret());
            }
            Self::Cookie { name, secret } => {
                let others = request.headers().get_all(COOKIE);
                let others: Vec<&[u8]> = others.iter().map(HeaderValue::as_bytes).collect();
                if let Some(cookies) = with_cookie(&others, name, secret.expose_secret()) {
                    request.headers_mut().insert(COOKIE, cookies);
                }
            }
        }
    }
}

/// Keeps all other parameters byte for byte.
fn replace_query(url: &mut Url, name: &str, secret: &str) {
    let encode = |text: &str| crate::path::percent_encode(text);
    let mut parts: Vec<String> = url
        .query()
        .unwrap_or_default()
        .split('&')
        .filter(|part| !part.is_empty())
        .filter(|part| form_urlencoded::parse(part.as_bytes()).all(|(have, _)| have != name))
        .map(str::to_owned)
        .collect();
    parts.push(format!("{}={}", encode(name), encode(secret)));
    url.set_query(Some(&parts.join("&")));
}

/// One `cookie` field with all cookies (RFC 6265 §5.4 allows only one field). `None` cannot happen for a checked value.
fn with_cookie(fields: &[&[u8]], name: &str, secret: &str) -> Option<HeaderValue> {
    let mut cookies: Vec<Vec<u8>> = fields
        .iter()
        .flat_map(|field| field.split(|byte| *byte == b';'))
        .map(|cookie| cookie.trim_ascii())
        .filter(|cookie| !cookie.is_empty())
        .filter(|cookie| {
            let key = cookie.split(|byte| *byte == b'=').next();
            key.map(<[u8]>::trim_ascii_end) != Some(name.as_bytes())
        })
        .map(<[u8]>::to_vec)
        .collect();
    cookies.push(format!("{name}={secret}").into_bytes());
    let mut value = HeaderValue::from_bytes(&cookies.join(&b"; "[..])).ok()?;
    value.set_sensitive(true);
    Some(value)
}

impl fmt::Debug for Prepared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Header { name, .. } => Place::Header(name.to_string()).fmt(f),
            Self::Query { name, .. } => Place::Query(name.clone()).fmt(f),
            Self::Cookie { name, .. } => Place::Cookie(name.clone()).fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Credential;

    fn applied(
        credential: &Credential,
        url: &str,
        headers: &[(&'static str, &'static str)],
    ) -> Request {
        let mut request = Request::new(reqwest::Method::GET, url.parse().unwrap());
        for (name, value) in headers {
            request
                .headers_mut()
                .append(*name, HeaderValue::from_static(value));
        }
        credential.prepare().unwrap().apply(&mut request);
        request
    }

    #[test]
    fn a_query_credential_replaces_only_its_own_parameter() {
        let credential = Credential::query("api key", "a+b&c");
        let request = applied(&credential, "http://h/?x=%2a&api%20key=mine&api+key&y", &[]);
        assert_eq!(request.url().query(), Some("x=%2a&y&api%20key=a%2Bb%26c"));
    }

    #[test]
    fn a_cookie_credential_keeps_other_cookies() {
        let request = applied(
            &Credential::cookie("sid", "s1"),
            "http://h/",
            &[("cookie", "a=1; sid=mine"), ("cookie", "b=2")],
        );
        let fields: Vec<_> = request.headers().get_all("cookie").iter().collect();
        assert_eq!(fields, ["a=1; b=2; sid=s1"]);
        assert!(fields[0].is_sensitive());
    }

    #[test]
    fn a_header_parameter_does_not_override_a_credential() {
        let request = applied(
            &Credential::header("X-Api-Key", "k"),
            "http://h/",
            &[("x-api-key", "mine"), ("x-api-key", "mine too")],
        );
        let fields: Vec<_> = request.headers().get_all("x-api-key").iter().collect();
        assert_eq!(fields, ["k"]);
    }

    #[test]
    fn basic_is_the_example_of_rfc_7617() {
        let request = applied(
            &Credential::basic("Aladdin", "open sesame"),
            "http://h/",
            &[],
        );
        assert_eq!(
            request.headers()["authorization"],
            "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="
        );
    }
}
