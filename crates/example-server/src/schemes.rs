//! One security scheme: where a request has its credential, and what is wrong with what stands there.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use http::header::{AUTHORIZATION, HeaderName};
use http::request::Parts;

use crate::credentials::Credential;
use crate::document::At;
use crate::request::{cookies, query};

/// A security scheme of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Scheme {
    /// Its name in `components/securitySchemes`.
    pub(crate) name: String,
    place: Place,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Place {
    /// `Authorization: Bearer TOKEN` (RFC 6750 §2.1), which OAuth 2 and OpenID Connect end in, too.
    Bearer,
    /// `Authorization: Basic BASE64` (RFC 7617).
    Basic,
    /// Another scheme of the `Authorization` header (RFC 9110 §11.4), as the document writes it.
    Authorization(String),
    Header(HeaderName),
    Query(String),
    Cookie(String),
    /// What a request to this server cannot have, as a certificate, or what the document does not describe: it is not asked for.
    Unchecked,
}

/// What is wrong with a credential.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// There is none.
    Missing,
    /// It is not of the form that the scheme has.
    Malformed,
    /// It is not the one that the server was started with.
    Wrong,
}

impl Fault {
    pub(crate) fn text(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Malformed => "malformed",
            Self::Wrong => "wrong",
        }
    }
}

impl Scheme {
    /// The scheme of this name; `stated` is its entry, if the document has one.
    pub(crate) fn read(name: &str, stated: Option<&At<'_>>) -> Self {
        Self {
            name: name.to_owned(),
            place: stated.and_then(place).unwrap_or(Place::Unchecked),
        }
    }

    /// Where the credential belongs, in words for people.
    pub(crate) fn place(&self) -> String {
        match &self.place {
            Place::Bearer => "header Authorization: Bearer TOKEN".to_owned(),
            Place::Basic => "header Authorization: Basic BASE64".to_owned(),
            Place::Authorization(scheme) => format!("header Authorization: {scheme} CREDENTIALS"),
            Place::Header(name) => format!("header {name}"),
            Place::Query(name) => format!("query parameter {name}"),
            Place::Cookie(name) => format!("cookie {name}"),
            Place::Unchecked => "not checked here".to_owned(),
        }
    }

    /// What a 401 has to ask for (RFC 9110 §11.6.1). `ApiKey` is not registered; there is no registered name for such schemes.
    pub(crate) fn challenge(&self) -> Option<String> {
        match &self.place {
            Place::Bearer => Some("Bearer".to_owned()),
            Place::Basic => Some("Basic realm=\"example-server\"".to_owned()),
            Place::Authorization(scheme) => Some(scheme.clone()),
            Place::Header(_) | Place::Query(_) | Place::Cookie(_) => Some("ApiKey".to_owned()),
            Place::Unchecked => None,
        }
    }

    /// What is wrong with what a request has for this scheme, if anything is.
    pub(crate) fn fault(&self, request: &Parts, only: Option<&Credential>) -> Option<Fault> {
        let given = match &self.place {
            Place::Bearer => authorization(request, "Bearer").and_then(|token| one_word(&token)),
            Place::Basic => authorization(request, "Basic").and_then(|given| basic(&given)),
            Place::Authorization(scheme) => authorization(request, scheme),
            Place::Header(name) => header(request, name).and_then(|key| one_text(&key)),
            Place::Query(name) => {
                let found = query(request).find(|(key, _)| key == name);
                present(found.map(|(_, value)| value.into_owned()))
            }
            Place::Cookie(name) => {
                let found = cookies(&request.headers).find(|(key, _)| key == name);
                present(found.map(|(_, value)| value.to_owned()))
            }
            Place::Unchecked => return None,
        };
        match given {
            Err(fault) => Some(fault),
            Ok(given) => only
                .is_some_and(|only| !only.is(&given))
                .then_some(Fault::Wrong),
        }
    }
}

fn place(stated: &At<'_>) -> Option<Place> {
    match stated.text("type")? {
        "oauth2" | "openIdConnect" => Some(Place::Bearer),
        // Names of HTTP authentication schemes have no case (RFC 9110 §11.1).
        "http" => Some(match stated.text("scheme")? {
            scheme if scheme.eq_ignore_ascii_case("bearer") => Place::Bearer,
            scheme if scheme.eq_ignore_ascii_case("basic") => Place::Basic,
            scheme => Place::Authorization(scheme.to_owned()),
        }),
        "apiKey" => {
            let name = stated.text("name")?;
            Some(match stated.text("in")? {
                "header" => Place::Header(name.parse().ok()?),
                "query" => Place::Query(name.to_owned()),
                "cookie" => Place::Cookie(name.to_owned()),
                _ => return None,
            })
        }
        _ => None,
    }
}

fn header(request: &Parts, name: &HeaderName) -> Result<String, Fault> {
    let value = request.headers.get(name).ok_or(Fault::Missing)?;
    let value = value.to_str().map_err(|_| Fault::Malformed)?;
    Ok(value.trim().to_owned())
}

