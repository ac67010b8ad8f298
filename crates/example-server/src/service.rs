//! From a request to its answer, without a socket.

use std::fmt;

use bytes::Bytes;
use http::header::{ALLOW, WWW_AUTHENTICATE};
use http::request::Parts;
use http::{HeaderValue, Method, Response, StatusCode};
use openapi_lower::{Lowered, server_url};
use openapi_pages::escape;
use serde_json::{Value, json};

use crate::credentials::Credential;
use crate::document::At;
use crate::operation::Operation;
use crate::prefer;
use crate::problem::Problem;
use crate::request::Received;
use crate::routing::{Found, Routes};
use crate::security::Refused;
use crate::server::MAX_BODY;
use crate::values::Values;

/// A 404 names at most so many operations: it is for people.
const NAMED: usize = 100;

/// Answers the operations of one API.
pub struct Service {
    operations: Vec<Operation>,
    /// Indices of `operations`.
    routes: Routes<usize>,
    unserved: Vec<String>,
    credential: Option<Credential>,
}

/// An answer, and what there is to say of it beside its status.
#[derive(Debug)]
pub struct Reply {
    /// What is sent. The body of an answer to HEAD is that of GET: it is for the connection to leave it out.
    pub response: Response<Bytes>,
    /// Why the request was refused, for the log; no value of it is a credential.
    pub reason: Option<String>,
}

impl Service {
    /// Answers the operations of `lowered`, which are those that the client has, by what `document` says of them.
    ///
    /// `document` is what `lowered` was made of, after the overlay. What is served comes from the lowered document: the
    /// operations, their names and their paths, so that what the client lacks is not there, and the servers that it leaves on
    /// operations. What is said comes from the document before, found by [`Lowered::origins`]: security with its alternatives,
    /// parameters (the lowered ones are partly stand-ins), statuses and media types (a lowered operation has one success and
    /// no errors), examples (lowering drops those of media types) and schemas (lowering widens them). What progenitor alone
    /// cannot take is served, because finding it out takes a run of the generator.
    ///
    /// With a `credential` only that one is right, and it is demanded where the document makes it optional.
    #[must_use]
    pub fn new(document: &Value, lowered: &Lowered, credential: Option<Credential>) -> Self {
        let mut service = Self {
            operations: Vec::new(),
            routes: Routes::default(),
            unserved: Vec::new(),
            credential,
        };
        let values = Values::new(document);
        let mut elsewhere = Vec::new();
        for (id, operation) in &lowered.operations {
            let path = escape(&operation.path);
            let pointer = format!("/paths/{path}/{}", operation.method);
            let root = At::pointer(document, "");
            let stated = At::pointer(document, &lowered.origins.resolve(&pointer));
            let method = Method::from_bytes(operation.method.to_ascii_uppercase().as_bytes());
            let (Some(root), Some(stated), Ok(method)) = (root, stated, method) else {
                service.unserved.push(id.clone());
                continue;
            };
            let index = service.operations.len();
            service
                .operations
                .push(Operation::read(id, &root, &stated, &values));
            let own = lowered.document.pointer(&format!("{pointer}/servers/0"));
            let base = own.and_then(server_url).and_then(|url| base_path(&url));
            elsewhere.extend(
                base.map(|base| (method.clone(), format!("{base}{}", operation.path), index)),
            );
            service.routes.add(method, &operation.path, index);
        }
        // A client puts the path of an operation's own server before that of the operation. Documented paths come first.
        for (method, path, index) in elsewhere {
            service.routes.add(method, &path, index);
        }
        service
    }

    /// operationIds of operations that the document has no place for. Empty, unless the lowering has lost track of one.
    #[must_use]
    pub fn unserved(&self) -> &[String] {
        &self.unserved
    }

    /// How many operations are served.
    #[must_use]
    pub fn operations(&self) -> usize {
        self.operations.len()
    }