/// What follows a scheme in `Authorization`. Another scheme is a credential in the wrong form, not none.
fn authorization(request: &Parts, scheme: &str) -> Result<String, Fault> {
    let value = header(request, &AUTHORIZATION)?;
    let (given, rest) = value.split_once(' ').ok_or(Fault::Malformed)?;
    if !given.eq_ignore_ascii_case(scheme) {
        return Err(Fault::Malformed);
    }
    one_text(rest)
}

fn one_text(value: &str) -> Result<String, Fault> {
    match value.trim() {
        "" => Err(Fault::Malformed),
        value => Ok(value.to_owned()),
    }
}

/// A token has no blanks in it (RFC 6750 §2.1).
fn one_word(value: &str) -> Result<String, Fault> {
    let word = one_text(value)?;
    match word.contains(char::is_whitespace) {
        true => Err(Fault::Malformed),
        false => Ok(word),
    }
}

fn basic(given: &str) -> Result<String, Fault> {
    let bytes = BASE64_STANDARD
        .decode(given)
        .map_err(|_| Fault::Malformed)?;
    let text = String::from_utf8(bytes).map_err(|_| Fault::Malformed)?;
    match text.contains(':') {
        true => Ok(text),
        false => Err(Fault::Malformed),
    }
}

fn present(value: Option<String>) -> Result<String, Fault> {
    one_text(&value.ok_or(Fault::Missing)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    /// A scheme, the target and the headers of a request, and what is wrong with it.
    type Row<'a> = (&'a Value, &'a str, Headers<'a>, Option<Fault>);
    type Headers<'a> = &'a [(&'a str, &'a str)];

    fn fault(
        scheme: &Value,
        uri: &str,
        headers: &[(&str, &str)],
        only: Option<&str>,
    ) -> Option<Fault> {
        let mut request = http::Request::get(uri);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let (parts, ()) = request.body(()).unwrap().into_parts();
        let at = At::pointer(scheme, "").unwrap();
        let only = only.map(Credential::new);
        Scheme::read("s", Some(&at)).fault(&parts, only.as_ref())
    }

    #[test]
    fn credentials_are_there_in_the_right_form_and_the_right_ones() {
        use Fault::{Malformed, Missing, Wrong};
        let bearer = json!({"type": "http", "scheme": "Bearer"});
        let basic = json!({"type": "http", "scheme": "basic"});
        let digest = json!({"type": "http", "scheme": "digest"});
        let key = json!({"type": "apiKey", "in": "header", "name": "X-Key"});
        let query = json!({"type": "apiKey", "in": "query", "name": "key"});
        let cookie = json!({"type": "apiKey", "in": "cookie", "name": "sid"});
        let oauth = json!({"type": "oauth2", "flows": {}});
        let rows: &[Row<'_>] = &[
            (&bearer, "/", &[], Some(Missing)),
            (&bearer, "/", &[("authorization", "Bearer good")], None),
            (&bearer, "/", &[("authorization", "bearer  good")], None),
            (
                &bearer,
                "/",
                &[("authorization", "Bearer other")],
                Some(Wrong),
            ),
            (&bearer, "/", &[("authorization", "good")], Some(Malformed)),
            (
                &bearer,
                "/",
                &[("authorization", "Bearer ")],
                Some(Malformed),
            ),
            (
                &bearer,
                "/",
                &[("authorization", "Bearer a b")],
                Some(Malformed),
            ),
            (
                &bearer,
                "/",
                &[("authorization", "Basic Z29vZA==")],
                Some(Malformed),
            ),
            (&oauth, "/", &[("authorization", "Bearer good")], None),
            (&basic, "/", &[("authorization", "Basic dTpw")], Some(Wrong)),
            (
                &basic,
                "/",
                &[("authorization", "Basic dXA=")],
                Some(Malformed),
            ),
            (
                &basic,
                "/",
                &[("authorization", "Basic !")],
                Some(Malformed),
            ),
            (&digest, "/", &[("authorization", "Digest good")], None),
            (&key, "/", &[("x-key", "good")], None),
            (&key, "/", &[("x-key", "")], Some(Malformed)),
            (&key, "/", &[("x-key", "é")], Some(Malformed)),
            (
                &key,
                "/",
                &[("authorization", "Bearer good")],
                Some(Missing),
            ),
            (&query, "/?key=good&a=b", &[], None),
            (&query, "/?key=", &[], Some(Malformed)),
            (&query, "/?keys=good", &[], Some(Missing)),
            (&cookie, "/", &[("cookie", "a=b; sid=good")], None),
            (&cookie, "/", &[("cookie", "a=b")], Some(Missing)),
        ];
        for (scheme, uri, headers, expected) in rows {
            assert_eq!(
                fault(scheme, uri, headers, Some("good")),
                *expected,
                "{scheme} {uri} {headers:?}"
            );
            // Without a credential of the server's own every one of the right form is right.
            let any = expected.filter(|fault| *fault != Wrong);
            assert_eq!(
                fault(scheme, uri, headers, None),
                any,
                "{scheme} {uri} {headers:?}"
            );
        }
        assert_eq!(
            fault(&basic, "/", &[("authorization", "Basic dTpw")], Some("u:p")),
            None
        );
        assert_eq!(
            fault(&json!({"type": "mutualTLS"}), "/", &[], Some("good")),
            None
        );
        assert_eq!(fault(&json!({}), "/", &[], Some("good")), None);
    }
}