    /// Answers a request. Unknown paths and methods are told first, then credentials, then what the request lacks; a chosen
    /// answer (`Prefer: code=404`) is for requests that are in order, as with Prism.
    #[must_use]
    pub fn reply(&self, request: &Parts, body: &Received) -> Reply {
        let path = request.uri.path();
        let operation = match self.routes.find(&request.method, path) {
            Found::Operation(index) => self.operations.get(*index),
            Found::OtherMethods(methods) => return not_allowed(&methods),
            Found::Nothing => None,
        };
        let Some(operation) = operation else {
            return refuse(self.unknown(path));
        };
        if let Err(refused) = operation.security.check(request, self.credential.as_ref()) {
            return unauthorized(operation, request, &refused);
        }
        let body = match body {
            Received::Body(body) => body,
            Received::TooLarge => {
                let detail = format!(
                    "the body is larger than {MAX_BODY} bytes, which is what this server reads"
                );
                return refuse(Problem::new(StatusCode::PAYLOAD_TOO_LARGE, detail));
            }
            Received::Late => {
                let detail = "the body did not arrive in time";
                return refuse(Problem::new(StatusCode::REQUEST_TIMEOUT, detail));
            }
            Received::Broken => {
                let detail = "the body cannot be read";
                return refuse(Problem::new(StatusCode::BAD_REQUEST, detail));
            }
        };
        if let Some(problem) = operation.checks.problem(request, body) {
            return refuse(problem);
        }
        let Some(wanted) = prefer::code(&request.headers) else {
            return operation.answers.success(request).into();
        };
        match operation.answers.preferred(request, &wanted) {
            Some(response) => response.into(),
            None => {
                let documented = json!(operation.answers.documented());
                let problem = Problem::new(StatusCode::BAD_REQUEST, operation.lacks(&wanted));
                refuse(problem.with("documented", documented))
            }
        }
    }

    /// A 404 that says what is known here, and what is wrong with a base URL that has a path.
    fn unknown(&self, path: &str) -> Problem {
        let slashes = path.match_indices('/').skip(1);
        let mut suffixes = slashes.map(|(at, _)| path.split_at(at));
        let known =
            |(_, rest): &(&str, &str)| self.routes.find(&Method::GET, rest) != Found::Nothing;
        let detail = match suffixes.find(known) {
            Some((prefix, rest)) => {
                format!(
                    "no path of this API matches; {rest} does: leave {prefix} out of the base URL"
                )
            }
            None => "no path of this API matches".to_owned(),
        };
        let known = self.routes.described().into_iter().take(NAMED);
        let problem = Problem::new(StatusCode::NOT_FOUND, detail);
        problem
            .with("known", known.collect())
            .with("operations", json!(self.operations.len()))
    }
}

impl fmt::Debug for Service {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let operations = &self.operations.len();
        f.debug_struct("Service")
            .field("operations", operations)
            .finish_non_exhaustive()
    }
}

impl From<Response<Bytes>> for Reply {
    fn from(response: Response<Bytes>) -> Self {
        Self {
            response,
            reason: None,
        }
    }
}

fn refuse(problem: Problem) -> Reply {
    Reply {
        reason: Some(problem.detail().to_owned()),
        response: problem.response(),
    }
}

fn not_allowed(methods: &[String]) -> Reply {
    let detail = format!("this path has {}", methods.join(", "));
    let problem = Problem::new(StatusCode::METHOD_NOT_ALLOWED, detail);
    let mut reply = refuse(problem.with("allowed", json!(methods)));
    if let Ok(allow) = HeaderValue::from_str(&methods.join(", ")) {
        reply.response.headers_mut().insert(ALLOW, allow);
    }
    reply
}

fn unauthorized(operation: &Operation, request: &Parts, refused: &Refused) -> Reply {
    let documented = operation.answers.unauthorized(request);
    let mut response = documented.unwrap_or_else(|| {
        let detail = format!("{} demands a credential: {}", operation.id, refused.text());
        let problem = Problem::new(StatusCode::UNAUTHORIZED, detail);
        problem.with("alternatives", refused.json()).response()
    });
    for challenge in refused.challenges() {
        if let Ok(challenge) = HeaderValue::from_str(&challenge) {
            response.headers_mut().append(WWW_AUTHENTICATE, challenge);
        }
    }
    Reply {
        response,
        reason: Some(refused.text()),
    }
}

/// The path of a server's URL; `None` if it has none. `//host/path` and `/path` are URLs here, too (RFC 3986 §4.2).
fn base_path(url: &str) -> Option<String> {
    let rest = match url.split_once("//") {
        Some((before, rest)) if !before.contains('/') => &rest[rest.find('/')?..],
        _ => url,
    };
    let path = rest.split(['?', '#']).next()?.trim_end_matches('/');
    (path.starts_with('/')).then(|| path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_has_a_path_or_none() {
        for (url, path) in [
            ("https://a.example/v2", Some("/v2")),
            ("https://a.example/v2//?x=/y", Some("/v2")),
            ("//a.example/v2", Some("/v2")),
            ("/v2/", Some("/v2")),
            ("/a//b", Some("/a//b")),
            ("https://a.example", None),
            ("https://a.example/", None),
            ("/", None),
            ("v2", None),
            ("", None),
        ] {
            assert_eq!(base_path(url).as_deref(), path, "{url}");
        }
    }
}
